"""Two nodes bring each other what each lacks, whatever is cut off, sent again, forged or kept back on the way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from benchmarks.carried import (
    Held,
    asked_node,
    exchange_of,
    fresh_from,
    node_of,
    run,
    sending_to,
    small,
)
from benchmarks.record_simulation import World
from benchmarks.recorded import Node, feed, founding, founding_of, key, line, party, ready, signer
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tashawur.record.envelope import MOST_BYTES, REQUEST
from tashawur.terms.errors import NotTakenError
from tashawur.wire import exchange as exchanging
from tashawur.wire.answering import path_of
from tashawur.wire.exchange import EMPTY, Ask, seen_by
from tashawur.wire.holdings import page_from
from tashawur.wire.messages import (
    FORM,
    MOST_MARKS,
    MOST_MESSAGE,
    Answering,
    Asking,
    Fetch,
    Marks,
    Page,
    Standing,
    Taken,
    heard,
    page_in,
    page_of,
    told,
)
from tashawur.wire.signed import MOST_NONCES, Challenges, answer_of, digest_of, message, request_in

LINES = small(50)


def refusal(call: Callable[..., object], *arguments: Any) -> str:
    with pytest.raises(NotTakenError) as caught:
        call(*arguments)
    return caught.value.rule


def same(*nodes: Held) -> bool:
    return len({one.ledger.state().digest for one in nodes}) == 1


# Carrying


def test_a_node_fetches_what_it_lacks_and_gives_what_the_other_lacks() -> None:
    a, b = Held(LINES[:40]), Held(LINES[:3])
    own = Node()
    for one in LINES[:3]:
        own.take(one)
    own.say("B minister", "say", {"topics": ["visas"], "content": {"only": "B has it"}})
    b.admit(own.lines[3:], "")
    report = run(exchange_of("B", b, "A"), sending_to(asked_node("A", a)))
    assert (report.got.admitted, report.gave.admitted) == (37, 1)
    assert report.heads == a.standing().heads
    assert same(a, b)
    assert not report.withheld
    assert report.got.refused == report.gave.refused == 0


def test_an_exchange_with_nothing_new_asks_once_and_brings_nothing() -> None:
    a, b = Held(LINES), Held(LINES)
    asked: list[str] = []
    send = sending_to(asked_node("A", a))

    def counted(ask: Ask) -> bytes:
        asked.append(ask.path)
        return send(ask)

    report = run(exchange_of("B", b, "A"), counted)
    assert report.got.lines == report.gave.lines == 0
    assert {path.rsplit("/", 1)[1] for path in asked} == {"heads"}
    assert len(asked) == 2  # the first time for the challenge


def test_the_host_relays_what_two_sides_never_bring_each_other() -> None:
    a, b, h = Held(LINES), Held(LINES[:3]), Held()
    run(exchange_of("A", a, "H"), sending_to(asked_node("H", h)))
    run(exchange_of("B", b, "H"), sending_to(asked_node("H", h, 50)))
    assert same(a, b, h)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_a_dishonest_node_did_two_honest_ones_come_to_the_same(seed: int) -> None:
    world = World(seed)
    for _ in range(60):
        world._step()
    one, other = (Held(world.nodes[side].lines) for side in world.honest)
    first, second = world.honest
    for _ in range(2):
        run(exchange_of(first, one, second), sending_to(asked_node(second, other)))
    world._heal()
    assert same(one, other)
    assert one.ledger.state().digest == Held([*one.lines, *other.lines]).ledger.state().digest


@given(data=st.data())
def test_a_line_that_is_cut_anywhere_loses_nothing_and_goes_on_where_it_was(data: st.DataObject) -> None:
    a, b = Held(LINES), Held(LINES[:5])
    node = asked_node("A", a)
    send = sending_to(node)
    for attempt in range(20):
        left = data.draw(st.integers(0, 4), label="requests until the cut") if attempt < 19 else 99
        exchange = exchange_of("B", b, "A", 10**6 * (attempt + 1))
        had = len(b.lines)
        try:
            while not exchange.is_over:
                if (ask := exchange.ask()) is not None:
                    if left == 0:
                        raise ConnectionError
                    left -= 1
                    exchange.take(send(ask))
                exchange.admit()
        except ConnectionError:
            assert len(b.lines) >= had
            continue
        break
    assert same(a, b)


def test_pages_are_bounded_and_an_exchange_goes_through_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tashawur.wire.holdings.MOST_PAGE", 3_000)
    a, b = Held(LINES), Held()
    sizes = []
    send = sending_to(asked_node("A", a))

    def measured(ask: Ask) -> bytes:
        answer = send(ask)
        sizes.append(len(answer))
        return answer

    report = run(exchange_of("B", b, "A"), measured)
    assert report.got.admitted == 50
    assert report.got.known == report.got.waiting == 0
    assert max(sizes) < 3_000 + 2_000
    assert same(a, b)


def test_the_longest_entry_fits_into_a_message() -> None:
    long = "x" * 190_000
    node = ready()
    node.say("A minister", "say", {"topics": ["visas"], "content": {"text": long}})
    a, b = Held(node.lines), Held()
    assert run(exchange_of("B", b, "A"), sending_to(asked_node("A", a))).got.admitted == 4
    assert MOST_BYTES < MOST_MESSAGE


# What a node holds


def forked(number: int) -> list[bytes]:
    """A feed of A with so many branches behind its first entry."""
    node = ready()
    first = next(iter(node.held))
    for place in range(number):
        body = {"topics": ["visas"], "content": {"n": place}}
        node.take(line(node.draft("A minister", "say", body, prev=first, seq=2, seen={})))
    return node.lines


def test_what_is_lacking_is_found_across_forks() -> None:
    lines = forked(5)
    for cut in range(len(lines)):
        a, b = Held(lines), Held(lines[:cut])
        assert [one for _, one in a.lacking(b.standing())] == lines[cut:]
        assert not list(b.lacking(a.standing()))


def test_a_feed_with_more_branches_than_a_message_names_is_carried_all_the_same() -> None:
    lines = forked(MOST_MARKS + 30)
    a, b = Held(lines), Held()
    report = run(exchange_of("B", b, "A"), sending_to(asked_node("A", a)))
    assert same(a, b)
    assert len(report.heads[feed("A")]) == MOST_MARKS
    assert feed("A") in report.got.forked
    assert run(exchange_of("B", b, "A"), sending_to(asked_node("A", a, 100))).got.admitted == 0


@given(cuts=st.tuples(st.integers(0, 50), st.integers(0, 50)), start=st.integers(0, 60))
def test_the_marks_of_a_node_tell_how_far_it_is_even_to_one_that_is_behind(cuts: tuple[int, int], start: int) -> None:
    one, other = (Held(LINES[:cut]) for cut in cuts)
    lacking = list(one.lacking(other.standing(), start))
    if cuts[0] >= cuts[1]:
        assert lacking == [(place, LINES[place]) for place in range(max(cuts[1], start), cuts[0])]
    else:
        # It knows none of the heads that are ahead of it, and sends again fewer entries than it is behind.
        assert len(lacking) < cuts[1] - cuts[0]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_lacking_in_any_history_is_the_difference_of_what_is_held(seed: int) -> None:
    chance = random.Random(seed)
    lines = World(seed).run().nodes["A"].lines
    whole = Held(lines)
    for _ in range(20):
        part = Held()
        for one in lines:
            if chance.random() < 0.8:
                part.admit([one], "")
        lacking = [one for _, one in whole.lacking(part.standing())]
        assert set(lacking) >= set(lines) - set(part.lines)
        # What both have is not sent again, but for branches of which no entry was named.
        assert lacking == [one for one in lines if one not in part.lines]


def test_a_page_goes_on_where_the_one_before_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tashawur.wire.holdings.MOST_LINES", 7)
    held, start, found = Held(LINES), 0, []
    while True:
        page, lines = page_from(held, EMPTY, start)
        found += lines
        start = page.next
        if not page.more:
            break
        assert page.lines == 7
    assert found == LINES


# What is kept back


def test_a_peer_that_names_heads_and_does_not_bring_them_is_shown() -> None:
    a, b = Held(LINES), Held(LINES[:10])
    node = asked_node("A", a)
    node.holdings.lacking = lambda *_: iter(())  # type: ignore[method-assign]
    report = run(exchange_of("B", b, "A"), sending_to(node))
    assert {one.feed for one in report.withheld} == {feed("A"), feed("B"), feed("H")}
    assert all(not b.holds(one.id) for one in report.withheld)


def test_a_host_that_holds_back_what_others_have_named_is_shown_by_what_waits() -> None:
    h, b = Held(LINES[:3]), Held(LINES[:3])
    kept_back, named_it = LINES[3], LINES[4]  # B signs what A proposes
    h.add("0" * 64, feed("A"), named_it)
    report = run(exchange_of("B", b, "H"), sending_to(asked_node("H", h)))
    assert report.got.waiting == 1
    assert report.got.waits_for == {Held([*LINES[:3], kept_back]).standing().heads[feed("A")][0][1]}
    assert [one.id for one in report.withheld] == ["0" * 64]


def test_a_node_shows_how_far_each_peer_was_when_it_last_told() -> None:
    a, h = Held(LINES), Held(LINES[:20])
    node = asked_node("A", a)
    run(exchange_of("H", h, "A"), sending_to(node))
    seen = seen_by({"H": Held(LINES[:20]).standing()}, a.standing())
    assert [one.peer for one in seen] == ["H"] * 3
    ahead = {one.feed: one.beside for one in seen}
    assert ahead[feed("A")] == 10
    assert node.told["H"] == Held(LINES[:20]).standing()


# Requests that are not good


def request(data: bytes = b"{}", who: str = "B", what: str = "heads", **changes: Any) -> tuple[str, str, bytes]:
    path = path_of(founding().id, what)
    asking = Asking(
        v=FORM,
        con=founding().id,
        by=key(f"{who} node"),
        to=key("A node"),
        method="POST",
        path=path,
        body=digest_of(data),
        nonce="0" * 32,
        challenge="",
    )
    return "POST", path, message(REQUEST, replace(asking, **changes), data, signer(f"{who} node"))


def answered(*ask: Any) -> str:
    """The rule by which a fresh node of A refuses it; it answers all the same, signed, and admits nothing."""
    held = Held(LINES[:3])
    answer = asked_node("A", held).answer(*ask)
    assert len(held.lines) == 3
    assert answer.data.startswith(b'{"payload":"')
    return answer.rule


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"con": "0" * 64}, "message.consultation"),
        ({"by": key("B minister")}, "request.stranger"),
        ({"by": key("A node")}, "request.stranger"),
        ({"by": key("H node")}, "signature.wrong"),
        ({"to": key("H node")}, "request.addressee"),
        ({"method": "GET"}, "request.place"),
        ({"path": path_of("0" * 64, "heads")}, "request.place"),
        ({"body": "0" * 64}, "message.body"),
        ({"v": FORM + 1}, "message.newer"),
        ({"nonce": "0" * 31}, "json.shape"),
        ({}, "request.stale"),
        ({"challenge": "f" * 32}, "request.stale"),
    ],
)
def test_a_request_that_is_not_good_is_refused_by_its_rule(changes: dict[str, Any], rule: str) -> None:
    assert answered(*request(**changes)) == rule


def test_a_request_is_good_for_the_path_that_it_was_signed_for_alone() -> None:
    method, _, data = request()
    assert answered(method, path_of(founding().id, "fetch"), data) == "request.place"
    assert answered("GET", path_of(founding().id, "heads"), data) == "request.place"


def test_a_request_for_what_a_node_does_not_do_is_refused() -> None:
    node = asked_node("A", Held())
    challenge = node._challenges.of("B")
    path = path_of(founding().id, "briefs")
    _, _, data = request(path=path, challenge=challenge)
    assert node.answer("POST", path, data).rule == "request.place"


def test_a_request_of_a_key_that_is_not_in_the_founding_act_is_refused() -> None:
    assert answered(*request(who="X")) == "request.stranger"


def test_a_request_that_is_sent_again_is_refused() -> None:
    a, b = Held(LINES), Held()
    node, exchange = asked_node("A", a), exchange_of("B", b, "A")
    sent: list[Ask] = []
    send = sending_to(node)

    def kept(ask: Ask) -> bytes:
        sent.append(ask)
        return send(ask)

    run(exchange, kept)
    rules = [node.answer(*one).rule for one in sent]
    assert rules == ["request.stale"] + ["request.replayed"] * (len(sent) - 1)
    # Nor is it good at a node that was started anew, which remembers nothing.
    assert asked_node("A", a, 10**9).answer(*sent[-1]).rule == "request.stale"


def test_the_memory_of_nonces_is_bounded_and_none_is_good_twice() -> None:
    challenges = Challenges(fresh_from())
    old = challenges.of("B")
    for nonce in range(MOST_NONCES):
        challenges.spend("B", old, f"{nonce:032x}")
    new = challenges.of("B")
    assert new != old
    assert refusal(challenges.spend, "B", old, "0" * 32) == "request.stale"
    assert refusal(challenges.spend, "H", new, "0" * 32) == "request.stale"
    challenges.spend("B", new, "0" * 32)
    assert refusal(challenges.spend, "B", new, "0" * 32) == "request.replayed"
    assert sum(map(len, challenges._spent.values())) <= MOST_NONCES


def test_a_long_exchange_goes_on_when_its_challenge_is_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tashawur.wire.signed.MOST_NONCES", 3)
    monkeypatch.setattr("tashawur.wire.holdings.MOST_LINES", 2)
    a, b = Held(LINES), Held()
    assert run(exchange_of("B", b, "A"), sending_to(asked_node("A", a))).got.admitted == 50


def test_a_message_that_is_too_long_is_refused() -> None:
    method, path, data = request()
    assert answered(method, path, data + b"x" * MOST_MESSAGE) == "message.size"
    assert answered(method, path, b"x" * 20_000) == "message.form"
    assert asked_node("A", Held()).too_long().rule == "message.size"


BODIES = [
    (b'{"heads":{},"heads":{},"marks":{}}', "json.canonical"),
    (b'{"heads":{}, "marks":{}}', "json.canonical"),
    (b'{"marks":{},"heads":{}}', "json.canonical"),
    (b'{"heads":{},"marks":{},"more":1}', "json.shape"),
    (b'{"heads":{}}', "json.shape"),
    (b'{"heads":{},"marks":1.5}', "json.float"),
    (b'{"heads":{},"marks":1e3}', "json.float"),
    (b'{"heads":{},"marks":9007199254740993}', "json.integer"),
    (b'{"heads":' + b"[" * 40 + b"]" * 40 + b',"marks":{}}', "json.depth"),
    (b"[" * 100_000, "json.depth"),
    (b"\xff", "json.malformed"),
    (b"", "json.malformed"),
    (b'{"heads":{"%b":[[0,"%b"]]},"marks":{}}' % (b"a" * 64, b"b" * 64), "json.shape"),
    (b'{"heads":{"%b":[]},"marks":{}}' % (b"a" * 64), "json.shape"),
    (b'{"heads":{"%b\\n":[[1,"%b"]]},"marks":{}}' % (b"a" * 64, b"b" * 64), "json.shape"),
]


@pytest.mark.parametrize(("body", "rule"), BODIES)
def test_a_body_in_another_form_is_refused_by_its_rule(body: bytes, rule: str) -> None:
    node = asked_node("A", Held())
    method, path, data = request(body, challenge=node._challenges.of("B"))
    assert node.answer(method, path, data).rule == rule


def test_a_message_names_no_more_entries_than_it_may() -> None:
    heads: Marks = {"a" * 64: tuple((seq, "b" * 64) for seq in range(1, MOST_MARKS + 2))}
    assert refusal(heard, told(Standing(heads=heads, marks={})), Standing) == "json.shape"
    feeds: Marks = {f"{place:064x}": ((1, "b" * 64),) for place in range(17)}
    assert refusal(heard, told(Standing(heads=feeds, marks={})), Standing) == "json.shape"


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"x\n", lambda data: data + b"x"])
def test_a_page_whose_lines_are_not_as_many_as_it_says_is_refused(change: Any) -> None:
    data = page_of(Page(lines=2, next=2, more=False), LINES[:2])
    assert page_in(data)[1] == LINES[:2]
    assert refusal(page_in, change(data)) == "page.lines"


# Peers that are not good


def answering(monkeypatch: pytest.MonkeyPatch, what: str, body: bytes) -> Callable[[Ask], bytes]:
    """A node of A that says what it should not, well signed."""
    node = asked_node("A", Held(LINES))
    monkeypatch.setattr(node, "_work", lambda path: lambda *_: body if path.endswith(what) else _heads(node))
    return sending_to(node)


def _heads(node: Any) -> bytes:
    return told(node.holdings.standing())


@pytest.mark.parametrize(
    ("page", "lines", "rule"),
    [
        (Page(lines=0, next=9, more=True), [], "page.order"),
        (Page(lines=1, next=0, more=True), LINES[:1], "page.order"),
        (Page(lines=2, next=9, more=True), LINES[:1], "page.lines"),
    ],
)
def test_a_peer_whose_pages_do_not_go_on_is_left(
    monkeypatch: pytest.MonkeyPatch, page: Page, lines: list[bytes], rule: str
) -> None:
    send = answering(monkeypatch, "fetch", page_of(page, lines))
    assert refusal(run, exchange_of("B", Held(), "A"), send) == rule


def endless(lines: list[bytes], monkeypatch: pytest.MonkeyPatch) -> Callable[[Ask], bytes]:
    node = asked_node("A", Held(LINES))
    after = iter(range(1, 10**9))

    def work(path: str) -> Any:
        page = page_of(Page(lines=len(lines), next=next(after), more=True), lines)
        return lambda *_: page if path.endswith("fetch") else _heads(node)

    monkeypatch.setattr(node, "_work", work)
    return sending_to(node)


def test_a_peer_that_says_the_same_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    b = Held()
    assert refusal(run, exchange_of("B", b, "A"), endless(LINES[:3], monkeypatch)) == "peer.nothing-new"
    assert len(b.lines) == 3


def test_a_peer_that_brings_no_good_entries_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = exchange_of("B", Held(), "A")
    assert refusal(run, exchange, endless([b"x"] * 400, monkeypatch)) == "peer.refusals"
    assert exchange.report.got.refused == 1_200
    assert len(exchange.report.got.refusals) == 64
    assert exchange.report.got.refusals[0].rule == "envelope.form"
    assert exchange.report.got.refusals[1].id == ""


def test_a_peer_that_asks_for_new_challenges_without_end_is_left() -> None:
    node = asked_node("A", Held(LINES))

    def stale(ask: Ask) -> bytes:
        return answer_of(node.own, ask.data, "f" * 32, b"", "request.stale")

    assert refusal(run, exchange_of("B", Held(), "A"), stale) == "request.stale"


def test_a_peer_that_refuses_is_told_by_its_rule_even_one_that_is_not_known() -> None:
    node = asked_node("A", Held(LINES))
    for rule in ("request.stranger", "later.rule"):
        with pytest.raises(NotTakenError) as caught:
            run(exchange_of("B", Held(), "A"), lambda ask, rule=rule: answer_of(node.own, ask.data, "", b"", rule))  # type: ignore[misc]
        assert caught.value.rule == rule
        assert caught.value.words["why"]


def test_an_answer_of_another_node_or_to_another_request_is_refused() -> None:
    a, h = asked_node("A", Held(LINES)), asked_node("H", Held(LINES))
    ask = exchange_of("B", Held(), "A").ask()
    assert ask is not None
    for data, rule in (
        (answer_of(h.own, ask.data, "", b""), "answer.stranger"),
        (answer_of(a.own, b"another", "", b""), "answer.other"),
        (answer_of(a.own, b"", "", b""), "answer.other"),
        (answer_of(a.own, b"", "", b"", "message.size"), "message.size"),
        (answer_of(a.own, ask.data, "", b"") + b"x", "message.body"),
        (answer_of(a.own, ask.data, "", b"", "x.y") + b"x", "message.body"),
        (answer_of(node_of("A", founding_of(party("A"), party("B"))), ask.data, "", b""), "message.consultation"),
        (b"<html>", "message.form"),
        (b"", "message.form"),
    ):
        exchange = exchange_of("B", Held(), "A")
        assert exchange.ask() == ask
        assert refusal(exchange.take, data) == rule, rule
    assert refusal(exchange_of("B", Held(), "A").take, b"") == "answer.other"


@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_an_answer_with_one_bit_turned_is_refused(place: int, bit: int) -> None:
    b = Held(LINES[:3])
    exchange = exchange_of("B", b, "A")
    send = sending_to(asked_node("A", Held(LINES)))

    def turned(ask: Ask) -> bytes:
        data = bytearray(send(ask))
        data[place % len(data)] ^= 1 << bit
        return bytes(data)

    refusal(run, exchange, turned)
    assert len(b.lines) == 3


# Anything at all


anything = st.binary(max_size=300) | st.text(max_size=200).map(str.encode) | st.sampled_from(LINES)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["0" * 64, "", "POST"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*Asking.__struct_fields__, *Taken.__struct_fields__, "heads", "a" * 64]), inner
        )
    ),
    max_leaves=20,
)


@given(data=anything, between=st.sampled_from([b"", b"\n"]), rest=anything)
def test_whatever_comes_a_node_answers_and_never_fails(data: bytes, between: bytes, rest: bytes) -> None:
    assert answered("POST", path_of(founding().id, "heads"), data + between + rest)


@given(value=values, what=st.sampled_from(["heads", "fetch", "offer"]), tail=anything)
def test_whatever_a_peer_signs_a_node_answers_and_never_fails(value: Any, what: str, tail: bytes) -> None:
    held = Held(LINES[:3])
    node = asked_node("A", held)
    body = msgspec.json.encode(value, order="sorted") + b"\n" + tail
    method, path, data = request(body, what=what, challenge=node._challenges.of("B"))
    assert node.answer(method, path, data).rule
    assert len(held.lines) == 3


@given(value=values, form=st.sampled_from([Standing, Fetch, Page, Taken, Asking, Answering]))
def test_what_is_heard_is_refused_or_comes_back_as_the_same_bytes(value: Any, form: Any) -> None:
    data = msgspec.json.encode(value, order="sorted")
    try:
        found = heard(data, form)
    except NotTakenError:
        return
    assert told(found) == data


@given(value=values)
def test_whatever_is_signed_as_a_request_is_refused_or_a_request(value: Any) -> None:
    from tashawur.record.envelope import pae, seal

    payload = msgspec.json.encode(value, order="sorted") or b"x"
    data = seal(REQUEST, payload, (signer("B node")(pae(REQUEST, payload)),)) + b"\n"
    assert refusal(request_in, data, "POST", "/", node_of("A"))


def test_the_bounds_of_an_exchange_are_those_it_says() -> None:
    assert (exchanging.MOST_AHEAD, exchanging.MOST_IDLE, exchanging.MOST_REFUSED) == (2, 64, 1_000)
    exchange = exchange_of("B", Held(), "A")
    node = asked_node("A", Held(LINES))
    asked: Iterator[Ask | None] = iter(exchange.ask, None)
    for one in asked:
        assert one is not None
        exchange.take(sending_to(node)(one))
    # Without anything admitted it stops asking, and holds no more than its pages.
    assert len(exchange._pages) <= exchanging.MOST_AHEAD
    assert exchange.ask() is None
