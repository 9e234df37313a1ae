"""Measures the order of steps: new plans in every round, made from seeds, warm, in one process.

python -m benchmarks.sequence                 all sizes; about five minutes
python -m benchmarks.sequence --small         short plans alone, to see that the measurement itself works

Columns: units, kind of plan, how many plans, the median and the longest seconds for least trust with an order, for that
with least exposure and all else that is told, and how many were proved; at the end the largest resident memory in MB.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import statistics
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from tashawur.sequence.ordering import least_order, ordered
from tashawur.sequence.units import Units
from tashawur.sequence.values import Plan, Step

SIZES: Final = ((22, 7), (26, 3), (40, 5), (120, 3))
"""Units, and plans of each kind."""
SMALL: Final = ((12, 2), (16, 2))


@dataclass(frozen=True, slots=True)
class Kind:
    """What plans are like: prerequisites for each unit, a deposit, what a step brings for each point that it costs."""

    name: str
    requires: float = 1 / 3
    deposit: int = 10
    brings: tuple[float, float] = (0.2, 2.4)
    dated: bool = False


KINDS: Final = (
    Kind("usual"),
    Kind("no prerequisites", requires=0),
    Kind("hardly any gain", brings=(0.8, 1.3), deposit=20),
    Kind("dated", dated=True),
)


def plan(number: int, kind: Kind, seed: int) -> Plan:
    """A plan of two sides, each step a cost to one and, on the average, more than that to the other."""
    drawn = random.Random(f"{number} {kind} {seed}")
    requires: dict[int, set[int]] = {}
    for _ in range(int(number * kind.requires)):
        first, second = sorted(drawn.sample(range(number), 2))
        requires.setdefault(second, set()).add(first)
    steps = []
    for place in range(number):
        by, other = drawn.choice((("A", "B"), ("B", "A")))
        cost = drawn.randint(1, 50)
        days = (drawn.choice((0, drawn.randint(0, 5 * number))), drawn.randint(1, 10), drawn.randint(0, 5))
        needs = tuple((f"s{one}",) for one in sorted(requires.get(place, ())))
        gain = round(drawn.uniform(*kind.brings) * cost)
        steps.append(Step(f"s{place}", (by,), {by: -cost, other: gain}, needs, *(days if kind.dated else (0, 0, 0))))
    return Plan(("A", "B"), tuple(steps), deposits={"A": kind.deposit, "B": kind.deposit})


def measured(number: int, kind: Kind, plans: int) -> None:
    first, whole, proven = [], [], 0
    for seed in range(plans):
        made = plan(number, kind, seed)
        begun = time.perf_counter()
        least_order(Units(made))
        between = time.perf_counter()
        found = ordered(Units(made))
        first.append(between - begun)
        whole.append(time.perf_counter() - between)
        proven += found.trust.proven
    print(
        f"{number:5} {kind.name:18} {plans:3}  {statistics.median(first):7.2f} {max(first):7.2f}"
        f"  {statistics.median(whole):7.2f} {max(whole):7.2f}  {proven} of {plans}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    print(
        f"Python {platform.python_version()}, numpy {version('numpy')}, ortools {version('ortools')}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    ordered(Units(plan(10, KINDS[0], 0)))
    for number, plans in SMALL if asked.small else SIZES:
        for kind in KINDS:
            measured(number, kind, plans)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(f"largest resident memory: {memory:.0f} MB")


if __name__ == "__main__":
    main()
