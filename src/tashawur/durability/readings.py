"""How pairs of states are read of which it is not known what a party would rather have; and groups of parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Final, Literal

Extension = Literal["a", "b", "c", "d"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How pairs are read of which it is not known what a party would rather have: what tempts it, and what deters."""

    tempts: str
    deters: str


EXTENSIONS: Final[Mapping[Extension, Reading]] = MappingProxyType(
    {
        "a": Reading("+U", "-="),
        "b": Reading("+", "-="),
        "c": Reading("+U", "-=U"),
        "d": Reading("+", "-=U"),
    }
)
"""Li, Hipel, Kilgour and Fang 2004. What is stable by `a` is so however pairs are read, what is not by `d`, never."""

MAY: Final = "+U"
"""By what the others may move when they answer with moves that are better for them."""


def groups(parties: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every group of the parties, one party being a group too, the small ones first."""
    for size in range(len(parties)):
        yield from combinations(parties, size + 1)
