"""Where a consultation stands on a day: the one value that every page, paper and command shows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Contact, Form, Report
from tashawur.consult.mechanism import Indicator, Promise, Role, Team, Track
from tashawur.consult.moment import as_of
from tashawur.consult.rounds import Round, rounds
from tashawur.keep.awaited import Awaited, Known, awaited
from tashawur.keep.following import Followed, follow
from tashawur.keep.problems import Problem, problems
from tashawur.terms.vocabulary import Found

Text = Mapping[str, str]

RECENT: Final = 250
"""Contacts that are kept one by one for a timeline; the others are counted."""

_PLANNED: Final = ("proposed", "confirmed", "postponed")


class Touch(Found, frozen=True):
    """One contact between parties: of the log, or a round that was held (then `round` names it)."""

    on: dt.date
    form: Form
    between: tuple[str, ...]
    about: Text | None
    level: Text | None
    place: Text | None = None
    round: str | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """How often the parties were in touch, when last, when next, and how long ago."""

    count: int
    by_form: Mapping[str, int]
    last: Touch | None
    next: Touch | None
    days_since: int | None
    recent: Sequence[Touch]
    """The last `RECENT` of them, oldest first."""


@dataclass(frozen=True, slots=True)
class TeamNow:
    """A team: appointed, by title and rank, or still to be appointed, with what was promised.

    `head` and `since` are those of the case file, or of the last report of its own party that somebody was appointed.
    """

    team: Team
    appointed: bool
    since: dt.date | None
    head: Text | None
    promised: Promise | None


@dataclass(frozen=True, slots=True)
class TrackNow:
    """A track: open, or waiting for its one condition; `met_says` are the parties that say it is met."""

    track: Track
    open: bool
    met_says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorNow:
    """An indicator with the last reading that a party reported; without one it is not measured."""

    indicator: Indicator
    value: float | None
    on: dt.date | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the consultation stands on the day `on`.

    `account_ends` is the day at which the account as a whole ends; behind it, nothing is known of what happened.
    """

    consultation: Consultation
    on: dt.date
    account_ends: dt.date | None
    roles: Sequence[Role]
    contacts: Contacts
    rounds: Sequence[Round]
    problems: Sequence[Problem]
    teams: Sequence[TeamNow]
    tracks: Sequence[TrackNow]
    undertakings: Sequence[Followed]
    indicators: Sequence[IndicatorNow]
    awaited: Sequence[Awaited]


def standing(whole: Consultation, on: dt.date) -> Standing:
    """Where `whole` stands on the day `on`: what came later is left out. Pure: the day is an argument."""
    consultation = as_of(whole, on)
    reports = consultation.reports_by_subject()
    all_rounds = rounds(consultation.round_events)
    contacts = _contacts(consultation, all_rounds, on)
    followed = follow(consultation, reports, all_rounds, on)
    all_problems = problems(consultation, reports)
    last = contacts.last.on if contacts.last else None
    return Standing(
        consultation=consultation,
        on=on,
        account_ends=whole.account_ends,
        roles=consultation.case.roles,
        contacts=contacts,
        rounds=all_rounds,
        problems=all_problems,
        teams=[_team(team, reports.get(team.id, ())) for team in consultation.case.teams],
        tracks=[_track(track, reports.get(track.id, ())) for track in consultation.case.tracks],
        undertakings=followed,
        indicators=[_indicator(one, reports.get(one.id, ())) for one in consultation.indicators.values()],
        awaited=awaited(Known(consultation, on, reports, all_rounds, followed, all_problems, last)),
    )


def _contacts(consultation: Consultation, all_rounds: Sequence[Round], on: dt.date) -> Contacts:
    logged = [one for one in consultation.contacts if not one.planned]
    held = [_of_round(one, consultation) for one in all_rounds if one.state == "held" and one.date]
    planned = [_of_round(one, consultation) for one in all_rounds if one.state in _PLANNED and one.date]
    past = sorted((*map(_of_contact, logged[-RECENT:]), *held), key=_by_day)[-RECENT:]
    ahead = sorted((*(_of_contact(one) for one in consultation.contacts if one.planned), *planned), key=_by_day)
    forms = Counter(map(attrgetter("form"), logged)) + Counter(meeting=len(held))
    last = past[-1] if past else None
    return Contacts(
        count=len(logged) + len(held),
        by_form=dict(sorted(forms.items())),
        last=last,
        next=next((one for one in ahead if one.on > on), None),
        days_since=(on - last.on).days if last else None,
        recent=past,
    )


def _of_contact(one: Contact) -> Touch:
    return Touch(one.on, one.form, one.between, one.about, one.level, ref=one.id)


def _of_round(one: Round, consultation: Consultation) -> Touch:
    day = one.date or one.since
    return Touch(day, "meeting", consultation.sides, one.outcome, one.level, one.place, one.id, one.id)


def _by_day(touch: Touch) -> tuple[dt.date, str]:
    return touch.on, touch.ref


def _team(team: Team, reports: Sequence[Report]) -> TeamNow:
    told = [one for one in reports if one.says == "appointed" and one.by == team.party]
    if told:
        return TeamNow(team, appointed=True, since=told[-1].on, head=told[-1].said or team.head, promised=None)
    if team.to_be_appointed is None:
        return TeamNow(team, appointed=True, since=team.since, head=team.head, promised=None)
    return TeamNow(team, appointed=False, since=None, head=None, promised=team.to_be_appointed)


def _track(track: Track, reports: Sequence[Report]) -> TrackNow:
    if track.condition is None:
        return TrackNow(track, open=True, met_says=())
    said = {one.by for one in reports if one.says == "condition_met"}
    met = tuple(party for party in track.condition.met_when_said_by if party in said)
    return TrackNow(track, open=len(met) == len(track.condition.met_when_said_by), met_says=met)


def _indicator(indicator: Indicator, reports: Sequence[Report]) -> IndicatorNow:
    told = [one for one in reports if one.says == "measured"]
    if not told:
        return IndicatorNow(indicator, None, None, None)
    return IndicatorNow(indicator, told[-1].value, told[-1].on, told[-1].by)
