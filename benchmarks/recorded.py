"""A small consultation on the record, for tests and measurements; its keys are made from names."""

# ruff: noqa: S101 - it fails loudly where a test or a measurement says something that is not admitted
from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from msgspec.structs import replace
from nacl.signing import SigningKey

from tashawur.record.entries import Entry, sealed
from tashawur.record.events import Admitted, Event, Refused
from tashawur.record.founding import Founding, FoundingAct, Party, found, founding_line
from tashawur.record.keys import Signer
from tashawur.record.ledger import Ledger

AT: Final = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
PERSON: Final = "ab" * 32
TITLE: Final = {"en": "Deputy minister"}


@cache
def signing_key(name: str) -> SigningKey:
    """The private key that belongs to a name such as "A root"; the same in every run."""
    return SigningKey(hashlib.sha256(name.encode()).digest())


@cache
def key(name: str) -> str:
    """The public key that belongs to a name, in hex."""
    return signing_key(name).verify_key.encode().hex()


@cache
def signer(name: str) -> Signer:
    """Signs as the holder of the key that belongs to a name."""
    secret = signing_key(name)
    return lambda message: secret.sign(message).signature


_NAMES: dict[str, str] = {}


def name_of(public: str) -> str:
    """The name that a key belongs to."""
    return _NAMES[public]


def named(*names: str) -> tuple[str, ...]:
    """The keys of names, remembered so that entries can be signed by them."""
    for name in names:
        _NAMES[key(name)] = name
    return tuple(key(name) for name in names)


def party(name: str, role: Any = "side", roots: int = 1, **more: Any) -> Party:
    """A party whose root keys are those of "A root", "A root 2" and so on, and whose node has that of "A node"."""
    held = named(*(f"{name} root {place}" if place else f"{name} root" for place in range(roots)))
    return Party(name=name, role=role, roots=held, node=named(f"{name} node")[0], **more)


def founding_of(*parties: Party, rules: int = 1, high: Iterable[str] = ()) -> Founding:
    """The founding act of these parties, signed by all their roots."""
    act = FoundingAct(at=AT, rules=rules, parties=parties, content={"purpose": "a test"}, high=tuple(high))
    signers = [signer(name_of(root)) for one in parties for root in one.roots]
    return found(founding_line(act, *signers))


@cache
def founding() -> Founding:
    """Two sides, A and B, and the host H."""
    return founding_of(party("A"), party("B"), party("H", "host"))


def feed(name: str) -> str:
    """The feed of a party."""
    return key(f"{name} root")


def line(entry: Entry) -> bytes:
    """The entry, signed by the keys that it names."""
    return sealed(entry, *(signer(name_of(one)) for one in (entry.key, *entry.also)))


class Node:
    """A node in a test: a ledger, and the lines that were admitted to it by their ids, in that order."""

    def __init__(self, founding_act: Founding | None = None, known: int = 1) -> None:
        self.ledger = Ledger(founding_act or founding(), known)
        self.held: dict[str, bytes] = {}

    @property
    def lines(self) -> list[bytes]:
        """The lines that were admitted, in that order."""
        return list(self.held.values())

    def take(self, data: bytes, peer: str = "") -> tuple[Event, ...]:
        """Offers a line to the ledger and keeps what is admitted."""
        events = self.ledger.offer(data, peer)
        self.held |= {event.received.id: event.received.line for event in events if isinstance(event, Admitted)}
        return events

    def draft(self, who: str, kind: str, body: dict[str, Any], **changes: Any) -> Entry:
        """The next entry that the key of a name such as "A minister" writes; the first word is its party."""
        entry = self.ledger.draft(feed(who.split(maxsplit=1)[0]), named(who)[0], AT, kind, body)
        return replace(entry, **changes)

    def say(self, who: str, kind: str, body: dict[str, Any], **changes: Any) -> str:
        """Writes the entry, which must be admitted, and gives its id."""
        events = self.take(line(self.draft(who, kind, body, **changes)))
        first = events[0]
        assert isinstance(first, Admitted), events
        return first.received.id

    def refused(self, who: str, kind: str, body: dict[str, Any], **changes: Any) -> str:
        """The rule by which the entry is refused; the state stays as it was."""
        before = self.ledger.state()
        events = self.take(line(self.draft(who, kind, body, **changes)))
        (event,) = events
        assert isinstance(event, Refused), event
        assert self.ledger.state() == before
        return event.rule

    def appoint(self, who: str, roles: Iterable[str] = ("draft", "speak", "sign"), **more: Any) -> str:
        """Has the root of the party add the key of `who` as a member, for every topic unless told otherwise."""
        body = {"key": named(who)[0], "title": TITLE, "person": PERSON, "roles": list(roles), "topics": "*", **more}
        return self.say(f"{who.split(maxsplit=1)[0]} root", "member.add", body)

    def sync(self, other: Node) -> None:
        """Brings both to the same entries."""
        for one, two in ((self, other), (other, self)):
            for name, data in list(one.held.items()):
                if name not in two.held:
                    two.take(data)


def ready() -> Node:
    """A node of the small consultation in which A, B and H each have a minister with every role on every topic."""
    node = Node()
    for side in "ABH":
        node.appoint(f"{side} minister")
    return node


def act(*need: str, **more: Any) -> dict[str, Any]:
    """The body of a proposed act."""
    return {
        "topics": ["visas"],
        "need": list(need or "AB"),
        "content": {"text": "Visas"},
        "legal": "political",
        **more,
    }
