"""Goes through the values of files by what their types say: which names are given, which are referred to, which texts.

The types carry it (`names.py`, `Text`), so a new field is checked the moment it is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, Literal

from msgspec import inspect

from tashawur.terms.vocabulary import LANG_PATTERN

Path = tuple[str | int, ...]
Show = Callable[[str, Any, Path], None]
"""Is told what was found (`is …`, `names …` or `text`), the value, and the path to it."""

Wanted = Literal["is", "names"]
Visit = Callable[[Any, Path, Show], None]

TEXT: Final = "text"


@lru_cache(maxsize=64)
def visitor(made: type, wanted: Wanted) -> Visit | None:
    """A function that shows every value of the wanted sort inside a value of type `made`; None where there are none.

    `is` shows names that are given here; `names` shows references, and texts with them.
    """
    return _for(inspect.type_info(made), wanted)


def _for(kind: inspect.Type, wanted: Wanted, extra: dict[str, str] | None = None) -> Visit | None:
    match kind:
        case inspect.Metadata():
            return _for(kind.type, wanted, kind.extra or extra)
        case inspect.StrType():
            return _scalar(f"{wanted} {extra[wanted]}") if extra and wanted in extra else None
        case inspect.DictType():
            return _for_text() if _is_text(kind) and wanted == "names" else _for_mapping(kind, wanted)
        case inspect.VarTupleType():
            return _for_items(_for(kind.item_type, wanted, extra))
        case inspect.UnionType():
            return _for_choice(kind, wanted, extra)
        case inspect.StructType():
            return _for_struct(kind, wanted)
        case _:
            return None


def _is_text(kind: inspect.DictType) -> bool:
    key = kind.key_type.type if isinstance(kind.key_type, inspect.Metadata) else kind.key_type
    return isinstance(key, inspect.StrType) and key.pattern == LANG_PATTERN


def _scalar(what: str) -> Visit:
    def visit(value: Any, path: Path, show: Show) -> None:
        show(what, value, path)

    return visit


def _for_text() -> Visit:
    return _scalar(TEXT)


def _for_mapping(kind: inspect.DictType, wanted: Wanted) -> Visit | None:
    keys, values = _for(kind.key_type, wanted), _for(kind.value_type, wanted)
    if keys is None and values is None:
        return None

    def visit(value: Any, path: Path, show: Show) -> None:
        for key, inner in value.items():
            here = (*path, key)
            if keys is not None:
                keys(key, here, show)
            if values is not None:
                values(inner, here, show)

    return visit


def _for_items(item: Visit | None) -> Visit | None:
    if item is None:
        return None

    def visit(value: Any, path: Path, show: Show) -> None:
        for place, inner in enumerate(value):
            item(inner, (*path, place), show)

    return visit


def _for_choice(kind: inspect.UnionType, wanted: Wanted, extra: dict[str, str] | None) -> Visit | None:
    structs = [one for one in kind.types if isinstance(one, inspect.StructType)]
    if len(structs) > 1:
        by_type = {one.cls: _for_struct(one, wanted) for one in structs}

        def visit(value: Any, path: Path, show: Show) -> None:
            inner = by_type[type(value)]
            if inner is not None:
                inner(value, path, show)

        return visit
    something = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
    return _for(something[0], wanted, extra) if len(something) == 1 else None


def _for_struct(kind: inspect.StructType, wanted: Wanted) -> Visit | None:
    fields = [
        (field.name, field.encode_name, inner)
        for field in kind.fields
        if (inner := _for(field.type, wanted)) is not None
    ]
    if not fields:
        return None

    def visit(value: Any, path: Path, show: Show) -> None:
        for name, key, inner in fields:
            held = getattr(value, name)
            if held is not None and held != ():
                inner(held, (*path, key), show)

    return visit
