"""A consultation as it stood on a day: what came later is left out."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import replace
from operator import attrgetter

import msgspec

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Contact, RoundEvent
from tashawur.consult.register import Irritant


def as_of(consultation: Consultation, day: dt.date) -> Consultation:
    """What was said and done up to `day`, that day included, and the contacts that are planned for later."""
    known = {one.id: one for one in consultation.undertakings.values() if one.made <= day}
    log = consultation.log
    later = bisect_right(log, day, key=attrgetter("on"))
    held = {event.round for event in log[:later] if isinstance(event, RoundEvent)}
    return replace(
        consultation,
        irritants={one.id: one for irritant in consultation.irritants.values() if (one := _until(irritant, day))},
        undertakings=known,
        differences=tuple(one for one in consultation.differences if one.round in held),
        log=(*log[:later], *(entry for entry in log[later:] if isinstance(entry, Contact) and entry.planned)),
    )


def _until(irritant: Irritant, day: dt.date) -> Irritant | None:
    """The irritant without what came after `day`; None when it was raised later only."""
    raised = tuple(one for one in irritant.raised if one.on is None or one.on <= day)
    if not raised:
        return None
    facts = tuple(one for one in irritant.facts if one.on is None or one.on <= day)
    if len(raised) == len(irritant.raised) and len(facts) == len(irritant.facts):
        return irritant
    return msgspec.structs.replace(irritant, raised=raised, facts=facts)
