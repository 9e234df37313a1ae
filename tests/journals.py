"""What the tests of journals share: one of each kind, on a real PostgreSQL server where it is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from benchmarks.recorded import Node, founding

from tashawur.record.entries import Received, read
from tashawur.store.journal import Journal
from tashawur.store.memory import MemoryJournal
from tashawur.store.postgres import PostgresJournal
from tashawur.store.sqlite import SqliteJournal

Reopen = Callable[[], Journal]
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


def made_journal(kind: str, folder: Path, server: Path | None) -> tuple[Journal, Reopen]:
    """A new journal of a kind, and how another process would open it."""
    if kind == "memory":
        journal = MemoryJournal()
        return journal, lambda: journal
    if kind == "sqlite":
        path = folder / "journal.sqlite"
        return SqliteJournal(path, make=True), lambda: SqliteJournal(path)
    assert server
    address = postgres_database(server)
    return PostgresJournal(address, make=True), lambda: PostgresJournal(address)


def spoken(number: int) -> list[Received]:
    """Entries of the small consultation in the order of their admission, `number` of them beside the first three."""
    node = Node(founding())
    for side in "ABH":
        node.appoint(f"{side} minister")
    for place in range(number):
        node.say(f"{'ABH'[place % 3]} minister", "say", {"topics": ["visas"], "content": {"number": place}})
    return [read(line) for line in node.lines]
