"""Reads communiqués: from a file to what it says, as proposals that a person accepts or drops."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tashawur.readouts.languages import UNKNOWN, language_of
from tashawur.readouts.lexicon import Lexicon, lexicon
from tashawur.readouts.reading import read
from tashawur.readouts.values import Readout
from tashawur.store.texts import SourceText, source_text
from tashawur.terms.errors import UnknownLanguageError
from tashawur.terms.vocabulary import LANGUAGES

_LEXICONS: Final = Path(__file__).parent.parent / "readouts" / "lexicon"


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text with what was found in it."""

    source: SourceText
    readout: Readout


def readout(path: Path, published: dt.date | None = None, named: bytes = b"") -> ReadText:
    """What the text in the file says; `published` is its day, where the file does not tell it or tells another.

    `named` are parties beside those of the lexicon, as TOML in its form.

    Raises:
        UnreadableTextError: the file holds no text that can be read.
        UnknownLanguageError: the text is in another language than Arabic, English or Russian.
    """
    return read_text(source_text(path), published, named)


def read_text(source: SourceText, published: dt.date | None = None, named: bytes = b"") -> ReadText:
    """What the text says; `published` and `named` as for `readout`.

    Raises:
        UnknownLanguageError: the text is in another language than Arabic, English or Russian.
    """
    lang = language_of(source.text) or UNKNOWN
    if lang not in LANGUAGES:
        raise UnknownLanguageError(source.name, lang)
    day = published or source.published
    return ReadText(source, read(source.text, lexicon_of(lang, named), sha256=source.sha256, published=day))


@cache
def lexicon_of(lang: str, named: bytes = b"") -> Lexicon:
    """The lexicon of a language, read once; parties that are `named` take the place of those with the same codes."""
    known = (_LEXICONS / "parties.toml").read_bytes()
    for code in re.findall(rb"(?m)^\[([\w-]+)\]$", named):
        known = re.sub(rb"(?ms)^\[%b\]$.*?(?=^\[|\Z)" % re.escape(code), b"", known)
    return lexicon((_LEXICONS / f"{lang}.toml").read_bytes(), named + known)


@cache
def party_names() -> Mapping[str, Mapping[str, str]]:
    """What each state or body of the lexicon is called, by its code and language."""
    held = tomllib.loads((_LEXICONS / "parties.toml").read_text(encoding="utf-8"))
    return {code: {lang: names[lang][0] for lang in LANGUAGES if names.get(lang)} for code, names in held.items()}
