"""The ledger: every entry that is offered is judged, and what is confirmed by all follows from those that are admitted.

The verdict on an entry depends only on what it names as before it, so the same set of entries gives the same state,
in whatever order they arrive, on every node.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from tashawur.record.acts import Act
from tashawur.record.admission import Offered, Past, RootChange, judge, keys_at
from tashawur.record.bodies import (
    KINDS,
    RECORD,
    Attest,
    Body,
    Dispute,
    ForkResolve,
    Kind,
    OfAct,
    Propose,
    RootNext,
    RootReset,
    RulesRaise,
    Say,
    Settled,
)
from tashawur.record.branches import Branch, Held, joined
from tashawur.record.canonical import shaped
from tashawur.record.entries import RULES, Entry, Head, Newer, Received, Seen, check_signatures, read
from tashawur.record.events import Admitted, Confirmed, Event, Forked, Known, Parked, Refused
from tashawur.record.founding import Founding
from tashawur.record.members import Authority, authority_of, may_sign
from tashawur.record.parked import FOR_RULES, ParkedEntries
from tashawur.record.rules import refused
from tashawur.record.state import ActState, ForkState, State
from tashawur.terms.errors import NotAdmittedError

MOST_HEADS: Final = 64
"""How many branches of one feed an entry may name."""


class _Waiting(Exception):  # noqa: N818 - it is no error: the entry waits
    """The entry names something that is not there yet."""

    def __init__(self, name: str) -> None:
        self.name = name


class Ledger:
    """The entries of one consultation as one node holds them, in memory, with what follows from them.

    It keeps no line: whoever offers entries keeps the lines of those that were admitted. `known` is the version of the
    rules that the program knows.
    """

    def __init__(self, founding: Founding, known: int = RULES) -> None:
        self.founding = founding
        self.rules = founding.act.rules
        self.parked = ParkedEntries()
        self._known = known
        self._parties = {party.feed: party for party in founding.act.parties}
        self._names = {party.feed: party.name for party in founding.act.parties}
        self._at_start = {party.feed: authority_of(party) for party in founding.act.parties}
        self._entries: dict[str, Held] = {}
        self._first: dict[str, Held] = {}
        self._tips: dict[str, dict[str, Held]] = {feed: {} for feed in self._parties}
        self._forks: dict[tuple[str, str], list[Held]] = {}
        self._acts: dict[str, Act] = {}
        self._changes: dict[str, list[RootChange]] = {}
        self._waiting_for: dict[str, list[Act]] = {}
        self._disputed: set[str] = set()
        self._past = Past(founding, self._entries, self._acts, self._changes)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    # Offering

    def offer(self, line: bytes, peer: str = "") -> tuple[Event, ...]:
        """Judges the entry in `line`, which `peer` brought, and whatever waited for it.

        What is offered never raises: a line that is no good entry is refused with the code of the rule that it breaks.
        """
        try:
            received = read(line)
            check_signatures(received)
        except NotAdmittedError as error:
            return (Refused(error.rule),)
        return self.admit(received, peer)

    def admit(self, received: Received, peer: str = "") -> tuple[Event, ...]:
        """The same for an entry that was read, and whose signatures `check_signatures` has let through."""
        events = self._judged(received, peer)
        if self.parked.is_empty:
            return tuple(events)
        freed = deque(self._freed(events))
        while freed:
            new = self._judged(*freed.popleft())
            freed.extend(self._freed(new))
            events += new
        return tuple(events)

    def _freed(self, events: list[Event]) -> Iterator[tuple[Received, str]]:
        """What waited for what happened, with the peers that brought it."""
        for event in events:
            if isinstance(event, Admitted):
                yield from self.parked.freed(event.received.envelope.id)
            elif isinstance(event, Confirmed) and isinstance(self._acts[event.act].body, RulesRaise):
                yield from self.parked.freed(FOR_RULES)

    def _judged(self, received: Received, peer: str) -> list[Event]:
        name = received.envelope.id
        if name in self._entries:
            return [Known(name)]
        try:
            entry, held, body = self._admissible(received)
        except _Waiting as waiting:
            return [self._park(received, waiting.name, peer)]
        except NotAdmittedError as error:
            return [Refused(error.rule, name)]
        events: list[Event] = [Admitted(received)]
        self._keep(held, events)
        self._follow(entry, held, body, events)
        return events

    def _park(self, received: Received, waits_for: str, peer: str) -> Event:
        try:
            self.parked.park(received, waits_for, peer)
        except NotAdmittedError as error:
            return Refused(error.rule, received.id)
        return Parked(received.id, waits_for)

    # Judging

    def _admissible(self, received: Received) -> tuple[Entry, Held, Body]:
        """The entry, its place and what it says; refused, or waiting, when it cannot be admitted."""
        entry = received.entry
        if entry.con != self.founding.id:
            raise refused("entry.consultation")
        party = self._parties.get(entry.feed)
        if party is None:
            raise refused("entry.feed")
        if isinstance(entry, Newer):
            raise _Waiting(FOR_RULES)
        held = self._placed(entry, received.envelope.id)
        if entry.v > self.rules or entry.v > self._known:
            raise _Waiting(FOR_RULES)
        kind, body = _said(entry)
        if changes := self._changes.get(entry.feed):
            held.authority = keys_at(held, held.authority, changes)
        held.authority = judge(Offered(entry, body, held, party), kind, self._past)
        return entry, held, body

    def _placed(self, entry: Entry, name: str) -> Held:
        """The place of the entry behind what it names; waiting when something of that is not there."""
        if (entry.seq == 1) != (entry.prev == ""):
            raise refused("entry.prev")
        prev = None
        if entry.prev:
            prev = self._entries.get(entry.prev)
            if prev is None:
                raise _Waiting(entry.prev)
            if prev.feed != entry.feed or prev.seq != entry.seq - 1:
                raise refused("entry.prev")
        others = joined(prev, self._heads(entry.seen)) if entry.seen else prev.others if prev else {}
        branch = prev.branch if prev and prev.next is None else Branch(prev)
        authority = prev.authority if prev else self._at_start[entry.feed]
        return Held(name, entry.feed, entry.seq, prev, others, branch, authority)

    def _heads(self, seen: Seen) -> list[Held]:
        """The entries that are named as seen; waiting for the first that is not there."""
        found = []
        for feed, heads in seen.items():
            if len(heads) != 1:
                _check_order(heads)
            for seq, name in heads:
                held = self._entries.get(name)
                if held is None:
                    if feed not in self._parties:
                        raise refused("seen.feed")
                    raise _Waiting(name)
                if held.feed != feed or held.seq != seq:
                    raise refused("seen.wrong" if feed in self._parties else "seen.feed")
                found.append(held)
        return found

    # What follows from an entry that is admitted

    def _keep(self, held: Held, events: list[Event]) -> None:
        feed, prev = held.feed, held.prev
        self._entries[held.id] = held
        tips = self._tips[feed]
        tips[held.id] = held
        if prev is None:
            first = self._first.setdefault(feed, held)
        else:
            tips.pop(prev.id, None)
            if prev.next is None:
                prev.next = held
            first = prev.next
        if first is not held:
            behind = self._forks.setdefault((feed, prev.id if prev else ""), [first])
            behind.append(held)
            events.append(Forked(feed, held.seq, tuple(sorted(one.id for one in behind))))

    def _follow(self, entry: Entry, held: Held, body: Body, events: list[Event]) -> None:
        match body:
            case Say():
                return
            case Propose() | RootNext() | RootReset() | ForkResolve() | RulesRaise():
                act = self._act(entry, held, body)
            case OfAct():
                act = self._acts[body.act]
                self._say_of(act, entry, held)
            case Attest():
                act = self._acts[body.act]
                act.attested.add((body.evidence, self._names[entry.feed]))
            case Dispute():
                self._disputed.add(body.entry)
                return
            case _:
                return
        events.extend(self._confirm(act))

    def _act(self, entry: Entry, held: Held, body: Any) -> Act:
        side = self._names[entry.feed]
        topics = body.topics if isinstance(body, Propose) else (RECORD,)
        high = self.founding.is_high(topics)
        quorum = {party.name: party.quorum if high else 1 for party in self.founding.act.parties}
        act = Act(held, side, body, topics, {name: quorum[name] for name in sorted(self._need(side, body))})
        self._acts[held.id] = act
        if isinstance(body, RootNext):
            self._changes.setdefault(entry.feed, []).append(RootChange(act, body))
        elif isinstance(body, RootReset):
            feed = next(feed for feed, name in self._names.items() if name == body.side)
            self._changes.setdefault(feed, []).append(RootChange(act, body))
        for condition in act.conditions:
            if isinstance(condition, Settled):
                self._waiting_for.setdefault(condition.act, []).append(act)
        if may_sign(held.authority, entry.key, topics, entry.at):
            act.sign(side, entry.key, held)
        return act

    def _need(self, side: str, body: Any) -> frozenset[str]:
        """The sides that must sign an act of this kind that `side` proposes."""
        match body:
            case Propose():
                return frozenset(body.need)
            case RootReset():
                return self.founding.names() - {body.side}
            case RulesRaise():
                return self.founding.names()
            case _:
                return self.founding.names("side") - {side}

    def _say_of(self, act: Act, entry: Entry, held: Held) -> None:
        match entry.type:
            case "sign":
                act.sign(self._names[entry.feed], entry.key, held)
            case "lapse":
                act.lapses.append(held)
            case _:
                act.receive(held)

    def _confirm(self, act: Act) -> Iterator[Confirmed]:
        """Marks the act as confirmed when it is complete, and whatever waited for it."""
        queue = deque([act])
        while queue:
            one = queue.popleft()
            if one.confirmed or not one.is_complete(self._acts):
                continue
            one.confirmed = True
            if isinstance(one.body, RulesRaise):
                self.rules = max(self.rules, one.body.rules)
            yield Confirmed(one.id)
            queue.extend(self._waiting_for.pop(one.id, ()))

    # What one can ask

    def is_confirmed(self, act: str) -> bool:
        """Whether the act is confirmed by all. Once it is, it stays so."""
        return act in self._acts and self._acts[act].confirmed

    def notary_of(self, act: str) -> str | None:
        """The host whose receipt the act needs, if it needs one."""
        return self._acts[act].notary

    def need_of(self, act: str) -> tuple[str, ...]:
        """The sides that must sign the act; none where it is not known."""
        return tuple(self._acts[act].need) if act in self._acts else ()

    def state(self) -> State:
        """All that follows from the entries that are held, in an order of its own."""
        amended: dict[str, list[str]] = {}
        for act in self._acts.values():
            if isinstance(act.body, Propose) and act.body.amends and act.confirmed:
                amended.setdefault(act.body.amends, []).append(act.id)
        acts = tuple(
            ActState(
                id=name,
                side=act.side,
                need=tuple(act.need),
                signed=tuple(side for side in act.need if act.has_signed(side)),
                confirmed=act.confirmed,
                withdrawn=bool(act.lapses),
                amended_by=tuple(sorted(amended.get(name, ()))),
            )
            for name, act in sorted(self._acts.items())
        )
        heads = {feed: tuple(sorted(tips)) for feed, tips in self._tips.items()}
        return State(self.rules, heads, acts, self.forks(), tuple(sorted(self._disputed)))

    def forks(self) -> tuple[ForkState, ...]:
        """Every fork that is known, by side and number."""
        found = [
            ForkState(
                side=self._names[feed],
                feed=feed,
                seq=behind[0].seq,
                ids=tuple(sorted(one.id for one in behind)),
                resolved=self._is_resolved(feed, behind[0].prev),
            )
            for (feed, _), behind in self._forks.items()
        ]
        return tuple(sorted(found, key=lambda fork: (fork.side, fork.seq, fork.ids)))

    def forked_sides(self) -> frozenset[str]:
        """Sides with a fork that no act resolves: an honest node proposes and signs nothing that needs one of them."""
        return frozenset(fork.side for fork in self.forks() if not fork.resolved)

    def _is_resolved(self, feed: str, parent: Held | None) -> bool:
        """Whether a confirmed act says which branch goes on, and had seen all that stands on the others."""
        tips = [tip for tip in self._tips[feed].values() if parent is None or tip.is_or_follows(parent)]
        return any(
            act.confirmed
            and (parent is None or act.held.is_or_follows(parent))
            and all(tip.is_or_follows(act.held) or act.held.has_seen(tip) for tip in tips)
            for act in self._acts.values()
            if isinstance(act.body, ForkResolve) and act.held.feed == feed
        )

    def draft(self, feed: str, key: str, at: dt.datetime, kind: str, body: dict[str, Any]) -> Entry:
        """The next entry of a feed, which names all that this ledger holds. It is neither judged nor signed.

        Of a feed with branches it continues the longest; of equal ones that of the least id.
        """
        tips = self._tips[feed]
        last = min(tips.values(), key=lambda tip: (-tip.seq, tip.id), default=None)
        seen: Seen = {}
        for other, heads in self._tips.items():
            named = sorted((tip.seq, tip.id) for tip in heads.values() if tip is not last)
            if named:
                seen[other] = tuple(named[-MOST_HEADS:])
        return Entry(
            at=at,
            body=body,
            con=self.founding.id,
            feed=feed,
            key=key,
            prev=last.id if last else "",
            seen=seen,
            seq=last.seq + 1 if last else 1,
            type=kind,
            v=min(self.rules, self._known),
        )

    def authority(self, feed: str) -> Authority:
        """The keys of a side as they stand at the end of its feed."""
        last = min(self._tips[feed].values(), key=lambda tip: (-tip.seq, tip.id), default=None)
        return last.authority if last else self._at_start[feed]


def _check_order(heads: tuple[Head, ...]) -> None:
    if not 0 < len(heads) <= MOST_HEADS:
        raise refused("seen.number")
    if list(heads) != sorted(set(heads)):
        raise refused("seen.order")


def _said(entry: Entry) -> tuple[Kind, Body]:
    """What the entry says, by its type."""
    kind = KINDS.get(entry.type)
    if kind is None:
        raise refused("entry.type")
    return kind, shaped(entry.body, kind.body)
