"""What is settled: issues with their options, what each side makes of them, and the rules that packages keep.

Indices stand for names inside: an issue is its place in the scenario, an option its place in the issue, a package one
option for each issue, in order. The lowest package is the first in the order of such tuples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import prod
from types import MappingProxyType
from typing import Final

LARGEST_TOTAL: Final = 2**62
"""Totals of whole points stay below this, so that sums fit into 64 bits."""

Package = tuple[int, ...]
"""One option for each issue, by their places."""


class ScenarioError(ValueError):
    """Values that make no scenario: a mistake of the caller, who has checked what people write."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What is to be settled, and its options in the file's order."""

    name: str
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.options:
            message = f"issue {self.name!r} has no option"
            raise ScenarioError(message)
        if len(set(self.options)) < len(self.options):
            message = f"issue {self.name!r} names an option twice"
            raise ScenarioError(message)


@dataclass(frozen=True, slots=True)
class Box:
    """The packages that pick, on every issue it names, one of the options given for it.

    A forbidden box is a rule; with points it is a bonus or a penalty for a combination; a hyper-rectangle over integer
    issues is a box.
    """

    options: Mapping[int, frozenset[int]]

    def __post_init__(self) -> None:
        if not self.options:
            message = "a box names at least one issue"
            raise ScenarioError(message)
        frozen = {issue: frozenset(chosen) for issue, chosen in sorted(self.options.items())}
        object.__setattr__(self, "options", MappingProxyType(frozen))

    def holds(self, package: Sequence[int]) -> bool:
        """Whether the package lies in the box."""
        return all(package[issue] in chosen for issue, chosen in self.options.items())


@dataclass(frozen=True, slots=True)
class Bonus:
    """Whole points for a combination, below zero for a penalty. Private: not shown by `repr`."""

    box: Box = field(repr=False)
    points: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit on the sum of what the chosen options cost, in whole units; costs are not negative.

    `costs[issue][option]`; an issue that is not named costs nothing. "At most k of these" is a budget of k in which
    each costs one.
    """

    costs: Mapping[int, tuple[int, ...]]
    limit: int

    def __post_init__(self) -> None:
        if any(cost < 0 for costs in self.costs.values() for cost in costs):
            message = "a cost below zero"
            raise ScenarioError(message)
        object.__setattr__(self, "costs", MappingProxyType(dict(sorted(self.costs.items()))))

    def spent(self, package: Sequence[int]) -> int:
        """What the package costs."""
        return sum(costs[package[issue]] for issue, costs in self.costs.items())


@dataclass(frozen=True, slots=True)
class Side:
    """One side at the table: what it makes of every option, and what it never accepts.

    `points[issue][option]` are whole; the value of a package is their sum and that of the bonuses whose combination it
    holds. A package is acceptable when its value is at least `reservation` and it lies in no `red_lines` box. One whole
    point is `unit` on the side's own scale. Private: only the name is shown by `repr`.
    """

    name: str
    points: tuple[tuple[int, ...], ...] = field(repr=False)
    reservation: int = field(default=0, repr=False)
    red_lines: tuple[Box, ...] = field(default=(), repr=False)
    bonuses: tuple[Bonus, ...] = field(default=(), repr=False)
    unit: Fraction = field(default=Fraction(1), repr=False)

    def __post_init__(self) -> None:
        if self.most - min(self.least, 0) >= LARGEST_TOTAL or abs(self.reservation) >= LARGEST_TOTAL:
            message = f"the points of {self.name!r} add up to 2^62 or more"
            raise ScenarioError(message)

    @property
    def least(self) -> int:
        """No package is worth less."""
        return sum(map(min, self.points)) + sum(bonus.points for bonus in self.bonuses if bonus.points < 0)

    @property
    def most(self) -> int:
        """No package is worth more."""
        return sum(map(max, self.points)) + sum(bonus.points for bonus in self.bonuses if bonus.points > 0)

    def value(self, package: Sequence[int]) -> int:
        """What the package is worth to the side, in whole points."""
        base = sum(points[option] for points, option in zip(self.points, package, strict=True))
        return base + sum(bonus.points for bonus in self.bonuses if bonus.box.holds(package))

    def accepts(self, package: Sequence[int]) -> bool:
        """Whether the package is worth the reservation at least and crosses no red line."""
        return self.value(package) >= self.reservation and not any(line.holds(package) for line in self.red_lines)

    def on_own_scale(self, points: int) -> Fraction:
        """Whole points as the side's own numbers."""
        return points * self.unit


@dataclass(frozen=True, slots=True)
class Absent:
    """A party concerned that is not at the table, as somebody estimates it: intervals of whole points.

    `intervals[issue][option]` is (least, most). `guard` is what a package must be worth to it at the worst, as its
    author assumes. Never a consent. Private: only the name is shown by `repr`.
    """

    name: str
    intervals: tuple[tuple[tuple[int, int], ...], ...] = field(repr=False)
    guard: int | None = field(default=None, repr=False)

    def value(self, package: Sequence[int]) -> tuple[int, int]:
        """The least and the most that the package can be worth to the party, as estimated."""
        chosen = [row[option] for row, option in zip(self.intervals, package, strict=True)]
        return sum(least for least, _ in chosen), sum(most for _, most in chosen)

    def guarded(self, least: int, *, worst: bool = True) -> Budget:
        """The packages that are worth at least so much to the party at its worst, or else at its best."""
        bound = [[pair[0] if worst else pair[1] for pair in row] for row in self.intervals]
        costs = {issue: tuple(max(row) - value for value in row) for issue, row in enumerate(bound)}
        return Budget(costs, sum(map(max, bound)) - least)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Issues, sides and public rules. What `forbidden` boxes and `budgets` rule out is no package at all."""

    issues: tuple[Issue, ...]
    sides: tuple[Side, ...]
    forbidden: tuple[Box, ...] = ()
    budgets: tuple[Budget, ...] = ()
    absent: tuple[Absent, ...] = ()

    def __post_init__(self) -> None:
        if not self.issues or not self.sides:
            message = "a scenario has at least one issue and one side"
            raise ScenarioError(message)
        shape = tuple(len(issue.options) for issue in self.issues)
        for name, points in self._tables():
            if tuple(map(len, points)) != shape:
                message = f"{name!r} does not value every option of every issue once"
                raise ScenarioError(message)
        for box in self._boxes():
            if any(not 0 <= issue < len(shape) or not chosen <= set(range(shape[issue])) for issue, chosen in
                   box.options.items()):  # fmt: skip
                message = "a box names an issue or option that does not exist"
                raise ScenarioError(message)
        for budget in self.budgets:
            if any(len(costs) != shape[issue] for issue, costs in budget.costs.items()):
                message = "a budget does not cost every option of its issues once"
                raise ScenarioError(message)

    def _tables(self) -> Iterator[tuple[str, Sequence[Sequence[object]]]]:
        for side in self.sides:
            yield side.name, side.points
        for party in self.absent:
            yield party.name, party.intervals

    def _boxes(self) -> Iterator[Box]:
        yield from self.forbidden
        for side in self.sides:
            yield from side.red_lines
            yield from (bonus.box for bonus in side.bonuses)

    @property
    def packages(self) -> int:
        """How many ways there are to pick one option on every issue, rules left aside."""
        return prod(len(issue.options) for issue in self.issues)

    def without_lines(self) -> Scenario:
        """The same, with red lines and reservations left aside: every feasible package is acceptable."""
        sides = tuple(replace(side, red_lines=(), reservation=side.least) for side in self.sides)
        return replace(self, sides=sides)

    def feasible(self, package: Sequence[int]) -> bool:
        """Whether the package keeps the public rules."""
        return not any(box.holds(package) for box in self.forbidden) and all(
            budget.spent(package) <= budget.limit for budget in self.budgets
        )

    def acceptable(self, package: Sequence[int]) -> bool:
        """Whether the package keeps the public rules and every side accepts it."""
        return self.feasible(package) and all(side.accepts(package) for side in self.sides)

    def points(self, issue: int, option: int) -> tuple[int, ...]:
        """What the option is worth to each side by itself."""
        return tuple(side.points[issue][option] for side in self.sides)

    def values(self, package: Sequence[int]) -> tuple[int, ...]:
        """What the package is worth to each side, in whole points of its own."""
        return tuple(side.value(package) for side in self.sides)

    def named(self, package: Sequence[int]) -> dict[str, str]:
        """The package by the names of issues and options."""
        return self.part(dict(enumerate(package)))

    def part(self, chosen: Mapping[int, int]) -> dict[str, str]:
        """Options by issue, by their names."""
        return {self.issues[issue].name: self.issues[issue].options[option] for issue, option in chosen.items()}
