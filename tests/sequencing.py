"""Plans for tests, and every order of them tried one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from hypothesis import assume
from hypothesis import strategies as st

from tashawur.sequence.ordering import exposure_of, trust_of
from tashawur.sequence.units import Units
from tashawur.sequence.values import Bonus, Group, Mode, Plan, Step
from tashawur.terms.errors import ScenarioFileError


@dataclass(frozen=True)
class Best:
    """What the best of all orders reaches, and how many there are: in all, safe ones, and best ones."""

    reached: tuple[int, int, int]
    counts: tuple[int, int, int]


def orders(units: Units) -> Iterator[tuple[int, ...]]:
    for order in permutations(range(len(units))):
        done = 0
        for unit in order:
            if not units.ready(done, unit):
                break
            done |= 1 << unit
        else:
            yield order


def best(units: Units) -> Best:
    """By the definitions, order by order."""
    reached = [(trust_of(units, one), exposure_of(units, one), units.ends(one)) for one in orders(units)]
    least = min(reached)
    return Best(
        least, (len(reached), sum(one[0] == 0 for one in reached), sum(one[:2] == least[:2] for one in reached))
    )


@st.composite
def plans(draw: st.DrawFn, most: int = 6, *, parties: int = 3, plain: bool = False) -> Plan:
    """Plans of all sorts; `plain` ones have no groups, bonuses and days."""
    sides = "ABC"[: draw(st.integers(1, parties))]
    number = draw(st.integers(1, most))
    steps = []
    for place in range(number):
        earlier = [f"s{at}" for at in range(place)]
        some = st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique=True).map(tuple) if earlier else None
        steps.append(
            Step(
                f"s{place}",
                tuple(draw(st.lists(st.sampled_from(sides), min_size=1, max_size=2, unique=True))),
                {side: draw(st.integers(-6, 9)) for side in sides},
                tuple(draw(st.lists(some, max_size=2))) if some is not None else (),
                *((0, 0, 0) if plain else (draw(st.integers(0, 15)), draw(st.integers(0, 4)), draw(st.integers(0, 3)))),
            )
        )
    deposits = {side: draw(st.integers(0, 4)) for side in sides}
    if plain or number < 3:
        return Plan(tuple(sides), tuple(steps), deposits=deposits)
    names = st.permutations([step.id for step in steps])
    modes: list[Mode] = draw(st.lists(st.sampled_from(["atomic", "simultaneous"]), max_size=1))
    groups = tuple(Group(tuple(draw(names)[:2]), mode) for mode in modes)
    bonuses = tuple(
        Bonus(tuple(draw(names)[:2]), {side: draw(st.integers(-3, 6)) for side in sides})
        for _ in range(draw(st.integers(0, 1)))
    )
    try:
        return Plan(tuple(sides), tuple(steps), groups, deposits, bonuses)
    except ScenarioFileError:
        assume(False)  # noqa: FBT003 - as the library calls it
        raise
