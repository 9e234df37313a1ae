"""What would make a plan safe that has no safe order: deposits, steps done through the host, smaller steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from importlib.util import find_spec
from itertools import combinations
from math import lcm
from typing import Final

from tashawur.sequence import solver
from tashawur.sequence.done_sets import MOST_UNITS, DoneSets, Limits
from tashawur.sequence.ordering import SECONDS, floor, least, least_trust
from tashawur.sequence.units import Units
from tashawur.sequence.values import Bonus, Group, Plan, Step
from tashawur.terms.errors import ScenarioFileError

PARTS: Final = (2, 3, 4, 6)
"""Into how many equal parts costly steps are split to see what that brings."""
_SPLIT_UNITS: Final = 24
_TOGETHER: Final = 22
_THREES: Final = 16
"""Units up to which pairs, and threes, are tried as done through the host."""
MANY: Final = 5


@dataclass(frozen=True, slots=True)
class Tranches:
    """The least trust once each of the steps is done in so many equal parts."""

    steps: tuple[str, ...]
    parts: int
    trust: Fraction = field(repr=False)


@dataclass(frozen=True, slots=True)
class Remedies:
    """What would help.

    `deposits`: more that each party forfeits, in the order of the parties: for two of them every efficient pair, else
    those of the least sum; None where they were not worked out. A last step that is worth as much to each does the
    same. `held_by_host`: the smallest sets of steps that, released by the host at once, make the plan safe; at most
    `MANY`. `counted`: the trust that is needed when the conditional steps that were left out are counted.
    """

    last_step_tempts: bool
    deposits: tuple[tuple[int, ...], ...] | None = field(repr=False)
    held_by_host: tuple[tuple[str, ...], ...]
    tranches: tuple[Tranches, ...]
    counted: int | None = field(default=None, repr=False)


def remedies(units: Units, seconds: float = SECONDS, whole: Plan | None = None) -> Remedies:
    """What would make the plan safe; `whole` is the plan with the conditional steps that were left out of it."""
    return Remedies(
        last_step_tempts(units),
        _deposits(units, seconds),
        held_by_host(units.plan) if len(units) <= _TOGETHER else (),
        tuple(_tranches(units)),
        None if whole is None else least_trust(Units(whole), seconds).value,
    )


def last_step_tempts(units: Units) -> bool:
    """Whether every step that can be the last costs a performer more than it forfeits: then no order is safe."""
    ends = [units.full ^ 1 << k for k in range(len(units)) if not units.needed_by[k]]
    return all(max(units.temptations(done)) > 0 for done in ends)


def _deposits(units: Units, seconds: float) -> tuple[tuple[int, ...], ...] | None:
    if len(units.totals) == 2 and len(units) <= MOST_UNITS:
        return efficient_deposits(units)
    if find_spec("ortools") is None:
        return None
    found = solver.least_deposits(units, seconds)
    return None if found is None else (found,)


def efficient_deposits(units: Units) -> tuple[tuple[int, int], ...]:
    """Every pair of further deposits that makes a plan of two parties safe and of which none can be smaller alone.

    The least of the first party comes first. At most `MOST_UNITS` units.
    """
    sets = DoneSets(units)
    boundless = 2 * units.largest

    def holds(first: int, second: int) -> bool:
        return sets.ways(Limits((first, second))).leads(0)

    first = least(0, boundless, lambda value: holds(value, boundless))
    lowest = least(0, boundless, lambda value: holds(boundless, value))
    found = [(first, _least_second(sets, first, lowest))]
    while found[-1][1] > lowest:
        before, second = found[-1]
        first = least(before + 1, boundless, lambda value, limit=second - 1: holds(value, limit))  # type: ignore[misc]
        found.append((first, _least_second(sets, first, lowest)))
    return tuple(found)


def _least_second(sets: DoneSets, first: int, lowest: int) -> int:
    """The least that suffices beside the first; what the order found really needs is where to look below."""
    units = sets.units
    order = sets.ways(Limits((first, 2 * units.largest))).order()
    done_sets = units.after(order)
    reached = max(
        *(units.temptations(done)[1] for done in done_sets),
        *(units.withheld(done, unit)[1] for done, unit in zip(done_sets, order, strict=False)),
    )
    return least(lowest, reached, lambda value: sets.ways(Limits((first, value))).leads(0))


def held_by_host(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """The smallest sets of units that make the plan safe when the host holds and releases them: one, two or three.

    One alone is a group whose steps were to be done on one day without the host.
    """
    units = Units(plan)
    for number in (1, 2, 3):
        if number == 3 and len(units) > _THREES:
            return ()
        found = []
        for together in combinations(range(len(units)), number):
            names = tuple(step.id for unit in together for step in units.members(unit))
            if len(names) > 1 and _safe_with(plan, names):
                found.append(names)
            if len(found) == MANY:
                break
        if found:
            return tuple(found)
    return ()


def _safe_with(plan: Plan, names: tuple[str, ...]) -> bool:
    kept = tuple(group for group in plan.groups if not set(group.steps) & set(names))
    try:
        units = Units(replace(plan, groups=(*kept, Group(names, "atomic"))))
    except ScenarioFileError:
        return False  # one of them waits for the other: they cannot be done at once
    return floor(units) == 0 and DoneSets(units).ways(Limits((0,) * len(units.totals))).leads(0)


def _tranches(units: Units) -> Iterator[Tranches]:
    """The costliest step of each party in equal parts, as far as the plan does not become too long."""
    plan = units.plan
    grouped = {name for group in plan.groups for name in group.steps}
    costly = []
    for party in plan.parties:
        own = [step for step in plan.steps if party in step.performers and step.id not in grouped]
        dearest = min(own, key=lambda step: step.value.get(party, 0), default=None)
        if dearest is not None and dearest.value.get(party, 0) < 0 and dearest.id not in costly:
            costly.append(dearest.id)
    for parts in PARTS:
        if costly and len(units) + len(costly) * (parts - 1) <= _SPLIT_UNITS:
            divided = split(plan, dict.fromkeys(costly, parts))
            found = least_trust(Units(divided)).value
            yield Tranches(tuple(costly), parts, divided.on_scale(found))


def split(plan: Plan, parts: dict[str, int]) -> Plan:
    """The plan with each of the steps named done in so many equal parts, one after the other.

    Its points are finer, so that all stay whole. Steps of a group cannot be split: raises ScenarioFileError.
    """
    finer = lcm(*parts.values())
    steps: list[Step] = []
    for step in plan.steps:
        steps += _parts(step, parts.get(step.id, 1), parts, finer)
    return replace(
        plan,
        steps=tuple(steps),
        deposits={party: points * finer for party, points in plan.deposits.items()},
        bonuses=tuple(
            Bonus(
                tuple(part for name in one.steps for part in _names(name, parts.get(name, 1))),
                {party: points * finer for party, points in one.value.items()},
            )
            for one in plan.bonuses
        ),
        unit=plan.unit * finer,
    )


def _names(name: str, number: int) -> tuple[str, ...]:
    return (name,) if number == 1 else tuple(f"{name}-{part}" for part in range(1, number + 1))


def _parts(step: Step, number: int, parts: dict[str, int], finer: int) -> Iterator[Step]:
    """The parts of a step, each after the one before; who requires a step requires its last part."""
    requires = tuple(tuple(_names(name, parts.get(name, 1))[-1] for name in some) for some in step.requires)
    names = _names(step.id, number)
    for place, name in enumerate(names):
        yield replace(
            step,
            id=name,
            value={party: points * finer // number for party, points in step.value.items()},
            requires=requires if place == 0 else (*requires, (names[place - 1],)),
            duration=-(-step.duration // number),
        )
