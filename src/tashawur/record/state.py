"""What follows from the entries that were admitted: values that two nodes can compare."""

from __future__ import annotations

import hashlib

from tashawur.record.canonical import encode
from tashawur.terms.vocabulary import Found


class ActState(Found, frozen=True):
    """How an act stands. `signed` are the sides that have signed, of `need`; `withdrawn`: its proposer took it back.

    A withdrawn act may yet be confirmed by all: by signatures of those who had not seen that it was withdrawn.
    """

    id: str
    side: str
    need: tuple[str, ...]
    signed: tuple[str, ...]
    confirmed: bool
    withdrawn: bool
    amended_by: tuple[str, ...]


class ForkState(Found, frozen=True):
    """A fork in the feed of a side: the entries with the number `seq` behind one and the same.

    `resolved`: an act that all others signed says which branch goes on, and nothing was added to another since.
    """

    side: str
    feed: str
    seq: int
    ids: tuple[str, ...]
    resolved: bool


class State(Found, frozen=True):
    """All that follows. `heads` has the ids of the last entries of each feed, one for each branch.

    `disputed` are the entries of which their own side says that the key was not in good hands.
    """

    rules: int
    heads: dict[str, tuple[str, ...]]
    acts: tuple[ActState, ...]
    forks: tuple[ForkState, ...]
    disputed: tuple[str, ...]

    @property
    def digest(self) -> str:
        """A digest that is the same on every node that holds the same entries."""
        return hashlib.sha256(encode(self)).hexdigest()
