"""How answers for people are printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console


def printed(show: Callable[[Console], None], *, plain: bool) -> None:
    """Prints what `show` shows, without blanks at the ends of lines."""
    from rich.console import Console  # noqa: PLC0415 - JSON needs none of it

    width = None if sys.stdout.isatty() else 100
    console = Console(no_color=plain, highlight=False, width=width, force_terminal=False if plain else None)
    with console.capture() as captured:
        show(console)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())
