"""A node judges what is offered, keeps it for good, and only then tells of it."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from benchmarks.recorded import AT, Node, act, feed, founding, key, line, named, ready, signer
from msgspec.structs import replace

from tashawur.node.record import RESTORED, SNAPSHOT, Record, founded
from tashawur.record.entries import read
from tashawur.record.events import Admitted, Confirmed, Forked, Known, Parked, Refused
from tashawur.record.parked import MOST_PARKED
from tashawur.store.journal import Change, Waiting
from tashawur.store.memory import MemoryJournal
from tashawur.store.sqlite import SqliteJournal
from tashawur.terms.errors import (
    DamagedJournalError,
    ForkedSideError,
    NoRecordError,
    NotAdmittedError,
    ReadOnlyError,
)

SAID = {"topics": ["visas"], "content": {"text": "نعم"}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite"
    founded(SqliteJournal(path, make=True), founding().line).close()
    return path


def opened(path: Path) -> Record:
    return Record(SqliteJournal(path))


def shuffled(lines: list[bytes], seed: int = 1) -> list[bytes]:
    mixed = list(lines)
    random.Random(seed).shuffle(mixed)
    return mixed


def test_without_a_founding_act_there_is_no_record() -> None:
    with pytest.raises(NoRecordError):
        Record(MemoryJournal())


def test_what_was_offered_is_there_with_all_that_follows_after_opening_it_again(path: Path) -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act())
    node.say("B minister", "sign", {"act": proposed})
    record = opened(path)
    events = record.offer(shuffled(node.lines), "B")
    assert sum(isinstance(event, Admitted) for event in events) == len(node.lines)
    assert Confirmed(proposed) in events
    record.close()
    again = opened(path)
    assert again.state() == node.ledger.state()
    assert again.ledger().state() == node.ledger.state()
    assert all(isinstance(event, Known) for event in again.offer(node.lines))
    again.close()


def test_what_follows_is_noted_for_the_next_process_and_not_believed_when_entries_came_since(path: Path) -> None:
    node = ready()
    record = opened(path)
    record.offer(node.lines)
    record.close()
    again = opened(path)
    assert again.state() == node.ledger.state()
    assert again._ledger is None  # it was not worked out anew
    again.offer([line(node.draft("A minister", "say", SAID))])
    again.journal.close()  # killed: nothing is noted
    third = opened(path)
    assert third.state().heads != node.ledger.state().heads
    third.journal.set_note(SNAPSHOT, b'{"form":99}')
    assert third.state() == third.ledger().state()
    third.close()


def test_what_waits_is_kept_over_a_restart_and_admitted_when_its_time_comes(path: Path) -> None:
    node = ready()
    node.say("A minister", "say", SAID)
    node.say("A minister", "say", SAID)
    record = opened(path)
    first, *rest = node.lines
    assert all(isinstance(event, Parked) for event in record.offer(rest, "B"))
    record.close()
    again = opened(path)
    assert len(again) == 0
    assert len(list(again.journal.waiting())) == len(rest)
    assert len(again.ledger().parked) == len(rest)
    again.offer([first], "H")
    assert again.ledger().state() == node.ledger.state()
    assert list(again.journal.waiting()) == []
    again.close()


def test_what_waits_on_the_disk_is_admitted_when_a_newer_program_can_judge_it(path: Path) -> None:
    node = ready()
    record = opened(path)
    waiting = [Waiting(read(one).id, one, "B") for one in node.lines]
    record.journal.keep(Change(parked=tuple(waiting)), after=0)  # as a program that did not know their rules kept them
    assert record.ledger().state() == node.ledger.state()
    assert len(record) == len(record.ledger()) == 3
    assert list(record.journal.waiting()) == []
    record.close()


def test_a_million_entries_that_wait_cannot_be_forced_on_a_node(path: Path) -> None:
    node = ready()
    node.say("A minister", "say", SAID)
    base = node.draft("A minister", "say", SAID)
    early = [line(replace(base, seq=place, prev=f"{place:064x}")) for place in range(3, MOST_PARKED + 103)]
    record = opened(path)
    events = record.offer(early, "B")
    assert sum(isinstance(event, Parked) for event in events) == MOST_PARKED
    assert events[-1] == Refused("parked.full", events[-1].id if isinstance(events[-1], Refused) else "")
    assert len(list(record.journal.waiting())) == MOST_PARKED
    assert all(isinstance(event, Admitted) for event in record.offer(node.lines, "B"))
    record.close()


def test_a_fork_is_kept_with_its_proof_and_nothing_is_signed_that_needs_its_side(path: Path) -> None:
    node = ready()
    one = node.draft("A minister", "say", SAID)
    other = replace(one, body={"topics": ["visas"], "content": {"text": "لا"}})
    record = opened(path)
    events = record.offer([*node.lines, line(one), line(other)], "A")
    assert any(isinstance(event, Forked) for event in events)
    assert [set(proof) for proof in record.journal.proofs()] == [{line(one), line(other)}]
    with pytest.raises(ForkedSideError):
        record.say("B", key("B minister"), signer("B minister"), ("propose", act()), AT)
    record.say("B", key("B minister"), signer("B minister"), ("say", SAID), AT)
    record.close()


def test_an_entry_that_is_said_is_kept_and_a_refused_one_leaves_no_trace(path: Path) -> None:
    record = opened(path)
    record.offer(ready().lines)
    said = record.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    assert record.journal.entry(said.id) == said.envelope
    with pytest.raises(NotAdmittedError) as refused:
        record.say("A", key("A node"), signer("A node"), ("say", SAID), AT)
    assert refused.value.rule == "mandate.role"
    assert len(record) == 4
    record.close()


def test_what_is_interrupted_while_it_is_judged_leaves_the_node_as_its_journal_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened(path)
    lines = ready().lines
    record.offer(lines[:1])

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(record, "_change", interrupted)
        with pytest.raises(KeyboardInterrupt):
            record.offer(lines[1:])
    assert len(record.ledger()) == len(record) == 1
    record.offer(lines)
    assert len(record.ledger()) == len(record) == 3
    record.close()


def test_two_processes_that_write_for_one_side_make_no_fork(path: Path) -> None:
    one, other = opened(path), opened(path)
    one.offer(ready().lines)
    for place in range(6):
        record = (one, other)[place % 2]
        record.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    state = one.ledger().state()
    assert state == other.ledger().state()
    assert not state.forks
    assert len(state.heads[feed("A")]) == 1
    one.close()
    other.close()


def test_a_clock_that_was_set_back_claims_no_hour_before_that_of_the_last_entry(path: Path) -> None:
    record = opened(path)
    record.offer(ready().lines)
    back = record.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT - dt.timedelta(days=400))
    assert back.entry.at == AT  # type: ignore[union-attr]
    later = record.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT + dt.timedelta(days=1))
    assert later.entry.at == AT + dt.timedelta(days=1)  # type: ignore[union-attr]
    record.close()


def test_a_member_whose_mandate_ended_between_draft_and_signature_is_refused(path: Path) -> None:
    node = ready()
    draft = line(node.draft("A minister", "say", SAID))
    node.say("A root", "member.end", {"key": named("A minister")[0]})
    record = opened(path)
    record.offer(node.lines)
    with pytest.raises(NotAdmittedError) as refused:
        record.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    assert refused.value.rule == "mandate.ended"
    assert isinstance(record.offer([draft])[0], Admitted)  # on a branch of its own: shown as a fork
    assert record.state().forks
    record.close()


def test_a_restored_node_writes_nothing(path: Path) -> None:
    record = opened(path)
    record.offer(ready().lines)
    record.journal.set_note(RESTORED, b"[]")
    with pytest.raises(ReadOnlyError):
        record.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    assert len(record) == 3
    record.close()


def test_entries_that_do_not_follow_from_what_stands_before_are_noticed() -> None:
    journal = MemoryJournal()
    record = founded(journal, founding().line)
    record.offer(ready().lines)
    journal._entries.pop(1)
    with pytest.raises(DamagedJournalError) as damaged:
        Record(journal).ledger()
    assert damaged.value.number == 2


def test_all_orders_of_arrival_and_all_portions_lead_to_the_same_state(tmp_path: Path) -> None:
    node = Node(founding())
    for side in "ABH":
        node.appoint(f"{side} minister")
    proposed = node.say("A minister", "propose", act())
    node.say("A minister", "lapse", {"act": proposed})
    node.say("B minister", "sign", {"act": proposed})
    for seed in range(20):
        record = founded(SqliteJournal(tmp_path / f"{seed}.sqlite", make=True), founding().line)
        mixed = shuffled(node.lines, seed)
        for start in range(0, len(mixed), 2):
            record.offer(mixed[start : start + 2], "BH"[seed % 2])
        assert record.ledger().state() == node.ledger.state()
        record.close()
