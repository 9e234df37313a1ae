"""Scenarios of other programs: what is read of them, what is refused, and that a round trip keeps every value."""

from __future__ import annotations

import json
import os
import random
import re
import zipfile
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import write as lay_files
from tashawur.cli.progress import Progress
from tashawur.papers.scenario_words import sizes
from tashawur.papers.words import Words
from tashawur.settle.formats import CASE, TARGETS
from tashawur.settle.formats.case_files import CaseWords, case_files
from tashawur.settle.formats.numbers import decimal, ends, near
from tashawur.settle.formats.places import SourceFile
from tashawur.settle.formats.profiles import Imported
from tashawur.settle.formats.reading import FORMATS, read
from tashawur.settle.formats.writing import WRITERS, write
from tashawur.settle.frontier import frontier
from tashawur.settle.values import Bonus, Box, Budget, Issue, Scenario, Side
from tashawur.store.folder import consultation_in
from tashawur.store.scenarios import scenario_files
from tashawur.terms.errors import ScenarioFileError
from test_commands import answered, refused, tashawur

GENIUS = {
    "well.xml": """

<negotiation_template>
<utility_space number_of_issues="2">
<objective index="1" name="Well" etype="objective" type="objective">
<issue index="2" name="Depth" type="discrete" vtype="discrete"><item index="1" value="shallow" cost="0"/>
<item index="2" value="deep" cost="5"/><item index="3" value="very deep"/></issue>
<issue index="3" name="Shares" etype="discrete"><item index="1" value="half &amp; half"/><item index="2" value="by need"/></issue>
</objective></utility_space></negotiation_template>
""",
    "north.xml": """
<utility_space number_of_issues="2">
<objective index="1" name="Well" etype="objective" type="objective">
<weight index="3" value="0.25"/><weight index="2" value="0.75"/>
<issue index="3" name="Shares"><item index="1" value="by need" evaluation="2"/><item index="2" value="half &amp; half" evaluation="8"/></issue>
<issue index="2" name="Depth"><item index="1" value="shallow" evaluation="3"/><item index="2" value="deep" evaluation="0"/>
<item index="3" value="very deep" evaluation="1"/><item index="4" value="deep" evaluation="2"/></issue>
</objective><discount_factor value="0.9"/><reservation value="0.125"/></utility_space>
""",
    "south.xml": """
<utility_space>
<objective index="1" name="Well">
<issue index="2" name="Depth"><item value="shallow" evaluation="0.0"/><item value="deep" evaluation="0.0"/><item value="very deep" evaluation="0.0"/></issue>
<issue index="3" name="Shares"><item value="half &amp; half" evaluation="1"/><item value="by need" evaluation="4"/></issue>
<weight index="2" value="0.5"></weight><weight index="3" value="0.5"></weight>
</objective></utility_space>
""",
    "results.xml": "0.5, 1.0\n1.0, 0.25\n",
}
"""Invented: a well between two villages. Weights go by index, one option stands twice, a result is no XML."""

RECTANGLES = {
    "domain.xml": """<negotiation_template><utility_space><objective index="0" name="root">
<issue index="1" name="Hours" type="integer" lowerbound="3" upperbound="6"/>
<issue index="2" name="Days" type="integer"><range lowerbound="-1" upperbound="1"/></issue>
</objective></utility_space></negotiation_template>""",
    "one.xml": """<utility_space type="nonlinear"><objective index="0" name="root">
<issue index="1" name="Hours" type="integer" lowerbound="3" upperbound="6"/>
<issue index="2" name="Days" type="integer"><range lowerbound="-1" upperbound="1"/></issue>
<utility maxutility="40"><ufun type="PlainUfun" weight="1" aggregation="sum">
<hyperRectangle utility="10"><INCLUDES index="1" min="4" max="9"/><INCLUDES index="2" min="0" max="1"/></hyperRectangle>
<hyperRectangle utility="5"><INCLUDES index="1" min="3" max="4"/></hyperRectangle>
<hyperRectangle utility="8"><EXCLUDES index="1" min="6" max="6"/><EXCLUDES index="2" min="1" max="1"/></hyperRectangle>
<hyperRectangle utility="30"><INCLUDES index="1" min="8" max="9"/><INCLUDES index="2" min="0" max="1"/></hyperRectangle>
<hyperRectangle utility="1"/>
</ufun></utility></objective><reservation value="0.2"/></utility_space>""",
    "two.xml": """<utility_space><objective index="0" name="root">
<issue index="1" name="Hours" type="integer" lowerbound="3" upperbound="6"><evaluator ftype="linear" offset="0.25" slope="0.5"/></issue>
<issue index="2" name="Days" type="integer" lowerbound="-1" upperbound="1"><evaluator ftype="linear" parameter0="0.5" parameter1="-0.25"/></issue>
<weight index="1" value="0.4"/><weight index="2" value="0.6"/></objective></utility_space>""",
}

PUMP = {"name": "pump", "issuesValues": {"Fuel": {"values": ["sun", "diesel"]}, "Keeper": {"values": ["No", "paid"]}}}


def space(
    name: str, fuel: Sequence[object], keeper: Sequence[object], bid: Mapping[str, str] | None
) -> dict[str, object]:
    held: dict[str, object] = {
        "name": name,
        "issueUtilities": {
            "Fuel": {"discreteutils": {"valueUtilities": dict(zip(["sun", "diesel"], fuel, strict=True))}},
            "Keeper": {"discreteutils": {"valueUtilities": dict(zip(["No", "paid"], keeper, strict=True))}},
        },
        "issueWeights": {"Fuel": 0.7, "Keeper": 0.3},
        "domain": PUMP,
    }
    return {"LinearAdditiveUtilitySpace": held | ({} if bid is None else {"reservationBid": {"issuevalues": bid}})}


GENIUSWEB = {
    "pump.json": json.dumps(PUMP),
    "1.json": json.dumps(space("Valley", [0.1, 1], [0, 0.5], {"Fuel": "sun", "Keeper": "paid"})),
    "2.json": json.dumps(space("Ridge", [1, 0.25], [1, 0.2], None)),
}

NEGMAS = {
    "pump_domain.yml": """\
type: DiscreteCartesianOutcomeSpace
name: pump
path: __PATH__:somewhere/pump.xml
issues:
- name: Fuel
  type: CategoricalIssue
  values: [sun, diesel]
- {name: Hours, type: ContiguousIssue, values: [1, 3]}
- {name: Keeper, type: CategoricalIssue, values: ['No', paid]}
""",
    "b.yml": """\
type: LinearAdditiveUtilityFunction
name: Valley
reserved_value: -.inf
reserved_outcome: null
stability: 2047
weights: [0.30314623337582781234567, 2, 1]
values:
- {type: TableFun, mapping: {sun: 9.0, diesel: 1e-1}}
- {type: AffineFun, slope: -0.5, bias: 3}
- type: TableFun
  mapping:
    paid: 1
    No: 4.25
""",
    "a.yaml": """\
type: negmas.preferences.LinearAdditiveUtilityFunction
name: Ridge
reserved_value: 2.5
weights: {Fuel: 1, Keeper: 2, Hours: 3}
values:
  Fuel: &table {type: TableFun, mapping: {sun: 1, diesel: 2}}
  Hours: {type: IdentityFun}
  Keeper: {type: TableFun, mapping: {'No': -1, paid: 0}}
""",
}

NEGOLOG = {
    "profileA.json": json.dumps(
        {
            "reservationValue": 0.3,
            "issueWeights": {"Path": 0.4, "Gate": 0.6},
            "issues": {"Gate": {"open": 1.0, "shut": 0.2}, "Path": {"left": 0.5, "right": 1.0}},
        }
    ),
    "profileB.json": json.dumps(
        {
            "reservationValue": 0.0,
            "issueWeights": {"Gate": 0.5, "Path": 0.5},
            "issues": {"Path": {"right": 0.1, "left": 1}, "Gate": {"shut": 1, "open": 0}},
        }
    ),
    "specs.json": json.dumps({"Name": "gate", "NashBid": {"Path": "left", "Gate": "shut"}}),
}

CSV = {
    "east.csv": 'issue,option,points\nreservation,,5\nPrice,"1,000",10\nPrice,900,0\nDay,Friday,1/3\nDay,Sunday,-2\n',
    "west.csv": "reservation;2\nDay;Sunday;4\nDay;Friday;0\nPrice;900;7.5\nPrice;1,000;0\n",
}

EVERY: Mapping[str, Mapping[str, str]] = {
    "genius": GENIUS,
    "rectangles": RECTANGLES,
    "geniusweb": GENIUSWEB,
    "negmas": NEGMAS,
    "negolog": NEGOLOG,
    "csv": CSV,
}


def imported(files: Mapping[str, str | bytes]) -> Imported:
    given = [SourceFile(name, text if isinstance(text, bytes) else text.encode()) for name, text in files.items()]
    return read(given, "folder")


def worth(found: Imported, side: int, **package: str) -> Fraction:
    """What the package is worth to the side, in its own numbers."""
    scenario = found.scenario
    chosen = [issue.options.index(package[issue.name.replace(" ", "_")]) for issue in scenario.issues]
    return scenario.sides[side].on_own_scale(scenario.sides[side].value(chosen))


def told(found: Imported) -> list[str]:
    return [note.phrase.format(**note.words) for note in found.notes]


def test_a_genius_profile_is_worth_weight_times_evaluation_over_the_largest_evaluation() -> None:
    found = imported(GENIUS)
    assert (found.format, found.files) == ("genius", ("north.xml", "south.xml"))
    assert [issue.name for issue in found.scenario.issues] == ["Depth", "Shares"]
    assert worth(found, 0, Depth="very deep", Shares="by need") == Fraction(3, 4) / 3 + Fraction(1, 4) * Fraction(2, 8)
    assert worth(found, 0, Depth="shallow", Shares="half & half") == 1
    # Where no option of an issue has any evaluation, the issue counts nothing.
    assert worth(found, 1, Depth="deep", Shares="by need") == Fraction(1, 2)
    north, south = found.scenario.sides
    assert north.on_own_scale(north.reservation) == Fraction(1, 8)
    assert south.reservation == 0


def test_what_a_reader_had_to_decide_is_told() -> None:
    found = imported(GENIUS)
    assert worth(found, 0, Depth="deep", Shares="half & half") == Fraction(3, 4) * Fraction(2, 3) + Fraction(1, 4)
    assert told(found) == [
        "results.xml was left aside: it holds no part of a scenario.",
        "The discount factor of north was left aside.",
        "The profile of north lists deep of Depth twice: the last was taken, as GENIUS does.",
        "south states no reservation: zero was taken.",
    ]


def test_roles_are_found_by_content_and_sides_keep_the_order_of_their_files() -> None:
    names = {"well.xml": "zz.txt", "north.xml": "b/south.xml", "south.xml": "a/north", "results.xml": "r.xml"}
    found = imported({names[name]: text for name, text in GENIUS.items()})
    assert found.files == ("a/north", "b/south.xml")
    assert [side.name for side in found.scenario.sides] == ["north", "south"]
    assert worth(found, 1, Depth="shallow", Shares="half & half") == 1


def test_without_a_domain_the_issues_are_those_of_the_first_profile() -> None:
    found = imported(
        {name: text for name, text in GENIUS.items() if name == "south.xml"} | {"t.xml": GENIUS["south.xml"]}
    )
    assert [issue.options for issue in found.scenario.issues] == [
        ("shallow", "deep", "very deep"),
        ("half & half", "by need"),
    ]
    assert "No file names the issues: those of south.xml were taken." in told(found)


def test_hyper_rectangles_over_whole_numbers_are_read() -> None:
    found = imported(RECTANGLES)
    assert [issue.options for issue in found.scenario.issues] == [("3", "4", "5", "6"), ("-1", "0", "1")]

    def by_hand(hours: int, days: int) -> Fraction:
        total = 1 + 10 * (hours >= 4 and days >= 0) + 5 * (hours <= 4) + 8 * (not (hours == 6 and days == 1))
        return Fraction(total, 40)

    for hours, days in product(range(3, 7), range(-1, 2)):
        assert worth(found, 0, Hours=str(hours), Days=str(days)) == by_hand(hours, days)
        line = min(Fraction(1, 4) + Fraction(hours - 3, 2), Fraction(1)) * Fraction(2, 5)
        assert worth(found, 1, Hours=str(hours), Days=str(days)) == line + (
            Fraction(1, 2) - Fraction(days, 4)
        ) * Fraction(3, 5)
    one = found.scenario.sides[0]
    assert one.on_own_scale(one.reservation) == Fraction(1, 5)
    # A rectangle on one issue is what its options are worth; only the others are bonuses.
    assert len(one.bonuses) == 2
    assert any("where GENIUS would cut off" in note for note in told(found))


def test_geniusweb_states_the_reservation_as_a_package() -> None:
    found = imported(GENIUSWEB)
    assert [side.name for side in found.scenario.sides] == ["Valley", "Ridge"]
    valley, ridge = found.scenario.sides
    assert valley.on_own_scale(valley.reservation) == Fraction("0.7") * Fraction("0.1") + Fraction("0.3") * Fraction(
        "0.5"
    )
    assert ridge.reservation == 0
    assert "Valley states its reservation as a package: what that is worth to Valley was taken." in told(found)


def test_negmas_values_are_not_divided_and_digits_are_not_lost() -> None:
    found = imported(NEGMAS)
    assert [side.name for side in found.scenario.sides] == ["Ridge", "Valley"]
    assert found.scenario.issues[1] == Issue("Hours", ("1", "2", "3"))
    assert found.scenario.issues[2].options == ("No", "paid")
    assert worth(found, 0, Fuel="diesel", Hours="3", Keeper="No") == 2 + 9 - 2
    # So many digits that no float holds them, and too many for whole points: kept exactly beside the rounded ones.
    assert found.resolution == (Fraction(0), Fraction(1, 10**12))
    valley = found.exact[1]
    assert valley.points[0][0] * valley.unit == Fraction("0.30314623337582781234567") * 9
    assert valley.points[1][1] * valley.unit == 2 * (3 - Fraction(2, 2))
    assert [note.words["side"] for note in found.rounded] == ["Valley"]


def test_negmas_reads_the_same_from_json() -> None:
    whole = {"sun": 1, "diesel": 0.5}
    profile = {
        "type": "LinearAdditiveUtilityFunction",
        "weights": [2],
        "values": [{"type": "TableFun", "mapping": whole}],
    }
    domain = {"issues": [{"name": "Fuel", "type": "CategoricalIssue", "values": ["sun", "diesel"]}]}
    found = imported(
        {
            "d.json": json.dumps(domain),
            "x.json": json.dumps(profile | {"reserved_value": float("-inf")}),
            "y.json": json.dumps(profile | {"reserved_outcome": ["diesel"], "bias": 1}),
        }
    )
    assert [worth(found, side, Fuel="sun") for side in (0, 1)] == [2, 3]
    assert [side.on_own_scale(side.reservation) for side in found.scenario.sides] == [0, 2]


def test_negolog_profiles_name_the_issues() -> None:
    found = imported(NEGOLOG)
    assert [issue.name for issue in found.scenario.issues] == ["Path", "Gate"]
    assert worth(found, 0, Path="right", Gate="shut") == Fraction("0.4") + Fraction("0.12")
    assert worth(found, 1, Path="right", Gate="shut") == Fraction("0.55")


def test_csv_has_one_file_a_side_with_the_reservation_first() -> None:
    found = imported(CSV)
    assert worth(found, 0, Price="1,000", Day="Friday") == 10 + Fraction(1, 3)
    assert worth(found, 1, Price="900", Day="Sunday") == Fraction("11.5")
    assert [side.on_own_scale(side.reservation) for side in found.scenario.sides] == [5, 2]


def test_decimals_are_scaled_by_their_least_common_denominator() -> None:
    found = imported({"a.csv": "reservation,,0.5\nx,p,0.25\nx,q,3\n", "b.csv": "reservation,,0\nx,p,10\nx,q,20\n"})
    first, second = found.scenario.sides
    assert (first.unit, first.points, first.reservation) == (Fraction(1, 4), ((1, 12),), 2)
    assert (second.unit, second.points) == (Fraction(1), ((10, 20),))
    assert not any(found.resolution)


def test_scores_too_fine_for_whole_points_are_rounded_half_to_even() -> None:
    fine = ["0.0000000000005", "0.0000000000015", "0.00000000000050000001", "1.23456789012345678901"]
    rows = "".join(f"x,o{at},{number}\n" for at, number in enumerate(fine))
    found = imported({"a.csv": f"reservation,,0\n{rows}", "b.csv": f"reservation,,0\n{rows}"})
    assert found.scenario.sides[0].points == ((0, 2, 1, 1_234_567_890_123),)
    assert found.resolution == (Fraction(1, 10**12),) * 2


def test_private_numbers_are_not_shown() -> None:
    rows = "reservation,,271\nx,p,314159\nx,q,161803\n"
    found = imported({"a.csv": rows, "b.csv": rows})
    shown = repr(found) + repr(found.exact) + repr(write(found.scenario, "csv", "x", found.exact))
    assert not any(number in shown for number in ("271", "314159", "161803"))


# Round trips


def same_values(before: Imported, after: Imported, *, within: Fraction = Fraction(0)) -> None:
    """Every package is worth to every side what it was, and so is no agreement."""
    assert [one.name for one in before.scenario.issues] == [one.name for one in after.scenario.issues]
    assert [one.options for one in before.scenario.issues] == [one.options for one in after.scenario.issues]
    packages = list(islice(product(*(range(len(issue.options)) for issue in before.scenario.issues)), 400))
    for one, other in zip(before.scenario.sides, after.scenario.sides, strict=True):
        assert abs(one.on_own_scale(one.reservation) - other.on_own_scale(other.reservation)) <= within
        for package in packages:
            assert abs(one.on_own_scale(one.value(package)) - other.on_own_scale(other.value(package))) <= within


CANNOT = {
    ("genius", "geniusweb"),
    ("negolog", "geniusweb"),
    ("csv", "genius"),
    *(("rectangles", to) for to in WRITERS if to != "genius"),
    *((name, to) for name in ("negmas", "csv") for to in ("genius", "geniusweb", "negolog")),
}
"""Reservations that no package is worth; points below zero; points for combinations."""


@pytest.mark.parametrize(("name", "to"), [(name, to) for name in EVERY for to in WRITERS if (name, to) not in CANNOT])
def test_a_round_trip_keeps_every_value_of_the_samples(name: str, to: str) -> None:
    before = imported(EVERY[name])
    written = write(before.scenario, to, "sample", before.exact)
    assert not any("another scale" in note.phrase for note in written.notes)
    after = read(written.files, "again")
    same_values(before, after, within=Fraction(len(before.scenario.issues), 10**12))
    assert after.format == to.removesuffix("-json")


@pytest.mark.parametrize(("name", "to"), sorted(CANNOT))
def test_what_no_file_of_a_format_can_say_is_refused(name: str, to: str) -> None:
    before = imported(EVERY[name])
    with pytest.raises(ScenarioFileError) as caught:
        write(before.scenario, to, "sample", before.exact)
    assert caught.value.mistake.code == "settle.file-cannot-hold"


def refused_sort(sample: Mapping[str, str], to: str) -> str:
    before = imported(sample)
    with pytest.raises(ScenarioFileError) as caught:
        write(before.scenario, to, "sample", before.exact)
    return caught.value.mistake.words["sort"]


def test_what_a_format_cannot_hold_is_refused_and_not_dropped() -> None:
    assert refused_sort(RECTANGLES, "negmas") == "points for combinations"
    assert refused_sort(CSV, "genius") == "points below zero"
    low = imported({"a.csv": "reservation,,0.7\nx,p,1\nx,q,0\n", "b.csv": "reservation,,0\nx,p,1\nx,q,0\n"})
    with pytest.raises(ScenarioFileError, match="a reservation other than what some package is worth"):
        write(low.scenario, "geniusweb", "low", low.exact)
    issue = Issue("x", ("p", "q"))
    sides = (Side("A", ((0, 1),)), Side("B", ((1, 0),)))
    box = Box({0: frozenset({1})})
    for scenario, sort in (
        (Scenario((issue,), sides, forbidden=(box,)), "public rules"),
        (Scenario((issue,), sides, budgets=(Budget({0: (0, 1)}, 0),)), "public rules"),
        (Scenario((issue,), (sides[0], Side("B", ((1, 0),), red_lines=(box,)))), "red lines"),
        (Scenario((issue,), (*sides, Side("C", ((1, 0),)))), "more than two sides"),
    ):
        with pytest.raises(ScenarioFileError, match=sort):
            write(scenario, "negolog", "x")


NAMES = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=8,
).filter(lambda name: name.strip() != "")


@st.composite
def scenarios(draw: st.DrawFn, *, least: int = 0, counted: bool = False) -> Scenario:
    """Small scenarios with decimal values; with `counted`, of whole numbers in a row and bonuses for stretches."""
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    issues = []
    for name in names:
        if counted:
            first = draw(st.integers(-3, 3))
            issues.append(Issue(name, tuple(str(first + at) for at in range(draw(st.integers(1, 4))))))
        else:
            issues.append(Issue(name, tuple(draw(st.lists(NAMES, min_size=1, max_size=4, unique=True)))))
    unit = Fraction(1, draw(st.sampled_from([1, 4, 10, 1000])))
    sides = []
    for name in ("one", "two"):
        rows = tuple(tuple(draw(st.integers(least, 999)) for _ in issue.options) for issue in issues)
        bonuses: tuple[Bonus, ...] = ()
        if counted:
            bonuses = tuple(Bonus(box, draw(st.integers(-50, 50))) for box in draw(st.lists(boxes(issues), max_size=3)))
        sides.append(Side(name, rows, draw(st.integers(least, 999)), bonuses=bonuses, unit=unit))
    return Scenario(tuple(issues), tuple(sides))


@st.composite
def boxes(draw: st.DrawFn, issues: Sequence[Issue]) -> Box:
    places = draw(st.sets(st.integers(0, len(issues) - 1), min_size=1))
    return Box({at: frozenset(draw(st.sets(st.integers(0, len(issues[at].options) - 1), min_size=1))) for at in places})


def as_imported(scenario: Scenario) -> Imported:
    return Imported("csv", scenario, ("", ""), (Fraction(0),) * 2)


@pytest.mark.parametrize("to", ["csv", "negmas", "negmas-json"])
@given(scenario=scenarios(least=-999))
def test_any_scenario_comes_back_as_it_was(to: str, scenario: Scenario) -> None:
    same_values(as_imported(scenario), read(write(scenario, to, "x").files, "again"))


@given(scenario=scenarios())
def test_any_scenario_without_points_below_zero_comes_back_from_genius(scenario: Scenario) -> None:
    same_values(as_imported(scenario), read(write(scenario, "genius", "x").files, "again"))


@given(scenario=scenarios(least=-99, counted=True))
def test_any_scenario_with_points_for_combinations_comes_back_from_genius(scenario: Scenario) -> None:
    assume(any(side.bonuses for side in scenario.sides))
    same_values(as_imported(scenario), read(write(scenario, "genius", "x").files, "again"))


@pytest.mark.parametrize("to", ["geniusweb", "negolog"])
@given(scenario=scenarios())
def test_formats_from_0_to_1_keep_the_order_and_distance_of_packages(to: str, scenario: Scenario) -> None:
    free = Scenario(scenario.issues, tuple(Side(one.name, one.points, 0, unit=one.unit) for one in scenario.sides))
    after = read(write(free, to, "x").files, "again")
    packages = list(product(*(range(len(issue.options)) for issue in free.issues)))
    for one, other in zip(free.sides, after.scenario.sides, strict=True):
        before = [one.on_own_scale(one.value(package)) for package in packages]
        now = [other.on_own_scale(other.value(package)) for package in packages]
        factor = max(before) / max(now) if max(now) else Fraction(1)
        slack = Fraction(len(free.issues), 10**12) * (factor + 1)
        assert all(abs(first - factor * second) <= slack * 10 for first, second in zip(before, now, strict=True))


@given(number=st.fractions(-(10**6), 10**6, max_denominator=10**9))
def test_a_decimal_is_written_with_all_its_digits(number: Fraction) -> None:
    if ends(number):
        assert Fraction(decimal(number)) == number
    assert ends(near(number))
    assert abs(near(number) - number) <= abs(number) / 10**17


@given(data=st.data())
def test_whatever_bytes_stand_in_the_files_there_is_a_scenario_or_a_refusal(data: st.DataObject) -> None:
    sample = dict(data.draw(st.sampled_from(list(EVERY.values()))))
    name = data.draw(st.sampled_from(sorted(sample)))
    text = sample[name].encode()
    at = data.draw(st.integers(0, len(text)))
    broken = text[:at] + data.draw(st.binary(max_size=4)) + text[at + data.draw(st.integers(0, 8)) :]
    try:
        imported({**sample, name: broken})
    except ScenarioFileError as error:
        found = error.mistake
    else:
        return
    assert found.code.startswith("settle.file-")
    assert "\n" not in found.wrong.format(**found.words) + found.mend.format(**found.words)


# The command


def test_every_format_can_be_asked_for() -> None:
    assert (*WRITERS, CASE) == TARGETS


@pytest.mark.parametrize("to", [*WRITERS, "case"])
@pytest.mark.parametrize("name", EVERY)
def test_people_can_convert_a_scenario(name: str, to: str, tmp_path: Path) -> None:
    folder = lay_files(tmp_path / "in", EVERY[name])
    if (name, to) in CANNOT or (name, to) == ("rectangles", "case"):
        assert "[settle.file-cannot-hold]" in refused("convert", folder, tmp_path / "out", "--to", to)
        assert [path.name for path in tmp_path.iterdir()] == ["in"]
        return
    said = answered("convert", folder, tmp_path / "out", "--to", to, "--plain")
    assert said.startswith(FORMATS[imported(EVERY[name]).format].title)
    assert said.endswith(f"Written: {tmp_path / 'out'}\n")
    if to == "case":
        assert "No mistakes" in answered("case", "check", tmp_path / "out")
    else:
        again = read(scenario_files(tmp_path / "out"), "out")
        same_values(imported(EVERY[name]), again, within=Fraction(3, 10**12))


def test_an_archive_is_written_the_same_each_time(tmp_path: Path) -> None:
    folder = lay_files(tmp_path / "in", GENIUSWEB)
    first, second = (lay_files(tmp_path / name, {}) / "pump.zip" for name in "ab")
    for target in (first, second):
        target.parent.mkdir()
        answered("convert", folder, target, "--to", "negmas")
    assert first.read_bytes() == second.read_bytes()
    assert zipfile.ZipFile(first).namelist() == ["domain.yml", "1-Valley.yml", "2-Ridge.yml"]
    same_values(imported(GENIUSWEB), read(scenario_files(first), "a"))


def test_other_programs_get_one_document_without_a_private_number(tmp_path: Path) -> None:
    folder = lay_files(tmp_path / "in", NEGMAS)
    document = json.loads(answered("convert", folder, tmp_path / "out", "--to", "csv", "--json"))
    assert (document["schema"], document["format"], document["to"]) == ("tashawur.conversion/0.1", "negmas", "csv")
    assert document["sides"] == [
        {"name": "Ridge", "file": "a.yaml", "resolution": None},
        {"name": "Valley", "file": "b.yml", "resolution": "1e-12"},
    ]
    assert document["packages"] == "12"
    assert document["written"] == [str(tmp_path / "out"), "Ridge.csv", "Valley.csv"]
    assert "Valley states no reservation: zero was taken." in document["notes"]


@pytest.mark.parametrize("lang", ["ar", "en", "ru"])
def test_the_conversion_is_told_in_three_languages(lang: str, tmp_path: Path) -> None:
    said = answered("convert", lay_files(tmp_path / "in", GENIUS), tmp_path / "out", "--to", "csv", lang=lang)
    assert {"ar": "مسألتان", "en": "2 issues", "ru": "2 вопроса"}[lang] in said
    assert "Usage" not in tashawur("convert", "--help", lang="ar").stdout


def test_a_case_keeps_labels_and_speaks_the_language_of_its_names(tmp_path: Path) -> None:
    rows = "reservation,,{}\nتوزيع مياه النهر,حصص متساوية,{}\nتوزيع مياه النهر,No,1.5\n2 roads,(none),0\n2 roads,( none ),0.25\n"
    files = {"شمال.csv": rows.format(1, 2), "south.csv": rows.format("0.5", 0)}
    answered("convert", lay_files(tmp_path / "in", files), tmp_path / "out", "--to", "case")
    found = consultation_in(tmp_path / "out")
    assert found.case.languages == ("ar",)
    assert found.sides == ("south", "side_2")
    assert [party.name["ar"] for party in found.case.parties] == ["south", "شمال"]
    assert [(one.id, one.name["ar"]) for one in found.irritants.values()] == [
        ("issue_1", "توزيع مياه النهر"),
        ("issue_2_roads", "2 roads"),
    ]
    assert [option.id for option in found.irritants["issue_2_roads"].options] == ["none", "none_2"]
    assert found.briefs["south"].points["issue_1"] == {"option_1": 0, "no": 6}
    assert found.briefs["south"].reservation == 2
    text = (tmp_path / "out" / "briefs" / "south.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[1].count("0.25") == 1
    assert '"no": 6' in text


def test_a_consultation_without_rules_goes_to_other_programs(tmp_path: Path) -> None:
    answered("convert", lay_files(tmp_path / "in", CSV), tmp_path / "case", "--to", "case")
    assert answered("convert", tmp_path / "case", tmp_path / "out", "--to", "negmas").startswith(
        "A consultation: 2 issues"
    )
    again = read(scenario_files(tmp_path / "out"), "out")
    assert [issue.options for issue in again.scenario.issues] == [("option_1_000", "option_900"), ("friday", "sunday")]
    east = imported(CSV).scenario.sides[0]
    ratio = {one.value(package) * east.reservation == east.value(package) * one.reservation
             for one in again.scenario.sides[:1] for package in product(range(2), range(2))}  # fmt: skip
    assert ratio == {True}


@pytest.mark.parametrize("name", EVERY)
def test_settle_and_frontier_take_any_scenario_and_say_which_it_is(name: str, tmp_path: Path) -> None:
    folder = lay_files(tmp_path / "in", EVERY[name])
    found = imported(EVERY[name])
    settled = json.loads(answered("settle", folder, "--json"))
    assert (settled["source"], settled["packages"]) == (found.format, str(found.scenario.packages))
    assert settled["sides"] == [side.name for side in found.scenario.sides]
    assert settled["resolution"] == ({"Valley": "1e-12"} if name == "negmas" else {})
    points = json.loads(answered("frontier", folder, "--all", "--json"))["points"]
    values = {
        found.scenario.values(package)
        for package in product(*(range(len(one.options)) for one in found.scenario.issues))
    }
    best = [
        one
        for one in values
        if not any(other != one and all(a >= b for a, b in zip(other, one, strict=True)) for other in values)
    ]
    own = [
        [float(side.on_own_scale(point)) for side, point in zip(found.scenario.sides, one, strict=True)] for one in best
    ]
    assert [pytest.approx(point) for point in sorted(own, reverse=True)] == points
    shown = answered("settle", folder, "--plain")
    assert f"Read as: {FORMATS[found.format].title}" in shown
    assert all(line in " ".join(shown.split()) for line in told(found))


WORDS = CaseWords("en", "Title", "Purpose", "Track", "Why", "Head\nof two lines", "One is {unit}.")


def test_rules_and_red_lines_go_into_a_case(tmp_path: Path) -> None:
    issues = (Issue("x", ("a", "b", "c")), Issue("y", ("d", "e")))
    lines = (Box({0: frozenset({0})}), Box({0: frozenset({1}), 1: frozenset({1})}))
    sides = (Side("A", ((0, 1, 2), (0, 3)), 1, red_lines=lines), Side("B", ((4, 1, 0), (2, 0))))
    scenario = Scenario(
        issues, sides, forbidden=(Box({0: frozenset({2}), 1: frozenset({0})}), Box({1: frozenset({1})}))
    )
    for file in case_files(scenario, "rules", WORDS).files:
        lay_files(tmp_path, {file.name: file.data})
    found = consultation_in(tmp_path)
    assert [(dict(one.when), dict(one.then)) for one in found.constraints] == [
        ({"x": ("c",)}, {"y": ("e",)}),
        ({"y": ("e",)}, {"y": ("d",)}),
    ]
    first, second = found.briefs["A"].red_lines
    assert dict(first.forbid) == {"x": ("a",)}
    assert (dict(second.when), dict(second.then)) == ({"x": ("b",)}, {"y": ("d",)})


def test_what_a_case_cannot_hold_is_refused() -> None:
    issue = Issue("x", ("a", "b"))
    side = Side("A", ((0, 1),))
    every = Box({0: frozenset({0, 1})})
    for scenario in (
        Scenario((issue,), (side,), budgets=(Budget({0: (0, 1)}, 0),)),
        Scenario((issue,), (side,), forbidden=(every,)),
        Scenario((issue,), (Side("A", ((0, 1),), bonuses=(Bonus(every, 1),)),)),
    ):
        with pytest.raises(ScenarioFileError) as caught:
            case_files(scenario, "x", WORDS)
        assert caught.value.mistake.code == "settle.file-cannot-hold"


@given(scenario=scenarios(least=-999), huge=st.sampled_from([1, 10**14 + 1, 10**15]))
def test_points_of_a_case_stay_below_2_to_the_53_and_in_proportion(scenario: Scenario, huge: int) -> None:
    sides = tuple(
        Side(
            side.name,
            tuple(tuple(point * huge + 1 for point in row) for row in side.points),
            side.reservation,
            unit=side.unit,
        )
        for side in scenario.sides
    )
    written = case_files(Scenario(scenario.issues, sides), "x", WORDS)
    for side, file in zip(sides, written.files[2:], strict=True):
        text = file.data.decode()
        found = re.search(r"One is (.*)\.", text)
        unit = Fraction(found[1]) if found else Fraction(1)
        numbers = [int(number) for number in re.findall(r": (-?[0-9]+)[,}]", text)]
        assert all(abs(number) < 2**53 for number in numbers)
        given_points = [point for row in side.points for point in row]
        for number, point in zip(numbers, given_points, strict=True):
            assert abs(number * unit - point * side.unit) <= unit / 2


# Figures of data that lies beside the project on some machines

SHARED = Path(os.environ.get("TASHAWUR_SHARED", "nowhere")) / "cases" / "settle"
with_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="TASHAWUR_SHARED names no folder: its data is not here")
FRONTIERS = {
    "anac2010_Travel": 12,
    "anac2011_Energy": 204,
    "anac2012_SupermarketA": 39,
    "Jobs": 21,
    "anac2010_EnglandZimbabwe": 25,
    "anac2010_ItexvsCypress": 18,
}


@with_shared
@pytest.mark.parametrize("name", FRONTIERS)
def test_frontiers_under_the_normalisation_of_genius_have_the_sizes_of_exact_fractions(name: str) -> None:
    found = read(scenario_files(SHARED / name), name)
    points = {(0, 0)}
    for rows in zip(*(side.points for side in found.exact), strict=True):
        # What is dominated among beginnings of packages is dominated at their end.
        points = undominated({(x + a, y + b) for x, y in points for a, b in zip(*rows, strict=True)})
    assert len(points) == FRONTIERS[name]
    assert len(frontier(found.scenario.without_lines())) == FRONTIERS[name]


def undominated(points: set[tuple[int, int]]) -> set[tuple[int, int]]:
    best: int | None = None
    kept: set[tuple[int, int]] = set()
    for x, y in sorted(points, reverse=True):
        if best is None or y > best:
            kept.add((x, y))
            best = y
    return kept


@with_shared
def test_every_scenario_that_lies_beside_the_project_is_read_and_comes_back() -> None:
    numbers = {}
    for folder in sorted(SHARED.iterdir()):
        before = read(scenario_files(folder), folder.name)
        numbers[folder.name] = (before.format, len(before.scenario.sides), before.scenario.packages)
        after = read(write(before.scenario, "genius", folder.name, before.exact).files, "again")
        # The reader rounds both in the same way.
        assert [side.points for side in after.scenario.sides] == [side.points for side in before.scenario.sides]
        same_values(before, after)
    assert numbers["anac2014_50issues"] == ("genius", 2, 10**40)
    assert numbers["anac2015_group7-movie_9party"] == ("genius", 9, 4)
    assert {one[0] for one in numbers.values()} == {"genius", "geniusweb", "negmas"}


@with_shared
def test_the_reservation_of_the_party_is_what_its_package_is_worth() -> None:
    found = read(scenario_files(SHARED / "geniusweb_Party"), "party")
    first = found.scenario.sides[0]
    assert first.on_own_scale(first.reservation) == Fraction("0.50636")


@with_shared
@pytest.mark.parametrize("name", ["anac2014_10issues_hyperrect", "anac2014_30issues", "anac2014_50issues"])
def test_rectangles_are_worth_what_the_file_says_one_by_one(name: str) -> None:
    found = read(scenario_files(SHARED / name), name)
    chance = random.Random(0)
    for side, file in zip(found.scenario.sides, found.files, strict=True):
        root = ElementTree.fromstring((SHARED / name / file).read_text(encoding="utf-8").strip())  # noqa: S314 - a second opinion on known files
        largest = int(next(root.iter("utility")).attrib["maxutility"])
        for _ in range(200):
            package = [chance.randrange(10) for _ in found.scenario.issues]
            total = sum(
                int(rectangle.attrib["utility"])
                for rectangle in root.iter("hyperRectangle")
                if all(
                    int(bound.attrib["min"]) <= package[int(bound.attrib["index"]) - 1] <= int(bound.attrib["max"])
                    for bound in rectangle
                )
            )
            assert side.on_own_scale(side.value(package)) == Fraction(total, largest)


def test_progress_is_told_with_what_is_left_once_two_seconds_are_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter((100.0, 101.9, 102.5, 102.9, 104.0, 108.0))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    progress = Progress(Words("en"))
    for done in (1, 25, 30, 50, 100):
        progress(done, 100)
    progress.end()
    assert capsys.readouterr().err.splitlines() == ["25 % done, about 8 s left", "50 % done, about 4 s left"]


def test_very_many_packages_are_told_by_their_power_of_ten() -> None:
    issues = tuple(Issue(f"i{number}", tuple("0123456789")) for number in range(30))
    side = Side("A", tuple(tuple(range(10)) for _ in issues))
    found = Imported("csv", Scenario(issues, (side,)), ("a.csv",), (Fraction(0),))
    assert sizes(found, Words("en")).endswith(" · 10^30 packages")
    more = Scenario((*issues, Issue("last", ("a", "b"))), (Side("A", (*side.points, (0, 1))),))
    assert sizes(Imported("csv", more, ("a.csv",), (Fraction(0),)), Words("en")).endswith(" · over 10^30 packages")


def test_issues_with_many_options_have_their_frontier_too() -> None:
    rows = "".join(f"{issue},{option},{{{at}}}\n" for at, (issue, option) in enumerate(product("ab", range(20))))
    chance = [(number * 37 + 11) % 41 for number in range(80)]
    files = {
        "a.csv": "reservation,,0\n" + rows.format(*chance[:40]),
        "b.csv": "reservation,,0\n" + rows.format(*chance[40:]),
    }
    scenario = imported(files).scenario
    every = {scenario.values(package) for package in product(range(20), range(20))}
    found = [(int(x), int(y)) for x, y in frontier(scenario).values.tolist()]
    assert set(found) == undominated({(x, y) for x, y in every})
