"""In what share of preferences like those that were told a state stays stable: told preferences are never exact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tashawur.durability.model import Model
from tashawur.durability.moves import Ranks
from tashawur.durability.stability import Concept, everybody, stability

MOST: Final = 500
LEAST: Final = 20
_ROOM: Final = 2**21
"""Samples, and ranks in all of them together."""

TENTH: Final = 10
"""A rank moves by up to one of so many parts of all ranks, and by one place at least."""

Shares = npt.NDArray[np.float64]
Sampler = Callable[[np.random.Generator, int], Ranks]
"""Draws so many preferences of every party: parties x samples x places."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """Of so many samples the share in which each place is stable for every party, by concept."""

    count: int
    shares: Mapping[Concept, Shares]


def sampled(model: Model, draw: Sampler, chance: np.random.Generator) -> Sampled | None:
    """As many samples as there is room for; None where there is not for enough of them to say anything."""
    count = min(MOST, _ROOM // (len(model.parties) * model.size))
    if count < LEAST:
        return None
    found = everybody(stability(model, draw(chance, count)))
    return Sampled(count, {concept: held.mean(axis=0) for concept, held in found.items()})


def shaken(model: Model) -> Sampler:
    """Rankings near the one that was told: each rank moves at random, evenly, by up to a tenth of all ranks.

    It moves by one place at least, so that neighbours can change places. States that are as good as each other stay so.
    """

    def draw(chance: np.random.Generator, count: int) -> Ranks:
        found = np.full((len(model.parties), count, model.size), -1, dtype=np.int32)
        for party, own in enumerate(model.preferences):
            levels = int(own.ranks.max()) + 1
            reach = max(1.0, levels / TENTH)
            moved = np.arange(levels) + chance.uniform(-reach, reach, (count, levels))
            anew = np.argsort(np.argsort(moved, axis=-1), axis=-1).astype(np.int32)
            found[party][:, model.places] = anew[:, own.ranks[model.places]]
        return found

    return draw


def ranked(values: npt.NDArray[np.int64]) -> Ranks:
    """Ranks of the values in the last axis, equal ones alike, from 0 on."""
    order = np.argsort(values, axis=-1, kind="stable")
    held = np.take_along_axis(values, order, axis=-1)
    level = np.zeros(values.shape, dtype=np.int32)
    level[..., 1:] = np.cumsum(held[..., 1:] != held[..., :-1], axis=-1)
    found = np.empty(values.shape, dtype=np.int32)
    np.put_along_axis(found, order, level, axis=-1)
    return found
