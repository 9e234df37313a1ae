"""Writes a scenario as the files of a consultation, which `case check` passes.

Names become identifiers and stay as labels. Scores become whole points of at most 2^53; what one of them is in the
scenario's own numbers stands in a comment of each brief.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd
from typing import Any, Final

from tashawur.consult.names import NEXT_ROUND
from tashawur.settle.formats.numbers import decimal, ends
from tashawur.settle.formats.places import SourceFile
from tashawur.settle.formats.profiles import Exact, Note
from tashawur.settle.formats.tasks import Written, cannot_hold
from tashawur.settle.values import Box, Issue, Scenario
from tashawur.terms.phrases import N_

LARGEST_POINTS: Final = 2**53
"""Whole points of a brief, and their sums, stay below this: every program reads such numbers exactly."""

_FINEST: Final = 12
_TRACK: Final = "main"
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NO_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""What YAML takes, or once took, for something else than a word."""


@dataclass(frozen=True, slots=True)
class CaseWords:
    """What stands in the files for people, in one language: `scale` has a place for {unit}."""

    lang: str
    title: str
    purpose: str
    track: str
    why: str
    head: str
    scale: str


def language_of(scenario: Scenario) -> str:
    """The language that most letters of its names are of, as far as letters tell: ar, ru or else en."""
    names = [*(side.name for side in scenario.sides), *(issue.name for issue in scenario.issues)]
    letters = "".join([*names, *(option for issue in scenario.issues for option in issue.options)])
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    latin = sum(letter.isalpha() for letter in letters) - arabic - cyrillic
    return max((latin, "en"), (arabic, "ar"), (cyrillic, "ru"), key=lambda one: one[0])[1]


def case_files(scenario: Scenario, name: str, words: CaseWords, exact: Sequence[Exact] = ()) -> Written:
    """The files of a consultation on the scenario, with a brief for each side.

    `exact` are its sides before any rounding, where it was read from files: then these are what is written.

    Raises:
        ScenarioFileError: it holds points for combinations, budgets, or rules that leave no package.
    """
    if any(side.bonuses for side in scenario.sides):
        raise cannot_hold(name, "case", N_("points for combinations"))
    if scenario.budgets:
        raise cannot_hold(name, "case", N_("limits on sums over issues"))
    named = _Named.of(scenario, words.lang)
    notes = [Note(N_("The first option of each issue stands where a case has the status quo: see whether it is."))]
    notes += [Note(N_("The estimate of {side} was left out."), {"side": party.name}) for party in scenario.absent]
    briefs: list[SourceFile] = []
    sides = exact or tuple(map(Exact.of, scenario.sides))
    for side, lines, party in zip(sides, (side.red_lines for side in scenario.sides), named.parties, strict=True):
        text, told = _brief(side, [_red_line(box, named, name) for box in lines], party, named, words)
        briefs.append(SourceFile(f"briefs/{party}.yaml", text))
        notes += told
    files = (
        SourceFile("consultation.yaml", _case(scenario, name, named, words)),
        SourceFile("register.yaml", _register(scenario, name, named, words)),
        *briefs,
    )
    return Written(files, tuple(notes))


@dataclass(frozen=True, slots=True)
class _Named:
    """The scenario's names as identifiers, in its order."""

    lang: str
    issues: Sequence[Issue] = field(repr=False)
    parties: Sequence[str]
    irritants: Sequence[str]
    options: Sequence[Sequence[str]]

    @classmethod
    def of(cls, scenario: Scenario, lang: str) -> _Named:
        taken = {NEXT_ROUND, _TRACK}
        parties = [_ident(side.name, f"side_{at}", taken) for at, side in enumerate(scenario.sides, 1)]
        irritants = [_ident(one.name.lower(), f"issue_{at}", taken) for at, one in enumerate(scenario.issues, 1)]
        options: list[list[str]] = []
        for issue in scenario.issues:
            used: set[str] = set()
            options.append([_ident(one.lower(), f"option_{at}", used) for at, one in enumerate(issue.options, 1)])
        return cls(lang, scenario.issues, parties, irritants, options)

    def chosen(self, box: Box) -> dict[str, list[str]]:
        """The options of a box by the identifiers of issues."""
        return {
            self.irritants[issue]: [self.options[issue][option] for option in sorted(options)]
            for issue, options in box.options.items()
        }

    def rule(self, box: Box) -> tuple[dict[str, list[str]], dict[str, list[str]]] | None:
        """A forbidden box as "if these, then one of those"; None where it holds every package."""
        for issue in sorted(box.options, reverse=True):
            left = [one for place, one in enumerate(self.options[issue]) if place not in box.options[issue]]
            if left:
                when = self.chosen(box)
                if len(when) > 1:
                    del when[self.irritants[issue]]
                return when, {self.irritants[issue]: left}
        return None


def _ident(name: str, otherwise: str, taken: set[str]) -> str:
    """An identifier that is like the name and that nothing else bears, whatever the case of its letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    found = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")
    if not found:
        found = otherwise
    elif not found[0].isalpha():
        found = f"{otherwise.partition('_')[0]}_{found}"
    found = found[:50].strip("_")
    number, tried = 1, found
    while tried.lower() in taken:
        number += 1
        tried = f"{found}_{number}"
    taken.add(tried.lower())
    return tried


def _case(scenario: Scenario, name: str, named: _Named, words: CaseWords) -> bytes:
    taken = {one.lower() for one in (*named.parties, *named.irritants, NEXT_ROUND, _TRACK)}
    parties = [{"id": one, "name": {words.lang: side.name}} for one, side in
               zip(named.parties, scenario.sides, strict=True)]  # fmt: skip
    return _yaml(
        words.head,
        {
            "kind": "consultation",
            "id": _ident(name, "scenario", taken),
            "title": {words.lang: words.title},
            "languages": [words.lang],
            "parties": parties,
            "roles": [{"party": party, "role": "side"} for party in named.parties],
            "mechanism": {"purpose": {words.lang: words.purpose}},
            "tracks": [{"id": _TRACK, "name": {words.lang: words.track}}],
        },
    )


def _register(scenario: Scenario, name: str, named: _Named, words: CaseWords) -> bytes:
    raised = [{"by": party} for party in named.parties]
    irritants = [
        {
            "id": irritant,
            "name": {words.lang: issue.name},
            "track": _TRACK,
            "raised": raised,
            "options": [
                {"id": option, "name": {words.lang: label}}
                for option, label in zip(options, issue.options, strict=True)
            ],
        }
        for irritant, issue, options in zip(named.irritants, named.issues, named.options, strict=True)
    ]
    constraints = []
    taken = {one.lower() for one in (*named.parties, *named.irritants, NEXT_ROUND, _TRACK)}
    for number, box in enumerate(scenario.forbidden, 1):
        rule = named.rule(box)
        if rule is None:
            raise cannot_hold(name, "case", N_("rules that leave no package"))
        one = _ident(f"rule_{number}", "rule", taken)
        constraints.append({"id": one, "if": rule[0], "then": rule[1], "why": {words.lang: words.why}})
    register: dict[str, Any] = {"kind": "register", "irritants": irritants}
    return _yaml(words.head, register | ({"constraints": constraints} if constraints else {}))


def _brief(
    side: Exact, lines: Sequence[Mapping[str, Any]], party: str, named: _Named, words: CaseWords
) -> tuple[bytes, tuple[Note, ...]]:
    unit, notes = _unit(side)
    scale = decimal(unit) if ends(unit) else f"{unit.numerator}/{unit.denominator}"
    brief: dict[str, Any] = {
        "kind": "brief",
        "party": party,
        "reservation": round(side.reservation * side.unit / unit),
        "points": {
            irritant: {option: round(points * side.unit / unit) for option, points in zip(options, row, strict=True)}
            for irritant, options, row in zip(named.irritants, named.options, side.points, strict=True)
        },
    }
    if unit != 1:
        brief["unit"] = scale
    head = f"{words.head}\n{words.scale.format(unit=scale)}" if unit != 1 else words.head
    return _yaml(head, brief | ({"red_lines": list(lines)} if lines else {})), notes


def _red_line(box: Box, named: _Named, name: str) -> Mapping[str, Any]:
    if len(box.options) == 1:
        return {"forbid": named.chosen(box)}
    rule = named.rule(box)
    if rule is None:
        raise cannot_hold(name, "case", N_("rules that leave no package"))
    return {"if": rule[0], "then": rule[1]}


def _unit(side: Exact) -> tuple[Fraction, tuple[Note, ...]]:
    """What a point of the brief is on the side's own scale: as coarse as is exact, else a power of ten."""
    numbers = [points for row in side.points for points in row]
    step = gcd(*numbers, side.reservation) or 1
    largest = max(sum(max(map(abs, row)) for row in side.points), abs(side.reservation)) * side.unit
    if largest < LARGEST_POINTS and all(
        (points * side.unit).denominator == 1 for points in (*numbers, side.reservation)
    ):
        return Fraction(1), ()
    if largest / (side.unit * step) < LARGEST_POINTS:
        return side.unit * step, ()
    finest = _FINEST
    while largest * 10**finest >= LARGEST_POINTS if finest >= 0 else largest >= LARGEST_POINTS * 10**-finest:
        finest -= 1
    unit = Fraction(10) ** -finest
    note = N_("The scores of {side} were rounded to {step}: finer whole points would be too large for a brief.")
    return unit, (Note(note, {"side": side.name, "step": f"10^{-finest}"}),)


def _yaml(head: str, document: Mapping[str, Any]) -> bytes:
    """The document in YAML: a line for each item of a list and each key of what is long, words bare if they can be."""
    lines = [f"# {line}" for line in head.splitlines()]
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{key}:", *(line for one in value for line in _item(one))]
        elif isinstance(value, dict) and key == "points":
            lines += [f"{key}:", *(f"  {_flow(inner)}: {_flow(one)}" for inner, one in value.items())]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "".join(f"{line}\n" for line in lines).encode()


def _item(one: Mapping[str, Any]) -> Iterator[str]:
    if "options" not in one:
        yield f"- {_flow(one)}"
        return
    for place, (key, value) in enumerate(one.items()):
        begun = "  " if place else "- "
        if key == "options":
            yield f"{begun}{key}:"
            yield from (f"  - {_flow(option)}" for option in value)
        else:
            yield f"{begun}{key}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str) and _WORD.fullmatch(value) and value.lower() not in _NO_WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)
