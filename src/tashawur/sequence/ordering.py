"""The order of a plan that needs least trust, then exposes least, then ends first; with what proves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from tashawur.sequence import solver
from tashawur.sequence.done_sets import MOST_UNITS, DoneSets, Limits
from tashawur.sequence.tries import quick_order
from tashawur.sequence.units import Units
from tashawur.sequence.ways import COUNTED, Ways

SECONDS: Final = 20.0
"""For how long a solver is asked for the least trust, where nobody says otherwise."""
FURTHER: Final = 4.0
"""For how long it is then asked for less exposure, and for an earlier end."""
SHORT: Final = 18
"""Units up to which all sorts of orders are counted: beyond, safe ones alone."""

Method = Literal["done-sets", "order", "solver"]


@dataclass(frozen=True, slots=True)
class Reached:
    """What the order reaches, and what no order can be below: where they differ, a better one may exist."""

    value: int = field(repr=False)
    bound: int = field(repr=False)

    @property
    def proven(self) -> bool:
        """Whether no order is better."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Counts:
    """How many orders there are; None where they were not counted.

    `possible` keep what steps require; `safe` tempt nobody; `best` need as little trust and expose as little as any.
    """

    possible: int | None = None
    safe: int | None = None
    best: int | None = None


@dataclass(frozen=True, slots=True)
class Ordered:
    """The best order by units, and what was proved of it.

    `trust` is the largest gain from stopping at any done-set on the way, the empty and the full one included, beyond
    what the party forfeits. `exposure` is the largest loss if the others stop. `end` is the day by which all is done
    and seen to. `method` says how it was proved that no order needs less trust: by all done-sets, by the order itself,
    which reaches what none can be below, or by a solver.
    """

    units: Units
    order: tuple[int, ...]
    trust: Reached
    exposure: Reached
    end: Reached
    method: Method
    counts: Counts = Counts()

    @property
    def safe(self) -> bool:
        """Whether nobody gains by stopping anywhere on the way."""
        return self.trust.value == 0

    @property
    def rational(self) -> dict[str, bool]:
        """By party: whether the whole plan leaves it no worse off than none of it."""
        return {party: total >= 0 for party, total in zip(self.units.plan.parties, self.units.totals, strict=True)}


def trust_of(units: Units, order: Sequence[int]) -> int:
    """The trust that an order needs."""
    sets = units.after(order)
    held = max(max(units.temptations(done)) for done in sets)
    if not units.withholdings:
        return held
    return max(held, *(max(units.withheld(done, unit)) for done, unit in zip(sets, order, strict=False)))


def exposure_of(units: Units, order: Sequence[int]) -> int:
    """The exposure of an order."""
    return max(max(units.exposures(done)) for done in units.after(order))


def least_trust(units: Units, seconds: float = SECONDS) -> Reached:
    """The trust that the best order needs. Raises as `ordered`."""
    return least_order(units, seconds)[1]


def least_order(units: Units, seconds: float = SECONDS) -> tuple[tuple[int, ...], Reached]:
    """An order that needs least trust, whatever else it does, and that trust. Raises as `ordered`."""
    if len(units) <= MOST_UNITS:
        trust, ways = _least_ways(DoneSets(units))
        return ways.order(), Reached(trust, trust)
    return _first_by_solver(units, seconds)[:2]


def ordered(units: Units, seconds: float = SECONDS) -> Ordered:
    """The order of least trust, then least exposure, then the earliest end; of equal ones the first by the plan.

    Exact up to `MOST_UNITS` units. Beyond, a solver has so many seconds, and what is not proved says so. Raises
    MissingPartError where a solver is needed and not installed.
    """
    return _by_done_sets(units) if len(units) <= MOST_UNITS else _by_solver(units, seconds)


def floor(units: Units) -> int:
    """What the trust of no order can be below: the temptation before the first step, and before the last one."""
    last = [k for k in range(len(units)) if units.needed_by[k] == 0 and units.ready(units.full ^ 1 << k, k)]
    at_last = (max(*units.temptations(units.full ^ 1 << k), *units.withheld(units.full ^ 1 << k, k)) for k in last)
    return max(*units.temptations(0), min(at_last, default=0))


def _exposure_floor(units: Units) -> int:
    first = [k for k in range(len(units)) if units.ready(0, k)]
    return max(0, min(max(units.exposures(1 << k)) for k in first))


def least(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The least number from `low` to `high` for which it holds; for `high` it does, and for all above a good one."""
    if low >= high or holds(low):
        return min(low, high)
    low += 1
    if low < high and not holds(high - 1):
        return high
    high -= low < high
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return high


def _least_ways(sets: DoneSets) -> tuple[int, Ways]:
    """The least trust, and the ways that need no more."""
    units = sets.units
    found: dict[int, Ways] = {}

    def holds(value: int) -> bool:
        found[value] = sets.ways(Limits((value,) * len(units.totals)))
        return found[value].leads(0)

    quick = quick_order(units)
    high = 2 * units.largest if quick is None else trust_of(units, quick)
    trust = least(floor(units), high, holds)
    if trust not in found:
        holds(trust)
    return trust, found[trust]


def _by_done_sets(units: Units) -> Ordered:
    sets = DoneSets(units)
    trust, ways = _least_ways(sets)
    limits = (trust,) * len(units.totals)
    found: dict[int, Ways] = {}

    def holds(exposure: int) -> bool:
        found[exposure] = sets.ways(Limits(limits, (exposure,) * len(units.totals)))
        return found[exposure].leads(0)

    exposure = least(_exposure_floor(units), exposure_of(units, ways.order()), holds)
    if exposure not in found:
        holds(exposure)
    best = found[exposure]
    dated = any(units.first)
    order = best.soonest() if dated and len(units) <= COUNTED else best.order()
    end = units.ends(order)
    end_bound = end if not dated or len(units) <= COUNTED else _end_floor(units)
    return Ordered(
        units,
        order,
        Reached(trust, trust),
        Reached(exposure, exposure),
        Reached(end, end_bound),
        "done-sets",
        _counts(sets, ways, best, trust),
    )


def _counts(sets: DoneSets, ways: Ways, best: Ways, trust: int) -> Counts:
    if sets.count > COUNTED:
        return Counts()
    safe = ways.number() if trust == 0 else 0
    if sets.count > SHORT:
        return Counts(safe=safe)
    every = sets.ways(Limits((2 * sets.units.largest,) * len(sets.units.totals)))
    return Counts(every.number(), safe, best.number())


def _end_floor(units: Units) -> int:
    """No order ends before all units are done one after the other, each kept waiting by its own day alone."""
    return units.ends(sorted(range(len(units)), key=lambda k: (units.first[k], k)))


def _first_by_solver(units: Units, seconds: float) -> tuple[tuple[int, ...], Reached, Method]:
    """An order of least trust, and how it was proved."""
    low = floor(units)
    quick = quick_order(units)
    if quick is not None and trust_of(units, quick) == low:
        return quick, Reached(low, low), "order"
    limits: dict[solver.Aim, int] = {} if quick is None else {"trust": trust_of(units, quick)}
    found = solver.solve(units, "trust", limits, quick or (), seconds)
    order = found.order or quick
    if order is None:
        message = "no order was found of a plan that has one"
        raise RuntimeError(message)
    trust = trust_of(units, order)
    return order, Reached(trust, trust if found.proven else max(low, found.bound)), "solver"


def _by_solver(units: Units, seconds: float) -> Ordered:
    order, trust, method = _first_by_solver(units, seconds)
    further = min(seconds, FURTHER)
    order, exposure = _less_exposed(units, order, trust.value, further)
    end = Reached(units.ends(order), _end_floor(units))
    if not end.proven:
        order, end = _sooner(units, order, {"trust": trust.value, "exposure": exposure.value}, further)
    return Ordered(units, order, trust, exposure, end, method)


def _less_exposed(units: Units, order: tuple[int, ...], trust: int, seconds: float) -> tuple[tuple[int, ...], Reached]:
    low = _exposure_floor(units)
    other = quick_order(units, trust)
    if other is not None and exposure_of(units, other) < exposure_of(units, order):
        order = other
    reached = exposure_of(units, order)
    if reached == low:
        return order, Reached(low, low)
    found = solver.solve(units, "exposure", {"trust": trust, "exposure": reached}, order, seconds)
    order = found.order or order
    reached = exposure_of(units, order)
    return order, Reached(reached, reached if found.proven else max(low, found.bound))


def _sooner(
    units: Units, order: tuple[int, ...], limits: dict[solver.Aim, int], seconds: float
) -> tuple[tuple[int, ...], Reached]:
    limits = limits | {"end": units.ends(order)}
    found = solver.solve(units, "end", limits, order, seconds)
    order = found.order or order
    reached = units.ends(order)
    return order, Reached(reached, reached if found.proven else max(_end_floor(units), found.bound))
