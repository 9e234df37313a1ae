"""A quick order that is often the best: built from its end, the few most promising endings kept at every step.

What comes last tempts most, so an order is built backwards: from all units being done to none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tashawur.sequence.units import Units

KEPT: Final = 24
"""Endings that are kept at every step."""


@dataclass(frozen=True, slots=True)
class _Ending:
    """A done-set, the units that follow it, and the worst of what is met on the way from it."""

    done: int
    order: tuple[int, ...]
    gained: tuple[int, ...]
    trust: int
    exposure: int


def quick_order(units: Units, trust: int | None = None, kept: int = KEPT) -> tuple[int, ...] | None:
    """An order of little temptation; with `trust`, one of no more and of little exposure. None: not found."""
    trial = _Trial(units, trust)
    endings = [_Ending(units.full, (), units.totals, 0, 0)]
    for _ in range(len(units)):
        found: dict[int, tuple[tuple[int, ...], _Ending]] = {}
        for ending in endings:
            for longer in trial.before(ending):
                rank = trial.rank(longer)
                if longer.done not in found or rank < found[longer.done][0]:
                    found[longer.done] = (rank, longer)
        endings = [one for _, one in sorted(found.values(), key=lambda pair: (pair[0], pair[1].order))[:kept]]
    return endings[0].order if endings else None


class _Trial:
    def __init__(self, units: Units, trust: int | None) -> None:
        self._units = units
        self._limit = trust
        self._columns = list(zip(*units.values, strict=True))
        self._tops = [total + deposit for total, deposit in zip(units.totals, units.deposits, strict=True)]
        self._waiting = [
            [(other, clause) for other, clauses in enumerate(units.requires) for clause in clauses if clause >> k & 1]
            for k in range(len(units))
        ]
        self._withheld = {one.unit for one in units.withholdings}

    def rank(self, ending: _Ending) -> tuple[int, ...]:
        """Worst first what counts, then how much is still to come for the party that has least to wait for."""
        to_come = min(top - gained for top, gained in zip(self._tops, ending.gained, strict=True))
        return (ending.trust if self._limit is None else ending.exposure, -to_come)

    def before(self, ending: _Ending) -> Iterator[_Ending]:
        """The endings with one more unit in front."""
        done = ending.done
        for unit, column in enumerate(self._columns):
            left = done & ~(1 << unit)
            if left == done or any(left >> other & 1 and not clause & left for other, clause in self._waiting[unit]):
                continue
            if not self._units.ready(left, unit):
                continue
            gained = tuple(a - b for a, b in zip(ending.gained, column, strict=True))
            for extra in self._units.extras:
                if extra.needs >> unit & 1 and extra.needs & done == extra.needs:
                    gained = tuple(a - b for a, b in zip(gained, extra.value, strict=True))
            tempted = max(a - top for a, top in zip(gained, self._tops, strict=True))
            if unit in self._withheld:
                tempted = max(tempted, *self._units.withheld(left, unit))
            trust = max(ending.trust, tempted)
            if self._limit is None or trust <= self._limit:
                exposure = max(ending.exposure, -min(gained))
                yield _Ending(left, (unit, *ending.order), gained, trust, exposure)
