"""One timeline of contacts, rounds, gaps and cancellations, ready to be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tashawur.keep.contacts import Touch
from tashawur.keep.standing import Standing

GAP: Final = 21
"""Days without a contact from which a gap is shown."""

MOST: Final = 200
"""Items of a timeline: the latest ones are shown, the earlier ones counted."""

Sort = Literal["call", "letter", "note", "meeting", "message", "round", "planned", "postponed", "cancelled", "gap"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something on the timeline; `place` is where it lies between the first day (0) and the last (100)."""

    sort: Sort
    day: dt.date
    ref: str
    place: float
    until: dt.date | None = None
    width: float = 0.0
    touch: Touch | None = None

    @property
    def days(self) -> int:
        """Days that a gap lasts."""
        return 0 if self.until is None else (self.until - self.day).days


@dataclass(frozen=True, slots=True)
class Timeline:
    """The items, oldest first, and how many earlier ones were left out."""

    first: dt.date
    last: dt.date
    items: Sequence[Item]
    left_out: int


def timeline(standing: Standing) -> Timeline | None:
    """The timeline up to the day of the standing, and what is planned behind it; None without any contact."""
    touched = [(touch.on, touch.round is None, touch) for touch in standing.contacts.recent]
    events: list[tuple[dt.date, Sort, str, Touch | None]] = [
        (day, touch.form if plain else "round", touch.ref, touch) for day, plain, touch in touched
    ]
    for one in standing.rounds:
        if one.state == "cancelled":
            events.append((one.since, "cancelled", one.id, None))
        elif one.state != "held" and one.date is not None:
            events.append((one.date, "planned", one.id, None))
        events += [(move.on, "postponed", one.id, None) for move in one.moves]
    if not events:
        return None
    events.sort(key=lambda event: (event[0], event[1], event[2]))
    shown = events[-MOST:]
    first, last = shown[0][0], max(standing.on, shown[-1][0])
    span = max(1, (last - first).days)

    def place(day: dt.date) -> float:
        return round(100 * (day - first).days / span, 2)

    items = [Item(sort, day, ref, place(day), touch=touch) for day, sort, ref, touch in shown]
    items += [
        Item("gap", before, "", place(before), after, place(after) - place(before))
        for before, after in _gaps(standing, first)
    ]
    items.sort(key=lambda item: (item.day, item.sort == "gap"))
    unkept = standing.contacts.count - len(standing.contacts.recent)
    return Timeline(first, last, items, len(events) - len(shown) + unkept)


def _gaps(standing: Standing, first: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Stretches without any contact, the one that still lasts included."""
    days = [touch.on for touch in standing.contacts.recent if touch.on >= first]
    ends = [*days[1:], standing.on]
    return [(before, after) for before, after in zip(days, ends, strict=False) if (after - before).days >= GAP]
