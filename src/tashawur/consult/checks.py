"""What every check of a file may know beside it, and the mistakes that several of them find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tashawur.consult.mechanism import Reading
from tashawur.consult.references import Names
from tashawur.consult.walk import Path
from tashawur.terms.errors import Mistake
from tashawur.terms.phrases import N_


@dataclass(frozen=True, slots=True)
class About:
    """What a check may know beside the file it looks at."""

    file: str
    names: Names
    is_zone: Callable[[str], bool]
    exercise: bool

    def mistake(self, code: str, wrong: str, mend: str, path: Path, **words: str) -> Mistake:
        """A mistake in the file that is looked at, at `path`."""
        return Mistake(code, self.file, wrong, mend, words, path)


def ends_first(about: About, path: Path) -> Mistake:
    """The mistake of an end before its start."""
    return about.mistake("case.ends-first", N_("the end comes before the start"), N_("Swap or correct them."), path)


def finite(about: About, reading: Reading | None, path: Path) -> Iterator[Mistake]:
    """The mistake of a value that is infinite or no number."""
    if reading is not None and not abs(reading.value) < float("inf"):
        yield about.mistake("case.not-a-number", N_("the value is no number"), N_("Write a plain number."), path)
