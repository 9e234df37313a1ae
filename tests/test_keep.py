"""What is due, late, awaited; postponements, holidays and joint confirmation."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CASE, GOOD, LOG, UNDERTAKINGS, made
from tashawur.consult.mechanism import Holiday, Party
from tashawur.keep.agenda import agenda
from tashawur.keep.awaited import Awaited
from tashawur.keep.calendars import is_working_day, next_working_day
from tashawur.keep.following import Followed
from tashawur.keep.standing import Standing, standing
from tashawur.papers.telling import Telling
from tashawur.papers.words import Words

DAY = dt.date(2025, 6, 1)
days = st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1))


def stands(*rows: str, on: dt.date = DAY, case: str = CASE, undertakings: str = UNDERTAKINGS) -> Standing:
    log = LOG + "".join(f"- {row}\n" for row in rows)
    files = {**GOOD, "log.yaml": log, "consultation.yaml": case, "undertakings.yaml": undertakings}
    return standing(made(files), on)


def undertaking(now: Standing, name: str) -> Followed:
    return next(one for one in now.undertakings if one.undertaking.id == name)


def awaited_for(now: Standing, ref: str) -> list[Awaited]:
    return [one for one in now.awaited if one.ref == ref]


def report(by: str, about: str, says: str, on: str = "2025-03-10", **more: str) -> str:
    extra = "".join(f", {key}: {value}" for key, value in more.items())
    return f"{{type: report, id: x-{by}-{about}-{says}-{on}, on: {on}, by: {by}, about: {about}, says: {says}{extra}}}"


def test_an_undertaking_is_late_by_the_days_past_its_day() -> None:
    one = undertaking(stands(on=dt.date(2025, 3, 13)), "u1")
    assert (one.progress, one.late_days) == ("open", 10)
    assert undertaking(stands(on=dt.date(2025, 3, 3)), "u1").late_days == 0


def test_what_one_side_reports_is_not_resolved_until_all_concerned_say_so() -> None:
    assert undertaking(stands(report("A", "u1", "done")), "u1").progress == "reported"
    assert undertaking(stands(report("A", "u1", "done"), report("B", "u1", "not_done")), "u1").progress == "disputed"
    assert undertaking(stands(report("A", "u1", "done"), report("B", "u1", "done")), "u1").progress == "resolved"


def test_a_party_can_take_its_word_back_and_the_last_word_counts() -> None:
    rows = [report("A", "u1", "done"), report("B", "u1", "done"), report("B", "u1", "not_done", on="2025-03-11")]
    assert undertaking(stands(*rows), "u1").progress == "disputed"


def test_what_is_reported_as_done_is_awaited_from_those_who_have_not_spoken() -> None:
    now = stands(report("A", "u1", "done"))
    assert [(one.party, one.matter, one.since) for one in awaited_for(now, "u1")] == [
        ("B", "word_on_done", dt.date(2025, 3, 10))
    ]
    assert undertaking(now, "u1").late_days == 0


def test_it_stands_as_it_does_since_the_day_from_which_it_did_so_without_interruption() -> None:
    def since(*rows: str) -> tuple[str, dt.date]:
        one = undertaking(stands(*rows), "u1")
        return one.progress, one.since

    first = report("A", "u1", "done")
    assert since() == ("open", dt.date(2025, 2, 18))
    assert since(first) == ("reported", dt.date(2025, 3, 10))
    assert since(first, report("A", "u1", "done", on="2025-04-01")) == ("reported", dt.date(2025, 3, 10))
    both = (first, report("B", "u1", "done", on="2025-03-12"))
    assert since(*both, report("A", "u1", "done", on="2025-04-01")) == ("resolved", dt.date(2025, 3, 12))
    back = (*both, report("B", "u1", "not_done", on="2025-04-01"))
    assert since(*back) == ("disputed", dt.date(2025, 4, 1))
    assert since(*back, report("B", "u1", "done", on="2025-04-05")) == ("resolved", dt.date(2025, 4, 5))
    assert since(first, report("A", "u1", "not_done", on="2025-03-20")) == ("open", dt.date(2025, 3, 20))


def test_what_a_party_took_back_brings_no_day() -> None:
    text = UNDERTAKINGS.replace("due: {event: next_round}", "due: {after: u1, days: 10}")
    done = (report("A", "u1", "done"), report("B", "u1", "done", on="2025-03-12"))

    def due(*rows: str) -> dt.date | None:
        deadline = undertaking(stands(*rows, undertakings=text), "u2").deadline
        return deadline.day if deadline else None

    day = dt.date(2025, 3, 24)  # ten days after, and on from a weekend
    assert due(*done) == day
    assert due(*done, report("A", "u1", "done", on="2025-05-01")) == day
    assert due(*done, report("A", "u1", "not_done", on="2025-03-20")) is None


@pytest.mark.parametrize("due", ["event: next_round", "event: R2", "after: R2, days: 1", "after: next_round, days: 1"])
def test_what_hangs_on_a_round_is_not_late_before_somebody_says_that_it_was_held(due: str) -> None:
    text = UNDERTAKINGS.replace("event: next_round", due)
    set_for = "{type: round, id: r2, round: R2, on: 2025-02-20, event: confirmed, by: [A, B], date: 2025-05-20}"
    now = stands(set_for, undertakings=text)
    one = undertaking(now, "u2")
    assert one.deadline is not None
    assert one.deadline.day is not None
    assert (one.deadline.day >= dt.date(2025, 5, 20), one.late_days) == (True, 0)
    assert {held.late_days for held in awaited_for(now, "u2")} == {0}
    held = "{type: round, id: r3, round: R2, on: 2025-05-20, event: held}"
    assert undertaking(stands(set_for, held, undertakings=text), "u2").late_days > 0
    put_off = report("A", "u2", "postponed", on="2025-05-01", until="2025-05-26")
    assert undertaking(stands(set_for, put_off, undertakings=text), "u2").late_days == 6


def test_who_says_so_is_one_side_both_or_all_who_confirm() -> None:
    assert undertaking(stands(), "u1").standing == "one_says"
    assert undertaking(stands(), "u2").standing == "both_say"
    assert undertaking(stands(report("B", "u1", "affirmed")), "u1").standing == "both_say"
    confirmed = stands(report("A", "u1", "confirmed"), report("B", "u1", "confirmed"))
    assert undertaking(confirmed, "u1").standing == "confirmed"
    denied = undertaking(stands(report("B", "u2", "denied")), "u2")
    assert (denied.standing, denied.asserted_by, denied.denied_by) == ("one_says", ("A",), ("B",))


def test_a_deed_is_awaited_only_from_who_says_itself_that_it_undertook_it() -> None:
    text = UNDERTAKINGS.replace("  by: [A]\n  to: [B]", "  by: [A, B]\n  to: [A, B]")
    assert [one.party for one in awaited_for(stands(undertakings=text), "u1")] == ["A"]
    assert awaited_for(stands(report("A", "u1", "denied")), "u1") == []


def test_raising_again_does_not_start_the_wait_anew_and_reopens_what_was_resolved() -> None:
    now = stands(report("A", "banking", "raised", on="2025-05-01"))
    assert [one.since for one in awaited_for(now, "banking")] == [dt.date(2025, 2, 18)]
    rows = [report(party, "banking", "resolved") for party in "AB"]
    again = stands(*rows, report("A", "banking", "raised", on="2025-05-01"))
    assert next(one.state for one in again.problems if one.irritant.id == "banking") == "done"
    assert [one.since for one in awaited_for(again, "banking")] == [dt.date(2025, 5, 1)]


def test_what_nobody_says_any_more_is_told_as_such() -> None:
    now = stands(report("A", "u1", "denied"))
    assert undertaking(now, "u1").standing == "nobody_says"
    assert "nobody_says" in [group.key for group in Telling(now, Words("en")).undertakings()]


def test_whom_an_undertaking_does_not_concern_cannot_change_it() -> None:
    for says, more in (("done", {}), ("not_done", {}), ("postponed", {"until": "2030-01-01"})):
        one = undertaking(stands(report("H", "u1", says, **more), on=dt.date(2025, 3, 13)), "u1")
        assert (one.progress, one.late_days) == ("open", 10)


def test_one_debtor_s_word_does_not_end_the_wait_for_the_other() -> None:
    text = UNDERTAKINGS.replace("  by: [A]\n  to: [B]", "  by: [A, B]\n  to: [A, B]")
    rows = (report("A", "u1", "done"), report("B", "u1", "affirmed"))
    now = stands(*rows, on=dt.date(2025, 3, 14), undertakings=text)
    assert undertaking(now, "u1").late_days == 11
    assert [(one.party, one.late_days) for one in awaited_for(now, "u1")] == [("B", 11)]
    assert "u1" in [one.ref for one in agenda(now)]


def test_a_deadline_on_a_weekend_goes_to_the_next_working_day_of_those_who_owe_it() -> None:
    text = UNDERTAKINGS.replace("due: {on: 2025-03-03}", "due: {on: 2025-03-08}")  # a Saturday; A rests until Monday
    deadline = undertaking(stands(undertakings=text), "u1").deadline
    assert deadline is not None
    assert (deadline.day, deadline.first) == (dt.date(2025, 3, 10), dt.date(2025, 3, 8))


def test_a_deadline_on_a_holiday_goes_to_the_next_working_day() -> None:
    text = CASE.replace(
        "weekend: [sat, sun]}", "weekend: [sat, sun], holidays: [{name: {en: F}, from: 2025-03-03, to: 2025-03-07}]}"
    )
    deadline = undertaking(stands(case=text), "u1").deadline
    assert deadline is not None
    assert deadline.day == dt.date(2025, 3, 10)


@given(
    day=st.dates(),
    weekend=st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])),
    length=st.integers(0, 30),
)
def test_the_next_working_day_is_one_or_nobody_ever_works(day: dt.date, weekend: set[str], length: int) -> None:
    ends = dt.date.fromordinal(min(day.toordinal() + length, dt.date.max.toordinal()))
    party = Party(
        id="A",
        name={"en": "A"},
        weekend=tuple(sorted(weekend)),  # type: ignore[arg-type]
        holidays=(Holiday(name={"en": "F"}, begins=day, ends=ends),),
    )
    found = next_working_day(day, [party])
    assert found >= day
    assert (
        is_working_day(found, party)
        or len(weekend) == 7
        or ends == dt.date.max
        or ends.toordinal() > dt.date.max.toordinal() - 8
    )


@given(said=days, until=days, on=days, name=st.sampled_from(["u1", "u2"]), by=st.sampled_from("AB"))
def test_a_postponement_never_reads_as_late_before_its_new_day(
    said: dt.date, until: dt.date, on: dt.date, name: str, by: str
) -> None:
    until = max(said, until)
    row = report(by, name, "postponed", on=str(said), until=str(until))
    now = stands(row, on=on)
    one = undertaking(now, name) if any(held.undertaking.id == name for held in now.undertakings) else None
    if one is not None and said <= on <= until:
        assert one.late_days == 0
        assert one.deadline is not None
        assert one.deadline.postponed
        assert all(held.late_days == 0 for held in awaited_for(now, name))


def test_a_postponement_without_a_new_day_is_never_late() -> None:
    row = report("A", "u1", "postponed")
    now = stands(row, on=dt.date(2030, 1, 1))
    assert undertaking(now, "u1").late_days == 0
    assert [one.postponed for one in awaited_for(now, "u1")] == [True]


def test_a_postponed_round_moves_what_hangs_on_it() -> None:
    set_for = "{type: round, id: r2, round: R2, on: 2025-02-20, event: proposed, by: [A], date: 2025-03-20}"
    moved = "{type: round, id: r3, round: R2, on: 2025-03-15, event: postponed, by: [B], date: 2025-04-24}"
    before = undertaking(stands(set_for, on=dt.date(2025, 3, 16)), "u2").deadline
    after = undertaking(stands(set_for, moved, on=dt.date(2025, 3, 25)), "u2")
    assert before is not None
    assert before.day == dt.date(2025, 3, 20)
    assert after.deadline is not None
    assert (after.deadline.day, after.late_days) == (dt.date(2025, 4, 24), 0)


def test_a_round_that_is_proposed_awaits_the_other_side() -> None:
    now = stands("{type: round, id: r2, round: R2, on: 2025-05-20, event: proposed, by: [A], date: 2025-06-20}")
    assert [(one.party, one.matter) for one in awaited_for(now, "R2")] == [("B", "round_answer")]
    assert now.contacts.next is not None
    assert now.contacts.next.round == "R2"


def test_a_round_that_one_side_confirms_alone_or_for_another_day_awaits_the_other() -> None:
    alone = "{type: round, id: r2, round: R2, on: 2025-05-20, event: confirmed, by: [A], date: 2025-06-20}"
    assert [one.party for one in awaited_for(stands(alone), "R2")] == ["B"]
    proposed = "{type: round, id: r2, round: R2, on: 2025-05-20, event: proposed, by: [A], date: 2025-06-20}"
    other = "{type: round, id: r3, round: R2, on: 2025-05-21, event: confirmed, by: [B], date: 2025-06-25}"
    assert [one.party for one in awaited_for(stands(proposed, other), "R2")] == ["A"]


def test_a_round_that_was_put_off_to_a_new_day_awaits_an_answer_on_that_day() -> None:
    rows = ["{type: round, id: r2, round: R2, on: 2025-05-01, event: confirmed, by: [A, B], date: 2025-06-05}"]
    rows += ["{type: round, id: r3, round: R2, on: 2025-05-20, event: postponed, by: [A], date: 2025-06-20}"]
    assert [(one.party, one.matter, one.since, one.due) for one in awaited_for(stands(*rows), "R2")] == [
        ("B", "round_answer", dt.date(2025, 5, 20), dt.date(2025, 6, 20))
    ]
    rows += ["{type: round, id: r4, round: R2, on: 2025-05-25, event: confirmed, by: [B]}"]
    assert awaited_for(stands(*rows), "R2") == []


def test_a_round_whose_day_is_past_awaits_a_word_on_what_became_of_it() -> None:
    row = "{type: round, id: r2, round: R2, on: 2025-05-01, event: confirmed, by: [A, B], date: 2025-05-20}"
    found = awaited_for(stands(row), "R2")
    assert [(one.party, one.matter, one.days) for one in found] == [
        ("A", "round_outcome", 12),
        ("B", "round_outcome", 12),
    ]


def test_a_cancelled_round_awaits_a_new_date_with_the_reason_of_each_side() -> None:
    row = (
        "{type: round, id: r2, round: R2, on: 2025-05-20, event: cancelled, by: [A], "
        "reasons: {B: {en: The venue}}, no_reason_from: [A]}"
    )
    now = stands(row)
    found = awaited_for(now, "R2")
    assert [(one.party, one.matter, one.days) for one in found] == [("A", "new_date", 12), ("B", "new_date", 12)]
    assert [(one.reason, one.no_reason_given) for one in found] == [(None, True), ({"en": "The venue"}, False)]


def test_a_reason_that_is_given_later_is_added_from_its_day_and_the_first_day_stays() -> None:
    rows = [
        "{type: round, id: r2, round: R2, on: 2025-05-20, event: cancelled, by: [A], no_reason_from: [A, B]}",
        "{type: round, id: r3, round: R2, on: 2025-05-26, event: cancelled, by: [B], reasons: {B: {en: The venue}}}",
    ]

    def told(day: str) -> tuple[object, ...]:
        now = stands(*rows, on=dt.date.fromisoformat(day))
        one = next(one for one in now.rounds if one.id == "R2")
        return one.since, one.cancelled_by, one.reasons, one.no_reason_from

    first = dt.date(2025, 5, 20)
    assert told("2025-05-25") == (first, ("A",), {}, ("A", "B"))
    assert told("2025-05-26") == (first, ("A", "B"), {"B": {"en": "The venue"}}, ("A",))
    anew = "{type: round, id: r4, round: R2, on: 2025-05-27, event: proposed, by: [A]}"
    again = "{type: round, id: r5, round: R2, on: 2025-05-28, event: cancelled, by: [A]}"
    now = stands(*rows, anew, again)
    one = next(one for one in now.rounds if one.id == "R2")
    assert (one.since, one.cancelled_by, one.reasons) == (dt.date(2025, 5, 28), ("A",), {})


def test_the_reason_for_a_postponement_is_not_taken_for_that_of_a_cancellation() -> None:
    rows = [
        "{type: round, id: r2, round: R2, on: 2025-03-01, event: postponed, by: [A], reasons: {A: {en: Illness}}}",
        "{type: round, id: r3, round: R2, on: 2025-05-20, event: cancelled, by: [A], no_reason_from: [A]}",
    ]
    found = {one.party: (one.reason, one.no_reason_given) for one in awaited_for(stands(*rows), "R2")}
    assert found["A"] == (None, True)


def test_a_new_round_ends_the_wait_for_one() -> None:
    cancelled = "{type: round, id: r2, round: R2, on: 2025-05-20, event: cancelled, by: [A]}"
    proposed = "{type: round, id: r3, round: R3, on: 2025-05-25, event: proposed, by: [A, B], date: 2025-06-20}"
    assert awaited_for(stands(cancelled, proposed), "R2") == []


def test_a_team_is_awaited_until_its_own_party_says_that_it_is_appointed() -> None:
    assert [one.matter for one in awaited_for(stands(), "team_b")] == ["team"]
    assert [one.matter for one in awaited_for(stands(report("A", "team_b", "appointed")), "team_b")] == ["team"]
    assert awaited_for(stands(report("B", "team_b", "appointed")), "team_b") == []


def test_a_reason_is_only_ever_that_of_the_awaited_party_itself() -> None:
    now = stands(report("A", "banking", "waiting", said="{en: B is slow}"))
    assert [(one.party, one.reason) for one in awaited_for(now, "banking")] == [("B", None)]
    now = stands(report("B", "banking", "waiting", said="{en: Our law}"))
    assert [(one.party, one.reason) for one in awaited_for(now, "banking")] == [("B", {"en": "Our law"})]


def test_an_irritant_is_awaited_from_who_has_not_answered_since_it_was_last_raised() -> None:
    assert [one.since for one in awaited_for(stands(), "banking")] == [dt.date(2025, 2, 18)]
    assert awaited_for(stands(report("B", "banking", "answered")), "banking") == []
    rows = [report("B", "banking", "answered"), report("A", "banking", "raised", on="2025-04-01")]
    assert [one.since for one in awaited_for(stands(*rows), "banking")] == [dt.date(2025, 4, 1)]


def test_a_conditional_track_opens_when_all_named_say_that_its_condition_is_met() -> None:
    later = [one for one in stands(report("A", "later", "condition_met")).tracks if one.track.id == "later"]
    assert (later[0].open, later[0].met_says) == (False, ("A",))
    both = stands(report("A", "later", "condition_met"), report("B", "later", "condition_met"))
    assert [one.open for one in both.tracks] == [True, True]


def test_a_conditional_undertaking_is_not_awaited_before_its_condition_is_met() -> None:
    text = UNDERTAKINGS.replace("  round: R1\n", "  round: R1\n  condition: {en: The bank agrees}\n")
    now = stands(undertakings=text)
    assert (undertaking(now, "u1").progress, awaited_for(now, "u1")) == ("conditional", [])
    met = [report(by, "u1", "condition_met") for by in "AB"]
    assert undertaking(stands(*met, undertakings=text), "u1").progress == "open"


def test_the_least_rhythm_of_contact_is_kept_an_eye_on() -> None:
    text = CASE.replace("  purpose:", "  rhythm: {days: 30}\n  purpose:")
    now = stands(on=dt.date(2025, 3, 21), case=text)
    assert {(one.party, one.late_days) for one in now.awaited if one.matter == "contact"} == {("A", 1), ("B", 1)}
    assert not [one for one in stands(on=dt.date(2025, 3, 20), case=text).awaited if one.matter == "contact"]


def test_the_least_rhythm_is_one_between_the_sides() -> None:
    text = CASE.replace("  purpose:", "  rhythm: {days: 30}\n  purpose:")
    with_host = "{type: contact, id: c9, on: 2025-03-15, form: call, between: [A, H]}"
    together = "{type: contact, id: c8, on: 2025-03-16, form: call, between: [A, H, B]}"

    def due(*rows: str) -> tuple[dt.date, int, set[tuple[dt.date, dt.date | None, int]]]:
        now = stands(*rows, on=dt.date(2025, 3, 21), case=text)
        (one,) = [one for one in agenda(now) if one.sort == "rhythm"]
        return one.day, one.late_days, {(x.since, x.due, x.late_days) for x in now.awaited if x.matter == "contact"}

    day = dt.date(2025, 3, 20)
    assert due(with_host) == (day, 1, {(dt.date(2025, 2, 18), day, 1)})
    assert due(with_host, together) == (dt.date(2025, 4, 15), 0, set())


def test_an_indicator_that_no_one_reported_is_not_measured() -> None:
    assert [one.value for one in stands().indicators] == [None]
    assert [one.value for one in stands(report("A", "posts", "measured", value="3")).indicators] == [3.0]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ({}, "in_talks"),
        ({"A": "resolved"}, "done"),
        ({"A": "resolved", "B": "resolved"}, "resolved"),
        ({"A": "agreed", "B": "agreed"}, "agreed"),
        ({"A": "agreed", "B": "in_force"}, "agreed"),
        ({"A": "agreed"}, "in_talks"),
        ({"A": "lapsed"}, "raised"),
        ({"A": "lapsed", "B": "lapsed"}, "lapsed"),
        ({"A": "resolved", "B": "not_resolved"}, "done"),
        ({"A": "not_resolved"}, "raised"),
    ],
)
def test_a_problem_has_the_state_that_all_concerned_give_it(words: dict[str, str], state: str) -> None:
    now = stands(*(report(party, "banking", word) for party, word in words.items()))
    assert next(one.state for one in now.problems if one.irritant.id == "banking") == state


def test_contacts_are_counted_with_held_rounds_as_meetings() -> None:
    contacts = stands().contacts
    assert (contacts.count, contacts.by_form, contacts.days_since) == (2, {"call": 1, "meeting": 1}, 103)
    assert contacts.last is not None
    assert contacts.last.round == "R1"


def test_a_planned_contact_comes_next_and_never_counts_as_one_that_took_place() -> None:
    row = "{type: contact, id: c9, on: 2025-06-10, form: call, between: [A, B], planned: true}"
    before, after = stands(row), stands(row, on=dt.date(2025, 7, 1))
    assert before.contacts.next is not None
    assert (before.contacts.next.ref, before.contacts.count) == ("c9", 2)
    assert (after.contacts.next, after.contacts.count) == (None, 2)
    assert [one.ref for one in agenda(before) if one.sort == "contact"] == ["c9"]


def test_a_planned_contact_is_next_and_due_on_its_own_day_and_asked_after_when_it_is_past() -> None:
    row = "{type: contact, id: c9, on: 2025-06-10, form: call, between: [A, H], planned: true}"
    day = dt.date(2025, 6, 10)
    today = stands(row, on=day)
    assert today.contacts.next is not None
    assert (today.contacts.next.ref, [one.ref for one in agenda(today) if one.sort == "contact"]) == ("c9", ["c9"])
    assert awaited_for(today, "c9") == []
    past = stands(row, on=dt.date(2025, 6, 12))
    assert (past.contacts.next, [one.ref for one in agenda(past) if one.sort == "contact"]) == (None, [])
    assert [(one.party, one.matter, one.since, one.days) for one in awaited_for(past, "c9")] == [
        ("A", "contact_outcome", day, 2),
        ("H", "contact_outcome", day, 2),
    ]
    told = Telling(past, Words("en")).awaited(awaited_for(past, "c9")[0])
    assert told == "a word on what became of a planned contact: call, 10 June 2025"


@pytest.mark.parametrize(
    ("between", "day", "heard"),
    [
        ("[B, A]", "2025-06-10", True),
        ("[A, B, H]", "2025-06-11", True),
        ("[A, B]", "2025-06-09", False),
        ("[A, H]", "2025-06-11", False),
    ],
)
def test_a_contact_between_the_same_parties_is_the_word_on_a_planned_one(
    *, between: str, day: str, heard: bool
) -> None:
    plan = "{type: contact, id: c8, on: 2025-06-10, form: call, between: [A, B], planned: true}"
    took_place = f"{{type: contact, id: c9, on: {day}, form: call, between: {between}}}"
    now = stands(plan, took_place, on=dt.date(2025, 6, 12))
    assert (awaited_for(now, "c8") == []) == heard
    if day == "2025-06-10":
        on_its_day = stands(plan, took_place, on=dt.date(2025, 6, 10))
        assert (on_its_day.contacts.next, list(on_its_day.contacts.planned)) == (None, [])


def test_a_round_is_next_on_its_own_day() -> None:
    row = "{type: round, id: r2, round: R2, on: 2025-05-01, event: confirmed, by: [A, B], date: 2025-06-10}"
    now = stands(row, on=dt.date(2025, 6, 10))
    assert now.contacts.next is not None
    assert now.contacts.next.round == "R2"
    assert stands(row, on=dt.date(2025, 6, 11)).contacts.next is None


def test_a_contact_of_a_later_day_is_not_known_before_it() -> None:
    now = stands("{type: contact, id: c9, on: 2025-06-10, form: call, between: [A, B]}")
    assert (now.contacts.next, now.contacts.count, agenda(now, "B")) == (None, 2, [])


def test_where_it_stood_on_an_earlier_day_knows_nothing_of_later_ones() -> None:
    now = stands(on=dt.date(2025, 2, 15))
    assert (now.contacts.count, now.rounds, list(now.undertakings)) == (1, [], [])
    assert [one.irritant.id for one in now.problems] == ["visas"]


def test_the_agenda_has_what_is_due_and_a_side_sees_its_own() -> None:
    now = stands(on=dt.date(2025, 2, 20))
    assert [(one.day, one.ref) for one in agenda(now)] == [(dt.date(2025, 3, 3), "u1")]
    assert agenda(now, "B") == []


@given(on=st.dates())
def test_a_standing_can_be_told_of_any_day(on: dt.date) -> None:
    now = standing(made(GOOD), on)
    assert all(one.days >= 0 for one in now.awaited)


def test_the_last_reading_of_an_indicator_counts() -> None:
    rows = [report("A", "posts", "measured", value="3"), report("A", "posts", "measured", on="2025-04-01", value="5")]
    assert [(one.value, one.on) for one in stands(*rows).indicators] == [(5.0, dt.date(2025, 4, 1))]


@pytest.mark.parametrize("says", ["waiting", "postponed", "not_done"])
def test_a_reason_is_kept_whatever_it_is_given_for(says: str) -> None:
    now = stands(report("A", "u1", says, said="{en: Our law}"))
    assert [one.reason for one in awaited_for(now, "u1") if one.matter == "performance"] == [{"en": "Our law"}]


def test_differences_of_a_round_are_not_known_before_it() -> None:
    assert [one.id for one in stands().consultation.differences] == ["d1"]
    assert stands(on=dt.date(2025, 2, 17)).consultation.differences == ()


def test_a_disputed_deed_is_to_be_settled_by_those_who_say_different_things() -> None:
    now = stands(report("A", "u1", "done"), report("B", "u1", "not_done", on="2025-03-12"))
    assert [(one.party, one.matter, one.since) for one in awaited_for(now, "u1")] == [
        ("A", "settling", dt.date(2025, 3, 12)),
        ("B", "settling", dt.date(2025, 3, 12)),
    ]
    owed = stands(report("A", "u1", "not_done"), report("B", "u1", "done"))
    assert [(one.party, one.matter) for one in awaited_for(owed, "u1")] == [("A", "performance")]


def test_what_was_performed_is_not_late_even_where_another_says_that_it_was_not() -> None:
    assert undertaking(stands(report("A", "u1", "done"), report("B", "u1", "not_done")), "u1").late_days == 0
    assert undertaking(stands(report("A", "u1", "not_done")), "u1").late_days == 90


def test_what_all_say_is_done_is_no_longer_put_off() -> None:
    rows = [report(by, "u1", "done") for by in "AB"]
    moved = report("A", "u1", "postponed", on="2025-04-01", until="2025-05-01")
    deadline = undertaking(stands(*rows, moved), "u1").deadline
    assert deadline is not None
    assert (deadline.postponed, deadline.day) == (False, dt.date(2025, 3, 3))
    earlier = report("A", "u1", "postponed", on="2025-03-01", until="2025-03-20")
    deadline = undertaking(stands(*rows, earlier), "u1").deadline
    assert deadline is not None
    assert deadline.postponed


def test_a_deadline_after_an_event_without_a_day_says_how_long_after_it() -> None:
    text = UNDERTAKINGS.replace("due: {event: next_round}", "due: {after: next_round, days: 30}")
    now = stands(undertakings=text)
    one = undertaking(now, "u2")
    assert one.deadline is not None
    assert (one.deadline.day, one.deadline.event, one.deadline.days) == (None, "next_round", 30)
    assert Telling(now, Words("en")).due(one) == "due after the next round, plus 30 days; that has no day yet"


def test_teams_roles_and_points_of_contact_are_not_known_before_they_came() -> None:
    case = (
        CASE.replace("head: {en: Director}}", "head: {en: Director}, since: 2025-03-01}")
        .replace("{party: H, role: host}", "{party: H, role: host, origin: [{asserted_by: H, sources: [S1]}]}")
        .replace("  purpose:", "  points_of_contact: [{party: A, title: {en: Desk}, since: 2025-03-02}]\n  purpose:")
    )

    def known(day: str) -> tuple[list[str], list[str], int]:
        now = stands(on=dt.date.fromisoformat(day), case=case)
        teams, hosts = [one.team.id for one in now.teams], [one.party for one in now.roles if one.role == "host"]
        return teams, hosts, len(now.consultation.case.mechanism.points_of_contact)

    assert known("2025-02-17") == ([], [], 0)
    assert known("2025-02-18") == (["team_b"], ["H"], 0)
    assert known("2025-03-01") == (["team_a", "team_b"], ["H"], 0)
    assert known("2025-03-02") == (["team_a", "team_b"], ["H"], 1)


def test_what_bears_no_day_is_known_from_the_day_of_its_earliest_source() -> None:
    register = GOOD["register.yaml"].replace(
        "raised: [{by: B}]",
        "raised: [{by: B, sources: [S1]}]\n  facts: [{text: {en: So it is}, on: 2025-03-01, sources: [S1]}]",
    )
    files = {**GOOD, "register.yaml": register}

    def known(day: str) -> list[tuple[str, int]]:
        now = standing(made(files), dt.date.fromisoformat(day))
        return [(one.irritant.id, len(one.irritant.facts)) for one in now.problems if one.irritant.id == "visas"]

    assert known("2025-02-17") == []
    assert known("2025-02-18") == [("visas", 0)]
    assert known("2025-03-01") == [("visas", 1)]


def test_what_bears_no_day_at_all_is_known_from_the_founding_of_the_mechanism() -> None:
    case = CASE.replace("  purpose:", "  founded: 2025-02-16\n  purpose:")
    assert [one.irritant.id for one in stands(on=dt.date(2025, 2, 15)).problems] == ["visas"]
    assert [one.irritant.id for one in stands(on=dt.date(2025, 2, 15), case=case).problems] == []
    assert [one.irritant.id for one in stands(on=dt.date(2025, 2, 16), case=case).problems] == ["visas"]


def test_who_says_that_something_was_undertaken_counts_from_the_day_of_its_document_or_source() -> None:
    case = CASE.replace(
        'url: "https://example.org/one"}', 'url: "https://example.org/one"}\n  S2: {by: L, on: 2025-03-05}'
    )
    text = UNDERTAKINGS.replace("{asserted_by: B, sources: [S1]}", "{asserted_by: B, sources: [S2]}")

    def known(day: str, undertakings: str = text, case: str = case) -> dict[str, tuple[str, ...]]:
        now = stands(on=dt.date.fromisoformat(day), case=case, undertakings=undertakings)
        return {one.undertaking.id: one.asserted_by for one in now.undertakings}

    assert known("2025-03-04") == {"u1": ("A",), "u2": ("A",)}
    assert known("2025-03-05") == {"u1": ("A",), "u2": ("A", "B")}
    later = case.replace("characters: 100, on: 2025-02-18", "characters: 100, on: 2025-03-01")
    assert known("2025-02-28", case=later) == {"u2": ("A",)}
    assert known("2025-03-01", case=later) == {"u1": ("A",), "u2": ("A",)}
    undated = case.replace("characters: 100, on: 2025-02-18", "characters: 100")
    assert known("2025-02-18", case=undated) == {"u1": ("A",), "u2": ("A",)}


def test_a_new_head_leads_a_team_from_the_day_on_which_its_own_party_says_so() -> None:
    rows = (
        report("A", "team_a", "appointed", on="2025-03-10", said="{en: Ambassador}"),
        report("B", "team_a", "appointed", on="2025-03-11", said="{en: Nobody}"),
        report("A", "team_a", "waiting", on="2025-03-12", said="{en: Soon}"),
    )

    def head(day: str) -> tuple[object, ...]:
        now = stands(*rows, on=dt.date.fromisoformat(day))
        return next((one.head, one.since) for one in now.teams if one.team.id == "team_a")

    assert head("2025-03-09") == ({"en": "Director"}, None)
    assert head("2025-03-12") == ({"en": "Ambassador"}, dt.date(2025, 3, 10))


def test_what_is_not_known_yet_is_told_by_its_id() -> None:
    text = UNDERTAKINGS.replace("due: {on: 2025-03-03}", "due: {event: u2}").replace(
        "  what: {en: Meet again}\n  made: 2025-02-18", "  what: {en: Meet again}\n  made: 2025-02-20"
    )
    now = stands(on=dt.date(2025, 2, 19), undertakings=text)
    assert Telling(now, Words("en")).due(undertaking(now, "u1")) == "due with u2; it has no day"
    later = stands(on=dt.date(2025, 2, 20), undertakings=text)
    assert Telling(later, Words("en")).due(undertaking(later, "u1")) == "due with Meet again; it has no day"


def test_who_postpones_a_round_has_agreed_to_its_new_day_and_to_no_other() -> None:
    rows = ["{type: round, id: x1, round: R2, on: 2025-03-01, event: proposed, by: [A], date: 2025-07-01}"]
    rows += ["{type: round, id: x2, round: R2, on: 2025-03-02, event: confirmed, by: [B]}"]
    rows += ["{type: round, id: x3, round: R2, on: 2025-03-03, event: postponed, by: [B], date: 2025-08-01}"]
    now = stands(*rows)
    assert [one.agreed_by for one in now.rounds if one.id == "R2"] == [("B",)]


def test_a_side_whose_position_stands_in_the_register_has_answered() -> None:
    register = GOOD["register.yaml"].replace("  responding: [B]\n", "  responding: [B]\n  positions: {B: {en: No}}\n")
    now = standing(made({**GOOD, "register.yaml": register}), DAY)
    assert awaited_for(now, "banking") == []
    again = {**GOOD, "register.yaml": register, "log.yaml": LOG + f"- {report('A', 'banking', 'raised')}\n"}
    assert [one.party for one in awaited_for(standing(made(again), DAY), "banking")] == ["B"]


def test_a_side_that_raised_a_matter_itself_owes_no_answer_on_it() -> None:
    register = GOOD["register.yaml"].replace("  responding: [B]\n", "  responding: [A, B]\n")
    now = standing(made({**GOOD, "register.yaml": register}), DAY)
    assert [one.party for one in awaited_for(now, "banking")] == ["B"]


def test_a_planned_contact_keeps_its_hour_in_the_agenda() -> None:
    at = "2025-06-10T10:00:00+03:00"
    now = stands(f"{{type: contact, id: c9, on: 2025-06-10, at: '{at}', form: call, between: [A, B], planned: true}}")
    assert [one.begins for one in agenda(now) if one.sort == "contact"] == [dt.datetime.fromisoformat(at)]
