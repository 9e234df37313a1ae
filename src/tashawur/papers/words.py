"""Words for people in one language: the catalogue, dates, numbers, and the direction of writing."""

from __future__ import annotations

import datetime as dt
import gettext
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tashawur.terms.errors import Mistake, RefusedEntryError, ScenarioFileError, TashawurError
from tashawur.terms.phrases import N_, Plural
from tashawur.terms.vocabulary import RIGHT_TO_LEFT, in_language

DOMAIN: Final = "tashawur"
LOCALES: Final = Path(__file__).parent.parent / "locale"

_TRANSLATED: Final = frozenset({"why", "sort", "expected"})
"""What fills a template and is itself a phrase of the catalogue."""


class Words:
    """The catalogue in one language, with the forms of dates and numbers that go with it.

    English is the source language. Digits are 0 to 9 in every language. With `isolate`, what is inserted into a
    phrase, and each part of a list, is kept apart from the direction of the others: for pages, which know these marks.
    """

    def __init__(self, lang: str, *, isolate: bool = False) -> None:
        self.lang = lang
        self._isolate = isolate
        self._catalogue = gettext.translation(DOMAIN, LOCALES, [lang], fallback=lang == "en")

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.lang)

    def say(self, phrase: str, **filled: object) -> str:
        """The phrase in this language, its places filled."""
        told = self._catalogue.gettext(phrase) if phrase else ""
        return told.format(**{key: self.apart(value) for key, value in filled.items()}) if filled else told

    def apart(self, told: object) -> str:
        """The words kept apart from the direction of what stands around them, where pages ask for it.

        Without it, a name in Latin letters before a number turns both around in an Arabic line (Unicode UAX 9). The
        direction is that of the language: it cannot be left to the first letter, which may lie in a part of its own.
        """
        mark = "\u2067" if self.direction == "rtl" else "\u2066"
        return f"{mark}{told}\u2069" if self._isolate and told != "" else str(told)

    def count(self, phrase: Plural, number: int) -> str:
        """The phrase in the form that goes with `number`, which fills the place {number}."""
        return self._catalogue.ngettext(*phrase, number).format(number=number)

    def text(self, text: Mapping[str, str] | None) -> str:
        """The words of a consultation in this language, or in the first language that has them."""
        return in_language(dict(text), self.lang)[0] if text else ""

    def day(self, day: dt.date) -> str:
        """A day as people write it: 18 February 2025, 18 فبراير 2025, 18 февраля 2025 г."""
        from babel.dates import format_date  # noqa: PLC0415 - only what shows dates pays for their names

        return format_date(day, "long", locale=_LOCALE.get(self.lang, self.lang))

    def hijri(self, day: dt.date) -> str:
        """The day in the Umm al-Qura calendar (1343 to 1500 AH), or nothing where that calendar has no such day."""
        from hijridate import Gregorian  # noqa: PLC0415 - only what shows dates pays for it

        try:
            found = Gregorian(day.year, day.month, day.day).to_hijri()
        except OverflowError:
            return ""
        month = self.say(_HIJRI_MONTHS[found.month - 1])
        return self.say(N_("{day} {month} {year} AH"), day=found.day, month=month, year=found.year)

    def language(self, code: str) -> str:
        """What a language is called, by its code: Persian, персидский; the code itself where it has no name."""
        from babel import Locale  # noqa: PLC0415 - only what names languages pays for it

        return str(Locale.parse(self.lang).languages.get(code, code))

    def number(self, number: float) -> str:
        """A number in the digits 0 to 9; a whole one without a fraction."""
        return str(int(number)) if float(number).is_integer() else f"{number:g}"

    def signed(self, number: int) -> str:
        """A whole number whose minus stands before its digits in every direction of writing."""
        return f"\u200e{number}" if number < 0 and self.direction == "rtl" else str(number)

    def row(self, parts: Iterable[str]) -> str:
        """What there is of the parts, set off by commas."""
        return self.say(N_(", ")).join(self.apart(part) for part in parts if part)

    def series(self, parts: Iterable[str]) -> str:
        """What there is of the parts, set off by semicolons."""
        return self.say(N_("; ")).join(self.apart(part) for part in parts if part)

    def listed(self, items: Iterable[str]) -> str:
        """Several things in one line."""
        return " · ".join(map(self.apart, items))

    def mistake(self, mistake: Mistake) -> str:
        """One line: file, line or path, what is wrong, and how to mend it."""
        wrong, mend = self._filled(mistake.wrong, mistake.words), self._filled(mistake.mend, mistake.words)
        return f"{mistake.place}: {wrong}. {mend} [{mistake.code}]"

    def error(self, error: TashawurError) -> str:
        """One line: what was refused and what to do."""
        if isinstance(error, RefusedEntryError):
            wrong, mend = error.mistake.wrong, error.mistake.mend
            filled = {key: self._filled(part, error.mistake.words) for key, part in (("wrong", wrong), ("mend", mend))}
            return f"{self.say(error.template, **filled)} [{error.mistake.code}]"
        if isinstance(error, ScenarioFileError):
            return self.mistake(error.mistake)
        return f"{self._filled(error.template, error.words)} [{error.code}]"

    def _filled(self, template: str, words: Mapping[str, str]) -> str:
        told = {key: self.say(value) if key in _TRANSLATED else value for key, value in words.items()}
        if "language" in told:
            told["language"] = self.language(told["language"])
        return self.say(template).format(**told)


_LOCALE: Final = {"en": "en_GB", "ar": "ar", "ru": "ru"}

_HIJRI_MONTHS: Final = (
    N_("Muharram"),
    N_("Safar"),
    N_("Rabi I"),
    N_("Rabi II"),
    N_("Jumada I"),
    N_("Jumada II"),
    N_("Rajab"),
    N_("Shaaban"),
    N_("Ramadan"),
    N_("Shawwal"),
    N_("Dhu al-Qaada"),
    N_("Dhu al-Hijja"),
)


def direction(lang: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if lang in RIGHT_TO_LEFT else "ltr"
