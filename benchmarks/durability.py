"""Measures how long it takes to find what lasts, beside the definitions and the published matrix method, in one run.

python -m benchmarks.durability            all sizes; 2 where a floor is not kept
python -m benchmarks.durability --small    up to 2^12 states

Four parties, options shared out evenly, every party's ranking a random order of all states, made anew in every round.
The time of each is the quickest of its rounds. Where several methods are run, their answers must be equal.
The matrix method is that of Xu, Hipel and Kilgour (IEEE Transactions on Systems, Man, and Cybernetics A, 2009), with
the diagonal in the matrix of what deters, in single precision on the linear algebra of NumPy.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from typing import Final

import numpy as np
import numpy.typing as npt

from tashawur.durability.literal import ByDefinition
from tashawur.durability.model import Model, Option, Preference, cubes
from tashawur.durability.relations import Related
from tashawur.durability.stability import CONCEPTS, stability

PARTIES: Final = 4
ROUNDS: Final = 3
FLOORS: Final = {12: 0.05, 16: 1.0, 20: 60.0}
"""Seconds for so many options."""
UNKNOWN_FLOOR: Final = 10.0
UNKNOWN: Final = 200
"""Pairs of states of each party that are not known."""

LITERAL: Final = 8
MATRIX: Final = 10
"""The most options with which these are run."""

Matrix = npt.NDArray[np.float32]
Sets = list[list[set[int]]]


def model(options: int, seed: int, *, one_way: int = 0, feasible: float = 1.0, unknown: int = 0) -> Model:
    """A random model; `one_way` options go from no to yes only, of all vectors the part `feasible` are states."""
    chance = np.random.default_rng(seed)
    forward = set(chance.choice(options, one_way, replace=False).tolist())
    held = tuple(
        Option(str(one), one * PARTIES // options, "forward" if one in forward else "both") for one in range(options)
    )
    size = 2**options
    states = chance.random(size) < feasible
    places = np.flatnonzero(states)
    preferences = []
    for _ in range(PARTIES):
        ranks = np.full(size, -1, dtype=np.int32)
        ranks[places] = chance.permutation(len(places))
        preferences.append(Preference(ranks, unknown=chance.choice(places, (unknown, 2))))
    names = tuple(map(str, range(PARTIES)))
    return Model(names, held, size, places, (), cubes(held, PARTIES, states), tuple(preferences))


def by_matrices(asked: Model) -> Sets:
    """The states that are stable for each party, by concept, from products of matrices of states x states."""
    size = asked.size
    moves: list[Matrix] = []
    better: list[Matrix] = []
    for one, preference in zip(asked.moves, asked.preferences, strict=True):
        held = np.zeros((size, size), dtype=np.float32)
        held[one.edges()] = 1
        moves.append(held)
        better.append((preference.ranks[None, :] > preference.ranks[:, None]).astype(np.float32))
    gains = [held * own for held, own in zip(moves, better, strict=True)]
    found: Sets = [[] for _ in CONCEPTS]
    for party, own in enumerate(better):
        others = [other for other in range(PARTIES) if other != party]
        deters = 1 - own
        reached = _joint([moves[other] for other in others])
        improved = _joint([gains[other] for other in others])
        caught = deters.T * (1 - np.sign(moves[party] @ own.T))
        lefts = (
            np.ones((size, size), dtype=np.float32),
            1 - np.sign(reached @ deters.T),
            1 - np.sign(reached @ caught),
            1 - np.sign(improved @ deters.T),
        )
        for at, left in enumerate(lefts):
            stable = np.einsum("ij,ji->i", gains[party], left) == 0
            found[at].append(set(np.flatnonzero(stable).tolist()))
    return found


def _joint(movers: Sequence[Matrix]) -> Matrix:
    """What legal sequences of the movers lead to, by who has moved last."""
    last = list(movers)
    while True:
        anew = [
            np.maximum(
                one, np.minimum(np.add.reduce([held for at, held in enumerate(last) if at != mover]) @ movers[mover], 1)
            )
            for mover, one in enumerate(last)
        ]
        if all(np.array_equal(one, before) for one, before in zip(anew, last, strict=True)):
            reached: Matrix = np.minimum(np.add.reduce(last), 1)
            return reached
        last = anew


def by_definition(asked: Model) -> Sets:
    """The same from the definitions."""
    found = ByDefinition(asked).stable()
    return [found[concept] for concept in CONCEPTS]


def quickly(asked: Model) -> Sets:
    """The same by least ranks that spread."""
    found = stability(asked)
    return [[set(np.flatnonzero(own).tolist()) for own in found[concept]] for concept in CONCEPTS]


def quickest(job: Callable[[Model], object], make: Callable[[int], Model]) -> float:
    """Seconds of the quickest round."""
    taken = []
    for seed in range(ROUNDS):
        asked = make(seed)
        begun = time.perf_counter()
        job(asked)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def told(name: str, seconds: float, floor: float | None = None) -> bool:
    """Prints a line, and gives whether the floor is kept."""
    kept = floor is None or seconds <= floor
    asked = "" if floor is None else f"   floor {floor:g} s{'' if kept else '  NOT KEPT'}"
    print(f"{name:48} {seconds:9.4f} s{asked}", flush=True)
    return kept


def main(arguments: Sequence[str]) -> int:
    """Prints what was measured; 2 where a floor is not kept."""
    most = 12 if "--small" in arguments else 20
    print(f"Python {platform.python_version()}, NumPy {version('numpy')}, {platform.machine()}, {PARTIES} parties")
    kept = True
    for options in (6, 8, 10, 11, 12, 14, 16, 18, 20):
        if options <= most:
            make = partial(model, options)
            kept &= told(f"2^{options} states", quickest(stability, make), FLOORS.get(options))
            for method, last in ((by_matrices, MATRIX), (by_definition, LITERAL)):
                if options <= last:
                    told(f"  {method.__name__.replace('_', ' ')}", quickest(method, make))
                    asked = make(ROUNDS)
                    if method(asked) != quickly(asked):
                        raise SystemExit(f"2^{options}: {method.__name__} gives another answer")
    for options in (12, 16, 20):
        if options <= most:
            half = quickest(stability, partial(model, options, one_way=4, feasible=0.5))
            told(f"2^{options}, half of them states, 4 options one way", half)
    unsure = quickest(lambda asked: Related(asked).extensions(), partial(model, 12, unknown=UNKNOWN))
    kept &= told(f"2^12 states, {UNKNOWN} pairs each not known", unsure, UNKNOWN_FLOOR)
    return 0 if kept else 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
