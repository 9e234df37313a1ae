"""Two sides learn which packages both accept, and nothing else of each other's answers."""

from __future__ import annotations

import hashlib
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tashawur.blind.both import MOST, Mine, Point, Question, check_opened
from tashawur.terms.errors import ConfidentialAnswerError


def asked(number: int = 1, name: str = "question") -> Question:
    return Question(name, tuple(sorted(f"package {place}" for place in range(number))), ("A", "B"))


def mine(question: Question, side: str, *accepts: str, seed: str = "a seed") -> Mine:
    return Mine(question, side, hashlib.sha256(f"{side}{seed}".encode()).digest(), frozenset(accepts))


def both_know(one: Mine, other: Mine) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Each side's answer after the four messages, with what each fixes before it is shown."""
    question = one.question
    fixed = {each.side: each.commitment("list", each.points) for each in (one, other)}
    for each in (one, other):
        check_opened(question, each.side, "list", fixed[each.side], each.points, each.nonce("list"))
    replies = {"one": one.reply(other.points), "other": other.reply(one.points)}
    fixed = {each.side: each.commitment("reply", replies[name]) for name, each in (("one", one), ("other", other))}
    for name, each in (("one", one), ("other", other)):
        check_opened(question, each.side, "reply", fixed[each.side], replies[name], each.nonce("reply"))
    return one.matches(other.points, replies["other"]), other.matches(one.points, replies["one"])


@pytest.mark.parametrize("yes", ["AB", "A", "B", ""])
def test_one_package_is_a_match_only_where_both_accept_it(yes: str) -> None:
    question = asked()
    one, other = (mine(question, side, *(question.packages if side in yes else ())) for side in "AB")
    expected = question.packages if yes == "AB" else ()
    assert both_know(one, other) == (expected, expected)


@given(st.integers(1, 12), st.integers(0, 2**32))
def test_both_learn_exactly_what_both_accept(number: int, seed: int) -> None:
    question, chance = asked(number), Random(seed)
    accepts = [frozenset(name for name in question.packages if chance.random() < 0.5) for _ in "AB"]
    one, other = (mine(question, side, *chosen, seed=str(seed)) for side, chosen in zip("AB", accepts, strict=True))
    expected = tuple(sorted(accepts[0] & accepts[1]))
    assert both_know(one, other) == (expected, expected)


def test_a_no_looks_like_a_yes() -> None:
    question = asked(3)
    no, yes = mine(question, "A"), mine(question, "A", *question.packages)
    other = mine(question, "B")
    assert len(no.points) == len(yes.points) == 3
    # What the other side sees of either, when it accepts nothing itself, has no point in common with anything it holds.
    for each in (no, yes):
        seen = {*each.points, *each.reply(other.points)}
        assert not seen & {*other.points, *other.reply(each.points)}
        assert len(seen) == 6


def test_nothing_is_recognised_from_one_question_to_another() -> None:
    first, second = (mine(asked(3, name), "A", "package 0") for name in ("one", "two"))
    assert not set(first.points) & set(second.points)


def test_it_follows_from_the_seed_alone_so_a_node_goes_on_after_a_fall() -> None:
    question = asked(5)
    assert mine(question, "A", "package 3").points == mine(question, "A", "package 3").points
    assert mine(question, "A", "package 3").points != mine(question, "A", "package 3", seed="another").points


def test_the_order_of_a_list_does_not_follow_that_of_the_packages() -> None:
    question = asked(40)
    listed = mine(question, "A", *question.packages).listed
    assert sorted(name or "" for name in listed) == list(question.packages)
    assert list(listed) != list(question.packages)


def test_a_copy_of_the_other_sides_commitment_or_list_gains_nothing() -> None:
    question = asked(3)
    one = mine(question, "A", "package 0")
    said = one.commitment("list", one.points)
    with pytest.raises(ConfidentialAnswerError):
        check_opened(question, "B", "list", said, one.points, one.nonce("list"))
    with pytest.raises(ConfidentialAnswerError):
        one.reply(one.points)
    with pytest.raises(ConfidentialAnswerError):
        check_opened(asked(3, "a later question"), "A", "list", said, one.points, one.nonce("list"))
    with pytest.raises(ConfidentialAnswerError):
        check_opened(question, "A", "reply", said, one.points, one.nonce("list"))


def test_equal_answers_in_equal_order_are_no_copies() -> None:
    question = asked(2)
    ones = [mine(question, "A", *question.packages, seed=str(place)) for place in range(4)]
    others = [mine(question, "B", *question.packages, seed=str(place)) for place in range(4)]
    assert any(one.listed == other.listed for one in ones for other in others)
    assert {both_know(one, other) for one in ones for other in others} == {(question.packages, question.packages)}


def test_a_reply_of_chance_matches_nothing() -> None:
    question = asked(3)
    one, other = mine(question, "A", *question.packages), mine(question, "B", *question.packages)
    strange = mine(question, "B", seed="chance").reply(mine(question, "A", seed="chance").points)
    assert one.matches(other.points, strange) == ()


SMALL_ORDER = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")


@pytest.mark.parametrize(
    "points",
    [(), (b"",) * 1, (bytes(32),), (b"\x01" + bytes(31),), (SMALL_ORDER,), (b"\xff" * 32,), (b"x" * 31,)],
    ids=["none", "empty", "zero", "neutral", "small order", "too large", "short"],
)
def test_what_is_no_point_of_the_group_is_refused(points: tuple[Point, ...]) -> None:
    one = mine(asked(), "A", "package 0")
    with pytest.raises(ConfidentialAnswerError):
        one.reply(points)
    with pytest.raises(ConfidentialAnswerError):
        one.matches(mine(asked(), "B").points, points)


def test_a_question_of_no_package_of_too_many_or_of_one_side_is_refused() -> None:
    for packages, sides in (((), ("A", "B")), (("a", "a"), ("A", "B")), (("b", "a"), ("A", "B")), (("a",), ("A", "A"))):
        with pytest.raises(ConfidentialAnswerError):
            Question("q", packages, sides)
    with pytest.raises(ConfidentialAnswerError):
        asked(MOST + 1)
    with pytest.raises(ConfidentialAnswerError):
        mine(asked(), "C")
    with pytest.raises(ConfidentialAnswerError):
        mine(asked(), "A", "package 9")


def test_what_a_side_accepts_is_not_shown() -> None:
    one = mine(asked(), "A", "package 0")
    assert repr(one) == "Mine()"
    assert f"{one!s}" == "Mine()"
    with pytest.raises(ConfidentialAnswerError) as caught:
        one.reply((b"x" * 32,))
    assert "package" not in str(caught.value)


def test_a_thousand_packages_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    question = asked(MOST)
    chance = Random(7)
    chosen = [set(chance.sample(question.packages, 300)) for _ in "AB"]
    one, other = mine(question, "A", *chosen[0]), mine(question, "B", *chosen[1])
    assert set(both_know(one, other)[0]) == chosen[0] & chosen[1]
    assert capsys.readouterr().out == ""
