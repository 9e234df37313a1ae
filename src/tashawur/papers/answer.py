"""A standing as one JSON document, the same in every language: texts come in all the languages that they have."""

from __future__ import annotations

from typing import Any

from tashawur.consult.rounds import Round
from tashawur.keep.awaited import Awaited
from tashawur.keep.contacts import Touch
from tashawur.keep.following import Followed
from tashawur.keep.problems import STATES, Problem
from tashawur.keep.standing import IndicatorNow, Standing, TeamNow, TrackNow


def answer(standing: Standing, side: str | None = None) -> dict[str, Any]:
    """The standing as one value to encode as JSON. `exercise` is true where states, facts and numbers are invented.

    With a side, `private` holds what it owes and awaits. No private number is in it: briefs, estimates and step values
    are not part of a standing.
    """
    return _shared(standing) | ({} if side is None else {"private": _private(standing, side)})


def _private(standing: Standing, side: str) -> dict[str, Any]:
    own = standing.own(side)
    return {"side": side, "owes": list(map(_awaited, own.owes)), "awaits": list(map(_awaited, own.awaits))}


def _shared(standing: Standing) -> dict[str, Any]:
    case = standing.consultation.case
    return {
        "id": case.id,
        "title": case.title,
        "exercise": case.exercise,
        "invented": case.exercise,
        "on": standing.on,
        "facts_until": case.facts_until,
        "mechanism": _mechanism(standing),
        "contacts": _contacts(standing),
        "rounds": [_round(one) for one in standing.rounds],
        "problems": _problems(standing),
        "teams": [_team(one) for one in standing.teams],
        "tracks": [_track(one) for one in standing.tracks],
        "undertakings": [_undertaking(one) for one in standing.undertakings],
        "differences": standing.consultation.differences,
        "objective": _objective(standing),
        "awaited": [_awaited(one) for one in standing.awaited],
    }


def _mechanism(standing: Standing) -> dict[str, Any]:
    case = standing.consultation.case
    mechanism = case.mechanism
    return {
        "purpose": mechanism.purpose,
        "founded": mechanism.founded,
        "parties": [{"id": party.id, "name": party.name} for party in case.parties],
        "sides": standing.consultation.sides,
        "hosts": [role.party for role in case.roles if role.role == "host" and role.claimed_by is None],
        "roles": [
            {
                "party": role.party,
                "role": role.role,
                "track": role.track,
                "claimed_by": role.claimed_by,
                "note": role.note,
            }
            for role in standing.roles
        ],
        "points_of_contact": mechanism.points_of_contact,
        "rhythm_days": mechanism.rhythm.days if mechanism.rhythm else None,
        "cancelled_round_goes_to": mechanism.cancelled_round_goes_to,
        "media": mechanism.media,
        "ends": mechanism.ends,
        "origin": mechanism.origin,
    }


def _contacts(standing: Standing) -> dict[str, Any]:
    contacts = standing.contacts
    return {
        "count": contacts.count,
        "by_form": dict(contacts.by_form),
        "last": _touch(contacts.last),
        "next": _touch(contacts.next),
        "days_since": contacts.days_since,
    }


def _touch(touch: Touch | None) -> dict[str, Any] | None:
    if touch is None:
        return None
    return {
        "on": touch.on,
        "form": touch.form,
        "between": touch.between,
        "round": touch.round,
        "place": touch.place,
        "level": touch.level,
        "about": touch.about,
    }


def _round(one: Round) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.state,
        "since": one.since,
        "date": one.date,
        "begins": one.begins,
        "ends": one.ends,
        "host": one.host,
        "place": one.place,
        "venue": one.venue,
        "level": one.level,
        "outcome": one.outcome,
        "postponed": [{"on": move.on, "by": move.by, "to": move.to, "reasons": move.reasons} for move in one.moves],
        "cancelled_by": one.cancelled_by,
        "reasons": one.reasons,
        "no_reason_from": one.no_reason_from,
        "assessments": one.assessments,
        "sources": one.sources,
    }


def _problems(standing: Standing) -> dict[str, Any]:
    by_state = {state: [one.irritant.id for one in standing.problems if one.state == state] for state in STATES}
    return {
        "count": len(standing.problems),
        "by_state": {state: ids for state, ids in by_state.items() if ids},
        "all": [_problem(one) for one in standing.problems],
    }


def _problem(one: Problem) -> dict[str, Any]:
    return {
        "id": one.irritant.id,
        "name": one.irritant.name,
        "state": one.state,
        "says": one.says,
        "track": one.irritant.track,
        "raised_by": one.raised_by,
        "responding": one.responding,
        "times_raised": one.times_raised,
        "last_raised": one.last_raised,
    }


def _team(one: TeamNow) -> dict[str, Any]:
    promised = one.promised
    return {
        "id": one.team.id,
        "party": one.team.party,
        "mandate": one.team.mandate,
        "excludes": one.team.excludes,
        "rank": one.team.rank,
        "head": one.head,
        "appointed": one.appointed,
        "since": one.since,
        "to_be_appointed": None if promised is None else {"promised": promised.said, "on": promised.on},
    }


def _track(one: TrackNow) -> dict[str, Any]:
    condition = one.track.condition
    return {
        "id": one.track.id,
        "name": one.track.name,
        "part_of": one.track.part_of,
        "open": one.open,
        "condition": None if condition is None else condition.text,
        "met_says": one.met_says,
    }


def _undertaking(one: Followed) -> dict[str, Any]:
    undertaking, deadline = one.undertaking, one.deadline
    return {
        "id": undertaking.id,
        "what": undertaking.what,
        "by": undertaking.by,
        "to": undertaking.to,
        "made": undertaking.made,
        "round": undertaking.round,
        "track": undertaking.track,
        "strength": undertaking.strength,
        "condition": undertaking.condition,
        "criteria": undertaking.criteria,
        "standing": one.standing,
        "asserted_by": one.asserted_by,
        "denied_by": one.denied_by,
        "confirmed_by": one.confirmed_by,
        "progress": one.progress,
        "done": one.done,
        "evidence": one.evidence,
        "reasons": one.reasons,
        "due": None
        if deadline is None
        else {
            "day": deadline.day,
            "first": deadline.first,
            "event": deadline.event,
            "days_after": deadline.days,
            "said": deadline.said,
            "postponed": deadline.postponed,
        },
        "late_days": one.late_days,
        "origin": undertaking.origin,
    }


def _objective(standing: Standing) -> dict[str, Any] | None:
    objective = standing.consultation.case.objective
    if objective is None:
        return None
    return {
        "aim": objective.aim,
        "origin": objective.origin,
        "indicators": [_indicator(one) for one in standing.indicators],
    }


def _indicator(one: IndicatorNow) -> dict[str, Any]:
    indicator = one.indicator
    return {
        "id": indicator.id,
        "name": indicator.name,
        "unit": indicator.unit,
        "reporter": indicator.reporter,
        "baseline": indicator.baseline,
        "now": None if one.value is None else {"value": one.value, "on": one.on, "by": one.by},
        "target": indicator.target,
        "measured": one.value is not None,
    }


def _awaited(one: Awaited) -> dict[str, Any]:
    return {
        "from": one.party,
        "matter": one.matter,
        "ref": one.ref,
        "since": one.since,
        "days": one.days,
        "due": one.due,
        "late_days": one.late_days,
        "postponed": one.postponed,
        "reason": one.reason,
        "no_reason_given": one.no_reason_given,
    }
