"""The scenario of a consultation: its irritants with options, its public constraints, and the briefs that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tashawur.consult import private
from tashawur.consult.consultation import Consultation
from tashawur.consult.private import BriefFile, EstimateFile, RedLine
from tashawur.consult.register import Constraint
from tashawur.settle.rules import at_most, excludes, forbids, requires
from tashawur.settle.values import Absent, Bonus, Box, Budget, Issue, Scenario, Side
from tashawur.settle.words import WORDS, Comparison, Worded, contradiction
from tashawur.terms.errors import ContradictoryBriefError, NoBriefError


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scenario, and what of the consultation is not in it.

    `worded`: sides that speak in words. The sides of the scenario speak in points; where nobody does, its only side has
    no name and accepts everything. `without_brief`: sides whose priorities are not there, so that the answer is not
    theirs. `overruled`: parties whose own brief stands in place of an estimate.
    """

    scenario: Scenario
    worded: tuple[Worded, ...] = field(repr=False)
    without_brief: tuple[str, ...]
    overruled: tuple[str, ...]


def drawn(consultation: Consultation) -> Drawn:
    """What can be settled: whoever has a brief sits at the table, in the order of the parties.

    Raises NoBriefError when nobody has one, or no irritant has options; ContradictoryBriefError.
    """
    irritants = [irritant for irritant in consultation.irritants.values() if irritant.options]
    parties = [party for party in consultation.parties if party in consultation.briefs]
    if not parties or not irritants:
        raise NoBriefError(case=consultation.case.id)
    table = _Table([Issue(one.id, tuple(option.id for option in one.options)) for one in irritants])
    forbidden = [box for constraint in consultation.constraints for box in _forbidden(table, constraint)]
    budgets = [budget for constraint in consultation.constraints for budget in _budgets(table, constraint)]
    briefs = [consultation.briefs[party] for party in parties]
    sides = tuple(_side(table, brief) for brief in briefs if not brief.words)
    estimates = {party: one for party, one in consultation.estimates.items() if party not in consultation.briefs}
    scenario = Scenario(
        tuple(table.issues),
        sides or (Side("", tuple((0,) * len(issue.options) for issue in table.issues)),),
        tuple(forbidden),
        tuple(budgets),
        absent=tuple(_absent(table, estimate) for estimate in estimates.values()),
    )
    missing = tuple(side for side in consultation.sides if side not in consultation.briefs)
    overruled = tuple(party for party in consultation.estimates if party in consultation.briefs)
    return Drawn(scenario, tuple(_worded(table, brief) for brief in briefs if brief.words), missing, overruled)


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

    def places(self, names: Collection[str]) -> tuple[int, ...]:
        """The places of the issues with these names."""
        return tuple(place for place, issue in enumerate(self.issues) if issue.name in names)

    def package(self, part: Mapping[str, str]) -> dict[int, int]:
        """One option by issue, by their places."""
        return {place: min(options) for place, options in self.chosen({i: (o,) for i, o in part.items()}).items()}


def _forbidden(table: _Table, constraint: Constraint) -> Iterator[Box]:
    if constraint.then:
        yield from requires(table.chosen(constraint.when), table.chosen(constraint.then), table.issues)
    if constraint.excludes:
        yield excludes(table.chosen(constraint.excludes))


def _budgets(table: _Table, constraint: Constraint) -> Iterator[Budget]:
    if constraint.at_most is not None:
        yield at_most(constraint.at_most.count, table.chosen(constraint.at_most.of), table.issues)
    if constraint.budget is not None:
        costs = {issue.name: constraint.budget.costs.get(issue.name, {}) for issue in table.issues}
        by_place = {
            place: tuple(costs[issue.name].get(option, 0) for option in issue.options)
            for place, issue in enumerate(table.issues)
            if costs[issue.name]
        }
        yield Budget(by_place, constraint.budget.limit)


def _side(table: _Table, brief: BriefFile) -> Side:
    """A side from its brief; an irritant that the brief leaves out is worth nothing to it, whatever is agreed."""
    points = tuple(
        tuple(brief.points.get(issue.name, {}).get(option, 0) for option in issue.options) for issue in table.issues
    )
    lines = tuple(box for line in brief.red_lines for box in _boxes(table, line))
    bonuses = tuple(Bonus(excludes(table.chosen(bonus.when)), bonus.points) for bonus in brief.bonuses)
    return Side(brief.party, points, brief.reservation or 0, lines, bonuses, Fraction(brief.unit or 1))


def _worded(table: _Table, brief: BriefFile) -> Worded:
    """A side from its brief in words; an irritant that it leaves out is all one to it, in last place."""
    same = WORDS.index("can_live_with")
    words = tuple(
        tuple(WORDS.index(said[option]) if said else same for option in issue.options)
        for issue in table.issues
        for said in (brief.words.get(issue.name, {}),)
    )
    ranks = [table.places((rank,) if isinstance(rank, str) else rank) for rank in brief.order]
    last = set(range(len(table.issues))).difference(*ranks)
    least = table.package(brief.least)
    side = Worded(
        brief.party,
        words,
        (*ranks, tuple(sorted(last))),
        tuple(least.get(place, 0) for place in range(len(table.issues))),
        tuple(box for line in brief.red_lines for box in _boxes(table, line)),
        tuple(_comparison(table, one) for one in brief.comparisons),
    )
    if places := contradiction(side):
        raise ContradictoryBriefError(party=brief.party, places=", ".join(str(place + 1) for place in places))
    return side


def _comparison(table: _Table, answer: private.Comparison) -> Comparison:
    """The answer on all issues that one of its packages names: the other has the status quo there."""
    named = answer.better.keys() | answer.than.keys()
    quo = dict.fromkeys(table.places(named), 0)
    return Comparison(quo | table.package(answer.better), quo | table.package(answer.than), answer.or_equal)


def _boxes(table: _Table, line: RedLine) -> Iterator[Box]:
    yield from forbids(table.chosen(line.forbid))
    if line.then:
        yield from requires(table.chosen(line.when), table.chosen(line.then), table.issues)


def _absent(table: _Table, estimate: EstimateFile) -> Absent:
    intervals = tuple(
        tuple(estimate.points.get(issue.name, {}).get(option, (0, 0)) for option in issue.options)
        for issue in table.issues
    )
    guard = estimate.guard.worst_case_at_least if estimate.guard is not None else None
    return Absent(estimate.party, intervals, guard)
