"""CSV: one file for each side, with rows of issue, option and points, and a first row for the reservation."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from tashawur.settle.formats.numbers import number_at
from tashawur.settle.formats.places import At, SourceFile, text_of
from tashawur.settle.formats.profiles import Profile, in_order, issues_of
from tashawur.settle.values import Issue
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_

HEADER: Final = ["issue", "option", "points"]
RESERVATION: Final = "reservation"
_FRACTION: Final = re.compile(r"\s*([+-]?[0-9]{1,400})/([1-9][0-9]{0,399})\s*")


def rows_of(file: SourceFile) -> list[tuple[At, list[str]]]:
    """The rows that say something, each with its line. They stand apart by commas, else by semicolons or tabs."""
    text = text_of(file)
    first = text.lstrip("\n").partition("\n")[0]
    sign = next((sign for sign in ",;\t" if sign in first), ",")
    reader = csv.reader(io.StringIO(text), delimiter=sign, skipinitialspace=True, strict=True)
    try:
        return [(At(file.name, reader.line_num), row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise At(file.name, reader.line_num).error(
            "settle.file-broken-csv",
            N_("the row is broken here"),
            N_("Look at its quotes: a cell with a comma or a quote in it stands in quotes, a quote in it is doubled."),
        ) from error


def is_profile(rows: Sequence[tuple[At, Sequence[str]]]) -> bool:
    """Whether the rows are a side's profile: by their heads, or by the number that ends each."""
    return any(
        _is_header(row) or row[0].strip().lower() == RESERVATION or len(row) == len(HEADER) for _, row in rows[:1]
    )


def _is_header(row: Sequence[str]) -> bool:
    return [cell.strip().lower() for cell in row] == HEADER


def _body(rows: Sequence[tuple[At, list[str]]]) -> tuple[tuple[At, str] | None, list[tuple[At, list[str]]]]:
    """The reservation as it is written, and the rows of options."""
    body = list(rows)
    if _is_header(body[0][1]):
        body = body[1:]
    stated = None
    if body:
        at, row = body[0]
        if (
            row[0].strip().lower() == RESERVATION
            and not any(cell.strip() for cell in row[1:-1])
            and len(row) <= len(HEADER)
        ):
            stated, body = (at, row[-1]), body[1:]
    for at, row in body:
        if len(row) != len(HEADER):
            raise _wrong_row(at)
    return stated, body


def _wrong_row(at: At) -> ScenarioFileError:
    return at.error(
        "settle.file-wrong-row",
        N_("the row has more or fewer cells than issue, option and points"),
        N_("Write three cells in each row; put a cell with a comma in it into quotes."),
    )


def issues_in(rows: Sequence[tuple[At, list[str]]]) -> tuple[Issue, ...]:
    """The issues and options in the order in which the rows first name them."""
    found: dict[str, tuple[At, list[str]]] = {}
    for at, (issue, option, _) in _body(rows)[1]:
        found.setdefault(issue, (at, []))[1].append(option)
    return issues_of(rows[0][0], [(at, issue, options) for issue, (at, options) in found.items()])


def profile_of(file: SourceFile, rows: Sequence[tuple[At, list[str]]], issues: Sequence[Issue]) -> Profile:
    """The profile of one side, which is named as its file."""
    stated, body = _body(rows)
    issues_in(rows)
    values: dict[str, dict[str, Fraction]] = {}
    for at, (issue, option, points) in body:
        values.setdefault(issue, {})[option] = _points(at, points)
    return Profile(
        file.stem,
        At(file.name),
        in_order(At(file.name), issues, values),
        None if stated is None else _points(*stated),
    )


def _points(at: At, written: str) -> Fraction:
    """The number, which may also be a fraction of two whole ones: what has no end as a decimal is written so."""
    found = _FRACTION.fullmatch(written) if written.isascii() else None
    return Fraction(int(found[1]), int(found[2])) if found else number_at(at, written)
