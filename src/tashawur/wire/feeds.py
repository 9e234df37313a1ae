"""Which entries a node holds, as far as another must know it: by feed, by branch, in the order of admission."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from heapq import merge

from tashawur.wire.messages import MOST_MARKS, Marks, Standing


class _Branch:
    """A line of entries without a fork; it leaves `parent` behind the number `first` - 1, or starts the feed."""

    __slots__ = ("first", "ids", "parent", "places")

    def __init__(self, parent: _Branch | None, first: int) -> None:
        self.parent = parent
        self.first = first
        self.ids: list[str] = []
        self.places: list[int] = []

    @property
    def last(self) -> int:
        return self.first + len(self.ids) - 1

    def at(self, seq: int) -> str:
        """The id of the entry with this number, on the branch or on those that it comes from."""
        branch = self
        while seq < branch.first and branch.parent is not None:
            branch = branch.parent
        return branch.ids[seq - branch.first]

    def rest(self, covered: int, start: int) -> Iterator[int]:
        """The places from `start` on of the entries with numbers beyond `covered`."""
        number = max(covered + 1 - self.first, bisect_left(self.places, start), 0)
        while number < len(self.places):
            yield self.places[number]
            number += 1


class Feeds:
    """What was admitted, entry by entry; the first has the place 0. Lines are kept elsewhere, by their places."""

    def __init__(self) -> None:
        self._branches: dict[str, list[_Branch]] = {}
        self._where: dict[str, tuple[_Branch, int]] = {}

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, name: str) -> bool:
        return name in self._where

    def add(self, name: str, feed: str, seq: int, prev: str) -> None:
        """Adds the entry that was admitted next, whose `prev` is there already."""
        branch = None
        if prev:
            branch, before = self._where[prev]
            if branch.last != before:
                branch = self._new(feed, branch, seq)
        if branch is None:
            branch = self._new(feed, None, seq)
        branch.ids.append(name)
        branch.places.append(len(self._where))
        self._where[name] = (branch, seq)

    def _new(self, feed: str, parent: _Branch | None, first: int) -> _Branch:
        branch = _Branch(parent, first)
        self._branches.setdefault(feed, []).append(branch)
        return branch

    def standing(self) -> Standing:
        """The last entry of each branch, and entries 1, 2, 4, 8 … numbers before it; the longest branches first."""
        heads: Marks = {}
        marks: Marks = {}
        for feed, branches in sorted(self._branches.items()):
            longest = sorted(branches, key=lambda one: (-one.last, one.at(one.last)))
            heads[feed] = tuple(sorted((one.last, one.at(one.last)) for one in longest[:MOST_MARKS]))
            behind = dict.fromkeys((seq, one.at(seq)) for one in longest[:MOST_MARKS] for seq in _before(one.last))
            if behind:
                marks[feed] = tuple(sorted(list(behind)[:MOST_MARKS]))
        return Standing(heads=heads, marks=marks)

    def lacking(self, have: Standing, start: int = 0) -> Iterator[int]:
        """The places, in order and from `start` on, of the entries that whoever holds `have` lacks."""
        covered = self._covered(have)
        every = (one for branches in self._branches.values() for one in branches)
        return merge(*(one.rest(covered.get(one, 0), start) for one in every))

    def _covered(self, have: Standing) -> dict[_Branch, int]:
        """The number up to which whoever holds `have` has each branch."""
        found: dict[_Branch, int] = {}
        for named in (*have.heads.values(), *have.marks.values()):
            for _, name in named:
                where = self._where.get(name)
                while where is not None and found.get(where[0], 0) < where[1]:
                    branch, found[branch] = where
                    where = (branch.parent, branch.first - 1) if branch.parent else None
        return found


def _before(last: int) -> Iterator[int]:
    step = 1
    while last - step >= 1:
        yield last - step
        step *= 2
