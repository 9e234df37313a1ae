"""Scenarios of other programs: what is read of them, what is refused, and that a round trip keeps every value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tashawur.settle.formats.numbers import decimal, ends, near
from tashawur.settle.formats.places import SourceFile
from tashawur.settle.formats.profiles import Imported
from tashawur.settle.formats.reading import read
from tashawur.settle.formats.writing import WRITERS, write
from tashawur.settle.values import Bonus, Box, Budget, Issue, Scenario, Side
from tashawur.terms.errors import ScenarioFileError

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
    assert (worth(found, 0, Fuel="sun"), worth(found, 1, Fuel="sun")) == (2, 3)
    x, y = found.scenario.sides
    assert (x.reservation, y.on_own_scale(y.reservation)) == (0, 2)


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
    assert found.resolution == (0, 0)


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
    packages = list(product(*(range(len(issue.options)) for issue in before.scenario.issues)))[:400]
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
