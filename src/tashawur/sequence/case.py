"""The plan of a consultation: its steps and groups, as the sides agreed on them."""

from __future__ import annotations

from collections.abc import Mapping

from tashawur.consult.consultation import Consultation
from tashawur.consult.private import Step as StepInFile
from tashawur.sequence.values import Bonus, Group, Plan, Step, Trigger
from tashawur.terms.errors import NoPlanError


def plan_of(consultation: Consultation) -> Plan:
    """The plan of the consultation.

    Its parties are those who perform a step or to whom one is worth something, in the order of the case file. Raises
    NoPlanError when there is none, ScenarioFileError where it cannot be ordered.
    """
    found = consultation.plan
    if found is None or not found.steps:
        raise NoPlanError(case=consultation.case.id)
    named = {party for step in found.steps for party in (*_performers(step), *step.value)} | found.deposit.keys()
    days = [step.earliest for step in found.steps if step.earliest is not None]
    start = found.start or min(days, default=None)
    return Plan(
        tuple(party for party in consultation.parties if party in named),
        tuple(
            Step(
                step.id,
                _performers(step),
                _least(step.value),
                tuple((one,) if isinstance(one, str) else one for one in step.requires),
                max((step.earliest - start).days, 0) if step.earliest is not None and start is not None else 0,
                step.duration,
                step.lag,
                step.title,
                step.issue or "",
                None if step.trigger is None else Trigger(step.trigger.event, step.trigger.needs_signature_of),
            )
            for step in found.steps
        ),
        tuple(Group(group.steps, group.mode) for group in found.groups),
        dict(found.deposit),
        tuple(Bonus(tuple(dict.fromkeys(one.steps)), _least(one.value)) for one in found.bonuses),
        start,
    )


def _performers(step: StepInFile) -> tuple[str, ...]:
    return (step.by,) if step.joint_with in (None, step.by) else (step.by, step.joint_with)


def _least(value: Mapping[str, int | tuple[int, ...]]) -> dict[str, int]:
    return {party: points if isinstance(points, int) else points[0] for party, points in value.items()}
