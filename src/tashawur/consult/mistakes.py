"""The mistakes of one file against its published schema, in words that say how to mend it.

It repeats identifiers and keys of public files, never a value of a private one.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import jsonschema
from jsonschema.exceptions import ValidationError

from tashawur.consult.kinds import PRIVATE, schema
from tashawur.terms.errors import Mistake
from tashawur.terms.phrases import N_
from tashawur.terms.showing import mark, shown
from tashawur.terms.vocabulary import IDENT_PATTERN, LANG_PATTERN, LARGEST_NUMBER, WORDS_PATTERN

MOST: Final = 200
"""Mistakes against the schema that are told of one file; of a file with more, it is said that there are more."""

_EXPECTED: Final[Mapping[str, str]] = {
    "string": N_("words"),
    "integer": N_("a whole number"),
    "number": N_("a number"),
    "array": N_("a list"),
    "object": N_("keys with values"),
    "boolean": N_("true or false"),
    "null": N_("nothing"),
}
"""What the types of the schema are called for people."""

_FORMATS: Final = jsonschema.FormatChecker(formats=())


@_FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(
        re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) and dt.date.fromisoformat(value)
    )


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or _offset_of(value) is not None


def _offset_of(value: str) -> dt.timedelta | None:
    """The offset of a moment from UTC, None where it names none. Raises ValueError where it is no moment."""
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}", value, re.ASCII):
        raise ValueError(value)
    return dt.datetime.fromisoformat(value).utcoffset()


def in_value(name: str, kind: str, loaded: Any, said: str | None = None) -> list[Mistake]:
    """The mistakes of the file `name`, in the order of the schema's walk, hardly more than `MOST`.

    `said` is the decoder's own refusal, if it refused: it stands in where the schema has nothing to say against the
    value, so that a refused file never comes without a mistake.
    """
    checker = jsonschema.Draft202012Validator(schema(kind), format_checker=_FORMATS)
    found: list[Mistake] = []
    for error in _leaves(checker.iter_errors(loaded)):
        found.extend(_worded(name, kind, error))
        if len(found) > MOST:
            break
    return [_unworded(name, kind, said)] if said is not None and not found else found


def capped(name: str, mistakes: list[Mistake], *, more: bool) -> tuple[Mistake, ...]:
    """At most `MOST` of the mistakes of a file, and that there are more: these, or others that were not looked for."""
    if not more and len(mistakes) <= MOST:
        return tuple(mistakes)
    left_out = Mistake(
        "case.and-more",
        name,
        N_("the file holds more mistakes than {most}, and the others are left out"),
        N_("Mend these first."),
        {"most": str(MOST)},
    )
    return (*mistakes[:MOST], left_out)


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """The errors below the choices between types: those of the branch that the value means to be."""
    for error in errors:
        if error.validator == "anyOf" and error.context:
            yield from _leaves(_branch(error))
        else:
            yield error


def _branch(error: ValidationError) -> list[ValidationError]:
    branches: dict[int, list[ValidationError]] = {}
    choices: Any = error.validator_value
    for inner in error.context or ():
        branches.setdefault(int(inner.schema_path[0]), []).append(inner)
    discriminator = error.schema.get("discriminator") if isinstance(error.schema, dict) else None
    if discriminator and isinstance(error.instance, dict):
        tags = list(discriminator["mapping"])
        tag = error.instance.get(discriminator["propertyName"])
        if tag in tags:
            return branches.get(tags.index(tag), [])
        return _wrong_tag(error, discriminator["propertyName"], tags)
    # A choice with nothing: what counts is the branch for something.
    kinds = [branch.get("type") for branch in choices]
    something = [place for place, kind in enumerate(kinds) if kind != "null"]
    if something and kinds.count("null"):
        return branches.get(something[0], [])
    # The branch for what it is, if only its inside is wrong; else the one that finds the least.
    return min(
        branches.values(), key=lambda held: (any(not one.path and one.validator == "type" for one in held), len(held))
    )


def _wrong_tag(error: ValidationError, key: str, tags: list[str]) -> list[ValidationError]:
    """One error that stands for a tag which is missing or names no type."""
    value: Any = error.instance
    if key not in value:
        return [ValidationError("", validator="required", path=error.path, instance=value, validator_value=[key])]
    return [ValidationError("", validator="enum", path=[*error.path, key], instance=value[key], validator_value=tags)]


def _worded(name: str, kind: str, error: ValidationError) -> Iterator[Mistake]:
    """The mistakes that one error of the schema stands for, in words."""
    path = tuple(error.absolute_path)
    rule: Any = error.validator_value
    value: Any = error.instance
    match error.validator:
        case "additionalProperties":
            known = list(error.schema.get("properties", {})) if isinstance(error.schema, Mapping) else []
            for key in value:
                if key not in known:
                    yield _unknown_key(name, kind, (*path, key), key, known)
        case "required":
            for key in rule:
                if key not in value:
                    yield _missing_key(name, kind, path, key)
        case "pattern":
            yield _wrong_pattern(name, kind, error)
        case "format":
            yield _wrong_date(name, error)
        case "enum":
            yield _wrong_word(name, kind, error)
        case "type":
            yield _wrong_type(name, kind, error)
        case "minItems":
            yield _too_few(name, kind, error)
        case _:
            yield _out_of_bounds(name, kind, error)


def _unknown_key(name: str, kind: str, path: tuple[str | int, ...], key: object, known: list[str]) -> Mistake:
    near = difflib.get_close_matches(str(key), known, n=1)
    words = {"key": shown(key), "kind": kind, "near": near[0] if near else ""}
    mend = N_("Did you mean {near}?") if near else N_("Remove it. The keys: tashawur case schema {kind}")
    return Mistake("case.unknown-key", name, N_("the key {key} is not known here"), mend, words, path)


def _missing_key(name: str, kind: str, path: tuple[str | int, ...], key: str) -> Mistake:
    return Mistake(
        "case.missing-key",
        name,
        N_("{key} is missing"),
        N_("Add {key}. The keys: tashawur case schema {kind}"),
        {"key": key, "kind": kind},
        path,
    )


def _wrong_pattern(name: str, kind: str, error: ValidationError) -> Mistake:
    path = tuple(error.absolute_path)
    value = str(error.instance)
    told = "" if kind in PRIVATE else shown(value)
    if error.validator_value == IDENT_PATTERN:
        return _wrong_ident(name, path, value, told)
    if error.validator_value == WORDS_PATTERN:
        return Mistake(
            "case.hidden-mark",
            name,
            N_("{key} is empty or holds a hidden control or direction mark ({mark})"),
            N_("Write the words again without it: pages set the direction of each text themselves."),
            {"key": _key(path), "mark": _first_outside(value, WORDS_PATTERN)},
            path,
        )
    if error.validator_value == LANG_PATTERN:
        return Mistake(
            "case.unknown-language",
            name,
            N_("{value} is no language code"),
            N_("Write two or three small letters, such as en, ar or ru."),
            {"value": told},
            path,
        )
    return Mistake(
        "case.wrong-form",
        name,
        N_("{key} does not have the form that is asked for"),
        N_("See its form with: tashawur case schema {kind}"),
        {"key": _key(path), "kind": kind},
        path,
    )


def _wrong_ident(name: str, path: tuple[str | int, ...], value: str, told: str) -> Mistake:
    outside = next((letter for letter in value if not letter.isascii()), "")
    if outside:
        return Mistake(
            "case.look-alike",
            name,
            N_("the identifier {value} holds a character that is no plain Latin letter or digit ({mark})"),
            N_("Write it anew with the letters A to Z, the digits 0 to 9, - and _."),
            {"value": told, "mark": mark(outside)},
            path,
        )
    return Mistake(
        "case.wrong-identifier",
        name,
        N_("{value} is no identifier"),
        N_("Begin with a Latin letter; use letters, digits, - and _, at most 64 of them."),
        {"value": told},
        path,
    )


def _wrong_date(name: str, error: ValidationError) -> Mistake:
    path = tuple(error.absolute_path)
    value = str(error.instance)
    words = {"key": _key(path), "value": shown(value)}
    if any(letter.isdigit() and not letter.isascii() for letter in value):
        return Mistake(
            "case.other-digits",
            name,
            N_("{key} is written in other digits than 0 to 9"),
            N_("Write it as year-month-day in the digits 0 to 9, such as 2025-02-18; pages show other digits."),
            words,
            path,
        )
    if error.validator_value == "date-time":
        return _wrong_moment(name, path, words)
    return Mistake(
        "case.impossible-date",
        name,
        N_("{key}: {value} is no day of the calendar"),
        N_("Write it as year-month-day, such as 2025-02-18."),
        words,
        path,
    )


def _wrong_moment(name: str, path: tuple[str | int, ...], words: dict[str, str]) -> Mistake:
    mend = N_("Write day, hour and offset from UTC, such as 2025-02-18T10:00:00+03:00.")
    try:
        _offset_of(words["value"])
    except ValueError:
        return Mistake("case.impossible-moment", name, N_("{key}: {value} is no moment"), mend, words, path)
    return Mistake("case.no-offset", name, N_("{key} does not say its offset from UTC"), mend, words, path)


def _wrong_word(name: str, kind: str, error: ValidationError) -> Mistake:
    path = tuple(error.absolute_path)
    rule: Any = error.validator_value
    known = [str(word) for word in rule]
    return Mistake(
        "case.unknown-word",
        name,
        N_("{key}: {value} is not one of its words"),
        N_("Write one of: {known}."),
        {"key": _key(path), "value": "" if kind in PRIVATE else shown(error.instance), "known": ", ".join(known)},
        path,
    )


def _wrong_type(name: str, kind: str, error: ValidationError) -> Mistake:
    path = tuple(error.absolute_path)
    rule: Any = error.validator_value
    wanted = rule if isinstance(rule, str) else rule[0]
    words = {"key": _key(path), "expected": _EXPECTED[wanted], "kind": kind}
    wrong = N_("{key} should be {expected}")
    if isinstance(error.instance, str) and wanted in ("integer", "number"):
        mend = N_("Write it in the digits 0 to 9, without quotes.")
        if any(letter.isdigit() and not letter.isascii() for letter in error.instance):
            return Mistake("case.other-digits", name, wrong, mend, words, path)
    elif wanted == "string":
        mend = N_("Put it in quotes.")
    else:
        mend = N_("See an example with: tashawur case schema {kind}")
    return Mistake("case.wrong-type", name, wrong, mend, words, path)


def _too_few(name: str, kind: str, error: ValidationError) -> Mistake:
    path = tuple(error.absolute_path)
    return Mistake(
        "case.too-few",
        name,
        N_("{key} has too few items: {least} at least are needed"),
        N_("Add the others. See its bounds with: tashawur case schema {kind}"),
        {"key": _key(path), "least": str(error.validator_value), "kind": kind},
        path,
    )


def _too_large_a_number(name: str, path: tuple[str | int, ...]) -> Mistake:
    return Mistake(
        "case.too-large-number",
        name,
        N_("{key} is beyond 2^53, the largest whole number that every program reads alike"),
        N_("Divide all numbers of their kind by one and the same number."),
        {"key": _key(path)},
        path,
    )


def _out_of_bounds(name: str, kind: str, error: ValidationError) -> Mistake:
    rule: Any = error.validator_value
    if error.validator in {"maximum", "minimum"} and abs(rule) == LARGEST_NUMBER:
        return _too_large_a_number(name, tuple(error.absolute_path))
    return Mistake(
        "case.out-of-bounds",
        name,
        N_("{key} has too few or too many items or letters, or a number out of bounds"),
        N_("See its bounds with: tashawur case schema {kind}"),
        {"key": _key(tuple(error.absolute_path)), "kind": kind},
        tuple(error.absolute_path),
    )


def _unworded(name: str, kind: str, said: str) -> Mistake:
    """The decoder's refusal, by its path alone: its own words may repeat a private value."""
    found = re.search(r"`\$(.*)`$", said)
    steps = re.findall(r"\.(\w+)|\[(\d+)\]", found[1]) if found else []
    path = tuple(key or int(place) for key, place in steps)
    return Mistake(
        "case.wrong-form",
        name,
        N_("{key} does not have the form that is asked for"),
        N_("See its form with: tashawur case schema {kind}"),
        {"key": _key(path), "kind": kind},
        path,
    )


def _key(path: tuple[str | int, ...]) -> str:
    """The last key of a path, with the place in its list."""
    names = [step for step in path if isinstance(step, str)]
    return names[-1] if names else "?"


def _first_outside(value: str, pattern: str) -> str:
    allowed = re.compile(pattern)
    return next((mark(letter) for letter in value if not allowed.match(letter)), "–")
