"""DSSE envelopes in one form: a payload, its type, signatures without names of keys.

The format is that of https://github.com/secure-systems-lab/dsse. Of the many ways in which the format lets an envelope
be written as JSON, one is taken here; an envelope in another is refused, so that one entry has one line.
"""

from __future__ import annotations

import binascii
import hashlib
from typing import Final

import msgspec

from tashawur.record.rules import refused
from tashawur.terms.vocabulary import Found

ENTRY: Final = "application/vnd.tashawur.entry+json"
FOUNDING: Final = "application/vnd.tashawur.founding+json"
REQUEST: Final = "application/vnd.tashawur.request+json"
ANSWER: Final = "application/vnd.tashawur.answer+json"
BUNDLE: Final = "application/vnd.tashawur.bundle+json"
KINDS: Final = (ENTRY, FOUNDING, REQUEST, ANSWER, BUNDLE)
"""What envelopes hold: entries and the founding act stay for ever; the others are about how they are carried."""
MOST_BYTES: Final = 256 * 1024
"""The size of the longest envelope."""
MOST_SIGNATURES: Final = 64

_HEAD: Final = b'{"payload":"'
_BETWEEN: Final = b'"},{"sig":"'
_TAIL: Final = b'"}]}'


def _middle(kind: str) -> bytes:
    return b'","payloadType":"%b","signatures":[{"sig":"' % kind.encode()


_MIDDLES: Final = {kind: _middle(kind) for kind in KINDS}
_PREFIXES: Final = {kind: b"DSSEv1 %d %b " % (len(kind), kind.encode()) for kind in KINDS}


class Envelope(Found, frozen=True, gc=False):
    """What an envelope holds. Nothing about it is verified yet.

    `message` is what is signed: the pre-authentication encoding of type and payload. `id` is its SHA-256 digest in hex.
    """

    payload: bytes
    signatures: tuple[bytes, ...]
    message: bytes
    id: str


def pae(kind: str, payload: bytes) -> bytes:
    """The bytes that are signed: no other type and no other payload has the same ones."""
    return b"%b%d %b" % (_PREFIXES[kind], len(payload), payload)


def digest(message: bytes) -> str:
    """The SHA-256 digest in hex."""
    return hashlib.sha256(message).hexdigest()


def seal(kind: str, payload: bytes, signatures: tuple[bytes, ...]) -> bytes:
    """The one line that holds the payload and the signatures on it."""
    told = _BETWEEN.join(_base64(one) for one in signatures)
    return b"".join((_HEAD, _base64(payload), _MIDDLES[kind], told, _TAIL))


def unseal(line: bytes, kind: str) -> Envelope:
    """Takes the envelope apart; refused unless the line is exactly what `seal` writes."""
    if len(line) > MOST_BYTES:
        raise refused("envelope.size")
    middle = _MIDDLES[kind]
    end = line.find(b'"', len(_HEAD))
    if not line.startswith(_HEAD) or not line.startswith(middle, end) or not line.endswith(_TAIL):
        raise refused(_why_not(line, kind))
    payload = _strict(line[len(_HEAD) : end])
    told = line[end + len(middle) : -len(_TAIL)]
    if len(told) == _LENGTH:  # the rule; splitting costs
        signatures: tuple[bytes, ...] = (_strict(told),)
    else:
        signatures = tuple(map(_strict, told.split(_BETWEEN)))
    return envelope(kind, payload, signatures)


def envelope(kind: str, payload: bytes, signatures: tuple[bytes, ...]) -> Envelope:
    """The envelope of these parts, such as a store may keep in place of the line: `seal` makes the line anew."""
    if len(signatures) > MOST_SIGNATURES:
        raise refused("envelope.signatures")
    for one in signatures:
        if len(one) != 64:
            raise refused("envelope.signatures")
    message = pae(kind, payload)
    return Envelope(payload, signatures, message, digest(message))


_LENGTH: Final = 88
"""How long a signature is in base64."""


def _base64(data: bytes) -> bytes:
    return binascii.b2a_base64(data, newline=False)


def _strict(text: bytes) -> bytes:
    """What `text` is the base64 of; bits that are left over must be zero, and no other sign may stand in it."""
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error:
        raise refused("envelope.base64") from None
    # Strict mode looks at all but the bits that the last sign has left over.
    if not data or _base64(data[(len(data) - 1) // 3 * 3 :]) != text[-4:]:
        raise refused("envelope.base64")
    return data


class _Typed(msgspec.Struct):
    payloadType: str  # noqa: N815 - the name that DSSE gives it


def _why_not(line: bytes, kind: str) -> str:
    """The rule that a line of another form breaks: an envelope of another type, or no such envelope at all."""
    try:
        typed = msgspec.json.decode(line, type=_Typed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "envelope.form"
    return "envelope.form" if typed.payloadType == kind else "envelope.type"
