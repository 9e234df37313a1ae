"""A consultation as it stood on a day: what came later is left out."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

import msgspec

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Entry
from tashawur.consult.mechanism import CaseFile, Origin, Role, Source, Team
from tashawur.consult.register import Fact, Irritant, Raising
from tashawur.consult.undertakings import Undertaking

EntryOf = TypeVar("EntryOf", bound=Entry)


def as_of(consultation: Consultation, day: dt.date) -> Consultation:
    """What was said and done up to `day`, that day included, and the contacts that are planned for later.

    What bears no day counts as known from the day of its earliest source. Without one, what the register holds counts
    from the day on which the mechanism was founded, and all else as always known. An undertaking is known as soon as
    somebody who says that it was made is.
    """
    events = _until(consultation.round_events, day)
    contacts = _until(consultation.contacts, day)
    ahead = (one for one in consultation.contacts[len(contacts) :] if one.planned)
    held = {event.round for event in events}
    raised = _raised_until(consultation.case, day)
    said = _said_until(consultation.case, day)
    return replace(
        consultation,
        case=_case_until(consultation.case, day),
        irritants={one.id: irritant for one in consultation.irritants.values() if (irritant := raised(one))},
        undertakings={one.id: undertaking for one in consultation.undertakings.values() if (undertaking := said(one))},
        differences=tuple(one for one in consultation.differences if one.round in held),
        contacts=(*contacts, *ahead),
        round_events=events,
        reports=_until(consultation.reports, day),
    )


def _until(entries: tuple[EntryOf, ...], day: dt.date) -> tuple[EntryOf, ...]:
    return entries[: bisect_right(entries, day, key=attrgetter("on"))]


def _case_until(case: CaseFile, day: dt.date) -> CaseFile:
    """The case without the roles, teams and points of contact that came after `day`."""
    origin = _day_of_origin(case)

    def role(one: Role) -> dt.date | None:
        return min(filter(None, map(origin, one.origin)), default=None)

    def team(one: Team) -> dt.date | None:
        promised = one.to_be_appointed.on if one.to_be_appointed else None
        return one.since or promised or _earliest(one.sources, case.sources)

    points = tuple(one for one in case.mechanism.points_of_contact if _known(one.since, day))
    return msgspec.structs.replace(
        case,
        mechanism=msgspec.structs.replace(case.mechanism, points_of_contact=points),
        roles=tuple(one for one in case.roles if one.role == "side" or _known(role(one), day)),
        teams=tuple(one for one in case.teams if _known(team(one), day)),
    )


def _day_of_origin(case: CaseFile) -> Callable[[Origin], dt.date | None]:
    """Gives the day of an origin: that of its document, else of its earliest source; None where it has none."""
    published = {document.sha256: document.on for document in case.documents}
    return lambda one: published.get(one.document or "") or _earliest(one.sources, case.sources)


def _said_until(case: CaseFile, day: dt.date) -> Callable[[Undertaking], Undertaking | None]:
    """Gives an undertaking without the origins that came after `day`; None while it, or all of them, did."""
    origin = _day_of_origin(case)
    # With every document and source published, which is the rule, no origin need be looked at.
    days = (*(one.on for one in case.documents), *(one.on for one in case.sources.values()))
    if all(_known(one, day) for one in days):
        return lambda undertaking: undertaking if undertaking.made <= day else None

    def until(undertaking: Undertaking) -> Undertaking | None:
        known = tuple(one for one in undertaking.origin if _known(origin(one), day))
        if undertaking.made > day or not known:
            return None
        same = len(known) == len(undertaking.origin)
        return undertaking if same else msgspec.structs.replace(undertaking, origin=known)

    return until


def _raised_until(case: CaseFile, day: dt.date) -> Callable[[Irritant], Irritant | None]:
    """Gives an irritant without what came after `day`; None when it was raised later only."""

    def dated(one: Raising | Fact) -> bool:
        return _known(one.on or _earliest(one.sources, case.sources) or case.mechanism.founded, day)

    def until(irritant: Irritant) -> Irritant | None:
        raised, facts = tuple(filter(dated, irritant.raised)), tuple(filter(dated, irritant.facts))
        if not raised:
            return None
        if len(raised) == len(irritant.raised) and len(facts) == len(irritant.facts):
            return irritant
        return msgspec.structs.replace(irritant, raised=raised, facts=facts)

    return until


def _earliest(names: Iterable[str], sources: Mapping[str, Source]) -> dt.date | None:
    """The day of the earliest of the sources; None where none of them has a day."""
    return min((day for name in names if (day := sources[name].on)), default=None)


def _known(day: dt.date | None, on: dt.date) -> bool:
    return day is None or day <= on
