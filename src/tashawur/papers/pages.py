"""What every page is made with: templates, styles and fonts that stand in the page itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from tashawur.papers.words import direction
from tashawur.terms.vocabulary import LANGUAGES, in_language

LANGUAGE_NAMES: Final = {"en": "English", "ar": "العربية", "ru": "Русский"}
"""Each language by its own name: the same on every page."""

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language, finished; `stamp` stands at the head of every printed sheet, where there is one."""

    lang: str
    title: str
    body: Markup
    stamp: str = ""

    @property
    def dir(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.lang)

    @property
    def name(self) -> str:
        """The language by its own name."""
        return LANGUAGE_NAMES[self.lang]


def in_three_languages(make: Callable[[str], Page], first: str, *sheets: str) -> str:
    """One HTML file with the page that `make` makes in every language; `first` is the one it opens in.

    It holds its fonts and style sheets and asks nothing of any network; it has no script.
    """
    order = sorted(LANGUAGES, key=lambda lang: (lang != first, lang))
    template = environment().get_template("report.html.j2")
    return template.render(pages=list(map(make, order)), first=first, styles=_styles(*sheets), fonts=_fonts())


def body(template: str, **shown: object) -> Markup:
    """The body of a page in one language, from its template."""
    return Markup(environment().get_template(template).render(**shown))  # noqa: S704 - rendered with all values escaped


def standing_alone(template: str, *sheets: str, **shown: object) -> str:
    """One HTML file from its template, with the fonts and these style sheets in it."""
    return environment().get_template(template).render(styles=_styles(*sheets), fonts=_fonts(), **shown)


def _styles(*names: str) -> Markup:
    """Our style sheets, one after the other."""
    held = "\n".join((_HERE / "templates" / name).read_text(encoding="utf-8") for name in names)
    return Markup(held)  # noqa: S704 - our own files


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, whose words come from the catalogue."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"] = _say
    made.globals["bdi"] = _bdi
    return made


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


def _fonts() -> Markup:
    """The font faces with the fonts in them."""
    faces = []
    for font in json.loads((_HERE / "fonts" / "fonts.json").read_text(encoding="utf-8")):
        data = base64.b64encode((_HERE / "fonts" / font["file"]).read_bytes()).decode()
        faces.append(
            f'@font-face{{font-family:"Plex";font-weight:{font["weight"]};font-display:swap;'
            f"unicode-range:{font['range']};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return Markup("\n".join(faces))  # noqa: S704 - our own files
