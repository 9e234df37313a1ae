"""The report: one HTML file in three languages that opens offline, on a phone, and prints on A4."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from tashawur.keep.following import Followed
from tashawur.keep.standing import Standing
from tashawur.papers import labels
from tashawur.papers.quoted import words_of
from tashawur.papers.telling import Telling
from tashawur.papers.timeline import timeline
from tashawur.papers.words import Words, direction
from tashawur.terms.vocabulary import LANGUAGES, in_language

MANY: Final = 300
"""Rows of a list in the report; what is beyond is counted, and stands in the JSON answer."""

_HERE: Final = Path(__file__).parent
LANGUAGE_NAMES: Final = {"en": "English", "ar": "العربية", "ru": "Русский"}
"""Each language by its own name: the same on every page."""


def report(standing: Standing, first: str, side: str | None, texts: Mapping[str, str]) -> str:
    """The report as HTML: `first` is the language it opens in; with a side, that side's private part comes last.

    It holds its fonts and styles and asks nothing of any network; it has no script.
    """
    order = sorted(LANGUAGES, key=lambda lang: (lang != first, lang))
    page = _environment().get_template("report.html.j2")
    return page.render(
        pages=[_page(standing, lang, side, texts) for lang in order],
        first=first,
        styles=Markup((_HERE / "templates" / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        fonts=Markup(_fonts()),  # noqa: S704 - our own files
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
        _environment()
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


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = _say
    environment.globals["bdi"] = _bdi
    return environment


@pass_context
def _say(context: Context, phrase: str, **filled: object) -> str:
    told: str = context["w"].say(phrase, **filled)
    return told


@pass_context
def _bdi(context: Context, text: Mapping[str, str] | None) -> Markup:
    """Words of the consultation, marked with their language where it is not that of the page."""
    if not text:
        return Markup("")
    told, lang = in_language(dict(text), context["w"].lang)
    if lang == context["w"].lang:
        return Markup("{}").format(told)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(lang, direction(lang), told)


def _fonts() -> str:
    """The font faces with the fonts in them."""
    faces = []
    for font in json.loads((_HERE / "fonts" / "fonts.json").read_text(encoding="utf-8")):
        data = base64.b64encode((_HERE / "fonts" / font["file"]).read_bytes()).decode()
        faces.append(
            f'@font-face{{font-family:"Plex";font-weight:{font["weight"]};font-display:swap;'
            f"unicode-range:{font['range']};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "\n".join(faces)
