"""Where a consultation stands on a day: the one value that every page, paper and command shows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Form, Report
from tashawur.consult.mechanism import Indicator, Promise, Role, Team, Track
from tashawur.consult.moment import as_of
from tashawur.consult.rounds import Round, rounds
from tashawur.keep.awaited import Awaited, appointed, awaited
from tashawur.keep.following import Followed, follow
from tashawur.keep.problems import Problem, problems

Text = Mapping[str, str]

_PLANNED: Final = ("proposed", "confirmed", "postponed")


@dataclass(frozen=True, slots=True)
class Touch:
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
    all: Sequence[Touch]


@dataclass(frozen=True, slots=True)
class TeamNow:
    """A team: appointed, by title and rank, or still to be appointed, with what was promised."""

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
    """Where the consultation stands on the day `on`."""

    consultation: Consultation
    on: dt.date
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
    reports = consultation.reports()
    all_rounds = rounds(consultation.round_events())
    contacts = _contacts(consultation, all_rounds, on)
    followed = follow(consultation, all_rounds, on)
    all_problems = problems(consultation)
    last = contacts.last.on if contacts.last else None
    return Standing(
        consultation=consultation,
        on=on,
        roles=consultation.case.roles,
        contacts=contacts,
        rounds=all_rounds,
        problems=all_problems,
        teams=[_team(team, reports) for team in consultation.case.teams],
        tracks=[_track(track, reports) for track in consultation.case.tracks],
        undertakings=followed,
        indicators=[_indicator(indicator, reports) for indicator in consultation.indicators.values()],
        awaited=awaited(consultation, all_rounds, followed, all_problems, last, on),
    )


def _contacts(consultation: Consultation, all_rounds: Sequence[Round], on: dt.date) -> Contacts:
    logged = [Touch(one.on, one.form, one.between, one.about, one.level, ref=one.id) for one in consultation.contacts()]
    held = [_touch(one, consultation) for one in all_rounds if one.state == "held" and one.date]
    planned = [_touch(one, consultation) for one in all_rounds if one.state in _PLANNED and one.date]
    past = sorted((one for one in (*logged, *held) if one.on <= on), key=_by_day)
    ahead = sorted((one for one in (*logged, *planned) if one.on > on), key=_by_day)
    last = past[-1] if past else None
    return Contacts(
        count=len(past),
        by_form=dict(sorted(Counter(one.form for one in past).items())),
        last=last,
        next=ahead[0] if ahead else None,
        days_since=(on - last.on).days if last else None,
        all=past,
    )


def _touch(one: Round, consultation: Consultation) -> Touch:
    assert one.date is not None  # noqa: S101 - its callers choose rounds that have a day
    return Touch(one.date, "meeting", consultation.sides, one.outcome, one.level, one.place, one.id, one.id)


def _by_day(touch: Touch) -> tuple[dt.date, str]:
    return touch.on, touch.ref


def _team(team: Team, reports: Sequence[Report]) -> TeamNow:
    told = [one for one in reports if one.about == team.id and one.says == "appointed" and one.by == team.party]
    if team.to_be_appointed is not None and told:
        return TeamNow(team, appointed=True, since=told[-1].on, head=told[-1].said, promised=None)
    return TeamNow(team, appointed(team, reports), team.since, team.head, team.to_be_appointed)


def _track(track: Track, reports: Sequence[Report]) -> TrackNow:
    if track.condition is None:
        return TrackNow(track, open=True, met_says=())
    said = {one.by for one in reports if one.about == track.id and one.says == "condition_met"}
    met = tuple(party for party in track.condition.met_when_said_by if party in said)
    return TrackNow(track, open=len(met) == len(track.condition.met_when_said_by), met_says=met)


def _indicator(indicator: Indicator, reports: Sequence[Report]) -> IndicatorNow:
    told = [one for one in reports if one.about == indicator.id and one.says == "measured"]
    if not told:
        return IndicatorNow(indicator, None, None, None)
    return IndicatorNow(indicator, told[-1].value, told[-1].on, told[-1].by)
