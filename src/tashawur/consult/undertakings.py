"""What a side said that it, or both, would do; and where two accounts of one meeting differ."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec

from tashawur.consult.mechanism import Count, Origin
from tashawur.consult.names import (
    DifferenceId,
    EventRef,
    IndicatorRef,
    PartyRef,
    RoundRef,
    SourceRef,
    TrackRef,
    UndertakingId,
    UndertakingRef,
)
from tashawur.terms.vocabulary import Text, Value

Strength = Literal["agreed", "pledged", "intended"]


class Due(Value, frozen=True):
    """When something is due: exactly one of a date, an event, a stretch after an event, or words that fix no day.

    `on` a day; `event` the id of a round, undertaking or track (or `next_round`) before or at which it is due;
    `after` such an id with `days` behind it; `said` what was said in place of a day, such as "in due time".
    """

    on: dt.date | None = None
    event: EventRef | None = None
    after: EventRef | None = None
    days: Count | None = None
    said: Text | None = None


class Undertaking(Value, frozen=True):
    """Who will do what, for whom, by when, on what condition; and who says so.

    It is only what was said until every party concerned has confirmed it. What was done stands in reports, and it is
    resolved only when all concerned say so.
    """

    id: UndertakingId
    by: Annotated[tuple[PartyRef, ...], msgspec.Meta(min_length=1)]
    to: Annotated[tuple[PartyRef, ...], msgspec.Meta(min_length=1)]
    what: Text
    made: dt.date
    origin: Annotated[tuple[Origin, ...], msgspec.Meta(min_length=1)]
    strength: Strength = "agreed"
    track: TrackRef | None = None
    round: RoundRef | None = None
    due: Due | None = None
    condition: Text | None = None
    criteria: Text | None = None
    moves: tuple[IndicatorRef, ...] = ()


class UndertakingsFile(Value, frozen=True, tag_field="kind", tag="undertakings"):
    """What the sides said they would do."""

    undertakings: tuple[Undertaking, ...] = ()


class Difference(Value, frozen=True):
    """A matter on which the sides' accounts of one round differ. A party that is silent on it is named as such."""

    id: DifferenceId
    round: RoundRef
    topic: Text
    says: dict[PartyRef, Text] = {}
    silent: tuple[PartyRef, ...] = ()
    undertakings: tuple[UndertakingRef, ...] = ()
    sources: tuple[SourceRef, ...] = ()


class AccountsFile(Value, frozen=True, tag_field="kind", tag="accounts"):
    """Where the sides' accounts of their rounds differ."""

    differences: tuple[Difference, ...] = ()
