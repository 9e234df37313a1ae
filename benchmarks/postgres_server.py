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
    programs = postgres_programs()
    assert programs
    user = next(name for name in ("postgres", "nobody") if _is_user(name)) if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    try:
        if user:
            shutil.chown(folder, user)

        def run(*call: str) -> None:
            subprocess.run(call, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, timeout=120)

        data, log = str(folder / "data"), str(folder / "log")
        initdb, pg_ctl = str(programs / "initdb"), str(programs / "pg_ctl")
        run(initdb, "-D", data, "-U", "tester", "--auth=trust", "--encoding=UTF8", "--locale=C")
        run(pg_ctl, "-D", data, "-l", log, "-w", "-o", f"-c listen_addresses='' -k {folder}", "start")
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            run(pg_ctl, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
