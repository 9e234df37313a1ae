"""Where in a YAML text a value stands: the line of a path."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from tashawur.terms.errors import Mistake

_NO_LETTERS: Final = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What the reader that knows lines refuses, or takes for the end of a line where YAML 1.2 does not."""


def with_lines(mistakes: Iterable[Mistake], text: str) -> list[Mistake]:
    """The mistakes, each with the line of its path in `text`, in the order of lines.

    What stands once and is reached by several aliases is one mistake.
    """
    root = _composed(text)
    found: dict[tuple[object, ...], Mistake] = {}
    for mistake in mistakes:
        line, node = _place(root, mistake.path)
        where = mistake.path if node is None else id(node)
        told = (mistake.code, where, mistake.wrong, *mistake.words.items())
        found.setdefault(told, replace(mistake, line=mistake.line or line))
    return sorted(found.values(), key=lambda mistake: mistake.line)


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line, from 1, at which the value under `path` stands; of a missing one, that of what should hold it."""
    return _place(_composed(text), path)[0]


def doubled_key(text: str) -> tuple[str, int]:
    """The first key that stands twice in one mapping, and the line of its second place."""
    for mapping in _mappings(text):
        seen: set[str] = set()
        for key, _ in mapping.value:
            if str(key.value) in seen:
                return str(key.value), key.start_mark.line + 1
            seen.add(str(key.value))
    return "?", 1


def wordless_key(text: str) -> int:
    """The line of the first key that is a list or a mapping itself."""
    keys = (key for mapping in _mappings(text) for key, _ in mapping.value)
    return next((key.start_mark.line + 1 for key in keys if key.id != "scalar"), 1)


def _mappings(text: str) -> Iterator[Any]:
    """The mappings in the text, the outermost first."""
    waiting = deque([_composed(text)])
    while waiting:
        node = waiting.popleft()
        if _is_mapping(node):
            yield node
            waiting.extend(value for _, value in node.value)
        elif _is_list(node):
            waiting.extend(node.value)


def _is_mapping(node: Any) -> bool:
    return node is not None and bool(node.id == "mapping")


def _is_list(node: Any) -> bool:
    return node is not None and bool(node.id == "sequence")


def _composed(text: str) -> Any:
    """The tree of the text with its lines. None where this reader cannot follow, which costs only the line."""
    import yaml  # noqa: PLC0415 - only a file with a mistake pays for this reader, which knows lines

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node: Any = yaml.compose(_lettered(text), Loader=loader)
    except (yaml.YAMLError, RecursionError):
        return None
    return node


def _lettered(text: str) -> str:
    """The text with a letter in place of each character that would end the reading or shift its lines."""
    return _NO_LETTERS.sub("_", text)


def _place(node: Any, path: Sequence[str | int]) -> tuple[int, Any]:
    """The line of what stands under the path, and its node: as far as the path leads."""
    if node is None:
        return 1, None
    line: int = node.start_mark.line + 1
    for step in path:
        if _is_mapping(node):
            pair = next((pair for pair in node.value if pair[0].value == _lettered(str(step))), None)
            if pair is None:
                return line, node
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif _is_list(node) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line, node
    return line, node
