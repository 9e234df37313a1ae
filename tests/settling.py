"""Small scenarios, and slow obvious answers to hold the engine against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from hypothesis import strategies as st

from tashawur.settle.values import Bonus, Box, Budget, Issue, Package, Scenario, Side

Key = Callable[[Package], object]


@st.composite
def boxes(draw: st.DrawFn, shape: Sequence[int]) -> Box:
    places = draw(st.sets(st.sampled_from(range(len(shape))), min_size=1, max_size=3))
    return Box({place: frozenset(draw(st.sets(st.integers(0, shape[place] - 1), max_size=2))) for place in places})


@st.composite
def sides(draw: st.DrawFn, name: str, shape: Sequence[int]) -> Side:
    points = tuple(tuple(draw(st.integers(-4, 9)) for _ in range(size)) for size in shape)
    bonuses = draw(st.lists(st.builds(Bonus, boxes(shape), st.integers(-6, 6)), max_size=2))
    lines = draw(st.lists(boxes(shape), max_size=1))
    unit = draw(st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 3), Fraction(5, 2)]))
    return Side(name, points, draw(st.integers(-6, 8)), tuple(lines), tuple(bonuses), unit)


@st.composite
def scenarios(draw: st.DrawFn, most: int = 4) -> Scenario:
    shape = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    issues = tuple(Issue(f"issue {n}", tuple(f"option {o}" for o in range(size))) for n, size in enumerate(shape))
    count = draw(st.integers(2, most))
    forbidden = draw(st.lists(boxes(shape), max_size=2))
    costs = {place: tuple(draw(st.integers(0, 4)) for _ in range(size)) for place, size in enumerate(shape)}
    budgets = [Budget(costs, draw(st.integers(-1, 9)))] if draw(st.booleans()) else []
    return Scenario(
        issues, tuple(draw(sides(f"side {n}", shape)) for n in range(count)), tuple(forbidden), tuple(budgets)
    )


def packages(scenario: Scenario) -> Iterator[Package]:
    """All packages, the lowest first."""
    return product(*(range(len(issue.options)) for issue in scenario.issues))


def acceptable(scenario: Scenario) -> list[Package]:
    return [package for package in packages(scenario) if scenario.acceptable(package)]


def dominated(values: Sequence[int], others: Sequence[Sequence[int]]) -> bool:
    return any(all(a >= b for a, b in zip(o, values, strict=True)) and tuple(o) != tuple(values) for o in others)


def frontier(scenario: Scenario) -> dict[tuple[int, ...], list[Package]]:
    """The packages that reach each point of the frontier, the lowest first."""
    reached: dict[tuple[int, ...], list[Package]] = {}
    for package in acceptable(scenario):
        reached.setdefault(scenario.values(package), []).append(package)
    return {values: reached[values] for values in sorted(reached, reverse=True) if not dominated(values, list(reached))}


def first(scenario: Scenario, key: Key) -> Package:
    """The lowest of the packages with the largest key."""
    return max(acceptable(scenario), key=key)  # type: ignore[arg-type]


def solutions(scenario: Scenario) -> dict[str, Package]:
    """Each rule by its definition, over all packages."""
    zone = acceptable(scenario)

    def gains(package: Package) -> list[int]:
        return [side.value(package) - side.reservation for side in scenario.sides]

    ideal = [max(column) for column in zip(*map(gains, zone), strict=True)]
    gaining = max(sum(gain > 0 for gain in gains(package)) for package in zone)

    def own_scale(package: Package) -> list[Fraction]:
        return [gain * side.unit for gain, side in zip(gains(package), scenario.sides, strict=True)]

    def nash(package: Package) -> tuple[object, ...]:
        positive = [gain for gain in gains(package) if gain > 0]
        rest = sorted(own_scale(package)) if gaining < len(scenario.sides) else []
        return len(positive), prod(positive), rest

    def shares(package: Package) -> list[Fraction]:
        return sorted(Fraction(gain, most) for gain, most in zip(gains(package), ideal, strict=True) if most)

    keys: dict[str, Key] = {
        "nash": nash,
        "egalitarian": lambda package: sorted(own_scale(package)),
        "kalai_smorodinsky": shares,
        "utilitarian": lambda package: sum(own_scale(package)),
    }
    return {name: first(scenario, key) for name, key in keys.items()}


def best(scenario: Scenario, place: int) -> Package:
    """Each side's best, by its definition."""

    def key(package: Package) -> tuple[object, ...]:
        rest = [(side.value(package) - side.reservation) * side.unit for side in scenario.sides]
        own = rest.pop(place)
        return own, sorted(rest)

    return first(scenario, key)
