"""The port behind which a node keeps its record: memory, SQLite and PostgreSQL; and what is handed over there.

What a journal takes it has on the disk, has read back and has compared, before it says so. One process at a time
writes; another that does at the same time is refused, and nothing is mixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Final, Protocol

from tashawur.record.entries import Received
from tashawur.record.envelope import ENTRY, Envelope, envelope
from tashawur.terms.errors import DamagedJournalError
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import Found

SIGNATURE: Final = 64
"""The bytes of a signature."""

Proof = tuple[bytes, bytes]
"""Two lines of one feed that contradict each other."""


class Waiting(Found, frozen=True):
    """A line that was brought by `peer` and waits: see `tashawur.record.events.Parked`."""

    id: str
    line: bytes
    peer: str


class Person(Found, frozen=True):
    """The name behind a digest in the record, with the salt that keeps it from being guessed. Private to the side."""

    name: str
    salt: bytes

    def __repr__(self) -> str:
        return "Person()"


class Change(Found, frozen=True):
    """What is written at once, or not at all.

    `admitted` are entries in the order of their admission, `parked` what waits from now on, `freed` the ids of what
    waits no more, `proofs` what shows that a side said two things in one place.
    """

    admitted: tuple[Received, ...] = ()
    parked: tuple[Waiting, ...] = ()
    freed: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()


class Journal(Protocol):
    """What a node keeps of one consultation. Entries are counted from 1 in the order in which they were admitted.

    Every method raises DamagedJournalError where what stands there is not what was written, and UnreachableError where
    the place does not answer. It is used by one thread at a time.
    """

    @property
    def where(self) -> str:
        """The place as people may be shown it: a path, or an address without a password."""
        ...

    def __len__(self) -> int:
        """How many entries it has."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else writes meanwhile, until `keep` has returned or the end. Raises NotKeptError."""
        ...

    def keep(self, change: Change, after: int) -> None:
        """Takes the change as a whole; when it returns, all of it is there for good.

        `after` is how many entries the writer knows of.

        Raises:
            MovedOnError: somebody else has written entries since; nothing was taken.
            NotKeptError: the system refused; nothing was taken.
        """
        ...

    def entries(self, since: int = 0) -> Iterator[Envelope]:
        """The entries behind the first `since`, in order."""
        ...

    def entry(self, name: str) -> Envelope | None:
        """The entry with this id."""
        ...

    def at(self, number: int) -> Envelope | None:
        """The entry with this number, read alone: what is damaged elsewhere does not matter."""
        ...

    def feed(self, feed: str, after: int = 0) -> Iterator[Envelope]:
        """The entries of a feed whose numbers are beyond `after`, by number and then in the order of admission."""
        ...

    def last(self, feed: str) -> Envelope | None:
        """An entry of the feed with the highest number; of several, the first that was admitted."""
        ...

    def waiting(self) -> Iterator[Waiting]:
        """What waits, in the order in which it came."""
        ...

    def proofs(self) -> Iterator[Proof]:
        """The proofs that it has, in the order in which they came."""
        ...

    def note(self, name: str) -> bytes | None:
        """What was noted under a name: the founding act, or what can be worked out anew from the entries."""
        ...

    def set_note(self, name: str, data: bytes | None) -> None:
        """Notes `data` in place of what was noted under the name; None takes it away."""
        ...

    def person(self, digest: str) -> Person | None:
        """The person behind a digest, if it was not erased."""
        ...

    def set_person(self, digest: str, person: Person | None) -> None:
        """Keeps who is behind a digest; None erases it. The record stays whole either way."""
        ...

    def persons(self) -> Iterator[tuple[str, Person]]:
        """All that are known, by digest."""
        ...

    def close(self) -> None:
        """Lets the place go. What was taken is safe without it."""
        ...


def joined(received: Received) -> bytes:
    """The signatures in one piece, as they are kept."""
    return b"".join(received.envelope.signatures)


def kept(where: str, number: int, name: bytes, payload: bytes, signatures: bytes) -> Envelope:
    """The entry that was kept with these parts as number `number`, whose digest must be its name."""
    if type(payload) is type(signatures) is bytes and len(signatures) % SIGNATURE == 0:
        parts = tuple(signatures[place : place + SIGNATURE] for place in range(0, len(signatures), SIGNATURE))
        found = envelope(ENTRY, payload, parts)
        if bytes.fromhex(found.id) == name:
            return found
    raise DamagedJournalError(where, N_("it is not what was written"), number)
