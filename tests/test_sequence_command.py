"""The commands `sequence` and `harvest`: words first, numbers where they are asked for, and every way to be refused."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import Lay
from tashawur.node.sequencing import planned, sequenced
from tashawur.papers.sequence_answer import CheckAnswer, HarvestAnswer, SequenceAnswer, schema, sequence_answer
from tashawur.papers.sequence_telling import SequenceTelling
from tashawur.papers.words import Words
from tashawur.sequence.ordering import Reached, least_order, trust_of
from tashawur.sequence.units import Units
from tashawur.sequence.values import Plan, Step
from test_commands import answered, refused, tashawur
from test_sequence import CASES

PLAN = """\
parties: [A, B]
deposit: {B: 2}
steps:
- {id: a, by: A, value: {A: -2, B: 5}}
- {id: b, by: B, value: {A: 5, B: -2}}
- {id: c, by: B, value: {A: 1, B: 1}, requires: [a, b]}
"""
NUMBER_WORDS = re.compile(r"temptation|θ|theta|deposit", re.IGNORECASE)


def lay(tmp_path: Path, text: str, name: str = "plan.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def as_json(*arguments: str | Path) -> Any:
    return json.loads(answered(*arguments, "--json"))


def test_a_safe_order_is_shown_with_the_balance_after_each_step() -> None:
    told = answered("sequence", "exercise")
    assert "INVENTED" in told
    assert "There is a safe order" in told
    assert "11 of 12" in told
    assert "an instrument held by" in told
    assert "a mutually useful last step" in told
    assert not NUMBER_WORDS.search(told)


def test_points_are_shown_when_they_are_asked_for() -> None:
    told = answered("sequence", str(CASES / "06_prerequisite_breaks_safety.yaml"), "--details")
    assert re.search(r"Least trust \(θ\) +2", told)
    assert "further deposits with the host of B 2" in told


@pytest.mark.parametrize("lang", ["ar", "en", "ru"])
def test_words_come_before_numbers_in_every_language(lang: str) -> None:
    told = answered("sequence", str(CASES / "06_prerequisite_breaks_safety.yaml"), lang=lang)
    assert "θ" not in told
    assert lang == "en" or "Assurance" not in told


def test_the_answer_as_json_is_one_document_of_the_published_schema() -> None:
    for name in ("04", "06", "08", "12"):
        path = next(CASES.glob(f"{name}*.yaml"))
        found = as_json("sequence", path)
        jsonschema.validate(found, schema(SequenceAnswer))
        units = len(found["order"])
        for key in ("temptation", "exposure"):
            assert {len(row) for row in found[key].values()} == {units + 1}
        largest = max(max(row) for key in ("temptation", "withholding") for row in found[key].values())
        assert found["theta"] == largest
        assert found["safe"] == (found["theta"] == 0)
        assert found["certificate"]["statement"] == "recomputed over all done-sets"


def test_a_plan_that_leaves_a_side_worse_off_is_answered(tmp_path: Path) -> None:
    path = lay(tmp_path, PLAN.replace("A: 5, B: -2", "A: 0, B: -2"))
    found = as_json("sequence", path)
    assert found["rational"] == {"A": False, "B": True}
    assert found["theta"] == 1
    assert found["temptation"]["A"][0] == 1
    assert "leaves A worse off than none of it" in answered("sequence", path)


def test_an_interval_counts_at_its_least(tmp_path: Path) -> None:
    path = lay(tmp_path, PLAN.replace("A: 5, B: -2", "A: [0, 5], B: -2"))
    assert as_json("sequence", path)["rational"]["A"] is False


def test_one_of_several_requirements_is_enough(tmp_path: Path) -> None:
    found = as_json("sequence", lay(tmp_path, PLAN.replace("[a, b]", "[[a, b]]")))
    assert found["orders"]["possible"] == "4"


def test_days_durations_and_lags_make_a_calendar(tmp_path: Path) -> None:
    text = PLAN.replace("{id: a,", "{id: a, earliest: 2025-03-10, duration: 10, lag: 5,")
    found = as_json("sequence", lay(tmp_path, "start: 2025-03-01\n" + text))
    assert found["days"][0] == ["2025-03-10", "2025-03-25"]
    assert "10 March 2025" in answered("sequence", lay(tmp_path, "start: 2025-03-01\n" + text))


def test_a_side_answers_for_itself_by_its_own_values_alone(tmp_path: Path) -> None:
    own = {side: lay(tmp_path, re.sub(rf"(?<=[{{ ]){other}: -?\d(, )?", "", PLAN), f"{side}.yaml")
           for side, other in (("A", "B"), ("B", "A"))}  # fmt: skip
    assert "B: 5" not in own["A"].read_text(encoding="utf-8")
    found = as_json("sequence", lay(tmp_path, PLAN))
    good = lay(tmp_path, json.dumps(found), "good.json")
    bad = lay(tmp_path, json.dumps([["b"], ["a"], ["c"]]), "bad.json")
    for side in "AB":
        assert answered("sequence", own[side], "--check", good, "--side", side) == "yes\n"
    assert answered("sequence", own["A"], "--check", bad, "--side", "A") == "no\n"
    told = as_json("sequence", own["A"], "--check", bad, "--side", "A")
    jsonschema.validate(told, schema(CheckAnswer))
    assert told == {"format": "tashawur.sequence-check/1", "side": "A", "safe": False}


def test_steps_side_by_side_are_looked_at_in_every_order_in_which_they_can_come(tmp_path: Path) -> None:
    plan = lay(tmp_path, PLAN)
    together = lay(tmp_path, '[["a", "b"], ["c"]]', "order.json")
    assert answered("sequence", plan, "--check", together, "--side", "A") == "no\n"
    assert answered("sequence", plan, "--check", together, "--side", "B") == "yes\n"


def test_unknown_keys_are_passed_over_with_one_line(tmp_path: Path) -> None:
    done = tashawur(
        "sequence", lay(tmp_path, "colour: blue\n" + PLAN.replace("{id: c,", "{id: c, mood: good,")), "--json"
    )
    assert done.returncode == 0
    assert done.stderr == "Passed over, since the format has no such keys: colour · steps/2/mood\n"


def test_what_a_time_limit_left_open_is_told_as_the_best_so_far_and_never_as_proven() -> None:
    told = sequenced(planned(str(CASES / "06_prerequisite_breaks_safety.yaml")), 20, remedied=False)
    assert told.found.trust == Reached(2, 2)
    left_open = replace(told, found=replace(told.found, trust=Reached(2, 1), method="solver"))
    assert left_open.statement == "not proved: the best that was found in time"
    certificate = sequence_answer(left_open).certificate
    assert (certificate.proven, certificate.theta_bound) == (False, 1)
    telling = SequenceTelling(left_open, Words("en"), details=True)
    assert telling.verdict().startswith("No safe order was found in the time given")
    assert ("Least trust (θ)", "2; none is below 1") in telling.points()


def test_the_best_so_far_of_a_hard_plan_comes_with_a_bound() -> None:
    """Whether sixty numbers can be parted into equal sums can be too much for a tenth of a second."""
    drawn = random.Random(0)
    parts = [2 * drawn.randint(1, 20) for _ in range(58)]
    half = sum(parts) // 2
    steps = [Step(f"x{n}", ("A",), {"A": -part, "B": part}) for n, part in enumerate(parts)]
    steps += [Step(f"b{n}", ("B",), {"A": half, "B": -half}) for n in range(2)]
    units = Units(Plan(("A", "B"), tuple(steps), deposits={"B": half - 1}))
    order, reached = least_order(units, 0.1)
    assert reached.bound <= reached.value == trust_of(units, order)


def test_what_the_harvest_costs_is_told_in_words_and_in_points() -> None:
    call = ("harvest", "exercise", "--without", "open_track", "--without", "venue_rule")
    told = " ".join(answered(*call).split())
    both = "Banking for missions · Agrément for ambassadors safe by itself; the rest then has less to wait for"
    assert both in told
    assert not NUMBER_WORDS.search(told)
    found = as_json(*call)
    jsonschema.validate(found, schema(HarvestAnswer))
    row = next(one for one in found["early"] if one["issues"] == ["banking", "ambassadors"])
    assert (found["theta"], row["theta_rest"]) == (0, 1)
    asked = as_json("harvest", "exercise", "ambassadors", "banking", *call[2:])
    assert [one["issues"] for one in asked["early"]] == [["banking", "ambassadors"]]


def test_the_report_is_one_page_in_three_languages(tmp_path: Path) -> None:
    path = tmp_path / "order.html"
    answered("sequence", "exercise", "--report", path)
    page = path.read_text(encoding="utf-8")
    for lang in ("ar", "en", "ru"):
        assert f'<main lang="{lang}"' in page
    assert page.count('class="lane"') == 3 * 22
    assert "θ" not in page


def test_a_consultation_with_dates_alternatives_and_deposits_is_read(lay: Lay) -> None:
    plan = """\
kind: plan
package: {banking: notes, visas: deadline}
deposit: {A: 1}
start: 2025-05-01
steps:
- {id: one, by: A, value: {A: -1, B: [2, 4]}, title: {en: One}, issue: banking, duration: 3, lag: 1}
- {id: two, by: B, value: {A: 2, B: -1}, title: {en: Two}, issue: visas, earliest: 2025-06-01}
- {id: end, by: A, joint_with: B, value: {A: 1, B: 1}, title: {en: End}, requires: [[one, two]]}
bonuses: [{steps: [one, two], value: {A: 1}}]
"""
    found = as_json("sequence", lay({"private/plan.yaml": plan}))
    assert found["theta"] == 0
    assert found["days"][0][0].startswith("2025-0")


WRONG = [
    ("cyclic prerequisites", PLAN.replace("{id: a,", "{id: a, requires: [c],"), "sequence.cycle", "steps/0/requires"),
    ("an unknown performer", PLAN.replace("by: A", "by: C"), "sequence.unknown-party", "steps/0/by"),
    ("a value for no party", PLAN.replace("{A: 1, B: 1}", "{A: 1, C: 1}"), "sequence.unknown-party", "steps/2/value/C"),
    ("a deposit of no party", PLAN.replace("{B: 2}", "{C: 2}"), "sequence.unknown-party", "deposit/C"),
    ("an unknown step", PLAN.replace("[a, b]", "[a, x]"), "sequence.unknown-step", "steps/2/requires"),
    (
        "groups that overlap",
        PLAN + "groups:\n- {steps: [a, b], mode: atomic}\n- {steps: [b, c], mode: atomic}\n",
        "sequence.overlap",
        "groups/1/steps",
    ),
    (
        "a group with its own prerequisite",
        PLAN + "groups: [{steps: [a, c], mode: simultaneous}]\n",
        "sequence.requires-own-group",
        "steps/2/requires",
    ),
    (
        "groups that wait for each other",
        PLAN.replace("{id: a,", "{id: a, requires: [x],")
        + "- {id: x, by: A, value: {A: 1}, requires: [b]}\ngroups: [{steps: [a, b], mode: atomic}]\n",
        "sequence.cycle",
        "steps/0/requires",
    ),
    (
        "two hundred steps",
        "parties: [A]\nsteps:\n" + "".join(f"- {{id: s{n}, by: A, value: {{A: 1}}}}\n" for n in range(200)),
        "sequence.too-many",
        "steps",
    ),
    ("no steps", "parties: [A]\nsteps: []\n", "sequence.nothing", "plan.yaml"),
    ("no list of steps", "parties: [A]\n", "settle.file-missing-part", "plan.yaml"),
    ("a step twice", PLAN.replace("id: b", "id: a"), "sequence.twice", "steps/1"),
    ("a party twice", PLAN.replace("[A, B]\nd", "[A, A]\nd"), "sequence.twice", "parties/1"),
    ("no number", PLAN.replace("A: -2", "A: few"), "sequence.number", "steps/0/value/A"),
    ("a fraction", PLAN.replace("A: -2", "A: 0.5"), "sequence.number", "steps/0/value/A"),
    ("too large a number", PLAN.replace("A: -2", f"A: {2**53 + 1}"), "sequence.number", "steps/0/value/A"),
    ("three numbers", PLAN.replace("A: -2", "A: [1, 2, 3]"), "sequence.number", "steps/0/value/A"),
    ("an interval backwards", PLAN.replace("A: -2", "A: [2, 1]"), "sequence.interval", "steps/0/value/A"),
    ("a deposit below zero", PLAN.replace("{B: 2}", "{B: -2}"), "sequence.negative", "deposit/B"),
    ("no such mode", PLAN + "groups: [{steps: [a, b], mode: fast}]\n", "sequence.mode", "groups/0/mode"),
    ("a group of one", PLAN + "groups: [{steps: [a], mode: atomic}]\n", "sequence.small-group", "groups/0/steps"),
    ("no day", PLAN.replace("{id: a,", "{id: a, earliest: 2025-02-30,"), "sequence.day", "steps/0/earliest"),
    ("no number of days", PLAN.replace("{id: a,", "{id: a, lag: -1,"), "sequence.days", "steps/0/lag"),
    ("broken YAML", PLAN.replace("[A, B]", "[A, B"), "settle.file-broken-yaml", "plan.yaml"),
]


@pytest.mark.parametrize(("text", "code", "place"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
@pytest.mark.parametrize("command", ["sequence", "harvest"])
def test_what_is_wrong_in_a_plan_is_one_line_with_place_and_remedy(
    tmp_path: Path, command: str, text: str, code: str, place: str
) -> None:
    told = refused(command, lay(tmp_path, text))
    assert told.count("\n") == 0
    assert told.endswith(f"[{code}]")
    assert place in told
    assert not re.search(r"-2|: 5", told), "no number of a side is told"


ORDERS = [
    ("no JSON", "order", "sequence.order-json"),
    ("no list", '{"order": 7}', "sequence.order-form"),
    ("no order", "{}", "settle.file-missing-part"),
    ("an empty unit", "[[]]", "sequence.order-form"),
    ("an unknown step", '[["a"], ["b"], ["d"]]', "sequence.unknown-step"),
    ("a step twice", '[["a"], ["a"]]', "sequence.twice"),
    ("a missing step", '[["a"], ["b"]]', "sequence.missing-step"),
    ("too early", '[["c"], ["a"], ["b"]]', "sequence.too-early"),
]


@pytest.mark.parametrize(("text", "code"), [one[1:] for one in ORDERS], ids=[one[0] for one in ORDERS])
def test_what_is_wrong_in_an_order_is_one_line(tmp_path: Path, text: str, code: str) -> None:
    order = lay(tmp_path, text, "order.json")
    told = refused("sequence", lay(tmp_path, PLAN), "--check", order, "--side", "A")
    assert told.count("\n") == 0
    assert told.endswith(f"[{code}]")


def test_an_order_that_parts_a_group_is_refused(tmp_path: Path) -> None:
    plan = lay(tmp_path, PLAN + "groups: [{steps: [a, b], mode: atomic}]\n")
    order = lay(tmp_path, '[["a"], ["b"], ["c"]]', "order.json")
    assert refused("sequence", plan, "--check", order, "--side", "A").endswith("[sequence.parted]")


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (["sequence", "riyadh"], "[sequence.no-plan]"),
        (["sequence", "nowhere.yaml"], "[settle.file-unreadable]"),
        (["sequence", "exercise", "--without", "nothing"], "[case.unknown-name]"),
        (["sequence", "exercise", "--without", "a_note"], ""),
        (["sequence", "exercise", "--without", "b_staff_quota"], "[sequence.unknown-step]"),
        (["sequence", "exercise", "--side", "A"], "--check and --side go together"),
        (["harvest", "exercise", "weather"], "[case.unknown-name]"),
        (["harvest", "exercise", "--together", "0"], "whole one from 1 on"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_a_bad_call_is_one_line(call: list[str], code: str) -> None:
    if not code:
        answered(*call)
        return
    told = refused(*call)
    assert told.count("\n") == 0
    assert code in told


def test_the_track_that_was_left_out_is_told_of_where_no_order_is_safe_without_it(tmp_path: Path) -> None:
    text = PLAN.replace("deposit: {B: 2}\n", "").replace(
        "requires: [a, b]", "requires: [a, b], trigger: {event: peace, needs_signature_of: [A, B]}"
    )
    path = lay(tmp_path, text.replace("{A: 1, B: 1}", "{A: 2, B: 2}"))
    whole = as_json("sequence", path)
    assert (whole["theta"], whole["theta_uncounted"]) == (0, 2)
    assert "Without counting on it no order is safe." in " ".join(answered("sequence", path).split())
    found = as_json("sequence", path, "--without", "c")
    assert (found["theta"], found["remedies"]["conditional_counted"]) == (2, 0)
    assert found["last_step_tempts"] is True


def test_a_harvest_of_a_long_plan_looks_at_each_issue_alone(tmp_path: Path) -> None:
    pairs = [(f"a{n}", f"b{n}") for n in range(14)]
    steps = []
    for a, b in pairs:
        steps.append({"id": a, "by": "A", "issue": f"i{a[1:]}", "value": {"A": -1, "B": 3}})
        steps.append({"id": b, "by": "B", "issue": f"i{a[1:]}", "value": {"A": 3, "B": -1}})
    path = lay(tmp_path, json.dumps({"parties": ["A", "B"], "deposit": {"A": 1, "B": 1}, "steps": steps}), "long.json")
    found = as_json("harvest", path)
    assert len(found["early"]) == 14
    assert {one["theta_rest"] for one in found["early"]} == {0}
