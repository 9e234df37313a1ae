"""A plan by its units: a unit is what is done at once, a step or the steps of a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tashawur.sequence.values import Plan, Step


@dataclass(frozen=True, slots=True)
class Unit:
    """What is done at once: places of steps, who performs, and whether each could withhold its own part."""

    steps: tuple[int, ...]
    performers: frozenset[str]
    withheld: bool


@dataclass(frozen=True, slots=True)
class Extra:
    """What a bonus adds to each party once all units of the set `needs` are done."""

    needs: int
    value: tuple[int, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Withholding:
    """What `party` has more than before when it withholds its part of `unit` while the others do theirs.

    `value` of it comes in any case, each of the `extras` where the done-set holds what the bonus needs besides.
    """

    unit: int
    party: int
    value: int = field(repr=False)
    extras: tuple[Extra, ...] = field(repr=False)


class Units:
    """The units of a plan in the order of their first steps. A done-set is a whole number with a bit for each unit.

    `values[i][k]` is what unit `k` is worth to party `i`, `deposits[i]` what it forfeits. All in whole points.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.units = tuple(_units(plan))
        self.place = {plan.steps[step].id: unit for unit, one in enumerate(self.units) for step in one.steps}
        self.full = (1 << len(self.units)) - 1
        self.deposits = tuple(plan.deposits.get(party, 0) for party in plan.parties)
        inside, self.extras = self._bonuses()
        self.values = tuple(
            tuple(
                sum(plan.steps[step].value.get(party, 0) for step in unit.steps) + inside[k][i]
                for k, unit in enumerate(self.units)
            )
            for i, party in enumerate(plan.parties)
        )
        self.totals = tuple(
            sum(row) + sum(extra.value[i] for extra in self.extras) for i, row in enumerate(self.values)
        )
        self.requires = tuple(self._clauses(unit) for unit in self.units)
        self.withholdings = tuple(
            self._withholding(k, i)
            for k, unit in enumerate(self.units)
            if unit.withheld
            for i, party in enumerate(plan.parties)
            if party in unit.performers
        )

    def __len__(self) -> int:
        return len(self.units)

    def _bonuses(self) -> tuple[list[list[int]], tuple[Extra, ...]]:
        """Bonuses within one unit, by unit and party, and those that several units make together."""
        inside = [[0] * len(self.plan.parties) for _ in self.units]
        extras = []
        for bonus in self.plan.bonuses:
            needs = {self.place[name] for name in bonus.steps}
            value = tuple(bonus.value.get(party, 0) for party in self.plan.parties)
            if len(needs) == 1:
                unit = inside[needs.pop()]
                unit[:] = [a + b for a, b in zip(unit, value, strict=True)]
            else:
                extras.append(Extra(sum(1 << k for k in needs), value))
        return inside, tuple(extras)

    def _clauses(self, unit: Unit) -> tuple[int, ...]:
        """The sets of units of each of which one must have been done before."""
        some = (clause for step in unit.steps for clause in self.plan.steps[step].requires)
        return tuple(sorted({sum(1 << k for k in {self.place[name] for name in clause}) for clause in some}))

    def _withholding(self, k: int, i: int) -> Withholding:
        plan, party = self.plan, self.plan.parties[i]
        steps = [plan.steps[step] for step in self.units[k].steps]
        own = {step.id for step in steps if party in step.performers}
        there = {step.id for step in steps} - own
        value = sum(step.value.get(party, 0) for step in steps if step.id in there)
        extras = []
        for bonus in plan.bonuses:
            if there.intersection(bonus.steps) and not own.intersection(bonus.steps):
                needs = sum(1 << one for one in {self.place[name] for name in bonus.steps} - {k})
                extras.append(Extra(needs, (bonus.value.get(party, 0),)))
        return Withholding(k, i, value, tuple(extras))

    @property
    def largest(self) -> int:
        """More than any party can gain, lose or be tempted by."""
        return 1 + max(
            sum(map(abs, row)) + deposit + sum(abs(extra.value[i]) for extra in self.extras)
            for i, (row, deposit) in enumerate(zip(self.values, self.deposits, strict=True))
        )

    @cached_property
    def needed_by(self) -> tuple[int, ...]:
        """By unit: the units that cannot be done without it, whatever else is."""
        return tuple(
            sum(1 << other for other, clauses in enumerate(self.requires) if 1 << unit in clauses)
            for unit in range(len(self))
        )

    def ready(self, done: int, unit: int) -> bool:
        """Whether the unit is not done and all that it requires is."""
        return not done >> unit & 1 and all(clause & done for clause in self.requires[unit])

    def gained(self, done: int) -> tuple[int, ...]:
        """What each party has of the done-set."""
        held = [k for k in range(len(self)) if done >> k & 1]
        extras = [extra.value for extra in self.extras if extra.needs & done == extra.needs]
        return tuple(sum(row[k] for k in held) + sum(value[i] for value in extras) for i, row in enumerate(self.values))

    def temptations(self, done: int) -> tuple[int, ...]:
        """By party: what it gains by stopping at the done-set beyond what it forfeits."""
        pairs = zip(self.gained(done), self.totals, self.deposits, strict=True)
        return tuple(max(0, gained - total - deposit) for gained, total, deposit in pairs)

    def exposures(self, done: int) -> tuple[int, ...]:
        """By party: what it has lost if the others stop at the done-set."""
        return tuple(max(0, -gained) for gained in self.gained(done))

    def withheld(self, done: int, unit: int) -> tuple[int, ...]:
        """By party: what it gains, beyond what it forfeits, by withholding its part of the unit after the done-set."""
        found = [0] * len(self.totals)
        for one in self.withholdings:
            if one.unit == unit:
                extra = sum(extra.value[0] for extra in one.extras if extra.needs & done == extra.needs)
                gained = self.gained(done)[one.party] + one.value + extra
                found[one.party] = max(0, gained - self.totals[one.party] - self.deposits[one.party])
        return tuple(found)

    def after(self, order: Sequence[int]) -> list[int]:
        """The done-sets on the way, from nothing to all that the order names."""
        sets = [0]
        for unit in order:
            sets.append(sets[-1] | 1 << unit)
        return sets

    def named(self, order: Sequence[int]) -> tuple[tuple[str, ...], ...]:
        """The order by the ids of steps."""
        return tuple(tuple(self.plan.steps[step].id for step in self.units[unit].steps) for unit in order)

    def members(self, unit: int) -> tuple[Step, ...]:
        """The steps of a unit."""
        return tuple(self.plan.steps[step] for step in self.units[unit].steps)

    @property
    def first(self) -> tuple[int, ...]:
        """By unit: the day before which it cannot begin."""
        return tuple(max(step.earliest for step in self.members(unit)) for unit in range(len(self)))

    @property
    def takes(self) -> tuple[int, ...]:
        """By unit: days until it is done and seen to."""
        return tuple(max(step.duration + step.lag for step in self.members(unit)) for unit in range(len(self)))

    def days(self, order: Sequence[int]) -> list[tuple[int, int]]:
        """By unit of the order the days, counted from the start, on which it begins and by which it is seen to.

        Each begins when the one before it is seen to: so no two of them are ever open at once.
        """
        now, first, takes = 0, self.first, self.takes
        found = []
        for unit in order:
            begins = max(now, first[unit])
            now = begins + takes[unit]
            found.append((begins, now))
        return found

    def ends(self, order: Sequence[int]) -> int:
        """The day by which the last unit of the order is seen to."""
        return self.days(order)[-1][1]


def _units(plan: Plan) -> list[Unit]:
    place = {step.id: at for at, step in enumerate(plan.steps)}
    grouped = {name: group for group in plan.groups for name in group.steps}
    units: list[Unit] = []
    seen: set[str] = set()
    for at, step in enumerate(plan.steps):
        if step.id in seen:
            continue
        group = grouped.get(step.id)
        names = (step.id,) if group is None else group.steps
        seen.update(names)
        steps = tuple(sorted(place[name] for name in names)) if group else (at,)
        performers = frozenset(party for one in steps for party in plan.steps[one].performers)
        units.append(Unit(steps, performers, withheld=group is not None and group.mode == "simultaneous"))
    return units
