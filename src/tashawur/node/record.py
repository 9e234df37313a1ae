"""The record as one node has it: what its journal keeps, and what follows from that.

Whatever is offered is judged first and then kept as a whole; only then is it told to anybody. When the journal refuses,
what was judged is forgotten, so that a node never knows more than its journal.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import msgspec

from tashawur.node.checking import Check, check_here
from tashawur.record.canonical import encode
from tashawur.record.entries import Entry, Received, check_signatures, opened, sealed
from tashawur.record.envelope import Envelope
from tashawur.record.events import Admitted, Event, Forked, Known, Parked, Refused
from tashawur.record.founding import Founding, Party, found
from tashawur.record.keys import Signer
from tashawur.record.ledger import Ledger
from tashawur.record.rules import refused
from tashawur.record.state import State
from tashawur.store.journal import Change, Journal, Proof, Waiting
from tashawur.terms.errors import (
    DamagedJournalError,
    ForkedSideError,
    FoundedError,
    NoRecordError,
    ReadOnlyError,
    UnknownNameError,
)
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import Found

FOUNDING: Final = "founding"
SNAPSHOT: Final = "snapshot"
RESTORED: Final = "restored"
"""The names of what is noted in a journal."""
FORM: Final = 1
"""The form of snapshots that this program writes and reads. Another one is worked out anew."""


class Snapshot(Found, frozen=True):
    """What followed from the first `entries` entries."""

    form: int
    entries: int
    state: State


class Record:
    """The record of one consultation at one node. It is used by one thread at a time."""

    def __init__(self, journal: Journal) -> None:
        """Raises NoRecordError when no consultation was founded in the journal yet."""
        line = journal.note(FOUNDING)
        if line is None:
            raise NoRecordError(place=journal.where)
        self.journal = journal
        self.founding: Founding = found(line)
        self._ledger: Ledger | None = None
        self._waiting: defaultdict[str, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self.journal)

    def party(self, name: str) -> Party:
        """The party with this name."""
        for party in self.founding.act.parties:
            if party.name == name:
                return party
        raise UnknownNameError(name=name or "''", known=", ".join(sorted(self.founding.names())))

    def heads(self) -> dict[str, Received]:
        """The last entry of each feed that has any, by party; its signature, verified here, covers all before it."""
        found_heads = {}
        for party in self.founding.act.parties:
            last = self.journal.last(party.feed)
            if last is not None:
                found_heads[party.name] = opened(last)
                check_signatures(found_heads[party.name])
        return found_heads

    # What follows from the entries

    def state(self) -> State:
        """What follows: as it was noted when these were the entries, or else worked out from them."""
        snapshot = self._snapshot()
        if snapshot is not None and snapshot.entries == len(self.journal):
            return snapshot.state
        return self.ledger().state()

    def _snapshot(self) -> Snapshot | None:
        try:
            data = self.journal.note(SNAPSHOT)
            found_snapshot = msgspec.json.decode(data, type=Snapshot) if data else None
        except (DamagedJournalError, msgspec.DecodeError):
            return None  # it is worked out anew from the entries, which are what counts
        return found_snapshot if found_snapshot and found_snapshot.form == FORM else None

    def note_state(self) -> None:
        """Notes what follows from the entries, so that the next process need not work it out."""
        snapshot = self._snapshot()
        if snapshot is None or snapshot.entries != len(self.journal):
            ledger = self.ledger()
            self.journal.set_note(SNAPSHOT, encode(Snapshot(FORM, len(ledger), ledger.state())))

    def ledger(self) -> Ledger:
        """What judges entries, with all that the journal has. What was kept had its signatures verified then."""
        if self._ledger is None:
            with _keeping_all():
                ledger = self._caught_up(Ledger(self.founding))
            self._offer_waiting(ledger)
            self._ledger = ledger
        elif len(self._ledger) != len(self.journal):
            self._caught_up(self._ledger)
        return self._ledger

    def _offer_waiting(self, ledger: Ledger) -> None:
        """Offers anew what waits. Some may be good by now: by a newer program, or since a queue was full."""
        self._waiting.clear()
        before = len(ledger)
        events: list[Event] = []
        for one in self.journal.waiting():
            self._waiting[one.id].add(one.peer)
            events += ledger.offer(one.line, one.peer)
        self._keep(self._change([one for one in events if not _too_many(one)], []), before)

    def _caught_up(self, ledger: Ledger) -> Ledger:
        """Brings the ledger to what the journal has by now: another process may have written to it."""
        for number, envelope in enumerate(self.journal.entries(since=len(ledger)), start=len(ledger) + 1):
            if not isinstance(ledger.admit(opened(envelope))[0], Admitted):
                raise DamagedJournalError(self.journal.where, N_("it does not follow from what stands before"), number)
        return ledger

    # Taking what is new

    def offer(self, lines: Iterable[bytes], peer: str = "", check: Check = check_here) -> tuple[Event, ...]:
        """Judges lines that `peer` brought, in this order, and keeps what is admitted or waits; then tells of it.

        `check` looks at form and signatures; see `tashawur.node.checking`.

        Raises NotKeptError and the other errors of a journal; then nothing of it was taken.
        """
        with self.journal.alone():
            return self._offered(lines, peer, check)

    def _offered(self, lines: Iterable[bytes], peer: str, check: Check = check_here) -> tuple[Event, ...]:
        try:
            return self._judged_and_kept(check(list(lines)), peer)
        except BaseException:
            self._ledger = None  # it may know what the journal has not
            raise

    def _judged_and_kept(self, checked: Iterable[Received | Refused], peer: str) -> tuple[Event, ...]:
        ledger = self.ledger()
        before = len(ledger)
        events: list[Event] = []
        parked: list[Waiting] = []
        for received in checked:
            if isinstance(received, Refused):
                events.append(received)
                continue
            new = ledger.admit(received, peer)
            if isinstance(new[0], Parked) and peer not in self._waiting.get(received.id, ()):
                parked.append(Waiting(received.id, received.line, peer))
            events += new
        self._keep(self._change(events, parked), before)
        return tuple(events)

    def _change(self, events: list[Event], parked: list[Waiting]) -> Change:
        waiting = self._waiting.keys() | {one.id for one in parked}
        settled = [_id(event) for event in events if isinstance(event, Admitted | Known | Refused)]
        freed = tuple(dict.fromkeys(one for one in settled if one in waiting))
        return Change(
            admitted=tuple(event.received for event in events if isinstance(event, Admitted)),
            parked=tuple(one for one in parked if one.id not in freed),
            freed=freed,
            proofs=tuple(self._proofs(events)),
        )

    def _keep(self, change: Change, before: int) -> None:
        if change == Change():
            return
        self.journal.keep(change, before)
        for name in change.freed:
            self._waiting.pop(name, None)
        for one in change.parked:
            self._waiting[one.id].add(one.peer)

    def _proofs(self, events: list[Event]) -> Iterable[Proof]:
        """For each entry that forks a feed, its line and that of another one in its place."""
        lines = {event.received.id: event.received.line for event in events if isinstance(event, Admitted)}
        last = ""
        for event in events:
            if isinstance(event, Admitted):
                last = event.received.id
            elif isinstance(event, Forked):
                other = next(one for one in event.ids if one != last)
                yield lines.get(other) or self._line(other), lines[last]

    def _line(self, name: str) -> bytes:
        envelope = self.journal.entry(name)
        if envelope is None:
            raise DamagedJournalError(self.journal.where, N_("an entry is missing that was there"))
        return opened(envelope).line

    # Saying something

    def say(self, party: str, key: str, signer: Signer, what: tuple[str, dict[str, Any]], at: dt.datetime) -> Received:
        """Writes an entry of the party, with type and body in `what`, signed by `signer` with `key`, and gives it.

        `at` is what the clock says. Where that is before the side's last entry, the hour of that one is claimed: a
        clock that was set back must not make a mandate look as if it had not begun.

        Raises:
            NotAdmittedError: it breaks a rule, such as that of the key's mandate; nothing was kept.
            ReadOnlyError: the node was restored, and the others have not yet shown what they have of it.
            ForkedSideError: the act needs a side whose feed has a fork that is not resolved.
        """
        self.check_writable()
        feed = self.party(party).feed
        with self.journal.alone():
            ledger = self.ledger()
            _check_forks(ledger, *what)
            claimed = max(filter(None, (at, _at(self.journal.last(feed))))).astimezone(dt.UTC).replace(microsecond=0)
            line = sealed(ledger.draft(feed, key, claimed, *what), signer)
            (first, *_) = self._offered([line], "")
        if isinstance(first, Refused):
            raise refused(first.rule)
        assert isinstance(first, Admitted)  # noqa: S101 - it names only what is there, and is new
        return first.received

    def check_writable(self) -> None:
        """Refuses where the node was restored and has not yet heard from all others what they have of its own feed."""
        if self.journal.note(RESTORED) is not None:
            raise ReadOnlyError(place=self.journal.where)

    def close(self) -> None:
        """Notes what follows, if that was worked out here, and lets the journal go."""
        if self._ledger is not None:
            self.note_state()
        self.journal.close()


def founded(journal: Journal, line: bytes) -> Record:
    """The record that begins with the founding act in `line`, whose signatures are verified, in an empty journal."""
    act = found(line)
    before = journal.note(FOUNDING)
    if before is not None and before != line:
        raise FoundedError(place=journal.where)
    journal.set_note(FOUNDING, act.line)
    return Record(journal)


def _too_many(event: Event) -> bool:
    """Whether what waits on the disk has no place among what waits in memory; it stays on the disk."""
    return isinstance(event, Refused) and event.rule == "parked.full"


def _id(event: Admitted | Known | Refused) -> str:
    return event.received.id if isinstance(event, Admitted) else event.id


@contextmanager
def _keeping_all() -> Iterator[None]:
    """For work whose every object stays for good: no garbage is looked for among them, neither now nor later."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if enabled:
            gc.enable()


def _check_forks(ledger: Ledger, kind: str, body: dict[str, Any]) -> None:
    """Refuses to propose or sign what needs a side that has said two things in one place."""
    forked = ledger.forked_sides()
    if not forked or kind not in ("propose", "sign"):
        return
    need = body.get("need", ()) if kind == "propose" else ledger.need_of(body.get("act", ""))
    if sides := forked.intersection(need):
        raise ForkedSideError(sides=", ".join(sorted(sides)))


def _at(last: Envelope | None) -> dt.datetime | None:
    """The hour that an entry claims."""
    entry = opened(last).entry if last else None
    return entry.at if isinstance(entry, Entry) else None
