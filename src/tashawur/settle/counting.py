"""How many packages there are: exactly, or not at all.

Feasible packages are paths of the diagram. Acceptable ones are counted with what the endings are worth: how many
endings from a node are worth how much to each side. Where that needs too many different values, no number is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tashawur.settle.diagram import WIDTH, Diagram, Node, TooWideError, diagram
from tashawur.settle.endings import Ints, earned
from tashawur.settle.skyline import Points
from tashawur.settle.values import Scenario, Side

VALUES: Final = 300_000
"""Different values in one layer at most."""


def feasible(scenario: Scenario, width: int = WIDTH) -> int | None:
    """How many packages keep the public rules; None when the rules tie too many issues together to count."""
    try:
        return diagram(scenario, bonuses=False, width=width).count
    except TooWideError:
        return None


def acceptable(scenario: Scenario, sides: Sequence[Side] | None = None, width: int = WIDTH) -> int | None:
    """How many feasible packages the `sides`, by default all, accept; None when there are too many values to count."""
    asked = scenario.sides if sides is None else tuple(sides)
    # A side that every package satisfies need not be looked at, but its red lines must.
    strict = tuple(side for side in asked if side.least < side.reservation)
    limited = Scenario(scenario.issues, strict or asked[:1], scenario.forbidden, scenario.budgets)
    try:
        packages = diagram(limited, lines=asked, bonuses=bool(strict), width=width)
    except TooWideError:
        return None
    if not strict:
        return packages.count
    return _counted(limited, packages)


@dataclass(frozen=True, slots=True)
class _Tally:
    """How many endings are worth how much: a row of values for each count.

    Counts are 64 bits wide where all packages together are fewer than that holds, else as long as need be.
    """

    values: Points
    counts: npt.NDArray[Any]


def _counted(scenario: Scenario, packages: Diagram) -> int | None:
    if not packages.layers:
        return 0
    below = [
        _Tally(
            np.zeros((1, len(scenario.sides)), dtype=np.int64),
            np.array([1], dtype=np.int64 if scenario.packages < 2**62 else object),
        )
    ]
    most, least = _prefixes(scenario)
    reservations = np.array([side.reservation for side in scenario.sides], dtype=np.int64)
    for issue in reversed(range(len(packages.layers))):
        points = np.array([side.points[issue] for side in scenario.sides], dtype=np.int64).T
        bounds = reservations - most[issue], reservations - least[issue]
        if sum(len(below[arc.node].values) for node in packages.layers[issue] for arc in node) > VALUES:
            return None
        below = [_merged(node, below, points, bounds) for node in packages.layers[issue]]
    return int(below[0].counts.sum())


def _merged(node: Node, below: Sequence[_Tally], points: Ints, bounds: tuple[Ints, Ints]) -> _Tally:
    """The tallies of the nodes that a node leads to, together.

    What is worth less than the first bound can no longer become acceptable and is left out; above the second bound
    it is acceptable whatever stands before, so that how much above does not matter.
    """
    need, enough = bounds
    parts = [below[arc.node].values + earned(points, arc.option, arc.bonus) for arc in node]
    values = np.minimum(np.concatenate(parts), enough)
    counts = np.concatenate([below[arc.node].counts for arc in node])
    left = (values >= need).all(axis=1)
    values, counts = values[left], counts[left]
    if not len(values):
        return _Tally(values, counts)
    order = np.lexsort(tuple(values.T))
    values, counts = values[order], counts[order]
    begins = np.flatnonzero(np.r_[True, (values[1:] != values[:-1]).any(axis=1)])
    return _Tally(values[begins], np.add.reduceat(counts, begins))


def _prefixes(scenario: Scenario) -> tuple[list[Ints], list[Ints]]:
    """By issue: the most and the least that what stands before it can be worth to each side."""
    most, least = ([np.zeros(len(scenario.sides), dtype=np.int64)] for _ in range(2))
    for issue in range(len(scenario.issues)):
        ending = [
            [bonus.points for bonus in side.bonuses if max(bonus.box.options) == issue] for side in scenario.sides
        ]
        highest = [
            max(side.points[issue]) + sum(points for points in earned if points > 0)
            for side, earned in zip(scenario.sides, ending, strict=True)
        ]
        lowest = [
            min(side.points[issue]) + sum(points for points in earned if points < 0)
            for side, earned in zip(scenario.sides, ending, strict=True)
        ]
        most.append(most[-1] + np.array(highest, dtype=np.int64))
        least.append(least[-1] + np.array(lowest, dtype=np.int64))
    return most, least
