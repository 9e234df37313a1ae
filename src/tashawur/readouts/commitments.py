"""Commitments from statements: who will do what for whom, by when, and which side says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from tashawur.readouts.arabic import is_verbal_noun
from tashawur.readouts.drafts import Range, cue_at
from tashawur.readouts.judging import purpose_in
from tashawur.readouts.layout import Layout
from tashawur.readouts.names import is_any, is_future
from tashawur.readouts.russian import is_perfective_future, is_perfective_of_one, is_perfective_of_us, is_present
from tashawur.readouts.values import Commitment, Kind, Statement, Strength
from tashawur.readouts.weighed import main_clause

_BINDING: Final = frozenset({"agreed", "pledged"})
_DISTANCE: Final[Mapping[str, int]] = {"direct": 0, "mixed": 1, "indirect": 2, "narrative": 3, "headline": 4}
_TELLING: Final = 3
"""With fewer words of its own a deed is not known for the same as another."""
_NEAREST: Final = 8
"""Deeds with a word in common that are looked at, so that a long text takes no more time for a word."""
_NO_DEED: Final = frozenset(
    [
        "пути",
        "порядок",
        "timetable",
        "الي",
        "مع",
        "بشان",
        "حول",
        "with",
        "about",
        "over",
        "importance",
        "need",
        "اهمية",
        "ضرورة",
    ]
)
"""With these begins what an agreement is about, not what will be done."""
_COMMAS: Final = frozenset(",،")


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed inside a statement, by its tokens; `trim` letters of the first are a preposition."""

    action: Range
    trim: int = 0
    purpose: Range | None = None


def deeds(laid: Layout, statement: Statement, content: Range, trim: int) -> Iterator[Deed]:
    """The deeds that a statement binds somebody to, in order; a purpose that is a deed comes after its own."""
    if statement.cue is not None and statement.cue.text.lower().startswith("accept") and statement.act == "agreed":
        return
    start = _begin(laid, statement, content, trim)
    if start is None or start[0] >= content[1] or _is_no_deed(laid, statement, start[0], content[1]):
        return
    begin, cut = start
    end = _before_relative(laid, begin, content[1])
    purpose = purpose_in(laid, (begin, end))
    for first, last, trimmed in _joined(laid, begin, end):
        if _is_topic(laid, statement, first, last):
            continue
        own = purpose if purpose is not None and first < purpose[0] < last else None
        stop, further = _before_purpose(laid, (first, last), own)
        aim = own if own is not None and stop == own[0] else None
        yield Deed((first, _without_comma(laid, first, stop)), cut if first == begin else trimmed, aim)
        if further is not None and further[1] - further[0] >= 3:
            yield Deed(further)


def _begin(laid: Layout, statement: Statement, content: Range, trim: int) -> tuple[int, int] | None:
    """Where the first deed begins, and how many letters of its first word fall away; None where nobody is bound."""
    narrative = statement.kind == "narrative"
    if narrative and laid.lexicon.lang == "ar" and statement.act in ("announced", "agreed"):
        return content[0], trim
    if statement.act in _BINDING:
        return _past_act(laid, content, trim, statement.cue.text if statement.cue else None)
    if statement.act != "announced":
        return None
    if narrative or _planned(statement):
        return _past_will(laid, content, trim, narrative=narrative)
    event = _begins_by_itself if laid.lexicon.lang == "ar" else _of_event
    if event(laid, content) or not _will(laid, content):
        return None
    return _past_will(laid, content, trim, narrative=False)


def _is_no_deed(laid: Layout, statement: Statement, begin: int, end: int) -> bool:
    """In Arabic: a document that was agreed on, or how something is."""
    if laid.lexicon.lang != "ar":
        return False
    agreed = statement.act == "agreed" and is_any(laid, begin, "documents")
    return agreed or any(is_any(laid, i, "copulas") for i in range(begin, min(begin + 4, end)))


def _is_topic(laid: Layout, statement: Statement, first: int, last: int) -> bool:
    """Whether the words tell what an agreement is about; an Arabic verb that opens the clause tells a deed."""
    if laid.lexicon.lang == "ar" and (statement.kind == "narrative" or is_future(laid, first)):
        return False
    return any(laid.tokens.words[i] in _NO_DEED for i in range(first, min(first + 2, last)))


def _before_purpose(laid: Layout, action: Range, own: Range | None) -> tuple[int, Range | None]:
    """Where the deed itself ends, before its purpose; in Arabic *بهدف* tells a further deed that was agreed on."""
    if own is None or laid.lexicon.lang != "ar":
        return action[1], None
    words, purposes = laid.tokens.words, laid.lexicon.phrases["purpose"]
    if words[own[0]] == "للبدء":
        return own[0], None
    aim = next((i for i in range(own[0], action[1]) if purposes.at(words, i) is not None), None)
    return (action[1], None) if aim is None else (aim, (aim + 1, action[1]))


def _without_comma(laid: Layout, first: int, stop: int) -> int:
    while stop > first + 1 and not laid.tokens.is_word(stop - 1) and laid.tokens.words[stop - 1] not in '"»”)':
        stop -= 1
    return stop


def _before_relative(laid: Layout, begin: int, end: int) -> int:
    """Before a relative clause that holds the condition (*... that will arise from a successful end*)."""
    phrases = laid.lexicon.phrases.get("conditional_relatives")
    if phrases is None:
        return end
    for i in range(begin + 2, end):
        if phrases.at(laid.tokens.words, i) is not None:
            return i - 1 if laid.tokens.words[i - 1] in ("التي", "الذي") else i
    return end


def _past_act(laid: Layout, content: Range, trim: int, cue: str | None) -> tuple[int, int]:
    """Where the deed begins: behind *we agreed to*, *سنعمل على*, *تعهد المشاركون ب*."""
    if laid.lexicon.lang == "ar":
        return _past_arabic_act(laid, content, trim)
    words = laid.tokens.words
    if cue is not None and cue.lower().startswith(_TASKING):
        return _past_tasked(laid, content)
    led = main_clause(laid, content)
    if led != content:
        return _past_act(laid, led, 0, cue)
    first, end = content
    if laid.lexicon.lang == "ru" and words[first] in ("мы", "я"):
        first += 1
    for i in range(first, min(end, first + _NEAR)):
        hit = cue_at(laid, i, end)
        if hit is not None and hit.cue.act in _BINDING:
            ends_in_to = bool(hit.cue.rest) and "to" in hit.cue.rest[-1]
            return (hit.end, 0) if ends_in_to else _past_words(laid, hit.end, end)
        behind = _behind_plan(words, i)
        if behind is not None:
            return behind, 0
        if i <= first + 1 and is_any(laid, i, "agreements"):
            return _past_words(laid, i + 1, end)
    return _from_future(laid, (first, end), trim)


_NEAR: Final = 9
"""Tokens of a content among which the verb that binds stands."""


def _behind_plan(words: Sequence[str], i: int) -> int | None:
    """Where the deed begins behind *will*, *we'll*, *an invitation to*, *plan to* at token `i`; None for others."""
    if words[i] in _WILL or words[i].endswith("'ll"):
        return i + 1
    to = words[i + 1 : i + 2] == ["to"]
    if words[i].startswith(("invit", "приглашен")):
        return i + 1 + int(to)
    return i + 2 if to and words[i] in ("intend", "intends", "plan", "plans") else None


def _past_arabic_act(laid: Layout, content: Range, trim: int) -> tuple[int, int]:
    words, (first, end) = laid.tokens.words, content
    for i in range(first, min(end, first + _NEAR)):
        hit = cue_at(laid, i, end)
        if hit is not None and hit.cue.act in _BINDING:
            return _past_words(laid, hit.end, end)
        if i == first and (is_any(laid, i, "resolves") or words[i] in laid.lexicon.words["intensifiers"]):
            return _past_words(laid, i + 1, end)
        if i <= first + 1 and is_any(laid, i, "agreements"):
            return _past_words(laid, i + 1, end)
        if i > first and is_any(laid, i, "conditional_words"):
            break
        if i > first and words[i].startswith(("فسوف", "فسن", "فسي", "فست")):
            return i, 1
        bare = words[i][1:] if words[i][:1] in ("و", "ف") else words[i]
        if i == first and bare.startswith("سن") and len(bare) > 4 and words[i + 1 : i + 2] == ["علي"]:
            return i + 2, 0
    return _from_its_verb(laid, content, trim)


def _from_its_verb(laid: Layout, content: Range, trim: int) -> tuple[int, int]:
    """*بلاده ستغلق القنصلية*: in Arabic the deed begins with its verb in the future, behind who will do it."""
    words = laid.tokens.words
    for i in range(content[0] + 1, min(content[1] - 1, content[0] + _SUBJECT)):
        if not laid.tokens.is_word(i) or is_any(laid, i, "conditional_words", "complementizers"):
            break
        if is_future(laid, i) and words[i][0] == "س":
            return i, 0
    return content[0], trim


_SUBJECT: Final = 6
"""Tokens of a content among which its verb follows its subject."""
_WILL: Final = frozenset({"will", "would", "shall", "буду", "будем"})


def _from_future(laid: Layout, content: Range, trim: int) -> tuple[int, int]:
    """In Russian from the verb that tells the future, its negation included; else from the first word."""
    words, near = laid.tokens.words, range(content[0], min(content[1], content[0] + 8))
    will = next((i for i in near if laid.lexicon.lang == "ru" and is_perfective_future(words[i])), None)
    if will is None:
        return content[0], trim
    return (will - 1 if words[will - 1] == "не" else will), 0


def _of_event(laid: Layout, content: Range) -> bool:
    """*the next round will be held in May*: an event binds nobody."""
    return any(is_any(laid, i, "events") for i in range(content[0], min(content[1], content[0] + 3)))


def _begins_by_itself(laid: Layout, content: Range) -> bool:
    """*سيبدأ التشغيل برحلتين*: what will begin or last, without anybody who does it, binds nobody."""
    i = content[0]
    if i + 1 >= content[1] or not is_any(laid, i, "by_itself"):
        return False
    word = laid.tokens.words[i + 1]
    return (
        is_verbal_noun(word)
        or word.removeprefix("ال") in laid.lexicon.words["verbal_nouns"]
        or is_any(laid, i + 1, "events")
    )


_TASKING: Final = ("поруч", "task", "instruct", "entrust", "mandat", "direct", "charge")


def _past_tasked(laid: Layout, content: Range) -> tuple[int, int]:
    """*tasked the experts with drafting*, *поручили экспертам подготовить*: the deed is what they are to do."""
    words = laid.tokens.words
    for i in range(content[0], min(content[1] - 1, content[0] + 9)):
        if words[i] in ("to", "with"):
            return i + 1, 0
        if laid.lexicon.lang == "ru" and words[i].endswith(("ть", "ться", "ти", "чь")):
            return i, 0
    return content[0], 0


def _planned(statement: Statement) -> bool:
    """*намерен открыть*, *plans to open*: the content itself is the deed."""
    return statement.cue is not None and statement.cue.text.lower().startswith(_PLANNING)


_PLANNING: Final = ("намер", "планир", "собира", "intend", "plan", "aim", "expect", "mean")


def _past_will(laid: Layout, content: Range, trim: int, *, narrative: bool) -> tuple[int, int]:
    """Behind *will*; in Arabic and Russian the verb itself tells the future and begins the deed."""
    for i in range(*content):
        if laid.tokens.words[i] in ("will", "would", "shall"):
            return i + 1, 0
        if is_any(laid, i, "planning") and laid.tokens.words[i + 1 : i + 2] == ["to"]:
            return i + 2, 0
        if laid.lexicon.lang == "ru" and is_perfective_of_one(laid.tokens.words[i]):
            return i, 0
        if (
            narrative
            and laid.tokens.words[max(content[0], i - 1)] == "мы"
            and is_perfective_of_us(laid.tokens.words[i])
        ):
            return i, 0
        if narrative and laid.lexicon.lang != "ar" and is_any(laid, i, "measures"):
            return i, 0
        if narrative and laid.lexicon.lang == "ru" and is_present(laid.tokens.words[i]):
            return i, 0
        if laid.lexicon.lang == "ru" and is_perfective_future(laid.tokens.words[i]):
            return i, 0
    return _from_its_verb(laid, content, trim) if laid.lexicon.lang == "ar" else (content[0], trim)


def _past_words(laid: Layout, i: int, end: int) -> tuple[int, int]:
    words, lexicon = laid.tokens.words, laid.lexicon
    limit = min(end, i + (4 if lexicon.lang == "en" else 8))
    step = i
    while step < limit:
        if words[step] in ("...", "…"):
            step += 1
            continue
        if lexicon.lang == "ru" and step > i and words[step - 1] != ",":
            break
        if words[step] in ("علي", "to", "on", "that", "что", "о", "об"):
            after = step + 1
            if after < end and words[after] in lexicon.words["complementizers"]:
                after += 1
            return after, 0
        if lexicon.lang == "ar" and len(words[step]) > 4 and words[step][0] == "ب" and is_verbal_noun(words[step][1:]):
            return step, 1
        step += 1
    return i, 0


def _will(laid: Layout, content: Range) -> bool:
    words = laid.tokens.words
    for i in range(content[0], min(content[1], content[0] + 14)):
        if is_any(laid, i, "will_verbs", "planning") or words[i] == "would":
            return True
        if laid.lexicon.lang == "ar" and is_future(laid, i):
            return True
        if laid.lexicon.lang == "ru" and is_perfective_future(words[i]):
            return True
    return False


def _joined(laid: Layout, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Deeds joined by *and*, each with the letters of its first word that fall away: *to reopen ... and to publish*."""
    words = laid.tokens.words
    start, trim = begin, 0
    verbal = laid.lexicon.lang == "ar" and _is_deed(laid, begin)
    for i in range(begin + 2, end - 1):
        dated = _past_date(laid, i + 1, end) if words[i] == "и" else i + 1
        if dated > i + 1 and _begins_deed(laid, dated):
            yield start, i - 1 if words[i - 1] in _COMMAS else i, trim
            start, trim = dated, 0
        elif words[i] in ("and", "и") and i < end - 2 and _begins_deed(laid, i + 1):
            yield start, i - 1 if words[i - 1] in _COMMAS else i, trim
            start, trim = i + 2 if words[i + 1] in ("to", "will") else i + 1, 0
        elif words[i] == "وعلي" and i > start + 1:
            yield start, i - 1 if words[i - 1] in _COMMAS else i, trim
            start, trim = i + 2 if words[i + 1] == "ان" else i + 1, 0
        elif verbal and words[i][0] == "و" and is_verbal_noun(words[i][1:]) and len(words[i]) > 5 and i + 1 < end:
            yield start, i, trim
            start, trim = i, 1
    yield start, end, trim


def _past_date(laid: Layout, i: int, end: int) -> int:
    """Behind *до 1 сентября*, where it stands between *и* and the infinitive of a further deed."""
    words, lexicon = laid.tokens.words, laid.lexicon
    first = i
    while (
        i < end - 2
        and i - first < _DATE
        and (
            words[i][0].isdecimal()
            or words[i] in lexicon.months
            or words[i] in ("до", "к", "с", "в", "не", "позднее", "года")
        )
    ):
        i += 1
    return i if any(words[n][0].isdecimal() or words[n] in lexicon.months for n in range(first, i)) else first


_DATE: Final = 6
"""Tokens of a day between two deeds."""


def _is_deed(laid: Layout, i: int) -> bool:
    """Whether an Arabic word is a verbal noun, by its form or by the list."""
    word = laid.tokens.words[i].removeprefix("ب")
    return is_verbal_noun(word) or word in laid.lexicon.words["verbal_nouns"]


def _begins_deed(laid: Layout, i: int) -> bool:
    words = laid.tokens.words
    if laid.lexicon.lang == "en":
        return words[i] in ("to", "will")
    return laid.lexicon.lang == "ru" and words[i].endswith(("ть", "ться", "ти")) and len(words[i]) > 4


def strength_of(statement: Statement) -> Strength:
    """How firm the commitment is."""
    if statement.act == "agreed":
        return "agreed"
    if (
        statement.act == "pledged"
        and statement.kind == "direct"
        and statement.cue is not None
        and statement.committer is None
    ):
        return "intended"
    return "pledged" if statement.act == "pledged" else "intended"


def merged(found: Sequence[tuple[Kind, Commitment]]) -> list[Commitment]:
    """The same deed told twice, by the same side, is one commitment: the other words are its alternates.

    The speaker's own words come before reported ones, and these before a headline.
    """
    kept: list[Commitment] = []
    by_stem: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for _, one in sorted(found, key=lambda pair: _DISTANCE[pair[0]]):
        stems = _stems(one.action.text)
        keys = [(*one.asserted_by, stem) for stem in stems] if len(stems) >= _TELLING else []
        near = dict.fromkeys(place for key in keys for place in by_stem[key][:_NEAREST])
        same = next((place for place in near if _same(_stems(kept[place].action.text), stems)), None)
        if same is not None:
            kept[same] = _joined_words(kept[same], one)
            continue
        for key in keys:
            by_stem[key].append(len(kept))
        kept.append(one)
    return kept


def _joined_words(nearer: Commitment, farther: Commitment) -> Commitment:
    return msgspec.structs.replace(
        nearer,
        statements=(*nearer.statements, *farther.statements),
        alternates=(*nearer.alternates, farther.action, *farther.alternates),
        deadline=nearer.deadline or farther.deadline,
        condition=nearer.condition or farther.condition,
    )


def _same(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= 0.6 * min(len(one), len(other))


def _stems(text: str) -> set[str]:
    return {word.removeprefix("ال")[:5] for word in text.lower().split() if len(word) > 3}
