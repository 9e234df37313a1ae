"""The tables of a journal, as the steps that led to them. A step never changes once released: a new one is added."""

from __future__ import annotations

from typing import Final

STEPS: Final = (
    (
        "CREATE TABLE entry (n NUMBER PRIMARY KEY, id BYTES NOT NULL UNIQUE, feed BYTES NOT NULL, seq NUMBER NOT NULL, "
        "payload BYTES NOT NULL, signatures BYTES NOT NULL) KIND",
        "CREATE INDEX entry_by_feed ON entry (feed, seq, n)",
        "CREATE TABLE waiting (n NUMBER PRIMARY KEY, id BYTES NOT NULL, peer TEXT NOT NULL, line BYTES NOT NULL, "
        "UNIQUE (id, peer)) KIND",
        "CREATE TABLE note (name TEXT PRIMARY KEY, data BYTES NOT NULL, digest BYTES NOT NULL) KIND",
    ),
    (
        "CREATE TABLE proof (n NUMBER PRIMARY KEY, digest BYTES NOT NULL UNIQUE, one BYTES NOT NULL, "
        "other BYTES NOT NULL) KIND",
        "CREATE TABLE person (digest BYTES PRIMARY KEY, name TEXT NOT NULL, salt BYTES NOT NULL) KIND",
    ),
)
"""Each version of the tables by what made it of the one before.

`entry` keeps what was admitted under the numbers 1, 2, 3 ..., which is also how two writers are kept apart; its digest,
feed and number stand in the payload and are columns for looking up alone. Names of persons lie apart, to be erased.
"""

VERSION: Final = len(STEPS)
"""The version that this program writes."""
