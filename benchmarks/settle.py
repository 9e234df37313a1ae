"""Measures settling: equal answers and times beside NegMAS and an enumeration with NumPy, in one process.

python3 run.py bench settle            all of it: JSON on standard output, the floors in words on standard error
python3 run.py bench settle --peers    the same with NegMAS, which is installed first from requirements/peers.txt
python3 run.py bench settle --small    small inputs and one round, to see that the measurement itself works; no floor of
                                       time is asked of it

Inputs are made anew from their seeds in every round; a figure is the best round of an input, and a floor is held
against the worst input. The exit status is 2 where a floor is missed or answers differ.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar, get_args

from benchmarks.processes import machine, measure
from benchmarks.settle_peers import HOW_TO_INSTALL, NegMAS, enumerated, negmas_there, ours
from benchmarks.settle_scenarios import Kind, additive, hyper_rectangles, of_files
from tashawur.settle.answers import efficient, settle
from tashawur.settle.values import Scenario

RATIO: Final = 1_000
TWO_SIDES: Final = 0.010
THREE_SIDES: Final = 8.0
RECTANGLES: Final = 0.5
MEMORY: Final = 500
IMPORT: Final = 0.150

SEEDS: Final = (1, 2, 3)
T = TypeVar("T")
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SHARED: Final = os.environ.get("TASHAWUR_SHARED")
"""A folder with scenarios of competitions, on some machines."""
LINEAR: Final = ("Jobs", "anac2010_EnglandZimbabwe", "anac2010_ItexvsCypress", "anac2010_Travel", "anac2011_Energy",
                 "anac2012_SupermarketA", "anac2015_group2-politics_3party")  # fmt: skip
LARGE: Final = ("anac2014_30issues", "anac2014_50issues")

LIBRARIES: Final = ("tashawur", "numpy", "numba", "ortools", "negmas")
IMPORTED: Final = "tashawur.settle.answers, tashawur.settle.formats.reading"
"""The engine and the reading of all formats: more than `import tashawur.settle` alone."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    rounds: int
    exponents: Sequence[int]
    issues: int
    seeds: Sequence[int]


WHOLE: Final = Plan(3, (3, 4, 5, 6), 60, SEEDS)
SMALL: Final = Plan(1, (3,), 12, SEEDS[:1])


@dataclass(frozen=True, slots=True)
class Floor:
    """What a figure must keep to; `least` where it must be so much at the least."""

    name: str
    figure: float
    bound: float
    least: bool = False

    @property
    def kept(self) -> bool:
        """Whether it does."""
        return self.figure >= self.bound if self.least else self.figure <= self.bound

    def told(self) -> dict[str, Any]:
        """For the JSON."""
        return {"floor": self.name, "figure": self.figure, "bound": self.bound, "kept": self.kept}


@dataclass(frozen=True, slots=True)
class Best:
    """Seconds of the best round by the clock, those that the processor worked in its best round, the last answer."""

    seconds: float
    processor: float
    answer: Any


def best(rounds: int, make: Callable[[], T], work: Callable[[T], Any]) -> Best:
    """Measures rounds, each with an input made anew."""
    clock, processor, answer = [], [], None
    for _ in range(rounds):
        made = make()
        gc.collect()
        begun, worked = time.perf_counter(), time.process_time()
        answer = work(made)
        clock.append(time.perf_counter() - begun)
        processor.append(time.process_time() - worked)
    return Best(min(clock), min(processor), answer)


def side_by_side(plan: Plan) -> Iterator[dict[str, Any]]:
    """Scenarios that every way can do, made from seeds and, where they are, those of competitions."""
    for exponent in plan.exponents:
        for kind in KINDS:
            for sides in (2, 3):
                name = f"{kind}, {sides} sides, 10^{exponent}"
                yield compared(name, partial(additive, kind, sides, exponent, 10, seed=1), plan.rounds)
    if SHARED and plan is WHOLE:
        for name in LINEAR:
            yield compared(name, partial(of_files, Path(SHARED, "cases", "settle", name)), 1)


def compared(name: str, make: Callable[[], Scenario], rounds: int) -> dict[str, Any]:
    """One scenario: whether all ways agree, and the seconds of each."""
    say(name)
    engine = best(rounds * 3, make, ours)
    counted = best(rounds * 3, make, settle)
    array = best(rounds, make, enumerated)
    mine = engine.answer
    told: dict[str, Any] = {
        "scenario": name,
        "points": len(mine.frontier),
        "seconds": engine.seconds,
        "seconds with all counts": counted.seconds,
        "numpy": {
            "seconds": array.seconds,
            "ratio": array.seconds / engine.seconds,
            "equal": mine.agrees(array.answer) and mine.share == array.answer.share,
        },
    }
    if negmas_there():
        peer = best(rounds, lambda: NegMAS(make()), NegMAS.answer)
        other = peer.answer
        told["negmas"] = {
            "seconds": peer.seconds,
            "ratio": peer.seconds / engine.seconds,
            "ratio with all counts": peer.seconds / counted.seconds,
            "equal": mine.agrees(other),
            "least share, ours and theirs": [str(mine.share), str(other.share)],
        }
    return told


def many_packages(plan: Plan) -> Iterator[dict[str, Any]]:
    """Sixty issues of five options: 10^41 packages and more."""
    for sides in (2, 3):
        for kind in KINDS:
            for seed in plan.seeds:
                say(f"{plan.issues} issues, {kind}, {sides} sides, seed {seed}")
                make = partial(additive, kind, sides, plan.issues, 5, seed)
                rounds = plan.rounds * (5 if sides == 2 else 1)
                frontier = best(rounds, make, efficient)
                whole = best(rounds, make, lambda scenario: efficient(scenario).lowest())
                yield {
                    "scenario": f"{plan.issues} issues, 5 options, {kind}, seed {seed}",
                    "sides": sides,
                    "points": len(frontier.answer),
                    "seconds": frontier.seconds,
                    "seconds with packages": whole.seconds,
                    "seconds of the processor with packages": whole.processor,
                }


def rectangles(plan: Plan) -> Iterator[dict[str, Any]]:
    """Hyper-rectangles over ten issues of ten options; the packages found are held against their points."""
    made: list[tuple[str, Callable[[], Scenario]]] = [
        (f"made, seed {seed}", partial(hyper_rectangles, seed)) for seed in plan.seeds
    ]
    if SHARED:
        made.append(("anac2014_10issues", partial(of_files, Path(SHARED, "cases/settle/anac2014_10issues_hyperrect"))))
    for name, make in made:
        say(f"hyper-rectangles, 10^10 packages, {name}")
        yield _of_rectangles(name, make, plan.rounds * 3)


def _of_rectangles(name: str, make: Callable[[], Scenario], rounds: int) -> dict[str, Any]:
    frontier = best(rounds, make, efficient)
    found, scenario = frontier.answer, make()
    verified = all(
        scenario.values(package) == tuple(point)
        for package, point in zip(found.lowest().tolist(), found.values.tolist(), strict=True)
    )
    solutions = best(rounds, make, settle)
    return {
        "scenario": name,
        "points": len(found),
        "seconds": frontier.seconds,
        "seconds of the processor": frontier.processor,
        "seconds of all solutions": solutions.seconds,
        "packages are worth their points": verified,
        "way": type(found).__name__,
    }


def large_rectangles() -> Iterator[dict[str, Any]]:
    """Those of the competition with 10^30 and 10^40 packages, where they are."""
    for name in LARGE if SHARED else ():
        say(name)
        yield _of_rectangles(name, partial(of_files, Path(str(SHARED), "cases", "settle", name)), 1)


def alone(issues: int) -> None:
    """All forms of the engine once, with packages, in a process that has loaded no peer."""
    for sides in (2, 3):
        efficient(additive("opposed", sides, issues, 5, 1)).lowest()
    settle(additive("opposed", 2, 6, 10, 1))
    settle(hyper_rectangles(1))
    if "negmas" in sys.modules:
        raise SystemExit("a peer is loaded: this memory is not ours alone")


def memory(plan: Plan) -> float:
    """MB at the peak of a process that does all this and nothing else."""
    say("memory, without the peers")
    call = [sys.executable, "-c", f"from benchmarks.settle import alone; alone({plan.issues})"]
    return measure(call, rounds=1).memory


COMPILING: Final = """
import json, time
begun = time.perf_counter()
from tashawur.settle import compiled
import numpy as np
loaded = time.perf_counter()
points = np.zeros((2, 3), dtype=np.int64)
def call():
    begun = time.perf_counter()
    compiled.losses(points[:, 0].copy(), np.arange(2), 1, 1), compiled.three(points), compiled.many(points)
    return time.perf_counter() - begun
print(json.dumps({"loading numba": loaded - begun, "first call": call(), "second call": call()}))
"""
IMPORTING: Final = f"""
import json, numpy, time
begun, worked = time.perf_counter(), time.process_time()
import {IMPORTED}
print(json.dumps([time.perf_counter() - begun, time.process_time() - worked]))
"""


def compiling() -> dict[str, Any]:
    """Seconds until the compiled loops answer: on a machine that has never run them, and on one that has."""
    say("compiling")
    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "NUMBA_CACHE_DIR": place}
        return {"the first time": _asked(COMPILING, environment), "from then on": _asked(COMPILING, environment)}


def importing(rounds: int) -> dict[str, float]:
    """Seconds of the import in a new process that has NumPy; the best of the rounds."""
    say("import")
    seconds: list[list[float]] = [_asked(IMPORTING, dict(os.environ)) for _ in range(rounds * 7)]
    clock, processor = map(min, zip(*seconds, strict=True))
    return {"seconds": clock, "seconds of the processor": processor}


def _asked(program: str, environment: dict[str, str]) -> Any:
    call = [sys.executable, "-c", program]
    return json.loads(subprocess.run(call, capture_output=True, check=True, env=environment).stdout)


def say(line: str) -> None:
    """Progress, and what is for people: standard output is the JSON's alone."""
    print(line, file=sys.stderr, flush=True)


def differing() -> list[dict[str, Any]]:
    """Where NegMAS gives another answer than brute force does."""
    from benchmarks import settle_wrong  # noqa: PLC0415 - it needs the peers

    say("where NegMAS gives another answer")
    return [case.told() for case in settle_wrong.cases()]


def floors(found: dict[str, Any], plan: Plan) -> Iterator[Floor]:
    """The floors of what was measured; those of shapes that were not measured are left out."""
    ways = [row[way]["equal"] for row in found["side by side"] for way in ("numpy", "negmas") if way in row]
    yield Floor("ways that give an equal answer, of all", sum(ways), len(ways), least=True)
    ours_right = [case["ours is right"] for case in found["where negmas differs"] or ()]
    yield Floor("cases in which brute force says what we say, of all", sum(ours_right), len(ours_right), least=True)
    verified = [row["packages are worth their points"] for row in found["rectangles"]]
    yield Floor("rectangles whose packages are worth their points", sum(verified), len(verified), least=True)
    if plan is SMALL:
        return
    ratios = [
        row["negmas"]["ratio"]
        for row in found["side by side"]
        if "2 sides, 10^6" in row["scenario"] and "negmas" in row
    ]
    if ratios:
        yield Floor("times as fast as NegMAS, 10^6 packages, 2 sides", min(ratios), RATIO, least=True)
    for sides, bound in ((2, TWO_SIDES), (3, THREE_SIDES)):
        seconds = [row["seconds with packages"] for row in found["many packages"] if row["sides"] == sides]
        yield Floor(f"s, 60 issues, {sides} sides, frontier with packages", max(seconds), bound)
    yield Floor("s, frontier of 10^10 with rectangles", max(row["seconds"] for row in found["rectangles"]), RECTANGLES)
    yield Floor("MB at the peak, without the peers", found["memory in MB, without the peers"], MEMORY)
    yield Floor("s, import on top of NumPy", found["import on top of numpy"]["seconds"], IMPORT)


def main(arguments: Sequence[str]) -> int:
    """Measures, prints the JSON, and says which floors are kept."""
    parser = argparse.ArgumentParser(prog="run.py bench settle", description=__doc__)
    parser.add_argument("--small", action="store_true")
    plan = SMALL if parser.parse_args(arguments).small else WHOLE
    peers = negmas_there()
    if not peers:
        say(f"NegMAS is not installed: nothing is compared with it. To install it: {HOW_TO_INSTALL}")
    begun = machine(*LIBRARIES)
    # First: what this process holds would be counted to those that it starts.
    held = memory(plan)
    alone(6)  # so that no figure holds the loading of numba or of the solver: these are told apart
    found: dict[str, Any] = {
        **begun,
        "rounds": plan.rounds,
        "negmas": "installed" if peers else f"not installed: {HOW_TO_INSTALL}",
        "side by side": list(side_by_side(plan)),
        "where negmas differs": differing() if peers else None,
        "many packages": list(many_packages(plan)),
        "rectangles": list(rectangles(plan)),
        "large rectangles": list(large_rectangles()) if plan is WHOLE else [],
        "memory in MB, without the peers": held,
        "seconds until compiled loops answer": compiling(),
        "import on top of numpy": importing(plan.rounds),
    }
    kept = list(floors(found, plan))
    found["load at the end"] = machine()["load"]
    found["floors"] = [floor.told() for floor in kept]
    print(json.dumps(found, indent=1))
    for floor in kept:
        say(f"{'kept    ' if floor.kept else 'NOT KEPT'}  {floor.figure:10.4g}  {floor.name} (floor {floor.bound:g})")
    busy = max(begun["load"] + found["load at the end"], default=0)
    if busy > (os.cpu_count() or 1):
        say(f"The machine was busy (load {busy}): by the clock all took longer than by the seconds of the processor.")
    if not peers:
        say(f"Not measured: the floor beside NegMAS. To install it: {HOW_TO_INSTALL}")
    return 0 if all(floor.kept for floor in kept) else 2
