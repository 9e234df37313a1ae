"""Search by a solver that reckons in whole numbers, where there are too many sides or rules for a diagram.

CP-SAT of OR-Tools proves in integers that a package exists, that none does, or that none is better. Products and
shares, which it cannot state, are approached by what it can; each answer is then held against every package that would
be better in whole numbers, until the solver proves that there is none. So no answer depends on chance or machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, lcm, log, log1p, prod
from typing import TYPE_CHECKING, Final

from tashawur.settle.values import Box, Package, Scenario, Side
from tashawur.terms.errors import TooFineError

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import (
        CpModel,
        CpSolver,
        CpSolverSolutionCallback,
        CpSolverStatus,
        IntVar,
        LinearExprT,
    )

FINE: Final = 2**30
"""Steps into which a logarithm or a share is cut: coarse enough for sums of them to stay exact in 64 bits."""
LARGEST: Final = 2**60
"""Sums in a question stay below this: the solver reckons in 64 bits."""
BATCH: Final = 128
"""Packages that are listed at once."""
CHUNK: Final = 2**45
"""The largest number that the options of several issues make together when the lowest package is sought."""


@dataclass(slots=True)
class _Question:
    """A model under construction: which options are picked, and what each side gains over its reservation."""

    model: CpModel
    picks: list[list[IntVar]]
    gains: list[IntVar]


Table = tuple[tuple[int, ...], ...]
"""`table[issue][option]`: a whole number; of a package, the sum of those of its options is meant."""

Condition = Callable[[_Question], None]
"""Adds to a question what the package must also fulfil; of gains it may ask only that they be large: see `_gain`."""


@dataclass(frozen=True)
class Search:
    """Questions about the packages that every side of a scenario can accept, each answered with proof.

    Needs OR-Tools: ImportError without it. Raises TooFineError when sums of points do not fit into the solver.
    """

    scenario: Scenario = field(repr=False)

    def __post_init__(self) -> None:
        _fit(max(map(_reach, self.scenario.sides)))

    def find(self, *conditions: Condition, most: Callable[[_Question], LinearExprT] | None = None) -> Package | None:
        """A package that fulfils the conditions, with the `most` of what is asked; None: none does, with proof."""
        from ortools.sat.python import cp_model  # noqa: PLC0415

        if any(side.most < side.reservation for side in self.scenario.sides):
            return None
        asked = _question(self.scenario, cp_model.CpModel())
        for condition in conditions:
            condition(asked)
        if most is not None:
            asked.model.maximize(most(asked))
        solver = self._solver()
        if isinstance(most, _Logs):
            # Alone, the usual way may climb a sum of logarithms one fine step at a time, which takes for ever.
            solver.parameters.search_branching = cp_model.SatParameters.PORTFOLIO_WITH_QUICK_RESTART_SEARCH
        status = _solved(solver, asked.model)
        if status == cp_model.INFEASIBLE:
            return None
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE} or (most is not None and status != cp_model.OPTIMAL):
            message = f"the solver ended without an answer: {solver.status_name(status)}"
            raise RuntimeError(message)
        return tuple(next(o for o, pick in enumerate(picks) if solver.boolean_value(pick)) for picks in asked.picks)

    def _solver(self) -> CpSolver:
        from ortools.sat.python import cp_model  # noqa: PLC0415

        solver = cp_model.CpSolver()
        # One worker is the same on every machine, and with the cores of most no slower than several that share them.
        solver.parameters.num_workers = 1
        if any(side.bonuses for side in self.scenario.sides):
            # Combinations that exclude each other are seen best together.
            solver.parameters.linearization_level = 2
        return solver

    def each(self, *conditions: Condition) -> Iterator[Package]:
        """Every package that fulfils the conditions, the lowest first."""
        given, most = 0, BATCH
        while True:
            found = self._first(most, conditions)
            yield from found[given:]
            if len(found) < most:
                return
            given, most = most, 8 * most

    def _first(self, most: int, conditions: Iterable[Condition]) -> list[Package]:
        """So many of the packages, or all, the lowest first.

        The solver always decides for the lowest option that is left, issue by issue. What it then finds is the lowest
        package not yet found: anything lower was ruled out by what all packages fulfil.
        """
        from ortools.sat.python import cp_model  # noqa: PLC0415

        if any(side.most < side.reservation for side in self.scenario.sides):
            return []
        asked = _question(self.scenario, cp_model.CpModel(), exact=True)
        for condition in conditions:
            condition(asked)
        options = [pick for picks in asked.picks for pick in picks]
        asked.model.add_decision_strategy(options, cp_model.CHOOSE_FIRST, cp_model.SELECT_MAX_VALUE)
        solver = self._solver()
        solver.parameters.search_branching = cp_model.FIXED_SEARCH
        solver.parameters.cp_model_presolve = False  # it would take options away that are decided for in their turn
        solver.parameters.enumerate_all_solutions = True
        found: list[Package] = []

        class Told(cp_model.CpSolverSolutionCallback):
            def on_solution_callback(self) -> None:
                found.append(tuple(next(o for o, p in enumerate(row) if self.boolean_value(p)) for row in asked.picks))
                if len(found) == most:
                    self.stop_search()

        status = _solved(solver, asked.model, Told())
        whole = status in {cp_model.OPTIMAL, cp_model.INFEASIBLE}
        if found != sorted(set(found)) or not (whole or len(found) >= most):
            message = f"the solver lists packages out of their order: {solver.status_name(status)}"
            raise RuntimeError(message)
        return found[:most]

    def gains(self, package: Package) -> tuple[int, ...]:
        """What each side gains from the package over its reservation."""
        return tuple(side.value(package) - side.reservation for side in self.scenario.sides)

    def lowest(self, *conditions: Condition) -> Package:
        """The lowest package that fulfils the conditions; there must be one."""
        fixed: list[Condition] = []
        issues = list(enumerate(self.scenario.issues))
        found: Package = ()
        while issues:
            size, taken = 1, 0
            while taken < len(issues) and size * len(issues[taken][1].options) < CHUNK:
                size *= len(issues[taken][1].options)
                taken += 1
            chunk, issues = issues[: max(taken, 1)], issues[max(taken, 1) :]
            answer = self.find(*conditions, *fixed, most=_first(chunk))
            if answer is None:
                message = "no package fulfils conditions that a package was found for"
                raise RuntimeError(message)
            found = answer
            fixed.append(_picked({issue: found[issue] for issue, _ in chunk}))
        return found

    @cached_property
    def ideal(self) -> tuple[int, ...]:
        """The most that each side can gain while all others accept; a package must exist."""
        return tuple(self._most(place)[place] for place in range(len(self.scenario.sides)))

    def _most(self, place: int) -> tuple[int, ...]:
        found = self.find(most=lambda asked: asked.gains[place])
        if found is None:
            message = "there is no acceptable package"
            raise RuntimeError(message)
        return self.gains(found)

    @cached_property
    def _on_one_scale(self) -> tuple[int, ...]:
        """By side: the factor that makes its gains whole on a scale that is one for all."""
        shared = lcm(*(side.unit.denominator for side in self.scenario.sides))
        return tuple(int(side.unit * shared) for side in self.scenario.sides)

    def utilitarian(self) -> Package:
        """See `solutions.utilitarian`. Raises TooFineError when the sum on one scale does not fit into the solver."""
        factors = self._on_one_scale
        _fit(sum(factor * (abs(gain) + 1) for factor, gain in zip(factors, self.ideal, strict=True)))
        total = weighted(factors)
        best = self._exact(self.find(most=total))
        reached = sum(factor * gain for factor, gain in zip(factors, self.gains(best), strict=True))
        return self.lowest(lambda asked: _hold(asked, total(asked) >= reached))

    def egalitarian(self) -> Package:
        """See `solutions.egalitarian`."""
        return self.lowest(*self._leximin([Fraction(factor) for factor in self._on_one_scale]))

    def kalai_smorodinsky(self) -> Package:
        """See `solutions.kalai_smorodinsky`."""
        shares = [Fraction(1, most) if most else None for most in self.ideal]
        return self.lowest(*self._leximin(shares))

    def best_of(self, place: int) -> Package:
        """See `solutions.best_of`."""
        own = at_least({place: self.ideal[place]})
        others = [None if side == place else Fraction(factor) for side, factor in enumerate(self._on_one_scale)]
        return self.lowest(own, *self._leximin(others, own))

    def nash(self) -> Package:
        """See `solutions.nash`."""
        sides = range(len(self.scenario.sides))
        gaining = self._most_gaining()
        tied = self._largest_products(gaining)
        if gaining == len(sides):
            return min(self.lowest(at_least(dict(enumerate(gains)))) for gains in tied)
        factors = self._on_one_scale
        ranked = {gains: sorted(gain * factor for gain, factor in zip(gains, factors, strict=True)) for gains in tied}
        best = max(ranked.values())
        equal = [gains for gains in tied if ranked[gains] == best]
        return min(self.lowest(at_least(dict(enumerate(gains)))) for gains in equal)

    def _exact(self, found: Package | None) -> Package:
        if found is None:
            message = "there is no acceptable package"
            raise RuntimeError(message)
        return found

    def _most_gaining(self) -> int:
        """How many sides can gain together."""

        def count(asked: _Question) -> LinearExprT:
            return sum(_reaches(asked, side, 1) for side in range(len(asked.gains)))

        return sum(gain > 0 for gain in self.gains(self._exact(self.find(most=count))))

    def _largest_products(self, gaining: int) -> list[tuple[int, ...]]:
        """The gains with the largest product among those from which `gaining` sides gain; the rest gain nothing.

        Sums of logarithms, rounded up, never miss a larger product; each package found is then left out, and all
        that are not better for any side with it, until none with as large a product remains.
        """
        best, tied = 0, list[tuple[int, ...]]()
        seen: list[tuple[int, ...]] = []
        while True:
            conditions = [some_more(gains) for gains in seen]
            logs = _Logs(seen, gaining, self.ideal, floor(log(best) * FINE) - 2 if best else None)
            found = self.find(*conditions, most=logs)
            if found is None:
                return tied
            gains = self.gains(found)
            product = prod(gain for gain in gains if gain > 0)
            if product > best:
                best, tied = product, [gains]
            elif product == best:
                tied.append(gains)
            seen.append(gains)

    def _leximin(self, factors: Sequence[Fraction | None], *conditions: Condition) -> list[Condition]:
        """What the packages fulfil that have the largest least share, then the largest second least and so on.

        The share of a side is its gain times its factor; sides without one are left aside.
        """
        counted = [side for side, factor in enumerate(factors) if factor is not None]
        held = list(conditions)
        for rank in range(len(counted)):
            number = len(counted) - rank
            near = _Shares(counted, factors, number, self.ideal)
            found = self._exact(self.find(*held, most=near))
            while True:
                level = self._shares(found, factors)[rank]
                better = self.find(*held, _enough(factors, level, number, more=True))
                if better is None:
                    break
                found = better
            held.append(_enough(factors, level, number, more=False))
        return held

    def _shares(self, package: Package, factors: Sequence[Fraction | None]) -> list[Fraction]:
        gains = self.gains(package)
        return sorted(gain * factor for gain, factor in zip(gains, factors, strict=True) if factor is not None)


def _solved(solver: CpSolver, model: CpModel, told: CpSolverSolutionCallback | None = None) -> CpSolverStatus:
    """Solves in a thread of its own, so that whoever waits can break off at once.

    Left to itself, the solver would take the signal of Ctrl-C over for good, and break off without an answer.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    solver.parameters.catch_sigint_signal = False
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(solver.solve, model, told)
        try:
            return answer.result()
        except BaseException:
            solver.stop_search()
            raise


def _reach(side: Side) -> int:
    """What all points of a side and its reservation come to, as the solver adds them up."""
    points = sum(abs(value) for row in side.points for value in row) + sum(abs(one.points) for one in side.bonuses)
    return points + abs(side.reservation)


def _fit(total: int) -> None:
    if total >= LARGEST:
        raise TooFineError


def _question(scenario: Scenario, model: CpModel, *, exact: bool = False) -> _Question:
    """The acceptable packages, each once where gains are `exact`: see `_gain`."""
    picks = [[model.new_bool_var("") for _ in issue.options] for issue in scenario.issues]
    for chosen in picks:
        model.add_exactly_one(chosen)
    for box in (*scenario.forbidden, *(line for side in scenario.sides for line in side.red_lines)):
        model.add_bool_or(_outside(box, picks))
    for budget in scenario.budgets:
        spent = (
            cost * pick for issue, costs in budget.costs.items() for cost, pick in zip(costs, picks[issue], strict=True)
        )
        model.add(sum(spent) <= budget.limit)
    return _Question(model, picks, [_gain(side, picks, model, exact=exact) for side in scenario.sides])


def _gain(side: Side, picks: Sequence[Sequence[IntVar]], model: CpModel, *, exact: bool) -> IntVar:
    """What the side gains, at least nothing; or, where it need not be `exact`, less than that.

    Every condition and every aim asks for gains that are large, so no package is missed. It leaves the solver free to
    hold a bonus that is not earned back, or to reckon with a penalty that does not apply: which helps it much.
    """
    gain = model.new_int_var(0, side.most - side.reservation, "")
    terms: list[LinearExprT] = [
        points * pick
        for row, chosen in zip(side.points, picks, strict=True)
        for points, pick in zip(row, chosen, strict=True)
        if points
    ]
    for bonus in side.bonuses:
        held = model.new_bool_var("")
        if exact or bonus.points < 0:
            model.add_bool_or([*_outside(bonus.box, picks), held])
        if exact or bonus.points >= 0:
            for issue, chosen in bonus.box.options.items():
                model.add(sum(picks[issue][option] for option in sorted(chosen)) >= held)
        terms.append(bonus.points * held)
    model.add(gain == sum(terms) - side.reservation)
    return gain


def _outside(box: Box, picks: Sequence[Sequence[IntVar]]) -> list[IntVar]:
    """The options of which one is picked by a package outside the box."""
    return [pick for issue, chosen in box.options.items() for o, pick in enumerate(picks[issue]) if o not in chosen]


def _hold(asked: _Question, expression: object) -> None:
    asked.model.add(expression)  # type: ignore[arg-type]


def at_least(gains: dict[int, int]) -> Condition:
    """Each side gains so much."""

    def add(asked: _Question) -> None:
        for side, gain in gains.items():
            asked.model.add(asked.gains[side] >= gain)

    return add


def _picked(options: dict[int, int]) -> Condition:
    """These options are picked."""

    def add(asked: _Question) -> None:
        for issue, option in options.items():
            asked.model.add(asked.picks[issue][option] == 1)

    return add


def weighted(weights: Sequence[int]) -> Callable[[_Question], LinearExprT]:
    """The sum of the gains, each times its weight."""
    return lambda asked: sum(weight * gain for weight, gain in zip(weights, asked.gains, strict=True))


def liked(weights: Sequence[int], tables: Sequence[Table]) -> Callable[[_Question], LinearExprT]:
    """The sum of the gains, each times its weight, and of what the tables say of the options picked."""
    return lambda asked: sum([weighted(weights)(asked), *(_summed(table, asked) for table in tables)])


def reaching(most: Callable[[_Question], LinearExprT], least: int) -> Condition:
    """What is asked for comes to so much."""
    return lambda asked: _hold(asked, most(asked) >= least)


def not_below_zero(table: Table) -> Condition:
    """What the table says of the options picked adds up to nothing less than zero."""

    def add(asked: _Question) -> None:
        asked.model.add(_summed(table, asked) >= 0)

    return add


def one_above_zero(tables: Sequence[Table], other: Table | None) -> Condition:
    """The sum of one of the tables is above zero, or that of the `other`, if there is one, is zero."""

    def add(asked: _Question) -> None:
        ways = []
        for table in tables:
            ways.append(asked.model.new_bool_var(""))
            asked.model.add(_summed(table, asked) >= 1).only_enforce_if(ways[-1])
        if other is not None:
            ways.append(asked.model.new_bool_var(""))
            asked.model.add(_summed(other, asked) == 0).only_enforce_if(ways[-1])
        asked.model.add_bool_or(ways)

    return add


def _summed(table: Table, asked: _Question) -> LinearExprT:
    rows = zip(table, asked.picks, strict=True)
    return sum(value * pick for row, picks in rows for value, pick in zip(row, picks, strict=True) if value)


def _first(issues: Iterable[tuple[int, object]]) -> Callable[[_Question], LinearExprT]:
    """The lower the options of these issues, the more; an issue before all behind it."""
    places = [issue for issue, _ in issues]

    def most(asked: _Question) -> LinearExprT:
        weight, terms = 1, []
        for issue in reversed(places):
            terms += [-weight * option * pick for option, pick in enumerate(asked.picks[issue]) if option]
            weight *= len(asked.picks[issue])
        return sum(terms)

    return most


def _reaches(asked: _Question, side: int, gain: int) -> IntVar:
    """True only where the side gains so much."""
    reached = asked.model.new_bool_var("")
    asked.model.add(asked.gains[side] >= gain).only_enforce_if(reached)
    return reached


def some_more(gains: Sequence[int]) -> Condition:
    """Some side gains more than here."""

    def add(asked: _Question) -> None:
        asked.model.add_bool_or([_reaches(asked, side, gain + 1) for side, gain in enumerate(gains)])

    return add


def _enough(factors: Sequence[Fraction | None], level: Fraction, number: int, *, more: bool) -> Condition:
    """So many sides have a share of `level`, or of `more` than that."""

    def add(asked: _Question) -> None:
        reached = []
        for side, factor in enumerate(factors):
            if factor is not None:
                need = floor(level / factor) + 1 if more else ceil(level / factor)
                reached.append(_reaches(asked, side, need))
        asked.model.add(sum(reached) >= number)

    return add


@dataclass(frozen=True, slots=True)
class _Shares:
    """The share that `number` of the sides reach, in fine steps: nearly what is sought."""

    sides: Sequence[int]
    factors: Sequence[Fraction | None]
    number: int
    ideal: Sequence[int]

    def __call__(self, asked: _Question) -> LinearExprT:
        ratios = self._ratios()
        top = max(ratios[side] * self.ideal[side] for side in self.sides)
        level = asked.model.new_int_var(0, ceil(top), "")
        reached = []
        for side, ratio in ratios.items():
            counts = asked.model.new_bool_var("")
            below = ratio.denominator * level <= ratio.numerator * asked.gains[side]
            asked.model.add(below).only_enforce_if(counts)
            reached.append(counts)
        asked.model.add(sum(reached) >= self.number)
        return level

    def _ratios(self) -> dict[int, Fraction]:
        """By side: how many steps one point of gain is; the factors as they are where these are small and whole."""
        factors = {side: self.factors[side] or Fraction(0) for side in self.sides}
        top = max(factor * self.ideal[side] for side, factor in factors.items())
        if top < FINE**2 // 4 and all(factor.denominator == 1 for factor in factors.values()):
            return factors
        least = Fraction(1, 2**28)
        return {side: max((factor * FINE / top).limit_denominator(2**28), least) for side, factor in factors.items()}


@dataclass(frozen=True, slots=True)
class _Logs:
    """The sum of the logarithms of the gains of the sides that gain, in fine steps and never too small.

    The logarithm lies, at whole numbers, below each line through its values at two that follow each other. Very large
    gains are taken in lots, rounded up.
    """

    seen: Sequence[Sequence[int]]
    gaining: int
    ideal: Sequence[int]
    enough: int | None

    def __call__(self, asked: _Question) -> LinearExprT:
        logs, counted = [], []
        for side, most in enumerate(self.ideal):
            if most:
                gains = _reaches(asked, side, 1)
                logs.append(self._log(asked, side, gains))
                counted.append(gains)
        asked.model.add(sum(counted) == self.gaining)
        if self.enough is not None:
            asked.model.add(sum(logs) >= self.enough)
        return sum(logs)

    def _log(self, asked: _Question, side: int, gains: IntVar) -> IntVar:
        most = self.ideal[side]
        lot = 1 + most // FINE
        lots, top = asked.gains[side], most
        if lot > 1:
            top = most // lot + 1
            lots = asked.model.new_int_var(0, top, "")
            asked.model.add(lot * lots <= asked.gains[side] + lot)
        part = asked.model.new_int_var(0, ceil(log(lot) * FINE) + ceil(log(top) * FINE) + 2, "")
        asked.model.add(part == 0).only_enforce_if(gains.negated())
        at = {1, *(top // part for part in (1, 2, 4, 8)), *(min(row[side] // lot + 1, top) for row in self.seen)}
        for place in sorted(at - {0}):
            # At large gains one point more is less than a step: the line is drawn at `wide` times its height.
            wide = max(place >> 10, 1)
            slope = ceil(log1p(1 / place) * FINE * wide)
            height = (ceil(log(lot) * FINE) + ceil(log(place) * FINE) + 2) * wide
            # The slope is rounded up: below `place` that is made good by raising the line.
            begins = height - slope * place + place
            asked.model.add(wide * part <= slope * lots + begins).only_enforce_if(gains)
        return part
