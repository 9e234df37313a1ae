"""run.py and the locks: one command on a fresh machine, an answer that is the command's alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from benchmarks.__main__ import Floor, line
from benchmarks.processes import Measured

ROOT = Path(__file__).parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, str(ROOT / "run.py"), *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=False, cwd=ROOT, encoding="utf-8")


def test_the_main_job_prints_where_the_mechanism_stands_and_names_its_report() -> None:
    done = run("--lang", "en", "--plain")
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("The mechanism") < done.stdout.index("Awaited")
    path = re.search(r"Report: (.+\.html)", done.stdout)
    assert path is not None
    assert Path(path[1]).read_text(encoding="utf-8").startswith("<!doctype html>")


def test_json_is_one_document_and_nothing_else_on_standard_output() -> None:
    done = run("--json")
    assert json.loads(done.stdout)["id"] == "riyadh"
    assert "tashawur-riyadh.html" in done.stderr
    assert json.loads(run("status", "exercise", "--json").stdout)["exercise"] is True


def test_other_words_are_commands_and_their_exit_status_is_kept() -> None:
    assert run("case", "check", "riyadh").returncode == 0
    assert run("status", "nowhere").returncode == 2
    assert run("--help").stdout.startswith("Usage: tashawur")


def test_a_second_run_starts_in_about_a_second() -> None:
    run("--version")
    begun = time.perf_counter()
    assert run("--version").stdout == "0.1.0\n"
    assert time.perf_counter() - begun < 1.5


def test_no_lock_or_requirements_file_holds_an_address() -> None:
    locks = list((ROOT / "requirements").iterdir())
    assert len(locks) >= 3
    for path in locks:
        assert "://" not in path.read_text(encoding="utf-8")
    assert not list(ROOT.glob("*.lock"))


def test_every_requirement_is_exact_and_hashed() -> None:
    for name in ("run", "dev", "peers"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all(re.match(r"[\w.-]+==\S+.*--hash=sha256:", entry, re.DOTALL) for entry in entries)


def test_ci_calls_the_commands_exactly_as_the_readme_gives_them() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("python3 run.py check", "python3 run.py test"):
        assert re.search(rf"(?m)^{re.escape(command)}$", ci)
        assert command in readme


def test_the_measurement_works() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--small"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert "ratio:" in done.stdout


def test_settling_is_measured_and_its_floors_are_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "settle", "--small"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    told = json.loads(done.stdout)
    assert told["versions"]["numpy"]
    assert all(row["numpy"]["equal"] for row in told["side by side"])
    assert done.returncode == 0, done.stderr
    assert all(floor["kept"] for floor in told["floors"])
    if told["versions"]["negmas"] is None:
        assert "python3 run.py bench settle --peers" in done.stderr


def test_the_peers_are_no_part_of_what_is_shipped() -> None:
    for name in ("run", "dev"):
        assert "negmas" not in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").lower()
    assert not [path for path in (ROOT / "src").rglob("*.py") if "import negmas" in path.read_text(encoding="utf-8")]


def test_a_floor_that_is_not_kept_is_told_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    found = Measured([1.0, 2.0, 9.0], memory=250)
    assert line("quick enough", found, Floor(2, 300))
    assert not line("too slow", found, Floor(1.9, 300))
    assert not line("too large", found, Floor(2, 200))
    assert capsys.readouterr().out.count("NOT KEPT") == 2
