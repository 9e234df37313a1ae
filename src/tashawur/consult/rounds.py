"""Rounds as they stand: what the log says of each, folded into one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from tashawur.consult.log import RoundEvent

RoundState = Literal["proposed", "confirmed", "postponed", "held", "cancelled"]

_RANK: Final = ("proposed", "confirmed", "postponed", "cancelled", "held", "assessed")
"""The order in which events of one day are read, whatever their ids."""


@dataclass(frozen=True, slots=True)
class Move:
    """A postponement: said on a day, by parties, to a new day or to none yet."""

    on: dt.date
    by: tuple[str, ...]
    to: dt.date | None
    reasons: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Round:
    """One round: its state is that of the last event, and `since` is the day of it."""

    id: str
    state: RoundState
    since: dt.date
    proposed_on: dt.date
    date: dt.date | None = None
    begins: dt.datetime | None = None
    ends: dt.datetime | None = None
    host: str | None = None
    place: Mapping[str, str] | None = None
    venue: Mapping[str, str] | None = None
    level: Mapping[str, str] | None = None
    tracks: tuple[str, ...] = ()
    outcome: Mapping[str, str] | None = None
    agreed_by: tuple[str, ...] = ()
    """Parties that proposed or confirmed the day that is set now."""
    moves: tuple[Move, ...] = ()
    cancelled_by: tuple[str, ...] = ()
    reasons: Mapping[str, Mapping[str, str]] | None = None
    """What each party gives as the reason for the last postponement or cancellation."""
    no_reason_from: tuple[str, ...] = ()
    assessments: Mapping[str, Mapping[str, str]] | None = None
    sources: tuple[str, ...] = ()


def rounds(events: Iterable[RoundEvent]) -> list[Round]:
    """The rounds that the events tell of, in the order of their days; those without a day last.

    The order in which the events come does not matter.
    """
    found: dict[str, Round] = {}
    for event in sorted(events, key=lambda event: (event.on, _RANK.index(event.event), event.id)):
        before = found.get(event.round) or Round(event.round, "proposed", event.on, event.on)
        found[event.round] = _after(before, event)
    return sorted(found.values(), key=lambda one: (one.date is None, one.date or one.since, one.id))


def _after(round_: Round, event: RoundEvent) -> Round:
    """The round after one more event: what the event leaves out stays as it was."""
    told = replace(
        round_,
        begins=event.begins or round_.begins,
        ends=event.ends or round_.ends,
        host=event.host or round_.host,
        place=event.place or round_.place,
        venue=event.venue or round_.venue,
        level=event.level or round_.level,
        tracks=event.tracks or round_.tracks,
        outcome=event.outcome or round_.outcome,
        sources=tuple(dict.fromkeys((*round_.sources, *event.sources))),
    )
    match event.event:
        case "assessed":
            return replace(told, assessments={**(told.assessments or {}), event.by[0]: event.assessment or {}})
        case "proposed":
            return replace(told, state="proposed", since=event.on, date=event.date or told.date, agreed_by=event.by)
        case "confirmed":
            # Who confirms another day than the one proposed has not agreed to that one, nor the others to this.
            same = event.date is None or event.date == told.date
            agreed = tuple(dict.fromkeys((*told.agreed_by, *event.by))) if same else event.by
            return replace(told, state="confirmed", since=event.on, date=event.date or told.date, agreed_by=agreed)
        case "postponed":
            move = Move(event.on, event.by, event.date, event.reasons)
            return replace(
                told,
                state="postponed",
                since=event.on,
                date=event.date,
                begins=event.begins,
                ends=event.ends,
                agreed_by=event.by,
                moves=(*told.moves, move),
                reasons=event.reasons,
                no_reason_from=event.no_reason_from,
            )
        case "held":
            return replace(told, state="held", since=event.on, date=event.date or event.on)
        case "cancelled":
            return _cancelled(told, event)


def _cancelled(told: Round, event: RoundEvent) -> Round:
    """The round called off; what is said of it once more is added, and the day of the first word stays."""
    again = told.state == "cancelled"
    by, silent = (told.cancelled_by, told.no_reason_from) if again else ((), ())
    reasons = {**(told.reasons or {}), **event.reasons} if again else event.reasons
    return replace(
        told,
        state="cancelled",
        since=told.since if again else event.on,
        cancelled_by=tuple(dict.fromkeys((*by, *event.by))),
        reasons=reasons,
        no_reason_from=tuple(one for one in dict.fromkeys((*silent, *event.no_reason_from)) if one not in reasons),
    )
