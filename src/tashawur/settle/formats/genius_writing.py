"""Writes GENIUS XML: linear profiles, or hyper-rectangles where sides give points for combinations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import gcd
from typing import Final
from xml.sax.saxutils import quoteattr

from tashawur.settle.formats.numbers import decimal
from tashawur.settle.formats.places import SourceFile
from tashawur.settle.formats.profiles import Exact, Note
from tashawur.settle.formats.tasks import Task, Written, named, not_below_zero, renamed, scale
from tashawur.settle.values import Box, Issue
from tashawur.terms.phrases import N_


def write_genius(task: Task) -> Written:
    """The domain and a profile for each side."""
    sides = task.sides
    rectangles = any(side.bonuses for side in sides)
    if rectangles:
        if not all(map(_is_counted, task.scenario.issues)):
            raise task.cannot("GENIUS XML", N_("points for combinations of options that are no whole numbers in a row"))
    else:
        not_below_zero(task, "GENIUS XML")
    domain = _domain_xml(task, counted=rectangles)
    files: list[SourceFile] = []
    notes: list[Note] = []
    for side, name in zip(sides, named([side.name for side in sides], ".xml", "domain.xml"), strict=True):
        lines, told = (_rectangles if rectangles else _linear)(side, task.scenario.issues)
        files.append(SourceFile(name, _xml(lines)))
        notes += told
    notes += renamed([side.name for side in sides], files)
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


def _domain_xml(task: Task, *, counted: bool) -> list[str]:
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
    unit, notes = scale(side, [*best, side.reservation])
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
    unit, notes = scale(side, [side.reservation])
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
