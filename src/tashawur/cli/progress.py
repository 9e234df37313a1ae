"""How far a long job has come: a line on standard error once it takes over two seconds."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Final, Self

import click

from tashawur.papers.words import Words
from tashawur.terms.phrases import N_

_PATIENCE: Final = 2.0
_PAUSE: Final = 1.0
"""Seconds before the first line, and between two."""


class Progress:
    """Tells how much is done and about how long the rest takes; on a screen in one line that is written over.

    While it is entered, it also tells that something is going on when nothing is told to it. A line is not repeated
    for longer and longer pauses where it cannot be written over.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._begun = self._part = self._at = time.monotonic()
        self._told = self._begun + _PATIENCE - _PAUSE
        self._done, self._total = 0, 0
        self._shown = False
        self._quiet = _PAUSE
        self._over = sys.stderr.isatty()
        self._ended = threading.Event()
        self._ticking = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Self:
        self._ticking.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._ticking.join()
        self.end()

    def __call__(self, done: int, total: int) -> None:
        """Takes how much is done of how much."""
        now = time.monotonic()
        if done < self._done or total != self._total:  # another part of the job: what it takes is not known yet
            self._part = now if self._total else self._part
        self._done, self._total, self._at, self._quiet = done, total, now, _PAUSE
        if done and done < total and now - self._told >= _PAUSE:
            self._show(now)

    def _tick(self) -> None:
        while not self._ended.wait(_PAUSE / 2):
            now = time.monotonic()
            if now - self._told >= self._quiet:
                self._quiet = self._quiet if self._over else 2 * self._quiet
                self._show(now)

    def _show(self, now: float) -> None:
        self._told, self._shown = now, True
        if 0 < self._done < self._total:
            whole = (self._at - self._part) * self._total / self._done
            left = self._part + whole - now
            percent = 100 * self._done // self._total
            line = self._words.say(
                N_("{percent} % done, about {seconds} s left"), percent=percent, seconds=max(1, round(left))
            )
        else:
            unknown = N_("{seconds} s so far; how long it takes is not known yet. Ctrl-C stops it.")
            line = self._words.say(unknown, seconds=round(now - self._begun))
        click.echo(f"\r{line}\x1b[K" if self._over else line, err=True, nl=not self._over)

    def end(self) -> None:
        """Leaves no half line behind."""
        if self._shown and self._over:
            click.echo("\r\x1b[K", err=True, nl=False)
