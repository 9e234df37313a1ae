"""The mechanism itself: parties and their roles, the aim, tracks, teams, and how the sides keep in touch."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec

from tashawur.consult.names import (
    Digest,
    DocumentId,
    IndicatorId,
    PartyId,
    PartyRef,
    SourceRef,
    TeamId,
    TrackId,
    TrackRef,
    UndertakingRef,
)
from tashawur.terms.vocabulary import Ident, Lang, Text, Value, Words

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
RoleName = Literal["side", "host", "mediator", "facilitator", "guarantor", "concerned"]
DocumentDigest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$", description="The SHA-256 digest of the file.")]
Count = Annotated[int, msgspec.Meta(ge=0)]
Days = Annotated[int, msgspec.Meta(ge=1, le=3660)]


class Source(Value, frozen=True):
    """Where a public fact was read. `approximate` says that the date is not exact."""

    by: Words
    on: dt.date | None = None
    url: Annotated[str, msgspec.Meta(pattern=r"^https?://[!-~]+$")] | None = None
    approximate: bool = False


class Document(Value, frozen=True):
    """A text that rows point at by its digest. The text itself is never kept in the folder."""

    id: DocumentId
    title: Text
    sha256: DocumentDigest
    language: Lang
    characters: Count
    on: dt.date | None = None
    publisher: Words | None = None


class Origin(Value, frozen=True):
    """Who says so, and where: a span of a document, or sources.

    `start` and `end` count Unicode code points of the decoded text, the end exclusive.
    """

    asserted_by: PartyRef
    document: Digest | None = None
    start: Count | None = None
    end: Count | None = None
    sources: tuple[SourceRef, ...] = ()


class Holiday(Value, frozen=True, rename={"begins": "from", "ends": "to"}):
    """Days on which a party does not work, both ends included."""

    name: Text
    begins: dt.date
    ends: dt.date


class Party(Value, frozen=True):
    """Someone who takes part or is concerned. What a party is to the others stands in its roles, track by track."""

    id: PartyId
    name: Text
    zone: str | None = None
    """Time zone of its capital, such as Europe/Moscow."""
    weekend: tuple[Weekday, ...] = ()
    holidays: tuple[Holiday, ...] = ()


class Role(Value, frozen=True):
    """What a party is on a track, or on all of them when no track is named.

    With `claimed_by` it is a claim of that party and stays one: nobody else has said so.
    """

    party: PartyRef
    role: RoleName
    track: TrackRef | None = None
    claimed_by: PartyRef | None = None
    note: Text | None = None
    origin: tuple[Origin, ...] = ()


class PointOfContact(Value, frozen=True):
    """The office through which a party is reached day by day: a title, not a name."""

    party: PartyRef
    title: Text
    since: dt.date | None = None


class Rhythm(Value, frozen=True):
    """The least rhythm of contact: no more than so many days without one between at least two sides."""

    days: Days
    said: Text | None = None


class Mechanism(Value, frozen=True):
    """How the parties consult. What they have not agreed is left out and shows as *not agreed*."""

    purpose: Text
    founded: dt.date | None = None
    origin: tuple[Origin, ...] = ()
    points_of_contact: tuple[PointOfContact, ...] = ()
    rhythm: Rhythm | None = None
    cancelled_round_goes_to: Text | None = None
    media: Text | None = None
    ends: Text | None = None


class Reading(Value, frozen=True):
    """A number with its day and its sources."""

    value: float
    on: dt.date | None = None
    sources: tuple[SourceRef, ...] = ()


class Indicator(Value, frozen=True):
    """A number by which the aim is followed. Who reports it is named; what no one reported is *not measured*."""

    id: IndicatorId
    name: Text
    unit: Text
    reporter: PartyRef
    baseline: Reading | None = None
    target: Reading | None = None


class Objective(Value, frozen=True):
    """What the mechanism is for."""

    aim: Text
    indicators: tuple[Indicator, ...] = ()
    origin: tuple[Origin, ...] = ()


class Condition(Value, frozen=True):
    """The one condition of a track: it is met when every party named has said so."""

    text: Text
    met_when_said_by: Annotated[tuple[PartyRef, ...], msgspec.Meta(min_length=1)]


class Track(Value, frozen=True):
    """One line of work. With a condition it opens only when that is met."""

    id: TrackId
    name: Text
    part_of: TrackRef | None = None
    condition: Condition | None = None
    origin: tuple[Origin, ...] = ()


class Promise(Value, frozen=True):
    """What was promised of a team that is not appointed yet."""

    said: Text
    on: dt.date
    undertaking: UndertakingRef | None = None


class Team(Value, frozen=True):
    """Those whom a party sends on some tracks: by title and rank, never by name, or *to be appointed*."""

    id: TeamId
    party: PartyRef
    mandate: Annotated[tuple[TrackRef, ...], msgspec.Meta(min_length=1)]
    excludes: tuple[TrackRef, ...] = ()
    head: Text | None = None
    rank: Text | None = None
    since: dt.date | None = None
    to_be_appointed: Promise | None = None
    sources: tuple[SourceRef, ...] = ()


class CaseFile(Value, frozen=True, tag_field="kind", tag="consultation"):
    """The first file of a consultation: who, to what aim, and how. It holds no private number."""

    id: Ident
    title: Text
    languages: Annotated[tuple[Lang, ...], msgspec.Meta(min_length=1)]
    parties: Annotated[tuple[Party, ...], msgspec.Meta(min_length=2)]
    mechanism: Mechanism
    roles: tuple[Role, ...] = ()
    objective: Objective | None = None
    tracks: tuple[Track, ...] = ()
    teams: tuple[Team, ...] = ()
    documents: tuple[Document, ...] = ()
    sources: dict[Ident, Source] = {}
    being_translated: bool = False
    """Texts may still lack some of the languages: `case check` counts them, pages show them in one that they have."""
    exercise: bool = False
    """The states, facts and numbers are invented. It is shown on every page and answer."""
    note: Text | None = None
    facts_until: dt.date | None = None
    """The day at which this account ends, unless the log goes on behind it: standing is shown as of that day, unless
    another is asked for."""
