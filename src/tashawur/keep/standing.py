"""Where a consultation stands on a day: the one value that every page, paper and command shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Report
from tashawur.consult.mechanism import Indicator, Promise, Role, Team, Track
from tashawur.consult.moment import as_of
from tashawur.consult.rounds import Round, rounds
from tashawur.keep.awaited import Awaited, Known, awaited
from tashawur.keep.contacts import Contacts, contacts
from tashawur.keep.following import Followed, concerned, follow
from tashawur.keep.problems import Problem, problems

Text = Mapping[str, str]


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
class Own:
    """One party's own view: what it owes, and what it awaits of others.

    A side awaits all that the others owe; another party only what is owed to it.
    """

    owes: Sequence[Awaited]
    awaits: Sequence[Awaited]


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

    def own(self, party: str) -> Own:
        """What the party owes and awaits."""
        owes = [one for one in self.awaited if one.party == party]
        others = [one for one in self.awaited if one.party != party]
        if party in self.consultation.sides:
            return Own(owes, others)
        return Own(owes, [one for one in others if self._is_owed_to(party, one)])

    def _is_owed_to(self, party: str, one: Awaited) -> bool:
        """Whether what is awaited is for a party that is no side: an act for it, or a word that it waits for."""
        match one.matter:
            case "performance":
                return party in self.consultation.undertakings[one.ref].to
            case "word_on_done" | "settling":
                return party in concerned(self.consultation.undertakings[one.ref])
            case "answer":
                return any(party in problem.raised_by for problem in self.problems if problem.irritant.id == one.ref)
            case "contact_outcome":
                return any(party in contact.between for contact in self.contacts.unheard if contact.id == one.ref)
            case _:
                return False


def standing(whole: Consultation, on: dt.date) -> Standing:
    """Where `whole` stands on the day `on`: what came later is left out. Pure: the day is an argument."""
    consultation = as_of(whole, on)
    reports = consultation.reports_by_subject()
    all_rounds = rounds(consultation.round_events)
    touched = contacts(consultation, all_rounds, on)
    followed = follow(consultation, reports, all_rounds, on)
    all_problems = problems(consultation, reports)
    return Standing(
        consultation=consultation,
        on=on,
        account_ends=whole.account_ends,
        roles=consultation.case.roles,
        contacts=touched,
        rounds=all_rounds,
        problems=all_problems,
        teams=[_team(team, reports.get(team.id, ())) for team in consultation.case.teams],
        tracks=[_track(track, reports.get(track.id, ())) for track in consultation.case.tracks],
        undertakings=followed,
        indicators=[_indicator(one, reports.get(one.id, ())) for one in consultation.indicators.values()],
        awaited=awaited(Known(consultation, on, reports, all_rounds, followed, all_problems, touched)),
    )


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
