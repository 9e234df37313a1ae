"""A language model as a proposer: what passes is exact and marked, what does not is counted, the rules lose nothing."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, get_args

import msgspec
import pytest
from benchmarks.readouts import lexicons, marked
from hypothesis import given
from hypothesis import strategies as st

from tashawur.readouts.proposing import ACTS, BY_MODEL, Judged, Questions, judged, said_in
from tashawur.readouts.reading import Reading, read
from tashawur.readouts.values import Reason
from test_readouts import LANGUAGES, TEXTS, held, texts

ENGLISH = (
    "The ministry of Narev said that the sides had agreed to reopen the bridge by 30 April. "
    "Talks on the river go on: Narev will send engineers to Kelma next week if the ice melts. "
    "It never will not pay for the dam, and the river is not a border. "
    "What matters is that the river and the river last.\n"
)


def questions(text: str, lang: str = "en") -> Questions:
    return Questions(Reading(text, lexicons()[lang], "0" * 64, None))


def answered(text: str, *said: dict[str, Any], lang: str = "en") -> Judged:
    asked = questions(text, lang)
    entries = said_in(json.dumps({"statements": said}))
    assert entries is not None
    return judged(asked, [(range(1, len(asked) + 1), entries)], "small")


def said(sentence: int, content: str, **other: Any) -> dict[str, Any]:
    return {"sentence": sentence, "content": content, "act": "announced", "speaker": None, "party": None, **other}


def proposed(found: Judged) -> list[str]:
    return [one.content.text for one in found.readout.statements if one.extractor != "rules"]


def reasons(found: Judged) -> list[str]:
    return [one.reason for one in found.rejects]


def test_a_right_answer_is_a_proposal_with_exact_places_and_all_else_worked_out_from_the_words() -> None:
    entry = said(
        2, "Narev will send engineers to Kelma next week", speaker={"sentence": 1, "text": "ministry of Narev"}
    )
    found = answered(ENGLISH, entry)
    held(ENGLISH, found.readout)
    one = next(one for one in found.readout.statements if one.extractor != "rules")
    assert (one.id, one.extractor, one.confidence, one.act) == ("M01", "model:small", 0.0, "announced")
    assert one.content.text == "Narev will send engineers to Kelma next week"
    assert one.condition is not None
    assert one.condition.text == "if the ice melts"
    assert one.modality == "conditional"
    assert one.speaker.mention is not None
    assert one.speaker.mention.text == "ministry of Narev"
    assert found.readout.proposer is not None
    assert (found.readout.proposer.statements, found.readout.proposer.rejected) == (1, {})


def test_a_commitment_that_follows_from_a_proposal_is_marked_as_the_models() -> None:
    entry = said(2, "Narev will send engineers to Kelma next week", act="pledged")
    found = answered(ENGLISH, entry).readout
    assert [(one.id, one.action.text) for one in found.commitments if BY_MODEL in one.flags] == [
        ("MC1", "send engineers to Kelma next week")
    ]
    assert [one.id for one in found.commitments if BY_MODEL not in one.flags] == ["C1"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (said(2, "Kelma will hand over the bridge"), "not_in_text"),
        (said(2, "engineers will be sent to Kelma by Narev"), "not_in_text"),
        (said(2, "Talks on the river engineers to Kelma"), "stitched"),
        (said(2, "Narev will send ... next week"), "stitched"),
        (said(1, "the sides had agreed to reopen the river go on"), "stitched"),
        (said(1, "Narev will send engineers"), "other_sentence"),
        (said(2, "narev will send  engineers"), "respelled"),
        (said(2, "Narev will send engi"), "inside_word"),
        (said(4, "the river"), "ambiguous"),
        (said(2, "Narev"), "too_short"),
        (said(2, "  "), "too_short"),
        (said(3, "pay for the dam"), "negation_cut"),
        (said(9, "Narev will send engineers"), "no_such_sentence"),
        (said(0, "Narev will send engineers"), "no_such_sentence"),
        (said(-1, "Narev will send engineers"), "no_such_sentence"),
        (said(2, "Narev will send engineers", act="surrendered"), "no_such_act"),
        (said(2, "Narev will send engineers", speaker={"sentence": 2, "text": "the king"}), "not_in_text"),
        (said(2, "Narev will send engineers", speaker={"sentence": 3, "text": "the dam"}), "speaker_later"),
        (said(2, "Narev will send engineers", speaker={"sentence": 7, "text": "Narev"}), "no_such_sentence"),
        (said(2, "Narev will send engineers", speaker={"sentence": 2, "text": "Narev"}), "speaker_in_content"),
        (said(2, "Narev will send engineers", speaker={"sentence": 2, "text": ":"}), "too_short"),
        (said(2, "Narev will send engineers", party="US"), "unknown_party"),
        (said(2, "Narev will send engineers", path="/etc/passwd"), "not_as_asked"),
        ({"sentence": "2", "content": "Narev will send engineers", "act": "agreed"}, "not_as_asked"),
        ({"sentence": 2, "act": "agreed"}, "not_as_asked"),
        (said(1, "the sides had agreed to reopen the bridge by 30 April"), "already_found"),
        (said(1, "reopen the bridge"), "already_found"),
    ],
)
def test_what_does_not_stand_in_the_text_is_rejected_with_its_reason(entry: dict[str, Any], reason: Reason) -> None:
    text = ENGLISH
    found = answered(text, entry)
    assert reasons(found) == [reason]
    assert proposed(found) == []
    assert found.readout.statements == read(text, lexicons()["en"], sha256="0" * 64).statements
    assert found.readout.proposer is not None
    assert found.readout.proposer.rejected == {reason: 1}


def test_a_party_is_taken_only_where_the_text_names_it_and_the_words_leave_it_open() -> None:
    text = "The French delegation met the German one in Riyadh. The bridge over the river opens in May, if he is to be believed.\n"
    content = "The bridge over the river opens in May"
    he = {"sentence": 2, "text": "he"}
    french = {"sentence": 1, "text": "The French delegation"}
    for party, speaker, told in (("FR", he, "FR"), ("US", he, "unknown_party"), ("DE", french, "other_party")):
        asked = Questions(Reading("\n".join(text.split("\n")), lexicons()["en"], "0" * 64, None))
        assert {"FR", "DE"} <= {one.code for one in asked.found.parties}
        entries = said_in(json.dumps({"statements": [said(2, content, party=party, speaker=speaker)]}))
        assert entries is not None
        found = judged(asked, [(range(1, 3), entries)], "m")
        mine = [one for one in found.readout.statements if one.extractor != "rules"]
        assert told in [one.speaker.party for one in mine] + reasons(found), found


def test_a_proclitic_may_be_left_out_and_a_negator_may_not() -> None:
    text = "عقد اجتماع في الرياض. وسيفتح الجسر في مايو للجميع. لن نناقش العقوبات مع أحد.\n"
    found = answered(text, said(2, "سيفتح الجسر في مايو"), said(3, "نناقش العقوبات"), lang="ar")
    assert proposed(found) == ["سيفتح الجسر في مايو"]
    assert reasons(found) == ["negation_cut"]
    assert proposed(answered(text, said(3, "لن نناقش العقوبات"), lang="ar")) == ["لن نناقش العقوبات"]
    assert reasons(answered(text, said(2, "فتح الجسر في مايو"), lang="ar")) == ["inside_word"]
    assert reasons(answered(text, said(3, "لن نناقش ألعقوبات"), lang="ar")) == ["respelled"]


def test_what_is_sent_are_the_sentences_of_running_text_by_their_numbers_and_nothing_else() -> None:
    text = f"Talks in Narev\n\n{ENGLISH}\nRead also: Kelma closes the bridge\nAll rights reserved\n"
    asked = questions(text)
    sent: dict[str, str] = {}
    for batch in asked.batches():
        sent |= json.loads(asked.message(batch))
    assert list(sent) == [str(number) for number in range(1, len(asked) + 1)]
    assert " ".join(sent.values()) == ENGLISH.strip()
    assert asked.characters == sum(map(len, sent.values()))


def test_a_long_text_is_sent_in_parts_and_each_sentence_once() -> None:
    text = "".join(f"Matter {number} is before the sides of these talks in Narev. " for number in range(300))
    asked = questions(text)
    batches = list(asked.batches())
    assert [number for batch in batches for number in batch] == list(range(1, len(asked) + 1))
    assert len(batches) >= 300 / 40
    assert all(len(asked.message(batch)) < 9_000 for batch in batches)


def test_whoever_returns_more_than_the_text_can_say_is_cut_off() -> None:
    found = answered("Matter one is before the sides of these talks.\n", *[said(1, "nothing of it")] * 50)
    assert Counter(reasons(found)) == {"not_in_text": 10, "too_many": 40}


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "I found nothing.",
        "<html><body>502</body></html>",
        "{",
        "[]",
        "null",
        '{"statements": {}}',
        '{"statements": null}',
        '{"other": []}',
        '{"statements": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"statements": ["\\ud800"]}'[:-2],
    ],
)
def test_an_answer_of_another_form_is_no_answer(answer: str) -> None:
    assert said_in(answer) is None


def test_json_that_is_fenced_as_code_is_an_answer() -> None:
    assert said_in('```json\n{"statements": []}\n```') == []


def test_depth_inside_an_entry_costs_only_that_entry() -> None:
    deep = '{"sentence": 1, "content": ' + "[" * 400 + "]" * 400 + "}"
    entries = said_in('{"statements": [' + deep + "]}")
    if entries is not None:
        found = judged(questions(ENGLISH), [(range(1, 5), entries)], "m")
        assert reasons(found) == ["not_as_asked"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_marked_statements_that_the_rules_miss_pass_when_a_model_names_them(lang: str) -> None:
    """What people marked is what a perfect model would return, where the rules found nothing: it is not shut out."""
    marks_asked, told = 0, Counter[str]()
    for _, text, marks in marked(TEXTS / lang / "development"):
        asked = questions(text, lang)
        asked.found = msgspec.structs.replace(asked.found, statements=[], commitments=[])
        entries = []
        for one in marks["statements"]:
            number = next((n for n in range(1, len(asked) + 1) if one["content"] in asked[n][1].text), None)
            if number is not None:
                named = one.get("speaker") if (one.get("speaker") or "\0") in asked[number][1].text else None
                speaker = {"sentence": number, "text": named} if named else None
                entry = said(number, one["content"], act=one["act"], speaker=speaker)
                entries.append(msgspec.Raw(msgspec.json.encode(entry)))
        found = judged(asked, [(range(1, len(asked) + 1), entries)], "m")
        held(text, found.readout)
        marks_asked += len(entries)
        told.update(reasons(found))
    assert set(told) <= {"already_found", "ambiguous", "negation_cut", "speaker_in_content"}, told
    assert told.total() <= 0.08 * marks_asked, (told, marks_asked)


words_of_models = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["the bridge", "said that", "Narev", "не открыть", "اتفقا على", ".", "”"]),
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_a_model_answers_every_span_is_exact_and_no_statement_of_the_rules_is_lost(lang: str) -> None:
    @given(data=st.data(), text=texts(lang))
    def check(data: st.DataObject, text: str) -> None:
        asked = questions(text, lang)
        number = st.integers(0, len(asked) + 1)

        def cut(of: int) -> st.SearchStrategy[str]:
            """A piece of the sentence, so that many answers are right and all borders are tried."""
            if not 1 <= of <= len(asked):
                return words_of_models
            whole = asked[of][1].text
            ends = st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))
            pieces = ends.map(lambda pair: whole[min(pair) : max(pair)])
            split = whole.split(" ")
            runs = st.tuples(st.integers(0, len(split)), st.integers(0, len(split)))
            return pieces | runs.map(lambda pair: " ".join(split[min(pair) : max(pair)])) | words_of_models

        entry = number.flatmap(
            lambda of: st.fixed_dictionaries(
                {
                    "sentence": st.just(of),
                    "content": cut(of),
                    "act": st.sampled_from([*ACTS, "x"]),
                    "speaker": st.none() | st.fixed_dictionaries({"sentence": st.just(of), "text": cut(of)}),
                    "party": st.sampled_from([None, None, "US", "RU"]),
                }
            )
        )
        anything: st.SearchStrategy[Any] = st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
            max_leaves=4,
        )
        entries = data.draw(st.lists(entry | anything, max_size=12))
        raw = said_in(json.dumps({"statements": entries}))
        if raw is None:  # a lone half of a surrogate pair is no JSON
            return
        found = judged(asked, [(batch, raw) for batch in asked.batches()], "m")
        mine = [one for one in found.readout.statements if one.extractor != "rules"]
        theirs = [one for one in found.readout.commitments if BY_MODEL in one.flags]
        held(text, msgspec.structs.replace(found.readout, statements=mine, commitments=theirs))
        rules = read(text, lexicons()[lang], sha256="0" * 64)
        assert [one for one in found.readout.statements if one.extractor == "rules"] == sorted(
            rules.statements, key=lambda one: one.content.start
        )
        assert [one for one in found.readout.commitments if BY_MODEL not in one.flags] == rules.commitments
        assert found.readout.proposer is not None
        batches = len(list(asked.batches()))
        assert found.readout.proposer.statements + len(found.rejects) == batches * len(raw)
        assert set(found.readout.proposer.rejected) <= set(get_args(Reason))

    check()
