"""Finds consultations: the two that are shipped, by name, or a folder; and begins new ones."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tashawur.consult.consultation import Consultation
from tashawur.consult.files import LARGEST
from tashawur.store.folder import bytes_of, consultation_in
from tashawur.store.texts import text_of
from tashawur.terms.errors import UnknownNameError, UnreadableError, UnwritableError, reason_of
from tashawur.terms.phrases import N_

SHIPPED: Final = ("riyadh", "exercise")
"""`riyadh`: the mechanism of a public readout and what followed. `exercise`: invented states and numbers."""

_CASES: Final = Path(__file__).parent.parent / "cases"
_EMPTY: Final = _CASES / "empty"


def folder_of(name: str) -> Path:
    """The folder of a shipped consultation by its name, or the folder `name` itself.

    A folder of your own that bears the name of a shipped one is reached as ./riyadh.
    """
    if not name.strip():
        raise UnreadableError(place="''", why=N_("no folder was named"))
    return _CASES / name if name in SHIPPED else Path(name)


def consultation(name: str) -> Consultation:
    """The consultation that is shipped as `name`, or stands in the folder `name`. Raises as the store does."""
    return consultation_in(folder_of(name))


def texts(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each text that rows point at. It is bounded as the files of a case are.

    Raises:
        UnreadableError: it is no plain file, is too large, or cannot be read.
    """
    for path in paths:
        data = bytes_of(path)
        if len(data) > LARGEST:
            raise UnreadableError(place=str(path), why=N_("it is too large to be a text that rows point at"))
        yield str(path), data


def text_in(name: str, data: bytes) -> str:
    """The text that the bytes of a file hold, read as `readout` reads it, so that places in it mean the same.

    Raises:
        UnreadableTextError: it holds none.
    """
    return text_of(name, data).text


def day_of(consultation: Consultation, asked: dt.date | None, today: dt.date) -> dt.date:
    """The day of which the standing is shown: the one asked for, else the end of the account, else today."""
    if asked is not None:
        return asked
    return min(consultation.account_ends or today, today)


def begin(name: str, like: str | None) -> list[Path]:
    """Copies a small case to fill in, or the shipped one `like`, into the new folder `name`, and gives its files.

    Raises:
        UnknownNameError: nothing of the name `like` is shipped.
        UnwritableError: the folder holds something already, or cannot be made.
    """
    if like is not None and like not in SHIPPED:
        raise UnknownNameError(name=like or "''", known=", ".join(SHIPPED))
    if not name.strip():
        raise UnwritableError(place="''", why=N_("no folder was named"))
    folder = Path(name)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UnwritableError(place=str(folder), why=N_("it holds something already; name a new folder"))
        shutil.copytree(_EMPTY if like is None else _CASES / like, folder, dirs_exist_ok=True)
    except OSError as error:
        raise UnwritableError(place=str(folder), why=reason_of(error)) from error
    return sorted(folder.rglob("*.yaml"))
