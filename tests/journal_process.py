"""A process that writes to or reads from a journal and tells what it does, until it is killed or has done enough.

python tests/journal_process.py KIND PLACE PROCESS append|read|fill|cut-N [COUNT]
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.recorded import AT, act, founding, key, line, ready, signer

from tashawur.node.record import Record
from tashawur.record.entries import Entry, opened, read
from tashawur.store.journal import Change, Journal, Waiting
from tashawur.store.postgres import PostgresJournal
from tashawur.store.sql import Row
from tashawur.store.sqlite import SqliteJournal
from tashawur.terms.errors import NotKeptError


def opened_journal(kind: str, place: str) -> SqliteJournal | PostgresJournal:
    return SqliteJournal(Path(place)) if kind == "sqlite" else PostgresJournal(place)


def values(journal: Journal) -> list[str]:
    """The values that were appended, in the order in which they stand."""
    found = []
    for envelope in journal.entries():
        entry = opened(envelope).entry
        if isinstance(entry, Entry) and entry.type == "say":
            found.append(entry.body["content"]["value"])
    return found


def tell(**told: Any) -> None:
    os.write(1, json.dumps(told).encode() + b"\n")


def append(record: Record, process: str, count: int) -> None:
    for place in range(count):
        value = f"{process}-{place}"
        body = {"topics": ["visas"], "content": {"value": value}}
        tell(process=process, begun=time.monotonic_ns(), value=value)
        record.say("A", key("A minister"), signer("A minister"), ("say", body), AT)
        tell(process=process, ended=time.monotonic_ns())
        time.sleep(random.uniform(0, 0.002))  # so that others come to write as well


def look(record: Record, process: str, count: int) -> None:
    for _ in range(count):
        tell(process=process, begun=time.monotonic_ns())
        saw = values(record.journal)
        tell(process=process, ended=time.monotonic_ns(), saw=saw)


def fill(record: Record, process: str, count: int) -> None:
    """Appends until the disk is full, and then tells what the refusal said."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, count))
    for place in range(100_000):
        value = f"{process}-{place}"
        body = {"topics": ["visas"], "content": {"value": value, "text": "n" * 2_000}}
        tell(process=process, begun=time.monotonic_ns(), value=value)
        try:
            record.say("A", key("A minister"), signer("A minister"), ("say", body), AT)
        except NotKeptError as error:
            tell(process=process, ended=time.monotonic_ns(), taken=False, code=error.code, said=str(error))
            return
        tell(process=process, ended=time.monotonic_ns())


def cut(journal: SqliteJournal | PostgresJournal, after: int) -> None:
    """Begins to write a change with everything in it, and kills itself behind the statement number `after`."""
    node = ready()
    node.say("A minister", "propose", act())
    lines = [read(one) for one in node.lines]
    waiting = Waiting(lines[-1].id, lines[-1].line, "B")
    write, left = journal.write, [after]

    def counted(statement: str, rows: Iterable[Row]) -> None:
        write(statement, rows)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    journal.write = counted  # type: ignore[method-assign]
    proof = (line(node.draft("A minister", "say", {"topics": ["visas"], "content": {}})), lines[0].line)
    journal.keep(Change(tuple(lines[:3]), (waiting,), (lines[0].id,), (proof,)), after=0)
    raise SystemExit("it was to be killed")


def main() -> None:
    kind, place, process, what = sys.argv[1:5]
    count = int(sys.argv[5]) if len(sys.argv) > 5 else 1_000_000
    assert founding()
    journal = opened_journal(kind, place)
    if what.startswith("cut-"):
        cut(journal, int(what.removeprefix("cut-")))
    {"append": append, "read": look, "fill": fill}[what](Record(journal), process, count)


if __name__ == "__main__":
    main()
