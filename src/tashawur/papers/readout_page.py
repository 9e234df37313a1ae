"""A readout as one HTML page in three languages: the text with its statements marked, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from tashawur.papers.pages import LANGUAGE_NAMES, environment, fonts, styles
from tashawur.papers.readout_labels import FAMILIES
from tashawur.papers.readout_telling import ReadoutTelling
from tashawur.papers.words import Words, direction
from tashawur.readouts.values import Readout
from tashawur.terms.vocabulary import LANGUAGES

_TEMPLATE: Final = "readout_page.html.j2"


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
    order = sorted(LANGUAGES, key=lambda lang: (lang != first, lang))
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            pages=[_page(shown, lang) for lang in order],
            first=first,
            styles=styles("report.css", "readout.css"),
            fonts=fonts(),
        )
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """The page in one language, finished."""

    lang: str
    dir: str
    name: str
    title: str
    stamp: str
    body: Markup


def _page(shown: Sequence[ShownText], lang: str) -> _Page:
    words = Words(lang, isolate=True)
    tellings = [(one, ReadoutTelling(one.readout, words)) for one in shown]
    body = (
        environment().get_template(_TEMPLATE).render(w=words, tellings=tellings, families=FAMILIES, direction=direction)
    )
    title = " · ".join(one.title for one in shown)
    return _Page(lang, direction(lang), LANGUAGE_NAMES[lang], title, "", Markup(body))  # noqa: S704 - rendered above
