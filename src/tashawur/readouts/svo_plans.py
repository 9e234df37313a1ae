"""What a party will do, told in English or Russian by a text that speaks for its authors; and what it finds untrue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tashawur.readouts import russian
from tashawur.readouts.around import Around
from tashawur.readouts.drafts import Draft, Range
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.names import Parties, is_any, speakerish
from tashawur.readouts.scenes import Scene
from tashawur.readouts.shapes import end_of
from tashawur.readouts.svo_subjects import Subjects
from tashawur.readouts.values import Act


def beside(laid: Layout, parties: Parties, sentence: Sentence, found: Sequence[Draft]) -> list[Draft]:
    """What was found in a sentence with the plans behind it; where nothing was, its plans, or what it judges."""
    if found:
        return [*found, *_further_plans(laid, found[-1])]
    return list(_planned(laid, parties, sentence)) or list(_judged(laid, sentence))


def _planned(laid: Layout, parties: Parties, sentence: Sentence) -> Iterator[Draft]:
    """In a text that speaks for its authors: *the two ministers will meet in May and will report in June*."""
    words = laid.tokens.words
    near = range(sentence.start, min(sentence.end - 1, sentence.start + 30))
    verb = next((i for i in near if laid.quote_of[i] >= 0 or _tells_plan(laid, i, sentence)), None)
    if verb is None or laid.quote_of[verb] >= 0:
        return
    if any(words[i] in ("что", "that", "который", "которые", "которая") for i in range(sentence.start, verb)):
        return
    before = _around(laid, parties, sentence).past_adverbs(verb)
    begin = next((i + 1 for i in range(before - 1, sentence.start, -1) if words[i] == ","), sentence.start)
    led = words[sentence.start] in laid.lexicon.words["conditional_words"] or is_any(laid, sentence.start, "openers")
    subject = _subject_of_plan(laid, parties, sentence, begin if led else sentence.start, verb)
    if subject is None:
        return
    end = end_of(laid, sentence)
    more = [i for i in range(verb + 2, end - 2) if words[i] in ("will", "shall") and words[i - 1] in ("and", ",")]
    if laid.lexicon.lang == "ru":
        more = [i for i in range(verb + 2, end - 2) if words[i - 1] == "и" and _tells_plan(laid, i, sentence)]
    begins, verbs, ends = [sentence.start, *more], [verb, *more], [*(i - 1 for i in more), end]
    for begin, at, stop in zip(begins, verbs, ends, strict=True):
        yield Draft((begin, stop), (at, at + 1), "announced", "narrative", subject)


def _further_plans(laid: Layout, told: Draft) -> Iterator[Draft]:
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


def _judged(laid: Layout, sentence: Sentence) -> Iterator[Draft]:
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


def _subject_of_plan(laid: Layout, parties: Parties, sentence: Sentence, begin: int, verb: int) -> Range | None:
    """Who will do it: a side, ministry or person next to the verb; nothing else plans."""
    around = _around(laid, parties, sentence)
    stop, first = around.past_adverbs(verb), around.past_lead_in(begin)
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
        if russian.is_perfective_of_one(word) and "я" in laid.tokens.words[max(sentence.start, i - 3) : i]:
            return True
        if russian.is_perfective_of_us(word) and "мы" in laid.tokens.words[max(sentence.start, i - 3) : i]:
            return True
        return russian.is_perfective_future(word) or _does_now(laid, i, sentence)
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
