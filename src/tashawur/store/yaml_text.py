"""Rows as YAML that people read and go on with: what is short, and each origin, on one line; words in quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

_SHORT: Final = 110
"""Characters that a mapping which holds others may have to stand on one line."""
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
"""Words that no reader of YAML takes for a number or a day."""
_ANSWERS: Final = frozenset({"yes", "no", "on", "off", "y", "n"})
"""Words that older readers of YAML take for true and false: in quotes, but for our keys."""


class _File(dict[str, Any]):
    """The top of a file: each of its keys on a line of its own."""


class _Key(str):
    """A key of ours, which is a plain word."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """The same value twice is written twice, without anchors; *on* is a plain word, as in YAML 1.2."""

    yaml_implicit_resolvers = {
        letter: [(tag, found) for tag, found in held if tag != "tag:yaml.org,2002:bool" or letter in "tTfF"]
        for letter, held in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - as the library calls it
        return True


def _words(dumper: yaml.SafeDumper, told: str) -> yaml.ScalarNode:
    plain = _PLAIN.fullmatch(told) and told.lower() not in _ANSWERS
    return dumper.represent_scalar("tag:yaml.org,2002:str", told, style=None if plain else '"')


def _key(dumper: yaml.SafeDumper, told: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(told))


def _file(dumper: yaml.SafeDumper, held: Mapping[str, Any]) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", _keyed(held), flow_style=False)


def _mapping(dumper: yaml.SafeDumper, held: Mapping[str, Any]) -> yaml.MappingNode:
    rows = any(isinstance(one, list) and _holds_rows(one) for one in held.values())
    short = len(str(held)) <= _SHORT or "asserted_by" in held
    return dumper.represent_mapping("tag:yaml.org,2002:map", _keyed(held), flow_style=short and not rows)


def _keyed(held: Mapping[str, Any]) -> dict[_Key, Any]:
    return {_Key(key): value for key, value in held.items()}


def _listed(dumper: yaml.SafeDumper, held: Sequence[Any]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", held, flow_style=not _holds_rows(held))


def _holds_rows(held: Sequence[Any]) -> bool:
    return any(isinstance(one, Mapping) for one in held)


_Dumper.add_representer(str, _words)
_Dumper.add_representer(_Key, _key)
_Dumper.add_representer(_File, _file)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _listed)


def yaml_text(value: Mapping[str, Any]) -> str:
    """The value of a file as YAML 1.2, its keys in their order."""
    return yaml.dump(_File(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000)
