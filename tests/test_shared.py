"""Tests on data that lies beside the project on some machines: switched on by TASHAWUR_SHARED."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml_rs

from tashawur.node.cases import consultation, text_in
from tashawur.node.readouts import lexicon_of, readout
from tashawur.papers.quoted import texts_by_digest, words_of
from tashawur.readouts.reading import language, read
from test_readouts import spans

SHARED = Path(os.environ.get("TASHAWUR_SHARED", "nowhere"))
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="TASHAWUR_SHARED names no folder: its data is not here")


def renamed(value: Any) -> Any:
    """The ids of the worked case under the names of the exercise."""
    if isinstance(value, dict):
        return {renamed(key): renamed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [renamed(inner) for inner in value]
    if isinstance(value, str):
        whole = {"US": "A", "RU": "B", "UA": "C", "TR": "H", "SA": "S"}
        if value in whole:
            return whole[value]
        for before, after in (("us_", "a_"), ("ru_", "b_")):
            if value.startswith(before):
                return after + value[3:]
    return value


def worked() -> dict[str, Any]:
    path = SHARED / "cases" / "consultation" / "us-ru-missions-2025.yaml"
    loaded = yaml_rs.loads(path.read_text(encoding="utf-8"), parse_datetime=False)
    assert isinstance(loaded, dict)
    return loaded


def test_the_exercise_has_the_structure_and_the_numbers_of_the_worked_case() -> None:
    case, found = worked(), consultation("exercise")
    issues = {renamed(one["id"]): [option["id"] for option in one["options"]] for one in case["issues"]}
    assert {name: [option.id for option in one.options] for name, one in found.irritants.items()} == issues
    assert list(found.irritants) == list(issues)
    rules = [(renamed(one["if"]), renamed(one["then"])) for one in case["constraints"]]
    assert [
        ({k: list(v) for k, v in one.when.items()}, {k: list(v) for k, v in one.then.items()})
        for one in found.constraints
    ] == rules
    for before, after in (("US", "A"), ("RU", "B")):
        private, brief = case["private"][before], found.briefs[after]
        assert (brief.reservation, brief.points) == (private["reservation"], renamed(private["points"]))
        lines = [
            {
                key: {name: list(options) for name, options in held.items()}
                for key, held in (("forbid", line.forbid), ("if", line.when), ("then", line.then))
                if held
            }
            for line in brief.red_lines
        ]
        assert lines == renamed(private["red_lines"])
    estimate = {
        name: {option: list(pair) for option, pair in one.items()} for name, one in found.estimates["C"].points.items()
    }
    assert estimate == renamed(case["estimates"]["UA"]["points"])
    assert found.plan is not None
    assert found.plan.package == renamed(case["package_for_steps"])
    steps = [(one["id"], one["by"], one["value"], one.get("requires", [])) for one in renamed(case["steps"])]
    assert [(one.id, one.by, one.value, list(one.requires)) for one in found.plan.steps] == steps


def test_the_spans_of_riyadh_are_those_of_the_text() -> None:
    expected = json.loads((SHARED / "readouts" / "seed_expected.json").read_text(encoding="utf-8"))
    spans = {
        one["id"]: {(part["start"], part["end"], part["text"]) for part in [one["action"], *one.get("alternates", [])]}
        for one in expected["commitments"]
    }
    found = consultation("riyadh")
    texts = texts_by_digest(found, [("seed.txt", (SHARED / "readouts" / "seed.txt").read_bytes())], text_in)
    for name, held in spans.items():
        undertaking = found.undertakings[name]
        told = {(one.start, one.end, words_of(one, texts)) for one in undertaking.origin}
        assert told <= held
        assert told


def test_the_words_are_shown_when_the_text_is_given() -> None:
    call = [sys.executable, "-m", "tashawur", "status", "riyadh", "--text", str(SHARED / "readouts" / "seed.txt")]
    done = subprocess.run(call, capture_output=True, text=True, check=False, encoding="utf-8")
    assert "إنشاء آلية تشاور لحل المشاكل" in done.stdout.replace("\n", " ")


def test_no_press_text_is_shipped() -> None:
    words = (SHARED / "readouts" / "seed.txt").read_text(encoding="utf-8").split()
    root = Path(__file__).parent.parent
    texts = " ".join(
        path.read_text(encoding="utf-8")
        for place in ("src", "docs", "README.md")
        for path in ([root / place] if place.endswith(".md") else (root / place).rglob("*"))
        if path.suffix in (".yaml", ".md", ".po")
    )
    plain = " ".join(texts.split())
    for place in range(len(words) - 6):
        assert " ".join(words[place : place + 6]) not in plain


def test_the_seed_text_is_read_in_full() -> None:
    """The expected result, field by field; ids are ours, so statements are known by their words."""
    expected = json.loads((SHARED / "readouts" / "seed_expected.json").read_text(encoding="utf-8"))
    found = msgspec.to_builtins(readout(SHARED / "readouts" / "seed.txt").readout)
    place = {(one["content"]["start"], one["content"]["end"]): one for one in found["statements"]}
    assert len(found["statements"]) == len(expected["statements"]) == 21
    names = {place[one["content"]["start"], one["content"]["end"]]["id"]: one["id"] for one in expected["statements"]}
    for one in expected["statements"]:
        mine = named(place[one["content"]["start"], one["content"]["end"]], names)
        for key, value in one.items():
            if key == "flags":
                assert set(value) <= set(mine["flags"]), one["id"]
            elif key == "said_on":
                assert (mine[key] and mine[key]["span"]) == (value and value["span"]), one["id"]
            else:
                assert without_anchor(mine[key]) == value, (one["id"], key)
    assert [one["span"] for one in found["quotes"]] == [one["span"] for one in expected["quotes"]]
    assert sorted(map(str, found["regions"])) == sorted(map(str, expected["regions"]))
    deeds = {one["action"]["start"]: named(one, names) for one in found["commitments"]}
    assert len(deeds) == len(expected["commitments"]) == 8
    for one in expected["commitments"]:
        mine = deeds[one["action"]["start"]]
        for key, value in one.items():
            if key not in ("id", "flags"):
                assert without_anchor(mine[key]) == value, (one["id"], key)
    parties = {one["code"]: one for one in found["parties"]}
    for one in expected["parties"]:
        assert parties[one["code"]]["role"] == one["role"]
        assert all(mention in parties[one["code"]]["mentions"] for mention in one["mentions"])
    people = {one["name"]["text"]: one for one in found["people"]}
    for one in expected["people"]:
        mine = people[one["name"]["text"]]
        assert (mine["role"], mine["party"], mine["speaks"]) == (one["role"], one["party"], one["speaks"])
    assert [one["id"] for one in found["organisations"]] == [one["id"] for one in expected["organisations"]]
    assert [one["span"] for one in found["dates"]] == [one["span"] for one in expected["dates"]]
    assert all(one in found["places"] for one in expected["places"])


def named(value: Any, names: dict[str, str]) -> Any:
    """The value with the ids of statements as the expected result has them."""
    if isinstance(value, dict):
        return {key: named(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [named(inner, names) for inner in value]
    if isinstance(value, str) and value.startswith("inherited:"):
        return f"inherited:{names[value.removeprefix('inherited:')]}"
    return names.get(value, value) if isinstance(value, str) else value


def without_anchor(value: Any) -> Any:
    """A deadline without what it counts from, which the expected result leaves out."""
    return {k: v for k, v in value.items() if k != "anchor"} if isinstance(value, dict) else value


def test_a_readout_keeps_to_the_schema_that_it_began_from() -> None:
    schema = json.loads((SHARED / "readouts" / "schema.json").read_text(encoding="utf-8"))
    found = msgspec.to_builtins(readout(SHARED / "readouts" / "seed.txt").readout)
    jsonschema.validate(json.loads(json.dumps(found)), schema)


def test_the_development_texts_and_real_releases_are_read_with_exact_spans() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (SHARED / "readouts" / "dev").glob("*.txt")]
    releases = json.loads((SHARED / "readouts" / "us_releases_2021.json").read_text(encoding="utf-8"))
    texts += [f"{one['title']}\n{one['text']}" for one in releases]
    number = 0
    for text in texts:
        found = read(text, lexicon_of(language(text) or "en"))
        number += len(found.statements)
        for span in spans(msgspec.to_builtins(found)):
            assert text[span["start"] : span["end"]] == span["text"]
    assert number > 500
