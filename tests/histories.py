"""Whether what several processes saw of one journal can be: the model, and the checker.

The model: a journal is a list that only grows. An append takes effect at one instant between its call and its answer,
and its value then stands at the end of the list, once and for ever. A read gives the whole list at one instant between
its call and its answer. An append that was refused never takes effect. One whose process was killed before the answer
came takes effect at some instant after its call, or never.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Done:
    """What a process did: `begun` and `ended` are moments of one clock; `ended` None: no answer came.

    `value` is what it appended; `saw` is what it read. `taken` False: the append was refused.
    """

    process: str
    begun: int
    ended: int | None
    value: str | None = None
    saw: tuple[str, ...] | None = None
    taken: bool = True


def parsed(lines: Iterable[str]) -> list[Done]:
    """The history in the lines that processes wrote: one when they begin something, one when it has ended."""
    open_now: dict[str, Done] = {}
    found = []
    for line in lines:
        if not line.endswith("\n"):
            continue  # cut off by a kill: it was not said
        told = json.loads(line)
        if "begun" in told:
            open_now[told["process"]] = Done(told["process"], told["begun"], None, told.get("value"))
        else:
            begun = open_now.pop(told["process"])
            saw = tuple(told["saw"]) if "saw" in told else None
            found.append(Done(begun.process, begun.begun, told["ended"], begun.value, saw, told.get("taken", True)))
    return found + list(open_now.values())


def impossible(history: Sequence[Done], final: Sequence[str]) -> str | None:
    """Why the model cannot have given this history and this list at the end; None when it can."""
    places = {value: place for place, value in enumerate(final)}
    if len(places) < len(final):
        return "a value stands twice"
    appends = {one.value: one for one in history if one.value is not None}
    if unknown := places.keys() - appends.keys():
        return f"{sorted(unknown)[0]} was never appended"
    for value, one in appends.items():
        if one.ended is not None and one.taken and value not in places:
            return f"{value} was acknowledged and is lost"
        if not one.taken and value in places:
            return f"{value} was refused and is there"
    return _order(appends, final) or _reads([one for one in history if one.saw is not None], appends, final)


def _order(appends: dict[str, Done], final: Sequence[str]) -> str | None:
    """An append that was answered before another was called stands before it."""
    latest = -1
    for value in final:
        one = appends[value]
        if one.ended is not None and one.ended < latest:
            return f"{value} stands after one that was called when it was done"
        latest = max(latest, one.begun)
    return None


def _reads(reads: Sequence[Done], appends: dict[str, Done], final: Sequence[str]) -> str | None:
    """Each read is a beginning of the list: with all that was answered before its call, and nothing called after it."""
    for read in reads:
        assert read.saw is not None
        if tuple(final[: len(read.saw)]) != read.saw:
            return "a read is no beginning of the list"
        for value in final[len(read.saw) :]:
            ended = appends[value].ended
            if ended is not None and ended < read.begun:
                return f"a read did not see {value}, which was done before"
        for value in read.saw:
            if read.ended is not None and appends[value].begun > read.ended:
                return f"a read saw {value} before it was called"
    ordered = sorted((one for one in reads if one.ended is not None), key=lambda one: one.ended or 0)
    for earlier, later in pairwise(ordered):
        if (earlier.ended or 0) < later.begun and len(earlier.saw or ()) > len(later.saw or ()):
            return "a later read saw less"
    return None
