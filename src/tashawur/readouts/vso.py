"""The grammar of Arabic reports: the verb first, then who, then what; or who first, as in headlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tashawur.readouts.arabic_subjects import (
    COMMAS,
    PUNCTUATION,
    as_for,
    before_verb,
    behind_verb,
    is_any_exact,
    is_present,
    opening_subject,
)
from tashawur.readouts.contents import draft_of, quotation_before
from tashawur.readouts.drafts import Draft, Hit, Range, cues_in
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.lexicon import without_proclitics
from tashawur.readouts.names import Parties, is_any, speakerish
from tashawur.readouts.reporting import (
    FROM,
    HIS_SAYING,
    NOT,
    in_first_person,
    is_reached,
    is_report,
    of_antecedent,
    relays,
)
from tashawur.readouts.values import Act
from tashawur.readouts.weighed import in_future

_WHERE: Final = frozenset({"حيث", "اذ"})
"""Behind a comma these join a clause that tells what else was said: *بحث الملف، حيث شدد على ...*."""
_TURNING: Final = frozenset({"فيما", "بينما", "في", "كما"}) | _WHERE
_SO: Final = frozenset({"فانه", "فانها", "فانهم", "فانهما", "فاننا"})
_NEEDS_OBJECT: Final = ("شكر", "هنا", "ناشد", "يشكر", "تشكر", "يهنئ", "تهنئ")
"""Verbs of thanking and the like, which never stand without somebody to whom it is said."""
_NUMBER: Final = {"m": "m", "f": "f", "d": "d", "fd": "d", "p": "p", "we": "we", "I": "I"}


def statements(laid: Layout, parties: Parties, sentence: Sentence, lead: Range | None) -> Iterator[Draft]:
    """What is said in one sentence; `lead` names the subject of a list whose points begin with a verb."""
    start, end = _past_question(laid, _past_dateline(laid, sentence), sentence.end), sentence.end
    accorded = _according(laid, parties, start, end)
    hits = [in_first_person(laid, hit) for hit in cues_in(laid, start, end) if is_report(laid, parties, hit, start)]
    if accorded is not None:
        hits = [hit for hit in hits if hit.at >= accorded[1] and _main_after(laid, hit)]
        yield from _accorded(laid, accorded, min([end, *(hit.at for hit in hits)]))
        if not hits:
            return
    told = None if accorded is not None else _attributed(laid, parties, start, end)
    if told is not None:
        yield told
        end = told.content[1]
        hits = [hit for hit in hits if hit.at < end]
        sentence = replace(sentence, end=end)
    for draft in _by_cues(laid, parties, sentence, hits, lead):
        yield from _propositions(laid, draft)


def passed_on(laid: Layout, parties: Parties, sentence: Sentence) -> Iterator[Draft]:
    """*قال لنا مدير الأشغال إن ...*, in a transcript: what another is told to have said, beside who tells it."""
    for draft in statements(laid, parties, sentence, None):
        named = draft.speaker is not None and draft.form in ("m", "f") and speakerish(laid, parties, *draft.speaker)
        clause = draft.quote is None and is_any_exact(laid, draft.content[0] - 1, "complementizers")
        if named and clause and draft.cue is not None and draft.cue[0] <= sentence.start + 1:
            yield draft


def _past_dateline(laid: Layout, sentence: Sentence) -> int:
    """Behind *هادرون (مرسى) –*: where and by whom it was sent."""
    words = laid.tokens.words
    for i in range(sentence.start + 1, min(sentence.end - 2, sentence.start + 9)):
        if words[i] in ("–", "-", "—"):
            return i + 1 if words[i - 1] == ")" else sentence.start
    return sentence.start


def _past_question(laid: Layout, start: int, end: int) -> int:
    """Behind *answering a question whether ...,*: what is asked is no statement."""
    if any(is_any(laid, i, "question_marks") for i in range(start, min(end, start + 4))):
        return next((i + 1 for i in range(start, end) if laid.tokens.words[i] in COMMAS), start)
    return start


def _main_after(laid: Layout, hit: Hit) -> bool:
    """Whether a cue behind *according to X, ...* begins a report of its own, after a comma."""
    return hit.cue.form == "participle" and laid.tokens.words[hit.at - 1] in COMMAS


def _according(laid: Layout, parties: Parties, start: int, end: int) -> tuple[int, int, int, int] | None:
    """*According to X, ...*: where the phrase begins and ends, and where X begins and ends."""
    words = laid.tokens.words
    for at in range(start, min(start + 1, end)):
        forms = [word for fallen, word in without_proclitics(words[at]) if fallen == 0 or words[at][0] in "وف"]
        if len(words[at]) == 3 and words[at][0] in "وف":
            forms.append(words[at][1:])
        for form in forms:
            matched = laid.lexicon.phrases["attributions"].at(words, at, form)
            if matched is None:
                continue
            begins = at + matched[0]
            stop = begins
            while (
                stop < end
                and words[stop] not in PUNCTUATION
                and not words[stop].startswith("فان")
                and words[stop] not in ("فان", "ان", "فقد")
            ):
                stop += 1
            if form == "بموجب" and _binds_behind(laid, parties, stop, end):
                return None
            if begins < stop <= begins + 12:
                return at, stop, begins, stop
    return None


def _binds_behind(laid: Layout, parties: Parties, start: int, end: int) -> bool:
    """*بموجب الهدنة، يتعهد الجيش بوقف ...*: what parties take upon themselves is theirs."""
    hits = (hit for hit in cues_in(laid, start, end) if hit.cue.act in ("pledged", "agreed") and not hit.fallen)
    return any(hit.cue.form != "participle" and is_report(laid, parties, hit, start) for hit in hits)


def _accorded(laid: Layout, accorded: tuple[int, int, int, int], end: int) -> Iterator[Draft]:
    at, after, begins, stop = accorded
    words = laid.tokens.words
    first = after
    while first < end and (words[first] in COMMAS or words[first] in ("فان", "ان", "فقد", ":")):
        first += 1
    quotes = [n for n in laid.quotes_in(first, end) if laid.quotes[n].outer and laid.quotes[n].end <= end]
    long = [number for number in quotes if laid.quotes[number].end - laid.quotes[number].start >= 4]
    head = 1 if words[at][0] in "وف" and not laid.lexicon.phrases["attributions"].at(words, at) else 0
    act: Act = "assessed" if any(is_any(laid, i, "opinions") for i in range(at, begins)) else "claimed"
    while end > first and not laid.tokens.is_word(end - 1) and words[end - 1] not in ('"', "»", "”"):
        end -= 1
    if long and laid.quotes[long[0]].start - first <= 3:
        for number in long:
            quote = laid.quotes[number]
            yield Draft(
                (quote.start, quote.end), (at, at + 1), act, "direct", (begins, stop), quote=number, cue_trim=head
            )
    elif end - first >= 2:
        yield Draft((first, end), (at, at + 1), act, "indirect", (begins, stop), cue_trim=head)


def _attributed(laid: Layout, parties: Parties, start: int, end: int) -> Draft | None:
    """*..., بحسب بيان للوزارة*, *..., كما كشف رئيسها لإذاعة الموج*: who says it is told at the end."""
    words, phrases = laid.tokens.words, laid.lexicon.phrases["attributions"]
    while end > start and words[end - 1] in PUNCTUATION:
        end -= 1
    for i in range(max(start + 4, end - 16), end - 1):
        matched = phrases.at(words, i) if words[i - 1] in COMMAS else None
        if matched is None:
            continue
        first = i + matched[0]
        while first < end and _no_source(laid, first):
            first += 1
        stop = _end_of_source(laid, first, end)
        if first < stop and speakerish(laid, parties, first, stop):
            trim = int(words[start][0] in "وف" and words[start][1:3] in ("سي", "ست"))
            act: Act = "announced" if in_future(laid, (start, i - 1)) else "claimed"
            return Draft((start, i - 1), (i, i + 1), act, "indirect", (first, stop), trim=trim)
        return None
    return None


def _no_source(laid: Layout, i: int) -> bool:
    """*وفق ما أفادت به الإذاعة*: what stands between the verb and who says it."""
    return laid.tokens.words[i] in laid.lexicon.words["to_whom"] or is_any(laid, i, "adverbs", "weekdays")


def _end_of_source(laid: Layout, first: int, end: int) -> int:
    """*..., كما كشف رئيسها لإذاعة الموج أمس*: who says it ends before to whom, when and where it was said."""
    words = laid.tokens.words
    for i in range(first + 1, end):
        paper = words[i][0] == "ل" and is_any(laid, i, "media", "journalists")
        if paper or words[i] in _BEHIND_SOURCE or is_any(laid, i, "weekdays") or words[i] in COMMAS:
            return i
    return end


_BEHIND_SOURCE: Final = frozenset({"خلال", "عقب", "بعد", "قبل", "امس", "اليوم", "مساء", "صباح", "يوم", "ردا", "اثر"})


def _propositions(laid: Layout, draft: Draft) -> Iterator[Draft]:
    """*بأن ... وأن ...* as two statements; not where *وأن* goes on with an inner *أن*, by the verb behind it."""
    words = laid.tokens.words
    begin, end = draft.content
    if draft.quote is not None or draft.trim or not is_any_exact(laid, begin - 1, "complementizers"):
        yield draft
        return
    verbal = is_present(laid, begin)
    for i in range(begin + 2, end - 2):
        if words[i] in laid.lexicon.words["and_that"] and laid.quote_of[i] < 0 and is_present(laid, i + 1) == verbal:
            stop = i - 1 if words[i - 1] in COMMAS else i
            yield replace(draft, content=(begin, stop))
            begin = i + 1
    yield replace(draft, content=(begin, end))


def _by_cues(
    laid: Layout, parties: Parties, sentence: Sentence, hits: list[Hit], lead: Range | None
) -> Iterator[Draft]:
    start, end = sentence.start, sentence.end
    inside_until = -1
    main_form, told_until = "", start
    group = False
    for number, hit in enumerate(hits):
        if hit.at < inside_until and not _returns_to_main(laid, parties, sentence, hit, main_form, group=group):
            continue
        speaker, after = _subject(laid, parties, hit, start, end)
        if speaker is not None and speaker[0] > hit.at and _is_addressed(laid, hit, speaker):
            # *وناشد الدول الإسراع*: to whom it is said.
            after, speaker = speaker[0], None
        if speaker is not None and speaker[0] > hit.at and _blamed(laid, hit, after):
            # *وحمّل الحكومة المسؤولية*: the verb needs an object, and no other is named.
            after, speaker = speaker[0], None
        if speaker is not None and number and hit.fallen and hit.cue.form == main_form:
            speaker, after = _own_object(laid, parties, hit, speaker, after)
        if speaker is not None:
            group = _are_several(laid, parties, speaker)
        form = hit.cue.form if hit.cue.form != "participle" else main_form
        limit = next(
            (one.at for one in hits[number + 1 :] if _returns_to_main(laid, parties, sentence, one, form, group=group)),
            end,
        )
        limit = _before_adversative(laid, hit, limit) if limit < end else limit
        draft = draft_of(laid, parties, hit, speaker, after, limit)
        if draft is None:
            continue
        if speaker is None and lead is not None and number == 0:
            draft.speaker = lead
        if draft.speaker is None and draft.form in ("d", "fd", "p") and not group:
            draft.speaker = _several_before(laid, hit, start)
        if draft.speaker is None and hit.at > start:
            draft.speaker = opening_subject(laid, parties, hit, max(start, told_until))
        told_until = draft.content[1]
        draft.inherits = draft.speaker is None
        if number == 0 and laid.lines[sentence.line].type in ("headline", "related_link"):
            draft.kind = "headline"
        main_form = form
        inside_until = draft.content[1] if limit == end else limit
        yield from _begun_before(laid, hit, draft)
        yield draft


def _begun_before(laid: Layout, hit: Hit, draft: Draft) -> Iterator[Draft]:
    """*«...»، قال الوزير، «...»*: the first part of a quotation that goes on behind who says it."""
    first = quotation_before(laid, hit) if draft.quote is not None and draft.content[0] > hit.at else None
    if first is not None:
        quote = laid.quotes[first]
        yield replace(draft, content=(quote.start, quote.end), quote=first)


def _are_several(laid: Layout, parties: Parties, speaker: Range) -> bool:
    """Whether a speaker is a group of sides, or two that are joined: *الحكومة والمجلس*."""
    titled = is_any(laid, speaker[0], "roles") and not is_any(laid, speaker[0], "groups")
    if len(parties.codes(*speaker)) > 1 or (not titled and any(is_any(laid, i, "groups") for i in range(*speaker))):
        return True
    joined = (laid.tokens.words[i] for i in range(speaker[0] + 1, speaker[1]))
    return any(word.startswith("وال") or (word[0] == "و" and word[1:] in parties.names) for word in joined)


def _before_adversative(laid: Layout, hit: Hit, limit: int) -> int:
    """Without *غير أنها*, *لكنه*, *في حين*, *، ورئيسه*, which belong to the verb at `limit`."""
    words = laid.tokens.words
    if words[limit - 2] in ("غير", "الا", "بيد", "علي", "في"):
        return limit - 2
    if (
        words[limit - 1] in _SO
        or words[limit - 1] in laid.lexicon.words["but_it"]
        or words[limit - 1] in ("فيما", "بينما", "التي", "الذي")
    ):
        return limit - 1
    comma = next((i for i in range(limit - 1, max(hit.at, limit - 9), -1) if words[i] in COMMAS), None)
    led = comma is not None and (words[comma + 1] in _TURNING or words[comma + 1][0] == "و")
    return comma if comma is not None and led and comma > hit.at + 1 else limit


def _is_addressed(laid: Layout, hit: Hit, named: Range) -> bool:
    """Whether behind *appeal to*, which needs an object, only a group is named, and nobody behind it."""
    verb = laid.tokens.words[hit.at][hit.fallen :]
    return verb in ("ناشد", "ناشدت", "يناشد", "تناشد") and is_any(laid, named[0], "groups")


def _blamed(laid: Layout, hit: Hit, after: int) -> bool:
    """Whether the noun of the verb *lay something at somebody's door* follows at once whoever is named."""
    verb = laid.tokens.words[hit.at].endswith(("حمل", "حملت", "يحمل", "تحمل"))
    return verb and hit.noun == after and is_any(laid, after, "blames")


def _own_object(laid: Layout, parties: Parties, hit: Hit, named: Range, after: int) -> tuple[Range | None, int]:
    """*أعلن الوزير ...، وشكر الوسطاء*: whoever is named behind a further verb is its object, unless one who speaks."""
    words = laid.tokens.words
    near = words[after : min(after + 5, len(words))]
    thanked = ("علي" in near or near[:1] == ["لما"]) and words[hit.at][hit.fallen :].startswith(_NEEDS_OBJECT)
    if named[0] > hit.at and thanked:
        # *وشكرت بلدية ساحر على ...*: with no other object whoever is named is thanked.
        return None, named[0]
    known = speakerish(laid, parties, *named) or any(laid.tokens.words[i] in parties.names for i in range(*named))
    lacks = is_any(laid, hit.at, "needs_person") and is_any_exact(laid, after, "complementizers")
    if named[0] < hit.at or (known and not lacks):
        return named, after
    # *وأبلغ المجلس بأن ...*: the verb needs somebody to whom it is said, and no other is named.
    return None, after if lacks else named[0]


def _returns_to_main(
    laid: Layout, parties: Parties, sentence: Sentence, hit: Hit, form: str, *, group: bool = False
) -> bool:
    """Whether a later verb of the sentence has the subject of the report, not one inside what is reported.

    It agrees with that subject: a verb that comes before its subject is singular, those behind it have its number.
    """
    before = laid.tokens.words[hit.at - 1]
    if hit.cue.form == "participle":
        return before in COMMAS or before not in PUNCTUATION
    first_person = form == "I" and hit.cue.form == "m" and laid.tokens.raw(hit.at)[hit.fallen] == "أ"
    if first_person or hit.cue.form == "I" or _opens_clause(laid, parties, hit):
        return True
    subordinate = laid.tokens.words[sentence.start] in laid.lexicon.words["subordinate"]
    if before in COMMAS and subordinate and hit.cue.form == form and form in ("m", "f"):
        return True
    if hit.fallen == 0:
        return False
    if before in COMMAS and hit.cue.form in ("d", "fd"):
        return True
    if group:
        return hit.cue.form in ("d", "p", "fd")
    same = _NUMBER.get(hit.cue.form) == _NUMBER.get(form)
    return same or (before in COMMAS and _named_after(laid, hit))


def _opens_clause(laid: Layout, parties: Parties, hit: Hit) -> bool:
    """*غير أنها*, *لكنه*, *في حين*, *، ورئيسه*, *، التي*, *، ولم*: a clause of the report begins before the verb."""
    words = laid.tokens.words
    before, earlier = words[hit.at - 1], words[hit.at - 2]
    if before in ("انه", "انها", "انهما", "انهم") and earlier in ("غير", "الا", "بيد", "علي"):
        return True
    if (
        (before in _SO and earlier in COMMAS)
        or before in laid.lexicon.words["but_it"]
        or of_antecedent(words, hit)
        or _own_subject(laid, parties, hit)
    ):
        return True
    turning = any(word in ("حين", "فيما", "بينما") for word in (before, earlier))
    where = before in _WHERE and earlier in COMMAS
    return turning or where or before == "كما" or (before in NOT and earlier in COMMAS)


def _several_before(laid: Layout, hit: Hit, start: int) -> Range | None:
    """*وقّع الجانبان ...، واتفقا على ...*: those of whom the sentence told before."""
    found = next((i for i in range(hit.at - 1, start - 1, -1) if is_any(laid, i, "groups")), None)
    if found is None:
        return None
    words, stop = laid.tokens.words, found + 1
    while not words[found].startswith("ال") and stop < hit.at and stop < found + 4 and laid.tokens.is_word(stop):
        if not (words[stop].startswith(("ال", "وال")) or is_any(laid, stop, "ministries", "roles")):
            break
        stop += 1
    return found, stop


def _own_subject(laid: Layout, parties: Parties, hit: Hit) -> bool:
    """*، ورئيسه يشترط ...*: a further clause with its subject before the verb."""
    if hit.fallen or hit.at < 3:
        return False
    named = before_verb(laid, parties, hit, max(0, hit.at - 8))
    return named is not None and laid.tokens.words[named[0] - 1] in COMMAS and laid.tokens.words[named[0]][0] == "و"


def _named_after(laid: Layout, hit: Hit) -> bool:
    return hit.at + 1 < len(laid.tokens) and is_any(laid, hit.at + 1, "roles", "ministries", "groups", "documents")


def _subject(laid: Layout, parties: Parties, hit: Hit, start: int, end: int) -> tuple[Range | None, int]:
    """Who speaks, and the token behind: after the verb, before it, or around it as in *كان X قد وصف*."""
    words = laid.tokens.words
    if words[hit.at] in HIS_SAYING:
        return _quoted_from(laid, hit, start), hit.end
    if relays(laid, hit):
        return _relayed(laid, hit, end)
    if is_reached(laid, hit):
        return _between_sides(laid, hit, end), hit.end
    if hit.cue.form != "participle" and not hit.fallen and hit.at > start:
        named = before_verb(laid, parties, hit, start)
        if named is not None:
            return named, hit.end if hit.cue.rest and not hit.cue.gap else hit.at + 1
    after = behind_verb(laid, parties, hit, end)
    if after is not None:
        return after, after[1]
    plain = hit.end if hit.cue.rest and not hit.cue.gap else hit.at + 1
    return as_for(laid, parties, hit, start), plain


def _quoted_from(laid: Layout, hit: Hit, start: int) -> Range | None:
    """*نقلت الصحيفة عن X قوله*, *نسبت إلى X، طلب عدم ذكر اسمه، قوله*: X."""
    words = laid.tokens.words
    near = range(hit.at - 1, max(start, hit.at - 16) - 1, -1)
    first = next((i + 1 for i in near if words[i] in FROM and words[i - 1] not in ("الكشف", "الافصاح")), None)
    if first is None:
        return None
    stop = next((i for i in range(first, hit.at) if words[i] in COMMAS), hit.at)
    return (first, stop) if stop > first else None


def _between_sides(laid: Layout, hit: Hit, end: int) -> Range | None:
    """*جرى الاتفاق بين الجانبين على ...*: the sides."""
    words, near = laid.tokens.words, range(hit.end, min(end, hit.end + 8))
    first = next((i + 1 for i in near if words[i] == "بين" or words[i] == "علي" or words[i] in PUNCTUATION), None)
    if first is None or words[first - 1] != "بين":
        return None
    ends = (
        i for i in range(first, end) if words[i] in PUNCTUATION or words[i] in ("علي", "في", "خلال", "بشان", "يقضي")
    )
    return first, next(ends, end)


def _relayed(laid: Layout, hit: Hit, end: int) -> tuple[Range | None, int]:
    """*نقلت الوكالة عن X أن ...*: X says it."""
    words = laid.tokens.words
    first = (hit.noun or hit.at) + 1
    stop = first
    while stop < end and words[stop] not in PUNCTUATION and not is_any_exact(laid, stop, "complementizers"):
        stop += 1
    return ((first, stop) if first < stop <= first + 14 else None), stop
