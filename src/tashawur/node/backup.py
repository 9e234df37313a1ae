"""Backups: of the record as a journal in one file; of the private briefs in a file of its own, sealed to the roots."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import msgspec

from tashawur.node.record import FOUNDING, Record
from tashawur.record.bodies import Hex
from tashawur.record.entries import Received, opened
from tashawur.store.briefs import Briefs
from tashawur.store.journal import Change, Journal
from tashawur.store.sealing import new_key, seal, seal_to
from tashawur.store.sqlite import SqliteJournal
from tashawur.store.writing import write_whole
from tashawur.terms.errors import NodeError, NoRecordError, reason_of
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import Value

PORTION: Final = 5_000
"""Entries that are copied in one transaction."""
FORMAT: Final = "tashawur.briefs-backup/1"


class BriefsBackup(Value, frozen=True):
    """Private briefs that any of the root keys opens. Not shown."""

    format: Literal["tashawur.briefs-backup/1"]
    roots: dict[Hex, bytes]
    sealed: bytes

    def __repr__(self) -> str:
        return "BriefsBackup()"


def backup(journal: Journal, path: Path) -> int:
    """Writes all that the journal holds into a new file, itself a journal; gives the number of entries.

    A file that could not be written to its end does not stay.
    """
    if journal.note(FOUNDING) is None:
        raise NoRecordError(place=journal.where)
    copy = SqliteJournal(path, make=True)
    try:
        copied(journal, copy, (opened(one) for one in journal.entries()))
        return len(copy)
    except BaseException:
        copy.close()
        for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            name.unlink(missing_ok=True)
        raise
    finally:
        copy.close()


def copied(journal: Journal, copy: Journal, entries: Iterable[Received]) -> None:
    """Copies the founding act, these entries, and all else that cannot be worked out anew."""
    copy.set_note(FOUNDING, journal.note(FOUNDING))
    left = iter(entries)
    while portion := tuple(islice(left, PORTION)):
        copy.keep(Change(admitted=portion), after=len(copy))
    copy.keep(Change(parked=tuple(journal.waiting()), proofs=tuple(journal.proofs())), after=len(copy))
    for digest, person in journal.persons():
        copy.set_person(digest, person)


def roots_of(record: Record | None, side: str, usual: str) -> tuple[str, ...]:
    """The root keys of the side as they stand now; `usual` where there is no record yet."""
    return tuple(sorted(record.ledger().authority(record.party(side).feed).roots)) if record else (usual,)


def backup_briefs(briefs: Briefs, roots: Iterable[str], path: Path) -> None:
    """Writes the private briefs into a file that only a root key of the side opens, whatever the passphrase was."""
    if path.exists():
        raise NodeError(place=str(path), why=N_("there is such a file already"))
    key = new_key()
    sealed = seal(key, msgspec.msgpack.encode((briefs.key, briefs.copy())), FORMAT.encode())
    told = BriefsBackup(format=FORMAT, roots={root: seal_to(root, key) for root in roots}, sealed=sealed)
    try:
        write_whole(path, msgspec.json.encode(told), mode=0o600)
    except OSError as error:
        raise NodeError(place=str(path), why=reason_of(error)) from error
