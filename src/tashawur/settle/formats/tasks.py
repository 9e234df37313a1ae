"""What a writer gets and gives, and what all writers share: names of files, scales that end, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tashawur.settle.formats.numbers import all_end, near
from tashawur.settle.formats.places import At, SourceFile
from tashawur.settle.formats.profiles import Exact, Note
from tashawur.settle.values import Scenario
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_

_NO_FILE: Final = re.compile(r"[^\w &()+,.=@~-]")
_LONGEST: Final = 60
"""What is no letter, digit or harmless sign in the name of a file, and how long the name may be."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a scenario, and what had to be decided in writing them."""

    files: tuple[SourceFile, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written, with the sides as exact as they are known, and under which name."""

    scenario: Scenario
    sides: Sequence[Exact]
    name: str

    def cannot(self, title: str, what: str) -> ScenarioFileError:
        """What a format cannot hold."""
        return cannot_hold(self.name, title, what)


def cannot_hold(name: str, title: str, what: str) -> ScenarioFileError:
    """What the format of this title cannot hold of the scenario."""
    return At(name).error(
        "settle.file-cannot-hold",
        N_("the format {format} cannot hold {sort}"),
        N_("Choose another format, or take that out of the scenario first."),
        format=title,
        sort=what,
    )


def named(sides: Sequence[str], ending: str, *taken: str) -> list[str]:
    """A file name for each side that any system takes, in an order that sorting keeps."""
    plain = [_NO_FILE.sub("_", side).strip(" .")[:_LONGEST] or "side" for side in sides]
    names = [f"{one}{ending}" for one in plain]
    folded = {name.casefold() for name in names} - {name.casefold() for name in taken}
    if sorted(names) == names and len(folded) == len(names):
        return names
    width = len(str(len(names)))
    return [f"{number:0{width}}-{one}{ending}" for number, one in enumerate(plain, 1)]


def renamed(sides: Sequence[str], files: Sequence[SourceFile]) -> Iterator[Note]:
    """Says which sides bear another name where the format has no name but that of the file."""
    for side, file in zip(sides, files, strict=True):
        if file.stem != side:
            note = N_("The format names sides by their files: {side} became {name}.")
            yield Note(note, {"side": side, "name": file.stem})


def scale(side: Exact, held: Sequence[int]) -> tuple[Fraction, tuple[Note, ...]]:
    """What a whole point is in decimals that end; `held` are the numbers of points that are written."""
    if all_end(number * side.unit for number in held):
        return side.unit, ()
    note = N_(
        "The scale of {side} has no end as a decimal: it was rounded to 18 figures, and no order of packages changed."
    )
    return near(side.unit), (Note(note, {"side": side.name}),)


def not_below_zero(task: Task, title: str) -> None:
    """Refuses points below zero, for formats that have none."""
    if any(points < 0 for side in task.sides for row in side.points for points in row):
        raise task.cannot(title, N_("points below zero"))
