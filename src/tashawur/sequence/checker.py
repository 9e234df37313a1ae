"""An independent check of an order: it knows the plan and the order, and nothing of how the order was found.

It adds up the values step by step in plain numbers, and, where asked to, goes forward from nothing through all
done-sets to see that no order needs less trust. The search goes backward, by units and bits: a slip in one is not one
in the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tashawur.sequence.values import Plan, Step
from tashawur.settle.formats.places import At
from tashawur.terms.phrases import N_

RECOMPUTED: Final = 22
"""Units up to which all done-sets are gone through again."""

Array = npt.NDArray[Any]
Order = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What an order does to every party: temptation and exposure before the first unit and after each.

    `withholding` is the temptation to withhold one's own part of each unit whose steps are done without the host, in
    any order in which they can be done. All in whole points, private.
    """

    temptation: dict[str, tuple[int, ...]] = field(repr=False)
    exposure: dict[str, tuple[int, ...]] = field(repr=False)
    withholding: dict[str, tuple[int, ...]] = field(repr=False)

    def trust(self, party: str) -> int:
        """The largest temptation of a party anywhere on the way."""
        return max(*self.temptation[party], *self.withholding[party])

    @property
    def least_trust(self) -> int:
        """The largest of all."""
        return max(map(self.trust, self.temptation))

    @property
    def most_exposed(self) -> int:
        """The largest exposure of all."""
        return max(map(max, self.exposure.values()))


def checked(plan: Plan, order: Order, file: str = "order") -> Checked:
    """The order looked at step by step.

    Steps of one unit that are in no group with each other are done side by side: every order in which they can come
    about is looked at. Raises ScenarioFileError where a step is missing, unknown, named twice, comes before what it
    requires, or is parted from its group.
    """
    _whole(plan, order, At(file))
    steps = {step.id: step for step in plan.steps}
    done: frozenset[str] = frozenset()
    sets = [done]
    between: list[list[frozenset[str]]] = []
    for unit in order:
        between.append([done | some for some in _parts(plan, [steps[name] for name in unit])])
        done = done.union(unit)
        sets.append(done)
    return Checked(
        {party: tuple(_tempted(plan, party, one) for one in sets) for party in plan.parties},
        {party: tuple(max(0, -_gained(plan, party, one)) for one in sets) for party in plan.parties},
        {
            party: tuple(
                max(_tempted(plan, party, one) for one in [before, *some, *_without_own(plan, party, before, unit)])
                for some, before, unit in zip(between, sets, order, strict=False)
            )
            for party in plan.parties
        },
    )


def _gained(plan: Plan, party: str, done: frozenset[str]) -> int:
    steps = sum(step.value.get(party, 0) for step in plan.steps if step.id in done)
    return steps + sum(one.value.get(party, 0) for one in plan.bonuses if done.issuperset(one.steps))


def _tempted(plan: Plan, party: str, done: frozenset[str]) -> int:
    everything = frozenset(step.id for step in plan.steps)
    return max(0, _gained(plan, party, done) - _gained(plan, party, everything) - plan.deposits.get(party, 0))


def _parts(plan: Plan, unit: Sequence[Step]) -> list[frozenset[str]]:
    """What can be done of a unit before all of it is: nothing but the whole of each group in it."""
    grouped = {name: frozenset(group.steps) for group in plan.groups for name in group.steps}
    pieces = sorted({grouped.get(step.id, frozenset({step.id})) for step in unit}, key=sorted)
    some = chain.from_iterable(combinations(pieces, number) for number in range(1, len(pieces)))
    return [frozenset().union(*one) for one in some]


def _without_own(plan: Plan, party: str, before: frozenset[str], unit: Sequence[str]) -> list[frozenset[str]]:
    """The done-set that the party leaves when it withholds its part of what is done on one day without the host."""
    own = {step.id for step in plan.steps if party in step.performers}
    groups = [set(one.steps) for one in plan.groups if one.mode == "simultaneous" and set(one.steps) <= set(unit)]
    return [before | (group - own) for group in groups if group & own]


def _whole(plan: Plan, order: Order, at: At) -> None:
    known = {step.id: step for step in plan.steps}
    grouped = {name: set(group.steps) for group in plan.groups for name in group.steps}
    done: set[str] = set()
    for place, unit in enumerate(order):
        here = at.under("order", place)
        for name in unit:
            if name not in known:
                raise here.error(
                    "sequence.unknown-step",
                    N_("{name} is no step of this plan"),
                    N_("Name a step of the plan, or leave out what needs it as well."),
                    name=name,
                )
            if name in done or list(unit).count(name) > 1:
                raise here.error("sequence.twice", N_("{name} is named twice"), N_("Keep one of the two."), name=name)
            if not grouped.get(name, set()) <= set(unit):
                raise here.error(
                    "sequence.parted",
                    N_("{name} is parted from its group"),
                    N_("Put all steps of a group into one unit."),
                    name=name,
                )
            _required(known[name], done, here)
        done.update(unit)
    missing = [name for name in known if name not in done]
    if missing:
        raise at.under("order").error(
            "sequence.missing-step", N_("the order leaves {name} out"), N_("Name every step of the plan."),
            name=missing[0],
        )  # fmt: skip


def _required(step: Step, done: set[str], at: At) -> None:
    for some in step.requires:
        if not done.intersection(some):
            raise at.error(
                "sequence.too-early",
                N_("{step} comes before what it requires: {name}"),
                N_("Put what is required into an earlier unit."),
                step=step.id,
                name=" | ".join(some),
            )


def none_is_better(plan: Plan, order: Order, trust: int, exposure: int | None = None) -> bool:
    """Whether no order stays below `trust`; with `exposure`, whether none needs `trust` at most and exposes less.

    It goes forward from nothing through all done-sets. `order` tells only what the units are. At most `RECOMPUTED`.

    Raises ScenarioFileError as `checked`.
    """
    _whole(plan, order, At("order"))
    if (trust if exposure is None else exposure) == 0:
        return True  # nothing is below nothing
    units = [tuple(unit) for unit in order]
    limit = trust - 1 if exposure is None else trust
    good = _good(plan, units, limit, None if exposure is None else exposure - 1)
    passing = [_passing(plan, units, place, limit) for place in range(len(units))]
    seen = np.zeros(1 << len(units), dtype=np.bool_)
    frontier = np.flatnonzero(good[:1]).astype(np.int32)
    while len(frontier):
        found = []
        for place in range(len(units)):
            may = (frontier & 1 << place == 0) & _may_follow(plan, units, place, frontier)
            kept = passing[place]
            if kept is not None:
                may &= kept[frontier]
            onward = frontier[may] | 1 << place
            onward = onward[good[onward] & ~seen[onward]]
            seen[onward] = True
            found.append(onward)
        frontier = np.concatenate(found)
    return not bool(seen[-1])


def _sums(plan: Plan, party: str, units: Sequence[Sequence[str]], more: Sequence[str] = ()) -> Array:
    """What the party has of every done-set, by the bits of units, with some steps more that are done in any case."""
    value = {step.id: step.value.get(party, 0) for step in plan.steps}
    found = np.full(1, sum(value[name] for name in more), dtype=np.int64)
    for unit in units:
        found = np.concatenate([found, found + sum(value[name] for name in unit)])
    sets = np.arange(len(found))
    for bonus in plan.bonuses:
        needs = sum(1 << place for place, unit in enumerate(units) if set(unit) & set(bonus.steps) - set(more))
        if set(bonus.steps) <= set(more).union(*units):
            found[sets & needs == needs] += bonus.value.get(party, 0)
    return found


def _good(plan: Plan, units: Sequence[Sequence[str]], trust: int, exposure: int | None) -> Array:
    good = np.ones(1 << len(units), dtype=np.bool_)
    for party in plan.parties:
        gained = _sums(plan, party, units)
        good &= gained - gained[-1] - plan.deposits.get(party, 0) <= trust
        if exposure is not None:
            good &= -gained <= exposure
    return good


def _passing(plan: Plan, units: Sequence[Sequence[str]], place: int, trust: int) -> Array | None:
    """After which done-sets no party is tempted beyond `trust` to withhold its part of a unit; None: it has none."""
    groups = [one for one in plan.groups if one.mode == "simultaneous" and set(one.steps) == set(units[place])]
    found: Array | None = None
    for party in plan.parties if groups else ():
        own = {step.id for step in plan.steps if party in step.performers}
        if own.intersection(units[place]):
            others = [unit if at != place else () for at, unit in enumerate(units)]
            gained = _sums(plan, party, others, [name for name in units[place] if name not in own])
            everything = _gained(plan, party, frozenset(step.id for step in plan.steps))
            kept = gained - everything - plan.deposits.get(party, 0) <= trust
            found = kept if found is None else found & kept
    return found


def _may_follow(plan: Plan, units: Sequence[Sequence[str]], place: int, sets: Array) -> Array:
    """After which of the done-sets the unit has all that it requires."""
    at = {name: bit for bit, unit in enumerate(units) for name in unit}
    may = np.ones(len(sets), dtype=np.bool_)
    for step in plan.steps:
        if step.id in units[place]:
            for some in step.requires:
                may &= sets & sum(1 << bit for bit in {at[name] for name in some}) != 0
    return may
