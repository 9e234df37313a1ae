"""Where in a YAML text a value stands: the line of a path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tashawur.terms.errors import Mistake


def with_lines(mistakes: Iterable[Mistake], text: str) -> list[Mistake]:
    """The mistakes, each with the line of its path in `text`, in the order of lines."""
    root = _composed(text)
    found = [replace(mistake, line=mistake.line or _line(root, mistake.path)) for mistake in mistakes]
    return sorted(found, key=lambda mistake: mistake.line)


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line, from 1, at which the value under `path` stands; of a missing one, that of what should hold it."""
    return _line(_composed(text), path)


def doubled_key(text: str) -> tuple[str, int]:
    """The first key that stands twice in one mapping, and the line of its second place."""
    waiting = [_composed(text)]
    while waiting:
        node = waiting.pop(0)
        if _is_mapping(node):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    return str(key.value), key.start_mark.line + 1
                seen.add(str(key.value))
                waiting.append(value)
        elif _is_list(node):
            waiting.extend(node.value)
    return "?", 1


def _is_mapping(node: Any) -> bool:
    return node is not None and bool(node.id == "mapping")


def _is_list(node: Any) -> bool:
    return node is not None and bool(node.id == "sequence")


def _composed(text: str) -> Any:
    """The tree of the text with its lines. None where this reader cannot follow, which costs only the line."""
    import yaml  # noqa: PLC0415 - only a file with a mistake pays for this reader, which knows lines

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node: Any = yaml.compose(text, Loader=loader)
    except (yaml.YAMLError, RecursionError):
        return None
    return node


def _line(node: Any, path: Sequence[str | int]) -> int:
    if node is None:
        return 1
    line: int = node.start_mark.line + 1
    for step in path:
        if _is_mapping(node):
            pair = next((pair for pair in node.value if pair[0].value == str(step)), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif _is_list(node) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line
