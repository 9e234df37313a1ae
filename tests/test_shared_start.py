"""A consultation started from the seed text holds what the shipped `riyadh` holds of that day, row by row."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest

from tashawur.consult.consultation import Consultation
from tashawur.consult.mechanism import Origin
from tashawur.node.cases import consultation
from tashawur.node.starting import About, ask, start
from tashawur.readouts.deciding import Decisions
from test_commands import answered
from test_starting import session

SHARED = Path(os.environ.get("TASHAWUR_SHARED", "nowhere"))
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="TASHAWUR_SHARED names no folder: its data is not here")

SEED = SHARED / "readouts" / "seed.txt"
DAY = dt.date(2025, 2, 18)
CALL = dt.date(2025, 2, 12)
"""The day of the call: another source gives it, the text does not."""
TRACKS = {"settlement": "ukraine_settlement"}
"""What a track of the shipped consultation is called here."""

KEYS = "s\ns\na\na\ns\na\ne\non=2025-02-12\n\na\ns\ns\ns\na\n"
"""Parties and roles as a whole, mechanism, aim, tracks, round, the call with its day, then by sorts, and write."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Consultation:
    folder = tmp_path_factory.mktemp("seed") / "riyadh2025"
    done = session(KEYS, SEED, "--date", DAY, "--publisher", "A news agency", "--start", folder)
    assert done.returncode == 0, done.stderr
    assert "Left out" not in done.stderr
    assert "No mistakes: 0 problems · 8 undertakings · 4 log entries" in answered("case", "check", folder)
    return consultation(str(folder))


def shipped() -> Consultation:
    return consultation("riyadh")


def places(origins: tuple[Origin, ...]) -> set[tuple[str, int | None, int | None]]:
    """Who says so and where, of what points at the text."""
    return {(one.asserted_by, one.start, one.end) for one in origins if one.document is not None}


def test_the_document_is_known_by_its_digest_day_and_publisher(begun: Consultation) -> None:
    mine, theirs = begun.case.documents[0], shipped().case.documents[0]
    assert (mine.sha256, mine.language, mine.characters, mine.on) == (
        theirs.sha256,
        theirs.language,
        theirs.characters,
        theirs.on,
    )
    assert mine.publisher == "A news agency"


def test_parties_and_their_roles_on_every_track_are_those_of_riyadh(begun: Consultation) -> None:
    # Türkiye hosted later rounds; the text does not name it.
    assert set(begun.parties) == set(shipped().parties) - {"TR"}
    theirs = {
        (one.party, one.role, TRACKS.get(one.track or "", one.track), one.claimed_by)
        for one in shipped().case.roles
        if one.party != "TR"
    }
    assert {(one.party, one.role, one.track, one.claimed_by) for one in begun.case.roles} == theirs
    # What points at the text there, points at the same place here.
    mine = {(one.party, one.role): places(one.origin) for one in begun.case.roles}
    for one in shipped().case.roles:
        if places(one.origin):
            assert mine[one.party, one.role] == places(one.origin)
    assert all(mine.values())


def test_the_mechanism_and_its_aim_rest_on_the_same_words(begun: Consultation) -> None:
    assert places(begun.case.mechanism.origin) == places(shipped().case.mechanism.origin)
    assert begun.case.mechanism.founded == shipped().case.mechanism.founded
    assert begun.case.objective is not None
    assert places(begun.case.objective.origin) == places((shipped().case.objective or begun.case.objective).origin)


def test_the_tracks_of_the_text_rest_on_the_same_words_and_one_has_its_condition(begun: Consultation) -> None:
    theirs = {TRACKS.get(one.id, one.id): one for one in shipped().case.tracks if places(one.origin)}
    assert set(begun.tracks) == set(theirs)
    for name, track in begun.tracks.items():
        assert places(track.origin) == places(theirs[name].origin)
        assert (track.condition is None) == (theirs[name].condition is None)
    mine, other = begun.tracks["later_cooperation"].condition, theirs["later_cooperation"].condition
    assert mine is not None
    assert other is not None
    assert mine.met_when_said_by == other.met_when_said_by


def test_the_eight_undertakings_have_the_same_parties_terms_and_origins(begun: Consultation) -> None:
    theirs = {name: one for name, one in shipped().undertakings.items() if one.made == DAY}
    assert list(begun.undertakings) == list(theirs) == [f"C{number}" for number in range(1, 9)]
    for name, mine in begun.undertakings.items():
        other = theirs[name]
        assert (mine.by, mine.to, mine.made, mine.strength) == (other.by, other.to, other.made, other.strength), name
        assert mine.track == TRACKS.get(other.track or "", other.track), name
        assert [(one.asserted_by, one.start, one.end) for one in mine.origin] == [
            (one.asserted_by, one.start, one.end) for one in other.origin
        ], name
        for key in ("due", "condition", "criteria"):
            assert (getattr(mine, key) is None) == (getattr(other, key) is None), (name, key)
        if mine.due is not None and other.due is not None:
            assert (mine.due.on, mine.due.said is None) == (other.due.on, other.due.said is None)


def test_the_teams_to_be_appointed_are_those_of_riyadh(begun: Consultation) -> None:
    def promised(held: Consultation) -> set[tuple[object, ...]]:
        return {
            (one.party, tuple(TRACKS.get(track, track) for track in one.mandate), promise.on, promise.undertaking)
            for one in held.case.teams
            if (promise := one.to_be_appointed) is not None
        }

    assert promised(begun) == promised(shipped())
    assert len(begun.case.teams) == 2


def test_the_call_the_meeting_and_how_each_side_sees_it_are_in_the_log(begun: Consultation) -> None:
    def told(held: Consultation) -> list[tuple[object, ...]]:
        contacts = [(one.on, one.form, one.between) for one in held.contacts if one.on <= DAY]
        return contacts + [
            (one.on, one.event, one.by, one.date, one.host, sorted(TRACKS.get(track, track) for track in one.tracks))
            for one in held.round_events
            if one.on <= DAY
        ]

    assert sorted(map(str, told(begun))) == sorted(map(str, told(shipped())))
    held = next(one for one in begun.round_events if one.event == "held")
    theirs = next(one for one in shipped().round_events if one.event == "held")
    assert (held.place or {})["ar"] == (theirs.place or {})["ar"]


def test_only_one_side_says_each_of_them_and_the_status_says_so(begun: Consultation, tmp_path: Path) -> None:
    assert all(len({origin.asserted_by for origin in one.origin}) == 1 for one in begun.undertakings.values())
    folder = tmp_path / "again"
    assert session("A\n", SEED, "--date", DAY, "--start", folder).returncode == 0
    told = answered("status", folder, "--text", SEED, "--plain")
    assert "Only United States says so (5)" in told
    assert "Only Russia says so (3)" in told
    assert "إنشاء آلية تشاور لحل المشاكل" in told.replace("\n", " ")


def test_nothing_is_proposed_for_the_shipped_consultation_that_it_holds(tmp_path: Path) -> None:
    answered("case", "new", tmp_path / "copy", "--like", "riyadh")
    asked = ask([SEED], About(DAY), tmp_path / "copy")
    assert [one.id.split()[0] for one in asked.proposals] == ["contact"]


def test_it_takes_a_person_under_two_minutes(tmp_path: Path) -> None:
    """One decision for every row takes 28 keys; with whole sorts accepted at once it is 12 and one line to type.

    The machine's part is measured; four seconds for a person to read a row and press a key is what is left for each.
    """
    began = time.perf_counter()
    asked = ask([SEED], About(DAY))
    decisions = Decisions(tuple(asked.proposals))
    number = 0
    while decisions.current is not None:
        decisions = decisions.drop() if decisions.current.lacks else decisions.accept()
        number += 1
    start(tmp_path / "case", asked, decisions.accepted)
    machine = time.perf_counter() - began
    assert number == 28
    assert machine < 4
    assert (120 - machine) / number > 4
    assert len([key for key in KEYS.splitlines() if len(key) == 1]) == 12
