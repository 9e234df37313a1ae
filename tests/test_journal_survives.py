"""A journal keeps what it acknowledged: over kills, a full disk, a damaged file, and several processes at once."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest
from benchmarks.postgres_server import postgres_crashes, postgres_database, postgres_server, postgres_starts
from benchmarks.recorded import founding, ready

from histories import Done, impossible, parsed
from journal_process import opened_journal, values
from journals import spoken
from tashawur.node import verifying
from tashawur.node.record import Record, founded
from tashawur.node.verifying import verified, verified_together
from tashawur.store.journal import Change
from tashawur.store.postgres import PostgresJournal
from tashawur.store.sql import Row
from tashawur.store.sqlite import SqliteJournal
from tashawur.terms.errors import DamagedJournalError, NotKeptError, TashawurError, UnreachableError

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
on_disk = pytest.mark.parametrize("kind", ["sqlite", "postgres"])


@pytest.fixture
def place(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """Where a journal of the kind is that has the founding act and three members."""
    if kind == "sqlite":
        where = str(tmp_path / "journal.sqlite")
        journal: SqliteJournal | PostgresJournal = SqliteJournal(Path(where), make=True)
    else:
        where = postgres_database(request.getfixturevalue("postgres"))
        journal = PostgresJournal(where, make=True)
    record = founded(journal, founding().line)
    record.offer(ready().lines)
    record.close()
    return where


def started(kind: str, place: str, process: str, *what: str) -> subprocess.Popen[str]:
    call = [sys.executable, "-m", "journal_process", kind, place, process, *what]
    return subprocess.Popen(call, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)


def ended(process: subprocess.Popen[str]) -> list[str]:
    """What it told, once it has ended."""
    assert process.stdout
    with process.stdout as told:
        lines = told.readlines()
    process.wait(60)
    return lines


def final(kind: str, place: str) -> list[str]:
    """What stands in the journal, all of it verified anew."""
    journal = opened_journal(kind, place)
    found = verified(journal)
    assert found.good == found.entries == len(journal)
    assert not found.state.forks
    stands = values(journal)
    journal.close()
    return stands


def killed_later(processes: Sequence[subprocess.Popen[str]], seconds: float) -> list[Done]:
    """What the processes told until they were killed, `seconds` after each has done something."""
    told = []
    for process in processes:
        assert process.stdout
        told.append([process.stdout.readline(), process.stdout.readline()])
    time.sleep(seconds)
    for process in processes:
        process.send_signal(signal.SIGKILL)
    return [one for process, lines in zip(processes, told, strict=True) for one in parsed([*lines, *ended(process)])]


@on_disk
def test_a_process_is_killed_at_random_moments_and_nothing_that_it_acknowledged_is_lost(kind: str, place: str) -> None:
    chance = random.Random(6)
    history: list[Done] = []
    turns = 8 if kind == "sqlite" else 4
    for turn in range(turns):
        history += killed_later([started(kind, place, f"w{turn}", "append")], chance.uniform(0, 0.15))
        assert impossible(history, final(kind, place)) is None
    assert sum(one.ended is not None for one in history) >= turns


@on_disk
def test_what_several_processes_saw_of_one_journal_fits_the_model(kind: str, place: str) -> None:
    processes = [started(kind, place, name, "append") for name in ("a", "b")]
    processes.append(started(kind, place, "r", "read"))
    history = killed_later(processes, 1)
    stands = final(kind, place)
    assert impossible(history, stands) is None
    assert {value.split("-", maxsplit=1)[0] for value in stands} == {"a", "b"}
    assert any(one.saw is not None for one in history)


@on_disk
@pytest.mark.parametrize("statement", range(1, 5))
def test_half_a_change_is_none(kind: str, place: str, statement: int, request: pytest.FixtureRequest) -> None:
    if kind == "sqlite":
        empty = place.replace("journal", "empty")
        SqliteJournal(Path(empty), make=True).close()
    else:
        empty = postgres_database(request.getfixturevalue("postgres"))
        PostgresJournal(empty, make=True).close()
    process = started(kind, empty, "w", f"cut-{statement}")
    ended(process)
    assert process.returncode == -signal.SIGKILL
    journal = opened_journal(kind, empty)
    assert len(journal) == 0
    assert not list(journal.waiting())
    assert not list(journal.proofs())
    entries = spoken(0)
    journal.keep(Change(admitted=tuple(entries)), after=0)
    assert len(journal) == 3
    journal.close()


@pytest.mark.parametrize("kind", ["sqlite"])
def test_on_a_full_disk_an_entry_is_refused_and_the_earlier_ones_stay(kind: str, place: str) -> None:
    process = started(kind, place, "w", "fill", str(600_000))
    lines = ended(process)
    assert process.returncode == 0
    last = json.loads(lines[-1])
    assert last["code"] == "journal.not-kept"
    assert "look whether the disk is full" in last["said"] or "the disk is full" in last["said"]
    history = parsed(lines)
    assert len(history) > 10
    assert impossible(history, final(kind, place)) is None
    after = killed_later([started(kind, place, "x", "append")], 0.2)  # there is room again
    assert impossible(history + after, final(kind, place)) is None
    assert any(one.ended for one in after)


def test_a_ledger_forgets_what_the_journal_could_not_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = founded(SqliteJournal(tmp_path / "j.sqlite", make=True), founding().line)
    lines = ready().lines
    record.offer(lines[:1])

    def full(*_: object) -> None:
        raise NotKeptError(place="j", why="the disk is full; make room on it")

    with monkeypatch.context() as patch:
        patch.setattr(record.journal, "keep", full)
        with pytest.raises(NotKeptError):
            record.offer(lines)
    assert len(record.ledger()) == len(record.journal) == 1
    record.offer(lines)
    assert len(record.ledger()) == len(record.journal) == 3
    record.close()


@pytest.mark.usefixtures("postgres")  # which says so where no server is installed
def test_a_server_that_crashes_loses_nothing_that_was_acknowledged() -> None:
    with postgres_server() as server:
        address = postgres_database(server)
        entries = spoken(40)
        journal = PostgresJournal(address, make=True)
        for place, one in enumerate(entries[:30]):
            journal.keep(Change(admitted=(one,)), after=place)
        postgres_crashes(server)
        with pytest.raises(UnreachableError) as gone:
            journal.keep(Change(admitted=(entries[30],)), after=30)
        assert gone.value.code == "journal.unreachable"
        journal.close()
        with pytest.raises(UnreachableError):
            PostgresJournal(address)
        postgres_starts(server)
        again = PostgresJournal(address)
        assert [one.id for one in again.entries()] == [one.id for one in entries[:30]]
        again.keep(Change(admitted=tuple(entries[30:])), after=30)
        again.close()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        with pytest.raises(UnreachableError, match="fsync"):
            _until_fsync_is_off(address)


def _until_fsync_is_off(address: str) -> None:
    for _ in range(100):  # the server takes its settings in a moment later
        PostgresJournal(address).close()
        time.sleep(0.1)


def test_what_cannot_be_read_back_as_it_was_written_is_not_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = founded(SqliteJournal(tmp_path / "j.sqlite", make=True), founding().line)
    lines = ready().lines
    journal = record.journal
    assert isinstance(journal, SqliteJournal)
    ask = journal.ask

    def failing(statement: str, values: Row = ()) -> list[Row]:
        """A disk that gives back the second of three entries with a bit changed."""
        rows = ask(statement, values)
        return [rows[0], (*rows[1][:5], b"?" * 64), rows[2]] if "seq, payload" in statement else rows

    with monkeypatch.context() as patch:
        patch.setattr(journal, "ask", failing)
        with pytest.raises(DamagedJournalError, match="read back") as damaged:
            record.offer(lines)
    assert damaged.value.number == 2
    record.close()


# A damaged file


def filled(path: Path) -> SqliteJournal:
    journal = SqliteJournal(path, make=True)
    record = founded(journal, founding().line)
    record.offer([one.line for one in spoken(400)])
    record.note_state()
    return journal


def page_of_entries(path: Path) -> int:
    """The number of a page in the middle of those that hold entries, and no other."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT payload FROM entry WHERE n = 200").fetchone()
    data = path.read_bytes()
    return data.index(rows[0]) // 4096


def test_a_damaged_page_is_told_and_all_else_can_still_be_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    filled(path).close()
    page = page_of_entries(path)
    with path.open("r+b") as file:
        file.seek(page * 4096)
        file.write(bytes(range(256)) * 16)
    before = path.read_bytes()
    journal = SqliteJournal(path)
    with pytest.raises(DamagedJournalError) as damaged:
        list(journal.entries())
    assert damaged.value.code == "journal.damaged"
    found = verified(journal)
    assert found.entries == 403
    assert 200 in found.damaged
    assert len(found.damaged) < 20
    assert found.good + len(found.waiting) + len(found.damaged) == 403
    journal.close()
    assert path.read_bytes() == before


def test_a_changed_byte_in_an_entry_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    journal = filled(path)
    payload = journal.at(77)
    assert payload
    journal.close()
    data = bytearray(path.read_bytes())
    at = data.index(payload.payload) + 40
    data[at] ^= 1
    path.write_bytes(data)
    journal = SqliteJournal(path)
    with pytest.raises(DamagedJournalError) as damaged:
        list(journal.entries())
    assert damaged.value.number == 77
    found = verified(journal)
    assert found.damaged == (77,)
    journal.close()


@pytest.mark.parametrize("data", [b"", b"no database" * 1_000, b"SQLite format 3\0" + bytes(4_080)])
def test_a_file_that_is_no_journal_is_refused_and_left_as_it_is(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(data)
    with pytest.raises((UnreachableError, DamagedJournalError)):
        SqliteJournal(path)
    assert path.read_bytes() == data


def test_a_journal_that_is_only_read_is_left_as_it_is_with_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    filled(path).close()
    before = path.read_bytes()
    assert verified_together(str(path), 1).whole
    journal = SqliteJournal(path, only_read=True)
    with pytest.raises(NotKeptError):
        journal.set_note("x", b"y")
    journal.close()
    assert [one.name for one in tmp_path.iterdir()] == ["journal.sqlite"]
    assert path.read_bytes() == before


def test_a_journal_in_use_is_read_with_what_was_written_last(tmp_path: Path) -> None:
    journal = filled(tmp_path / "journal.sqlite")
    assert verified_together(journal.where, 1).entries == 403
    journal.close()


def test_a_file_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with pytest.raises(UnreachableError):
        SqliteJournal(path)
    assert not path.exists()


def test_a_damaged_note_of_what_follows_is_worked_out_anew(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    journal = filled(path)
    state = Record(journal).ledger().state()
    journal.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE note SET data = x'7b7d' WHERE name = 'snapshot'")
    connection.close()
    record = Record(SqliteJournal(path))
    assert record.state() == state
    record.close()


def test_an_erased_name_is_nowhere_in_the_files(tmp_path: Path) -> None:
    from tashawur.store.journal import Person

    path = tmp_path / "journal.sqlite"
    journal = filled(path)
    journal.set_person("ab" * 32, Person("Nadezhda Canary", b"s" * 16))
    assert any(b"Nadezhda Canary" in one.read_bytes() for one in tmp_path.iterdir())
    journal.set_person("ab" * 32, None)
    assert not any(b"Nadezhda Canary" in one.read_bytes() for one in tmp_path.iterdir())
    assert len(journal) == 403
    journal.close()


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_several_processes_come_to_the_same_verdict_as_one(
    tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "FEW", 10)
    path = tmp_path / "journal.sqlite"
    journal = filled(path)
    alone = verified(journal)
    journal.close()
    assert verified_together(str(path), jobs) == alone
    assert alone.whole
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE entry SET signatures = zeroblob(64) WHERE n = 390")
    connection.close()
    found = verified_together(str(path), jobs)
    assert found.refused == {390: "signature.wrong"}
    assert found.good + len(found.waiting) + 1 == found.entries == 403


# The checker itself


def done(process: str, begun: int, ended: int | None, **more: object) -> Done:
    return Done(process, begun, ended, **more)  # type: ignore[arg-type]


GOOD = [
    done("a", 0, 10, value="a0"),
    done("b", 5, 15, value="b0"),
    done("r", 11, 12, saw=("a0",)),
    done("a", 20, None, value="a1"),
    done("b", 21, 30, value="b1", taken=False),
    done("r", 31, 32, saw=("a0", "b0")),
]


def test_the_checker_lets_through_what_the_model_allows() -> None:
    assert impossible(GOOD, ["a0", "b0"]) is None
    assert impossible(GOOD, ["a0", "b0", "a1"]) is None


@pytest.mark.parametrize(
    ("final", "why"),
    [
        (["b0"], "lost"),
        (["a0", "a0", "b0"], "twice"),
        (["a0", "b0", "b1"], "refused"),
        (["a0", "b0", "x"], "never appended"),
        (["b0", "a0"], "no beginning"),
        (["a0", "a1", "b0"], "stands after"),
    ],
)
def test_the_checker_finds_what_the_model_forbids(final: list[str], why: str) -> None:
    assert why in (impossible(GOOD, final) or "")


@pytest.mark.parametrize(
    ("read", "why"),
    [
        (done("r", 16, 17, saw=("a0",)), "did not see b0"),
        (done("r", 13, 14, saw=("a0", "b0", "a1")), "before it was called"),
        (done("r", 40, 41, saw=("b0",)), "no beginning"),
    ],
)
def test_the_checker_finds_reads_that_the_model_forbids(read: Done, why: str) -> None:
    assert why in (impossible([*GOOD, read], ["a0", "b0", "a1"]) or "")


def test_every_error_of_a_journal_has_a_code() -> None:
    assert {one.code for one in TashawurError.__subclasses__() if one.code.startswith("journal.")} >= {
        "journal.damaged",
        "journal.moved-on",
        "journal.not-kept",
        "journal.unreachable",
        "journal.version",
    }
