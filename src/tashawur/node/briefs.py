"""What one side's own brief says of a package: asked at its own node, of its own brief alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tashawur.consult.consultation import Consultation
from tashawur.settle.case import Drawn, drawn
from tashawur.settle.values import Package, Scenario
from tashawur.settle.words import Judged, Part, Worded, judge, question
from tashawur.terms.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Opinion:
    """How a package stands with a side, and what to ask it where that is open. Private: only the side is shown.

    `asked` holds the parts of the package that were named: elsewhere it is the status quo. `feasible`: it keeps the
    public rules.
    """

    side: str
    scenario: Scenario = field(repr=False)
    package: Package = field(repr=False)
    feasible: bool = field(repr=False)
    judged: Judged = field(repr=False)
    question: tuple[Part, Part] | None = field(repr=False)


def opinion(consultation: Consultation, side: str, named: Iterable[str]) -> Opinion:
    """What the brief of the side says of the package that has `issue=option` of `named`, elsewhere the status quo.

    Raises NoBriefError, ContradictoryBriefError, and UnknownNameError for a side without a brief, an issue or option.
    """
    if side not in consultation.briefs:
        raise UnknownNameError(name=side or "''", known=", ".join(sorted(consultation.briefs)) or "–")
    found = drawn(consultation)
    package = _package(found.scenario, named)
    judged, asked = _judged(found, side, package)
    return Opinion(side, found.scenario, package, found.scenario.feasible(package), judged, asked)


def _judged(found: Drawn, side: str, package: Package) -> tuple[Judged, tuple[Part, Part] | None]:
    worded = next((one for one in found.worded if one.name == side), None)
    if isinstance(worded, Worded):
        return judge(worded, package), question(worded, package)
    points = next(one for one in found.scenario.sides if one.name == side)
    crossed = tuple(line for line in points.red_lines if line.holds(package))
    return Judged("surely" if points.accepts(package) else "not", (), (), crossed=crossed), None


def _package(scenario: Scenario, named: Iterable[str]) -> Package:
    chosen = [0] * len(scenario.issues)
    issues = {issue.name: place for place, issue in enumerate(scenario.issues)}
    for one in named:
        issue, _, option = one.partition("=")
        if issue not in issues:
            raise UnknownNameError(name=issue or "''", known=", ".join(issues))
        options = scenario.issues[issues[issue]].options
        if option not in options:
            raise UnknownNameError(name=option or "''", known=", ".join(options))
        chosen[issues[issue]] = options.index(option)
    return tuple(chosen)
