"""What lasts, on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tashawur.papers.durability_telling import ModelTelling, PackageTelling, Telling
from tashawur.terms.phrases import N_


def show(telling: Telling, console: Console) -> None:
    """Prints the verdict, then state by state or side by side what holds it."""
    if telling.stamp():
        console.print(Text(telling.stamp(), style="bold yellow"))
    console.print(Text(telling.title(), style="bold"))
    for note in telling.notes():
        console.print(Text(note, style="dim"))
    console.print()
    console.print(Text(telling.verdict(), style="bold"))
    if isinstance(telling, PackageTelling):
        _package(telling, console)
    else:
        _model(telling, console)


def _model(telling: ModelTelling, console: Console) -> None:
    for told in telling.states():
        console.print()
        console.print(Text(told.heading, style="bold cyan"))
        _lines(console, told.done, *told.holds, *told.lines)
    if telling.more():
        console.print()
        console.print(Text(telling.more(), style="dim"))


def _package(telling: PackageTelling, console: Console) -> None:
    for side in telling.sides():
        console.print()
        console.print(Text(side.name, style="bold cyan"))
        _lines(console, *side.lines)
    console.print()
    console.print(Text(telling.words.say(N_("Together")), style="bold cyan"))
    _lines(console, *telling.pairs(), telling.guarantee(), telling.samples())


def _lines(console: Console, *lines: str) -> None:
    for line in lines:
        if line:
            console.print(Padding(Text(line), (0, 0, 0, 2)))
