"""What stands in entries of each type, as far as the record must know it, and who may sign it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

import msgspec

from tashawur.record.canonical import WHOLE
from tashawur.terms.vocabulary import Text, Value

Role = Literal["draft", "speak", "sign"]
Hex = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A key, an id or a digest: 32 bytes in hex. Ends with \\Z, since $ would let a line feed follow."""
Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}\Z")]
"""A name for machines: of a party, a topic, a piece of evidence."""
Moment = Annotated[dt.datetime, msgspec.Meta(tz=True)]
Legal = Literal["no_obligation", "political", "legal"]
"""What an act says that it is in law. The record does not make it so."""
TopicOrEvery = Annotated[str, msgspec.Meta(pattern=r"^(\*|[A-Za-z][A-Za-z0-9_-]{0,63})\Z")]
Topics = Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=64)]

RECORD: Final = "record"
"""The topic of the acts that change the record's own rules, keys and forks."""
EVERY: Final = "*"
"""In a mandate: every topic."""


class Blob(Value, frozen=True):
    """A file that lies outside the record, by its SHA-256 digest and its size in bytes."""

    sha256: Hex
    size: Annotated[int, msgspec.Meta(ge=0, le=WHOLE)]

    def is_of(self, data: bytes) -> bool:
        """Whether `data` is the file."""
        return len(data) == self.size and hashlib.sha256(data).hexdigest() == self.sha256


Blobs = Annotated[tuple[Blob, ...], msgspec.Meta(min_length=1, max_length=256)]


class Evidence(Value, frozen=True, tag_field="is", tag="attested"):
    """A condition: each of the sides in `by` has signed that what `evidence` stands for is there."""

    evidence: Name
    by: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=16)]


class Settled(Value, frozen=True, tag_field="is", tag="confirmed"):
    """A condition: the act is confirmed by all."""

    act: Hex


class Ack(Value, frozen=True):
    """The side has seen what the entry names. Nothing else is said."""


class Say(Value, frozen=True):
    """A side says something of its own accord, which needs nobody else."""

    topics: Topics
    content: dict[str, Any]
    blobs: Blobs = ()


class Propose(Value, frozen=True):
    """An act that stands once every side in `need` has signed it.

    `conditions` must hold as well, and with a `notary` its receipt must be there. `amends` names an older act.
    """

    topics: Topics
    need: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=16)]
    content: dict[str, Any]
    legal: Legal
    conditions: Annotated[tuple[Evidence | Settled, ...], msgspec.Meta(min_length=1, max_length=64)] = ()
    notary: Name | None = None
    amends: Hex | None = None
    blobs: Blobs = ()


class OfAct(Value, frozen=True):
    """Signs, withdraws or receipts the act that is proposed in the entry `act`."""

    act: Hex


class Attest(Value, frozen=True):
    """The side signs that the evidence that the act waits for is there."""

    act: Hex
    evidence: Name


class MemberAdd(Value, frozen=True):
    """A key may act for the side in these roles, on these topics, between these moments.

    `person` is a salted digest of the name; name and salt lie outside the record, where they can be erased.
    """

    key: Hex
    title: Text
    person: Hex
    roles: Annotated[tuple[Role, ...], msgspec.Meta(min_length=1, max_length=3)]
    topics: Literal["*"] | Topics
    since: Moment | None = None
    until: Moment | None = None


class MemberEnd(Value, frozen=True):
    """The key no longer acts for the side, from the next entry of its feed on."""

    key: Hex


class RootNext(Value, frozen=True):
    """The side's root keys are replaced, once the other sides have signed it. `prior` names the change before it."""

    prior: Hex | None
    roots: Annotated[tuple[Hex, ...], msgspec.Meta(min_length=1, max_length=8)]
    threshold: Annotated[int, msgspec.Meta(ge=1, le=8)]


class RootReset(Value, frozen=True):
    """The root keys of a side that lost them are replaced, once all others and the host have signed it."""

    side: Name
    prior: Hex | None
    roots: Annotated[tuple[Hex, ...], msgspec.Meta(min_length=1, max_length=8)]
    threshold: Annotated[int, msgspec.Meta(ge=1, le=8)]


class ForkResolve(Value, frozen=True):
    """Of the branches of the side's feed, the one that ends in `head` goes on, once the other sides have signed it."""

    head: Hex


class RulesRaise(Value, frozen=True):
    """Entries of these rules are admitted, once all have signed it."""

    rules: Annotated[int, msgspec.Meta(ge=2, le=WHOLE)]


class Dispute(Value, frozen=True):
    """The side says that an entry of its own was signed by a key that was not in good hands. What stands, stands."""

    entry: Hex


class Epoch(Value, frozen=True):
    """Another node of the side writes its feed from here on, such as one that was restored."""

    reason: Literal["moved", "restored"]


Body = (
    Ack
    | Say
    | Propose
    | OfAct
    | Attest
    | MemberAdd
    | MemberEnd
    | RootNext
    | RootReset
    | ForkResolve
    | RulesRaise
    | Dispute
    | Epoch
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of entry: what its body is, and the role that a member needs for it; None: the root keys sign it.

    `record` says that a mandate for the record's own matters is needed, instead of one for the topics of the act.
    """

    body: type[Body]
    role: Role | None
    record: bool = False


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "ack": Kind(Ack, "draft"),
        "say": Kind(Say, "speak"),
        "propose": Kind(Propose, "speak"),
        "sign": Kind(OfAct, "sign"),
        "lapse": Kind(OfAct, "speak"),
        "attest": Kind(Attest, "sign"),
        "receipt": Kind(OfAct, "draft"),
        "member.add": Kind(MemberAdd, None),
        "member.end": Kind(MemberEnd, None),
        "root.next": Kind(RootNext, None),
        "root.reset": Kind(RootReset, "speak", record=True),
        "fork.resolve": Kind(ForkResolve, None),
        "rules.raise": Kind(RulesRaise, "speak", record=True),
        "dispute": Kind(Dispute, None),
        "epoch": Kind(Epoch, None),
    }
)
"""Every type of entry under rules 1."""
