"""A consultation as one value, put together from its files and checked as a whole."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from tashawur.consult import rules
from tashawur.consult.files import NamedFile, locate
from tashawur.consult.kinds import AnyFile
from tashawur.consult.log import Contact, Entry, LogFile, Report, RoundEvent
from tashawur.consult.mechanism import CaseFile, Indicator, Party, Track
from tashawur.consult.private import BriefFile, EstimateFile, PlanFile
from tashawur.consult.register import Constraint, Irritant, RegisterFile
from tashawur.consult.undertakings import AccountsFile, Difference, Undertaking, UndertakingsFile
from tashawur.terms.errors import Mistake

FileOf = TypeVar("FileOf", bound=AnyFile)
EntryOf = TypeVar("EntryOf", bound=Entry)


@dataclass(frozen=True, slots=True)
class Consultation:
    """All that a folder says, valid as a whole.

    The entries of the log, each sort for itself, are in the order of days, then of ids, whatever file they stand in;
    irritants, undertakings and differences keep the order of their files by name. Briefs, estimates and the plan are
    private: not shown by `repr`.
    """

    case: CaseFile
    irritants: Mapping[str, Irritant]
    constraints: tuple[Constraint, ...]
    undertakings: Mapping[str, Undertaking]
    differences: tuple[Difference, ...]
    contacts: tuple[Contact, ...] = field(repr=False)
    round_events: tuple[RoundEvent, ...] = field(repr=False)
    reports: tuple[Report, ...] = field(repr=False)
    briefs: Mapping[str, BriefFile] = field(repr=False)
    estimates: Mapping[str, EstimateFile] = field(repr=False)
    plan: PlanFile | None = field(repr=False)

    @property
    def parties(self) -> Mapping[str, Party]:
        """The parties by id, in the order of the case file."""
        return {party.id: party for party in self.case.parties}

    @property
    def tracks(self) -> Mapping[str, Track]:
        """The tracks by id, in the order of the case file."""
        return {track.id: track for track in self.case.tracks}

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators of the aim by id."""
        objective = self.case.objective
        return {} if objective is None else {indicator.id: indicator for indicator in objective.indicators}

    @property
    def sides(self) -> tuple[str, ...]:
        """The ids of the parties that are a side on any track, in the order of the case file."""
        sides = {role.party for role in self.case.roles if role.role == "side" and role.claimed_by is None}
        return tuple(party.id for party in self.case.parties if party.id in sides)

    @property
    def log(self) -> tuple[Entry, ...]:
        """All entries of the log, oldest first."""
        return in_order((*self.contacts, *self.round_events, *self.reports))

    @property
    def account_ends(self) -> dt.date | None:
        """The day at which the account ends, by the case file or a later entry of the log; None where it goes on."""
        until = self.case.facts_until
        if until is None:
            return None
        contact = next((one for one in reversed(self.contacts) if not one.planned), None)
        last = (contact, *self.round_events[-1:], *self.reports[-1:])
        return max((until, *(entry.on for entry in last if entry is not None)))

    def reports_by_subject(self) -> dict[str, list[Report]]:
        """What parties reported, by what it is about, oldest first."""
        found: defaultdict[str, list[Report]] = defaultdict(list)
        for report in self.reports:
            found[report.about].append(report)
        return dict(found)


def assemble(files: Iterable[NamedFile], is_zone: Callable[[str], bool]) -> Consultation | tuple[Mistake, ...]:
    """The consultation that the files make, or every mistake that shows only when they are seen together.

    `is_zone` says whether a time zone is known. The order in which the files come does not matter.
    """
    ordered = sorted(files, key=lambda file: file.name)
    wrong: list[Mistake] = []
    for file, mistakes in rules.broken(ordered, is_zone):
        wrong.extend(locate(file, mistakes))
    return tuple(wrong) if wrong else put_together(ordered)


def put_together(ordered: Sequence[NamedFile]) -> Consultation:
    """The consultation that files make in which `rules.broken` finds nothing, in the order of their names."""
    registers = _of(ordered, RegisterFile)
    entries = [*chain.from_iterable(file.entries for file in _of(ordered, LogFile))]
    return Consultation(
        case=_of(ordered, CaseFile)[0],
        irritants={one.id: one for file in registers for one in file.irritants},
        constraints=tuple(one for file in registers for one in file.constraints),
        undertakings={one.id: one for file in _of(ordered, UndertakingsFile) for one in file.undertakings},
        differences=tuple(one for file in _of(ordered, AccountsFile) for one in file.differences),
        contacts=in_order(entry for entry in entries if type(entry) is Contact),
        round_events=in_order(entry for entry in entries if type(entry) is RoundEvent),
        reports=in_order(entry for entry in entries if type(entry) is Report),
        briefs={file.party: file for file in _of(ordered, BriefFile)},
        estimates={file.party: file for file in _of(ordered, EstimateFile)},
        plan=next(iter(_of(ordered, PlanFile)), None),
    )


def in_order(entries: Iterable[EntryOf]) -> tuple[EntryOf, ...]:
    """Entries by their days, those of one day by their ids, so that every node reads them alike."""
    return tuple(sorted(sorted(entries, key=attrgetter("id")), key=attrgetter("on")))


def _of(files: Iterable[NamedFile], kind: type[FileOf]) -> list[FileOf]:
    return [file.value for file in files if isinstance(file.value, kind)]
