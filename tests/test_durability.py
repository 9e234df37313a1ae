"""Which states of a conflict last: two engines, held to each other and to the theorems."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from durability_models import cube_models, listed_models, merged_models, models, uncertain_models
from tashawur.durability.literal import ByDefinition
from tashawur.durability.model import Model, Preference
from tashawur.durability.moves import Listed
from tashawur.durability.paths import Ways
from tashawur.durability.readings import EXTENSIONS, MAY, groups
from tashawur.durability.relations import Related
from tashawur.durability.stability import CONCEPTS, Concept, Stability, stability, strongly

Sets = Mapping[str, list[set[int]]]


def sets(found: Stability) -> Sets:
    return {concept: [set(np.flatnonzero(one).tolist()) for one in held] for concept, held in found.items()}


@given(models())
def test_the_quick_way_finds_what_the_definitions_say(model: Model) -> None:
    assert sets(stability(model)) == ByDefinition(model).stable()


@given(models(bands=True))
def test_how_much_is_lost_is_found_as_the_definitions_say(model: Model) -> None:
    assert sets(strongly(model)) == ByDefinition(model).strongly()


@given(uncertain_models())
def test_pairs_that_are_not_known_are_read_as_the_definitions_say(model: Model) -> None:
    oracle = ByDefinition(model)
    found = Related(model).extensions()
    assert {one: sets(found[one]) for one in EXTENSIONS} == {one: oracle.stable(one) for one in EXTENSIONS}


@settings(max_examples=30)
@given(st.one_of(models(), uncertain_models()))
def test_groups_that_leave_together_are_found_as_the_definitions_say(model: Model) -> None:
    found = {concept: set(np.flatnonzero(held).tolist()) for concept, held in Related(model).coalitional().items()}
    assert found == ByDefinition(model).coalitional()


@given(models())
def test_known_preferences_are_one_case_of_unknown_ones(model: Model) -> None:
    found = Related(model).extensions()
    assert all(sets(found[one]) == sets(stability(model)) for one in EXTENSIONS)


@given(models())
def test_what_holds_by_a_stricter_concept_holds_by_the_wider_ones(model: Model) -> None:
    found = sets(stability(model))
    for party in range(len(model.parties)):
        nash, gmr, smr, seq = (found[concept][party] for concept in CONCEPTS)
        assert nash <= smr <= gmr
        assert nash <= seq <= gmr


@given(uncertain_models())
def test_what_holds_however_pairs_are_read_holds_when_they_are_read_kindly(model: Model) -> None:
    found = {one: sets(held) for one, held in Related(model).extensions().items()}
    for concept in CONCEPTS:
        for party in range(len(model.parties)):
            a, b, c, d = (found[one][concept][party] for one in EXTENSIONS)
            assert a <= b <= d
            assert a <= c <= d


@given(cube_models())
def test_options_and_a_list_of_their_moves_give_the_same(model: Model) -> None:
    listed = tuple(Listed(model.size, list(zip(*map(list, one.edges()), strict=True))) for one in model.moves)
    assert all(one.transitive for one in listed)
    again = Model(model.parties, (), model.size, model.places, model.names, listed, model.preferences)
    assert sets(stability(again)) == sets(stability(model))


@given(st.one_of(cube_models(), listed_models(), merged_models()), st.integers(1, 4), st.integers(0, 2**16))
def test_many_samples_at_once_give_what_each_gives_alone(model: Model, count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    ranks = np.full((len(model.parties), count, model.size), -1, dtype=np.int32)
    ranks[..., model.places] = chance.integers(0, 5, (len(model.parties), count, len(model.places)))
    together = stability(model, ranks)
    for sample in range(count):
        own = tuple(Preference(ranks[party, sample]) for party in range(len(model.parties)))
        alone = Model(model.parties, model.options, model.size, model.places, model.names, model.moves, own)
        for concept, held in stability(alone).items():
            assert np.array_equal(held, together[concept][:, sample])


@settings(max_examples=30)
@given(st.one_of(models(), uncertain_models()))
def test_what_a_group_gains_by_leaving_together_is_found_as_the_definitions_say(model: Model) -> None:
    oracle, ways = ByDefinition(model), Ways(model)
    for state in model.places.tolist():
        for group in groups(range(len(model.parties))):
            assert sorted(ways.together(group, state).tolist()) == oracle.together(group, state, "+")
            unsure = set(oracle.together(group, state, MAY)) - {state}
            assert set(ways.together(group, state, surely=False).tolist()) == unsure


@settings(max_examples=30)
@given(models(), st.sampled_from(["GMR", "SMR", "SEQ"]))
def test_every_state_that_is_held_comes_with_legal_moves_that_deter(model: Model, concept: Concept) -> None:
    ways, held = Ways(model), stability(model)[concept]
    for party, state in np.argwhere(held).tolist():
        for answer in ways.answers(concept, party, state, ways.tempting(party, state).tolist()):
            assert answer.way
            here, last = answer.tempting, -1
            for step in answer.way:
                assert step.party not in (last, party)
                moves = ways.tempting(step.party, here) if concept == "SEQ" else ways.moves(step.party, here)
                assert step.state in moves
                here, last = step.state, step.party
            ranks = model.preferences[party].ranks
            assert ranks[here] <= ranks[state]
