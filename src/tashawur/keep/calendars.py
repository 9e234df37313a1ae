"""Days on which a party works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from tashawur.consult.mechanism import Party

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FARTHEST: Final = 400
"""Days in a row on which nobody works are a mistake of the file after more than a year of them."""


def is_working_day(day: dt.date, party: Party) -> bool:
    """Whether `party` works on `day`: neither its weekend nor one of its holidays."""
    if _WEEKDAYS[day.weekday()] in party.weekend:
        return False
    return not (party.holidays and any(holiday.begins <= day <= holiday.ends for holiday in party.holidays))


def later(day: dt.date, days: int) -> dt.date:
    """The day `days` after `day`, or the last one that the calendar knows."""
    return dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))


def next_working_day(day: dt.date, parties: Iterable[Party]) -> dt.date:
    """The first day from `day` on at which all `parties` work; `day` itself if they never do.

    So something due on a holiday of those who owe it is due on their next working day.
    """
    owing = tuple(parties)
    candidate = day
    for _ in range(_FARTHEST):
        for party in owing:
            if not is_working_day(candidate, party):
                break
        else:
            return candidate
        candidate = later(candidate, 1)
    return day
