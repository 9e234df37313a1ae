"""The calendar file (iCalendar, RFC 5545) of what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event

from tashawur.keep.agenda import Appointment
from tashawur.papers.telling import Telling


def calendar_file(telling: Telling, appointments: Iterable[Appointment]) -> bytes:
    """One event for each appointment, with a stable name, so that a calendar updates it and never doubles it.

    The stamp is the day of the standing: the same standing gives the same bytes.
    """
    case = telling.standing.consultation.case
    stamp = dt.datetime.combine(telling.standing.on, dt.time(), dt.UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//Tashawur//EN")
    calendar.add("version", "2.0")
    calendar.add("name", telling.title(), parameters={"language": telling.words.lang})
    for one in appointments:
        event = Event()
        event.add("uid", f"{case.id}-{one.sort}-{one.ref}@tashawur")
        event.add("dtstamp", stamp)
        event.add("dtstart", one.begins or one.day)
        if one.begins is not None and one.ends is not None:
            event.add("dtend", one.ends)
        told = f"{telling.parties(one.parties)}: {telling.appointment(one)}"
        event.add("summary", told, parameters={"language": telling.words.lang})
        event.add("description", telling.stamp() or telling.title(), parameters={"language": telling.words.lang})
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written
