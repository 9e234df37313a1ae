"""The ways through done-sets within limits: from which of them the full one is reached, by which orders, how many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tashawur.sequence.done_sets import DoneSets

Words = npt.NDArray[np.uint64]
Whole = npt.NDArray[Any]

COUNTED: Final = 22
"""Units up to which orders are counted, and the soonest end is found."""

IN_WORD: Final = 6
"""Units whose bits lie within a word."""

_LATE: Final = 2**30
"""A day that no plan reaches: its days are few enough."""

_PART: Final = 58
_WITHOUT: Final = tuple(sum(1 << j for j in range(64) if not j >> k & 1) for k in range(IN_WORD))
"""For each unit within a word, the bits of the done-sets without it."""


class Ways:
    """The done-sets `good`, and those of them from which the full one is reached through good ones alone."""

    def __init__(self, sets: DoneSets, good: Words, passages: dict[int, Words]) -> None:
        self.sets = sets
        self.good = good
        self._passages = passages
        self.to_the_end = self._swept()

    def _swept(self) -> Words:
        sets = self.sets
        found = np.zeros_like(self.good)
        full = sets.units.full
        last, bit = full >> IN_WORD, np.uint64(1 << (full & 63))
        if not self.good[last] & bit:
            return found
        for places in reversed(sets.layers):
            reached = np.zeros(len(places), dtype=np.uint64)
            if places[-1] == last:
                reached[-1] = bit
            for high in range(sets.high):
                onward = found[places | 1 << high]
                passage = self._passages.get(high + IN_WORD)
                reached |= onward if passage is None else onward & passage[places]
            found[places] = self._within_words(reached, places)
        return found

    def _within_words(self, reached: Words, places: npt.NDArray[np.int64]) -> Words:
        """The same, once also the units within a word are done."""
        good = self.good[places]
        reached &= good
        masks = []
        for unit in range(self.sets.low):
            passage = self._passages.get(unit)
            mask = good & np.uint64(_WITHOUT[unit])
            masks.append(mask if passage is None else mask & passage[places])
        for _ in range(self.sets.low):
            before = reached.copy()
            for unit, mask in enumerate(masks):
                reached |= (reached >> np.uint64(1 << unit)) & mask
            if np.array_equal(before, reached):
                break
        return reached

    def leads(self, done: int) -> bool:
        """Whether the full done-set is reached from this one."""
        return bool(int(self.to_the_end[done >> IN_WORD]) >> (done & 63) & 1)

    def next_units(self, done: int) -> Iterator[int]:
        """The units that can be done next, the first of the plan first."""
        for unit in range(self.sets.count):
            if not done >> unit & 1 and self.leads(done | 1 << unit) and self._passes(done, unit):
                yield unit

    def _passes(self, done: int, unit: int) -> bool:
        passage = self._passages.get(unit)
        return passage is None or bool(int(passage[done >> IN_WORD]) >> (done & 63) & 1)

    def order(self, done: int = 0) -> tuple[int, ...]:
        """The first order by the plan's own, from a done-set that leads to the full one."""
        found = []
        while done != self.sets.units.full:
            unit = next(self.next_units(done))
            found.append(unit)
            done |= 1 << unit
        return tuple(found)

    def _columns(self, places: npt.NDArray[np.int64], unit: int) -> npt.NDArray[np.bool_] | None:
        """Where the unit may follow, for the done-sets of these words: a row for each place in a word."""
        passage = self._passages.get(unit)
        return None if passage is None else self._spread(passage[places])

    def _spread(self, words: Words) -> npt.NDArray[np.bool_]:
        shifts = np.arange(1 << self.sets.low, dtype=np.uint64)[:, np.newaxis]
        return (words[np.newaxis] >> shifts & np.uint64(1)).astype(np.bool_)

    def number(self) -> int:
        """How many orders there are, exactly."""
        sets = self.sets
        width = 1 << sets.low
        counts = [np.zeros((len(self.good), width), dtype=np.int64) for _ in range(1 if sets.count <= 20 else 2)]
        full = sets.units.full
        for layer in reversed(sets.layers):
            places = layer[self.to_the_end[layer] != 0]
            if not len(places):
                continue
            sums = [np.zeros((len(places), width), dtype=np.int64) for _ in counts]
            if places[-1] == full >> IN_WORD:
                sums[0][-1, full & 63] = 1
            for high in range(sets.high):
                ahead = np.flatnonzero(places >> high & 1 == 0)
                onward = places[ahead] | 1 << high
                passes = self._columns(places[ahead], high + IN_WORD)
                for count, held in zip(counts, sums, strict=True):
                    held[ahead] += count[onward] if passes is None else count[onward] * passes.T
            columns = [np.ascontiguousarray(held.T) for held in sums]
            self._count_within(columns, self._spread(self.to_the_end[places]), places)
            for count, held in zip(counts, columns, strict=True):
                count[places] = held.T
        return sum(int(count[0, 0]) << _PART * at for at, count in enumerate(counts))

    def _count_within(self, sums: list[Whole], good: npt.NDArray[np.bool_], places: npt.NDArray[np.int64]) -> None:
        passages = [self._columns(places, unit) for unit in range(self.sets.low)]
        for at in range(len(good) - 1, -1, -1):
            for unit, passage in enumerate(passages):
                if not at >> unit & 1:
                    for held in sums:
                        more = held[at | 1 << unit]
                        held[at] += more if passage is None else more * passage[at]
            for held in sums:
                held[at] *= good[at]
            _carry([held[at] for held in sums])

    def soonest(self) -> tuple[int, ...]:
        """Of the orders, one that ends first. There must be one."""
        sets, units = self.sets, self.sets.units
        first, takes = units.first, units.takes
        width = 1 << sets.low
        times = np.full((len(self.good), width), _LATE, dtype=np.int32)
        for layer in sets.layers:
            places = layer[self.to_the_end[layer] != 0]
            if not len(places):
                continue
            now = np.full((len(places), width), _LATE, dtype=np.int32)
            if places[0] == 0:
                now[0, 0] = 0
            for high in range(sets.high):
                unit = high + IN_WORD
                after = np.flatnonzero(places >> high & 1)
                before = places[after] & ~(1 << high)
                came = np.maximum(times[before], first[unit]) + takes[unit]
                passes = self._columns(before, unit)
                now[after] = np.minimum(now[after], came if passes is None else np.where(passes.T, came, _LATE))
            columns = np.ascontiguousarray(now.T)
            self._soonest_within(columns, self._spread(self.to_the_end[places]), places)
            times[places] = columns.T
        return self._back(times)

    def _soonest_within(self, now: Whole, good: npt.NDArray[np.bool_], places: npt.NDArray[np.int64]) -> None:
        first, takes = self.sets.units.first, self.sets.units.takes
        passages = [self._columns(places, unit) for unit in range(self.sets.low)]
        for at in range(len(now)):
            for unit, passage in enumerate(passages):
                before = at & ~(1 << unit)
                if before != at:
                    came = np.maximum(now[before], first[unit]) + takes[unit]
                    np.minimum(
                        now[at], came if passage is None else np.where(passage[before], came, _LATE), out=now[at]
                    )
            now[at] = np.where(good[at], np.minimum(now[at], _LATE), _LATE)

    def _back(self, times: Whole) -> tuple[int, ...]:
        units = self.sets.units
        first, takes = units.first, units.takes
        found: list[int] = []
        done = units.full
        while done:
            now = times[done >> IN_WORD, done & 63]
            for unit in reversed(range(self.sets.count)):
                before = done & ~(1 << unit)
                then = int(times[before >> IN_WORD, before & 63])
                fits = before != done and then < _LATE and max(then, first[unit]) + takes[unit] == now
                if fits and units.ready(before, unit) and self._passes(before, unit):
                    found.append(unit)
                    done = before
                    break
        return tuple(reversed(found))


def _carry(sums: list[Whole]) -> None:
    """Keeps the lower part of numbers of two parts below 2^58: so 22 of them can be added."""
    if len(sums) == 2:
        sums[1] += sums[0] >> _PART
        sums[0] &= (1 << _PART) - 1
