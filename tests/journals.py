"""What the tests of journals share: one of each kind, on a real PostgreSQL server where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.postgres_server import postgres_database
from benchmarks.recorded import Node, founding

from tashawur.record.entries import Received, read
from tashawur.store.journal import Journal
from tashawur.store.memory import MemoryJournal
from tashawur.store.postgres import PostgresJournal
from tashawur.store.sqlite import SqliteJournal

Reopen = Callable[[], Journal]


def made_journal(kind: str, folder: Path, server: Path | None) -> tuple[Journal, Reopen]:
    """A new journal of a kind, and how another process would open it."""
    if kind == "memory":
        journal = MemoryJournal()
        return journal, lambda: journal
    if kind == "sqlite":
        path = folder / "journal.sqlite"
        return SqliteJournal(path, make=True), lambda: SqliteJournal(path)
    assert server
    address = postgres_database(server)
    return PostgresJournal(address, make=True), lambda: PostgresJournal(address)


def spoken(number: int) -> list[Received]:
    """Entries of the small consultation in the order of their admission, `number` of them beside the first three."""
    node = Node(founding())
    for side in "ABH":
        node.appoint(f"{side} minister")
    for place in range(number):
        node.say(f"{'ABH'[place % 3]} minister", "say", {"topics": ["visas"], "content": {"number": place}})
    return [read(line) for line in node.lines]
