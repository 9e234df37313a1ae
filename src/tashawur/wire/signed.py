"""Requests and answers, each signed by the key of its node over what it is, for whom, and its body.

A request holds a challenge of the node that is asked, and a nonce. That node forgets no nonce while its challenge
stands, and gives another challenge when it has seen many, so a request that is sent again is refused without a clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tashawur.record.canonical import decode, shaped
from tashawur.record.envelope import ANSWER, REQUEST, Envelope, pae, seal, unseal
from tashawur.record.founding import Founding, Party
from tashawur.record.keys import Signer, check_signature, public_key
from tashawur.terms.vocabulary import Value
from tashawur.wire.messages import FORM, MOST_MESSAGE, Answering, Asking, ValueOf, told
from tashawur.wire.rules import Fresh, as_message, refused

METHOD: Final = "POST"
MOST_NONCES: Final = 4_096
"""How many requests of one peer one challenge is good for."""
MOST_SIGNED: Final = 16 * 1024
"""The longest signed line of a message."""


@dataclass(frozen=True, slots=True)
class OwnNode:
    """The node that speaks: its party in the founding act, and what signs with its key. The key itself is not here."""

    founding: Founding
    name: str
    signer: Signer = field(repr=False)

    @property
    def party(self) -> Party:
        """Its side, or the host."""
        return next(one for one in self.founding.act.parties if one.name == self.name)

    def peers(self) -> Mapping[str, Party]:
        """The other parties, by the keys of their nodes."""
        return {one.node: one for one in self.founding.act.parties if one.name != self.name}


def digest_of(data: bytes) -> str:
    """The SHA-256 digest in hex."""
    return hashlib.sha256(data).hexdigest()


def message(kind: str, said: Value, body: bytes, signer: Signer) -> bytes:
    """The bytes of a message: a line with what is signed, a line feed, the body."""
    payload = told(said)
    return seal(kind, payload, (signer(pae(kind, payload)),)) + b"\n" + body


def _apart(data: bytes, kind: str, form: type[ValueOf]) -> tuple[ValueOf, Envelope, bytes]:
    if len(data) > MOST_MESSAGE:
        raise refused("message.size")
    end = data.find(b"\n", 0, MOST_SIGNED)
    if end < 0:
        raise refused("message.form")
    with as_message():
        envelope = unseal(data[:end], kind)
        value = decode(envelope.payload)
        if isinstance(value, dict) and type(value.get("v")) is int and value["v"] > FORM:
            raise refused("message.newer")
        return shaped(value, form), envelope, data[end + 1 :]


def _check(envelope: Envelope, key: str, body: bytes, digest: str) -> None:
    with as_message():
        if len(envelope.signatures) != 1:
            raise refused("message.form")
        check_signature(envelope.message, envelope.signatures[0], public_key(key))
    if digest_of(body) != digest:
        raise refused("message.body")


def request_of(asking: Asking, body: bytes, own: OwnNode) -> bytes:
    """The bytes of a request."""
    return message(REQUEST, asking, body, own.signer)


def request_in(data: bytes, method: str, path: str, own: OwnNode) -> tuple[Asking, Party, bytes]:
    """What is asked, by whom, and the body. Whether it came before is not looked at: see `Challenges`.

    Raises:
        NotTakenError: it is not well signed by another node of the consultation, for this one, this method and path.
    """
    asking, envelope, body = _apart(data, REQUEST, Asking)
    if asking.con != own.founding.id:
        raise refused("message.consultation")
    peer = own.peers().get(asking.by)
    if peer is None:
        raise refused("request.stranger")
    _check(envelope, asking.by, body, asking.body)
    if asking.to != own.party.node:
        raise refused("request.addressee")
    if (asking.method, asking.path) != (method, path):
        raise refused("request.place")
    return asking, peer, body


def answer_of(own: OwnNode, request: bytes, challenge: str, body: bytes, rule: str = "") -> bytes:
    """The bytes of an answer to the bytes of a request; an empty request is one that was not read to its end."""
    answering = Answering(
        v=FORM,
        con=own.founding.id,
        by=own.party.node,
        answers=digest_of(request) if request else "",
        body=digest_of(body),
        challenge=challenge,
        rule=rule,
    )
    return message(ANSWER, answering, body, own.signer)


def answer_in(data: bytes, request: bytes, own: OwnNode, peer: Party) -> tuple[Answering, bytes]:
    """What was answered to a request to `peer`, and the body.

    Raises:
        NotTakenError: it is not well signed by the node of `peer`, or answers something else.
    """
    answering, envelope, body = _apart(data, ANSWER, Answering)
    if answering.by != peer.node:
        raise refused("answer.stranger")
    if answering.con != own.founding.id:
        raise refused("message.consultation")
    _check(envelope, peer.node, body, answering.body)
    unread = bool(answering.rule) and not answering.answers
    if not unread and answering.answers != digest_of(request):
        raise refused("answer.other")
    return answering, body


class Challenges:
    """The challenge that stands for each peer, and the nonces that it has spent on it: never more than 4,096."""

    def __init__(self, fresh: Fresh) -> None:
        self._fresh = fresh
        self._stand: dict[str, str] = {}
        self._spent: dict[str, set[str]] = {}

    def of(self, peer: str) -> str:
        """The challenge that the next request of `peer` is to name."""
        if peer not in self._stand:
            self._renew(peer)
        return self._stand[peer]

    def _renew(self, peer: str) -> None:
        self._stand[peer] = self._fresh()
        self._spent[peer] = set()

    def spend(self, peer: str, challenge: str, nonce: str) -> None:
        """Lets a request through once.

        Raises:
            NotTakenError: its challenge does not stand, or its nonce was spent.
        """
        if challenge != self.of(peer):
            raise refused("request.stale")
        if nonce in self._spent[peer]:
            raise refused("request.replayed")
        self._spent[peer].add(nonce)
        if len(self._spent[peer]) >= MOST_NONCES:
            self._renew(peer)
