"""Where NegMAS gives another answer than is right: brute force in fractions is the judge, over every package.

Each case is small and made here; a case tells what NegMAS says, what is right, and what the engine says. A version of
NegMAS that says what is right is told as such: nothing here takes for granted that it is wrong.
"""

from __future__ import annotations

import random
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from benchmarks.settle_peers import NegMAS, brute_force, ours
from benchmarks.settle_scenarios import additive, of_files
from tashawur.settle.answers import settle
from tashawur.settle.values import Issue, Scenario, Side

Table = list[list[int]]


@dataclass(frozen=True, slots=True)
class Case:
    """One difference. `negmas` and `ours` are what each says, `right` what brute force says."""

    what: str
    right: str
    ours: str
    negmas: str

    def told(self) -> dict[str, object]:
        """For the JSON."""
        return asdict(self) | {"ours is right": self.ours == self.right, "negmas is right": self.negmas == self.right}


def cases(rounds: int = 12) -> list[Case]:
    """All cases, made anew."""
    return [_least_share(rounds), _divided(), _beyond_first(), _rectangles(), *_noise()]


def _least_share(rounds: int) -> Case:
    """The rule of Kalai and Smorodinsky makes the least share as large as can be; NegMAS makes shares most alike."""
    names = ("right", "ours", "negmas")
    told: dict[str, list[str]] = {name: [] for name in names}
    for seed in range(rounds):
        kind = "random" if seed % 2 else "opposed"
        scenario = additive(kind, 3, 3, 8, seed)  # type: ignore[arg-type]
        answers = brute_force(scenario), ours(scenario), NegMAS(scenario).answer()
        if not answers[0].agrees(answers[2]):
            message = f"NegMAS has another frontier or solution, seed {seed}: a difference that is not known yet"
            raise SystemExit(message)
        for name, answer in zip(names, answers, strict=True):
            told[name].append(str(answer.share))
    return Case(
        f"least share of what each side can gain, three sides, {rounds} scenarios", *(", ".join(told[n]) for n in names)
    )


def _scenario(folder: Path) -> Any:
    from negmas import Scenario  # noqa: PLC0415 - a peer: not always there

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Scenario.from_genius_folder(folder, ignore_discount=True)


def _divided() -> Case:
    """GENIUS divides every evaluation by the largest of its issue; the package of Nash depends on it."""
    for seed in range(1, 200):
        rng = random.Random(seed)
        weights = [[5, 3, 2], [2, 3, 5]]
        tables = [[[rng.randint(1, 20) for _ in range(4)] for _ in range(3)] for _ in range(2)]
        raw = [
            [[Fraction(weight * value) for value in row] for weight, row in zip(*rows, strict=True)]
            for rows in zip(weights, tables, strict=True)
        ]
        divided = [
            [[weighted / max(row) for weighted in line] for line, row in zip(*lines, strict=True)]
            for lines in zip(raw, tables, strict=True)
        ]
        right = _nash(divided)
        if right == _nash(raw):
            continue
        with tempfile.TemporaryDirectory() as place:
            _write(Path(place), weights, tables)
            peer = _scenario(Path(place))
            found = max(product(*(issue.all for issue in peer.outcome_space.issues)), key=_product_of(peer.ufuns))
            engine = settle(of_files(Path(place))).solutions["nash"]
        return Case(
            "package of Nash, GENIUS files whose issues have different largest evaluations (option numbers)",
            _options(right),
            _options(engine),
            _options([int(name.removeprefix("option ")) for name in found]),
        )
    message = "no scenario in which the division matters"
    raise SystemExit(message)


def _product_of(functions: Sequence[Any]) -> Callable[[Any], float]:
    return lambda outcome: prod(float(function(outcome)) for function in functions)


def _nash(worth: Sequence[Sequence[Sequence[Fraction]]]) -> tuple[int, ...]:
    """The lowest of the packages with the largest product, of what they are `worth` by side, issue and option."""

    def key(package: tuple[int, ...]) -> Fraction:
        sums = [sum((row[o] for row, o in zip(rows, package, strict=True)), start=Fraction()) for rows in worth]
        return prod(sums, start=Fraction(1))

    return max(product(*(range(len(row)) for row in worth[0])), key=key)


def _options(package: Sequence[int]) -> str:
    return " ".join(map(str, package))


def _beyond_first() -> Case:
    """A file that counts its issues from 2 on, as some that are shipped with GENIUS do."""
    with tempfile.TemporaryDirectory() as place:
        _write(Path(place), [[5, 5], [5, 5]], [[[1, 2], [2, 1]], [[2, 1], [1, 3]]], first=2)
        engine = str(of_files(Path(place)).packages)
        try:
            peer = str(_scenario(Path(place)).outcome_space.cardinality)
        except (ValueError, KeyError, AttributeError) as error:
            peer = f"{type(error).__name__}: {error}"
    return Case("packages, GENIUS files that count issues from 2 on", "4", engine, peer)


def _rectangles() -> Case:
    """What packages are worth under one hyper-rectangle: 10 where both issues are 0 or 1, else nothing."""
    right = [10 if max(package) <= 1 else 0 for package in product(range(3), repeat=2)]
    with tempfile.TemporaryDirectory() as place:
        issues = [
            f'<issue index="{at}" name="issue {at}" etype="integer" type="integer" vtype="integer" '
            'lowerbound="0" upperbound="2"/>'
            for at in (1, 2)
        ]
        inside = "".join(f'<INCLUDES index="{at}" min="0" max="1"/>' for at in (1, 2))
        function = (
            '<utility maxutility="10"><ufun type="PlainUfun" weight="1" aggregation="sum">'
            f'<hyperRectangle utility="10">{inside}</hyperRectangle></ufun></utility>'
        )
        head = '<objective index="0" name="root" etype="objective" type="objective">' + "".join(issues)
        space = '<utility_space type="nonlinear" number_of_issues="2">'
        domain = f"<negotiation_template>{space}{head}</objective></utility_space></negotiation_template>"
        Path(place, "domain.xml").write_text(domain, encoding="utf-8")
        for name in ("one", "other"):
            text = f'{space}{head}{function}</objective><reservation value="0"/></utility_space>'
            Path(place, f"{name}.xml").write_text(text, encoding="utf-8")
        scenario = of_files(Path(place))
        side = scenario.sides[0]
        engine = [int(side.value(package) * side.unit * 10) for package in product(range(3), repeat=2)]
        function_of_peer = _scenario(Path(place)).ufuns[0]
        peer = [round(float(function_of_peer(package))) for package in product(range(3), repeat=2)]
    return Case("values of packages under a hyper-rectangle", *(_options(values) for values in (right, engine, peer)))


def _noise() -> Iterator[Case]:
    """Hundredths, which floating-point numbers do not hold: what is equal is taken for better."""
    from negmas.preferences import ops  # noqa: PLC0415 - a peer: not always there

    for seed in range(40):
        rng = random.Random(seed)
        weights = [[rng.randint(1, 99) for _ in range(4)] for _ in range(2)]
        tables = [[[rng.randint(1, 40) for _ in range(5)] for _ in range(4)] for _ in range(2)]
        with tempfile.TemporaryDirectory() as place:
            _write(Path(place), weights, tables, by=100)
            peer = _scenario(Path(place))
            found, _ = ops.pareto_frontier(peer.ufuns, list(peer.outcome_space.enumerate_or_sample()))
        # What NegMAS read is held against the same numbers, which it does not divide.
        points = [
            tuple(tuple(weight * value for value in row) for weight, row in zip(*rows, strict=True))
            for rows in zip(weights, tables, strict=True)
        ]
        issues = tuple(Issue(str(place), tuple(map(str, range(5)))) for place in range(4))
        scenario = Scenario(issues, (Side("one", points[0]), Side("other", points[1])))
        right = brute_force(scenario).frontier
        if len(set(found)) != len(right):
            engine = ours(scenario).frontier
            yield Case(
                "points of a frontier in hundredths", *(str(len(points)) for points in (right, engine, set(found)))
            )
            return


def _write(folder: Path, weights: Table, tables: Sequence[Table], first: int = 1, by: int = 10) -> None:
    """GENIUS files of two sides: a domain and a profile each."""
    shape = [len(row) for row in tables[0]]

    def issues(values: Table | None) -> str:
        told = []
        for place, size in enumerate(shape):
            items = "".join(
                f'<item index="{o + 1}" value="option {o}"'
                + (f' evaluation="{values[place][o]}"/>' if values is not None else "/>")
                for o in range(size)
            )
            told.append(
                f'<issue index="{place + first}" name="issue {place}" etype="discrete" type="discrete" '
                f'vtype="discrete">{items}</issue>'
            )
        return "".join(told)

    head = '<objective index="0" name="root" etype="objective" type="objective">'
    space = f'<utility_space number_of_issues="{len(shape)}">'
    (folder / "domain.xml").write_text(
        f"<negotiation_template>{space}{head}{issues(None)}</objective></utility_space></negotiation_template>",
        encoding="utf-8",
    )
    for name, row, values in zip(("one", "other"), weights, tables, strict=True):
        told = "".join(f'<weight index="{at + first}" value="{weight / by}"/>' for at, weight in enumerate(row))
        (folder / f"{name}.xml").write_text(
            f'{space}{head}{told}{issues(values)}</objective><reservation value="0"/></utility_space>', encoding="utf-8"
        )
