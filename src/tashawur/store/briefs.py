"""A side's private briefs in a file of their own, which nothing that syncs, exports, logs or backs up the record opens.

Every value is sealed; its name is kept as a keyed digest. Whoever finds the file learns how many values it holds, how
long each is, and nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

import msgspec

from tashawur.store.sealing import Wrapped, new_key, seal, unseal, unwrap, wrap
from tashawur.terms.errors import BriefsError, NotOpenedError
from tashawur.terms.phrases import N_

APPLICATION: Final = 0x54534252
"""How the file says in its head what it is: "TSBR"."""
USE: Final = "briefs"


class Briefs:
    """The private briefs of a side, once their key is open. Nothing of them is shown."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Opens the file with the key itself, which its passphrase or the side's root gives."""
        self.path = path
        self._key = key
        self._file = _connected(path)
        for name, sealed in self._file.execute("SELECT name, sealed FROM brief LIMIT 1"):
            unseal(key, sealed, _use(name))

    def __repr__(self) -> str:
        return "Briefs()"

    @property
    def key(self) -> bytes:
        """What opens the values: for a backup that is sealed to the side's root."""
        return self._key

    def keep(self, name: str, data: bytes) -> None:
        """Keeps `data` under a name, in place of what was there; it is on the disk when this returns."""
        known = self._known(name)
        with _failing(self.path):
            self._file.execute(
                "INSERT OR REPLACE INTO brief (name, sealed) VALUES (?, ?)",
                (known, seal(self._key, msgspec.msgpack.encode((name, data)), _use(known))),
            )

    def brief(self, name: str) -> bytes | None:
        """What was kept under a name."""
        known = self._known(name)
        for (sealed,) in self._file.execute("SELECT sealed FROM brief WHERE name = ?", (known,)):
            return self._opened(known, sealed)[1]
        return None

    def names(self) -> tuple[str, ...]:
        """The names under which something is kept, in order."""
        rows = self._file.execute("SELECT name, sealed FROM brief")
        return tuple(sorted(self._opened(*row)[0] for row in rows))

    def erase(self, name: str) -> None:
        """Erases what was kept under a name; the file is overwritten there."""
        with _failing(self.path):
            self._file.execute("DELETE FROM brief WHERE name = ?", (self._known(name),))

    def rewrap(self, passphrase: str) -> None:
        """Has another passphrase open the briefs from now on."""
        told = msgspec.json.encode(wrap(self._key, passphrase, USE))
        with _failing(self.path):
            self._file.execute("UPDATE wrapped SET told = ?", (told,))

    def copy(self) -> bytes:
        """The file as it stands, whose values stay sealed."""
        return self._file.serialize()

    def close(self) -> None:
        """Lets the file go, and the key."""
        self._file.close()
        self._key = b""

    def _known(self, name: str) -> bytes:
        return hmac.digest(self._key, name.encode(), hashlib.sha256)

    def _opened(self, known: bytes, sealed: bytes) -> tuple[str, bytes]:
        return msgspec.msgpack.decode(unseal(self._key, sealed, _use(known)), type=tuple[str, bytes])


def new_briefs(path: Path, passphrase: str) -> Briefs:
    """A new file of briefs, which the passphrase opens."""
    if path.exists():
        raise BriefsError(place=str(path), why=N_("there is such a file already"))
    key = new_key()
    path.touch(mode=0o600)
    file = _connected(path, new=True)
    with _failing(path):
        file.execute(f"PRAGMA application_id = {APPLICATION}")
        file.execute("CREATE TABLE wrapped (told BLOB NOT NULL) STRICT")
        file.execute("CREATE TABLE brief (name BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT")
        file.execute("INSERT INTO wrapped (told) VALUES (?)", (msgspec.json.encode(wrap(key, passphrase, USE)),))
    file.close()
    return Briefs(path, key)


def opened_briefs(path: Path, passphrase: str) -> Briefs:
    """The briefs in a file; raises NotOpenedError for a wrong passphrase."""
    file = _connected(path)
    try:
        (told,) = file.execute("SELECT told FROM wrapped").fetchone()
        wrapped = msgspec.json.decode(told, type=Wrapped)
    except (sqlite3.Error, msgspec.DecodeError, TypeError) as error:
        raise BriefsError(place=str(path), why=N_("it is damaged; bring it back from a backup")) from error
    finally:
        file.close()
    try:
        return Briefs(path, unwrap(wrapped, passphrase, USE))
    except NotOpenedError:
        raise NotOpenedError(place=str(path)) from None


def number_of_briefs(path: Path) -> int:
    """How many values a file holds, which can be told without its key."""
    file = _connected(path)
    try:
        with _failing(path):
            return int(file.execute("SELECT count(*) FROM brief").fetchone()[0])
    finally:
        file.close()


def _use(known: bytes) -> bytes:
    return b"brief " + known.hex().encode()


def _connected(path: Path, *, new: bool = False) -> sqlite3.Connection:
    if not path.exists():
        raise BriefsError(place=str(path), why=N_("there is no such file"))
    with _failing(path):
        file = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=rw", uri=True, isolation_level=None)
        if not new and file.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            file.close()
            raise BriefsError(place=str(path), why=N_("it holds no briefs"))
        # No write-ahead log: between writes, all that there is of them is one file.
        file.execute("PRAGMA journal_mode = DELETE")
        file.execute("PRAGMA synchronous = FULL")
        file.execute("PRAGMA secure_delete = ON")
        return file


@contextmanager
def _failing(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        why = N_("the system refuses to read or write it; look at the disk and at who may use the file")
        raise BriefsError(place=str(path), why=why) from error
