"""From the files of a case to what a side can accept: briefs in words, combinations, and every form of constraint."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from conftest import BRIEF, BRIEF_IN_WORDS, REGISTER, Lay
from tashawur.node.briefs import opinion
from tashawur.node.cases import consultation
from tashawur.settle.case import Drawn, drawn
from tashawur.settle.consent import consent
from tashawur.settle.words import judge, question
from tashawur.store.folder import consultation_in
from tashawur.terms.errors import ContradictoryBriefError, UnknownNameError
from test_commands import answered, refused, tashawur

WORDS = Path(__file__).parent / "briefs_in_words"
RULE = "if: {banking: [notes]}, then: {visas: [deadline]},"


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    """The exercise, both sides speaking in words."""
    folder = tmp_path / "exercise"
    assert tashawur("case", "new", folder, "--like", "exercise").returncode == 0
    for name in ("A", "B"):
        (folder / "briefs" / f"{name}.yaml").write_bytes((WORDS / f"{name.lower()}.yaml").read_bytes())
    return folder


def kept(lay: Lay, form: str) -> list[tuple[int, ...]]:
    """The packages of banking and visas that keep a constraint."""
    found = drawn(consultation_in(lay({"register.yaml": REGISTER.replace(RULE, form)}))).scenario
    return [package for package in ((a, b) for a in range(2) for b in range(2)) if found.feasible(package)]


def test_every_form_of_constraint_rules_out_packages(lay: Lay) -> None:
    assert kept(lay, RULE) == [(0, 0), (0, 1), (1, 1)]
    assert kept(lay, "excludes: {banking: [notes], visas: [deadline]},") == [(0, 0), (0, 1), (1, 0)]
    assert kept(lay, "at_most: {count: 0, of: {banking: [notes]}},") == [(0, 0), (0, 1)]
    assert kept(lay, "at_most: {count: 1, of: {banking: [notes], visas: [deadline]}},") == [(0, 0), (0, 1), (1, 0)]
    assert kept(lay, "budget: {limit: 2, costs: {banking: {notes: 2}, visas: {deadline: 3}}},") == [(0, 0), (1, 0)]


def test_points_for_a_combination_count(lay: Lay) -> None:
    more = "bonuses:\n- {when: {banking: [notes], visas: [deadline]}, points: -4}\n"
    side = drawn(consultation_in(lay({"private/brief.yaml": BRIEF + more}))).scenario.sides[0]
    assert [side.value(package) for package in ((0, 0), (1, 0), (0, 1), (1, 1))] == [0, 14, -3, 7]


def test_a_brief_in_words_becomes_a_side_that_speaks_in_words(lay: Lay) -> None:
    found = drawn(consultation_in(lay({"private/brief.yaml": BRIEF_IN_WORDS})))
    (side,) = found.worded
    assert (side.words, side.ranks, side.least) == (((2, 3), (3, 0)), ((0,), (1,), ()), (1, 0))
    assert len(side.lines) == 2
    assert [dict(one.better) for one in side.comparisons] == [{0: 1, 1: 0}]
    assert [dict(one.than) for one in side.comparisons] == [{0: 0, 1: 1}]
    assert [one.name for one in found.scenario.sides] == [""]


def test_an_irritant_without_words_makes_no_difference_and_comes_last(lay: Lay) -> None:
    text = "kind: brief\nparty: A\nwords: {visas: {status_quo: can_live_with, deadline: want}}\n"
    (side,) = drawn(consultation_in(lay({"private/brief.yaml": text}))).worded
    assert side.words[0] == (2, 2)
    assert judge(side, (1, 0)).verdict == judge(side, (1, 1)).verdict == "surely"


def test_a_brief_in_words_stands_in_place_of_an_estimate(lay: Lay) -> None:
    text = "kind: brief\nparty: H\nwords: {banking: {status_quo: want, notes: can_live_with}}\n"
    found = drawn(consultation_in(lay({"private/h.yaml": text})))
    assert found.overruled == ("H",)
    assert found.scenario.absent == ()
    assert [side.name for side in found.worded] == ["H"]


def test_the_exercise_in_words_can_be_settled_by_questions(exercise: Path) -> None:
    """Both sides answer the questions with yes, until the package stands for both."""
    found = drawn(consultation_in(exercise))
    first = consent(found.scenario, found.worded)
    assert first.standing == "possibly"
    assert first.package is not None
    assert first.possibly is not None
    assert first.possibly > 1
    for side in found.worded:
        assert judge(side, first.package).verdict == "possibly"
    agreed = _answering_yes(exercise, found, first.package)
    again = consent(agreed.scenario, agreed.worded)
    assert again.standing == "surely"
    assert again.package is not None
    assert again.package <= first.package


def _answering_yes(folder: Path, found: Drawn, package: tuple[int, ...]) -> Drawn:
    """The same consultation once the sides wrote their answers into their files."""
    names = found.scenario.issues
    for place, side in enumerate(found.worded):
        text = (folder / "briefs" / f"{side.name}.yaml").read_text(encoding="utf-8") + "comparisons:\n"
        while (pair := question(drawn(consultation_in(folder)).worded[place], package)) is not None:
            one, other = ({names[i].name: names[i].options[o] for i, o in part.items()} for part in pair)
            text += f"- {json.dumps({'better': one, 'than': other, 'or_equal': True})}\n"
            (folder / "briefs" / f"{side.name}.yaml").write_text(text, encoding="utf-8")
    return drawn(consultation_in(folder))


def test_a_side_asks_what_its_own_brief_says_of_a_package(exercise: Path) -> None:
    told = json.loads(answered("brief", exercise, "A", "local_staff=lifted", "b_property=staged", "--json"))
    assert told["format"] == "tashawur.brief/1"
    assert told["verdict"] == "possibly"
    assert told["package"]["local_staff"] == "lifted"
    assert told["better"] == ["local_staff"]
    assert set(told["question"][0]) <= set(told["better"]) | set(told["worse"])
    never = json.loads(answered("brief", exercise, "B", "b_property=inspection", "--json"))
    assert (never["verdict"], never["red_lines"], never["question"]) == ("not", [["b_property"]], None)


@pytest.mark.parametrize("lang", ["ar", "en", "ru"])
def test_the_answer_is_told_in_three_languages(exercise: Path, lang: str) -> None:
    told = answered("brief", exercise, "A", "local_staff=lifted", "b_property=staged", lang=lang)
    assert "{better: {local_staff: lifted" in told
    assert len(told.splitlines()) > 8


def test_points_answer_too_and_show_no_number() -> None:
    told = opinion(consultation("exercise"), "A", ["local_staff=lifted"])
    assert told.judged.verdict == "surely"
    assert opinion(consultation("exercise"), "A", ["flights=resume"]).judged.verdict == "not"
    assert repr(told) == "Opinion(side='A')"
    shown = answered("brief", "exercise", "A", "local_staff=lifted") + answered("brief", "exercise", "A", "--json")
    assert not any(number in shown for number in ("30", "25", "34"))


def test_what_is_not_there_is_refused_in_one_line(exercise: Path, lay: Lay) -> None:
    assert "[case.unknown-name]" in refused("brief", exercise, "C")
    assert "[case.unknown-name]" in refused("brief", exercise, "A", "flight=resume")
    assert "[case.unknown-name]" in refused("brief", exercise, "A", "flights")
    assert "[settle.in-words]" in refused("frontier", exercise)
    with pytest.raises(UnknownNameError):
        opinion(consultation_in(lay()), "B", [])


def test_answers_that_contradict_are_refused_by_their_places(lay: Lay) -> None:
    more = "- {better: {visas: deadline}, than: {}}\n- {better: {banking: status_quo}, than: {banking: notes}}\n"
    text = BRIEF_IN_WORDS.replace("red_lines:", more + "red_lines:")
    with pytest.raises(ContradictoryBriefError) as caught:
        drawn(consultation_in(lay({"private/brief.yaml": text})))
    assert caught.value.words == {"party": "A", "places": "3"}


def test_what_reckons_with_points_is_not_asked_of_words(lay: Lay, tmp_path: Path) -> None:
    folder = lay({"private/brief.yaml": BRIEF_IN_WORDS})
    assert "[settle.in-words]" in refused("frontier", folder)
    assert "[settle.in-words]" in refused("convert", folder, tmp_path / "out", "--to", "csv")
    assert not (tmp_path / "out").exists()


def test_a_point_of_a_brief_may_be_a_part_of_what_the_side_counts_in(lay: Lay) -> None:
    for unit, worth in (("0.25", Fraction(7, 2)), ("1/3", Fraction(14, 3))):
        folder = lay({"private/brief.yaml": BRIEF + f"unit: '{unit}'\n"})
        side = drawn(consultation_in(folder)).scenario.sides[0]
        assert side.on_own_scale(side.value((1, 0))) == worth
    for unit in ("0", "0/3", "0.00", "-1", "1/0", "٢", "1e-3", "1" * 41):
        told = refused("case", "check", lay({"private/brief.yaml": BRIEF + f"unit: '{unit}'\n"}))
        assert "private/brief.yaml:" in told.splitlines()[0]
