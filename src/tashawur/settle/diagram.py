"""All packages that keep the rules, as a layered diagram: one layer for each issue, in the file's order.

A path from the top to the bottom is a package. Two beginnings of packages lead to the same node when the rules and
bonuses leave them the same freedom from there on, so that a few nodes stand for very many packages. This is a decision
diagram (Bergman, Cire, van Hoeve, Hooker: Decision Diagrams for Optimization, 2016), exact, its order fixed: the first
path in the order of options is the lowest package.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tashawur.settle.values import Bonus, Box, Scenario, Side

WIDTH: Final = 2_000
"""Nodes in one layer at most: beyond, rules tie so many issues together that a solver is the faster way."""


class TooWideError(Exception):
    """The diagram would need more nodes in one layer than allowed. Caught by whoever has another way."""


@dataclass(frozen=True, slots=True)
class Arc:
    """Picking `option` leads to the node `node` of the next layer and, by its combinations, earns `bonus` a side."""

    option: int
    node: int
    bonus: tuple[int, ...] | None = None


Node = tuple[Arc, ...]
"""The options left, lowest first. From every node at least one path leads to the bottom."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """`layers[issue][node]`; the top is node 0 of layer 0. With no package at all, `layers` is empty."""

    layers: tuple[tuple[Node, ...], ...]

    @property
    def nodes(self) -> int:
        """How many nodes there are in all layers."""
        return sum(map(len, self.layers))

    @property
    def count(self) -> int:
        """How many packages there are."""
        if not self.layers:
            return 0
        below = [1]
        for layer in reversed(self.layers):
            below = [sum(below[arc.node] for arc in node) for node in layer]
        return below[0]


@dataclass(slots=True)
class _Watch:
    """What is watched at one issue: bits stand for boxes."""

    begins: int
    ends: int
    breaks: list[int]
    """By option: the boxes that picking it leaves."""
    costs: list[tuple[int, ...]]
    """By option: what it costs of every budget."""


def diagram(scenario: Scenario, *, lines: Sequence[Side] = (), bonuses: bool = True, width: int = WIDTH) -> Diagram:
    """The packages that keep the public rules and cross no red line of the sides `lines`.

    Without `bonuses` the arcs earn nothing: enough to count. Raises TooWideError beyond `width` nodes in a layer.
    """
    forbidden = [*scenario.forbidden, *(line for side in lines for line in side.red_lines)]
    earned = [(place, bonus) for place, side in enumerate(scenario.sides) for bonus in side.bonuses] if bonuses else []
    boxes = [*forbidden, *(bonus.box for _, bonus in earned)]
    watches = list(_watches(scenario, boxes))
    rests = _rests(watches)
    rules = (1 << len(forbidden)) - 1
    bits = [(1 << (len(forbidden) + place), side, bonus) for place, (side, bonus) in enumerate(earned)]
    sides = len(scenario.sides)
    state = 0, tuple(min(budget.limit, most) for budget, most in zip(scenario.budgets, rests[0][1], strict=True))
    if any(slack < least for slack, least in zip(state[1], rests[0][0], strict=True)):
        return Diagram(())
    states = {state: 0}
    layers: list[list[Node]] = []
    for watch, rest in zip(watches, rests[1:], strict=True):
        following: dict[tuple[int, tuple[int, ...]], int] = {}
        layer: list[Node] = []
        for live, slacks in states:
            arcs = []
            for option, breaks in enumerate(watch.breaks):
                alive = (live | watch.begins) & ~breaks
                held = alive & watch.ends
                left = _left(slacks, watch.costs[option], rest)
                if held & rules or left is None:
                    continue
                node = following.setdefault((alive & ~watch.ends, left), len(following))
                arcs.append(Arc(option, node, _bonus(held, bits, sides) if held else None))
            layer.append(tuple(arcs))
            if len(following) > width:
                raise TooWideError
        layers.append(layer)
        states = following
    return _without_dead_ends(layers)


def _watches(scenario: Scenario, boxes: Sequence[Box]) -> Iterator[_Watch]:
    spans = [(min(box.options), max(box.options)) for box in boxes]
    inside: list[list[tuple[int, frozenset[int]]]] = [[] for _ in scenario.issues]
    for place, box in enumerate(boxes):
        for issue, chosen in box.options.items():
            inside[issue].append((1 << place, chosen))
    begins, ends = [0] * len(scenario.issues), [0] * len(scenario.issues)
    for place, (first, last) in enumerate(spans):
        begins[first] |= 1 << place
        ends[last] |= 1 << place
    for issue, held in enumerate(scenario.issues):
        options = range(len(held.options))
        breaks = [sum(bit for bit, chosen in inside[issue] if option not in chosen) for option in options]
        costs = [
            tuple(budget.costs[issue][option] if issue in budget.costs else 0 for budget in scenario.budgets)
            for option in options
        ]
        yield _Watch(begins[issue], ends[issue], breaks, costs)


def _rests(watches: Sequence[_Watch]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """By issue: the least and the most that it and those behind it can cost of every budget."""
    none = (0,) * len(watches[0].costs[0])
    rests = [(none, none)]
    for watch in reversed(watches):
        least, most = rests[-1]
        by_budget = list(zip(*watch.costs, strict=True))
        rests.append(
            (
                tuple(held + min(costs) for held, costs in zip(least, by_budget, strict=True)),
                tuple(held + max(costs) for held, costs in zip(most, by_budget, strict=True)),
            )
        )
    return rests[::-1]


def _left(
    slacks: tuple[int, ...], costs: tuple[int, ...], rest: tuple[tuple[int, ...], tuple[int, ...]]
) -> tuple[int, ...] | None:
    """What is left of every budget, no more told than can still be spent; None when one cannot be kept."""
    if not slacks:
        return slacks
    least, most = rest
    left = tuple(min(slack - cost, top) for slack, cost, top in zip(slacks, costs, most, strict=True))
    return None if any(slack < need for slack, need in zip(left, least, strict=True)) else left


def _bonus(held: int, bits: Sequence[tuple[int, int, Bonus]], sides: int) -> tuple[int, ...] | None:
    points = [0] * sides
    for bit, side, bonus in bits:
        if held & bit:
            points[side] += bonus.points
    return tuple(points) if any(points) else None


def _without_dead_ends(layers: Sequence[Sequence[Node]]) -> Diagram:
    """The same packages, without the nodes from which none leads on."""
    kept: list[tuple[Node, ...]] = []
    places = {0: 0}
    for layer in reversed(layers):
        alive: dict[int, int] = {}
        nodes: list[Node] = []
        for place, node in enumerate(layer):
            arcs = tuple(Arc(arc.option, places[arc.node], arc.bonus) for arc in node if arc.node in places)
            if arcs:
                alive[place] = len(nodes)
                nodes.append(arcs)
        kept.append(tuple(nodes))
        places = alive
    return Diagram(tuple(kept[::-1]) if places else ())
