"""How far a long job has come: a line on standard error once it takes over two seconds."""

from __future__ import annotations

import sys
import time
from typing import Final

import click

from tashawur.papers.words import Words
from tashawur.terms.phrases import N_

_PATIENCE: Final = 2.0
_PAUSE: Final = 1.0
"""Seconds before the first line, and between two."""


class Progress:
    """Tells how much is done and about how long the rest takes; on a screen in one line that is written over."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._begun = time.monotonic()
        self._told = self._begun + _PATIENCE - _PAUSE
        self._shown = False
        self._over = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Takes how much is done of how much."""
        now = time.monotonic()
        if not done or done >= total or now - self._told < _PAUSE:
            return
        self._told, self._shown = now, True
        left = (now - self._begun) * (total - done) / done
        line = self._words.say(
            N_("{percent} % done, about {seconds} s left"), percent=100 * done // total, seconds=max(1, round(left))
        )
        click.echo(f"\r{line}\x1b[K" if self._over else line, err=True, nl=not self._over)

    def end(self) -> None:
        """Leaves no half line behind."""
        if self._shown and self._over:
            click.echo("\r\x1b[K", err=True, nl=False)
