"""Which texts of a consultation still lack some of its languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tashawur.consult.consultation import Consultation
from tashawur.consult.register import RegisterFile
from tashawur.consult.undertakings import AccountsFile, UndertakingsFile
from tashawur.consult.walk import TEXT, gather


def untranslated(consultation: Consultation) -> int:
    """How many texts outside the log are not in every language of the case."""
    languages = frozenset(consultation.case.languages)
    number = 0

    def take(what: str, column: Iterable[Any]) -> None:
        nonlocal number
        if what == TEXT:
            number += sum(text.keys() != languages for text in column)

    for held in (
        consultation.case,
        RegisterFile(irritants=tuple(consultation.irritants.values()), constraints=consultation.constraints),
        UndertakingsFile(undertakings=tuple(consultation.undertakings.values())),
        AccountsFile(differences=consultation.differences),
    ):
        gather(held, "names", take)
    return number
