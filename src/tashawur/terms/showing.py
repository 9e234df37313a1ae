"""How a name is shown where it may hide or turn something: in lines that tell what is wrong."""

from __future__ import annotations

import unicodedata
from typing import Final

_LONGEST: Final = 40


def shown(value: object) -> str:
    """A name or key as it may be shown: short, with nothing in it that hides or turns.

    >>> shown("price" + chr(0x202E))
    'price\\\\u202e'
    """
    plain = "".join(
        letter if letter.isprintable() and unicodedata.category(letter) != "Cf" else f"\\u{ord(letter):04x}"
        for letter in str(value)
    )
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"


def mark(letter: str) -> str:
    """A character by its number and its name in Unicode."""
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()
