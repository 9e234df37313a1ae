"""Every mistake that `case check` can tell of, each with a file that holds it and the line where it stands."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import (
    ACCOUNTS,
    BRIEF,
    BRIEF_IN_WORDS,
    CASE,
    ESTIMATE,
    GOOD,
    LOG,
    PLAN,
    REGISTER,
    UNDERTAKINGS,
    Lay,
    write,
)
from tashawur.consult.consultation import assemble
from tashawur.consult.files import NamedFile, read
from tashawur.consult.register import AtMost, Budget, Constraint
from tashawur.store.folder import consultation_in, is_zone
from tashawur.terms.errors import MistakesError, UnreadableError

SOURCE = Path(__file__).parent.parent / "src" / "tashawur"


def changed(text: str, before: str, after: str) -> str:
    assert before in text
    return text.replace(before, after, 1)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def entry(row: str) -> dict[str, str]:
    return {"log.yaml": LOG + f"- {row}\n"}


ROUND = "{type: round, id: r9, round: R9, on: 2025-03-01, "
REPORT = "{type: report, id: p9, on: 2025-03-01, by: A, "
NEW = LOG.count("\n") + 1
"""The line of an entry that is added to the log."""

BOMB = "kind: log\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def constrained(form: str) -> dict[str, str]:
    return {"register.yaml": changed(REGISTER, "if: {banking: [notes]}, then: {visas: [deadline]},", form)}


def worded(before: str, after: str) -> dict[str, str]:
    return {"private/brief.yaml": changed(BRIEF_IN_WORDS, before, after)}


# code, the files that differ from the good case, the file and line that must be named
WRONG: list[tuple[str, Mapping[str, str | bytes], str, int]] = [
    ("case.too-large", {"log.yaml": b"#" * (64 * 2**20 + 1)}, "log.yaml", 0),
    ("case.not-text", {"log.yaml": "kind: log\nentries:\n- é\n".encode("latin-1")}, "log.yaml", 3),
    ("case.not-text", {"log.yaml": "kind: log\n".encode("utf-16")}, "log.yaml", 0),
    ("case.unknown-kind", {"log.yaml": "entries: []\n"}, "log.yaml", 1),
    ("case.unknown-kind", {"log.yaml": "# a log\nkind: lgo\n"}, "log.yaml", 2),
    ("case.unknown-kind", {"log.yaml": "- a\n- b\n"}, "log.yaml", 1),
    ("case.several-documents", {"log.yaml": LOG + "---\nkind: log\n"}, "log.yaml", 6),
    ("case.and-more", {"log.yaml": "kind: log\nentries:\n" + "- {type: contakt}\n" * 201}, "log.yaml", 0),
    ("case.broken-yaml", {"log.yaml": LOG + "- {type: contact\n"}, "log.yaml", NEW),
    ("case.key-twice", {"log.yaml": LOG + "kind: log\n"}, "log.yaml", NEW),
    ("case.wordless-key", {"log.yaml": LOG + "- {{contact: [call]}: 1}\n"}, "log.yaml", NEW),
    (
        "case.wordless-key",
        {"private/brief.yaml": changed(BRIEF, "{visas: [deadline]}", "{{visas: [1]}: 2}")},
        "private/brief.yaml",
        8,
    ),
    ("case.alias-bomb", {"log.yaml": BOMB}, "log.yaml", 3),
    ("case.no-anchor", {"log.yaml": "kind: log\nentries:\n- *missing\n"}, "log.yaml", 3),
    ("case.unknown-key", {"register.yaml": changed(REGISTER, "  track: main", "  trakc: main")}, "register.yaml", 5),
    ("case.unknown-key", {"register.yaml": changed(REGISTER, "  track: main", "  points: 14")}, "register.yaml", 5),
    ("case.missing-key", {"register.yaml": changed(REGISTER, "  name: {en: Banking}\n", "")}, "register.yaml", 3),
    ("case.missing-key", entry("{id: x1, on: 2025-03-01}"), "log.yaml", NEW),
    ("case.unknown-word", entry(ROUND + "event: helt}"), "log.yaml", NEW),
    ("case.unknown-word", entry("{type: contakt, id: x1, on: 2025-03-01}"), "log.yaml", NEW),
    ("case.wrong-type", entry(ROUND + "event: held, by: A}"), "log.yaml", NEW),
    ("case.wrong-type", {"private/brief.yaml": changed(BRIEF, "5", "five")}, "private/brief.yaml", 3),
    ("case.other-digits", {"private/brief.yaml": changed(BRIEF, "5", "٥")}, "private/brief.yaml", 3),
    ("case.other-digits", {"log.yaml": changed(LOG, "2025-02-12", "٢٠٢٥-٠٢-١٢")}, "log.yaml", 3),
    ("case.impossible-date", {"log.yaml": changed(LOG, "2025-02-12", "2025-02-30")}, "log.yaml", 3),
    ("case.impossible-date", {"log.yaml": changed(LOG, "2025-02-12", "12.02.2025")}, "log.yaml", 3),
    ("case.impossible-moment", entry(ROUND + 'event: held, begins: "25 o\'clock"}'), "log.yaml", NEW),
    ("case.wrong-identifier", {"register.yaml": changed(REGISTER, "id: banking", "id: 2banks")}, "register.yaml", 3),
    ("case.look-alike", {"register.yaml": changed(REGISTER, "id: banking", "id: bаnking")}, "register.yaml", 3),
    ("case.look-alike", {"register.yaml": changed(REGISTER, "id: banking", 'id: "ban\u202eking"')}, "register.yaml", 3),
    ("case.hidden-mark", {"register.yaml": changed(REGISTER, "Banking", '"Bank\\u202eing"')}, "register.yaml", 4),
    ("case.hidden-mark", {"register.yaml": changed(REGISTER, "Banking", "Bank\u2066ing")}, "register.yaml", 4),
    ("case.unknown-language", {"consultation.yaml": changed(CASE, "[en]", "[English]")}, "consultation.yaml", 4),
    ("case.wrong-form", {"consultation.yaml": changed(CASE, "ab" * 32, "ab")}, "consultation.yaml", 26),
    ("case.too-few", {"consultation.yaml": changed(CASE, "[en]", "[]")}, "consultation.yaml", 4),
    ("case.too-few", entry("{type: contact, id: c9, on: 2025-03-01, form: call, between: [A]}"), "log.yaml", NEW),
    (
        "case.out-of-bounds",
        {"consultation.yaml": changed(CASE, "characters: 100", "characters: -1")},
        "consultation.yaml",
        26,
    ),
    ("case.no-case", {"consultation.yaml": "kind: log\n"}, "accounts.yaml", 1),
    ("case.two-cases", {"second.yaml": CASE}, "second.yaml", 1),
    ("case.name-twice", {"log.yaml": changed(LOG, "id: p1", "id: c1")}, "log.yaml", 5),
    ("case.name-twice", {"log.yaml": changed(LOG, "id: p1", "id: banking")}, "register.yaml", 3),
    ("case.reserved-name", {"log.yaml": changed(LOG, "round: R1", "round: next_round")}, "log.yaml", 4),
    ("case.leads-nowhere", {"log.yaml": changed(LOG, "about: banking", "about: bankng")}, "log.yaml", 5),
    ("case.leads-nowhere", {"log.yaml": changed(LOG, "by: A", "by: А")}, "log.yaml", 5),
    ("case.leads-nowhere", {"register.yaml": changed(REGISTER, "[S1]", "[S2]")}, "register.yaml", 6),
    ("case.leads-nowhere", {"undertakings.yaml": changed(UNDERTAKINGS, "ab" * 32, "cd" * 32)}, "undertakings.yaml", 12),
    ("case.missing-translation", {"consultation.yaml": changed(CASE, "[en]", "[en, ar]")}, "accounts.yaml", 3),
    ("case.other-language", {"register.yaml": changed(REGISTER, "Banking}", "Banking, fr: B}")}, "register.yaml", 4),
    ("case.other-language", {"log.yaml": changed(LOG, "en: First talk", "fr: Premier")}, "log.yaml", 3),
    (
        "case.too-few-sides",
        {"consultation.yaml": changed(CASE, "B, role: side", "B, role: host")},
        "consultation.yaml",
        9,
    ),
    (
        "case.unknown-zone",
        {"consultation.yaml": changed(CASE, "Europe/London", "Europe/Arvon")},
        "consultation.yaml",
        6,
    ),
    (
        "case.ends-first",
        {
            "consultation.yaml": changed(
                CASE,
                "weekend: [fri, sat]",
                "holidays: [{name: {en: Feast}, from: 2025-04-02, to: 2025-04-01}]",
            )
        },
        "consultation.yaml",
        7,
    ),
    ("case.ends-first", {"undertakings.yaml": changed(UNDERTAKINGS, "end: 20", "end: 9")}, "undertakings.yaml", 12),
    (
        "case.ends-first",
        entry(ROUND + "event: held, begins: 2025-03-01T10:00:00+03:00, ends: 2025-03-01T09:00:00+03:00}"),
        "log.yaml",
        NEW,
    ),
    ("case.ends-first", entry(REPORT + "about: u1, says: postponed, until: 2025-02-01}"), "log.yaml", NEW),
    ("case.ends-first", {"private/estimate.yaml": changed(ESTIMATE, "[-1, 2]", "[2, -1]")}, "private/estimate.yaml", 5),
    (
        "case.appointed-twice",
        {"consultation.yaml": changed(CASE, "[main], to_be", "[main], head: {en: Head}, to_be")},
        "consultation.yaml",
        24,
    ),
    (
        "case.part-of-itself",
        {"consultation.yaml": changed(CASE, "{en: Main}}", "{en: Main}, part_of: main}")},
        "consultation.yaml",
        20,
    ),
    ("case.half-a-span", {"undertakings.yaml": changed(UNDERTAKINGS, ", end: 20", "")}, "undertakings.yaml", 12),
    (
        "case.beyond-the-text",
        {"undertakings.yaml": changed(UNDERTAKINGS, "end: 20", "end: 101")},
        "undertakings.yaml",
        12,
    ),
    ("case.no-origin", {"undertakings.yaml": changed(UNDERTAKINGS, ", sources: [S1]", "")}, "undertakings.yaml", 19),
    (
        "case.no-source",
        {"register.yaml": changed(REGISTER, "  track: main\n", "  track: main\n  facts: [{text: {en: So it is}}]\n")},
        "register.yaml",
        6,
    ),
    ("case.option-twice", {"register.yaml": changed(REGISTER, "id: notes", "id: status_quo")}, "register.yaml", 8),
    ("case.unknown-option", {"register.yaml": changed(REGISTER, "[notes]", "[letters]")}, "register.yaml", 18),
    (
        "case.due-unclear",
        {"undertakings.yaml": changed(UNDERTAKINGS, "{on: 2", "{event: R1, on: 2")},
        "undertakings.yaml",
        10,
    ),
    (
        "case.due-unclear",
        {"undertakings.yaml": changed(UNDERTAKINGS, "{on: 2025-03-03}", "{after: R1}")},
        "undertakings.yaml",
        10,
    ),
    ("case.due-before-made", {"undertakings.yaml": changed(UNDERTAKINGS, "03-03", "01-03")}, "undertakings.yaml", 10),
    (
        "case.due-after-itself",
        {"undertakings.yaml": changed(UNDERTAKINGS, "{on: 2025-03-03}", "{event: u1}")},
        "undertakings.yaml",
        10,
    ),
    ("case.says-and-silent", {"accounts.yaml": changed(ACCOUNTS, "[B]", "[A]")}, "accounts.yaml", 3),
    ("case.no-offset", entry(ROUND + "event: held, begins: 2025-03-01T10:00:00}"), "log.yaml", NEW),
    ("case.assessment-of-nobody", entry(ROUND + "event: assessed}"), "log.yaml", NEW),
    ("case.set-in-past", entry(ROUND + "event: proposed, date: 2025-02-28}"), "log.yaml", NEW),
    ("case.unknown-round", entry(ROUND + "event: assessed, by: [A], assessment: {en: Good}}"), "log.yaml", NEW),
    (
        "case.with-itself",
        entry("{type: contact, id: c9, on: 2025-03-01, form: call, between: [A, A]}"),
        "log.yaml",
        NEW,
    ),
    ("case.held-in-future", entry(ROUND + "event: held, date: 2025-03-09}"), "log.yaml", NEW),
    ("case.after-held", entry("{type: round, id: r9, round: R1, on: 2025-03-01, event: cancelled}"), "log.yaml", NEW),
    ("case.after-held", entry("{type: round, id: r9, round: R1, on: 2025-02-19, event: held}"), "log.yaml", NEW),
    ("case.other-day", entry(ROUND + "event: held, begins: 2025-03-02T00:30:00+03:00}"), "log.yaml", NEW),
    (
        "case.other-day",
        entry(ROUND + "event: proposed, date: 2025-04-01, ends: 2025-04-02T10:00:00+03:00}"),
        "log.yaml",
        NEW,
    ),
    (
        "case.other-day",
        entry("{type: contact, id: c9, on: 2025-03-01, form: call, between: [A, B], at: 2025-02-28T23:00:00-05:00}"),
        "log.yaml",
        NEW,
    ),
    (
        "case.reason-and-none",
        entry(ROUND + "event: cancelled, reasons: {A: {en: Ill}}, no_reason_from: [A]}"),
        "log.yaml",
        NEW,
    ),
    (
        "case.not-its-reporter",
        entry("{type: report, id: p9, on: 2025-03-01, by: B, about: posts, says: measured, value: 3}"),
        "log.yaml",
        NEW,
    ),
    ("case.wrong-report", entry(REPORT + "about: posts, says: done}"), "log.yaml", NEW),
    ("case.no-value", entry(REPORT + "about: posts, says: measured}"), "log.yaml", NEW),
    ("case.not-a-number", entry(REPORT + "about: posts, says: measured, value: .inf}"), "log.yaml", NEW),
    ("case.until-what", entry(REPORT + "about: u1, says: done, until: 2025-04-01}"), "log.yaml", NEW),
    ("case.red-line-unclear", {"private/brief.yaml": changed(BRIEF, "forbid", "if")}, "private/brief.yaml", 8),
    ("case.option-without-points", {"private/brief.yaml": changed(BRIEF, ", notes: 14", "")}, "private/brief.yaml", 5),
    ("case.unknown-option", {"private/brief.yaml": changed(BRIEF, "[deadline]", "[soon]")}, "private/brief.yaml", 8),
    (
        "case.constraint-unclear",
        {"register.yaml": changed(REGISTER, "if: {banking: [notes]}, ", "")},
        "register.yaml",
        18,
    ),
    (
        "case.constraint-unclear",
        {"register.yaml": changed(REGISTER, "why:", "excludes: {banking: [notes]}, why:")},
        "register.yaml",
        18,
    ),
    ("case.constraint-unclear", constrained(""), "register.yaml", 18),
    ("case.unknown-option", constrained("excludes: {banking: [notes], visas: [soon]},"), "register.yaml", 18),
    ("case.unknown-option", constrained("at_most: {count: 1, of: {banking: [letters]}},"), "register.yaml", 18),
    ("case.unknown-option", constrained("budget: {limit: 3, costs: {banking: {letters: 1}}},"), "register.yaml", 18),
    ("case.leads-nowhere", constrained("budget: {limit: 3, costs: {bankng: {notes: 1}}},"), "register.yaml", 18),
    ("case.out-of-bounds", constrained("budget: {limit: 3, costs: {banking: {notes: -1}}},"), "register.yaml", 18),
    ("case.out-of-bounds", constrained("at_most: {count: -1, of: {banking: [notes]}},"), "register.yaml", 18),
    (
        "case.too-large-number",
        constrained("budget: {limit: 9007199254740993, costs: {banking: {notes: 1}}},"),
        "register.yaml",
        18,
    ),
    (
        "case.too-large-number",
        {"private/brief.yaml": changed(BRIEF, "14", "9007199254740993")},
        "private/brief.yaml",
        5,
    ),
    (
        "case.too-large-number",
        {"private/brief.yaml": changed(BRIEF, "-3", "-99999999999999999999999999999999")},
        "private/brief.yaml",
        6,
    ),
    ("case.points-or-words", {"private/brief.yaml": "kind: brief\nparty: A\n"}, "private/brief.yaml", 1),
    (
        "case.points-or-words",
        {"private/brief.yaml": BRIEF + "words: {banking: {status_quo: never, notes: must}}\n"},
        "private/brief.yaml",
        9,
    ),
    ("case.half-in-points", {"private/brief.yaml": changed(BRIEF, "reservation: 5\n", "")}, "private/brief.yaml", 3),
    (
        "case.unknown-option",
        {"private/brief.yaml": BRIEF + "bonuses:\n- {when: {banking: [notes], visas: [soon]}, points: 4}\n"},
        "private/brief.yaml",
        10,
    ),
    ("case.unknown-word", worded("can_live_with", "can_live"), "private/brief.yaml", 4),
    ("case.option-without-word", worded("status_quo: can_live_with, ", ""), "private/brief.yaml", 4),
    ("case.unknown-option", worded("deadline: never", "soon: never"), "private/brief.yaml", 5),
    ("case.order-unclear", worded("[visas]", "[visas, banking]"), "private/brief.yaml", 6),
    ("case.order-unclear", worded("  visas: {status_quo: want, deadline: never}\n", ""), "private/brief.yaml", 5),
    ("case.leads-nowhere", worded("[visas]", "[visa]"), "private/brief.yaml", 6),
    ("case.leads-nowhere", worded("order: [banking", "order: [bankng"), "private/brief.yaml", 6),
    ("case.unknown-option", worded("least: {banking: notes}", "least: {banking: letters}"), "private/brief.yaml", 7),
    ("case.least-is-never", worded("least: {banking: notes}", "least: {visas: deadline}"), "private/brief.yaml", 7),
    ("case.unknown-option", worded("than: {visas: deadline}", "than: {visas: soon}"), "private/brief.yaml", 9),
    ("case.wrong-type", worded("[banking, [visas]]", "[banking, 3]"), "private/brief.yaml", 6),
    ("case.too-few", worded("[banking, [visas]]", "[banking, []]"), "private/brief.yaml", 6),
    ("case.unknown-step", {"private/plan.yaml": changed(PLAN, "[s1]}", "[s7]}")}, "private/plan.yaml", 5),
    ("case.name-twice", {"private/plan.yaml": changed(PLAN, "id: s2", "id: s1")}, "private/plan.yaml", 5),
    ("case.second-of-a-kind", {"private/z.yaml": BRIEF}, "private/z.yaml", 1),
]


@pytest.mark.parametrize(
    ("code", "files", "file", "line"), WRONG, ids=[f"{one[0]}-{place}" for place, one in enumerate(WRONG)]
)
def test_a_mistake_is_told_with_its_file_and_line(
    lay: Lay, code: str, files: Mapping[str, str | bytes], file: str, line: int
) -> None:
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay(files))
    found = [(one.code, one.file, one.line) for one in caught.value.mistakes]
    assert (code, file, line) in found
    for one in caught.value.mistakes:
        one.wrong.format(**one.words)
        one.mend.format(**one.words)
        assert "\n" not in one.wrong.format(**one.words)


def test_the_small_case_has_no_mistake(lay: Lay) -> None:
    assert consultation_in(lay()).case.id == "small"


def test_a_side_may_speak_in_words_in_place_of_points(lay: Lay) -> None:
    brief = consultation_in(lay({"private/brief.yaml": BRIEF_IN_WORDS})).briefs["A"]
    assert brief.words["visas"] == {"status_quo": "want", "deadline": "never"}
    assert brief.order == ("banking", ("visas",))
    assert brief.reservation is None
    assert [(one.better, one.than) for one in brief.comparisons] == [({"banking": "notes"}, {"visas": "deadline"})]


def test_a_side_may_give_points_to_combinations(lay: Lay) -> None:
    text = BRIEF + "bonuses:\n- {when: {banking: [notes], visas: [deadline]}, points: -4}\n"
    bonuses = consultation_in(lay({"private/brief.yaml": text})).briefs["A"].bonuses
    assert [(one.when, one.points) for one in bonuses] == [({"banking": ("notes",), "visas": ("deadline",)}, -4)]


def test_a_public_constraint_may_exclude_count_or_cost(lay: Lay) -> None:
    def read_as(form: str) -> Constraint:
        return consultation_in(lay(constrained(form))).constraints[0]

    assert read_as("excludes: {banking: [notes], visas: [deadline]},").excludes["visas"] == ("deadline",)
    limit = read_as("at_most: {count: 1, of: {banking: [notes], visas: [deadline]}},").at_most
    assert limit == AtMost(count=1, of={"banking": ("notes",), "visas": ("deadline",)})
    costs = "{banking: {notes: 2}, visas: {deadline: 3}}"
    budget = read_as(f"budget: {{limit: 4, costs: {costs}, unit: {{en: posts}}}},").budget
    assert budget == Budget(limit=4, costs={"banking": {"notes": 2}, "visas": {"deadline": 3}}, unit={"en": "posts"})


def test_every_code_of_a_mistake_has_a_test_of_its_own() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "consult").glob("*.py"))
    codes = set(re.findall(r'"(case\.[a-z-]+)"', text))
    assert codes == {code for code, *_ in WRONG}


def test_every_mistake_of_a_file_is_told_not_only_the_first(lay: Lay) -> None:
    text = changed(changed(REGISTER, "track: main", "trakc: main"), "{by: A, on: 2025-02-18", "{by: A, on: 2025-02-31")
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"register.yaml": text}))
    assert [(one.code, one.line) for one in caught.value.mistakes] == [
        ("case.unknown-key", 5),
        ("case.impossible-date", 6),
    ]


@pytest.mark.parametrize(("number", "told"), [(200, "200"), (201, "more than 200")])
@pytest.mark.parametrize("pad", [0, 250_000])
def test_of_very_many_mistakes_it_is_said_that_there_are_more(lay: Lay, number: int, told: str, pad: int) -> None:
    text = (
        "kind: log\nentries:\n"
        + "- {type: contakt}\n" * number
        + "".join(
            f"- {{type: contact, id: k{place}, on: 2025-03-01, form: call, between: [A, B]}}\n"
            for place in range(pad // 60)
        )
    )
    with pytest.raises(MistakesError, match=f": {told}\\. Mend") as caught:
        consultation_in(lay({"log.yaml": text}))
    assert [one.line for one in caught.value.mistakes[:200]] == list(range(3, 203))


@pytest.mark.parametrize("mark", ["\x07", "\x7f", "\ufffe", "\ufeff", "\u2028", "\u2029", "\x85", "\x0c"])
def test_a_mark_that_one_reader_refuses_shifts_no_line(lay: Lay, mark: str) -> None:
    text = changed(REGISTER, "Banking", f'"Bank{mark}ing"').replace("track: main", "trakc: main", 1)
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"register.yaml": text}))
    assert ("case.unknown-key", 5) in [(one.code, one.line) for one in caught.value.mistakes]
    key = changed(REGISTER, "  track: main", f"  track{mark}x: main")
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"register.yaml": key}))
    assert {one.line for one in caught.value.mistakes if one.code == "case.unknown-key"} == {5}


def test_a_mistake_that_aliases_lead_to_is_told_once(lay: Lay) -> None:
    text = changed(
        REGISTER, "raised: [{by: A, on: 2025-02-18, sources: [S1]}]", "raised: [&r {by: A, on: 2025-02-31}, *r]"
    )
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"register.yaml": text}))
    assert [(one.code, one.line) for one in caught.value.mistakes] == [("case.impossible-date", 6)]
    text = changed(REGISTER, "[{by: A, on: 2025-02-18, sources: [S1]}]", "[{by: X}, {by: X}, &r {by: Y}, *r]")
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"register.yaml": text}))
    assert [one.words["name"] for one in caught.value.mistakes] == ["X", "X", "Y"]


def test_mistakes_of_several_files_are_told_together(lay: Lay) -> None:
    wrong = {"register.yaml": "kind: rgister\n", "log.yaml": "kind: log\nentries: 5\n"}
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay(wrong))
    assert {one.file for one in caught.value.mistakes} == {"register.yaml", "log.yaml"}


def test_a_round_that_was_held_is_told_with_its_own_day(lay: Lay) -> None:
    held = "{type: round, id: r9, round: R9, on: 2025-03-05, event: held, date: 2025-03-01}"
    text = LOG + f"- {held}\n- {{type: round, id: r8, round: R9, on: 2025-03-06, event: cancelled}}\n"
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"log.yaml": text}))
    assert [(one.code, one.words["day"]) for one in caught.value.mistakes] == [("case.after-held", "2025-03-01")]


def test_an_hour_is_on_its_day_by_the_clock_that_it_is_written_in(lay: Lay) -> None:
    row = ROUND + "event: held, begins: 2025-03-01T00:30:00+14:00, ends: 2025-03-01T23:30:00-10:00}"
    at = "{type: contact, id: c9, on: 2025-03-01, form: call, between: [A, B], at: 2025-03-01T23:30:00-10:00}"
    assert len(consultation_in(lay({"log.yaml": LOG + f"- {row}\n- {at}\n"})).log) == 5


def test_a_billion_laughs_are_refused_at_once(lay: Lay) -> None:
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"log.yaml": BOMB}))
    assert [one.code for one in caught.value.mistakes] == ["case.alias-bomb"]


@pytest.mark.parametrize("text", ["[" * 100_000, "".join(" " * depth + "a:\n" for depth in range(3_000))])
def test_a_file_that_is_nested_without_end_is_refused(lay: Lay, text: str) -> None:
    with pytest.raises(MistakesError):
        consultation_in(lay({"log.yaml": text}))


def test_tags_of_other_programs_build_nothing(lay: Lay) -> None:
    text = 'kind: log\nentries: !!python/object/apply:os.system ["exit 7"]\n'
    with pytest.raises(MistakesError):
        consultation_in(lay({"log.yaml": text}))


def test_a_private_number_never_stands_in_a_message(lay: Lay) -> None:
    wrong = {
        "private/brief.yaml": BRIEF.replace("14", "7319.5").replace("5\n", '"7319"\n').replace("-3", "x7319"),
        "private/estimate.yaml": ESTIMATE.replace("[-1, 2]", "[7319, -7319]"),
        "private/plan.yaml": PLAN.replace("A: -2", "A: 7319.5"),
    }
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay(wrong))
    assert len(caught.value.mistakes) >= 3
    assert "7319" not in repr(caught.value.mistakes) + str(caught.value)


def test_nothing_that_a_side_says_in_words_or_of_combinations_stands_in_a_message(lay: Lay) -> None:
    more = "bonuses:\n- {when: {banking: [canary1]}, points: 73190000000000000}\n"
    for text in (
        BRIEF + more,
        BRIEF_IN_WORDS.replace("notes", "canary2"),
        BRIEF_IN_WORDS.replace("never", "canary3").replace("want", "73190000000000000"),
        BRIEF_IN_WORDS.replace("order: [banking", "order: [canary4"),
        BRIEF_IN_WORDS + "points: {banking: {status_quo: 73190000000000000, notes: 73.19}}\n",
    ):
        with pytest.raises(MistakesError) as caught:
            consultation_in(lay({"private/brief.yaml": text}))
        told = repr(caught.value.mistakes) + str(caught.value)
        assert "canary" not in told
        assert "7319" not in told


def test_no_word_of_a_private_file_stands_in_a_message(lay: Lay) -> None:
    wrong = {
        "private/brief.yaml": BRIEF.replace("forbid: {visas: [deadline]}", "forbid: {visas: [canary]}, canary2: 1"),
        "private/estimate.yaml": ESTIMATE.replace("notes: [-1, 2]", "canary3: [0, 1]"),
        "private/plan.yaml": PLAN.replace("requires: [s1]", "requires: [canary4]"),
        "private/z.yaml": BRIEF + "points:\n  canary5: 1\n",
    }
    for name, text in wrong.items():
        with pytest.raises(MistakesError) as caught:
            consultation_in(lay({name: text}))
        assert {one.file for one in caught.value.mistakes} == {name}
        assert "canary" not in repr(caught.value.mistakes) + str(caught.value)
        (lay() / "private/z.yaml").unlink(missing_ok=True)


@pytest.mark.parametrize(
    "head",
    [
        "kind : brief",
        '"kind": brief',
        "kind: !!str brief",
        "kind: &k brief",
        "kind:\n  brief",
        "? kind\n: brief",
        "kind: 'brief'",
        '"kind": "br\\x69ef"',
        "kind: brief # log",
    ],
)
def test_however_the_kind_of_a_private_file_is_written_nothing_of_it_is_told(head: str) -> None:
    body = BRIEF.removeprefix("kind: brief\n")
    wrong = {
        "a key": body + "canary1: 1\n",
        "an option": changed(body, "[deadline]", "[canary2]"),
        "a party": changed(body, "party: A", "party: canary3"),
        "a number": changed(body, "5", "canary4"),
        "a key twice": body + "points:\n  canary5: 1\n  canary5: 2\n" if "x69" not in head else body + "canary5: 1\n",
    }
    for name, text in wrong.items():
        for whole in (f"{head}\n{text}", "".join(f"  {line}\n" for line in f"{head}\n{text}".splitlines())):
            found = read("brief.yaml", whole.encode())
            mistakes: object = found
            if isinstance(found, NamedFile):
                others = [read(other, good.encode()) for other, good in GOOD.items() if other != "private/brief.yaml"]
                mistakes = assemble([found, *(one for one in others if isinstance(one, NamedFile))], is_zone)
            assert isinstance(mistakes, tuple), name
            assert mistakes
            assert "canary" not in repr(mistakes), name


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_plain_file_is_refused_and_not_waited_for(lay: Lay) -> None:
    folder = lay()
    os.mkfifo(folder / "pipe.yaml")
    with pytest.raises(UnreadableError, match="no plain file"):
        consultation_in(folder)


def test_endings_in_capitals_are_read_too(lay: Lay) -> None:
    folder = lay()
    (folder / "register.yaml").rename(folder / "REGISTER.YAML")
    assert consultation_in(folder).irritants.keys() == {"banking", "visas"}


def test_a_folder_that_is_none_is_told_in_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", write(tmp_path, {"file": "x"}) / "file"):
        with pytest.raises(UnreadableError):
            consultation_in(path)


def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="tashawur case new"):
        consultation_in(tmp_path)


def test_hidden_folders_and_other_files_are_left_out(lay: Lay) -> None:
    folder = lay({".git/x.yaml": "kind: nonsense", "readme.txt": "words", ".hidden.yaml": "x"})
    assert consultation_in(folder).case.id == "small"


def test_line_ends_and_a_byte_order_mark_of_other_systems_are_read(lay: Lay) -> None:
    files = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in GOOD.items()}
    assert consultation_in(lay(files)).irritants.keys() == {"banking", "visas"}


@pytest.mark.parametrize("word", ["duplicate", "alias", "unknown anchor"])
def test_words_of_the_file_are_not_taken_for_the_reader_s(lay: Lay, word: str) -> None:
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"log.yaml": f"kind: log\nnote: '{word}'\n x: [\n"}))
    assert [(one.code, one.line) for one in caught.value.mistakes] == [("case.broken-yaml", 3)]


def test_many_mistakes_of_a_large_file_are_told_soon_with_their_lines(lay: Lay) -> None:
    about = ("banking", "nothing")
    rows = [REPORT.replace("p9", f"p{n}") + f"about: {about[n % 2]}, says: raised}}" for n in range(100, 12_100)]
    text = LOG + "".join(f"- {row}\n" for row in rows)
    started = time.process_time()
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"log.yaml": text}))
    assert time.process_time() - started < 10  # about 2 s; when each was looked for from the top, minutes
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "nothing" in line]
    assert [one.line for one in caught.value.mistakes] == lines
