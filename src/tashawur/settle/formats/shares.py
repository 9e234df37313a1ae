"""A side's whole points as weights that make one together and shares of them, as formats of 0 to 1 ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from tashawur.settle.formats.numbers import all_end, near
from tashawur.settle.formats.profiles import Exact
from tashawur.settle.values import Package

_MOST_SUMS: Final = 200_000
"""Sums that are kept while a package of a given worth is looked for."""


FIGURES: Final = 24
"""To how many figures a share is rounded that has no end as a decimal."""

_ALMOST: Final = Fraction(1, 10**9)
"""How far weights may be from one together to be taken for it: programs write them as floats."""


@dataclass(frozen=True, slots=True)
class Shares:
    """`weights[issue]` and `shares[issue][option]`, at most 1: the product is what the option is worth.

    One whole point is `unit` in these numbers, which are `exact` or rounded. Private: not shown by `repr`.
    """

    weights: tuple[Fraction, ...] = field(repr=False)
    shares: tuple[tuple[Fraction, ...], ...] = field(repr=False)
    unit: Fraction = field(repr=False)
    reservation: Fraction = field(repr=False)
    exact: bool = True


def shares_of(side: Exact, *, one: bool) -> Shares:
    """The side on its own scale by the weights that it came with, else by what its best options are worth.

    With `one` the weights make exactly 1. Where neither fits, the side comes on another scale, exactly: weights are
    halves and quarters, so that all numbers end as decimals.
    """
    best = tuple(max(row) * side.unit for row in side.points)
    for tried in (side.weights, best):
        if tried is not None and all(most <= weight for most, weight in zip(best, tried, strict=True)):
            if not one or sum(tried, Fraction()) == 1:
                return _by(side, tried)
            if abs(1 - sum(tried, Fraction())) <= _ALMOST:
                return _by(side, _made_one(tried))
    return _on_another_scale(side)


def _by(side: Exact, weights: Sequence[Fraction]) -> Shares:
    """The side by these weights, rounded where a share has no end. A share of more than 1 by a float's error is 1."""
    shares = tuple(
        tuple(min(points * side.unit / weight, Fraction(1)) if weight else Fraction() for points in row)
        for row, weight in zip(side.points, weights, strict=True)
    )
    reservation = side.reservation * side.unit
    if all_end([*weights, *(share for row in shares for share in row), reservation]):
        return Shares(tuple(weights), shares, side.unit, reservation)
    return Shares(
        tuple(weights),
        tuple(tuple(near(share, FIGURES) for share in row) for row in shares),
        side.unit,
        near(reservation, FIGURES),
        exact=False,
    )


def _made_one(weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The weights with what is lacking to one, or is too much, put on the heaviest."""
    rounded = [near(weight, FIGURES) for weight in weights]
    heaviest = rounded.index(max(rounded))
    rounded[heaviest] += 1 - sum(rounded)
    return tuple(rounded)


def _on_another_scale(side: Exact) -> Shares:
    halves = _halves(len(side.points))
    unit = Fraction(1)
    while any(max(row) * unit > weight for row, weight in zip(side.points, halves, strict=True)):
        unit /= 10
    shares = tuple(
        tuple(points * unit / weight for points in row) for row, weight in zip(side.points, halves, strict=True)
    )
    return Shares(halves, shares, unit, side.reservation * unit)


def _halves(number: int) -> tuple[Fraction, ...]:
    """So many halves of halves that make one together, none less than half of another."""
    whole = Fraction(1, 1 << (number.bit_length() - 1))
    halved = 2 * (number - whole.denominator)
    return (whole,) * (number - halved) + (whole / 2,) * halved


def package_worth(side: Exact, worth: int) -> Package | None:
    """A package that is worth so many whole points by its options alone; None where none is found."""
    least = [0]
    most = [0]
    for row in reversed(side.points):
        least.append(least[-1] + min(row))
        most.append(most[-1] + max(row))
    layers: list[dict[int, tuple[int, int]]] = []
    sums: dict[int, tuple[int, int]] = {0: (0, 0)}
    for number, row in enumerate(side.points):
        left = len(side.points) - 1 - number
        following: dict[int, tuple[int, int]] = {}
        for before in sums:
            for option, points in enumerate(row):
                reached = before + points
                if least[left] <= worth - reached <= most[left]:
                    following.setdefault(reached, (before, option))
        if not following or len(following) > _MOST_SUMS:
            return None
        layers.append(following)
        sums = following
    package: list[int] = []
    for layer in reversed(layers):
        worth, option = layer[worth]
        package.append(option)
    return tuple(reversed(package))
