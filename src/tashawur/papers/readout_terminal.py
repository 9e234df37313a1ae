"""A readout on the terminal: what each side says, and what follows from it."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tashawur.papers.readout_labels import FAMILIES
from tashawur.papers.readout_telling import ReadoutTelling
from tashawur.terms.phrases import N_

_STYLES = {"binding": "bold green", "against": "bold red", "for": "cyan", "said": ""}


_TURNING: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of what follows: on a terminal they would turn other parts of the line too."""


def _seen(told: str) -> str:
    """Words of a text as a line of the terminal can hold them."""
    return told.translate(_TURNING)


def show(telling: ReadoutTelling, name: str, console: Console) -> None:
    """Prints one text: what it is, the statements in its order, the commitments."""
    say, words, readout = telling.words.say, telling.words, telling.readout
    console.print(Text(name, style="bold"))
    console.print(Text(words.row(telling.about()), style="dim"))
    console.print(Text(telling.proposal(), style="dim"))
    if telling.proposer():
        console.print(Text(telling.proposer(), style="yellow"))
    console.print()
    console.print(Text(say(N_("Statements")), style="bold cyan"))
    console.print(Padding(_statements(telling), (0, 0, 0, 2)))
    console.print()
    console.print(Text(say(N_("Commitments")), style="bold cyan"))
    grid = Table.grid(padding=(0, 2))
    for one in readout.commitments:
        told = Text(_seen(one.action.text))
        told.append(f"\n{_seen(words.series(telling.deed(one)))}", style="yellow" if telling.by_model(one) else "dim")
        grid.add_row(Text(one.id, style="dim"), told)
    if not readout.commitments:
        grid.add_row(Text(say(N_("none"))))
    console.print(Padding(grid, (0, 0, 0, 2)))


def _statements(telling: ReadoutTelling) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(max_width=26)
    grid.add_column(max_width=16)
    grid.add_column()
    for one in telling.readout.statements:
        told = Text(_seen(one.content.text))
        notes = telling.notes(one)
        if notes:
            told.append(f"\n{_seen(telling.words.series(notes))}", style="yellow" if telling.by_model(one) else "dim")
        act = Text(telling.act(one), style=_STYLES[FAMILIES[one.act]])
        grid.add_row(one.id, Text(_seen(telling.speaker(one))), act, told)
    if not telling.readout.statements:
        grid.add_row("", Text(telling.words.say(N_("none"))))
    return grid
