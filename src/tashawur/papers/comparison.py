"""Two accounts side by side, told in the words of one language and as one value for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tashawur.papers.readout_labels import ACTS
from tashawur.papers.readout_telling import speaker_of
from tashawur.papers.words import Words
from tashawur.readouts.comparing import Account, Change, Difference, Row, Step, Verdict
from tashawur.readouts.values import Statement
from tashawur.terms.phrases import N_

VERDICTS: Final[Mapping[Verdict, str]] = {
    "both_say": N_("both say"),
    "differs": N_("differs"),
    "only_first": N_("only the first says"),
    "only_second": N_("only the second says"),
}
CHANGES: Final[Mapping[Change, str]] = {
    "kept": N_("kept"),
    "hardened": N_("hardened"),
    "softened": N_("softened"),
    "changed": N_("changed"),
    "dropped": N_("dropped"),
    "new": N_("new"),
}
DIFFERENCES: Final[Mapping[Difference, str]] = {
    "act": N_("the kind of statement"),
    "negation": N_("negation"),
    "number": N_("a number"),
    "date": N_("a date"),
    "condition": N_("a condition"),
}
KINDS: Final[Mapping[Verdict | Change, str]] = dict([*VERDICTS.items(), *CHANGES.items()])
"""All that can be found of two accounts, or of an earlier and a later one, in the order in which it is counted."""
STAMP: Final = N_("PRIVATE to the side that made it")
PRIVATE: Final = N_("Private to the side that made it. Pairs and verdicts are proposals: a person confirms them.")


def document(first: Account, second: Account, rows: Sequence[Row | Step], *, measured: bool) -> dict[str, Any]:
    """The comparison as one value to encode as JSON; `measured` tells whether nearness across languages was at hand."""
    return {
        "schema": "tashawur.comparison/0.1",
        "private": True,
        "first": first.name,
        "second": second.name,
        "measured": measured,
        "rows": [_row(one) for one in rows],
    }


def both(one: Row | Step) -> tuple[Statement | None, Statement | None]:
    """What stands on either side."""
    return (one.first, one.second) if isinstance(one, Row) else (one.earlier, one.later)


def kind(one: Row | Step) -> Verdict | Change:
    """What was found of the two, as a key of `KINDS`."""
    return one.verdict if isinstance(one, Row) else one.change


def verdict(one: Row | Step, words: Words) -> str:
    """What was found of the two in words, and in what they differ."""
    told = words.say(KINDS[kind(one)])
    if one.differs_in:
        told = f"{told}: {words.row(words.say(DIFFERENCES[name]) for name in one.differs_in)}"
    return told


def _row(one: Row | Step) -> dict[str, Any]:
    left, right = both(one)
    told = {"verdict": one.verdict} if isinstance(one, Row) else {"change": one.change}
    return {**told, "differs_in": one.differs_in, "first": _statement(left), "second": _statement(right)}


def _statement(one: Statement | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"id": one.id, "act": one.act, "speaker": one.speaker, "content": one.content, "deadline": one.deadline}


def show(first: Account, second: Account, rows: Sequence[Row | Step], words: Words, console: Console) -> None:
    """Prints the comparison: a row for each matter, the words of both beside each other."""
    console.print(Text(words.say(PRIVATE), style="bold yellow"))
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="dim")
    for heading in ("", first.name, second.name):
        table.add_column(heading, ratio=1 if not heading else 3)
    for one in rows:
        left, right = both(one)
        table.add_row(Text(verdict(one, words), style=_STYLES[tone(one)]), _cell(left, words), _cell(right, words))
    console.print(table)


_STYLES: Final = {"same": "green", "other": "bold red", "alone": "cyan"}


def tone(one: Row | Step) -> str:
    """Whether both say the `same`, one stands `alone`, or it is something `other`."""
    word = kind(one)
    if word in ("both_say", "kept"):
        return "same"
    return "alone" if word in ("only_first", "only_second", "dropped", "new") else "other"


def _cell(one: Statement | None, words: Words) -> Text:
    if one is None:
        return Text("–", style="dim")
    told = Text(one.content.text)
    told.append(f"\n{one.id} {speaker_of(one, words)}: {words.say(ACTS[one.act])}", style="dim")
    return told
