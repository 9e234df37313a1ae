"""The report: one HTML file in three languages that opens offline, on a phone, and prints on A4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tashawur.keep.following import Followed
from tashawur.keep.standing import Standing
from tashawur.papers import labels
from tashawur.papers.pages import Page, body, in_three_languages
from tashawur.papers.quoted import words_of
from tashawur.papers.telling import Telling
from tashawur.papers.timeline import timeline
from tashawur.papers.words import Words, direction
from tashawur.papers.words_behind import words_behind

MANY: Final = 300
"""Rows of a list in the report; what is beyond is counted, and stands in the JSON answer."""


def report(standing: Standing, first: str, side: str | None, texts: Mapping[str, str]) -> str:
    """The report as HTML: `first` is the language it opens in; with a side, that side's private part comes last."""
    return in_three_languages(lambda lang: _page(standing, lang, side, texts), first, "report.css")


def _page(standing: Standing, lang: str, side: str | None, texts: Mapping[str, str]) -> Page:
    words = Words(lang, isolate=True)
    telling = Telling(standing, words)
    shown = body(
        "report_page.html.j2",
        t=telling,
        w=words,
        s=standing,
        case=standing.consultation.case,
        dir=direction(lang),
        timeline=timeline(standing),
        themes=_themes(telling),
        side=side,
        texts=texts,
        labels=labels,
        many=MANY,
        words_of=words_of,
        behind=words_behind(telling, texts),
    )
    return Page(lang, telling.title(), shown, telling.stamp())


def _themes(telling: Telling) -> list[tuple[str, list[Followed]]]:
    """Undertakings by theme: the tracks in their order, then those without one."""
    found: dict[str | None, list[Followed]] = {track: [] for track in telling.standing.consultation.tracks}
    found[None] = []
    for one in telling.standing.undertakings:
        found[one.undertaking.track].append(one)
    return [(telling.track_names([track]) if track else "", held) for track, held in found.items() if held]
