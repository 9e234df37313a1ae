"""Systems of linear conditions in whole numbers, solved without rounding.

The simplex method with Bland's rule, which cannot run in circles (Mathematics of Operations Research 2, 1977). The
tableau holds whole numbers over one common divisor, so that every division leaves no rest (Edmonds, Journal of Research
of the National Bureau of Standards 71B, 1967).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[int]


@dataclass(frozen=True, slots=True)
class Point:
    """A corner of what fulfils the conditions: unknown `n` is `values[n] / scale`."""

    values: tuple[int, ...]
    scale: int


@dataclass(frozen=True, slots=True)
class Proof:
    """That nothing fulfils the conditions: each times its number, none negative, they add up to what cannot be.

    The sum of the left sides is nowhere above zero, that of the right sides is above it (Farkas 1902).
    """

    numbers: tuple[int, ...]


@dataclass(slots=True)
class _Tableau:
    """`basic[r]` plus the `out` of row `r` is its last number, all over `divisor`; the last row is what is missing."""

    rows: list[list[int]]
    basic: list[int]
    out: list[int]
    divisor: int = 1

    def pivot(self, row: int, column: int) -> None:
        """The unknown of the column takes the place of that of the row."""
        source = self.rows[row]
        pivot = source[column]
        for place, target in enumerate(self.rows):
            factor = target[column]
            if place == row:
                continue
            if factor:
                self.rows[place] = [
                    (value * pivot - factor * other) // self.divisor
                    for value, other in zip(target, source, strict=True)
                ]
            elif pivot != self.divisor:
                self.rows[place] = [value * pivot // self.divisor for value in target]
            self.rows[place][column] = -factor
        source[column] = self.divisor
        self.divisor = pivot
        self.basic[row], self.out[column] = self.out[column], self.basic[row]


def fulfilled(rows: Sequence[Row], least: Sequence[int], unknowns: int) -> Point | Proof:
    """Unknowns, none negative, for which each row times them is at least its number in `least`; or that there are none.

    >>> fulfilled([(1, -1), (-2, 1)], (0, -4), 2)
    Point(values=(0, 0), scale=1)
    >>> fulfilled([(1, -1), (-1, 1)], (1, 0), 2)
    Proof(numbers=(1, 1))
    """
    tableau = _begun(rows, least, unknowns)
    slacks = unknowns + len(rows)
    while True:
        missing = tableau.rows[-1]
        open_to = [(name, c) for c, name in enumerate(tableau.out) if missing[c] > 0 and name < slacks]
        if not open_to or not missing[-1]:
            break
        column = min(open_to)[1]
        tableau.pivot(_leaving(tableau, column), column)
    if tableau.rows[-1][-1] > 0:
        numbers = [0] * len(rows)
        for column, name in enumerate(tableau.out):
            if unknowns <= name < slacks:
                numbers[name - unknowns] = -tableau.rows[-1][column]
        return Proof(tuple(numbers))
    values = [0] * unknowns
    for name, row in zip(tableau.basic, tableau.rows, strict=False):
        if name < unknowns:
            values[name] = row[-1]
    return Point(tuple(values), tableau.divisor)


def _begun(rows: Sequence[Row], least: Sequence[int], unknowns: int) -> _Tableau:
    """All unknowns zero. They come first, then a slack for each row, then what is missing where zero is too little."""
    short = [place for place, bound in enumerate(least) if bound > 0]
    columns = {place: unknowns + number for number, place in enumerate(short)}
    held: list[list[int]] = []
    for place, (row, bound) in enumerate(zip(rows, least, strict=True)):
        slack = [0] * len(short)
        if bound > 0:
            slack[columns[place] - unknowns] = -1
        sign = 1 if bound > 0 else -1
        held.append([*(sign * value for value in row), *slack, sign * bound])
    missing = [sum(held[place][column] for place in short) for column in range(unknowns + len(short) + 1)]
    basic = [unknowns + place + (len(rows) if bound > 0 else 0) for place, bound in enumerate(least)]
    return _Tableau([*held, missing], basic, [*range(unknowns), *(unknowns + place for place in short)])


def _leaving(tableau: _Tableau, column: int) -> int:
    """The row that is used up first; of several, that of the first unknown."""
    best = -1
    for place in range(len(tableau.basic)):
        step = tableau.rows[place][column]
        if step <= 0:
            continue
        if best < 0:
            best = place
            continue
        ours = tableau.rows[place][-1] * tableau.rows[best][column]
        theirs = tableau.rows[best][-1] * step
        if ours < theirs or (ours == theirs and tableau.basic[place] < tableau.basic[best]):
            best = place
    return best
