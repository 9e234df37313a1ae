"""What is due and when: undertakings, rounds and the least rhythm of contact, as entries of a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tashawur.keep.calendars import later
from tashawur.keep.following import Followed
from tashawur.keep.standing import Standing


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry: a day, what falls on it, and for whom. `late_days` is 0 unless the day is past and nothing came."""

    day: dt.date
    sort: Literal["undertaking", "round", "contact", "rhythm"]
    ref: str
    parties: tuple[str, ...]
    late_days: int = 0
    postponed: bool = False
    begins: dt.datetime | None = None
    ends: dt.datetime | None = None


def agenda(standing: Standing, side: str | None = None) -> list[Appointment]:
    """All that has a day and is not done, the earliest first; with `side`, only what concerns that party."""
    found = [
        *_undertakings(standing),
        *_rounds(standing),
        *_contacts(standing),
        *_rhythm(standing),
    ]
    mine = [one for one in found if side is None or side in one.parties]
    return sorted(mine, key=lambda one: (one.day, one.sort, one.ref))


def _undertakings(standing: Standing) -> Iterator[Appointment]:
    for one in standing.undertakings:
        if one.deadline is not None and one.deadline.day is not None and not _performed(one):
            yield Appointment(
                one.deadline.day,
                "undertaking",
                one.undertaking.id,
                one.undertaking.by,
                one.late_days,
                one.deadline.postponed,
            )


def _performed(one: Followed) -> bool:
    """Whether nothing is left to do: all say so, all who owe it say so, or its condition is not met."""
    owing = one.undertaking.by
    said = all(one.done.get(party, False) for party in owing) and one.progress != "disputed"
    return said or one.progress in ("resolved", "conditional")


def _rounds(standing: Standing) -> Iterator[Appointment]:
    sides = standing.consultation.sides
    for one in standing.rounds:
        if one.date is not None and one.date >= standing.on and one.state in ("proposed", "confirmed", "postponed"):
            moved = one.state == "postponed"
            yield Appointment(one.date, "round", one.id, sides, postponed=moved, begins=one.begins, ends=one.ends)


def _contacts(standing: Standing) -> Iterator[Appointment]:
    for contact in standing.contacts.planned:
        yield Appointment(contact.on, "contact", contact.id, contact.between, begins=contact.at)


def _rhythm(standing: Standing) -> Iterator[Appointment]:
    rhythm, last = standing.consultation.case.mechanism.rhythm, standing.contacts.last_between_sides
    if rhythm is not None and last is not None:
        day = later(last, rhythm.days)
        late = max(0, (standing.on - day).days)
        yield Appointment(day, "rhythm", "rhythm", standing.consultation.sides, late)
