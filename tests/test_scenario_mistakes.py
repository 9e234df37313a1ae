"""Every way in which a scenario's files can be wrong: one line with file, place and remedy, and nothing written."""

from __future__ import annotations

import io
import json
import os
import re
import time
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import write as lay
from tashawur.papers.words import Words
from tashawur.settle.formats.places import LARGEST
from tashawur.store import scenarios as store
from tashawur.store.scenarios import scenario_files, write_scenario
from tashawur.terms.errors import ScenarioFileError, UnwritableError
from test_commands import refused
from test_scenario_files import CSV, EVERY, GENIUS, GENIUSWEB, NEGMAS, NEGOLOG, RECTANGLES, imported

SOURCE = Path(__file__).parent.parent / "src" / "tashawur"

BOMB = """<?xml version="1.0"?>
<!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<utility_space><objective>&c;</objective></utility_space>"""
OUTSIDE = """<!DOCTYPE x SYSTEM "file:///etc/passwd">
<utility_space/>"""
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


def changed(sample: Mapping[str, str], name: str, before: str, after: str) -> dict[str, str | bytes]:
    assert before in sample[name], before
    return {**sample, name: sample[name].replace(before, after)}


def cut(sample: Mapping[str, str], *names: str) -> dict[str, str | bytes]:
    return {name: text for name, text in sample.items() if name not in names}


WRONG: list[tuple[str, Mapping[str, str | bytes], str, str]] = [
    # How a file is written
    ("broken XML", changed(GENIUS, "south.xml", "</issue>", ""), "settle.file-broken-xml", "south.xml:7"),
    ("XML that ends", changed(GENIUS, "north.xml", "</utility_space>", ""), "settle.file-broken-xml", "north.xml:9"),
    ("an entity bomb", {**GENIUS, "bomb.xml": BOMB}, "settle.file-doctype", "bomb.xml:2"),
    ("an entity of a file", {**GENIUS, "out.xml": OUTSIDE}, "settle.file-doctype", "out.xml:1"),
    ("words in place of XML", {**GENIUS, "x.xml": "utility_space"}, "settle.file-broken-xml", "x.xml:1"),
    ("elements without end", {**GENIUS, "x.xml": "<a>" * 9999}, "settle.file-too-deep", "x.xml:1"),
    ("broken JSON", changed(GENIUSWEB, "1.json", "}}}", "}}"), "settle.file-broken-json", "1.json:1"),
    (
        "a JSON key twice",
        changed(NEGOLOG, "profileA.json", '"right"', '"left"'),
        "settle.file-key-twice",
        "profileA.json",
    ),
    ("deep JSON", {**NEGOLOG, "x.json": "[" * 99_999}, "settle.file-too-deep", "x.json"),
    (
        "broken YAML",
        changed(NEGMAS, "b.yml", "- {type: AffineFun", "- {type AffineFun}"),
        "settle.file-broken-yaml",
        "b.yml:9",
    ),
    ("YAML that unfolds", {**NEGMAS, "x.yml": LAUGHS}, "settle.file-too-deep", "x.yml:6"),
    ("YAML within itself", {**NEGMAS, "x.yml": "a: &a [*a]"}, "settle.file-alias", "x.yml:1"),
    ("deep YAML", {**NEGMAS, "x.yml": "[" * 200}, "settle.file-too-deep", "x.yml:1"),
    ("a YAML tag", {**NEGMAS, "x.yml": "!!python/object/apply:os.system [ls]"}, "settle.file-tag", "x.yml:1"),
    ("a YAML key twice", changed(NEGMAS, "b.yml", "paid: 1", "No: 1"), "settle.file-key-twice", "b.yml:13"),
    ("a list as key", {**NEGMAS, "x.yml": "? [a]\n: b"}, "settle.file-wordless-key", "x.yml:1"),
    ("an alias of a list as key", {**NEGMAS, "x.yml": "a: &a [x]\n*a : b"}, "settle.file-wordless-key", "x.yml:2"),
    ("two YAML documents", {**NEGMAS, "x.yml": "a: 1\n---\nb: 2"}, "settle.file-several-documents", "x.yml:2"),
    ("no UTF-8", {**NEGMAS, "x.yml": b"a: 1\nb: \xff"}, "settle.file-not-text", "x.yml:2"),
    ("UTF-16", {**CSV, "east.csv": "issue,option,points".encode("utf-16")}, "settle.file-not-text", "east.csv"),
    ("broken CSV", changed(CSV, "east.csv", '"1,000"', '"1,000'), "settle.file-broken-csv", "east.csv:6"),
    ("a row too long", changed(CSV, "east.csv", '"1,000"', "1,000"), "settle.file-wrong-row", "east.csv:3"),
    ("a large file", {**CSV, "north.csv": b"x" * (LARGEST + 1)}, "settle.file-too-large", "north.csv"),
    # Numbers
    (
        "NaN",
        changed(GENIUSWEB, "2.json", "0.25", "NaN"),
        "settle.file-not-finite",
        "2.json, LinearAdditiveUtilitySpace/issueUtilities/Fuel/discreteutils/valueUtilities/diesel",
    ),
    ("infinity", changed(NEGMAS, "a.yaml", "2.5", ".inf"), "settle.file-not-finite", "a.yaml, reserved_value"),
    ("infinity in XML", changed(GENIUS, "south.xml", '"0.5"', '"Infinity"'), "settle.file-not-finite", "south.xml:6"),
    ("a weight below zero", changed(GENIUS, "south.xml", '"0.5"', '"-0.5"'), "settle.file-negative", "south.xml:6"),
    ("an evaluation below zero", changed(GENIUS, "south.xml", '"4"', '"-4"'), "settle.file-negative", "south.xml:5"),
    (
        "a huge weight",
        changed(NEGOLOG, "profileB.json", "0.5", "1e300"),
        "settle.file-too-large-number",
        "profileB.json, issueWeights/Gate",
    ),
    (
        "an exponent without end",
        changed(NEGOLOG, "profileB.json", "0.5", "1e999999999"),
        "settle.file-too-large-number",
        "profileB.json, issueWeights/Gate",
    ),
    (
        "a tiny number of many digits",
        changed(CSV, "west.csv", "7.5", "1e-401"),
        "settle.file-too-large-number",
        "west.csv:4",
    ),
    (
        "a sum too large",
        changed(CSV, "west.csv", "7.5", "4611686018427387903.5"),
        "settle.file-too-large-number",
        "west.csv",
    ),
    ("Arabic digits", changed(CSV, "east.csv", ",10", ",١٠"), "settle.file-other-digits", "east.csv:3"),
    ("Arabic digits in XML", changed(GENIUS, "south.xml", '"4"', '"٤"'), "settle.file-other-digits", "south.xml:5"),
    ("a decimal comma", changed(CSV, "west.csv", "7.5", "7,5"), "settle.file-no-number", "west.csv:4"),
    ("words for a number", changed(GENIUS, "south.xml", '"4"', '"four"'), "settle.file-no-number", "south.xml:5"),
    (
        "nothing for a number",
        changed(NEGMAS, "a.yaml", "{sun: 1,", "{sun: ,"),
        "settle.file-no-number",
        "a.yaml, values/Fuel/mapping/sun",
    ),
    (
        "half an option",
        changed(RECTANGLES, "domain.xml", 'upperbound="6"', 'upperbound="6.5"'),
        "settle.file-no-whole-number",
        "domain.xml:2",
    ),
    ("no maximum", changed(RECTANGLES, "one.xml", '"40"', '"-1.0"'), "settle.file-no-maximum", "one.xml:4"),
    # Issues and options
    (
        "an issue missing",
        changed(NEGOLOG, "profileB.json", '"Gate"', '"Fence"'),
        "settle.file-unknown-issue",
        "profileB.json",
    ),
    (
        "an issue too many",
        changed(GENIUS, "south.xml", "</objective>", '<issue index="4" name="Rope"/></objective>'),
        "settle.file-unknown-issue",
        "south.xml:7",
    ),
    (
        "an issue left out",
        {**GENIUS, "south.xml": re.sub("(?s)<issue index=.2.*?</issue>", "", GENIUS["south.xml"])},
        "settle.file-missing-issue",
        "south.xml:3",
    ),
    (
        "no weight",
        changed(GENIUS, "south.xml", '<weight index="2" value="0.5"></weight>', ""),
        "settle.file-no-weight",
        "south.xml:4",
    ),
    (
        "an unknown option",
        changed(GENIUS, "south.xml", "very deep", "bottomless"),
        "settle.file-unknown-option",
        "south.xml:4",
    ),
    (
        "an option left out",
        changed(GENIUS, "south.xml", '<item value="very deep" evaluation="0.0"/>', ""),
        "settle.file-missing-option",
        "south.xml:4",
    ),
    (
        "an unknown option in the bid",
        changed(GENIUSWEB, "1.json", '"Keeper": "paid"', '"Keeper": "unpaid"'),
        "settle.file-unknown-option",
        "1.json, LinearAdditiveUtilitySpace/reservationBid/issuevalues/Keeper",
    ),
    ("an issue twice", changed(GENIUS, "well.xml", '"Shares"', '"Depth"'), "settle.file-name-twice", "well.xml:8"),
    (
        "an issue twice in a profile",
        changed(GENIUS, "south.xml", '"Shares"', '"Depth"'),
        "settle.file-name-twice",
        "south.xml:5",
    ),
    ("an option twice", changed(GENIUS, "well.xml", "very deep", "deep"), "settle.file-name-twice", "well.xml:6"),
    (
        "an option twice in a list",
        changed(NEGMAS, "pump_domain.yml", "[sun, diesel]", "[sun, sun]"),
        "settle.file-name-twice",
        "pump_domain.yml, issues/1/name",
    ),
    ("an option twice in rows", changed(CSV, "east.csv", "Sunday", "Friday"), "settle.file-name-twice", "east.csv:5"),
    (
        "no options",
        changed(NEGMAS, "pump_domain.yml", "[sun, diesel]", "[]"),
        "settle.file-no-options",
        "pump_domain.yml, issues/1/name",
    ),
    (
        "no options in XML",
        {**GENIUS, "well.xml": re.sub("<item[^>]*>", "", GENIUS["well.xml"])},
        "settle.file-no-options",
        "well.xml:6",
    ),
    ("no issues", {**NEGMAS, "pump_domain.yml": "issues: []"}, "settle.file-no-issues", "pump_domain.yml, issues"),
    (
        "too many options",
        changed(RECTANGLES, "domain.xml", 'upperbound="6"', 'upperbound="1000000000000"'),
        "settle.file-too-many-options",
        "domain.xml:2",
    ),
    (
        "too many options counted",
        changed(NEGMAS, "pump_domain.yml", "values: [1, 3]", "values: 1000000"),
        "settle.file-too-many-options",
        "pump_domain.yml, issues/2/values",
    ),
    (
        "too many issues",
        {"a.csv": "".join(f"{n},x,1\n" for n in range(1001))},
        "settle.file-too-many-issues",
        "a.csv:1001",
    ),
    (
        "an empty name",
        changed(NEGMAS, "pump_domain.yml", "[sun, diesel]", "[sun, ' ']"),
        "settle.file-empty-name",
        "pump_domain.yml, issues/1/values",
    ),
    (
        "a mark that turns",
        changed(GENIUS, "well.xml", 'name="Shares"', 'name="Sha\u202eres"'),
        "settle.file-hidden-mark",
        "well.xml:8",
    ),
    (
        "a mark of direction",
        changed(CSV, "east.csv", "Friday", "Friday\u200f"),
        "settle.file-hidden-mark",
        "east.csv:5",
    ),
    (
        "an index of no issue",
        changed(
            RECTANGLES, "one.xml", '<INCLUDES index="2" min="0" max="1"/>', '<INCLUDES index="7" min="0" max="1"/>'
        ),
        "settle.file-unknown-index",
        "one.xml:5",
    ),
    ("a list too short", changed(NEGMAS, "b.yml", ", 2, 1]", "]"), "settle.file-wrong-length", "b.yml, weights"),
    # What is not read, and parts that are missing
    (
        "real numbers",
        changed(RECTANGLES, "domain.xml", 'type="integer"', 'type="real"'),
        "settle.file-unknown-type",
        "domain.xml:2",
    ),
    (
        "objectives within",
        changed(GENIUS, "well.xml", "</objective>", "<objective/></objective>"),
        "settle.file-unknown-type",
        "well.xml:9",
    ),
    (
        "a range",
        {**GENIUSWEB, "pump.json": '{"name": "x", "issuesValues": {"Fuel": {"range": [0, 1, 1]}}}'},
        "settle.file-unknown-type",
        "pump.json, issuesValues/Fuel",
    ),
    (
        "another sort of profile",
        {**GENIUSWEB, "3.json": '{"DefaultPartialOrdering": {}}'},
        "settle.file-unknown-type",
        "3.json",
    ),
    (
        "another sort of function",
        changed(NEGMAS, "b.yml", "AffineFun", "SinFun"),
        "settle.file-unknown-type",
        "b.yml, values/2",
    ),
    (
        "another sort of profile in NegMAS",
        changed(NEGMAS, "b.yml", "type: Linear", "type: NonLinear"),
        "settle.file-unknown-type",
        "b.yml",
    ),
    ("another sort of sum", changed(RECTANGLES, "one.xml", '"sum"', '"max"'), "settle.file-unknown-type", "one.xml:4"),
    (
        "an attribute missing",
        changed(GENIUS, "south.xml", ' evaluation="4"', ""),
        "settle.file-missing-part",
        "south.xml:5",
    ),
    ("no objective", {**GENIUS, "south.xml": "<utility_space/>"}, "settle.file-missing-part", "south.xml:1"),
    (
        "a key missing",
        changed(GENIUSWEB, "1.json", "issueWeights", "weights"),
        "settle.file-missing-part",
        "1.json, LinearAdditiveUtilitySpace",
    ),
    (
        "a word for a mapping",
        changed(NEGMAS, "b.yml", "{sun: 9.0, diesel: 1e-1}", "much"),
        "settle.file-wrong-part",
        "b.yml, values/1/mapping",
    ),
    # Files together
    ("one side only", cut(GENIUS, "south.xml"), "settle.file-one-side", "north.xml"),
    ("two sides of one name", changed(NEGMAS, "a.yaml", "Ridge", "Valley"), "settle.file-same-side", "b.yml"),
    ("two files of one name", {**GENIUS, "more/north.xml": GENIUS["north.xml"]}, "settle.file-same-side", "north.xml"),
    ("two domains", {**GENIUS, "zz.xml": GENIUS["well.xml"]}, "settle.file-two-domains", "zz.xml"),
    ("two formats", {**GENIUS, **CSV}, "settle.file-two-formats", "north.xml"),
    ("no domain", cut(NEGMAS, "pump_domain.yml"), "settle.file-no-domain", "a.yaml"),
    ("no profile", {"well.xml": GENIUS["well.xml"]}, "settle.file-no-scenario", "folder"),
    ("nothing of a scenario", {"notes.txt": "hello", "x.json": "[1, 2]"}, "settle.file-no-scenario", "folder"),
]


@pytest.mark.parametrize(("files", "code", "place"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_mistake_is_told_with_its_place(files: Mapping[str, str | bytes], code: str, place: str) -> None:
    with pytest.raises(ScenarioFileError) as caught:
        imported(files)
    assert (caught.value.mistake.code, caught.value.mistake.place) == (code, place)
    for lang in ("en", "ar", "ru"):
        line = Words(lang).error(caught.value)
        assert line.startswith(place)
        assert line.endswith(f"[{code}]")
        assert "\n" not in line


def test_every_code_has_a_test() -> None:
    code = re.compile(r"settle\.file-[a-z-]+")
    tested = {
        name
        for test in Path(__file__).parent.glob("test_scenario_*.py")
        for name in code.findall(test.read_text(encoding="utf-8"))
    }
    source = {name for path in SOURCE.rglob("*.py") for name in code.findall(path.read_text(encoding="utf-8"))}
    assert source == tested


def test_no_message_repeats_a_number_of_a_side() -> None:
    for sample, name, number in (
        (GENIUS, "south.xml", '"4"'),
        (CSV, "west.csv", "7.5"),
        (NEGOLOG, "profileB.json", "0.1"),
    ):
        for wrong in ("-918273", "918273e305", "918273x", "91827٣"):
            told = f'"{wrong}"' if '"' in number else wrong
            if name.endswith("json"):
                told = json.dumps(wrong)
            try:
                imported(changed(sample, name, number, told))
            except ScenarioFileError as error:
                found = error
            else:
                continue
            assert "918273" not in Words("en").error(found) + str(found) + repr(found)


def test_an_alias_within_bounds_is_read() -> None:
    shared = NEGMAS["a.yaml"].replace("Keeper: {type", "Spare: *table\n  Keeper: {type")
    assert imported({**NEGMAS, "a.yaml": shared}).format == "negmas"


def test_persian_words_with_joiners_are_no_hidden_marks() -> None:
    assert imported(
        changed(CSV, "east.csv", "Day,", "می\u200cشود,") | {"west.csv": CSV["west.csv"].replace("Day;", "می\u200cشود;")}
    )


# Folders, archives and paths


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    folder = lay(tmp_path / "s", GENIUS)
    with (folder / "huge.xml").open("wb") as file:
        file.truncate(2**30)
    tracemalloc.start()
    begun = time.monotonic()
    with pytest.raises(ScenarioFileError) as caught:
        scenario_files(folder)
    took, (_, peak) = time.monotonic() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (caught.value.mistake.code, caught.value.mistake.place) == ("settle.file-too-large", "huge.xml")
    assert peak < 2**20
    assert took < 5


def code_of(path: Path) -> str:
    with pytest.raises(ScenarioFileError) as caught:
        scenario_files(path)
    return caught.value.mistake.code


def archive(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return path


@pytest.mark.parametrize("sample", EVERY.values(), ids=EVERY)
def test_an_archive_holds_the_same_as_a_folder(sample: Mapping[str, str], tmp_path: Path) -> None:
    packed = archive(
        tmp_path / "s.zip",
        {f"in/{name}": text for name, text in sample.items()} | {"__MACOSX/in/._x.xml": b"\0", "in/": b""},
    )
    found = imported({file.name: file.data for file in scenario_files(packed)})
    folder = imported(
        {file.name: file.data for file in scenario_files(lay(tmp_path / "s", {**sample, ".hidden.xml": "<"}))}
    )
    assert found.scenario == folder.scenario


def test_an_archive_that_reaches_outside_or_unfolds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(archive(tmp_path / "a.zip", {"../x.xml": "<a/>"})) == "settle.file-outside"
    assert code_of(archive(tmp_path / "b.zip", {"/etc/x.xml": "<a/>"})) == "settle.file-outside"
    assert code_of(archive(tmp_path / "c.zip", {"x.xml": b"\0" * (LARGEST + 1)})) == "settle.file-too-large"
    parts = {f"{number}.xml": b"\0" * LARGEST for number in range(5)}
    assert code_of(archive(tmp_path / "d.zip", parts)) == "settle.file-too-many"
    monkeypatch.setattr(store, "MOST_FILES", 3)
    assert (
        code_of(archive(tmp_path / "e.zip", {f"{number}.xml": "<a/>" for number in range(4)})) == "settle.file-too-many"
    )


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    good = archive(tmp_path / "a.zip", GENIUS).read_bytes()
    (tmp_path / "b.zip").write_bytes(good[:40] + b"\xff" * 60 + good[100:])
    assert code_of(tmp_path / "b.zip") == "settle.file-broken-archive"
    held = io.BytesIO(good).getvalue()
    encrypted = bytearray(held)
    for at in (match.start() for match in re.finditer(rb"PK\x01\x02", held)):
        encrypted[at + 8] |= 1
    (tmp_path / "c.zip").write_bytes(encrypted)
    assert code_of(tmp_path / "c.zip") == "settle.file-broken-archive"


def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path / "nowhere") == "settle.file-unreadable"
    assert code_of(tmp_path / ("x" * 400)) == "settle.file-unreadable"
    os.mkfifo(tmp_path / "pipe")
    assert code_of(tmp_path / "pipe") == "settle.file-unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    folder = lay(tmp_path / "s", GENIUS)
    folder.chmod(0)
    assert code_of(folder) == "settle.file-unreadable"
    folder.chmod(0o700)


def test_what_exists_is_never_written_over(tmp_path: Path) -> None:
    folder = lay(tmp_path / "s", GENIUS)
    for target in (folder, folder / "north.xml", archive(tmp_path / "s.zip", GENIUS)):
        with pytest.raises(UnwritableError):
            write_scenario(target, [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s", "s.zip"]


def test_a_stop_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = scenario_files(lay(tmp_path / "s", GENIUS))
    whole = Path.write_bytes

    def stopped(path: Path, data: bytes) -> int:
        if path.name == "well.xml":
            raise KeyboardInterrupt
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_scenario(tmp_path / "out", files)
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_a_refused_conversion_writes_nothing(tmp_path: Path) -> None:
    folder = lay(tmp_path / "s", changed(GENIUS, "south.xml", '"4"', '"-4"'))
    line = refused("convert", folder, tmp_path / "out", "--to", "csv")
    assert line == (
        "south.xml:5: a number below zero stands where the format has none. "
        "Write zero or more; let a heavier weight say that an issue matters more. [settle.file-negative]"
    )
    assert not (tmp_path / "out").exists()
    assert "cannot hold public rules on packages. " in refused("convert", "exercise", tmp_path / "out", "--to", "csv")
    assert "[case.mistakes]" in refused(
        "convert", lay(tmp_path / "c", {"x.yaml": "kind: brief"}), tmp_path / "out", "--to", "csv"
    )
    assert "[papers.unwritable]" in refused("convert", lay(tmp_path / "t", GENIUS), folder, "--to", "csv")
    assert "[settle.file-unreadable]" in refused("convert", tmp_path / "no", tmp_path / "out", "--to", "csv")
