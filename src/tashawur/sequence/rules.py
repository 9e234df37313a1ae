"""What makes a plan one that can be ordered; each way not to be one has its line, with place and remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from tashawur.settle.formats.places import At, listed
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_

if TYPE_CHECKING:
    from tashawur.sequence.values import Plan

MOST: Final = 150
"""Steps of the longest plan that is ordered."""

LARGEST_SUM: Final = 2**60
"""All points of a party, without their signs, and its deposit stay below this together: sums stay exact."""


def check(plan: Plan) -> None:
    """Raises ScenarioFileError for the first mistake of the plan."""
    at = At(plan.file)
    for rule in _RULES:
        for mistake in rule(plan, at):
            raise mistake


def _sizes(plan: Plan, at: At) -> Iterator[ScenarioFileError]:
    if not plan.parties or not plan.steps:
        yield at.error("sequence.nothing", N_("the plan has no party or no step"), N_("Give it both."))
    if len(plan.steps) > MOST:
        yield at.under("steps").error(
            "sequence.too-many",
            N_("the plan has {count} steps, and {most} are ordered at most"),
            N_("Order it in parts, or draw together what is done at once."),
            count=str(len(plan.steps)),
            most=str(MOST),
        )


def _names(plan: Plan, at: At) -> Iterator[ScenarioFileError]:
    for names, key in ((plan.parties, "parties"), ([step.id for step in plan.steps], "steps")):
        seen: set[str] = set()
        for place, name in enumerate(names):
            if name in seen:
                yield at.under(key, place).error(
                    "sequence.twice", N_("{name} is named twice"), N_("Keep one of the two."), name=name
                )
            seen.add(name)


def _parties(plan: Plan, at: At) -> Iterator[ScenarioFileError]:
    known = set(plan.parties)
    named: list[tuple[At, str]] = [(at.under("deposit", party), party) for party in plan.deposits]
    for place, step in enumerate(plan.steps):
        here = at.under("steps", place)
        named += [(here.under("by"), party) for party in step.performers]
        named += [(here.under("value", party), party) for party in step.value]
    for place, bonus in enumerate(plan.bonuses):
        named += [(at.under("bonuses", place, "value", party), party) for party in bonus.value]
    for where, party in named:
        if party not in known:
            yield where.error(
                "sequence.unknown-party",
                N_("{name} is no party of this plan"),
                N_("Name one of: {known}."),
                name=party,
                known=listed(list(plan.parties)),
            )


def _steps(plan: Plan, at: At) -> Iterator[ScenarioFileError]:
    known = {step.id for step in plan.steps}
    named: list[tuple[At, str]] = []
    for place, step in enumerate(plan.steps):
        named += [(at.under("steps", place, "requires"), one) for one in chain.from_iterable(step.requires)]
    named += [(at.under("groups", place, "steps"), one) for place, some in enumerate(plan.groups) for one in some.steps]
    named += [
        (at.under("bonuses", place, "steps"), one) for place, some in enumerate(plan.bonuses) for one in some.steps
    ]
    for where, name in named:
        if name not in known:
            yield where.error(
                "sequence.unknown-step",
                N_("{name} is no step of this plan"),
                N_("Name a step of the plan, or leave out what needs it as well."),
                name=name,
            )


def _groups(plan: Plan, at: At) -> Iterator[ScenarioFileError]:
    within: dict[str, int] = {}
    for place, group in enumerate(plan.groups):
        for name in group.steps:
            if name in within:
                yield at.under("groups", place, "steps").error(
                    "sequence.overlap",
                    N_("{name} stands in two groups, or twice in one"),
                    N_("Let each step be in one group at most."),
                    name=name,
                )
            within[name] = place
    for place, step in enumerate(plan.steps):
        for name in chain.from_iterable(step.requires):
            if step.id in within and within.get(name) == within[step.id]:
                yield at.under("steps", place, "requires").error(
                    "sequence.requires-own-group",
                    N_("{step} requires {name}, which is done together with it"),
                    N_("Take one of the two out of the group, or the requirement out of the step."),
                    step=step.id,
                    name=name,
                )


def _cycles(plan: Plan, at: At) -> Iterator[ScenarioFileError]:
    """Whatever cannot be done after all that can."""
    together = {name: group.steps for group in plan.groups for name in group.steps}
    needs = {step.id: step.requires for step in plan.steps}
    done: set[str] = set()
    left = [step.id for step in plan.steps]
    while left:
        ready = [
            name
            for name in left
            if all(done.intersection(some) for one in together.get(name, (name,)) for some in needs[one])
        ]
        if not ready:
            place = next(place for place, step in enumerate(plan.steps) if step.id in left)
            yield at.under("steps", place, "requires").error(
                "sequence.cycle",
                N_("these steps wait for each other, and none can be the first: {steps}"),
                N_("Take one of the requirements out."),
                steps=listed(left),
            )
            return
        done.update(ready)
        left = [name for name in left if name not in done]


def _sums(plan: Plan, at: At) -> Iterator[ScenarioFileError]:
    for party in plan.parties:
        held = [step.value.get(party, 0) for step in plan.steps] + [one.value.get(party, 0) for one in plan.bonuses]
        if sum(map(abs, held)) + plan.deposits.get(party, 0) >= LARGEST_SUM:
            yield at.under("steps").error(
                "sequence.too-large",
                N_("the points of a party are too large to be added exactly"),
                N_("Give points in a coarser unit."),
            )


_RULES: Final[tuple[Callable[[Plan, At], Iterator[ScenarioFileError]], ...]] = (
    _sizes,
    _names,
    _parties,
    _steps,
    _groups,
    _cycles,
    _sums,
)
"""The rules in the order in which they are looked at: each may rely on those before it."""
