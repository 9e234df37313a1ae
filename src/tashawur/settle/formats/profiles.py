"""What all formats come to: issues, and each side's profile in exact fractions; joined to one of whole points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Final

from tashawur.settle.formats.numbers import too_large
from tashawur.settle.formats.places import At, listed, name_at
from tashawur.settle.values import LARGEST_TOTAL, Bonus, Box, Issue, Scenario, Side
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_

MOST_ISSUES: Final = 1_000
MOST_OPTIONS: Final = 100_000
"""Issues of one scenario, and the options of all of them together."""

RESOLUTION: Final = Fraction(1, 10**12)
"""To what a score is rounded where a side's exact fractions need larger whole points than there are."""

Named = Mapping[str, Mapping[str, Fraction]]
"""What a side makes of every option, by the names of issues and options."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader or writer had to decide: a phrase with what fills it, nothing private."""

    phrase: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """One side's file in exact fractions: `values[issue][option]`, its weights where the format has such.

    A reservation of None is not stated. Private: only name and place are shown by `repr`.
    """

    name: str
    at: At
    values: tuple[tuple[Fraction, ...], ...] = field(repr=False)
    reservation: Fraction | None = field(default=None, repr=False)
    bonuses: tuple[tuple[Box, Fraction], ...] = field(default=(), repr=False)
    weights: tuple[Fraction, ...] | None = field(default=None, repr=False)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Exact:
    """A side as a `Side` is, in whole points of any size; and the weights of issues that its file has, or None.

    Private: only the name is shown by `repr`.
    """

    name: str
    points: tuple[tuple[int, ...], ...] = field(repr=False)
    reservation: int = field(repr=False)
    bonuses: tuple[Bonus, ...] = field(repr=False)
    unit: Fraction = field(repr=False)
    weights: tuple[Fraction, ...] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, side: Side) -> Exact:
        """The side as it stands."""
        return cls(side.name, side.points, side.reservation, side.bonuses, side.unit)


@dataclass(frozen=True, slots=True)
class Imported:
    """A scenario that was read from another program's files, and how.

    `format` is its name in the table of formats; sides keep the order of their files' names, and `files` has those
    names. `resolution[side]` is zero where the side's numbers are kept exactly, else to what they were rounded.
    `exact` has the sides as their files have them, before any rounding: what is written to another format is taken
    from there.
    """

    format: str
    scenario: Scenario
    files: tuple[str, ...]
    resolution: tuple[Fraction, ...]
    notes: tuple[Note, ...] = ()
    exact: tuple[Exact, ...] = field(default=(), repr=False)

    @property
    def rounded(self) -> tuple[Note, ...]:
        """Which sides' numbers the scenario has rounded: for whoever goes on with it, and not with the exact ones."""
        sides = zip(self.scenario.sides, self.resolution, strict=True)
        return tuple(Note(_ROUNDED, {"side": side.name}) for side, resolution in sides if resolution)


def issues_of(at: At, given: Iterable[tuple[At, str, Sequence[str]]]) -> tuple[Issue, ...]:
    """The issues with their options, each named once; with each, the place where it stands."""
    found: dict[str, Issue] = {}
    number = 0
    for here, name, options in given:
        name_at(here, name)
        if not options:
            raise here.error(
                "settle.file-no-options", N_("the issue {issue} has no option"), N_("Give it its options."), issue=name
            )
        number += len(options)
        if len(found) == MOST_ISSUES:
            raise too_many_issues(here)
        if number > MOST_OPTIONS:
            raise too_many_options(here)
        if name in found:
            raise name_twice(here, name)
        _once(here, [name_at(here, option) for option in options])
        found[name] = Issue(name, tuple(options))
    if not found:
        raise at.error(
            "settle.file-no-issues", N_("the file names no issue"), N_("Name at least one issue with its options.")
        )
    return tuple(found.values())


def too_many_issues(at: At) -> ScenarioFileError:
    """More issues than a scenario can have here."""
    return at.error(
        "settle.file-too-many-issues",
        N_("there are more than {most} issues"),
        N_("Make several scenarios of them."),
        most=str(MOST_ISSUES),
    )


def too_many_options(at: At) -> ScenarioFileError:
    """More options than a scenario can have here."""
    return at.error(
        "settle.file-too-many-options",
        N_("the issues have more than {most} options together"),
        N_("Name fewer options, such as steps of ten in a range of numbers."),
        most=str(MOST_OPTIONS),
    )


def _once(at: At, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise name_twice(at, name)
        seen.add(name)


def name_twice(at: At, name: str) -> ScenarioFileError:
    """A name that is given a second time here."""
    return at.error(
        "settle.file-name-twice",
        N_("the name {name} is given twice"),
        N_("Give each issue, and each option of an issue, a name of its own."),
        name=name,
    )


def same_issues(at: At, issues: Sequence[Issue], given: Sequence[Issue]) -> None:
    """Refuses a file whose issues or options are not those of the scenario, whatever their order."""
    mine = {issue.name: dict.fromkeys(issue.options, Fraction()) for issue in given}
    in_order(at, issues, mine)


def in_order(at: At, issues: Sequence[Issue], given: Named) -> tuple[tuple[Fraction, ...], ...]:
    """What the file gives, in the order of the scenario's issues and options; all of them and no others."""
    known = {issue.name for issue in issues}
    for name in given:
        if name not in known:
            raise unknown_issue(at, name, issues)
    return tuple(_options(at, issue, given) for issue in issues)


def unknown_issue(at: At, name: str, issues: Sequence[Issue]) -> ScenarioFileError:
    """An issue that the scenario does not have."""
    return at.error(
        "settle.file-unknown-issue",
        N_("{issue} is no issue of this scenario"),
        N_("Its issues: {known}. Write the name as it stands there, or take the issue out."),
        issue=name,
        known=listed([issue.name for issue in issues]),
    )


def unknown_option(at: At, name: str, issue: Issue) -> ScenarioFileError:
    """An option that the issue does not have."""
    return at.error(
        "settle.file-unknown-option",
        N_("{option} is no option of {issue}"),
        N_("Its options: {known}. Write the name as it stands there, or take the option out."),
        option=name,
        issue=issue.name,
        known=listed(list(issue.options)),
    )


def missing_issue(at: At, name: str) -> ScenarioFileError:
    """An issue of the scenario that the file says nothing of."""
    return at.error(
        "settle.file-missing-issue",
        N_("the issue {issue} of this scenario is missing here"),
        N_("Add it, with a number for each of its options."),
        issue=name,
    )


def _options(at: At, issue: Issue, given: Named) -> tuple[Fraction, ...]:
    if issue.name not in given:
        raise missing_issue(at, issue.name)
    options = given[issue.name]
    known = set(issue.options)
    for name in options:
        if name not in known:
            raise unknown_option(at, name, issue)
    for name in issue.options:
        if name not in options:
            raise at.error(
                "settle.file-missing-option",
                N_("the option {option} of {issue} is missing here"),
                N_("Add it with its number."),
                option=name,
                issue=issue.name,
            )
    return tuple(options[name] for name in issue.options)


def joined(format_name: str, issues: tuple[Issue, ...], profiles: Sequence[Profile], notes: Iterable[Note]) -> Imported:
    """The scenario of the profiles, which come in the order of their files' names."""
    _two_names(profiles)
    exact = tuple(_exact(profile, _smallest_unit(profile)) for profile in profiles)
    made = [_side(profile, one) for profile, one in zip(profiles, exact, strict=True)]
    told = [*notes, *(note for profile in profiles for note in profile.notes)]
    told += [
        Note(N_("{side} states no reservation: zero was taken."), {"side": one.name})
        for one in profiles
        if one.reservation is None
    ]
    return Imported(
        format_name,
        Scenario(issues, tuple(side for side, _ in made)),
        tuple(profile.at.file for profile in profiles),
        tuple(resolution for _, resolution in made),
        tuple(told),
        exact,
    )


_ROUNDED: Final = N_("The numbers of {side} are too fine to be kept exactly: each score was rounded to 10^-12.")


def _two_names(profiles: Sequence[Profile]) -> None:
    if len(profiles) == 1:
        raise profiles[0].at.error(
            "settle.file-one-side",
            N_("this is the profile of one side only"),
            N_("Put the profiles of at least two sides into the folder or archive."),
        )
    seen: dict[str, str] = {}
    for profile in profiles:
        first = seen.setdefault(profile.name, profile.at.file)
        if first != profile.at.file:
            raise profile.at.error(
                "settle.file-same-side",
                N_("the side {side} has a profile in {file} already"),
                N_("Give each side a name of its own; where the format has no names, that of the file counts."),
                side=profile.name,
                file=first,
            )


def _side(profile: Profile, exact: Exact) -> tuple[Side, Fraction]:
    """The side in whole points, and to what its numbers were rounded: zero for exact ones."""
    for unit in (Fraction(1, exact.unit.denominator), exact.unit, RESOLUTION):
        fitting = exact if unit == exact.unit else _exact(profile, unit)
        if _total(fitting) < LARGEST_TOTAL:
            side = Side(fitting.name, fitting.points, fitting.reservation, bonuses=fitting.bonuses, unit=unit)
            return side, Fraction() if unit is not RESOLUTION else RESOLUTION
    raise too_large(profile.at)


def _exact(profile: Profile, unit: Fraction) -> Exact:
    """The side in points of this unit, rounded half to even where they are not whole."""
    return Exact(
        profile.name,
        tuple(tuple(_points(number, unit) for number in row) for row in profile.values),
        _points(profile.reservation or Fraction(), unit),
        tuple(Bonus(box, _points(number, unit)) for box, number in profile.bonuses),
        unit,
        profile.weights,
    )


def _points(number: Fraction, unit: Fraction) -> int:
    # In whole numbers as long as it comes out even: there can be very many scores.
    whole, rest = divmod(number.numerator * unit.denominator, number.denominator * unit.numerator)
    return whole if not rest else round(number / unit)


def _smallest_unit(profile: Profile) -> Fraction:
    """The largest number of which all numbers of the profile are multiples."""
    denominator = lcm(*(number.denominator for number in _numbers(profile)))
    step = gcd(*(number.numerator * (denominator // number.denominator) for number in _numbers(profile)))
    return Fraction(step or 1, denominator)


def _numbers(profile: Profile) -> Iterator[Fraction]:
    for row in profile.values:
        yield from row
    yield from (number for _, number in profile.bonuses)
    yield profile.reservation or Fraction()


def _total(side: Exact) -> int:
    """No sum of the side's whole points goes beyond this, up or down."""
    rows = sum(max(map(abs, row)) for row in side.points)
    return max(rows + sum(abs(bonus.points) for bonus in side.bonuses), abs(side.reservation))
