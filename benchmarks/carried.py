"""Nodes that carry their records to each other, in memory: for tests and measurements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count

from benchmarks.recorded import act, founding, ready, signer
from tashawur.node.checking import Check, check_here
from tashawur.record.entries import Entry
from tashawur.record.envelope import ENTRY, Envelope, seal, unseal
from tashawur.record.events import Admitted, Event, Refused
from tashawur.record.founding import Founding
from tashawur.record.ledger import Ledger
from tashawur.wire.answering import Answer, AskedNode
from tashawur.wire.exchange import Ask, Exchange, Report
from tashawur.wire.feeds import Feeds
from tashawur.wire.messages import Standing
from tashawur.wire.rules import Fresh
from tashawur.wire.signed import OwnNode


def fresh_from(start: int = 0) -> Fresh:
    """Digits that never come twice, the same in every run."""
    numbers = count(start)
    return lambda: f"{next(numbers):032x}"


class Held:
    """What a node holds, in memory: a ledger, the lines that were admitted, and which they are."""

    def __init__(
        self, lines: Iterable[bytes] = (), founding_act: Founding | None = None, check: Check = check_here
    ) -> None:
        self._check = check
        self.ledger = Ledger(founding_act or founding())
        self.feeds = Feeds()
        self._kept: list[Envelope] = []
        self.admit(list(lines), "")

    @property
    def lines(self) -> list[bytes]:
        """The lines that were admitted, in that order."""
        return list(map(_line, self._kept))

    def add(self, name: str, feed: str, line: bytes) -> None:
        """Pretends to hold a line as the first entry of a feed, whatever it is."""
        self.feeds.add(name, feed, 1, "")
        self._kept.append(unseal(line, ENTRY))

    def holds(self, name: str) -> bool:
        return name in self.feeds

    def standing(self) -> Standing:
        return self.feeds.standing()

    def lacking(self, have: Standing, start: int = 0) -> Iterator[tuple[int, bytes]]:
        for place in self.feeds.lacking(have, start):
            yield place, _line(self._kept[place])

    def admit(self, lines: Sequence[bytes], peer: str) -> Sequence[Event]:
        events: list[Event] = []
        for one in self._check(lines):
            events += [one] if isinstance(one, Refused) else self.ledger.admit(one, peer)
        for event in events:
            if isinstance(event, Admitted) and isinstance(event.received.entry, Entry):
                entry = event.received.entry
                self.feeds.add(event.received.id, entry.feed, entry.seq, entry.prev)
                self._kept.append(event.received.envelope)
        return events


def _line(kept: Envelope) -> bytes:
    return seal(ENTRY, kept.payload, kept.signatures)


def node_of(name: str, founding_act: Founding | None = None) -> OwnNode:
    """The node of a party whose keys are made from its name."""
    return OwnNode(founding_act or founding(), name, signer(f"{name} node"))


def asked_node(name: str, held: Held, start: int = 0) -> AskedNode:
    """A node that answers from what it holds."""
    return AskedNode(node_of(name, held.ledger.founding), held, fresh_from(start))


def exchange_of(name: str, held: Held, peer: str, start: int = 10**6) -> Exchange:
    """An exchange that a node begins with the node of another party."""
    own = node_of(name, held.ledger.founding)
    party = next(one for one in own.founding.act.parties if one.name == peer)
    return Exchange(own, party, held, fresh_from(start))


Send = Callable[[Ask], bytes]


def sending_to(node: AskedNode) -> Send:
    """Carries requests to a node and brings its answers back."""
    return lambda ask: _answered(node, ask).data


def _answered(node: AskedNode, ask: Ask) -> Answer:
    return node.answer(ask.method, ask.path, ask.data)


def run(exchange: Exchange, send: Send) -> Report:
    """Drives an exchange to its end, one thing after the other."""
    while not exchange.is_over:
        ask = exchange.ask()
        if ask is not None:
            exchange.take(send(ask))
        exchange.admit()
    return exchange.report


def small(number: int = 50) -> list[bytes]:
    """The lines of a small consultation with so many entries, in which acts are proposed, signed and withdrawn."""
    node = ready()
    while len(node.held) < number:
        place = len(node.held)
        proposed = node.say("A minister", "propose", act("A", "B", content={"text": f"Visas {place}"}))
        node.say("B minister", "sign", {"act": proposed})
        node.say("H minister", "say", {"topics": ["visas"], "content": {"heard": place}})
    return node.lines[:number]
