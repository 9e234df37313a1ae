"""What lasts, as one HTML page in three languages: in words, as a picture of states and moves, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tashawur.durability.examined import ExaminedModel, ExaminedPackage
from tashawur.papers.durability_picture import Drawn, colour, dash, drawn, picture
from tashawur.papers.durability_telling import ModelTelling, PackageTelling, Telling, telling
from tashawur.papers.pages import Page, body, in_three_languages
from tashawur.papers.words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """One state of the picture in the table: its name, what is so in it, who would stay, and who would go where."""

    name: str
    told: str
    stays: str
    goes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture with the table that holds the same."""

    svg: Markup
    rows: Sequence[Row]
    parties: Sequence[tuple[str, str, str]]
    """Name, colour and dash of each party."""
    states: int

    @property
    def described(self) -> bool:
        """Whether it is told of any state what is so in it."""
        return any(row.told for row in self.rows)


def durability_page(examined: ExaminedModel | ExaminedPackage, first: str, *, details: bool) -> str:
    """The page as HTML; `first` is the language it opens in. It opens offline and asks nothing of any network."""
    in_picture = drawn(examined)

    def make(lang: str) -> Page:
        told = telling(examined, Words(lang, isolate=True), details=details)
        shown = body(
            "durability_page.html.j2",
            t=told,
            w=told.words,
            package=isinstance(told, PackageTelling),
            shown=_shown(told, in_picture),
            row=f"state-{lang}-",
        )
        return Page(lang, told.title(), shown, told.stamp())

    return in_three_languages(make, first, "report.css", "durability.css")


def _shown(told: Telling, in_picture: Drawn) -> Shown:
    model, words = told.model, told.words
    # States of a package have no names of their own: they are numbered, and told of by what differs.
    names = {
        state: str(number + 1) if isinstance(told, PackageTelling) else told.state(state)
        for number, state in enumerate(in_picture.states)
    }
    rows = [
        Row(
            names[state],
            told.done(state) if isinstance(told, ModelTelling) else told.state(state),
            words.listed(
                told.party(party) for party in range(len(model.parties)) if told.found.stability["GMR"][party, state]
            ),
            tuple(
                (told.party(party), words.listed(names[there] for there in goals))
                for party, goals in in_picture.better(number).items()
            ),
        )
        for number, state in enumerate(in_picture.states)
    ]
    svg = picture(
        in_picture,
        told.found,
        [names[state] for state in in_picture.states],
        [f"{row.name}: {row.told}" if row.told else row.name for row in rows],
        f"state-{words.lang}-",
        mirrored=words.direction == "rtl",
    )
    parties = [(told.party(party), colour(party), dash(party)) for party in range(len(model.parties))]
    return Shown(svg, rows, parties, len(in_picture.states))
