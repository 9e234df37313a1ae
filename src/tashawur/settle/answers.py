"""The answer to a scenario: whether a package exists that every side can accept, how many, and which the rules pick."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

import numpy as np

from tashawur.settle import counting
from tashawur.settle.diagram import TooWideError
from tashawur.settle.frontier import Frontier, frontier
from tashawur.settle.search import Search
from tashawur.settle.skyline import Places
from tashawur.settle.solutions import SOLUTIONS, Gains, best_of
from tashawur.settle.sought import Sought, sought
from tashawur.settle.values import Package, Scenario
from tashawur.terms.errors import MissingPartError
from tashawur.terms.progress import Tell, nobody

LISTED: Final = 3
"""Sides up to which the whole frontier is short enough to pick from."""
SHORT: Final = 20_000
"""Packages up to which the frontier of more sides is as quickly found."""
ENUMERATED: Final = 1_000_000
"""Packages up to which the frontier of more sides is sought."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What can be said of a scenario.

    `feasible` and `acceptable` count packages and are None where they were not counted. `solutions` holds a package for
    each rule, `best` each side's best within the lines of the others; both are empty when no package is acceptable.
    """

    scenario: Scenario
    exists: bool
    feasible: int | None
    acceptable: int | None
    solutions: Mapping[str, Package]
    best: Mapping[str, Package]


def settle(scenario: Scenario, tell: Tell = nobody) -> Settlement:
    """Every rule's package, exactly; of equally good ones the lowest, so that every machine gives the same answer.

    Where each rule is sought by itself, it tells how many rules are done, those of each side's best among them.

    Raises MissingPartError where only a solver could answer and none is installed, TooFineError where it could not hold
    the numbers.
    """
    short = len(scenario.sides) <= LISTED or scenario.packages <= SHORT
    answers = _from_frontier(scenario) if short else None
    exists, solutions, best = answers if answers is not None else _from_search(scenario, tell)
    return Settlement(
        scenario,
        exists=exists,
        feasible=counting.feasible(scenario),
        acceptable=counting.acceptable(scenario) if exists else 0,
        solutions=solutions,
        best=best,
    )


def efficient(scenario: Scenario, tell: Tell = nobody) -> Frontier | Sought:
    """The frontier of the packages that every side can accept, for any number of sides.

    From four sides on it may be very long: see `ENUMERATED`. Raises MissingPartError as `settle`; tells as `sought`.
    """
    try:
        return frontier(scenario)
    except TooWideError:
        return sought(searching(scenario), tell)


def searching(scenario: Scenario) -> Search:
    """The solver's questions. Raises MissingPartError when it is not installed."""
    if find_spec("ortools") is None:
        raise MissingPartError(extra="solver")
    return Search(scenario)


Answers = tuple[bool, Mapping[str, Package], Mapping[str, Package]]


def _from_frontier(scenario: Scenario) -> Answers | None:
    try:
        found = frontier(scenario)
    except TooWideError:
        return None
    if not len(found):
        return False, {}, {}
    reservations = np.array([side.reservation for side in scenario.sides], dtype=np.int64)
    gains = Gains(found.values - reservations, tuple(side.unit for side in scenario.sides))
    solutions = {name: _lowest(found, solution.pick(gains)) for name, solution in SOLUTIONS.items()}
    best = {side.name: _lowest(found, best_of(gains, place)) for place, side in enumerate(scenario.sides)}
    return True, solutions, best


def _lowest(found: Frontier, places: Places) -> Package:
    """The lowest of the packages that reach one of the points."""
    return min(tuple(row) for row in found.lowest(places).tolist())


def _from_search(scenario: Scenario, tell: Tell) -> Answers:
    search = searching(scenario)
    if search.find() is None:
        return False, {}, {}
    rules: Mapping[str, Callable[[], Package]] = {
        "nash": search.nash,
        "egalitarian": search.egalitarian,
        "kalai_smorodinsky": search.kalai_smorodinsky,
        "utilitarian": search.utilitarian,
    }
    total = len(rules) + len(scenario.sides)
    solutions, best = dict[str, Package](), dict[str, Package]()
    for done, (name, pick) in enumerate(rules.items(), start=1):
        solutions[name] = pick()
        tell(done, total)
    for done, side in enumerate(scenario.sides):
        best[side.name] = search.best_of(done)
        tell(len(rules) + done + 1, total)
    return True, solutions, best
