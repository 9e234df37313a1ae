"""Numbers as they are written: exact fractions, never floats; and back to decimals that end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from tashawur.settle.formats.places import At
from tashawur.settle.values import LARGEST_TOTAL
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_

_WRITTEN: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?")
_ENDLESS: Final = re.compile(r"[+-]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
_MOST_DIGITS: Final = 400
"""Digits of a number, and the tens that an exponent may move its point by: far more than any program writes."""


def number_at(at: At, written: object) -> Fraction:
    """The number that is written here, exactly. No message repeats it."""
    if not isinstance(written, str):
        raise _no_number(at)
    text = written.strip()
    if not text.isascii() and any(letter.isdigit() and not letter.isascii() for letter in text):
        raise at.error(
            "settle.file-other-digits",
            N_("a number is written in other digits than 0 to 9"),
            N_("Write it in the digits 0 to 9 with a point, such as 0.25; pages show other digits."),
        )
    if _ENDLESS.fullmatch(text):
        raise at.error(
            "settle.file-not-finite",
            N_("a number is infinite, or is none (NaN)"),
            N_("Write the number that is meant."),
        )
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise _no_number(at)
    if len(text) > _MOST_DIGITS or abs(int(found[1] or 0)) > _MOST_DIGITS:
        raise too_large(at)
    number = Fraction(text)
    if abs(number) >= LARGEST_TOTAL:
        raise too_large(at)
    return number


def _no_number(at: At) -> ScenarioFileError:
    return at.error(
        "settle.file-no-number",
        N_("a number should stand here"),
        N_("Write it in the digits 0 to 9 with a point, such as 0.25."),
    )


def too_large(at: At) -> ScenarioFileError:
    """A number, or a total of them, that no whole points can hold."""
    return at.error(
        "settle.file-too-large-number",
        N_("a number, or what a side's numbers add up to, is too large"),
        N_("Write the numbers of that side on a smaller scale: sums must stay under 2 to the power of 62."),
    )


def not_negative_at(at: At, written: object) -> Fraction:
    """The number that is written here, which may not be below zero: a weight, or an evaluation of such a format."""
    number = number_at(at, written)
    if number < 0:
        raise at.error(
            "settle.file-negative",
            N_("a number below zero stands where the format has none"),
            N_("Write zero or more; let a heavier weight say that an issue matters more."),
        )
    return number


def whole_at(at: At, written: object) -> int:
    """The whole number that is written here."""
    number = number_at(at, written)
    if number.denominator != 1:
        raise at.error(
            "settle.file-no-whole-number", N_("a whole number should stand here"), N_("Write it without a fraction.")
        )
    return number.numerator


def ends(number: Fraction) -> bool:
    """Whether the number can be written as a decimal that ends."""
    rest = number.denominator
    rest >>= (rest & -rest).bit_length() - 1
    while rest % 5 == 0:
        rest //= 5
    return rest == 1


def all_end(numbers: Iterable[Fraction]) -> bool:
    """Whether all of them can be written as decimals that end."""
    return all(map(ends, numbers))


def decimal(number: Fraction) -> str:
    """The number as a decimal, exact and without an exponent, which YAML would take for a word; it must end.

    >>> decimal(Fraction(-1, 8)), decimal(Fraction(3))
    ('-0.125', '3')
    """
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    digits = str(abs((number * 10**places).numerator)).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def near(number: Fraction, figures: int = 18) -> Fraction:
    """The nearest decimal of so many figures, for a scale that has no end: half to even."""
    places = figures
    while number and abs(number) * 10**places < 10 ** (figures - 1):
        places += 1
    return Fraction(round(number * 10**places), 10**places)
