"""Which states each party would not leave by itself, when preferences are known: four concepts at any size.

In a rank everything that could deter a party is one number: the least that can befall it. So the three concepts that
look ahead are least values that spread along the moves of the others until nothing changes.

Sources: Nash 1950; GMR and SMR: Howard 1971; SEQ: Fraser and Hipel 1979; for several parties and sequences of moves:
Fang, Hipel and Kilgour 1993. A state at least as bad as the one that was left deters, and so does that state itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

import numpy as np

from tashawur.durability.model import Model
from tashawur.durability.moves import NONE_BELOW, Flags, Improvements, Listed, ListedImprovements, Moves, Ranks

Concept = Literal["Nash", "GMR", "SMR", "SEQ"]
CONCEPTS: Final[tuple[Concept, ...]] = ("Nash", "GMR", "SMR", "SEQ")
"""Nash: no move of its own is better. GMR: after each such move the others can bring about a state that is no better
than the first. SMR: from which it cannot save itself either. SEQ: by moves that are better for each who makes them."""

Stability = Mapping[Concept, Flags]
"""By concept, whether each party would stay: parties x places, with axes for samples between them."""


def stability(model: Model, ranks: Ranks | None = None) -> Stability:
    """Which states are stable for each party by each concept; `ranks` in place of the model's, with axes for samples.

    For preferences that are known: see `relations` for pairs that are not.
    """
    told = model.ranks if ranks is None else ranks
    held = model.states
    return {concept: (worst <= told) & held for concept, worst in threats(model, told).items()}


def threats(model: Model, ranks: Ranks) -> Mapping[Concept, Ranks]:
    """For each party and state the rank of what it comes to at worst by its best move away; -1: no move is better.

    A party stays where that is at most the rank of the state. Under Nash nobody answers, and it comes to what it moves
    to. Shape: as `ranks`, parties x (samples x) places.
    """
    held = model.states
    better = [moves.improvements(own) for moves, own in zip(model.moves, ranks, strict=True)]
    found: dict[Concept, list[Ranks]] = {concept: [] for concept in CONCEPTS}
    for party, (moves, own) in enumerate(zip(model.moves, ranks, strict=True)):
        at_worst = np.where(held, own, NONE_BELOW).astype(np.int32)
        saved = np.where(held, moves.most(own), NONE_BELOW).astype(np.int32)
        others = [other for other in range(len(ranks)) if other != party]
        by_moves = _spread([model.moves[other] for other in others])
        by_gains = _spread([better[other] for other in others])
        found["Nash"].append(better[party].most(own))
        found["GMR"].append(better[party].most(by_moves(at_worst)))
        found["SMR"].append(better[party].most(by_moves(saved)))
        found["SEQ"].append(better[party].most(by_gains(at_worst)))
    return {concept: np.stack(one) for concept, one in found.items()}


Spread = Callable[[Ranks], Ranks]


def _spread(others: Sequence[Moves | Improvements]) -> Spread:
    """What gives, for each state, the least rank that the others can bring about from it, it included.

    Where moves of a party in a row are one move, that nobody moves twice in a row changes nothing. Where they are not,
    what follows depends on who has moved last. Only moves that are listed can be so.
    """
    listed = [one for one in others if isinstance(one, Listed | ListedImprovements)]
    if len(listed) == len(others) and not all(one.transitive for one in listed):
        return lambda ranks: _by_last_mover(listed, ranks)
    return lambda ranks: in_any_order(others, ranks)


def in_any_order(others: Sequence[Moves | Improvements], ranks: Ranks) -> Ranks:
    """For each state the least rank that the others can bring about from it, it included; all moves transitive."""
    found = ranks
    unchanged = 0
    while unchanged < len(others):
        for one in others:
            after = one.least(found)
            unchanged = 0 if (after < found).any() else unchanged + 1
            found = after
            if unchanged == len(others):
                break
    return found


def _by_last_mover(others: Sequence[Listed | ListedImprovements], ranks: Ranks) -> Ranks:
    """`arrived[j]` is the least from where j has just moved to, when another moves next; `after[j]`: j moves next."""
    arrived = [ranks] * len(others)
    while True:
        after = [one.least_after(held) for one, held in zip(others, arrived, strict=True)]
        anew = [
            np.minimum.reduce([ranks, *(one for other, one in enumerate(after) if other != last)])
            for last in range(len(others))
        ]
        if all(np.array_equal(one, before) for one, before in zip(anew, arrived, strict=True)):
            least: Ranks = np.minimum.reduce([ranks, *after])
            return least
        arrived = anew


def everybody(found: Stability) -> dict[Concept, Flags]:
    """The states that are stable for every party, by concept."""
    return {concept: np.logical_and.reduce(held, axis=0) for concept, held in found.items()}


def strongly(model: Model) -> Stability:
    """Which stable states are held by threats of a great loss (Hamouda, Kilgour and Hipel 2004).

    A state is so for a party that says how much it loses when every move away can come to a state of a lower band; one
    that says nothing of it has one band, and is strongly held only where no move is better. Nash is left as it is.
    """
    ranks = model.ranks
    found: dict[Concept, list[Flags]] = {concept: [] for concept in CONCEPTS}
    for concept, worst in threats(model, ranks).items():
        for party, own in enumerate(model.preferences):
            tempted = worst[party] >= 0
            if concept == "Nash" or not len(own.bands):
                held = ~tempted
            else:
                held = ~tempted | (_band_of_rank(own.ranks, own.bands)[worst[party]] < own.bands)
            found[concept].append(held & model.states)
    return {concept: np.stack(one) for concept, one in found.items()}


def _band_of_rank(ranks: Ranks, bands: Ranks) -> Ranks:
    found = np.full(int(ranks.max()) + 2, np.iinfo(np.int32).max, dtype=np.int32)
    held = ranks >= 0
    found[ranks[held]] = bands[held]
    return found
