"""Brings a node back from a backup. It only reads until all others have shown what they have of this side.

What they have, and the backup lacks, was written after the backup: a node that went on writing from there would say
two things in one place, and be taken for a forger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from tashawur.node.backup import BriefsBackup, copied
from tashawur.node.keys import public
from tashawur.node.record import FOUNDING, RESTORED, Record
from tashawur.node.status import unheard
from tashawur.record.entries import Entry, Received, opened
from tashawur.record.founding import found
from tashawur.record.parked import MOST_PARKED
from tashawur.store.briefs import Briefs, number_of_briefs
from tashawur.store.journal import Change, Journal, Waiting
from tashawur.store.sealing import unseal, unseal_from
from tashawur.store.writing import write_whole
from tashawur.terms.errors import (
    BriefsError,
    DamagedJournalError,
    FoundedError,
    NodeError,
    NoRecordError,
    NotOpenedError,
    reason_of,
)
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import Found


class Restored(Found, frozen=True):
    """How many entries were brought back, wait for earlier ones that could not be read, and could not be read."""

    entries: int
    waiting: int
    lost: int


def restore(backup: Journal, journal: Journal, side: str) -> Restored:
    """Fills an empty journal from a backup, or from what can still be read of a damaged journal."""
    if len(journal) or journal.note(FOUNDING) is not None:
        raise FoundedError(place=journal.where)
    line = backup.note(FOUNDING)
    if line is None:
        raise NoRecordError(place=backup.where)
    # First of all, so that a node which was brought back in part does not write either.
    others = sorted(one.name for one in found(line).act.parties if one.name != side)
    journal.set_note(RESTORED, msgspec.json.encode(others))
    cut_off: list[Received] = []
    copied(backup, journal, _readable(backup, cut_off))
    # In queues of their own, so that none is too long for a ledger: no peer brought these.
    parked = [Waiting(one.id, one.line, f"backup {place // MOST_PARKED}") for place, one in enumerate(cut_off)]
    journal.keep(Change(parked=tuple(parked)), after=len(journal))
    return Restored(len(journal), len(parked), len(backup) - len(journal) - len(parked))


def _readable(backup: Journal, cut_off: list[Received]) -> Iterator[Received]:
    """The entries that can be read; those of whose past something is missing go to `cut_off`."""
    there = {""}
    for number in range(1, len(backup) + 1):
        try:
            envelope = backup.at(number)
        except DamagedJournalError:
            continue
        received = opened(envelope) if envelope else None
        if received and _past(received) <= there:
            there.add(received.id)
            yield received
        elif received:
            cut_off.append(received)


def _past(received: Received) -> set[str]:
    entry = received.entry
    assert isinstance(entry, Entry)  # noqa: S101 - entries of newer rules are not admitted
    return {entry.prev, *(name for heads in entry.seen.values() for _, name in heads)}


def heard(record: Record, side: str, peer: str, own_heads: Iterable[str]) -> tuple[str, ...]:
    """Takes in that `peer` holds this side's feed up to these entries; gives who is still to be heard.

    A peer counts as heard once the node has all that it named. When all are heard, the node writes again.
    """
    journal = record.journal
    waiting = unheard(journal)
    record.party(side)
    if peer in waiting and all(journal.entry(name) is not None for name in own_heads):
        waiting = tuple(one for one in waiting if one != peer)
        journal.set_note(RESTORED, msgspec.json.encode(waiting) if waiting else None)
    return waiting


def restore_briefs(backup: Path, path: Path, seed: bytes, passphrase: str) -> None:
    """Brings the private briefs back with the private part of a root key; the passphrase opens them from now on.

    They take the place of the empty file of a new node, and of nothing else.
    """
    if path.exists() and number_of_briefs(path):
        raise BriefsError(place=str(path), why=N_("there are briefs in it already; name another file in the settings"))
    try:
        told = msgspec.json.decode(backup.read_bytes(), type=BriefsBackup)
    except OSError as error:
        raise NodeError(place=str(backup), why=reason_of(error)) from error
    except msgspec.DecodeError as error:
        raise BriefsError(place=str(backup), why=N_("it is no backup of briefs")) from error
    sealed = told.roots.get(public(seed))
    if sealed is None:
        raise NotOpenedError(place=str(backup))
    key = unseal_from(seed, sealed)
    inner, data = msgspec.msgpack.decode(unseal(key, told.sealed, told.format.encode()), type=tuple[bytes, bytes])
    write_whole(path, data, mode=0o600)
    briefs = Briefs(path, inner)
    briefs.rewrap(passphrase)
    briefs.close()
