"""How often the parties were in touch, when last and when next, and which planned contacts nobody spoke of again."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Contact, Form
from tashawur.consult.rounds import Round
from tashawur.terms.vocabulary import Found

Text = Mapping[str, str]

RECENT: Final = 250
"""Contacts that are kept one by one for a timeline; the others are counted."""

_PLANNED: Final = ("proposed", "confirmed", "postponed")


class Touch(Found, frozen=True):
    """One contact between parties: of the log, or a round that was held (then `round` names it)."""

    on: dt.date
    form: Form
    between: tuple[str, ...]
    about: Text | None
    level: Text | None
    place: Text | None = None
    round: str | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """How often the parties were in touch, when last, when next, and how long ago."""

    count: int
    by_form: Mapping[str, int]
    last: Touch | None
    next: Touch | None
    """What is set for the day itself, or a later one."""
    days_since: int | None
    recent: Sequence[Touch]
    """The last `RECENT` of them, oldest first."""
    last_between_sides: dt.date | None
    """The day of the last one in which two sides took part: of a side with the host alone it is not."""
    planned: Sequence[Contact]
    """Contacts that are set for the day itself, or a later one, and did not take place yet."""
    unheard: Sequence[Contact]
    """Planned contacts whose day is past, without one between the same parties on that day or later."""


def contacts(consultation: Consultation, rounds: Sequence[Round], on: dt.date) -> Contacts:
    """The contacts up to the day `on`, held rounds among them, and those that are planned."""
    logged = [one for one in consultation.contacts if not one.planned]
    held = [_of_round(one, consultation) for one in rounds if one.state == "held" and one.date]
    set_ = [_of_round(one, consultation) for one in rounds if one.state in _PLANNED and one.date]
    plans = _without_contact([one for one in consultation.contacts if one.planned], logged, held)
    planned = [one for one in plans if one.on >= on]
    past = sorted((*map(_of_contact, logged[-RECENT:]), *held), key=_by_day)[-RECENT:]
    ahead = sorted((*map(_of_contact, planned), *set_), key=_by_day)
    forms = Counter(map(attrgetter("form"), logged)) + Counter(meeting=len(held))
    last = past[-1] if past else None
    return Contacts(
        count=len(logged) + len(held),
        by_form=dict(sorted(forms.items())),
        last=last,
        next=next((one for one in ahead if one.on >= on), None),
        days_since=(on - last.on).days if last else None,
        recent=past,
        last_between_sides=_last_between(consultation.sides, logged, held),
        planned=planned,
        unheard=[one for one in plans if one.on < on],
    )


def _without_contact(plans: Sequence[Contact], logged: Sequence[Contact], held: Sequence[Touch]) -> list[Contact]:
    """The planned contacts whose parties were not in touch with each other on their day or later."""
    if not plans:
        return []
    first = min(one.on for one in plans)
    last: dict[frozenset[str], dt.date] = {}
    since = logged[bisect_left(logged, first, key=attrgetter("on")) :]
    for between, day in [(one.between, one.on) for one in since] + [(one.between, one.on) for one in held]:
        parties = frozenset(between)
        last[parties] = max(day, last.get(parties, day))
    return [
        plan
        for plan in plans
        if not any(day >= plan.on and parties.issuperset(plan.between) for parties, day in last.items())
    ]


def _last_between(sides: Sequence[str], logged: Sequence[Contact], held: Iterable[Touch]) -> dt.date | None:
    """The day of the last contact in which two of the sides took part, or round."""
    contact = next((one.on for one in reversed(logged) if len({*sides}.intersection(one.between)) >= 2), None)
    days = [one.on for one in held]
    return max([*days, contact] if contact else days, default=None)


def _of_contact(one: Contact) -> Touch:
    return Touch(one.on, one.form, one.between, one.about, one.level, ref=one.id)


def _of_round(one: Round, consultation: Consultation) -> Touch:
    day = one.date or one.since
    return Touch(day, "meeting", consultation.sides, one.outcome, one.level, one.place, one.id, one.id)


def _by_day(touch: Touch) -> tuple[dt.date, str]:
    return touch.on, touch.ref
