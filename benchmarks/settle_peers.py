"""Other ways to the same answers: NegMAS, an enumeration with NumPy, and brute force in whole numbers as the judge.

NegMAS is licensed under the AGPL: it stands in a requirements file of its own and nothing but this folder imports it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from itertools import product
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from tashawur.settle.answers import efficient
from tashawur.settle.solutions import SOLUTIONS, Gains
from tashawur.settle.values import Scenario

HOW_TO_INSTALL = "python3 run.py bench settle --peers"

Point = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What ways are compared by: the acceptable frontier and, of each rule, what it makes as large as can be.

    `product` of gains in whole points; `least` and `total` on the sides' own scales, None where a way cannot compare
    sides whose scales differ; `share` is the least share that a side gets of the most that it can gain, from the
    package of Kalai and Smorodinsky.
    """

    frontier: frozenset[Point]
    product: int
    least: Fraction | None
    total: Fraction | None
    share: Fraction

    def agrees(self, other: Answer) -> bool:
        """Whether the other has the same frontier and solutions; the share is compared apart."""
        rules = ((self.least, other.least), (self.total, other.total))
        same = all(mine == theirs for mine, theirs in rules if mine is not None and theirs is not None)
        return same and self.frontier == other.frontier and self.product == other.product


NOTHING = Answer(frozenset(), 0, None, None, Fraction())


def ours(scenario: Scenario) -> Answer:
    """The engine's answer: the frontier with the lowest package of every point, and the points of the rules."""
    found = efficient(scenario)
    found.lowest()
    if not len(found):
        return NOTHING
    gains = Gains(found.values - _reservations(scenario), tuple(side.unit for side in scenario.sides))
    nash, egalitarian, shares, welfare = (
        gains.points[SOLUTIONS[name].pick(gains)[0]].tolist()
        for name in ("nash", "egalitarian", "kalai_smorodinsky", "utilitarian")
    )
    return Answer(
        frozenset(map(tuple, found.values.tolist())),
        prod(nash),
        min(_own(scenario, egalitarian)),
        sum(_own(scenario, welfare), start=Fraction()),
        _share(shares, gains.ideal),
    )


def enumerated(scenario: Scenario) -> Answer:
    """Every package by NumPy: all values at once, then the frontier of those that are acceptable."""
    kind = np.int32 if max(side.most for side in scenario.sides) < 2**31 else np.int64
    columns = []
    for side in scenario.sides:
        column = np.zeros(1, dtype=kind)
        for row in side.points:
            column = (column[:, None] + np.array(row, dtype=kind)).ravel()
        columns.append(column)
    reservations = _reservations(scenario)
    accepted = np.logical_and.reduce([c >= least for c, least in zip(columns, reservations.tolist(), strict=True)])
    values = np.stack([column[accepted] for column in columns], axis=1).astype(np.int64)
    if not len(values):
        return NOTHING
    frontier = _two(values) if values.shape[1] == 2 else _sifted(values)
    gains = frontier - reservations
    shares = gains / np.maximum(gains.max(axis=0), 1)
    return Answer(
        frozenset(map(tuple, frontier.tolist())),
        max(prod(row) for row in gains.tolist()),
        *_least_and_total(scenario, gains),
        _share(gains[shares.min(axis=1).argmax()].tolist(), _ideal(gains)),
    )


def brute_force(scenario: Scenario) -> Answer:
    """Every package one by one, in whole numbers and fractions: slow, and hard to get wrong."""
    values = {scenario.values(package) for package in _packages(scenario) if scenario.acceptable(package)}
    frontier = [one for one in values if not any(_better(other, one) for other in values)]
    gains = [[v - side.reservation for v, side in zip(one, scenario.sides, strict=True)] for one in frontier]
    ideal = [max(column) for column in zip(*gains, strict=True)]
    return Answer(
        frozenset(frontier),
        max(map(prod, gains)),
        max(min(_own(scenario, row)) for row in gains),
        max(sum(_own(scenario, row), start=Fraction()) for row in gains),
        max(_share(row, ideal) for row in gains),
    )


def _packages(scenario: Scenario) -> Any:
    return product(*(range(len(issue.options)) for issue in scenario.issues))


def _better(one: Point, other: Point) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def _reservations(scenario: Scenario) -> npt.NDArray[np.int64]:
    return np.array([side.reservation for side in scenario.sides], dtype=np.int64)


def _ideal(gains: npt.NDArray[np.int64]) -> list[int]:
    most: list[int] = gains.max(axis=0).tolist()
    return most


def _own(scenario: Scenario, gains: Sequence[int]) -> list[Fraction]:
    """Gains on the sides' own scales."""
    return [gain * side.unit for gain, side in zip(gains, scenario.sides, strict=True)]


def _one_scale(scenario: Scenario) -> bool:
    return len({side.unit for side in scenario.sides}) == 1


def _least_and_total(scenario: Scenario, gains: npt.NDArray[np.int64]) -> tuple[Fraction, Fraction]:
    """The largest least gain and the largest sum: at once where whole points can be compared, else one by one."""
    if _one_scale(scenario):
        unit = scenario.sides[0].unit
        return int(gains.min(axis=1).max()) * unit, int(gains.sum(axis=1).max()) * unit
    rows = [_own(scenario, row) for row in gains.tolist()]
    return max(map(min, rows)), max(sum(row, start=Fraction()) for row in rows)


def _share(gains: Sequence[int], ideal: Sequence[int]) -> Fraction:
    """The least share of those who can gain."""
    return min((Fraction(gain, most) for gain, most in zip(gains, ideal, strict=True) if most), default=Fraction())


def _two(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Best for the first first; then whatever is better for the second than all before it."""
    values = values[np.lexsort((-values[:, 1], -values[:, 0]))]
    highest = np.maximum.accumulate(values[:, 1])
    return values[np.r_[True, values[1:, 1] > highest[:-1]]]


def _sifted(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The largest sum first; whatever is not better than it for some side goes; and so on."""
    values = values[np.argsort(-values.sum(axis=1), kind="stable")]
    place = 0
    while place < len(values):
        left = (values > values[place]).any(axis=1)
        left[place] = True
        place = int(left[:place].sum()) + 1
        values = values[left]
    return values


def negmas_there() -> bool:
    """Whether NegMAS is installed."""
    return find_spec("negmas") is not None


class NegMAS:
    """A scenario in NegMAS's own classes. Making it is not measured, `answer` is."""

    def __init__(self, scenario: Scenario) -> None:
        from negmas.outcomes import make_issue, make_os  # noqa: PLC0415 - a peer: not always there
        from negmas.preferences import LinearAdditiveUtilityFunction  # noqa: PLC0415 - a peer: not always there
        from negmas.preferences.value_fun import TableFun  # noqa: PLC0415 - a peer: not always there

        self._space = make_os([make_issue(list(issue.options), issue.name) for issue in scenario.issues])
        self._reservations = _reservations(scenario)
        self._unit = scenario.sides[0].unit if _one_scale(scenario) else None
        self._functions = [
            LinearAdditiveUtilityFunction(
                {
                    issue.name: TableFun(dict(zip(issue.options, map(float, row), strict=True)))
                    for issue, row in zip(scenario.issues, side.points, strict=True)
                },
                weights={issue.name: 1.0 for issue in scenario.issues},
                outcome_space=self._space,
                reserved_value=float(side.reservation),
            )
            for side in scenario.sides
        ]

    def answer(self) -> Answer:
        """The outcomes, the frontier and the points of its rules."""
        from negmas.preferences import ops  # noqa: PLC0415 - a peer: not always there

        functions = self._functions
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            outcomes = list(self._space.enumerate_or_sample(max_cardinality=float("inf")))
            # From the reservation on: by itself it counts Nash's gains from a side's worst package if that is better.
            ranges = [
                (function.reserved_value, function.minmax(self._space, above_reserve=False)[1])
                for function in functions
            ]
            frontier, _ = ops.pareto_frontier(functions, outcomes)
            picked = [
                rule(functions, ranges=ranges, frontier=frontier)
                for rule in (ops.nash_points, ops.kalai_points, ops.max_welfare_points, ops.ks_points)
            ]
        whole = np.rint(np.array(frontier)).astype(np.int64)
        accepted = whole[(whole >= self._reservations).all(axis=1)]
        nash, egalitarian, welfare, shares = (self._gains(found[0][0]) for found in picked)
        return Answer(
            frozenset(map(tuple, accepted.tolist())),
            prod(nash),
            None if self._unit is None else min(egalitarian) * self._unit,
            None if self._unit is None else sum(welfare) * self._unit,
            _share(shares, _ideal(accepted - self._reservations)),
        )

    def _gains(self, point: Sequence[float]) -> list[int]:
        gains: list[int] = (np.rint(np.array(point)).astype(np.int64) - self._reservations).tolist()
        return gains
