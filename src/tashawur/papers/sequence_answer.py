"""An order of steps, and an early harvest, as JSON documents: the same in every language, in published formats.

Values of several sides stand in one document: it is for exercises, research, and whoever holds all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from tashawur.papers.settlement import Count, Number, as_number
from tashawur.sequence.checker import Checked
from tashawur.sequence.harvest import Harvest
from tashawur.sequence.ordering import Ordered
from tashawur.sequence.remedies import Remedies, last_step_tempts
from tashawur.sequence.units import Units
from tashawur.terms.vocabulary import Text

Statement = Literal[
    "recomputed over all done-sets", "proved by a solver", "not proved: the best that was found in time"
]


@dataclass(frozen=True, slots=True)
class AboutPlan:
    """The words for the names of a plan."""

    title: Text
    parties: Mapping[str, Text]
    issues: Mapping[str, Text]
    steps: Mapping[str, Text]
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Sequenced:
    """The best order of a plan and what was proved of it.

    `seen` is what the independent check makes of it; `recomputed`: that check went through all done-sets as well.
    `uncounted` is the least trust without the conditional steps, where there are some; `remedies` where they were
    worked out.
    """

    about: AboutPlan
    found: Ordered
    seen: Checked
    recomputed: bool
    uncounted: int | None
    remedies: Remedies | None

    @property
    def statement(self) -> Statement:
        """In a few words, on what the answer rests."""
        if not self.found.trust.proven:
            return "not proved: the best that was found in time"
        return "recomputed over all done-sets" if self.recomputed else "proved by a solver"


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """What was proved of an order.

    `method`: how the search proved it, by all done-sets, by the order itself, which reaches what none can be below, or
    by a solver. No order needs less trust than `theta_bound`; none of least trust exposes less than `exposure_bound`,
    and none of these is done before `days_bound` days. Where a bound is what the order reaches, no order is better.
    """

    method: Literal["done-sets", "order", "solver"]
    statement: Statement
    proven: bool
    theta_bound: int
    exposure_bound: int
    days_bound: int


class OrderCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many orders keep what steps require, are safe, and are as good as the one shown; null: not counted."""

    possible: Count | None
    safe: Count | None
    best: Count | None


class TrancheAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The least trust once each of these steps is done in so many equal parts."""

    steps: tuple[str, ...]
    parts: int
    theta: Number


class RemedyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What would make the plan safe. A last step that is worth to each side what it would have to deposit does so too.

    `deposits`: every efficient choice for two sides, the least sum for more; null: not worked out. `atomic`: the
    smallest sets of steps that the host would release at once. `conditional_counted`: the least trust when the
    conditional steps that were left out are counted.
    """

    deposits: tuple[dict[str, int], ...] | None
    atomic: tuple[tuple[str, ...], ...]
    tranches: tuple[TrancheAnswer, ...]
    conditional_counted: int | None


class SequenceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `tashawur sequence --json`.

    `theta` is the largest gain from stopping, beyond what the side forfeits, at any done-set on the way, the empty and
    the full one included, or from withholding one's part of what is done on one day. `safe`: it is zero. `rational`: by
    side, whether the whole plan leaves it no worse off. `order` is a list of units, each a list of the ids of its
    steps. `temptation` and `exposure` have for each side a number before the first unit and after each; `withholding`
    one for each unit. `days`: when each unit begins and is seen to, as days of the calendar or counted from the start.
    `last_step_tempts`: every step that can be the last costs its performer more than it forfeits. `theta_uncounted`:
    the least trust without conditional steps, where there are some.
    """

    format: Literal["tashawur.sequence/1"] = "tashawur.sequence/1"
    mode: Literal["open"] = "open"
    invented: bool
    sides: tuple[str, ...]
    theta: int
    safe: bool
    rational: dict[str, bool]
    order: tuple[tuple[str, ...], ...]
    temptation: dict[str, tuple[int, ...]]
    exposure: dict[str, tuple[int, ...]]
    withholding: dict[str, tuple[int, ...]]
    least_exposure: int
    days: tuple[tuple[dt.date | int, ...], ...]
    orders: OrderCounts
    certificate: Certificate
    last_step_tempts: bool
    theta_uncounted: int | None
    remedies: RemedyAnswer | None


class CheckAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `tashawur sequence --check ORDER --side SIDE --json`: no number of the side is in it."""

    format: Literal["tashawur.sequence-check/1"] = "tashawur.sequence-check/1"
    side: str
    safe: bool


class EarlyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Issues that can be settled now; `theta`: the least trust they need by themselves, `theta_rest` the rest."""

    issues: tuple[str, ...]
    steps: tuple[str, ...]
    gains: dict[str, int]
    theta: int
    theta_rest: int | None


class HarvestAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `tashawur harvest --json`; `theta`: the least trust of the whole plan. Null: not proved in time."""

    format: Literal["tashawur.harvest/1"] = "tashawur.harvest/1"
    mode: Literal["open"] = "open"
    invented: bool
    sides: tuple[str, ...]
    theta: int | None
    early: tuple[EarlyAnswer, ...]


Answer = SequenceAnswer | CheckAnswer | HarvestAnswer


def schema(answer: type[Answer]) -> dict[str, Any]:
    """The JSON Schema of an answer."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | msgspec.json.schema(answer)


def calendar(units: Units, order: Sequence[int]) -> list[tuple[dt.date | int, dt.date | int]]:
    """When each unit begins and is seen to: days of the calendar where the plan has them, else counted."""
    start = units.plan.start
    found = units.days(order)
    if start is None:
        return [*found]
    return [(start + dt.timedelta(days=begins), start + dt.timedelta(days=ends)) for begins, ends in found]


def sequence_answer(told: Sequenced) -> SequenceAnswer:
    """The order as a document."""
    found, seen = told.found, told.seen
    units, counts = found.units, found.counts
    return SequenceAnswer(
        invented=told.about.invented,
        sides=units.plan.parties,
        theta=found.trust.value,
        safe=found.safe,
        rational=found.rational,
        order=units.named(found.order),
        temptation=seen.temptation,
        exposure=seen.exposure,
        withholding=seen.withholding,
        least_exposure=found.exposure.value,
        days=tuple(calendar(units, found.order)),
        orders=OrderCounts(possible=_told(counts.possible), safe=_told(counts.safe), best=_told(counts.best)),
        certificate=Certificate(
            method=found.method,
            statement=told.statement,
            proven=found.trust.proven,
            theta_bound=found.trust.bound,
            exposure_bound=found.exposure.bound,
            days_bound=found.end.bound,
        ),
        last_step_tempts=last_step_tempts(units),
        theta_uncounted=told.uncounted,
        remedies=None if told.remedies is None else _remedies(told.remedies, units),
    )


def _told(count: int | None) -> str | None:
    return None if count is None else str(count)


def _remedies(found: Remedies, units: Units) -> RemedyAnswer:
    parties = units.plan.parties
    return RemedyAnswer(
        deposits=None
        if found.deposits is None
        else tuple(dict(zip(parties, one, strict=True)) for one in found.deposits),
        atomic=found.held_by_host,
        tranches=tuple(
            TrancheAnswer(steps=one.steps, parts=one.parts, theta=as_number(one.trust)) for one in found.tranches
        ),
        conditional_counted=found.counted,
    )


def harvest_answer(found: Harvest, about: AboutPlan) -> HarvestAnswer:
    """An early harvest as a document."""
    parties = found.units.plan.parties
    return HarvestAnswer(
        invented=about.invented,
        sides=parties,
        theta=found.whole,
        early=tuple(
            EarlyAnswer(
                issues=one.issues,
                steps=one.steps,
                gains=dict(zip(parties, one.gains, strict=True)),
                theta=one.alone,
                theta_rest=one.rest,
            )
            for one in found.early
        ),
    )
