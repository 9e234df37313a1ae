"""What exchange needs of the place where a node keeps its record, and what became of lines that were brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from tashawur.record.events import Admitted, Event, Forked, Known, Parked, Refused
from tashawur.wire.messages import MOST_LINES, MOST_PAGE, Page, Refusal, Standing

MOST_NAMED: Final = 64
"""How many refusals are named one by one; the others are counted."""


class Holdings(Protocol):
    """The entries that a node holds of one consultation, in the order in which they were admitted: from place 0."""

    def holds(self, name: str) -> bool:
        """Whether the entry with this id was admitted."""
        ...

    def standing(self) -> Standing:
        """What is held, for others to know."""
        ...

    def lacking(self, have: Standing, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """Place and line, in order and from `start` on, of the entries that whoever holds `have` lacks."""
        ...

    def admit(self, lines: Sequence[bytes], peer: str) -> Sequence[Event]:
        """Judges the lines that `peer` brought, in this order. What is admitted is kept for good when this returns."""
        ...


@dataclass(slots=True)
class Outcome:
    """What became of lines that were brought. `refusals` are the first of those refused: id and rule.

    `waits_for` are the ids of entries that others named and nobody brought yet, `forked` the feeds in which a
    fork came to light.
    """

    admitted: int = 0
    known: int = 0
    waiting: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    waits_for: set[str] = field(default_factory=set)
    forked: set[str] = field(default_factory=set)

    @property
    def lines(self) -> int:
        """How many were brought, or freed by those."""
        return self.admitted + self.known + self.waiting + self.refused

    def take(self, events: Sequence[Event]) -> None:
        """Counts what happened."""
        for event in events:
            match event:
                case Admitted():
                    self.admitted += 1
                    self.waits_for.discard(event.received.id)
                case Known():
                    self.known += 1
                case Parked():
                    self.waiting += 1
                    self._wait(event.waits_for)
                case Refused():
                    self._refuse(event)
                case Forked():
                    self.forked.add(event.feed)
                case _:
                    pass

    def _refuse(self, event: Refused) -> None:
        self.refused += 1
        if len(self.refusals) < MOST_NAMED:
            self.refusals.append(Refusal(id=event.id, rule=event.rule))

    def _wait(self, name: str) -> None:
        if len(self.waits_for) < MOST_LINES:
            self.waits_for.add(name)


def page_from(holdings: Holdings, have: Standing, start: int) -> tuple[Page, list[bytes]]:
    """The next page of what whoever holds `have` lacks: within its bounds, and at least one line where there is one."""
    lines: list[bytes] = []
    size, after = 0, start
    for place, line in holdings.lacking(have, start):
        size += len(line) + 1
        if lines and (size > MOST_PAGE or len(lines) == MOST_LINES):
            return Page(lines=len(lines), next=after, more=True), lines
        lines.append(line)
        after = place + 1
    return Page(lines=len(lines), next=after, more=False), lines
