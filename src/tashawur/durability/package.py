"""An agreed package as a graph model: every side keeps or drops what it owes, may withdraw, and the host may guarantee.

A commitment is what one side owes on one issue, or on one track where that would make too many: its steps in the plan.
It is kept or dropped as a whole, and can be taken up again; a side that withdraws keeps nothing and does not come back.
A step happens while its side keeps it and the steps that it requires happen, a joint step while both sides keep it.
Steps of an atomic group happen together or not at all while the host's guarantee stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from tashawur.consult.consultation import Consultation
from tashawur.consult.private import PlanFile, Step
from tashawur.durability.model import Model, Option, Preference, cubes
from tashawur.durability.moves import Flags, Ranks
from tashawur.durability.samples import Sampler, ranked
from tashawur.terms.errors import NoPlanToLeaveError, TooManySidesError, UnmodelledPlanError

MOST_OPTIONS: Final = 14
"""Options of a model in which each issue has a commitment of its own; with more of them tracks have."""

MOST_SIDES: Final = 7
"""Sides of a plan, each with one commitment at least and its withdrawal."""

_HALF: Final = 500
_WHOLE: Final = 1000
"""In a sample the value of each step is multiplied by 1 half to 3 halves, in thousandths."""

Values = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one party owes on one subject: an issue or a track, by its id. `option` is its place in the model."""

    party: str
    of: Literal["issue", "track", "all"]
    subject: str
    steps: tuple[str, ...]
    option: int


@dataclass(frozen=True, slots=True, eq=False)
class Deal:
    """The model of an agreed package.

    `agreed` is the state in which everything is kept. `withdrawals` and `guarantee` are options of the model by their
    places; `host` is None where there is nothing that the host would hold. `values` (parties x steps) are private.
    `happens`: which steps happen in each place (places x steps).
    """

    model: Model
    agreed: int
    commitments: tuple[Commitment, ...]
    withdrawals: Mapping[int, int]
    guarantee: int | None
    host: str | None
    steps: tuple[str, ...]
    values: Values = field(repr=False)
    happens: Flags = field(repr=False)

    @property
    def utilities(self) -> Values:
        """What each place is worth to each party, in whole points of its own: parties x places."""
        return self.values @ self.happens.T.astype(np.int64)

    def sampler(self) -> Sampler:
        """Values near those of the plan: each is multiplied, by itself, by one half to three halves."""

        def draw(chance: np.random.Generator, count: int) -> Ranks:
            happens = self.happens[self.model.places].T.astype(np.int64)
            found = np.full((len(self.values), count, self.model.size), -1, dtype=np.int32)
            for party, own in enumerate(self.values):
                near = own * chance.integers(_HALF, _HALF + _WHOLE + 1, (count, len(own)))
                found[party][:, self.model.places] = ranked(near @ happens)
            return found

        return draw


def deal(consultation: Consultation) -> Deal:
    """The model of the package in the consultation's plan. Raises NoPlanToLeaveError, TooManySidesError,
    UnmodelledPlanError."""
    plan = consultation.plan
    performers = (
        [] if plan is None else [side for side in consultation.sides if any(side in _by(s) for s in plan.steps)]
    )
    if plan is None or len(performers) < 2:
        raise NoPlanToLeaveError(case=consultation.case.id)
    if len(performers) > MOST_SIDES:
        raise TooManySidesError(case=consultation.case.id, count=str(len(performers)), most=str(MOST_SIDES))
    if plan.bonuses or any(not isinstance(value, int) for step in plan.steps for value in step.value.values()):
        raise UnmodelledPlanError(case=consultation.case.id)
    host = _host(consultation) if any(group.mode == "atomic" for group in plan.groups) else None
    commitments = _commitments(consultation, plan, performers, 1 if host else 0)
    parties = (*performers, host) if host else tuple(performers)
    options = _options(parties, commitments, len(performers), guaranteed=host is not None)
    size = 2 ** len(options)
    places = np.arange(size)
    done = [places >> (len(options) - 1 - place) & 1 == 1 for place in range(len(options))]
    first = len(commitments) + (1 if host else 0)
    withdrawals = {party: first + party for party in range(len(performers))}
    states = np.ones(size, dtype=np.bool_)
    for commitment in commitments:
        states &= ~(done[commitment.option] & done[withdrawals[parties.index(commitment.party)]])
    happens = _happening(plan, commitments, done, done[0] if host else np.zeros(size, dtype=np.bool_))
    values = np.array([[step.value.get(party, 0) for step in plan.steps] for party in parties], dtype=np.int64)
    kept = [0 if place in withdrawals.values() else 1 for place in range(len(options))]
    return Deal(
        Model(
            parties,
            options,
            size,
            np.flatnonzero(states),
            (),
            cubes(options, len(parties), states),
            tuple(_preference(own @ happens.T.astype(np.int64), states) for own in values),
            status_quo=int("".join(map(str, kept)), 2),
        ),
        int("".join(map(str, kept)), 2),
        commitments,
        withdrawals,
        0 if host else None,
        host,
        tuple(step.id for step in plan.steps),
        values,
        happens,
    )


def _by(step: Step) -> tuple[str, ...]:
    return (step.by,) if step.joint_with is None else (step.by, step.joint_with)


def _host(consultation: Consultation) -> str | None:
    """The host of the whole, or else of a track."""
    hosts = [role for role in consultation.case.roles if role.role == "host" and role.claimed_by is None]
    hosts.sort(key=lambda role: role.track is not None)
    return hosts[0].party if hosts else None


def _commitments(
    consultation: Consultation, plan: PlanFile, performers: Sequence[str], first: int
) -> tuple[Commitment, ...]:
    """The finest commitments of which there are not too many."""

    def track(step: Step) -> str | None:
        irritant = consultation.irritants.get(step.issue or "")
        return irritant.track if irritant else None

    ways: tuple[tuple[Literal["issue", "track", "all"], Callable[[Step], str | None]], ...] = (
        ("issue", lambda step: step.issue),
        ("track", track),
        ("all", lambda _: None),
    )
    for of, subject in ways:
        found: dict[tuple[str, str | None], list[str]] = {}
        for party in performers:
            for step in plan.steps:
                if party in _by(step):
                    found.setdefault((party, subject(step)), []).append(step.id)
        if len(found) + len(performers) + first <= MOST_OPTIONS or of == "all":
            break
    return tuple(
        Commitment(party, of if named is not None else "all", named or "", tuple(steps), first + number)
        for number, ((party, named), steps) in enumerate(found.items())
    )


def _options(
    parties: Sequence[str], commitments: Sequence[Commitment], performers: int, *, guaranteed: bool
) -> tuple[Option, ...]:
    guarantee = (Option("guarantee", len(parties) - 1),) if guaranteed else ()
    kept = (Option(f"{one.party}:{one.subject or 'all'}", parties.index(one.party)) for one in commitments)
    left = (Option(f"{parties[party]}:withdraws", party, "forward") for party in range(performers))
    return (*guarantee, *kept, *left)


def _happening(plan: PlanFile, commitments: Sequence[Commitment], done: Sequence[Flags], guarantee: Flags) -> Flags:
    """Which steps happen in each place: places x steps."""
    number = {step.id: place for place, step in enumerate(plan.steps)}
    kept = np.ones((len(plan.steps), len(guarantee)), dtype=np.bool_)
    for commitment in commitments:
        for name in commitment.steps:
            kept[number[name]] &= done[commitment.option]
    held = [[number[step] for step in group.steps] for group in plan.groups if group.mode == "atomic"]
    while True:
        before = int(kept.sum())
        for step in plan.steps:
            for needed in step.requires:
                one_of = [number[name] for name in ((needed,) if isinstance(needed, str) else needed)]
                kept[number[step.id]] &= kept[one_of].any(axis=0)
        for together in held:
            kept[together] &= kept[together].all(axis=0) | ~guarantee
        if int(kept.sum()) == before:
            return kept.T.copy()


def _preference(worth: Values, states: Flags) -> Preference:
    ranks = np.full(len(states), -1, dtype=np.int32)
    ranks[states] = ranked(worth[states])
    return Preference(ranks)
