"""A journal in a PostgreSQL database of its own: for sides that run a server, with its own backups and standby."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

from tashawur.store.sql import Row, SqlJournal
from tashawur.terms.errors import (
    DamagedJournalError,
    MovedOnError,
    NotKeptError,
    TashawurError,
    UnreachableError,
)
from tashawur.terms.phrases import N_


class PostgresJournal(SqlJournal):
    """See `tashawur.store.journal.Journal`. One connection writes, another reads."""

    columns = {" NUMBER": " bigint", " BYTES": " bytea", " KIND": ""}

    def __init__(self, address: str, *, make: bool = False, any_version: bool = False, only_read: bool = False) -> None:
        """Connects to the database at `address`, a URL or words such as "dbname=record"; with `make`, makes the tables.

        `any_version` is for upgrading: other versions of the tables are let through. `only_read` writes nothing.
        """
        self.where = _shown(address)
        super().__init__()
        try:
            self._open(address, only_read=only_read)
            if make == self.has_tables():
                why = N_("there is a journal in it already") if make else N_("it is no journal of a record")
                raise UnreachableError(place=self.where, why=why)
            if make:
                self.upgrade()
            elif not any_version:
                self.check_version()
        except BaseException:
            self.close()
            raise

    def _open(self, address: str, *, only_read: bool) -> None:
        with self._failing():
            for _ in range(2):
                self._opened.append(psycopg.connect(address, autocommit=True))
            self._writer, self._reader = self._opened
            # The writer's own word, whatever the server's settings say: a commit is on the disk when it returns.
            self._writer.execute("SET synchronous_commit = on")
            if self._writer.execute("SHOW fsync").fetchone() != ("on",):
                why = N_("the server does not bring commits to the disk; set fsync to on")
                raise UnreachableError(place=self.where, why=why)
            if only_read:
                self._writer.execute("SET default_transaction_read_only = on")

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Turns what the database says into what it means here."""
        try:
            yield
        except psycopg.Error as error:
            self._fail(error)

    def _fail(self, error: psycopg.Error) -> NoReturn:
        raised: TashawurError
        match error:
            case errors.UniqueViolation() | errors.SerializationFailure() | errors.DeadlockDetected():
                raised = MovedOnError(place=self.where)
            case errors.DataCorrupted() | errors.IndexCorrupted():
                raised = DamagedJournalError(self.where, N_("a page of it cannot be read"))
            case errors.DiskFull():
                raised = NotKeptError(place=self.where, why=N_("the disk is full; make room on it"))
            case errors.ReadOnlySqlTransaction() | errors.InsufficientPrivilege():
                raised = NotKeptError(place=self.where, why=N_("it can only be read; change who may write there"))
            case psycopg.OperationalError():
                raised = UnreachableError(place=self.where, why=N_("the server does not answer; look whether it runs"))
            case _:
                raised = UnreachableError(place=self.where, why=N_("the server refuses it; look at its log"))
        raise raised from error

    def ask(self, statement: str, values: Row = ()) -> list[Row]:
        """See the base."""
        with self._failing():
            return list(self._reader.execute(_marked(statement), values).fetchall())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See the port."""
        with self._failing():
            with self._writer.pipeline():
                self._writer.execute("BEGIN")
                self._writer.execute("LOCK TABLE entry IN EXCLUSIVE MODE")  # which lets others read
            try:
                yield
            finally:
                self._undo()

    @property
    def _begun(self) -> bool:
        return self._writer.info.transaction_status is not TransactionStatus.IDLE

    def _undo(self) -> None:
        """Ends a transaction that was begun and did not come to its commit."""
        if self._begun and not self._writer.closed:
            self._writer.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See the base. In a pipeline: one way to the server and back, for the rows and the commit."""
        with self._failing():
            try:
                with self._writer.pipeline():
                    if not self._begun:
                        self._writer.execute("BEGIN")
                    yield
                    self._writer.execute("COMMIT")
            finally:
                self._undo()

    def write(self, statement: str, rows: Iterable[Row]) -> None:
        """See the base."""
        with self._writer.cursor() as cursor:
            cursor.executemany(_marked(statement), rows)

    def swept(self) -> None:
        """See the base: the table is written anew, without what was deleted. The server's log may have it longer."""
        with self._failing():
            self._writer.execute("VACUUM FULL person")

    def has_tables(self) -> bool:
        """See the base."""
        return self.ask("SELECT to_regclass('version')")[0][0] is not None

    def set_aside(self, name: str) -> str:
        """See the base: in a schema of the same database."""
        with self.transaction():
            self._writer.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
            for (table,) in self.ask("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"):
                copy, original = sql.Identifier(name, table), sql.Identifier(table)
                self._writer.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(copy, original))
        return f"{self.where} ({name})"


def _marked(statement: str) -> Any:
    """The statement with the marks for values that this library takes."""
    return statement.replace("?", "%s")


def _shown(address: str) -> str:
    """The address without what opens it."""
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise UnreachableError(place="PostgreSQL", why=N_("its address is not written as one")) from error
    host, name = parts.get("host") or "localhost", parts.get("dbname") or ""
    return f"postgresql:{host}/{name}"
