"""Stability where preferences are any relation of pairs: pairs that are not known, and groups that move together.

No single number stands for what deters, so sets of states are kept, a bit for each state: for every state those that
the others can bring about from it. Exact for all moves, transitive or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tashawur.durability.model import Model
from tashawur.durability.moves import Flags, Places
from tashawur.durability.readings import EXTENSIONS, MAY, Extension, groups
from tashawur.durability.stability import CONCEPTS, Concept, Stability

MOST_UNKNOWN: Final = 2**12
"""States of a model with pairs that are not known."""
MOST_TOGETHER: Final = 2**9
"""States of a model in which groups are tried on every state."""

Words = npt.NDArray[np.uint64]
"""A set of states in each row, a bit for each state."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Moves from a state to another, in slots: no state begins two moves of one slot."""

    slots: tuple[tuple[Places, Places], ...]

    def united(self, sets: Words) -> Words:
        """For each state the union of the sets of those that its moves lead to."""
        found = np.zeros_like(sets)
        for here, there in self.slots:
            found[here] |= sets[there]
        return found

    def common(self, sets: Words) -> Words:
        """For each state what is in its set and in all sets of those that its moves lead to."""
        found = sets.copy()
        for here, there in self.slots:
            found[here] &= sets[there]
        return found

    def edges(self) -> tuple[Places, Places]:
        """All moves."""
        nothing = np.empty(0, dtype=np.int64)
        return (
            np.concatenate([nothing, *(here for here, _ in self.slots)]),
            np.concatenate([nothing, *(there for _, there in self.slots)]),
        )

    def those(self, chosen: Flags) -> Steps:
        """The moves that are chosen; `chosen[here, there]`."""
        held = ((here, there, chosen[here, there]) for here, there in self.slots)
        return Steps(tuple((here[kept], there[kept]) for here, there, kept in held if kept.any()))


def steps_of(here: Places, there: Places) -> Steps:
    """Moves in slots."""
    order = np.argsort(here, kind="stable")
    here, there = here[order], there[order]
    number = np.arange(len(here)) - np.searchsorted(here, here)
    slots = range(int(number.max()) + 1 if len(number) else 0)
    return Steps(tuple((here[number == slot], there[number == slot]) for slot in slots))


def reached(movers: Sequence[Steps], states: int) -> Words:
    """For each state what legal sequences of the movers lead to: nobody moves twice in a row."""
    itself = _packed(np.eye(states, dtype=np.bool_))
    arrived = [itself] * len(movers)
    """By who has moved last: the state, and what follows it."""
    after = [one.united(itself) for one in movers]
    while True:
        anew = [
            np.bitwise_or.reduce([itself, *(held for other, held in enumerate(after) if other != last)])
            for last in range(len(movers))
        ]
        changed = [not np.array_equal(one, before) for one, before in zip(anew, arrived, strict=True)]
        if not any(changed):
            found: Words = np.bitwise_or.reduce([np.zeros_like(itself), *after])
            return found
        arrived = anew
        for last, mover in enumerate(movers):
            if changed[last]:
                after[last] = mover.united(arrived[last])


def _packed(marked: Flags) -> Words:
    """The rows as bits, filled up to whole words: as one long row, which is much quicker than row by row."""
    rows, columns = marked.shape
    whole = np.zeros((rows, -(-columns // 64) * 64), dtype=np.bool_)
    whole[:, :columns] = marked
    return np.packbits(whole.reshape(-1), bitorder="little").view(np.uint64).reshape(rows, -1)


def _unpacked(sets: Words, states: int) -> Flags:
    bits = np.unpackbits(np.ascontiguousarray(sets).view(np.uint8).reshape(-1), bitorder="little")
    return bits.view(np.bool_).reshape(len(sets), -1)[:, :states]


_AT_ONCE: Final = 2**14


def _held(tempting: Steps, answers: Words, deterring: Words) -> Flags:
    """Whether from each state every tempting move can be answered by a state that deters."""
    found = np.ones(len(answers), dtype=np.bool_)
    here, there = tempting.edges()
    for begin in range(0, len(here), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        answered = (answers[there[part]] & deterring[here[part]]).any(axis=-1)
        found[here[part][~answered]] = False
    return found


def _inescapable(deterring: Words, own: Steps) -> Words:
    """For each state what deters from leaving it and cannot be left, by `own` moves, for anything that does not."""
    return _turned(own.common(_turned(deterring)))


def _turned(sets: Words) -> Words:
    """Rows as columns: 64 x 64 bits at a time, halves exchanged, then quarters, down to single bits."""
    rows, words = len(sets), sets.shape[1]
    whole = np.zeros((words * 64, words), dtype=np.uint64)
    whole[:rows] = sets
    blocks = np.ascontiguousarray(whole.reshape(words, 64, words).transpose(0, 2, 1))
    half, kept = 32, 2**32 - 1
    while half:
        pairs = blocks.reshape(words, words, -1, 2, half)
        upper, lower = pairs[..., 0, :], pairs[..., 1, :]
        change = ((upper >> np.uint64(half)) ^ lower) & np.uint64(kept)
        lower ^= change
        upper ^= change << np.uint64(half)
        half >>= 1
        kept ^= kept << half & 2**64 - 1
    return np.ascontiguousarray(blocks.transpose(1, 2, 0)).reshape(-1, words)[:rows]


class Related:
    """A model of at most a few thousand states, its states by their order."""

    def __init__(self, model: Model) -> None:
        places = model.places
        self.states = len(places)
        order = np.full(model.size, -1, dtype=np.int64)
        order[places] = np.arange(len(places))
        self._model = model
        self._steps = [steps_of(*(order[ends] for ends in moves.edges())) for moves in model.moves]
        self._better: list[Flags] = []
        self._unknown: list[Flags] = []
        for own in model.preferences:
            ranks = own.ranks[places]
            pairs = order[own.unknown]
            unknown = np.zeros((self.states, self.states), dtype=np.bool_)
            unknown[pairs[:, 0], pairs[:, 1]] = unknown[pairs[:, 1], pairs[:, 0]] = True
            self._better.append((ranks[None, :] > ranks[:, None]) & ~unknown)
            self._unknown.append(unknown)

    def extensions(self) -> dict[Extension, Stability]:
        """Stability by each way to read the pairs that are not known; flags by the model's places."""
        found: dict[Extension, dict[Concept, list[Flags]]] = {
            extension: {concept: [] for concept in CONCEPTS} for extension in EXTENSIONS
        }
        may = [self._tempting(party, MAY) for party in range(len(self._steps))]
        for party in range(len(self._steps)):
            others = [other for other in range(len(self._steps)) if other != party]
            by_moves = reached([self._steps[other] for other in others], self.states)
            by_gains = reached([may[other] for other in others], self.states)
            for extension, read in EXTENSIONS.items():
                tempting = self._tempting(party, read.tempts)
                deters = ~self._better[party] & ("U" in read.deters or ~self._unknown[party])
                held = self._held(tempting, (by_moves, by_gains), deters, self._steps[party])
                for concept, one in held.items():
                    found[extension][concept].append(self._by_place(one))
        return {
            extension: {concept: np.stack(one) for concept, one in by_concept.items()}
            for extension, by_concept in found.items()
        }

    def _tempting(self, party: int, tempts: str) -> Steps:
        chosen = self._better[party] | self._unknown[party] if "U" in tempts else self._better[party]
        return self._steps[party].those(chosen)

    def _held(self, tempting: Steps, answers: tuple[Words, Words], deters: Flags, own: Steps) -> dict[Concept, Flags]:
        by_moves, by_gains = answers
        packed = _packed(deters)
        nobody = np.zeros_like(packed)
        return {
            "Nash": _held(tempting, nobody, nobody),
            "GMR": _held(tempting, by_moves, packed),
            "SMR": _held(tempting, by_moves, _inescapable(packed, own)),
            "SEQ": _held(tempting, by_gains, packed),
        }

    def _by_place(self, held: Flags) -> Flags:
        found = np.zeros(self._model.size, dtype=np.bool_)
        found[self._model.places[held]] = True
        return found

    def coalitional(self) -> dict[Concept, Flags]:
        """The states that no group would leave, however pairs are read, a single party being a group too."""
        parties = range(len(self._steps))
        reach = {group: reached([self._steps[one] for one in group], self.states) for group in groups(parties)}
        gains = {group: self._together(group, sets) for group, sets in reach.items()}
        found = {concept: np.ones(self.states, dtype=np.bool_) for concept in CONCEPTS}
        for group, together in gains.items():
            others = tuple(other for other in parties if other not in group)
            by_moves = reached([self._steps[other] for other in others], self.states)
            by_gains = reached([gains[one] for one in groups(others)], self.states)
            deters = np.logical_or.reduce([~self._better[one] & ~self._unknown[one] for one in group])
            own = steps_of(*np.nonzero(_unpacked(reach[group], self.states)))
            for concept, one in self._held(together, (by_moves, by_gains), deters, own).items():
                found[concept] &= one
        return {concept: self._by_place(one) for concept, one in found.items()}

    def _together(self, group: Sequence[int], reach: Words) -> Steps:
        better = np.logical_and.reduce([self._better[one] | self._unknown[one] for one in group])
        return steps_of(*np.nonzero(_unpacked(reach, self.states) & better))
