"""Files that make a scenario, and where in them something stands, so that a mistake can be told with its place."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Final

from tashawur.terms.errors import Mistake, ScenarioFileError
from tashawur.terms.phrases import N_
from tashawur.terms.showing import mark, shown

LARGEST: Final = 16 * 2**20
"""Bytes of the largest file that is read: a scenario of a hundred thousand options takes less."""

_HIDING: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")
_NO_LETTERS: Final = "\ufffe\uffff"
"""Categories of Unicode whose signs control, turn or end a line, or are half a letter; and what XML cannot hold."""

_TOLD: Final = frozenset({"why", "sort", "expected", "known"})
"""What fills a template and is a phrase of the catalogue, or was made to be shown."""

_JOINERS: Final = "\u200c\u200d"
"""Marks that Persian and Indic words are written with: they turn nothing and join no two names."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file by its path inside the folder or archive, with its bytes. They can be private: not shown by `repr`."""

    name: str
    data: bytes = field(repr=False)

    @property
    def stem(self) -> str:
        """The last part of the path, without its ending."""
        last = self.name.rpartition("/")[2]
        return last[: -len(self.ending)] if self.ending else last

    @property
    def ending(self) -> str:
        """What the name ends in, in small letters: `.xml`."""
        before, dot, ending = self.name.rpartition("/")[2].rpartition(".")
        return f"{dot}{ending}".lower() if before else ""


@dataclass(frozen=True, slots=True)
class At:
    """A place: the file, and the line or the path of keys that leads there."""

    file: str
    line: int = 0
    path: tuple[str | int, ...] = ()

    def under(self, *steps: str | int) -> At:
        """The place further down a path."""
        return replace(self, path=(*self.path, *steps))

    def error(self, code: str, wrong: str, mend: str, **words: str) -> ScenarioFileError:
        """What is wrong here; names in `words` are shown short and without hidden marks. None is a private number."""
        told = {key: value if key in _TOLD else shown(value) for key, value in words.items()}
        return ScenarioFileError(Mistake(code, self.file, wrong, mend, told, self.path, self.line))


def missing_part(at: At, part: str, whole: str) -> ScenarioFileError:
    """A part that the format needs in `whole`, and that is not there."""
    return at.error(
        "settle.file-missing-part",
        N_("{part} is missing in {whole}"),
        N_("Add it as the format has it, or export the scenario anew from its program."),
        part=part,
        whole=whole,
    )


def text_of(file: SourceFile) -> str:
    """The text of a file that must be UTF-8, a byte-order mark left out."""
    at = At(file.name)
    if file.data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in file.data[:4096]:
        raise at.error("settle.file-not-text", N_("the file is no UTF-8 text"), N_("Save it as UTF-8 text."))
    try:
        return file.data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        at = replace(at, line=file.data.count(b"\n", 0, error.start) + 1)
        raise at.error("settle.file-not-text", N_("the file is no UTF-8 text"), N_("Save it as UTF-8 text.")) from error


def name_at(at: At, value: str) -> str:
    """The name of an issue, option or side as it stands: not empty, and with nothing in it that hides or turns.

    Such marks would let two names look alike, or one read differently from what is matched.
    """
    if not value.strip():
        raise at.error("settle.file-empty-name", N_("a name is empty"), N_("Give it a name."))
    # What can be printed holds none of them: few names need to be gone through.
    hidden = None if value.isprintable() else next(filter(_hides, value), None)
    if hidden is not None:
        raise at.error(
            "settle.file-hidden-mark",
            N_("the name {name} holds a hidden control or direction mark ({mark})"),
            N_("Write the name anew without it, in every file of the scenario."),
            name=value,
            mark=mark(hidden),
        )
    return value


def _hides(letter: str) -> bool:
    return (unicodedata.category(letter) in _HIDING and letter not in _JOINERS) or letter in _NO_LETTERS


def listed(names: list[str]) -> str:
    """Some of the names, for a line that says which there are."""
    return ", ".join(map(shown, names[:_SOME])) + (" …" if len(names) > _SOME else "")


_SOME: Final = 3
