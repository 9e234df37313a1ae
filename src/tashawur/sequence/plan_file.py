"""A plan as a file of its own, in YAML or JSON.

    parties: [A, B]
    deposit: {B: 2}
    steps:
    - {id: a, by: A, value: {A: -2, B: 5}}
    - {id: b, by: B, value: {A: [4, 6], B: -2}, requires: [a], earliest: 2025-03-01, duration: 10, lag: 5}
    groups:
    - {steps: [a, b], mode: atomic}

`requires` may hold lists: one step of each must have been done before. What a file says besides is passed over, and
told.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from tashawur.sequence.values import Bonus, Group, Mode, Plan, Step, Trigger
from tashawur.settle.formats.places import At, SourceFile, missing_part
from tashawur.settle.formats.plain import json_of, list_at, mapping_at, part_at, text_at, yaml_of
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import LARGEST_NUMBER, Text

_PLAN_KEYS: Final = frozenset(
    {
        "kind",
        "name",
        "note",
        "title",
        "expected",
        "package",
        "parties",
        "steps",
        "groups",
        "deposit",
        "bonuses",
        "start",
    }
)
_STEP_KEYS: Final = frozenset(
    {"id", "by", "joint_with", "value", "requires", "earliest", "duration", "lag", "title", "issue", "trigger", "moves"}
)
_GROUP_KEYS: Final = frozenset({"id", "steps", "mode"})
_BONUS_KEYS: Final = frozenset({"steps", "value"})
_TRIGGER_KEYS: Final = frozenset({"event", "needs_signature_of"})
_LONGEST: Final = 100_000
"""Days: more than two centuries are a slip of the pen."""


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan from a file, its title where it has one, and the places of keys that were passed over."""

    plan: Plan
    title: Text = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()


def read_plan(file: SourceFile) -> ReadPlan:
    """The plan that the file holds. Raises ScenarioFileError with file, line or path, and remedy."""
    loaded = json_of(file) if file.data.lstrip()[:1] == b"{" else yaml_of(file)
    return _Reader(file.name).plan(loaded, file.stem)


class _Reader:
    def __init__(self, file: str) -> None:
        self._at = At(file)
        self._over: list[str] = []

    def plan(self, loaded: Any, name: str) -> ReadPlan:
        at, held = mapping_at(self._at, loaded)
        self._known(at, held, _PLAN_KEYS)
        rows = [mapping_at(here, row) for here, row in self._rows(at, held, "steps", needed=True)]
        start = _day(at.under("start"), held["start"]) if held.get("start") is not None else None
        steps, start = _from_start([self._step(here, row) for here, row in rows], start)
        plan = Plan(
            self._parties(at, held, steps),
            steps,
            tuple(self._group(here, row) for here, row in self._rows(at, held, "groups")),
            self._points(at, held, "deposit", least=0),
            tuple(self._bonus(here, row) for here, row in self._rows(at, held, "bonuses")),
            start,
            file=at.file,
        )
        title = held.get("title", held.get("name")) or name
        return ReadPlan(plan, _text(at.under("title"), title), tuple(self._over))

    def _known(self, at: At, held: Mapping[str, Any], known: frozenset[str]) -> None:
        self._over += ["/".join(map(str, (*at.path, key))) for key in held if key not in known]

    def _rows(self, at: At, held: Mapping[str, Any], key: str, *, needed: bool = False) -> Iterator[tuple[At, Any]]:
        if held.get(key) is None:
            if needed:
                raise missing_part(at, key, at.file)
            return
        here, rows = list_at(at, held, key)
        yield from ((here.under(place), row) for place, row in enumerate(rows))

    def _parties(self, at: At, held: Mapping[str, Any], steps: tuple[Step, ...]) -> tuple[str, ...]:
        """The parties that are named, else those that the steps name, in their order."""
        if held.get("parties") is not None:
            return tuple(text_at(here, row) for here, row in self._rows(at, held, "parties"))
        return tuple(dict.fromkeys(party for step in steps for party in (*step.performers, *step.value)))

    def _points(self, at: At, held: Mapping[str, Any], key: str, least: int | None = None) -> dict[str, int]:
        if held.get(key) is None:
            return {}
        here, points = mapping_at(at, held, key)
        return {party: _points(here.under(party), value, least) for party, value in points.items()}

    def _step(self, at: At, row: Any) -> tuple[Step, dt.date | None]:
        """The step, and the day before which it cannot be done, where it is given as a day of the calendar."""
        at, held = mapping_at(at, row)
        self._known(at, held, _STEP_KEYS)
        names = [text_at(*part_at(at, held, "id")), text_at(*part_at(at, held, "by"))]
        joint = held.get("joint_with")
        others = [] if joint is None else joint if isinstance(joint, list) else [joint]
        here, day = at.under("earliest"), held.get("earliest")
        counted = isinstance(day, str) and day.isascii() and day.isdecimal()
        part_at(at, held, "value")
        step = Step(
            names[0],
            tuple(dict.fromkeys([names[1], *(text_at(at.under("joint_with"), one) for one in others)])),
            self._points(at, held, "value"),
            tuple(self._clause(where, one) for where, one in self._rows(at, held, "requires")),
            _days(here, day) if counted else 0,
            _days(at.under("duration"), held.get("duration")),
            _days(at.under("lag"), held.get("lag")),
            _text(at.under("title"), held["title"]) if held.get("title") is not None else {},
            text_at(at.under("issue"), held["issue"]) if held.get("issue") is not None else "",
            self._trigger(*mapping_at(at, held, "trigger")) if held.get("trigger") is not None else None,
        )
        return step, None if counted or day is None else _day(here, day)

    def _clause(self, at: At, value: Any) -> tuple[str, ...]:
        some = value if isinstance(value, list) else [value]
        if not some:
            raise missing_part(at, "id", "requires")
        return tuple(text_at(at, one) for one in some)

    def _trigger(self, at: At, held: Mapping[str, Any]) -> Trigger:
        self._known(at, held, _TRIGGER_KEYS)
        event = text_at(at.under("event"), held["event"]) if held.get("event") is not None else ""
        return Trigger(event, tuple(text_at(here, one) for here, one in self._rows(at, held, "needs_signature_of")))

    def _group(self, at: At, row: Any) -> Group:
        at, held = mapping_at(at, row)
        self._known(at, held, _GROUP_KEYS)
        mode = text_at(*part_at(at, held, "mode"))
        steps = tuple(text_at(here, one) for here, one in self._rows(at, held, "steps", needed=True))
        if mode not in _MODES:
            raise at.under("mode").error(
                "sequence.mode",
                N_("{mode} is no way to do steps together"),
                N_("Write atomic, held by the host and released at once, or simultaneous."),
                mode=mode,
            )
        if len(steps) < 2:
            raise at.under("steps").error(
                "sequence.small-group", N_("a group has fewer than two steps"), N_("Name two or more, or no group.")
            )
        return Group(steps, _MODES[mode])

    def _bonus(self, at: At, row: Any) -> Bonus:
        at, held = mapping_at(at, row)
        self._known(at, held, _BONUS_KEYS)
        part_at(at, held, "value")
        steps = tuple(text_at(here, one) for here, one in self._rows(at, held, "steps", needed=True))
        return Bonus(tuple(dict.fromkeys(steps)), self._points(at, held, "value"))


_MODES: Final[Mapping[str, Mode]] = {"atomic": "atomic", "simultaneous": "simultaneous"}


def _from_start(
    read: list[tuple[Step, dt.date | None]], start: dt.date | None
) -> tuple[tuple[Step, ...], dt.date | None]:
    """The steps with their days counted from the start: the day given, or the first that a step names."""
    named = [day for _, day in read if day is not None]
    first = start if start is not None else min(named, default=None)
    if first is None:
        return tuple(step for step, _ in read), None
    return tuple(
        step if day is None else replace(step, earliest=max((day - first).days, 0)) for step, day in read
    ), first


def _points(at: At, value: Any, least: int | None) -> int:
    """Whole points; of an interval [least, most] the least, which is what a side can be sure of."""
    if isinstance(value, list):
        if len(value) != 2:
            raise _wrong_number(at, N_("a whole number, or an interval of two"))
        low, high = (_points(at, one, least) for one in value)
        if low > high:
            raise at.error(
                "sequence.interval", N_("an interval ends before it begins"), N_("Write the smaller number first.")
            )
        return low
    number = _whole(at, value)
    if least is not None and number < least:
        raise at.error("sequence.negative", N_("a number is below zero"), N_("Write one from 0 on."))
    return number


def _whole(at: At, value: Any) -> int:
    text = str(value)
    digits = text[1:] if text[:1] in ("-", "+") else text
    if not isinstance(value, str) or not digits.isascii() or not digits.isdecimal() or len(digits) > 17:
        raise _wrong_number(at, N_("a whole number"))
    number = int(text)
    if abs(number) > LARGEST_NUMBER:
        raise _wrong_number(at, N_("a whole number"))
    return number


def _wrong_number(at: At, expected: str) -> ScenarioFileError:
    return at.error(
        "sequence.number",
        N_("something else stands where there should be {expected}"),
        N_("Write whole points in the digits 0 to 9, at most 2^53."),
        expected=expected,
    )


def _days(at: At, value: Any) -> int:
    if value is None:
        return 0
    number = _whole(at, value)
    if not 0 <= number <= _LONGEST:
        raise at.error(
            "sequence.days", N_("that is no number of days"), N_("Write whole days, from 0 to {most}."),
            most=str(_LONGEST),
        )  # fmt: skip
    return number


def _day(at: At, value: Any) -> dt.date:
    try:
        day = dt.date.fromisoformat(value)
        if str(day) == value:
            return day
    except (TypeError, ValueError):
        pass
    raise at.error("sequence.day", N_("that is no day"), N_("Write it as 2025-02-18."))


def _text(at: At, value: Any) -> Text:
    """Words by language, or words alone, which stand for themselves."""
    if isinstance(value, Mapping) and value:
        return {text_at(at, lang): text_at(at.under(lang), words) for lang, words in value.items()}
    return {"en": text_at(at, value)}


def order_in(file: SourceFile) -> tuple[tuple[str, ...], ...]:
    """The units of an order that somebody proposes, as `sequence --json` writes them or as a bare list.

    A unit is a list of step ids, or one id. Raises ScenarioFileError.
    """
    at = At(file.name)
    try:
        loaded = json.loads(file.data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise at.error(
            "sequence.order-json", N_("it is no JSON"), N_("Give an order as sequence --json writes it.")
        ) from error
    if isinstance(loaded, Mapping):
        at, loaded = part_at(at, loaded, "order")
    units = loaded if isinstance(loaded, list) else None
    if units is None or not all(_is_unit(unit) for unit in units):
        raise at.error(
            "sequence.order-form",
            N_("it holds no list of units, each a list of step ids"),
            N_("Give an order as sequence --json writes it."),
        )
    return tuple((unit,) if isinstance(unit, str) else tuple(unit) for unit in units)


def _is_unit(unit: Any) -> bool:
    return isinstance(unit, str) or (
        isinstance(unit, list) and bool(unit) and all(isinstance(one, str) for one in unit)
    )
