"""What a node's journal holds, as an exchange with other nodes needs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tashawur.node.checking import Check, CheckTogether, check_here
from tashawur.node.config import Config
from tashawur.node.keys import Keys, read_keys
from tashawur.node.opening import record_of
from tashawur.node.record import Record
from tashawur.record.entries import Entry, Received, opened
from tashawur.record.envelope import ENTRY, Envelope, seal
from tashawur.record.events import Admitted, Event
from tashawur.wire.feeds import Feeds
from tashawur.wire.messages import Standing
from tashawur.wire.signed import OwnNode


class HeldRecord:
    """The record of a node as `tashawur.wire.holdings.Holdings`. It is used by one thread at a time."""

    def __init__(self, record: Record, check: Check = check_here) -> None:
        self.record = record
        self._check = check
        self._feeds = Feeds()

    def _known(self) -> Feeds:
        """Which entries there are, with those that another process wrote since."""
        if len(self._feeds) != len(self.record):
            for envelope in self.record.journal.entries(since=len(self._feeds)):
                self._add(opened(envelope))
        return self._feeds

    def _add(self, received: Received) -> None:
        entry = received.entry
        assert isinstance(entry, Entry)  # noqa: S101 - entries of newer rules are not admitted
        self._feeds.add(received.id, entry.feed, entry.seq, entry.prev)

    def holds(self, name: str) -> bool:
        """See the port."""
        return name in self._known()

    def standing(self) -> Standing:
        """See the port."""
        return self._known().standing()

    def lacking(self, have: Standing, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """See the port."""
        kept: Iterator[Envelope] = iter(())
        after = -1
        for place in self._known().lacking(have, start):
            if after < 0 or place > after + _NEAR:
                kept, after = self.record.journal.entries(since=place), place
            while after < place:
                next(kept)
                after += 1
            envelope = next(kept)
            after += 1
            yield place, seal(ENTRY, envelope.payload, envelope.signatures)

    def admit(self, lines: Sequence[bytes], peer: str) -> Sequence[Event]:
        """See the port."""
        known = self._known()
        events = self.record.offer(lines, peer, self._check)
        admitted = [event.received for event in events if isinstance(event, Admitted)]
        if len(known) + len(admitted) == len(self.record):
            for received in admitted:
                self._add(received)
        return events


_NEAR = 1_000
"""How many entries that are not wanted are read over, rather than to look for the next one anew."""


@contextmanager
def held_by(config: Config) -> Iterator[tuple[OwnNode, HeldRecord, Keys]]:
    """The node, what it holds, and its keys; the journal is let go at the end."""
    keys = read_keys(config.path("keys"))
    record = record_of(config)
    try:
        record.party(config.side)
        with CheckTogether() as check:
            yield OwnNode(record.founding, config.side, keys.node_signer()), HeldRecord(record, check), keys
    finally:
        record.close()
