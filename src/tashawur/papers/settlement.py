"""What was settled as JSON documents, the same in every language, with a format of their own that is published.

Values of several sides stand in one document: it is for exercises, research, and whoever holds all briefs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Annotated, Any, Final, Literal

import msgspec

from tashawur.settle.answers import Settlement
from tashawur.settle.formats.profiles import Note
from tashawur.settle.frontier import Frontier
from tashawur.settle.sought import Sought
from tashawur.settle.values import Package, Scenario
from tashawur.terms.vocabulary import Text

MANY: Final = 100
"""Packages of one point of the frontier that are written out."""

Count = Annotated[str, msgspec.Meta(pattern="^[0-9]+$", description="A whole number of any length.")]
Number = int | float


@dataclass(frozen=True, slots=True)
class About:
    """What is to be told of a scenario beside its numbers: the words for its names, and where they come from.

    `source` says what it was read from. `first_is_status_quo`: the first option of every issue is no change, worth
    nothing to anybody. `may_show_all`: values of several sides may stand on one picture, since nobody's real
    priorities are among them. `without_brief` are sides that were not asked, `overruled` parties whose own brief
    stands in place of an estimate. `notes` tell what the reader of another program's files had to decide, `resolution`
    to what the numbers of a side were rounded.
    """

    title: Text
    source: str
    sides: Mapping[str, Text]
    issues: Mapping[str, Text]
    options: Mapping[tuple[str, str], Text]
    invented: bool = False
    first_is_status_quo: bool = False
    may_show_all: bool = True
    without_brief: tuple[str, ...] = ()
    overruled: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    resolution: Mapping[str, str] = field(default_factory=dict)


class PackageAnswer(msgspec.Struct, frozen=True):
    """One package: an option for every issue; its value to each side at the table, on the side's own scale.

    `absent` holds the least and the most that it is worth to parties concerned, as estimated.
    """

    package: dict[str, str]
    points: dict[str, Number]
    absent: dict[str, tuple[int, int]] = {}


class SettleAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `tashawur settle --json`.

    `packages` counts all ways to pick an option on every issue, `feasible` those that keep the public rules,
    `acceptable_packages` those that every side accepts; null: not counted. `solutions` is empty when no package is
    acceptable to every side, which is then proven. `best` holds each side's best within the lines of the others.
    """

    format: Literal["tashawur.settle/1"] = "tashawur.settle/1"
    mode: Literal["open"] = "open"
    source: str
    invented: bool
    sides: tuple[str, ...]
    without_brief: tuple[str, ...]
    packages: Count
    feasible: Count | None
    acceptable: bool
    acceptable_packages: Count | None
    solutions: dict[str, PackageAnswer]
    best: dict[str, PackageAnswer]
    resolution: dict[str, str] = {}


class FrontierAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `tashawur frontier --json`.

    `points` are distinct, each with a value for every side in the order of `sides`, the best for the first side first;
    `packages` are the packages that reach each point, the lowest first, or the first hundred where `truncated`.
    """

    format: Literal["tashawur.frontier/1"] = "tashawur.frontier/1"
    mode: Literal["open"] = "open"
    source: str
    invented: bool
    of: Literal["acceptable", "feasible"]
    exact: Literal[True] = True
    sides: tuple[str, ...]
    points: tuple[tuple[Number, ...], ...]
    packages: tuple[tuple[dict[str, str], ...], ...]
    truncated: tuple[bool, ...]
    resolution: dict[str, str] = {}


def schema(answer: type[SettleAnswer | FrontierAnswer]) -> dict[str, Any]:
    """The JSON Schema of an answer."""
    return msgspec.json.schema(answer) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def settle_answer(settled: Settlement, about: About) -> SettleAnswer:
    """The settlement as a document."""
    scenario = settled.scenario
    return SettleAnswer(
        source=about.source,
        invented=about.invented,
        sides=tuple(side.name for side in scenario.sides),
        without_brief=about.without_brief,
        resolution=dict(about.resolution),
        packages=str(scenario.packages),
        feasible=None if settled.feasible is None else str(settled.feasible),
        acceptable=settled.exists,
        acceptable_packages=None if settled.acceptable is None else str(settled.acceptable),
        solutions=_packages(scenario, settled.solutions),
        best=_packages(scenario, settled.best),
    )


def frontier_answer(scenario: Scenario, found: Frontier | Sought, about: About, *, everything: bool) -> FrontierAnswer:
    """The frontier as a document."""
    listed = [
        [scenario.named(package) for package in islice(found.packages(point), MANY + 1)] for point in range(len(found))
    ]
    return FrontierAnswer(
        source=about.source,
        invented=about.invented,
        of="feasible" if everything else "acceptable",
        resolution=dict(about.resolution),
        sides=tuple(side.name for side in scenario.sides),
        points=tuple(tuple(on_scale(scenario, row)) for row in found.values.tolist()),
        packages=tuple(tuple(packages[:MANY]) for packages in listed),
        truncated=tuple(len(packages) > MANY for packages in listed),
    )


def on_scale(scenario: Scenario, values: Iterable[int]) -> Iterator[Number]:
    """Whole points of each side as the numbers of its own scale."""
    for value, side in zip(values, scenario.sides, strict=True):
        yield as_number(side.on_own_scale(value))


def on_own_scales(scenario: Scenario, values: Iterable[int]) -> tuple[str, ...]:
    """The same for people to read."""
    return tuple(number(side.on_own_scale(value)) for value, side in zip(values, scenario.sides, strict=True))


def number(exact: Fraction) -> str:
    """A number in the digits 0 to 9, as many of them as say something."""
    told = as_number(exact)
    return str(told) if isinstance(told, int) else f"{told:.4g}"


def as_number(exact: Fraction) -> Number:
    """The number itself when it is whole, else the nearest that the machine has."""
    return exact.numerator if exact.denominator == 1 else float(exact)


def _packages(scenario: Scenario, packages: Mapping[str, Package]) -> dict[str, PackageAnswer]:
    names = [side.name for side in scenario.sides]
    return {
        name: PackageAnswer(
            scenario.named(package),
            dict(zip(names, on_scale(scenario, scenario.values(package)), strict=True)),
            {party.name: party.value(package) for party in scenario.absent},
        )
        for name, package in packages.items()
    }
