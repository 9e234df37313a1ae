"""Small random models of a conflict, in the forms in which they can be written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from tashawur.durability.model import Direction, Model, Option, Preference, cubes, merged
from tashawur.durability.moves import Listed, Moves


@st.composite
def rankings(draw: st.DrawFn, places: Sequence[int], size: int, *, bands: bool = False) -> Preference:
    levels = draw(st.lists(st.integers(0, max(1, len(places) - 1)), min_size=len(places), max_size=len(places)))
    ranks = np.full(size, -1, dtype=np.int32)
    ranks[list(places)] = levels
    if not bands:
        return Preference(ranks)
    cuts = draw(st.sets(st.integers(0, len(places)), max_size=2))
    banded = np.full(size, -1, dtype=np.int32)
    banded[list(places)] = [sum(level > cut for cut in cuts) for level in levels]
    return Preference(ranks, banded)


@st.composite
def options(draw: st.DrawFn, parties: int, most: int) -> tuple[Option, ...]:
    directions: st.SearchStrategy[Direction] = st.sampled_from(["both", "both", "forward", "backward"])
    count = draw(st.integers(1, most))
    return tuple(Option(f"o{n}", draw(st.integers(0, parties - 1)), draw(directions)) for n in range(count))


@st.composite
def cube_models(draw: st.DrawFn, *, bands: bool = False, most: int = 5) -> Model:
    """Options of which some go one way only, and some vectors that cannot be."""
    parties = draw(st.integers(1, 4))
    held = draw(options(parties, most))
    size = 2 ** len(held)
    marked = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    marked[draw(st.integers(0, size - 1))] = True
    if draw(st.booleans()):
        marked = [True] * size
    states = np.array(marked)
    places = np.flatnonzero(states)
    preferences = tuple(draw(rankings(places.tolist(), size, bands=bands)) for _ in range(parties))
    return Model(
        tuple(f"D{n}" for n in range(parties)), held, size, places, (), cubes(held, parties, states), preferences
    )


@st.composite
def listed_models(draw: st.DrawFn, *, bands: bool = False) -> Model:
    """Moves drawn by hand, whether or not two in a row are one."""
    parties, size = draw(st.integers(1, 4)), draw(st.integers(1, 7))
    place = st.integers(0, size - 1)
    moves: tuple[Moves, ...] = tuple(
        Listed(size, draw(st.lists(st.tuples(place, place), max_size=12))) for _ in range(parties)
    )
    return _named(draw, parties, (), moves, size, bands=bands)


@st.composite
def merged_models(draw: st.DrawFn, *, bands: bool = False) -> Model:
    """States that stand for several vectors of options."""
    parties = draw(st.integers(2, 4))
    held = draw(options(parties, 4))
    size = draw(st.integers(1, min(6, 2 ** len(held))))
    covers: list[list[int]] = [[] for _ in range(size)]
    for vector, state in enumerate(draw(st.permutations(range(2 ** len(held))))[: size * 2]):
        covers[vector % size].append(state)
    return _named(draw, parties, held, merged(held, parties, covers), size, bands=bands)


def _named(
    draw: st.DrawFn, parties: int, held: tuple[Option, ...], moves: tuple[Moves, ...], size: int, *, bands: bool
) -> Model:
    preferences = tuple(draw(rankings(range(size), size, bands=bands)) for _ in range(parties))
    names = tuple(str(state + 1) for state in range(size))
    return Model(tuple(f"D{n}" for n in range(parties)), held, size, np.arange(size), names, moves, preferences)


def models(*, bands: bool = False) -> st.SearchStrategy[Model]:
    return st.one_of(cube_models(bands=bands), listed_models(bands=bands), merged_models(bands=bands))


@st.composite
def uncertain_models(draw: st.DrawFn) -> Model:
    """Models in which some pairs of states are not known to rank."""
    found = draw(st.one_of(cube_models(most=4), listed_models(), merged_models()))
    state = st.sampled_from(found.places.tolist())
    preferences = []
    for own in found.preferences:
        pairs = [(a, b) for a, b in draw(st.lists(st.tuples(state, state), max_size=5)) if a != b]
        preferences.append(Preference(own.ranks, own.bands, np.array(pairs, dtype=np.int64).reshape(-1, 2)))
    return Model(found.parties, found.options, found.size, found.places, found.names, found.moves, tuple(preferences))
