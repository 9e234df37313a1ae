"""Sheets of paper that carry a record: codes that scanners and telephones read, six on each sheet of A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import NamedTuple

from markupsafe import Markup

from tashawur.papers.pages import standing_alone
from tashawur.papers.words import Words
from tashawur.terms.errors import MissingPartError
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import LANGUAGES


@dataclass(frozen=True, slots=True)
class Carried:
    """What stands at the head of every sheet: the consultation's short form, and from whom the record is, to whom."""

    fingerprint: str
    maker: str
    to: str


class Code(NamedTuple):
    """A code with its number among all."""

    number: int
    drawn: Markup


def sheets_page(sheets: Sequence[Sequence[str]], carried: Carried) -> str:
    """One HTML file that prints one sheet on each page of A4, from the texts of the codes on each.

    Raises:
        MissingPartError: what draws the codes is not installed.
    """
    segno = _segno()
    numbers = iter(range(1, sum(map(len, sheets)) + 1))
    drawn = [[Code(next(numbers), _drawn(segno, text)) for text in sheet] for sheet in sheets]
    every = [Words(lang, isolate=True) for lang in LANGUAGES]
    return standing_alone(
        "sheets.html.j2", "sheets.css", sheets=drawn, every=every, carried=carried, heading=_heading, how=_how
    )


def _heading(words: Words, carried: Carried, number: int, total: int) -> str:
    phrase = N_("Sheet {number} of {total}. The record from {maker} to {to}")
    if not carried.to:
        phrase = N_("Sheet {number} of {total}. The record from {maker}")
        return words.say(phrase, number=number, total=total, maker=carried.maker)
    return words.say(phrase, number=number, total=total, maker=carried.maker, to=carried.to)


def _how(words: Words) -> str:
    return words.say(
        N_("Scan every code with any reader, in any order, and keep the text. It is taken in as one file.")
    )


def _drawn(segno: ModuleType, text: str) -> Markup:
    """The code as a picture that grows with its place. Level M mends what a fold or a stain of 15 % takes away."""
    code = segno.make_qr(text, error="m", boost_error=False)
    svg: str = code.svg_inline(border=4, omitsize=True)
    return Markup(svg)  # noqa: S704 - drawn from capital letters, digits and dots


def _segno() -> ModuleType:
    try:
        import segno  # noqa: PLC0415 - an optional part
    except ImportError:
        raise MissingPartError(extra="node") from None
    module: ModuleType = segno
    return module
