"""A bundle that only one node can open: encrypted by age to the key of that node in the founding act.

age takes Ed25519 keys as SSH writes them, so no other key is needed; the program `age` itself opens the file too.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable
from types import ModuleType
from typing import Final

from tashawur.record.founding import Party
from tashawur.terms.errors import MissingPartError
from tashawur.wire.packed import packed, unpacked
from tashawur.wire.rules import refused

Opener = Callable[[bytes], bytes]
"""Gives the bundle that was encrypted to the node's key. The private key stays with whoever made the function."""

_KIND: Final = b"ssh-ed25519"
_FIRST: Final = b"age-encryption.org/"


def is_locked(data: bytes) -> bool:
    """Whether the bytes were encrypted by age."""
    return data.startswith(_FIRST)


def locked(data: bytes, to: Party) -> bytes:
    """The bytes, made short and encrypted to the node of a party."""
    age = _age()
    recipient = f"ssh-ed25519 {base64.b64encode(_public(bytes.fromhex(to.node))).decode()}"
    encrypted: bytes = age.encrypt(packed(data), [age.ssh.Recipient.from_str(recipient)])
    return encrypted


def opener_of(seed: bytes) -> Opener:
    """What opens bytes that were encrypted to the node whose private key has this seed of 32 bytes."""

    def opened(data: bytes) -> bytes:
        age = _age()
        try:
            found: bytes = age.decrypt(data, [age.ssh.Identity.from_buffer(ssh_key(seed))])
        except age.DecryptError:
            raise refused("bundle.locked") from None
        return unpacked(found, "bundle.locked")

    return opened


def _age() -> ModuleType:
    try:
        import pyrage  # noqa: PLC0415 - an optional part
    except ImportError:
        raise MissingPartError(extra="node") from None
    module: ModuleType = pyrage
    return module


def _told(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _public(key: bytes) -> bytes:
    return _told(_KIND) + _told(key)


def ssh_key(seed: bytes) -> bytes:
    """The private key in the form in which OpenSSH keeps it, which age takes: for use at once, not for a disk."""
    from nacl.bindings import crypto_sign_seed_keypair  # noqa: PLC0415 - only who opens a bundle needs it

    public, private = crypto_sign_seed_keypair(seed)
    secret = bytes(8) + _public(public) + _told(private) + _told(b"")
    secret += bytes(range(1, -len(secret) % 8 + 1))
    whole = b"openssh-key-v1\0" + _told(b"none") * 2 + _told(b"") + struct.pack(">I", 1)
    whole += _told(_public(public)) + _told(secret)
    text = base64.encodebytes(whole)
    return b"-----BEGIN OPENSSH PRIVATE KEY-----\n" + text + b"-----END OPENSSH PRIVATE KEY-----\n"
