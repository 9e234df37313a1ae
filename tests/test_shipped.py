"""The two shipped consultations: whole, in three languages, with nothing in them that must not be."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from tashawur.consult.kinds import AnyFile
from tashawur.consult.walk import gather
from tashawur.keep.standing import standing
from tashawur.node.cases import SHIPPED, consultation, folder_of
from tashawur.store.folder import files_in

DAY = dt.date(2025, 6, 23)


def gathered(value: AnyFile) -> dict[str, list[Any]]:
    """All references and texts in the file, by what they are."""
    found: dict[str, list[Any]] = {}
    gather(value, "names", lambda what, column: found.setdefault(what, []).extend(column))
    return found


def text_of(name: str) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(Path(folder_of(name)).rglob("*.yaml")))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_consultation_is_whole_and_in_three_languages(name: str) -> None:
    found = consultation(name)
    assert found.case.languages == ("en", "ar", "ru")
    assert len(found.irritants) == 14
    for file in files_in(folder_of(name)):
        for text in gathered(file.value).get("text", []):
            assert set(text) == {"en", "ar", "ru"}
            assert re.search(r"[\u0600-\u06ff]", text["ar"]), text
            assert re.search(r"[\u0400-\u04ff]", text["ru"]) or not re.search(r"[a-z]{4}", text["ru"]), text


def test_riyadh_holds_public_facts_alone() -> None:
    found = consultation("riyadh")
    assert not found.case.exercise
    assert (found.briefs, found.estimates, found.plan) == ({}, {}, None)
    named = {
        source for file in files_in(folder_of("riyadh")) for source in gathered(file.value).get("names source", [])
    }
    assert named <= found.case.sources.keys()
    assert all(found.case.sources[name].url for name in named)
    for irritant in found.irritants.values():
        assert all(fact.sources for fact in irritant.facts), irritant.id


def test_riyadh_uses_titles_in_place_of_names() -> None:
    text = text_of("riyadh")
    for name in (
        "Lavrov",
        "Rubio",
        "Ushakov",
        "Darchiev",
        "Coulter",
        "Trump",
        "Putin",
        "Лавров",
        "Ушаков",
        "أوشاكوف",
        "لافروف",
    ):
        assert name not in re.sub(r"https?://\S+", "", text)


def test_riyadh_tells_what_the_readout_says() -> None:
    now = standing(consultation("riyadh"), DAY)
    assert now.consultation.sides == ("US", "RU")
    assert next(role.party for role in now.roles if role.role == "host") == "SA"
    claim = [role for role in now.roles if role.claimed_by is not None]
    assert [(role.party, role.role, role.claimed_by) for role in claim] == [("US", "mediator", "US")]
    assert [one.appointed for one in now.teams if "settlement" in one.team.mandate] == [False, False]
    assert [one.track.id for one in now.tracks if not one.open] == ["later_cooperation"]
    assert [(one.id, one.state) for one in now.rounds] == [
        ("R0", "held"),
        ("R1", "held"),
        ("R2", "held"),
        ("R3", "cancelled"),
    ]
    assert set(now.rounds[0].assessments or {}) == {"US", "RU"}
    assert {one.round for one in now.consultation.differences} == {"R0", "R2"}
    assert [one.party for one in now.awaited if one.ref == "R3"] == ["RU", "US"]


def test_riyadh_knows_on_no_day_what_came_later() -> None:
    def head(day: str) -> str:
        now = standing(consultation("riyadh"), dt.date.fromisoformat(day))
        return next((one.head or {})["en"] for one in now.teams if one.team.id == "ru_missions")

    assert head("2025-04-09").startswith("Director")
    assert "round" not in head("2025-04-09")
    assert head("2025-04-10") == "Ambassador to the United States"

    def reasons(day: str) -> set[str]:
        now = standing(consultation("riyadh"), dt.date.fromisoformat(day))
        return next(set(one.reasons or ()) for one in now.rounds if one.id == "R3")

    assert (reasons("2025-06-21"), reasons("2025-06-22")) == (set(), {"RU"})
    assert list(standing(consultation("riyadh"), dt.date(2025, 2, 17)).problems) == []


def test_the_exercise_is_invented_and_names_no_real_state() -> None:
    found = consultation("exercise")
    assert found.case.exercise
    assert len(found.case.parties) == 5
    assert (set(found.briefs), set(found.estimates), found.plan is None) == ({"A", "B"}, {"C"}, False)
    for name in (
        "Russia",
        "America",
        "Ukrain",
        "Türkiye",
        "Saudi",
        "Moscow",
        "Washington",
        "Росси",
        "США",
        "Украин",
        "روسيا",
        "أمريك",
        "أوكراني",
    ):
        assert name not in text_of("exercise")
    for file in Path(folder_of("exercise")).rglob("*.yaml"):
        assert "invented" in file.read_text(encoding="utf-8").lower(), file


def test_the_exercise_shows_every_standing_of_an_undertaking() -> None:
    now = standing(consultation("exercise"), DAY)
    assert {one.standing for one in now.undertakings} >= {"one_says", "both_say", "confirmed"}
    assert {one.progress for one in now.undertakings} >= {"open", "reported", "disputed", "resolved", "conditional"}
    assert {one.state for one in now.problems} >= {"raised", "in_talks", "agreed", "done", "resolved"}
    assert any(one.value is None for one in now.indicators)
    assert any(one.value is not None for one in now.indicators)
