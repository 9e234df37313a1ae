"""Everything that is told of a model: which states last, what holds each of them, and how firmly."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from tashawur.durability.model import Model
from tashawur.durability.moves import Flags
from tashawur.durability.paths import Answer, Way, Ways
from tashawur.durability.readings import Extension
from tashawur.durability.relations import MOST_TOGETHER, MOST_UNKNOWN, Related
from tashawur.durability.samples import Sampled, Sampler, sampled, shaken
from tashawur.durability.stability import CONCEPTS, Concept, Stability, everybody, stability, strongly
from tashawur.terms.errors import UnknownPairsError

SHOWN: Final = 12
"""States that are told of one by one."""

TEMPTING: Final = 3
"""Moves away, of each party from each state, whose answers are told."""

FIRMEST: Final[tuple[Concept, ...]] = ("Nash", "SEQ", "SMR", "GMR")
"""Concepts by how much it takes to hold a party: nothing, answers that pay, answers that cannot be evaded, any."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps one party in a state: the firmest concept by which it stays, and how its moves away are answered."""

    party: int
    concept: Concept
    answers: tuple[Answer, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """How a state is reached from the status quo. `by_gains`: each move is better for who makes it.

    `way` None: there is none; with `sought` False, none was found among too many to go through.
    """

    way: Way | None
    by_gains: bool
    sought: bool = True


@dataclass(frozen=True, slots=True)
class Lasting:
    """A state that every party would stay in, by the `concepts`.

    `jumps`: groups of several parties, with other states that last to which they gain by going together; `groups_gain`:
    whether such a group gains by going anywhere.
    """

    state: int
    concepts: tuple[Concept, ...]
    holds: tuple[Hold, ...]
    jumps: tuple[tuple[tuple[int, ...], int], ...]
    groups_gain: bool
    reached: Reached | None
    shares: Mapping[Concept, float]


@dataclass(frozen=True, slots=True, eq=False)
class Durability:
    """What was found. `stability` is that of the strictest reading where pairs of states are not known.

    `extensions`: by each way to read them, where there are any. `strong`: where it is told how much is lost.
    `no_group_leaves`: states that no group leaves, where there are few enough to try; `samples`: None: too many states.
    `lasting`: of all that last, the first, those held most firmly first.
    """

    model: Model
    stability: Stability
    lasting: tuple[Lasting, ...]
    number: int
    extensions: Mapping[Extension, Stability] | None
    strong: Stability | None
    no_group_leaves: Mapping[Concept, Flags] | None
    samples: int | None

    @property
    def lasts(self) -> dict[Concept, Flags]:
        """The states that are stable for every party."""
        return everybody(self.stability)


def durability(
    model: Model, chance: np.random.Generator, draw: Sampler | None = None, only: int | None = None
) -> Durability:
    """What lasts in the model. `chance` draws the samples, by `draw` or near the rankings that were told.

    With `only`, that state alone is told of one by one, if it lasts.

    Raises UnknownPairsError where pairs are not known in a model too large for what that takes.
    """
    states = len(model.places)
    if not model.certain and states > MOST_UNKNOWN:
        raise UnknownPairsError(count=str(states), most=str(MOST_UNKNOWN))
    related = Related(model) if not model.certain or states <= MOST_TOGETHER else None
    extensions = related.extensions() if related and not model.certain else None
    found = extensions["a"] if extensions else stability(model)
    strong = strongly(model) if model.weighs and model.certain else None
    samples = sampled(model, draw or shaken(model), chance) if model.certain else None
    lasting = everybody(found)
    order = _order(model, lasting)
    ways = Ways(model)
    anywhere = np.logical_or.reduce(list(lasting.values()))
    shown = order[:SHOWN] if only is None else [state for state in order if state == only]
    look = _Look(ways, found, anywhere, samples, strong)
    reached = _reached(ways, model.status_quo, shown) if model.status_quo is not None else {}
    return Durability(
        model,
        found,
        tuple(look.lasting(state, reached.get(state)) for state in shown),
        len(order),
        extensions,
        strong,
        related.coalitional() if related and states <= MOST_TOGETHER else None,
        samples.count if samples else None,
    )


def _order(model: Model, lasting: Mapping[Concept, Flags]) -> list[int]:
    """The states that last by any concept: those by the firmest first, then in the order in which states are told."""
    found: dict[int, None] = {}
    for concept in FIRMEST:
        found.update(dict.fromkeys(model.places[lasting[concept][model.places]].tolist()))
    return list(found)


@dataclass(frozen=True, slots=True)
class _Look:
    """What it takes to tell of one state."""

    ways: Ways
    found: Stability
    anywhere: Flags
    samples: Sampled | None
    strong: Stability | None

    def lasting(self, state: int, reached: Reached | None) -> Lasting:
        return Lasting(
            state,
            tuple(concept for concept in CONCEPTS if self.found[concept][:, state].all()),
            tuple(self._hold(party, state) for party in range(len(self.ways.model.parties))),
            tuple(self.ways.jumps(state, self.anywhere)),
            self.ways.groups_gain(state),
            reached,
            {concept: float(held[state]) for concept, held in self.samples.shares.items()} if self.samples else {},
        )

    def _hold(self, party: int, state: int) -> Hold:
        concept = next(one for one in FIRMEST if self.found[one][party, state])
        away = self.ways.tempting(party, state)[:TEMPTING].tolist()
        strong = self.strong is not None and concept != "Nash" and bool(self.strong[concept][party, state])
        return Hold(party, concept, self.ways.answers(concept, party, state, away), strong)


def _reached(ways: Ways, start: int, states: Collection[int]) -> dict[int, Reached]:
    """By moves that are each better for who makes them, or else by any."""
    gaining, all_gains = ways.to_each(start, states, by_gains=True)
    moving, all_moves = ways.to_each(start, [one for one in states if one not in gaining], by_gains=False)
    return {
        state: Reached(gaining[state], by_gains=True)
        if state in gaining
        else Reached(moving.get(state), by_gains=False, sought=all_gains and all_moves)
        for state in states
    }
