"""What is said without a verb that says so: headlines with a colon, transcripts, and plans in the authors' own text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tashawur.readouts.arabic_subjects import is_present
from tashawur.readouts.around import Around
from tashawur.readouts.drafts import Draft, Range
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.names import Parties, is_any, speakerish
from tashawur.readouts.scenes import Scene
from tashawur.readouts.speakers import answering

_MARKS = ('"', "«", "“")
_TOPICAL = frozenset(["на", "о", "об", "по", "для", "за", "on", "over", "about", "for", "talks", "переговоры"])
"""In a headline these stand in what names its topic, not in a name of who speaks: *Пошлины на сталь: ...*."""
_ABOUT = frozenset(["في", "بعد", "حول", "بشان", "خلال", "قبل", "بين", "علي"])
"""In an Arabic headline these tell of a topic, save behind an official."""
_SPOKEN = 4
"""Words with which a sentence of a transcript says something."""
_GREETING = 10
"""Words up to which a sentence that begins as a greeting is one."""
_LEADS = frozenset(["answering", "responding", "response", "reply", "отвечая", "to", "a", "на", "in"])


def lead_of(laid: Layout, sentence: Sentence) -> Range | None:
    """The subject of *The ministers of A and B, meeting in C:*, whose list follows; other prose has none."""
    words = laid.tokens.words
    if words[sentence.end - 1] != ":":
        return _preamble(laid, sentence)
    first = sentence.start
    while first < sentence.end:
        stop = next(i for i in range(first, sentence.end) if words[i] == ":" or _ends_names(laid, i))
        if stop > first and not is_any(laid, first, "openers") and not _opens_with_verb(laid, first):
            return first + (stop - first > 1 and words[first] in ("ان", "فان")), stop
        first = stop + 1
    return None


def _opens_with_verb(laid: Layout, i: int) -> bool:
    """*عقد وزراء الزراعة اجتماعهم ...:*: an Arabic word before an official without article is no part of a name."""
    known = is_any(laid, i, "groups", "ministries", "bodies", "roles", "openers")
    if laid.lexicon.lang != "ar" or known or laid.tokens.words[i] in ("ان", "فان"):
        return False
    return i + 1 < len(laid.tokens) and is_any(laid, i + 1, "roles", "groups", "ministries")


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
    greeting = laid.lexicon.lines.get("greeting")
    if greeting and said <= _GREETING and greeting.match(laid.tokens.text, laid.tokens.starts[sentence.start]):
        return
    tells = _tells_in_short_arabic if laid.lexicon.lang == "ar" else _tells_in_short
    if (said >= _SPOKEN or tells(laid, sentence, said)) and laid.tokens.words[sentence.end - 1] not in ("?", "؟"):
        cue = (label[1], label[1] + 1)
        yield Draft((sentence.start, end), cue, "claimed", "direct", answering(laid, label), spoken=True)


def _tells_in_short(laid: Layout, sentence: Sentence, said: int) -> bool:
    """*That is untrue*, *Ложь*: three words say something, fewer where they deny."""
    words = laid.tokens.words
    told = (laid.lexicon.phrases[group] for group in ("falsity", "praise", "thanking"))
    return said >= 3 or (said >= 2 and any(one.within(words, sentence.start, sentence.end) for one in told))


def _tells_in_short_arabic(laid: Layout, sentence: Sentence, said: int) -> bool:
    """*لن نتراجع*, *هذا غير صحيح*: two words say something that open with a verb or its negation, three with *this*."""
    i, word = sentence.start, laid.tokens.words[sentence.start]
    if said >= 2 and laid.lexicon.phrases["falsity"].within(laid.tokens.words, i, sentence.end):
        return True
    verb = word in laid.lexicon.words["negators"] or is_present(laid, i) or (word[0] in "نس" and len(word) > 4)
    return (said >= 2 and verb) or (said >= 3 and is_any(laid, i, "demonstratives"))


def colon_headline(laid: Layout, parties: Parties, sentence: Sentence) -> Iterator[Draft]:
    """*Ministry: the sides have agreed*."""
    words = laid.tokens.words
    colon = next(
        (i for i in range(sentence.start + 1, min(sentence.end - 3, sentence.start + 9)) if words[i] == ":"), None
    )
    if colon is None or laid.lexicon.lines["related"].match(laid.tokens.text, laid.tokens.starts[sentence.start]):
        return
    if laid.quote_of[colon - 2] >= 0 or not _names_somebody(laid, parties, sentence.start, colon):
        return
    start = colon + 1
    quote = laid.quote_of[start + 1] if words[start] in _MARKS else -1
    content = start, sentence.end
    if quote >= 0 and laid.quotes[quote].end >= sentence.end - 2:
        content = laid.quotes[quote].start, laid.quotes[quote].end
    whose = quote if quote >= 0 else None
    yield Draft(content, (colon, start), "claimed", "headline", (sentence.start, colon), quote=whose)


def dashed_headline(laid: Layout, parties: Parties, sentence: Sentence) -> Iterator[Draft]:
    """*Talks were difficult – Varesh*, *Стороны близки к соглашению — МИД*: who says so stands behind a dash."""
    words, end = laid.tokens.words, end_of(laid, sentence)
    near = range(end - 2, max(sentence.start + 2, end - _LONGEST_SOURCE), -1)
    dash = next((i for i in near if words[i] in ("—", "–", "-") and not laid.tokens.glued(i)), None)
    if dash is None or any(words[i] in ("—", "–") for i in range(sentence.start, dash)):
        return
    if _is_source(laid, parties, sentence, dash, end):
        content = sentence.start, dash
        number = laid.quote_of[sentence.start + 1] if words[sentence.start] in _MARKS else -1
        if number >= 0 and laid.quotes[number].end >= dash - 1:
            content = laid.quotes[number].start, laid.quotes[number].end
        whose = number if number >= 0 else None
        yield Draft(content, (dash, dash + 1), "claimed", "headline", (dash + 1, end), quote=whose)


def _is_source(laid: Layout, parties: Parties, sentence: Sentence, dash: int, end: int) -> bool:
    """Whether the words behind a dash name who says so; in *... линии Илвен — Корда* they are a further place."""
    if any(laid.quote_of[i] >= 0 or laid.tokens.words[i] in _TOPICAL for i in range(dash + 1, end)):
        return False
    if any(i in parties.code_at or is_any(laid, i, "roles", "ministries", "media") for i in range(dash + 1, end)):
        return True
    around = Around(Scene(laid, parties, sentence.start, sentence.end, laid.lines[sentence.line].type, None))
    told = any(around.verbish(i) for i in range(sentence.start, dash))
    return told and speakerish(laid, parties, dash + 1, end)


_LONGEST_SOURCE: Final = 7
"""Tokens at the end of a headline that may name who says so."""


def _names_somebody(laid: Layout, parties: Parties, start: int, end: int) -> bool:
    """Whether a headline has a speaker before its colon: no topic (*Tariffs on steel:*), no date, no *Chronology:*."""
    words = laid.tokens.words[start:end]
    if laid.lexicon.lang != "ar":
        return not any(word in _TOPICAL for word in words)
    if words[0] in _MARKS and len(words) <= 5 and words[-1] in ("»", '"', "”"):
        # *«الغد»: ...*: a paper by its name alone.
        return True
    if any(word[0].isdecimal() for word in words) or any(is_any(laid, i, "weekdays") for i in range(start, end)):
        return False
    if is_any(laid, start, "labels"):
        return False
    topic = any(word in _ABOUT for word in words) and not is_any(laid, start, "roles", "ministries", "documents")
    if topic:
        # *الأطراف الأربعة في محادثات الهضبة: ...*: what it is about.
        return False
    return len(words) == 1 or speakerish(laid, parties, start, end) or any(word in parties.names for word in words)


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
