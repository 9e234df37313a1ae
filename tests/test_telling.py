"""Days, hours and names as people read them: calendars, time zones, languages, half a page."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from zoneinfo import ZoneInfo

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from conftest import CASE, GOOD, LOG, made
from tashawur.keep.standing import Standing, standing
from tashawur.papers.half_page import LINES, WIDTH, half_page
from tashawur.papers.telling import Telling
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
    row = (
        f"{{type: round, id: r9, round: R9, on: 2039-01-01, event: held, "
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


def test_names_are_kept_apart_only_where_a_page_asks_for_it() -> None:
    assert Words("ar").listed(["R0", "18"]) == "R0 · 18"
    assert Words("ar", isolate=True).listed(["R0", "18"]) == "\u2067R0\u2069 · \u206718\u2069"
    assert Words("ru", isolate=True).listed(["R0", "18"]) == "\u2066R0\u2069 · \u206618\u2069"
