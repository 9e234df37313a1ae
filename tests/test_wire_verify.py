"""Anybody can verify a bundle with one short file, PyNaCl and Python, and comes to the verdict of a node."""

from __future__ import annotations

import ast
import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from benchmarks.carried import Held, node_of, small
from benchmarks.record_simulation import World
from benchmarks.recorded import act, feed, founding, key, line, named, ready, signer
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tashawur.record.canonical import encode
from tashawur.record.envelope import BUNDLE, ENTRY, pae, seal
from tashawur.record.events import Admitted, Event, Parked, Refused
from tashawur.record.founding import Founding
from tashawur.record.ledger import Ledger
from tashawur.terms.errors import NotTakenError
from tashawur.wire import verify
from tashawur.wire.bundle import Manifest, bundle_in, bundle_of
from tashawur.wire.messages import FORM
from tashawur.wire.packed import packed
from tashawur.wire.signed import digest_of, message

SCRIPT = Path(verify.__file__)
LINES = small(50)
WHOLE = bundle_of(node_of("A"), Held(LINES))


def bundle_with(lines: Iterable[bytes], founding_act: Founding | None = None) -> bytes:
    """A bundle that A signed with whatever lines it likes."""
    act_ = founding_act or founding()
    told = tuple(lines)
    rest = b"".join(part for one in (act_.line, *told) for part in (one, b"\n"))
    manifest = Manifest(
        v=FORM, con=act_.id, by=key("A node"), to="", lines=len(told), digest=digest_of(rest), more=False, heads={}
    )
    return message(BUNDLE, manifest, rest, signer("A node"))


def of_node(lines: Sequence[bytes], founding_act: Founding | None = None) -> dict[str, Any]:
    """The verdict of the package on the same lines."""
    ledger = Ledger(founding_act or founding())
    where: dict[str, int] = {}
    told: list[Event] = []
    refused = []
    for number, one in enumerate(lines, start=3):
        events = ledger.offer(one)
        where |= {event.id: number for event in events[:1] if isinstance(event, Parked)}
        refused += [(where.get(event.id, number), event.rule) for event in events if isinstance(event, Refused)]
        told += events
    state = ledger.state()
    admitted = {event.received.id for event in told if isinstance(event, Admitted)}
    gone = {event.id for event in told if isinstance(event, Refused)}
    # That a line is an envelope of another type needs a reader of JSON to tell: the verifier says only that it is none.
    refused = [(number, rule.replace("envelope.type", "envelope.form")) for number, rule in refused]
    return {
        "broken": "",
        "con": ledger.founding.id,
        "entries": len(ledger),
        "confirmed": [one.id for one in state.acts if one.confirmed],
        "waiting": len({event.id for event in told if isinstance(event, Parked)} - admitted - gone),
        "refused": sorted(refused),
        "forked": sorted({one.side for one in state.forks}),
    }


def agree(lines: Sequence[bytes], founding_act: Founding | None = None) -> dict[str, Any]:
    data = bundle_with(lines, founding_act)
    found = verify.verdict(data)
    assert found == of_node(bundle_in(data, founding_act or founding()).lines, founding_act)
    return found


@pytest.mark.parametrize("seed", range(60))
def test_the_verdict_on_any_history_in_any_order_is_that_of_a_node(seed: int) -> None:
    world = World(seed).run()
    chance = random.Random(seed)
    lines = world.nodes[world.liar].lines
    agree(lines)
    shuffled = chance.sample(lines, len(lines))
    assert agree(shuffled) == agree(lines)
    some = agree([one for one in shuffled if chance.random() < 0.9])
    assert some["entries"] <= len(lines)


def test_the_histories_hold_what_can_differ() -> None:
    found = [verify.verdict(bundle_with(World(seed).run().nodes["A"].lines)) for seed in range(10)]
    assert sum(len(one["confirmed"]) for one in found) > 5
    assert any(one["forked"] for one in found)


@pytest.mark.parametrize("seed", range(20))
def test_damaged_lines_are_refused_by_the_same_rules(seed: int) -> None:
    chance = random.Random(seed)
    lines = list(LINES)
    for _ in range(10):
        number = chance.randrange(len(lines))
        data = bytearray(lines[number])
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        lines[number] = bytes(data).replace(b"\n", b"?")
    found = agree(lines)
    assert found["refused"]


def changed(entry: Any, **changes: Any) -> bytes:
    value = {**__import__("json").loads(encode(entry)), **changes}
    payload = encode({name: one for name, one in value.items() if one is not ...})
    return seal(ENTRY, payload, (signer("A minister")(pae(ENTRY, payload)),))


ODD = [
    {"v": 2},
    {"v": 2, "colour": "blue"},
    {"v": 2, "con": 1},
    {"v": 2, "con": "0" * 64},
    {"v": 2, "feed": "0" * 64},
    {"v": 0},
    {"v": True},
    {"v": 1.0},
    {"colour": "blue"},
    {"at": "2026-03-01T09:00:00+00:00"},
    {"at": "2026-02-31T09:00:00Z"},
    {"at": "2026-03-01T09:00:00.5Z"},
    {"also": []},
    {"also": ["0" * 64]},
    {"seq": 0},
    {"seq": 3},
    {"prev": ""},
    {"prev": "0" * 64},
    {"prev": ...},
    {"seen": {}},
    {"seen": {"0" * 64: [[1, "0" * 64]]}},
    {"seen": {feed("B"): []}},
    {"seen": {feed("B"): [[1, "0" * 64]]}},
    {"seen": {feed("B"): [[2, "0" * 64], [1, "0" * 64]]}},
    {"type": "later"},
    {"key": "0" * 64},
    {"key": key("A root")},
    {"key": "A"},
    {"con": "0" * 64},
    {"feed": key("X root")},
    {"body": {"topics": [], "content": {}}},
    {"body": {"topics": ["visas"]}},
    {"body": {"topics": ["visas"], "content": {}, "blobs": []}},
    {"body": {"topics": ["visas"], "content": {}, "blobs": [{"sha256": "0" * 64, "size": 1}]}},
    {"body": {"topics": ["vi sas"], "content": {}}},
    {"body": {"topics": ["visas\n"], "content": {}}},
    {"body": {"topics": ["visas"], "content": {"é": 1}}},
    {"body": {"topics": ["visas"], "content": {"n": 2**53}}},
    {"body": {"topics": ["visas"], "content": {"n": -(2**53) + 1}}},
]
for depth in (30, 31, 32, 33):
    nested: Any = 1
    for _ in range(depth):
        nested = [nested]
    ODD.append({"body": {"topics": ["visas"], "content": {"n": nested}}})
    ODD.append({"v": 2, "colour": nested})


@pytest.mark.parametrize("changes", ODD, ids=range(len(ODD)))
def test_an_odd_entry_is_judged_by_the_same_rule(changes: dict[str, Any]) -> None:
    node = ready()
    entry = node.draft("A minister", "say", {"topics": ["visas"], "content": {"text": "نعم"}})
    found = agree([*node.lines, changed(entry, **changes)])
    assert found["entries"] + found["waiting"] + len(found["refused"]) == 4


BODIES: list[tuple[str, str, dict[str, Any]]] = [
    ("A minister", "propose", act("B", "A")),
    ("A minister", "propose", act("A", "X")),
    ("A minister", "propose", act("A", "B", notary="B")),
    ("A minister", "propose", act("A", "B", notary="H")),
    ("A minister", "propose", act("A", "B", notary=None)),
    ("A minister", "propose", act("A", "B", amends="0" * 64)),
    ("A minister", "propose", act("A", "B", conditions=[{"is": "confirmed", "act": "0" * 64}])),
    ("A minister", "propose", act("A", "B", conditions=[{"is": "attested", "evidence": "census", "by": ["A"]}])),
    ("A minister", "propose", act("A", "B", conditions=[{"is": "attested", "evidence": "census", "by": ["X"]}])),
    ("A minister", "propose", act("A", "B", conditions=[{"is": "hoped", "act": "0" * 64}])),
    ("A minister", "propose", act("A", "B", legal="perhaps")),
    ("A minister", "sign", {"act": "0" * 64}),
    ("A minister", "lapse", {"act": "0" * 64}),
    ("A minister", "ack", {}),
    ("A minister", "epoch", {"reason": "moved"}),
    ("A root", "epoch", {"reason": "moved"}),
    ("A root", "epoch", {"reason": "bored"}),
    ("A root", "ack", {}),
    ("A node", "ack", {}),
    ("A node", "say", {"topics": ["visas"], "content": {}}),
    ("A stranger", "ack", {}),
    ("A root", "member.end", {"key": key("A minister")}),
    ("A root", "member.end", {"key": key("A stranger")}),
    ("A root", "root.next", {"prior": None, "roots": [key("A new")], "threshold": 1}),
    ("A root", "root.next", {"prior": "0" * 64, "roots": [key("A new")], "threshold": 1}),
    ("A root", "root.next", {"prior": None, "roots": [key("A new")], "threshold": 2}),
    ("A root", "root.next", {"prior": None, "roots": [key("A root")], "threshold": 1}),
    ("A root", "root.next", {"prior": None, "roots": ["0" * 64], "threshold": 1}),
    ("A minister", "root.reset", {"side": "B", "prior": None, "roots": [key("B new")], "threshold": 1}),
    ("A minister", "root.reset", {"side": "A", "prior": None, "roots": [key("A new")], "threshold": 1}),
    ("A minister", "root.reset", {"side": "X", "prior": None, "roots": [key("A new")], "threshold": 1}),
    ("A root", "fork.resolve", {"head": "0" * 64}),
    ("A minister", "rules.raise", {"rules": 2}),
    ("A minister", "rules.raise", {"rules": 1}),
    ("A root", "dispute", {"entry": "0" * 64}),
]


@pytest.mark.parametrize(("who", "type_", "body"), BODIES)
def test_an_entry_that_may_not_be_said_is_judged_by_the_same_rule(who: str, type_: str, body: dict[str, Any]) -> None:
    node = ready()
    agree([*node.lines, line(node.draft(who, type_, body))])


MEMBER = {"key": key("A clerk"), "title": {"en": "Clerk"}, "person": "ab" * 32, "roles": ["sign"], "topics": "*"}
MEMBERS: list[dict[str, Any]] = [
    {},
    {"key": key("A minister")},
    {"key": "0" * 64},
    {"title": {}},
    {"title": {"en": ""}},
    {"roles": []},
    {"topics": "visas"},
    {"topics": ["visas"]},
    {"since": "2026-03-01T10:00:00Z"},
    {"until": "2026-03-01T08:00:00Z"},
    {"since": "2026-03-01T09:00:00+03:00", "until": "2026-03-01T09:00:00+03:00"},
    {"since": "2026-03-02T09:00:00Z", "until": "2026-03-01T09:00:00Z"},
    {"since": "2026-03-01"},
    {"since": "2026-03-01T09:00:00"},
    {"since": "2026-13-01T09:00:00Z"},
    {"since": None},
    {"extra": 1},
]


@pytest.mark.parametrize("changes", MEMBERS, ids=range(len(MEMBERS)))
def test_mandates_are_judged_by_the_same_rules(changes: dict[str, Any]) -> None:
    node = ready()
    named("A clerk")
    proposed = node.say("B minister", "propose", act("A", "B"))
    node.take(line(node.draft("A root", "member.add", {**MEMBER, **changes})))
    node_lines = [*node.lines]
    if len(node_lines) == 4:
        node_lines.append(line(node.draft("A root", "member.add", {**MEMBER, **changes})))
    node_lines.append(line(node.draft("A clerk", "sign", {"act": proposed})))
    agree(node_lines)


def test_conditions_notaries_amendments_and_evidence_come_to_the_same() -> None:
    node = ready()
    first = node.say("A minister", "propose", act("A", "B"))
    census = [{"is": "attested", "evidence": "census", "by": ["A", "B"]}, {"is": "confirmed", "act": first}]
    second = node.say("A minister", "propose", act("A", "B", conditions=census, notary="H", amends=first))
    node.say("B minister", "sign", {"act": second})
    node.say("H node", "receipt", {"act": second})
    lines = [node.lines]
    for who, kind, body in (
        ("A minister", "attest", {"act": second, "evidence": "census"}),
        ("B minister", "attest", {"act": second, "evidence": "census"}),
        ("B minister", "sign", {"act": first}),
        ("A minister", "lapse", {"act": second}),
    ):
        node.say(who, kind, body)
        lines.append(node.lines)
    assert [len(agree(one)["confirmed"]) for one in lines] == [0, 0, 0, 2, 2]
    wrong = [
        ("H minister", "attest", {"act": second, "evidence": "census"}),
        ("A minister", "attest", {"act": second, "evidence": "harvest"}),
        ("A minister", "receipt", {"act": second}),
        ("B minister", "lapse", {"act": second}),
        ("H minister", "sign", {"act": second}),
        ("B minister", "propose", act("B", amends=first)),
    ]
    assert len(agree([*node.lines, *(line(node.draft(*one)) for one in wrong)])["refused"]) == len(wrong)


def test_new_root_keys_count_once_all_have_signed_for_whoever_had_seen_it() -> None:
    node = ready()
    change = node.say("A root", "root.next", {"prior": None, "roots": list(named("A new", "A newer")), "threshold": 2})
    before = line(node.draft("A root", "member.add", MEMBER))
    node.say("B minister", "sign", {"act": change})
    late = line(replace(node.draft("A root", "ack", {}), type="member.add", body=MEMBER))
    named("A clerk")
    pair = sorted((key("A new"), key("A newer")))
    both = node.draft("A new", "member.add", MEMBER)
    both = replace(both, key=pair[0], also=(pair[1],))
    found = agree([*node.lines, late, line(both)])
    assert found["refused"] == [(len(node.lines) + 3, "root.unknown-key")]
    assert agree([*node.lines, before])["forked"] == []


@given(cut=st.integers(0, len(WHOLE)), bit=st.integers(0, 7))
def test_a_damaged_bundle_is_refused_by_both(cut: int, bit: int) -> None:
    spoilt = bytearray(WHOLE)
    if cut < len(WHOLE):
        spoilt[cut] ^= 1 << bit
    for data in (bytes(spoilt), WHOLE[:cut]):
        found = verify.verdict(data)
        try:
            bundle_in(data, founding())
        except NotTakenError:
            assert found["broken"], cut
        else:
            assert data == WHOLE
            assert found == of_node(LINES)


def test_the_verifier_stands_alone_and_says_one_sentence_in_three_languages(tmp_path: Path) -> None:
    script = tmp_path / "verify.py"
    script.write_bytes(SCRIPT.read_bytes())
    (tmp_path / "bundle.tsw").write_bytes(WHOLE)
    (tmp_path / "short.tsw").write_bytes(packed(WHOLE))
    (tmp_path / "half.tsw").write_bytes(WHOLE[:30_000])
    told = {}
    for lang in ("en", "ar", "ru"):
        call = [sys.executable, "-I", str(script), "bundle.tsw", lang]
        done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
        assert done.stdout.count("\n") == 1
        assert founding().fingerprint in done.stdout
        told[lang] = done.stdout
        call[3] = "short.tsw"
        done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
        assert done.stdout == told[lang]
        call[3] = "half.tsw"
        assert subprocess.run(call, cwd=tmp_path, capture_output=True, check=False).returncode == 2
    assert told["en"] == (f"Good — entries: 50; acts confirmed by all: 16; founding act: {founding().fingerprint}.\n")
    assert "50" in told["ar"]
    assert told["ru"].startswith("Всё верно — записи: 50")


def test_the_verifier_needs_nothing_but_python_and_pynacl() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imported = {
        (name.module or "") if isinstance(name, ast.ImportFrom) else name.names[0].name
        for name in ast.walk(tree)
        if isinstance(name, ast.Import | ast.ImportFrom)
    }
    assert {one.partition(".")[0] for one in imported} - sys.stdlib_module_names == {"nacl"}


def test_sentences_tell_forks_what_waits_and_what_is_refused() -> None:
    node = ready()
    first = next(iter(node.held))
    fork = line(node.draft("A minister", "say", {"topics": ["visas"], "content": {}}, prev=first, seq=2, seen={}))
    other = line(node.draft("A minister", "ack", {}, prev=first, seq=2, seen={}))
    waits = line(node.draft("A minister", "ack", {}, prev="0" * 64, seq=9))
    told = verify.sentence(verify.verdict(bundle_with([*node.lines, fork, other, waits, b"x"])))
    assert told.startswith("Not good — entries: 5; acts confirmed by all: 0; entries that wait")
    assert "not in this file: 1; refused entries: 1; sides that said two different things in one place: A; " in told
