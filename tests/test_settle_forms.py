"""The forms in which endings are held are a matter of speed alone: each gives the same frontier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import settling
from tashawur.settle.endings import Listed
from tashawur.settle.frontier import Frontier, frontier
from tashawur.settle.packed import Packed
from tashawur.settle.values import Scenario


def told(found: Frontier) -> dict[tuple[int, ...], list[tuple[int, ...]]]:
    return {tuple(values): list(found.packages(place)) for place, values in enumerate(found.values.tolist())}


def three_sides() -> st.SearchStrategy[Scenario]:
    return settling.scenarios(most=3).filter(lambda scenario: len(scenario.sides) == 3)


@pytest.mark.parametrize("worth_compiling", [0, 10**9])
@given(scenario=three_sides())
def test_three_sides_in_one_number_are_the_frontier_of_all_packages(scenario: Scenario, worth_compiling: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tashawur.settle.skyline.WORTH_COMPILING", worth_compiling)
        found = frontier(scenario)
    assert all(isinstance(node, Packed) for layer in found._layers for node in layer)
    expected = settling.frontier(scenario)
    assert told(found) == expected
    assert list(told(found)) == list(expected)
    assert [tuple(row) for row in found.lowest().tolist()] == [packages[0] for packages in expected.values()]


@given(scenario=three_sides())
def test_numbers_and_lists_of_endings_are_the_same_frontier(scenario: Scenario) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tashawur.settle.packed.BITS", -1)
        listed = frontier(scenario)
    packed = frontier(scenario)
    assert all(isinstance(node, Listed) for layer in listed._layers for node in layer)
    assert told(listed) == told(packed)
    assert listed.lowest().tolist() == packed.lowest().tolist()
