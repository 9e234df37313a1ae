"""Orders of plans with too many units for all done-sets to be gone through, by a solver of constraints (CP-SAT)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from tashawur.sequence.units import Units
from tashawur.terms.errors import MissingPartError

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar, LinearExpr

Aim = Literal["trust", "exposure", "end"]

WORKERS: Final = 4
"""Searches that the solver runs side by side. With several of them, it is not fixed which of equal orders is found."""


@dataclass(frozen=True, slots=True)
class Solved:
    """The best order found, None if none was; what it reaches, what none can be below; the seconds that it took."""

    order: tuple[int, ...] | None
    value: int
    bound: int
    seconds: float

    @property
    def proven(self) -> bool:
        """Whether none can be better."""
        return self.order is not None and self.value == self.bound


def solve(units: Units, aim: Aim, limits: dict[Aim, int], hint: Sequence[int], seconds: float) -> Solved:
    """The order of least `aim` that keeps the limits on the others. `hint` is an order to begin from.

    Raises MissingPartError when the solver is not installed.
    """
    if find_spec("ortools") is None:
        raise MissingPartError(extra="solver")
    return _Model(units, limits).solved(aim, hint, seconds)


def least_deposits(units: Units, seconds: float) -> tuple[int, ...] | None:
    """What each party must forfeit more so that an order is safe, of the least sum; None: not proved in time.

    Raises MissingPartError as `solve`.
    """
    if find_spec("ortools") is None:
        raise MissingPartError(extra="solver")
    return _Model(units, {}).deposits(seconds)


class _Model:
    """`done[t][k]`: unit `k` is done after `t` units are."""

    def __init__(self, units: Units, limits: dict[Aim, int]) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - it takes half a second to load

        self._library = cp_model
        self.model = cp_model.CpModel()
        self.units = units
        count = len(units)
        self.places = range(count + 1)
        self.done = [[self.model.new_bool_var("") for _ in range(count)] for _ in self.places]
        self._limits = limits
        self._sequence()
        for aim, limit in limits.items():
            self.model.add(self.variable(aim) <= limit)

    def _sequence(self) -> None:
        model, done = self.model, self.done
        for t in self.places:
            model.add(sum(done[t]) == t)
        for before, after in pairwise(done):
            for unit, clauses in enumerate(self.units.requires):
                model.add_implication(before[unit], after[unit])
                for clause in clauses:
                    some = [before[other] for other in range(len(before)) if clause >> other & 1]
                    model.add_bool_or([*some, after[unit].negated()])
        for first, second in self._alike():
            for row in done:
                model.add_implication(row[second], row[first])

    def _alike(self) -> list[tuple[int, int]]:
        """Pairs of units of which it is all one which comes first: so the first of the plan does."""
        units = self.units
        seen: dict[object, int] = {}
        found: list[tuple[int, int]] = []
        bound = {k for extra in units.extras for k in range(len(units)) if extra.needs >> k & 1}
        waited = {k for clauses in units.requires for clause in clauses for k in range(len(units)) if clause >> k & 1}
        bound |= waited | {one.unit for one in units.withholdings}
        for unit in range(len(units)):
            if unit not in bound:
                what = (
                    tuple(row[unit] for row in units.values),
                    units.requires[unit],
                    units.first[unit],
                    units.takes[unit],
                )
                if what in seen:
                    found.append((seen[what], unit))
                seen[what] = unit
        return found

    @cached_property
    def _extras(self) -> list[list[IntVar]]:
        """By place and bonus: whether all that it needs is done."""
        found = []
        for row in self.done:
            variables = []
            for extra in self.units.extras:
                variable = self.model.new_bool_var("")
                needed = [row[k] for k in range(len(row)) if extra.needs >> k & 1]
                for one in needed:
                    self.model.add_implication(variable, one)
                self.model.add_bool_or([variable, *(one.negated() for one in needed)])
                variables.append(variable)
            found.append(variables)
        return found

    def _gained(self, t: int, party: int) -> LinearExpr:
        units = self.units
        bonuses = [extra.value[party] * one for extra, one in zip(units.extras, self._extras[t], strict=True)]
        values = [value * one for value, one in zip(units.values[party], self.done[t], strict=True)]
        return self._library.LinearExpr.sum([*values, *bonuses])

    @cached_property
    def _trust(self) -> IntVar:
        trust = self.model.new_int_var(0, 2 * self.units.largest, "")
        self._tempted_at_most([trust] * len(self.units.totals))
        return trust

    def _tempted_at_most(self, limits: Sequence[IntVar]) -> None:
        units = self.units
        for party, (total, deposit) in enumerate(zip(units.totals, units.deposits, strict=True)):
            for t in self.places:
                self.model.add(self._gained(t, party) - total - deposit <= limits[party])
        for one in units.withholdings:
            top = units.totals[one.party] + units.deposits[one.party]
            for t in self.places[:-1]:
                more = one.value + sum(extra.value[0] * self._all_done(t, extra.needs) for extra in one.extras)
                now = [self.done[t + 1][one.unit], self.done[t][one.unit].negated()]
                gained = self._library.LinearExpr.sum([self._gained(t, one.party), more])
                self.model.add(gained - top <= limits[one.party]).only_enforce_if(now)

    def deposits(self, seconds: float) -> tuple[int, ...] | None:
        """See `least_deposits`."""
        further = [self.model.new_int_var(0, 2 * self.units.largest, "") for _ in self.units.totals]
        self._tempted_at_most(further)
        self.model.minimize(sum(further))
        solver = self._library.CpSolver()
        solver.parameters.max_time_in_seconds = max(seconds, 0.1)
        solver.parameters.num_workers = WORKERS
        if solver.solve(self.model) != self._library.OPTIMAL:
            return None
        return tuple(solver.value(one) for one in further)

    def _all_done(self, t: int, needs: int) -> IntVar:
        variable = self.model.new_bool_var("")
        needed = [one for k, one in enumerate(self.done[t]) if needs >> k & 1]
        for one in needed:
            self.model.add_implication(variable, one)
        self.model.add_bool_or([variable, *(one.negated() for one in needed)])
        return variable

    @cached_property
    def _exposure(self) -> IntVar:
        exposure = self.model.new_int_var(0, self.units.largest, "")
        for party in range(len(self.units.totals)):
            for t in self.places:
                self.model.add(-self._gained(t, party) <= exposure)
        return exposure

    @cached_property
    def _end(self) -> IntVar:
        first, takes = self.units.first, self.units.takes
        latest = max(first) + sum(takes)
        times = [self.model.new_int_var(0, latest, "") for _ in self.places]
        for t, (before, after) in enumerate(zip(self.done, self.done[1:], strict=False)):
            now = [b - a for a, b in zip(before, after, strict=True)]
            self.model.add(times[t + 1] >= times[t] + sum(days * one for days, one in zip(takes, now, strict=True)))
            soonest = sum((day + days) * one for day, days, one in zip(first, takes, now, strict=True))
            self.model.add(times[t + 1] >= soonest)
        return times[-1]

    def variable(self, aim: Aim) -> IntVar:
        """What is to be small."""
        return {"trust": lambda: self._trust, "exposure": lambda: self._exposure, "end": lambda: self._end}[aim]()

    def solved(self, aim: Aim, hint: Sequence[int], seconds: float) -> Solved:
        """The least of the aim that was found in so many seconds."""
        variable = self.variable(aim)
        self.model.minimize(variable)
        for t, done in enumerate(self.units.after(hint)):
            for unit, one in enumerate(self.done[t]):
                self.model.add_hint(one, bool(done >> unit & 1))
        solver = self._library.CpSolver()
        solver.parameters.max_time_in_seconds = max(seconds, 0.1)
        solver.parameters.num_workers = WORKERS
        status = solver.solve(self.model)
        if status not in {self._library.OPTIMAL, self._library.FEASIBLE}:
            return Solved(None, 0, round(solver.best_objective_bound), solver.wall_time)
        order = self._order(solver.boolean_value)
        return Solved(order, round(solver.value(variable)), round(solver.best_objective_bound), solver.wall_time)

    def _order(self, value: object) -> tuple[int, ...]:
        rows = [[bool(value(one)) for one in row] for row in self.done]  # type: ignore[operator]
        return tuple(
            next(k for k in range(len(before)) if after[k] and not before[k]) for before, after in pairwise(rows)
        )
