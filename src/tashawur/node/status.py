"""Where a node stands: whose it is, what its record holds, what awaits whom."""

from __future__ import annotations

import datetime as dt

import msgspec

from tashawur.node.config import Config
from tashawur.node.keys import read_keys
from tashawur.node.opening import journal_at
from tashawur.node.record import RESTORED, Record
from tashawur.node.told import seen
from tashawur.record.entries import Entry
from tashawur.store.journal import Journal
from tashawur.terms.errors import NoRecordError
from tashawur.terms.vocabulary import Found
from tashawur.wire.messages import Marks


class Head(Found, frozen=True):
    """The last entry of a party: its number in the feed, its id, and the hour that it claims."""

    party: str
    seq: int
    id: str
    at: dt.datetime


class Told(Found, frozen=True):
    """The last entry of a party that `peer` said it held, by its number, and how many more are here: fewer, below 0."""

    peer: str
    party: str
    seq: int
    beside: int


class Recorded(Found, frozen=True):
    """What the record of a node holds. `awaited` counts for each party the acts that still need its signature."""

    fingerprint: str
    entries: int
    heads: tuple[Head, ...]
    acts: int
    confirmed: int
    awaited: dict[str, int]
    forked: tuple[str, ...]
    waiting: int
    told: tuple[Told, ...]


class NodeStatus(Found, frozen=True):
    """Where a node stands. `record` is None before one was begun; `unheard` are those who have not yet shown what they
    have of this side since the node was restored.
    """

    side: str
    journal: str
    node_key: str
    keys: tuple[str, ...]
    record: Recorded | None
    unheard: tuple[str, ...]


def status(config: Config) -> NodeStatus:
    """Where the node stands, read without changing anything."""
    keys = read_keys(config.path("keys"))
    journal = journal_at(config.journal)
    try:
        return NodeStatus(
            side=config.side,
            journal=journal.where,
            node_key=keys.node_key,
            keys=tuple(one.name for one in keys.held),
            record=_recorded(journal),
            unheard=unheard(journal),
        )
    finally:
        journal.close()


def _recorded(journal: Journal) -> Recorded | None:
    try:
        record = Record(journal)
    except NoRecordError:
        return None
    state = record.state()
    awaited: dict[str, int] = {}
    for act in state.acts:
        if not act.confirmed and not act.withdrawn:
            for side in act.need:
                if side not in act.signed:
                    awaited[side] = awaited.get(side, 0) + 1
    heads: list[Head] = []
    last: Marks = {}
    for party, received in record.heads().items():
        entry = received.entry
        assert isinstance(entry, Entry)  # noqa: S101 - entries of newer rules are not admitted
        heads.append(Head(party, entry.seq, received.id, entry.at))
        last[entry.feed] = ((entry.seq, received.id),)
    names = {one.feed: one.name for one in record.founding.act.parties}
    told = [Told(one.peer, names[one.feed], one.seq, one.beside) for one in seen(journal, record.founding, last)]
    return Recorded(
        fingerprint=record.founding.fingerprint,
        entries=len(record),
        heads=tuple(heads),
        acts=len(state.acts),
        confirmed=sum(act.confirmed for act in state.acts),
        awaited=dict(sorted(awaited.items())),
        forked=tuple(sorted({fork.side for fork in state.forks if not fork.resolved})),
        waiting=sum(1 for _ in journal.waiting()),
        told=tuple(told),
    )


def unheard(journal: Journal) -> tuple[str, ...]:
    """Who has not yet shown what they have of this side, since the node was restored; nobody where it was not."""
    note = journal.note(RESTORED)
    return msgspec.json.decode(note, type=tuple[str, ...]) if note else ()
