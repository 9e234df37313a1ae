"""The act of a statement by its content: what it does beyond saying that something is so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tashawur.readouts.drafts import Draft, Hit, Range, cue_at
from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import without_proclitics
from tashawur.readouts.names import is_any
from tashawur.readouts.russian import is_perfective_future, is_perfective_of_one
from tashawur.readouts.values import Act

_COMMAS: Final = frozenset(",،;؛")
_TOGETHER: Final = frozenset({"and", "they", "both", "we"})
_PLAIN: Final = frozenset({"claimed", "announced"})


def act_of(laid: Layout, draft: Draft, piece: Range, own: frozenset[str]) -> Act:
    """The act of a statement: that of its cue, unless the content says something more special.

    `own` are beginnings of words that name the speaker and its state, so that *the minister of X said that X will*
    is known for a word about itself.
    """
    act = _of_cue(laid, draft, piece)
    if act not in _PLAIN or draft.kind == "narrative":
        return act
    main, direct = main_clause(laid, piece), draft.kind == "direct"
    one = _Content(
        laid,
        main,
        act,
        direct,
        is_negated(laid, main),
        in_future(laid, main, direct=direct),
        _first_person(laid, main) or _own_future(laid, main, own, direct=direct),
        _inner(laid, main),
        own,
    )
    for holds, found in _RULES:
        if holds(one):
            return found if found is not None else one.hit.cue.act if one.hit is not None else act
    return act


def _of_cue(laid: Layout, draft: Draft, piece: Range) -> Act:
    """The act of the cue with the words that follow it: *rejected the report*, *accepted an invitation*."""
    act, cued = draft.act, "" if draft.cue is None else laid.tokens.words[draft.cue[0]]
    if draft.kind == "narrative":
        return "refused" if act == "announced" and is_negated(laid, piece) and in_future(laid, piece) else act
    if act in ("denied", "refused"):
        return _turned_down(laid, act, cued, piece)
    if act in ("claimed", "urged", "demanded") and _begins_with(laid, piece, "need_nouns", 2):
        return "urged"
    if act == "claimed" and _begins_with(laid, piece, "held_before", 2):
        return "reaffirmed"
    if cued.startswith("expect"):
        return _expected(laid, draft, piece)
    if act == "pledged" or (act == "claimed" and cued.startswith(_ASSURING)):
        return _promised(laid, draft, piece, cued)
    told = laid.tokens.words[piece[0] - 1] in ("that", "что")
    return "claimed" if act == "reaffirmed" and cued.startswith("подтвер") and told else act


def _begins_with(laid: Layout, piece: Range, group: str, reach: int) -> bool:
    return any(is_any(laid, i, group) for i in range(piece[0], min(piece[1], piece[0] + reach)))


def _turned_down(laid: Layout, act: Act, cued: str, piece: Range) -> Act:
    """*rejected the report* denies, *rejected the offer* refuses."""
    if act == "denied" and cued.startswith(("reject", "отверг")):
        return "denied" if _begins_with(laid, piece, "allegations", 5) else "refused"
    return "denied" if act == "refused" and _begins_with(laid, piece, "allegations", 3) else act


def _promised(laid: Layout, draft: Draft, piece: Range, cued: str) -> Act:
    """*assured that it will ...* binds; *assured that it is so* states; an invitation accepted binds."""
    words = laid.tokens.words
    if cued.startswith("accept"):
        invited = any(word.startswith("invit") for word in words[piece[0] : piece[1]])
        return "pledged" if invited or "to" in words[piece[0] : min(piece[1], piece[0] + 4)] else "agreed"
    if in_future(laid, piece, direct=draft.kind == "direct"):
        return "pledged"
    if cued.startswith(_ASSURING):
        return "pledged" if draft.content != piece or not _finite(laid, piece) else "claimed"
    return "claimed" if words[piece[0] - 1] in ("that", "что") else draft.act


def _expected(laid: Layout, draft: Draft, piece: Range) -> Act:
    """*expects X to do*: urged; *expects to do*: a plan; *expects that*: a judgement."""
    words = laid.tokens.words
    if words[piece[0] - 1] == "to" or words[piece[0]] == "to":
        return "announced"
    if words[piece[0] - 1] != "that" and "to" in words[piece[0] + 1 : min(piece[1], piece[0] + 9)]:
        return "urged"
    return draft.act


_ASSURING: Final = ("assur", "завер", "увер")


def _finite(laid: Layout, piece: Range) -> bool:
    """Whether the content is a clause and no bare infinitive: *assured that ...*."""
    first = laid.tokens.words[piece[0]]
    return not first.endswith(("ть", "ться", "ти")) and laid.tokens.words[piece[0] - 1] != "to"


def main_clause(laid: Layout, piece: Range) -> Range:
    """The content past a clause that leads it in: *If an invitation comes, we will ...*, *Как только ..., мы ...*."""
    first, end = piece
    if laid.lexicon.lang == "ar" or not (
        is_any(laid, first, "conditional_words", "openers")
        or laid.lexicon.phrases["conditional"].at(laid.tokens.words, first) is not None
    ):
        return piece
    comma = next((i for i in range(first + 2, min(end - 3, first + 24)) if laid.tokens.words[i] == ","), None)
    return piece if comma is None else (comma + 1, end)


@dataclass(frozen=True, slots=True)
class _Content:
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

    def has(self, group: str, reach: int) -> bool:
        """Whether one of the words of a group stands among the first `reach` tokens."""
        first, end = self.piece
        return any(is_any(self.laid, i, group) for i in range(first, min(end, first + reach)))

    @property
    def words(self) -> Sequence[str]:
        """The words of the content."""
        return self.laid.tokens.words[self.piece[0] : self.piece[1]]


def _denied(one: _Content) -> bool:
    phrases = one.laid.lexicon.phrases["falsity"]
    return any(phrases.at(one.laid.tokens.words, i) for i in range(*one.piece))


def _disagreed(one: _Content) -> bool:
    apart = one.laid.lexicon.phrases.get("apart")
    if apart is not None and any(apart.at(one.laid.tokens.words, i) for i in range(*one.piece)):
        return True
    if one.has("disagreements", 4) or (one.negated and one.has("agreements", 6)):
        return True
    agreed = one.hit is not None and one.hit.cue.act == "agreed" and not _decides(one)
    return one.negated and agreed and not _negated_deed(one)


def _decides(one: _Content) -> bool:
    """*We have not decided yet*: nothing is said of the other side."""
    at = one.hit.at if one.hit is not None else 0
    return one.laid.tokens.words[at].startswith(("decid", "resol", "реши", "قرر"))


def _negated_deed(one: _Content) -> bool:
    """*agreed not to lower the level*: what is agreed is negated, not the agreement."""
    if one.hit is None:
        return False
    behind = one.laid.tokens.words[one.hit.end : min(one.piece[1], one.hit.end + 5)]
    return any(word in one.laid.lexicon.words["negators"] for word in behind)


def _refused(one: _Content) -> bool:
    bound = one.hit is not None and one.hit.cue.act in ("pledged", "agreed", "urged", "demanded", "thanked")
    return one.future and one.itself and one.negated and not bound and not _negated_later(one)


def _negated_later(one: _Content) -> bool:
    """Whether a comma stands before the negation, so that it belongs to what comes after the main clause."""
    for word in one.words:
        if word in one.laid.lexicon.words["negators"]:
            return False
        if word in _COMMAS:
            return True
    return False


def _denies(one: _Content) -> bool:
    never = any(word in _NEVER for word in one.words) or one.words[0] == "no"
    telling = (cue_at(one.laid, i, one.piece[1]) for i in range(one.piece[0], min(one.piece[1], one.piece[0] + 5)))
    if any(hit is not None and hit.cue.act == "claimed" for hit in telling) and "that" in one.words[:7]:
        return False
    if one.laid.lexicon.lang != "ar" and not one.direct:
        named = any(word[:5] in one.own for word in one.words[:3])
        return one.negated and named and not one.future and any(word in _HAD for word in one.words[:9])
    return one.negated and one.direct and (one.itself or never) and one.hit is None


_NEVER: Final = frozenset({"never", "никаких", "никогда", "никакого", "никакой", "никому", "nothing"})
_HAD: Final = frozenset({"had", "has", "have", "did", "was", "were"})


def _not_done(one: _Content) -> bool:
    """*таких требований мы не выдвигали*, *we have not proposed this*: what is denied is a deed of one's own."""
    acts = ("proposed", "demanded", "asked", "pledged")
    done = one.hit is not None and one.hit.cue.act in acts and one.hit.cue.form == "past"
    return one.direct and one.negated and one.itself and not one.future and done and not _negated_deed(one)


def _says_no(one: _Content) -> bool:
    """*не собираюсь*, *не станем*, *мы не будем*: a refusal in the speaker's own mouth, wherever the verb stands."""
    if one.laid.lexicon.lang != "ru":
        return False
    words = one.words
    if not one.direct:
        return any(word == "не" and words[i + 1] in _WILL_NOT for i, word in enumerate(words[:-1]))
    return any(word == "не" and words[i + 1] in _OWN_WILL for i, word in enumerate(words[:-1]))


_WILL_NOT: Final = frozenset({"намерен", "намерена", "намерены", "собирается", "собираются", "планирует", "планируют"})
_OWN_WILL: Final = frozenset(
    [
        "могу",
        "можем",
        "буду",
        "будем",
        "собираюсь",
        "собираемся",
        "намерены",
        "намерен",
        "намерена",
        "станем",
        "стану",
        "планируем",
        "планирую",
        "позволим",
        "допустим",
        "пойдем",
        "уступим",
        "отступим",
        "отдадим",
        "откажемся",
        "согласимся",
    ]
)


def _foretold(one: _Content) -> bool:
    """*The foreign minister will travel on Thursday*, in a briefing: it is made known."""
    return one.future and one.direct and one.act != "announced" and one.has("roles", 6)


def _inverted(one: _Content) -> bool:
    """*... should the repairs be obstructed*: a condition, no advice."""
    words = one.words
    at = next((i for i, word in enumerate(words) if word == "should"), None)
    others = any(is_any(one.laid, i, "necessity") and one.laid.tokens.words[i] != "should" for i in range(*one.piece))
    return (
        at is not None
        and not others
        and words[at + 1 : at + 2] in (["the"], ["a"], ["any"], ["this"], ["it"], ["they"])
    )


def _dated(one: _Content) -> bool:
    """Whether a day or month is named: what will be on it is made known and not foretold."""
    lexicon = one.laid.lexicon
    return lexicon.lang != "ar" and any(
        word in lexicon.months or word in lexicon.words["weekdays"] for word in one.words
    )


def _as_it_was(one: _Content) -> bool:
    return list(one.words[:2]) in (["هو", "ما"], ["وهو", "ما"], ["هي", "ما"])


def _told(one: _Content) -> bool:
    """*لقد ناقشنا*: what the speakers did is made known in their own words."""
    words = one.words
    return one.direct and len(words) > 1 and words[0] in ("لقد", "قد") and words[1].endswith("نا")


_RULES: Final[tuple[tuple[Callable[[_Content], bool], Act | None], ...]] = (
    (_denied, "denied"),
    (lambda one: one.negated and one.hit is not None and one.hit.cue.act == "agreed" and _decides(one), "claimed"),
    (lambda one: one.has("thanks", 5), "thanked"),
    (lambda one: one.direct and one.has("regrets", 6), "concern"),
    (_disagreed, "disagreed"),
    (lambda one: one.act == "announced" and not one.negated and one.has("agreements", 2), "agreed"),
    (_not_done, "denied"),
    (_refused, "refused"),
    (_says_no, "refused"),
    (lambda one: one.future and one.itself and one.act == "announced", "announced"),
    (lambda one: one.future and one.itself and not (one.hit is not None and one.hit.cue.act == "agreed"), "pledged"),
    (_told, "announced"),
    (lambda one: one.hit is not None, None),
    (_denies, "denied"),
    (lambda one: one.has("necessity", 14) and one.act == "claimed" and not _inverted(one), "urged"),
    (_foretold, "announced"),
    (lambda one: one.future and not one.negated and one.has("events", 5), "announced"),
    (lambda one: one.direct and one.future and not one.negated and _dated(one), "announced"),
    (lambda one: len(one.words) < 22 and one.act == "claimed" and one.has("evaluative", 22), "assessed"),
    (_as_it_was, "assessed"),
)
"""What is asked of a content in this order, and the act where it is so; without one, that of its own verb."""


def _first_person(laid: Layout, piece: Range) -> bool:
    words = laid.tokens.words
    for i in range(piece[0], min(piece[1], piece[0] + 4)):
        if words[i].startswith(("we'", "i'")) or words[i] in (
            "we",
            "i",
            "our",
            "мы",
            "я",
            "наша",
            "наши",
            "наше",
            "наш",
            "نحن",
        ):
            return True
        bare = words[i][1:] if words[i][:1] in ("و", "ف") else words[i]
        if bare.startswith("سن") and len(bare) > 4:
            return True
        if laid.lexicon.lang == "ru" and words[i].endswith(("ем", "им", "емся", "имся")) and len(words[i]) > 4:
            return True
    if laid.lexicon.lang == "ru":
        near = list(words[piece[0] : min(piece[1], piece[0] + 12)])
        clause = near[: near.index(",")] if "," in near else near
        return "мы" in clause or "я" in clause
    return False


def _own_future(laid: Layout, piece: Range, own: frozenset[str], *, direct: bool) -> bool:
    """*said that it will ...*, *the minister of X said that X will ...*: the speaker tells of itself."""
    words = laid.tokens.words
    first = words[piece[0]]
    if first in ("it", "he", "she", "they", "он", "она", "они"):
        return not direct
    if not direct and (first in _OWNED or (laid.lexicon.lang == "ru" and _without_subject(laid, piece))):
        return True
    if laid.lexicon.lang == "ar":
        following = piece[0] + 1
        subject = following < piece[1] and (words[following].startswith("ال") or is_any(laid, following, "groups"))
        future = first == "لن" or (first.startswith("س") and len(first) > 4)
        if (future and (not subject or first.startswith("سن"))) or first.startswith(("بلاد", "حكومت")):
            return True
        return any(
            form[:5] in own
            for i in range(piece[0], min(piece[1], piece[0] + 2))
            for _, form in without_proclitics(words[i])
        )
    return any(words[i][:5] in own for i in range(piece[0], min(piece[1], piece[0] + 3)))


_OWNED: Final = frozenset({"its", "his", "her", "their", "его", "ее", "их", "наша", "наш", "наше", "our"})


def _without_subject(laid: Layout, piece: Range) -> bool:
    """*сказал, что не откроет ...*: a reported clause that begins with its verb tells of who speaks."""
    words = laid.tokens.words
    i = piece[0]
    while i < piece[1] - 1 and (words[i] == "не" or is_any(laid, i, "adverbs") or words[i].endswith("но")):
        i += 1
    return is_perfective_future(words[i]) or is_any(laid, i, "future")


def in_future(laid: Layout, piece: Range, *, direct: bool = False) -> bool:
    """Whether the content tells of what is to come; *would* is of the future in reported words alone."""
    words = laid.tokens.words
    for i in range(piece[0], min(piece[1], piece[0] + 16)):
        word = words[i]
        if word.endswith("'ll") or word == "won't":
            return True
        if direct and word == "would":
            if words[i + 1 : i + 2] in (["never"], ["not"]):
                return True
            continue
        if laid.lexicon.lang == "ru" and word in ("я",) and _will_alone(words[i : piece[1]]):
            return True
        if is_any(laid, i, "future", "will_verbs") or (word == "going" and words[i + 1 : i + 2] == ["to"]):
            return True
        if laid.lexicon.lang == "ru" and is_perfective_future(word):
            return True
        if laid.lexicon.lang == "ar":
            bare = word[1:] if word[0] in "وف" else word
            if word == "لن" or (bare[:2] in ("سي", "ست", "سن") and len(bare) > 4):
                return True
    return False


def _will_alone(words: Sequence[str]) -> bool:
    """*я вернусь*, *я передам*: the future in the first person of one."""
    return any(is_perfective_of_one(word) for word in words[1:4])


def _inner(laid: Layout, piece: Range) -> Hit | None:
    """The verb of the content that does something by saying so: *we agreed*, *the sides had agreed*, *we thank*."""
    first, end = piece
    words = laid.tokens.words
    for i in range(first, min(end, first + 9)):
        hit = cue_at(laid, i, end)
        if hit is not None and _does(laid, hit, i, first):
            return hit
    if laid.lexicon.lang == "ar" and words[first] == "نود":
        for i in range(first, min(end, first + 4)):
            hit = cue_at(laid, i, end)
            if hit is not None:
                return hit
    return None


def _does(laid: Layout, hit: Hit, i: int, first: int) -> bool:
    """Whether the verb does something by being said: in the first person, or of all sides together."""
    if _we(laid, hit, i, first):
        return hit.cue.act not in ("claimed", "announced", "denied", "asked")
    if hit.cue.act == "pledged":
        near = (i + 1,) if laid.lexicon.lang == "ar" else range(max(first, i - 3), i)
        return hit.cue.form != "base" and any(is_any(laid, n, "groups") for n in near if n < len(laid.tokens))
    return hit.cue.act in ("agreed", "discussed") and _of_all(laid, hit, i, first)


def _of_all(laid: Layout, hit: Hit, i: int, first: int) -> bool:
    """Whether several are the subject of the verb: *the sides had agreed*; of one alone it would bind nobody else."""
    words, form = laid.tokens.words, hit.cue.form
    if laid.lexicon.lang == "ar":
        group = i + 1 < len(words) and is_any(laid, i + 1, "groups")
        return form != "participle" and (form not in ("m", "f") or (hit.cue.act == "agreed" and group))
    if laid.lexicon.lang == "ru":
        return words[i].endswith(("ли", "лись"))
    before = range(max(first, i - 5), i)
    if form == "past" and hit.cue.act == "agreed" and words[hit.end : hit.end + 1] == ["with"]:
        return True
    if form == "past":
        return any(is_any(laid, n, "groups") or words[n] in _TOGETHER for n in before)
    plural = words[i - 1] in laid.lexicon.words["groups"] | {"they", "also"}
    named = hit.cue.act == "agreed" and laid.tokens.raw(i - 1)[0].isupper()
    return form == "base" and (plural or named)


def _we(laid: Layout, hit: Hit, i: int, first: int) -> bool:
    """Whether the verb is in the first person."""
    words = laid.tokens.words
    if laid.lexicon.lang == "ar":
        return hit.cue.form == "we"
    if laid.lexicon.lang == "ru":
        return (
            hit.cue.form == "first"
            or words[i].endswith(("ем", "емся", "им"))
            or any(words[n] in ("мы", "я") for n in range(max(first, i - 3), i))
        )
    goes_on = i == first and hit.cue.form == "base" and words[i - 1] == "and"
    return goes_on or (
        any(words[n] in ("we", "i") for n in range(max(first, i - 3), i)) and hit.cue.form in ("base", "past")
    )


def is_negated(laid: Layout, piece: Range) -> bool:
    """Whether the content says that something is not so: a negator stands in its main clause."""
    words = laid.tokens.words
    depth = 0
    for i in range(piece[0], piece[1]):
        word = words[i]
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
    return _bare(laid, i) in negators or word in negators or word.endswith("n't")


def _bare(laid: Layout, i: int) -> str:
    """The word without an Arabic conjunction."""
    word = laid.tokens.words[i]
    return word[1:] if laid.lexicon.lang == "ar" and word[:1] in "وف" and len(word) > 2 else word


def _only(words: Sequence[str], i: int) -> bool:
    """*not only*, *no later than*, *не только*, *не позднее*, *ما* of *everything that*: these deny nothing."""
    after = words[i + 1 : i + 2]
    before = words[i - 1 : i] if i else []
    word = words[i]
    return (
        bool(after)
        and after[0]
        in (
            "only",
            "later",
            "только",
            "позднее",
            "позже",
            "менее",
            "раньше",
            "ранее",
            "более",
            "больше",
            "меньше",
            "earlier",
            "more",
            "less",
            "fewer",
            "least",
            "سيما",
            "يتجاوز",
            "تتجاوز",
        )
    ) or (word in ("ما", "دون", "غير") and (word == "ما" or before == ["من"]))
