"""Verifies a journal cold, as somebody would who believes nothing: every digest, signature and rule, from the start."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import islice, pairwise
from multiprocessing import get_context
from typing import Final

from tashawur.node.opening import journal_at
from tashawur.node.record import FOUNDING
from tashawur.record.entries import check_signatures, opened
from tashawur.record.envelope import Envelope
from tashawur.record.events import Parked, Refused
from tashawur.record.founding import Founding, found
from tashawur.record.ledger import Ledger
from tashawur.record.state import State
from tashawur.store.journal import Journal
from tashawur.terms.errors import DamagedJournalError, NoRecordError, NotAdmittedError
from tashawur.terms.vocabulary import Found

PORTION: Final = 1_000
"""Entries that are read at a time, and one by one only where the portion holds damage."""

FEW: Final = 5_000
"""Entries for which other processes are not worth starting."""


class Verified(Found, frozen=True):
    """What came of it. `entries` is how many there should be; `good` have been admitted.

    `damaged` are the numbers of entries that are not what was written, or are gone; `refused` the rules that entries
    break, by their numbers; `waiting` the numbers of those whose past is damaged, so that they cannot be judged.
    """

    founding: Founding
    entries: int
    good: int
    damaged: tuple[int, ...]
    refused: dict[int, str]
    waiting: tuple[int, ...]
    state: State

    @property
    def whole(self) -> bool:
        """Whether every entry is good."""
        return self.good == self.entries


def verified(journal: Journal) -> Verified:
    """Judges all that stands in the journal, from the founding act on. Nothing is changed."""
    return _verified(journal, len(journal))


def verified_together(address: str, jobs: int) -> Verified:
    """The same for the journal at an address or path, by several processes: they share out the signatures.

    One judges all entries meanwhile. If a signature turns out wrong, it begins anew alone, to say exactly what follows.
    """
    with closing(journal_at(address, only_read=True)) as journal:
        entries = len(journal)
        own = round(entries * _share(jobs))
        if jobs == 1 or entries < FEW:
            return _verified(journal, entries)
        cuts = [own + (entries - own) * job // (jobs - 1) for job in range(jobs)]
        with ProcessPoolExecutor(jobs - 1, get_context("spawn")) as pool:
            others = [pool.submit(signed, address, start, end) for start, end in pairwise(cuts)]
            found = _verified(journal, own)
            if all(other.result() for other in others):
                return found
        return _verified(journal, entries)


def _share(jobs: int) -> float:
    """The share of the signatures for the process that has all else to do as well, about a quarter of the work."""
    return max(0.0, 1.25 / jobs - 0.25)


def signed(address: str, start: int, end: int) -> bool:
    """Whether the entries behind the first `start`, up to number `end`, are all there and rightly signed."""
    try:
        with closing(journal_at(address, only_read=True)) as journal:
            for envelope in islice(journal.entries(start), end - start):
                check_signatures(opened(envelope))
    except (NotAdmittedError, DamagedJournalError):
        return False
    return True


def _verified(journal: Journal, own: int) -> Verified:
    """Judges all entries; the signatures of those behind the first `own` are left to others."""
    line = journal.note(FOUNDING)
    if line is None:
        raise NoRecordError(place=journal.where)
    ledger = Ledger(found(line))
    entries = len(journal)
    damaged: list[int] = []
    numbers: dict[str, int] = {}
    refused: dict[int, str] = {}
    for number, envelope in _read(journal, entries):
        if envelope is None:
            damaged.append(number)
            continue
        try:
            received = opened(envelope)
            if number <= own:
                check_signatures(received)
        except NotAdmittedError as error:
            refused[number] = error.rule
            continue
        event = ledger.admit(received, str(number))[0]
        if isinstance(event, Refused):
            refused[number] = event.rule
        elif isinstance(event, Parked):
            numbers[envelope.id] = number
    waiting = tuple(number for name, number in numbers.items() if name not in ledger)
    return Verified(ledger.founding, entries, len(ledger), tuple(damaged), refused, waiting, ledger.state())


def _read(journal: Journal, entries: int) -> Iterator[tuple[int, Envelope | None]]:
    """Every entry with its number; None where it is not what was written."""
    for since in range(0, entries, PORTION):
        numbers = range(since + 1, min(since + PORTION, entries) + 1)
        try:
            portion = [one for one, _ in zip(journal.entries(since), numbers, strict=False)]
        except DamagedJournalError:
            portion = []
        if len(portion) == len(numbers):
            yield from zip(numbers, portion, strict=True)
        else:
            yield from ((number, _alone(journal, number)) for number in numbers)


def _alone(journal: Journal, number: int) -> Envelope | None:
    try:
        return journal.at(number)
    except DamagedJournalError:
        return None
