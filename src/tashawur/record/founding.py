"""The founding act: who consults and with which keys. All root keys sign it, and nothing is trusted beyond it.

Its id is the name of the consultation in every entry. People compare a short form of it in the room or by telephone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import msgspec

from tashawur.record.bodies import EVERY, Hex, Name, TopicOrEvery
from tashawur.record.canonical import WHOLE, decode, encode, shaped
from tashawur.record.entries import RULES
from tashawur.record.envelope import FOUNDING, digest, pae, seal, unseal
from tashawur.record.keys import Signer, check_signature, public_key
from tashawur.record.rules import refused
from tashawur.terms.vocabulary import Value


class Party(Value, frozen=True):
    """A side or the host, with its keys.

    Of `roots`, `threshold` sign what changes its members. `node` is the key of its node, which only drafts.
    `quorum` is how many of its members sign a high act. Its feed is known by the first of `roots`, for ever.
    """

    name: Name
    role: Literal["side", "host"]
    roots: Annotated[tuple[Hex, ...], msgspec.Meta(min_length=1, max_length=8)]
    node: Hex
    threshold: Annotated[int, msgspec.Meta(ge=1, le=8)] = 1
    quorum: Annotated[int, msgspec.Meta(ge=1, le=16)] = 1

    @property
    def feed(self) -> str:
        """The name of its feed."""
        return self.roots[0]


class FoundingAct(Value, frozen=True):
    """What all root keys sign before anything else. `high` are the topics on which a side's quorum is needed.

    `content` is what the consultation is about; the rest of the product reads it.
    """

    at: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    rules: Annotated[int, msgspec.Meta(ge=1, le=WHOLE)]
    parties: Annotated[tuple[Party, ...], msgspec.Meta(min_length=2, max_length=16)]
    content: dict[str, Any]
    high: Annotated[tuple[TopicOrEvery, ...], msgspec.Meta(max_length=64)] = ()


@dataclass(frozen=True, slots=True)
class Founding:
    """A founding act that all have signed, with the line that it came in."""

    id: str
    act: FoundingAct
    line: bytes = field(repr=False)

    def names(self, *roles: str) -> frozenset[str]:
        """The names of the parties in these roles; without any, of all."""
        return frozenset(one.name for one in self.act.parties if not roles or one.role in roles)

    def is_high(self, topics: tuple[str, ...]) -> bool:
        """Whether an act on these topics needs the quorum of each side."""
        high = self.act.high
        return EVERY in high or any(topic in high for topic in topics)

    @property
    def fingerprint(self) -> str:
        """A short form of the id, to compare aloud: 128 bits in groups of four.

        It is enough against somebody who must find another founding act with the same short form.
        """
        return " ".join(self.id[place : place + 4] for place in range(0, 32, 4))


def found(line: bytes) -> Founding:
    """The founding act in `line`, whose signatures are verified; refused when anything about it is wrong."""
    envelope = unseal(line, FOUNDING)
    value = decode(envelope.payload)
    if isinstance(value, dict) and type(value.get("rules")) is int and value["rules"] > RULES:
        raise refused("founding.newer")
    act = shaped(value, FoundingAct)
    _check_parties(act)
    keys = [public_key(root) for party in act.parties for root in party.roots]
    if len(keys) != len(envelope.signatures):
        raise refused("envelope.signatures")
    for signature, key in zip(envelope.signatures, keys, strict=True):
        check_signature(envelope.message, signature, key)
    return Founding(digest(envelope.message), act, line)


def _check_parties(act: FoundingAct) -> None:
    names = [party.name for party in act.parties]
    if names != sorted(set(names)):
        raise refused("founding.names")
    if len([party for party in act.parties if party.role == "side"]) < 2:
        raise refused("founding.sides")
    keys = list(_keys(act))
    if len(set(keys)) < len(keys):
        raise refused("founding.key-twice")
    for key in keys:
        public_key(key)
    if any(party.threshold > len(party.roots) for party in act.parties):
        raise refused("founding.threshold")


def _keys(act: FoundingAct) -> Iterator[str]:
    for party in act.parties:
        yield from party.roots
        yield party.node


def founding_line(act: FoundingAct, *signers: Signer) -> bytes:
    """The line of the founding act, signed by the holders of all root keys in the order in which they stand in it."""
    payload = encode(act)
    message = pae(FOUNDING, payload)
    return seal(FOUNDING, payload, tuple(signer(message) for signer in signers))
