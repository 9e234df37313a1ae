"""The moves of one party: which states it can bring about, by itself and at once, from each state.

States are places in arrays. A number for each state stands in the last axis of an array; whatever axes stand before it
are worked through together, such as many samples of preferences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

Ranks = npt.NDArray[np.int32]
"""A rank for each state, larger being better; a place that is no state has the rank -1."""
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NONE_BELOW: Final = np.int32(np.iinfo(np.int32).max)
"""The least of no ranks at all."""
NONE_ABOVE: Final = np.int32(-1)
"""The largest of no ranks at all."""


class Improvements(Protocol):
    """The moves of one party that lead it to a state of higher rank."""

    def least(self, ranks: Ranks) -> Ranks:
        """For each state the least of `ranks` over it and the states that the party improves to."""
        ...

    def most(self, ranks: Ranks) -> Ranks:
        """For each state the largest of `ranks` over the states that the party improves to, itself left out."""
        ...


class Moves(Protocol):
    """The moves of one party. `transitive`: whatever it reaches by two moves it reaches by one."""

    @property
    def transitive(self) -> bool:
        """Whether two moves in a row are always one, or lead back."""
        ...

    def least(self, ranks: Ranks) -> Ranks:
        """For each state the least of `ranks` over it and the states that a move leads to."""
        ...

    def most(self, ranks: Ranks) -> Ranks:
        """The same with the largest."""
        ...

    def improvements(self, own: Ranks) -> Improvements:
        """The moves that lead to a state of a higher rank among `own`."""
        ...

    def targets(self, state: int) -> Places:
        """The states that one move leads to, in ascending order."""
        ...

    def edges(self) -> tuple[Places, Places]:
        """Every move as the state that it leads from and the one that it leads to."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Moves of a party that owns some options, where every vector of yes and no is a place, and some are states.

    The vector is the binary number of the place, the first option its highest digit. `own`, `forward` and `backward`
    are such numbers: the party's options, and those of them that only go from no to yes, or from yes to no. Several
    options change at once, so that what stands between two states need not be one.

    The least over all of a party's changes is the least over one change of each option after the other: as many passes
    over the states as it has options, and no list of moves.
    """

    options: int
    own: int
    forward: int
    backward: int
    states: Flags

    @property
    def transitive(self) -> bool:
        """Always: to change some options and then others is to change both at once."""
        return True

    def least(self, ranks: Ranks) -> Ranks:
        """As `Moves.least`."""
        return self._over(ranks, np.minimum, NONE_BELOW)

    def most(self, ranks: Ranks) -> Ranks:
        """As `Moves.most`."""
        return self._over(ranks, np.maximum, NONE_ABOVE)

    def _over(self, ranks: Ranks, better: np.ufunc, nothing: np.int32) -> Ranks:
        found = ranks.copy()
        found[..., ~self.states] = nothing
        for bit in _bits(self.own):
            halves = found.reshape(*found.shape[:-1], -1, 2, bit)
            no, yes = halves[..., 0, :], halves[..., 1, :]
            of_both = better(no, yes)
            if not self.backward & bit:
                no[...] = of_both
            if not self.forward & bit:
                yes[...] = of_both
        found[..., ~self.states] = nothing
        return found

    def spread(self, marked: Flags) -> Flags:
        """The states that are marked, and those that a move leads to from one of them."""
        found = marked.copy()
        for bit in _bits(self.own):
            halves = found.reshape(-1, 2, bit)
            no, yes = halves[:, 0], halves[:, 1]
            before = no.copy()
            if not self.forward & bit:
                no |= yes
            if not self.backward & bit:
                yes |= before
        return found & self.states

    def improvements(self, own: Ranks) -> Improvements:
        """As `Moves.improvements`."""
        return _Sorted(self, own)

    def targets(self, state: int) -> Places:
        """As `Moves.targets`."""
        there = _choices(self.own) | state & ~self.own
        undone, done = state & self.forward & ~there, there & self.backward & ~state
        chosen: Places = there[self.states[there] & ((undone | done) == 0) & (there != state)]
        return chosen

    def edges(self) -> tuple[Places, Places]:
        """As `Moves.edges`."""
        return self._changed(np.flatnonzero(self.states))

    def _changed(self, here: Places) -> tuple[Places, Places]:
        sources, targets = [], []
        for change in _choices(self.own)[1:].tolist():
            there = here ^ change
            allowed = self.states[there] & (here & change & self.forward == 0) & (there & change & self.backward == 0)
            sources.append(here[allowed])
            targets.append(there[allowed])
        nothing = np.empty(0, dtype=np.int64)
        return np.concatenate([nothing, *sources]), np.concatenate([nothing, *targets])


class _Sorted:
    """Improvements on a cube: within each choice of the others, the party's own choices, the best first.

    What a state improves to stands before it, so that one running minimum answers for all. An option that goes one way
    only splits the choices: each pattern of such options has its own passes, over what it can still reach.
    """

    def __init__(self, moves: Cube, own: Ranks) -> None:
        others = _choices((1 << moves.options) - 1 & ~moves.own)
        fibres = others[:, None] | _choices(moves.own)
        held = moves.states[fibres]
        fibres = fibres[held.any(axis=1)][:, held.any(axis=0)]
        ranks = own[..., fibres]
        order = np.argsort(-ranks, axis=-1, kind="stable")
        ranks = np.take_along_axis(ranks, order, axis=-1)
        self._place = np.take_along_axis(np.broadcast_to(fibres, ranks.shape), order, axis=-1)
        self._shape, self._no_states = own.shape, np.flatnonzero(~moves.states)
        level = np.arange(ranks.shape[-1])
        starts = np.ones(ranks.shape, dtype=np.bool_)
        starts[..., 1:] = ranks[..., 1:] != ranks[..., :-1]
        self._first = None if starts.all() else np.maximum.accumulate(np.where(starts, level, 0), axis=-1)
        """Where the states of the same rank begin; None where all ranks differ."""
        self._one_way = moves.forward | moves.backward
        self._forward, self._backward = moves.forward, moves.backward
        self._flat = self._place.reshape(*own.shape[:-1], -1)

    def least(self, ranks: Ranks) -> Ranks:
        """As `Improvements.least`."""
        here = self._in_order(ranks)
        return self._back(np.minimum(here, self._before(here, np.minimum, NONE_BELOW)), NONE_BELOW)

    def most(self, ranks: Ranks) -> Ranks:
        """As `Improvements.most`."""
        return self._back(self._before(self._in_order(ranks), np.maximum, NONE_ABOVE), NONE_ABOVE)

    def _in_order(self, ranks: Ranks) -> Ranks:
        return np.take_along_axis(ranks, self._flat, axis=-1).reshape(self._place.shape)

    def _back(self, found: Ranks, nothing: np.int32) -> Ranks:
        back = np.full(self._shape, nothing, dtype=np.int32)
        np.put_along_axis(back, self._flat, found.reshape(self._flat.shape), axis=-1)
        back[..., self._no_states] = nothing
        return back

    def _before(self, here: Ranks, better: np.ufunc, nothing: np.int32) -> Ranks:
        """For each place in order what is best of those before it that it can still reach."""
        if not self._one_way:
            return self._run(here, better, nothing)
        found = np.full_like(here, nothing)
        pattern = self._place & self._one_way
        for set_here in _choices(self._one_way).tolist():
            undone = set_here & self._forward & ~pattern
            done = pattern & self._backward & ~set_here
            reached = np.where((undone | done) == 0, here, nothing)
            np.copyto(found, self._run(reached, better, nothing), where=pattern == set_here)
        return found

    def _run(self, here: Ranks, better: np.ufunc, nothing: np.int32) -> Ranks:
        found = np.full_like(here, nothing)
        found[..., 1:] = better.accumulate(here[..., :-1], axis=-1)
        return found if self._first is None else np.take_along_axis(found, self._first, axis=-1)


class Listed:
    """Moves of a party as a list of pairs: drawn by hand, or between states that merge several vectors."""

    def __init__(self, states: int, pairs: Sequence[tuple[int, int]]) -> None:
        held = np.array(sorted({(here, there) for here, there in pairs if here != there}), dtype=np.int64)
        self._size = states
        self.here, self.there = (held[:, 0], held[:, 1]) if len(held) else (held.reshape(-1), held.reshape(-1))
        self._rows, self._starts = np.unique(self.here, return_index=True)

    @cached_property
    def transitive(self) -> bool:
        """As `Moves.transitive`; of very many moves it is not tried, and taken as no."""
        if len(self.here) > _TRIED:
            return False
        reached = [set(self.targets(state).tolist()) for state in range(self._size)]
        return all(
            reached[between] <= found | {here}
            for here, found in enumerate(reached)
            for between in found
        )  # fmt: skip

    def least(self, ranks: Ranks) -> Ranks:
        """As `Moves.least`."""
        return np.minimum(ranks, self.least_after(ranks))

    def most(self, ranks: Ranks) -> Ranks:
        """As `Moves.most`."""
        return np.maximum(ranks, self.over(ranks[..., self.there], np.maximum, NONE_ABOVE))

    def least_after(self, ranks: Ranks) -> Ranks:
        """For each state the least of `ranks` over the states that a move leads to, itself left out."""
        return self.over(ranks[..., self.there], np.minimum, NONE_BELOW)

    def over(self, held: Ranks, better: np.ufunc, nothing: np.int32) -> Ranks:
        """For each state the best of what its moves hold."""
        found = np.full((*held.shape[:-1], self._size), nothing, dtype=np.int32)
        if len(self._rows):
            found[..., self._rows] = better.reduceat(held, self._starts, axis=-1)
        return found

    def improvements(self, own: Ranks) -> ListedImprovements:
        """As `Moves.improvements`."""
        return ListedImprovements(self, own)

    def targets(self, state: int) -> Places:
        """As `Moves.targets`."""
        begins, ends = np.searchsorted(self.here, [state, state + 1])
        return self.there[begins:ends]

    def edges(self) -> tuple[Places, Places]:
        """As `Moves.edges`."""
        return self.here, self.there


_TRIED: Final = 200_000


class ListedImprovements:
    """Improvements among moves that are listed."""

    def __init__(self, moves: Listed, own: Ranks) -> None:
        self._moves = moves
        self._better = own[..., moves.there] > own[..., moves.here]

    @property
    def transitive(self) -> bool:
        """Whether the moves are, and then improvements are too."""
        return self._moves.transitive

    def least(self, ranks: Ranks) -> Ranks:
        """As `Improvements.least`."""
        return np.minimum(ranks, self.least_after(ranks))

    def least_after(self, ranks: Ranks) -> Ranks:
        """The same, the state itself left out."""
        held = np.where(self._better, ranks[..., self._moves.there], NONE_BELOW)
        return self._moves.over(held, np.minimum, NONE_BELOW)

    def most(self, ranks: Ranks) -> Ranks:
        """As `Improvements.most`."""
        held = np.where(self._better, ranks[..., self._moves.there], NONE_ABOVE)
        return self._moves.over(held, np.maximum, NONE_ABOVE)


@lru_cache(maxsize=256)
def _choices(whole: int) -> Places:
    """Every number whose binary digits stand in `whole`, ascending from 0."""
    found = np.zeros(1, dtype=np.int64)
    for bit in _bits(whole):
        found = np.concatenate([found, found | bit])
    found.setflags(write=False)
    return found


def _bits(whole: int) -> Iterator[int]:
    while whole:
        bit = whole & -whole
        yield bit
        whole ^= bit
