"""What is said without a verb that says so: headlines with a colon, transcripts, and plans in the authors' own text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tashawur.readouts import acts, plans, subjects
from tashawur.readouts.drafts import Draft, Range
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.names import Parties, is_any, speakerish
from tashawur.readouts.speakers import answering

_MARKS = ('"', "«", "“")
_LEADS = frozenset(["answering", "responding", "response", "reply", "отвечая", "to", "a", "на", "in"])


def lead_of(laid: Layout, sentence: Sentence) -> Range | None:
    """The subject of *The ministers of A and B, meeting in C:*, whose list follows; other prose has none."""
    words = laid.tokens.words
    if words[sentence.end - 1] != ":":
        return _preamble(laid, sentence)
    first = sentence.start
    while first < sentence.end:
        stop = next(i for i in range(first, sentence.end) if words[i] == ":" or _ends_names(laid, i))
        if stop > first and not is_any(laid, first, "openers"):
            return first + (stop - first > 1 and words[first] in ("ان", "فان")), stop
        first = stop + 1
    return None


def _preamble(laid: Layout, sentence: Sentence) -> Range | None:
    """*إن الأطراف المتعاقدة، وهي ...،*: the subject of a treaty, whose preamble follows line by line."""
    words = laid.tokens.words
    opens = laid.lexicon.lang == "ar" and laid.for_authors and words[sentence.start] in ("ان", "نحن")
    if not opens or words[sentence.end - 1] not in ("،", ","):
        return None
    stop = next(i for i in range(sentence.start, sentence.end) if words[i] in ("،", ","))
    return (sentence.start + 1, stop) if stop > sentence.start + 1 else None


def goes_on(laid: Layout, sentence: Sentence) -> bool:
    """Whether a sentence belongs to the subject before a list: a point, or a line of a preamble (*وإذ تشيد ...*)."""
    return sentence.item or (laid.lexicon.lang == "ar" and laid.tokens.words[sentence.start] in ("اذ", "واذ"))


def only_leads(laid: Layout, draft: Draft, sentence: Sentence) -> bool:
    """Whether a sentence says what its list tells: *اتفق الجانبان على ما يلي:*."""
    words, follow = laid.tokens.words, laid.lexicon.words.get("as_follows", frozenset())
    inside = [word for word in words[draft.content[0] : draft.content[1]] if word[0].isalnum()]
    return bool(follow) and words[sentence.end - 1] == ":" and all(word in follow for word in inside)


def listed(laid: Layout, sentence: Sentence, head: Draft) -> Iterator[Draft]:
    """A point of a list whose verb stands before it."""
    end = end_of(laid, sentence)
    first = sentence.start + (laid.tokens.words[sentence.start] in ("ان", "علي"))
    if end - first >= 2:
        yield Draft((first, end), head.cue, head.act, "indirect", head.speaker, cue_trim=head.cue_trim, form=head.form)


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
    if laid.tokens.words[sentence.start] in ("(", "["):
        return
    said = sum(laid.tokens.is_word(i) for i in range(sentence.start, end))
    short = laid.lexicon.lang == "ar" and said >= 2 and _arabic_verb(laid, sentence.start)
    short = short or (said >= 3 and is_any(laid, sentence.start, "demonstratives"))
    if (said >= 4 or short) and laid.tokens.words[sentence.end - 1] not in ("?", "؟"):
        cue = (label[1], label[1] + 1)
        yield Draft((sentence.start, end), cue, "claimed", "direct", answering(laid, label), spoken=True)


def _arabic_verb(laid: Layout, i: int) -> bool:
    """Whether the sentence opens with a verb or its negation, and so says something in two words."""
    word = laid.tokens.words[i]
    return word in laid.lexicon.words["negators"] or subjects.is_present(laid, i) or (word[0] in "نس" and len(word) > 4)


def colon_headline(laid: Layout, parties: Parties, sentence: Sentence) -> Iterator[Draft]:
    """*Ministry: the sides have agreed*."""
    words = laid.tokens.words
    colon = next(
        (i for i in range(sentence.start + 1, min(sentence.end - 3, sentence.start + 9)) if words[i] == ":"), None
    )
    if colon is None or laid.lexicon.lines["related"].match(laid.tokens.text, laid.tokens.starts[sentence.start]):
        return
    if laid.lexicon.lang == "ar" and not _names_somebody(laid, parties, sentence.start, colon):
        return
    start = colon + 1
    quote = laid.quote_of[start + 1] if words[start] in _MARKS else -1
    content = start, sentence.end
    if quote >= 0 and laid.quotes[quote].end >= sentence.end - 2:
        content = laid.quotes[quote].start, laid.quotes[quote].end
    whose = quote if quote >= 0 else None
    yield Draft(content, (colon, start), "claimed", "headline", (sentence.start, colon), quote=whose)


def _names_somebody(laid: Layout, parties: Parties, start: int, end: int) -> bool:
    """Whether an Arabic headline has a speaker before its colon: no date and no *Chronology:*."""
    words = laid.tokens.words[start:end]
    if any(word[0].isdecimal() for word in words) or any(is_any(laid, i, "weekdays") for i in range(start, end)):
        return False
    if is_any(laid, start, "labels"):
        return False
    return len(words) == 1 or speakerish(laid, parties, start, end) or any(word in parties.names for word in words)


def planned(laid: Layout, parties: Parties, sentence: Sentence, found: Sequence[Draft]) -> Iterator[Draft]:
    """In a text that speaks for its authors: *the two ministers will meet in May and will report in June*."""
    if laid.lexicon.lang == "ar":
        # *يتعاون الأطراف ...، ويمتنعون عن ...*: the plan stands before the first verb that was found.
        cues = [one.cue[0] for one in found if one.cue is not None]
        yield from plans.planned(laid, parties, sentence, min([end_of(laid, sentence), *cues]))
        if found and not found[-1].quote:
            yield from _further_plan(laid, parties, sentence, found[-1].content[1])
        return
    if found:
        return
    words = laid.tokens.words
    near = range(sentence.start, min(sentence.end - 1, sentence.start + 18))
    verb = next((i for i in near if laid.quote_of[i] >= 0 or _tells_plan(laid, i)), None)
    if verb is None or laid.quote_of[verb] >= 0:
        return
    begin = next((i + 1 for i in range(verb - 1, sentence.start, -1) if words[i] == ","), sentence.start)
    led = words[sentence.start] in laid.lexicon.words["conditional_words"] or is_any(laid, sentence.start, "openers")
    subject = begin if led else sentence.start, verb
    if subject[1] <= subject[0]:
        return
    end = end_of(laid, sentence)
    more = [i for i in range(verb + 2, end - 2) if words[i] in ("will", "shall") and words[i - 1] in ("and", ",")]
    begins, verbs, ends = [sentence.start, *more], [verb, *more], [*(i - 1 for i in more), end]
    for begin, at, stop in zip(begins, verbs, ends, strict=True):
        yield Draft((begin, stop), (at, at + 1), "announced", "narrative", subject)


def _further_plan(laid: Layout, parties: Parties, sentence: Sentence, stop: int) -> Iterator[Draft]:
    """*تتكفل نيرفا بالشتلات، وتتحمل سوران نفقات نقلها*: the plan behind what was found."""
    end = end_of(laid, sentence)
    if stop + 3 < end and laid.tokens.words[stop] in ("،", ",") and laid.tokens.words[stop + 1][0] == "و":
        yield from plans.planned(laid, parties, replace(sentence, start=stop + 1), end)


def _tells_plan(laid: Layout, i: int) -> bool:
    word = laid.tokens.words[i]
    if is_any(laid, i, "will_verbs"):
        return True
    if laid.lexicon.lang == "ru":
        return acts.is_perfective_future(word)
    return False


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
