"""Inputs of the settling measurements, each made anew from its seed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Literal

from tashawur.settle.formats.reading import read
from tashawur.settle.values import Bonus, Box, Issue, Scenario, Side
from tashawur.store.scenarios import scenario_files

Kind = Literal["random", "opposed"]


def additive(kind: Kind, sides: int, issues: int, options: int, seed: int) -> Scenario:
    """Options from 0 to 10, 0 and 10 both present, times weights from 1 to 10.

    `random`: every side values options independently: mild conflict, short frontiers. `opposed`: options are ordered,
    the first side wants one end and the second the other, further sides one of them: strong conflict, long frontiers.
    A side accepts what is worth three tenths of its best.
    """
    rng = random.Random(f"{kind} {sides} {issues} {options} {seed}")
    made = tuple(_side(rng, kind, place, (issues, options)) for place in range(sides))
    names = tuple(f"option {place}" for place in range(options))
    return Scenario(tuple(Issue(f"issue {place}", names) for place in range(issues)), made)


def _side(rng: random.Random, kind: Kind, place: int, shape: tuple[int, int]) -> Side:
    issues, options = shape
    points = []
    for _ in range(issues):
        values = [0, 10, *(rng.randint(0, 10) for _ in range(options - 2))]
        if kind == "random":
            rng.shuffle(values)
        else:
            values.sort(reverse=place == 1 or (place > 1 and rng.random() < 0.5))
        weight = rng.randint(1, 10)
        points.append(tuple(weight * value for value in values))
    most = sum(map(max, points))
    return Side(f"side {place}", tuple(points), most * 3 // 10)


def hyper_rectangles(seed: int, issues: int = 10, rectangles: tuple[int, int] = (15, 12)) -> Scenario:
    """Two sides that value ranges over two to four of the issues together, as in the competition of 2014.

    Ten issues of ten options: 10^10 packages.
    """
    rng = random.Random(f"rectangles {seed}")
    made = []
    for name, number in zip(("one", "other"), rectangles, strict=True):
        bonuses = tuple(Bonus(_rectangle(rng, issues), rng.randint(10, 99)) for _ in range(number))
        made.append(Side(name, ((0,) * 10,) * issues, bonuses=bonuses))
    names = tuple(str(place) for place in range(10))
    return Scenario(tuple(Issue(f"issue {place}", names) for place in range(issues)), tuple(made))


def _rectangle(rng: random.Random, issues: int) -> Box:
    ranges = {}
    for issue in rng.sample(range(issues), rng.randint(2, 4)):
        least, most = sorted((rng.randrange(10), rng.randrange(10)))
        ranges[issue] = frozenset(range(least, most + 1))
    return Box(ranges)


def of_files(folder: Path) -> Scenario:
    """The scenario of another program's files."""
    return read(scenario_files(folder), folder.name).scenario
