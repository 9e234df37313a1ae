"""Measures the journal: durable appends, opening a large record, verifying it with two processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.postgres_server import postgres_database, postgres_programs, postgres_server
from benchmarks.recorded import AT, act, feed, founding, key, ready, signer
from tashawur.node.record import Record, founded
from tashawur.node.verifying import verified, verified_together
from tashawur.record.entries import Entry, Received, read, sealed
from tashawur.store.journal import Change, Journal
from tashawur.store.postgres import PostgresJournal
from tashawur.store.sqlite import SqliteJournal

FLOOR_APPEND: Final = 0.6
CEILING_POSTGRES: Final = 3.0
CEILING_OPEN: Final = 0.050
CEILING_STATE: Final = 2.0
FLOOR_TWO: Final = 1.6
TURN: Final = 100
PORTION: Final = 5_000
ACTS: Final = 50
"""One act, with its signature, among so many entries."""
TEXT: Final = "نحن نرى أن الحصص القنصلية يجب أن تعاد إلى مستوى سابق على مراحل " * 2


def many(number: int) -> Iterator[Received]:
    """Entries of three sides in turn, each naming the last ones of the others, some of them acts that all sign."""
    node = ready()
    lines = [read(line) for line in node.lines]
    yield from lines
    heads = {one.entry.feed: (one.entry.seq, one.id) for one in lines if isinstance(one.entry, Entry)}
    proposed = ""
    for place in range(number - len(lines)):
        side = "ABH"[place % 3]
        own = feed(side)
        kind, body = "say", {"topics": ["visas"], "content": {"text": TEXT, "value": place}}
        if place % ACTS == 0 and side != "H":
            kind, body = "propose", act()
            signing = {"A": "B", "B": "A"}[side]
        elif proposed and side == signing:
            kind, body = "sign", {"act": proposed}
        entry = Entry(
            at=AT,
            body=body,
            con=founding().id,
            feed=own,
            key=key(f"{side} minister"),
            prev=heads[own][1],
            seen={other: (head,) for other, head in heads.items() if other != own},
            seq=heads[own][0] + 1,
            type=kind,
            v=1,
        )
        received = read(sealed(entry, signer(f"{side} minister")))
        proposed = received.id if kind == "propose" else "" if kind == "sign" else proposed
        heads[own] = (entry.seq, received.id)
        yield received


def filled(path: Path, entries: Iterable[Received]) -> None:
    """A journal with these entries, and with what follows from them noted."""
    journal = SqliteJournal(path, make=True)
    record = founded(journal, founding().line)
    left, count = iter(entries), 0
    while portion := tuple(islice(left, PORTION)):
        journal.keep(Change(admitted=portion), after=count)
        count += len(portion)
    record.note_state()
    journal.close()


# Appending


def append(turns: int) -> dict[str, Any]:
    """Durable appends of one entry each, in turns: the raw disk, SQLite, a node, PostgreSQL where it is installed."""
    entries = list(many(turns * TURN))
    took: dict[str, list[float]] = {"raw": [], "sqlite": [], "node": [], "postgres": []}
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        raw = os.open(place / "raw", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        stack.callback(os.close, raw)
        sqlite = stack.enter_context(closing(SqliteJournal(place / "s.sqlite", make=True)))
        record = founded(SqliteJournal(place / "n.sqlite", make=True), founding().line)
        stack.callback(record.journal.close)
        postgres: Journal | None = None
        if postgres_programs():
            server = stack.enter_context(postgres_server())
            postgres = stack.enter_context(closing(PostgresJournal(postgres_database(server), make=True)))
        for start in range(0, len(entries), TURN):
            turn = entries[start : start + TURN]
            took["raw"].append(_seconds(lambda one, _: _written(raw, one.line), turn, start))
            took["sqlite"].append(_seconds(lambda one, n: sqlite.keep(Change(admitted=(one,)), n), turn, start))
            took["node"].append(_seconds(lambda one, _: record.offer([one.line]), turn, start))
            if postgres is not None:
                took["postgres"].append(_seconds(lambda one, n: postgres.keep(Change(admitted=(one,)), n), turn, start))
    per_second = {name: round(TURN / median(found)) for name, found in took.items() if found}
    ratios = {name: _ratio(took["raw"], took[name]) for name in ("sqlite", "node")}
    found: dict[str, Any] = {"appends": len(entries), "per second": per_second, "of the raw disk": ratios}
    kept = {f"sqlite >= {FLOOR_APPEND} of the raw disk": ratios["sqlite"] >= FLOOR_APPEND}
    if took["postgres"]:
        found["postgres takes times sqlite"] = _ratio(took["postgres"], took["sqlite"])
        kept[f"postgres <= {CEILING_POSTGRES} times sqlite"] = found["postgres takes times sqlite"] <= CEILING_POSTGRES
    return {**found, "floors kept": kept}


def _seconds(work: Any, turn: list[Received], start: int) -> float:
    begun = time.perf_counter()
    for number, one in enumerate(turn, start):
        work(one, number)
    return time.perf_counter() - begun


def _ratio(these: list[float], those: list[float]) -> float:
    return round(median(one / other for one, other in zip(these, those, strict=True)), 3)


def _written(file: int, line: bytes) -> None:
    os.write(file, line)
    os.fsync(file)


# Opening

_OPEN: Final = """
import sys, time, json
from pathlib import Path
from tashawur.node.record import Record
from tashawur.store.postgres import PostgresJournal
from tashawur.store.sqlite import SqliteJournal
import tashawur.record.ledger, msgspec
path = Path(sys.argv[1])
begun = time.perf_counter()
record = Record(SqliteJournal(path))
heads, entries = record.heads(), len(record)
opened = time.perf_counter()
state = record.state()
followed = time.perf_counter()
print(json.dumps([opened - begun, followed - opened, entries, sum(act.confirmed for act in state.acts)]))
"""


def opening(number: int) -> dict[str, Any]:
    """Opening a journal of that many entries in a process that has started, and taking one new entry after that."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "journal.sqlite")
        begun = time.perf_counter()
        filled(path, many(number))
        made = time.perf_counter() - begun
        rounds = []
        for _ in range(5):
            call = [sys.executable, "-c", _OPEN, str(path)]
            rounds.append(json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))
        size = path.stat().st_size
        begun = time.perf_counter()
        record = Record(SqliteJournal(path))
        record.say("A", key("A minister"), signer("A minister"), ("say", {"topics": ["visas"], "content": {}}), AT)
        first = time.perf_counter() - begun
        record.journal.close()
    opened, followed = (median(one[place] for one in rounds) for place in (0, 1))
    return {
        "entries": rounds[0][2],
        "acts confirmed": rounds[0][3],
        "MB": round(size / 1e6),
        "seconds to make it": round(made, 1),
        "seconds to open by heads": round(opened, 4),
        "seconds to what is confirmed": round(followed, 3),
        "seconds to the first new entry": round(first, 2),
        "floors kept": {
            f"open <= {CEILING_OPEN} s": opened <= CEILING_OPEN,
            f"state <= {CEILING_STATE} s": followed <= CEILING_STATE,
        },
    }


# Verifying with two processes


def two_processes(lines: list[bytes]) -> float:
    """How many times as fast two processes verify a journal of these entries as one."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "journal.sqlite")
        filled(path, map(read, lines))
        took = []
        for jobs in (1, 2):
            begun = time.perf_counter()
            if jobs == 1:
                with closing(SqliteJournal(path)) as journal:
                    found = verified(journal)
            else:
                found = verified_together(str(path), jobs)
            took.append(time.perf_counter() - begun)
            if not found.whole or found.entries != len(lines):
                raise SystemExit("not every entry was verified")
    return round(took[0] / took[1], 2)
