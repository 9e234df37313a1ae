"""What is said without a verb that says so: headlines with a colon, transcripts, and plans in the authors' own text."""

from __future__ import annotations

from collections.abc import Iterator

from tashawur.readouts import russian, vso
from tashawur.readouts.around import Around
from tashawur.readouts.drafts import Draft, Range
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.names import Parties, is_any, speakerish
from tashawur.readouts.scenes import Scene
from tashawur.readouts.speakers import answering
from tashawur.readouts.subjects import Subjects
from tashawur.readouts.values import Act

_MARKS = ('"', "«", "“")
_TOPICAL = frozenset(["на", "о", "об", "по", "для", "за", "on", "over", "about", "for", "talks", "переговоры"])
"""In a headline these stand in what names its topic, not in a name of who speaks: *Пошлины на сталь: ...*."""
_GREETING = 10
"""Words up to which a sentence that begins as a greeting is one."""
_LEADS = frozenset(["answering", "responding", "response", "reply", "отвечая", "to", "a", "на", "in"])


def lead_of(laid: Layout, sentence: Sentence) -> Range | None:
    """The subject of *The ministers of A and B, meeting in C:*, whose list follows; other prose has none."""
    words = laid.tokens.words
    if words[sentence.end - 1] != ":":
        return None
    first = sentence.start
    while first < sentence.end:
        stop = next(i for i in range(first, sentence.end) if words[i] == ":" or _ends_names(laid, i))
        if stop > first and not is_any(laid, first, "openers"):
            return first, stop
        first = stop + 1
    return None


def _ends_names(laid: Layout, i: int) -> bool:
    """Whether the comma at `i` ends a row of names: behind it stands no further one."""
    if laid.tokens.words[i] not in (",", "،"):
        return False
    return laid.lexicon.lang == "ar" or not laid.tokens.raw(i + 1)[:1].isupper()


def end_of(laid: Layout, sentence: Sentence) -> int:
    """The token behind the last word of the sentence."""
    stop = sentence.end
    while stop > sentence.start and not laid.tokens.is_word(stop - 1):
        stop -= 1
    return stop


def spoken(laid: Layout, sentence: Sentence, label: Range) -> Iterator[Draft]:
    """A sentence of a transcript: the words of who speaks in its line. Greetings of a word or two say nothing."""
    end = end_of(laid, sentence)
    said = sum(laid.tokens.is_word(i) for i in range(sentence.start, end))
    greeting = laid.lexicon.lines.get("greeting")
    if (
        greeting is not None
        and said <= _GREETING
        and greeting.match(laid.tokens.text, laid.tokens.starts[sentence.start])
    ):
        return
    told = said >= 2 and any(
        laid.lexicon.phrases["falsity"].at(laid.tokens.words, i) for i in range(sentence.start, end)
    )
    if (said >= 3 or told) and laid.tokens.words[sentence.end - 1] not in ("?", "؟"):
        cue = (label[1], label[1] + 1)
        yield Draft((sentence.start, end), cue, "claimed", "direct", answering(laid, label), spoken=True)


def colon_headline(laid: Layout, sentence: Sentence) -> Iterator[Draft]:
    """*Ministry: the sides have agreed*."""
    words = laid.tokens.words
    colon = next(
        (i for i in range(sentence.start + 1, min(sentence.end - 3, sentence.start + 9)) if words[i] == ":"), None
    )
    if colon is None or laid.lexicon.lines["related"].match(laid.tokens.text, laid.tokens.starts[sentence.start]):
        return
    if laid.lexicon.lang != "ar" and any(words[i] in _TOPICAL for i in range(sentence.start, colon)):
        return
    start = colon + 1
    quote = laid.quote_of[start + 1] if words[start] in _MARKS else -1
    content = start, sentence.end
    if quote >= 0 and laid.quotes[quote].end >= sentence.end - 2:
        content = laid.quotes[quote].start, laid.quotes[quote].end
    whose = quote if quote >= 0 else None
    yield Draft(content, (colon, start), "claimed", "headline", (sentence.start, colon), quote=whose)


def planned(laid: Layout, parties: Parties, sentence: Sentence) -> Iterator[Draft]:
    """In a text that speaks for its authors: *the two ministers will meet in May and will report in June*."""
    words = laid.tokens.words
    near = range(sentence.start, min(sentence.end - 1, sentence.start + 30))
    verb = next((i for i in near if laid.quote_of[i] >= 0 or _tells_plan(laid, i, sentence)), None)
    if verb is None or laid.quote_of[verb] >= 0:
        return
    if any(words[i] in ("что", "that", "который", "которые", "которая") for i in range(sentence.start, verb)):
        return
    arabic = laid.lexicon.lang == "ar"
    before = verb if arabic else _around(laid, parties, sentence).past_adverbs(verb)
    begin = next((i + 1 for i in range(before - 1, sentence.start, -1) if words[i] == ","), sentence.start)
    led = words[sentence.start] in laid.lexicon.words["conditional_words"] or is_any(laid, sentence.start, "openers")
    subject = (
        vso.subject_behind(laid, parties, verb, sentence.end) if arabic else (begin if led else sentence.start, verb)
    )
    if subject is not None and not arabic:
        subject = _subject_of_plan(laid, parties, sentence, subject, verb)
    if subject is None or subject[1] <= subject[0]:
        return
    end = end_of(laid, sentence)
    more = [i for i in range(verb + 2, end - 2) if words[i] in ("will", "shall") and words[i - 1] in ("and", ",")]
    if laid.lexicon.lang == "ru":
        more = [i for i in range(verb + 2, end - 2) if words[i - 1] == "и" and _tells_plan(laid, i, sentence)]
    begins, verbs, ends = [sentence.start, *more], [verb, *more], [*(i - 1 for i in more), end]
    for begin, at, stop in zip(begins, verbs, ends, strict=True):
        yield Draft((begin, stop), (at, at + 1), "announced", "narrative", subject)


def further_plans(laid: Layout, told: Draft) -> Iterator[Draft]:
    """*I call on ... and will report in May*: behind what is said, in the authors' own text, what they will do."""
    words = laid.tokens.words
    first, end = told.content
    if told.kind != "indirect" or words[first - 1] in ("that", "что"):
        return
    for i in range(first + 2, end - 2):
        if laid.quote_of[i] < 0 and words[i] in ("and", "и") and _own_plan(laid, i + 1):
            told.content = first, i - 1 if words[i - 1] == "," else i
            yield Draft((i + 1, end), (i + 1, i + 2), "announced", "narrative", told.speaker)
            return


def _own_plan(laid: Layout, i: int) -> bool:
    word = laid.tokens.words[i]
    if laid.lexicon.lang == "en":
        return word in ("will", "shall")
    return russian.is_perfective_future(word) or russian.is_perfective_of_one(word)


def judged(laid: Layout, sentence: Sentence) -> Iterator[Draft]:
    """In a text that speaks for its authors: that the sides differ, or that something is untrue."""
    words, phrases = laid.tokens.words, laid.lexicon.phrases
    acts: tuple[tuple[Act, str], ...] = (("disagreed", "apart"), ("denied", "falsity"))
    for act, group in acts:
        if group not in phrases:
            continue
        at = next((i for i in range(sentence.start, sentence.end) if phrases[group].at(words, i) is not None), None)
        if at is not None and laid.quote_of[at] < 0:
            yield Draft((sentence.start, end_of(laid, sentence)), (at, at + 1), act, "narrative", form="first")
            return


def _around(laid: Layout, parties: Parties, sentence: Sentence) -> Around:
    return Around(Scene(laid, parties, sentence.start, sentence.end, laid.lines[sentence.line].type, None))


def _subject_of_plan(laid: Layout, parties: Parties, sentence: Sentence, before: Range, verb: int) -> Range | None:
    """Who will do it, in English and Russian: a side, ministry or person next to the verb; nothing else plans."""
    around = _around(laid, parties, sentence)
    stop, first = around.past_adverbs(verb), around.past_lead_in(before[0])
    if first >= stop:
        return None
    if laid.lexicon.lang == "ru":
        found = Subjects(around.scene, around).planning(first, stop)
        return None if found is None or any(is_any(laid, i, "events") for i in range(*found)) else found
    if any(is_any(laid, i, "events") for i in range(first, stop)):
        return None
    return (first, stop) if speakerish(laid, parties, first, stop) else None


def _tells_plan(laid: Layout, i: int, sentence: Sentence) -> bool:
    word = laid.tokens.words[i]
    if is_any(laid, i, "will_verbs"):
        return True
    if laid.lexicon.lang == "ru":
        return russian.is_perfective_future(word) or _does_now(laid, i, sentence)
    if laid.lexicon.lang == "ar":
        bare = word[1:] if word[0] in "وف" else word
        future = bare[:2] in ("سي", "ست") and len(bare) > 4
        return future or (i == sentence.start and sentence.item and vso.is_present(laid, i))
    return _does_now(laid, i, sentence)


def _does_now(laid: Layout, i: int, sentence: Sentence) -> bool:
    """*suspends*, *is recalling*, *приостанавливает*: a measure by which a party acts; in an article any verb."""
    words = laid.tokens.words
    if i == sentence.start:
        return False
    if laid.lexicon.lang == "en":
        now = is_any(laid, i, "measures")
        return now and (words[i].endswith("s") or (words[i].endswith("ing") and words[i - 1] in ("is", "are", "am")))
    if not russian.is_present(words[i]) or words[i].endswith("ся"):
        return False
    return is_any(laid, i, "measures") or (_in_article(laid, sentence) and not is_any(laid, i, "states_of_things"))


def _in_article(laid: Layout, sentence: Sentence) -> bool:
    """Whether the line is an article of a treaty or a numbered point: what it tells in the present is a duty."""
    first = laid.lines[sentence.line].start
    word, following = laid.tokens.words[first], laid.tokens.words[first + 1 : first + 2]
    above = laid.lines[sentence.line - 1] if sentence.line else None
    if above is not None and laid.tokens.words[above.start] in ("статья", "пункт"):
        return True
    return sentence.item or (word in ("статья", "пункт", "ст", "п") and bool(following)) or word.isdecimal()


def question_of(laid: Layout, sentence: Sentence) -> Range | None:
    """What was asked, in *Answering a question whether ..., X said*."""
    words = laid.tokens.words
    near = range(sentence.start, min(sentence.end, sentence.start + 4))
    first = next((i for i in near if is_any(laid, i, "question_marks")), None)
    if first is None:
        return None
    while first + 1 < sentence.end and words[first] in _LEADS:
        first += 1
    stop = next((i for i in range(first, sentence.end) if words[i] in (",", "،")), first)
    return (first, stop) if stop - first >= 2 else None
