"""GENIUS XML: a domain, and one profile for each side.

A linear profile is worth the sum over issues of weight times evaluation, divided by the largest evaluation of the
issue, as GENIUS does it; a profile of hyper-rectangles the sum of the rectangles that hold a package, divided by
`maxutility` (Lin et al. 2014, Computational Intelligence 30; ANAC 2014 for rectangles).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tashawur.settle.formats.markup import Element
from tashawur.settle.formats.numbers import not_negative_at, number_at, whole_at
from tashawur.settle.formats.places import At, SourceFile, missing_part
from tashawur.settle.formats.profiles import (
    MOST_OPTIONS,
    Note,
    Profile,
    in_order,
    issues_of,
    missing_issue,
    name_twice,
    same_issues,
    too_many_options,
    unknown_issue,
)
from tashawur.settle.values import Box, Issue
from tashawur.terms.phrases import N_

_NO_EVALUATION: Final = Fraction(1, 100_000)
"""Where the largest evaluation of an issue is below this, GENIUS takes every option of it for worthless."""


def role_of(root: Element) -> str | None:
    """Whether the file is a `domain`, a `profile`, or no part of a scenario."""
    return {"negotiation_template": "domain", "utility_space": "profile"}.get(root.tag)


def issues_in(root: Element) -> tuple[Issue, ...]:
    """The issues that the file names, in its order; those of whole numbers with every number as an option."""
    elements = _elements(root)
    return issues_of(root.at, ((one.at, one.needed("name"), _options(one)) for one in elements))


def profile_of(file: SourceFile, root: Element, issues: Sequence[Issue]) -> Profile:
    """The profile of one side over the issues of the scenario. The side is named as its file."""
    objective = _objective(root)
    reservation = _stated(root, objective, "reservation")
    discount = _stated(root, objective, "discount_factor")
    notes: tuple[Note, ...] = ()
    if discount not in (None, Fraction(1)):
        notes = (Note(N_("The discount factor of {side} was left aside."), {"side": file.stem}),)
    utility = objective.first("utility", "utility_function")
    read = _linear if utility is None else _of_rectangles
    return read(_Side(file.stem, root, reservation, notes), issues)


@dataclass(frozen=True, slots=True)
class _Side:
    """What both sorts of profile have."""

    name: str
    root: Element
    reservation: Fraction | None
    notes: tuple[Note, ...]


def _objective(root: Element) -> Element:
    """The one objective of the file; a domain wraps it in a `utility_space` of its own."""
    holder = root.first("utility_space") or root
    found = holder.first("objective")
    if found is None:
        raise missing_part(holder.at, "objective", holder.tag)
    inner = found.first("objective")
    if inner is not None:
        raise inner.at.error(
            "settle.file-unknown-type",
            N_("{type} is not read here"),
            N_("Put all issues under one objective."),
            type="objective/objective",
        )
    return found


def _elements(root: Element) -> list[Element]:
    return list(_objective(root).named("issue"))


def _stated(root: Element, objective: Element, tag: str) -> Fraction | None:
    element = root.first(tag) or objective.first(tag)
    return None if element is None else number_at(element.at, element.needed("value"))


def _options(issue: Element) -> list[str]:
    """The options of a domain's issue: those it names, else the whole numbers between its bounds."""
    items = [item.needed("value") for item in issue.named("item")]
    if items:
        return items
    bounds = _bounds(issue)
    if bounds is None:
        return []
    least, most = bounds
    if most - least >= MOST_OPTIONS:
        raise too_many_options(issue.at)
    return [str(number) for number in range(least, most + 1)]


def _bounds(issue: Element) -> tuple[int, int] | None:
    """The least and the most of an issue of whole numbers."""
    if "real" in (issue.get("type"), issue.get("vtype"), issue.get("etype")):
        raise issue.at.error(
            "settle.file-unknown-type",
            N_("{type} is not read here"),
            N_("Let the issue have options, or whole numbers between two bounds."),
            type="real",
        )
    holder = issue if issue.get("lowerbound") is not None else issue.first("range")
    if holder is None:
        return None
    least, most = (whole_at(holder.at, holder.needed(key)) for key in ("lowerbound", "upperbound"))
    return least, most


def _linear(side: _Side, issues: Sequence[Issue]) -> Profile:
    objective = _objective(side.root)
    weights = {one.needed("index"): not_negative_at(one.at, one.needed("value")) for one in objective.named("weight")}
    known = {issue.name: issue for issue in issues}
    values: dict[str, dict[str, Fraction]] = {}
    by_issue: dict[str, Fraction] = {}
    notes = list(side.notes)
    for element in objective.named("issue"):
        name = element.needed("name")
        if name not in known:
            raise unknown_issue(element.at, name, issues)
        if name in values:
            raise name_twice(element.at, name)
        weight = weights.get(element.needed("index"))
        if weight is None:
            raise element.at.error(
                "settle.file-no-weight",
                N_("the issue {issue} has no weight"),
                N_("Add a weight with the index of the issue; zero where it does not matter."),
                issue=name,
            )
        shares = _shares(element, known[name], side.name, notes)
        in_order(element.at, [known[name]], {name: shares})
        values[name] = {option: weight * share for option, share in shares.items()}
        by_issue[name] = weight
    return Profile(
        side.name,
        At(side.root.at.file),
        in_order(objective.at, issues, values),
        side.reservation,
        weights=tuple(by_issue[issue.name] for issue in issues),
        notes=tuple(notes),
    )


def _shares(element: Element, issue: Issue, side: str, notes: list[Note]) -> Mapping[str, Fraction]:
    """What each option is worth of the issue's weight: at most 1."""
    items = list(element.named("item"))
    if not items:
        return _along_a_line(element, issue)
    found: dict[str, Fraction] = {}
    for item in items:
        option = item.needed("value")
        if option in found:
            note = N_("The profile of {side} lists {option} of {issue} twice: the last was taken, as GENIUS does.")
            notes.append(Note(note, {"side": side, "option": option, "issue": issue.name}))
        found[option] = not_negative_at(item.at, item.needed("evaluation"))
    largest = max(found.values())
    if largest < _NO_EVALUATION:
        return dict.fromkeys(found, Fraction())
    return {option: number / largest for option, number in found.items()}


def _along_a_line(element: Element, issue: Issue) -> Mapping[str, Fraction]:
    """The shares of whole numbers: on a line, cut off at 0 and at 1."""
    evaluator, bounds = element.first("evaluator"), _bounds(element)
    if evaluator is None or bounds is None:
        raise missing_issue(element.at, issue.name)
    if evaluator.get("slope") is not None:
        slope, offset = (number_at(evaluator.at, evaluator.needed(key)) for key in ("slope", "offset"))
        offset -= slope * bounds[0]
    else:
        # Older versions of GENIUS count from zero.
        offset = number_at(evaluator.at, evaluator.needed("parameter0"))
        slope = number_at(evaluator.at, evaluator.get("parameter1") or "0")
    return {
        option: min(max(slope * whole_at(element.at, option) + offset, Fraction(0)), Fraction(1))
        for option in issue.options
    }


def _of_rectangles(side: _Side, issues: Sequence[Issue]) -> Profile:
    objective = _objective(side.root)
    same_issues(side.root.at, issues, issues_in(side.root))
    places = {issue.name: place for place, issue in enumerate(issues)}
    by_index = {one.needed("index"): places[one.needed("name")] for one in objective.named("issue")}
    utility = objective.first("utility", "utility_function")
    assert utility is not None  # noqa: S101 - it is what brought us here
    largest = number_at(utility.at, utility.needed("maxutility"))
    if largest <= 0:
        raise utility.at.error(
            "settle.file-no-maximum",
            N_("maxutility, by which the rectangles are divided, is not above zero"),
            N_("Write the largest sum that a package can reach."),
        )
    values = [[Fraction()] * len(issue.options) for issue in issues]
    bonuses: list[tuple[Box, Fraction]] = []
    highest = Fraction()
    for weight, rectangle in _rectangles(utility):
        number = number_at(rectangle.at, rectangle.get("utility") or rectangle.needed("utility_function"))
        share = weight * number / largest
        highest += max(share, Fraction())
        inside, outside = _bands(rectangle, issues, by_index)
        if outside is not None:
            _everywhere(values, share)
            _add(values, bonuses, outside, -share)
        else:
            _add(values, bonuses, inside, share)
    notes = list(side.notes)
    if highest > 1:
        note = N_(
            "Packages that are worth more than 1 to {side}, where GENIUS would cut off, keep what they are worth."
        )
        notes.append(Note(note, {"side": side.name}))
    rows = tuple(map(tuple, values))
    return Profile(side.name, At(side.root.at.file), rows, side.reservation, tuple(bonuses), notes=tuple(notes))


Band = dict[int, frozenset[int]]
"""Options by issue, by their places."""


def _rectangles(holder: Element, weight: Fraction = Fraction(1)) -> Iterator[tuple[Fraction, Element]]:
    """The rectangles within, each with the product of the weights around it and its own."""
    for function in holder.named("ufun"):
        if function.get("aggregation") not in (None, "sum"):
            raise function.at.error(
                "settle.file-unknown-type",
                N_("{type} is not read here"),
                N_("Only sums of rectangles are read; export the profile as one."),
                type=str(function.get("aggregation")),
            )
        here = weight * not_negative_at(function.at, function.get("weight") or "1")
        for rectangle in function.named("hyperRectangle"):
            yield here * not_negative_at(rectangle.at, rectangle.get("weight") or "1"), rectangle
        yield from _rectangles(function, here)


def _bands(rectangle: Element, issues: Sequence[Issue], by_index: Mapping[str, int]) -> tuple[Band, Band | None]:
    """The band of options on each issue that the rectangle includes; and the band that it excludes, where it does."""
    excludes = rectangle.first("EXCLUDES") is not None
    band: Band = {}
    for bound in rectangle.named("EXCLUDES" if excludes else "INCLUDES"):
        place = by_index.get(bound.needed("index"))
        if place is None:
            raise bound.at.error(
                "settle.file-unknown-index",
                N_("no issue has the index {index}"),
                N_("Write the index of an issue of this file."),
                index=bound.needed("index"),
            )
        least, most = (whole_at(bound.at, bound.needed(key)) for key in ("min", "max"))
        options = issues[place].options
        within = frozenset(at for at, option in enumerate(options) if least <= whole_at(bound.at, option) <= most)
        band[place] = within & band.get(place, within)
    return ({}, band) if excludes else (band, None)


def _add(values: list[list[Fraction]], bonuses: list[tuple[Box, Fraction]], band: Band, number: Fraction) -> None:
    """Adds the number to every package in the band. On one issue it is no bonus, but what its options are worth."""
    if not band:
        _everywhere(values, number)
    elif len(band) == 1:
        ((place, options),) = band.items()
        for option in options:
            values[place][option] += number
    elif all(band.values()):
        bonuses.append((Box(band), number))


def _everywhere(values: list[list[Fraction]], number: Fraction) -> None:
    values[0] = [value + number for value in values[0]]
