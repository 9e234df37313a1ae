"""Writes a scenario in the format of another program; what the format cannot hold is refused, not dropped."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import gcd
from types import MappingProxyType
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from tashawur.settle.formats.exact_texts import as_json, as_yaml
from tashawur.settle.formats.numbers import all_end, decimal, ends, near
from tashawur.settle.formats.places import At, SourceFile
from tashawur.settle.formats.profiles import Exact, Note
from tashawur.settle.formats.shares import FIGURES, Shares, package_worth, shares_of
from tashawur.settle.formats.tables import HEADER, RESERVATION
from tashawur.settle.values import Box, Issue, Scenario
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a scenario, and what had to be decided in writing them."""

    files: tuple[SourceFile, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be written, with the sides as exact as they are known, and under which name."""

    scenario: Scenario
    sides: Sequence[Exact]
    name: str

    def cannot(self, title: str, what: str) -> ScenarioFileError:
        return At(self.name).error(
            "settle.file-cannot-hold",
            N_("the format {format} cannot hold {sort}"),
            N_("Choose another format, or take that out of the scenario first."),
            format=title,
            sort=what,
        )


def write(scenario: Scenario, to: str, name: str, exact: Sequence[Exact] = ()) -> Written:
    """The files of the scenario in the format `to`, one of `WRITERS`; `name` is what the scenario is called.

    `exact` are its sides before any rounding, where it was read from files: then these are what is written.

    The files come in the order of the sides when they are sorted by name, so that a reader keeps that order.

    Raises:
        ScenarioFileError: the format cannot hold the scenario.
    """
    task = _Task(scenario, exact or tuple(map(Exact.of, scenario.sides)), name)
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


def _named(sides: Sequence[str], ending: str, *taken: str) -> list[str]:
    """A file name for each side that any system takes, in an order that sorting keeps."""
    plain = [_NO_FILE.sub("_", side).strip(" .")[:_LONGEST] or "side" for side in sides]
    names = [f"{one}{ending}" for one in plain]
    folded = {name.casefold() for name in names} - {name.casefold() for name in taken}
    if sorted(names) == names and len(folded) == len(names):
        return names
    width = len(str(len(names)))
    return [f"{number:0{width}}-{one}{ending}" for number, one in enumerate(plain, 1)]


_NO_FILE: Final = re.compile(r"[^\w &()+,.=@~-]")
_LONGEST: Final = 60


def _renamed(sides: Sequence[str], files: Sequence[SourceFile]) -> Iterator[Note]:
    """Says which sides bear another name where the format has no name but that of the file."""
    for side, file in zip(sides, files, strict=True):
        if file.stem != side:
            note = N_("The format names sides by their files: {side} became {name}.")
            yield Note(note, {"side": side, "name": file.stem})


def _scale(side: Exact, held: Sequence[int]) -> tuple[Fraction, tuple[Note, ...]]:
    """What a whole point is in decimals that end; `held` are the numbers of points that are written."""
    if all_end(number * side.unit for number in held):
        return side.unit, ()
    note = N_(
        "The scale of {side} has no end as a decimal: it was rounded to 18 figures, and no order of packages changed."
    )
    return near(side.unit), (Note(note, {"side": side.name}),)


def _not_below_zero(task: _Task, title: str) -> None:
    if any(points < 0 for side in task.sides for row in side.points for points in row):
        raise task.cannot(title, N_("points below zero"))


def _genius(task: _Task) -> Written:
    sides = task.sides
    rectangles = any(side.bonuses for side in sides)
    if rectangles:
        if not all(map(_is_counted, task.scenario.issues)):
            raise task.cannot("GENIUS XML", N_("points for combinations of options that are no whole numbers in a row"))
    else:
        _not_below_zero(task, "GENIUS XML")
    domain = _domain_xml(task, counted=rectangles)
    files: list[SourceFile] = []
    notes: list[Note] = []
    for side, name in zip(sides, _named([side.name for side in sides], ".xml", "domain.xml"), strict=True):
        lines, told = (_rectangles if rectangles else _linear)(side, task.scenario.issues)
        files.append(SourceFile(name, _xml(lines)))
        notes += told
    notes += _renamed([side.name for side in sides], files)
    return Written((SourceFile("domain.xml", _xml(domain)), *files), tuple(notes))


def _xml(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _is_counted(issue: Issue) -> bool:
    """Whether the options are whole numbers in a row."""
    first = issue.options[0]
    if not re.fullmatch(r"0|-?[1-9][0-9]{0,17}", first):
        return False
    return list(issue.options) == [str(int(first) + place) for place in range(len(issue.options))]


def _issue_tag(number: int, issue: Issue, *, counted: bool) -> str:
    sort = "integer" if counted else "discrete"
    tag = f'<issue index="{number}" name={quoteattr(issue.name)} type="{sort}" etype="{sort}" vtype="{sort}"'
    return f'{tag} lowerbound="{issue.options[0]}" upperbound="{issue.options[-1]}"/>' if counted else f"{tag}>"


_OBJECTIVE: Final = '<objective index="0" name="root" type="objective" etype="objective" description="">'


def _domain_xml(task: _Task, *, counted: bool) -> list[str]:
    issues = task.scenario.issues
    lines = ["<negotiation_template>", f'<utility_space number_of_issues="{len(issues)}">', _OBJECTIVE]
    for number, issue in enumerate(issues, 1):
        lines.append(_issue_tag(number, issue, counted=counted))
        if not counted:
            items = enumerate(issue.options, 1)
            lines += [f'<item index="{place}" value={quoteattr(option)} description=""/>' for place, option in items]
            lines.append("</issue>")
    return [*lines, "</objective>", "</utility_space>", "</negotiation_template>"]


def _ending(reservation: Fraction) -> list[str]:
    return [
        "</objective>",
        '<discount_factor value="1.0"/>',
        f'<reservation value="{decimal(reservation)}"/>',
        "</utility_space>",
    ]


def _linear(side: Exact, issues: Sequence[Issue]) -> tuple[list[str], tuple[Note, ...]]:
    """A linear profile: an issue weighs what its best option is worth, so that dividing by it changes nothing."""
    best = [max(row) for row in side.points]
    unit, notes = _scale(side, [*best, side.reservation])
    lines = ["<utility_space>", _OBJECTIVE]
    for number, (issue, row) in enumerate(zip(issues, side.points, strict=True), 1):
        step = gcd(*row) or 1
        lines.append(_issue_tag(number, issue, counted=False))
        for place, (option, points) in enumerate(zip(issue.options, row, strict=True), 1):
            lines.append(f'<item index="{place}" value={quoteattr(option)} evaluation="{points // step}"/>')
        lines.append("</issue>")
    lines += [f'<weight index="{number}" value="{decimal(points * unit)}"/>' for number, points in enumerate(best, 1)]
    return [*lines, *_ending(side.reservation * unit)], notes


def _rectangles(side: Exact, issues: Sequence[Issue]) -> tuple[list[str], tuple[Note, ...]]:
    """A profile of hyper-rectangles, those of one issue for what its options are worth."""
    unit, notes = _scale(side, [side.reservation])
    # Whole points are divided by the largest utility, which is so chosen that they come to the side's own scale.
    point, largest = (
        (Fraction(unit.numerator), Fraction(unit.denominator)) if unit == side.unit else (unit, Fraction(1))
    )
    lines = ['<utility_space type="nonlinear">', _OBJECTIVE]
    lines += [_issue_tag(number, issue, counted=True) for number, issue in enumerate(issues, 1)]
    lines += [f'<utility maxutility="{decimal(largest)}">', '<ufun type="PlainUfun" weight="1" aggregation="sum">']
    for place, row in enumerate(side.points):
        for option, points in enumerate(row):
            if points:
                lines += _rectangle({place: (option, option)}, points * point, issues)
    for bonus in side.bonuses:
        for bands in _runs(bonus.box):
            lines += _rectangle(bands, bonus.points * point, issues)
    return [*lines, "</ufun>", "</utility>", *_ending(side.reservation * unit)], notes


def _rectangle(bands: Mapping[int, tuple[int, int]], utility: Fraction, issues: Sequence[Issue]) -> Iterator[str]:
    yield f'<hyperRectangle utility="{decimal(utility)}">'
    for place, (first, last) in bands.items():
        options = issues[place].options
        yield f'<INCLUDES index="{place + 1}" min="{options[first]}" max="{options[last]}"/>'
    yield "</hyperRectangle>"


def _runs(box: Box) -> Iterator[dict[int, tuple[int, int]]]:
    """The box as rectangles that do not overlap: on each issue, each stretch of options without a gap."""
    stretches: list[list[tuple[int, int]]] = []
    for options in box.options.values():
        found: list[tuple[int, int]] = []
        for option in sorted(options):
            if found and found[-1][1] == option - 1:
                found[-1] = (found[-1][0], option)
            else:
                found.append((option, option))
        stretches.append(found)
    for chosen in product(*stretches):
        yield dict(zip(box.options, chosen, strict=True))


def _geniusweb(task: _Task) -> Written:
    _not_below_zero(task, "GeniusWeb JSON")
    issues, sides = task.scenario.issues, task.sides
    domain = {"name": task.name, "issuesValues": {issue.name: {"values": list(issue.options)} for issue in issues}}
    files: list[SourceFile] = []
    notes: list[Note] = []
    names = _named([side.name for side in sides], ".json", "domain.json")
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


def _negmas(task: _Task, ending: str, encoded: Callable[[Any], bytes]) -> Written:
    issues, sides = task.scenario.issues, task.sides
    domain = {
        "type": "DiscreteCartesianOutcomeSpace",
        "name": task.name,
        "issues": [{"type": "CategoricalIssue", "name": issue.name, "values": list(issue.options)} for issue in issues],
    }
    files: list[SourceFile] = []
    notes: list[Note] = []
    for side, name in zip(sides, _named([side.name for side in sides], ending, f"domain{ending}"), strict=True):
        steps = [gcd(*row) or 1 for row in side.points]
        unit, told = _scale(side, [*steps, side.reservation])
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


def _negolog(task: _Task) -> Written:
    _not_below_zero(task, "NegoLog JSON")
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
    notes += _renamed([side.name for side in sides], files)
    return Written(tuple(files), tuple(notes))


_PROFILES: Final = ("profileA.json", "profileB.json")


def _csv(task: _Task) -> Written:
    issues, sides = task.scenario.issues, task.sides
    files: list[SourceFile] = []
    # Blanks after a comma are skipped in reading, unless they stand in quotes.
    blanks = any(name != name.lstrip() for issue in issues for name in (issue.name, *issue.options))
    for side, name in zip(sides, _named([side.name for side in sides], ".csv"), strict=True):
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
    return Written(tuple(files), tuple(_renamed([side.name for side in sides], files)))


def _points(number: Fraction) -> str:
    """The number as a decimal, else as a fraction of two whole numbers."""
    return decimal(number) if ends(number) else f"{number.numerator}/{number.denominator}"


WRITERS: Final[Mapping[str, tuple[str, Callable[[_Task], Written]]]] = MappingProxyType(
    {
        "genius": ("GENIUS XML", _genius),
        "geniusweb": ("GeniusWeb JSON", _geniusweb),
        "negmas": ("NegMAS YAML", lambda task: _negmas(task, ".yml", as_yaml)),
        "negmas-json": ("NegMAS JSON", lambda task: _negmas(task, ".json", as_json)),
        "negolog": ("NegoLog JSON", _negolog),
        "csv": ("CSV", _csv),
    }
)
"""What a scenario can be written in, by the word for it: the title, and what writes it."""
