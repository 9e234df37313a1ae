"""From an agreed package to who gains by leaving it: the model of it, and what is told in words, JSON and on a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import GOOD, Lay, made
from tashawur.durability.leaving import Leaving, leaving, unguaranteed
from tashawur.durability.literal import ByDefinition
from tashawur.durability.package import Deal, deal
from tashawur.durability.stability import CONCEPTS, stability
from tashawur.node.cases import consultation
from tashawur.node.durability import examined
from tashawur.papers.durability_answer import schema
from tashawur.papers.durability_telling import PackageTelling, telling
from tashawur.papers.words import Words
from tashawur.terms.errors import NoPlanToLeaveError, TooManySidesError, UnmodelledPlanError
from test_commands import answered, refused, tashawur

ELMIRA = Path(__file__).parent / "durability" / "elmira.yaml"
LANGUAGES = ("en", "ar", "ru")


def plan(*steps: str, groups: str = "") -> str:
    rows = "".join(f"- {{{one}, title: {{en: A step}}}}\n" for one in steps)
    return f"kind: plan\npackage: {{banking: notes}}\nsteps:\n{rows}{groups}"


def deal_of(text: str) -> Deal:
    return deal(made({**GOOD, "private/plan.yaml": text}))


def left(found: Deal) -> Leaving:
    return leaving(found, stability(found.model))


SWAP = plan(
    "id: a, by: A, issue: banking, value: {A: -2, B: 5}",
    "id: b, by: B, issue: visas, value: {A: 4, B: -1}",
)


def test_each_side_keeps_or_drops_what_it_owes_and_withdrawal_is_one_way() -> None:
    found = deal_of(SWAP)
    assert [one.name for one in found.model.options] == ["A:banking", "B:visas", "A:withdraws", "B:withdraws"]
    assert [one.direction for one in found.model.options] == ["both", "both", "forward", "forward"]
    assert found.model.name(found.agreed) == "YYNN"
    assert "YNYN" not in {found.model.name(place) for place in found.model.places.tolist()}
    assert [found.model.name(place) for place in found.model.moves[0].targets(int("0110", 2)).tolist()] == []
    assert found.utilities[:, found.agreed].tolist() == [2, 4]


def test_a_side_that_would_drop_what_it_owes_is_held_by_the_answer() -> None:
    first, second = left(deal_of(SWAP)).alone
    assert (first.concept, first.gain, first.shift) == ("SEQ", 2, Fraction(2, 12))
    assert (second.concept, second.gain, second.shift) == ("SEQ", 1, Fraction(4, 12))


def test_a_side_whose_leaving_no_answer_that_pays_meets_is_held_by_threats_alone() -> None:
    """What B owes it would rather do: to drop it would cost B too."""
    found = deal_of(
        plan("id: a, by: A, issue: banking, value: {A: -2, B: 5}", "id: b, by: B, issue: visas, value: {A: 4, B: 1}")
    )
    first, second = left(found).alone
    assert (first.concept, first.shift) == ("SMR", Fraction(0))
    assert (second.concept, second.answers, second.shift) == ("Nash", (), None)


def test_a_side_that_gets_nothing_gains_by_leaving_whatever_the_answer() -> None:
    found = deal_of(
        plan("id: a, by: A, issue: banking, value: {A: -2, B: 5}", "id: b, by: B, issue: visas, value: {A: 0, B: -1}")
    )
    first, _ = left(found).alone
    assert (first.concept, first.gain, first.shift) == (None, 2, Fraction(0))


def test_two_sides_that_would_both_rather_not_gain_together() -> None:
    found = deal_of(
        plan("id: a, by: A, issue: banking, value: {A: -2, B: -1}", "id: b, by: B, issue: visas, value: {A: 1, B: -1}")
    )
    (pair,) = left(found).pairs
    assert pair.state is not None
    assert not found.happens[pair.state][0]


def test_what_the_host_holds_is_given_by_all_or_by_none() -> None:
    groups = "groups:\n- {id: g, steps: [a, b], mode: atomic}\n"
    found = deal_of(SWAP + groups)
    assert found.host == "H"
    assert found.model.parties == ("A", "B", "H")
    by_name = {found.model.name(place): found.happens[place].tolist() for place in found.model.places.tolist()}
    assert (by_name["YYYNN"], by_name["YNYNN"], by_name["NNYNN"]) == ([True, True], [False, False], [False, True])
    without = unguaranteed(found)
    assert without is not None
    held, bare = left(found).alone, left(without).alone
    assert [one.concept for one in held] == ["Nash", "Nash"]
    assert [one.concept for one in bare] == ["SEQ", "SEQ"]
    assert unguaranteed(deal_of(SWAP)) is None


def test_a_step_needs_the_steps_that_it_requires_and_a_joint_step_both_sides() -> None:
    found = deal_of(
        plan(
            "id: a, by: A, issue: banking, value: {A: -2, B: 5}",
            "id: b, by: B, issue: visas, value: {A: 4, B: -1}, requires: [a]",
            "id: c, by: A, joint_with: B, value: {A: 1, B: 1}, requires: [b]",
        )
    )
    happens = {found.model.name(place): found.happens[place].tolist() for place in found.model.places.tolist()}
    assert [one.name for one in found.model.options[:4]] == ["A:banking", "A:all", "B:visas", "B:all"]
    assert happens["YYYYNN"] == [True, True, True]
    assert happens["NYYYNN"] == [False, False, False]
    assert happens["YYYNNN"] == [True, True, False]
    assert happens["YNYYNN"] == [True, True, False]


def test_issues_of_one_track_are_one_commitment_where_there_are_very_many() -> None:
    found = deal(consultation("exercise"))
    assert {one.of for one in found.commitments} == {"track"}
    assert len(found.model.options) == 14
    assert len(found.model.places) == 2 * 65 * 33
    agreed = consultation("exercise").plan
    assert agreed is not None
    assert sorted(step for one in found.commitments for step in one.steps if one.party == "A") == sorted(
        step.id for step in agreed.steps if "A" in (step.by, step.joint_with)
    )


STEP = st.tuples(st.sampled_from("AB"), st.sampled_from(["banking", "visas"]), st.integers(-4, 6), st.integers(-4, 6))


@st.composite
def deals(draw: st.DrawFn) -> Deal:
    steps = draw(st.lists(STEP, min_size=1, max_size=4))
    steps += [("A", "banking", -1, 2), ("B", "visas", 2, -1)]
    rows = []
    for number, (by, issue, a, b) in enumerate(steps):
        needs = f", requires: [s{draw(st.integers(0, number - 1))}]" if number and draw(st.booleans()) else ""
        rows.append(f"id: s{number}, by: {by}, issue: {issue}, value: {{A: {a}, B: {b}}}{needs}")
    return deal_of(plan(*rows))


@given(deals())
def test_what_is_said_of_each_side_is_what_the_definitions_say(found: Deal) -> None:
    held = ByDefinition(found.model).stable()
    for one in left(found).alone:
        stays = {concept for concept in CONCEPTS if found.agreed in held[concept][one.party]}
        assert (one.concept is None) == (not stays)
        assert one.concept is None or one.concept in stays


@given(deals(), st.integers(0, 2**16))
def test_no_smaller_shift_of_priorities_than_was_told_makes_leaving_pay(found: Deal, seed: int) -> None:
    """Weight is moved at random, less of it than was told, and every move is tried with every answer that pays."""
    chance = np.random.default_rng(seed)
    oracle = ByDefinition(found.model)
    for one in left(found).alone:
        own = found.values[one.party]
        total = int(np.abs(own).sum())
        if one.shift == 0 or not total:
            continue
        limit = float(one.shift) if one.shift is not None else 1.0
        others = [other for other in range(len(found.model.parties)) if other != one.party]
        answers = oracle.gains(others, "+")
        for weights in _moved(np.abs(own) / total, limit * 0.999, chance):
            worth = found.happens @ (np.sign(own) * weights)
            for there in found.model.moves[one.party].targets(found.agreed).tolist():
                worst = min(worth[state] for state in (there, *oracle.reached(answers, there)))
                assert worst <= worth[found.agreed] + 1e-9


def _moved(weights: np.ndarray[tuple[int], np.dtype[np.float64]], most: float, chance: np.random.Generator) -> Iterator[
    np.ndarray[tuple[int], np.dtype[np.float64]]
]:  # fmt: skip
    for _ in range(8):
        taken = weights * chance.random(len(weights))
        taken *= min(1.0, most / taken.sum())
        yield weights - taken + taken.sum() * chance.dirichlet(np.full(len(weights), 0.3))


def test_the_exercise_lasts_while_its_sides_answer_each_other() -> None:
    told = " ".join(answered("durability", "exercise").split())
    assert "INVENTED" in told
    assert "Would gain at first by this: drops Staff and movement · drops Property" in told
    assert "at least 14 % of the weight of its priorities must shift" in told
    assert "Together, Avelmora · Belmara gain by nothing that they could do instead." in told


@pytest.mark.parametrize("path", ["exercise", ELMIRA])
@pytest.mark.parametrize("details", [(), ("--details",)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_without_the_bare_word_equilibrium(path: str | Path, details: tuple[str, ...], lang: str) -> None:
    told = answered("durability", path, *details, lang=lang)
    assert "quilibri" not in told
    assert "равновес" not in told
    assert "توازن" not in told


def test_the_json_is_of_its_schema_and_names_states_as_the_file_does() -> None:
    document = json.loads(answered("durability", ELMIRA, "--json"))
    jsonschema.validate(document, schema())
    assert document["equilibria"] == {
        "Nash": [5, 8, 9],
        "GMR": [1, 4, 5, 8, 9],
        "SMR": [1, 4, 5, 8, 9],
        "SEQ": [5, 8, 9],
    }
    assert document["stability"]["SEQ"]["LocalGov"] == [2, 3, 5, 6, 7, 8, 9]
    held = {one["state"]: one for one in document["lasting"]}
    assert held[5]["jumps"] == [{"parties": ["MoE", "Uniroyal"], "to": 8}]
    (away,) = [hold["answers"] for hold in held[1]["holds"] if hold["party"] == "LocalGov"]
    assert away == [{"to": 5, "way": [{"party": "MoE", "state": 6}], "sought": True}]
    jsonschema.validate(json.loads(answered("durability", "exercise", "--json")), schema())


def test_unknown_keys_are_passed_over_with_one_line(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(ELMIRA.read_text(encoding="utf-8") + "colour: blue\nmood: good\n", encoding="utf-8")
    done = tashawur("durability", path, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["passed_over"] == ["colour", "mood"]
    assert done.stderr.strip() == f"Passed over in {path}, since these keys are not known: colour, mood"
    assert tashawur("durability", ELMIRA).stderr == ""


def test_a_case_without_a_plan_and_a_file_that_is_not_there_are_refused(lay: Lay, tmp_path: Path) -> None:
    assert "durability.no-plan" in refused("durability", "riyadh")
    assert "settle.file-unreadable" in refused("durability", tmp_path / "nothing.yaml")
    one_sided = plan("id: a, by: A, issue: banking, value: {A: -2, B: 5}")
    with pytest.raises(NoPlanToLeaveError):
        deal_of(one_sided)
    assert "case." in refused("durability", lay({"private/plan.yaml": "kind: plan\nsteps: 4\n"}))


def test_a_plan_whose_values_the_model_cannot_hold_is_refused() -> None:
    with pytest.raises(UnmodelledPlanError):
        deal_of(
            plan(
                "id: a, by: A, issue: banking, value: {A: [-2, 0], B: 5}", "id: b, by: B, issue: banking, value: {A: 4}"
            )
        )


def test_a_step_that_requires_one_of_two_happens_with_either() -> None:
    made = deal_of(
        plan(
            "id: a, by: A, issue: banking, value: {A: -2, B: 5}",
            "id: b, by: B, issue: banking, value: {A: 4, B: -1}",
            "id: c, by: B, issue: banking, requires: [[a, b]], value: {A: 1, B: 1}",
        )
    )
    one, other, third = (made.happens[:, place] for place in range(3))
    assert (third <= (one | other)).all()
    assert (third & ~one).any()


def test_a_plan_of_more_sides_than_a_model_can_have_is_refused() -> None:
    names = [f"P{number}" for number in range(8)]
    parties = "".join(f"- {{id: {name}, name: {{en: {name}}}}}\n" for name in names)
    roles = "".join(f"- {{party: {name}, role: side}}\n" for name in names)
    case = GOOD["consultation.yaml"].replace("roles:\n", f"{parties}roles:\n{roles}")
    steps = [f"id: s{name}, by: {name}, value: {{{name}: -1}}" for name in names]
    with pytest.raises(TooManySidesError, match="8 sides"):
        deal(made({**GOOD, "consultation.yaml": case, "private/plan.yaml": plan(*steps)}))
    few = deal(made({**GOOD, "consultation.yaml": case, "private/plan.yaml": plan(*steps[:7])}))
    assert {one.of for one in few.commitments} == {"all"}
    assert len(few.model.options) == 14


def test_no_points_are_told_without_details_and_none_by_repr() -> None:
    found = examined("exercise")
    assert "points" not in answered("durability", "exercise").replace("points of contact", "")
    assert "points at first" in answered("durability", "exercise", "--details")
    alone = left(deal_of(SWAP)).alone[0]
    assert "gain" not in repr(alone)
    assert "shift" not in repr(alone)
    told = telling(found, Words("en"), details=False)
    assert isinstance(told, PackageTelling)
    assert told.guarantee() == "Without the host's guarantee the sides would be held as firmly."


def test_what_the_guarantee_does_is_said(lay: Lay) -> None:
    groups = "groups:\n- {id: g, steps: [a, b], mode: atomic}\n"
    told = answered("durability", lay({"private/plan.yaml": SWAP + groups}))
    assert "The package lasts: no side has a move of its own that is better for it." in told
    assert "Without the host's guarantee these would be held less firmly: Arvonia · Belmara." in told


def test_a_package_that_does_not_last_is_said_to_be_so(lay: Lay) -> None:
    steps = ("id: a, by: A, issue: banking, value: {A: -2, B: 5}", "id: b, by: B, issue: visas, value: {A: 0, B: -1}")
    told = " ".join(answered("durability", lay({"private/plan.yaml": plan(*steps)})).split())
    assert "By leaving it alone these gain, whatever the others answer: Arvonia" in told
    assert "No answer of the others that is better for them makes it regret that." in told


def test_a_side_that_withdraws_keeps_nothing() -> None:
    found = deal(consultation("exercise"))
    names = {found.model.name(place) for place in found.model.places.tolist()}
    kept = [(one.option, found.withdrawals[found.model.parties.index(one.party)]) for one in found.commitments]
    assert all(not (name[a] == "Y" and name[b] == "Y") for name, (a, b) in product(names, kept))
