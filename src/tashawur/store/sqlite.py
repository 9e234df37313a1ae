"""A journal in a file: SQLite with a write-ahead log, each commit brought to the disk before it counts."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import quote

from tashawur.store.sql import Row, SqlJournal
from tashawur.terms.errors import (
    DamagedJournalError,
    MovedOnError,
    NotKeptError,
    TashawurError,
    UnreachableError,
    reason_of,
)
from tashawur.terms.phrases import N_

APPLICATION: Final = 0x54534852
"""How the file says in its head what it is: "TSHR"."""
PATIENCE: Final = 10.0
"""Seconds to wait for another process that writes."""

_WHY: Final = {
    sqlite3.SQLITE_FULL: N_("the disk is full; make room on it"),
    sqlite3.SQLITE_READONLY: N_("it can only be read; change who may write there"),
    sqlite3.SQLITE_PERM: N_("the system does not permit it; change who may read and write there"),
    sqlite3.SQLITE_BUSY: N_("another process has been writing for too long; end it, or try again"),
    sqlite3.SQLITE_IOERR: N_("the system refuses to write; look whether the disk is full or damaged"),
}
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})


class SqliteJournal(SqlJournal):
    """See `tashawur.store.journal.Journal`. One connection writes; another reads, and so sees what is in the file."""

    columns = {" NUMBER": " INTEGER", " BYTES": " BLOB", " KIND": " STRICT"}

    def __init__(self, path: Path, *, make: bool = False, any_version: bool = False, only_read: bool = False) -> None:
        """Opens the file, which must be there; with `make` it must not, and is made.

        `any_version` is for upgrading: other versions of the tables are let through. With `only_read`, nothing is
        written, not even beside the file: it may lie on a medium that cannot be written to.
        """
        self.where = str(path)
        if make:
            self._make(path)
        elif not path.exists():
            raise UnreachableError(place=self.where, why=N_("there is no such file"))
        super().__init__()
        try:
            self._look(path) if only_read else self._open(path, make=make)
            if make:
                self.upgrade()
            elif not any_version:
                self.check_version()
        except BaseException:
            self.close()
            raise

    def _make(self, path: Path) -> None:
        """Makes an empty file that only its user can read: beside entries, it will hold names of persons."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            why = N_("there is such a file already") if isinstance(error, FileExistsError) else reason_of(error)
            raise UnreachableError(place=self.where, why=why) from error

    def _look(self, path: Path) -> None:
        log = path.with_name(path.name + "-wal")
        # Where no other process has it open, nobody changes it: then no lock and no shared memory is needed.
        how = "ro" if log.exists() and log.stat().st_size else "ro&immutable=1"
        with self._failing():
            self._writer = self._reader = self._connected(path, how)
            self._check_kind()

    def _check_kind(self) -> None:
        if self._writer.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise UnreachableError(place=self.where, why=N_("it is no journal of a record"))

    def _open(self, path: Path, *, make: bool) -> None:
        with self._failing():
            self._writer = self._connected(path, "rw")
            if make:
                self._writer.execute(f"PRAGMA application_id = {APPLICATION}")
            else:
                self._check_kind()
            self._writer.execute("PRAGMA journal_mode = WAL")
            self._writer.execute("PRAGMA synchronous = FULL")
            self._writer.execute("PRAGMA secure_delete = ON")
            self._reader = self._connected(path, "rw")
            self._reader.execute("PRAGMA query_only = ON")

    def _connected(self, path: Path, mode: str) -> sqlite3.Connection:
        uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
        made = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE, check_same_thread=False)
        self._opened.append(made)
        return made

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Turns what the database says into what it means here."""
        try:
            yield
        except sqlite3.Error as error:
            self._fail(error)
        except UnicodeDecodeError as error:  # the library's, on names of damaged tables
            raise DamagedJournalError(self.where, N_("a page of it cannot be read")) from error

    def _fail(self, error: sqlite3.Error) -> NoReturn:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raised: TashawurError
        if isinstance(error, sqlite3.IntegrityError):
            raised = MovedOnError(place=self.where)
        elif code in _DAMAGE:
            raised = DamagedJournalError(self.where, N_("a page of it cannot be read"))
        elif code in _WHY:
            raised = NotKeptError(place=self.where, why=_WHY[code])
        else:
            raised = UnreachableError(
                place=self.where, why=N_("the database refuses it; look at the file and its folder")
            )
        raise raised from error

    def ask(self, statement: str, values: Row = ()) -> list[Row]:
        """See the base."""
        with self._failing():
            return self._reader.execute(statement, values).fetchall()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See the port."""
        with self._failing():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See the base."""
        with nullcontext() if self._writer.in_transaction else self.alone(), self._failing():
            yield
            self._writer.execute("COMMIT")

    def write(self, statement: str, rows: Iterable[Row]) -> None:
        """See the base."""
        self._writer.executemany(statement, rows)

    def swept(self) -> None:
        """See the base: deleted rows are overwritten, and the log that may still hold them is emptied."""
        with self._failing():
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def has_tables(self) -> bool:
        """See the base."""
        return bool(self.ask("SELECT 1 FROM sqlite_master WHERE name = 'version'"))

    def set_aside(self, name: str) -> str:
        """See the base: in a file beside this one."""
        path = Path(f"{self.where}.{name}")
        if path.exists():
            raise NotKeptError(place=str(path), why=N_("there is such a file already"))
        with self._failing():
            copy = self._connected(path, "rwc")
            self._reader.backup(copy)
        return str(path)
