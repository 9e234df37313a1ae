"""The keys of a node, in a file that only its user may read.

The node's own key stands there as it is: it signs what machines say, unattended, and may only draft. The key of each
member, and the root key until it is carried to a safe, is wrapped by its holder's passphrase and opened for one
signature.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

import msgspec
from nacl.signing import SigningKey

from tashawur.record.bodies import Hex
from tashawur.record.keys import Signer
from tashawur.store.sealing import Wrapped, new_key, unwrap, wrap
from tashawur.store.writing import write_whole
from tashawur.terms.errors import KeysError, NotOpenedError, UnknownNameError, reason_of
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import Ident, Value

FORMAT: Final = "tashawur.keys/1"
ROOT: Final = "root"
"""The name of the root key among the others."""


class Held(Value, frozen=True):
    """A key that a passphrase opens, under the name that its holder gave it."""

    name: Ident
    key: Hex
    wrapped: Wrapped


class Keys(Value, frozen=True):
    """What stands in the file. Nothing of it is shown."""

    format: Literal["tashawur.keys/1"]
    node: bytes
    held: tuple[Held, ...] = ()

    def __repr__(self) -> str:
        return "Keys()"

    @property
    def node_key(self) -> str:
        """The public part of the node's own key, in hex."""
        return public(self.node)

    def of(self, name: str) -> Held:
        """The key with this name."""
        for one in self.held:
            if one.name == name:
                return one
        raise UnknownNameError(name=name or "''", known=", ".join(one.name for one in self.held) or "–")

    def sign(self, name: str, passphrase: str, message: bytes) -> bytes:
        """The signature of the key with this name; its private part is there for this one only.

        Raises NotOpenedError for a wrong passphrase.
        """
        return SigningKey(self.seed(name, passphrase)).sign(message).signature

    def signer(self, name: str, passphrase: str) -> Signer:
        """Signs one message as the holder of the key: see `sign`."""
        return lambda message: self.sign(name, passphrase, message)

    def seed(self, name: str, passphrase: str) -> bytes:
        """The private part of a key, for what only it opens. Raises NotOpenedError for a wrong passphrase."""
        held = self.of(name)
        try:
            return unwrap(held.wrapped, passphrase, held.key)
        except NotOpenedError:
            raise NotOpenedError(place=name) from None

    def node_signer(self) -> Signer:
        """Signs as the node."""
        return lambda message: SigningKey(self.node).sign(message).signature


def new_keys() -> Keys:
    """A key for a new node, and nobody else's."""
    return Keys(format=FORMAT, node=new_key())


def with_key(keys: Keys, name: str, passphrase: str) -> Keys:
    """The same with a new key under this name, which the passphrase opens."""
    if any(one.name == name for one in keys.held):
        raise KeysError(place=name, why=N_("there is a key of this name already; choose another name"))
    seed = new_key()
    one = Held(name=name, key=public(seed), wrapped=wrap(seed, passphrase, public(seed)))
    return Keys(format=FORMAT, node=keys.node, held=(*keys.held, one))


def public(seed: bytes) -> str:
    """The public key that belongs to a private one, in hex."""
    return SigningKey(seed).verify_key.encode().hex()


def read_keys(path: Path) -> Keys:
    """The keys in the file, which nobody else on the machine may be able to read."""
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeysError(place=str(path), why=N_("others on this machine can read it; run: chmod 600 on it"))
        return msgspec.json.decode(path.read_bytes(), type=Keys)
    except OSError as error:
        raise KeysError(place=str(path), why=reason_of(error)) from error
    except msgspec.DecodeError as error:
        raise KeysError(place=str(path), why=N_("it is no file of keys; bring it back from a backup")) from error


def write_keys(path: Path, keys: Keys) -> None:
    """Writes the keys so that only this user can read them."""
    try:
        write_whole(path, msgspec.json.format(msgspec.json.encode(keys)), mode=0o600)
    except OSError as error:
        raise KeysError(place=str(path), why=reason_of(error)) from error
