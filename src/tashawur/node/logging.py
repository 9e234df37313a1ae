"""Adds what happened to a consultation's log."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tashawur.consult.consultation import Consultation
from tashawur.consult.files import NamedFile, read
from tashawur.consult.log import Entry, LogFile
from tashawur.node.cases import SHIPPED, folder_of
from tashawur.store.folder import add_to_log
from tashawur.terms.errors import Mistake, RefusedEntryError, UnwritableError
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import LANGUAGES


@dataclass(frozen=True, slots=True)
class Typed:
    """Words as somebody typed them, once or in several languages: which these can be, only the consultation knows."""

    words: tuple[str, ...]
    lang: str
    """The language of words that name none."""

    def in_languages(self, languages: Iterable[str]) -> dict[str, str]:
        """`fr=...` is French where the case, or Tashawur itself, has French; an equals sign alone makes no language.

        Raises:
            RefusedEntryError: two of them are in one language.
        """
        known = {*languages, *LANGUAGES}
        found: dict[str, str] = {}
        for words in self.words:
            lang, sign, text = words.partition("=")
            lang, text = (lang, text) if sign and lang in known else (self.lang, words)
            if lang in found:
                raise RefusedEntryError(_two_texts(lang))
            found[lang] = text
        return found


def _two_texts(lang: str) -> Mistake:
    return Mistake(
        "log.two-texts",
        "",
        N_("two texts are in one language: {lang}"),
        N_("Put them into one, or say the language of each, such as ar=TEXT."),
        {"lang": lang},
    )


def log(name: str, said: Mapping[str, Any], today: dt.date) -> tuple[Entry, Path]:
    """Adds the entry that `said` describes, with an id of its own, to the log of the folder `name`.

    What is said to have happened must have happened by `today`.

    Nothing that stands is rewritten. Gives the entry and the file that it went to.

    Raises:
        RefusedEntryError: the entry is no good, or would not be beside what stands; nothing was written.
        UnwritableError: the consultation is a shipped one, or its folder cannot be written to.
    """
    if name in SHIPPED:
        raise UnwritableError(place=name, why=N_("it is shipped; copy it with: tashawur case new FOLDER --like NAME"))
    if said["on"] > today and _happened(said):
        raise RefusedEntryError(_not_yet(said["on"]))
    given = {key: value for key, value in said.items() if value is not None and value not in ("", (), {}, [])}
    return add_to_log(folder_of(name), lambda stands: _entry({**_told(stands, given), "id": _free_id(stands, said)}))


def _happened(said: Mapping[str, Any]) -> bool:
    """Whether the entry says that something took place, or what a party said."""
    if said["type"] == "round":
        return bool(said["event"] == "held")
    return not said.get("planned")


def _not_yet(day: dt.date) -> Mistake:
    return Mistake(
        "log.not-yet",
        "",
        N_("{day} has not come yet"),
        N_("Enter it when it has happened; a contact that is set for a day ahead is --planned."),
        {"day": str(day)},
    )


def _told(consultation: Consultation, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, with each text by its languages."""

    def told(value: Any) -> Any:
        if isinstance(value, Typed):
            return value.in_languages(consultation.case.languages)
        return {key: told(inner) for key, inner in value.items()} if isinstance(value, dict) else value

    return {key: found for key, value in said.items() if (found := told(value)) != {}}


def _free_id(consultation: Consultation, said: Mapping[str, Any]) -> str:
    """A name that nothing bears yet: the sort of entry, the day, and a number."""
    taken = {entry.id for entry in consultation.log}
    base = f"{said['type']}-{said['on']}"
    number = 1
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def _entry(said: Mapping[str, Any]) -> Entry:
    """The entry, read as it would be from a file, so that the same rules refuse it."""
    value = said.get("value")
    if isinstance(value, float) and not math.isfinite(value):
        # JSON has no such number, YAML has: so that the rule on numbers is what refuses it.
        said = {**said, "value": msgspec.Raw(b".nan" if math.isnan(value) else b".inf")}
    line = b"kind: log\nentries:\n- " + msgspec.json.encode(said) + b"\n"
    found = read("the new entry", line)
    if isinstance(found, NamedFile) and isinstance(found.value, LogFile):
        return found.value.entries[0]
    assert isinstance(found, tuple)  # noqa: S101 - a file of kind log was written
    raise RefusedEntryError(found[0])
