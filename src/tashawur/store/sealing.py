"""What is private on the disk: values under AES-256-GCM, and keys wrapped by a passphrase through Argon2id.

The nonce of each value is random, 96 bits: with one key, up to 2^32 values are safe. What a value is for is bound to
it, so that one cannot be put in the place of another.
"""

from __future__ import annotations

import os
from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from nacl.exceptions import CryptoError
from nacl.public import SealedBox
from nacl.pwhash import argon2id
from nacl.signing import SigningKey, VerifyKey

from tashawur.terms.errors import NotOpenedError
from tashawur.terms.vocabulary import Value

NONCE: Final = 12
PASSES: Final = 3
MEMORY: Final = 64 * 2**20
"""What wrapping costs, as RFC 9106 recommends where memory is scarce: three passes over 64 MiB."""
MOST_PASSES: Final = 16
MOST_MEMORY: Final = 2**30
"""What is asked for at most by a file that somebody else may have written."""


def new_key() -> bytes:
    """A new random key of 256 bits."""
    return os.urandom(32)


def seal(key: bytes, data: bytes, use: bytes) -> bytes:
    """`data` under the key, bound to its `use`."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, use)


def unseal(key: bytes, sealed: bytes, use: bytes) -> bytes:
    """What was sealed; raises NotOpenedError under another key, for another use, or when a bit was changed."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], use)
    except (InvalidTag, ValueError):
        raise NotOpenedError(place=use.decode()) from None


class Wrapped(Value, frozen=True):
    """A secret that a passphrase opens; what that costs is written beside it. Not shown."""

    salt: bytes
    passes: Annotated[int, msgspec.Meta(ge=1, le=MOST_PASSES)]
    memory: Annotated[int, msgspec.Meta(ge=2**13, le=MOST_MEMORY)]
    sealed: bytes

    def __repr__(self) -> str:
        return "Wrapped()"


def wrap(secret: bytes, passphrase: str, use: str) -> Wrapped:
    """The secret, to be opened by the passphrase for this use only."""
    salt = os.urandom(argon2id.SALTBYTES)
    key = argon2id.kdf(32, passphrase.encode(), salt, PASSES, MEMORY)
    return Wrapped(salt=salt, passes=PASSES, memory=MEMORY, sealed=seal(key, secret, use.encode()))


def unwrap(wrapped: Wrapped, passphrase: str, use: str) -> bytes:
    """The secret; raises NotOpenedError for a wrong passphrase."""
    key = argon2id.kdf(32, passphrase.encode(), wrapped.salt, wrapped.passes, wrapped.memory)
    return unseal(key, wrapped.sealed, use.encode())


def seal_to(public: str, data: bytes) -> bytes:
    """`data` for whoever holds the private part of an Ed25519 key, such as a side's root, which lies in a safe."""
    return SealedBox(VerifyKey(bytes.fromhex(public)).to_curve25519_public_key()).encrypt(data)


def unseal_from(seed: bytes, data: bytes) -> bytes:
    """What was sealed to the key whose private part is made from `seed`; raises NotOpenedError for another key."""
    try:
        return SealedBox(SigningKey(seed).to_curve25519_private_key()).decrypt(data)
    except (CryptoError, ValueError):
        raise NotOpenedError(place="root") from None
