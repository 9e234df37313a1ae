"""Graph models from files: the worked ones with their expected answers, every way to write one, and every mistake."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tashawur.durability.answers import Durability, durability
from tashawur.durability.literal import ByDefinition
from tashawur.durability.model import Model
from tashawur.durability.model_files import ModelFile, model_of
from tashawur.durability.moves import Cube, Listed
from tashawur.durability.paths import Ways
from tashawur.durability.relations import Related
from tashawur.durability.stability import CONCEPTS, everybody, stability, strongly
from tashawur.settle.formats.places import SourceFile
from tashawur.terms.errors import ScenarioFileError, UnknownPairsError

CASES = Path(__file__).parent / "durability"
DERIVED = ("chicken", "opponent_moves_twice", "prisoners_dilemma")
"""Small enough to be worked out by hand; the published tables of the others could not be compared with print."""
COMPARED = ("cuban_missile_crisis", "elmira", "gisborne_economy")

FOUR = """\
parties: [A, B]
options:
- {id: a, owner: A}
- {id: b, owner: B}
preferences:
  A: [NY, YY, NN, YN]
  B: [YN, YY, NN, NY]
"""


def read(text: str) -> ModelFile:
    return model_of(SourceFile("model.yaml", text.encode()))


def model(text: str) -> Model:
    return read(text).model


def found(text: str) -> Durability:
    return durability(model(text), np.random.default_rng(1))


def case(name: str) -> tuple[Model, dict[str, Any]]:
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    return model(text), yaml.safe_load(text)["expected"]


def numbers(names: tuple[str, ...]) -> list[int]:
    return [int(name) for name in names]


def compare(name: str) -> None:
    """Moves, stability for each and for all, and what groups gain together, with what is expected."""
    here, expected = case(name)
    by_name = {here.name(place): place for place in here.places.tolist()}
    for party, moves in zip(here.parties, here.moves, strict=True):
        told = {(int(one), int(here.name(q))) for one, p in by_name.items() for q in moves.targets(p).tolist()}
        if "moves" in expected:
            assert told == {(one, other) for one, other in expected["moves"][party]}
    held = stability(here)
    assert {concept: numbers(here.named(one)) for concept, one in everybody(held).items()} == expected["equilibria"]
    for concept in CONCEPTS:
        by_party = {party: numbers(here.named(own)) for party, own in zip(here.parties, held[concept], strict=True)}
        assert by_party == expected["stability"][concept]
    ways = Ways(here)
    together = {
        (int(one), tuple(here.parties[member] for member in group), int(here.name(there)))
        for size in range(2, len(here.parties) + 1)
        for group in combinations(range(len(here.parties)), size)
        for one, place in by_name.items()
        for there in ways.together(group, place).tolist()
    }
    rows = expected.get("coalition_nash_violations")
    if rows is not None:
        assert together == {(row["state"], tuple(row["coalition"]), row["to"]) for row in rows}


@pytest.mark.parametrize("name", DERIVED)
def test_what_can_be_worked_out_by_hand_is_found(name: str) -> None:
    compare(name)


@pytest.mark.parametrize("name", COMPARED)
def test_what_is_found_agrees_with_an_independent_program(name: str) -> None:
    compare(name)


def test_every_file_of_a_case_is_among_those_compared() -> None:
    assert sorted(path.stem for path in CASES.glob("*.yaml")) == sorted((*DERIVED, *COMPARED))


def test_an_opponent_may_move_again_though_not_twice_in_a_row() -> None:
    """In state 5 what holds D2 takes two moves of D0, with one of D1 between them."""
    here, _ = case("opponent_moves_twice")
    (answer,) = Ways(here).answers("SEQ", 2, here.places[4], Ways(here).tempting(2, here.places[4]).tolist())
    assert [(here.parties[step.party], here.name(step.state)) for step in answer.way or ()] == [
        ("D0", "2"),
        ("D1", "4"),
        ("D0", "3"),
    ]


def test_states_that_merge_several_choices_are_one() -> None:
    here, _ = case("elmira")
    assert isinstance(here.moves[0], Listed)
    assert [here.name(place) for place in here.moves[1].targets(0).tolist()] == ["3", "9"]


def test_an_agreement_that_two_reach_together_is_told_of_as_a_jump() -> None:
    here, _ = case("elmira")
    lasting = {here.name(one.state): one for one in durability(here, np.random.default_rng(0)).lasting}
    jumps = [([here.parties[one] for one in group], here.name(there)) for group, there in lasting["5"].jumps]
    assert jumps == [(["MoE", "Uniroyal"], "8")]
    assert lasting["8"].jumps == ()


def test_how_a_state_is_reached_is_told_with_who_moves_first() -> None:
    here, _ = case("cuban_missile_crisis")
    lasting = {here.name(one.state): one for one in durability(here, np.random.default_rng(0)).lasting}
    reached = lasting["4"].reached
    assert reached is not None
    assert reached.by_gains
    assert [(here.parties[one.party], here.name(one.state)) for one in reached.way or ()] == [
        ("US", "2"),
        ("USSR", "6"),
        ("US", "4"),
    ]


def test_without_a_list_of_states_every_choice_of_options_is_one() -> None:
    here = model(FOUR)
    assert [here.name(place) for place in here.places.tolist()] == ["NN", "NY", "YN", "YY"]
    assert numbers_of(here) == {"Nash": ("NN",), "GMR": ("NN", "YY"), "SMR": ("NN", "YY"), "SEQ": ("NN", "YY")}


def numbers_of(here: Model) -> dict[str, tuple[str, ...]]:
    return {concept: here.named(held) for concept, held in everybody(stability(here)).items()}


def test_patterns_rule_out_choices() -> None:
    text = FOUR + 'infeasible: ["-Y"]\n'
    ranked = text.replace("[NY, YY, NN, YN]", "[NN, YN]").replace("[YN, YY, NN, NY]", "[NN, YN]")
    here = model(ranked)
    assert [here.name(place) for place in here.places.tolist()] == ["NN", "YN"]
    assert [here.moves[party].targets(0).tolist() for party in (0, 1)] == [[2], []]


def test_an_option_can_go_one_way_only() -> None:
    here = model(FOUR.replace("{id: a, owner: A}", "{id: a, owner: A, direction: forward}"))
    back = model(FOUR.replace("{id: a, owner: A}", "{id: a, owner: A, direction: backward}"))
    assert (here.moves[0].targets(0).tolist(), here.moves[0].targets(2).tolist()) == ([2], [])
    assert (back.moves[0].targets(0).tolist(), back.moves[0].targets(2).tolist()) == ([], [0])


def test_moves_can_be_drawn_by_hand() -> None:
    text = """\
parties: [A, B]
states: [x, y, z]
moves: {A: [[x, y], [y, z]], B: [[z, x]]}
preferences: {A: [z, y, x], B: [[x, y], z]}
"""
    here = model(text)
    assert not here.moves[0].transitive
    assert [here.name(place) for place in here.moves[0].targets(0).tolist()] == ["y"]
    assert numbers_of(here)["Nash"] == ()
    assert {concept: [set(np.flatnonzero(one).tolist()) for one in held] for concept, held in stability(here).items()} \
        == ByDefinition(here).stable()  # fmt: skip


def test_weights_of_options_rank_the_states() -> None:
    weights = FOUR.replace("A: [NY, YY, NN, YN]", "A: {weights: {a: -1, b: 2.5}}")
    assert model(weights).preferences[0].ranks.tolist() == model(FOUR).preferences[0].ranks.tolist()


def test_statements_about_options_rank_the_states_the_first_above_all_others() -> None:
    for told, ranks in (
        ('["b", "not a"]', [1, 3, 0, 2]),
        ('["b and not a", "b", "not (a or b)"]', [1, 3, 0, 2]),
        ('["b", "b if a", "a iff b"]', [1, 2, 0, 3]),
    ):
        text = FOUR.replace("A: [NY, YY, NN, YN]", f"A: {{priorities: {told}}}")
        assert model(text).preferences[0].ranks.tolist() == ranks, told


def test_statements_can_say_what_a_list_of_the_states_says() -> None:
    text = (CASES / "cuban_missile_crisis.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    loaded["preferences"]["US"] = {
        "priorities": [
            "not escalate",
            "withdraw",
            "(strike or blockade) if not (withdraw or escalate)",
            "strike if escalate",
            "blockade if escalate",
            "not strike if not escalate",
            "not blockade if not escalate",
        ]
    }
    said, listed = model(yaml.safe_dump(loaded)), model(text)
    assert np.array_equal(said.preferences[0].ranks, listed.preferences[0].ranks)


def test_a_state_can_be_held_by_the_threat_of_a_great_loss() -> None:
    strong = model(FOUR.replace("[NY, YY, NN, YN]", '[NY, YY, ">>", NN, YN]').replace(
        "[YN, YY, NN, NY]", '[YN, YY, ">>", NN, NY]'))  # fmt: skip
    weak = model(FOUR.replace("[NY, YY, NN, YN]", '[NY, YY, NN, ">>", YN]'))
    assert strong.named(everybody(strongly(strong))["SEQ"]) == ("NN", "YY")
    assert weak.named(strongly(weak)["SEQ"][0]) == ("NN", "NY")
    held = durability(strong, np.random.default_rng(0)).lasting
    assert [[one.strong for one in lasting.holds] for lasting in held] == [[False, False], [True, True]]


def test_pairs_that_are_not_known_are_read_both_ways() -> None:
    unsure = found(FOUR + "unknown: {A: [[YY, NY]]}\n")
    assert unsure.extensions is not None
    nash = {one: unsure.model.named(everybody(held)["Nash"]) for one, held in unsure.extensions.items()}
    assert nash == {"a": ("NN",), "b": ("NN",), "c": ("NN",), "d": ("NN",)}
    sure = {one: unsure.model.named(held["Nash"][0]) for one, held in unsure.extensions.items()}
    assert sure == {"a": ("NN",), "b": ("NN", "NY", "YY"), "c": ("NN",), "d": ("NN", "NY", "YY")}
    assert unsure.samples is None


def test_too_many_states_with_pairs_that_are_not_known_are_refused() -> None:
    options = "".join(f"- {{id: o{n}, owner: {'AB'[n % 2]}}}\n" for n in range(13))
    text = (
        f"parties: [A, B]\noptions:\n{options}preferences: {{A: {{weights: {{o0: 1}}}}, B: {{weights: {{o1: 1}}}}}}\n"
    )
    with pytest.raises(UnknownPairsError, match="8192"):
        found(text + f"unknown: {{A: [[{'N' * 13}, {'Y' * 13}]]}}\n")


def test_what_lasts_stays_so_in_most_rankings_near_the_one_that_was_told() -> None:
    text = FOUR.replace("[NY, YY, NN, YN]", "[NN, NY, YY, YN]").replace("[YN, YY, NN, NY]", "[NN, YN, YY, NY]")
    (lasting, *_) = found(text).lasting
    assert lasting.shares["Nash"] > 0.6
    assert found(text).lasting == found(text).lasting


def test_large_relations_agree_with_the_quick_way() -> None:
    """Past 64 states the sets take several words."""
    options = "".join(
        f"- {{id: o{n}, owner: {'ABC'[n % 3]}, direction: {'forward' if n == 4 else 'both'}}}\n" for n in range(7)
    )
    weights = ("o0: 3, o1: -5, o2: 7, o3: -1", "o1: 2, o3: -9, o4: 4, o0: -1", "o2: 1, o5: 3, o6: -2, o4: 5")
    told = ", ".join(f"{party}: {{weights: {{{one}}}}}" for party, one in zip("ABC", weights, strict=True))
    here = model(f'parties: [A, B, C]\noptions:\n{options}infeasible: ["YY---NN"]\npreferences: {{{told}}}\n')
    assert len(here.places) == 120
    related = Related(here).extensions()["a"]
    assert all(np.array_equal(related[concept], held) for concept, held in stability(here).items())
    by_definition = ByDefinition(here).stable()
    for concept in CONCEPTS:
        assert [set(np.flatnonzero(one).tolist()) for one in related[concept]] == by_definition[concept]
    assert isinstance(here.moves[0], Cube)


MISTAKES = {
    "durability.file-no-model": "options: []\n",
    "durability.file-direction": FOUR.replace("{id: a, owner: A}", "{id: a, owner: A, direction: up}"),
    "durability.file-pattern": FOUR + "infeasible: [Y]\n",
    "durability.file-no-state": FOUR + 'infeasible: ["--"]\n',
    "durability.file-state-overlap": FOUR + "states: [{id: 1, pattern: Y-}, {id: 2, pattern: YY}]\n",
    "durability.file-state-ruled-out": FOUR + "states: [{id: 1, pattern: YY}]\ninfeasible: [YY]\n",
    "durability.file-open-options": FOUR.replace("A: [NY, YY, NN, YN]", "A: {weights: {a: 1}}")
    + 'states: [{id: NY, pattern: "-Y"}]\n',
    "durability.file-preference": FOUR.replace("A: [NY, YY, NN, YN]", "A: {best: NY}"),
    "durability.file-ranked-twice": FOUR.replace("A: [NY, YY, NN, YN]", "A: [NY, YY, NN, NY]"),
    "durability.file-not-ranked": FOUR.replace("A: [NY, YY, NN, YN]", "A: [NY, YY]"),
    "durability.file-weights": FOUR.replace(
        "A: [NY, YY, NN, YN]", f"A: {{weights: {{a: {'9' * 18}, b: {'9' * 18}.{'3' * 9}}}}}"
    ),
    "durability.file-priorities": FOUR.replace("A: [NY, YY, NN, YN]", f"A: {{priorities: [{', '.join(['a'] * 63)}]}}"),
    "durability.file-statement": FOUR.replace("A: [NY, YY, NN, YN]", "A: {priorities: [a and]}"),
    "durability.file-too-many-states": "parties: [A]\noptions:\n"
    + "".join(f"- {{id: o{n}, owner: A}}\n" for n in range(23))
    + "preferences: {A: {weights: {o1: 1}}}\n",
    "durability.file-unknown-name": FOUR.replace("owner: A", "owner: C"),
    "durability.file-no-vector": FOUR + "status_quo: YYY\n",
    "durability.file-twice": FOUR.replace("id: b", "id: a"),
    "durability.file-pair": FOUR + "unknown: {A: [[YY]]}\n",
    "settle.file-missing-part": FOUR.replace("  B: [YN, YY, NN, NY]\n", ""),
    "settle.file-broken-yaml": FOUR + "  - : [",
    "settle.file-no-number": FOUR.replace("A: [NY, YY, NN, YN]", "A: {weights: {a: much}}"),
    "settle.file-wrong-part": FOUR.replace("parties: [A, B]", "parties: A"),
}


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_in_a_model_is_one_line_that_names_place_and_remedy(code: str) -> None:
    with pytest.raises(ScenarioFileError) as refused:
        read(MISTAKES[code])
    assert refused.value.mistake.code == code
    told = str(refused.value)
    assert told.startswith("model.yaml")
    assert "\n" not in told
    assert refused.value.mistake.mend


def test_other_mistakes_of_the_same_kinds_are_refused_too() -> None:
    for code, text in (
        ("unknown-name", FOUR.replace("B: [YN", "C: [YN")),
        ("unknown-name", FOUR.replace("A: [NY, YY, NN, YN]", "A: {priorities: [c]}")),
        ("unknown-name", FOUR.replace("A: [NY, YY, NN, YN]", "A: {weights: {c: 1}}")),
        ("unknown-name", FOUR + "unknown: {C: []}\n"),
        ("unknown-name", FOUR + "states: [{id: 1, pattern: YY}]\n"),
        ("no-vector", FOUR.replace("A: [NY, YY, NN, YN]", "A: [ZZ, YY, NN, YN]")),
        ("no-state", FOUR + "states: []\n"),
        ("statement", FOUR.replace("A: [NY, YY, NN, YN]", 'A: {priorities: ["(a", a]}')),
        ("statement", FOUR.replace("A: [NY, YY, NN, YN]", 'A: {priorities: ["a b"]}')),
    ):
        with pytest.raises(ScenarioFileError) as refused:
            read(text)
        assert refused.value.mistake.code == f"durability.file-{code}", text


def test_preferences_are_not_shown() -> None:
    here = model(FOUR)
    assert "ranks" not in repr(here)
    assert repr(here.preferences[0]) == "Preference()"
