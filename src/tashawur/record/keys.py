"""Ed25519, judged by libsodium alone, so that every node comes to the same verdict on the same bytes.

Other libraries accept signatures that libsodium refuses. With a key of small order, one signature fits many messages
under them: a side could register such a key, and say later that it signed another text. Here such keys are refused, and
with them every key outside the group in which honest keys lie.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from nacl.bindings import crypto_core_ed25519_is_valid_point, crypto_sign_open
from nacl.exceptions import BadSignatureError

from tashawur.record.rules import refused

Signer = Callable[[bytes], bytes]
"""Gives the 64 bytes of the signature on a message. The private key stays with whoever made the function."""

_MOST_KEPT: Final = 4_096


@lru_cache(_MOST_KEPT)
def public_key(text: str) -> bytes:
    """The 32 bytes of a key that is written in hex; refused when it is not written so, or is no good key."""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        raise refused("key.form") from None
    if len(key) != 32 or key.hex() != text:
        raise refused("key.form")
    if not crypto_core_ed25519_is_valid_point(key):
        raise refused("key.weak")
    return key


def check_signature(message: bytes, signature: bytes, key: bytes) -> None:
    """Refuses the signature unless libsodium accepts it."""
    try:
        crypto_sign_open(signature + message, key)
    except BadSignatureError:
        raise refused("signature.wrong") from None
