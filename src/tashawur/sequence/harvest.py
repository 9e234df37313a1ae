"""Early harvest: what can be settled now to the gain of every party, and what that costs the rest of a plan.

Easy steps that are done early are no longer there to wait for: what is left may need more trust than the whole did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from tashawur.sequence.done_sets import MOST_UNITS, DoneSets, Limits
from tashawur.sequence.ordering import FURTHER, least, least_trust
from tashawur.sequence.units import Units
from tashawur.sequence.values import Plan
from tashawur.sequence.ways import Ways

TOGETHER: Final = 2
"""Issues that are looked at together where nobody asks for more."""


@dataclass(frozen=True, slots=True)
class Early:
    """Issues that can be settled now, with their steps.

    `gains` by party, each above zero. `alone` is the least trust that they need by themselves, `rest` what the best
    order of what is left then needs, None where a solver did not prove it in time. In whole points, private.
    """

    issues: tuple[str, ...]
    steps: tuple[str, ...]
    gains: tuple[int, ...] = field(repr=False)
    alone: int = field(repr=False)
    rest: int | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What can be settled now, and the least trust that the whole plan needs when nothing is."""

    units: Units
    whole: int | None = field(repr=False)
    early: tuple[Early, ...]


def harvest(
    plan: Plan, together: int = TOGETHER, asked: Sequence[Sequence[str]] = (), seconds: float = FURTHER
) -> Harvest:
    """Every issue, and every group of at most so many, that all parties gain from and that waits for nothing else.

    An issue is what steps name as theirs; a step that names none is one by itself. Only the groups `asked` for are
    looked at where there are any; beyond `MOST_UNITS` units every issue is looked at alone. What costs the
    rest least comes first, then the smaller, then by the plan.
    """
    units = Units(plan)
    issues = _issues(plan)
    most = together if len(units) <= MOST_UNITS else 1
    groups = asked or [some for size in range(1, most + 1) for some in combinations(issues, size)]
    rest = _Rest(units, seconds)
    early = sorted(_settled(units, issues, groups, rest), key=lambda one: (_last(one.rest), len(one.issues)))
    return Harvest(units, rest.least(0), tuple(early))


def _issues(plan: Plan) -> dict[str, list[str]]:
    """The steps of each issue, in the order of the plan."""
    found: dict[str, list[str]] = {}
    for step in plan.steps:
        found.setdefault(step.issue or step.id, []).append(step.id)
    return found


def _last(trust: int | None) -> tuple[bool, int]:
    """What is not known comes last."""
    return trust is None, trust or 0


class _Rest:
    """The least trust that the way from a done-set to the end needs."""

    def __init__(self, units: Units, seconds: float) -> None:
        self._units = units
        self._seconds = seconds
        self._sets = DoneSets(units) if len(units) <= MOST_UNITS else None
        self._ways: dict[int, Ways] = {}

    def least(self, done: int) -> int | None:
        units, sets = self._units, self._sets
        if sets is None:
            steps = frozenset(s.id for k in range(len(units)) if done >> k & 1 for s in units.members(k))
            found = least_trust(Units(units.plan.after(steps)), self._seconds)
            return found.value if found.proven else None

        def holds(trust: int) -> bool:
            if trust not in self._ways:
                self._ways[trust] = sets.ways(Limits((trust,) * len(units.totals)))
            return self._ways[trust].leads(done)

        low = max(units.temptations(done))
        high = max(low, 1)
        while not holds(high):
            high *= 2
        return least(low, high, holds)


def _settled(
    units: Units, issues: dict[str, list[str]], groups: Sequence[Sequence[str]], rest: _Rest
) -> Iterator[Early]:
    plan = units.plan
    for some in groups:
        names = [name for issue in some for name in issues[issue]]
        places = sorted({units.place[name] for name in names})
        done = sum(1 << place for place in places)
        if {step.id for place in places for step in units.members(place)} != set(names) or not _stands(units, done):
            continue
        gains = units.gained(done)
        if min(gains) > 0 and done != units.full:
            alone = plan.without(frozenset(step.id for step in plan.steps) - frozenset(names))
            yield Early(tuple(some), tuple(names), gains, least_trust(Units(alone), FURTHER).value, rest.least(done))


def _stands(units: Units, done: int) -> bool:
    """Whether the units can be done one after the other with nothing else done."""
    now = 0
    while True:
        ready = [k for k in range(len(units)) if done >> k & 1 and units.ready(now, k)]
        if not ready:
            return now == done
        now |= sum(1 << k for k in ready)
