"""The record and the consultation joined: who signed what, by the one, and what that means, by the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from tashawur.consult.acts import Told
from tashawur.consult.folding import Standing, fold
from tashawur.record.bodies import Propose
from tashawur.record.entries import Entry, Received
from tashawur.record.founding import Founding
from tashawur.record.state import State
from tashawur.store.folder import is_zone


def standing_of(founding: Founding, admitted: Iterable[Received], state: State) -> Standing:
    """The state of the consultation that a record holds.

    `admitted` are all entries that the ledger admitted, in any order, and `state` what the ledger says follows.

    Raises:
        FoundingContentError: the founding act holds no mechanism that can be run.
    """
    nodes = {party.name: party.role for party in founding.act.parties}
    first = Told(id=founding.id, side="", seq=0, topics=(), content=founding.act.content, on=_day(founding.act.at))
    return fold(first, _told(founding, admitted, state), nodes, is_zone)


def _told(founding: Founding, admitted: Iterable[Received], state: State) -> Iterator[Told]:
    """The entries that hold acts."""
    names = {party.feed: party.name for party in founding.act.parties}
    acts = {act.id: act for act in state.acts}
    for received in admitted:
        entry = received.entry
        if not isinstance(entry, Entry):
            continue
        said = Told(
            id=received.id,
            side=names[entry.feed],
            seq=entry.seq,
            topics=tuple(entry.body.get("topics", ())),
            content=entry.body.get("content", {}),
            on=_day(entry.at),
        )
        if entry.type == "say":
            yield said
        elif entry.type == "propose":
            act, proposed = acts[received.id], msgspec.convert(entry.body, Propose)
            yield msgspec.structs.replace(
                said,
                need=proposed.need,
                signed=act.signed,
                confirmed=act.confirmed,
                withdrawn=act.withdrawn,
                amends=proposed.amends,
                legal=proposed.legal,
            )


def _day(at: dt.datetime) -> dt.date:
    """The day that an entry claims, in UTC, so that every node names the same."""
    return at.astimezone(dt.UTC).date()
