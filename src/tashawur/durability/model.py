"""A graph model: who can bring about which states, and what each party would rather have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from tashawur.durability.moves import Cube, Flags, Listed, Moves, Places, Ranks

MOST_STATES: Final = 2**22
"""States, and vectors of options, that a model may have."""

Direction = Literal["both", "forward", "backward"]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that one party does or does not; `forward` only from no to yes, `backward` only from yes to no."""

    name: str
    owner: int
    direction: Direction = "both"
    title: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Preference:
    """What one party would rather have. Private: not shown by `repr`.

    `ranks`: one for each place, larger being better; -1 where the place is no state. `bands`: from a state of a higher
    band to one of a lower it loses much; empty where nothing is said of that. `unknown`: pairs of places of which it is
    not known which the party would rather have, whatever the ranks say; shape pairs x 2.
    """

    ranks: Ranks = field(repr=False)
    bands: Ranks = field(default_factory=lambda: np.empty(0, dtype=np.int32), repr=False)
    unknown: Places = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64), repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Parties, states and moves. A state is a place; `places` has the states in the order in which they are told.

    `names` of the states by their order in `places`; empty: each is called by its options, Y and N.
    """

    parties: tuple[str, ...]
    options: tuple[Option, ...]
    size: int
    places: Places = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    moves: tuple[Moves, ...] = field(repr=False)
    preferences: tuple[Preference, ...] = field(repr=False)
    status_quo: int | None = None

    @property
    def ranks(self) -> Ranks:
        """The ranks of all parties: parties x places."""
        return np.stack([one.ranks for one in self.preferences])

    @property
    def states(self) -> Flags:
        """Which places are states."""
        found = np.zeros(self.size, dtype=np.bool_)
        found[self.places] = True
        return found

    @property
    def certain(self) -> bool:
        """Whether every party is known to rank every pair of states."""
        return not any(len(one.unknown) for one in self.preferences)

    @property
    def weighs(self) -> bool:
        """Whether it is said anywhere how much is lost."""
        return any(len(one.bands) for one in self.preferences)

    @property
    def vectors(self) -> bool:
        """Whether every state is one choice of yes or no for each option, and its place that choice."""
        return all(isinstance(one, Cube) for one in self.moves)

    def done(self, place: int) -> tuple[Option, ...]:
        """The options that are done in a state; only where states are such choices."""
        width = len(self.options)
        return tuple(one for number, one in enumerate(self.options) if place >> (width - 1 - number) & 1)

    def name(self, place: int) -> str:
        """What the state is called."""
        if not self.names:
            return vector(place, len(self.options))
        return self.names[int(np.flatnonzero(self.places == place)[0])]

    def named(self, held: Flags) -> tuple[str, ...]:
        """The names of the states that are marked, in the order in which states are told."""
        if not self.names:
            return tuple(vector(place, len(self.options)) for place in self.places[held[self.places]].tolist())
        return tuple(name for name, place in zip(self.names, self.places.tolist(), strict=True) if held[place])


def vector(place: int, options: int) -> str:
    """The vector of a place as people write it: Y for yes and N for no, the first option first.

    >>> vector(6, 4)
    'NYYN'
    """
    return format(place, f"0{options}b").replace("0", "N").replace("1", "Y") if options else ""


def cubes(options: Sequence[Option], parties: int, states: Flags) -> tuple[Moves, ...]:
    """The moves of each party where every state is one vector."""
    return tuple(
        Cube(
            len(options),
            _mask(options, [one.owner == party for one in options]),
            _mask(options, [one.owner == party and one.direction == "forward" for one in options]),
            _mask(options, [one.owner == party and one.direction == "backward" for one in options]),
            states,
        )
        for party in range(parties)
    )


def _mask(options: Sequence[Option], chosen: Sequence[bool]) -> int:
    return sum(1 << (len(options) - 1 - place) for place, one in enumerate(chosen) if one)


def merged(options: Sequence[Option], parties: int, covers: Sequence[Sequence[int]]) -> tuple[Moves, ...]:
    """The moves of each party between states that stand for one or several vectors each.

    From a state there is a move to another where one leads from any of its vectors to any of the other's.
    """
    return tuple(Listed(len(covers), _pairs(options, party, covers)) for party in range(parties))


def _pairs(options: Sequence[Option], party: int, covers: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    own = _mask(options, [one.owner == party for one in options])
    forward = _mask(options, [one.direction == "forward" for one in options]) & own
    backward = _mask(options, [one.direction == "backward" for one in options]) & own
    fibres: dict[int, list[tuple[int, int]]] = {}
    for state, vectors in enumerate(covers):
        for one in vectors:
            fibres.setdefault(one & ~own, []).append((state, one))
    return [
        (here, there)
        for fibre in fibres.values()
        for here, before in fibre
        for there, after in fibre
        if here != there and not before & ~after & forward and not after & ~before & backward
    ]
