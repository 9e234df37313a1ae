"""What sentences of many registers tell, one by one: who says what, and by which act; and those that tell nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from benchmarks.readouts import lexicons, same_speaker

from tashawur.readouts.reading import read
from tashawur.readouts.russian import is_past
from tashawur.readouts.values import Statement

TABLES = Path(__file__).parent / "readouts"


def marked_sentences() -> Iterator[Any]:
    for lang in ("en", "ru"):
        held = yaml.safe_load((TABLES / lang / "sentences.yaml").read_bytes())
        for number, one in enumerate(held["sentences"], 1):
            yield pytest.param(lang, one["text"], one["told"], id=f"{lang}-{number}")


def found(lang: str, text: str) -> list[Statement]:
    return list(read(text, lexicons()[lang]).statements)


@pytest.mark.parametrize(("lang", "text", "told"), list(marked_sentences()))
def test_a_sentence_tells_what_is_marked_and_nothing_else(lang: str, text: str, told: list[list[str]]) -> None:
    statements = found(lang, text)
    assert sorted((one.content.text, one.act) for one in statements) == sorted((mark[2], mark[0]) for mark in told)
    by_content = {one.content.text: one for one in statements}
    for _, speaker, content in told:
        assert not speaker or same_speaker(speaker, by_content[content])


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("en", "The envoy hazarded that a breakthrough might come.", "The envoy"),
        ("en", "“The road is closed,” sniffed Mayor Ona Pell.", "Ona Pell"),
        ("en", "The colonel was curt: “We hold the bridge and the mill.”", "The colonel"),
        ("ru", "Посланник обронил, что прорыв близок.", "Посланник"),
        ("ru", "«Дорога закрыта с утра», — хмыкнула мэр Она Пелл.", "Она Пелл"),
        ("ru", "Полковник краток: «Мост и мельница в наших руках».", "Полковник"),
    ],
)
def test_a_verb_that_no_list_holds_is_known_by_what_stands_beside_it(lang: str, text: str, speaker: str) -> None:
    statements = found(lang, text)
    assert [one.act for one in statements] in (["claimed"], ["assessed"])
    assert same_speaker(speaker, statements[0])


@pytest.mark.parametrize("verb", ["voiced", "conveyed", "registered", "put on record", "aired"])
@pytest.mark.parametrize(
    ("noun", "act"),
    [("alarm", "concern"), ("deep gratitude", "thanked"), ("solidarity", "supported"), ("readiness", "proposed")],
)
def test_the_noun_tells_the_act_whatever_verb_expresses_it(verb: str, noun: str, act: str) -> None:
    assert [one.act for one in found("en", f"The two ministers {verb} their {noun} to help the camps.")] == [act]


@pytest.mark.parametrize(
    ("noun", "act"),
    [("о поддержке", "supported"), ("о готовности", "proposed"), ("об отказе", "refused"), ("о намерении", "pledged")],
)
def test_a_russian_noun_tells_the_act_in_any_case(noun: str, act: str) -> None:
    assert [one.act for one in found("ru", f"Министр заявил {noun} участвовать в переговорах.")] == [act]


def test_a_verb_that_tells_nothing_is_no_statement_though_a_clause_follows_it() -> None:
    for lang, text in (
        ("en", "The minister learned that the ferry was late."),
        ("en", "The inspectors discovered that the gate was open."),
        ("ru", "Министр знал, что паром опаздывает."),
        ("ru", "Инспекторы обнаружили, что ворота открыты."),
    ):
        assert found(lang, text) == []


def test_things_do_not_speak() -> None:
    for lang, text in (
        ("en", "The figures showed a rise and the crisis threatened the harvest."),
        ("en", "Had the crew reported the fault, the ship would have been saved."),
        ("ru", "Кризис угрожает урожаю."),
    ):
        assert [one for one in found(lang, text) if one.act in ("pledged", "agreed", "announced")] == []


def test_hope_and_threats_bind_nobody() -> None:
    for lang, text in (
        ("en", "The union has threatened to walk out unless wages rise."),
        ("en", "“I am confident that they will sign the text,” the minister said."),
        ("ru", "Профсоюз грозит начать забастовку."),
        ("ru", "«Уверен, что они подпишут документ», — сказал министр."),
    ):
        read_so = read(text, lexicons()[lang])
        assert [one.act for one in read_so.statements] == ["claimed"]
        assert read_so.commitments == []


def test_the_past_of_russian_verbs_is_known_by_its_form_and_nouns_are_not_taken_for_it() -> None:
    assert all(map(is_past, ["вздохнул", "приняли", "пришла", "вернулся", "сберегли"]))
    assert not any(map(is_past, ["генерал", "отдел", "если", "представители", "мысли", "школа"]))


@pytest.mark.parametrize(
    ("lang", "text", "deeds"),
    [
        ("en", "The sides agreed to reopen the bridge by May and to publish the tariff.", 2),
        ("en", "The sides reached an understanding on the exchange of prisoners.", 1),
        ("en", "“We'll pay for the pumps,” said Premier Dunne.", 1),
        ("en", "Tolm committed itself to withdrawing its guns.", 1),
        ("en", "The Secretary accepted an invitation to visit Tolm in May.", 1),
        ("en", "It was decided to set up a commission.", 1),
        ("en", "The ministry announced the closure of two posts.", 0),
        ("en", "The minister hopes to visit Vell.", 0),
        ("en", "The minister refused to pay.", 0),
        ("ru", "Министры договорились открыть мост и до 1 мая опубликовать тариф.", 2),
        ("ru", "Достигнуто понимание об обмене пленными.", 1),
        ("ru", "«Мы оплатим насосы», — сказал премьер Данн.", 1),
        ("ru", "Банк заверил, что даст кредит под два процента.", 1),
        ("ru", "Министр принял приглашение посетить Толм в мае.", 1),
        ("ru", "Решено создать комиссию.", 1),
        ("ru", "Министерство сообщило о закрытии двух постов.", 0),
        ("ru", "Министр надеется посетить Велл.", 0),
        ("ru", "Министр отказался платить.", 0),
    ],
)
def test_as_many_deeds_follow_as_somebody_is_bound_to(lang: str, text: str, deeds: int) -> None:
    assert len(read(text, lexicons()[lang]).commitments) == deeds
