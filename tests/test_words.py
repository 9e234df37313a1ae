"""Sides that speak in words: what they surely accept, held against every score that fits their words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import settling
import wording
from tashawur.settle.consent import Consent, consent, public
from tashawur.settle.linear import Point, Proof, fulfilled
from tashawur.settle.values import Box, Issue, Scenario, ScenarioError
from tashawur.settle.words import (
    SMALL,
    WORDS,
    Comparison,
    ContradictionError,
    Score,
    Worded,
    at_least,
    below,
    contradiction,
    judge,
    question,
)


@given(
    rows=st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=6),
    least=st.lists(st.integers(-4, 4), min_size=6, max_size=6),
)
def test_linear_conditions_are_fulfilled_or_proved_to_contradict(rows: list[list[int]], least: list[int]) -> None:
    bounds = least[: len(rows)]
    found = fulfilled(rows, bounds, 3)
    if isinstance(found, Point):
        assert found.scale > 0
        assert min(found.values) >= 0
        for row, bound in zip(rows, bounds, strict=True):
            assert sum(a * b for a, b in zip(row, found.values, strict=True)) >= bound * found.scale
    else:
        assert min(found.numbers) >= 0
        for column in zip(*rows, strict=True):
            assert sum(a * b for a, b in zip(column, found.numbers, strict=True)) <= 0
        assert sum(a * b for a, b in zip(bounds, found.numbers, strict=True)) > 0


@st.composite
def minds(draw: st.DrawFn, *, most: int = 3, lines: bool = True) -> tuple[Score, Worded]:
    score = draw(wording.tables(draw(wording.shapes())))
    return score, draw(wording.spoken(score, most=most, lines=lines))


@given(mind=minds())
def test_words_are_never_read_against_the_score_that_was_meant(mind: tuple[Score, Worded]) -> None:
    meant, side = mind
    assume(wording.fits(side, meant))
    for package in wording.packages(side):
        accepted = wording.accepts(side, meant, package)
        assert judge(side, package).verdict in ({"surely", "possibly"} if accepted else {"not", "possibly"})


@given(mind=minds(), data=st.data())
def test_surely_possibly_and_not_hold_over_all_scores_that_fit(mind: tuple[Score, Worded], data: st.DataObject) -> None:
    _, side = mind
    ranks = data.draw(st.permutations(side.ranks))
    side = replace(side, ranks=tuple(ranks))
    assume(side.size <= 5)
    assume(not contradiction(side))
    fitting = list(wording.scores(side, 4))
    for package in wording.packages(side):
        judged = judge(side, package)
        answers = {wording.accepts(side, score, package) for score in fitting}
        match judged.verdict:
            case "surely":
                assert answers <= {True}
            case "not":
                assert answers <= {False}
            case "possibly":
                assert judged.accepting is not None
                assert judged.refusing is not None
                assert wording.fits(side, judged.accepting)
                assert wording.fits(side, judged.refusing)
                assert wording.accepts(side, judged.accepting, package)
                assert not wording.accepts(side, judged.refusing, package)


@given(mind=minds(lines=False))
def test_a_loss_is_made_good_by_what_matters_more(mind: tuple[Score, Worded]) -> None:
    _, side = mind
    side = replace(side, comparisons=())
    ranks = {issue: place for place, rank in enumerate(side.ranks) for issue in rank}
    for package in wording.packages(side):
        judged = judge(side, package)
        pairs = dict(judged.made_good)
        assert len(set(pairs.values())) == len(pairs)
        assert all(ranks[by] < ranks[of] for of, by in pairs.items())
        match judged.verdict:
            case "surely":
                assert set(pairs) == set(judged.worse)
                assert set(pairs.values()) <= set(judged.better)
            case "not":
                assert set(pairs) == set(judged.better)
                assert set(pairs.values()) <= set(judged.worse)


@given(mind=minds(most=1), data=st.data())
def test_questions_lead_to_the_answer_and_none_is_asked_where_it_is_sure(
    mind: tuple[Score, Worded], data: st.DataObject
) -> None:
    meant, side = mind
    assume(wording.fits(side, meant))
    package = data.draw(st.sampled_from(list(wording.packages(side))))
    asked = 0
    while (pair := question(side, package)) is not None:
        assert judge(side, package).verdict == "possibly"
        one, other = pair
        assert one.keys() == other.keys()
        told = wording.truth(meant, one, other)
        side = replace(side, comparisons=(*side.comparisons, told))
        asked += 1
        assert asked <= 12
    assert judge(side, package).verdict == ("surely" if wording.accepts(side, meant, package) else "not")


@given(mind=minds(), wrong=st.data())
def test_answers_that_contradict_each_other_are_found_none_to_spare(
    mind: tuple[Score, Worded], wrong: st.DataObject
) -> None:
    _, side = mind
    shape = tuple(map(len, side.words))
    random = [Comparison(wrong.draw(wording.parts(shape)), wrong.draw(wording.parts(shape))) for _ in range(2)]
    side = replace(side, comparisons=(*side.comparisons, *random))
    places = contradiction(side)
    assume(side.size <= 5)
    if not places:
        assert judge(side, side.least).verdict in {"surely", "not"}
        return
    assert not list(wording.scores(side, 3))
    with pytest.raises(ContradictionError) as caught:
        judge(side, side.least)
    assert caught.value.answers == places
    for place in places:
        rest = tuple(side.comparisons[other] for other in places if other != place)
        assert contradiction(replace(side, comparisons=rest)) == ()


NEVER, RATHER_NOT, CAN, WANT, MUST = map(WORDS.index, ("never", "would_rather_not", "can_live_with", "want", "must"))


def side(*words: tuple[int, ...], ranks: tuple[tuple[int, ...], ...] | None = None, **more: object) -> Worded:
    order = tuple((issue,) for issue in range(len(words))) if ranks is None else ranks
    return Worded("A", words, order, (0,) * len(words), **more)  # type: ignore[arg-type]


def test_what_matters_more_pays_for_what_matters_less_and_not_the_other_way_round() -> None:
    words = (CAN, WANT, RATHER_NOT), (CAN, RATHER_NOT, RATHER_NOT)
    gains_first = side(*((CAN, WANT), (WANT, CAN)))
    assert judge(gains_first, (1, 1)).verdict == "surely"
    assert judge(gains_first, (1, 1)).made_good == ((1, 0),)
    assert judge(side((WANT, CAN), (CAN, WANT)), (1, 1)).verdict == "not"
    assert judge(side((WANT, CAN), (CAN, WANT), ranks=((0, 1),)), (1, 1)).verdict == "possibly"
    # Half of what matters most may be less than all of what matters less.
    assert judge(side(*words), (1, 1)).verdict == "possibly"


def test_never_and_must_are_red_lines() -> None:
    never = side((CAN, WANT, NEVER))
    assert [judge(never, (option,)).verdict for option in range(3)] == ["surely", "surely", "not"]
    assert judge(never, (2,)).crossed == (Box({0: frozenset({2})}),)
    must = side((NEVER, WANT, MUST))
    assert [judge(must, (option,)).verdict for option in range(3)] == ["not", "not", "surely"]


def test_an_answer_decides_and_is_named_as_the_reason() -> None:
    equal = side((WANT, CAN), (CAN, WANT), ranks=((0, 1),))
    assert question(equal, (1, 1)) == ({0: 1, 1: 1}, {0: 0, 1: 0})
    yes = replace(equal, comparisons=(Comparison({0: 1, 1: 1}, {0: 0, 1: 0}, or_equal=True),))
    assert (judge(yes, (1, 1)).verdict, judge(yes, (1, 1)).answers) == ("surely", (0,))
    no = replace(equal, comparisons=(Comparison({0: 0, 1: 0}, {0: 1, 1: 1}),))
    assert (judge(no, (1, 1)).verdict, judge(no, (1, 1)).answers) == ("not", (0,))
    assert question(yes, (1, 1)) is None
    assert question(no, (1, 1)) is None


def test_a_question_concerns_few_issues_of_many() -> None:
    """Ten losses are made good one by one; only the last pair is open."""
    words = [(CAN, WANT)] * 10 + [(WANT, CAN)] * 10
    ranks = (*((issue,) for issue in range(9)), *((issue,) for issue in range(10, 19)), (9, 19))
    big = side(*words, ranks=ranks)
    assert judge(big, (1,) * 20).verdict == "possibly"
    pair = question(big, (1,) * 20)
    assert pair is not None
    assert set(pair[0]) == {9, 19}
    assert len(pair[0]) <= SMALL


@st.composite
def tables_with_words(draw: st.DrawFn, most: int = 2) -> tuple[Scenario, list[Worded]]:
    scenario = draw(settling.scenarios(most=2))
    shape = tuple(len(issue.options) for issue in scenario.issues)
    worded = []
    for name in range(draw(st.integers(1, 2))):
        score = draw(wording.tables(shape))
        spoken = draw(wording.spoken(score, f"worded {name}", most=most))
        assume(wording.fits(spoken, score))
        worded.append(spoken)
    if draw(st.booleans()):
        scenario = public(scenario.issues, scenario.forbidden, scenario.budgets)
    return scenario, worded


def surely_better(scenario: Scenario, worded: list[Worded], one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """For some side, whatever it means, and as good for all others."""
    forms = [(spoken, spoken.form(dict(enumerate(one)), dict(enumerate(other)))) for spoken in worded]
    if not all(isinstance(below(spoken, form), Proof) for spoken, form in forms):
        return False
    values = list(zip(scenario.values(one), scenario.values(other), strict=True))
    if any(a < b for a, b in values):
        return False
    back = [at_least(spoken, tuple(-value for value in form)) for spoken, form in forms]
    return any(a > b for a, b in values) or any(isinstance(found, Proof) for found in back)


@given(table=tables_with_words())
def test_a_package_that_every_side_accepts_is_found_or_proved_away_and_none_is_better_for_all(
    table: tuple[Scenario, list[Worded]],
) -> None:
    scenario, worded = table
    verdicts = {
        package: {judge(spoken, package).verdict for spoken in worded}
        for package in settling.packages(scenario)
        if scenario.acceptable(package)
    }
    surely = [package for package, told in verdicts.items() if told == {"surely"}]
    possibly = [package for package, told in verdicts.items() if "not" not in told]
    found = consent(scenario, worded)
    assert found.standing == ("surely" if surely else "possibly" if possibly else "none")
    assert (found.package is None) == (found.standing == "none")
    if found.package is not None:
        assert found.package in (surely or possibly)
        assert not any(surely_better(scenario, worded, other, found.package) for other in surely or possibly)
    if not any(spoken.comparisons for spoken in worded):
        assert (found.surely, found.possibly) == (len(surely), len(possibly))


def only(*package: int) -> Scenario:
    """Two options on each issue, and no other package than this keeps the public rules."""
    issues = tuple(Issue(str(place), ("x", "y")) for place in range(len(package)))
    return public(issues, [Box({issue: frozenset({1 - option})}) for issue, option in enumerate(package)])


def test_issues_of_one_rank_may_pay_for_each_other_but_not_surely() -> None:
    equal = side((WANT, CAN), (CAN, WANT), ranks=((0, 1),))
    assert consent(only(1, 1), [equal]) == Consent("possibly", (1, 1), 0, 1)
    no = replace(equal, comparisons=(Comparison({0: 0, 1: 0}, {0: 1, 1: 1}),))
    assert consent(only(1, 1), [no]) == Consent("none", None, 0, 0)
    yes = replace(equal, comparisons=(Comparison({0: 1, 1: 1}, {0: 0, 1: 0}, or_equal=True),))
    assert consent(only(1, 1), [no, yes]).standing == "none"
    assert consent(only(1, 1), [yes]) == Consent("surely", (1, 1), None, None)


def test_the_least_that_a_side_can_accept_counts_among_what_it_accepts() -> None:
    content = side((CAN, RATHER_NOT), (CAN, RATHER_NOT))
    assert consent(public(only(0, 0).issues), [content]) == Consent("surely", (0, 0), 1, 1)


def test_of_many_packages_one_is_named_that_is_best_for_all() -> None:
    glad = side(*[(CAN, WANT)] * 12)
    rule = Box(dict.fromkeys(range(12), frozenset({0})))
    found = consent(public(only(*[0] * 12).issues, [rule]), [glad])
    assert found == Consent("surely", (1,) * 12, 2**12 - 1, 2**12 - 1)


def test_nothing_that_a_side_said_is_shown() -> None:
    spoken = side((CAN, WANT), (WANT, CAN), ranks=((0, 1),), comparisons=(Comparison({0: 1}, {0: 0}),))
    shown = repr(spoken) + repr(judge(spoken, (1, 1))) + repr(spoken.comparisons)
    assert shown == "Worded(name='A')Judged(verdict='possibly')(Comparison(),)"


def test_words_that_make_no_side_are_refused() -> None:
    with pytest.raises(ScenarioError, match="order"):
        Worded("A", ((0,), (0,)), ((0,),), (0, 0))
    with pytest.raises(ScenarioError, match="package"):
        Worded("A", ((0,), (0,)), ((0, 1),), (0,))
