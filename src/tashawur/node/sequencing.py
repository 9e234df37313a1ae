"""A plan to be ordered, wherever it stands: in a consultation, or in a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tashawur.consult.consultation import Consultation
from tashawur.node.cases import consultation, folder_of
from tashawur.papers.sequence_answer import AboutPlan, Sequenced
from tashawur.sequence.case import plan_of
from tashawur.sequence.checker import RECOMPUTED, checked, none_is_better
from tashawur.sequence.harvest import Harvest, harvest
from tashawur.sequence.ordering import FURTHER, least_trust, ordered
from tashawur.sequence.plan_file import ReadPlan, order_in, read_plan
from tashawur.sequence.remedies import remedies
from tashawur.sequence.units import Units
from tashawur.sequence.values import Plan
from tashawur.settle.formats.places import SourceFile
from tashawur.store.scenarios import scenario_files, unreadable
from tashawur.terms.errors import CheckFailedError, UnknownNameError
from tashawur.terms.phrases import N_

UNASKED = 18
"""Units up to which remedies are worked out without being asked for."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, the words for its names, the whole plan where steps were left out, and keys that were passed over."""

    plan: Plan
    about: AboutPlan
    whole: Plan
    passed_over: tuple[str, ...] = ()


def planned(name: str, without: Sequence[str] = ()) -> Planned:
    """The plan at `name`, a consultation or a plan file, without some steps.

    Raises:
        NoPlanError: the consultation has none.
        ScenarioFileError: the file cannot be read, or the plan holds a mistake. Others as the store does.
        UnknownNameError: a step to be left out is none of the plan.
    """
    path = folder_of(name)
    found = _of_consultation(consultation(name)) if path.is_dir() else _of_file(path)
    known = {step.id for step in found.plan.steps}
    for step in without:
        if step not in known:
            raise UnknownNameError(name=step or "''", known=", ".join(sorted(known)))
    if not without:
        return found
    return Planned(found.plan.without(frozenset(without)), found.about, found.plan, found.passed_over)


def _of_consultation(found: Consultation) -> Planned:
    plan = plan_of(found)
    about = AboutPlan(
        title=found.case.title,
        parties={party.id: party.name for party in found.case.parties},
        issues={one.id: one.name for one in found.irritants.values()},
        steps={step.id: step.title for step in plan.steps},
        invented=found.case.exercise,
    )
    return Planned(plan, about, plan)


def _of_file(path: Path) -> Planned:
    read: ReadPlan = read_plan(_file(path))
    about = AboutPlan(
        title=read.title,
        parties={party: {"en": party} for party in read.plan.parties},
        issues={step.issue: {"en": step.issue} for step in read.plan.steps if step.issue},
        steps={step.id: step.title or {"en": step.id} for step in read.plan.steps},
    )
    return Planned(read.plan, about, read.plan, read.passed_over)


def _file(path: Path) -> SourceFile:
    files = scenario_files(path)
    if len(files) != 1:
        raise unreadable(str(path), N_("it is no plain file"))
    return files[0]


def sequenced(asked: Planned, seconds: float, *, remedied: bool) -> Sequenced:
    """The best order of the plan, looked at anew by the independent check; remedies where no order is safe.

    Up to `UNASKED` units remedies are worked out in any case, beyond where they are asked for. Raises MissingPartError.
    """
    units = Units(asked.plan)
    found = ordered(units, seconds)
    order = units.named(found.order)
    seen = checked(units.plan, order)
    recomputed = len(units) <= RECOMPUTED
    if (seen.least_trust, seen.most_exposed) != (found.trust.value, found.exposure.value) or (
        recomputed and not none_is_better(units.plan, order, found.trust.value)
    ):
        raise CheckFailedError
    needed = found.trust.value > 0 and (remedied or len(units) <= UNASKED)
    return Sequenced(
        asked.about,
        found,
        seen,
        recomputed,
        _uncounted(asked.plan),
        remedies(units, seconds, _with_track(asked)) if needed else None,
    )


def _with_track(asked: Planned) -> Plan | None:
    """The plan with the conditional steps that were left out; None where none were, or they wait for others."""
    here = {step.id for step in asked.plan.steps}
    gone = {step.id for step in asked.whole.steps} - here
    track = gone.intersection(asked.whole.conditional)
    known = here | track
    waits = any(
        not known.intersection(some) for step in asked.whole.steps if step.id in track for some in step.requires
    )
    return asked.whole.without(frozenset(gone - track)) if track and not waits else None


def _uncounted(plan: Plan) -> int | None:
    """The least trust without conditional steps and those that wait for them; None: there are none, or not proved."""
    gone = set(plan.conditional)
    while more := {
        step.id for step in plan.steps if step.id not in gone and any(gone.issuperset(some) for some in step.requires)
    }:
        gone |= more
    if not gone or len(gone) == len(plan.steps):
        return None
    found = least_trust(Units(plan.without(frozenset(gone))), FURTHER)
    return found.value if found.proven else None


def accepts(asked: Planned, order: Path, side: str) -> bool:
    """Whether a side never gains by stopping on the way of a proposed order, by its own values alone.

    Raises ScenarioFileError where the order is none of this plan, UnknownNameError.
    """
    if side not in asked.plan.parties:
        raise UnknownNameError(name=side or "''", known=", ".join(asked.plan.parties))
    file = _file(order)
    return checked(asked.plan, order_in(file), file.name).trust(side) == 0


def harvested(asked: Planned, issues: Sequence[str], together: int, seconds: float) -> Harvest:
    """What can be settled now; with `issues`, only these, all of them together.

    Raises UnknownNameError for an issue that no step names.
    """
    known = dict.fromkeys(step.issue or step.id for step in asked.plan.steps)
    for issue in issues:
        if issue not in known:
            raise UnknownNameError(name=issue or "''", known=", ".join(known))
    groups = [tuple(issue for issue in known if issue in issues)] if issues else []
    return harvest(asked.plan, together, groups, seconds)
