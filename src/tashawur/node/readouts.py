"""Reads communiqués: from a file to what it says, as proposals that a person accepts or drops."""

from __future__ import annotations

import datetime as dt
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


def readout(path: Path, published: dt.date | None = None) -> ReadText:
    """What the text in the file says; `published` is its day, where the file does not tell it or tells another.

    Raises:
        UnreadableTextError: the file holds no text that can be read.
        UnknownLanguageError: the text is in another language than Arabic, English or Russian.
    """
    return read_text(source_text(path), published)


def read_text(source: SourceText, published: dt.date | None = None) -> ReadText:
    """What the text says; `published` as for `readout`.

    Raises:
        UnknownLanguageError: the text is in another language than Arabic, English or Russian.
    """
    lang = language_of(source.text) or UNKNOWN
    if lang not in LANGUAGES:
        raise UnknownLanguageError(source.name, lang)
    day = published or source.published
    return ReadText(source, read(source.text, lexicon_of(lang), sha256=source.sha256, published=day))


@cache
def lexicon_of(lang: str) -> Lexicon:
    """The lexicon of a language, read once."""
    return lexicon((_LEXICONS / f"{lang}.toml").read_bytes(), (_LEXICONS / "parties.toml").read_bytes())
