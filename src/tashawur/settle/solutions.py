"""Rules that pick one package of those that every side can accept, by what each side gains over its reservation.

Each rule is a function from gains to the places of the best points: all that are equally good. A rule that compares the
gains of two sides does so on the sides' own scales. To add one: write the function, cite its source, add the line; the
tests then hold it to what it promises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm, prod
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tashawur.settle.skyline import Places, Points

Exact = npt.NDArray[Any]
"""Whole numbers, 64 bits wide where they fit, else as long as need be."""

NEAR: Final = 1e-9
"""What floating-point numbers cannot tell apart is compared again in whole numbers."""


@dataclass(frozen=True, slots=True)
class Gains:
    """What every side gains from every point over its reservation; no gain is below zero.

    `points[p][s]`: point `p`, side `s`, whole points of its own; `units[s]` is one of them on the side's own scale.
    Private: not shown by `repr`.
    """

    points: Points = field(repr=False)
    units: tuple[Fraction, ...] = field(repr=False)

    @property
    def ideal(self) -> tuple[int, ...]:
        """The most that each side can gain while all others accept."""
        return tuple(int(most) for most in self.points.max(axis=0))

    def on_one_scale(self, places: Places) -> Exact:
        """The gains at the places, on the sides' own scales times one number for all, so that they are whole."""
        shared = lcm(*(unit.denominator for unit in self.units))
        return _scaled(self.points[places], [int(unit * shared) for unit in self.units])


def nash(gains: Gains) -> Places:
    """The largest product of gains.

    Where some side gains nothing from any point: the largest set of sides that can gain together, then the product of
    their gains, then the least gain, the second least and so on.
    """
    positive = gains.points > 0
    gaining = positive.sum(axis=1)
    places = np.flatnonzero(gaining == gaining.max())
    logs = np.log(np.where(positive, gains.points, 1)[places].astype(np.float64)).sum(axis=1)
    places = places[logs >= logs.max() - NEAR]
    products = [prod(int(gain) for gain in gains.points[place] if gain > 0) for place in places]
    best = max(products)
    places = places[[product == best for product in products]]
    return places if gaining.max() == gains.points.shape[1] else _leximin(gains.on_one_scale(places), places)


def egalitarian(gains: Gains) -> Places:
    """The largest least gain, then the largest second least and so on."""
    everywhere = np.arange(len(gains.points))
    return _leximin(gains.on_one_scale(everywhere), everywhere)


def kalai_smorodinsky(gains: Gains) -> Places:
    """The same on gains as shares of the most that each side can gain; a side that can gain nothing is left aside."""
    gaining = np.flatnonzero(gains.points.max(axis=0) > 0)
    if not len(gaining):
        return np.arange(len(gains.points))
    ideal = [gains.ideal[side] for side in gaining]
    shares = (gains.points[:, gaining] / np.array(ideal, dtype=np.float64)).min(axis=1)
    places = np.flatnonzero(shares >= shares.max() - NEAR)
    shared = lcm(*ideal)
    return _leximin(_scaled(gains.points[places][:, gaining], [shared // most for most in ideal]), places)


def utilitarian(gains: Gains) -> Places:
    """The largest sum of gains."""
    sums = gains.on_one_scale(np.arange(len(gains.points))).sum(axis=1)
    return np.flatnonzero(sums == sums.max())


def best_of(gains: Gains, side: int) -> Places:
    """The most for one side; of equals the largest least gain of the others, the second least and so on."""
    own = gains.points[:, side]
    places = np.flatnonzero(own == own.max())
    return _leximin(np.delete(gains.on_one_scale(places), side, axis=1), places)


def _leximin(gains: Exact, places: Places) -> Places:
    """The places whose gains, sorted, are the largest in the order of words."""
    ranked = np.sort(gains, axis=1)
    for column in range(ranked.shape[1]):
        best = np.flatnonzero(ranked[:, column] == ranked[:, column].max())
        ranked, places = ranked[best], places[best]
    return places


def _scaled(points: Points, factors: list[int]) -> Exact:
    """Each column times its factor."""
    largest = int(points.max(initial=1)) * max(factors) * len(factors)
    kind: type = np.int64 if largest < 2**62 else object
    return points.astype(kind) * np.array(factors, dtype=kind)


@dataclass(frozen=True, slots=True)
class Solution:
    """A rule with its source and what it promises besides efficiency and individual rationality, which all do.

    `scale_free`: what one side's points are multiplied by changes nothing.
    """

    pick: Callable[[Gains], Places]
    source: str
    scale_free: bool


SOLUTIONS: Final[Mapping[str, Solution]] = MappingProxyType(
    {
        "nash": Solution(nash, "Nash, The Bargaining Problem, Econometrica 18, 1950", scale_free=True),
        "egalitarian": Solution(
            egalitarian,
            "Kalai, Econometrica 45, 1977; leximin: Chun and Peters, Cahiers du CERO 30, 1988",
            scale_free=False,
        ),
        "kalai_smorodinsky": Solution(
            kalai_smorodinsky,
            "Kalai and Smorodinsky, Econometrica 43, 1975; leximin: Imai, Econometrica 51, 1983",
            scale_free=True,
        ),
        "utilitarian": Solution(utilitarian, "Harsanyi, Journal of Political Economy 63, 1955", scale_free=False),
    }
)
