"""Days, hours and names as people read them: calendars, time zones, languages, half a page."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from conftest import CASE, GOOD, LOG, made
from tashawur.keep.standing import Standing, standing
from tashawur.papers.answer import answer
from tashawur.papers.half_page import LINES, WIDTH, half_page
from tashawur.papers.report import report
from tashawur.papers.telling import Telling
from tashawur.papers.terminal import Wish, show
from tashawur.papers.words import Words

ZONES = ("Asia/Riyadh", "America/New_York", "Europe/Moscow", "Asia/Kathmandu", "Pacific/Auckland")
moments = st.datetimes(
    dt.datetime(2000, 1, 1),
    dt.datetime(2037, 1, 1),
    timezones=st.sampled_from([ZoneInfo(zone) for zone in ZONES]),
    allow_imaginary=False,
)


def with_round(row: str, zone: str = "Europe/London") -> Standing:
    case = CASE.replace("Europe/London", zone)
    return standing(made({**GOOD, "consultation.yaml": case, "log.yaml": LOG + f"- {row}\n"}), dt.date(2040, 1, 1))


@given(begins=moments, hours=st.integers(0, 12), zone=st.sampled_from(ZONES))
def test_the_hours_of_a_round_are_told_by_the_clock_of_each_side(begins: dt.datetime, hours: int, zone: str) -> None:
    begins = begins.replace(microsecond=0, second=0)
    ends = (begins.astimezone(dt.UTC) + dt.timedelta(hours=hours)).astimezone(begins.tzinfo)
    ends = ends if ends.date() == begins.date() else begins
    row = (
        f"{{type: round, id: r9, round: R9, on: 2039-01-01, event: held, date: {begins.date()}, "
        f"begins: {begins.isoformat()}, ends: {ends.isoformat()}}}"
    )
    now = with_round(row, zone)
    told = Telling(now, Words("en")).clocks(next(one for one in now.rounds if one.id == "R9"))
    there = [moment.astimezone(ZoneInfo(zone)) for moment in (begins, ends)]
    assert told == f"Arvonia {there[0]:%H:%M}–{there[1]:%H:%M}"


@given(day=st.dates())
def test_the_hijri_day_beside_is_that_of_the_calendar_or_none(day: dt.date) -> None:
    told = Words("en").hijri(day)
    inside = dt.date(1924, 8, 1) <= day <= dt.date(2077, 11, 16)
    assert bool(told) == inside
    if inside:
        number, year = re.findall(r"\d+", told)
        assert any(
            Hijri(int(year), month, int(number)).to_gregorian() == day
            for month in range(1, 13)
            if int(number) <= Hijri(int(year), month, 1).month_length()
        )


def test_a_day_is_written_as_each_language_writes_it() -> None:
    day = dt.date(2025, 2, 18)
    assert [Words(lang).day(day) for lang in ("en", "ar", "ru")] == [
        "18 February 2025",
        "18 فبراير 2025",
        "18 февраля 2025\u202fг.",
    ]
    assert [Words(lang).hijri(day) for lang in ("en", "ar", "ru")] == [
        "19 Shaaban 1446 AH",
        "19 شعبان 1446 هـ",
        "19 шаабана 1446 г. хиджры",
    ]


@given(day=st.dates())
@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_digits_are_latin_in_every_language(lang: str, day: dt.date) -> None:
    told = Words(lang).day(day) + Words(lang).hijri(day)
    assert all(letter.isascii() for letter in told if letter.isdigit())


def test_a_text_that_is_not_in_the_language_is_shown_in_one_that_it_has() -> None:
    assert Words("ar").text({"ru": "Банк", "en": "Bank"}) == "Bank"
    assert Words("ar").text({"fr": "Banque"}) == "Banque"


@given(
    name=st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "Zs")), min_size=1, max_size=300),
    lang=st.sampled_from(["en", "ar", "ru"]),
    number=st.integers(0, 60),
)
def test_half_a_page_never_grows_over_its_half(name: str, lang: str, number: int) -> None:
    quoted = name.replace("\\", "").replace('"', "")
    if not quoted.strip():
        return
    rows = "".join(
        f'- {{id: m{place}, name: {{en: "{quoted}"}}, raised: [{{by: A, on: 2025-01-01}}], responding: [B]}}\n'
        for place in range(number)
    )
    files = {**GOOD, "more.yaml": "kind: register\nirritants:\n" + rows if rows else "kind: register\n"}
    lines = half_page(Telling(standing(made(files), dt.date(2025, 6, 1)), Words(lang)))
    assert len(lines) <= LINES
    for line in lines:
        shown = [
            letter for letter in line if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
        ]
        assert len(shown) <= WIDTH, line


def many(side_owes: int, side_awaits: int) -> dict[str, str]:
    rows = [
        f"- {{id: a{n}, name: {{en: M}}, raised: [{{by: B, on: 2025-01-01}}], responding: [A]}}"
        for n in range(side_owes)
    ]
    rows += [
        f"- {{id: b{n}, name: {{en: M}}, raised: [{{by: A, on: 2025-01-01}}], responding: [B]}}"
        for n in range(side_awaits)
    ]
    return {**GOOD, "more.yaml": "kind: register\nirritants:\n" + "\n".join(rows) + "\n"}


@pytest.mark.parametrize(("owes", "awaits"), [(40, 0), (0, 40), (40, 40), (40, 3), (3, 40), (60, 1)])
def test_each_part_of_a_side_s_half_page_may_use_what_the_other_leaves(owes: int, awaits: int) -> None:
    now = standing(made(many(owes, awaits)), dt.date(2025, 6, 1))
    lines = half_page(Telling(now, Words("en")), "A")
    assert len(lines) == LINES
    second = lines.index("Private: what Arvonia awaits:")
    first = next(place for place, line in enumerate(lines) if line.startswith("Private: what Arvonia owes"))
    of_first, of_second = second - first - 1, LINES - second - 1
    wanted = [
        len(Telling(now, Words("en")).awaited_together(held)) for held in (now.own("A").owes, now.own("A").awaits)
    ]
    room = of_first + of_second
    assert of_first == min(wanted[0], max(-(-room // 2), room - wanted[1]))
    assert of_second == min(wanted[1], max(room // 2, room - wanted[0]))


@pytest.mark.parametrize("side", [None, "A"])
@pytest.mark.parametrize("what", ["Small case", "Work that goes on", "To settle what troubles A and B", "Director"])
def test_what_is_awaited_has_its_heading_however_long_the_rest_is(what: str, side: str | None) -> None:
    files = many(30, 30)
    files["consultation.yaml"] = CASE.replace(what, "words and more words " * 900)
    lines = half_page(Telling(standing(made(files), dt.date(2025, 6, 1)), Words("en")), side)
    assert len(lines) <= LINES
    for heading in ["Awaited:"] if side is None else ["Private: what Arvonia owes:", "Private: what Arvonia awaits:"]:
        assert heading in lines
        left_out = next(line for line in lines[lines.index(heading) :] if line.startswith("  and "))
        assert left_out.endswith("more")
    assert any("measured: 0 of 1" in line for line in lines)


def test_a_party_that_is_no_side_awaits_only_what_is_owed_to_it() -> None:
    undertakings = GOOD["undertakings.yaml"].replace("to: [B]", "to: [B, H]")
    register = GOOD["register.yaml"].replace(
        "raised: [{by: B}]", "raised: [{by: H, on: 2025-02-18}]\n  responding: [A]"
    )
    plan = "- {type: contact, id: c9, on: 2025-03-01, form: call, between: [A, H], planned: true}\n"
    files = {**GOOD, "undertakings.yaml": undertakings, "register.yaml": register, "log.yaml": LOG + plan}
    now = standing(made(files), dt.date(2025, 6, 1))
    owed = {(one.party, one.ref) for one in now.own("H").awaits}
    assert owed == {("A", "u1"), ("A", "visas"), ("A", "c9")}
    assert {(one.party, one.ref) for one in now.own("H").owes} == {("H", "c9")}
    assert {one.ref for one in now.own("A").awaits} >= {"u2", "team_b", "banking"}
    assert [one["ref"] for one in answer(now, "H")["private"]["awaits"]] == [one.ref for one in now.own("H").awaits]
    with_banking = ("an answer on: Banking", "an answer on: Visas")
    assert [told in "\n".join(half_page(Telling(now, Words("en")), "H")) for told in with_banking] == [False, True]
    page = report(now, "en", "H", {}).split("Private: what")[-1].split("</section>")[0]
    assert ("Visas" in page, "Banking" in page) == (True, False)
    console = Console(width=200, file=StringIO())
    with console.capture() as captured:
        show(Telling(now, Words("en")), console, Wish("H"))
    shown = captured.get().split("Private: what")[-1]
    assert ("Visas" in shown, "Banking" in shown) == (True, False)


def test_who_claims_to_be_the_host_is_not_told_as_one() -> None:
    case = CASE.replace("- {party: H, role: host}", "- {party: H, role: host}\n- {party: A, role: host, claimed_by: A}")
    told = answer(standing(made({**GOOD, "consultation.yaml": case}), dt.date(2025, 6, 1)))["mechanism"]
    assert told["hosts"] == ["H"]
    assert [(role["party"], role["claimed_by"]) for role in told["roles"] if role["role"] == "host"] == [
        ("H", None),
        ("A", "A"),
    ]


def test_names_are_kept_apart_only_where_a_page_asks_for_it() -> None:
    assert Words("ar").listed(["R0", "18"]) == "R0 · 18"
    assert Words("ar", isolate=True).listed(["R0", "18"]) == "\u2067R0\u2069 · \u206718\u2069"
    assert Words("ru", isolate=True).listed(["R0", "18"]) == "\u2066R0\u2069 · \u206618\u2069"
