"""Whether a side gains by leaving an agreed package, alone or with another, and how far that is from being so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

import numpy as np

from tashawur.durability.answers import FIRMEST, TEMPTING
from tashawur.durability.moves import NONE_BELOW, Flags
from tashawur.durability.package import Deal
from tashawur.durability.paths import Answer, Ways
from tashawur.durability.stability import Concept, Stability, in_any_order


@dataclass(frozen=True, slots=True)
class Alone:
    """One side in the agreed state. Private: gains are not shown by `repr`.

    `concept`: the firmest by which it stays, None where it gains by leaving whatever the others answer. `answers`: its
    most tempting moves and what answers them. `gain`: points that the best move brings at first. `shift`: the share of
    all the weight that its priorities have in the plan that must at least move before leaving pays in spite of answers
    that are better for those who make them; None: no shift is enough, 0: it pays now.
    """

    party: int
    concept: Concept | None
    answers: tuple[Answer, ...]
    gain: int = field(repr=False)
    shift: Fraction | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides together: the state that is best for who of them gains least; None where they gain by none."""

    parties: tuple[int, ...]
    state: int | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """All sides alone, and all pairs of them."""

    alone: tuple[Alone, ...]
    pairs: tuple[Pair, ...]


def leaving(deal: Deal, found: Stability) -> Leaving:
    """Who gains by leaving the agreed state; `found` is the stability of the deal's model."""
    ways = Ways(deal.model)
    sides = sorted(deal.withdrawals)
    alone = tuple(_alone(deal, ways, side, found) for side in sides)
    return Leaving(alone, tuple(_pair(ways, deal.agreed, pair) for pair in combinations(sides, 2)))


def unguaranteed(deal: Deal) -> Deal | None:
    """The same, agreed without the host's guarantee; None where there is none."""
    if deal.guarantee is None:
        return None
    agreed = deal.agreed & ~(1 << (len(deal.model.options) - 1 - deal.guarantee))
    return replace(deal, agreed=agreed)


def _alone(deal: Deal, ways: Ways, party: int, found: Stability) -> Alone:
    concept = next((one for one in FIRMEST if found[one][party, deal.agreed]), None)
    tempting = ways.tempting(party, deal.agreed)
    worth = deal.utilities[party]
    return Alone(
        party,
        concept,
        ways.answers(concept or "SEQ", party, deal.agreed, _different(deal, tempting.tolist())[:TEMPTING]),
        int(worth[tempting].max() - worth[deal.agreed]) if len(tempting) else 0,
        shift(deal, party),
    )


def _different(deal: Deal, states: Sequence[int]) -> list[int]:
    """The first of all states in which the same steps happen."""
    found: dict[bytes, int] = {}
    for state in states:
        found.setdefault(deal.happens[state].tobytes(), state)
    return list(found.values())


def shift(deal: Deal, party: int) -> Fraction | None:
    """The share of weight that must at least move before the party gains by a move and what the others answer to it.

    The weight of a step is how much it is worth to the party, up or down, in parts of all steps together. A state that
    is worth less by a margin m is as good as the agreed one when a weight of m / 2 has moved from steps that it gets to
    steps that it gives. For a move to pay, everything that the others can make of it must have become better: at least
    that of the widest margin. The least over all moves is told. Where neither a move nor the answer to it spares the
    party anything that it gives, no weights make it pay.
    """
    model = deal.model
    worth = deal.utilities[party]
    total = int(np.abs(deal.values[party]).sum())
    moves = model.moves[party].targets(deal.agreed)
    if not total or not len(moves):
        return None
    ranks = model.ranks
    others = [other for other in range(len(model.parties)) if other != party]
    gains = [model.moves[other].improvements(ranks[other]) for other in others]
    own = np.where(model.states, ranks[party], NONE_BELOW).astype(np.int32)
    worst = in_any_order(gains, own)[moves]
    by_rank = np.zeros(int(ranks[party].max()) + 1, dtype=np.int64)
    by_rank[ranks[party][model.places]] = worth[model.places]
    margins = worth[deal.agreed] - by_rank[worst]
    possible = margins[_spares(deal, party, moves.tolist())]
    return Fraction(max(0, int(possible.min())), 2 * total) if len(possible) else None


def _spares(deal: Deal, party: int, moves: Sequence[int]) -> Flags:
    """The moves by which the party itself no longer gives something that costs it."""
    costs = deal.values[party] < 0
    spared: Flags = (deal.happens[deal.agreed] & ~deal.happens[moves] & costs).any(axis=-1)
    return spared


def _pair(ways: Ways, agreed: int, pair: tuple[int, ...]) -> Pair:
    there = ways.together(pair, agreed)
    return Pair(pair, int(there[0]) if len(there) else None)
