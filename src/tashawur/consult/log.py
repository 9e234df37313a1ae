"""The log: contacts, what happens to rounds, and what parties report. Entries are added and never rewritten."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec

from tashawur.consult.mechanism import Origin
from tashawur.consult.names import EntryId, PartyRef, RoundId, SourceRef, SubjectRef, TrackRef
from tashawur.terms.vocabulary import Moment, Text, Value, Words

Form = Literal["call", "letter", "note", "meeting", "message"]
RoundWord = Literal["proposed", "confirmed", "postponed", "held", "cancelled", "assessed"]
ReportWord = Literal[
    "affirmed",
    "denied",
    "confirmed",
    "condition_met",
    "done",
    "not_done",
    "postponed",
    "waiting",
    "raised",
    "answered",
    "in_talks",
    "agreed",
    "signed",
    "in_force",
    "resolved",
    "not_resolved",
    "lapsed",
    "measured",
    "appointed",
]


class Contact(Value, frozen=True, tag_field="type", tag="contact", gc=False):
    """A call, letter, note, message or meeting outside the rounds.

    With `planned` it is one that was set for `on`; that it took place is another entry.
    """

    id: EntryId
    on: dt.date
    form: Form
    between: Annotated[tuple[PartyRef, ...], msgspec.Meta(min_length=2)]
    at: Moment | None = None
    level: Text | None = None
    about: Text | None = None
    planned: bool = False
    sources: tuple[SourceRef, ...] = ()
    origin: tuple[Origin, ...] = ()


class RoundEvent(Value, frozen=True, tag_field="type", tag="round", gc=False):
    """Something that happened to a round: it was proposed, confirmed, postponed, held, cancelled or assessed.

    `on` is the day on which it happened, `date` the day for which the round is set; `reasons` are given by each party
    for itself, a party that gave none is named in `no_reason_from`. What a second `cancelled` says is added to the
    first.
    """

    id: EntryId
    on: dt.date
    round: RoundId
    event: RoundWord
    by: tuple[PartyRef, ...] = ()
    date: dt.date | None = None
    begins: Moment | None = None
    ends: Moment | None = None
    host: PartyRef | None = None
    place: Text | None = None
    venue: Text | None = None
    level: Text | None = None
    tracks: tuple[TrackRef, ...] = ()
    outcome: Text | None = None
    assessment: Text | None = None
    reasons: dict[PartyRef, Text] = {}
    no_reason_from: tuple[PartyRef, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    origin: tuple[Origin, ...] = ()


class Report(Value, frozen=True, tag_field="type", tag="report", gc=False):
    """What a party reports about an undertaking, irritant, indicator, team or track.

    `until` is the new day after a postponement; `value` the number that was measured; `said` the party's own words,
    which are its reason where it is awaited, and the title of the head where it appointed one.
    """

    id: EntryId
    on: dt.date
    by: PartyRef
    about: SubjectRef
    says: ReportWord
    said: Text | None = None
    until: dt.date | None = None
    value: float | None = None
    evidence: tuple[Words, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    origin: tuple[Origin, ...] = ()


Entry = Contact | RoundEvent | Report


class LogFile(Value, frozen=True, tag_field="kind", tag="log"):
    """Entries of the log, in any order: they are read by their days and ids."""

    entries: tuple[Entry, ...] = ()
