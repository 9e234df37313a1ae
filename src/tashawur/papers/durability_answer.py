"""What lasts, as a JSON document that is the same in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from tashawur.durability.answers import Durability, Lasting
from tashawur.durability.examined import ExaminedModel, ExaminedPackage
from tashawur.durability.leaving import Leaving
from tashawur.durability.model import Model
from tashawur.durability.moves import Flags
from tashawur.durability.package import Deal
from tashawur.durability.paths import Way
from tashawur.durability.stability import Concept, Stability, everybody

StateId = int | str
"""A state as its file calls it, a whole number where it stands as one; else by its options, Y and N."""

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")


class MoveAnswer(msgspec.Struct, frozen=True):
    """A party's move to a state."""

    party: str
    state: StateId


class SanctionAnswer(msgspec.Struct, frozen=True):
    """A move that tempts a party, and the moves of others that answer it: null where none was found.

    `sought` false: there were too many to go through.
    """

    to: StateId
    way: tuple[MoveAnswer, ...] | None
    sought: bool


class HoldAnswer(msgspec.Struct, frozen=True):
    """The firmest concept by which a party stays, and how its most tempting moves are answered."""

    party: str
    concept: Concept
    strong: bool
    answers: tuple[SanctionAnswer, ...]


class JumpAnswer(msgspec.Struct, frozen=True):
    """Parties that together would rather go to another state that lasts."""

    parties: tuple[str, ...]
    to: StateId


class ReachedAnswer(msgspec.Struct, frozen=True):
    """How the state is reached from the status quo; `by_gains`: each move is better for who makes it."""

    way: tuple[MoveAnswer, ...] | None
    by_gains: bool
    sought: bool


class LastingAnswer(msgspec.Struct, frozen=True):
    """A state that every party would stay in; `shares`: of the samples, the part in which that is so, by concept."""

    state: StateId
    concepts: tuple[Concept, ...]
    holds: tuple[HoldAnswer, ...]
    jumps: tuple[JumpAnswer, ...]
    reached: ReachedAnswer | None
    shares: dict[Concept, float]


class AloneAnswer(msgspec.Struct, frozen=True):
    """One side in the agreed state: `concept` null: it gains by leaving. `gain`: points that its best move brings at
    first. `shift`: the least part of all weight that must move before leaving pays; null: none is enough."""

    party: str
    concept: Concept | None
    gain: int
    shift: float | None
    answers: tuple[SanctionAnswer, ...]


class PairAnswer(msgspec.Struct, frozen=True):
    """Two sides, and the state to which they would rather go together; null: there is none."""

    parties: tuple[str, ...]
    state: StateId | None


class LeavingAnswer(msgspec.Struct, frozen=True):
    """Who gains by leaving the agreed package, alone or in a pair; `without_guarantee`: when the host gives none."""

    agreed: StateId
    alone: tuple[AloneAnswer, ...]
    pairs: tuple[PairAnswer, ...]
    without_guarantee: tuple[AloneAnswer, ...] | None


ByParty = dict[Concept, dict[str, tuple[StateId, ...]]]
ByConcept = dict[Concept, tuple[StateId, ...]]


class DurabilityAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `tashawur durability --json`.

    `equilibria` are the states that are stable for every party, `stability` those for each, by concept; where pairs are
    not known to rank, however they are read (`extensions` a; b, c and d are the other readings). `strong`: stable by
    threats of a great loss. `no_group_leaves`: states that no group leaves either; null: not tried. `options` in the
    order of the letters of a state. `lasting`: the first of `number` states that last by any concept, with what holds
    them. `samples`: null: none were drawn. `leaving`: of a consultation's package.
    """

    format: Literal["tashawur.durability/1"] = "tashawur.durability/1"
    source: Literal["model", "consultation"]
    name: str
    invented: bool
    parties: tuple[str, ...]
    options: tuple[str, ...]
    states: int
    status_quo: StateId | None
    equilibria: ByConcept
    stability: ByParty
    extensions: dict[str, ByConcept] | None
    strong: ByConcept | None
    no_group_leaves: ByConcept | None
    number: int
    samples: int | None
    lasting: tuple[LastingAnswer, ...]
    leaving: LeavingAnswer | None = None
    passed_over: tuple[str, ...] = ()


def schema() -> dict[str, Any]:
    """The JSON Schema of the answer."""
    return msgspec.json.schema(DurabilityAnswer) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def answer(examined: ExaminedModel | ExaminedPackage) -> DurabilityAnswer:
    """What was found as a document."""
    found = examined.found
    model = found.model
    package = isinstance(examined, ExaminedPackage)
    return DurabilityAnswer(
        source="consultation" if package else "model",
        name=examined.consultation.case.id if isinstance(examined, ExaminedPackage) else examined.file.name,
        invented=isinstance(examined, ExaminedPackage) and examined.consultation.case.exercise,
        parties=model.parties,
        options=tuple(one.name for one in model.options),
        states=len(model.places),
        status_quo=None if model.status_quo is None else state_id(model, model.status_quo),
        equilibria=_by_concept(model, found.lasts),
        stability=_by_party(model, found.stability),
        extensions={one: _everybody(model, held) for one, held in found.extensions.items()}
        if found.extensions
        else None,
        strong=_everybody(model, found.strong) if found.strong else None,
        no_group_leaves=_by_concept(model, found.no_group_leaves) if found.no_group_leaves else None,
        number=found.number,
        samples=found.samples,
        lasting=tuple(_lasting(found, one) for one in found.lasting),
        leaving=_leaving(examined.deal, examined.leaving, examined.without)
        if isinstance(examined, ExaminedPackage)
        else None,
        passed_over=() if isinstance(examined, ExaminedPackage) else examined.file.passed_over,
    )


def state_id(model: Model, place: int) -> StateId:
    """The state as its file calls it."""
    return _id(model.name(place))


def _id(name: str) -> StateId:
    return int(name) if _WHOLE.fullmatch(name) else name


def _ids(model: Model, held: Flags) -> tuple[StateId, ...]:
    return tuple(map(_id, model.named(held)))


def _by_concept(model: Model, held: Mapping[Concept, Flags]) -> ByConcept:
    return {concept: _ids(model, one) for concept, one in held.items()}


def _everybody(model: Model, held: Stability) -> ByConcept:
    return _by_concept(model, everybody(held))


def _by_party(model: Model, held: Stability) -> ByParty:
    return {
        concept: {party: _ids(model, own) for party, own in zip(model.parties, one, strict=True)}
        for concept, one in held.items()
    }


def _way(model: Model, way: Way | None) -> tuple[MoveAnswer, ...] | None:
    if way is None:
        return None
    return tuple(MoveAnswer(model.parties[step.party], state_id(model, step.state)) for step in way)


def _lasting(found: Durability, one: Lasting) -> LastingAnswer:
    model = found.model
    return LastingAnswer(
        state_id(model, one.state),
        one.concepts,
        tuple(
            HoldAnswer(model.parties[held.party], held.concept, held.strong, _answers(model, held.answers))
            for held in one.holds
        ),
        tuple(JumpAnswer(_named(model, group), state_id(model, there)) for group, there in one.jumps),
        None
        if one.reached is None
        else ReachedAnswer(_way(model, one.reached.way), one.reached.by_gains, one.reached.sought),
        dict(one.shares),
    )


def _named(model: Model, parties: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(model.parties[one] for one in parties)


def _answers(model: Model, answers: tuple[Any, ...]) -> tuple[SanctionAnswer, ...]:
    return tuple(SanctionAnswer(state_id(model, one.tempting), _way(model, one.way), one.sought) for one in answers)


def _leaving(deal: Deal, found: Leaving, without: Leaving | None) -> LeavingAnswer:
    model = deal.model
    return LeavingAnswer(
        state_id(model, deal.agreed),
        _alone(model, found),
        tuple(
            PairAnswer(_named(model, one.parties), None if one.state is None else state_id(model, one.state))
            for one in found.pairs
        ),
        _alone(model, without) if without else None,
    )


def _alone(model: Model, found: Leaving) -> tuple[AloneAnswer, ...]:
    return tuple(
        AloneAnswer(
            model.parties[one.party],
            one.concept,
            one.gain,
            None if one.shift is None else float(one.shift),
            _answers(model, one.answers),
        )
        for one in found.alone
    )
