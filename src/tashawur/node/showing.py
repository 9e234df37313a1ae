"""What stands in a record, for those who look at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from tashawur.node.record import Record
from tashawur.record.entries import Entry, opened
from tashawur.terms.errors import UnknownNameError
from tashawur.terms.vocabulary import Found


class Listed(Found, frozen=True):
    """An entry with its number in the journal, its id, and the name of its party."""

    number: int
    id: str
    party: str
    entry: Entry


def listed(record: Record, since: int = 1) -> Iterator[Listed]:
    """The entries from this number on, in the order of their admission."""
    names = {party.feed: party.name for party in record.founding.act.parties}
    for number, envelope in enumerate(record.journal.entries(since - 1), start=since):
        entry = opened(envelope).entry
        assert isinstance(entry, Entry)  # noqa: S101 - entries of newer rules are not admitted
        yield Listed(number, envelope.id, names[entry.feed], entry)


def entry(record: Record, name: str) -> dict[str, Any]:
    """The entry whose id begins with `name`: what was signed, its signatures, and the name of its party.

    Raises UnknownNameError where no entry, or more than one, has such an id.
    """
    found = (
        [one for one in listed(record) if one.id.startswith(name)] if len(name) < 64 else list(_exactly(record, name))
    )
    if len(found) != 1 or not name:
        raise UnknownNameError(name=name or "''", known=", ".join(one.id[:16] for one in found[:10]) or "–")
    (one,) = found
    envelope = record.journal.entry(one.id)
    signatures = [signature.hex() for signature in envelope.signatures] if envelope else []
    return {"id": one.id, "party": one.party, "entry": msgspec.to_builtins(one.entry), "signatures": signatures}


def _exactly(record: Record, name: str) -> Iterator[Listed]:
    names = {party.feed: party.name for party in record.founding.act.parties}
    envelope = record.journal.entry(name) if _is_hex(name) else None
    if envelope:
        one = opened(envelope).entry
        assert isinstance(one, Entry)  # noqa: S101 - entries of newer rules are not admitted
        yield Listed(0, envelope.id, names[one.feed], one)


def _is_hex(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")
