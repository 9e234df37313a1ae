"""The loops of `skyline`, compiled. Imported only when they pay: numba takes a moment to load."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from tashawur.settle.skyline import Places, Points


@njit(cache=True)
def three(ranked: Points) -> npt.NDArray[np.bool_]:
    """As `skyline._three`."""
    size = len(ranked)
    keep = np.zeros(size, dtype=np.bool_)
    steps = np.empty(size, dtype=np.int64)
    tops = np.empty(size, dtype=np.int64)
    count = 0
    for place in range(size):
        second, third = ranked[place, 1], ranked[place, 2]
        at, above = 0, count
        while at < above:
            middle = (at + above) >> 1
            if steps[middle] < second:
                at = middle + 1
            else:
                above = middle
        if at < count and tops[at] >= third:
            continue
        keep[place] = True
        ends = at + 1 if at < count and steps[at] == second else at
        begins = at
        while begins > 0 and tops[begins - 1] <= third:
            begins -= 1
        shift = begins + 1 - ends
        if shift > 0:
            for move in range(count - 1, ends - 1, -1):
                steps[move + shift] = steps[move]
                tops[move + shift] = tops[move]
        elif shift < 0:
            for move in range(ends, count):
                steps[move + shift] = steps[move]
                tops[move + shift] = tops[move]
        count += shift
        steps[begins], tops[begins] = second, third
    return keep


@njit(cache=True)
def losses(held: Points, order: Places, second: int, third: int) -> Places:
    """As `skyline.undominated_losses`, in order already: the places that are kept.

    `least[loss]` is the least that the third side lost yet where the second lost that much or less.
    """
    kept = np.empty(len(order), dtype=np.int64)
    least = np.full(1 << second, 1 << third, dtype=np.int64)
    count = 0
    for place in order:
        loss = (held[place] >> third) & ((1 << second) - 1)
        last = held[place] & ((1 << third) - 1)
        if least[loss] <= last:
            continue
        kept[count] = place
        count += 1
        while loss < len(least) and least[loss] > last:
            least[loss] = last
            loss += 1
    return kept[:count].copy()


@njit(cache=True)
def many(ranked: Points) -> npt.NDArray[np.bool_]:
    """As `skyline._many`; what dominates once often does so again and is asked first."""
    size, sides = ranked.shape
    keep = np.zeros(size, dtype=np.bool_)
    kept = np.empty(size, dtype=np.int64)
    count = 0
    for place in range(size):
        dominated = False
        for at in range(count):
            other = kept[at]
            better = True
            for side in range(1, sides):
                if ranked[other, side] < ranked[place, side]:
                    better = False
                    break
            if better:
                dominated = True
                kept[at] = kept[at >> 1]
                kept[at >> 1] = other
                break
        if not dominated:
            keep[place] = True
            kept[count] = place
            count += 1
    return keep
