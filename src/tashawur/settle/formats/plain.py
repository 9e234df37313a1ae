"""JSON and YAML as plain values in which numbers stay as they are written.

Floats would lose digits, and YAML would take an option `No` for a truth value: so a scalar stays a text, and its reader
says whether a number or a name must stand there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from tashawur.settle.formats.markup import too_deep
from tashawur.settle.formats.places import At, SourceFile, missing_part, name_at, text_of
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_

_DEEPEST: Final = 64
_MOST: Final = 1_000_000
"""Values within values, and values in all, those that aliases repeat counted each time."""
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_PLAIN: Final = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_TUPLE: Final = "tag:yaml.org,2002:python/tuple"


def json_of(file: SourceFile) -> Any:
    """What the JSON file holds: mappings, lists, texts and None; numbers and truth values as they are written."""
    at = At(file.name)

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            raise key_twice(at, next(name for name in names if names.count(name) > 1))
        return found

    try:
        return _as_written(
            json.loads(text_of(file), object_pairs_hook=mapping, parse_float=str, parse_int=str, parse_constant=str)
        )
    except json.JSONDecodeError as error:
        raise At(file.name, error.lineno).error(
            "settle.file-broken-json",
            N_("the JSON is broken here"),
            N_("Look at the commas, quotes and brackets of this line and the one above, or export the scenario anew."),
        ) from error
    except RecursionError as error:
        raise too_deep(at) from error


def _as_written(value: Any) -> Any:
    """The value with truth values as they are written."""
    if isinstance(value, dict):
        return {key: _as_written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_written(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else value


def key_twice(at: At, key: str) -> ScenarioFileError:
    """A key that stands twice in one mapping."""
    return at.error("settle.file-key-twice", N_("the key {key} stands twice"), N_("Keep one of the two."), key=key)


def yaml_of(file: SourceFile) -> Any:
    """What the YAML file holds, in the same way. Tags make no objects, and aliases unfold within bounds."""
    import yaml  # noqa: PLC0415 - only files of YAML pay for its reader

    builder = _Builder(file.name)
    try:
        for event in yaml.parse(text_of(file), Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise At(file.name, mark.line + 1 if mark else 1).error(
            "settle.file-broken-yaml",
            N_("the YAML is broken here"),
            N_("Look at the indentation, quotes and colons of this line and the one above, or export it anew."),
        ) from error
    return builder.value


class _Builder:
    """Puts values together from the parser's events, which come one by one, however deep they stand."""

    def __init__(self, file: str) -> None:
        self.value: Any = None
        self._file = file
        self._open: list[tuple[Any, str | None, int]] = []
        """Lists and mappings that are not ended: each with its anchor, and how many values there were before it."""
        self._keys: list[str | None] = []
        """For each of them, the key that waits for its value."""
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._number = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Takes the next event."""
        match type(event).__name__:
            case "ScalarEvent":
                self._tag(event, *_PLAIN)
                plain = not event.style and event.value in _NOTHING
                self._add(event, None if plain and not self._key_is_due() else event.value, 1, event.anchor)
            case "SequenceStartEvent":
                self._tag(event, "tag:yaml.org,2002:seq", _TUPLE)
                self._begin(event, [])
            case "MappingStartEvent":
                self._tag(event, "tag:yaml.org,2002:map")
                self._begin(event, {})
            case "SequenceEndEvent" | "MappingEndEvent":
                value, anchor, before = self._open.pop()
                self._keys.pop()
                self._add(event, value, 0, anchor, size=self._number - before)
            case "AliasEvent":
                self._alias(event)
            case "DocumentStartEvent":
                self._begin_document(event)
            case _:
                pass

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise self._at(event).error(
                "settle.file-alias",
                N_("an alias names no value that stands before it"),
                N_("Write the value out in place of *, or put a text that begins with * into quotes."),
            )
        value, size = self._anchors[event.anchor]
        if self._key_is_due() and not isinstance(value, str):
            raise self._wordless_key(event)
        self._add(event, value, size, None)

    def _begin_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._at(event).error(
                "settle.file-several-documents",
                N_("the file holds several documents"),
                N_("Put each document into a file of its own."),
            )

    def _wordless_key(self, event: Any) -> ScenarioFileError:
        return self._at(event).error(
            "settle.file-wordless-key",
            N_("a list or a mapping stands where a key should be"),
            N_("Write a word before the colon; put a text that begins with a bracket or a brace into quotes."),
        )

    def _begin(self, event: Any, value: Any) -> None:
        if len(self._open) >= _DEEPEST:
            raise too_deep(self._at(event))
        if self._key_is_due():
            raise self._wordless_key(event)
        self._count(event, 1)
        self._open.append((value, event.anchor, self._number - 1))
        self._keys.append(None)

    def _add(self, event: Any, value: Any, number: int, anchor: str | None, *, size: int = 1) -> None:
        self._count(event, number)
        if anchor is not None:
            self._anchors[anchor] = (value, max(size, number))
        if not self._open:
            self.value = value
            return
        holder = self._open[-1][0]
        if isinstance(holder, list):
            holder.append(value)
        elif self._keys[-1] is None:
            if value in holder:
                raise key_twice(self._at(event), str(value))
            self._keys[-1] = value
        else:
            holder[self._keys[-1]] = value
            self._keys[-1] = None

    def _count(self, event: Any, number: int) -> None:
        self._number += number
        if self._number > _MOST:
            raise too_deep(self._at(event))

    def _key_is_due(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0], dict) and self._keys[-1] is None

    def _tag(self, event: Any, *allowed: str) -> None:
        if event.tag is not None and event.tag not in allowed and event.tag != "!":
            raise self._at(event).error(
                "settle.file-tag",
                N_("a tag asks for more than plain values"),
                N_("Take the tag, a word that begins with !, out."),
            )

    def _at(self, event: Any) -> At:
        return At(self._file, event.start_mark.line + 1)


def mapping_at(at: At, holder: Any, *keys: str) -> tuple[At, dict[str, Any]]:
    """The mapping under the keys, with its place."""
    here, value = part_at(at, holder, *keys)
    if not isinstance(value, Mapping):
        raise _wrong_part(here, N_("keys with values"))
    return here, dict(value)


def list_at(at: At, holder: Any, *keys: str) -> tuple[At, list[Any]]:
    """The list under the keys, with its place."""
    here, value = part_at(at, holder, *keys)
    if not isinstance(value, list):
        raise _wrong_part(here, N_("a list"))
    return here, value


def text_at(at: At, value: Any) -> str:
    """The name that stands here."""
    if not isinstance(value, str):
        raise _wrong_part(at, N_("words"))
    return name_at(at, value)


def part_at(at: At, holder: Any, *keys: str) -> tuple[At, Any]:
    """What stands under the keys, with its place; it must be there."""
    for key in keys:
        if not isinstance(holder, Mapping):
            raise _wrong_part(at, N_("keys with values"))
        if key not in holder:
            raise missing_part(at, key, str(at.path[-1]) if at.path else at.file)
        at, holder = at.under(key), holder[key]
    return at, holder


def _wrong_part(at: At, expected: str) -> ScenarioFileError:
    return at.error(
        "settle.file-wrong-part",
        N_("something else stands where there should be {expected}"),
        N_("Write it as the format has it, or export the scenario anew from its program."),
        expected=expected,
    )
