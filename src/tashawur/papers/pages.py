"""What every page is made with: templates, styles and fonts that stand in the page itself."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from tashawur.papers.words import direction
from tashawur.terms.vocabulary import in_language

LANGUAGE_NAMES: Final = {"en": "English", "ar": "العربية", "ru": "Русский"}
"""Each language by its own name: the same on every page."""

_HERE: Final = Path(__file__).parent


def styles(*names: str) -> Markup:
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


def fonts() -> Markup:
    """The font faces with the fonts in them."""
    faces = []
    for font in json.loads((_HERE / "fonts" / "fonts.json").read_text(encoding="utf-8")):
        data = base64.b64encode((_HERE / "fonts" / font["file"]).read_bytes()).decode()
        faces.append(
            f'@font-face{{font-family:"Plex";font-weight:{font["weight"]};font-display:swap;'
            f"unicode-range:{font['range']};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return Markup("\n".join(faces))  # noqa: S704 - our own files
