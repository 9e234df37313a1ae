"""What is to be settled, wherever it stands: a consultation, or another program's scenario."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tashawur.consult.consultation import Consultation
from tashawur.node.scenarios import Tell, opened
from tashawur.papers.settlement import About
from tashawur.settle.answers import ENUMERATED, LISTED, efficient
from tashawur.settle.case import drawn
from tashawur.settle.formats.case_files import language_of
from tashawur.settle.formats.profiles import Imported
from tashawur.settle.frontier import Frontier
from tashawur.settle.sought import Sought
from tashawur.settle.values import Scenario
from tashawur.terms.errors import InWordsError, TooManyError


@dataclass(frozen=True, slots=True)
class Problem:
    """A scenario, and what is to be told of it beside its numbers."""

    scenario: Scenario
    about: About


def problem(name: str, tell: Tell = lambda *_: None) -> Problem:
    """What can be settled at `name`. Raises as `opened` does, NoBriefError, ContradictoryBriefError, InWordsError."""
    found = opened(name, tell)
    return _of_consultation(found) if isinstance(found, Consultation) else _of_scenario(name, found)


def _of_scenario(name: str, found: Imported) -> Problem:
    scenario, lang = found.scenario, language_of(found.scenario)
    rounded = zip(scenario.sides, found.resolution, strict=True)
    about = About(
        title={lang: Path(name).stem or name},
        source=found.format,
        sides={side.name: {lang: side.name} for side in scenario.sides},
        issues={issue.name: {lang: issue.name} for issue in scenario.issues},
        options={(issue.name, option): {lang: option} for issue in scenario.issues for option in issue.options},
        notes=(*found.notes, *found.rounded),
        resolution={side.name: f"{float(step):g}" for side, step in rounded if step},
    )
    return Problem(scenario, about)


def _of_consultation(consultation: Consultation) -> Problem:
    found = drawn(consultation)
    if found.worded:
        raise InWordsError(parties=", ".join(side.name for side in found.worded))
    case = consultation.case
    about = About(
        title=case.title,
        source="consultation",
        sides={party.id: party.name for party in case.parties},
        issues={one.id: one.name for one in consultation.irritants.values()},
        options={(one.id, option.id): option.name for one in consultation.irritants.values() for option in one.options},
        invented=case.exercise,
        first_is_status_quo=True,
        may_show_all=case.exercise,
        without_brief=found.without_brief,
        overruled=found.overruled,
    )
    return Problem(found.scenario, about)


def listed_frontier(scenario: Scenario, *, everything: bool) -> Frontier | Sought:
    """The frontier of the acceptable packages, or with `everything` of all feasible ones.

    Raises TooManyError from four sides on where there are too many packages to go through.
    """
    if len(scenario.sides) > LISTED and scenario.packages > ENUMERATED:
        raise TooManyError(
            sides=str(len(scenario.sides)), most=f"{ENUMERATED:,}".replace(",", " "), count=str(scenario.packages)
        )
    return efficient(scenario.without_lines() if everything else scenario)


def frontier_to_show(asked: Problem, *, details: bool) -> Frontier | Sought | None:
    """The frontier where values of several sides may stand side by side and it is short enough to be listed."""
    allowed = asked.about.may_show_all or details
    return efficient(asked.scenario) if allowed and 1 < len(asked.scenario.sides) <= LISTED else None
