"""Acts of the record become the state of the consultation, the same in whatever order their entries arrive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import ALL, CASE, DAY, MECHANISM, NODES, Feeds, entry, plain, why
from tashawur.consult.acts import ALWAYS_ON, SetMechanism
from tashawur.consult.binding import ASIDE
from tashawur.consult.folding import fold
from tashawur.keep.standing import standing as keep_standing
from tashawur.store.folder import is_zone
from tashawur.terms.errors import FoundingContentError

VISAS: Final = {
    "act": "irritant",
    "id": "A_visas",
    "on": "2026-03-02",
    "name": {"en": "Visas for staff"},
    "track": "main",
    "responding": ["B"],
    "position": {"en": "They take months"},
}
OPTIONS: Final = {
    "act": "options",
    "irritant": "A_visas",
    "options": [{"id": "as_now", "name": {"en": "As now"}}, {"id": "ten_days", "name": {"en": "Within ten days"}}],
}
ISSUE: Final = {
    "act": "undertaking",
    "id": "B_issue",
    "by": ["B"],
    "to": ["A"],
    "what": {"en": "Issue the visas"},
    "made": "2026-03-02",
    "track": "main",
    "due": {"on": "2026-04-01"},
}
CLOSE: Final = {"act": "close", "on": "2026-05-01", "words": {"en": "Papers go back"}}


def package(option: str = "ten_days", **more: Any) -> dict[str, Any]:
    return {"act": "package", "package": {"A_visas": option}, **more}


def registered() -> Feeds:
    """A consultation with one problem and two outcomes for it."""
    feeds = Feeds()
    feeds.say("A", VISAS)
    feeds.agree(OPTIONS)
    return feeds


def test_what_sides_say_stands_as_their_word_with_the_entry_as_its_source() -> None:
    feeds = registered()
    feeds.say("B", {"act": "position", "irritant": "A_visas", "text": {"en": "They take weeks"}})
    first = feeds.say("B", ISSUE)
    feeds.say("A", {"act": "contact", "on": "2026-03-03", "form": "call", "between": ["A", "B"]}, "general")
    feeds.say("A", {"act": "report", "on": "2026-04-02", "about": "B_issue", "says": "not_done"})
    found = feeds.fold()
    assert found.aside == ()
    consultation = found.consultation
    visas = consultation.irritants["A_visas"]
    assert visas.positions == {"A": {"en": "They take months"}, "B": {"en": "They take weeks"}}
    assert [option.id for option in visas.options] == ["as_now", "ten_days"]
    undertaking = consultation.undertakings["B_issue"]
    assert (undertaking.strength, undertaking.origin[0].asserted_by) == ("pledged", "B")
    source = consultation.case.sources[undertaking.origin[0].sources[0]]
    assert undertaking.origin[0].sources[0] == f"entry_{first[:40]}"
    assert (source.by, source.on) == ("B", DAY)
    assert [report.says for report in consultation.reports] == ["not_done"]
    assert [contact.form for contact in consultation.contacts] == ["call"]


def test_the_state_is_judged_by_the_same_rules_as_a_folder() -> None:
    feeds = registered()
    feeds.say("B", ISSUE)
    told = keep_standing(feeds.fold().consultation, dt.date(2026, 4, 5))
    assert [one.undertaking.id for one in told.undertakings] == ["B_issue"]


def test_what_binds_several_counts_only_when_all_of_them_have_signed() -> None:
    feeds = Feeds()
    joint = {**ISSUE, "id": "issue"}
    feeds.say("B", joint, need=("A", "B"), signed=("B",))
    assert feeds.fold().consultation.undertakings == {}
    assert [(one.signed, one.confirmed) for one in feeds.fold().proposals] == [(("B",), False)]
    feeds.agree(joint)
    found = feeds.fold()
    assert [one.asserted_by for one in found.consultation.undertakings["issue"].origin] == ["A", "B"]


def test_two_packages_that_contradict_both_stay_signed_and_neither_starts() -> None:
    feeds = registered()
    fast, slow = feeds.agree(package(), seq=9), feeds.agree(package("as_now"), by=("A", "B"), seq=9)
    feeds.say("B", {**ISSUE, "of_package": fast})
    found = feeds.fold()
    assert found.contradict == (tuple(sorted((fast, slow))),)
    told = {one.id: (one.confirmed, one.holds, one.contradicts) for one in found.proposals if one.id in (fast, slow)}
    assert told == {fast: (True, False, (slow,)), slow: (True, False, (fast,))}
    assert found.not_started == ("B_issue",)
    assert found.consultation.undertakings == {}
    feeds.agree({"act": "stands", "among": sorted((fast, slow)), "stands": fast}, "mechanism", by=("A", "B", "H"))
    found = feeds.fold()
    assert found.contradict == ()
    assert {one.id: one.holds for one in found.proposals if one.id in (fast, slow)} == {fast: True, slow: False}
    assert list(found.consultation.undertakings) == ["B_issue"]


def test_a_package_that_amends_another_takes_its_place() -> None:
    feeds = registered()
    old = feeds.agree(package("as_now"))
    new = feeds.agree(package(), amends=old)
    found = feeds.fold()
    assert found.contradict == ()
    assert {one.id: one.holds for one in found.proposals if one.id in (old, new)} == {old: False, new: True}


def test_two_changes_of_the_mechanism_at_once_leave_it_as_it_was() -> None:
    feeds = Feeds()
    few = plain(replace_answers(1))
    feeds.agree(few, "mechanism", by=("A", "B", "H"))
    assert feeds.fold().mechanism.answers_a_round == 1
    feeds.agree(plain(replace_answers(2)), "mechanism", by=("A", "B", "H"))
    found = feeds.fold()
    assert found.mechanism.answers_a_round == MECHANISM.answers_a_round
    assert len(found.contradict) == 1


def replace_answers(number: int) -> SetMechanism:
    return msgspec.structs.replace(MECHANISM, answers_a_round=number)


def test_a_capital_that_does_not_answer_in_time_is_silent_and_that_is_no_consent() -> None:
    feeds = registered()
    proposal = feeds.say("A", package(), need=("A", "B"), signed=("A",))
    feeds.say("B", {"act": "ad_referendum", "proposal": proposal, "until": "2026-03-20"})
    told = next(one for one in feeds.fold().proposals if one.id == proposal)
    assert [told.of(side, dt.date(2026, 3, 20)) for side in "AB"] == ["signed", "ad_referendum"]
    assert told.of("B", dt.date(2026, 3, 21)) == "silent"
    assert not told.confirmed
    feeds.say("B", {"act": "decline", "proposal": proposal, "reason": {"en": "Too soon"}})
    told = next(one for one in feeds.fold().proposals if one.id == proposal)
    assert (told.of("B", DAY), told.declined["B"]) == ("declined", {"en": "Too soon"})


def test_a_side_answers_offers_as_often_as_the_mechanism_allows_and_no_more() -> None:
    feeds = registered()
    offer = feeds.say("A", {"act": "offer", "to": ["B"], "package": {"A_visas": "ten_days"}})
    given = [feeds.say("B", {"act": "answer", "offer": offer, "says": says}) for says in ("asks_time",) * 3]
    late = feeds.say("B", {"act": "answer", "offer": offer, "says": "could_accept"})
    found = feeds.fold()
    assert why(found) == {late: "act.answers"}
    assert found.offers[0].answers["B"].says == "asks_time"
    assert len(given) == MECHANISM.answers_a_round


def test_only_who_is_offered_something_answers() -> None:
    feeds = registered()
    offer = feeds.say("A", {"act": "offer", "to": ["B"], "package": {"A_visas": "ten_days"}})
    own = feeds.say("A", {"act": "answer", "offer": offer, "says": "could_accept"})
    assert why(feeds.fold()) == {own: "act.not-asked"}


def test_an_incident_suspends_one_track_and_leaves_the_others() -> None:
    feeds = Feeds()
    feeds.say("A", {"act": "suspend", "track": "posts", "why": {"en": "An expulsion"}}, "posts")
    assert feeds.fold().suspended == {"posts": {"A": {"en": "An expulsion"}}}
    feeds.say("A", {"act": "resume", "track": "posts"}, "posts")
    assert feeds.fold().suspended == {}


def test_a_paper_is_in_force_only_from_the_day_that_its_clause_gives() -> None:
    feeds = registered()
    signed = feeds.agree(package(status="treaty_text"))
    paper = {
        "act": "original",
        "of": signed,
        "signed_on": "2026-03-05",
        "place": {"en": "Halve"},
        "signatories": [{"party": "A", "office": {"en": "Minister"}}, {"party": "B", "office": {"en": "Minister"}}],
        "copies": [
            {"language": "en", "order": ["A", "B"], "kept_by": "A"},
            {"language": "en", "order": ["B", "A"], "kept_by": "B"},
        ],
    }
    feeds.agree(paper, "general")
    assert [one.in_force for one in feeds.fold().proposals if one.id == signed] == [None]
    feeds.agree({**paper, "in_force": "2026-04-01", "clause": {"en": "On the first day of the next month"}}, "general")
    found = next(one for one in feeds.fold().proposals if one.id == signed)
    assert (found.in_force, found.status) == (dt.date(2026, 4, 1), "treaty_text")
    alone = feeds.agree({**paper, "in_force": "2026-04-01"}, "general")
    assert why(feeds.fold()) == {alone: "act.in-force"}


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("act.unreadable", lambda feeds: feeds.say("A", {"act": "of tomorrow"})),
        ("act.unreadable", lambda feeds: feeds.say("A", {**VISAS, "name": {"en": "V\u202eisas"}})),
        ("act.unreadable", lambda feeds: feeds.say("A", {"act": "team", "team": {"id": "A_те", "party": "A", "mandate": ["main"]}})),
        ("act.needs-all", lambda feeds: feeds.say("A", package())),
        ("act.needs-none", lambda feeds: feeds.agree(VISAS)),
        ("act.not-own", lambda feeds: feeds.say("A", {"act": "team", "team": {"id": "A_t", "party": "B", "mandate": ["main"]}})),
        ("act.not-own", lambda feeds: feeds.say("H", {"act": "contact", "on": "2026-03-03", "form": "call", "between": ["A", "B"]}, "general")),
        ("act.name", lambda feeds: feeds.say("A", ISSUE)),
        ("act.name", lambda feeds: feeds.say("A", {**VISAS, "id": "visas"})),
        ("act.name", lambda feeds: feeds.agree(ISSUE)),
        ("act.need", lambda feeds: feeds.agree(package(), by=("A", "H"))),
        ("act.need", lambda feeds: feeds.agree(CLOSE, "mechanism", by=("A", "B"))),
        ("act.topic", lambda feeds: feeds.agree(package(), "posts")),
        ("act.topic", lambda feeds: feeds.say("A", {"act": "report", "on": "2026-03-03", "about": "A_visas", "says": "raised"}, "posts")),
        ("act.law", lambda feeds: feeds.agree(package(status="treaty_text"), legal="no_obligation")),
        ("act.mediator", lambda feeds: feeds.agree({"act": "run", "mode": "mediator", "mediator": "H"}, "mechanism")),
        ("act.mediator", lambda feeds: feeds.agree({"act": "run", "mode": "mediator", "mediator": "A"}, "mechanism")),
        ("act.unknown", lambda feeds: feeds.say("B", {"act": "answer", "offer": entry("none"), "says": "could_accept"})),
        ("act.unknown", lambda feeds: feeds.say("B", {"act": "decline", "proposal": feeds.told[0].id, "reason": {"en": "No"}})),
        ("act.unknown", lambda feeds: feeds.agree(package("tomorrow"))),
        ("act.unknown", lambda feeds: feeds.say("A", {"act": "offer", "to": ["Z"], "package": {"A_visas": "ten_days"}})),
        ("act.unknown", lambda feeds: feeds.say("A", {"act": "round", "on": "2026-03-03", "round": "A_r1", "event": "held"}, "general")),
        ("act.not-asked", lambda feeds: feeds.say("H", {"act": "decline", "proposal": feeds.told[1].id, "reason": {"en": "No"}})),
        ("act.mistake", lambda feeds: feeds.say("B", {**ISSUE, "due": {"on": "2026-01-01"}})),
        ("act.mistake", lambda feeds: feeds.say("B", {"act": "report", "on": "2026-03-03", "about": "B_none", "says": "done"}, "general")),
        ("act.mistake", lambda feeds: feeds.say("B", {"act": "position", "irritant": "B_none", "text": {"en": "x"}}, "general")),
    ],
)  # fmt: skip
def test_an_act_that_breaks_a_rule_is_set_aside_with_its_reason(code: str, act: Callable[[Feeds], str]) -> None:
    feeds = registered()
    before = feeds.fold()
    name = act(feeds)
    found = feeds.fold()
    assert why(found) == {name: code}
    assert code in ASIDE
    assert found.consultation.irritants.keys() == before.consultation.irritants.keys()
    assert found.consultation.undertakings == before.consultation.undertakings


def test_every_reason_to_set_an_act_aside_has_its_test() -> None:
    marks = test_an_act_that_breaks_a_rule_is_set_aside_with_its_reason.pytestmark  # type: ignore[attr-defined]
    tried = {code for mark in marks for code, _ in mark.args[1]}
    elsewhere = {"act.answers", "act.in-force", "act.module"}
    assert tried | elsewhere == set(ASIDE)


def test_a_module_that_not_all_have_switched_on_is_off() -> None:
    feeds = Feeds(msgspec.structs.replace(MECHANISM, modules=tuple(sorted(ALWAYS_ON))))
    feeds.say("A", VISAS)
    feeds.agree(OPTIONS)
    name = feeds.say("A", {"act": "offer", "to": ["B"], "package": {"A_visas": "ten_days"}})
    assert why(feeds.fold()) == {name: "act.module"}
    feeds.agree(plain(MECHANISM), "mechanism", by=("A", "B", "H"))
    assert why(feeds.fold()) == {}


def test_what_leans_on_something_that_is_set_aside_goes_with_it_and_nothing_else() -> None:
    feeds = registered()
    wrong = feeds.say("B", {**ISSUE, "due": {"on": "2026-01-01"}})
    behind = feeds.say("B", {**ISSUE, "id": "B_next", "due": {"after": "B_issue", "days": 3}})
    further = feeds.say("A", {"act": "report", "on": "2026-03-05", "about": "B_next", "says": "waiting"})
    feeds.say("B", {**ISSUE, "id": "B_other"})
    found = feeds.fold()
    assert why(found) == dict.fromkeys((wrong, behind, further), "act.mistake")
    assert list(found.consultation.undertakings) == ["B_other"]


def test_nobody_takes_a_name_that_another_side_has_given() -> None:
    feeds = registered()
    stolen = feeds.say("B", {**VISAS, "name": {"en": "Something else"}})
    again = feeds.say("A", {**VISAS, "name": {"en": "Another name"}})
    found = feeds.fold()
    assert why(found) == {stolen: "act.name", again: "act.mistake"}
    assert found.consultation.irritants["A_visas"].name == {"en": "Visas for staff"}


def test_nobody_puts_what_another_names_under_a_track_of_its_own_choice() -> None:
    feeds = Feeds()
    feeds.say("A", {**VISAS, "id": "B_roads", "track": "posts"}, "posts")
    feeds.say("B", {**VISAS, "id": "B_roads", "responding": ["A"]})
    feeds.say("B", {"act": "report", "on": "2026-03-05", "about": "B_roads", "says": "raised"})
    found = feeds.fold()
    assert [one.code for one in found.aside] == ["act.name"]
    assert [report.about for report in found.consultation.reports] == ["B_roads"]


def test_a_round_is_proposed_first_by_the_side_whose_name_it_bears() -> None:
    feeds = Feeds()
    early = feeds.say("B", {"act": "round", "on": "2026-03-02", "round": "A_r1", "event": "proposed"}, "general")
    assert why(feeds.fold()) == {early: "act.unknown"}
    feeds.say("A", {"act": "round", "on": "2026-03-03", "round": "A_r1", "event": "proposed"}, "general")
    assert why(feeds.fold()) == {}


def test_the_founding_act_must_hold_a_mechanism() -> None:
    for wrong in (
        {"act": "of tomorrow"},
        CLOSE,
        plain(msgspec.structs.replace(MECHANISM, case=msgspec.structs.replace(CASE, roles=CASE.roles[:1]))),
        plain(
            msgspec.structs.replace(
                MECHANISM, case=msgspec.structs.replace(CASE, parties=CASE.parties[:2], roles=CASE.roles[:2])
            )
        ),
    ):
        feeds = Feeds()
        feeds.founding = msgspec.structs.replace(feeds.founding, content=wrong)
        with pytest.raises(FoundingContentError):
            feeds.fold()


def busy() -> Feeds:
    """A consultation in which nearly everything happens, well and badly."""
    feeds = registered()
    offer = feeds.say("A", {"act": "offer", "to": ["B"], "package": {"A_visas": "ten_days"}})
    for says in ("asks_time", "could_not_accept", "could_accept", "could_accept"):
        feeds.say("B", {"act": "answer", "offer": offer, "says": says})
    fast, slow = feeds.agree(package()), feeds.agree(package("as_now"))
    feeds.say("B", {**ISSUE, "of_package": fast})
    feeds.say("B", {**ISSUE, "id": "B_twice"})
    feeds.say("B", {**ISSUE, "id": "B_twice", "what": {"en": "Other"}})
    feeds.say("B", {**ISSUE, "id": "B_wrong", "due": {"on": "2026-01-01"}})
    feeds.say("B", {**ISSUE, "id": "B_next", "due": {"after": "B_wrong", "days": 3}})
    for answers in (1, 2):
        feeds.agree(plain(replace_answers(answers)), "mechanism", by=("A", "B", "H"))
    feeds.say(
        "A", {"act": "round", "on": "2026-03-02", "round": "A_r1", "event": "proposed", "date": "2026-03-09"}, "general"
    )
    feeds.say("B", {"act": "round", "on": "2026-03-03", "round": "A_r1", "event": "confirmed"}, "general")
    # Two branches of one feed: the same number twice.
    feeds.say("A", {"act": "position", "irritant": "A_visas", "text": {"en": "One"}}, seq=90)
    feeds.say("A", {"act": "position", "irritant": "A_visas", "text": {"en": "Other"}}, seq=90)
    feeds.say("B", {"act": "decline", "proposal": slow, "reason": {"en": "No"}})
    feeds.say("A", {"act": "suspend", "track": "posts", "why": {"en": "An expulsion"}}, "posts")
    feeds.agree(CLOSE, "mechanism", by=("A", "B", "H"))
    return feeds


BUSY: Final = busy()
BUSY_STATE: Final = BUSY.fold()


@given(st.integers(0, 2**32))
def test_the_same_entries_give_the_same_state_in_whatever_order_they_come(seed: int) -> None:
    told = list(BUSY.told)
    Random(seed).shuffle(told)
    assert fold(BUSY.founding, told, NODES, is_zone) == BUSY_STATE


def test_every_order_matters_nothing_because_something_was_there_to_disturb() -> None:
    assert len(BUSY_STATE.aside) >= 4
    assert len(BUSY_STATE.contradict) == 2
    assert BUSY_STATE.closed
    assert replace(BUSY_STATE, closed=None) != BUSY_STATE
    assert set(MECHANISM.modules) == set(ALL)
