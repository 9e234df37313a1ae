"""The frontier of two sides as a picture for a page: points that lead to their row of the table, solutions marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tashawur.papers.settle_telling import AnswerTelling
from tashawur.terms.errors import MissingPartError
from tashawur.terms.phrases import N_

_ELSEWHERE: Final = "https://page.invalid/"
"""The library makes every link an absolute address; this one is taken off again."""
_INK, _TEAL, _QUIET, _LINE = "#17242b", "#0b5c5e", "#51626b", "#d9e1e4"
SHAPES: Final = {"nash": "diamond", "egalitarian": "square", "kalai_smorodinsky": "triangle-up", "utilitarian": "cross"}
"""The mark of each rule: told apart by shape, not by colour alone."""
_COLOURS: Final = {
    "nash": "#8c1d2f",
    "egalitarian": "#4b3d8f",
    "kalai_smorodinsky": "#7a4a00",
    "utilitarian": "#14602f",
}


def picture(telling: AnswerTelling, points: Sequence[Sequence[float]], marks: Mapping[str, int], row: str) -> str:
    """SVG of the frontier: the first side across, the second up; in Arabic mirrored.

    `marks` holds for each rule its point's place; `row` is the id of a row of the table without its place. Raises
    MissingPartError when the drawing library is not installed.
    """
    try:
        import altair as alt  # noqa: PLC0415 - it takes a second to load
        import vl_convert  # noqa: PLC0415
    except ImportError as missing:
        raise MissingPartError(extra="plots") from missing
    first, second = telling.sides()
    mirrored = telling.words.direction == "rtl"
    rows = [_row(telling, place, values, row) for place, values in enumerate(points)]
    across = alt.X(
        "x:Q",
        title=_axis(telling, first),
        scale=alt.Scale(zero=False, reverse=mirrored, nice=True),
    )
    up = alt.Y(
        "y:Q",
        title=_axis(telling, second),
        scale=alt.Scale(zero=False, nice=True),
        axis=alt.Axis(orient="right" if mirrored else "left"),
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=across, y=up)
    line = base.mark_line(color=_LINE, strokeWidth=2).encode(order="place:O")
    dots = base.mark_circle(color=_TEAL, size=60, opacity=1).encode(href="href:N", description="told:N")
    layers: list[Any] = [line, dots]
    for rule, place in marks.items():
        one = alt.Chart(alt.InlineData(values=[rows[place]])).encode(
            x=across, y=up, href="href:N", description="told:N"
        )
        layers.append(one.mark_point(shape=SHAPES[rule], size=260, filled=False, strokeWidth=2.5, color=_COLOURS[rule]))
    chart = alt.layer(*layers).properties(width=560, height=360)
    chart = chart.configure(font="Plex, sans-serif", background="transparent").configure_axis(
        labelColor=_QUIET, titleColor=_INK, gridColor="#eef2f3", domainColor=_LINE, tickColor=_LINE,
        labelFontSize=13, titleFontSize=14, titleFontWeight=600,
    )  # fmt: skip
    drawn = vl_convert.vegalite_to_svg(chart.to_json(), allowed_base_urls=[])
    return _for_page(drawn)


def _axis(telling: AnswerTelling, side: str) -> str:
    """The words at an axis, in their own direction: the picture's is from left to right."""
    return telling.words.apart(telling.words.say(N_("{side}, points"), side=side))


def _row(telling: AnswerTelling, place: int, values: Sequence[float], row: str) -> dict[str, Any]:
    sides = telling.sides()
    told = telling.words.listed(f"{side}: {value:g}" for side, value in zip(sides, values, strict=True))
    return {"x": values[0], "y": values[1], "place": place, "told": told, "href": f"{_ELSEWHERE}#{row}{place}"}


def _for_page(svg: str) -> str:
    """The picture as part of a page: as wide as there is room, its links within the page, and no address in it."""
    svg = svg.replace(_ELSEWHERE, "").replace(' target="_blank"', "")
    svg = re.sub(r'<svg ([^>]*?)width="(\d+)" height="(\d+)"', r"<svg \1", svg, count=1)
    return re.sub(r' xmlns(:xlink)?="[^"]*"', "", svg)
