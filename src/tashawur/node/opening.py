"""Opens what a node is made of: its journal, in a file or a database, and its record."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tashawur.node.config import Config, is_address
from tashawur.node.record import Record
from tashawur.store.sql import SqlJournal
from tashawur.store.sqlite import SqliteJournal
from tashawur.terms.errors import MissingPartError


def journal_at(told: str, **how: bool) -> SqlJournal:
    """The journal at an address or path; see the journals for `make`, `any_version` and `only_read`."""
    return _postgres(told, **how) if is_address(told) else SqliteJournal(Path(told), **how)


def _postgres(address: str, **how: Any) -> SqlJournal:
    try:
        from tashawur.store.postgres import PostgresJournal  # noqa: PLC0415 - an optional part
    except ModuleNotFoundError as error:
        raise MissingPartError(extra="postgres") from error
    return PostgresJournal(address, **how)


def shown(told: str) -> str:
    """An address as people may be shown it, without a password; any other setting as it is."""
    return re.sub(r"(?<=://)[^/@]*@|\bpassword=('[^']*'|\S*)\s?", "", told) if is_address(told) else told


def record_of(config: Config) -> Record:
    """The record of the node; raises NoRecordError where none was begun."""
    journal = journal_at(config.journal)
    try:
        return Record(journal)
    except BaseException:
        journal.close()
        raise
