"""GeniusWeb JSON: a domain, which each profile repeats, and one additive profile for each side.

A profile states no number as its reservation but a package: what that is worth is the reservation;
issues that it leaves out count nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from tashawur.settle.formats.numbers import not_negative_at
from tashawur.settle.formats.places import At, SourceFile
from tashawur.settle.formats.plain import list_at, mapping_at, text_at
from tashawur.settle.formats.profiles import (
    Note,
    Profile,
    in_order,
    issues_of,
    same_issues,
    unknown_issue,
    unknown_option,
)
from tashawur.settle.values import Issue
from tashawur.terms.phrases import N_

_LINEAR: Final = "LinearAdditiveUtilitySpace"
_OTHERS: Final = frozenset(
    {"SumOfGroupsUtilitySpace", "MappedUtilitySpace", "PartialOrdering", "DefaultPartialOrdering"}
)


def role_of(loaded: Mapping[str, Any]) -> str | None:
    """Whether the file is a `domain`, a `profile`, or no part of a scenario."""
    if "issuesValues" in loaded:
        return "domain"
    return "profile" if len(loaded) == 1 and loaded.keys() <= {_LINEAR, *_OTHERS} else None


def issues_in(file: SourceFile, loaded: Mapping[str, Any]) -> tuple[Issue, ...]:
    """The issues of a domain, or of the domain inside a profile, in its order."""
    at = At(file.name)
    if _LINEAR in loaded:
        at, domain = mapping_at(at, loaded, _LINEAR, "domain")
        return _issues(at, domain)
    return _issues(at, loaded)


def _issues(at: At, domain: Mapping[str, Any]) -> tuple[Issue, ...]:
    at, given = mapping_at(at, domain, "issuesValues")
    found: list[tuple[At, str, list[str]]] = []
    for name, held in given.items():
        here = at.under(name)
        if isinstance(held, Mapping) and "range" in held:
            raise here.error(
                "settle.file-unknown-type",
                N_("{type} is not read here"),
                N_("Let the issue have options, or whole numbers between two bounds."),
                type="range",
            )
        _, options = list_at(here, held, "values")
        found.append((here, name, [text_at(here, option) for option in options]))
    return issues_of(at, found)


def profile_of(file: SourceFile, loaded: Mapping[str, Any], issues: Sequence[Issue]) -> Profile:
    """The profile of one side. The side has the name that the profile gives it, else that of the file."""
    top = At(file.name)
    if _LINEAR not in loaded:
        raise top.error(
            "settle.file-unknown-type",
            N_("{type} is not read here"),
            N_("Only additive profiles are read; export the profile as one."),
            type=next(iter(loaded)),
        )
    at, space = mapping_at(top, loaded, _LINEAR)
    same_issues(at, issues, issues_in(file, loaded))
    name = text_at(at.under("name"), space["name"]) if space.get("name") else file.stem
    weighed, weights = mapping_at(at, space, "issueWeights")
    by_issue = {issue: not_negative_at(weighed.under(issue), weight) for issue, weight in weights.items()}
    in_order(weighed, [Issue(issue.name, ("",)) for issue in issues], {key: {"": one} for key, one in by_issue.items()})
    valued, utilities = mapping_at(at, space, "issueUtilities")
    values: dict[str, dict[str, Fraction]] = {}
    for issue, held in utilities.items():
        if issue not in by_issue:
            raise unknown_issue(valued, issue, issues)
        here, options = mapping_at(valued.under(issue), held, "discreteutils", "valueUtilities")
        values[issue] = {
            option: by_issue[issue] * not_negative_at(here.under(option), number) for option, number in options.items()
        }
    rows = in_order(valued, issues, values)
    reservation, notes = _reservation(at, space, issues, rows, name)
    return Profile(name, top, rows, reservation, weights=tuple(by_issue[issue.name] for issue in issues), notes=notes)


def _reservation(
    at: At, space: Mapping[str, Any], issues: Sequence[Issue], values: Sequence[Sequence[Fraction]], name: str
) -> tuple[Fraction | None, tuple[Note, ...]]:
    """What the package is worth that stands for no agreement."""
    if space.get("reservationBid") is None:
        return None, ()
    at, bid = mapping_at(at, space, "reservationBid", "issuevalues")
    worth = Fraction()
    by_name = {issue.name: (issue, row) for issue, row in zip(issues, values, strict=True)}
    for key, option in bid.items():
        if key not in by_name:
            raise unknown_issue(at, key, issues)
        issue, row = by_name[key]
        if option not in issue.options:
            raise unknown_option(at.under(key), text_at(at.under(key), option), issue)
        worth += row[issue.options.index(option)]
    note = N_("{side} states its reservation as a package: what that is worth to {side} was taken.")
    return worth, (Note(note, {"side": name}),)
