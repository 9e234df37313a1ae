"""What is to be settled, wherever it stands: a consultation's folder or a shipped consultation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tashawur.consult.consultation import Consultation
from tashawur.node import cases
from tashawur.settle.answers import ENUMERATED, LISTED, efficient
from tashawur.settle.case import drawn
from tashawur.settle.frontier import Frontier
from tashawur.settle.sought import Sought
from tashawur.settle.values import Scenario
from tashawur.terms.errors import TooManyError
from tashawur.terms.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """A scenario with the words for its names.

    `source` says what it was read from. `options` has the words by issue and option. `first_is_status_quo`: the first
    option of every issue is no change, worth nothing to anybody. `may_show_all`: the values of several sides may stand
    side by side, since nobody's real priorities are among them.
    """

    name: str
    title: Text
    source: str
    scenario: Scenario = field(repr=False)
    sides: Mapping[str, Text]
    issues: Mapping[str, Text]
    options: Mapping[tuple[str, str], Text]
    invented: bool = False
    first_is_status_quo: bool = False
    may_show_all: bool = True
    without_brief: tuple[str, ...] = ()
    overruled: tuple[str, ...] = ()


def problem(name: str) -> Problem:
    """What can be settled at `name`. Raises as the store does, and NoBriefError."""
    return _of_consultation(name, cases.consultation(name))


def _of_consultation(name: str, consultation: Consultation) -> Problem:
    found = drawn(consultation)
    case = consultation.case
    return Problem(
        name=name,
        title=case.title,
        source="consultation",
        scenario=found.scenario,
        sides={party.id: party.name for party in case.parties},
        issues={one.id: one.name for one in consultation.irritants.values()},
        options={(one.id, option.id): option.name for one in consultation.irritants.values() for option in one.options},
        invented=case.exercise,
        first_is_status_quo=True,
        may_show_all=case.exercise,
        without_brief=found.without_brief,
        overruled=found.overruled,
    )


def listed_frontier(scenario: Scenario, *, everything: bool) -> Frontier | Sought:
    """The frontier of the acceptable packages, or with `everything` of all feasible ones.

    Raises TooManyError from four sides on where there are too many packages to go through.
    """
    if len(scenario.sides) > LISTED and scenario.packages > ENUMERATED:
        raise TooManyError(
            sides=str(len(scenario.sides)), most=f"{ENUMERATED:,}".replace(",", " "), count=str(scenario.packages)
        )
    return efficient(scenario.without_lines() if everything else scenario)
