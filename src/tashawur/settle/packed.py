"""The undominated endings of three sides whose points span little: each is one number.

The number holds, in bits of their own, what the ending is worth less to each side than the most that any ending from
its issue on is worth. So the smaller number is the better one for the first side, then for the second and the third;
whatever an option costs the sides is one addition; and a list in order stays in order when it is added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from tashawur.settle.diagram import Diagram, Node
from tashawur.settle.endings import Ints, Places, earned
from tashawur.settle.skyline import Points, undominated_losses

BITS: Final = 62
"""What one number holds."""


@dataclass(frozen=True, slots=True)
class Packing:
    """How the losses of three sides stand in one number, and what is the most that endings are worth.

    `spans[side]` is the most that an ending can lose; `most[issue]` is what no ending from the issue on is worth more
    than, by side, and behind the last issue nothing. Private: not shown by `repr`.
    """

    spans: tuple[int, int, int] = field(repr=False)
    most: Sequence[Ints] = field(repr=False)

    @classmethod
    def of(cls, packages: Diagram, points: Sequence[Ints]) -> Self | None:
        """The packing for all endings of the diagram; None where one number does not hold them."""
        most = [np.zeros(3, dtype=np.int64)]
        least = [0, 0, 0]
        for layer, gains in zip(reversed(packages.layers), reversed(points), strict=True):
            ways = np.array([earned(gains, arc.option, arc.bonus) for node in layer for arc in node])
            most.append(most[-1] + ways.max(axis=0))
            least = [held + int(worst) for held, worst in zip(least, ways.min(axis=0), strict=True)]
        first, second, third = (int(best) - worst for best, worst in zip(most[-1], least, strict=True))
        packing = cls((first, second, third), most[::-1])
        return packing if sum(packing.bits) <= BITS else None

    @property
    def bits(self) -> tuple[int, int, int]:
        """How many bits the loss of each side has in the number."""
        first, second, third = self.spans
        return first.bit_length(), second.bit_length(), third.bit_length()

    def packed(self, losses: Sequence[int]) -> int:
        """The losses of the three sides as one number; of sums of losses, the sum."""
        first, second, third = losses
        _, *bits = self.bits
        return (first << bits[0] | second) << bits[1] | third

    def losses(self, held: Ints) -> tuple[Ints, Ints, Ints]:
        """What each side loses in each of the numbers."""
        _, second, third = self.bits
        return held >> (second + third), (held >> third) & ((1 << second) - 1), held & ((1 << third) - 1)

    def within(self, held: Ints, room: Ints) -> npt.NDArray[np.bool_] | None:
        """Which of the numbers lose no more than `room` to any side; None: all do."""
        if (room >= self.spans).all():
            return None
        within = np.ones(len(held), dtype=np.bool_)
        for losses, most in zip(self.losses(held), room, strict=True):
            within &= losses <= most
        return within


@dataclass(frozen=True, slots=True)
class Packed:
    """Endings as numbers, best for the first side first. A way is an arc of the node, by its place there."""

    held: Ints
    way: Places
    place: Places
    option: Ints
    """By way: the option picked."""
    node: Ints
    """By way: the node it leads to."""
    most: Ints
    packing: Packing

    @classmethod
    def bottom(cls, packing: Packing) -> Self:
        """Behind the last issue: nothing, worth nothing."""
        none = np.zeros(1, dtype=np.int64)
        return cls(none, none, none, none, none, packing.most[-1], packing)

    @classmethod
    def merged(cls, node: Node, below: Sequence[Packed], points: Ints, most: Ints, need: Ints) -> Packed:
        """Those of a node from those it leads to, `most` being what none is worth more than.

        Without what is worth less than `need` to some side.
        """
        packing = below[0].packing
        parts = []
        for arc in node:
            under = below[arc.node]
            lost = most - under.most - earned(points, arc.option, arc.bonus)
            parts.append(under.held + packing.packed(lost.tolist()))
        held = np.concatenate(parts)
        begins = np.cumsum([0, *map(len, parts)])
        acceptable = packing.within(held, most - need)
        if acceptable is None:
            kept = undominated_losses(held, packing.bits)
        else:
            left = np.flatnonzero(acceptable)
            kept = left[undominated_losses(held[left], packing.bits)]
        way = np.searchsorted(begins, kept, side="right") - 1
        place = kept - begins[way]
        return cls(
            held[kept],
            way.astype(np.min_scalar_type(len(node))),
            place.astype(np.min_scalar_type(max(map(len, parts)))),
            np.array([arc.option for arc in node], dtype=np.int64),
            np.array([arc.node for arc in node], dtype=np.int64),
            most,
            packing,
        )

    def onward(self, places: Places) -> tuple[Ints, Ints, Places]:
        """See Endings."""
        way = self.way[places]
        return self.option[way], self.node[way], self.place[places]

    def reach(self, value: Sequence[int]) -> bool:
        """See Endings."""
        losses = (self.most - np.array(value, dtype=np.int64)).tolist()
        if any(not 0 <= loss <= span for loss, span in zip(losses, self.packing.spans, strict=True)):
            return False
        asked = self.packing.packed(losses)
        place = int(np.searchsorted(self.held, asked))
        return place < len(self.held) and self.held.item(place) == asked

    def points(self) -> tuple[Points, Places]:
        """See Endings."""
        return self.most - np.stack(self.packing.losses(self.held), axis=1), np.arange(len(self.held))
