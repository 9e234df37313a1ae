"""A journal in memory: for tests, and for looking at a record that is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

from tashawur.record.entries import Entry, Received
from tashawur.record.envelope import Envelope
from tashawur.store.journal import Change, Person, Proof, Waiting
from tashawur.terms.errors import MovedOnError


class MemoryJournal:
    """See `tashawur.store.journal.Journal`. It is gone with the process."""

    where = "memory"

    def __init__(self) -> None:
        self._entries: list[Received] = []
        self._by_id: dict[str, Received] = {}
        self._waiting: dict[tuple[str, str], Waiting] = {}
        self._proofs: dict[Proof, None] = {}
        self._notes: dict[str, bytes] = {}
        self._persons: dict[str, Person] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def alone(self) -> AbstractContextManager[None]:
        """See the port."""
        return nullcontext()

    def keep(self, change: Change, after: int) -> None:
        """See the port."""
        named = {one.id: one for one in change.admitted}
        if change.admitted and after != len(self):
            raise MovedOnError(place=self.where)
        if len(named) < len(change.admitted) or not named.keys().isdisjoint(self._by_id):
            raise MovedOnError(place=self.where)
        self._entries += change.admitted
        self._by_id |= named
        for key in [key for key in self._waiting if key[0] in change.freed]:
            del self._waiting[key]
        for one in change.parked:
            self._waiting.setdefault((one.id, one.peer), one)
        self._proofs |= dict.fromkeys(change.proofs)

    def entries(self, since: int = 0) -> Iterator[Envelope]:
        """See the port."""
        for one in self._entries[since:]:
            yield one.envelope

    def entry(self, name: str) -> Envelope | None:
        """See the port."""
        found = self._by_id.get(name)
        return found.envelope if found else None

    def at(self, number: int) -> Envelope | None:
        """See the port."""
        return self._entries[number - 1].envelope if 0 < number <= len(self) else None

    def feed(self, feed: str, after: int = 0) -> Iterator[Envelope]:
        """See the port."""
        for _, received in sorted(self._of(feed), key=lambda one: one[0]):
            if received[0].seq > after:
                yield received[1]

    def last(self, feed: str) -> Envelope | None:
        """See the port."""
        found = max(self._of(feed), key=lambda one: one[0], default=None)
        return found[1][1] if found else None

    def _of(self, feed: str) -> list[tuple[int, tuple[Entry, Envelope]]]:
        return [
            (one.entry.seq, (one.entry, one.envelope))
            for one in self._entries
            if isinstance(one.entry, Entry) and one.entry.feed == feed
        ]

    def waiting(self) -> Iterator[Waiting]:
        """See the port."""
        yield from list(self._waiting.values())

    def proofs(self) -> Iterator[Proof]:
        """See the port."""
        yield from list(self._proofs)

    def note(self, name: str) -> bytes | None:
        """See the port."""
        return self._notes.get(name)

    def set_note(self, name: str, data: bytes | None) -> None:
        """See the port."""
        self._notes.pop(name, None)
        if data is not None:
            self._notes[name] = data

    def person(self, digest: str) -> Person | None:
        """See the port."""
        return self._persons.get(digest)

    def set_person(self, digest: str, person: Person | None) -> None:
        """See the port."""
        self._persons.pop(digest, None)
        if person is not None:
            self._persons[digest] = person

    def persons(self) -> Iterator[tuple[str, Person]]:
        """See the port."""
        yield from sorted(self._persons.items())

    def close(self) -> None:
        """See the port."""
