"""The report: one HTML file in three languages that opens offline, on a phone, and prints on A4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tashawur.keep.following import Followed
from tashawur.keep.standing import Standing
from tashawur.papers import labels
from tashawur.papers.pages import LANGUAGE_NAMES, environment, fonts, styles
from tashawur.papers.quoted import words_of
from tashawur.papers.telling import Telling
from tashawur.papers.timeline import timeline
from tashawur.papers.words import Words, direction
from tashawur.terms.vocabulary import LANGUAGES

MANY: Final = 300
"""Rows of a list in the report; what is beyond is counted, and stands in the JSON answer."""


def report(standing: Standing, first: str, side: str | None, texts: Mapping[str, str]) -> str:
    """The report as HTML: `first` is the language it opens in; with a side, that side's private part comes last.

    It holds its fonts and styles and asks nothing of any network; it has no script.
    """
    order = sorted(LANGUAGES, key=lambda lang: (lang != first, lang))
    page = environment().get_template("report.html.j2")
    return page.render(
        pages=[_page(standing, lang, side, texts) for lang in order],
        first=first,
        styles=styles("report.css"),
        fonts=fonts(),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """The report in one language, finished."""

    lang: str
    dir: str
    name: str
    title: str
    stamp: str
    """*Invented*, for the head of every printed page; else nothing."""
    body: Markup


def _page(standing: Standing, lang: str, side: str | None, texts: Mapping[str, str]) -> _Page:
    words = Words(lang, isolate=True)
    telling = Telling(standing, words)
    body = (
        environment()
        .get_template("report_page.html.j2")
        .render(
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
        )
    )
    name, title = LANGUAGE_NAMES[lang], telling.title()
    return _Page(lang, direction(lang), name, title, telling.stamp(), Markup(body))  # noqa: S704 - rendered above


def _themes(telling: Telling) -> list[tuple[str, list[Followed]]]:
    """Undertakings by theme: the tracks in their order, then those without one."""
    found: dict[str | None, list[Followed]] = {track: [] for track in telling.standing.consultation.tracks}
    found[None] = []
    for one in telling.standing.undertakings:
        found[one.undertaking.track].append(one)
    return [(telling.track_names([track]) if track else "", held) for track, held in found.items() if held]
