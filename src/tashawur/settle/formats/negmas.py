"""NegMAS, in YAML and in JSON: a domain, and one additive utility function for each side.

Weights and values are taken as they stand: NegMAS does not divide by the largest value of an issue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from tashawur.settle.formats.numbers import not_negative_at, number_at, whole_at
from tashawur.settle.formats.places import At, SourceFile
from tashawur.settle.formats.plain import list_at, mapping_at, part_at, text_at
from tashawur.settle.formats.profiles import (
    MOST_OPTIONS,
    Note,
    Profile,
    in_order,
    issues_of,
    missing_issue,
    too_many_options,
    unknown_option,
)
from tashawur.settle.values import Issue
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_

_ADDITIVE: Final = frozenset({"LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction"})
_ON_A_LINE: Final = frozenset({"LinearUtilityFunction", "AffineUtilityFunction"})
_LISTED: Final = frozenset(
    {"CategoricalIssue", "OrdinalIssue", "CardinalIssue", "DiscreteIssue", "DiscreteOrdinalIssue"}
)
_COUNTED: Final = frozenset({"ContiguousIssue", "DiscreteCardinalIssue"})
_UNREACHED: Final = frozenset({"-inf", "-.inf", "-infinity"})
"""NegMAS writes that no outcome is worse than no agreement: no reservation is stated."""


def role_of(loaded: Mapping[str, Any]) -> str | None:
    """Whether the file is a `domain`, a `profile`, or no part of a scenario."""
    sort = _type(loaded)
    if isinstance(loaded.get("issues"), list) and (sort is None or sort.endswith("OutcomeSpace")):
        return "domain"
    return "profile" if sort is not None and sort.endswith(("UtilityFunction", "UFun")) else None


def _type(loaded: Mapping[str, Any]) -> str | None:
    sort = loaded.get("type", loaded.get("__python_class__"))
    return sort.rpartition(".")[2] if isinstance(sort, str) else None


def issues_in(file: SourceFile, loaded: Mapping[str, Any]) -> tuple[Issue, ...]:
    """The issues of a domain, in its order."""
    at, given = list_at(At(file.name), loaded, "issues")
    found: list[tuple[At, str, list[str]]] = []
    for place, held in enumerate(given):
        here, value = part_at(at.under(place + 1), held, "name")
        found.append((here, text_at(here, value), _options(at.under(place + 1), held)))
    return issues_of(at, found)


def _options(at: At, held: Mapping[str, Any]) -> list[str]:
    sort = _type(held) or "CategoricalIssue"
    here, values = part_at(at, held, "values")
    if sort in _LISTED and isinstance(values, list):
        return [text_at(here, option) for option in values]
    if sort not in _LISTED | _COUNTED:
        raise _not_read(at, sort, N_("Let the issue have options, or whole numbers between two bounds."))
    if isinstance(values, list) and len(values) == 2:
        least, most = (whole_at(here, one) for one in values)
    else:
        least, most = 0, whole_at(here, values) - 1
    if most - least >= MOST_OPTIONS:
        raise too_many_options(here)
    return [str(number) for number in range(least, most + 1)]


def _not_read(at: At, sort: str, mend: str) -> ScenarioFileError:
    return at.error("settle.file-unknown-type", N_("{type} is not read here"), mend, type=sort)


def profile_of(file: SourceFile, loaded: Mapping[str, Any], issues: Sequence[Issue]) -> Profile:
    """The profile of one side. The side has the name that the file gives it, else that of the file."""
    top = At(file.name)
    sort = _type(loaded) or ""
    if sort not in _ADDITIVE | _ON_A_LINE:
        raise _not_read(top, sort, N_("Only additive profiles are read; export the profile as one."))
    name = text_at(top.under("name"), loaded["name"]) if loaded.get("name") else file.stem
    weights = [not_negative_at(at, one) for at, one in _each(top, loaded, "weights", issues)]
    if sort in _ADDITIVE:
        tables = [_table(at, one, issue) for (at, one), issue in
                  zip(_each(top, loaded, "values", issues), issues, strict=True)]  # fmt: skip
    else:
        tables = [{option: number_at(top, option) for option in issue.options} for issue in issues]
    values = [
        list(in_order(top.under("values", place), [issue], {issue.name: table})[0])
        for place, (issue, table) in enumerate(zip(issues, tables, strict=True), 1)
    ]
    rows = [[weight * number for number in row] for weight, row in zip(weights, values, strict=True)]
    bias = number_at(top.under("bias"), loaded.get("bias") or "0")
    rows[0] = [number + bias for number in rows[0]]
    reservation, notes = _reservation(top, loaded, issues, rows, name)
    return Profile(name, top, tuple(map(tuple, rows)), reservation, weights=tuple(weights), notes=notes)


def _each(top: At, loaded: Mapping[str, Any], key: str, issues: Sequence[Issue]) -> list[tuple[At, Any]]:
    """What stands under the key for each issue: a list in the order of issues, or a mapping by their names."""
    at, held = part_at(top, loaded, key)
    if isinstance(held, Mapping):
        missing = next((issue.name for issue in issues if issue.name not in held), None)
        if missing is not None:
            raise missing_issue(at, missing)
        return [(at.under(issue.name), held[issue.name]) for issue in issues]
    at, given = list_at(top, loaded, key)
    if len(given) != len(issues):
        raise at.error(
            "settle.file-wrong-length",
            N_("the list has more or fewer items than the scenario has issues"),
            N_("Give one item for each issue, in the order of the domain."),
        )
    return [(at.under(place), one) for place, one in enumerate(given, 1)]


def _table(at: At, held: Any, issue: Issue) -> dict[str, Fraction]:
    """What each option is worth before the weight."""
    at, held = mapping_at(at, held)
    sort = _type(held) or "TableFun"
    if sort == "TableFun":
        here, table = mapping_at(at, held, "mapping")
        return {option: number_at(here.under(option), number) for option, number in table.items()}
    slope, bias = Fraction(), Fraction()
    match sort:
        case "IdentityFun":
            slope = Fraction(1)
        case "LinearFun" | "AffineFun":
            slope = number_at(*part_at(at, held, "slope"))
            bias = number_at(at.under("bias"), held.get("bias") or "0")
        case "ConstFun":
            return dict.fromkeys(issue.options, number_at(*part_at(at, held, "bias")))
        case _:
            raise _not_read(at, sort, N_("Only additive profiles are read; export the profile as one."))
    return {option: slope * number_at(at, option) + bias for option in issue.options}


def _reservation(
    top: At, loaded: Mapping[str, Any], issues: Sequence[Issue], values: Sequence[Sequence[Fraction]], name: str
) -> tuple[Fraction | None, tuple[Note, ...]]:
    """The number that is stated; else what the outcome is worth that stands for no agreement."""
    stated, outcome = loaded.get("reserved_value"), loaded.get("reserved_outcome")
    if isinstance(stated, str) and stated.strip().lower() in _UNREACHED:
        stated = None
    if stated is not None:
        return number_at(top.under("reserved_value"), stated), ()
    if outcome is None:
        return None, ()
    worth = Fraction()
    for (at, option), issue, row in zip(_each(top, loaded, "reserved_outcome", issues), issues, values, strict=True):
        if option not in issue.options:
            raise unknown_option(at, text_at(at, option), issue)
        worth += row[issue.options.index(option)]
    note = N_("{side} states its reservation as a package: what that is worth to {side} was taken.")
    return worth, (Note(note, {"side": name}),)
