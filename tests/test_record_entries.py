"""An entry is one line of bytes in one form: whatever else is offered is refused, with the code of the rule."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import rfc8785
from benchmarks.recorded import AT, Node, act, feed, founding, key, line, named, ready, signer
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError
from securesystemslib.dsse import Envelope as OracleEnvelope

from ed25519_edges import NOT_CANONICAL, SMALL_ORDER, SPECCHECK
from tashawur.record.bodies import Blob
from tashawur.record.canonical import MOST_DEPTH, WHOLE, decode, encode
from tashawur.record.entries import Entry, read
from tashawur.record.envelope import ENTRY, FOUNDING, MOST_BYTES, MOST_SIGNATURES, digest, pae, seal, unseal
from tashawur.record.events import Admitted, Known, Parked, Refused
from tashawur.record.keys import public_key
from tashawur.record.members import person_digest
from tashawur.record.proofs import equivocation
from tashawur.terms.errors import NotAdmittedError


def rule_of(data: bytes) -> str:
    """The rule by which a fresh ledger refuses the line."""
    (event,) = Node().take(data)
    assert isinstance(event, Refused), event
    return event.rule


def refusal(call: Any, *arguments: Any) -> str:
    with pytest.raises(NotAdmittedError) as caught:
        call(*arguments)
    return caught.value.rule


def entry(**changes: Any) -> Entry:
    made = Node().draft("A root", "say", {"topics": ["visas"], "content": {"text": "نعم"}})
    return replace(made, **changes)


def signed(payload: bytes, who: str = "A root", kind: str = ENTRY) -> bytes:
    """Any payload, in a good envelope with a good signature."""
    return seal(kind, payload, (signer(who)(pae(kind, payload)),))


def changed(**changes: Any) -> bytes:
    """The line of an entry whose JSON was changed, signed as it then is."""
    value = json.loads(encode(entry()))
    value.update(changes)
    return signed(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())


# The envelope


def test_an_envelope_is_what_other_programs_read_as_dsse() -> None:
    data = line(entry())
    envelope = unseal(data, ENTRY)
    told = json.loads(data)
    assert told["payloadType"] == "application/vnd.tashawur.entry+json"
    assert base64.b64decode(told["payload"], validate=True) == envelope.payload
    assert [set(one) for one in told["signatures"]] == [{"sig"}]
    oracle = OracleEnvelope(envelope.payload, told["payloadType"], {})
    assert oracle.pae() == envelope.message
    assert data == json.dumps(told, separators=(",", ":"), sort_keys=True).encode()
    assert envelope.id == digest(oracle.pae())


@given(payload=st.binary(max_size=400), kind=st.sampled_from([ENTRY, FOUNDING]))
def test_what_is_signed_agrees_with_the_oracle_and_comes_back(payload: bytes, kind: str) -> None:
    assert pae(kind, payload) == OracleEnvelope(payload, kind, {}).pae()
    if payload:
        data = seal(kind, payload, (b"\0" * 64, b"\1" * 64))
        assert unseal(data, kind).payload == payload
        assert unseal(data, kind).signatures == (b"\0" * 64, b"\1" * 64)


@given(data=st.binary(max_size=300) | st.text().map(str.encode))
def test_bytes_that_are_no_envelope_are_refused_and_never_a_crash(data: bytes) -> None:
    (event,) = Node().take(data)
    assert isinstance(event, Refused)


def test_an_envelope_that_is_too_long_is_refused() -> None:
    long = entry(body={"topics": ["visas"], "content": {"text": "x" * MOST_BYTES}})
    assert rule_of(line(long)) == "envelope.size"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n",
        lambda data: b" " + data,
        lambda data: data.replace(b'","payloadType', b'", "payloadType'),
        lambda data: json.dumps(dict(reversed(json.loads(data).items()))).encode(),
        lambda _: b"[]",
        lambda _: b"\xff",
        lambda _: b"[" * 5_000,
        lambda _: b"",
    ],
)
def test_an_envelope_in_another_form_is_refused(change: Any) -> None:
    assert rule_of(change(line(entry()))) == "envelope.form"


def test_an_envelope_of_another_type_is_refused() -> None:
    assert rule_of(signed(encode(entry()), kind=FOUNDING)) == "envelope.type"
    assert refusal(unseal, line(entry()), FOUNDING) == "envelope.type"


@pytest.mark.parametrize("bad", ["-", "_", "\\n", " ", "=", "é"])
def test_base64_that_is_not_strict_is_refused(bad: str) -> None:
    data = line(entry())
    assert rule_of(data[:20] + bad.encode() + data[20 + len(bad.encode()) :]) == "envelope.base64"


def test_the_name_of_a_key_beside_a_signature_is_refused() -> None:
    data = line(entry()).replace(b'"}]}', b'","keyid":""}]}')
    assert [set(one) for one in json.loads(data)["signatures"]] == [{"sig", "keyid"}]
    assert rule_of(data) == "envelope.base64"


def test_base64_with_bits_left_over_is_refused() -> None:
    data = line(entry())
    place = data.rindex(b'=="}]}') - 1
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = letters[letters.index(data[place]) ^ 1]
    spoilt = data[:place] + bytes([other]) + data[place + 1 :]
    assert base64.b64decode(json.loads(spoilt)["signatures"][0]["sig"]) == unseal(data, ENTRY).signatures[0]
    assert rule_of(spoilt) == "envelope.base64"


def test_too_few_too_many_and_short_signatures_are_refused() -> None:
    payload = encode(entry())
    good = signer("A root")(pae(ENTRY, payload))
    assert rule_of(seal(ENTRY, payload, (good, good))) == "envelope.signatures"
    assert rule_of(seal(ENTRY, payload, (good[:63],))) == "envelope.signatures"
    assert rule_of(seal(ENTRY, payload, (good,) * (MOST_SIGNATURES + 1))) == "envelope.signatures"


# The JSON


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-WHOLE, WHOLE) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(value=plain)
def test_the_one_form_is_that_of_rfc_8785_and_comes_back(value: Any) -> None:
    assert encode(value) == rfc8785.dumps(value)
    assert decode(encode(value)) == value


@given(value=plain, data=st.data())
def test_any_other_way_to_write_it_is_refused(value: Any, data: st.DataObject) -> None:
    loose = json.dumps(value, ensure_ascii=data.draw(st.booleans()), indent=data.draw(st.sampled_from([None, 1])))
    if loose.encode("utf-8", "surrogatepass") != encode(value):
        assert refusal(decode, loose.encode("utf-8", "surrogatepass")).startswith("json.")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b'{"a":1,"a":1}', "json.canonical"),
        (b'{"a":1,"a":2}', "json.canonical"),
        (b'{"b":1,"a":1}', "json.canonical"),
        (b'{"a": 1}', "json.canonical"),
        (b'{"a":-0}', "json.canonical"),
        (b'{"a":"\\/"}', "json.canonical"),
        (b'{"a":"\\u0041"}', "json.canonical"),
        (b'{"a":"\\u001F"}', "json.canonical"),
        (b'{"a":"\\u0008"}', "json.canonical"),
        (b"\xef\xbb\xbf{}", "json.malformed"),
        (b'{"a":1.0}', "json.float"),
        (b'{"a":1e3}', "json.float"),
        (b'{"a":1E400}', "json.float"),
        (b'{"a":-0.0}', "json.float"),
        (b'{"a":[{"b":0.5}]}', "json.float"),
        (b'{"a":01}', "json.malformed"),
        (b'{"a":NaN}', "json.malformed"),
        (b'{"a":Infinity}', "json.malformed"),
        (b'{"a":1,}', "json.malformed"),
        (b"{'a':1}", "json.malformed"),
        (b'{"a":1}{"a":1}', "json.malformed"),
        (b'{"a":"\\ud800"}', "json.malformed"),
        (b'{"a":"\\udc00\\ud800"}', "json.malformed"),
        (b'{"a":"\xed\xa0\x80"}', "json.malformed"),
        (b'{"a":"\xc0\x80"}', "json.malformed"),
        (b'{"a":"\xff"}', "json.malformed"),
        (b'{"a":"\x00"}', "json.malformed"),
        (b'{"a":"\n"}', "json.malformed"),
        (b"", "json.malformed"),
        (b'{"a":9007199254740992}', "json.integer"),
        (b'{"a":-9007199254740992}', "json.integer"),
        (b'{"a":[18446744073709551616]}', "json.integer"),
        (b'{"a":' + b"9" * 4_000 + b"}", "json.integer"),
        ('{"é":1}'.encode(), "json.key"),
        ('{"a":{"\u202ea":1}}'.encode(), "json.key"),
        (b'{"a":' + b"[" * MOST_DEPTH + b"]" * MOST_DEPTH + b"}", "json.depth"),
        (b"[" * 200_000 + b"]" * 200_000, "json.depth"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "json.depth"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_json_that_others_may_read_differently_is_refused(text: bytes, rule: str) -> None:
    assert refusal(decode, text) == rule
    # The same where it stands in an entry, signed as it is.
    whole = encode(entry()).replace('{"text":"نعم"}'.encode(), text)
    told = rule_of(signed(whole))
    if len(text) > 50_000:
        assert told == "envelope.size"
    elif text.startswith(b"{") and rule != "json.malformed":
        assert told == rule
    else:
        assert told in {rule, "json.malformed", "json.shape"}


def test_numbers_and_nesting_up_to_the_bounds_are_good() -> None:
    deep: Any = 1
    for _ in range(MOST_DEPTH - 3):
        deep = [deep]
    node = Node()
    node.appoint("A minister")
    node.say("A minister", "say", {"topics": ["visas"], "content": {"n": [WHOLE, -WHOLE], "deep": deep}})


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": 1},
        {"seq": 0},
        {"seq": "1"},
        {"seq": True},
        {"v": 0},
        {"at": "2026-03-01T09:00:00.5Z"},
        {"at": "2026-03-01T09:00:00.500000Z"},
        {"at": "2026-03-01T12:00:00+03:00"},
        {"at": "2026-03-01T09:00:00"},
        {"at": "2026-02-30T09:00:00Z"},
        {"at": "2026-03-01t09:00:00Z"},
        {"also": []},
        {"seen": {"x": [[0, ""]]}},
        {"seen": []},
        {"body": []},
        {"type": None},
    ],
    ids=str,
)
def test_an_entry_of_another_shape_is_refused(changes: dict[str, Any]) -> None:
    assert rule_of(changed(**changes)) == "json.shape"


def test_a_body_of_another_shape_is_refused() -> None:
    node = ready()
    bodies: list[dict[str, Any]] = [
        {},
        {"topics": [], "content": {}},
        {"topics": ["visas"]},
        {**act("A"), "unknown": 1},
    ]
    for body in bodies:
        assert node.refused("A minister", "propose", body) == "json.shape"
    assert node.refused("A minister", "propose", act("A", topics=["\u202evisas"])) == "json.shape"
    for topic in ("visas\n", "", "*", "a" * 65, "виза", "1"):
        assert node.refused("A minister", "propose", act("A", topics=[topic])) == "json.shape"
    assert node.refused("A minister", "sign", {"act": "ab" * 32 + "\n"}) == "json.shape"
    assert node.refused("A minister", "propose", act("A", blobs=[{"sha256": "ab", "size": 1}])) == "json.shape"


# Keys and signatures


def test_a_signature_by_another_key_or_over_other_bytes_is_refused() -> None:
    payload = encode(entry())
    assert rule_of(signed(payload, "B root")) == "signature.wrong"
    other = signer("A root")(payload)
    assert rule_of(seal(ENTRY, payload, (other,))) == "signature.wrong"
    foreign = signer("A root")(pae(FOUNDING, payload))
    assert rule_of(seal(ENTRY, payload, (foreign,))) == "signature.wrong"


def test_a_signature_to_which_the_order_of_the_group_was_added_is_refused() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    payload = encode(entry())
    good = signer("A root")(pae(ENTRY, payload))
    scalar = int.from_bytes(good[32:], "little") + order
    assert rule_of(seal(ENTRY, payload, (good[:32] + scalar.to_bytes(32, "little"),))) == "signature.wrong"


@pytest.mark.parametrize("bad", ["", "ab", "AB" * 32, "ab" * 33, "zz" * 32, " " + "ab" * 31 + "a", "٣" * 64])
def test_a_key_that_is_not_written_in_hex_is_refused(bad: str) -> None:
    assert rule_of(changed(key=bad)) == "key.form"


@pytest.mark.parametrize("point", SMALL_ORDER + NOT_CANONICAL)
def test_a_key_with_which_one_signature_fits_many_messages_is_refused(point: str) -> None:
    assert refusal(public_key, point) == "key.weak"
    assert rule_of(changed(key=point)) == "key.weak"


@pytest.mark.parametrize("edge", SPECCHECK)
def test_edge_cases_of_signatures_are_judged_as_in_the_table(edge: Any) -> None:
    message, point, signature = (bytes.fromhex(one) for one in edge[:3])
    try:
        crypto_sign_open(signature + message, point)
        accepted = True
    except BadSignatureError:
        accepted = False
    assert accepted == edge.accepted
    if edge.good_key:
        assert public_key(edge.key) == point
    else:
        assert refusal(public_key, edge.key) == "key.weak"
    assert not (edge.accepted and edge.good_key), "none of the ten gets through both"


def test_keys_that_sign_together_stand_in_order_and_each_must_sign() -> None:
    low, high = sorted(named("A root 2", "A root 3"))
    for also in ((high, low), (low, low), (key("A root"),)):
        assert rule_of(line(entry(also=also))) == "entry.also"
    payload = encode(entry(also=(low,)))
    good = signer("A root")(pae(ENTRY, payload))
    assert rule_of(seal(ENTRY, payload, (good, good))) == "signature.wrong"


# Every byte


def fifty() -> list[bytes]:
    node = ready()
    for place in range(47):
        side = "ABH"[place % 3]
        node.say(f"{side} minister", "say", {"topics": ["visas"], "content": {"n": place, "text": "نعم да"}})
    return node.lines


def test_no_byte_of_fifty_entries_can_be_changed() -> None:
    lines = fifty()
    assert len(lines) == 50
    flipped = admitted = 0
    for place, data in enumerate(lines):
        node = Node()
        for before in lines[:place]:
            node.take(before)
        for at in range(len(data)):
            bad = data[:at] + bytes([data[at] ^ (1 << (at % 8))]) + data[at + 1 :]
            (event,) = node.take(bad)
            flipped += 1
            admitted += not isinstance(event, Refused)
    assert flipped > 50_000
    assert admitted == 0


@given(place=st.integers(0, 10_000), piece=st.binary(max_size=8), cut=st.integers(0, 8))
def test_a_line_with_a_piece_put_in_or_cut_out_is_refused(place: int, piece: bytes, cut: int) -> None:
    data = line(entry())
    place %= len(data)
    bad = data[:place] + piece + data[place + cut :]
    if bad != data:
        assert isinstance(Node().take(bad)[0], Refused)


def test_the_line_of_an_entry_is_kept_byte_for_byte() -> None:
    for data in fifty():
        received = read(data)
        assert received.line == data
        assert isinstance(received.entry, Entry)
        assert encode(received.entry) == received.envelope.payload


def test_an_entry_that_came_before_changes_nothing() -> None:
    node = ready()
    before = node.ledger.state()
    for data in node.lines:
        assert isinstance(node.take(data)[0], Known)
    assert node.ledger.state() == before


# What lies outside the record


def test_a_name_is_in_the_record_only_as_a_digest_that_salt_opens() -> None:
    told = person_digest("N. N.", b"0123456789abcdef")
    assert told == digest(b'{"name":"N. N.","salt":"30313233343536373839616263646566"}')
    assert told != person_digest("N. N.", b"0123456789abcdeF")
    node = ready()
    assert b"minister" not in b"".join(unseal(data, ENTRY).payload for data in node.lines).replace(
        b"Deputy minister", b""
    )


def test_a_file_is_known_by_its_digest_and_size() -> None:
    blob = Blob(sha256=digest(b"text"), size=4)
    assert blob.is_of(b"text")
    assert not blob.is_of(b"texT")
    assert not Blob(sha256=digest(b"text"), size=5).is_of(b"text")
    node = ready()
    node.say("A minister", "propose", act("A", "B", blobs=[{"sha256": digest(b"text"), "size": 4}]))


# Proof of two entries in one place


def test_two_entries_in_one_place_are_a_proof_that_needs_no_ledger() -> None:
    one, other = line(entry()), line(entry(body={"topics": ["visas"], "content": {"text": "no"}}))
    proof = equivocation(one, other)
    assert proof == equivocation(other, one)
    assert (proof.con, proof.feed, proof.seq) == (founding().id, feed("A"), 1)
    assert set(proof.ids) == {read(one).id, read(other).id}


def test_two_entries_that_do_not_contradict_each_other_prove_nothing() -> None:
    one = line(entry())
    assert refusal(equivocation, one, one) == "proof.none"
    assert refusal(equivocation, one, line(entry(seq=2, prev="ab" * 32))) == "proof.none"
    assert refusal(equivocation, one, one[:-1]) == "envelope.form"


# Newer rules, as far as a line goes


def test_an_entry_of_newer_rules_in_a_form_that_is_not_known_waits_once_its_signature_is_good() -> None:
    node = Node()
    newer = changed(v=2, novelty={"x": 1})
    (event,) = node.take(newer)
    assert isinstance(event, Parked)
    assert event.waits_for == "rules"
    spoilt = unseal(newer, ENTRY)
    assert rule_of(seal(ENTRY, spoilt.payload, (bytes(64),))) == "signature.wrong"
    assert rule_of(changed(v=2, novelty=1, con="ab" * 32)) == "entry.consultation"
    assert rule_of(changed(v=2, novelty=1, key="ab")) == "key.form"
    assert rule_of(changed(v=1, novelty=1)) == "json.shape"


def test_a_good_entry_is_admitted() -> None:
    node = ready()
    (event,) = node.take(line(node.draft("A minister", "ack", {}, at=AT)))
    assert isinstance(event, Admitted)
    assert event.received.id in node.ledger
    assert len(node.ledger) == 4
