"""Bad input of `settle` and `frontier`: one clear line with file, place and remedy, status 2, and nothing written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import GOOD, Lay, write
from tashawur.cli.main import answer
from test_mistakes import WRONG as WRONG_CASES
from test_scenario_files import GENIUS
from test_scenario_mistakes import WRONG

BRIEF_B = (
    "kind: brief\nparty: B\nreservation: 0\n"
    "points: {banking: {status_quo: 0, notes: 271828}, visas: {status_quo: 0, deadline: 314159}}\n"
)
"""A good brief of the other side, whose numbers are to show nowhere."""


def refused(capsys: pytest.CaptureFixture[str], *call: str | Path) -> list[str]:
    """The lines of a refusal."""
    status = answer([str(one) for one in call])
    shown = capsys.readouterr()
    assert (status, shown.out) == (2, "")
    assert "Traceback" not in shown.err
    return shown.err.splitlines()


@pytest.mark.parametrize(("files", "code", "place"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_scenario_with_a_mistake_is_refused_in_one_line_and_nothing_is_written(
    files: Mapping[str, str | bytes], code: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, page = write(tmp_path / "folder", files), tmp_path / "page.html"
    calls: list[list[str | Path]] = [["settle", folder, "--report", page], ["frontier", folder]]
    for call in calls:
        (line,) = refused(capsys, *call)
        assert place.removeprefix("folder") in line
        assert line.endswith(f"[{code}]")
        assert re.search(r"\. [^.].*\. \[", line), "what is wrong and the remedy are two sentences"
    assert not page.exists()


PRIVATE = [row for row in WRONG_CASES if any(name.startswith("private/") for name in row[1])]


@pytest.mark.parametrize("wrong", PRIVATE, ids=[f"{row[0]}-{place}" for place, row in enumerate(PRIVATE)])
def test_a_brief_with_a_mistake_is_refused_with_its_line_and_no_number_of_another_side(
    wrong: tuple[str, Mapping[str, str | bytes], str, int],
    lay: Lay,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, files, file, line = wrong
    folder, page = lay({"private/b.yaml": BRIEF_B, **files}), tmp_path / "page.html"
    lines = refused(capsys, "settle", folder, "--report", page)
    assert any(one.startswith(f"{file}:{line}: ") and one.endswith(f"[{code}]") for one in lines), lines
    assert lines[-1].endswith("[case.mistakes]")
    assert not re.search("271828|314159", "\n".join(lines))
    assert not page.exists()


@pytest.mark.parametrize("lang", ["ar", "en", "ru"])
def test_a_path_that_is_no_scenario_is_refused(lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    for path in (tmp_path / "nowhere", tmp_path / "empty", tmp_path / "notes.txt", "", "/dev/null"):
        for command in ("settle", "frontier"):
            (line,) = refused(capsys, command, path, "--lang", lang)
            assert re.search(r"\[(settle\.file-[a-z-]+|case\.unreadable)\]$", line)
            assert str(path) in line


def test_a_report_in_place_of_a_folder_is_refused_before_anything_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = refused(capsys, "settle", "exercise", "--report", tmp_path)
    assert str(tmp_path) in line
    (line,) = refused(capsys, "settle", "exercise", "--report", tmp_path / "no" / "page.html")
    assert line.endswith("[papers.unwritable]")
    assert list(tmp_path.iterdir()) == []


def test_numbers_of_the_size_of_the_universe_are_refused_or_exact(
    lay: Lay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    most = 2**53
    huge = GOOD["private/brief.yaml"].replace("14", str(most)).split("red_lines:")[0]
    assert answer(["settle", str(lay({"private/brief.yaml": huge})), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["solutions"]["nash"]["points"]["A"] == most - 3
    lines = refused(capsys, "settle", lay({"private/brief.yaml": huge.replace(str(most), str(most + 1))}))
    assert lines[0].startswith("private/brief.yaml:5: ")
    weights = GENIUS["south.xml"].replace('"0.5"', '"1e308"')
    (line,) = refused(capsys, "settle", write(tmp_path / "weights", {**GENIUS, "south.xml": weights}))
    assert line.startswith("south.xml:6: ")
