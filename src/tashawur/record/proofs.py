"""Proof that a side said two things in one place: two signed lines, which anybody can check without a ledger."""

from __future__ import annotations

from tashawur.record.entries import Entry, Received, check_signatures, read
from tashawur.record.rules import refused
from tashawur.terms.vocabulary import Found


class Equivocation(Found, frozen=True):
    """Two entries with the same number in the same feed. `keys` signed them, the first key the entry with the first id.

    That the keys were those of the side, its feed says: a ledger to which both lines are offered reports the fork.
    """

    con: str
    feed: str
    seq: int
    ids: tuple[str, str]
    keys: tuple[str, str]


def equivocation(one: bytes, other: bytes) -> Equivocation:
    """The proof that two lines make; refused when a line is no good entry, or they do not contradict each other."""
    first, second = sorted((_checked(one), _checked(other)), key=lambda received: received.id)
    a, b = first.entry, second.entry
    if not isinstance(a, Entry) or not isinstance(b, Entry) or first.id == second.id:
        raise refused("proof.none")
    if (a.con, a.feed, a.seq) != (b.con, b.feed, b.seq):
        raise refused("proof.none")
    return Equivocation(a.con, a.feed, a.seq, (first.id, second.id), (a.key, b.key))


def _checked(line: bytes) -> Received:
    received = read(line)
    check_signatures(received)
    return received
