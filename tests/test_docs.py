"""What the pages show is run: commands with their answers, and the pages that are written from the code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from doctest import ELLIPSIS, DocTestParser, DocTestRunner, OutputChecker
from pathlib import Path

import pytest
import reference

from tashawur.consult.kinds import KINDS

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
FILE = re.compile(r"```yaml\n# (\S+\.yaml): .*?\n(.*?)```", re.DOTALL)
"""A file that the page tells its reader to write, its name in the first line."""


def shown(page: Path, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each command of the page with what it is to say on standard output and on standard error.

    The files that the page shows between the commands are written in their turn.
    """
    text = page.read_text(encoding="utf-8")
    blocks = sorted([*BLOCK.finditer(text), *FILE.finditer(text)], key=lambda found: found.start())
    for found in blocks:
        if found.re is FILE:
            (folder / found[1]).write_text(found[2], encoding="utf-8")
            continue
        block = found[1]
        for part in re.split(r"(?m)^\$ ", block)[1:]:
            command, _, answer = part.partition("\n")
            lines = answer.splitlines()
            told = "".join(f"{line}\n" for line in lines if not line.startswith("! "))
            refused = "".join(f"{line[2:]}\n" for line in lines if line.startswith("! "))
            yield command, told, refused


@pytest.mark.parametrize(
    "page", [page for page in PAGES if BLOCK.search(page.read_text(encoding="utf-8"))], ids=lambda page: page.stem
)
def test_the_commands_of_a_page_answer_as_it_shows(page: Path, tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "TASHAWUR_LANG": "en"}
    for command, told, refused in shown(page, tmp_path):
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == (2 if refused else 0), (command, done.stderr)
        check = OutputChecker().check_output
        assert check(told, done.stdout, ELLIPSIS), f"$ {command}\n{done.stdout}\nis not\n{told}"
        assert not refused or done.stderr == refused


PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if ">>> " in page.read_text(encoding="utf-8")], ids=lambda page: page.stem
)
def test_the_python_of_a_page_answers_as_it_shows(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = "\n".join(PYTHON.findall(page.read_text(encoding="utf-8")))
    held = DocTestParser().get_doctest(blocks, {}, page.stem, str(page), 0)
    assert held.examples
    told: list[str] = []
    DocTestRunner(optionflags=ELLIPSIS).run(held, out=told.append)
    assert not told, "".join(told)


def test_the_commands_of_the_readme_work(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    calls = list(dict.fromkeys(re.findall(r"`python3 (run\.py[^`]*)`", text)))
    assert len(calls) >= 10
    for call in calls:
        words = shlex.split(call)[1:]
        if words[:1] in (["test"], ["check"]):
            continue
        job = words if words else ["status", "riyadh", "--report", "report.html"]
        done = subprocess.run(
            [sys.executable, "-m", "tashawur", *job], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (call, done.stderr)


def test_the_pages_that_are_written_from_the_code_are_up_to_date() -> None:
    assert reference.FILES.read_text(encoding="utf-8") == reference.files_page()
    assert reference.ERRORS.read_text(encoding="utf-8") == reference.errors_page()
    assert reference.ACTS.read_text(encoding="utf-8") == reference.acts_page()
    assert reference.SETTLE_API.read_text(encoding="utf-8") == reference.settle_api_page()
    assert {path: path.read_text(encoding="utf-8") for path in reference.SCHEMAS.iterdir()} == reference.schema_files()


def test_every_kind_and_every_code_is_on_its_page() -> None:
    files, errors = reference.files_page(), reference.errors_page()
    assert all(f"## kind: {kind}" in files for kind in KINDS)
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    codes = set(re.findall(r'"((?:case\.|settle\.file-)[a-z-]+)"', source))
    assert codes <= set(re.findall(r"`((?:case\.|settle\.file-)[a-z-]+)`", errors))


def test_links_between_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page, link)


def test_the_code_in_docstrings_answers_as_it_shows() -> None:
    modules = [path for path in (ROOT / "src" / "tashawur").rglob("*.py") if ">>>" in path.read_text(encoding="utf-8")]
    assert modules
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--doctest-modules", "-p", "no:cacheprovider", *map(str, modules)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout
