"""The scenario of a consultation: its irritants with options, its public constraints, and the briefs that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tashawur.consult.consultation import Consultation
from tashawur.consult.private import BriefFile, EstimateFile, RedLine
from tashawur.settle.rules import forbids, requires
from tashawur.settle.values import Absent, Box, Issue, Scenario, Side
from tashawur.terms.errors import NoBriefError


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scenario, and what of the consultation is not in it.

    `without_brief`: sides whose priorities are not there, so that the answer is not theirs. `overruled`: parties whose
    own brief stands in place of an estimate.
    """

    scenario: Scenario
    without_brief: tuple[str, ...]
    overruled: tuple[str, ...]


def drawn(consultation: Consultation) -> Drawn:
    """What can be settled: whoever has a brief sits at the table, in the order of the parties.

    Raises NoBriefError when nobody has one, or no irritant has options.
    """
    irritants = [irritant for irritant in consultation.irritants.values() if irritant.options]
    parties = [party for party in consultation.parties if party in consultation.briefs]
    if not parties or not irritants:
        raise NoBriefError(case=consultation.case.id)
    table = _Table([Issue(one.id, tuple(option.id for option in one.options)) for one in irritants])
    forbidden = [
        box
        for constraint in consultation.constraints
        for box in requires(table.chosen(constraint.when), table.chosen(constraint.then), table.issues)
    ]
    estimates = {party: one for party, one in consultation.estimates.items() if party not in consultation.briefs}
    scenario = Scenario(
        tuple(table.issues),
        tuple(_side(table, consultation.briefs[party]) for party in parties),
        tuple(forbidden),
        absent=tuple(_absent(table, estimate) for estimate in estimates.values()),
    )
    missing = tuple(side for side in consultation.sides if side not in consultation.briefs)
    overruled = tuple(party for party in consultation.estimates if party in consultation.briefs)
    return Drawn(scenario, missing, overruled)


class _Table:
    """Where issues and options stand."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = issues
        self._issue = {issue.name: place for place, issue in enumerate(issues)}
        self._option = [{option: place for place, option in enumerate(issue.options)} for issue in issues]

    def chosen(self, selection: Mapping[str, Sequence[str]]) -> dict[int, set[int]]:
        """Options by issue, by their places."""
        places = ((self._issue[issue], options) for issue, options in selection.items())
        return {place: {self._option[place][option] for option in options} for place, options in places}


def _side(table: _Table, brief: BriefFile) -> Side:
    """A side from its brief; an irritant that the brief leaves out is worth nothing to it, whatever is agreed."""
    points = tuple(
        tuple(brief.points.get(issue.name, {}).get(option, 0) for option in issue.options) for issue in table.issues
    )
    lines = tuple(box for line in brief.red_lines for box in _boxes(table, line))
    return Side(brief.party, points, brief.reservation, lines)


def _boxes(table: _Table, line: RedLine) -> Iterator[Box]:
    yield from forbids(table.chosen(line.forbid))
    if line.then:
        yield from requires(table.chosen(line.when), table.chosen(line.then), table.issues)


def _absent(table: _Table, estimate: EstimateFile) -> Absent:
    intervals = tuple(
        tuple(estimate.points.get(issue.name, {}).get(option, (0, 0)) for option in issue.options)
        for issue in table.issues
    )
    return Absent(estimate.party, intervals)
