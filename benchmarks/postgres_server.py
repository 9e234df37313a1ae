"""A PostgreSQL server for tests and measurements, in a temporary folder and on no port."""

# ruff: noqa: S101 - it fails loudly where a test or a measurement is set up wrongly
from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

_NUMBERS = count()


def postgres_programs() -> Path | None:
    """The folder with the server's programs, if it is installed."""
    on_path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((path for path in folders if (path / "initdb").exists()), Path(on_path).parent if on_path else None)


@contextmanager
def postgres_server() -> Iterator[Path]:
    """A server of its own in a temporary folder, on a Unix socket there and on no port; gives the folder.

    It refuses to run as root, who therefore runs it as another user.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    try:
        if user := _user():
            shutil.chown(folder, user)
        folder.chmod(0o755)
        _run(folder, "initdb", "-U", "tester", "--auth=trust", "--encoding=UTF8", "--locale=C")
        postgres_starts(folder)
        try:
            yield folder
        finally:
            postgres_crashes(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def postgres_starts(folder: Path) -> None:
    """Starts the server of the folder, which recovers what was committed before."""
    _run(folder, "pg_ctl", "-l", str(folder / "log"), "-w", "-o", f"-c listen_addresses='' -k {folder}", "start")


def postgres_crashes(folder: Path) -> None:
    """Ends the server as a crash would: its processes are gone, nothing more is written."""
    _run(folder, "pg_ctl", "-m", "immediate", "-w", "stop")


def _run(folder: Path, program: str, *words: str) -> None:
    programs = postgres_programs()
    assert programs
    call = [str(programs / program), "-D", str(folder / "data"), *words]
    subprocess.run(call, check=True, user=_user(), cwd=folder, stdout=subprocess.DEVNULL, timeout=120)


def _user() -> str | None:
    """Who runs the server: somebody else than root."""
    return next(name for name in ("postgres", "nobody") if _is_user(name)) if os.geteuid() == 0 else None


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def postgres_database(server: Path) -> str:
    """The address of a new, empty database on the server."""
    name = f"record_{next(_NUMBERS)}"
    with psycopg.connect(f"host={server} user=tester dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"host={server} user=tester dbname={name}"
