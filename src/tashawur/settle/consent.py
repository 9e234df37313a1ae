"""Packages that every side can accept where some sides speak in words: surely, or possibly, or none even possibly.

What the order of the issues says of a package is said by few sums, one for each rank; what answers to questions add is
found as far as it is needed: a package is sought, held against the words of every side (`words`), and what refuses it
is added to the question, until a package stands or the solver proves that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, product
from math import gcd, prod
from typing import Final, Literal

from tashawur.settle import counting
from tashawur.settle.answers import searching
from tashawur.settle.linear import Proof
from tashawur.settle.search import Condition, Search, Table, liked, not_below_zero, one_above_zero, reaching
from tashawur.settle.values import Box, Budget, Issue, Package, Scenario, Side
from tashawur.settle.words import (
    ContradictionError,
    Form,
    Judged,
    Part,
    Worded,
    at_least,
    below,
    contradiction,
    judge,
    question,
)

SPAN: Final = 2**20
"""About what each side's points span where one package is picked of those that stand."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a package is acceptable to every side: surely, else possibly, else surely none is.

    `package` is one that is so: no other that is so is surely better for one side and surely as good for all others.
    Which of several such packages it is says nothing more; it is the same on every machine. `surely` and `possibly`
    count packages (those that are surely acceptable are possibly so too) and are None where they were not counted:
    always where a side answered questions.
    """

    standing: Literal["surely", "possibly", "none"]
    package: Package | None = field(repr=False)
    surely: int | None
    possibly: int | None


def public(issues: Sequence[Issue], forbidden: Sequence[Box] = (), budgets: Sequence[Budget] = ()) -> Scenario:
    """A scenario for sides who all speak in words: the only side in it accepts every package."""
    nobody = Side("", tuple((0,) * len(issue.options) for issue in issues))
    return Scenario(tuple(issues), (nobody,), tuple(forbidden), tuple(budgets))


def consent(scenario: Scenario, worded: Sequence[Worded]) -> Consent:
    """What the sides of the scenario, who speak in points, and the others, who speak in words, can accept together.

    Raises ContradictionError when the answers of a side contradict each other, and MissingPartError as `searching`.
    """
    for side in worded:
        if found := contradiction(side):
            raise ContradictionError(found)
    lines = tuple(line for side in worded for line in side.lines)
    limited = replace(scenario, forbidden=(*scenario.forbidden, *lines))
    search = searching(limited)
    countable = not any(side.comparisons for side in worded)
    liking = _Liking.of(limited, worded)
    surely = _picked(search, [_Sure(side) for side in worded], liking)
    if surely is not None:
        number = _count_surely(limited, worded) if countable else None
        return Consent("surely", surely, number, _count_possibly(limited, worded) if countable else None)
    possibly = _picked(search, [_Possible(side) for side in worded], liking)
    if possibly is not None:
        return Consent("possibly", possibly, 0, _count_possibly(limited, worded) if countable else None)
    return Consent("none", None, 0, 0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What can be said where some sides speak in words, with how its package stands with each of them.

    `feasible` counts the packages that keep the public rules. `judged` and `questions` are by side: a question only
    where that side's words leave the package open, and its answer decides or leads nearer. Private: not shown by
    `repr`.
    """

    scenario: Scenario = field(repr=False)
    worded: tuple[Worded, ...] = field(repr=False)
    consent: Consent
    feasible: int | None
    judged: Mapping[str, Judged] = field(repr=False)
    questions: Mapping[str, tuple[Part, Part]] = field(repr=False)


def agreement(scenario: Scenario, worded: Sequence[Worded]) -> Agreement:
    """Whether all sides can agree, on what for instance, and what to ask whom where that is open. Raises as `consent`.

    `scenario` holds the sides who speak in points.
    """
    found = consent(scenario, worded)
    package = found.package
    judged = {} if package is None else {side.name: judge(side, package) for side in worded}
    asked = {} if package is None else {side.name: question(side, package) for side in worded}
    questions = {name: pair for name, pair in asked.items() if pair is not None}
    return Agreement(scenario, tuple(worded), found, counting.feasible(scenario), judged, questions)


class _Sure:
    """The packages that every score of a side accepts, as far as they are known."""

    def __init__(self, side: Worded) -> None:
        self.side = side
        self.conditions: list[Condition] = []
        if not side.comparisons:
            self.conditions = [not_below_zero(table) for table in _sure_sums(side)]

    def learns(self, package: Package) -> bool:
        """Whether the package does not stand; then the conditions leave it out, and all that the same score refuses."""
        edge = below(self.side, self.side.over_least(package))
        if isinstance(edge, Proof):
            return False
        self.conditions.append(not_below_zero(_table(self.side, edge)))
        return True


class _Possible:
    """The packages that some score of a side accepts, as far as they are known."""

    def __init__(self, side: Worded) -> None:
        self.side = side
        none = (0,) * side.size
        self.conditions: list[Condition] = [one_above_zero(*_possible_sums(side, 1, none))]

    def learns(self, package: Package) -> bool:
        """Whether the package does not stand; then the conditions leave it out, and all that the same proof refuses."""
        side = self.side
        proof = at_least(side, side.over_least(package))
        if not isinstance(proof, Proof):
            return False
        shared = gcd(*proof.numbers)
        *numbers, times = (number // shared for number in proof.numbers[-1 - len(side.answers) :])
        told = tuple(
            sum(number * answer[step] for number, answer in zip(numbers, side.answers, strict=True))
            for step in range(side.size)
        )
        strict = any(number and not one.or_equal for number, one in zip(numbers, side.comparisons, strict=True))
        sums, other = _possible_sums(side, times, told)
        self.conditions.append(one_above_zero(sums, None if strict else other))
        return True


@dataclass(frozen=True, slots=True)
class _Liking:
    """One number for each package: what is better for a side under every score that fits its words has more of it."""

    weights: tuple[int, ...]
    tables: tuple[Table, ...]

    @classmethod
    def of(cls, scenario: Scenario, worded: Sequence[Worded]) -> _Liking:
        """Each side's points, or those of a score that fits its words, so weighted that they span about as much."""
        weights = tuple(max(SPAN // (side.most - side.reservation), 1) if side.most > side.reservation else 1
                        for side in scenario.sides)  # fmt: skip
        return cls(weights, tuple(map(_liked, worded)))

    def total(self, search: Search, package: Package) -> int:
        """The number of the package."""
        gains = sum(weight * gain for weight, gain in zip(self.weights, search.gains(package), strict=True))
        return gains + sum(row[option] for table in self.tables for row, option in zip(table, package, strict=True))


def _liked(side: Worded) -> Table:
    score = at_least(side)
    if isinstance(score, Proof):
        raise ContradictionError(contradiction(side))
    table = _table(side, score)
    weight = max(SPAN // max(sum(max(row) - min(row) for row in table), 1), 1)
    return tuple(tuple(weight * value for value in row) for row in table)


def _picked(search: Search, sides: Sequence[_Sure] | Sequence[_Possible], liking: _Liking) -> Package | None:
    """Of the packages that stand with every side the most liked, of equals the lowest; None: there is none."""

    def standing(ask: Callable[[Sequence[Condition]], Package | None]) -> Package | None:
        while True:
            found = ask([condition for side in sides for condition in side.conditions])
            refused = [] if found is None else [side.learns(found) for side in sides]
            if not any(refused):
                return found

    most = liked(liking.weights, liking.tables)
    best = standing(lambda held: search.find(*held, most=most))
    if best is None:
        return None
    reached = reaching(most, liking.total(search, best))
    return standing(lambda held: search.lowest(*held, reached))


def _sure_sums(side: Worded) -> Iterator[Table]:
    """Sums of which none may be below zero: by rank, what is lost at the most and gained at the least down to it."""
    least = _by_option(side, min)
    for before, rank in _ranks(side):
        yield tuple(
            row if issue in before else tuple(min(value, 0) for value in row) if issue in rank else (0,) * len(row)
            for issue, row in enumerate(least)
        )


def _possible_sums(side: Worded, times: int, told: Form) -> tuple[list[Table], Table]:
    """Sums of which one must be above zero, by rank; or else the last, of nothing below zero, must be zero.

    For what the package is worth more than the least, so many times, and what is told beside it.
    """
    most = _by_option(side, max, times, told)
    sums = [
        tuple(
            row if issue in before else tuple(max(value, 0) for value in row) if issue in rank else (0,) * len(row)
            for issue, row in enumerate(most)
        )
        for before, rank in _ranks(side)
    ]
    return sums, _by_option(side, lambda values: int(any(values)), times, told)


def _by_option(side: Worded, of: Callable[[Sequence[int]], int], times: int = 1, told: Form | None = None) -> Table:
    """By issue and option: one number `of` those of its steps; zero for an issue without steps."""
    rows = []
    for issue, steps in enumerate(side.steps):
        rest = {issue: side.least[issue]}
        forms = [side.form({issue: option}, rest) for option in range(len(side.words[issue]))]
        rows.append(
            tuple(
                of([times * form[step] + (told[step] if told is not None else 0) for step in steps]) if steps else 0
                for form in forms
            )
        )
    return tuple(rows)


def _ranks(side: Worded) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """Each rank with all issues before it."""
    ranks = [frozenset(rank) for rank in side.order]
    yield from zip(accumulate(ranks, frozenset.union, initial=frozenset[int]()), ranks, strict=False)


def _table(side: Worded, score: Form) -> Table:
    """What each option is worth more than that of the least, under a score."""
    rows = []
    for issue, said in enumerate(side.words):
        rest = {issue: side.least[issue]}
        forms = (side.form({issue: option}, rest) for option in range(len(said)))
        rows.append(tuple(sum(value * points for value, points in zip(form, score, strict=True)) for form in forms))
    return tuple(rows)


def _count_surely(scenario: Scenario, worded: Sequence[Worded]) -> int | None:
    budgets = [_no_less(table) for side in worded for table in _sure_sums(side)]
    return counting.acceptable(replace(scenario, budgets=(*scenario.budgets, *budgets)))


def _count_possibly(scenario: Scenario, worded: Sequence[Worded]) -> int | None:
    """All, less what is not even possible for some side, by inclusion and exclusion.

    Not possible is that no sum of a side is above zero, but for the packages whose words are all those of the least.
    """
    total = 0
    for choice in product(*(tuple(_terms(side)) for side in worded)):
        budgets = [budget for term in choice for budget in term.budgets]
        boxes = [box for term in choice for box in term.forbidden]
        number = counting.acceptable(
            replace(scenario, forbidden=(*scenario.forbidden, *boxes), budgets=(*scenario.budgets, *budgets))
        )
        if number is None:
            return None
        total += number * prod(term.sign for term in choice)
    return total


@dataclass(frozen=True, slots=True)
class _Term:
    """Packages that are counted, or taken off where `sign` is -1."""

    sign: int
    budgets: tuple[Budget, ...] = ()
    forbidden: tuple[Box, ...] = ()


def _terms(side: Worded) -> Iterator[_Term]:
    sums, other = _possible_sums(side, 1, (0,) * side.size)
    yield _Term(1)
    yield _Term(-1, tuple(_no_less(tuple(tuple(-value for value in row) for row in table)) for table in sums))
    unlike = [(issue, frozenset(o for o, value in enumerate(row) if value)) for issue, row in enumerate(other)]
    yield _Term(1, forbidden=tuple(Box({issue: options}) for issue, options in unlike if options))


def _no_less(table: Table) -> Budget:
    """The sum of the table is not below zero."""
    costs = {issue: tuple(max(row) - value for value in row) for issue, row in enumerate(table)}
    return Budget(costs, sum(max(row) for row in table))
