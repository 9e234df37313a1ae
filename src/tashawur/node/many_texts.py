"""Reads many texts, here or in many processes, and carries on where it was stopped.

What is read comes in the order in which the texts stand, and is the same wherever they are read. Of a text only its
bytes go to another process or machine, never its name or place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Final

import msgspec

from tashawur import __version__
from tashawur.node import executors
from tashawur.node.executors import Helpers
from tashawur.node.readouts import read_text
from tashawur.readouts.values import Readout
from tashawur.store.kept_readouts import KeptReadouts
from tashawur.store.text_files import FoundFile, listed, texts_in
from tashawur.store.texts import text_of
from tashawur.terms.errors import TashawurError, UnknownLanguageError, UnreadableTextError
from tashawur.terms.phrases import N_

_CHUNK_BYTES: Final = 200_000
_CHUNK_TEXTS: Final = 100
"""Bytes and texts that go to a process at a time: some tenths of a second of work."""
_SMALL: Final = 700_000
"""Bytes on the disk up to which texts are read in this process: to start others would take as long."""
_AHEAD: Final = 3
"""Chunks for each process that wait to be read or taken; no more are in memory."""

_PACKAGE: Final = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class _Answer:
    """The readout of a text as JSON, with the text where it is wanted; or the refusal and its words."""

    encoded: bytes = b""
    text: str = ""
    refused: type[UnreadableTextError | UnknownLanguageError] | None = None
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be read, and how: each path is a file, a folder or an archive."""

    paths: Sequence[Path]
    published: dt.date | None = None
    into: Path | None = None
    """The folder in which readouts are kept."""
    jobs: int = 1
    """Processes; 1 is this one alone."""
    cluster: str | None = None
    """The address of a Dask scheduler, whose workers take the place of processes."""
    with_texts: bool = False
    """Whether the texts are wanted with their readouts."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one text: its readout as JSON, or why it was refused."""

    name: str
    weight: int
    """Bytes on the disk that were gone through for it."""
    encoded: bytes = field(default=b"", repr=False)
    text: str = field(default="", repr=False)
    error: TashawurError | None = None
    known: bool = False
    """Whether it was read before, and kept."""

    def readout(self) -> Readout:
        """The readout as a value."""
        return msgspec.json.decode(self.encoded, type=Readout)


_Chunk = list[tuple[FoundFile, Outcome | None]]
"""Some files, each with what became of it where that is known already."""


class Reading:
    """A reading of many texts; `weight` is the bytes on the disk that there are to go through."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._wanted = listed(order.paths, order.into)
        self.weight = sum(one.size for one in self._wanted)
        self._kept: KeptReadouts | None = None
        if order.into is not None:
            self._kept = KeptReadouts(order.into, rules(), str(order.published) if order.published else None)

    def outcomes(self) -> Generator[Outcome, None, None]:
        """What becomes of each text, in their order. What is to be kept is kept before it is given.

        Raises:
            UnwritableError: what was read cannot be kept.
            LostWorkerError: a process has ended before it was done.
            ClusterError: the cluster cannot be used.
        """
        with self._helpers() as helpers:
            waiting: deque[tuple[_Chunk, Callable[[], Sequence[_Answer]]]] = deque()
            ahead = _AHEAD * helpers.number if helpers else 0
            for chunk in _chunks(self._looked_up()):
                waiting.append((chunk, self._started(chunk, helpers)))
                if len(waiting) > ahead:
                    yield from self._taken(*waiting.popleft())
            while waiting:
                yield from self._taken(*waiting.popleft())

    def _helpers(self) -> AbstractContextManager[Helpers | None]:
        if self._order.cluster is not None:
            return executors.cluster(self._order.cluster, rules)
        if self._order.jobs > 1 and self.weight > _SMALL:
            return executors.processes(self._order.jobs)
        return nullcontext()

    def _looked_up(self) -> Iterator[tuple[FoundFile, Outcome | None]]:
        """Each file, with its outcome where it is refused or was read before."""
        taken: set[str] = set()
        for file in texts_in(self._wanted):
            error = file.error
            if error is None and self._kept is not None:
                # On some systems names are one that differ in capitals alone.
                if file.kept_as.casefold() in taken:
                    error = UnreadableTextError(place=file.name, why=_SAME_NAME)
                taken.add(file.kept_as.casefold())
            if error is not None:
                yield file, Outcome(file.name, file.weight, error=error)
                continue
            known = self._kept.known(file.kept_as, file.data) if self._kept and not self._order.with_texts else None
            yield file, Outcome(file.name, file.weight, known, known=True) if known else None

    def _started(self, chunk: _Chunk, helpers: Helpers | None) -> Callable[[], Sequence[_Answer]]:
        """Has the texts of a chunk read that are not known, by others or, when it is called, here."""
        datas = [file.data for file, outcome in chunk if outcome is None]
        call = partial(read_all, datas, self._order.published, with_texts=self._order.with_texts)
        return call if helpers is None or not datas else helpers.executor.submit(call).result

    def _taken(self, chunk: _Chunk, answers: Callable[[], Sequence[_Answer]]) -> Iterator[Outcome]:
        answered = iter(answers())
        for file, outcome in chunk:
            yield outcome or self._outcome(file, next(answered))

    def _outcome(self, file: FoundFile, answer: _Answer) -> Outcome:
        """What became of a file, kept if it is to be."""
        if answer.refused is not None:
            error = answer.refused(**{**answer.words, "place": file.name})
            return Outcome(file.name, file.weight, error=error)
        if self._kept is not None:
            self._kept.keep(file.kept_as, file.name, answer.encoded)
        return Outcome(file.name, file.weight, answer.encoded, answer.text)


_SAME_NAME: Final = N_("a text before it has the same name; rename one, or read it into another folder")


def _chunks(files: Iterable[tuple[FoundFile, Outcome | None]]) -> Iterator[_Chunk]:
    chunk: _Chunk = []
    size = 0
    for file, outcome in files:
        chunk.append((file, outcome))
        size += len(file.data)
        if size >= _CHUNK_BYTES or len(chunk) >= _CHUNK_TEXTS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def read_all(datas: Sequence[bytes], published: dt.date | None, *, with_texts: bool) -> list[_Answer]:
    """What each of the files says that have these bytes, or why it is refused. It is called in other processes."""
    return [_answer(data, published, with_texts=with_texts) for data in datas]


def _answer(data: bytes, published: dt.date | None, *, with_texts: bool) -> _Answer:
    try:
        found = read_text(text_of("", data), published)
    except (UnreadableTextError, UnknownLanguageError) as error:
        return _Answer(refused=type(error), words=error.words)
    return _Answer(msgspec.json.encode(found.readout), found.source.text if with_texts else "")


@cache
def rules() -> str:
    """The version of what reads texts: it changes when a rule, a word of a lexicon or the decoding does."""
    digest = hashlib.sha256()
    held = sorted(path for path in (_PACKAGE / "readouts").rglob("*") if path.suffix in (".py", ".toml"))
    for path in (*held, _PACKAGE / "store" / "texts.py"):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"{__version__}+{digest.hexdigest()[:16]}"
