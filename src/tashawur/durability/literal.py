"""The concepts as they are defined, state by state and sequence by sequence: slow, and what the quick ways are held to.

A relation says how a party likes the second of two states beside the first: `+` better, `-` worse, `=` equally, `U` not
known. A legal sequence of a group is a chain of moves of its members in which nobody moves twice in a row; somebody may
move again later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tashawur.durability.model import Model
from tashawur.durability.readings import EXTENSIONS, MAY, Extension, Reading, groups
from tashawur.durability.stability import CONCEPTS, Concept

Steps = Callable[[int], Sequence[int]]


class ByDefinition:
    """A model as plain lists and sets."""

    def __init__(self, model: Model) -> None:
        self.parties = range(len(model.parties))
        self.states: list[int] = model.places.tolist()
        self._reach = [{state: moves.targets(state).tolist() for state in self.states} for moves in model.moves]
        self._ranks = [one.ranks.tolist() for one in model.preferences]
        self._bands = [one.bands.tolist() for one in model.preferences]
        pairs = (one.unknown.tolist() for one in model.preferences)
        self._unknown = [{(a, b) for a, b in held} | {(b, a) for a, b in held} for held in pairs]

    def relation(self, party: int, state: int, other: int) -> str:
        """How the party likes `other` beside `state`."""
        if (state, other) in self._unknown[party]:
            return "U"
        ranks = self._ranks[party]
        return "=" if ranks[other] == ranks[state] else "+" if ranks[other] > ranks[state] else "-"

    def reached(self, steps: Mapping[object, Steps], state: int) -> set[int]:
        """What legal sequences lead to from `state`; `steps` has what each mover can do."""
        seen: set[tuple[int, object]] = set()
        waiting: list[tuple[int, object]] = [(state, None)]
        while waiting:
            here, last = waiting.pop()
            for mover, step in steps.items():
                for there in step(here) if mover != last else ():
                    if (there, mover) not in seen:
                        seen.add((there, mover))
                        waiting.append((there, mover))
        return {there for there, _ in seen}

    def moves(self, group: Sequence[int]) -> dict[object, Steps]:
        """All moves of the members of a group."""
        return {one: self._reach[one].__getitem__ for one in group}

    def gains(self, group: Sequence[int], tempts: str) -> dict[object, Steps]:
        """The moves of each member that tempt it."""

        def of(party: int) -> Steps:
            return lambda here: [q for q in self._reach[party][here] if self.relation(party, here, q) in tempts]

        return {one: of(one) for one in group}

    def stable(self, extension: Extension = "a") -> dict[Concept, list[set[int]]]:
        """By concept and party the states that are stable for it."""
        read = EXTENSIONS[extension]
        return {
            concept: [
                {state for state in self.states if self._stays(concept, party, state, read, strong=False)}
                for party in self.parties
            ]
            for concept in CONCEPTS
        }

    def strongly(self) -> dict[Concept, list[set[int]]]:
        """The same where every threat must be a great loss."""
        read = EXTENSIONS["a"]
        return {
            concept: [
                {state for state in self.states if self._stays(concept, party, state, read, strong=concept != "Nash")}
                for party in self.parties
            ]
            for concept in CONCEPTS
        }

    def _stays(self, concept: Concept, party: int, state: int, read: Reading, *, strong: bool) -> bool:
        def deters(there: int) -> bool:
            if strong:
                bands = self._bands[party]
                return bool(bands) and bands[there] < bands[state]
            return self.relation(party, state, there) in read.deters

        def holds(there: int) -> bool:
            return deters(there) and (concept != "SMR" or all(deters(last) for last in self._reach[party][there]))

        others = [other for other in self.parties if other != party]
        steps = self.gains(others, MAY) if concept == "SEQ" else self.moves(others)
        for tempting in self.gains([party], read.tempts)[party](state):
            if concept == "Nash" or not any(holds(there) for there in self.reached(steps, tempting)):
                return False
        return True

    def together(self, group: Sequence[int], state: int, tempts: str) -> list[int]:
        """What the members of a group can bring about together from `state` that tempts each of them."""
        there = self.reached(self.moves(group), state)
        return sorted(q for q in there if all(self.relation(one, state, q) in tempts for one in group))

    def coalitional(self) -> dict[Concept, set[int]]:
        """The states that no group would leave however pairs are read, a single party being a group too.

        A group is deterred by a state that is no better for some member (Kilgour, Hipel, Fang and Peng 2001; Inohara
        and Hipel 2008). Under SEQ the others answer by steps of groups of theirs, each better for all its members.
        """
        tried = list(groups(self.parties))
        return {
            concept: {
                state for state in self.states if all(self._stays_together(concept, group, state) for group in tried)
            }
            for concept in CONCEPTS
        }

    def _stays_together(self, concept: Concept, group: Sequence[int], state: int) -> bool:
        def deters(there: int) -> bool:
            return any(self.relation(one, state, there) in "-=" for one in group)

        def holds(there: int) -> bool:
            again = self.reached(self.moves(group), there) if concept == "SMR" else ()
            return deters(there) and all(map(deters, again))

        others = [other for other in self.parties if other not in group]
        steps = self._joint_gains(others) if concept == "SEQ" else self.moves(others)
        return all(
            concept != "Nash" and any(map(holds, self.reached(steps, tempting)))
            for tempting in self.together(group, state, MAY)
        )

    def _joint_gains(self, others: Sequence[int]) -> dict[object, Steps]:
        def of(group: Sequence[int]) -> Steps:
            return lambda here: self.together(group, here, MAY)

        return {group: of(group) for group in groups(others)}
