"""Which of many points no other is at least as good as, for every side at once.

Points come with the order in which ties are kept: of equal points the first stands. Up to two sides NumPy suffices; for
more, loops compiled by numba when it is installed, else the same loops in Python: the answers are equal.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Final

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.int64]
"""Whole points, one row a point, one column a side."""
Places = npt.NDArray[np.intp]

WORTH_COMPILING: Final = 20_000
"""Below so many points, loading the compiled loops takes longer than they save."""


def undominated(points: Points) -> Places:
    """The places of the rows that no other row is at least as good as in every column, of equal rows the first.

    Best for the first side first. Shape of `points`: points x sides, one side at least.
    """
    order = _best_first(points)
    ranked = points[order]
    sides = points.shape[1]
    if len(points) <= 1:
        return order
    if sides == 1:
        return order[:1]
    if sides == 2:
        return order[_rising(ranked[:, 1])]
    three = sides == 3
    if len(points) > WORTH_COMPILING and (loops := _compiled()) is not None:
        keep: npt.NDArray[np.bool_] = loops.three(ranked) if three else loops.many(ranked)
    else:
        keep = _three(ranked) if three else _many(ranked)
    return order[keep]


def undominated_losses(held: npt.NDArray[np.int64], bits: tuple[int, int, int]) -> Places:
    """As `undominated`, for what three sides lose, held in one number of so many bits each: less is better."""
    order = np.argsort(held, kind="stable")
    if len(held) > WORTH_COMPILING and (loops := _compiled()) is not None:
        kept: Places = loops.losses(held, order, *bits[1:])
        return kept
    losses = held >> (bits[1] + bits[2]), (held >> bits[2]) & ((1 << bits[1]) - 1), held & ((1 << bits[2]) - 1)
    return order[_three(-np.stack(losses, axis=1)[order])]


def _best_first(points: Points) -> Places:
    """Rows in falling order, the first column before the second and so on; equal ones as they stand."""
    lows, highs = points.min(axis=0), points.max(axis=0)
    spans = [int(high) - int(low) + 1 for low, high in zip(lows, highs, strict=True)]
    size = 1
    for span in spans:
        size *= span
    if size >= 2**62:  # one key for all columns would not fit
        columns = [-points[:, side] for side in range(points.shape[1])]
        return np.lexsort(columns[::-1])
    key: npt.NDArray[np.int64] = highs[0] - points[:, 0]
    for side in range(1, points.shape[1]):
        key = key * spans[side] + (highs[side] - points[:, side])
    return np.argsort(key, kind="stable")


def _rising(second: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Where the second column is better than in all rows above."""
    keep = np.empty(len(second), dtype=np.bool_)
    keep[0] = True
    np.greater(second[1:], np.maximum.accumulate(second)[:-1], out=keep[1:])
    return keep


def _three(ranked: Points) -> npt.NDArray[np.bool_]:
    """Rows in order against a staircase of the second and third column (Kung, Luccio, Preparata 1975)."""
    keep = np.zeros(len(ranked), dtype=np.bool_)
    steps: list[int] = []  # second column, rising
    tops: list[int] = []  # third column, falling
    for place, (_, second, third) in enumerate(ranked.tolist()):
        at = bisect_left(steps, second)
        if at < len(steps) and tops[at] >= third:
            continue
        keep[place] = True
        begins, ends = at, at + (at < len(steps) and steps[at] == second)
        while begins > 0 and tops[begins - 1] <= third:
            begins -= 1
        steps[begins:ends] = [second]
        tops[begins:ends] = [third]
    return keep


def _many(ranked: Points) -> npt.NDArray[np.bool_]:
    """Rows in order against all that were kept."""
    keep = np.zeros(len(ranked), dtype=np.bool_)
    kept = np.empty_like(ranked)
    count = 0
    for place, row in enumerate(ranked):
        if count and (kept[:count] >= row).all(axis=1).any():
            continue
        keep[place] = True
        kept[count] = row
        count += 1
    return keep


@cache
def _compiled() -> ModuleType | None:
    if find_spec("numba") is None:
        return None
    from tashawur.settle import compiled  # noqa: PLC0415

    return compiled
