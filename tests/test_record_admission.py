"""Every rule by which an entry or a founding act is refused, and who may say what for a side."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from benchmarks.recorded import (
    AT,
    PERSON,
    TITLE,
    Node,
    act,
    feed,
    founding,
    founding_of,
    key,
    line,
    named,
    party,
    ready,
    signer,
)
from msgspec.structs import replace

from ed25519_edges import SMALL_ORDER
from tashawur.record import parked
from tashawur.record.canonical import encode
from tashawur.record.entries import read
from tashawur.record.envelope import FOUNDING, pae, seal
from tashawur.record.events import Admitted, Confirmed, Event, Parked, Refused
from tashawur.record.founding import Founding, FoundingAct, Party, found, founding_line
from tashawur.record.rules import BROKEN
from tashawur.terms.errors import NotAdmittedError

SAY = {"topics": ["visas"], "content": {"text": "yes"}}
LATER = AT + dt.timedelta(days=30)


def test_every_rule_has_a_test_that_names_it() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_record_*.py"))
    assert [rule for rule in BROKEN if f'"{rule}"' not in tests] == []


def test_every_rule_that_the_code_refuses_by_is_in_the_table() -> None:
    folder = Path(__file__).parent.parent / "src" / "tashawur" / "record"
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "rules.py")
    told = set(re.findall(r'"((?:\w+)\.(?:[a-z0-9-]+))"', source))
    kinds = {"member.add", "member.end", "root.next", "root.reset", "fork.resolve", "rules.raise"}
    assert told - kinds == set(BROKEN)


# The founding act


def act_of(*parties: Party, **more: Any) -> FoundingAct:
    return FoundingAct(**{"at": AT, "rules": 1, "parties": parties, "content": {}, **more})


def refused_founding(act: FoundingAct, *who: str) -> str:
    with pytest.raises(NotAdmittedError) as caught:
        found(founding_line(act, *(signer(one) for one in who)))
    return caught.value.rule


def test_a_founding_act_that_all_roots_signed_is_good() -> None:
    founded = founding_of(party("A", roots=3, threshold=2), party("B"), party("H", "host"))
    assert found(founded.line) == founded
    assert re.fullmatch(r"([0-9a-f]{4} ){7}[0-9a-f]{4}", founded.fingerprint)
    assert founded.id.startswith(founded.fingerprint.replace(" ", ""))


def test_a_founding_act_that_is_wrong_is_refused() -> None:
    a, b = party("A"), party("B")
    roots = ("A root", "B root")
    assert refused_founding(act_of(b, a), "B root", "A root") == "founding.names"
    assert refused_founding(act_of(a, a), "A root", "A root") == "founding.names"
    assert refused_founding(act_of(a, party("H", "host")), "A root", "H root") == "founding.sides"
    assert refused_founding(act_of(a, replace(b, node=a.node)), *roots) == "founding.key-twice"
    assert refused_founding(act_of(a, replace(b, node=b.roots[0])), *roots) == "founding.key-twice"
    assert refused_founding(act_of(a, replace(b, threshold=2)), *roots) == "founding.threshold"
    assert refused_founding(act_of(a, replace(b, node=SMALL_ORDER[0])), *roots) == "key.weak"
    assert refused_founding(act_of(a, b, rules=2), *roots) == "founding.newer"
    assert refused_founding(act_of(a, b), "A root") == "envelope.signatures"
    assert refused_founding(act_of(a, b), "A root", "A root") == "signature.wrong"
    assert refused_founding(act_of(a, b), "B root", "A root") == "signature.wrong"
    assert refused_founding(act_of(a, b, high=("*", "visas")), *roots[:1]) == "envelope.signatures"


def test_a_founding_act_of_newer_rules_asks_for_a_newer_program_whatever_else_it_holds() -> None:
    payload = b'{"novelty":[],"rules":2}'
    with pytest.raises(NotAdmittedError, match="newer version"):
        found(seal(FOUNDING, payload, (signer("A root")(pae(FOUNDING, payload)),)))
    payload = b'{"novelty":[],"rules":1}'
    with pytest.raises(NotAdmittedError) as caught:
        found(seal(FOUNDING, payload, (signer("A root")(pae(FOUNDING, payload)),)))
    assert caught.value.rule == "json.shape"


# The place of an entry


def test_an_entry_of_another_consultation_or_of_no_side_is_refused() -> None:
    node = ready()
    assert node.refused("A minister", "say", SAY, con="ab" * 32) == "entry.consultation"
    assert node.refused("A minister", "say", SAY, feed=key("A node")) == "entry.feed"


def test_an_entry_that_does_not_follow_the_one_it_names_is_refused() -> None:
    node = ready()
    first = node.say("A minister", "say", SAY)
    other = node.say("B minister", "say", SAY)
    assert node.refused("A minister", "say", SAY, prev="") == "entry.prev"
    assert node.refused("A minister", "say", SAY, seq=1) == "entry.prev"
    assert node.refused("A minister", "say", SAY, seq=4) == "entry.prev"
    assert node.refused("A minister", "say", SAY, prev=other) == "entry.prev"
    node.say("A minister", "say", SAY, prev=first, seq=3)


def test_an_entry_waits_for_the_one_before_it_and_for_what_it_saw() -> None:
    node, other = ready(), ready()
    lines = [line(node.draft("A minister", "say", SAY))]
    node.take(lines[0])
    lines.append(line(node.draft("B minister", "say", SAY)))
    node.take(lines[1])
    lines.append(line(node.draft("A minister", "ack", {})))
    node.take(lines[2])
    ids = [read(one).id for one in lines]
    assert other.take(lines[2]) == (Parked(ids[2], ids[0]),)
    assert other.take(lines[1]) == (Parked(ids[1], ids[0]),)
    assert len(other.ledger.parked) == 2
    freed = other.take(lines[0])
    assert [event.received.id for event in freed if isinstance(event, Admitted)] == [ids[0], ids[1], ids[2]]
    assert len(other.ledger.parked) == 0
    assert other.ledger.state() == node.ledger.state()


def test_what_an_entry_says_that_it_saw_is_looked_at() -> None:
    node = ready()
    other = node.say("B minister", "say", SAY)
    b = feed("B")
    heads = ((2, other),)
    start = read(node.lines[1]).id
    assert node.refused("A minister", "say", SAY, seen={"ab" * 32: heads}) == "seen.feed"
    assert node.refused("A minister", "say", SAY, seen={"ab" * 32: ((1, "cd" * 32),)}) == "seen.feed"
    assert node.refused("A minister", "say", SAY, seen={feed("H"): heads}) == "seen.wrong"
    assert node.refused("A minister", "say", SAY, seen={b: ((3, other),)}) == "seen.wrong"
    assert node.refused("A minister", "say", SAY, seen={b: ()}) == "seen.number"
    assert node.refused("A minister", "say", SAY, seen={b: tuple((n, other) for n in range(2, 67))}) == "seen.number"
    assert node.refused("A minister", "say", SAY, seen={b: (*heads, (1, start))}) == "seen.order"
    assert node.refused("A minister", "say", SAY, seen={b: heads * 2}) == "seen.order"
    node.say("A minister", "say", SAY, seen={b: ((1, start), *heads)})


def test_an_entry_of_a_type_that_the_rules_do_not_have_is_refused() -> None:
    assert ready().refused("A minister", "vote", SAY) == "entry.type"


def test_entries_from_the_future_or_with_a_clock_that_ran_backwards_are_admitted_as_claims() -> None:
    node = ready()
    for days in (400_000, -400_000, 0):
        node.say("A minister", "say", SAY, at=AT + dt.timedelta(days=days))


# Queues


def gap(node: Node, place: int, who: str = "A minister") -> bytes:
    return line(node.draft(who, "ack", {}, prev=f"{place:064x}", seq=9))


def test_entries_that_wait_are_bounded_for_each_peer_and_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parked, "MOST_PARKED", 20)
    node = ready()
    told = [node.take(gap(node, place), "bad")[0] for place in range(50)]
    assert [type(event) for event in told] == [Parked] * 20 + [Refused] * 30
    assert {event.rule for event in told if isinstance(event, Refused)} == {"parked.full"}
    assert len(node.ledger.parked) == 20
    assert isinstance(node.take(gap(node, 0), "bad")[0], Parked)
    assert len(node.ledger.parked) == 20
    assert isinstance(node.take(gap(node, 99), "good")[0], Parked)
    assert isinstance(node.take(gap(node, 99, "B minister"), "bad")[0], Parked)
    node.say("A minister", "say", SAY)


def test_entries_that_wait_are_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    node = ready()
    monkeypatch.setattr(parked, "MOST_PARKED_BYTES", 3 * len(gap(node, 0)))
    told = [node.take(gap(node, place), "bad")[0] for place in range(5)]
    assert [type(event) for event in told] == [Parked] * 3 + [Refused] * 2
    assert node.ledger.parked.largest()[0] == 3


def test_a_flood_from_one_peer_does_not_keep_another_from_bringing_entries() -> None:
    node, other = ready(), ready()
    for place in range(parked.MOST_PARKED + 100):
        node.take(gap(other, place), "flood")
    assert node.ledger.parked.largest()[0] == parked.MOST_PARKED
    sent = [line(other.draft("A minister", "say", SAY))]
    other.take(sent[0])
    sent.append(line(other.draft("A minister", "ack", {})))
    for one in reversed(sent):
        node.take(one, "fair")
    assert read(sent[1]).id in node.ledger


# Mandates


def test_a_key_without_a_mandate_is_refused() -> None:
    node = ready()
    assert node.refused("A stranger", "say", SAY) == "mandate.unknown-key"
    assert node.refused("A node", "say", SAY) == "mandate.role"
    assert node.refused("A root", "say", SAY) == "mandate.root"
    assert node.refused("A minister", "say", SAY, key=named("B minister")[0]) == "mandate.unknown-key"


def test_a_node_only_drafts() -> None:
    node = ready()
    node.say("A node", "ack", {})
    assert node.refused("A node", "propose", act()) == "mandate.role"


@pytest.mark.parametrize(
    ("roles", "good"),
    [
        (["draft"], {"ack"}),
        (["speak"], {"say", "propose", "lapse"}),
        (["sign"], {"sign"}),
        (["draft", "speak", "sign"], {"ack", "say", "propose", "lapse", "sign"}),
    ],
    ids=["draft", "speak", "sign", "every role"],
)
def test_each_role_may_do_what_it_is_for(roles: list[str], good: set[str]) -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act())
    node.appoint("A aide", roles)
    bodies = {"ack": {}, "say": SAY, "propose": act(), "lapse": {"act": proposed}, "sign": {"act": proposed}}
    for type_, body in bodies.items():
        if type_ in good:
            node.say("A aide", type_, body)
        else:
            assert node.refused("A aide", type_, body) == "mandate.role"


def test_a_mandate_covers_its_topics_only() -> None:
    node = ready()
    node.appoint("A envoy", topics=["visas", "flights"])
    node.appoint("B envoy", topics=["visas"])
    node.say("A envoy", "say", {**SAY, "topics": ["flights", "visas"]})
    assert node.refused("A envoy", "say", {**SAY, "topics": ["banks"]}) == "mandate.topic"
    assert node.refused("A envoy", "say", {**SAY, "topics": ["visas", "banks"]}) == "mandate.topic"
    flights = node.say("A envoy", "propose", act(topics=["flights", "visas"]))
    assert node.refused("B envoy", "sign", {"act": flights}) == "mandate.topic"
    assert node.refused("A envoy", "rules.raise", {"rules": 2}) == "mandate.topic"


def test_a_mandate_has_its_dates() -> None:
    node = ready()
    node.appoint("A envoy", since="2026-03-01T09:00:00Z", until="2026-03-31T09:00:00Z")
    second = dt.timedelta(seconds=1)
    node.say("A envoy", "say", SAY, at=AT)
    node.say("A envoy", "say", SAY, at=LATER)
    assert node.refused("A envoy", "say", SAY, at=AT - second) == "mandate.early"
    assert node.refused("A envoy", "say", SAY, at=LATER + second) == "mandate.over"


def test_a_member_whose_mandate_was_ended_between_draft_and_signature_cannot_sign() -> None:
    node = ready()
    proposed = node.say("B minister", "propose", act())
    draft = node.draft("A minister", "sign", {"act": proposed})
    node.say("A root", "member.end", {"key": key("A minister")})
    assert node.refused("A minister", "sign", {"act": proposed}) == "mandate.ended"
    # Signed as it was drafted, it stands beside the end of the mandate: that is a fork, and all see it.
    node.take(line(draft))
    assert node.ledger.forked_sides() == {"A"}


def test_what_a_member_signed_before_its_mandate_ended_stands() -> None:
    node = ready()
    proposed = node.say("B minister", "propose", act())
    signed = node.say("A minister", "sign", {"act": proposed})
    assert node.ledger.is_confirmed(proposed)
    node.say("A root", "member.end", {"key": key("A minister")})
    node.say("A root", "dispute", {"entry": signed})
    assert node.ledger.is_confirmed(proposed)
    assert node.ledger.state().disputed == (signed,)


def test_a_side_disputes_entries_of_its_own_only() -> None:
    node = ready()
    other = node.say("B minister", "say", SAY)
    assert node.refused("A root", "dispute", {"entry": other}) == "dispute.not-own"
    assert node.refused("A root", "dispute", {"entry": "ab" * 32}) == "dispute.not-own"
    assert node.refused("A minister", "dispute", {"entry": other}) == "root.unknown-key"


def member(who: str, **more: Any) -> dict[str, Any]:
    body = {"key": named(who)[0], "title": TITLE, "person": PERSON, "roles": ["speak"], "topics": "*"}
    return {**body, **more}


def test_members_are_added_and_ended_by_the_root_only() -> None:
    node = ready()
    assert node.refused("A minister", "member.add", member("A aide")) == "root.unknown-key"
    assert node.refused("A minister", "member.end", {"key": key("A node")}) == "root.unknown-key"
    assert node.refused("A root", "member.add", member("A minister")) == "member.key-used"
    assert node.refused("A root", "member.add", member("A root")) == "member.key-used"
    assert node.refused("A root", "member.add", {**member("A aide"), "key": SMALL_ORDER[3]}) == "key.weak"
    dates = {"since": "2026-03-02T00:00:00Z", "until": "2026-03-01T00:00:00Z"}
    assert node.refused("A root", "member.add", member("A aide", **dates)) == "member.dates"
    assert node.refused("A root", "member.end", {"key": key("A aide")}) == "member.unknown"
    node.say("A root", "member.add", member("A aide"))
    node.say("A aide", "say", SAY)
    node.say("A root", "member.end", {"key": key("A aide")})
    assert node.refused("A aide", "say", SAY) == "mandate.ended"
    assert node.refused("A root", "member.add", member("A aide")) == "member.key-used"
    assert node.refused("A root", "member.end", {"key": key("A aide")}) == "member.unknown"


def three_roots() -> Founding:
    return founding_of(party("A", roots=3, threshold=2), party("B"), party("H", "host"))


def test_of_several_root_keys_as_many_sign_as_the_side_asks_for() -> None:
    node = Node(three_roots())
    also = (key("A root 2"),)
    assert node.refused("A root", "member.add", member("A aide")) == "root.threshold"
    assert node.refused("A root", "member.add", member("A aide"), also=named("A stranger")) == "root.unknown-key"
    node.say("A root", "member.add", member("A aide"), also=also)
    node.say("A root 1", "member.add", member("A envoy"), also=also)
    assert node.refused("A aide", "say", SAY, also=also) == "mandate.also"


# Acts


def test_an_act_names_the_sides_that_must_sign_in_order() -> None:
    node = ready()
    for need in (["B", "A"], ["A", "A"], ["A", "X"]):
        assert node.refused("A minister", "propose", act(*need)) == "act.need"
    assert node.refused("A minister", "propose", act(notary="B")) == "act.notary"
    assert node.refused("A minister", "propose", act(notary="X")) == "act.notary"


def test_conditions_and_amendments_name_acts_that_were_seen() -> None:
    node = ready()
    unseen: dict[str, Any] = {"is": "confirmed", "act": "ab" * 32}
    assert node.refused("A minister", "propose", act(conditions=[unseen])) == "act.condition"
    evidence = {"is": "attested", "evidence": "calm", "by": ["X"]}
    assert node.refused("A minister", "propose", act(conditions=[evidence])) == "act.condition"
    assert node.refused("A minister", "propose", act(amends="ab" * 32)) == "act.amends-unseen"
    older = node.say("B minister", "propose", act("A", "B", "H"))
    assert node.refused("A minister", "propose", act(amends=older)) == "act.amends-need"
    hidden: dict[str, Any] = {"seen": {}}
    assert node.refused("A minister", "propose", act("A", "B", "H", amends=older), **hidden) == "act.amends-unseen"
    condition = {"is": "confirmed", "act": older}
    assert node.refused("A minister", "propose", act(conditions=[condition]), **hidden) == "act.condition"
    node.say("A minister", "propose", act("A", "B", "H", amends=older, conditions=[condition]))


@pytest.mark.parametrize("type_", ["sign", "lapse", "receipt", "attest"])
def test_nobody_speaks_of_an_act_that_it_had_not_seen(type_: str) -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act("A", "B", "H", notary="H"))
    body = {"act": proposed, **({"evidence": "calm"} if type_ == "attest" else {})}
    assert node.refused("H minister", type_, {**body, "act": "ab" * 32}) == "act.unseen"
    assert node.refused("H minister", type_, body, seen={}) == "act.unseen"


def test_only_those_who_are_asked_sign_withdraw_receipt_and_attest() -> None:
    node = ready()
    evidence = {"is": "attested", "evidence": "calm", "by": ["A", "B"]}
    proposed = node.say("A minister", "propose", act(conditions=[evidence]))
    assert node.refused("H minister", "sign", {"act": proposed}) == "sign.not-needed"
    assert node.refused("B minister", "lapse", {"act": proposed}) == "lapse.not-proposer"
    assert node.refused("H node", "receipt", {"act": proposed}) == "receipt.not-notary"
    assert node.refused("H minister", "attest", {"act": proposed, "evidence": "calm"}) == "attest.not-asked"
    assert node.refused("A minister", "attest", {"act": proposed, "evidence": "storm"}) == "attest.not-asked"
    notarised = node.say("A minister", "propose", act(notary="H"))
    assert node.refused("A node", "receipt", {"act": notarised}) == "receipt.not-notary"


# Root keys that change


def roots(*who: str, threshold: int = 1, prior: str | None = None) -> dict[str, Any]:
    return {"prior": prior, "roots": list(named(*who)), "threshold": threshold}


def test_root_keys_change_only_once_the_other_sides_have_signed() -> None:
    node = ready()
    change = node.say("A root", "root.next", roots("A new root"))
    assert node.refused("A new root", "member.add", member("A aide")) == "root.unknown-key"
    node.say("H minister", "ack", {})
    assert not node.ledger.is_confirmed(change)
    node.say("B minister", "sign", {"act": change})
    assert node.ledger.is_confirmed(change)
    assert node.refused("A root", "member.add", member("A aide")) == "root.unknown-key"
    node.say("A new root", "member.add", member("A aide"))
    assert node.refused("A new root", "root.next", roots("A newest root")) == "root.prior"
    assert node.refused("A new root", "root.next", roots("A root", prior=change)) == "root.key-used"
    assert node.refused("A root", "root.next", roots("A newest root", prior=change)) == "root.unknown-key"
    node.say("A new root", "root.next", roots("A newest root", prior=change))


def test_new_root_keys_are_good_and_enough() -> None:
    node = ready()
    assert node.refused("A root", "root.next", roots("A new root", threshold=2)) == "root.keys"
    assert node.refused("A root", "root.next", roots("A new root", "A new root")) == "root.keys"
    assert node.refused("A root", "root.next", {**roots("A x"), "roots": [SMALL_ORDER[1]]}) == "key.weak"
    assert node.refused("A minister", "root.next", roots("A new root")) == "root.unknown-key"


def test_lost_root_keys_are_replaced_when_all_others_and_the_host_sign() -> None:
    node = ready()
    reset = {"side": "A", **roots("A new root")}
    assert node.refused("A minister", "root.reset", reset) == "root.side"
    assert node.refused("B minister", "root.reset", {**reset, "side": "X"}) == "root.side"
    assert node.refused("B minister", "root.reset", {**reset, "prior": "ab" * 32}) == "root.prior"
    assert node.refused("B root", "root.reset", reset) == "mandate.root"
    change = node.say("B minister", "root.reset", reset)
    assert node.refused("A new root", "member.add", member("A aide")) == "root.unknown-key"
    node.say("H minister", "sign", {"act": change})
    assert node.ledger.is_confirmed(change)
    node.say("A new root", "member.add", member("A aide"))
    assert node.refused("B minister", "root.reset", reset) == "root.prior"
    assert node.ledger.authority(feed("A")).roots == {key("A new root")}
    # It is shown for ever.
    assert change in {one.id for one in node.ledger.state().acts}


def test_a_root_change_is_judged_by_what_the_entry_had_seen() -> None:
    node = ready()
    change = node.say("A root", "root.next", roots("A new root"))
    old = line(node.draft("A root", "member.add", member("A aide")))
    node.say("B minister", "sign", {"act": change})
    late = ready()
    for one in node.lines:
        late.take(one)
    # The old key signed before it saw the countersignature: every node admits that, whenever it comes.
    assert isinstance(late.take(old)[0], Admitted)


# Forks that are resolved


def test_a_fork_is_resolved_by_the_root_and_all_other_sides_on_the_branch_that_goes_on() -> None:
    node = ready()
    one = line(node.draft("A minister", "say", SAY))
    other = line(node.draft("A minister", "say", {**SAY, "content": {"text": "no"}}))
    node.take(one)
    told = node.take(other)
    assert [type(event).__name__ for event in told] == ["Admitted", "Forked"]
    assert node.ledger.forked_sides() == {"A"}
    (fork,) = node.ledger.forks()
    assert (fork.side, fork.seq, fork.ids) == ("A", 2, tuple(sorted((read(one).id, read(other).id))))
    draft = node.draft("A root", "fork.resolve", {})
    assert node.refused("A root", "fork.resolve", {"head": min(set(fork.ids) - {draft.prev})}) == "fork.head"
    assert node.refused("A minister", "fork.resolve", {"head": draft.prev}) == "root.unknown-key"
    resolve = node.say("A root", "fork.resolve", {"head": draft.prev})
    assert node.ledger.forked_sides() == {"A"}
    node.say("B minister", "sign", {"act": resolve})
    assert node.ledger.is_confirmed(resolve)
    assert node.ledger.forked_sides() == set()
    (fork,) = node.ledger.forks()
    assert fork.resolved
    node.say("A minister", "say", SAY)
    assert node.ledger.forked_sides() == set()
    # Whoever goes on with the other branch has forked again.
    dead = min(set(fork.ids) - {draft.prev})
    node.take(line(node.draft("A minister", "say", SAY, prev=dead, seq=3)))
    assert node.ledger.forked_sides() == {"A"}


def test_two_nodes_with_one_key_are_found_out_as_a_fork() -> None:
    one, other = ready(), ready()
    one.say("A node", "ack", {})
    other.say("A node", "ack", {}, at=LATER)
    one.sync(other)
    assert one.ledger.state() == other.ledger.state()
    assert one.ledger.forked_sides() == {"A"}
    one.say("A root", "epoch", {"reason": "restored"})


# Rules that are raised


def names(events: tuple[Event, ...]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_entries_of_newer_rules_wait_until_all_have_raised_the_rules() -> None:
    node, behind = Node(known=2), Node(known=1)
    for one in ready().lines:
        node.take(one)
        behind.take(one)
    raised = node.say("A minister", "rules.raise", {"rules": 2})
    new = line(node.draft("H minister", "say", SAY, v=2, seen={}))
    assert node.take(new) == (Parked(read(new).id, "rules"),)
    node.say("B minister", "sign", {"act": raised})
    assert not node.ledger.is_confirmed(raised)
    sign = node.draft("H minister", "sign", {"act": raised})
    told = node.take(line(sign))
    assert names(told) == ["Admitted", "Confirmed", "Admitted", "Forked"]
    assert node.ledger.rules == 2
    node.say("A minister", "say", SAY, v=1)
    node.say("A minister", "say", SAY)
    # A program that knows only the older rules keeps what is new until it is upgraded.
    waiting = [event.waits_for for one in node.lines for event in behind.take(one) if isinstance(event, Parked)]
    assert waiting[0] == "rules"
    assert waiting[1:] == [read(new).id, read(node.lines[-2]).id]
    assert behind.ledger.rules == 2
    assert isinstance(behind.take(line(behind.draft("B minister", "say", SAY)))[0], Admitted)
    upgraded = Node(known=2)
    for one in node.lines:
        upgraded.take(one)
    assert upgraded.ledger.state() == node.ledger.state()


def test_what_is_confirmed_is_told_once() -> None:
    node = ready()
    proposed = node.say("A minister", "propose", act())
    events = node.take(line(node.draft("B minister", "sign", {"act": proposed})))
    assert [event.act for event in events if isinstance(event, Confirmed)] == [proposed]
    events = node.take(line(node.draft("B minister", "sign", {"act": proposed})))
    assert names(events) == ["Admitted"]
    assert founding().id == node.ledger.founding.id
    assert encode(node.ledger.state())
