"""Two accounts side by side as one HTML page in three languages: both texts, and the rows that lead to their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tashawur.papers import comparison
from tashawur.papers.pages import Page, body, in_three_languages
from tashawur.papers.readout_labels import ACTS
from tashawur.papers.readout_telling import Piece, cut, speaker_of
from tashawur.papers.words import Words, direction
from tashawur.readouts.comparing import Account, Row, Step
from tashawur.readouts.values import Statement
from tashawur.terms.phrases import N_

TITLE = N_("Two accounts side by side")


def comparison_page(
    accounts: tuple[Account, Account], texts: tuple[str, str], rows: Sequence[Row | Step], first: str
) -> str:
    """The page as HTML; `first` is the language it opens in. It is private to who made it, and says so."""
    sheets = ("report.css", "readout.css", "comparison.css")
    return in_three_languages(lambda lang: _page(accounts, texts, rows, lang), first, *sheets)


@dataclass(frozen=True, slots=True)
class _Side:
    """One account with its text in pieces. `rows` leads from a statement to its row; `marked` are those in the text."""

    place: int
    name: str
    lang: str
    pieces: Sequence[Piece]
    rows: dict[str, int]
    marked: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A row in words: what was found, and what either side says, with who says it and what is done by saying it."""

    tone: str
    verdict: str
    cells: Sequence[tuple[_Side, Statement | None]]


def _page(accounts: tuple[Account, Account], texts: tuple[str, str], rows: Sequence[Row | Step], lang: str) -> Page:
    words = Words(lang, isolate=True)
    sides = [_side(place, account, texts[place], rows) for place, account in enumerate(accounts)]
    shown = [
        _Shown(
            comparison.tone(one), comparison.verdict(one, words), tuple(zip(sides, comparison.both(one), strict=True))
        )
        for one in rows
    ]
    counted = Counter(comparison.kind(one) for one in rows)
    told = body(
        "comparison_page.html.j2",
        w=words,
        title=words.say(TITLE),
        private=words.say(comparison.PRIVATE),
        sides=sides,
        rows=shown,
        counted=[(words.say(phrase), counted[name]) for name, phrase in comparison.KINDS.items() if counted[name]],
        acts=ACTS,
        speaker_of=speaker_of,
        direction=direction,
    )
    return Page(lang, " · ".join(side.name for side in sides), told, words.say(comparison.STAMP))


def _side(place: int, account: Account, text: str, rows: Sequence[Row | Step]) -> _Side:
    at: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        told = comparison.both(row)[place]
        if told is not None:
            at[told.id] = number
    tones = {one.id: comparison.tone(rows[at[one.id] - 1]) for one in account.statements}
    pieces = cut(text, ((one.content.start, one.content.end, tones[one.id], one) for one in account.statements))
    marked = frozenset(piece.statement.id for piece in pieces if piece.statement is not None)
    return _Side(place, Path(account.name).name, account.lexicon.lang, pieces, at, marked)
