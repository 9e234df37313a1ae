"""The register of what troubles the relations: irritants in neutral words, with each side's own words beside."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec

from tashawur.consult.mechanism import Origin
from tashawur.consult.names import ConstraintId, IndicatorRef, IrritantId, IrritantRef, PartyRef, SourceRef, TrackRef
from tashawur.terms.vocabulary import Amount, Ident, Text, Value

Deliverer = Literal["licence", "parliament", "court", "government", "company", "other"]


class Raising(Value, frozen=True):
    """One time that a party raised the matter. Without a day, the day is not known."""

    by: PartyRef
    on: dt.date | None = None
    sources: tuple[SourceRef, ...] = ()


class Fact(Value, frozen=True):
    """A public fact in the register's own words, with its sources."""

    text: Text
    on: dt.date | None = None
    sources: tuple[SourceRef, ...] = ()


class Need(Value, frozen=True):
    """Who must deliver before an option can happen: a licence, a parliament, a court ..."""

    of: Deliverer
    party: PartyRef | None = None
    what: Text | None = None


class Option(Value, frozen=True):
    """One possible outcome. `moves` names the indicators that it moves, `basis` the treaty articles and laws."""

    id: Ident
    name: Text
    needs: tuple[Need, ...] = ()
    basis: tuple[Text, ...] = ()
    moves: tuple[IndicatorRef, ...] = ()


class Irritant(Value, frozen=True):
    """A problem that a side raises in the relations. The first option is always the status quo.

    `name` is in neutral words; `positions` holds what each party says of it, in that party's sense; `origin` shows
    where a party raised it or said so.
    """

    id: IrritantId
    name: Text
    raised: Annotated[tuple[Raising, ...], msgspec.Meta(min_length=1)]
    responding: tuple[PartyRef, ...] = ()
    track: TrackRef | None = None
    positions: dict[PartyRef, Text] = {}
    facts: tuple[Fact, ...] = ()
    options: tuple[Option, ...] = ()
    basis: tuple[Text, ...] = ()
    needs: tuple[Need, ...] = ()
    origin: tuple[Origin, ...] = ()


Selection = Annotated[
    dict[IrritantRef, Annotated[tuple[Ident, ...], msgspec.Meta(min_length=1)]],
    msgspec.Meta(min_length=1, description="Options by irritant: {banking: [notes, notes_un]}."),
]


class AtMost(Value, frozen=True):
    """At most `count` of the options `of` may be in a package."""

    count: Amount
    of: Selection


class Budget(Value, frozen=True):
    """What the options of a package cost together is at most `limit`. An option that is not named costs nothing."""

    limit: Amount
    costs: Annotated[dict[IrritantRef, dict[Ident, Amount]], msgspec.Meta(min_length=1)]
    unit: Text | None = None


class Constraint(Value, frozen=True, rename={"when": "if"}):
    """A public rule on packages, in exactly one of four forms. `why` gives the reason in words.

    When all of `if` hold, all of `then` must hold; not all of `excludes` together; `at_most` so many; a `budget`.
    """

    id: ConstraintId
    why: Text
    when: Selection = {}
    then: Selection = {}
    excludes: Selection = {}
    at_most: AtMost | None = None
    budget: Budget | None = None
    sources: tuple[SourceRef, ...] = ()


class RegisterFile(Value, frozen=True, tag_field="kind", tag="register"):
    """Irritants and public constraints. It holds no private number."""

    irritants: tuple[Irritant, ...] = ()
    constraints: tuple[Constraint, ...] = ()
