"""A consultation that lives in the record: signed entries become its state, the same on every node."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from benchmarks.recorded import AT, Node, party, signer
from hypothesis import given
from hypothesis import strategies as st

from acting import MECHANISM
from tashawur.consult.acts import content_of
from tashawur.consult.folding import Standing
from tashawur.node.consulting import standing_of
from tashawur.record.entries import read
from tashawur.record.founding import Founding, FoundingAct, found, founding_line
from test_acts import CLOSE, ISSUE, OPTIONS, VISAS, package

FOUNDING: Final = FoundingAct(
    at=AT, rules=1, parties=(party("A"), party("B"), party("H", "host")), content=content_of(MECHANISM)
)


def founding() -> Founding:
    return found(founding_line(FOUNDING, signer("A root"), signer("B root"), signer("H root")))


def standing(node: Node) -> Standing:
    return standing_of(node.ledger.founding, map(read, node.lines), node.ledger.state())


def played() -> Node:
    """The sides put a problem on the register, agree on a package, and one undertakes to carry it out."""
    node = Node(founding())
    for who in ("A minister", "B minister", "H envoy"):
        node.appoint(who)
    say(node, "A minister", VISAS)
    sign(node, propose(node, "A minister", OPTIONS))
    agreed = propose(node, "A minister", package())
    sign(node, agreed)
    say(node, "B minister", {**ISSUE, "of_package": agreed})
    say(node, "A minister", {"act": "report", "on": "2026-03-20", "about": "B_issue", "says": "waiting"})
    return node


def say(node: Node, who: str, act: dict[str, Any], *topics: str) -> str:
    return node.say(who, "say", {"topics": list(topics or ("main",)), "content": act})


def propose(node: Node, who: str, act: dict[str, Any], *topics: str, **more: Any) -> str:
    body = {"topics": list(topics or ("main",)), "need": ["A", "B"], "content": act, "legal": "no_obligation"}
    return node.say(who, "propose", {**body, **more})


def sign(node: Node, act: str, who: str = "B minister") -> str:
    return node.say(who, "sign", {"act": act})


def test_a_package_that_both_have_signed_stands_and_what_carries_it_out_is_followed() -> None:
    found = standing(played())
    assert found.aside == ()
    assert [one.holds for one in found.proposals] == [True, True]
    assert list(found.consultation.undertakings) == ["B_issue"]
    assert [one.says for one in found.consultation.reports] == ["waiting"]


def test_what_one_side_alone_has_signed_does_not_stand() -> None:
    node = Node(founding())
    node.appoint("A minister")
    say(node, "A minister", VISAS)
    propose(node, "A minister", OPTIONS)
    found = standing(node)
    assert found.consultation.irritants["A_visas"].options == ()
    assert [(one.signed, one.holds) for one in found.proposals] == [(("A",), False)]


def test_a_member_whose_mandate_ends_at_another_track_cannot_act_on_this_one() -> None:
    node = Node(founding())
    node.appoint("A clerk", topics=["posts"])
    assert node.refused("A clerk", "say", {"topics": ["main"], "content": VISAS}) == "mandate.topic"
    # Nor by naming the track that is in the mandate: then the act does not fit its entry.
    say(node, "A clerk", VISAS, "posts")
    assert [one.code for one in standing(node).aside] == ["act.topic"]


def test_a_lapse_that_the_signer_had_seen_leaves_the_package_without_effect() -> None:
    node = Node(founding())
    node.appoint("A minister")
    node.appoint("B minister")
    say(node, "A minister", VISAS)
    sign(node, propose(node, "A minister", OPTIONS))
    late = propose(node, "A minister", package())
    node.say("A minister", "lapse", {"act": late})
    sign(node, late)
    told = next(one for one in standing(node).proposals if one.id == late)
    assert (told.confirmed, told.withdrawn, told.holds) == (False, True, False)


PLAYED: Final = played()


@given(st.integers(0, 2**32))
def test_nodes_that_got_the_entries_in_another_order_have_the_same_state(seed: int) -> None:
    lines = PLAYED.lines
    Random(seed).shuffle(lines)
    other = Node(founding())
    for line in lines:
        other.take(line)
    assert len(other.held) == len(PLAYED.held)
    assert standing(other) == standing(PLAYED)


def test_closing_needs_all_that_hold_a_node() -> None:
    node = played()
    act = propose(node, "A minister", CLOSE, "mechanism", need=["A", "B", "H"])
    sign(node, act)
    assert standing(node).closed is None
    sign(node, act, "H envoy")
    assert standing(node).closed == act
