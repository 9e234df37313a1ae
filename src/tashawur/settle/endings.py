"""The undominated endings from one node of the diagram, in one of two forms that answer the same questions.

`Listed` keeps them one by one and serves any number of sides and any points. `Tabled` serves two sides whose points
span little: for every total of the first side it keeps the best of the second, which costs the same however long the
frontier is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, Self

import numpy as np
import numpy.typing as npt

from tashawur.settle.diagram import Node
from tashawur.settle.skyline import Points, undominated

Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.int64]

NOWHERE: Final = -(2**42)
"""The value of a total that no ending reaches: below any that tables hold, with room for options in its last bits."""


class Endings(Protocol):
    """The undominated endings from one node: `places` tell them apart."""

    def onward(self, places: Places) -> tuple[Ints, Ints, Places]:
        """For the lowest ending at each place: its option, the node it leads to, and its place there."""
        ...

    def reach(self, value: Sequence[int]) -> bool:
        """Whether an ending is worth just this to every side."""
        ...

    def points(self) -> tuple[Points, Places]:
        """All values, best for the first side first, with their places."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """Endings one by one, best for the first side first."""

    values: Points
    option: Ints
    node: Ints
    place: Places

    @classmethod
    def bottom(cls, sides: int) -> Self:
        """Behind the last issue: nothing, worth nothing."""
        return cls(np.zeros((1, sides), dtype=np.int64), *[np.zeros(1, dtype=np.int64)] * 3)

    @classmethod
    def merged(cls, node: Node, below: Sequence[Listed], points: Ints, need: Ints) -> Listed:
        """Those of a node from those it leads to; without what is worth less than `need` to some side."""
        parts = [below[arc.node].values + earned(points, arc.option, arc.bonus) for arc in node]
        sizes = [len(part) for part in parts]
        values = np.concatenate(parts)
        begins = np.cumsum([0, *sizes[:-1]])
        left = np.flatnonzero((values >= need).all(axis=1))
        if len(left) < len(values):
            values = values[left]
        kept = undominated(values) if len(values) else left
        whole = left[kept]
        arc = np.searchsorted(begins, whole, side="right") - 1
        options = np.array([arc.option for arc in node], dtype=np.int64)
        nodes = np.array([arc.node for arc in node], dtype=np.int64)
        return cls(values[kept], options[arc], nodes[arc], whole - begins[arc])

    def onward(self, places: Places) -> tuple[Ints, Ints, Places]:
        """See Endings."""
        return self.option[places], self.node[places], self.place[places]

    def reach(self, value: Sequence[int]) -> bool:
        """See Endings."""
        falling = -self.values[:, 0]
        begins, ends = np.searchsorted(falling, -value[0]), np.searchsorted(falling, -value[0], side="right")
        return bool((self.values[begins:ends] == value).all(axis=1).any())

    def points(self) -> tuple[Points, Places]:
        """See Endings."""
        return self.values, np.arange(len(self.values))


@dataclass(frozen=True, slots=True)
class Tabled:
    """For two sides: `best[t]` is the most for the second side where the first has `lowest + t`."""

    lowest: int
    best: Ints
    option: Ints
    first: Ints
    """By option: what picking it earns the first side, its combinations included."""
    node: Ints
    """By option: the node it leads to."""
    below: Ints
    """By option: the lowest total of that node."""

    @classmethod
    def bottom(cls) -> Self:
        """Behind the last issue: nothing, worth nothing."""
        none = np.zeros(1, dtype=np.int64)
        return cls(0, none, none, none, none, none)

    @classmethod
    def merged(cls, node: Node, below: Sequence[Tabled], points: Ints) -> Tabled:
        """Those of a node from those it leads to.

        One number holds the second side's points and, in its last bits, the option, lower options being larger: so one
        maximum picks the best, and of equals the lowest.
        """
        bits = int(len(points) - 1).bit_length()
        last = (1 << bits) - 1
        ways = [(arc.option, below[arc.node], earned(points, arc.option, arc.bonus)) for arc in node]
        lowest = min(under.lowest + int(gain[0]) for _, under, gain in ways)
        highest = max(under.lowest + int(gain[0]) + len(under.best) for _, under, gain in ways)
        held = np.full(highest - lowest, NOWHERE << bits, dtype=np.int64)
        for option, under, gain in ways:
            begins = under.lowest + int(gain[0]) - lowest
            reached = held[begins : begins + len(under.best)]
            np.maximum(reached, (under.best << bits) + ((int(gain[1]) << bits) + last - option), out=reached)
        first, nodes, lows = (np.zeros(len(points), dtype=np.int64) for _ in range(3))
        for arc, (option, under, gain) in zip(node, ways, strict=True):
            first[option], nodes[option], lows[option] = gain[0], arc.node, under.lowest
        return cls(lowest, held >> bits, last - (held & last), first, nodes, lows)

    def onward(self, places: Places) -> tuple[Ints, Ints, Places]:
        """See Endings; a place is a total of the first side, counted from the lowest."""
        option = self.option[places]
        return option, self.node[option], places + (self.lowest - self.first[option] - self.below[option])

    def reach(self, value: Sequence[int]) -> bool:
        """See Endings."""
        place = value[0] - self.lowest
        return 0 <= place < len(self.best) and self.best.item(place) == value[1]

    def points(self) -> tuple[Points, Places]:
        """See Endings: without the totals at which a higher total is as good for the second side."""
        falling = self.best[::-1]
        better = np.empty(len(falling), dtype=np.bool_)
        better[0] = True
        np.greater(falling[1:], np.maximum.accumulate(falling)[:-1], out=better[1:])
        places = len(falling) - 1 - np.flatnonzero(better & (falling > NOWHERE // 2))
        return np.stack([places + self.lowest, self.best[places]], axis=1), places


def earned(points: Ints, option: int, bonus: tuple[int, ...] | None) -> Ints:
    """What picking the option earns each side, the combinations that it completes included."""
    gain: Ints = points[option]
    return gain if bonus is None else gain + np.array(bonus, dtype=np.int64)
