"""How far a long reading is, on standard error: a bar on a terminal, else a line from time to time."""

from __future__ import annotations

import datetime as dt
import sys
import threading
import time
from types import TracebackType
from typing import Final, Self

import click

from tashawur.node.many_texts import Outcome
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_, NN_

_SILENT: Final = 2.0
"""Seconds in which nothing is shown: what is done by then needs no progress."""
_BAR: Final = 0.25
_LINES: Final = 15.0
"""Seconds between two looks at the bar, and between two lines."""


class ReadingProgress:
    """Counts what is done of `weight` bytes, and shows it while it is entered, if it is to be `shown`."""

    def __init__(self, words: Words, weight: int, *, shown: bool) -> None:
        self._words, self._weight, self._shown = words, weight, shown
        self.texts = self.known = 0
        self._gone = self._worked = 0
        self._begun = time.monotonic()
        self._done = threading.Event()
        self._shows = threading.Thread(target=self._show, daemon=True)

    def __enter__(self) -> Self:
        self._shows.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._shows.join()

    def count(self, one: Outcome) -> None:
        """Counts what became of a text."""
        self.texts += one.error is None
        self.known += one.known
        self._gone += one.weight
        self._worked += 0 if one.known else one.weight

    def line(self) -> str:
        """How many texts are read, what part of the bytes that is, and how long it may still take."""
        read = self._words.count(NN_("{number} text read", "{number} texts read"), self.texts)
        share = min(1.0, self._gone / self._weight) if self._weight else 1.0
        part = self._words.say(N_("{percent} % of the bytes"), percent=int(100 * share))
        return self._words.row([read, part, self._left()])

    def _left(self) -> str:
        """How long it may still take, by the bytes that took time so far; nothing while that is not known."""
        if not self._worked or self._gone >= self._weight:
            return ""
        seconds = (time.monotonic() - self._begun) * (self._weight - self._gone) / self._worked
        return self._words.say(N_("about {time} left"), time=dt.timedelta(seconds=round(seconds)))

    def _show(self) -> None:
        if self._done.wait(_SILENT) or not self._shown:
            return
        if sys.stderr.isatty():
            self._bar()
            return
        while True:
            click.echo(self.line(), err=True)
            if self._done.wait(_LINES):
                return

    def _bar(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - only a long reading pays for it
        from rich.progress import BarColumn, TextColumn  # noqa: PLC0415
        from rich.progress import Progress as Bar  # noqa: PLC0415

        columns = (BarColumn(), TextColumn("{task.description}", markup=False))
        console = Console(stderr=True)
        with Bar(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
            task = bar.add_task(self.line(), total=self._weight or None)
            while not self._done.wait(_BAR):
                bar.update(task, completed=self._gone, description=self.line())
