"""Readouts kept in a folder, one file for each text, so that a long reading that was stopped can be carried on."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from tashawur.store.writing import write_whole
from tashawur.terms.errors import UnwritableError, reason_of

_LONGEST: Final = 200
"""Bytes of a name that all systems take, with what is added to it."""


class _Kept(msgspec.Struct):
    """One file: what was read, by which rules, and the day of publication that was given."""

    name: str
    rules: str
    date: str | None
    readout: msgspec.Raw


class _Document(msgspec.Struct):
    sha256: str


class _Head(msgspec.Struct):
    """What of a readout tells which file it is of."""

    document: _Document


class KeptReadouts:
    """The readouts in a folder that were read by these rules, and with this day of publication if one was given."""

    def __init__(self, folder: Path, rules: str, date: str | None) -> None:
        self._folder, self._rules, self._date = folder, rules, date
        self._made: Path | None = None

    def known(self, kept_as: str, data: bytes) -> bytes | None:
        """The readout, as JSON, of the file with these bytes; None where it is not kept, or was read otherwise."""
        try:
            kept = msgspec.json.decode(self._path(kept_as).read_bytes(), type=_Kept)
            head = msgspec.json.decode(kept.readout, type=_Head)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None  # not there, or no file of ours: it is read and written anew
        same = (kept.rules, kept.date) == (self._rules, self._date)
        return bytes(kept.readout) if same and head.document.sha256 == hashlib.sha256(data).hexdigest() else None

    def keep(self, kept_as: str, name: str, readout: bytes) -> None:
        """Keeps the readout, which is JSON, of the text called `name`.

        Raises:
            UnwritableError: the folder cannot be written to.
        """
        path = self._path(kept_as)
        kept = _Kept(name, self._rules, self._date, msgspec.Raw(readout))
        try:
            if path.parent != self._made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._made = path.parent
            write_whole(path, msgspec.json.encode(kept) + b"\n")
        except OSError as error:
            raise UnwritableError(place=str(path), why=reason_of(error)) from error

    def _path(self, kept_as: str) -> Path:
        *folders, name = kept_as.split("/")
        told = name.encode()
        if len(told) > _LONGEST:
            name = f"{told[:_LONGEST].decode('utf-8', 'ignore')}-{hashlib.sha256(told).hexdigest()[:16]}"
        return Path(self._folder, *folders, f"{name}.json")
