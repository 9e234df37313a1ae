"""How a text is laid out: lines that are furniture, headline and related links, quotations, sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from tashawur.readouts.lexicon import Lexicon
from tashawur.readouts.russian import is_past
from tashawur.readouts.tokens import Tokens, tokens
from tashawur.readouts.values import RegionType

LineType = Literal["body", "headline", "boilerplate", "related_link", "preamble", "dateline", "question"]

_REGIONS: Final[Mapping[LineType, RegionType]] = {
    "headline": "headline",
    "boilerplate": "boilerplate",
    "related_link": "related_link",
    "preamble": "preamble",
    "dateline": "dateline",
}
_OPENING: Final = {"«": "»", "“": "”", "„": "“”", "‘": "’"}
_CLOSING: Final = frozenset("»”")
"""Closing marks; ’, which is folded to an apostrophe, is one only where ‘ opened."""
_STOPS: Final = frozenset(".!?؟…")
_ENDS: Final = _STOPS | {";"}
"""Marks with which a sentence may end."""
_OFTEN: Final = 3
"""So many words of the first person tell that a text speaks for its writer."""
_HEADLINE_WORDS: Final = 26
_ORDINALS: Final = frozenset(
    ["اولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا", "اخيرا"]
)
_BULLETS: Final = frozenset("-–—•*·")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation by the tokens inside it, `start` to `end`, the end exclusive; the marks themselves are outside."""

    start: int
    end: int
    flags: tuple[str, ...] = ()
    outer: bool = True
    part: bool = False
    """Whether it is a part of a quotation that who speaks stands in the midst of."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line by its tokens."""

    type: LineType
    start: int
    end: int
    label: tuple[int, int] | None = None
    """In a transcript, who speaks in the line: tokens before its colon."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its tokens; `item` when it begins a point of a list."""

    start: int
    end: int
    line: int
    item: bool = False


@dataclass(slots=True)
class Layout:
    """A text laid out."""

    tokens: Tokens
    lexicon: Lexicon
    lines: Sequence[Line]
    quotes: Sequence[Quoted]
    sentences: Sequence[Sentence]
    quote_of: Sequence[int]
    """For each token the number of the outer quotation that it stands in, or -1."""
    groups: Sequence[frozenset[str]]
    """For each token the groups of words of the lexicon that it belongs to."""
    for_authors: bool
    """Whether the text speaks for those who issue it: a joint statement, a ministry's release."""
    insertions: Sequence[tuple[int, int]] = field(default_factory=list)
    """Bracketed insertions inside quotations, by tokens with their brackets."""
    names: frozenset[str] = frozenset()
    """Words of an Arabic text that it shows to be names: there are no capitals that would tell them."""
    _quote_starts: Sequence[int] = field(init=False)
    insertion_ends: Mapping[int, int] = field(init=False)
    """Where each insertion begins, by the token at which it does, and where it ends."""

    def __post_init__(self) -> None:
        self._quote_starts = [quote.start for quote in self.quotes]
        self.insertion_ends = dict(self.insertions)

    def quotes_in(self, start: int, end: int) -> range:
        """The numbers of the quotations, outer and inner, that begin between two tokens."""
        return range(bisect_left(self._quote_starts, start), bisect_left(self._quote_starts, end))


def layout(text: str, lexicon: Lexicon) -> Layout:
    """Lays the text out. Linear in its length."""
    marks = tokens(text)
    lines = _lines(text, marks, lexicon)
    quotes: list[Quoted] = []
    insertions: list[tuple[int, int]] = []
    for line in lines:
        found = [part for quote in _quotes(marks, line.start, line.end) for part in _parted(marks, quote, lexicon)]
        quotes += found
        insertions += [one for quote in found if quote.outer for one in _insertions(marks, quote)]
    quote_of = [-1] * len(marks)
    for number, quote in enumerate(quotes):
        if quote.outer:
            quote_of[quote.start : quote.end] = [number] * (quote.end - quote.start)
    sentences = [
        sentence
        for number, line in enumerate(lines)
        if line.type in ("body", "headline", "related_link")
        for sentence in _sentences(marks, line, number, quote_of, lexicon)
    ]
    head = text[:600].lower()
    groups = [lexicon.groups_of(word) for word in marks.words]
    for_authors = bool(lexicon.lines["speaks_for_authors"].search(head))
    for_authors = for_authors or (lexicon.lang != "ar" and _in_first_person(lines, quote_of, groups))
    return Layout(marks, lexicon, lines, quotes, sentences, quote_of, groups, for_authors, insertions)


def _in_first_person(lines: Sequence[Line], quote_of: Sequence[int], groups: Sequence[frozenset[str]]) -> bool:
    """Whether the text says *I* or *we* again and again outside quotations: it speaks for who wrote it."""
    said = (
        i
        for line in lines
        if line.type == "body" and line.label is None
        for i in range(line.start, line.end)
        if quote_of[i] < 0 and "first_person" in groups[i]
    )
    return sum(1 for _ in said) >= _OFTEN


def regions(laid: Layout) -> Iterator[tuple[RegionType, int, int]]:
    """The parts that are not running text: their type, start and end as code points."""
    marks = laid.tokens
    for line in laid.lines:
        kind = _REGIONS.get(line.type)
        if kind is not None and line.end > line.start:
            yield kind, marks.starts[line.start], marks.ends[line.end - 1]
    for start, end in laid.insertions:
        yield "editorial_insertion", marks.starts[start], marks.ends[end - 1]


def _lines(text: str, marks: Tokens, lexicon: Lexicon) -> list[Line]:
    spans: list[tuple[int, int]] = []
    i = 0
    place = 0
    number = len(marks)
    while place <= len(text):
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        begin = i
        while i < number and marks.starts[i] < end:
            i += 1
        if i > begin:
            spans.append((begin, i))
        place = end + 1
    found: list[Line] = []
    seen_body = False
    for number_, (begin, finish) in enumerate(spans):
        kind = _furniture(marks, begin, finish, lexicon)
        if kind is None:
            follows = number_ + 1 < len(spans)
            bare = follows and _is_bare(marks, begin, finish)
            kind = "body" if not bare else "headline" if not found else "related_link" if seen_body else "dateline"
        seen_body = seen_body or kind == "body"
        found.append(Line(kind, begin, finish))
    return _with_labels(marks, found, lexicon)


def _with_labels(marks: Tokens, lines: list[Line], lexicon: Lexicon) -> list[Line]:
    """In a transcript (*QUESTION: ...*, *MR X: ...*) each line with who speaks in it; questions are set apart."""
    labels = [_label(marks, line, lexicon) for line in lines]
    asked = [
        label is not None and _asks(marks, line, label, lexicon) for line, label in zip(lines, labels, strict=True)
    ]
    names = [tuple(marks.words[label[0] : label[1]]) for label in labels if label is not None]
    if not any(asked) and len(names) == len(set(names)):
        return lines
    if lexicon.lang != "ar":
        asked = _by_same_askers(marks, labels, asked)
    found: list[Line] = []
    speaking: tuple[int, int] | None = None
    questioning = False
    for line, label, question in zip(lines, labels, asked, strict=True):
        if label is not None and line.type in ("body", "question", "dateline", "related_link"):
            speaking, questioning = label, question
        elif speaking is not None and _told_apart(marks, line, lexicon, speaking):
            speaking, questioning = None, False
        if speaking is None or line.type in ("boilerplate", "preamble", "headline"):
            found.append(line)
        elif questioning:
            found.append(Line("question", line.start, line.end))
        else:
            start = label[1] + 1 if label is not None else line.start
            found.append(Line("body", start, line.end, speaking))
    return found


def _by_same_askers(marks: Tokens, labels: Sequence[tuple[int, int] | None], asked: Sequence[bool]) -> list[bool]:
    """Who has asked once asks in each line under the same label."""
    names = [tuple(marks.words[slice(*label)]) if label else () for label in labels]
    askers = {name for name, asks in zip(names, asked, strict=True) if asks}
    return [asks or name in askers for name, asks in zip(names, asked, strict=True)]


def _told_apart(marks: Tokens, line: Line, lexicon: Lexicon, speaking: tuple[int, int]) -> bool:
    """Whether a line without a name is a report again: it stands apart, tells in the past, or names who spoke."""
    before = marks.text[marks.ends[line.start - 1] : marks.starts[line.start]] if line.start else ""
    if "\n\n" not in before.replace("\r", "").replace(" ", ""):
        return False
    if lexicon.lang != "ar" and any(
        marks.words[i] == marks.words[speaking[1] - 1]
        or not lexicon.groups_of(marks.words[i]).isdisjoint(("spoken_for",))
        for i in range(line.start, line.end)
    ):
        return True
    return any(
        cue.form in ("past", "m", "f") and cue.act in ("claimed", "announced")
        for i in range(line.start, line.end)
        for cue in lexicon.cues.get(marks.words[i], ())
    )


def _asks(marks: Tokens, line: Line, label: tuple[int, int], lexicon: Lexicon) -> bool:
    """Whether who speaks in the line asks: by the label (*QUESTION:*, a newspaper), or by the mark at its end."""
    if marks.words[line.end - 1] in ("?", "؟") or lexicon.lines["question"].match(marks.text, marks.starts[label[0]]):
        return True
    if any(marks.words[i] in _OPENING for i in range(*label)):
        return True
    if lexicon.lang == "ar":
        # The first word says what it is: *وكالة ...*; a ministry of information is none.
        return marks.words[label[0]] in lexicon.words["media"]
    return any("media" in lexicon.groups_of(marks.words[i]) for i in range(*label))


_LABEL: Final[Mapping[str, int]] = {"ar": 7, "en": 9, "ru": 9}
"""Tokens of a line among which the colon of a label stands."""


def _is_initial(marks: Tokens, i: int) -> bool:
    """*Е.В.Корвина*: a letter of a name is no preposition."""
    return len(marks.words[i]) == 1 and marks.words[i + 1 : i + 2] == ["."] and marks.raw(i).isupper()


def _label(marks: Tokens, line: Line, lexicon: Lexicon) -> tuple[int, int] | None:
    words, start, cues = marks.words, line.start, lexicon.cues
    near = words[start + 1 : min(line.end, start + _LABEL[lexicon.lang])]
    if ":" not in near:
        return None
    colon = start + 1 + near.index(":")
    if colon > start + 1 and (words[start] in cues or words[start][1:] in cues):
        return None
    if any(
        words[i] in (",", "،") or ((words[i] in cues or _tells(marks, i, lexicon)) and not _is_initial(marks, i))
        for i in range(start + 1, colon)
    ):
        return None
    known = _marks_of_label(marks, start, colon, lexicon)
    whole = all(marks.is_word(i) or words[i] in known for i in range(start, colon))
    return (start, colon) if whole else None


def _marks_of_label(marks: Tokens, start: int, colon: int, lexicon: Lexicon) -> Sequence[str]:
    """The marks that may stand in a label: those of a quotation only in the name of a paper."""
    if lexicon.lang == "ar":
        paper = marks.words[start] in lexicon.words["media"]
    else:
        paper = marks.words[colon - 1] in _CLOSING or marks.words[start] in _OPENING
    return (".", "-", *_OPENING, *_CLOSING) if paper else (".", "-")


def _tells(marks: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word before a colon is a verb in the past: *the spokesman ended the talk: ...* is no label."""
    if lexicon.lang == "ar" or marks.raw(i)[0].isupper():
        return False
    endings = ("ал", "ил", "ала", "ила", "али", "или", "лся", "лась", "лись") if lexicon.lang == "ru" else ("ed",)
    return len(marks.words[i]) > 4 and marks.words[i].endswith(endings)


def _furniture(marks: Tokens, start: int, end: int, lexicon: Lexicon) -> LineType | None:
    """What a line is by the phrases that the lexicon knows; None where it may be running text."""
    text = marks.text[marks.starts[start] : marks.ends[end - 1]].strip()
    length = end - start
    if length <= 12 and lexicon.lines["boilerplate"].fullmatch(text):
        return "boilerplate"
    if lexicon.lines["related"].match(text):
        return "related_link"
    if length <= 40 and lexicon.lines["preamble"].fullmatch(text):
        return "preamble"
    if lexicon.lines["question"].match(text) and ":" in text[:60]:
        return "question"
    return None


def _is_bare(marks: Tokens, start: int, end: int) -> bool:
    """Whether a line is short and does not end as a sentence does: a headline, or a link to another article."""
    text = marks.text[marks.starts[start] : marks.ends[end - 1]].strip()
    quoted = text[-1] in '"»”' and text.rstrip('"»”')[-1:] not in ".!?؟…,،"
    ended = text[-1] in '.!?؟…:;"»”،,' and not quoted
    return not ended and end - start <= _HEADLINE_WORDS and not _is_item(marks, start)


def _is_item(marks: Tokens, start: int) -> bool:
    word, after = marks.words[start], marks.words[start + 1 : start + 2]
    numbered = word.isdecimal() or (len(word) == 1 and word >= "\u0621")
    lettered = len(word) == 1 and word.isalpha() and after == [")"]
    if word in _BULLETS or lettered or (numbered and after in (["."], [")"], ["-"])):
        return True
    return word in _ORDINALS and after in ([":"], ["-"], ["،"], ["."])


def _quotes(marks: Tokens, start: int, end: int) -> list[Quoted]:
    """Quotations of one line. Marks that stand doubled count once; what is never closed ends with the line."""
    found: list[Quoted] = []
    stack: list[tuple[str, int, tuple[str, ...]]] = []
    i = start
    while i < end:
        word = marks.words[i]
        german = word == "“" and bool(stack) and stack[-1][0] == "„"
        if (word in _OPENING and not german) or (word == '"' and not (stack and stack[-1][0] == '"')):
            flags: tuple[str, ...] = ()
            if i + 1 < end and marks.words[i + 1] == word and marks.glued(i + 1):
                i += 1
                flags = ("doubled_opening_quote",)
            stack.append((word, i + 1, flags))
        elif stack and _closes(word, stack[-1][0]):
            _, begin, flags = stack.pop()
            if i > begin:
                found.append(Quoted(begin, i, flags, outer=not stack))
        i += 1
    while stack:
        _, begin, flags = stack.pop()
        finish = end - 1 if end - 1 > begin and marks.words[end - 1] in _STOPS else end
        if finish > begin:
            found.append(Quoted(begin, finish, (*flags, "unclosed_quote"), outer=not stack))
    return sorted(found, key=lambda quote: quote.start)


def _closes(word: str, opened: str) -> bool:
    """Whether a mark closes a quotation that `opened` begins."""
    return word == '"' or word in _CLOSING or (word == "“" and opened == "„") or (word == "'" and opened == "‘")


def _parted(marks: Tokens, quote: Quoted, lexicon: Lexicon) -> Iterator[Quoted]:
    """A quotation that takes in who speaks (*«..., — said X. — ...»*) as its parts without that."""
    begin = quote.start
    i = quote.start if quote.outer else quote.end
    while i < quote.end - 1:
        if (
            marks.words[i] in ("—", "–")
            and marks.words[i - 1] in (",", ".", "!", "?", "…", "...")
            and _says(marks, i, lexicon)
        ):
            if i - begin >= 2:
                yield Quoted(begin, i - 1 if marks.words[i - 1] == "," else i, quote.flags, quote.outer, part=True)
            after = next((n for n in range(i + 1, quote.end) if marks.words[n] in ("—", "–")), quote.end)
            begin = i = after + 1
        i += 1
    if begin == quote.start:
        yield quote
    elif quote.end - begin >= 2:
        yield Quoted(begin, quote.end, quote.flags, quote.outer, part=True)


def _says(marks: Tokens, dash: int, lexicon: Lexicon) -> bool:
    """Whether a verb of saying stands behind the dash; in Russian any verb in the past that follows it at once."""
    if any(word in lexicon.cues for word in marks.words[dash + 1 : dash + 3]):
        return True
    return lexicon.lang == "ru" and dash + 1 < len(marks) and is_past(marks.words[dash + 1])


def _insertions(marks: Tokens, quote: Quoted) -> Iterator[tuple[int, int]]:
    opened = -1
    for i in range(quote.start, quote.end):
        if marks.words[i] in ("(", "["):
            opened = i
        elif marks.words[i] in (")", "]") and opened >= 0:
            yield opened, i + 1
            opened = -1


def _sentences(marks: Tokens, line: Line, number: int, quote_of: Sequence[int], lexicon: Lexicon) -> Iterator[Sentence]:
    start = line.start
    if line.type == "related_link" and lexicon.lines["related"].match(marks.text, marks.starts[start]):
        start = next((i + 1 for i in range(start, min(line.end, start + 5)) if marks.words[i] == ":"), start)
    item = _is_item(marks, start) if start < line.end else False
    if item:
        start += 1 if marks.words[start] in _BULLETS else 2
    for i in range(start, line.end):
        if marks.words[i] in _ENDS and _ends_sentence(marks, i, line.end, quote_of, lexicon):
            stop = i + 1
            # A closing quotation mark and brackets belong to the sentence before them.
            while (
                stop < line.end
                and marks.words[stop] in ("»", "”", "'", '"', ")")
                and (quote_of[i] >= 0 or marks.words[stop] == ")")
            ):
                stop += 1
            if stop > start:
                yield Sentence(start, stop, number, item)
                item = False
            start = stop
    if start < line.end:
        yield Sentence(start, line.end, number, item)


def _ends_sentence(marks: Tokens, i: int, end: int, quote_of: Sequence[int], lexicon: Lexicon) -> bool:
    word = marks.words[i]
    if word == ";":
        return lexicon.lang != "ar" and quote_of[i] < 0 and _clause_behind(marks, i, end, lexicon)
    inside = quote_of[i] >= 0
    after = i + 1
    if inside:
        # Only the stop that closes a quotation can end the sentence around it.
        if after < end and quote_of[after] == quote_of[i]:
            return False
        after += 1
        return after >= end or _begins_sentence(marks, after)
    if after >= end:
        return True
    if marks.glued(after) and marks.words[after] not in ("»", "”", "'", '"', ")"):
        return False
    if word == "." and i > 0:
        before = marks.words[i - 1]
        if before in lexicon.words["abbreviations"] or (
            len(before) == 1 and before.isalpha() and marks.raw(i - 1).isupper()
        ):
            return False
    return word != "…" or _begins_sentence(marks, after)


def _clause_behind(marks: Tokens, semicolon: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a clause of its own follows a semicolon; *welcomed ...; agreed to ...* is one sentence."""
    first = semicolon + 1
    if first < end and marks.words[first] in ("and", "и", "а", "but", "но"):
        first += 1
    return first + 2 < end and marks.is_word(first) and marks.words[first] not in lexicon.cues


def _begins_sentence(marks: Tokens, i: int) -> bool:
    letter = marks.raw(i)[:1]
    return not letter.isalpha() or not letter.islower()
