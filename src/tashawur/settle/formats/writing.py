"""Writes a scenario in the format of another program; what the format cannot hold is refused, not dropped."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd
from types import MappingProxyType
from typing import Any, Final

from tashawur.settle.formats.exact_texts import as_json, as_yaml
from tashawur.settle.formats.genius_writing import write_genius
from tashawur.settle.formats.numbers import decimal, ends
from tashawur.settle.formats.places import SourceFile
from tashawur.settle.formats.profiles import Exact, Note
from tashawur.settle.formats.shares import FIGURES, Shares, package_worth, shares_of
from tashawur.settle.formats.tables import HEADER, RESERVATION
from tashawur.settle.formats.tasks import Task, Written, named, not_below_zero, renamed, scale
from tashawur.settle.values import Scenario
from tashawur.terms.phrases import N_


def write(scenario: Scenario, to: str, name: str, exact: Sequence[Exact] = ()) -> Written:
    """The files of the scenario in the format `to`, one of `WRITERS`; `name` is what the scenario is called.

    `exact` are its sides before any rounding, where it was read from files: then these are what is written.

    The files come in the order of the sides when they are sorted by name, so that a reader keeps that order.

    Raises:
        ScenarioFileError: the format cannot hold the scenario.
    """
    task = Task(scenario, exact or tuple(map(Exact.of, scenario.sides)), name)
    title, writer = WRITERS[to]
    if scenario.forbidden or scenario.budgets:
        raise task.cannot(title, N_("public rules on packages"))
    if any(side.red_lines for side in scenario.sides):
        raise task.cannot(title, N_("red lines"))
    if to != "genius" and any(side.bonuses for side in scenario.sides):
        raise task.cannot(title, N_("points for combinations"))
    written = writer(task)
    left = [Note(N_("The estimate of {side} was left out."), {"side": party.name}) for party in scenario.absent]
    return Written(written.files, (*left, *written.notes))


def _geniusweb(task: Task) -> Written:
    not_below_zero(task, "GeniusWeb JSON")
    issues, sides = task.scenario.issues, task.sides
    domain = {"name": task.name, "issuesValues": {issue.name: {"values": list(issue.options)} for issue in issues}}
    files: list[SourceFile] = []
    notes: list[Note] = []
    names = named([side.name for side in sides], ".json", "domain.json")
    for side, name in zip(sides, names, strict=True):
        shares = shares_of(side, one=True)
        notes += _changed(side, shares, "GeniusWeb JSON")
        utilities = {
            issue.name: {"discreteutils": {"valueUtilities": dict(zip(issue.options, row, strict=True))}}
            for issue, row in zip(issues, shares.shares, strict=True)
        }
        space: dict[str, Any] = {
            "name": side.name,
            "issueUtilities": utilities,
            "issueWeights": dict(zip((issue.name for issue in issues), shares.weights, strict=True)),
            "domain": domain,
        }
        if side.reservation:
            package = package_worth(side, side.reservation)
            if package is None:
                raise task.cannot("GeniusWeb JSON", N_("a reservation other than what some package is worth"))
            space["reservationBid"] = {"issuevalues": task.scenario.named(package)}
        files.append(SourceFile(name, as_json({"LinearAdditiveUtilitySpace": space})))
    return Written((SourceFile("domain.json", as_json(domain)), *files), tuple(notes))


def _changed(side: Exact, shares: Shares, title: str) -> Iterator[Note]:
    if not shares.exact:
        note = N_("Numbers of {side} have no end as decimals: they were rounded to {figures} figures.")
        yield Note(note, {"side": side.name, "figures": str(FIGURES)})
    if shares.unit != side.unit:
        note = N_("{side} is written on another scale, from 0 to 1, as {format} asks; no order of packages changed.")
        yield Note(note, {"side": side.name, "format": title})


def _negmas(task: Task, ending: str, encoded: Callable[[Any], bytes]) -> Written:
    issues, sides = task.scenario.issues, task.sides
    domain = {
        "type": "DiscreteCartesianOutcomeSpace",
        "name": task.name,
        "issues": [{"type": "CategoricalIssue", "name": issue.name, "values": list(issue.options)} for issue in issues],
    }
    files: list[SourceFile] = []
    notes: list[Note] = []
    for side, name in zip(sides, named([side.name for side in sides], ending, f"domain{ending}"), strict=True):
        steps = [gcd(*row) or 1 for row in side.points]
        unit, told = scale(side, [*steps, side.reservation])
        notes += told
        profile = {
            "type": "LinearAdditiveUtilityFunction",
            "name": side.name,
            "reserved_value": side.reservation * unit,
            "weights": [step * unit for step in steps],
            "values": [
                {
                    "type": "TableFun",
                    "mapping": {option: points // step for option, points in zip(issue.options, row, strict=True)},
                }
                for issue, row, step in zip(issues, side.points, steps, strict=True)
            ],
        }
        files.append(SourceFile(name, encoded(profile)))
    return Written((SourceFile(f"domain{ending}", encoded(domain)), *files), tuple(notes))


def _negolog(task: Task) -> Written:
    not_below_zero(task, "NegoLog JSON")
    issues, sides = task.scenario.issues, task.sides
    if len(sides) > len(_PROFILES):
        raise task.cannot("NegoLog JSON", N_("more than two sides"))
    files: list[SourceFile] = []
    notes: list[Note] = []
    for side, name in zip(sides, _PROFILES[: len(sides)], strict=True):
        shares = shares_of(side, one=False)
        notes += _changed(side, shares, "NegoLog JSON")
        profile = {
            "reservationValue": shares.reservation,
            "issueWeights": dict(zip((issue.name for issue in issues), shares.weights, strict=True)),
            "issues": {
                issue.name: dict(zip(issue.options, row, strict=True))
                for issue, row in zip(issues, shares.shares, strict=True)
            },
        }
        files.append(SourceFile(name, as_json(profile)))
    notes += renamed([side.name for side in sides], files)
    return Written(tuple(files), tuple(notes))


_PROFILES: Final = ("profileA.json", "profileB.json")


def _csv(task: Task) -> Written:
    issues, sides = task.scenario.issues, task.sides
    files: list[SourceFile] = []
    # Blanks after a comma are skipped in reading, unless they stand in quotes.
    blanks = any(name != name.lstrip() for issue in issues for name in (issue.name, *issue.options))
    for side, name in zip(sides, named([side.name for side in sides], ".csv"), strict=True):
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL if blanks else csv.QUOTE_MINIMAL)
        rows.writerow(HEADER)
        rows.writerow([RESERVATION, "", _points(side.reservation * side.unit)])
        for issue, row in zip(issues, side.points, strict=True):
            rows.writerows(
                [issue.name, option, _points(points * side.unit)]
                for option, points in zip(issue.options, row, strict=True)
            )
        files.append(SourceFile(name, text.getvalue().encode()))
    return Written(tuple(files), tuple(renamed([side.name for side in sides], files)))


def _points(number: Fraction) -> str:
    """The number as a decimal, else as a fraction of two whole numbers."""
    return decimal(number) if ends(number) else f"{number.numerator}/{number.denominator}"


WRITERS: Final[Mapping[str, tuple[str, Callable[[Task], Written]]]] = MappingProxyType(
    {
        "genius": ("GENIUS XML", write_genius),
        "geniusweb": ("GeniusWeb JSON", _geniusweb),
        "negmas": ("NegMAS YAML", lambda task: _negmas(task, ".yml", as_yaml)),
        "negmas-json": ("NegMAS JSON", lambda task: _negmas(task, ".json", as_json)),
        "negolog": ("NegoLog JSON", _negolog),
        "csv": ("CSV", _csv),
    }
)
"""What a scenario can be written in, by the word for it: the title, and what writes it."""
