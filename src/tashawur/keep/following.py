"""Undertakings followed up: who says they were made, when they are due, what each party says was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final, Literal

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Report
from tashawur.consult.mechanism import Party, Track
from tashawur.consult.names import NEXT_ROUND
from tashawur.consult.rounds import Round
from tashawur.consult.undertakings import Due, Undertaking
from tashawur.keep.calendars import later, next_working_day
from tashawur.terms.vocabulary import Found

Standing = Literal["nobody_says", "one_says", "some_say", "both_say", "confirmed"]
Progress = Literal["conditional", "open", "reported", "disputed", "resolved"]
Text = Mapping[str, str]
Reports = Mapping[str, Sequence[Report]]

_WHETHER: Final = ("affirmed", "denied", "confirmed")
_DONE: Final = ("done", "not_done")
_MOVING: Final = (*_DONE, "condition_met")
"""The words that can change how an undertaking stands."""
_WITH_REASON: Final = ("waiting", "postponed", "not_done")
_TAKES_BACK: Final[Mapping[str, str]] = {"done": "not_done"}
"""The word by which a party takes another word back."""


class Deadline(Found, frozen=True):
    """When something is due now. Without a day, `said` or `event` tells on what it hangs, with `days` so long after it.

    `first` is the day before postponements and holidays, where it is another one; `postponed` says that it was put
    off, to `day` or without a day.
    """

    day: dt.date | None = None
    first: dt.date | None = None
    event: str | None = None
    days: int | None = None
    said: Text | None = None
    postponed: bool = False
    postponed_by: str | None = None


class Followed(Found, frozen=True):
    """One undertaking with all that was said of it since."""

    undertaking: Undertaking
    asserted_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    standing: Standing
    done: Mapping[str, bool]
    """What each party that reported says last: done, or not done."""
    progress: Progress
    since: dt.date
    """The day from which it stands as it does, without a day on which it stood otherwise."""
    deadline: Deadline | None
    late_days: int
    """Days past the deadline; 0 while it is not past, was put off, or waits for others or for a round to be held."""
    reasons: Mapping[str, Text] = {}
    """The reason that a party gave last for what it owes."""
    evidence: tuple[str, ...] = ()
    """What the reports name to show that it was done, the earliest first."""


def concerned(undertaking: Undertaking) -> tuple[str, ...]:
    """All whom it binds or serves, in their order in the file."""
    return tuple(dict.fromkeys(undertaking.by + undertaking.to))


def follow(consultation: Consultation, reports: Reports, rounds: Sequence[Round], today: dt.date) -> list[Followed]:
    """Every undertaking as it stands `today`, in the order of the files."""
    events = _Events(consultation.parties, consultation.undertakings, consultation.tracks, rounds, reports)
    return [
        _followed(undertaking, reports.get(undertaking.id, ()), events, today)
        for undertaking in consultation.undertakings.values()
    ]


def _followed(undertaking: Undertaking, reports: Sequence[Report], events: _Events, today: dt.date) -> Followed:
    all_concerned = concerned(undertaking)
    # Whom it neither binds nor serves can say what it likes: it changes nothing here.
    reports = [report for report in reports if report.by in all_concerned]
    asserted, denied, confirmed = _who_says(undertaking, reports)
    done = {report.by: report.says == "done" for report in reports if report.says in _DONE}
    progress = _progress(undertaking, all_concerned, done, reports)
    moved = bool(done) or undertaking.condition is not None
    since = _since(undertaking, all_concerned, reports) if moved else undertaking.made
    moves = [report for report in reports if report.says == "postponed"]
    if progress == "resolved":
        # What all say is done is no longer put off.
        moves = [report for report in moves if report.on < since]
    deadline = _deadline(undertaking, moves, events)
    late = 0
    if progress in ("open", "disputed", "reported") and deadline is not None and deadline.day is not None:
        late = max(0, (today - deadline.day).days)
        performed = all(done.get(party, False) for party in undertaking.by)
        if late and (performed or (not moves and events.waits_for_round(undertaking))):
            late = 0
    return Followed(
        undertaking=undertaking,
        asserted_by=asserted,
        denied_by=denied,
        confirmed_by=confirmed,
        standing=_standing(all_concerned, asserted, confirmed),
        done=done,
        progress=progress,
        since=since,
        deadline=deadline,
        late_days=late,
        evidence=tuple(dict.fromkeys([shown for report in reports for shown in report.evidence])),
        reasons={
            report.by: report.said for report in reports if report.said is not None and report.says in _WITH_REASON
        },
    )


def _who_says(
    undertaking: Undertaking, reports: Iterable[Report]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Who says that it was undertaken, who denies it, who has confirmed it: each party's last word counts."""
    word = {origin.asserted_by: "affirmed" for origin in undertaking.origin}
    for report in reports:
        if report.says in _WHETHER:
            word[report.by] = report.says
    said: list[str] = []
    denied: list[str] = []
    confirmed: list[str] = []
    for party, last in sorted(word.items()):
        (denied if last == "denied" else said).append(party)
        if last == "confirmed":
            confirmed.append(party)
    return tuple(said), tuple(denied), tuple(confirmed)


def _standing(all_concerned: Sequence[str], asserted: Sequence[str], confirmed: Sequence[str]) -> Standing:
    if set(all_concerned) <= set(confirmed):
        return "confirmed"
    if set(all_concerned) <= set(asserted):
        return "both_say"
    return ("nobody_says", "one_says")[len(asserted)] if len(asserted) < 2 else "some_say"


def _progress(
    undertaking: Undertaking, all_concerned: Sequence[str], done: Mapping[str, bool], reports: Iterable[Report]
) -> Progress:
    if done:
        if all(done.get(party, False) for party in all_concerned):
            return "resolved"
        if set(done.values()) == {True, False}:
            return "disputed"
        if True in done.values():
            return "reported"
    if undertaking.condition is not None:
        met = {report.by for report in reports if report.says == "condition_met"}
        if not set(all_concerned) <= met:
            return "conditional"
    return "open"


def _since(undertaking: Undertaking, all_concerned: Sequence[str], reports: Sequence[Report]) -> dt.date:
    """The day from which it stands as it does: it is gone through day by day, as several words can fall on one."""
    done: dict[str, bool] = {}
    said: list[Report] = []
    stood, since = _progress(undertaking, all_concerned, done, said), undertaking.made
    for day, told in groupby((one for one in reports if one.says in _MOVING), attrgetter("on")):
        said += told
        done = {report.by: report.says == "done" for report in said if report.says in _DONE}
        progress = _progress(undertaking, all_concerned, done, said)
        if progress != stood:
            stood, since = progress, day
    return since


@dataclass(frozen=True, slots=True)
class _Events:
    """The days of what a deadline can hang on."""

    parties: Mapping[str, Party]
    undertakings: Mapping[str, Undertaking]
    tracks: Mapping[str, Track]
    rounds: Sequence[Round]
    reports: Reports

    def day(self, event: str, made: dt.date) -> dt.date | None:
        """The day of an event, held or set; None while it has none."""
        round_ = self._round(event, made)
        if round_ is not None:
            return round_.date
        undertaking = self.undertakings.get(event)
        if undertaking is not None:
            return self._all_said("done", event, concerned(undertaking))
        track = self.tracks.get(event)
        if track is not None and track.condition is not None:
            return self._all_said("condition_met", event, track.condition.met_when_said_by)
        return None

    def waits_for_round(self, undertaking: Undertaking) -> bool:
        """Whether it hangs on a round of which nobody has said yet that it was held."""
        event = undertaking.due and (undertaking.due.event or undertaking.due.after)
        round_ = self._round(event, undertaking.made) if event else None
        return round_ is not None and round_.state != "held"

    def _round(self, event: str, made: dt.date) -> Round | None:
        """The round that the event names, unless it was cancelled."""
        standing = (one for one in self.rounds if one.state != "cancelled")
        if event == NEXT_ROUND:
            return next((one for one in standing if one.date and one.date > made), None)
        return next((one for one in standing if one.id == event), None)

    def _all_said(self, word: str, about: str, parties: Iterable[str]) -> dt.date | None:
        """The day from which all of `parties` say it; None while one of them does not, or took it back."""
        days: dict[str, dt.date] = {}
        for report in self.reports.get(about, ()):
            if report.says == word:
                days.setdefault(report.by, report.on)
            elif report.says == _TAKES_BACK.get(word):
                days.pop(report.by, None)
        said = [days.get(party) for party in parties]
        known = [day for day in said if day is not None]
        return max(known) if known and len(known) == len(said) else None


def _deadline(undertaking: Undertaking, moved: Sequence[Report], events: _Events) -> Deadline | None:
    """When it is due; `moved` are the postponements, the last of which counts."""
    due = undertaking.due
    day = None if due is None else _day(due, undertaking.made, events)
    if due is None and not moved:
        return None
    event = None if due is None else due.event or due.after
    said = None if due is None else due.said
    wanted = moved[-1].until if moved else day
    now = wanted
    if wanted is not None and (moved or event is None or (due is not None and due.after is not None)):
        # A day of the calendar gives way to a holiday; the day of an event is what the event makes it.
        now = next_working_day(wanted, [events.parties[party] for party in undertaking.by])
    first = day if day != now else None
    days = None if due is None else due.days
    return Deadline(now, first, event, days, said, bool(moved), moved[-1].by if moved else None)


def _day(due: Due, made: dt.date, events: _Events) -> dt.date | None:
    if due.on is not None:
        return due.on
    if due.event is not None:
        return events.day(due.event, made)
    if due.after is not None:
        base = events.day(due.after, made)
        return None if base is None else later(base, due.days or 0)
    return None
