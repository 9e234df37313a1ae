"""Half a page of A4 as plain text: what lies on a minister's desk. It prints at once, on any printer."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tashawur.keep.awaited import Awaited
from tashawur.papers.telling import Telling
from tashawur.terms.phrases import N_, NN_

WIDTH: Final = 78
LINES: Final = 33
"""Half of the 66 lines that a page of A4 takes in plain text."""


def half_page(telling: Telling, side: str | None = None) -> list[str]:
    """At most `LINES` lines of at most `WIDTH` columns: each part in one or two lines, then what is awaited.

    With a side, what it owes comes before what it awaits. Lines of a language written from right to left end at the
    right margin, in the order in which they are read: the printer or screen sets their direction.
    """
    told = (telling.stamp(), telling.title(), telling.as_of(), telling.account_ends())
    head = [line for one in told if one for line in _wrapped(one)]
    body = [line for line in _body(telling) for line in _wrapped(line)]
    parts = _awaited_parts(telling, side)
    room = LINES - len(head) - len(body) - 1 - len(parts)
    lines = [*head, "", *body]
    for place, (title, awaited) in enumerate(parts):
        lines.append(f"{title}: {'' if awaited else telling.words.say(N_('nothing'))}".rstrip())
        # The parts share what room there is; what the first leaves, the next may take.
        shown = list(_fitting(telling, awaited, room // (len(parts) - place)))
        lines += shown
        room -= len(shown)
    return [_set(line, telling.words.direction) for line in lines[:LINES]]


Together = Sequence[tuple[tuple[str, ...], Awaited]]


def _awaited_parts(telling: Telling, side: str | None) -> list[tuple[str, Together]]:
    say, awaited = telling.words.say, telling.standing.awaited
    if side is None:
        return [(say(N_("Awaited")), telling.awaited_together(awaited))]
    own = [one for one in awaited if one.party == side]
    others = [one for one in awaited if one.party != side]
    name = telling.party(side)
    return [
        (say(N_("Private: what {party} owes"), party=name), telling.awaited_together(own)),
        (say(N_("Private: what {party} awaits"), party=name), telling.awaited_together(others)),
    ]


def _fitting(telling: Telling, awaited: Together, room: int) -> Iterator[str]:
    """As many lines as there is room for; where not all fit, the last says how many more there are."""
    fitting = len(awaited) if len(awaited) <= room else max(0, room - 1)
    yield from _awaited(telling, awaited[:fitting])
    if fitting < len(awaited) and room > 0:
        yield "  " + telling.more(len(awaited) - fitting)


def _body(telling: Telling) -> Iterator[str]:
    say, words, standing = telling.words.say, telling.words, telling.standing
    hosts = dict.fromkeys(role.party for role in standing.roles if role.role == "host" and role.claimed_by is None)
    sides = (say(N_("Sides")), telling.parties(standing.consultation.sides))
    yield _line(telling, N_("The mechanism"), [sides, (say(N_("Host")), telling.parties(hosts))])
    yield _line(telling, N_("Contacts"), telling.contacts())
    states = [(title, str(len(held))) for title, held in telling.problems()]
    yield _line(telling, N_("Problems by state"), states)
    waiting = [one for one in standing.teams if not one.appointed]
    closed = [one for one in standing.tracks if not one.open]
    teams = (
        (NN_("{number} team", "{number} teams"), standing.teams),
        (NN_("{number} not yet appointed", "{number} not yet appointed"), waiting),
        (NN_("{number} track waits for its condition", "{number} tracks wait for their condition"), closed),
    )
    counted = words.series(words.count(phrase, len(held)) for phrase, held in teams if held)
    yield _titled(telling, N_("Teams and tracks"), counted or "–")
    said = [(group.title, str(len(group.items))) for group in telling.undertakings()]
    yield _line(telling, N_("Undertakings"), said)
    measured = [one for one in standing.indicators if one.value is not None]
    objective = standing.consultation.case.objective
    aim = words.text(objective.aim) if objective else say(N_("not agreed"))
    known = say(N_("measured: {measured} of {all}"), measured=len(measured), all=len(standing.indicators))
    yield _titled(telling, N_("The aim"), words.series((aim, known)))


def _line(telling: Telling, title: str, pairs: Iterable[tuple[str, str]]) -> str:
    return _titled(telling, title, telling.words.series(f"{label}: {value}" for label, value in pairs) or "–")


def _titled(telling: Telling, title: str, told: str) -> str:
    return f"{telling.words.say(title)}: {told}"


def _awaited(telling: Telling, awaited: Iterable[tuple[tuple[str, ...], Awaited]]) -> Iterator[str]:
    """One line each; where it is too long, the words give way and the days stay."""
    for parties, one in awaited:
        days = telling.late(one.late_days) or telling.postponed(one) or telling.days(one.days)
        head, tail = f"  {telling.those(parties)}: ", f" – {days}"
        yield head + _cut(telling.awaited(one), WIDTH - _columns(head) - _columns(tail)) + tail


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False) or [""]


def _cut(line: str, width: int) -> str:
    if _columns(line) <= width:
        return line
    while _columns(line) > width - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def _columns(line: str) -> int:
    """Columns that the line takes: marks above and below letters take none."""
    return sum(1 for letter in line if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf")


def _set(line: str, direction: str) -> str:
    return line if direction == "ltr" or not line else " " * (WIDTH - _columns(line)) + line
