"""How a long job tells how far it has come."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[int, int], None]
"""Is told how much is done of how much."""


def nobody(done: int, total: int) -> None:
    """Tells nobody."""
