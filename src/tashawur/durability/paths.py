"""Who moves where: what answers a move away, what a group can bring about together, and ways to a state.

Each way is a shortest legal sequence: nobody moves twice in a row. Of equal ones it is that of the first party and the
lowest place, so that every node tells the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tashawur.durability.model import Model
from tashawur.durability.moves import Cube, Flags, Places
from tashawur.durability.readings import groups
from tashawur.durability.stability import Concept

_LOOKED_AT: Final = 20_000
"""States, each with who has moved last, that a way is sought through."""


@dataclass(frozen=True, slots=True)
class Step:
    """A party's move, by places."""

    party: int
    state: int


Way = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A move away that tempts `party`, and the moves of others that deter it; None where no way was found.

    `sought`: all ways were gone through; else there are too many, and another may be one.
    """

    party: int
    tempting: int
    way: Way | None
    sought: bool = True


class Ways:
    """Moves of a model one state at a time, with what each party makes of them.

    A pair of states that is not known to rank tempts and does not deter, and others may answer by it.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._unknown = [{tuple(sorted(pair)) for pair in own.unknown.tolist()} for own in model.preferences]

    def tempting(self, party: int, state: int) -> Places:
        """The moves from `state` that are, or may be, better for the party; the best first, then the smallest."""
        ranks = self.model.preferences[party].ranks
        there = self.model.moves[party].targets(state)
        there = there[self._read(party, state, there, ranks[there] > ranks[state], unknown=True)]
        changes = np.bitwise_count(there ^ state) if isinstance(self.model.moves[party], Cube) else there
        ordered: Places = there[np.lexsort((changes, -ranks[there]))]
        return ordered

    def _open(self, party: int, one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) in self._unknown[party]

    def deters(self, party: int, state: int, other: int) -> bool:
        """Whether `other` is surely no better for the party than `state`."""
        ranks = self.model.preferences[party].ranks
        return bool(ranks[other] <= ranks[state]) and not self._open(party, state, other)

    def answers(self, concept: Concept, party: int, state: int, moves: Sequence[int]) -> tuple[Answer, ...]:
        """What holds the party in `state`: how the others answer each of its `moves` away."""
        others = [other for other in range(len(self.model.parties)) if other != party]
        targets = self.tempting if concept == "SEQ" else self.moves

        def caught(there: int) -> bool:
            if not self.deters(party, state, there):
                return False
            again = self.model.moves[party].targets(there).tolist() if concept == "SMR" else []
            return all(self.deters(party, state, one) for one in again)

        def answer(tempting: int) -> Answer:
            for found in _sequences(tempting, others, targets) if concept != "Nash" else ():
                if found is None:
                    return Answer(party, tempting, None, sought=False)
                if caught(found[0]):
                    return Answer(party, tempting, found[1])
            return Answer(party, tempting, None)

        return tuple(map(answer, moves))

    def moves(self, party: int, state: int) -> Places:
        """All moves of the party."""
        return self.model.moves[party].targets(state)

    def to_each(self, start: int, goals: Collection[int], *, by_gains: bool) -> tuple[dict[int, Way], bool]:
        """How `goals` are reached from `start`: by moves that are better for who makes them, or by any.

        The ways to those that are reached, and whether all ways were gone through.
        """
        ways: dict[int, Way] = {start: ()} if start in goals else {}
        targets = self.tempting if by_gains else self.moves
        for found in _sequences(start, range(len(self.model.parties)), targets):
            if len(ways) == len(goals):
                break
            if found is None:
                return ways, False
            if found[0] in goals:
                ways.setdefault(*found)
        return ways, True

    def together(self, group: Sequence[int], state: int, *, surely: bool = True) -> Places:
        """What the members of a group can bring about together that is better for each, or with `surely` false may be.

        What is best for who of them gains least, by ranks, comes first.
        """
        reached = np.flatnonzero(self._reached(group, state))
        reached = reached[reached != state]
        better = np.ones(len(reached), dtype=np.bool_)
        for one in group:
            ranks = self.model.preferences[one].ranks
            better &= self._read(one, state, reached, ranks[reached] > ranks[state], unknown=not surely)
        chosen = reached[better]
        gains = [self.model.preferences[one].ranks[chosen] - self.model.preferences[one].ranks[state] for one in group]
        ordered: Places = chosen[np.argsort(-np.min(gains, axis=0), kind="stable")]
        return ordered

    def _read(self, party: int, state: int, there: Places, better: Flags, *, unknown: bool) -> Flags:
        """Whether each state of `there` is better for the party, pairs that are not known being read as `unknown`."""
        if not self._unknown[party]:
            return better
        unsure = np.array([self._open(party, state, one) for one in there.tolist()], dtype=np.bool_)
        return np.where(unsure, unknown, better)

    def _reached(self, group: Sequence[int], state: int) -> Flags:
        found = np.zeros(self.model.size, dtype=np.bool_)
        moves = [self.model.moves[one] for one in group]
        cubes = [one for one in moves if isinstance(one, Cube)]
        if len(cubes) < len(moves):
            for led in _sequences(state, group, self.moves):
                if led is not None:
                    found[led[0]] = True
            return found
        found[state] = True
        held = 0
        while held < int(found.sum()):
            held = int(found.sum())
            for one in cubes:
                found = one.spread(found)
        return found

    def groups_gain(self, state: int) -> bool:
        """Whether some group of several parties gains, or may gain, by leaving a state together, wherever it goes."""
        several = (group for group in groups(range(len(self.model.parties))) if len(group) > 1)
        return any(len(self.together(group, state, surely=False)) for group in several)

    def jumps(self, state: int, goals: Flags) -> Iterator[tuple[tuple[int, ...], int]]:
        """The groups of several parties that gain by moving together to one of `goals`, each to the best of them."""
        for group in groups(range(len(self.model.parties))):
            if len(group) > 1:
                there = self.together(group, state)
                for one in there[goals[there]][:_JUMPS].tolist():
                    yield group, one


_JUMPS: Final = 3
"""States that are told of, to which one group would go together."""

Targets = Callable[[int, int], Places]


def _sequences(start: int, movers: Sequence[int], targets: Targets) -> Iterator[tuple[int, Way] | None]:
    """Every state that a legal sequence leads to, with a shortest one for each last mover; None last: too many."""
    waiting: deque[tuple[int, int, Way]] = deque([(start, -1, ())])
    seen: set[tuple[int, int]] = set()
    while waiting:
        here, last, way = waiting.popleft()
        for mover in movers:
            for there in targets(mover, here).tolist() if mover != last else ():
                if (there, mover) not in seen:
                    seen.add((there, mover))
                    longer = (*way, Step(mover, there))
                    yield there, longer
                    waiting.append((there, mover, longer))
        if len(seen) > _LOOKED_AT:
            yield None
            return
