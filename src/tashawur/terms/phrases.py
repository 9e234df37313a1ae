"""Marks phrases for people, so that the catalogue finds them. They are translated where they are shown."""

from __future__ import annotations

Plural = tuple[str, str]
"""A phrase with a number in it: the English form for one, and for many."""


def N_(phrase: str) -> str:  # noqa: N802 - the usual name of such a marker
    """Mark `phrase` for translation."""
    return phrase


def NN_(one: str, many: str) -> Plural:  # noqa: N802
    """Mark a phrase whose form goes with {number}."""
    return one, many
