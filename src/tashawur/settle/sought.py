"""The exact frontier by the solver, where rules tie too many issues together for a diagram.

Each package found is efficient, and the next must be better for some side than each before; when the solver proves that
there is none, the frontier is whole. For two sides this is the epsilon-constraint method (Haimes, Lasdon, Wismer 1971).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tashawur.settle.search import Condition, Search, at_least, some_more, weighted
from tashawur.settle.skyline import Places, Points
from tashawur.settle.values import Package
from tashawur.terms.progress import Tell, nobody


@dataclass(frozen=True, slots=True)
class Sought:
    """As `frontier.Frontier`, each point found by a search of its own. Private: not shown by `repr`."""

    values: Points = field(repr=False)
    _search: Search = field(repr=False)

    def __len__(self) -> int:
        return len(self.values)

    def lowest(self, points: Places | None = None) -> npt.NDArray[np.int32]:
        """See Frontier."""
        asked = range(len(self)) if points is None else points.tolist()
        packages = [self._search.lowest(self._at(point)) for point in asked]
        return np.array(packages, dtype=np.int32).reshape(len(packages), len(self._search.scenario.issues))

    def packages(self, point: int) -> Iterator[Package]:
        """See Frontier."""
        yield from self._search.each(self._at(point))

    def _at(self, point: int) -> Condition:
        """A package on the frontier that is worth so much to each side is worth just so much."""
        sides = zip(self.values[point].tolist(), self._search.scenario.sides, strict=True)
        return at_least({place: value - side.reservation for place, (value, side) in enumerate(sides)})


def sought(search: Search, tell: Tell = nobody) -> Sought:
    """The frontier of the packages that every side of the search's scenario can accept.

    With two sides it tells how much of the way it has gone from the best for the first to the best for the second.
    """
    sides = search.scenario.sides
    found = _two(search, tell) if len(sides) == 2 else _many(search)
    gains = sorted(found, reverse=True)
    values = [[gain + side.reservation for gain, side in zip(row, sides, strict=True)] for row in gains]
    return Sought(np.array(values, dtype=np.int64).reshape(len(values), len(sides)), search)


def _two(search: Search, tell: Tell) -> Iterator[tuple[int, ...]]:
    """The best for the first side, then the best for it that is better for the second, and so on."""
    second = search.scenario.sides[1]
    weight = second.most - second.reservation + 1
    conditions: tuple[Condition, ...] = ()
    begun: int | None = None
    while (package := search.find(*conditions, most=weighted((weight, 1)))) is not None:
        gains = search.gains(package)
        yield gains
        begun = gains[1] if begun is None else begun
        tell(gains[1] - begun, search.ideal[1] - begun)
        conditions = (at_least({1: gains[1] + 1}),)


def _many(search: Search) -> Iterator[tuple[int, ...]]:
    """The largest sum of what is better for some side than each before: nothing can be better than that for all."""
    conditions: list[Condition] = []
    weights = (1,) * len(search.scenario.sides)
    while (package := search.find(*conditions, most=weighted(weights))) is not None:
        gains = search.gains(package)
        yield gains
        conditions.append(some_more(gains))
