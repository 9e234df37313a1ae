"""Two accounts side by side: pairs come from words, verdicts from what is said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from benchmarks.readouts import lexicons

from tashawur.node.comparisons import nearness
from tashawur.readouts.comparing import Account, account, compare, over_time
from tashawur.readouts.reading import language, read
from test_commands import answered, refused
from test_readout_command import file

ONE = "The ministry of Narev said: “We agreed to reopen the bridge over the Orla by 30 April 2026.”\n"


def told(text: str, name: str = "text") -> Account:
    lang = language(text) or "en"
    return account(name, read(text, lexicons()[lang]), lexicons()[lang])


def verdicts(first: str, second: str) -> list[tuple[str, Sequence[str]]]:
    return [(row.verdict, row.differs_in) for row in compare(told(first), told(second))]


def test_what_both_say_in_other_words_is_one_matter() -> None:
    other = "The sides agreed to reopen the bridge over the river Orla by 30 April 2026, Kelma announced.\n"
    assert verdicts(ONE, other) == [("both_say", [])]


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ("Kelma said: “We agreed to reopen the bridge over the Orla by 30 June 2026.”\n", ["date"]),
        ("Kelma said: “We will not reopen the bridge over the Orla by 30 April 2026.”\n", ["act", "negation"]),
        ("Kelma said: “We agreed to reopen two lanes of the bridge over the Orla by 30 April 2026.”\n", ["number"]),
        (
            "Kelma said: “We agreed to reopen the bridge over the Orla by 30 April 2026, if the toll is paid.”\n",
            ["condition"],
        ),
    ],
)
def test_where_two_accounts_differ_it_is_said_in_what(other: str, differs: list[str]) -> None:
    assert verdicts(ONE, other) == [("differs", differs)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Kelma said that the two sides agreed on a working group on visas, which may meet in June.\n",
            "Kelma said that the two sides agreed on a working group on visas, which may meet in July.\n",
        ),
        (
            "Стороны договорились создать рабочую группу по визам, которая соберётся в июне.\n",
            "Стороны договорились создать рабочую группу по визам, которая соберётся в июле.\n",
        ),
        (
            "اتفق الجانبان على تشكيل فريق عمل معني بالتأشيرات يجتمع في حزيران المقبل.\n",
            "اتفق الجانبان على تشكيل فريق عمل معني بالتأشيرات يجتمع في يوليو المقبل.\n",
        ),
    ],
)
def test_another_month_is_another_date_even_where_it_is_no_deadline(one: str, other: str) -> None:
    assert verdicts(one, other) == [("differs", ["date"])]
    assert verdicts(one, one) == [("both_say", [])]


def test_two_names_of_one_month_are_one_date() -> None:
    one = "اتفق الجانبان على تشكيل فريق عمل معني بالتأشيرات يجتمع في حزيران المقبل.\n"
    assert verdicts(one, one.replace("حزيران", "يونيو")) == [("both_say", [])]


def test_what_only_one_says_stands_alone() -> None:
    other = "Kelma thanked the mediators for hosting the talks.\n"
    assert verdicts(ONE, other) == [("only_first", ()), ("only_second", ())]


def test_an_account_with_itself_is_said_by_both_and_the_order_of_the_two_only_turns_it_round() -> None:
    texts = sorted((Path(__file__).parent / "readouts").rglob("development/*.txt"))
    accounts = [told(path.read_text(encoding="utf-8"), path.stem) for path in texts]
    for one in accounts:
        assert {row.verdict for row in compare(one, one)} == {"both_say"}
    for one, other in pairwise(accounts):
        there = {(row.first and row.first.id, row.second and row.second.id) for row in compare(one, other)}
        back = {(row.second and row.second.id, row.first and row.first.id) for row in compare(other, one)}
        assert there == back


def test_over_time_words_are_kept_dropped_hardened_or_softened() -> None:
    softer = "The ministry of Narev said: “We propose to reopen the bridge over the Orla.”\n"

    def changes(earlier: str, later: str) -> list[str]:
        return [step.change for step in over_time(told(earlier), told(later))]

    assert changes(ONE, ONE) == ["kept"]
    assert changes(ONE, softer) == ["softened"]
    assert changes(softer, ONE) == ["hardened"]
    assert changes(ONE, "Kelma thanked the mediators for hosting the talks.\n") == ["dropped", "new"]
    refusal = "The ministry of Narev said: “We will not reopen the bridge over the Orla by 30 April 2026.”\n"
    assert changes(ONE, refusal) == ["changed"]


def test_accounts_in_two_languages_are_paired_by_the_measure_of_the_extra() -> None:
    near = nearness()
    assert near is not None  # the extra is part of the development environment
    russian = "МИД Кельмы заявил: «Мы договорились открыть мост через Орлу до 30 июня 2026 года».\n"
    arabic = "وقالت وزارة خارجية كلما: «اتفقنا على إعادة فتح الجسر على نهر أورلا قبل 30 أبريل 2026».\n"
    assert [(row.verdict, row.differs_in) for row in compare(told(ONE), told(russian), near)] == [("differs", ["date"])]
    assert [(row.verdict, row.differs_in) for row in compare(told(ONE), told(arabic), near)] == [("both_say", [])]


def test_the_command_never_says_contradicts_and_says_that_it_is_private(tmp_path: Path) -> None:
    first = file(tmp_path, "one.txt", ONE.encode())
    second = file(tmp_path, "two.txt", ONE.replace("April", "June").encode())
    document = json.loads(answered("readout", "--compare", first, second, "--json"))
    assert (document["private"], [row["verdict"] for row in document["rows"]]) == (True, ["differs"])
    assert document["rows"][0]["first"]["content"]["text"] != document["rows"][0]["second"]["content"]["text"]
    for lang in ("ar", "en", "ru"):
        shown = answered("readout", "--compare", first, second, "--lang", lang, "--plain")
        assert "contradict" not in shown.lower()
        assert "June" in shown
    assert "Private" in answered("readout", "--compare", first, second, "--plain")


def test_one_text_of_two_sides_is_compared_and_of_one_side_refused(tmp_path: Path) -> None:
    both = file(tmp_path, "both.txt", b"Moscow said that the talks were useful. Washington denied the report.\n")
    document = json.loads(answered("readout", "--compare", both, "--json"))
    assert (document["first"], document["second"]) == ("RU", "US")
    assert "two texts" in refused("readout", "--compare", file(tmp_path, "one.txt", ONE.encode()))
