"""NegoLog JSON: one additive profile for each side, which names the issues; `specs.json` beside them is worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tashawur.settle.formats.numbers import not_negative_at, number_at
from tashawur.settle.formats.places import At, SourceFile
from tashawur.settle.formats.plain import mapping_at
from tashawur.settle.formats.profiles import Profile, in_order, issues_of, missing_issue
from tashawur.settle.values import Issue


def role_of(loaded: Mapping[str, Any]) -> str | None:
    """Whether the file is a `profile`, or no part of a scenario."""
    return "profile" if {"issueWeights", "issues"} <= loaded.keys() else None


def issues_in(file: SourceFile, loaded: Mapping[str, Any]) -> tuple[Issue, ...]:
    """The issues in the order of their weights, as NegoLog reads them."""
    at, weights = mapping_at(At(file.name), loaded, "issueWeights")
    issues_at, given = mapping_at(At(file.name), loaded, "issues")
    for issue in weights:
        if issue not in given:
            raise missing_issue(issues_at, issue)
    ordered = [*weights, *(issue for issue in given if issue not in weights)]
    return issues_of(
        at, [(issues_at.under(issue), issue, [*mapping_at(issues_at, given, issue)[1]]) for issue in ordered]
    )


def profile_of(file: SourceFile, loaded: Mapping[str, Any], issues: Sequence[Issue]) -> Profile:
    """The profile of one side, which is named as its file: profileA, profileB."""
    top = At(file.name)
    at, weights = mapping_at(top, loaded, "issueWeights")
    by_issue = {issue: not_negative_at(at.under(issue), weight) for issue, weight in weights.items()}
    in_order(at, [Issue(issue.name, ("",)) for issue in issues], {key: {"": one} for key, one in by_issue.items()})
    at, given = mapping_at(top, loaded, "issues")
    values = {
        issue: {
            option: by_issue.get(issue, 0) * not_negative_at(at.under(issue, option), number)
            for option, number in mapping_at(at, given, issue)[1].items()
        }
        for issue in given
    }
    stated = loaded.get("reservationValue")
    return Profile(
        file.stem,
        top,
        in_order(at, issues, values),
        None if stated is None else number_at(top.under("reservationValue"), stated),
        weights=tuple(by_issue[issue.name] for issue in issues),
    )
