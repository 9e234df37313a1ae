"""A plan: an agreed package as steps, with what each of them is worth to every party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from tashawur.sequence import rules
from tashawur.terms.vocabulary import Text

Mode = Literal["atomic", "simultaneous"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """What must happen before a conditional step: an event, and the parties who must have signed it."""

    event: str = ""
    signed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One act, done by one performer, or by several or not at all.

    `value` is the least that it is worth to each party, in whole points; nothing to those whom it leaves out.
    `requires`: of each of these sets of steps one must have been done before. `earliest` is a day counted from the
    start of the plan; `duration` is how many days it takes, `lag` how many more until the others have seen to it.
    """

    id: str
    performers: tuple[str, ...]
    value: Mapping[str, int] = field(repr=False)
    requires: tuple[tuple[str, ...], ...] = ()
    earliest: int = 0
    duration: int = 0
    lag: int = 0
    title: Text = field(default_factory=dict)
    issue: str = ""
    trigger: Trigger | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Steps done together: `atomic`, held by the host and released at once, or `simultaneous`, on one day."""

    steps: tuple[str, ...]
    mode: Mode


@dataclass(frozen=True, slots=True)
class Bonus:
    """What it is worth to each party at least that all of the steps are done."""

    steps: tuple[str, ...]
    value: Mapping[str, int] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps, groups and deposits, valid as a whole. Points are private: not shown by `repr`.

    `parties` are those whose gain from stopping counts. `deposits` is what each forfeits by stopping. `unit`: one point
    of the file is so many points here, which splitting a step into equal parts makes more than one. `start` is the day
    that days are counted from, where the plan has dates. `file` and `path` tell where a mistake stands.

    Raises ScenarioFileError, with a code that begins with `sequence.`.
    """

    parties: tuple[str, ...]
    steps: tuple[Step, ...]
    groups: tuple[Group, ...] = ()
    deposits: Mapping[str, int] = field(default_factory=dict, repr=False)
    bonuses: tuple[Bonus, ...] = ()
    start: dt.date | None = None
    unit: int = 1
    file: str = "plan"

    def __post_init__(self) -> None:
        """Looks at the plan as a whole."""
        rules.check(self)

    @property
    def conditional(self) -> tuple[str, ...]:
        """The steps that hang on something outside of the plan."""
        return tuple(step.id for step in self.steps if step.trigger is not None)

    def on_scale(self, points: int) -> Fraction:
        """Points as the file counts them."""
        return Fraction(points, self.unit)

    def without(self, left_out: frozenset[str]) -> Plan:
        """The plan without some steps, with their groups and bonuses. Raises as the plan does where others need them.

        A group of which one step stays is no group any more.
        """
        groups = (replace(one, steps=tuple(s for s in one.steps if s not in left_out)) for one in self.groups)
        return replace(
            self,
            steps=tuple(step for step in self.steps if step.id not in left_out),
            groups=tuple(one for one in groups if len(one.steps) > 1),
            bonuses=tuple(one for one in self.bonuses if not left_out.intersection(one.steps)),
        )

    def after(self, done: frozenset[str]) -> Plan:
        """What is left of the plan once these steps are done. What parties gain by stopping stays the same."""
        left = (one for one in self.bonuses if not done.issuperset(one.steps))
        return replace(
            self,
            steps=tuple(
                replace(step, requires=tuple(some for some in step.requires if not done.intersection(some)))
                for step in self.steps
                if step.id not in done
            ),
            groups=tuple(one for one in self.groups if not done.intersection(one.steps)),
            bonuses=tuple(replace(one, steps=tuple(s for s in one.steps if s not in done)) for one in left),
        )
