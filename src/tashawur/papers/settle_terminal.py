"""A settlement and a frontier on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tashawur.papers.settle_telling import AnswerTelling, FrontierTelling, GuardTold, QuestionTold, Telling, Told
from tashawur.terms.phrases import N_

MANY = 40
"""Points of a frontier before the rest is only counted; --json has all."""


def show(telling: AnswerTelling, console: Console) -> None:
    """Prints what was found, then the packages that are told."""
    _head(telling, console)
    console.print(Text(telling.verdict(), style="bold"))
    _pairs(telling.counts(), console)
    for place, told in enumerate(telling.packages()):
        console.print()
        _package(telling, told, console, whole=place == 0)
    for question in telling.questions():
        console.print()
        _question(telling, question, console)
    guarded = telling.guarded()
    if guarded is not None:
        console.print()
        _guarded(telling, guarded, console)
    if telling.best():
        console.print()
        _best(telling, console)


def _package(telling: AnswerTelling, told: Told, console: Console, *, whole: bool) -> None:
    say = telling.words.say
    for rule in told.rules:
        console.print(Text(rule, style="bold cyan"))
    if not whole:
        same = N_("As in the first package.")
        console.print(Padding(Text(say(N_("As in the first package, but:") if told.other else same)), (0, 0, 0, 2)))
    pairs = list(told.agreed if whole else told.other)
    if whole and told.status_quo:
        pairs.append((say(N_("No change")), telling.words.listed(told.status_quo)))
    _pairs(pairs, console)
    for side in told.sides:
        console.print(Padding(Text(side.name, style="bold"), (0, 0, 0, 2)))
        if side.standing:
            console.print(Padding(Text(side.standing), (0, 0, 0, 4)))
        rows = _grid()
        for label, issues in zip(side.labels, (side.gets, side.gives), strict=True):
            if issues:
                rows.add_row(Text(say(label)), Text(telling.words.listed(issues)))
        if side.share is not None:
            share = say(N_("{share} % of the best that it could gain with the others' agreement"), share=side.share)
            rows.add_row(Text(say(N_("gains"))), Text(share))
        if side.points:
            rows.add_row(Text(say(N_("points"))), Text(side.points))
        console.print(Padding(rows, (0, 0, 0, 4)))
    for line in telling.absent(told.package) if telling.details else ():
        console.print(Padding(Text(line, style="dim"), (0, 0, 0, 2)))


def _question(telling: AnswerTelling, question: QuestionTold, console: Console) -> None:
    """A question, and what to write as the answer: on lines of their own that can be copied."""
    console.print(Text(question.asked, style="bold cyan"))
    _pairs(question.parts, console)
    console.print(
        Padding(Text(telling.words.say(N_("The answer stands in the brief under comparisons:"))), (0, 0, 0, 2))
    )
    for label, answer in question.answers:
        console.print(Text(f"  {label}: - {answer}"), soft_wrap=True)


def _guarded(telling: AnswerTelling, guarded: GuardTold, console: Console) -> None:
    for assumed in guarded.assumed:
        console.print(Text(assumed, style="bold cyan"))
    _pairs(guarded.counts, console)
    if guarded.package is None:
        console.print(
            Padding(Text(telling.words.say(N_("No package is acceptable and within the assumption."))), (0, 0, 0, 2))
        )
    else:
        _package(telling, guarded.package, console, whole=False)


def _best(telling: AnswerTelling, console: Console) -> None:
    """Each side's best within the lines of the others, in points."""
    say, scenario = telling.words.say, telling.scenario
    console.print(Text(say(N_("Each side's best within the lines of the others, in points")), style="bold cyan"))
    table = Table(box=None, padding=(0, 2), show_edge=False)
    table.add_column(say(N_("Best of")))
    for side in scenario.sides:
        table.add_column(telling.side(side.name), justify="right")
    for name, package in telling.best().items():
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


def _pairs(pairs: Iterable[tuple[str, str]], console: Console) -> None:
    grid = _grid()
    for label, told in pairs:
        grid.add_row(Text(label), Text(told))
    console.print(Padding(grid, (0, 0, 0, 2)))


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", max_width=36)
    grid.add_column()
    return grid
