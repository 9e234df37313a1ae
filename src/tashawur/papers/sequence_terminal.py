"""An order of steps, and an early harvest, on a terminal."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tashawur.papers.sequence_telling import HarvestTelling, PlanTelling, SequenceTelling
from tashawur.terms.phrases import N_

MANY: Final = 40
"""Groups of an early harvest before the rest is only counted; --json has all."""


def show(telling: SequenceTelling, console: Console) -> None:
    """Prints whether there is a safe order, the order with the balance after each step, and what would help."""
    say = telling.words.say
    _head(telling, console)
    console.print(Text(telling.verdict(), style="bold"))
    for note in telling.notes():
        console.print(Text(note))
    if telling.details:
        grid = Table.grid(padding=(0, 2))
        for label, told in telling.points():
            grid.add_row(Text(label, style="dim"), Text(told))
        console.print(Padding(grid, (0, 0, 0, 2)))
    remedies = list(telling.remedies())
    if remedies:
        console.print()
        console.print(Text(say(N_("What would make it safe")), style="bold cyan"))
        for line in remedies:
            console.print(Padding(Text(f"- {line}"), (0, 0, 0, 2)))
    console.print()
    console.print(Text(say(N_("The order, with the balance after each step")), style="bold cyan"))
    console.print(_steps(telling))


def _steps(telling: SequenceTelling) -> Table:
    say, rows = telling.words.say, telling.rows()
    table = Table(box=None, padding=(0, 1), show_edge=False, header_style="dim")
    table.add_column("", justify="right", style="dim")
    table.add_column(say(N_("Step")), ratio=3)
    dated = any(row.days for row in rows)
    if dated:
        table.add_column(say(N_("When")))
    for party in telling.parties:
        table.add_column(say(N_("{side} has given"), side=telling.side(party)))
    if telling.details:
        for party in telling.parties:
            table.add_column(say(N_("{side}: temptation, exposure"), side=telling.side(party)), justify="right")
    table.add_column(say(N_("Assurance")), ratio=2)
    for place, row in enumerate(rows, 1):
        steps = Text(telling.words.listed(row.steps))
        steps.append(f" ({telling.words.listed(row.by)})", style="dim")
        given = [say(N_("{done} of {all}"), done=done, all=every) for done, every in row.balance]
        numbers = [f"{tempted}, {exposed}" for tempted, exposed in row.numbers] if telling.details else []
        table.add_row(str(place), steps, *([row.days] if dated else []), *given, *numbers, row.assurance)
    return table


def show_harvest(telling: HarvestTelling, console: Console) -> None:
    """Prints what can be settled now, and what that costs the rest."""
    _head(telling, console)
    console.print(Text(telling.verdict(), style="bold"))
    for early in telling.found.early[:MANY]:
        console.print(Text(f"- {telling.issues(early)}", style="bold cyan"))
        console.print(Padding(Text(f"{telling.itself(early)}; {telling.cost(early)}"), (0, 0, 0, 4)))
        if telling.details:
            console.print(Padding(Text(telling.numbers(early), style="dim"), (0, 0, 0, 4)))
    left = len(telling.found.early) - MANY
    if left > 0:
        console.print(Text(telling.words.say(N_("and {number} more; --json has all"), number=left), style="dim"))


def _head(telling: PlanTelling, console: Console) -> None:
    if telling.stamp():
        console.print(Text(telling.stamp(), style="bold yellow"))
    console.print(Text(telling.title(), style="bold"))
    console.print(Text(telling.mode(), style="dim"))
    console.print()
