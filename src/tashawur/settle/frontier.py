"""The exact frontier: the packages than which none is better for one side and as good for all others.

Issue by issue from the last to the first, the frontier of what remains is merged with the options of the issue: a
package on the frontier ends, from any issue on, in an ending on the frontier of the endings from the same node of the
diagram. So nothing but undominated endings need be kept, and the answer is exact whatever the number of packages
(Nemhauser and Ullmann 1969, for the knapsack; here with nodes for rules).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import sub
from typing import Final

import numpy as np
import numpy.typing as npt

from tashawur.settle.diagram import WIDTH, Diagram, diagram
from tashawur.settle.endings import Endings, Ints, Listed, Places, Tabled
from tashawur.settle.packed import Packed, Packing
from tashawur.settle.skyline import Points
from tashawur.settle.values import Package, Scenario

CELLS: Final = 30_000_000
"""Sums that tables may take in all; beyond, endings are listed."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """Distinct points of the frontier, best for the first side first, and the packages that reach them.

    `values` has a row for each point and a column for each side, whole points. Private: not shown by `repr`.
    """

    values: Points = field(repr=False)
    _places: Places = field(repr=False)
    _layers: Sequence[Sequence[Endings]] = field(repr=False)
    _diagram: Diagram = field(repr=False)
    _scenario: Scenario = field(repr=False)

    def __len__(self) -> int:
        return len(self.values)

    def lowest(self, points: Places | None = None) -> npt.NDArray[np.int32]:
        """For each of the points with these places, by default all, the lowest package that reaches it.

        One row a point, one column an issue.
        """
        place = self._places if points is None else self._places[points]
        node = np.zeros(len(place), dtype=np.int64)
        packages = np.empty((len(self._layers), len(place)), dtype=np.int32)
        for issue, layer in enumerate(self._layers):
            if len(layer) == 1:
                packages[issue], node, place = layer[0].onward(place)
                continue
            following = np.empty_like(node), np.empty_like(place)
            for number in np.unique(node):
                here = np.flatnonzero(node == number)
                packages[issue, here], following[0][here], following[1][here] = layer[number].onward(place[here])
            node, place = following
        return packages.T

    def packages(self, point: int) -> Iterator[Package]:
        """Every package that reaches the point with this place, the lowest first."""
        yield from self._from(0, 0, tuple(self.values[point].tolist()), ())

    def _from(self, issue: int, node: int, value: tuple[int, ...], begun: Package) -> Iterator[Package]:
        if issue == len(self._layers):
            yield begun
            return
        for arc in self._diagram.layers[issue][node]:
            rest = tuple(map(sub, value, self._scenario.points(issue, arc.option)))
            if arc.bonus is not None:
                rest = tuple(map(sub, rest, arc.bonus))
            if self._reaches(issue + 1, arc.node, rest):
                yield from self._from(issue + 1, arc.node, rest, (*begun, arc.option))

    def _reaches(self, issue: int, node: int, value: tuple[int, ...]) -> bool:
        """Whether an ending from the node is worth just this; behind the last issue, only nothing is."""
        return self._layers[issue][node].reach(value) if issue < len(self._layers) else not any(value)


def frontier(scenario: Scenario, width: int = WIDTH) -> Frontier:
    """The frontier of the packages that every side can accept.

    Raises TooWideError when rules tie too many issues together for a diagram of `width`.
    """
    packages = diagram(scenario, lines=scenario.sides, width=width)
    points = [
        np.array([side.points[issue] for side in scenario.sides], dtype=np.int64).T
        for issue in range(len(scenario.issues))
    ]
    if not packages.layers:
        none = np.empty((0, len(scenario.sides)), dtype=np.int64)
        return Frontier(none, np.empty(0, dtype=np.int64), (), packages, scenario)
    reservations = np.array([side.reservation for side in scenario.sides], dtype=np.int64)
    layers = _layers(scenario, packages, points)
    values, places = layers[0][0].points()
    # What is better than an acceptable package is acceptable too: leaving out now loses no point of the frontier.
    enough = (values >= reservations).all(axis=1)
    return Frontier(values[enough], places[enough], layers, packages, scenario)


def _layers(scenario: Scenario, packages: Diagram, points: Sequence[Ints]) -> list[Sequence[Endings]]:
    """The endings from every node, in the form that serves the scenario best."""
    if _narrow(scenario, packages):
        return _tabled(packages, points)
    packing = Packing.of(packages, points) if len(scenario.sides) == 3 else None
    if packing is not None and packages.nodes << packing.bits[1] <= CELLS:
        return _packed(packages, points, _needs(scenario), packing)
    return _listed(scenario, packages, points)


def _narrow(scenario: Scenario, packages: Diagram) -> bool:
    """Whether there are two sides whose points are few enough for tables."""
    if len(scenario.sides) != 2 or max(abs(scenario.sides[1].least), abs(scenario.sides[1].most)) >= 2**40:
        return False
    span = scenario.sides[0].most - scenario.sides[0].least + 1
    return span * sum(len(node) for layer in packages.layers for node in layer) <= CELLS


def _tabled(packages: Diagram, points: Sequence[Ints]) -> list[Sequence[Endings]]:
    below: list[Tabled] = [Tabled.bottom()]
    layers: list[Sequence[Endings]] = []
    for layer, gains in zip(reversed(packages.layers), reversed(points), strict=True):
        below = [Tabled.merged(node, below, gains) for node in layer]
        layers.append(below)
    return layers[::-1]


def _packed(
    packages: Diagram, points: Sequence[Ints], needs: Sequence[Ints], packing: Packing
) -> list[Sequence[Endings]]:
    below = [Packed.bottom(packing)]
    layers: list[Sequence[Endings]] = []
    for issue in reversed(range(len(packages.layers))):
        most, need = packing.most[issue], needs[issue]
        below = [Packed.merged(node, below, points[issue], most, need) for node in packages.layers[issue]]
        layers.append(below)
    return layers[::-1]


def _listed(scenario: Scenario, packages: Diagram, points: Sequence[Ints]) -> list[Sequence[Endings]]:
    needs = _needs(scenario)
    below = [Listed.bottom(len(scenario.sides))]
    layers: list[Sequence[Endings]] = []
    for layer, gains, need in zip(reversed(packages.layers), reversed(points), reversed(needs), strict=True):
        below = [Listed.merged(node, below, gains, need) for node in layer]
        layers.append(below)
    return layers[::-1]


def _needs(scenario: Scenario) -> list[Ints]:
    """By issue: what an ending from it on must be worth to each side, whatever stands before, to be acceptable yet."""
    most = [[max(side.points[issue]) for side in scenario.sides] for issue in range(len(scenario.issues))]
    for place, side in enumerate(scenario.sides):
        for bonus in side.bonuses:
            # It is earned where the last issue of its combination is picked.
            most[max(bonus.box.options)][place] += max(bonus.points, 0)
    needs = [[side.reservation for side in scenario.sides]]
    for row in most[:-1]:
        needs.append([need - gain for need, gain in zip(needs[-1], row, strict=True)])
    return [np.array(need, dtype=np.int64) for need in needs]
