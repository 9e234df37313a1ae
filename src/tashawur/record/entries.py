"""An entry: one thing that a side says, chained to what it said before and to what it had seen of the others."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Final

import msgspec

from tashawur.record.canonical import WHOLE, check_plain, decode, decoder, encode
from tashawur.record.envelope import ENTRY, Envelope, pae, seal, unseal
from tashawur.record.keys import Signer, check_signature, public_key
from tashawur.record.rules import refused
from tashawur.terms.vocabulary import Found

RULES: Final = 1
"""The rules' version that this program knows."""

Seq = Annotated[int, msgspec.Meta(ge=1, le=WHOLE)]
Head = tuple[Seq, str]
"""The last entry of a branch of a feed: its number and its id."""
Seen = dict[str, tuple[Head, ...]]


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is signed. The names are those of the JSON.

    `con` is the id of the founding act, `feed` the key by which the feed of the side is known, `prev` the id of the
    entry before it in the feed ("" for the first). `seen` has the last entry of each branch of each feed that the side
    knew. `at` is what the side claims the time to be, in whole seconds of UTC; no order comes from it. `key` signed;
    the keys in `also` signed beside it. `body` is what `type` says; the rest of the product reads it.
    """

    also: tuple[str, ...] = ()
    at: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    body: dict[str, Any]
    con: str
    feed: str
    key: str
    prev: str
    seen: Seen
    seq: Seq
    type: str
    v: Annotated[int, msgspec.Meta(ge=1, le=WHOLE)]


class Newer(msgspec.Struct, frozen=True, kw_only=True):
    """What can be read of an entry of rules that this program does not know: who signed it, and into which feed."""

    v: Annotated[int, msgspec.Meta(gt=RULES, le=WHOLE)]
    con: str
    feed: str
    key: str
    also: tuple[str, ...] = ()


class Received(Found, frozen=True, gc=False):
    """An entry with the envelope that it came in, whose bytes are what is kept, shown and passed on."""

    entry: Entry | Newer
    envelope: Envelope

    @property
    def line(self) -> bytes:
        """The line that it came in: an envelope has only one."""
        return seal(ENTRY, self.envelope.payload, self.envelope.signatures)

    @property
    def id(self) -> str:
        """The digest of what was signed, in hex: the entry's name everywhere."""
        return self.envelope.id


_DECODER: Final = decoder(Entry)


def read(line: bytes) -> Received:
    """The entry in an envelope. Its form is good; who signed it is not looked at: see `check_signatures`."""
    return opened(unseal(line, ENTRY))


def opened(found: Envelope) -> Received:
    """The same for an envelope that was taken apart already."""
    entry = _entry(found.payload)
    if len(found.signatures) != 1 + len(entry.also):
        raise refused("envelope.signatures")
    return Received(entry, found)


def _entry(payload: bytes) -> Entry | Newer:
    try:
        entry = _DECODER.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _other(payload)
    # Encoding it again and comparing finds what a parser forgives: keys given twice or unknown, blanks, other escapes.
    if encode(entry) != payload or entry.at.microsecond or entry.at.tzinfo is not dt.UTC:
        return _other(payload)
    check_plain(entry.body)
    return entry


def _other(payload: bytes) -> Newer:
    """An entry of newer rules, if it is one; else it is refused for what is wrong with it."""
    value = decode(payload)
    try:
        return msgspec.convert(value, Newer)
    except msgspec.ValidationError:
        raise refused("json.shape") from None


def check_signatures(received: Received) -> None:
    """Refuses the entry unless every key that it names is good and signed it, in the order in which they are named."""
    entry, found = received.entry, received.envelope
    check_signature(found.message, found.signatures[0], public_key(entry.key))
    if entry.also:
        if entry.key in entry.also or list(entry.also) != sorted(set(entry.also)):
            raise refused("entry.also")
        for signature, key in zip(found.signatures[1:], entry.also, strict=True):
            check_signature(found.message, signature, public_key(key))


def sealed(entry: Entry, *signers: Signer) -> bytes:
    """The line of `entry`, signed by the holders of `key` and of the keys in `also`, in that order."""
    payload = encode(entry)
    message = pae(ENTRY, payload)
    return seal(ENTRY, payload, tuple(signer(message) for signer in signers))
