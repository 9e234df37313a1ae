"""Verifies a journal cold, as somebody would who believes nothing: every digest, signature and rule, from the start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tashawur.node.record import FOUNDING
from tashawur.record.entries import check_signatures, opened
from tashawur.record.envelope import Envelope
from tashawur.record.founding import Founding, found
from tashawur.record.ledger import Ledger
from tashawur.record.state import State
from tashawur.store.journal import Journal
from tashawur.terms.errors import DamagedJournalError, NoRecordError, NotAdmittedError
from tashawur.terms.vocabulary import Found

PORTION: Final = 1_000
"""Entries that are read at a time, and one by one only where the portion holds damage."""


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


def verified(journal: Journal, jobs: int = 1) -> Verified:  # noqa: ARG001
    """Judges all that stands in the journal, from the founding act on. Nothing is changed."""
    line = journal.note(FOUNDING)
    if line is None:
        raise NoRecordError(place=journal.where)
    ledger = Ledger(found(line))
    entries, damaged, numbers = len(journal), [], {}
    refused: dict[int, str] = {}
    for number, envelope in _read(journal, entries):
        if envelope is None:
            damaged.append(number)
            continue
        numbers[envelope.id] = number
        try:
            received = opened(envelope)
            check_signatures(received)
        except NotAdmittedError as error:
            refused[number] = error.rule
            continue
        ledger.admit(received, str(number))
    waiting = tuple(number for name, number in numbers.items() if name not in ledger and number not in refused)
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
