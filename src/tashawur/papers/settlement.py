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

from tashawur.settle import counting
from tashawur.settle.answers import Settlement
from tashawur.settle.consent import Agreement
from tashawur.settle.formats.profiles import Note
from tashawur.settle.frontier import Frontier
from tashawur.settle.sought import Sought
from tashawur.settle.values import Package, Scenario
from tashawur.terms.progress import Tell, nobody
from tashawur.terms.vocabulary import Text

MANY: Final = 100
"""Packages of one point of the frontier that are written out."""

Count = Annotated[str, msgspec.Meta(pattern="^[0-9]+$", description="A whole number of any length.")]
Number = int | float


@dataclass(frozen=True, slots=True)
class Estimated:
    """Who estimated a party that is not at the table, and on what evidence. The numbers stay with the author."""

    by: Text
    basis: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Guarded:
    """The answer among the packages that are worth, at the worst, `at_least` so much to parties not at the table.

    `possible` counts the acceptable packages that can be worth so much to each at its best; None: not counted. An
    assumption, never a consent. Private: not shown by `repr`.
    """

    at_least: Mapping[str, int] = field(repr=False)
    settled: Settlement
    possible: int | None


@dataclass(frozen=True, slots=True)
class About:
    """What is to be told of a scenario beside its numbers: the words for its names, and where they come from.

    `source` says what it was read from. `first_is_status_quo`: the first option of every issue is no change, worth
    nothing to anybody. `may_show_all`: values of several sides may stand on one picture, since nobody's real priorities
    are among them. `without_brief` are sides that were not asked, `overruled` parties whose own brief stands in place
    of an estimate, `estimated` those of which there is one, with its author. `notes` tell what the reader of another
    program's files had to decide, `resolution` to what the numbers of a side were rounded.
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
    estimated: Mapping[str, Estimated] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    resolution: Mapping[str, str] = field(default_factory=dict)


class PackageAnswer(msgspec.Struct, frozen=True):
    """One package: an option for every issue; its value to each side at the table, on the side's own scale.

    `absent` holds the least and the most that it is worth to parties concerned, as estimated.
    """

    package: dict[str, str]
    points: dict[str, Number]
    absent: dict[str, tuple[int, int]] = {}


class WitnessAnswer(PackageAnswer, frozen=True):
    """One package that every side can accept, where some speak in words; `points` are of those who speak in points.

    `standing` holds, for each side that speaks in words, whether it accepts the package `surely` or `possibly`.
    """

    standing: dict[str, Literal["surely", "possibly"]] = {}


class GuardedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The same among the packages that are worth at least so much, at the worst, to parties not at the table.

    `acceptable_packages` keep all guards at the worst, `possible_packages` at the best by estimate.
    """

    at_least: dict[str, int]
    acceptable_packages: Count | None
    possible_packages: Count | None
    solutions: dict[str, PackageAnswer]


class SettleAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `tashawur settle --json`.

    `packages` counts all ways to pick an option on every issue, `feasible` those that keep the public rules,
    `acceptable_by` those of them that each side accepts for itself, `acceptable_packages` those that every side
    accepts; null: not counted. `solutions` is empty when no package is acceptable to every side, which is then proven.
    `best` holds each side's best within the lines of the others. `guarded` is null where nobody stated a guard.

    Where sides speak in words, they are named by `in_words`; `standing` is then `surely`, `possibly` or `none`, over
    all scores that fit their words, and `acceptable` is null where it is `possibly`; `possible_packages` counts those
    that are possibly acceptable; the rules, which reckon with points, pick nothing, and `witness` is a package that
    stands so. `questions` holds, by side, two parts of a package: is the first at least as good as the second?
    """

    format: Literal["tashawur.settle/1"] = "tashawur.settle/1"
    mode: Literal["open"] = "open"
    source: str
    invented: bool
    sides: tuple[str, ...]
    in_words: tuple[str, ...] = ()
    without_brief: tuple[str, ...]
    packages: Count
    feasible: Count | None
    acceptable: bool | None
    standing: Literal["surely", "possibly", "none"]
    acceptable_packages: Count | None
    possible_packages: Count | None = None
    acceptable_by: dict[str, Count | None] = {}
    solutions: dict[str, PackageAnswer]
    best: dict[str, PackageAnswer]
    witness: WitnessAnswer | None = None
    questions: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    guarded: GuardedAnswer | None = None
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
    """The JSON Schema of an answer; every key is always written."""
    made = msgspec.json.schema(answer) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    for held in made["$defs"].values():
        held["required"] = list(held["properties"])
    return made


def answer_document(found: Settlement | Agreement, about: About, guarded: Guarded | None = None) -> SettleAnswer:
    """The answer as a document, whether sides speak in points or in words."""
    if isinstance(found, Agreement):
        return agreement_answer(found, about)
    return settle_answer(found, about, guarded)


def settle_answer(settled: Settlement, about: About, guarded: Guarded | None = None) -> SettleAnswer:
    """The settlement as a document."""
    scenario = settled.scenario
    return SettleAnswer(
        source=about.source,
        invented=about.invented,
        sides=tuple(side.name for side in scenario.sides),
        without_brief=about.without_brief,
        resolution=dict(about.resolution),
        packages=str(scenario.packages),
        feasible=_count(settled.feasible),
        acceptable=settled.exists,
        standing="surely" if settled.exists else "none",
        acceptable_packages=_count(settled.acceptable),
        acceptable_by={side.name: _count(counting.acceptable(scenario, [side])) for side in scenario.sides},
        solutions=_packages(scenario, settled.solutions),
        best=_packages(scenario, settled.best),
        guarded=None if guarded is None else _guarded(guarded),
    )


def _guarded(guarded: Guarded) -> GuardedAnswer:
    settled = guarded.settled
    return GuardedAnswer(
        at_least=dict(guarded.at_least),
        acceptable_packages=_count(settled.acceptable),
        possible_packages=_count(guarded.possible),
        solutions=_packages(settled.scenario, settled.solutions),
    )


def agreement_answer(agreed: Agreement, about: About) -> SettleAnswer:
    """What sides can accept of whom some speak in words, as a document."""
    found, in_words = agreed.consent, {side.name for side in agreed.worded}
    at_table = {side.name for side in agreed.scenario.sides} | in_words
    return SettleAnswer(
        source=about.source,
        invented=about.invented,
        sides=tuple(name for name in about.sides if name in at_table),
        in_words=tuple(name for name in about.sides if name in in_words),
        without_brief=about.without_brief,
        packages=str(agreed.scenario.packages),
        feasible=_count(agreed.feasible),
        acceptable=None if found.standing == "possibly" else found.standing == "surely",
        standing=found.standing,
        acceptable_packages=_count(found.surely),
        possible_packages=_count(found.possibly),
        solutions={},
        best={},
        witness=_witness(agreed),
        questions={
            name: (agreed.scenario.part(one), agreed.scenario.part(other))
            for name, (one, other) in agreed.questions.items()
        },
    )


def _witness(agreed: Agreement) -> WitnessAnswer | None:
    scenario, package = agreed.scenario, agreed.consent.package
    if package is None:
        return None
    sides = [side for side in scenario.sides if side.name]
    standing: dict[str, Literal["surely", "possibly"]] = {
        name: "possibly" if judged.verdict == "possibly" else "surely" for name, judged in agreed.judged.items()
    }
    return WitnessAnswer(
        scenario.named(package),
        {side.name: as_number(side.on_own_scale(side.value(package))) for side in sides},
        {party.name: party.value(package) for party in scenario.absent},
        standing,
    )


def frontier_answer(
    scenario: Scenario, found: Frontier | Sought, about: About, tell: Tell = nobody, *, everything: bool
) -> FrontierAnswer:
    """The frontier as a document; tells for how many points the packages are listed."""
    listed = []
    for point in range(len(found)):
        listed.append([scenario.named(package) for package in islice(found.packages(point), MANY + 1)])
        tell(point + 1, len(found))
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


def _count(number: int | None) -> str | None:
    return None if number is None else str(number)


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
