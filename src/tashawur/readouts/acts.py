"""The act of a statement by its content: what it does beyond saying that something is so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tashawur.readouts import arabic_acts
from tashawur.readouts.drafts import Draft, Range, cue_at
from tashawur.readouts.itself import tells_of_itself, verb_inside
from tashawur.readouts.layout import Layout
from tashawur.readouts.names import is_any
from tashawur.readouts.russian import (
    is_past,
    is_perfective_future,
    is_perfective_of_one,
    is_perfective_of_us,
    is_present,
)
from tashawur.readouts.values import Act
from tashawur.readouts.weighed import (
    Content,
    Rule,
    begins_with,
    decides,
    denied,
    disagreed,
    in_future,
    is_negated,
    main_clause,
    negated_deed,
    negated_later,
)

_PLAIN: Final = frozenset({"claimed", "announced"})
_EMOTIVE: Final = frozenset({"condemned", "concern", "assessed", "welcomed"})


def act_of(laid: Layout, draft: Draft, piece: Range, own_words: Callable[[], frozenset[str]]) -> Act:
    """The act of a statement: that of its cue, unless the content says something more special.

    `own_words` gives beginnings of words that name the speaker and its state, so that *the minister of X said that X
    will* is known for a word about itself.
    """
    of_cue = _BY_LANGUAGE[laid.lexicon.lang][0]
    act = of_cue(laid, draft, piece)
    if draft.kind == "direct" and act in _EMOTIVE and laid.lexicon.lang != "ar":
        # *«...», — возмутилась она*: how it was said; the words themselves may do something else.
        judged = _judged(laid, draft, piece, "claimed", own_words)
        return act if judged in ("claimed", "assessed") else judged
    if act not in _PLAIN or draft.kind == "narrative":
        return act
    return _judged(laid, draft, piece, act, own_words)


def _judged(laid: Layout, draft: Draft, piece: Range, act: Act, own_words: Callable[[], frozenset[str]]) -> Act:
    """The act of a content whose cue tells no more than `act`."""
    rules = _BY_LANGUAGE[laid.lexicon.lang][1]
    main, direct, own = main_clause(laid, piece), draft.kind == "direct", own_words()
    one = Content(
        laid,
        main,
        act,
        direct,
        is_negated(laid, main),
        in_future(laid, main, direct=direct),
        tells_of_itself(laid, main, own, direct=direct),
        verb_inside(laid, main),
        own,
        answers=draft.spoken,
        headed=draft.kind == "headline" and draft.quote is None,
        cued="" if draft.cue is None else laid.tokens.words[draft.cue[0]],
    )
    for holds, found in rules:
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
    if cued.startswith("expect"):
        return _expected(laid, draft, piece)
    if act == "pledged" or (act == "claimed" and cued.startswith(_ASSURING)):
        return _promised(laid, draft, piece, cued)
    return _by_its_noun(laid, draft, piece, cued)


def _by_its_noun(laid: Layout, draft: Draft, piece: Range, cued: str) -> Act:
    """*stressed the need*, *подтвердил получение*, *begged the army for help*: first words say more."""
    act, before = draft.act, laid.tokens.words[piece[0] - 1]
    if act in ("claimed", "urged", "demanded") and begins_with(laid, piece, "need_nouns", 2):
        return "urged"
    if act == "claimed" and begins_with(laid, piece, "held_before", 2):
        return "reaffirmed"
    if act == "demanded" and cued.startswith("наста") and draft.cue is not None and piece[1] <= draft.cue[0]:
        return "claimed"
    if cued in _TELL and before != "that" and _bidden(laid, piece):
        return "urged"
    if act == "urged" and cued.startswith(_PLEADING) and begins_with(laid, piece, "help", 6):
        return "asked"
    told = before in ("that", "что") or begins_with(laid, piece, "facts", 2)
    told = told or (draft.kind == "indirect" and draft.cue is not None and piece[1] <= draft.cue[0])
    return "claimed" if act == "reaffirmed" and cued.startswith("подтвер") and told else act


_PLEADING: Final = ("appeal", "beg", "plead", "implor")


def _turned_down(laid: Layout, act: Act, cued: str, piece: Range) -> Act:
    """*rejected the report* denies, *rejected the offer* refuses."""
    if act == "denied" and (begins_with(laid, piece, "asking", 3) or begins_with(laid, piece, "offers", 3)):
        return "refused"
    if act == "denied" and cued.startswith(("reject", "отверг")):
        return "denied" if begins_with(laid, piece, "allegations", 5) else "refused"
    return "denied" if act == "refused" and begins_with(laid, piece, "allegations", 3) else act


def _promised(laid: Layout, draft: Draft, piece: Range, cued: str) -> Act:
    """*assured that it will ...* binds; *assured that it is so* states; an invitation accepted binds."""
    words = laid.tokens.words
    if cued.startswith("accept"):
        invited = any(word.startswith("invit") for word in words[piece[0] : piece[1]])
        return "pledged" if invited or "to" in words[piece[0] : min(piece[1], piece[0] + 4)] else "agreed"
    if in_future(laid, piece, direct=draft.kind == "direct"):
        return "pledged"
    if draft.kind == "indirect" and draft.cue is not None and piece[1] <= draft.cue[0]:
        return "claimed"
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


_TELL: Final = frozenset({"told", "tell", "tells", "telling"})


def _bidden(laid: Layout, piece: Range) -> bool:
    """*told not to use the bridge*, *told the crew to leave*: an infinitive is what is told."""
    words = laid.tokens.words
    first = words[piece[0] - 1] in ("to", "not") or words[piece[0]] in ("to", "not")
    return first or "to" in words[piece[0] + 1 : min(piece[1], piece[0] + 4)]


_ASSURING: Final = ("assur", "завер", "увер")


def _finite(laid: Layout, piece: Range) -> bool:
    """Whether the content is a clause and no bare infinitive: *assured that ...*."""
    first = laid.tokens.words[piece[0]]
    return not first.endswith(("ть", "ться", "ти")) and laid.tokens.words[piece[0] - 1] not in ("to", "of")


def _disagreed(one: Content) -> bool:
    if "without" in one.words[:6] or "unless" in one.words[:6]:
        # *No deal without fishing rights*: a condition.
        return False
    apart = one.laid.lexicon.phrases["apart"]
    return apart.within(one.laid.tokens.words, *one.piece) or disagreed(one, reach=6)


def _refused(one: Content) -> bool:
    bound = one.hit is not None and one.hit.cue.act in ("pledged", "agreed", "urged", "demanded", "thanked")
    return one.future and one.itself and one.negated and not bound and not negated_later(one)


def _denies(one: Content) -> bool:
    never = any(word in _NEVER for word in one.words) or one.words[:2] == ["no", "such"]
    telling = (cue_at(one.laid, i, one.piece[1]) for i in range(one.piece[0], min(one.piece[1], one.piece[0] + 5)))
    if "that" in one.words[:7] and any(hit is not None and hit.cue.act == "claimed" for hit in telling):
        return False
    if not one.direct:
        named = any(word[:5] in one.own for word in one.words[:3])
        named = named or "never" in one.words[:9]
        return one.negated and named and not one.future and any(word in _HAD for word in one.words[:9])
    if not one.negated or one.hit is not None:
        return False
    english = one.laid.lexicon.lang == "en"
    done = _denies_deed(one.words) if english else any(is_past(word) for word in one.words[:9])
    return never or (one.itself and done and not negated_later(one))


_NEVER: Final = frozenset({"never", "никаких", "никогда", "никакого", "никакой", "никому", "nothing"})


def _denies_deed(words: Sequence[str]) -> bool:
    """*we did not*, *we have never*; *we have no comment* denies nothing."""
    for i, word in enumerate(words[:_DONE_NEAR]):
        if word in ("did", "was", "were", "had") or word.endswith(("didn't", "wasn't", "weren't", "hadn't")):
            return words[i + 1 : i + 2] != ["no"]
        if word in ("haven't", "hasn't") or (word in ("have", "has") and words[i + 1 : i + 2] in (["not"], ["never"])):
            return True
    return False


_DONE_NEAR: Final = 7
"""Words of a content among which the verb of a deed that is denied stands: *we have not*, *we did not*."""
_HAD: Final = frozenset({"had", "has", "have", "did", "was", "were"})


def _not_done(one: Content) -> bool:
    """*таких требований мы не выдвигали*, *we have not proposed this*: what is denied is a deed of one's own."""
    acts = ("proposed", "demanded", "asked", "pledged")
    done = one.hit is not None and one.hit.cue.act in acts and one.hit.cue.form == "past"
    return one.direct and one.negated and one.itself and not one.future and done and not negated_deed(one)


def _says_no(one: Content) -> bool:
    """*не собираюсь*, *не станем*, *мы не будем*: a refusal in the speaker's own mouth, wherever the verb stands."""
    if one.laid.lexicon.lang != "ru":
        return False
    words = one.words
    if not one.direct:
        return any(word == "не" and words[i + 1] in _WILL_NOT for i, word in enumerate(words[:-1]))
    return any(word == "не" and _is_own_will(words[i + 1]) for i, word in enumerate(words[:-1]))


def _is_own_will(word: str) -> bool:
    """*(не) пойду*, *(не) уступим*: a future of the first person."""
    if word in _OWN_WILL or (word.endswith(("у", "ю", "усь", "юсь")) and is_perfective_of_one(word)):
        return True
    return word.endswith(("ем", "им", "емся", "имся")) and (is_perfective_future(word) or is_perfective_of_us(word))


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


def _foretold(one: Content) -> bool:
    """*The foreign minister will travel on Thursday*, in a briefing: it is made known."""
    return one.future and one.direct and one.act != "announced" and one.has("roles", 6)


def _inverted(one: Content) -> bool:
    """*... should the repairs be obstructed*: a condition, no advice."""
    words = one.words
    at = next((i for i, word in enumerate(words) if word == "should"), None)
    others = any(is_any(one.laid, i, "necessity") and one.laid.tokens.words[i] != "should" for i in range(*one.piece))
    return (
        at is not None
        and not others
        and words[at + 1 : at + 2] in (["the"], ["a"], ["any"], ["this"], ["it"], ["they"])
    )


def _dated(one: Content) -> bool:
    """Whether a day or month is named: what will be on it is made known and not foretold."""
    lexicon = one.laid.lexicon
    if any(word in lexicon.months or word in lexicon.words["weekdays"] for word in one.words):
        return True
    soon = lexicon.phrases.get("soon")
    return soon is not None and soon.within(one.laid.tokens.words, *one.piece)


def _spoken_of(group: str, reach: int) -> Callable[[Content], bool]:
    """Whether a phrase of the group begins among the first `reach` tokens of a speaker's own words."""

    def holds(one: Content) -> bool:
        phrases, first = one.laid.lexicon.phrases[group], one.piece[0]
        return one.direct and phrases.within(one.laid.tokens.words, first, min(one.piece[1], first + reach))

    return holds


def _wished(one: Content) -> bool:
    """*I'd like Selwick to drop its surcharge*: somebody else shall do it."""
    phrases, words = one.laid.lexicon.phrases["wished_of"], one.laid.tokens.words
    at = next((i for i in range(one.piece[0], min(one.piece[1], one.piece[0] + 4)) if phrases.at(words, i)), None)
    if at is None or not one.direct:
        return False
    behind = at + phrases.at(words, at)[0]  # type: ignore[index]
    if one.laid.lexicon.lang == "ru":
        return "чтобы" in words[at : min(one.piece[1], behind + 4)]
    return words[behind] != "to" and "to" in words[behind + 1 : min(one.piece[1], behind + 7)]


def _not_agreed(one: Content) -> bool:
    """*No ceiling was agreed*, *nothing has been settled*."""
    words = one.words[:9]
    return words[0] in ("no", "nothing", "none", "neither") and any(word in _SETTLED for word in words)


def _answers_no(one: Content) -> bool:
    """In an answer: *There is no written plan*, *No member of the Council was approached*."""
    words = one.words
    if not one.answers or len(words) < 4 or not _OPEN.isdisjoint(words[:7]):
        return False
    none = words[0] in ("no", "nobody", "none", "никаких", "никакого", "никакой", "ничего")
    absent = words[0] in ("there", "there's") and "no" in words[:4]
    return (none or absent) and not one.future


def _cannot(one: Content) -> bool:
    """*I can't accept that*: what a speaker cannot take is refused."""
    words = one.words[:6]
    able = any(
        word in ("can't", "cannot", "won't", "couldn't") or words[i : i + 2] == ["will", "not"]
        for i, word in enumerate(words)
    )
    return one.direct and able and words[0] in _WE and any(word in _TAKE for word in one.words[:7])


_TAKE: Final = frozenset(
    {"accept", "agree", "allow", "permit", "support", "sign", "tolerate", "countenance", "recognise", "recognize"}
)


def _hopes(one: Content) -> bool:
    """*We are confident that they will come round*, *Рассчитываем, что ...*: hope binds nobody."""
    words, first = one.words, one.piece[0]
    reach = min(one.piece[1], first + 4)
    if not one.direct or not any(is_any(one.laid, i, "hoping") for i in range(first, reach)):
        return False
    if one.laid.lexicon.lang == "ru":
        return words[1:3] == [",", "что"] or words[2:4] == [",", "что"] or words[3:5] == [",", "что"]
    return words[0] in _WE and not one.has("wishing_words", 3)


def _nobody_will(one: Content) -> bool:
    """*военных туда никто не повезёт*: in an answer, what will not be done."""
    return one.answers and one.future and one.negated and "никто" in one.words[:8]


_OPEN: Final = frozenset(
    [
        "date",
        "decision",
        "timetable",
        "schedule",
        "comment",
        "details",
        "information",
        "doubt",
        "news",
        "reason",
        "need",
    ]
)
"""What there may be none of without a claim being denied: *No date has been set*."""


def _retorts(one: Content) -> bool:
    """*retorted that no ship had been boarded*: a claim by another is denied."""
    retort = one.cued.startswith(("retort", "counter", "rejoin", "shot", "hit", "protest", "возраз", "парир"))
    return retort and one.negated and not one.future and not one.has("necessity", 9)


def _headed(one: Content) -> bool:
    """*Marrock to reopen rail line, minister says*: a headline writes the future so."""
    words = one.words
    return (
        one.headed
        and one.hit is None
        and any(word == "to" for word in words[1:4])
        and not any(word.endswith("ed") or word in _AM for word in words[:3])
    )


_WE: Final = frozenset({"we", "i", "we're", "i'm", "we'll", "i'll", "мы", "я"})
_SETTLED: Final = frozenset({"agreed", "settled", "reached", "resolved", "signed", "concluded"})


def _to_come(one: Content) -> bool:
    """*The adviser flies out tomorrow*, *we're meeting again next week*: what is planned, told in the present."""
    phrases, words = one.laid.lexicon.phrases["soon"], one.words
    if not one.direct or one.negated or not phrases.within(one.laid.tokens.words, *one.piece):
        return False
    if one.laid.lexicon.lang == "ru":
        return any(is_present(word) for word in words[:8]) and not any(is_past(word) for word in words[:12])
    past = any((word.endswith("ed") and len(word) > 4) or word in _WERE for word in words[:14])
    doing = any(_is_doing(words, i) for i in range(min(len(words) - 1, 8)))
    leaves = any(is_any(one.laid, i, "travels") for i in range(one.piece[0], min(one.piece[1], one.piece[0] + 9)))
    return (doing or leaves) and not past


def _is_doing(words: Sequence[str], i: int) -> bool:
    return words[i] in _AM and words[i + 1].endswith("ing")


def _praised(one: Content) -> bool:
    """*Well done*, *amounts to extortion*; *the talks were “bruising”*: a word kept at a distance judges."""
    words = one.words
    near = range(min(len(words) - 2, 9))
    judged = any(
        words[i] in _AM | _WERE and words[i + 1] in ('"', "“", "‘", "«") and words[i + 2] not in ("a", "an", "the")
        for i in near
    )
    reach = min(one.piece[1], one.piece[0] + _JUDGING)
    return judged or one.laid.lexicon.phrases["praise"].within(one.laid.tokens.words, one.piece[0], reach)


_JUDGING: Final = 14
_AM: Final = frozenset({"am", "is", "are", "i'm", "we're", "he's", "she's", "they're"})
_WERE: Final = frozenset({"was", "were", "had", "did", "met", "held", "went", "came", "said", "told"})


_RULES: Final[tuple[Rule, ...]] = (
    (denied, "denied"),
    (_not_agreed, "disagreed"),
    (_wished, "asked"),
    (_spoken_of("thanking", 12), "thanked"),
    (_spoken_of("worries", 12), "concern"),
    (_cannot, "refused"),
    (_hopes, "claimed"),
    (_nobody_will, "refused"),
    (_retorts, "denied"),
    (lambda one: one.hit is None and one.words[0] in _WE and _to_come(one), "pledged"),
    (lambda one: one.hit is None and _to_come(one) and one.act == "claimed", "announced"),
    (_headed, "pledged"),
    (lambda one: one.negated and one.hit is not None and one.hit.cue.act == "agreed" and decides(one), "claimed"),
    (lambda one: one.has("thanks", 5), "thanked"),
    (lambda one: one.direct and one.has("regrets", 6), "concern"),
    (_disagreed, "disagreed"),
    (_answers_no, "denied"),
    (lambda one: one.act == "announced" and not one.negated and one.has("agreements", 2), "agreed"),
    (_not_done, "denied"),
    (_refused, "refused"),
    (_says_no, "refused"),
    (lambda one: one.future and one.itself and one.act == "announced", "announced"),
    (lambda one: one.future and one.itself and not (one.hit is not None and one.hit.cue.act == "agreed"), "pledged"),
    (lambda one: one.hit is not None, None),
    (_denies, "denied"),
    (lambda one: one.has("necessity", 14) and one.act == "claimed" and not _inverted(one), "urged"),
    (_foretold, "announced"),
    (lambda one: one.future and not one.negated and one.has("events", 5), "announced"),
    (lambda one: one.direct and one.future and not one.negated and _dated(one), "announced"),
    (lambda one: one.act == "claimed" and _praised(one), "assessed"),
    (lambda one: len(one.words) < 22 and one.act == "claimed" and one.has("evaluative", 22), "assessed"),
)
"""What is asked of a content in this order, and the act where it is so; without one, that of its own verb."""


_BY_LANGUAGE: Final[Mapping[str, tuple[Callable[[Layout, Draft, Range], Act], tuple[Rule, ...]]]] = {
    "ar": (arabic_acts.of_cue, arabic_acts.RULES),
    "en": (_of_cue, _RULES),
    "ru": (_of_cue, _RULES),
}
