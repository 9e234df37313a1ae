"""What every check of a file may know beside it, and the mistakes that several of them find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tashawur.consult.mechanism import Origin, Reading
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


def origins(about: About, held: Iterable[Origin], path: Path) -> Iterator[Mistake]:
    """The mistakes of origins that show no place, half of one, or one beyond their document."""
    for place, origin in enumerate(held):
        here = (*path, place)
        spanned = origin.start is not None and origin.end is not None
        if (origin.document is not None) != spanned or (origin.start is None) != (origin.end is None):
            yield about.mistake(
                "case.half-a-span",
                N_("the origin has a document without start and end, or the other way round"),
                N_("Give document, start and end together."),
                here,
            )
        elif origin.start is not None and origin.end is not None and origin.document is not None:
            if origin.end <= origin.start:
                yield ends_first(about, (*here, "end"))
            elif origin.end > about.names.documents.get(origin.document, origin.end):
                yield about.mistake(
                    "case.beyond-the-text",
                    N_("the span ends beyond the last character of its document"),
                    N_("Count code points from the start of the text; the end is exclusive."),
                    (*here, "end"),
                )
        elif not origin.sources:
            yield about.mistake(
                "case.no-origin",
                N_("nothing shows where this was said"),
                N_("Name a document with start and end, or sources."),
                here,
            )
