"""What a name, a text and a language are in every file of a consultation."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final

import msgspec

LANGUAGES: Final = ("en", "ar", "ru")
"""The languages of the product itself, the source language first. A consultation may use others beside them."""

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ps", "ur"})
"""Languages written from right to left."""

IDENT_PATTERN: Final = r"^[A-Za-z][A-Za-z0-9_-]{0,63}$"

_NAME: Final = "A name for machines: a plain Latin letter, then Latin letters, digits, - and _, at most 64 of them."

Ident = Annotated[str, msgspec.Meta(pattern=IDENT_PATTERN, description=_NAME)]
"""A name for machines. Plain Latin letters only, so that no look-alike letter or direction mark can pose as another."""

Name = Annotated[str, msgspec.Meta(description=_NAME, extra_json_schema={"pattern": IDENT_PATTERN})]
"""The same, where the check of the whole consultation looks at the form: a reference that names nothing is refused
there anyway, and so a hundred thousand of them need not be matched one by one."""

LANG_PATTERN: Final = r"^[a-z]{2,3}$"
_LANG: Final = "A language by its ISO 639 code: en, ar, ru ..."
Lang = Annotated[str, msgspec.Meta(pattern=LANG_PATTERN, description=_LANG)]

# Control characters, and the marks that turn the direction of what follows: with them, two people can read one
# line differently. LRM and RLM (U+200E, U+200F) turn nothing and stay allowed.
WORDS_PATTERN: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]+$"
_WORDS: Final = "Words for people, without control characters and direction overrides."
Words = Annotated[str, msgspec.Meta(pattern=WORDS_PATTERN, max_length=20_000, description=_WORDS)]

Text = Annotated[
    dict[
        Annotated[str, msgspec.Meta(description=_LANG, extra_json_schema={"pattern": LANG_PATTERN})],
        Annotated[
            str,
            msgspec.Meta(
                min_length=1, max_length=20_000, description=_WORDS, extra_json_schema={"pattern": WORDS_PATTERN}
            ),
        ],
    ],
    msgspec.Meta(
        min_length=1,
        description="The same words in several languages: {en: ..., ar: ..., ru: ...}.",
        extra={"text": True},
    ),
]
"""The same words in several languages, at least one. Their form, too, is looked at by the check of the whole."""


Moment = Annotated[
    dt.datetime,
    msgspec.Meta(tz=True, description="A day and hour with the offset from UTC: 2025-02-18T10:00:00+03:00."),
]
"""A moment that means the same everywhere."""


LARGEST_NUMBER: Final = 2**53
"""The largest whole number of a file, above and below zero: up to it every program reads the same number."""

Score = Annotated[int, msgspec.Meta(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, description="A whole number, up to 2^53.")]
"""Whole points."""

Amount = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_NUMBER, description="A whole number from 0, up to 2^53.")]
"""A count or a cost."""


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A value that is read from a file: it does not change, and a key that it does not know is refused."""


class Found(msgspec.Struct, frozen=True):
    """A value that is worked out from others: it does not change. There can be very many, so they are quick to make."""


def in_language(text: dict[str, str], lang: str) -> tuple[str, str]:
    """The words of `text` in `lang`, or else in the first language that it has, and the language they are in.

    >>> in_language({"en": "host", "ru": "принимающая сторона"}, "ar")
    ('host', 'en')
    """
    if lang in text:
        return text[lang], lang
    for other in LANGUAGES:
        if other in text:
            return text[other], other
    first = min(text)
    return text[first], first
