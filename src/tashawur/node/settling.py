"""What is to be settled, wherever it stands: a consultation, or another program's scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tashawur.consult.consultation import Consultation
from tashawur.node.scenarios import opened
from tashawur.papers.settlement import About, Estimated, Guarded
from tashawur.settle import counting
from tashawur.settle.answers import ENUMERATED, LISTED, Settlement, efficient, settle
from tashawur.settle.case import drawn
from tashawur.settle.consent import Agreement, agreement
from tashawur.settle.formats.case_files import language_of
from tashawur.settle.formats.profiles import Imported
from tashawur.settle.frontier import Frontier
from tashawur.settle.sought import Sought
from tashawur.settle.values import Scenario
from tashawur.settle.words import Worded
from tashawur.terms.errors import InWordsError, TooManyError, UnknownNameError
from tashawur.terms.progress import Tell, nobody


@dataclass(frozen=True, slots=True)
class Problem:
    """A scenario, the sides who speak in words, and what is to be told of it beside its numbers."""

    scenario: Scenario
    about: About
    worded: tuple[Worded, ...] = field(default=(), repr=False)


def problem(name: str, tell: Tell = nobody) -> Problem:
    """What can be settled at `name`. Raises as `opened` does, NoBriefError, ContradictoryBriefError."""
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
    case = consultation.case
    estimates = {party: one for party, one in consultation.estimates.items() if party not in found.overruled}
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
        estimated={
            party: Estimated(one.by, tuple(basis.text for basis in one.basis)) for party, one in estimates.items()
        },
    )
    return Problem(found.scenario, about, found.worded)


def answer_to(asked: Problem, tell: Tell = nobody) -> Settlement | Agreement:
    """What the rules pick; or, where some sides speak in words, what all of them can accept. Raises as these do."""
    return agreement(asked.scenario, asked.worded) if asked.worded else settle(asked.scenario, tell)


def guards_of(asked: Problem, given: Iterable[tuple[str, int]] = ()) -> Mapping[str, int]:
    """What packages must be worth at the worst to parties that are not at the table: as `given`, else as estimated.

    Raises UnknownNameError for a party of which there is no estimate, InWordsError for a guard given where sides speak
    in words.
    """
    given = tuple(given)
    if given and asked.worded:
        raise InWordsError(parties=", ".join(side.name for side in asked.worded))
    known = [party.name for party in asked.scenario.absent]
    stated = {party.name: party.guard for party in asked.scenario.absent if party.guard is not None}
    for name, least in given:
        if name not in known:
            raise UnknownNameError(name=name or "''", known=", ".join(known) or "–")
        stated[name] = least
    return stated


def guarded(asked: Problem, guards: Mapping[str, int]) -> Guarded | None:
    """The answer among the packages that keep the guards; None without guards, or where sides speak in words."""
    if not guards or asked.worded:
        return None
    parties = {party.name: party for party in asked.scenario.absent}
    worst, best = (
        replace(asked.scenario, budgets=(*asked.scenario.budgets,
                                         *(parties[one].guarded(least, worst=at) for one, least in guards.items())))
        for at in (True, False)
    )  # fmt: skip
    return Guarded(dict(guards), settle(worst), counting.acceptable(best))


def listed_frontier(asked: Problem, tell: Tell = nobody, *, everything: bool) -> Frontier | Sought:
    """The frontier of the acceptable packages, or with `everything` of all feasible ones.

    Raises InWordsError where a side speaks in words, and TooManyError from four sides on where there are too many
    packages to go through.
    """
    if asked.worded:
        raise InWordsError(parties=", ".join(side.name for side in asked.worded))
    scenario = asked.scenario
    if len(scenario.sides) > LISTED and scenario.packages > ENUMERATED:
        raise TooManyError(
            sides=str(len(scenario.sides)), most=f"{ENUMERATED:,}".replace(",", " "), count=str(scenario.packages)
        )
    return efficient(scenario.without_lines() if everything else scenario, tell)


def frontier_to_show(asked: Problem, tell: Tell = nobody, *, details: bool) -> Frontier | Sought | None:
    """The frontier where values of several sides may stand side by side and it is short enough to be listed."""
    allowed = not asked.worded and (asked.about.may_show_all or details)
    return efficient(asked.scenario, tell) if allowed and 1 < len(asked.scenario.sides) <= LISTED else None
