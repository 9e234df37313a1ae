"""A settlement and a frontier on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tashawur.papers.settle_telling import FrontierTelling, SettleTelling, Telling, Told
from tashawur.terms.phrases import N_

MANY = 40
"""Points of a frontier before the rest is only counted; --json has all."""


def show(telling: SettleTelling, console: Console) -> None:
    """Prints what was found, then the packages that rules pick."""
    _head(telling, console)
    console.print(Text(telling.verdict(), style="bold"))
    grid = _grid()
    for label, count in telling.counts():
        grid.add_row(Text(label), Text(count))
    console.print(Padding(grid, (0, 0, 0, 2)))
    for place, told in enumerate(telling.packages()):
        console.print()
        _package(telling, told, console, whole=place == 0)
    if telling.details:
        console.print()
        _best(telling, console)


def _package(telling: SettleTelling, told: Told, console: Console, *, whole: bool) -> None:
    say = telling.words.say
    for rule in told.rules:
        console.print(Text(rule, style="bold cyan"))
    grid = _grid()
    if not whole:
        console.print(Padding(Text(say(N_("As in the first package, but:"))), (0, 0, 0, 2)))
    for issue, option in told.agreed if whole else told.other:
        grid.add_row(Text(issue), Text(option))
    if whole and told.status_quo:
        grid.add_row(Text(say(N_("No change"))), Text(telling.words.listed(told.status_quo)))
    console.print(Padding(grid, (0, 0, 0, 2)))
    for side in told.sides:
        console.print(Padding(Text(side.name, style="bold"), (0, 0, 0, 2)))
        rows = _grid()
        for label, issues in ((N_("gets"), side.gets), (N_("gives"), side.gives)):
            if issues:
                rows.add_row(Text(say(label)), Text(telling.words.listed(issues)))
        if side.share is not None:
            share = say(N_("{share} % of the best that it could gain with the others' agreement"), share=side.share)
            rows.add_row(Text(say(N_("gains"))), Text(share))
        if telling.details:
            points = say(N_("{value}, {gain} over what it could walk away with"), value=side.value, gain=side.gain)
            rows.add_row(Text(say(N_("points"))), Text(points))
        console.print(Padding(rows, (0, 0, 0, 4)))
    for party, (least, most) in telling.absent(told.package) if telling.details else ():
        estimate = N_("{party}, not at the table, by estimate: from {least} to {most}")
        line = say(estimate, party=party, least=least, most=most)
        console.print(Padding(Text(line, style="dim"), (0, 0, 0, 2)))


def _best(telling: SettleTelling, console: Console) -> None:
    """Each side's best within the lines of the others, in points."""
    say, scenario = telling.words.say, telling.settled.scenario
    console.print(Text(say(N_("Each side's best within the lines of the others, in points")), style="bold cyan"))
    table = Table(box=None, padding=(0, 2), show_edge=False)
    table.add_column(say(N_("Best of")))
    for side in scenario.sides:
        table.add_column(telling.side(side.name), justify="right")
    for name, package in telling.settled.best.items():
        table.add_row(telling.side(name), *telling.values(package))
    console.print(Padding(table, (0, 0, 0, 2)))


def show_frontier(telling: FrontierTelling, console: Console) -> None:
    """Prints the points of a frontier, one line each with a column for each side."""
    _head(telling, console)
    console.print(Text(telling.what()))
    console.print(Text(telling.count(), style="bold"))
    table = Table(box=None, padding=(0, 2), show_edge=False)
    for name in telling.sides():
        table.add_column(name, justify="right")
    for row in telling.points[:MANY]:
        table.add_row(*row)
    console.print(Padding(table, (0, 0, 0, 2)))
    if len(telling.points) > MANY:
        more = telling.words.say(N_("and {number} more; --json has all"), number=len(telling.points) - MANY)
        console.print(Padding(Text(more, style="dim"), (0, 0, 0, 4)))


def _head(telling: Telling, console: Console) -> None:
    if telling.stamp():
        console.print(Text(telling.stamp(), style="bold yellow"))
    console.print(Text(telling.title(), style="bold"))
    for note in telling.notes():
        console.print(Text(note, style="dim"))
    console.print()


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", max_width=36)
    grid.add_column()
    return grid
