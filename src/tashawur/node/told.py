"""How far each peer was when it last told what it holds: what shows who is behind, and who keeps something back."""

from __future__ import annotations

from collections.abc import Sequence

from tashawur.record.canonical import encode
from tashawur.record.founding import Founding
from tashawur.store.journal import Journal
from tashawur.wire.exchange import Seen, seen_by
from tashawur.wire.messages import Marks, Standing, heard


def note_told(journal: Journal, peer: str, heads: Marks) -> None:
    """Notes the last entries that the peer says it holds, in place of those that it told before."""
    journal.set_note(_name(peer), encode(Standing(heads=heads, marks={})))


def seen(journal: Journal, founding: Founding, heads: Marks) -> Sequence[Seen]:
    """For each peer that has told and each feed, how far it was, beside what is held here, whose last are `heads`."""
    notes = {name: journal.note(_name(name)) for name in sorted(founding.names())}
    standings = {name: heard(note, Standing) for name, note in notes.items() if note}
    return seen_by(standings, Standing(heads=heads, marks={}))


def _name(peer: str) -> str:
    return f"told by {peer}"
