"""A content with what the rules of acts ask of it: whether it is negated, of the future, and which words it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tashawur.readouts.drafts import Hit, Range
from tashawur.readouts.layout import Layout
from tashawur.readouts.names import any_of, is_any, is_future
from tashawur.readouts.russian import is_perfective_future, is_perfective_of_one, is_perfective_of_us
from tashawur.readouts.values import Act

COMMAS: Final = frozenset(",،;؛")


@dataclass(frozen=True, slots=True)
class Content:
    """A content with what the rules ask of it."""

    laid: Layout
    piece: Range
    act: Act
    direct: bool
    negated: bool
    future: bool
    itself: bool
    """Whether the speaker tells of itself."""
    hit: Hit | None
    """The verb that does something by being said."""
    own: frozenset[str]
    """Beginnings of words that name the speaker and its state."""
    answers: bool = False
    """Whether it stands in a transcript."""
    headed: bool = False
    """Whether it stands in a headline."""
    cued: str = ""
    """The verb by which it is told."""
    words: Sequence[str] = field(init=False)
    """The words of the content: the rules ask for them again and again."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", self.laid.tokens.words[self.piece[0] : self.piece[1]])

    def has(self, group: str, reach: int) -> bool:
        """Whether one of the words of a group stands among the first `reach` tokens."""
        first, end = self.piece
        return any_of(self.laid, first, min(end, first + reach), group)


Rule = tuple[Callable[[Content], bool], Act | None]
"""What is asked of a content, and the act where it is so; without one, that of its own verb."""


def begins_with(laid: Layout, piece: Range, group: str, reach: int) -> bool:
    """Whether one of the words of a group stands among the first `reach` tokens."""
    return any_of(laid, piece[0], min(piece[1], piece[0] + reach), group)


def denied(one: Content) -> bool:
    """*This is untrue*: something is called false."""
    return one.laid.lexicon.phrases["falsity"].within(one.laid.tokens.words, *one.piece)


def disagreed(one: Content, *, reach: int) -> bool:
    """*The positions differ*, *they have not agreed*; `reach` is how far behind a negation the word may stand."""
    if one.has("disagreements", 4) or (one.negated and one.has("agreements", reach)):
        return True
    agreed = one.hit is not None and one.hit.cue.act == "agreed" and not decides(one)
    return one.negated and agreed and not negated_deed(one)


def decides(one: Content) -> bool:
    """*We have not decided yet*: nothing is said of the other side."""
    at = one.hit.at if one.hit is not None else 0
    return one.laid.tokens.words[at].startswith(("decid", "resol", "реши", "قرر"))


def negated_deed(one: Content) -> bool:
    """*agreed not to lower the level*: what is agreed is negated, not the agreement."""
    if one.hit is None:
        return False
    behind = one.laid.tokens.words[one.hit.end : min(one.piece[1], one.hit.end + 5)]
    return any(word in one.laid.lexicon.words["negators"] for word in behind)


def negated_later(one: Content) -> bool:
    """Whether a comma stands before the negation, so that it belongs to what comes after the main clause."""
    for word in one.words:
        if word in one.laid.lexicon.words["negators"]:
            return False
        if word in COMMAS:
            return True
    return False


def main_clause(laid: Layout, piece: Range) -> Range:
    """The content past a clause that leads it in: *If an invitation comes, we will ...*, *Как только ..., мы ...*."""
    first, end = _past_bluntness(laid, piece)
    piece = first, end
    if laid.lexicon.lang == "ar" or not (
        is_any(laid, first, "conditional_words", "openers")
        or laid.lexicon.phrases["conditional"].at(laid.tokens.words, first) is not None
    ):
        return piece
    comma = next((i for i in range(first + 2, min(end - 3, first + 24)) if laid.tokens.words[i] == ","), None)
    return piece if comma is None else (comma + 1, end)


def _past_bluntness(laid: Layout, piece: Range) -> Range:
    """Past *Let me be blunt:*, *Скажу прямо:* and the like, which say nothing yet."""
    phrases = laid.lexicon.phrases.get("blunt")
    if phrases is None:
        return piece
    first, end = piece
    near = range(first, min(end - 3, first + _LEAD))
    mark = next((i for i in near if laid.tokens.words[i] in (":", ",", "—", "–", "that")), None)
    if mark is None or not any(phrases.at(laid.tokens.words, i) for i in range(first, min(mark, first + 2))):
        return piece
    return mark + 1, end


_LEAD: Final = 9
"""Tokens of a content among which such a lead ends."""


def in_future(laid: Layout, piece: Range, *, direct: bool = False) -> bool:
    """Whether the content tells of what is to come; *would* is of the future in reported words alone."""
    near = range(piece[0], min(piece[1], piece[0] + _FUTURE))
    if laid.lexicon.lang == "ar":
        return any(_future_in_arabic(laid, i) for i in near)
    words = laid.tokens.words
    if laid.lexicon.lang == "ru":
        return any(_future_in_russian(laid, i, piece[1]) for i in near)
    for i in near:
        word = words[i]
        if word == "would" and direct:
            if words[i + 1 : i + 2] in (["never"], ["not"]):
                return True
            continue
        if word.endswith("'ll") or word == "won't" or is_any(laid, i, "future", "will_verbs"):
            return True
        if word == "going" and words[i + 1 : i + 2] == ["to"]:
            return True
    return False


_FUTURE: Final = 16
"""Tokens of a content among which its verb tells the future."""


def _future_in_arabic(laid: Layout, i: int) -> bool:
    return laid.tokens.words[i] in ("لن", "ولن", "فلن") or is_any(laid, i, "future", "will_verbs") or is_future(laid, i)


def _future_in_russian(laid: Layout, i: int, end: int) -> bool:
    """*встретятся*, *будут*; *я вернусь*, *я передам*: the future in the first person of one."""
    words = laid.tokens.words
    near = words[i + 1 : min(end, i + 4)]
    alone = words[i] == "я" and any(is_perfective_of_one(word) for word in near)
    ours = words[i] == "мы" and any(is_perfective_of_us(word) for word in near)
    return alone or ours or is_any(laid, i, "future", "will_verbs") or is_perfective_future(words[i])


_THAT_NOT: Final = frozenset({"الا", "بالا", "لئلا"})


def is_negated(laid: Layout, piece: Range) -> bool:
    """Whether the content says that something is not so: a negator stands in its main clause."""
    words = laid.tokens.words
    depth = 0
    for i in range(piece[0], piece[1]):
        word = words[i]
        if word in _THAT_NOT and laid.tokens.raw(i).removeprefix("ب")[:1] == "أ":
            return True
        if word in ("(", "[") or (is_any(laid, i, "conditional") and _bare(laid, i) not in ("no",)):
            depth += 1
            if word not in ("(", "["):
                return False
        if depth == 0 and _is_negator(laid, i):
            return not _only(words, i)
    return False


def cuts_negation(laid: Layout, piece: Range) -> bool:
    """Whether a negator stands beside the content in the same clause, so that the content alone would say too much."""
    for i in range(piece[0] - 1, max(-1, piece[0] - 1 - _NEAR), -1):
        if not laid.tokens.is_word(i):
            break
        if _is_negator(laid, i) and not _only(laid.tokens.words, i):
            return True
    return piece[1] < len(laid.tokens) and _is_negator(laid, piece[1]) and not _only(laid.tokens.words, piece[1])


_NEAR: Final = 3
"""Words before a content among which a negator belongs to it."""


def _is_negator(laid: Layout, i: int) -> bool:
    negators, word = laid.lexicon.words["negators"], laid.tokens.words[i]
    return word in negators or word.endswith("n't") or (word[0] in "وف" and _bare(laid, i) in negators)


def _bare(laid: Layout, i: int) -> str:
    """The word without an Arabic conjunction."""
    word = laid.tokens.words[i]
    return word[1:] if laid.lexicon.lang == "ar" and word[:1] in "وف" and len(word) > 2 else word


_DENIES_NOTHING: Final = frozenset(
    {"only", "later", "earlier", "more", "less", "fewer", "least"}
    | {"только", "позднее", "позже", "менее", "раньше", "ранее", "более", "больше", "меньше"}
    | {"سيما", "يتجاوز", "تتجاوز", "يجاوز", "يتعدي", "تتعدي", "يزيد", "تزيد", "يقل", "تقل"}
)
"""Words behind a negator with which it measures or adds: *no later than*, *не более*, *لا يتجاوز*."""


def _only(words: Sequence[str], i: int) -> bool:
    """*not only*, *no later than*, *не только*, *не позднее*, *ما* of *everything that*: these deny nothing."""
    word, after = words[i], words[i + 1 : i + 2]
    if after and after[0] in _DENIES_NOTHING:
        return True
    return word == "ما" or (word in ("دون", "غير") and i > 0 and words[i - 1] == "من")
