"""Half a page of A4 as plain text: what lies on a minister's desk. It prints at once, on any printer."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Final

from tashawur.keep.awaited import Awaited
from tashawur.papers.telling import Telling
from tashawur.terms.phrases import N_, NN_

WIDTH: Final = 78
LINES: Final = 33
"""Half of the 66 lines that a page of A4 takes in plain text."""

_STEP: Final = 8
"""Columns by which the words of the aim give way at a time."""


def half_page(telling: Telling, side: str | None = None) -> list[str]:
    """At most `LINES` lines of at most `WIDTH` columns: each part in one or two lines, then what is awaited.

    With a side, what it owes comes before what it awaits. What stands above gives way where it is long, the aim first,
    so that each of these always has its heading, and the number of what is left out. Lines of a language written from
    right to left end at the right margin, in the order in which they are read: the printer or screen sets their
    direction.
    """
    told = (telling.stamp(), telling.title(), telling.as_of(), telling.account_ends())
    above = [*(_wrapped(one) for one in told if one), [""], *map(_wrapped, _body(telling))]
    parts = _awaited_parts(telling, side)
    room = LINES - sum(2 if awaited else 1 for _, awaited in parts)
    above.append(_aim(telling, max(1, room - sum(map(len, above)))))
    lines = list(chain.from_iterable(_shortened(above, room)))
    shares = _shares([len(awaited) for _, awaited in parts], LINES - len(lines) - len(parts))
    for (title, awaited), share in zip(parts, shares, strict=True):
        lines.append(f"{title}: {'' if awaited else telling.words.say(N_('nothing'))}".rstrip())
        lines += _fitting(telling, awaited, share)
    return [_set(line, telling.words.direction) for line in lines]


def _shortened(parts: list[list[str]], room: int) -> list[list[str]]:
    """The parts, each in one line at least, without the last lines of the longest ones where all are too many."""
    while sum(map(len, parts)) > room:
        longest = max(parts, key=len)
        longest.pop()
        longest[-1] = _cut(f"{longest[-1]} …", WIDTH)
    return parts


def _shares(needs: Sequence[int], room: int) -> list[int]:
    """The room of each part: an even share, and what the others leave of theirs."""
    shares: list[int] = []
    for place, need in enumerate(needs):
        left = room - sum(shares)
        even = -(-left // (len(needs) - place))
        shares.append(min(need, max(even, left - sum(needs[place + 1 :]))))
    return shares


Together = Sequence[tuple[tuple[str, ...], Awaited]]


def _awaited_parts(telling: Telling, side: str | None) -> list[tuple[str, Together]]:
    say = telling.words.say
    if side is None:
        return [(say(N_("Awaited")), telling.awaited_together(telling.standing.awaited))]
    own, name = telling.standing.own(side), telling.party(side)
    return [
        (say(N_("Private: what {party} owes"), party=name), telling.awaited_together(own.owes)),
        (say(N_("Private: what {party} awaits"), party=name), telling.awaited_together(own.awaits)),
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


def _aim(telling: Telling, rows: int) -> list[str]:
    """The aim in at most so many lines: its words give way, and how much of it is measured stays."""
    say, words, standing = telling.words.say, telling.words, telling.standing
    measured = [one for one in standing.indicators if one.value is not None]
    objective = standing.consultation.case.objective
    aim = words.text(objective.aim) if objective else say(N_("not agreed"))
    known = say(N_("measured: {measured} of {all}"), measured=len(measured), all=len(standing.indicators))
    for width in range(rows * WIDTH, 0, -_STEP):
        lines = _wrapped(_titled(telling, N_("The aim"), words.series((_cut(aim, width), known))))
        if len(lines) <= rows:
            return lines
    return _wrapped(_titled(telling, N_("The aim"), known))


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
    taken = accumulate(map(_columns, line))
    ends = next(place for place, columns in enumerate(taken) if columns > width - 1)
    return line[:ends].rstrip() + "…"


def _columns(line: str) -> int:
    """Columns that the line takes: marks above and below letters take none."""
    return sum(1 for letter in line if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf")


def _set(line: str, direction: str) -> str:
    return line if direction == "ltr" or not line else " " * (WIDTH - _columns(line)) + line
