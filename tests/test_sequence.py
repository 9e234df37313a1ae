"""The order of steps: exact answers, held against every order there is, and what follows from the theorems."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml_rs
from hypothesis import given, settings
from hypothesis import strategies as st

import sequencing
from tashawur.node.cases import consultation
from tashawur.sequence import ordering, solver
from tashawur.sequence.case import plan_of
from tashawur.sequence.checker import checked, none_is_better
from tashawur.sequence.done_sets import DoneSets, Limits
from tashawur.sequence.harvest import Harvest, harvest
from tashawur.sequence.ordering import exposure_of, floor, least_trust, ordered, trust_of
from tashawur.sequence.plan_file import read_plan
from tashawur.sequence.remedies import efficient_deposits, last_step_tempts, remedies, split
from tashawur.sequence.units import Units
from tashawur.sequence.values import Plan, Step
from tashawur.settle.formats.places import SourceFile

CASES = Path(__file__).parent / "sequence_cases"
FEW = settings(max_examples=max(settings().max_examples // 6, 8))
"""Where every order is tried, or the solver asked, for every example."""

NO_TRACK = frozenset({"open_track"})
NO_TRACK_NO_VENUE = frozenset({"open_track", "venue_rule"})


def case(name: str) -> tuple[Plan, dict[str, Any]]:
    path = next(CASES.glob(f"{name}*.yaml"))
    held: Any = yaml_rs.loads(path.read_text(encoding="utf-8"))
    return read_plan(SourceFile(path.name, path.read_bytes())).plan, held["expected"]


def exercise(without: frozenset[str] = frozenset()) -> Plan:
    return plan_of(consultation("exercise")).without(without)


@pytest.mark.parametrize("name", ["01", "02", "03", "04", "05", "06", "07", "08", "09", "12"])
def test_a_worked_case_has_the_answer_that_all_orders_give(name: str) -> None:
    plan, expected = case(name)
    found = ordered(Units(plan))
    assert found.trust.value == expected["min_trust_theta"]
    assert found.safe == expected["fully_safe"]
    assert found.exposure.value == expected["min_exposure_among_min_theta"]
    assert found.counts.possible == expected["feasible_orders"]
    assert found.counts.best == expected["optimal_orders_count"]
    mine = found.units.named(found.order)
    for units in (mine, *expected["first_optimal_orders"]):
        order = [[one] if isinstance(one, str) else one for one in units]
        seen = checked(plan, order)
        assert (seen.least_trust, seen.most_exposed) == (found.trust.value, found.exposure.value)
    if len(expected["first_optimal_orders"]) == expected["optimal_orders_count"]:
        listed = [
            tuple((one,) if isinstance(one, str) else tuple(one) for one in order)
            for order in expected["first_optimal_orders"]
        ]
        assert mine in listed


def test_a_partition_that_does_not_come_out_even_has_no_safe_order() -> None:
    plan, _ = case("09")
    uneven = replace(plan, steps=tuple(replace(s, value={p: 2 * v for p, v in s.value.items()}) for s in plan.steps))
    odd = replace(uneven, deposits={"B": 9})  # the parts are even: no subset comes to nine
    assert ordered(Units(odd)).trust.value > 0
    assert ordered(Units(replace(uneven, deposits={"B": 10}))).safe


def test_three_parties_in_a_ring_need_one_deposit() -> None:
    ring = {"A": "B", "B": "C", "C": "A"}
    steps = tuple(Step(f"{a}{n}", (a,), {a: -1, b: 3}) for n in (1, 2) for a, b in ring.items())
    plan = Plan(tuple(ring), steps)
    assert ordered(Units(plan)).trust.value == 1
    found = remedies(Units(plan)).deposits
    assert found is not None
    assert sum(found[0]) == 1
    assert ordered(Units(replace(plan, deposits=dict(zip("ABC", found[0], strict=True))))).safe


def test_the_exercise_has_a_safe_order_that_exposes_nobody_with_and_without_its_track() -> None:
    for without, number in ((frozenset[str](), 22), (NO_TRACK, 21), (NO_TRACK_NO_VENUE, 20)):
        found = ordered(Units(exercise(without)))
        assert (len(found.units), found.trust.value, found.exposure.value) == (number, 0, 0)
    assert efficient_deposits(Units(exercise(NO_TRACK))) == ((0, 0),)


def test_one_side_first_tempts_and_exposes_as_worked_out() -> None:
    """The expected figures leave prerequisites and groups aside, and so does this."""
    whole = exercise()
    plan = replace(whole, steps=tuple(replace(step, requires=()) for step in whole.steps), groups=())
    for first, trust, exposed in (("A", 22, {"A": 30, "B": 0}), ("B", 26, {"A": 0, "B": 31})):
        joint = [[s.id] for s in plan.steps if len(s.performers) > 1]
        order = [[s.id] for s in plan.steps if s.performers == (first,)]
        order += [[s.id] for s in plan.steps if len(s.performers) == 1 and s.performers != (first,)]
        seen = checked(plan, [*order, *joint])
        assert seen.least_trust == trust
        assert {party: max(held) for party, held in seen.exposure.items()} == exposed


def test_an_early_harvest_shows_what_it_costs_the_rest() -> None:
    plan = exercise(NO_TRACK_NO_VENUE)
    found = harvest(plan)
    by_issues = {one.issues: one for one in found.early}
    assert found.whole == 0
    assert by_issues["banking",].rest == by_issues["ambassadors",].rest == 0
    assert by_issues["banking", "ambassadors"].rest == 1
    assert by_issues["banking", "ambassadors"].gains == (14, 35)
    assert ("b_property",) not in by_issues, "one side loses by it"
    assert ("visa_services",) not in by_issues, "it waits for something else"
    left = plan.after(frozenset(by_issues["banking", "ambassadors"].steps))
    assert efficient_deposits(Units(left)) == ((0, 1), (1, 0))


@given(plan=sequencing.plans())
def test_the_best_order_is_that_of_all_orders_tried_one_by_one(plan: Plan) -> None:
    units = Units(plan)
    expected = sequencing.best(units)
    found = ordered(units)
    order = found.order
    assert (found.trust.value, found.exposure.value, found.end.value) == expected.reached
    assert (found.counts.possible, found.counts.safe, found.counts.best) == expected.counts
    assert (trust_of(units, order), exposure_of(units, order), units.ends(order)) == expected.reached
    assert floor(units) <= found.trust.value


@pytest.mark.parametrize("seed", range(2))
def test_a_plan_of_eight_steps_has_the_answer_that_all_orders_give(seed: int) -> None:
    drawn = random.Random(seed)
    steps = tuple(
        Step(f"s{n}", (by,), {"AB"["BA".index(by)]: drawn.randint(0, 12), by: -drawn.randint(0, 6)})
        for n, by in enumerate(drawn.choices("AB", k=8))
    )
    units = Units(Plan(("A", "B"), steps, deposits={"A": 2, "B": 1}))
    expected = sequencing.best(units)
    found = ordered(units)
    assert (found.trust.value, found.exposure.value, found.end.value) == expected.reached
    assert (found.counts.possible, found.counts.safe, found.counts.best) == expected.counts


@FEW
@given(plan=sequencing.plans(5))
def test_the_solver_gives_the_same_answer(plan: Plan) -> None:
    units = Units(plan)
    found, expected = ordering._by_solver(units, 10), ordered(units)
    assert found.trust == expected.trust
    assert found.exposure == expected.exposure
    assert found.end == expected.end
    best = solver.solve(units, "trust", {}, (), 10)
    assert (best.value, best.proven) == (expected.trust.value, True)


@given(plan=sequencing.plans())
def test_the_independent_check_agrees_and_proves_that_none_is_better(plan: Plan) -> None:
    found = ordered(Units(plan))
    names = found.units.named(found.order)
    seen = checked(plan, names)
    trust, exposure = found.trust.value, found.exposure.value
    assert (seen.least_trust, seen.most_exposed) == (trust, exposure)
    assert none_is_better(plan, names, trust)
    assert none_is_better(plan, names, trust, exposure)
    assert not none_is_better(plan, names, trust + 1)
    assert not none_is_better(plan, names, trust, exposure + 1)


@given(plan=sequencing.plans(), data=st.data())
def test_whether_stopping_tempts_depends_on_what_is_done_and_not_on_the_way_there(
    plan: Plan, data: st.DataObject
) -> None:
    units = Units(plan)
    every = list(sequencing.orders(units))
    first, second = (data.draw(st.sampled_from(every)) for _ in range(2))
    seen = [checked(plan, units.named(order)) for order in (first, second)]
    at = [units.after(order) for order in (first, second)]
    for done in set(at[0]) & set(at[1]):
        for party in plan.parties:
            one, other = (look.temptation[party][sets.index(done)] for look, sets in zip(seen, at, strict=True))
            assert one == other == units.temptations(done)[plan.parties.index(party)]


@given(plan=sequencing.plans(plain=True))
def test_a_last_step_that_costs_more_than_it_forfeits_tempts_by_the_difference(plan: Plan) -> None:
    units = Units(plan)
    found = ordered(units)
    last = units.members(found.order[-1])[0]
    for party in plan.parties:
        assert found.trust.value >= -last.value.get(party, 0) - plan.deposits.get(party, 0)
    if last_step_tempts(units):
        assert not found.safe


@given(plan=sequencing.plans(5, plain=True))
def test_a_step_that_costs_nobody_and_that_nothing_waits_for_may_come_last(plan: Plan) -> None:
    free = Step("free", ("A",), dict.fromkeys(plan.parties, 1), tuple((step.id,) for step in plan.steps))
    anywhere = replace(plan, steps=(*plan.steps, replace(free, requires=())))
    last = replace(plan, steps=(*plan.steps, free))
    assert ordered(Units(last)).trust == ordered(Units(anywhere)).trust


def test_a_free_step_that_comes_first_can_expose_less() -> None:
    steps = (
        Step("a", ("A",), {"A": -2, "B": 5}),
        Step("b", ("B",), {"A": 5, "B": -2}),
        Step("k", ("A",), {"A": 3, "B": 3}),
    )
    plan = Plan(("A", "B"), steps, deposits={"A": 5, "B": 5})
    found = ordered(Units(plan))
    assert (found.exposure.value, found.units.named(found.order)[0]) == (0, ("k",))
    assert checked(plan, [["a"], ["b"], ["k"]]).most_exposed == 2


@pytest.mark.parametrize("parts", [1, 2, 3, 4, 6, 12])
def test_equal_tranches_need_the_share_of_one_as_deposit(parts: int) -> None:
    held: Any = yaml_rs.loads((CASES / "13_tranches.yaml").read_text(encoding="utf-8"))
    plan = Plan(("A", "B"), (Step("a", ("A",), {"A": -12, "B": 18}), Step("b", ("B",), {"A": 18, "B": -12})))
    divided = split(plan, {"a": parts, "b": parts})
    assert divided.on_scale(least_trust(Units(divided)).value) == held["expected_theta_by_m"][parts] == 12 / parts


@given(cost=st.integers(1, 20), parts=st.integers(1, 4))
def test_splitting_in_equal_parts_divides_the_trust_exactly(cost: int, parts: int) -> None:
    plan = Plan(
        ("A", "B"), (Step("a", ("A",), {"A": -cost, "B": 2 * cost}), Step("b", ("B",), {"A": 2 * cost, "B": -cost}))
    )
    divided = split(plan, {"a": parts, "b": parts})
    assert divided.on_scale(least_trust(Units(divided)).value) == Fraction(cost, parts)


def test_the_efficient_deposits_are_found_whole() -> None:
    plan, _ = case("12")
    held: Any = yaml_rs.loads((CASES / "14_guarantee_front.yaml").read_text(encoding="utf-8"))
    found = efficient_deposits(Units(replace(plan, deposits={})))
    assert [list(one) for one in found] == held["pareto_front_of_minimal_deposits"]["points"]


@FEW
@given(plan=sequencing.plans(5, parties=2))
def test_no_smaller_deposit_than_an_efficient_one_is_enough(plan: Plan) -> None:
    if len(plan.parties) < 2:
        return
    units = Units(plan)
    ways = [
        [max(s.temptation[p] + s.withholding[p]) for p in plan.parties]
        for s in (checked(plan, units.named(order)) for order in sequencing.orders(units))
    ]
    least = {(a, b) for a, b in ways if not any((c, d) != (a, b) and c <= a and d <= b for c, d in ways)}
    assert set(efficient_deposits(units)) == least


def test_deposits_of_more_sides_have_the_least_sum() -> None:
    steps = (
        Step("a", ("A",), {"A": -3, "B": 5, "C": 1}),
        Step("b", ("B",), {"A": 5, "B": -2}),
        Step("c", ("C",), {"A": 1, "B": 1, "C": -4}),
    )
    plan = Plan(("A", "B", "C"), steps)
    units = Units(plan)
    found = remedies(units).deposits
    least = min(
        sum(max(checked(plan, units.named(o)).temptation[p]) for p in plan.parties) for o in sequencing.orders(units)
    )
    assert found is not None
    assert sum(found[0]) == least


def test_what_the_host_holds_makes_it_safe() -> None:
    plan, _ = case("04")
    assert remedies(Units(plan)).held_by_host == (("a", "b"),)
    plan, _ = case("06")
    for names in remedies(Units(plan)).held_by_host:
        together = replace(plan, groups=(*plan.groups, case("03")[0].groups[0].__class__(names, "atomic")))
        assert ordered(Units(together)).safe


def test_the_track_that_was_left_out_is_counted_as_a_remedy() -> None:
    plan, _ = case("08")
    found = remedies(Units(plan.without(frozenset({"f"}))), whole=plan)
    assert found.last_step_tempts
    assert found.counted == 0


@given(
    items=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), min_size=1, max_size=3),
    slack=st.tuples(st.integers(0, 2), st.integers(0, 2)),
)
def test_deliveries_for_money_are_possible_just_when_the_greedy_order_is(
    items: list[tuple[int, int]], slack: tuple[int, int]
) -> None:
    """Backwards: what gains by increasing cost, then what loses by decreasing value; each within slack and surplus."""
    gaining = sorted(one for one in items if one[1] >= one[0])
    losing = sorted((one for one in items if one[1] < one[0]), key=lambda one: -one[1])
    surplus, greedy = 0, True
    for cost, value in [*gaining, *losing]:
        greedy = greedy and cost <= sum(slack) + surplus
        surplus += value - cost
    found = False
    for price in range(sum(cost for cost, _ in items) + slack[0] + sum(value for _, value in items) + 1):
        pay = [Step(f"pay{n}", ("B",), {"S": 1, "B": -1}, ((f"pay{n - 1}",),) if n else ()) for n in range(price)]
        give = [Step(f"give{n}", ("S",), {"S": -cost, "B": value}) for n, (cost, value) in enumerate(items)]
        if len(pay) + len(give) <= 16:
            plan = Plan(("S", "B"), (*give, *pay), deposits={"S": slack[0], "B": slack[1]})
            found = found or DoneSets(Units(plan)).ways(Limits((0, 0))).leads(0)
    assert found == greedy


@given(plan=sequencing.plans(parties=1, plain=True))
def test_one_party_alone_is_tempted_by_nothing_but_the_whole(plan: Plan) -> None:
    free = replace(plan, steps=tuple(replace(step, requires=()) for step in plan.steps))
    assert ordered(Units(free)).trust.value == max(Units(free).temptations(0))


@given(plan=sequencing.plans(5))
def test_early_harvests_are_those_of_all_orders(plan: Plan) -> None:
    found: Harvest = harvest(plan, together=1)
    units = Units(plan)
    for early in found.early:
        done = sum(1 << unit for unit in {units.place[name] for name in early.steps})
        rest = min(
            trust_of_rest(units, order, done) for order in sequencing.orders(units) if done in units.after(order)
        )
        assert early.rest == rest
        assert min(early.gains) > 0


def trust_of_rest(units: Units, order: tuple[int, ...], done: int) -> int:
    sets = units.after(order)
    pairs = [(at, unit) for at, unit in zip(sets, [*order, None], strict=True) if at & done == done]
    return max(
        max(*units.temptations(at), *(units.withheld(at, unit) if unit is not None else (0,))) for at, unit in pairs
    )


def random_plan(number: int, seed: int, deposit: int = 10, *, dated: bool = False) -> Plan:
    drawn = random.Random(seed)
    steps = []
    requires: dict[int, set[int]] = {}
    for _ in range(number // 3):
        first, second = sorted(drawn.sample(range(number), 2))
        requires.setdefault(second, set()).add(first)
    for place in range(number):
        by, other = drawn.choice([("A", "B"), ("B", "A")])
        cost = drawn.randint(1, 50)
        days = (
            (drawn.choice([0, drawn.randint(0, 99)]), drawn.randint(1, 9), drawn.randint(0, 4)) if dated else (0, 0, 0)
        )
        needs = tuple((f"s{one}",) for one in sorted(requires.get(place, ())))
        steps.append(Step(f"s{place}", (by,), {by: -cost, other: int(drawn.uniform(0.2, 2.6) * cost)}, needs, *days))
    return Plan(("A", "B"), tuple(steps), deposits={"A": deposit, "B": deposit})


@pytest.mark.parametrize("seed", range(2))
def test_bits_and_the_solver_agree_on_longer_plans(seed: int) -> None:
    units = Units(random_plan(16, seed))
    expected = ordered(units)
    found = solver.solve(units, "trust", {}, (), 60)
    assert (found.proven, found.value) == (True, expected.trust.value)


def test_a_plan_of_forty_steps_with_days_has_a_proven_trust() -> None:
    found = ordered(Units(random_plan(40, 1, dated=True)))
    assert found.trust.proven
    assert found.end.bound <= found.end.value
    assert trust_of(found.units, found.order) == found.trust.value


def test_points_of_a_plan_are_not_shown() -> None:
    plan = Plan(("A",), (Step("x", ("A",), {"A": -4711}),), deposits={"A": 4712})
    found = ordered(Units(plan))
    assert "471" not in repr((plan, found.trust, found.exposure))
