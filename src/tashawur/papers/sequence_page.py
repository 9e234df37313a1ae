"""An order of steps as one HTML page in three languages: a picture of the steps in time with the balance after each."""

from __future__ import annotations

from tashawur.papers.pages import Page, body, in_three_languages
from tashawur.papers.sequence_answer import Sequenced
from tashawur.papers.sequence_telling import SequenceTelling
from tashawur.papers.words import Words


def sequence_page(told: Sequenced, first: str, *, details: bool) -> str:
    """The page as HTML; `first` is the language it opens in. It opens offline and asks nothing of any network."""

    def make(lang: str) -> Page:
        telling = SequenceTelling(told, Words(lang, isolate=True), details=details)
        shown = body("sequence_page.html.j2", t=telling, w=telling.words, rows=telling.rows())
        return Page(lang, telling.title(), shown, telling.stamp())

    return in_three_languages(make, first, "report.css", "sequence.css")
