"""A readout as one HTML page in three languages: the text with its statements marked, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tashawur.papers.pages import Page, body, in_three_languages
from tashawur.papers.readout_labels import FAMILIES
from tashawur.papers.readout_telling import ReadoutTelling
from tashawur.papers.words import Words, direction
from tashawur.readouts.values import Readout


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text as it is shown: its name, its words, and what was found in it."""

    name: str
    text: str
    readout: Readout

    @property
    def title(self) -> str:
        """The name of the file without its folders."""
        return Path(self.name).name


def readout_page(shown: Sequence[ShownText], first: str) -> str:
    """The page as HTML; `first` is the language it opens in. It opens offline and asks nothing of any network."""
    return in_three_languages(lambda lang: _page(shown, lang), first, "report.css", "readout.css")


def _page(shown: Sequence[ShownText], lang: str) -> Page:
    words = Words(lang, isolate=True)
    tellings = [(one, ReadoutTelling(one.readout, words)) for one in shown]
    told = body("readout_page.html.j2", w=words, tellings=tellings, families=FAMILIES, direction=direction)
    return Page(lang, " · ".join(one.title for one in shown), told)
