#!/usr/bin/env python3
"""Makes the environment and runs Tashawur in it. Needs Python 3.11 or later with pip, and nothing else.

python3 run.py            the main job: where the shipped consultation stands, and its report as an HTML file
python3 run.py test       all tests
python3 run.py check      lint, format, types, import rules
python3 run.py bench      the measurements; `bench settle --peers` those of settling, beside other programs
python3 run.py ARGS...    tashawur ARGS...
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
LOCKS = ROOT / "requirements"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
MAIN_JOB = ("status", "riyadh", "--report", "tashawur-riyadh.html")

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
)


def say(line: str) -> None:
    """Progress goes to standard error: standard output is the command's alone."""
    print(line, file=sys.stderr, flush=True)


def install(lock: str) -> None:
    """Brings the environment to what the lock file holds; at once when it is there already."""
    path = LOCKS / f"{lock}.txt"
    state = f"{sys.version_info[:2]} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
    mark = ENVIRONMENT / f"installed-{lock}"
    if mark.exists() and mark.read_text(encoding="utf-8") == state and PYTHON.exists():
        return
    if not PYTHON.exists():
        say("Making the environment in .venv ...")
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    say(f"Installing what requirements/{lock}.txt holds ...")
    pip("install", "--require-hashes", "--requirement", str(path))
    if lock == "run":
        pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
    mark.write_text(state, encoding="utf-8")


def pip(*arguments: str) -> None:
    """Runs pip in the environment, its words on standard error."""
    call = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    # The build back end looks for its program on the path.
    path = os.pathsep.join((str(BIN), os.environ.get("PATH", "")))
    done = subprocess.run(call, stdout=sys.stderr, check=False, env={**os.environ, "PATH": path})
    if done.returncode:
        say("The installation failed: see the lines above. Is the package index within reach?")
        sys.exit(2)


def python(*arguments: str) -> int:
    """Runs Python in the environment and gives its exit status."""
    return subprocess.run([str(PYTHON), *arguments], check=False).returncode


def check() -> int:
    """All checks, each told and none skipped: 0 when all are good, else 2."""
    bad = [" ".join(call) for call in CHECKS if subprocess.run([str(BIN / call[0]), *call[1:]], check=False).returncode]
    if bad:
        say("Not good: " + ", ".join(bad))
    return 2 if bad else 0


def bench(arguments: list[str]) -> int:
    """The measurements. With `--peers` the programs to measure against are installed first, and stay."""
    if "--peers" in arguments:
        install("peers")
    return python("-m", "benchmarks", *(word for word in arguments if word != "--peers"))


def main(arguments: list[str]) -> int:
    """Does what the first word asks for; without one, the main job."""
    if sys.version_info < (3, 11):
        say(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
        return 2
    word = arguments[0] if arguments else ""
    install("run")
    if word in ("test", "check", "bench"):
        install("dev")
        os.chdir(ROOT)
        if word == "check":
            return check()
        if word == "bench":
            return bench(arguments[1:])
        # All of the tests are shared out among the cores; what somebody asks for is run as asked.
        return 2 if python("-m", "pytest", *(arguments[1:] or ("-n", str(min(8, os.cpu_count() or 1))))) else 0
    job = MAIN_JOB if not word or word.startswith("-") else ()
    if word in ("-h", "--help", "--version"):
        job = ()
    return python("-m", "tashawur", *job, *arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
