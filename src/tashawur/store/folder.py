"""A consultation as a folder of YAML files: read as a whole, and added to at its end."""

from __future__ import annotations

import os
import time
import zoneinfo
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec

from tashawur.consult.consultation import Consultation, assemble
from tashawur.consult.files import LARGEST, NamedFile, read
from tashawur.consult.kinds import AnyFile
from tashawur.consult.log import Entry, LogFile
from tashawur.consult.portions import Portion
from tashawur.terms.errors import Mistake, MistakesError, RefusedEntryError, UnreadableError, UnwritableError, reason_of
from tashawur.terms.phrases import N_

MOST_FILES: Final = 2_000
_ENDINGS: Final = (".yaml", ".yml")
_PATIENCE: Final = 5.0
_PAUSE: Final = 0.05
"""Seconds for which a command waits for another one to finish writing, and between two looks."""
_AHEAD: Final = 3
"""Portions of a large file that are parsed ahead of the one that is decoded."""
_LOCK: Final = ".log-lock"


def consultation_in(folder: Path) -> Consultation:
    """The consultation that the YAML files of `folder`, and of the folders in it, make.

    Files and folders whose names begin with a dot are left out, and so are files of other kinds.

    Raises:
        UnreadableError: the folder or a file cannot be read, or holds no YAML file.
        MistakesError: the files hold mistakes; it carries them, with file and line.
    """
    return consultation_of(folder, files_in(folder))


def consultation_of(folder: Path, files: Iterable[NamedFile]) -> Consultation:
    """The consultation that the files make; `folder` is what a refusal names. Raises as `consultation_in` does."""
    made = assemble(files, is_zone)
    if isinstance(made, tuple):
        raise MistakesError(str(folder), made)
    return made


def files_in(folder: Path) -> list[NamedFile]:
    """The files of the folder, each good by itself. Raises as `consultation_in` does."""
    good: list[NamedFile] = []
    wrong: list[Mistake] = []
    # The parser works outside the interpreter's lock: while one portion of a large file is decoded, others are parsed,
    # and the next file is begun before the last one is done.
    with ThreadPoolExecutor(max_workers=2) as parsers, ThreadPoolExecutor(max_workers=2) as readers:

        def one(path: Path) -> NamedFile | tuple[Mistake, ...]:
            return read(path.relative_to(folder).as_posix(), bytes_of(path), partial(_ahead, parsers))

        for found in readers.map(one, _paths(folder)):
            if isinstance(found, NamedFile):
                good.append(found)
            else:
                wrong.extend(found)
    if wrong:
        raise MistakesError(str(folder), wrong)
    return good


def add_to_log(folder: Path, make: Callable[[Consultation], Entry]) -> tuple[Entry, Path]:
    """Appends the entry that `make` makes of the consultation as it stands, or refuses it and writes nothing.

    What was said before is never rewritten: the entry becomes one new line at the end of a log file, or a new file
    where no log ends in such a line. It is written, flushed to the disk, read back and only then acknowledged. Nobody
    else adds to the folder in between. Gives the entry and the file that it went to.

    Raises:
        RefusedEntryError: with the entry, the consultation would hold a mistake.
        UnwritableError: the folder cannot be written to, or somebody else is writing to it.
    """
    _look_at(folder)
    with locked(folder):
        files = files_in(folder)
        entry = make(consultation_of(folder, files))
        line = b"- " + msgspec.json.encode(entry) + b"\n"
        target, ending = _target(folder, files, entry, line)
        _check_with(folder, files, entry, line)
        _append(target, ending)
    return entry, target


def _ahead(pool: ThreadPoolExecutor, function: Callable[[Portion], Any], portions: Iterable[Portion]) -> Iterator[Any]:
    """What `function` makes of each portion, in their order, a few of them worked out ahead and no more in memory."""
    waiting: deque[Future[Any]] = deque()
    for portion in portions:
        waiting.append(pool.submit(function, portion))
        if len(waiting) > _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def is_zone(name: str) -> bool:
    """Whether the time zone database knows `name`."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _look_at(folder: Path) -> None:
    """Refuses what is no folder, or cannot be looked at."""
    try:
        if not folder.exists():
            raise UnreadableError(place=str(folder), why=N_("there is no such folder"))
        if not folder.is_dir():
            raise UnreadableError(place=str(folder), why=N_("it is no folder"))
    except OSError as error:
        raise UnreadableError(place=str(folder), why=reason_of(error)) from error


def _paths(folder: Path) -> list[Path]:
    _look_at(folder)
    found: list[Path] = []

    def refuse(error: OSError) -> None:
        raise UnreadableError(place=str(error.filename or folder), why=reason_of(error))

    for base, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(base, name) for name in names if name.lower().endswith(_ENDINGS) and not name.startswith(".")]
        if len(found) > MOST_FILES:
            raise UnreadableError(place=str(folder), why=N_("it holds too many files to be a consultation"))
    if not found:
        raise UnreadableError(place=str(folder), why=N_("it holds no YAML file; make one with: tashawur case new"))
    return sorted(found)


def bytes_of(path: Path) -> bytes:
    """The bytes of the plain file, one more than `LARGEST` at most: so a huge one costs nothing before it is refused.

    Raises:
        UnreadableError: it is no plain file, or cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise UnreadableError(place=str(path), why=N_("it is no plain file"))
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableError(place=str(path), why=reason_of(error)) from error


def _target(folder: Path, files: list[NamedFile], entry: Entry, line: bytes) -> tuple[Path, bytes]:
    """The file that the line goes to, the last log that takes it or a new one, and the bytes to append to it."""
    logs = [file for file in files if isinstance(file.value, LogFile)]
    for file in sorted(logs, key=lambda file: file.name, reverse=True):
        path = folder / file.name
        before = bytes_of(path)
        for indent in (b"", b"  "):
            ending = (b"" if before.endswith(b"\n") else b"\n") + indent + line
            if _takes(file.value, before + ending, entry):
                return path, ending
    for number in range(1, MOST_FILES):
        path = folder / ("log.yaml" if number == 1 else f"log-{number}.yaml")
        if not path.exists():
            return path, b"kind: log\nentries:\n" + line
    raise UnwritableError(place=str(folder), why=N_("it holds too many log files"))


def _takes(log: AnyFile, data: bytes, entry: Entry) -> bool:
    """Whether `data` reads as the log with the entry at its end."""
    after = read("log", data)
    return (
        isinstance(after, NamedFile)
        and isinstance(after.value, LogFile)
        and isinstance(log, LogFile)
        and after.value.entries == (*log.entries, entry)
    )


def _check_with(folder: Path, files: list[NamedFile], entry: Entry, line: bytes) -> None:
    """Refuses an entry with which the consultation would hold a mistake."""
    text = "kind: log\nentries:\n" + line.decode()
    added = NamedFile("the new entry", LogFile(entries=(entry,)), text)
    try:
        consultation_of(folder, [*files, added])
    except MistakesError as error:
        first = error.mistakes[0]
        raise RefusedEntryError(first) from error


def _append(path: Path, ending: bytes) -> None:
    """Appends the bytes, flushed to the disk and read back; on a failure the file is as it was."""
    new = not path.exists()
    size = 0 if new else path.stat().st_size
    try:
        with path.open("ab") as file:
            file.write(ending)
            file.flush()
            os.fsync(file.fileno())
        with path.open("rb") as file:
            file.seek(size)
            if file.read() != ending:
                raise OSError
    except OSError as error:
        _undo(path, size, new=new)
        raise UnwritableError(place=str(path), why=reason_of(error)) from error


def _undo(path: Path, size: int, *, new: bool) -> None:
    if new:
        path.unlink(missing_ok=True)
    elif path.stat().st_size > size:
        os.truncate(path, size)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lets one command at a time add to the folder: the file of the lock exists while one does, and others wait."""
    lock = folder / _LOCK
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError as error:
            if time.monotonic() > until:
                why = N_("another command is writing to it; if none is, delete the file .log-lock in it")
                raise UnwritableError(place=str(folder), why=why) from error
            time.sleep(_PAUSE)
        except OSError as error:
            raise UnwritableError(place=str(folder), why=reason_of(error)) from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
