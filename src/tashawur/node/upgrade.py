"""Brings a journal of an earlier version up to date, after a backup of it."""

from __future__ import annotations

from tashawur.node.config import Config
from tashawur.node.opening import journal_at
from tashawur.store.schema import VERSION
from tashawur.terms.vocabulary import Found


class Upgraded(Found, frozen=True):
    """What was done: from which version to which, and where the journal lies as it was."""

    before: int
    after: int
    backup: str


def upgrade(config: Config) -> Upgraded:
    """Upgrades the journal of a node, as a whole or not at all; nothing is done where it is up to date.

    The journal as it was stays: in a file beside it, or in the database under a schema of its own.
    """
    journal = journal_at(config.journal, any_version=True)
    try:
        before = journal.version()
        backup = journal.set_aside(f"v{before}") if before < VERSION else ""
        journal.upgrade()
        return Upgraded(before, VERSION, backup)
    finally:
        journal.close()
