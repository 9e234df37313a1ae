"""States and moves as a picture: a circle of states, an arrow for each move, and one colour and dash for each party.

The picture is part of the page and has no script: choices and what is pointed at are answered by the style sheet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from tashawur.durability.answers import FIRMEST, Durability
from tashawur.durability.examined import ExaminedModel, ExaminedPackage
from tashawur.durability.paths import Answer, Ways

MOST_DRAWN: Final = 24
COLOURS: Final = ("#0b5c5e", "#8c1d2f", "#4b3d8f", "#7a4a00", "#14602f", "#17242b")
DASHES: Final = ("", "7 3", "2 3", "10 3 2 3", "4 4", "1 4")
_WIDE, _HIGH, _ROUND = 640, 460, 19


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move between two states of the picture, by their numbers there; `better` for who makes it."""

    party: int
    here: int
    there: int
    better: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is in the picture: states by their places, and the moves between them."""

    states: tuple[int, ...]
    arrows: tuple[Arrow, ...]
    whole: bool

    def better(self, number: int) -> dict[int, list[int]]:
        """By party the states of the picture that it would move to from this one."""
        found: dict[int, list[int]] = {}
        for arrow in self.arrows:
            if arrow.here == number and arrow.better:
                found.setdefault(arrow.party, []).append(self.states[arrow.there])
        return found


def drawn(examined: ExaminedModel | ExaminedPackage) -> Drawn:
    """All states where there are few, else those that the words are about."""
    model = examined.found.model
    whole = len(model.places) <= MOST_DRAWN
    states = model.places.tolist() if whole else list(dict.fromkeys(_told(examined)))[:MOST_DRAWN]
    number = {state: at for at, state in enumerate(states)}
    ways = Ways(model)
    arrows = []
    for here, state in enumerate(states):
        for party, moves in enumerate(model.moves):
            better = set(ways.tempting(party, state).tolist())
            arrows += [
                Arrow(party, here, number[there], there in better)
                for there in moves.targets(state).tolist()
                if there in number
            ]
    return Drawn(tuple(states), tuple(arrows), whole)


def _told(examined: ExaminedModel | ExaminedPackage) -> Iterator[int]:
    """The states that the words are about, the first first."""
    if isinstance(examined, ExaminedPackage):
        yield examined.deal.agreed
        for side in examined.leaving.alone:
            yield from _answered(side.answers)
        yield from (pair.state for pair in examined.leaving.pairs if pair.state is not None)
        return
    lasting = examined.found.lasting
    if examined.found.model.status_quo is not None:
        yield examined.found.model.status_quo
    yield from (one.state for one in lasting)
    for one in lasting:
        for held in one.holds:
            yield from _answered(held.answers)
        yield from (there for _, there in one.jumps)
        yield from (step.state for step in (one.reached.way or () if one.reached else ()))


def _answered(answers: Sequence[Answer]) -> Iterator[int]:
    for answer in answers:
        yield answer.tempting
        yield from (step.state for step in answer.way or ())


def firmness(found: Durability, place: int) -> str:
    """How a state lasts, for the style sheet: `firm`, `threats` or `none`."""
    concept = next((one for one in FIRMEST if found.stability[one][:, place].all()), None)
    return "none" if concept is None else "firm" if concept in ("Nash", "SEQ") else "threats"


def picture(
    shown: Drawn, found: Durability, names: Sequence[str], described: Sequence[str], row: str, *, mirrored: bool
) -> Markup:
    """SVG: `names` stand in the states, `described` is told of each; a state leads to its row (`row` and number)."""
    at = [_place(number, len(shown.states), mirrored=mirrored) for number in range(len(shown.states))]
    parts = [f'<svg class="graph" viewBox="0 0 {_WIDE} {_HIGH}" role="group">', "<defs>", *_heads(shown), "</defs>"]
    parts += [_arrow(arrow, at[arrow.here], at[arrow.there]) for arrow in shown.arrows]
    for number, (state, name, told) in enumerate(zip(shown.states, names, described, strict=True)):
        x, y = at[number]
        quo = state == found.model.status_quo
        ring = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_ROUND + 4}" class="quo"/>' if quo else ""
        size = 15 if len(name) < 4 else 10 if len(name) < 7 else 7
        parts.append(
            f'<a href="#{row}{number}" class="state n{number} {firmness(found, state)}">'
            f"<title>{escape(told)}</title>{ring}"
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_ROUND}"/>'
            f'<text x="{x:.0f}" y="{y + size / 3:.0f}" font-size="{size}">{escape(name)}</text></a>'
        )
    return Markup("".join((*parts, "</svg>")))  # noqa: S704 - drawn by us, its words escaped


def _place(number: int, of: int, *, mirrored: bool) -> tuple[float, float]:
    turn = 2 * math.pi * number / of - math.pi / 2
    side = -1 if mirrored else 1
    return _WIDE / 2 + side * 270 * math.cos(turn), _HIGH / 2 + 190 * math.sin(turn)


def _heads(shown: Drawn) -> Iterator[str]:
    for party in sorted({arrow.party for arrow in shown.arrows}):
        yield (
            f'<marker id="head{party}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour(party)}"/></marker>'
        )


def _arrow(arrow: Arrow, here: tuple[float, float], there: tuple[float, float]) -> str:
    """A bent line, each party's bent in its own measure, so that moves there and back lie apart."""
    bend = 0.08 + 0.05 * arrow.party
    across, down = there[0] - here[0], there[1] - here[1]
    by = ((here[0] + there[0]) / 2 - down * bend, (here[1] + there[1]) / 2 + across * bend)
    begin, end = _rim(here, by), _rim(there, by)
    kind = "better" if arrow.better else "plain"
    return (
        f'<path class="move {kind} p{arrow.party} f{arrow.here}" d="M{begin[0]:.0f} {begin[1]:.0f}'
        f'Q{by[0]:.0f} {by[1]:.0f} {end[0]:.0f} {end[1]:.0f}" stroke="{colour(arrow.party)}" '
        f'stroke-dasharray="{dash(arrow.party)}" marker-end="url(#head{arrow.party})"/>'
    )


def _rim(state: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Where a line from the middle of a state meets its rim."""
    across, down = towards[0] - state[0], towards[1] - state[1]
    part = (_ROUND + 3) / math.hypot(across, down)
    return state[0] + across * part, state[1] + down * part


def colour(party: int) -> str:
    """The colour of a party's moves."""
    return COLOURS[party % len(COLOURS)]


def dash(party: int) -> str:
    """How the lines of a party's moves are broken, so that they differ without colours too."""
    return DASHES[party % len(DASHES)]
