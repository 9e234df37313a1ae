"""What is said without a verb that says so: headlines with a colon, transcripts, and plans in the authors' own text."""

from __future__ import annotations

from collections.abc import Iterator

from tashawur.readouts import acts, vso
from tashawur.readouts.drafts import Draft, Range
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.names import Parties, is_any
from tashawur.readouts.speakers import answering

_MARKS = ('"', "«", "“")
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
    if said >= 4 and laid.tokens.words[sentence.end - 1] not in ("?", "؟"):
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
    near = range(sentence.start, min(sentence.end - 1, sentence.start + 18))
    verb = next((i for i in near if laid.quote_of[i] >= 0 or _tells_plan(laid, i, sentence)), None)
    if verb is None or laid.quote_of[verb] >= 0:
        return
    arabic = laid.lexicon.lang == "ar"
    begin = next((i + 1 for i in range(verb - 1, sentence.start, -1) if words[i] == ","), sentence.start)
    led = words[sentence.start] in laid.lexicon.words["conditional_words"] or is_any(laid, sentence.start, "openers")
    subject = (
        vso.subject_behind(laid, parties, verb, sentence.end) if arabic else (begin if led else sentence.start, verb)
    )
    if subject is None or subject[1] <= subject[0]:
        return
    end = end_of(laid, sentence)
    more = [i for i in range(verb + 2, end - 2) if words[i] in ("will", "shall") and words[i - 1] in ("and", ",")]
    begins, verbs, ends = [sentence.start, *more], [verb, *more], [*(i - 1 for i in more), end]
    for begin, at, stop in zip(begins, verbs, ends, strict=True):
        yield Draft((begin, stop), (at, at + 1), "announced", "narrative", subject)


def _tells_plan(laid: Layout, i: int, sentence: Sentence) -> bool:
    word = laid.tokens.words[i]
    if is_any(laid, i, "will_verbs"):
        return True
    if laid.lexicon.lang == "ru":
        return acts.is_perfective_future(word)
    if laid.lexicon.lang == "ar":
        bare = word[1:] if word[0] in "وف" else word
        future = bare[:2] in ("سي", "ست") and len(bare) > 4
        return future or (i == sentence.start and sentence.item and vso.is_present(laid, i))
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
