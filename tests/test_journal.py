"""Every journal keeps the same promises: one suite for memory, SQLite and PostgreSQL, on real files and servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from benchmarks.recorded import feed
from msgspec.structs import replace

from journals import Reopen, made_journal, spoken
from tashawur.record.members import person_digest
from tashawur.store.journal import Change, Journal, Person, Waiting
from tashawur.terms.errors import MovedOnError

KINDS = ("memory", "sqlite", "postgres")
ENTRIES = spoken(9)
LINES = [one.line for one in ENTRIES]


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Journal, Reopen]]:
    server = request.getfixturevalue("postgres") if request.param == "postgres" else None
    journal, reopen = made_journal(request.param, tmp_path, server)
    with ExitStack() as opened:
        opened.callback(journal.close)

        def again() -> Journal:
            other = reopen()
            opened.callback(other.close)
            return other

        yield journal, again


@pytest.fixture
def journal(made: tuple[Journal, Reopen]) -> Journal:
    return made[0]


def keep(journal: Journal, first: int, last: int) -> None:
    journal.keep(Change(admitted=tuple(ENTRIES[first:last])), after=first)


def test_entries_come_back_as_they_were_and_in_order(journal: Journal) -> None:
    keep(journal, 0, 1)
    keep(journal, 1, 12)
    assert len(journal) == len(ENTRIES) == 12
    assert list(journal.entries()) == [one.envelope for one in ENTRIES]
    assert list(journal.entries(since=7)) == [one.envelope for one in ENTRIES[7:]]
    assert list(journal.entries(since=12)) == []


def test_an_entry_is_found_by_its_id_and_by_its_number(journal: Journal) -> None:
    keep(journal, 0, 5)
    assert journal.at(4) == ENTRIES[3].envelope
    assert journal.at(0) is journal.at(6) is None
    assert journal.entry(ENTRIES[3].id) == ENTRIES[3].envelope
    assert journal.entry(ENTRIES[6].id) is None


def test_a_feed_is_read_from_any_number_on_and_its_last_entry_at_once(journal: Journal) -> None:
    keep(journal, 0, 12)
    of_b = [one.envelope for one in ENTRIES if getattr(one.entry, "feed", "") == feed("B")]
    assert len(of_b) == 4
    assert list(journal.feed(feed("B"))) == of_b
    assert list(journal.feed(feed("B"), after=2)) == of_b[2:]
    assert journal.last(feed("B")) == of_b[-1]
    assert journal.last("00" * 32) is None


def test_what_was_taken_is_there_for_whoever_opens_it_next(made: tuple[Journal, Reopen]) -> None:
    journal, reopen = made
    keep(journal, 0, 6)
    other = reopen()
    assert [one.id for one in other.entries()] == [one.id for one in ENTRIES[:6]]
    keep(journal, 6, 7)
    assert len(other) == 7


def test_of_two_writers_at_once_one_is_refused_and_nothing_of_it_is_taken(made: tuple[Journal, Reopen]) -> None:
    journal, reopen = made
    other = reopen()
    keep(journal, 0, 4)
    parked = Waiting(ENTRIES[9].id, LINES[9], "B")
    with pytest.raises(MovedOnError):
        other.keep(Change(admitted=tuple(ENTRIES[3:8]), parked=(parked,)), after=3)
    with pytest.raises(MovedOnError):
        other.keep(Change(admitted=(ENTRIES[0],)), after=4)
    assert len(journal) == 4
    assert list(journal.waiting()) == []
    other.keep(Change(admitted=tuple(ENTRIES[4:8])), after=4)
    assert [one.id for one in journal.entries()] == [one.id for one in ENTRIES[:8]]


def test_what_waits_is_kept_with_who_brought_it_until_it_is_freed(made: tuple[Journal, Reopen]) -> None:
    journal, reopen = made
    first = Waiting(ENTRIES[8].id, LINES[8], "B")
    second = Waiting(ENTRIES[9].id, LINES[9], "H")
    again = replace(first, peer="H")
    journal.keep(Change(parked=(first, second)), after=0)
    journal.keep(Change(parked=(first, again)), after=0)
    assert list(reopen().waiting()) == [first, second, again]
    journal.keep(Change(admitted=tuple(ENTRIES[:9]), freed=(ENTRIES[8].id,)), after=0)
    assert list(reopen().waiting()) == [second]


def test_a_proof_is_kept_once(made: tuple[Journal, Reopen]) -> None:
    journal, reopen = made
    journal.keep(Change(proofs=((LINES[0], LINES[1]), (LINES[2], LINES[3]))), after=0)
    journal.keep(Change(proofs=((LINES[0], LINES[1]),)), after=0)
    assert list(reopen().proofs()) == [(LINES[0], LINES[1]), (LINES[2], LINES[3])]


def test_a_note_is_replaced_and_taken_away(made: tuple[Journal, Reopen]) -> None:
    journal, reopen = made
    assert journal.note("snapshot") is None
    journal.set_note("snapshot", b"one")
    journal.set_note("snapshot", bytes(range(256)) * 5_000)
    assert reopen().note("snapshot") == bytes(range(256)) * 5_000
    journal.set_note("snapshot", None)
    assert reopen().note("snapshot") is None


def test_a_name_is_known_by_its_digest_until_it_is_erased(made: tuple[Journal, Reopen]) -> None:
    journal, reopen = made
    person = Person("Надежда علي O'Neill", bytes(16))
    digest = person_digest(person.name, person.salt)
    keep(journal, 0, 3)
    journal.set_person(digest, person)
    journal.set_person(digest, person)
    assert reopen().person(digest) == person
    assert list(reopen().persons()) == [(digest, person)]
    journal.set_person(digest, None)
    assert reopen().person(digest) is None
    assert len(reopen()) == 3


def test_a_name_is_not_shown() -> None:
    assert repr(Person("Nadezhda", b"salt")) == "Person()"


def test_thousands_of_entries_are_read_in_portions(journal: Journal) -> None:
    entries = spoken(2_500)
    journal.keep(Change(admitted=tuple(entries)), after=0)
    assert [one.id for one in journal.entries(since=3)] == [one.id for one in entries[3:]]
    assert sum(1 for _ in journal.feed(feed("A"), after=1)) == 834
