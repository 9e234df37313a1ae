"""The act of an Arabic statement by its content."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tashawur.readouts.arabic import is_ours
from tashawur.readouts.arabic_subjects import is_present
from tashawur.readouts.drafts import Draft, Range, cue_at
from tashawur.readouts.layout import Layout
from tashawur.readouts.names import is_any
from tashawur.readouts.values import Act
from tashawur.readouts.weighed import COMMAS, Content, Rule, begins_with, denied, disagreed, is_negated, negated_later


def of_cue(laid: Layout, draft: Draft, piece: Range) -> Act:
    """The act of the cue with the words that follow it."""
    act = draft.act
    if draft.kind != "narrative":
        act = _of_words_behind(laid, act, piece, draft.cue[0] if draft.cue else piece[0])
    own = _own_act(laid, piece) if act in ("claimed", "announced") and draft.kind != "direct" else None
    if own is not None:
        return own
    if act in ("claimed", "urged", "demanded") and begins_with(laid, piece, "need_nouns", 2):
        return "urged"
    return "reaffirmed" if act == "claimed" and begins_with(laid, piece, "held_before", 3) else act


_BY_SAYING: Final = frozenset(
    [
        "thanked",
        "welcomed",
        "condemned",
        "concern",
        "refused",
        "denied",
        "supported",
        "urged",
        "demanded",
        "asked",
        "proposed",
        "assessed",
        "reaffirmed",
    ]
)
"""Acts that a reported clause does where the speaker tells it of itself: *قالت الوزارة إنها ترحب ...*."""


def _own_act(laid: Layout, piece: Range) -> Act | None:
    """The act of the verb that opens a clause about who speaks: *قال إنه يأسف*, *أكدت أنها تدعم*."""
    first = piece[0]
    word, before = laid.tokens.words[first], laid.tokens.words[first - 1]
    if word[0] not in "يت" or before not in laid.lexicon.words["of_itself"]:
        return None
    hit = cue_at(laid, first, piece[1])
    told = hit is not None and hit.cue.form in ("m", "f", "d", "fd", "p") and hit.cue.act in _BY_SAYING
    return hit.cue.act if hit is not None and told and not is_negated(laid, piece) else None


def _of_words_behind(laid: Layout, act: Act, piece: Range, cue: int) -> Act:
    """What the Arabic content makes of the verb: *أصر على أنه*, *رفض الاتهامات*, *على الجميع أن ...*."""
    words, first = laid.tokens.words, piece[0]
    before = words[first - 1] if first else ""
    if act == "demanded" and before in ("ان", "انه", "انها", "بانه") and not is_present(laid, first):
        return "claimed"
    if act == "refused" and "رفض" in words[cue] and begins_with(laid, piece, "allegations", 2):
        return "denied"
    if act in ("claimed", "announced") and _upon(words, piece):
        return "urged"
    if act in ("claimed", "reaffirmed") and is_any(laid, first, "resolves"):
        return "pledged"
    ready = first + (words[first] in ("نحن", "ونحن"))
    if act == "claimed" and ready < piece[1] and is_any(laid, ready, "readiness"):
        return "proposed"
    return act


def _upon(words: Sequence[str], piece: Range) -> bool:
    """*على الجميع أن يحترم*, *علينا أن*: that somebody should do something."""
    first, end = piece
    opens = words[first] in ("علي", "وعلي", "فعلي", "علينا", "عليهم", "عليه", "عليها", "عليكم", "عليهما")
    return opens and "ان" in words[first + 1 : min(end, first + 6)]


def _refused(one: Content) -> bool:
    return _will_not(one) or (one.future and one.itself and one.negated and not negated_later(one))


def _will_not(one: Content) -> bool:
    """*لن يُستأنف العمل*, *الوزير لن يلتقي*, *لا نعلّق*: by the passive, or of an official, of one's own side."""
    words, marks, first = one.words, one.laid.tokens, one.piece[0]
    place = next((i for i, word in enumerate(words[:6]) if word in ("لن", "ولن", "لا", "ولا")), None)
    if place is None or place + 1 >= len(words) or (place and any(word in COMMAS for word in words[:place])):
        return False
    if words[place] in ("لا", "ولا"):
        return is_any(one.laid, first + place + 1, "refusals")
    passive = "\u064f" in marks.raw(first + place + 1)[:2]
    return passive or one.itself or place == 0 or one.has("roles", place)


def _disagreed(one: Content) -> bool:
    """*لا اتفاق بعد*; *لن توقع الاتفاق* is said of a deed."""
    deed = any(word in ("لن", "ولن", "فلن") for word in one.words[:4]) and not one.has("disagreements", 4)
    return not deed and not one.has("blames", 4) and disagreed(one, reach=4)


def _assesses(one: Content) -> bool:
    """*الأزمة «مفتعلة من ألفها إلى يائها»*: of what somebody says, the judgement alone is quoted."""
    laid, (first, end) = one.laid, one.piece
    number = max((laid.quote_of[i] for i in range(max(first, end - 2), end)), default=-1)
    told = laid.tokens.words[first - 1] in laid.lexicon.words["complementizers"]
    if one.direct or one.negated or number < 0 or not told:
        return False
    quote = laid.quotes[number]
    before = range(first, quote.start - 1)
    if not before or quote.end < end - 1 or len(before) > 6:
        return False
    verbal = (
        _governs(laid, quote.start - 2)
        or is_present(laid, quote.start)
        or laid.tokens.words[quote.start] in laid.lexicon.words["before_verbs"]
    )
    told = any(laid.tokens.words[i] in laid.lexicon.cues or laid.quote_of[i] >= 0 for i in before)
    return not verbal and not told and not any(is_present(laid, i) for i in before)


def _governs(laid: Layout, i: int) -> bool:
    """Whether the word before a quotation needs it: *اقتصر على «...»*."""
    return laid.tokens.words[i] in laid.lexicon.words["complement_prepositions"] or laid.tokens.words[i] == "ب"


def _no_way(one: Content) -> bool:
    """*لا رجعة عن القرار*, *لا تفاوض تحت النار*."""
    words = one.words
    return len(words) > 1 and words[0] in ("لا", "ولا", "فلا") and words[1] in one.laid.lexicon.words["no_way"]


def _passes_on(one: Content) -> bool:
    """*قال لنا مدير الأشغال إن ...*: what another said."""
    hit = cue_at(one.laid, one.piece[0], one.piece[1])
    told = hit is not None and hit.cue.act in ("claimed", "announced") and hit.cue.form in ("m", "f")
    return one.direct and told and any(word in one.laid.lexicon.words["complementizers"] for word in one.words[1:9])


def _asks(one: Content) -> bool:
    """*طلبنا من النقابة ...*: in the speakers' own words."""
    hit = cue_at(one.laid, one.piece[0], one.piece[1])
    return one.direct and hit is not None and hit.cue.act == "asked" and hit.cue.form in ("we", "I") and not one.negated


def _needed(one: Content) -> bool:
    """*يجب أن يُرفع الحصار*; not *لا يرى ما يستوجب الاعتذار*."""
    first, end = one.piece
    at = next((i for i in range(first, min(end, first + 14)) if is_any(one.laid, i, "necessity")), None)
    return at is not None and not (one.negated and at > first and one.laid.tokens.words[at - 1] == "ما")


def _better(one: Content) -> bool:
    """*الأولى بهم أن يأتوا*, *حريّ بالحكومة أن ...*: what somebody ought to do."""
    words = one.words
    return words[0] in one.laid.lexicon.words["better"] and "ان" in words[1:6]


def _denies(one: Content) -> bool:
    """*هذه ليست مناورة*, *لم نتراجع*, *الرئيس لم يقدم أي تنازل*."""
    words = one.words
    if not (one.negated and one.direct and one.hit is None):
        return False
    if list(words[:2]) in (["لا", "يوجد"], ["لا", "توجد"], ["ولا", "يوجد"], ["ولا", "توجد"]):
        return True
    if any(word in ("ليس", "ليست", "وليس", "وليست", "لسنا") for word in words[:3]):
        return True
    if words[0] == "لا" and (
        words[1].endswith("ة") or (not is_present(one.laid, one.piece[0] + 1) and words[1][0] not in "نا")
    ):
        return True
    never = any(is_any(one.laid, i, "never") for i in range(*one.piece))
    if never and words[0] == "لا" and words[1][0] in "نا":
        return True
    return _not_we(words) or (never and one.has("roles", 2))


def _not_we(words: Sequence[str]) -> bool:
    """*لم نتراجع*, *لم أقل*."""
    return any(
        word in ("لم", "ولم", "ما") and after[:1] in ("ن", "ا") and len(after) > 2 and not after.startswith("ال")
        for word, after in pairwise(words[:5])
    )


def _foretold(one: Content) -> bool:
    """*يسافر الوزير الخميس*, *سيسافر وزير الخارجية*, in a briefing: it is made known."""
    if not one.direct:
        return False
    coming = is_present(one.laid, one.piece[0]) and one.words[0][0] != "ن"
    if coming and one.has("future_times", 6):
        return True
    told = one.words[0].lstrip("و")[:2] in ("سي", "ست") and not one.negated
    return one.future and one.act != "announced" and (told or one.has("roles", 4))


def _plans_itself(one: Content) -> bool:
    """*نستأنف الرحلات صباح الغد*: the present of the speakers with a time to come."""
    return one.direct and is_ours(one.words[0]) and one.has("future_times", 9)


def _calls_on(one: Content) -> bool:
    """*فليتقدموا بطلب مكتوب*."""
    return any(word.startswith(("فلي", "فلت", "ولي", "ولت", "لنت")) and len(word) > 5 for word in one.words[:8])


def _judges(one: Content) -> bool:
    """*المحادثات كانت بناءة*; against what somebody warns (*من كارثة*) is no judgement."""
    warned = one.laid.tokens.words[one.piece[0] - 1] == "من"
    return not warned and len(one.words) < 22 and one.has("evaluative", 22)


def _as_it_was(one: Content) -> bool:
    return list(one.words[:2]) in (["هو", "ما"], ["وهو", "ما"], ["هي", "ما"])


def _told(one: Content) -> bool:
    """*لقد ناقشنا*: what the speakers did is made known in their own words."""
    words = one.words
    return one.direct and len(words) > 1 and words[0] in ("لقد", "قد") and words[1].endswith("نا")


RULES: Final[tuple[Rule, ...]] = (
    (denied, "denied"),
    (lambda one: one.has("thanks", 5), "thanked"),
    (lambda one: one.direct and one.has("regrets", 6), "concern"),
    (_disagreed, "disagreed"),
    (lambda one: one.act == "announced" and not one.negated and one.has("agreements", 2), "agreed"),
    (_passes_on, "claimed"),
    (lambda one: _refused(one) or _no_way(one), "refused"),
    (_asks, "asked"),
    (lambda one: one.future and one.itself and one.act == "announced", "announced"),
    (lambda one: one.future and one.itself and not (one.hit is not None and one.hit.cue.act == "agreed"), "pledged"),
    (_told, "announced"),
    (_plans_itself, "pledged"),
    (_calls_on, "urged"),
    (lambda one: one.hit is not None, None),
    (_denies, "denied"),
    (lambda one: _needed(one) or _better(one), "urged"),
    (_foretold, "announced"),
    (lambda one: one.future and not one.negated and one.has("events", 5), "announced"),
    (_judges, "assessed"),
    (_as_it_was, "assessed"),
    (_assesses, "assessed"),
)
"""What is asked of a content in this order, and the act where it is so; without one, that of its own verb."""
