"""`tashawur settle` and `tashawur frontier` as people call them: answers, documents, pages, and how they end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from itertools import islice, product
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import BRIEF_IN_WORDS, GOOD, Lay, write
from tashawur.node.settling import problem
from tashawur.papers.settlement import FrontierAnswer, SettleAnswer, schema
from tashawur.settle.answers import efficient
from tashawur.terms.vocabulary import LANGUAGES
from test_commands import answered, refused, tashawur
from test_scenario_files import FRONTIERS, SHARED, with_shared
from test_shared import renamed, worked

B_POINTS = "kind: brief\nparty: B\nreservation: 0\npoints: {visas: {status_quo: 0, deadline: 9}, banking: {notes: -2, status_quo: 0}}\n"


def settled(*call: str | Path) -> dict[str, Any]:
    """The document of `settle --json`, good by its published schema."""
    document: dict[str, Any] = json.loads(answered("settle", *call, "--json"))
    jsonschema.validate(document, schema(SettleAnswer))
    return document


def frontier(*call: str | Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(answered("frontier", *call, "--json"))
    jsonschema.validate(document, schema(FrontierAnswer))
    return document


# The exercise


def test_the_exercise_is_settled_with_its_known_numbers() -> None:
    told = settled("exercise")
    assert (told["format"], told["mode"], told["source"], told["invented"]) == (
        "tashawur.settle/1", "open", "consultation", True,
    )  # fmt: skip
    assert (told["packages"], told["feasible"], told["acceptable_packages"]) == ("9447840", "3602880", "361620")
    assert told["acceptable_by"] == {"A": "850570", "B": "2189357"}
    assert (told["acceptable"], told["standing"], told["sides"]) == (True, "surely", ["A", "B"])
    points = {rule: one["points"] for rule, one in told["solutions"].items()}
    assert points == {
        "nash": {"A": 87, "B": 116},
        "egalitarian": {"A": 94, "B": 102},
        "kalai_smorodinsky": {"A": 76, "B": 130},
        "utilitarian": {"A": 74, "B": 134},
    }
    assert told["solutions"]["nash"]["absent"] == {"C": [-13, 12]}
    assert (told["best"]["A"]["points"]["A"], told["best"]["B"]["points"]["B"]) == (95, 165)


@with_shared
def test_everything_that_is_known_of_the_exercise_is_answered() -> None:
    known = renamed(worked()["expected"])
    told, front = settled("exercise"), frontier("exercise")
    assert told["packages"] == str(known["packages"])
    assert told["feasible"] == str(known["feasible"])
    assert told["acceptable_packages"] == str(known["acceptable_both"])
    assert told["acceptable_by"] == {"A": str(known["acceptable_US"]), "B": str(known["acceptable_RU"])}
    assert [list(point) for point in front["points"]] == known["pareto_front"]
    assert (len(front["points"]), sum(map(len, front["packages"]))) == (
        known["pareto_points"],
        known["pareto_packages"],
    )
    assert [told["best"][side]["points"][side] for side in ("A", "B")] == known["ideal"]
    for rule in ("nash", "egalitarian", "kalai_smorodinsky", "utilitarian"):
        assert_known(told["solutions"][rule], known[rule])
        point = [known[rule]["A"], known[rule]["B"]]
        reach = front["packages"][front["points"].index(point)]
        assert reach == [known[rule]["package"]]
        assert len(reach) == known[rule]["ties"]
    for least, guard in known["absent_guard"].items():
        held = settled("exercise", "--guard", f"C={least}")["guarded"]
        assert (held["at_least"], held["acceptable_packages"]) == ({"C": int(least)}, str(guard["count"]))
        assert_known(held["solutions"]["nash"], guard["nash"])
    stated = told["guarded"]
    assert stated["at_least"] == {"C": -8}
    assert stated["acceptable_packages"] == str(known["absent_classes"]["necessarily_ok(worst>=-8)"])
    assert stated["possible_packages"] == str(known["absent_classes"]["possibly_ok(best>=-8)"])


def assert_known(told: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    assert told["package"] == known["package"]
    assert told["points"] == {"A": known["A"], "B": known["B"]}
    assert told["absent"] == {"C": known["C"]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_details_no_number_of_points_is_told(lang: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    numbers = re.compile(r"(?<![\d\u202f])(87|116|62|86|94|102|76|130|-13|-8)(?![\d\u202f%.] ?%?)")
    told = answered("settle", "exercise", "--lang", lang, "--report", page)
    assert not numbers.search(told.replace(str(page), "")), told
    shown = answered("settle", "exercise", "--lang", lang, "--details")
    assert {"87", "116", "94", "102", "-13", "-8"} <= set(numbers.findall(shown))
    # Two values stand on one picture for the exercise alone; elsewhere only with --details.
    text = page.read_text(encoding="utf-8")
    packages = re.sub(r'<section class="frontier">.*?</section>', "", text.split("</style>")[-1], flags=re.DOTALL)
    assert not numbers.search(re.sub(r"<[^>]*>", " ", packages))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_estimated_is_told_and_with_details_on_what_evidence(lang: str) -> None:
    author = {"ar": "واضعو هذا التمرين", "en": "The authors of this exercise", "ru": "Авторы этого упражнения"}[lang]
    evidence = {"ar": "لا شيء يخصها يُحسم", "en": "nothing about it is settled", "ru": "ничего не решается"}[lang]
    told, detailed = (
        " ".join(answered("settle", "exercise", "--lang", lang, *more).split()) for more in ([], ["--details"])
    )
    assert author in told
    assert evidence not in told
    assert evidence in detailed


def test_a_guard_that_nobody_can_keep_is_told() -> None:
    assert settled("exercise", "--guard", "C=99")["guarded"]["solutions"] == {}
    assert "No package is acceptable and within the assumption." in answered("settle", "exercise", "--guard", "C=99")


@pytest.mark.parametrize("guard", ["C", "C=", "=5", "C=٥", "C=5.0", "C=1e3", "C=--1", "C=" + "9" * 20])
def test_a_guard_is_written_in_one_way(guard: str) -> None:
    assert "C=-5" in refused("settle", "exercise", "--guard", guard)
    assert "Known: C" in refused("settle", "exercise", "--guard", "D=1")


# Some sides, words, no agreement


def test_with_some_briefs_only_the_answer_is_for_those_sides_and_says_so(lay: Lay) -> None:
    folder = lay({"private/brief.yaml": GOOD["private/brief.yaml"].split("red_lines:")[0]})
    told = settled(folder)
    assert (told["sides"], told["without_brief"]) == (["A"], ["B"])
    assert told["solutions"]["nash"]["package"] == {"banking": "notes", "visas": "deadline"}
    assert "Without a brief, and so not asked: Belmara." in answered("settle", folder)
    assert "[settle.no-brief]" in refused("settle", "riyadh")


def test_a_second_brief_of_a_side_is_refused(lay: Lay) -> None:
    told = refused("settle", lay({"private/more.yaml": GOOD["private/brief.yaml"]}))
    assert re.search(r"private/(more|brief)\.yaml:\d+", told)
    assert "14" not in told


@pytest.fixture
def in_words(tmp_path: Path) -> Path:
    """The exercise, both sides speaking in words."""
    answered("case", "new", tmp_path / "words", "--like", "exercise")
    for name in ("a", "b"):
        text = (Path(__file__).parent / "briefs_in_words" / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / "words" / "briefs" / f"{name.upper()}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "words"


def test_sides_that_speak_in_words_are_asked_only_what_decides_the_answer(in_words: Path) -> None:
    told = settled(in_words)
    assert (told["standing"], told["acceptable"], told["sides"]) == ("possibly", None, ["A", "B"])
    assert (told["in_words"], told["solutions"], told["best"]) == (["A", "B"], {}, {})
    assert told["possible_packages"] == "250397"
    assert told["witness"]["standing"] == {"A": "possibly", "B": "possibly"}
    assert told["witness"]["points"] == {}
    for _ in range(12):
        if told["standing"] == "surely":
            break
        for side, (one, other) in told["questions"].items():
            brief = in_words / "briefs" / f"{side}.yaml"
            text = brief.read_text(encoding="utf-8")
            head = "" if "comparisons:" in text else "comparisons:\n"
            answer = json.dumps({"better": one, "than": other, "or_equal": True})
            brief.write_text(f"{text}{head}- {answer}\n", encoding="utf-8")
        told = settled(in_words)
    assert (told["standing"], told["acceptable"], told["questions"]) == ("surely", True, {})
    assert set(told["witness"]["standing"].values()) == {"surely"}
    assert "[settle.in-words]" in refused("settle", in_words, "--guard", "C=-5")


def test_what_a_question_shows_can_be_written_into_the_brief_as_it_stands(in_words: Path) -> None:
    shown = answered("settle", in_words)
    answers = re.findall(r"^  yes: (- \{better: .*)$", shown, flags=re.MULTILINE)
    assert len(answers) == 2
    for side, answer in zip("AB", answers, strict=True):
        with (in_words / "briefs" / f"{side}.yaml").open("a", encoding="utf-8") as brief:
            brief.write(f"comparisons:\n{answer}\n")
    assert settled(in_words)["standing"] in {"surely", "possibly"}


def test_one_side_may_speak_in_words_and_another_in_points(lay: Lay) -> None:
    b = "kind: brief\nparty: B\nreservation: 1\npoints: {banking: {status_quo: 0, notes: 5}, visas: {status_quo: 0, deadline: 0}}\n"
    rule = GOOD["register.yaml"].split("constraints:")[0]
    folder = lay({"private/brief.yaml": BRIEF_IN_WORDS, "private/b.yaml": b, "register.yaml": rule})
    told = settled(folder)
    assert (told["standing"], told["sides"], told["in_words"]) == ("surely", ["A", "B"], ["A"])
    assert told["witness"]["package"] == {"banking": "notes", "visas": "status_quo"}
    assert told["witness"]["points"] == {"B": 5}
    assert told["witness"]["standing"] == {"A": "surely"}
    shown = answered("settle", folder)
    assert "Surely acceptable, whatever exactly the brief means." in shown
    assert "Acceptable by its points." in shown
    assert not re.search(r"\b5\b", shown)
    assert re.search(r"\b5\b", answered("settle", folder, "--details"))


def test_words_that_leave_no_package_are_an_answer(lay: Lay) -> None:
    b = "kind: brief\nparty: B\nwords: {banking: {status_quo: want, notes: never}, visas: {status_quo: want, deadline: want}}\n"
    a = "kind: brief\nparty: A\nwords: {banking: {status_quo: never, notes: want}, visas: {status_quo: want, deadline: want}}\nleast: {banking: notes}\n"
    folder = lay({"private/brief.yaml": a, "private/b.yaml": b})
    told = settled(folder)
    assert (told["standing"], told["acceptable"], told["witness"]) == ("none", False, None)
    assert "No agreement exists: it is proven" in answered("settle", folder)


ALWAYS = "red_lines:\n- {forbid: {visas: [status_quo, deadline]}}\n"


def no_agreement(folder: Path) -> None:
    told = settled(folder)
    assert (told["acceptable"], told["standing"], told["acceptable_packages"]) == (False, "none", "0")
    assert (told["solutions"], told["best"]) == ({}, {})
    assert "No agreement exists: it is proven" in answered("settle", folder)
    assert frontier(folder)["points"] == []


def test_a_red_line_on_every_option_is_an_answer(lay: Lay, tmp_path: Path) -> None:
    brief = GOOD["private/brief.yaml"].split("red_lines:")[0] + ALWAYS
    folder = lay({"private/brief.yaml": brief, "private/b.yaml": B_POINTS})
    no_agreement(folder)
    answered("settle", folder, "--report", tmp_path / "none.html")
    assert "proven" in (tmp_path / "none.html").read_text(encoding="utf-8")


def test_constraints_that_contradict_are_an_answer(lay: Lay) -> None:
    more = (
        "- {id: r2, if: {visas: [deadline]}, then: {banking: [status_quo]}, why: {en: No}}\n"
        "- {id: r3, at_most: {count: 0, of: {banking: [status_quo]}}, why: {en: No}}\n"
    )
    folder = lay({"register.yaml": GOOD["register.yaml"] + more, "private/b.yaml": B_POINTS})
    assert settled(folder)["feasible"] == "0"
    no_agreement(folder)


def test_reservations_that_cannot_be_met_together_are_an_answer(lay: Lay) -> None:
    brief = B_POINTS.replace("reservation: 0", "reservation: 10")
    no_agreement(lay({"private/b.yaml": brief}))


# Scenarios of other programs


def test_a_case_made_of_a_scenario_gives_the_same_answer(tmp_path: Path) -> None:
    """Points of a brief are whole; its unit leads back to what the side counts in."""
    files = {
        "a.csv": "reservation,,0.1\nx,p,0.25\nx,q,1/3\ny,r,0\ny,s,0.5\n",
        "b.csv": "reservation,,0\nx,p,9\nx,q,2\ny,r,7\ny,s,0\n",
    }
    folder = write(tmp_path / "csv", files)
    answered("convert", folder, tmp_path / "case", "--to", "case")
    before, after = settled(folder), settled(tmp_path / "case")
    for rule, one in before["solutions"].items():
        other = after["solutions"][rule]
        assert list(other["points"].values()) == pytest.approx(list(one["points"].values()), abs=1e-9), rule
    assert before["acceptable_packages"] == after["acceptable_packages"]


def test_the_frontier_of_four_sides_is_enumerated_or_it_is_said_that_it_is_not(tmp_path: Path) -> None:
    def csv(side: int, issues: int) -> str:
        rows = (
            f"i{issue},{option},{(issue * 7 + option * (side + 3)) % 11}\n"
            for issue, option in product(range(issues), range(10))
        )
        return "reservation,,0\n" + "".join(rows)

    few = write(tmp_path / "few", {f"{side}.csv": csv(side, 3) for side in range(4)})
    told = frontier(few)
    assert (told["exact"], len(told["sides"])) == (True, 4)
    scenario = problem(str(few)).scenario
    every = {scenario.values(package) for package in product(range(10), repeat=3)}
    best = [
        one for one in every if not any(o != one and all(a >= b for a, b in zip(o, one, strict=True)) for o in every)
    ]
    assert sorted(map(tuple, told["points"])) == sorted(best)
    many = write(tmp_path / "many", {f"{side}.csv": csv(side, 7) for side in range(4)})
    assert "[settle.too-many]" in refused("frontier", many)
    assert settled(many)["acceptable"] is True


@with_shared
@pytest.mark.parametrize("name", FRONTIERS)
def test_the_frontier_of_a_known_scenario_has_its_known_size(name: str) -> None:
    assert len(frontier(SHARED / name, "--all")["points"]) == FRONTIERS[name]


@with_shared
@pytest.mark.parametrize("name", sorted(one.name for one in SHARED.iterdir()) if SHARED.is_dir() else [])
def test_every_scenario_that_lies_beside_the_project_is_settled(name: str) -> None:
    told, scenario = settled(SHARED / name), problem(str(SHARED / name)).scenario
    assert told["packages"] == str(scenario.packages)
    assert told["sides"] == [side.name for side in scenario.sides]
    names = {issue.name: {option: place for place, option in enumerate(issue.options)} for issue in scenario.issues}
    assert told["acceptable"] is True
    for one in (*told["solutions"].values(), *told["best"].values()):
        package = tuple(names[issue][option] for issue, option in one["package"].items())
        assert scenario.acceptable(package)
        values = [float(side.on_own_scale(side.value(package))) for side in scenario.sides]
        assert list(one["points"].values()) == pytest.approx(values)


@with_shared
def test_the_frontier_over_rectangles_is_listed_with_packages() -> None:
    path = SHARED / "anac2014_10issues_hyperrect"
    told, scenario = frontier(path), problem(str(path)).scenario
    assert len(told["points"]) == 10
    assert set(told["truncated"]) == {True}
    for point, packages in zip(told["points"], told["packages"], strict=True):
        places = [[issue.options.index(one[issue.name]) for issue in scenario.issues] for one in packages]
        assert places == sorted(places)
        assert len({tuple(place) for place in places}) == len(places)
        for place in places:
            own = [float(side.on_own_scale(side.value(place))) for side in scenario.sides]
            assert own == pytest.approx(point)


@with_shared
@pytest.mark.parametrize(
    ("name", "points", "first", "last"),
    [
        ("anac2014_30issues", 31, (2435, 1403), (1535, 2347)),
        ("anac2014_50issues", 46, (2714, 1845), (1682, 3105)),
    ],
)
def test_very_many_packages_over_rectangles_have_a_whole_frontier(
    name: str, points: int, first: tuple[int, int], last: tuple[int, int]
) -> None:
    scenario = problem(str(SHARED / name)).scenario
    told: list[tuple[int, int]] = []
    found = efficient(scenario, lambda done, total: told.append((done, total)))
    assert len(found) == points
    assert (tuple(found.values[0]), tuple(found.values[-1])) == (first, last)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    for place in (0, points // 2):
        for package in islice(found.packages(place), 5):
            assert scenario.values(package) == tuple(found.values[place])


# How a command ends


@pytest.mark.parametrize("command", ["settle", "frontier"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_is_told_in_three_languages_without_colours_if_asked(command: str, lang: str) -> None:
    told = answered(command, "exercise", "--lang", lang, "--plain")
    assert "\x1b" not in told
    assert {"ar": "حزم", "en": "packages", "ru": "пакет"}[lang] in told


def slow(folder: Path) -> Path:
    """Six sides, sixty issues of five options: their rules take the solver long."""

    def csv(side: int) -> str:
        rows = (
            f"i{issue},{option},{(issue * 131 + option * 17 * (side + 1) + side * issue * 37) % 97}\n"
            for issue, option in product(range(60), range(5))
        )
        return "reservation,,2500\n" + "".join(rows)

    return write(folder, {f"{side}.csv": csv(side) for side in range(6)})


def test_what_takes_long_tells_so_and_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    folder, place = slow(tmp_path / "slow"), tmp_path / "here"
    place.mkdir()
    call = [sys.executable, "-m", "tashawur", "settle", str(folder), "--report", str(place / "page.html")]
    environment = {**os.environ, "TASHAWUR_LANG": "en"}
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as job:
        assert job.stderr is not None
        first = job.stderr.readline()
        job.send_signal(signal.SIGINT)
        begun = time.monotonic()
        shown, rest = job.communicate(timeout=20)
    assert re.search(r"\d+ s so far|\d+ % done, about \d+ s left", first)
    assert time.monotonic() - begun < 15
    assert (job.returncode, shown) == (2, "")
    assert rest.rstrip().endswith("Stopped.")
    assert "Traceback" not in rest
    assert list(place.iterdir()) == []


def test_a_report_that_cannot_be_written_says_so_and_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = refused("settle", "exercise", "--report", tmp_path / "file" / "page.html")
    assert "[papers.unwritable]" in told
    told = refused("settle", "exercise", "--report", tmp_path / "brief.yaml")
    assert "[papers.unwritable]" in told
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file"]


def test_no_command_repeats_a_private_number_where_it_refuses(tmp_path: Path) -> None:
    secret = GOOD["private/brief.yaml"].replace("14", "314159").replace("5", "271828", 1)
    broken = write(
        tmp_path / "case", {**GOOD, "private/brief.yaml": secret, "private/b.yaml": B_POINTS.replace("9", "x9")}
    )
    for command in ("settle", "frontier", "brief"):
        more = ("A",) if command == "brief" else ()
        done = tashawur(command, broken, *more)
        assert (done.returncode, done.stdout) == (2, "")
        assert "private/b.yaml:" in done.stderr
        assert not {"314159", "271828"} & set(re.findall(r"\d+", done.stderr))
