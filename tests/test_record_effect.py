"""What is confirmed by all follows from the set of entries: whatever their order, it only grows."""

from __future__ import annotations

import random
from typing import Any

from benchmarks.record_oracle import History
from benchmarks.recorded import Node, act, feed, founding_of, line, party, ready
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tashawur.record.entries import Entry, read
from tashawur.record.events import Confirmed

SAY = {"topics": ["visas"], "content": {"text": "yes"}}


def confirmed(node: Node) -> set[str]:
    return {one.id for one in node.ledger.state().acts if one.confirmed}


def show(node: Node, *others: Node) -> None:
    for other in others:
        node.sync(other)


# What people can rely on


def test_an_act_is_confirmed_once_every_side_that_it_needs_has_signed() -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act("A", "B", "H"))
    (state,) = node.ledger.state().acts
    assert (state.need, state.signed, state.confirmed) == (("A", "B", "H"), ("A",), False)
    node.say("B minister", "sign", {"act": proposed})
    assert not node.ledger.is_confirmed(proposed)
    node.say("H minister", "sign", {"act": proposed})
    assert node.ledger.is_confirmed(proposed)


def test_who_may_only_speak_proposes_without_signing() -> None:
    node = ready()
    node.appoint("A aide", ["speak"])
    proposed = node.say("A aide", "propose", act())
    node.say("B minister", "sign", {"act": proposed})
    assert not node.ledger.is_confirmed(proposed)
    node.say("A minister", "sign", {"act": proposed})
    assert node.ledger.is_confirmed(proposed)


def test_an_act_may_need_others_than_the_side_that_proposes_it() -> None:
    node = ready()
    proposed = node.say("H minister", "propose", act("A", "B"))
    node.say("A minister", "sign", {"act": proposed})
    node.say("B minister", "sign", {"act": proposed})
    assert node.ledger.is_confirmed(proposed)


def test_a_withdrawal_binds_those_who_had_seen_it_when_they_signed() -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act())
    node.say("A minister", "lapse", {"act": proposed})
    node.say("B minister", "sign", {"act": proposed})
    assert not node.ledger.is_confirmed(proposed)
    (state,) = node.ledger.state().acts
    assert state.withdrawn
    assert state.signed == ("A",)


def test_a_signature_that_crossed_with_the_withdrawal_stands() -> None:
    one, other = ready(), ready()
    proposed = one.say("A minister", "propose", act())
    one.sync(other)
    one.say("A minister", "lapse", {"act": proposed})
    other.say("B minister", "sign", {"act": proposed})
    one.sync(other)
    for node in (one, other):
        assert node.ledger.is_confirmed(proposed)
        assert node.ledger.state().acts[0].withdrawn


def test_a_withdrawal_is_known_to_whoever_saw_somebody_who_knew_it() -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act())
    node.say("A minister", "lapse", {"act": proposed})
    heard = node.say("H minister", "ack", {})
    entry = node.draft("B minister", "sign", {"act": proposed})
    assert isinstance(entry, Entry)
    node.take(line(replace(entry, seen={feed("H"): ((2, heard),)})))
    assert not node.ledger.is_confirmed(proposed)


def test_a_withdrawn_text_can_be_proposed_anew() -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act())
    node.say("A minister", "lapse", {"act": proposed})
    again = node.say("A minister", "propose", act())
    assert again != proposed
    node.say("B minister", "sign", {"act": again})
    assert confirmed(node) == {again}


def test_a_conditional_act_waits_for_the_act_that_it_names() -> None:
    node = ready()
    first = node.say("A minister", "propose", act())
    then = node.say("A minister", "propose", act(conditions=[{"is": "confirmed", "act": first}]))
    third = node.say("A minister", "propose", act(conditions=[{"is": "confirmed", "act": then}]))
    node.say("B minister", "sign", {"act": third})
    node.say("B minister", "sign", {"act": then})
    assert confirmed(node) == set()
    events = node.take(line(node.draft("B minister", "sign", {"act": first})))
    assert [event.act for event in events if isinstance(event, Confirmed)] == [first, then, third]


def test_a_conditional_act_waits_for_evidence_that_is_signed_by_all_whom_it_asks() -> None:
    node = ready()
    condition = {"is": "attested", "evidence": "calm", "by": ["B", "H"]}
    proposed = node.say("A minister", "propose", act(conditions=[condition]))
    node.say("B minister", "sign", {"act": proposed})
    node.say("B minister", "attest", {"act": proposed, "evidence": "calm"})
    assert not node.ledger.is_confirmed(proposed)
    node.say("H minister", "attest", {"act": proposed, "evidence": "calm"})
    assert node.ledger.is_confirmed(proposed)


def test_an_act_with_a_notary_needs_its_receipt_of_all_signatures() -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act(notary="H"))
    assert node.ledger.notary_of(proposed) == "H"
    node.say("H node", "receipt", {"act": proposed})
    node.say("B minister", "sign", {"act": proposed})
    assert not node.ledger.is_confirmed(proposed)
    node.say("H node", "receipt", {"act": proposed})
    assert node.ledger.is_confirmed(proposed)


def test_the_notary_orders_signatures_and_withdrawal() -> None:
    one, other = ready(), ready()
    proposed = one.say("A minister", "propose", act(notary="H"))
    one.sync(other)
    one.say("A minister", "lapse", {"act": proposed})
    other.say("B minister", "sign", {"act": proposed})
    late, early = ready(), ready()
    show(other, early)
    early.say("H node", "receipt", {"act": proposed})
    show(one, late)
    show(other, late)
    late.say("H node", "receipt", {"act": proposed})
    assert early.ledger.is_confirmed(proposed)
    assert not late.ledger.is_confirmed(proposed)
    # A host that gives both answers has forked, and all see it. What it confirmed on any branch binds.
    early.sync(late)
    assert late.ledger.is_confirmed(proposed)
    assert late.ledger.forked_sides() == {"H"}


def test_an_amendment_names_the_older_act_and_leaves_it_as_it_was() -> None:
    node = ready()
    older = node.say("A minister", "propose", act())
    node.say("B minister", "sign", {"act": older})
    newer = node.say("B minister", "propose", act(amends=older))
    assert [one.amended_by for one in node.ledger.state().acts if one.id == older] == [()]
    node.say("A minister", "sign", {"act": newer})
    assert [one.amended_by for one in node.ledger.state().acts if one.id == older] == [(newer,)]
    assert node.ledger.is_confirmed(older)


def test_a_high_act_needs_the_quorum_of_each_side() -> None:
    node = Node(founding_of(party("A", quorum=2), party("B"), party("H", "host"), high=["borders"]))
    for who in ("A minister", "A envoy", "B minister"):
        node.appoint(who)
    low = node.say("A minister", "propose", act())
    node.say("B minister", "sign", {"act": low})
    high = node.say("A minister", "propose", act(topics=["borders", "visas"]))
    node.say("B minister", "sign", {"act": high})
    node.say("A minister", "sign", {"act": high})
    assert confirmed(node) == {low}
    node.say("A envoy", "sign", {"act": high})
    assert confirmed(node) == {low, high}


def test_every_topic_may_be_high() -> None:
    node = Node(founding_of(party("A", quorum=2), party("B"), high=["*"]))
    for who in ("A minister", "B minister"):
        node.appoint(who)
    proposed = node.say("A minister", "propose", act())
    node.say("B minister", "sign", {"act": proposed})
    assert confirmed(node) == set()


def test_a_signature_on_any_branch_binds_the_side_that_forked() -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act())
    sign = line(node.draft("B minister", "sign", {"act": proposed}))
    node.say("B minister", "say", SAY)
    assert [type(event) for event in node.take(sign)][1:].count(Confirmed) == 1
    assert node.ledger.is_confirmed(proposed)
    assert node.ledger.forked_sides() == {"B"}


def test_a_fork_does_not_take_a_withdrawal_back() -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act())
    behind = node.draft("A minister", "say", SAY)
    node.say("A minister", "lapse", {"act": proposed})
    node.take(line(behind))
    node.say("B minister", "sign", {"act": proposed})
    assert not node.ledger.is_confirmed(proposed)


# Any order of arrival


def world(seed: int, number: int, liar: str) -> list[bytes]:
    """Lines that three sides write, each knowing some of the others'; the liar continues old entries as well."""
    chance = random.Random(seed)
    nodes = {side: ready() for side in "ABH"}
    lines: list[bytes] = []
    for _ in range(number):
        side = chance.choice("ABH")
        node = nodes[side]
        for one in chance.sample(lines, chance.randint(0, len(lines))):
            node.take(one)
        entry = node.draft(f"{side} minister", *something(chance, side, node))
        if side == liar and chance.random() < 0.4:
            own = [old for old in map(read, node.lines) if old.entry.feed == feed(side)]
            old = chance.choice(own)
            assert isinstance(old.entry, Entry)
            entry = replace(entry, prev=old.id, seq=old.entry.seq + 1)
        data = line(entry)
        node.take(data)
        lines.append(data)
    start = ready().lines
    return [*start, *lines]


def something(chance: random.Random, side: str, node: Node) -> tuple[str, dict[str, Any]]:
    acts = [one.id for one in node.ledger.state().acts]
    mine = [one.id for one in node.ledger.state().acts if one.side == side]
    what = chance.choice(["propose", "sign", "sign", "sign", "lapse", "receipt"])
    if what == "propose" or not acts:
        more: dict[str, Any] = {"notary": "H"} if chance.random() < 0.2 else {}
        if acts and chance.random() < 0.3:
            more["conditions"] = [{"is": "confirmed", "act": chance.choice(acts)}]
        return "propose", act(content={"n": chance.randrange(10**9)}, **more)
    if what == "lapse" and mine:
        return "lapse", {"act": chance.choice(mine)}
    if what == "receipt" and side == "H":
        notarised = [one for one in acts if node.ledger.notary_of(one)]
        if notarised:
            return "receipt", {"act": chance.choice(notarised)}
    signable = [one.id for one in node.ledger.state().acts if side in one.need]
    return ("sign", {"act": chance.choice(signable)}) if signable else ("ack", {})


worlds = {"seed": st.integers(0, 10**9), "number": st.integers(3, 18), "liar": st.sampled_from(["", "A", "B", "H"])}


@given(order=st.integers(0, 10**9), **worlds)
def test_any_order_of_arrival_gives_the_same_state_and_what_is_confirmed_only_grows(
    order: int, seed: int, number: int, liar: str
) -> None:
    lines = world(seed, number, liar)
    chance = random.Random(order)
    digests = set()
    for _ in range(4):
        node, stood = Node(), set[str]()
        twice = chance.sample(lines, len(lines) // 8)
        for data in chance.sample(lines + twice, len(lines) + len(twice)):
            told = {event.act for event in node.take(data) if isinstance(event, Confirmed)}
            now = confirmed(node)
            assert stood <= now
            assert now - stood == told
            stood = now
        assert len(node.ledger.parked) == 0
        digests.add(node.ledger.state().digest)
    assert len(digests) == 1


@given(**worlds)
def test_the_ledger_agrees_with_the_definition_on_sets_of_ancestors(seed: int, number: int, liar: str) -> None:
    node = Node()
    for data in world(seed, number, liar):
        node.take(data)
    history = History(node.lines)
    assert confirmed(node) == history.confirmed()
    assert {fork.feed for fork in node.ledger.forks()} == history.forked()
    for one in node.ledger.state().acts:
        assert {feed(side) for side in one.signed} == history.signers(one.id) & {feed(side) for side in one.need}
    held = {name: node.ledger._entries[name] for name in history.entries}
    for name, before in history.before.items():
        assert {other for other in held if held[name].has_seen(held[other])} == before


@given(cut=st.floats(0, 1), **worlds)
def test_what_is_confirmed_with_fewer_entries_is_confirmed_with_more(
    cut: float, seed: int, number: int, liar: str
) -> None:
    lines = world(seed, number, liar)
    chance = random.Random(seed)
    some, whole = Node(), Node()
    for data in lines:
        if chance.random() < cut:
            some.take(data)
        whole.take(data)
    assert confirmed(some) <= confirmed(whole)
