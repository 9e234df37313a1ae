"""What a side keeps to itself: briefs and estimates, and plans whose steps carry values.

These files stand apart from the public ones. Their numbers are not shown by `repr`, and no message repeats them.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec

from tashawur.consult.names import IndicatorRef, IrritantRef, PartyRef, SourceRef
from tashawur.terms.vocabulary import Ident, Score, Text, Value


class Private(Value, frozen=True):
    """A value that shows nothing of what it holds."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return []


Options = Annotated[tuple[Ident, ...], msgspec.Meta(min_length=1)]
Points = dict[IrritantRef, dict[Ident, Score]]
Interval = tuple[Score, Score]
Unit = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(?!0+(\.0*)?($|/))[0-9]{1,40}(\.[0-9]{1,40}|/[1-9][0-9]{0,39})?$",
        description="What one whole point is on the side's own scale, above zero, in quotes: '0.01' or '1/662'.",
    ),
]
Part = Annotated[
    dict[IrritantRef, Ident],
    msgspec.Meta(
        description="A part of a package, one option by irritant: {banking: notes}; elsewhere the status quo."
    ),
]
Word = Literal["must", "want", "can_live_with", "would_rather_not", "never"]
"""What a side says of an option, from the best to the worst."""


class RedLine(Private, frozen=True, rename={"when": "if"}):
    """What is never acceptable: `forbid` some options, or `then` is required whenever `if` holds."""

    forbid: dict[IrritantRef, Options] = {}
    when: dict[IrritantRef, Options] = {}
    then: dict[IrritantRef, Options] = {}


class Combination(Private, frozen=True):
    """Points on top of those of the options, or below zero off them, when one of the options named is picked on each
    irritant named in `when`."""

    when: Annotated[dict[IrritantRef, Options], msgspec.Meta(min_length=1)]
    points: Score


class Comparison(Private, frozen=True):
    """The side's answer to a question: `better` is better for it than `than`, or with `or_equal` at least as good."""

    better: Part
    than: Part
    or_equal: bool = False


class BriefFile(Private, frozen=True, tag_field="kind", tag="brief"):
    """One side's priorities and red lines, in whole points or in words, never in both.

    In points: `points` by option, `reservation` the least that it accepts, `bonuses` for combinations, `unit` where the
    side counts in other numbers. What an irritant that is left out brings is worth nothing. In words: `words` by
    option, `order` of the irritants, the most important first, those of one rank or of unknown rank together in a list,
    those not named last; `least` is the package that it can just accept, by default the status quo; `comparisons` are
    its answers to questions.
    """

    party: PartyRef
    points: Points = {}
    reservation: Score | None = None
    bonuses: tuple[Combination, ...] = ()
    unit: Unit | None = None
    words: dict[IrritantRef, dict[Ident, Word]] = {}
    order: tuple[IrritantRef | Annotated[tuple[IrritantRef, ...], msgspec.Meta(min_length=1)], ...] = ()
    least: Part = {}
    comparisons: tuple[Comparison, ...] = ()
    red_lines: tuple[RedLine, ...] = ()


class Guard(Private, frozen=True):
    """A labelled assumption about a party that is not at the table; never its consent."""

    worst_case_at_least: Score


class Basis(Private, frozen=True):
    """On what evidence an estimate rests."""

    text: Text
    sources: tuple[SourceRef, ...] = ()


class EstimateFile(Private, frozen=True, tag_field="kind", tag="estimate"):
    """What somebody estimates of a party concerned: an interval [least, most] for every option."""

    party: PartyRef
    by: Text
    points: dict[IrritantRef, dict[Ident, Interval]]
    basis: tuple[Basis, ...] = ()
    guard: Guard | None = None


class StepTrigger(Private, frozen=True):
    """What must happen before a conditional step: an event, which needs the signature of named parties."""

    event: Ident
    needs_signature_of: tuple[PartyRef, ...] = ()


class Step(Private, frozen=True):
    """One act by one party, or jointly with another, with its value in whole points to every party."""

    id: Ident
    by: PartyRef
    value: dict[PartyRef, Score]
    title: Text
    issue: IrritantRef | None = None
    joint_with: PartyRef | None = None
    requires: tuple[Ident, ...] = ()
    earliest: dt.date | None = None
    trigger: StepTrigger | None = None
    moves: tuple[IndicatorRef, ...] = ()


class StepGroup(Private, frozen=True):
    """Steps that are done together: `atomic`, held by the host and released at once, or `simultaneous`."""

    id: Ident
    steps: Annotated[tuple[Ident, ...], msgspec.Meta(min_length=2)]
    mode: Literal["atomic", "simultaneous"]


class PlanFile(Private, frozen=True, tag_field="kind", tag="plan"):
    """An agreed package as steps. The values are for research and the exercise: in use each side holds its own."""

    package: dict[IrritantRef, Ident]
    steps: tuple[Step, ...]
    groups: tuple[StepGroup, ...] = ()
