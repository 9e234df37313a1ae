"""The language of the commands: asked for, or that of the system, or English."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tashawur.papers.words import DOMAIN, LOCALES, Words
from tashawur.terms.vocabulary import LANGUAGES


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that `--lang` asks for, else TASHAWUR_LANG, else that of the system, else English.

    >>> chosen(["status", "riyadh", "--lang", "ar"], {})
    'ar'
    """
    asked = [after for before, after in pairwise(arguments) if before == "--lang"]
    asked += [one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")]
    system = [environment.get(name, "") for name in ("TASHAWUR_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    wanted = (one.lower()[:2] for one in (*asked, *system) if one)
    return next((one for one in wanted if one in LANGUAGES), LANGUAGES[0])


def speak(lang: str) -> Words:
    """The words of the commands in `lang`; the command-line library's own words follow from the same catalogue."""
    gettext.bindtextdomain(DOMAIN, str(LOCALES))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = lang
    return Words(lang)
