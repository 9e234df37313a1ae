"""A standing on a terminal: seven parts, in the order in which they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tashawur.keep.awaited import Awaited
from tashawur.keep.following import Followed
from tashawur.papers.quoted import words_of
from tashawur.papers.telling import Telling
from tashawur.papers.words_behind import Behind, words_behind
from tashawur.terms.phrases import N_

MANY = 12
"""Rows of a list before the rest is only counted; the report and --json have all."""

_BEHIND = 60
"""Words behind rows that are shown; a text of the usual length has fewer."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown beside the shared view: a side's own part, and the words behind rows."""

    side: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


def show(telling: Telling, console: Console, wish: Wish) -> None:
    """Prints the standing. With a side, what that side owes and awaits comes last."""
    say = telling.words.say
    if telling.stamp():
        console.print(Text(telling.stamp(), style="bold yellow"))
    console.print(Text(telling.title(), style="bold"))
    console.print(Text(telling.as_of(), style="dim"))
    if telling.account_ends():
        console.print(Text(telling.account_ends(), style="yellow"))
    parts: list[tuple[str, RenderableType]] = [
        (N_("The mechanism"), _pairs(telling.mechanism())),
        (N_("Contacts"), _pairs(telling.contacts() + _rounds(telling))),
        (N_("Problems by state"), _problems(telling)),
        (N_("Teams and tracks"), _pairs(_teams(telling) + _tracks(telling))),
        (N_("Undertakings"), _undertakings(telling, wish.texts)),
        (N_("The aim"), _aim(telling)),
        (N_("Awaited"), _awaited(telling, telling.standing.awaited)),
    ]
    behind = words_behind(telling, wish.texts)
    if behind:
        parts.append((N_("Words behind other rows"), _behind(telling, behind)))
    for title, body in parts:
        _part(console, say(title), body)
    if wish.side is not None:
        own, name = telling.standing.own(wish.side), telling.party(wish.side)
        _part(console, say(N_("Private: what {party} owes"), party=name), _awaited(telling, own.owes))
        _part(console, say(N_("Private: what {party} awaits"), party=name), _awaited(telling, own.awaits))


def _part(console: Console, title: str, body: RenderableType) -> None:
    console.print()
    console.print(Text(title, style="bold cyan"))
    console.print(Padding(body, (0, 0, 0, 2)))


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", max_width=28)
    grid.add_column()
    return grid


def _pairs(rows: Sequence[tuple[str, str]]) -> RenderableType:
    grid = _grid()
    for label, told in rows:
        grid.add_row(Text(label), Text(told))
    return grid


def _rounds(telling: Telling) -> list[tuple[str, str]]:
    rounds = telling.standing.rounds
    rows = [(telling.round_name(one.id), telling.round_line(one)) for one in rounds[-MANY:]]
    for one in rounds[-MANY:]:
        for party, told in telling.by_party(one.assessments):
            label = telling.words.say(N_("{party} on {round}"), party=telling.party(party), round=one.id)
            rows.append((label, telling.words.text(told)))
    return rows


def _problems(telling: Telling) -> RenderableType:
    rows = []
    for title, held in telling.problems():
        names = [telling.words.text(one.irritant.name) for one in held[:MANY]]
        rows.append((f"{title} ({len(held)})", telling.words.listed(names) + _more(telling, len(held))))
    return _pairs(rows or [("", telling.words.say(N_("none is on the register")))])


def _more(telling: Telling, number: int) -> str:
    if number <= MANY:
        return ""
    return " " + telling.more(number - MANY)


def _teams(telling: Telling) -> list[tuple[str, str]]:
    return [
        (f"{telling.party(one.team.party)}", f"{telling.track_names(one.team.mandate)}: {telling.team(one)}")
        for one in telling.standing.teams
    ]


def _tracks(telling: Telling) -> list[tuple[str, str]]:
    rows = [(telling.words.text(one.track.name), telling.track(one)) for one in telling.conditional_tracks()]
    return [(telling.words.say(N_("Open tracks")), telling.open_tracks() or "–"), *rows]


def _behind(telling: Telling, behind: Sequence[Behind]) -> RenderableType:
    grid = _grid()
    for one in behind[:_BEHIND]:
        told = Text(f"«{one.words}»", style="italic")
        grid.add_row(Text(one.row), told.append(f" – {telling.party(one.origin.asserted_by)}", style="not italic"))
    if len(behind) > _BEHIND:
        grid.add_row(Text(""), Text(telling.more(len(behind) - _BEHIND)))
    return grid


def _undertakings(telling: Telling, texts: Mapping[str, str]) -> RenderableType:
    outer = Table.grid()
    for group in telling.undertakings():
        outer.add_row(Text(f"{group.title} ({len(group.items)})", style="bold"))
        grid = _grid()
        for one in group.items[:MANY]:
            grid.add_row(Text(one.undertaking.id), Text(_undertaking(telling, one)))
            for origin in one.undertaking.origin:
                words = words_of(origin, texts)
                if words is not None:
                    grid.add_row(Text(f"{origin.start}–{origin.end}"), Text(f"«{words}»", style="italic"))
        outer.add_row(Padding(grid, (0, 0, 0, 2)))
        if len(group.items) > MANY:
            outer.add_row(Text(_more(telling, len(group.items))))
    if not outer.rows:
        outer.add_row(Text(telling.words.say(N_("none"))))
    return outer


def _undertaking(telling: Telling, one: Followed) -> str:
    undertaking = one.undertaking
    parts = [f"{telling.those(undertaking.by)}: {telling.words.text(undertaking.what)}", telling.strength(one)]
    if one.deadline is not None:
        parts.append(telling.due(one))
    if undertaking.condition is not None:
        told = telling.words.text(undertaking.condition)
        parts.append(telling.words.say(N_("on the condition: {condition}"), condition=told))
    if one.progress != "open":
        parts.append(telling.progress(one))
    parts.append(telling.late(one.late_days))
    return telling.words.series(parts)


def _aim(telling: Telling) -> RenderableType:
    objective = telling.standing.consultation.case.objective
    say = telling.words.say
    if objective is None:
        return Text(say(N_("not agreed")))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in (N_("Indicator"), N_("Baseline"), N_("Now"), N_("Target")):
        table.add_column(say(heading))
    for one in telling.standing.indicators:
        table.add_row(
            Text(f"{telling.words.text(one.indicator.name)} ({telling.words.text(one.indicator.unit)})"),
            Text(telling.reading(one.indicator.baseline)),
            Text(telling.now(one)),
            Text(telling.reading(one.indicator.target)),
        )
    outer = Table.grid()
    outer.add_row(Text(telling.words.text(objective.aim)))
    if telling.standing.indicators:
        outer.add_row(table)
    return outer


def _awaited(telling: Telling, awaited: Sequence[Awaited]) -> RenderableType:
    rows = []
    together = telling.awaited_together(awaited)
    for parties, one in together[:MANY]:
        parts = [telling.awaited(one), telling.since(one), telling.reason(one)]
        rows.append((telling.those(parties), telling.words.series(parts)))
    if len(together) > MANY:
        rows.append(("", _more(telling, len(together)).strip()))
    return _pairs(rows or [("", telling.words.say(N_("nothing")))])
