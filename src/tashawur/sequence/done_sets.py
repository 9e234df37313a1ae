"""All done-sets of a plan, as bits: which are within limits, and from which of them all can still be done.

A done-set is a number with a bit for each unit. Bit `j` of word `w` stands for the done-set `64 w + j`, so one
operation on a word deals with 64 of them. What a party gains by stopping at a done-set does not depend on the way
there; so an order keeps within limits just when there is a way through done-sets that do, and it is found without
trying orders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tashawur.sequence.units import Extra, Units
from tashawur.sequence.ways import IN_WORD, Ways, Whole, Words

MOST_UNITS: Final = 26
"""Units up to which all done-sets are gone through: 2^26 of them take 8 MB a time."""

_AT_ONCE: Final = 2**18


@dataclass(frozen=True, slots=True)
class Limits:
    """How much each party may be tempted, and may have lost, at each done-set on the way; None: without limit."""

    temptation: tuple[int, ...] = field(repr=False)
    exposure: tuple[int, ...] | None = field(default=None, repr=False)


class DoneSets:
    """The done-sets of a plan of at most `MOST_UNITS` units."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.count = len(units)
        self.low = min(self.count, IN_WORD)
        self.high = self.count - self.low
        self._half = (self.count + 1) // 2
        self._sort: type[Any] = np.int32 if units.largest < 2**29 else np.int64
        self._lower = [self._sums(row[: self._half]) for row in units.values]
        self._upper = [self._sums(row[self._half :]) for row in units.values]

    def _sums(self, values: Sequence[int]) -> Whole:
        """The sum of every set of the values."""
        found = np.zeros(1, dtype=self._sort)
        for value in values:
            found = np.concatenate([found, found + self._sort(value)])
        return found

    @cached_property
    def layers(self) -> list[npt.NDArray[np.int64]]:
        """The places of words by how many units outside of a word are done in them."""
        places = np.arange(1 << self.high, dtype=np.int64)
        done = np.zeros(len(places), dtype=np.int8)
        for bit in range(self.high):
            done += (places >> bit & 1).astype(np.int8)
        order = np.argsort(done, kind="stable")
        ends = np.cumsum(np.bincount(done, minlength=self.high + 1))
        return np.split(order, ends[:-1])

    @cached_property
    def orderly(self) -> Words:
        """The done-sets in which each unit has what it requires."""
        return self._packed(self._orderly)

    def _orderly(self, first: int, last: int) -> npt.NDArray[np.bool_]:
        done = np.arange(first << self._half, last << self._half, dtype=np.int64)
        good = np.ones(len(done), dtype=np.bool_)
        for unit, clauses in enumerate(self.units.requires):
            for clause in clauses:
                good &= (done >> unit & 1 == 0) | (done & clause != 0)
        return good.reshape(last - first, -1)

    def within(self, limits: Limits) -> Words:
        """The done-sets at which no party is tempted, or has lost, more than the limits say."""
        tops = [
            total + deposit + limit
            for total, deposit, limit in zip(self.units.totals, self.units.deposits, limits.temptation, strict=True)
        ]
        bottoms = None if limits.exposure is None else [-limit for limit in limits.exposure]

        def good(first: int, last: int) -> npt.NDArray[np.bool_]:
            found = np.ones((last - first, 1 << self._half), dtype=np.bool_)
            for party, top in enumerate(tops):
                found &= self._compared(party, first, last, top, np.less_equal)
                if bottoms is not None:
                    found &= self._compared(party, first, last, bottoms[party], np.greater_equal)
            return found

        return self._packed(good)

    def _compared(
        self, party: int, first: int, last: int, limit: int, how: Callable[..., npt.NDArray[np.bool_]]
    ) -> npt.NDArray[np.bool_]:
        """Whether what the party has of the done-sets of these rows is at most, or at least, the limit."""
        most = 2**30 if self._sort is np.int32 else 2**61
        left = self._sort(min(max(limit, -most), most)) - self._upper[party][first:last, np.newaxis]
        extras = [(extra, extra.value[party]) for extra in self.units.extras if extra.value[party]]
        if not extras:
            return how(self._lower[party], left)
        gained = np.broadcast_to(self._lower[party], (last - first, 1 << self._half)).copy()
        for extra, value in extras:
            gained[np.ix_(*self._holding(extra, first, last))] += self._sort(value)
        return how(gained, left)

    def _holding(self, extra: Extra, first: int, last: int) -> tuple[Whole, Whole]:
        """The rows and columns of the done-sets that hold all that a bonus needs."""
        low, high = extra.needs & (1 << self._half) - 1, extra.needs >> self._half
        columns = np.arange(1 << self._half)
        rows = np.arange(first, last)
        return np.flatnonzero(rows & high == high), np.flatnonzero(columns & low == low)

    def _packed(self, good: Callable[[int, int], npt.NDArray[np.bool_]]) -> Words:
        """Truth values of all done-sets as bits, worked out a few rows at a time."""
        rows, width = len(self._upper[0]), 1 << self._half
        step = max(1, _AT_ONCE // width)
        parts = [
            np.packbits(good(first, min(first + step, rows)).ravel(), bitorder="little")
            for first in range(0, rows, step)
        ]
        packed = np.concatenate(parts)
        packed = np.concatenate([packed, np.zeros(-len(packed) % 8, dtype=np.uint8)])
        return packed.view("<u8").astype(np.uint64, copy=False)

    def _passages(self, limits: Limits) -> dict[int, Words]:
        """By unit in which parts can be withheld: the done-sets after which nobody is tempted to beyond the limits."""
        found: dict[int, Words] = {}
        for one in self.units.withholdings:
            top = self.units.totals[one.party] + self.units.deposits[one.party] + limits.temptation[one.party]

            def good(first: int, last: int, party: int = one.party, top: int = top - one.value) -> Any:
                return self._compared(party, first, last, top, np.less_equal)

            passing = self._packed(good)
            for extra in one.extras:
                passing &= self._packed(
                    lambda first, last, party=one.party, top=top - one.value, extra=extra: (  # type: ignore[misc]
                        self._compared(party, first, last, top - extra.value[0], np.less_equal)
                        | ~self._holds(extra, first, last)
                    )
                )
            found[one.unit] = found[one.unit] & passing if one.unit in found else passing
        return found

    def _holds(self, extra: Extra, first: int, last: int) -> npt.NDArray[np.bool_]:
        found = np.zeros((last - first, 1 << self._half), dtype=np.bool_)
        found[np.ix_(*self._holding(extra, first, last))] = True
        return found

    def ways(self, limits: Limits) -> Ways:
        """Where a way through done-sets within the limits leads to the full one."""
        return Ways(self, self.orderly & self.within(limits), self._passages(limits))
