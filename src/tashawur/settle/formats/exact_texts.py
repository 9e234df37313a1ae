"""JSON and YAML in which every number is written with all its digits, and every text in quotes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from tashawur.settle.formats.numbers import decimal

_KEYS: Final = frozenset({"type", "name", "issues", "values", "mapping", "weights", "reserved_value"})
"""The words of the format stand bare; what comes from a scenario, such as an option `No`, stands in quotes."""


def as_json(value: Any) -> bytes:
    """The value as JSON, two blanks a step; fractions, which must end as decimals, as numbers."""
    return ("".join(_json(value, "\n")) + "\n").encode()


def _json(value: Any, line: str) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        begins, ends = "{}" if isinstance(value, dict) else "[]"
        yield begins
        inner = line + "  "
        pairs = ((f"{_scalar(key)}: ", one) for key, one in value.items()) if isinstance(value, dict) else (
            ("", one) for one in value)  # fmt: skip
        for place, (key, one) in enumerate(pairs):
            yield f"{',' if place else ''}{inner}{key}"
            yield from _json(one, inner)
        yield f"{line}{ends}"
    else:
        yield _scalar(value)


def as_yaml(value: Any) -> bytes:
    """The value, a mapping, as YAML of 1.1 and of 1.2 alike, in blocks."""
    return "".join(_yaml(value, "")).encode()


def _yaml(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            shown = key if key in _KEYS else _scalar(key)
            if isinstance(one, dict | list) and one:
                yield f"{indent}{shown}:\n"
                yield from _yaml(one, indent + ("  " if isinstance(one, dict) else ""))
            else:
                yield f"{indent}{shown}: {_scalar(one)}\n"
        return
    for one in value:
        if isinstance(one, dict | list) and one:
            lines = "".join(_yaml(one, indent + "  "))
            yield f"{indent}- {lines.removeprefix(indent + '  ')}"
        else:
            yield f"{indent}- {_scalar(one)}\n"


def _scalar(value: Any) -> str:
    return decimal(Fraction(value)) if isinstance(value, Fraction | int) else json.dumps(value, ensure_ascii=False)
