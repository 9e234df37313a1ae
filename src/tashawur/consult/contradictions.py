"""Acts that all have signed and that contradict each other: all stay signed, and none of them is carried out.

Of acts of one sort, those that another names as what it amends give way to it. What is left contradicts itself where
two acts say different things of the same; then what they all go back to holds, until an act that all have signed says
which of them stands. Nothing here looks at an hour or at the order of arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

ActOf = TypeVar("ActOf")


@dataclass(frozen=True, slots=True)
class Signed(Generic[ActOf]):
    """An act that all have signed: its entry, what it amends, and what it says of each thing."""

    id: str
    act: ActOf
    says: Mapping[str, Any]
    amends: str | None = None


@dataclass(frozen=True, slots=True)
class Holding(Generic[ActOf]):
    """What holds, and the ids of acts that contradict each other, each group in order."""

    holds: tuple[Signed[ActOf], ...]
    contradict: tuple[tuple[str, ...], ...]


def holding(acts: Iterable[Signed[ActOf]], overruled: frozenset[str] = frozenset()) -> Holding[ActOf]:
    """Which of the acts hold. `overruled` are those of which an act of all says that another stands."""
    by_id = {one.id: one for one in sorted(acts, key=lambda one: one.id)}
    older = {name: _older(name, by_id) for name in by_id}
    amended = {before for name, found in older.items() if name not in overruled for before in found}
    live = [one for name, one in by_id.items() if name not in amended and name not in overruled]
    groups = _contradicting(live)
    out = {name for group in groups for name in group}
    back = [_shared(group, older) for group in groups]
    holds = {one.id: one for one in live if one.id not in out}
    holds |= {name: by_id[name] for name in back if name is not None and name not in overruled}
    return Holding(tuple(holds[name] for name in sorted(holds)), groups)


def _older(name: str, by_id: Mapping[str, Signed[ActOf]]) -> list[str]:
    """The acts that one goes back to, the nearest first. No entry names a later one: there is no circle."""
    found = []
    before = by_id[name].amends
    while before is not None and before in by_id and before not in found:
        found.append(before)
        before = by_id[before].amends
    return found


def _shared(group: Sequence[str], older: Mapping[str, Sequence[str]]) -> str | None:
    """The nearest act that all of the group go back to."""
    return next((name for name in older[group[0]] if all(name in older[other] for other in group[1:])), None)


def _contradicting(live: Sequence[Signed[ActOf]]) -> tuple[tuple[str, ...], ...]:
    """Groups of acts that are tied by saying different things of the same."""
    speaking: defaultdict[str, list[Signed[ActOf]]] = defaultdict(list)
    for one in live:
        for thing in one.says:
            speaking[thing].append(one)
    group_of: dict[str, set[str]] = {}
    for thing, tied in speaking.items():
        if any(one.says[thing] != tied[0].says[thing] for one in tied[1:]):
            joined = set[str]().union(*(group_of.get(one.id, {one.id}) for one in tied))
            for name in joined:
                group_of[name] = joined
    return tuple(sorted({tuple(sorted(group)) for group in group_of.values()}))
