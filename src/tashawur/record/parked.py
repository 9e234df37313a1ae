"""Entries that wait for others, in queues that cannot grow without end: one for each peer and feed."""

from __future__ import annotations

from collections import Counter
from typing import Final

from tashawur.record.entries import Received
from tashawur.record.rules import refused

MOST_PARKED: Final = 1_024
"""How many entries of a feed may wait that one peer brought."""
MOST_PARKED_BYTES: Final = 8 * 2**20
"""How long their lines may be together."""
FOR_RULES: Final = "rules"
"""What entries of newer rules wait for."""

Queue = tuple[str, str]


class ParkedEntries:
    """What waits, by what it waits for. A peer fills its own queues and nobody else's.

    An entry that can be admitted never waits, so a full queue delays only what would have had to wait anyway; the peer
    brings it again.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, list[tuple[Received, str]]] = {}
        self._ids: dict[Queue, set[str]] = {}
        self._bytes: Counter[Queue] = Counter()

    def __len__(self) -> int:
        return sum(map(len, self._ids.values()))

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def largest(self) -> tuple[int, int]:
        """The entries of the fullest queue, and the bytes of the heaviest."""
        return max(map(len, self._ids.values()), default=0), max(self._bytes.values(), default=0)

    def park(self, received: Received, waits_for: str, peer: str) -> None:
        """Keeps the entry until `waits_for` is there; refused when its queue is full."""
        queue = (peer, received.entry.feed)
        ids = self._ids.setdefault(queue, set())
        if received.id in ids:
            return
        size = len(received.line)
        if len(ids) >= MOST_PARKED or self._bytes[queue] + size > MOST_PARKED_BYTES:
            raise refused("parked.full")
        ids.add(received.id)
        self._bytes[queue] += size
        self._waiting.setdefault(waits_for, []).append((received, peer))

    def freed(self, came: str) -> list[tuple[Received, str]]:
        """The entries that waited for `came`, with the peers that brought them. They wait no more."""
        found = self._waiting.pop(came, [])
        for received, peer in found:
            queue = (peer, received.entry.feed)
            self._ids[queue].discard(received.id)
            self._bytes[queue] -= len(received.line)
        return found
