"""Settling: exact answers, held against every package there is."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import settling
import tashawur.settle as public_api
from tashawur.settle import answers, counting, skyline
from tashawur.settle.diagram import TooWideError, diagram
from tashawur.settle.endings import Listed, Tabled
from tashawur.settle.frontier import Frontier, frontier
from tashawur.settle.rules import at_most, excludes, forbids, requires
from tashawur.settle.search import BATCH, Search
from tashawur.settle.solutions import SOLUTIONS
from tashawur.settle.sought import Sought, sought
from tashawur.settle.values import Absent, Bonus, Box, Budget, Issue, Scenario, ScenarioError, Side
from tashawur.terms.errors import TooFineError

SOLVING = settings(max_examples=max(settings().max_examples // 4, 12))
"""The solver takes its time: fewer examples of it."""

A_B = (Issue("a", ("0", "1", "2")), Issue("b", ("0", "1", "2")))


def told(found: Frontier | Sought) -> dict[tuple[int, ...], list[tuple[int, ...]]]:
    return {tuple(values): list(found.packages(place)) for place, values in enumerate(found.values.tolist())}


@given(scenario=settling.scenarios())
def test_the_frontier_is_that_of_all_packages_tried_one_by_one(scenario: Scenario) -> None:
    found = frontier(scenario)
    expected = settling.frontier(scenario)
    assert told(found) == expected
    assert list(told(found)) == list(expected)
    assert [tuple(row) for row in found.lowest().tolist()] == [packages[0] for packages in expected.values()]


@SOLVING
@given(scenario=settling.scenarios(most=3))
def test_the_solver_finds_the_same_frontier(scenario: Scenario) -> None:
    found = sought(Search(scenario))
    expected = settling.frontier(scenario)
    assert told(found) == expected
    assert [tuple(row) for row in found.lowest().tolist()] == [packages[0] for packages in expected.values()]


@given(scenario=settling.scenarios(most=3))
def test_every_rule_picks_what_its_definition_says(scenario: Scenario) -> None:
    settled = answers.settle(scenario)
    assert settled.exists == bool(settling.acceptable(scenario))
    if settled.exists:
        assert settled.solutions == settling.solutions(scenario)
        assert list(settled.best.values()) == [settling.best(scenario, place) for place in range(len(scenario.sides))]
    else:
        assert settled.solutions == {}
        assert settled.best == {}


@SOLVING
@given(scenario=settling.scenarios())
def test_the_solver_picks_what_the_definitions_say(scenario: Scenario) -> None:
    search = Search(scenario)
    assume(settling.acceptable(scenario))
    assert {name: getattr(search, name)() for name in SOLUTIONS} == settling.solutions(scenario)
    places = range(len(scenario.sides))
    assert [search.best_of(place) for place in places] == [settling.best(scenario, place) for place in places]


@given(scenario=settling.scenarios())
def test_packages_are_counted_one_by_one(scenario: Scenario) -> None:
    everything = list(settling.packages(scenario))
    assert scenario.packages == len(everything)
    assert counting.feasible(scenario) == sum(map(scenario.feasible, everything))
    assert counting.acceptable(scenario) == sum(map(scenario.acceptable, everything))
    first = scenario.sides[:1]
    alone = [package for package in everything if scenario.feasible(package) and first[0].accepts(package)]
    assert counting.acceptable(scenario, first) == len(alone)


@given(scenario=settling.scenarios(most=2))
def test_tables_and_lists_of_endings_are_the_same_frontier(scenario: Scenario) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tashawur.settle.frontier.CELLS", 0)
        listed = frontier(scenario)
    tabled = frontier(scenario)
    assert all(isinstance(node, Listed) for layer in listed._layers for node in layer)
    assert all(isinstance(node, Tabled) for layer in tabled._layers for node in layer)
    assert told(listed) == told(tabled)
    assert listed.lowest().tolist() == tabled.lowest().tolist()


@given(scenario=settling.scenarios(most=3))
def test_with_lines_left_aside_the_frontier_is_that_of_all_feasible_packages(scenario: Scenario) -> None:
    open_to_all = scenario.without_lines()
    assert all(open_to_all.acceptable(package) for package in settling.packages(scenario) if scenario.feasible(package))
    assert told(frontier(open_to_all)) == settling.frontier(open_to_all)


def _stretched(side: Side, by: int = 2**45) -> Side:
    """The same side on a scale that no table can hold."""
    points = tuple(tuple(value * by for value in row) for row in side.points)
    bonuses = tuple(Bonus(bonus.box, bonus.points * by) for bonus in side.bonuses)
    return Side(side.name, points, side.reservation * by, side.red_lines, bonuses)


@given(scenario=settling.scenarios(most=3), by=st.integers(2, 9))
def test_a_scale_free_rule_does_not_see_by_what_one_side_counts(scenario: Scenario, by: int) -> None:
    first, *others = scenario.sides
    other = Scenario(scenario.issues, (_stretched(first, by), *others), scenario.forbidden, scenario.budgets)
    here, there = answers.settle(scenario), answers.settle(other)
    assert here.exists == there.exists
    free = [name for name, solution in SOLUTIONS.items() if solution.scale_free]
    assert free == ["nash", "kalai_smorodinsky"]
    if here.exists and min(side.unit for side in scenario.sides) == max(side.unit for side in scenario.sides) and all(
        gain > 0 for gain in _gains(scenario, here.solutions["nash"])
    ):  # fmt: skip
        assert [there.solutions[name] for name in free] == [here.solutions[name] for name in free]


def _gains(scenario: Scenario, package: tuple[int, ...]) -> list[int]:
    return [side.value(package) - side.reservation for side in scenario.sides]


@given(scenario=settling.scenarios(most=3))
def test_no_side_does_worse_than_walking_away_and_nothing_better_is_left(scenario: Scenario) -> None:
    settled = answers.settle(scenario)
    points = list(settling.frontier(scenario))
    for package in [*settled.solutions.values(), *settled.best.values()]:
        assert scenario.acceptable(package)
        assert scenario.values(package) in points


@given(points=st.lists(st.tuples(*[st.integers(-3, 3)] * 3), min_size=1, max_size=6), least=st.integers(-4, 4))
def test_sides_that_stand_alike_are_treated_alike(points: list[tuple[int, int, int]], least: int) -> None:
    """Two sides that want the same thing get the same of it from every rule."""
    issues = tuple(Issue(str(place), ("x", "y", "z")) for place in range(len(points)))
    scenario = Scenario(issues, (Side("A", tuple(points), least), Side("B", tuple(points), least)))
    for package in answers.settle(scenario).solutions.values():
        first, second = scenario.values(package)
        assert first == second


@pytest.mark.parametrize("sides", [1, 2, 3, 4, 5])
def test_compiled_and_plain_loops_keep_the_same_points(sides: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random.seed(sides)
    points = np.array([[random.randrange(12) for _ in range(sides)] for _ in range(3000)], dtype=np.int64)
    plain = skyline.undominated(points).tolist()
    monkeypatch.setattr(skyline, "WORTH_COMPILING", 0)
    assert skyline._compiled() is not None
    assert skyline.undominated(points).tolist() == plain
    rows = [tuple(row) for row in points.tolist()]
    first = {row: place for place, row in reversed(list(enumerate(rows)))}
    assert plain == [first[row] for row in sorted(first, reverse=True) if not settling.dominated(row, list(first))]


def test_points_too_far_apart_for_one_key_are_ranked_all_the_same() -> None:
    far = 2**61
    points = np.array([[far, -far, 0], [-far, far, 1], [far, -far, 0], [far, -far, -5], [0, 0, 9]], dtype=np.int64)
    assert skyline.undominated(points).tolist() == [0, 4, 1]


def test_a_rule_requires_excludes_forbids_and_counts() -> None:
    everything = [(a, b) for a in range(3) for b in range(3)]

    def kept(*forbidden: Box, budgets: tuple[Budget, ...] = ()) -> list[tuple[int, ...]]:
        none = ((0, 0, 0), (0, 0, 0))
        scenario = Scenario(A_B, (Side("A", none), Side("B", none)), forbidden, budgets)
        return [package for package in everything if scenario.feasible(package)]

    assert kept(*requires({0: {2}}, {1: {1, 2}}, A_B)) == [p for p in everything if p[0] != 2 or p[1] in {1, 2}]
    assert kept(*requires({0: {1, 2}}, {0: {2}}, A_B)) == [p for p in everything if p[0] != 1]
    assert kept(*requires({0: {1}}, {0: {1}}, A_B)) == everything
    assert kept(excludes({0: {1, 2}, 1: {2}})) == [p for p in everything if not (p[0] in {1, 2} and p[1] == 2)]
    assert kept(*forbids({0: {1}, 1: {2}})) == [p for p in everything if p[0] != 1 and p[1] != 2]
    limit = at_most(1, {0: {1, 2}, 1: {2}}, A_B)
    assert kept(budgets=(limit,)) == [p for p in everything if (p[0] in {1, 2}) + (p[1] == 2) <= 1]


def test_where_somebody_gains_nothing_the_most_sides_gain_and_then_their_product_counts() -> None:
    """No package lets all three gain; two can, and the best product of two is picked."""
    issue = Issue("one", ("A and B", "A and C, better", "only B", "nobody"))
    sides = (Side("A", ((3, 2, 0, 0),)), Side("B", ((2, 0, 99, 0),)), Side("C", ((0, 4, 0, 0),)))
    assert answers.settle(Scenario((issue,), sides)).solutions["nash"] == (1,)
    assert Search(Scenario((issue,), sides)).nash() == (1,)


def test_equally_good_packages_give_the_lowest() -> None:
    side = Side("A", ((0, 1, 1), (1, 0, 1)))
    settled = answers.settle(Scenario(A_B, (side, Side("B", side.points))))
    assert set(settled.solutions.values()) == {(1, 0)}
    assert Search(Scenario(A_B, (side, Side("B", side.points)))).utilitarian() == (1, 0)


def test_the_worst_off_is_not_the_last_word_of_the_egalitarian_rule() -> None:
    """Largest least gain alone would leave a dominated package standing."""
    issue = Issue("one", ("3 and 3", "3 and 5"))
    assert answers.settle(Scenario((issue,), (Side("A", ((3, 3),)), Side("B", ((3, 5),))))).solutions == dict.fromkeys(
        SOLUTIONS, (1,)
    )


def test_ten_million_times_ten_million_packages_are_settled() -> None:
    """As many as no list could hold; the answer is checked against the sum of each issue's best."""
    issues = tuple(Issue(str(place), ("x", "y")) for place in range(60))
    ours = tuple((place % 7, 0) for place in range(60))
    theirs = tuple((0, place % 5) for place in range(60))
    scenario = Scenario(issues, (Side("A", ours), Side("B", theirs)))
    settled = answers.settle(scenario)
    assert scenario.packages == 2**60
    assert settled.feasible == settled.acceptable == 2**60
    assert sum(scenario.values(settled.solutions["utilitarian"])) == sum(
        max(a, b) for (a, _), (_, b) in zip(ours, theirs, strict=True)
    )


def test_rules_that_tie_too_many_issues_are_left_to_the_solver() -> None:
    rng = random.Random(3)
    issues = tuple(Issue(str(place), ("x", "y", "z")) for place in range(24))
    tied = tuple(Box({place: frozenset({rng.randrange(3)}) for place in rng.sample(range(24), 6)}) for _ in range(24))
    points = [tuple(tuple(rng.randrange(4) for _ in range(3)) for _ in issues) for _ in range(2)]
    scenario = Scenario(issues, (Side("A", points[0], 50), Side("B", points[1], 50)), tied)
    with pytest.raises(TooWideError):
        diagram(scenario, width=50)
    wide = frontier(scenario, width=10**6)
    assert told(wide) == told(sought(Search(scenario)))
    found = Search(scenario)
    settled = answers.settle(scenario)
    assert {name: getattr(found, name)() for name in SOLUTIONS} == settled.solutions
    assert counting.feasible(scenario, width=50) is None


@SOLVING
@given(scenario=settling.scenarios(most=3), by=st.sampled_from([2**20, 2**31 + 1, 10**12]))
def test_the_solver_is_as_exact_on_very_large_points(scenario: Scenario, by: int) -> None:
    assume(settling.acceptable(scenario))
    sides = tuple(_stretched(side, by + place) for place, side in enumerate(scenario.sides))
    large = Scenario(scenario.issues, sides, scenario.forbidden, scenario.budgets)
    search = Search(large)
    assert {name: getattr(search, name)() for name in SOLUTIONS} == settling.solutions(large)


def test_few_packages_of_many_sides_are_settled_whatever_their_digits() -> None:
    points = [tuple((place * 2**55 + 7, 2**57 - place) for _ in range(2)) for place in range(6)]
    sides = tuple(Side(str(place), row, 5, unit=Fraction(1, 2**60 + place)) for place, row in enumerate(points))
    scenario = Scenario(tuple(Issue(name, ("x", "y")) for name in "ab"), sides)
    assert answers.settle(scenario).solutions == settling.solutions(scenario)


def test_numbers_too_fine_for_an_exact_search_are_refused() -> None:
    sides = tuple(Side(str(place), ((0, 2**60), (1, 2))) for place in range(4))
    with pytest.raises(TooFineError):
        Search(Scenario(tuple(Issue(name, ("x", "y")) for name in "ab"), sides))
    uneven = [Side(str(place), ((0, 2**40), (1, 2)), unit=Fraction(1, 2**31 + place)) for place in range(4)]
    with pytest.raises(TooFineError):
        Search(Scenario(tuple(Issue(name, ("x", "y")) for name in "ab"), tuple(uneven))).utilitarian()


def test_no_agreement_is_an_answer() -> None:
    scenario = Scenario(A_B, (Side("A", ((0, 1, 2), (0, 0, 0)), 2), Side("B", ((2, 1, 0), (0, 0, 0)), 2)))
    settled = answers.settle(scenario)
    assert (settled.exists, settled.acceptable, settled.feasible, settled.solutions) == (False, 0, 9, {})
    assert Search(scenario).find() is None
    nothing = Scenario(A_B, scenario.sides, (Box({0: frozenset({0, 1, 2})}),))
    assert answers.settle(nothing).feasible == 0
    assert Search(Scenario(A_B, (Side("A", ((0, 0, 0),) * 2, 1), *scenario.sides))).find() is None


def test_an_estimate_of_a_party_concerned_gives_the_least_and_the_most() -> None:
    party = Absent("C", (((-2, 0), (0, 1), (3, 3)), ((0, 0), (-1, 1), (0, 5))))
    assert party.value((0, 2)) == (-2, 5)


def test_private_points_are_not_shown() -> None:
    side = Side("A", ((4321,),), 777, (Box({0: frozenset({0})}),), (Bonus(Box({0: frozenset({0})}), 555),))
    scenario = Scenario((Issue("one", ("x",)),), (side,), absent=(Absent("C", (((-321, 123),),)),))
    shown = repr(scenario) + repr(side.bonuses) + repr(frontier(scenario.without_lines())) + repr(Search(scenario))
    assert not any(number in shown for number in ("4321", "777", "555", "321", "123", "frozenset({0})"))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Issue("x", ()), "no option"),
        (lambda: Issue("x", ("a", "a")), "twice"),
        (lambda: Box({}), "at least one issue"),
        (lambda: Budget({0: (1, -1)}, 3), "below zero"),
        (lambda: Side("A", ((2**62,),)), "2\\^62"),
        (lambda: Scenario((), ()), "at least one issue"),
        (lambda: Scenario(A_B, (Side("A", ((1, 2, 3),)),)), "every option"),
        (lambda: Scenario(A_B, (Side("A", ((1, 2, 3),) * 2),), (Box({2: frozenset({0})}),)), "does not exist"),
        (lambda: Scenario(A_B, (Side("A", ((1, 2, 3),) * 2),), (Box({1: frozenset({3})}),)), "does not exist"),
        (lambda: Scenario(A_B, (Side("A", ((1, 2, 3),) * 2),), (), (Budget({0: (1, 2)}, 3),)), "does not cost"),
    ],
)
def test_values_that_make_no_scenario_are_refused(make: object, says: str) -> None:
    with pytest.raises(ScenarioError, match=says):
        make()  # type: ignore[operator]


def test_of_very_many_packages_at_one_point_the_lowest_come_at_once() -> None:
    issues = tuple(Issue(str(place), ("x", "y")) for place in range(50))
    same = Side("A", ((1, 1),) * 50)
    found = frontier(Scenario(issues, (same, Side("B", same.points))))
    assert [package[-2:] for package in islice(found.packages(0), 4)] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_every_public_name_is_there_and_nothing_is_loaded_before_it_is_asked_for() -> None:
    check = (
        "import sys, tashawur.settle as s; before = [m for m in sys.modules if m.startswith('tashawur.settle.')];"
        "print(before, all(getattr(s, name) is not None for name in s.__all__), sorted(s.__all__) == sorted("
        "name for names in s.PUBLIC.values() for name in names))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True True"
    with pytest.raises(AttributeError, match="'nothing'"):
        _ = public_api.nothing


def test_the_engine_loads_no_solver_and_no_compiler_before_they_are_needed() -> None:
    check = "import sys, tashawur.settle.answers; print([m for m in ('numba', 'ortools', 'altair', 'msgspec', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(scenario=settling.scenarios(), least=st.integers(-20, 4))
def test_the_solver_lists_every_package_the_lowest_first(scenario: Scenario, least: int) -> None:
    loose = replace(scenario, sides=tuple(replace(side, reservation=least, red_lines=()) for side in scenario.sides))
    assert list(Search(loose).each()) == settling.acceptable(loose)


def test_more_packages_than_are_listed_at_once_come_in_order() -> None:
    issues = tuple(Issue(str(place), ("x", "y", "z")) for place in range(6))
    sides = tuple(Side(name, ((0, 1, 0),) * 6, 1) for name in ("A", "B"))
    scenario = Scenario(issues, sides)
    assert list(Search(scenario).each()) == settling.acceptable(scenario)
    assert len(settling.acceptable(scenario)) > BATCH
