"""The published schema and the decoder agree on what a file may hold."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest
import yaml_rs
from hypothesis import given
from hypothesis import strategies as st

from conftest import GOOD
from tashawur.consult.consultation import Consultation, assemble
from tashawur.consult.files import NamedFile, read
from tashawur.consult.kinds import KINDS, schema
from tashawur.store.folder import is_zone

LOADED = {name: yaml_rs.loads(text, parse_datetime=False) for name, text in GOOD.items()}
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(-2, 2).filter(lambda number: not number.is_integer()),
    st.sampled_from(["", "A", "x y", "2025-02-30"]),
    st.just([]),
    st.just({}),
    st.just(["A"]),
    st.just({"en": "A"}),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            found += places(inner, (*path, place))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_kind_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_good_by_its_published_schema(name: str) -> None:
    loaded: dict[str, Any] = LOADED[name]  # type: ignore[assignment]
    jsonschema.validate(loaded, schema(loaded["kind"]))


@given(data=st.data(), name=st.sampled_from(sorted(GOOD)), junk=JUNK)
def test_what_the_decoder_refuses_the_schema_refuses_and_the_other_way_round(
    data: st.DataObject, name: str, junk: object
) -> None:
    changed: Any = copy.deepcopy(LOADED[name])
    path = data.draw(st.sampled_from(places(changed)))
    held = changed
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = junk
    if not isinstance(changed, dict) or str(changed.get("kind")) not in KINDS:
        return
    found = read(name, json.dumps(changed).encode())
    checker = jsonschema.Draft202012Validator(schema(changed["kind"]), format_checker=jsonschema.FormatChecker())
    good = next(checker.iter_errors(changed), None) is None
    if not isinstance(found, NamedFile):
        assert not good, (path, junk, found)
    elif not good:
        # The form of references and of languages is looked at when the files are seen together.
        others = [read(other, text.encode()) for other, text in GOOD.items() if other != name]
        whole = assemble([found, *(file for file in others if isinstance(file, NamedFile))], is_zone)
        assert not isinstance(whole, Consultation), (path, junk)
