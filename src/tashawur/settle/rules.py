"""Rules as people state them, in the two forms that the search knows: forbidden boxes and budgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from tashawur.settle.values import Box, Budget, Issue

Chosen = Mapping[int, Set[int]]
"""Options by issue, by their places: one of them on every issue named."""


def forbids(chosen: Chosen) -> Iterator[Box]:
    """None of these options, whatever else is picked."""
    for issue, options in chosen.items():
        yield Box({issue: frozenset(options)})


def excludes(chosen: Chosen) -> Box:
    """Not all of these together."""
    return Box({issue: frozenset(options) for issue, options in chosen.items()})


def requires(when: Chosen, then: Chosen, issues: Sequence[Issue]) -> Iterator[Box]:
    """Whenever all of `when` hold, all of `then` hold: what breaks it is a forbidden box for each issue of `then`."""
    for issue, options in then.items():
        others = frozenset(range(len(issues[issue].options))) - frozenset(options)
        broken = {place: frozenset(held) for place, held in when.items()}
        broken[issue] = others & broken.get(issue, others)
        if all(broken.values()):
            yield Box(broken)


def at_most(count: int, chosen: Chosen, issues: Sequence[Issue]) -> Budget:
    """At most `count` of these options."""
    costs = {
        issue: tuple(int(option in options) for option in range(len(issues[issue].options)))
        for issue, options in chosen.items()
    }
    return Budget(costs, count)
