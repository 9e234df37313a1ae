"""What is awaited from whom since when, with the reason that the awaited party itself gives. Facts, no blame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Report
from tashawur.consult.mechanism import Team
from tashawur.consult.rounds import Round
from tashawur.keep.calendars import later
from tashawur.keep.following import Followed, concerned
from tashawur.keep.problems import Problem

Matter = Literal["performance", "word_on_done", "answer", "team", "round_answer", "new_date", "contact"]


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing awaited from one party.

    `matter` says what sort of thing: to do what was undertaken; to say whether what another reports as done is done;
    to answer on an irritant; to appoint a team; to answer on a proposed round; to set a new date; to make contact.
    `ref` is the id of the thing itself. A reason is only ever the awaited party's own.
    """

    party: str
    matter: Matter
    ref: str
    since: dt.date
    days: int
    due: dt.date | None = None
    late_days: int = 0
    postponed: bool = False
    reason: Mapping[str, str] | None = None
    no_reason_given: bool = False


def awaited(
    consultation: Consultation,
    rounds: Sequence[Round],
    followed: Sequence[Followed],
    standing_problems: Sequence[Problem],
    last_contact: dt.date | None,
    today: dt.date,
) -> list[Awaited]:
    """All that is awaited `today`, the longest first, then by party and id."""
    found = [
        *_from_undertakings(followed, today),
        *_from_rounds(consultation, rounds, today),
        *_from_teams(consultation, today),
        *_from_rhythm(consultation, last_contact, today),
        *_from_problems(standing_problems, today),
    ]
    return sorted(found, key=lambda one: (one.since, one.party, one.matter, one.ref))


def _from_undertakings(followed: Sequence[Followed], today: dt.date) -> Iterator[Awaited]:
    for one in followed:
        if one.progress in ("resolved", "conditional"):
            continue
        deadline = one.deadline
        for party in one.undertaking.by:
            if not one.done.get(party, False):
                yield Awaited(
                    party,
                    "performance",
                    one.undertaking.id,
                    one.undertaking.made,
                    (today - one.undertaking.made).days,
                    deadline.day if deadline else None,
                    one.late_days,
                    deadline.postponed if deadline else False,
                    one.reasons.get(party),
                )
        if one.progress == "reported":
            for party in concerned(one.undertaking):
                if party not in one.done and party not in one.undertaking.by:
                    yield Awaited(party, "word_on_done", one.undertaking.id, one.since, (today - one.since).days)


def _from_rounds(consultation: Consultation, rounds: Sequence[Round], today: dt.date) -> Iterator[Awaited]:
    for one in rounds:
        if one.state == "proposed" and (one.date is None or one.date >= today):
            for party in consultation.sides:
                if party not in one.agreed_by:
                    yield Awaited(party, "round_answer", one.id, one.since, (today - one.since).days, one.date)
    unset = [one for one in rounds if one.state == "cancelled" or (one.state == "postponed" and one.date is None)]
    for one in unset:
        if any(other.state != "cancelled" and other.proposed_on >= one.since for other in rounds if other is not one):
            continue
        for party in consultation.sides:
            yield Awaited(
                party,
                "new_date",
                one.id,
                one.since,
                (today - one.since).days,
                postponed=one.state == "postponed",
                reason=(one.reasons or {}).get(party),
                no_reason_given=party in one.no_reason_from,
            )


def _from_teams(consultation: Consultation, today: dt.date) -> Iterator[Awaited]:
    reports = consultation.reports()
    for team in consultation.case.teams:
        if team.to_be_appointed is not None and not appointed(team, reports):
            since = team.to_be_appointed.on
            said = [report.said for report in reports if report.about == team.id and report.by == team.party]
            reason = next((one for one in reversed(said) if one), None)
            if since <= today:
                yield Awaited(team.party, "team", team.id, since, (today - since).days, reason=reason)


def appointed(team: Team, reports: Sequence[Report]) -> bool:
    """Whether the team is appointed: by the case file, or by a report of its own party."""
    if team.to_be_appointed is None:
        return True
    return any(one.about == team.id and one.says == "appointed" and one.by == team.party for one in reports)


def _from_rhythm(consultation: Consultation, last_contact: dt.date | None, today: dt.date) -> Iterator[Awaited]:
    rhythm = consultation.case.mechanism.rhythm
    if rhythm is None or last_contact is None:
        return
    due = later(last_contact, rhythm.days)
    if due < today:
        for party in consultation.sides:
            yield Awaited(
                party,
                "contact",
                "mechanism",
                last_contact,
                (today - last_contact).days,
                due,
                (today - due).days,
            )


def _from_problems(standing_problems: Sequence[Problem], today: dt.date) -> Iterator[Awaited]:
    for problem in standing_problems:
        if problem.state in ("resolved", "lapsed"):
            continue
        for party, since in problem.unanswered:
            yield Awaited(
                party,
                "answer",
                problem.irritant.id,
                since,
                (today - since).days,
                reason=problem.reasons.get(party),
            )
