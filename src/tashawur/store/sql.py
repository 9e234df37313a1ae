"""What journals in SQLite and in PostgreSQL have in common: the statements, and the order of writing.

Write, commit to the disk, read back over another connection, compare; only then is something taken.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import takewhile
from typing import Any, Final

from tashawur.record.entries import Entry, Received
from tashawur.record.envelope import Envelope
from tashawur.store.journal import Change, Person, Proof, Waiting, joined, kept
from tashawur.store.schema import STEPS, VERSION
from tashawur.terms.errors import DamagedJournalError, JournalVersionError
from tashawur.terms.phrases import N_

Row = Sequence[Any]

_ADD: Final = "INSERT INTO entry (n, id, feed, seq, payload, signatures) VALUES (?, ?, ?, ?, ?, ?)"
_PARTS: Final = "SELECT n, id, payload, signatures FROM entry"
_BACK: Final = "SELECT n, id, feed, seq, payload, signatures FROM entry WHERE n > ? AND n <= ? ORDER BY n"
_PORTION: Final = 1_000
"""Rows that are asked for at a time."""
_BEYOND: Final = 2**62
"""A number that no entry has."""
_OF_FEED: Final = (
    "SELECT seq, n, id, payload, signatures FROM entry WHERE feed = ? AND (seq, n) > (?, ?) ORDER BY seq, n LIMIT ?"
)
_PARK: Final = (
    "INSERT INTO waiting (n, id, peer, line) SELECT coalesce(max(n), 0) + 1, ?, ?, ? "
    "FROM waiting WHERE true ON CONFLICT (id, peer) DO NOTHING"
)
_PROVE: Final = (
    "INSERT INTO proof (n, digest, one, other) "
    "SELECT coalesce(max(n), 0) + 1, ?, ?, ? FROM proof WHERE true ON CONFLICT (digest) DO NOTHING"
)
_NOTE: Final = (
    "INSERT INTO note (name, data, digest) VALUES (?, ?, ?) "
    "ON CONFLICT (name) DO UPDATE SET data = excluded.data, digest = excluded.digest"
)
_PERSON: Final = "INSERT INTO person (digest, name, salt) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING"


class SqlJournal(ABC):
    """A journal in a database: see `tashawur.store.journal.Journal`. What differs between databases is below it."""

    where: str
    columns: Mapping[str, str]
    """What stands in the steps of the schema for kinds of columns, and what this database calls them."""

    def __init__(self) -> None:
        self._opened: list[Any] = []

    # What a database must give

    @abstractmethod
    def ask(self, statement: str, values: Row = ()) -> list[Row]:
        """The rows, over the connection that reads: it sees what was committed and nothing else."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """What is written inside is committed to the disk at the end, or not there at all.

        Inside `alone`, it is the transaction that was begun there.
        """

    @abstractmethod
    def alone(self) -> AbstractContextManager[None]:
        """See the port."""

    @abstractmethod
    def write(self, statement: str, rows: Iterable[Row]) -> None:
        """Runs the statement for each row, inside a transaction."""

    @abstractmethod
    def swept(self) -> None:
        """Sees to it that what was erased does not lie about in the files, as far as the database can."""

    # The port

    def close(self) -> None:
        """See the port."""
        for one in reversed(self._opened):
            one.close()

    def __len__(self) -> int:
        return int(self.ask("SELECT coalesce(max(n), 0) FROM entry")[0][0])

    def keep(self, change: Change, after: int) -> None:
        """See the port."""
        rows = [_row(after + place, one) for place, one in enumerate(change.admitted, start=1)]
        with self.transaction():
            if rows:
                self.write(_ADD, rows)
            if change.freed:
                self.write("DELETE FROM waiting WHERE id = ?", [(bytes.fromhex(one),) for one in change.freed])
            if change.parked:
                self.write(_PARK, [(bytes.fromhex(one.id), one.peer, one.line) for one in change.parked])
            if change.proofs:
                self.write(_PROVE, [(hashlib.sha256(b"\n".join(one)).digest(), *one) for one in change.proofs])
        if rows:
            self._check_back(rows, after)

    def _check_back(self, rows: list[Row], after: int) -> None:
        """Refuses to acknowledge what cannot be read back as it was written."""
        back = [tuple(row) for row in self.ask(_BACK, (after, after + len(rows)))]
        if back != rows:
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(back, rows, strict=False)))
            why = N_("what was read back is not what was written; look at the disk")
            raise DamagedJournalError(self.where, why, after + same + 1)

    def entries(self, since: int = 0) -> Iterator[Envelope]:
        """See the port."""
        last = len(self)
        while rows := self.ask(f"{_PARTS} WHERE n > ? ORDER BY n LIMIT ?", (since, _PORTION)):
            for row in rows:
                since += 1
                if row[0] != since:
                    raise self._missing(since)
                yield kept(self.where, *row)
        if since < last:
            raise self._missing(since + 1)

    def _missing(self, number: int) -> DamagedJournalError:
        return DamagedJournalError(self.where, N_("it is missing"), number)

    def entry(self, name: str) -> Envelope | None:
        """See the port."""
        return self._one(f"{_PARTS} WHERE id = ?", (bytes.fromhex(name),))

    def at(self, number: int) -> Envelope | None:
        """See the port."""
        return self._one(f"{_PARTS} WHERE n = ?", (number,))

    def feed(self, feed: str, after: int = 0) -> Iterator[Envelope]:
        """See the port."""
        at = (after, _BEYOND)
        while rows := self.ask(_OF_FEED, (bytes.fromhex(feed), *at, _PORTION)):
            for seq, *row in rows:
                at = (seq, row[0])
                yield kept(self.where, *row)

    def last(self, feed: str) -> Envelope | None:
        """See the port."""
        return self._one(f"{_PARTS} WHERE feed = ? ORDER BY seq DESC, n LIMIT 1", (bytes.fromhex(feed),))

    def _one(self, statement: str, values: Row) -> Envelope | None:
        for row in self.ask(statement, values):
            return kept(self.where, *row)
        return None

    def waiting(self) -> Iterator[Waiting]:
        """See the port."""
        for name, line, peer in self._rows("SELECT id, line, peer FROM waiting ORDER BY n", (bytes, bytes, str)):
            yield Waiting(name.hex(), line, peer)

    def proofs(self) -> Iterator[Proof]:
        """See the port."""
        rows = self._rows("SELECT one, other FROM proof ORDER BY n", (bytes, bytes))
        yield from ((one, other) for one, other in rows)

    def note(self, name: str) -> bytes | None:
        """See the port."""
        statement = "SELECT data, digest FROM note WHERE name = ?"
        for data, digest in self._rows(statement, (bytes, bytes), (name,)):
            if hashlib.sha256(data).digest() != digest:
                raise DamagedJournalError(self.where, N_("a note in it is not what was written"))
            return bytes(data)
        return None

    def set_note(self, name: str, data: bytes | None) -> None:
        """See the port."""
        with self.transaction():
            if data is None:
                self.write("DELETE FROM note WHERE name = ?", [(name,)])
            else:
                self.write(_NOTE, [(name, data, hashlib.sha256(data).digest())])

    def person(self, digest: str) -> Person | None:
        """See the port."""
        statement = "SELECT name, salt FROM person WHERE digest = ?"
        for name, salt in self._rows(statement, (str, bytes), (bytes.fromhex(digest),)):
            return Person(name, salt)
        return None

    def set_person(self, digest: str, person: Person | None) -> None:
        """See the port."""
        with self.transaction():
            if person is None:
                self.write("DELETE FROM person WHERE digest = ?", [(bytes.fromhex(digest),)])
            else:
                self.write(_PERSON, [(bytes.fromhex(digest), person.name, person.salt)])
        if person is None:
            self.swept()

    def persons(self) -> Iterator[tuple[str, Person]]:
        """See the port."""
        statement = "SELECT digest, name, salt FROM person ORDER BY digest"
        for digest, name, salt in self._rows(statement, (bytes, str, bytes)):
            yield digest.hex(), Person(name, salt)

    def _rows(self, statement: str, kinds: tuple[type, ...], values: Row = ()) -> Iterator[Row]:
        """The rows, whose values are of these kinds: in a damaged file they may be others, whatever the tables say."""
        for row in self.ask(statement, values):
            if tuple(map(type, row)) != kinds:
                raise DamagedJournalError(self.where, N_("a table in it is not what was written"))
            yield row

    # Versions of the tables

    def version(self) -> int:
        """The version of its tables; 0 where there are none yet."""
        if not self.has_tables():
            return 0
        for (number,) in self._rows("SELECT number FROM version", (int,)):
            return int(number)
        raise DamagedJournalError(self.where, N_("a table in it is not what was written"))

    @abstractmethod
    def has_tables(self) -> bool:
        """Whether the tables of a journal are there."""

    @abstractmethod
    def set_aside(self, name: str) -> str:
        """Copies all that is there under this name, whatever the version of the tables; gives where that is."""

    def in_dialect(self, statement: str) -> str:
        """A statement of the steps, with the names that this database has for the kinds of columns."""
        for ours, theirs in self.columns.items():
            statement = statement.replace(ours, theirs)
        return statement

    def check_version(self) -> None:
        """Refuses tables of another version than this program writes."""
        found = self.version()
        if found != VERSION:
            raise JournalVersionError(self.where, found, VERSION)

    def upgrade(self, to: int = VERSION) -> int:
        """Brings the tables to version `to`, as a whole or not at all; gives the version that they had."""
        found = self.version()
        if found > to:
            raise JournalVersionError(self.where, found, to)
        with self.transaction():
            if not found:
                self.write(self.in_dialect("CREATE TABLE version (number NUMBER NOT NULL) KIND"), [()])
                self.write("INSERT INTO version (number) VALUES (?)", [(0,)])
            for step in STEPS[found:to]:
                for statement in step:
                    self.write(self.in_dialect(statement), [()])
            self.write("UPDATE version SET number = ?", [(to,)])
        return found


def _row(number: int, one: Received) -> Row:
    entry = one.entry
    if not isinstance(entry, Entry):
        raise TypeError("an entry of newer rules waits, and is not admitted")
    return (number, bytes.fromhex(one.id), bytes.fromhex(entry.feed), entry.seq, one.envelope.payload, joined(one))
