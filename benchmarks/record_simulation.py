"""Three nodes, one of them dishonest, over a network that loses order: one world for each seed.

The dishonest one forks its feed and shows each branch to whom it likes, withholds, replays, flips bits, sends what is
too long, lies about the hour and about what it saw, and signs with keys that have no mandate. Then the honest two
exchange what they have, and what must hold is looked at.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec.structs import replace

from benchmarks.record_oracle import History
from benchmarks.recorded import AT, PERSON, TITLE, Node, act, feed, line, named, ready
from tashawur.record.entries import Entry, read
from tashawur.record.envelope import MOST_BYTES
from tashawur.record.events import Admitted, Event, Parked, Refused
from tashawur.record.parked import MOST_PARKED, MOST_PARKED_BYTES

SIDES: Final = "ABH"
STEPS: Final = 60
Rule = Callable[[Node], frozenset[str]]
"""Says which acts are confirmed by all, from what a node holds."""


def by_ledger(node: Node) -> frozenset[str]:
    """The rule of the product."""
    return frozenset(one.id for one in node.ledger.state().acts if one.confirmed)


def any_lapse_cancels(node: Node) -> frozenset[str]:
    """The naive rule: an act stands when all have signed and nobody has withdrawn it."""
    state = node.ledger.state()
    return frozenset(one.id for one in state.acts if one.confirmed and not one.withdrawn)


class BrokenError(AssertionError):
    """Something that must always hold did not."""


def must(holds: object, what: str, seed: int) -> None:
    """Stops the simulation when `what` does not hold."""
    if not holds:
        raise BrokenError(f"seed {seed}: {what}")


_START: list[bytes] = []


def start() -> Node:
    """A node with the members of all sides."""
    if not _START:
        _START.extend(ready().lines)
    node = Node()
    for one in _START:
        node.take(one)
    return node


@dataclass
class World:
    """What happens from one seed. `counts` tells how often each thing did."""

    seed: int
    rule: Rule = by_ledger
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.nodes = {side: start() for side in SIDES}
        self.liar = SIDES[self.seed % 3]
        self.honest = [side for side in SIDES if side != self.liar]
        self.way: list[tuple[str, str, bytes]] = []
        self.written: dict[str, set[str]] = {side: {read(one).id for one in _START} for side in SIDES}
        self.stood: dict[str, frozenset[str]] = {side: frozenset() for side in SIDES}

    def run(self) -> World:
        """Lets it happen, heals the network, and looks at what must hold."""
        for _ in range(STEPS):
            self._step()
        self._heal()
        self._look_at_the_end()
        return self

    def _step(self) -> None:
        what = self.chance.random()
        if what < 0.42:
            self._write(self.chance.choice(self.honest))
        elif what < 0.6:
            self._lie()
        elif what < 0.68 and self.way:
            self._deliver(self.way.pop(self.chance.randrange(len(self.way))))
        else:
            self._send(*self.chance.sample(SIDES, 2))

    # What honest nodes do

    def _write(self, side: str) -> None:
        node = self.nodes[side]
        said = self._something(side, node)
        entry = replace(node.draft(f"{side} minister", *said), at=self._hour())
        events = node.take(line(entry), side)
        must(isinstance(events[0], Admitted), f"{side}'s own ledger refused what it wrote: {events[0]}", self.seed)
        self.written[side].add(_id(events[0]))
        self._watch(side)

    def _something(self, side: str, node: Node) -> tuple[str, dict[str, Any]]:
        """Something that an honest side may say: it deals with nobody whose fork it knows."""
        state = node.ledger.state()
        forked = node.ledger.forked_sides()
        fair = [one for one in state.acts if not forked & set(one.need)]
        wanted = self.chance.choice(["propose", "sign", "sign", "sign", "sign", "lapse", "receipt", "say"])
        mine = [one for one in state.acts if one.side == side and not one.confirmed]
        open_to_me = [one for one in fair if side in one.need and side not in one.signed]
        notarised = [one for one in state.acts if side == "H" and node.ledger.notary_of(one.id) == "H"]
        match wanted:
            case "propose" if not forked & set("AB"):
                return "propose", self._proposal([one.id for one in state.acts])
            case "sign" if open_to_me:
                return "sign", {"act": self.chance.choice(open_to_me).id}
            case "lapse" if mine:
                return "lapse", {"act": self.chance.choice(mine).id}
            case "receipt" if notarised:
                return "receipt", {"act": self.chance.choice(notarised).id}
            case _:
                return "say", {"topics": ["visas"], "content": {"n": self.chance.randrange(10**6)}}

    def _proposal(self, known: list[str]) -> dict[str, Any]:
        more: dict[str, Any] = {"content": {"n": self.chance.randrange(10**6)}}
        if self.chance.random() < 0.2:
            more["notary"] = "H"
        if known and self.chance.random() < 0.2:
            more["conditions"] = [{"is": "confirmed", "act": self.chance.choice(known)}]
        return act(*self.chance.choice(["AB", "AB", "ABH"]), **more)

    def _hour(self) -> dt.datetime:
        return AT + dt.timedelta(days=self.chance.choice([0, 0, 0, -9_000, 9_000, 300_000]))

    # What goes over the network

    def _send(self, sender: str, to: str) -> None:
        """Sends what the other lacks, in no order; some of it is late, and the dishonest one chooses what it shows."""
        lacking = self.nodes[sender].held.keys() - self.nodes[to].held.keys()
        share = self.chance.random() if sender == self.liar or self.chance.random() < 0.3 else 1.0
        chosen = [self.nodes[sender].held[one] for one in sorted(lacking) if self.chance.random() < share]
        for one in chosen:
            if self.chance.random() < 0.8:
                self._deliver((sender, to, one))
            else:
                self.way.append((sender, to, one))

    def _deliver(self, message: tuple[str, str, bytes]) -> None:
        sender, to, data = message
        node = self.nodes[to]
        events = node.take(data, sender)
        self.counts.update(type(event).__name__ for event in events)
        self._watch(to)
        fullest, heaviest = node.ledger.parked.largest()
        must(fullest <= MOST_PARKED and heaviest <= MOST_PARKED_BYTES, "a queue grew beyond its bound", self.seed)

    def _watch(self, side: str) -> None:
        """What was once confirmed by all stays so, whatever arrives."""
        if side != self.liar and self.chance.random() < 0.25:
            now = self.rule(self.nodes[side])
            must(self.stood[side] <= now, f"what was confirmed by all at {side} is so no longer", self.seed)
            self.stood[side] = now

    # What the dishonest node does

    def _lie(self) -> None:
        node, to = self.nodes[self.liar], self.chance.choice(self.honest)
        wanted = self.chance.choice(["fork", "fork", "fork", "honest", "flip", "replay", "long", "gap", "stranger"])
        self.counts[f"lie: {wanted}"] += 1
        match wanted:
            case "honest":
                self._write(self.liar)
            case "replay":
                for one in self.chance.sample(node.lines, min(5, len(node.lines))):
                    self._deliver((self.liar, to, one))
            case "flip":
                self._refused_everywhere(self._flipped(self.chance.choice(node.lines)), to)
            case "long":
                self._refused_everywhere(b'{"payload":"' + b"A" * MOST_BYTES, to)
            case "fork":
                self._fork(to)
            case "gap":
                self._gap(to)
            case _:
                stranger = replace(node.draft(*self._claim()), key=named("X stranger")[0])
                self._refused_everywhere(line(stranger), to, may_wait=True)

    def _fork(self, to: str) -> None:
        """Writes behind an old entry of its own, forgetting what it saw since, and shows it to one side only."""
        node = self.nodes[self.liar]
        own = [one for one in map(_entry, node.lines) if one.feed == feed(self.liar)]
        old = self.chance.choice(own)
        draft = node.draft(*self._claim())
        seen = self.chance.choice([old.seen, draft.seen, {}])
        entry = replace(draft, prev=old.prev, seq=old.seq, seen=seen, at=self._hour())
        if old.seq == 1:
            entry = replace(draft, prev=_id_of(line(old)), seq=2, seen=seen)
        data = line(entry)
        node.take(data)
        self._deliver((self.liar, to, data))

    def _gap(self, to: str) -> None:
        """Names entries that nobody has."""
        node = self.nodes[self.liar]
        nowhere = f"{self.chance.getrandbits(256):064x}"
        draft = node.draft(*self._claim())
        other = feed(self.chance.choice(self.honest))
        entry = self.chance.choice([replace(draft, prev=nowhere), replace(draft, seen={other: ((9, nowhere),)})])
        events = self.nodes[to].take(line(entry), self.liar)
        must(isinstance(events[0], Parked), f"an entry with a gap did not wait: {events[0]}", self.seed)
        self._watch(to)

    def _claim(self) -> tuple[str, str, dict[str, Any]]:
        """Something to say that need not be fair: who signs it, its type and its body."""
        node = self.nodes[self.liar]
        state = node.ledger.state()
        acts = [one.id for one in state.acts if self.liar in one.need]
        mine = [one.id for one in state.acts if one.side == self.liar]
        wanted = self.chance.choice(["propose", "sign", "sign", "sign", "lapse", "lapse", "receipt", "keys"])
        minister = f"{self.liar} minister"
        if wanted == "keys":
            return f"{self.liar} root", *self._change()
        if wanted == "propose" or not acts:
            return minister, "propose", self._proposal([])
        if wanted == "lapse" and mine:
            return minister, "lapse", {"act": self.chance.choice(mine)}
        return minister, "receipt" if wanted == "receipt" else "sign", {"act": self.chance.choice(acts)}

    def _change(self) -> tuple[str, dict[str, Any]]:
        """What the root keys of the dishonest side may want: other roots, another member, one of its branches."""
        node = self.nodes[self.liar]
        some = f"{self.liar} other {self.chance.randrange(3)}"
        match self.chance.choice(["root.next", "member.add", "fork.resolve"]):
            case "root.next":
                return "root.next", {"prior": None, "roots": list(named(some)), "threshold": 1}
            case "member.add":
                body = {"key": named(some)[0], "title": TITLE, "person": PERSON, "roles": ["sign"], "topics": "*"}
                return "member.add", body
            case _:
                head = node.ledger.draft(feed(self.liar), "", AT, "ack", {}).prev
                return "fork.resolve", {"head": head}

    def _flipped(self, data: bytes) -> bytes:
        place, bit = self.chance.randrange(len(data)), 1 << self.chance.randrange(8)
        return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]

    def _refused_everywhere(self, data: bytes, to: str, *, may_wait: bool = False) -> None:
        events = self.nodes[to].take(data, self.liar)
        good = (Refused, Parked) if may_wait else Refused
        must(isinstance(events[0], good), f"what is no good entry was not refused: {events[0]}", self.seed)
        self._watch(to)

    # The end

    def _heal(self) -> None:
        for message in self.way:
            self._deliver(message)
        one, other = (self.nodes[side] for side in self.honest)
        held = -1
        while held != (held := len(one.held) + len(other.held)):  # what one brings may free what waits at the other
            one.sync(other)
        for side in self.honest:
            now = self.rule(self.nodes[side])
            must(self.stood[side] <= now, f"what was confirmed by all at {side} is so no longer", self.seed)
            self.stood[side] = now

    def _look_at_the_end(self) -> None:
        one, other = (self.nodes[side] for side in self.honest)
        state = one.ledger.state()
        must(state.digest == other.ledger.state().digest, "two honest nodes do not agree", self.seed)
        history = History(one.lines)
        must(by_ledger(one) == history.confirmed(), "the ledger and the slow definition do not agree", self.seed)
        for side in self.honest:
            must(self.written[side] <= history.entries.keys(), f"an entry of {side} was lost", self.seed)
            strange = {name for name, found in history.entries.items() if found.feed == feed(side)}
            must(strange <= self.written[side], f"an entry in the feed of {side} is not its own", self.seed)
        for name in by_ledger(one):
            must(history.needed(name) <= history.signers(name), "confirmed without a signature", self.seed)
        forked = {fork.feed for fork in state.forks}
        must(forked == history.forked(), "a fork was not reported, or one that is none", self.seed)
        must(forked <= {feed(self.liar)}, "an honest side was reported for a fork", self.seed)
        shuffled = Node()
        for data in self.chance.sample(one.lines, len(one.lines)):
            shuffled.take(data)
        must(shuffled.ledger.state().digest == state.digest, "another order gives another state", self.seed)
        self.counts["confirmed"] += len(by_ledger(one))
        self.counts["forked worlds"] += bool(forked)
        self.counts["entries"] += len(one.lines)
        self.counts["confirmed and withdrawn"] += sum(1 for each in state.acts if each.confirmed and each.withdrawn)
        self.counts["signatures without effect"] += history.void


def _entry(data: bytes) -> Entry:
    entry = read(data).entry
    assert isinstance(entry, Entry)  # noqa: S101 - the nodes of the simulation write no other
    return entry


def _id_of(data: bytes) -> str:
    return read(data).id


def _id(event: Event) -> str:
    assert isinstance(event, Admitted)  # noqa: S101 - the caller has looked
    return event.received.id
