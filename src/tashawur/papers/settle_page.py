"""A settlement as one HTML page in three languages: the packages, what each side gets, and the frontier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tashawur.papers.agreement_telling import telling_of
from tashawur.papers.frontier_picture import SHAPES, picture
from tashawur.papers.pages import Page, body, in_three_languages
from tashawur.papers.settle_labels import NAMES, SHORT
from tashawur.papers.settle_telling import AnswerTelling
from tashawur.papers.settlement import About, Guarded, on_own_scales, on_scale
from tashawur.papers.words import Words
from tashawur.settle.answers import Settlement
from tashawur.settle.consent import Agreement
from tashawur.settle.frontier import Frontier
from tashawur.settle.sought import Sought

MANY: Final = 300
"""Points of the frontier in the table; `tashawur frontier --json` has all."""


def settle_page(
    settled: Settlement | Agreement,
    about: About,
    found: Frontier | Sought | None,
    first: str,
    guarded: Guarded | None = None,
    *,
    details: bool,
) -> str:
    """The page as HTML; `first` is the language it opens in. It opens offline and asks nothing of any network.

    With the frontier `found`, which holds values of all sides, it shows that too.
    """

    def make(lang: str) -> Page:
        telling = telling_of(settled, about, Words(lang, isolate=True), guarded, details=details)
        shown = body(
            "settle_page.html.j2",
            t=telling,
            w=telling.words,
            shown=None if found is None or not len(found) else _frontier(telling, found),
            marks=SHAPES,
            names=NAMES if details else SHORT,
            row=f"point-{lang}-",
        )
        return Page(lang, telling.title(), shown, telling.stamp())

    return in_three_languages(make, first, "report.css", "settle.css")


@dataclass(frozen=True, slots=True)
class _Shown:
    """The frontier on the page: rows of values, by row the rules that pick its point, and a picture for two sides."""

    rows: Sequence[Sequence[str]]
    rules: dict[int, list[str]]
    more: int
    svg: Markup


def _frontier(telling: AnswerTelling, found: Frontier | Sought) -> _Shown:
    scenario = telling.scenario
    values = [list(on_scale(scenario, row)) for row in found.values.tolist()]
    places = {tuple(row): place for place, row in enumerate(found.values.tolist())}
    marks = {rule: places[scenario.values(package)] for rule, package in telling.solutions().items()}
    rules: dict[int, list[str]] = {}
    for rule, place in marks.items():
        rules.setdefault(place, []).append(rule)
    svg = picture(telling, values, marks, f"point-{telling.words.lang}-") if len(scenario.sides) == 2 else ""
    shown = [on_own_scales(scenario, row) for row in found.values[:MANY].tolist()]
    return _Shown(shown, rules, max(len(found) - MANY, 0), Markup(svg))  # noqa: S704 - drawn by us, its words escaped
