"""Goes through the values of files by what their types say: which names are given, which are referred to, which texts.

The types carry it (`names.py`, `Text`), so a new field is checked the moment it is written down. There are two ways
through: `gather` collects columns, fast, to see whether all is well; `visitor` goes value by value, to say where
something is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, Final, Literal

from msgspec import inspect

Path = tuple[str | int, ...]
Show = Callable[[str, Any, Path], None]
"""Is told what was found (`is ...`, `names ...` or `text`), the value, and the path to it."""

Wanted = Literal["is", "names"]
Visit = Callable[[Any, Path, Show], None]
Take = Callable[[str, Iterable[Any]], None]
"""Takes a column: what was found, and values of that sort."""
Gather = Callable[[Sequence[Any], Take], None]

TEXT: Final = "text"


def gather(value: Any, wanted: Wanted, take: Take) -> None:
    """Gives all values of the wanted sort inside `value` to `take`, column by column and without their places."""
    made: type = value.__class__
    found = _gatherer_of(made, wanted)
    if found is not None:
        found([value], take)


@lru_cache(maxsize=64)
def visitor(made: type, wanted: Wanted) -> Visit | None:
    """A function that shows every value of the wanted sort inside a value of type `made`; None where there are none.

    `is` shows names that are given here; `names` shows references, and texts with them.
    """
    return _for(inspect.type_info(made), wanted)


@lru_cache(maxsize=64)
def _gatherer_of(made: type, wanted: Wanted) -> Gather | None:
    return _gatherer(inspect.type_info(made), wanted)


def _sort(kind: inspect.Type, wanted: Wanted) -> str | None:
    """What a value of this type is to be shown as; None where it is not wanted itself."""
    if isinstance(kind, inspect.Metadata) and kind.extra:
        if wanted in kind.extra:
            return f"{wanted} {kind.extra[wanted]}"
        if TEXT in kind.extra and wanted == "names":
            return TEXT
    return None


def _gatherer(kind: inspect.Type, wanted: Wanted) -> Gather | None:
    sort = _sort(kind, wanted)
    if sort is not None:
        return lambda values, take: take(sort, values)
    match kind:
        case inspect.Metadata():
            return _gatherer(kind.type, wanted)
        case inspect.VarTupleType():
            item = _gatherer(kind.item_type, wanted)
            return item and (lambda values, take: item(list(chain.from_iterable(values)), take))
        case inspect.DictType():
            return _of_mapping(_gatherer(kind.key_type, wanted), _gatherer(kind.value_type, wanted))
        case inspect.UnionType():
            return _of_choice({_class(one): _gatherer(one, wanted) for one in _something(kind)})
        case inspect.StructType():
            return _of_struct([(field.name, field.type, _gatherer(field.type, wanted)) for field in kind.fields])
        case _:
            return None


def _of_mapping(keys: Gather | None, values: Gather | None) -> Gather | None:
    if keys is None and values is None:
        return None

    def gather_all(held: Sequence[Any], take: Take) -> None:
        if keys is not None:
            keys(list(chain.from_iterable(held)), take)
        if values is not None:
            values([inner for one in held for inner in one.values()], take)

    return gather_all


def _of_choice(by_type: Mapping[type | None, Gather | None]) -> Gather | None:
    if len(by_type) == 1:
        return next(iter(by_type.values()))
    if not any(by_type.values()):
        return None

    def gather_all(held: Sequence[Any], take: Take) -> None:
        for made, inner in by_type.items():
            if inner is not None:
                inner([one for one in held if type(one) is made], take)

    return gather_all


def _of_struct(fields: Iterable[tuple[str, inspect.Type, Gather | None]]) -> Gather | None:
    wanted = [(attrgetter(name), _column(kind), inner) for name, kind, inner in fields if inner is not None]
    if not wanted:
        return None

    def gather_all(held: Sequence[Any], take: Take) -> None:
        for get, column, inner in wanted:
            found = column(map(get, held))
            if found:
                inner(found, take)

    return gather_all


def _column(kind: inspect.Type) -> Callable[[Iterable[Any]], list[Any]]:
    """How a field of many values becomes one column without what is left out: the quickest way for its type."""
    if not isinstance(kind, inspect.UnionType):
        return list
    # Of an empty name the form is wrong, which is to be seen; whatever else is empty holds nothing to look at.
    if any(isinstance(_plain(one), inspect.StrType) for one in kind.types):
        return lambda values: [one for one in values if one is not None]
    return lambda values: list(filter(None, values))


def _plain(kind: inspect.Type) -> inspect.Type:
    return _plain(kind.type) if isinstance(kind, inspect.Metadata) else kind


def _something(kind: inspect.UnionType) -> list[inspect.Type]:
    return [one for one in kind.types if not isinstance(one, inspect.NoneType)]


def _class(kind: inspect.Type) -> type | None:
    match _plain(kind):
        case inspect.StructType(cls=made):
            return made
        case inspect.StrType():
            return str
        case inspect.VarTupleType():
            return tuple
        case _:
            return None


def _for(kind: inspect.Type, wanted: Wanted) -> Visit | None:
    sort = _sort(kind, wanted)
    if sort is not None:
        return _shower(sort)
    match kind:
        case inspect.Metadata():
            return _for(kind.type, wanted)
        case inspect.DictType():
            return _for_mapping(_for(kind.key_type, wanted), _for(kind.value_type, wanted))
        case inspect.VarTupleType():
            return _for_items(_for(kind.item_type, wanted))
        case inspect.UnionType():
            return _for_choice({_class(one): _for(one, wanted) for one in _something(kind)})
        case inspect.StructType():
            return _for_struct([(field.name, field.encode_name, _for(field.type, wanted)) for field in kind.fields])
        case _:
            return None


def _shower(sort: str) -> Visit:
    def visit(value: Any, path: Path, show: Show) -> None:
        show(sort, value, path)

    return visit


def _for_mapping(keys: Visit | None, values: Visit | None) -> Visit | None:
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


def _for_choice(by_type: Mapping[type | None, Visit | None]) -> Visit | None:
    if len(by_type) == 1:
        return next(iter(by_type.values()))
    if not any(by_type.values()):
        return None

    def visit(value: Any, path: Path, show: Show) -> None:
        inner = by_type.get(type(value))
        if inner is not None:
            inner(value, path, show)

    return visit


def _for_struct(fields: Iterable[tuple[str, str, Visit | None]]) -> Visit | None:
    wanted = [(name, key, inner) for name, key, inner in fields if inner is not None]
    if not wanted:
        return None

    def visit(value: Any, path: Path, show: Show) -> None:
        for name, key, inner in wanted:
            held = getattr(value, name)
            if held is not None:
                inner(held, (*path, key), show)

    return visit
