"""What is awaited from whom since when, with the reason that the awaited party itself gives. Facts, no blame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Contact, Report
from tashawur.consult.rounds import Round
from tashawur.keep.calendars import later
from tashawur.keep.contacts import Contacts
from tashawur.keep.following import Followed, concerned
from tashawur.keep.problems import Problem
from tashawur.terms.vocabulary import Found

Matter = Literal[
    "performance",
    "word_on_done",
    "settling",
    "answer",
    "team",
    "round_answer",
    "round_outcome",
    "new_date",
    "contact",
    "contact_outcome",
]


class Awaited(Found, frozen=True):
    """One thing awaited from one party.

    `matter` says what sort of thing: to do what was undertaken; to say whether what another reports as done is done;
    to settle with the others whether it is done, where they say different things; to answer on an irritant; to appoint
    a team; to answer on a proposed round; to say what became of a round whose day is past; to set a new date; to make
    contact; to say what became of a planned contact whose day is past. `ref` is the id of the thing itself. A reason is
    only ever the awaited party's own.
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


@dataclass(frozen=True, slots=True)
class Known:
    """What is known on a day, from which follows what is awaited."""

    consultation: Consultation
    today: dt.date
    reports: Mapping[str, Sequence[Report]]
    rounds: Sequence[Round]
    followed: Sequence[Followed]
    problems: Sequence[Problem]
    contacts: Contacts


_ORDER: Final[Mapping[Matter, int]] = {
    "new_date": 0,
    "round_answer": 0,
    "round_outcome": 0,
    "contact": 0,
    "contact_outcome": 0,
    "team": 1,
    "word_on_done": 2,
    "settling": 2,
    "answer": 2,
    "performance": 3,
}
"""What is asked for first: a day to meet, then who meets, then words, then deeds that nobody set a day for."""


def _urgency(one: Awaited) -> tuple[int, dt.date, int, dt.date, str, str]:
    """What is past its day first, then what has a day, then the rest; in each, what is awaited longest."""
    rank = 0 if one.late_days else 1 if one.due is not None else 2
    return rank, one.due or dt.date.max, _ORDER[one.matter], one.since, one.ref, one.party


def awaited(known: Known) -> list[Awaited]:
    """All that is awaited, the most pressing first."""
    found = [
        *_from_undertakings(known.followed, known.today),
        *_from_rounds(known.consultation, known.rounds, known.today),
        *_from_teams(known.consultation, known.reports, known.today),
        *_from_rhythm(known.consultation, known.contacts.last_between_sides, known.today),
        *_from_planned(known.contacts.unheard, known.today),
        *_from_problems(known.problems, known.today),
    ]
    return sorted(found, key=_urgency)


def _from_undertakings(followed: Sequence[Followed], today: dt.date) -> Iterator[Awaited]:
    for one in followed:
        if one.progress in ("resolved", "conditional"):
            continue
        deadline = one.deadline
        for party in one.undertaking.by:
            # A deed is awaited from who says itself that it undertook it: another's word binds nobody.
            if party in one.asserted_by and not one.done.get(party, False):
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
        if one.progress == "disputed" and any(one.done.get(party, False) for party in one.undertaking.by):
            for party in one.done:
                yield Awaited(party, "settling", one.undertaking.id, one.since, (today - one.since).days)
        if one.progress == "reported":
            for party in concerned(one.undertaking):
                if party not in one.done and party not in one.undertaking.by:
                    yield Awaited(party, "word_on_done", one.undertaking.id, one.since, (today - one.since).days)


def _from_rounds(consultation: Consultation, rounds: Sequence[Round], today: dt.date) -> Iterator[Awaited]:
    for one in rounds:
        if one.state in ("proposed", "confirmed", "postponed") and one.date is not None and one.date < today:
            for party in consultation.sides:
                yield Awaited(party, "round_outcome", one.id, one.date, (today - one.date).days)
        elif one.state in ("proposed", "confirmed") or (one.state == "postponed" and one.date is not None):
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


def _from_teams(
    consultation: Consultation, reports: Mapping[str, Sequence[Report]], today: dt.date
) -> Iterator[Awaited]:
    for team in consultation.case.teams:
        told = [one for one in reports.get(team.id, ()) if one.by == team.party]
        if team.to_be_appointed is not None and not any(one.says == "appointed" for one in told):
            since = team.to_be_appointed.on
            reason = next((one.said for one in reversed(told) if one.said), None)
            if since <= today:
                yield Awaited(team.party, "team", team.id, since, (today - since).days, reason=reason)


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


def _from_planned(unheard: Sequence[Contact], today: dt.date) -> Iterator[Awaited]:
    for contact in unheard:
        for party in dict.fromkeys(contact.between):
            yield Awaited(party, "contact_outcome", contact.id, contact.on, (today - contact.on).days)


def _from_problems(problems: Sequence[Problem], today: dt.date) -> Iterator[Awaited]:
    for problem in problems:
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
