"""The act of a statement by its content: what it does beyond saying that something is so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tashawur.readouts.arabic import is_ours
from tashawur.readouts.drafts import Draft, Hit, Range, cue_at
from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import without_proclitics
from tashawur.readouts.names import is_any, is_future
from tashawur.readouts.subjects import is_present
from tashawur.readouts.values import Act

_COMMAS: Final = frozenset(",،;؛")
_TOGETHER: Final = frozenset({"and", "they", "both", "we"})
_PLAIN: Final = frozenset({"claimed", "announced"})


def act_of(laid: Layout, draft: Draft, piece: Range, own: frozenset[str]) -> Act:
    """The act of a statement: that of its cue, unless the content says something more special.

    `own` are beginnings of words that name the speaker and its state, so that *the minister of X said that X will*
    is known for a word about itself.
    """
    first, end = piece
    act = draft.act
    if laid.lexicon.lang == "ar" and draft.kind != "narrative":
        act = _arabic_act(laid, act, piece, draft.cue[0] if draft.cue else piece[0])
    if act == "denied" and draft.cue is not None and laid.tokens.words[draft.cue[0]].startswith(("reject", "отверг")):
        told = any(is_any(laid, i, "allegations") for i in range(first, min(end, first + 5)))
        return "denied" if told else "refused"
    if act in ("claimed", "urged", "demanded") and any(
        is_any(laid, i, "need_nouns") for i in range(first, min(end, first + 2))
    ):
        return "urged"
    near = 3 if laid.lexicon.lang == "ar" else 2
    if act == "claimed" and any(is_any(laid, i, "held_before") for i in range(first, min(end, first + near))):
        return "reaffirmed"
    if act not in _PLAIN or draft.kind == "narrative":
        return act
    itself = _first_person(laid, piece) or _own_future(laid, piece, own)
    one = _Content(
        laid,
        piece,
        act,
        draft.kind == "direct",
        is_negated(laid, piece),
        in_future(laid, piece),
        itself,
        _inner(laid, piece),
    )
    for holds, found in _RULES:
        if holds(one):
            return found if found is not None else one.hit.cue.act if one.hit is not None else act
    return act


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

    def has(self, group: str, reach: int) -> bool:
        """Whether one of the words of a group stands among the first `reach` tokens."""
        first, end = self.piece
        return any(is_any(self.laid, i, group) for i in range(first, min(end, first + reach)))

    @property
    def words(self) -> Sequence[str]:
        """The words of the content."""
        return self.laid.tokens.words[self.piece[0] : self.piece[1]]


def _arabic_act(laid: Layout, act: Act, piece: Range, cue: int) -> Act:
    """What the Arabic content makes of the verb: *أصر على أنه*, *رفض الاتهامات*, *على الجميع أن ...*."""
    words, first = laid.tokens.words, piece[0]
    before = words[first - 1] if first else ""
    if act == "demanded" and before in ("ان", "انه", "انها", "بانه") and not is_present(laid, first):
        return "claimed"
    rejects = "رفض" in words[cue]
    if (
        act == "refused"
        and rejects
        and any(is_any(laid, i, "allegations") for i in range(first, min(piece[1], first + 2)))
    ):
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


def _denied(one: _Content) -> bool:
    phrases = one.laid.lexicon.phrases["falsity"]
    return any(phrases.at(one.laid.tokens.words, i) for i in range(*one.piece))


def _disagreed(one: _Content) -> bool:
    reach = 4 if one.laid.lexicon.lang == "ar" else 6
    if one.has("disagreements", 4) or (one.negated and one.has("agreements", reach)):
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
    if one.laid.lexicon.lang == "ar" and _will_not(one):
        return True
    return one.future and one.itself and one.negated and not _negated_later(one)


def _will_not(one: _Content) -> bool:
    """*لن يُستأنف العمل*, *الوزير لن يلتقي*, *لا نعلّق*: by the passive, or of an official, of one's own side."""
    words, marks, first = one.words, one.laid.tokens, one.piece[0]
    place = next((i for i, word in enumerate(words[:6]) if word in ("لن", "ولن", "لا", "ولا")), None)
    if place is None or place + 1 >= len(words) or (place and any(word in _COMMAS for word in words[:place])):
        return False
    if words[place] in ("لا", "ولا"):
        return is_any(one.laid, first + place + 1, "refusals")
    passive = "\u064f" in marks.raw(first + place + 1)[:2]
    return passive or one.itself or place == 0 or one.has("roles", place)


def _negated_later(one: _Content) -> bool:
    """Whether a comma stands before the negation, so that it belongs to what comes after the main clause."""
    for word in one.words:
        if word in one.laid.lexicon.words["negators"]:
            return False
        if word in _COMMAS:
            return True
    return False


def _denies(one: _Content) -> bool:
    never = any(word in ("never", "никаких", "никогда") for word in one.words)
    if one.laid.lexicon.lang == "ar":
        return _denies_in_arabic(one)
    return one.negated and one.direct and (one.itself or never) and one.hit is None


def _denies_in_arabic(one: _Content) -> bool:
    """*هذه ليست مناورة*, *لم نتراجع*, *الرئيس لم يقدم أي تنازل*."""
    words = one.words
    if not (one.negated and one.direct and one.hit is None):
        return False
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


def _foretold(one: _Content) -> bool:
    """*The foreign minister will travel on Thursday*, in a briefing: it is made known."""
    coming = one.laid.lexicon.lang == "ar" and one.direct and is_present(one.laid, one.piece[0])
    if coming and one.laid.tokens.words[one.piece[0]][0] != "ن" and one.has("future_times", 6):
        return True
    told = one.laid.lexicon.lang == "ar" and one.words[0].lstrip("و")[:2] in ("سي", "ست") and not one.negated
    return one.future and one.direct and one.act != "announced" and (told or one.has("roles", 4))


def _plans_itself(one: _Content) -> bool:
    """*نستأنف الرحلات صباح الغد*: the present of the speakers with a time to come."""
    return one.laid.lexicon.lang == "ar" and one.direct and is_ours(one.words[0]) and one.has("future_times", 9)


def _calls_on(one: _Content) -> bool:
    """*فليتقدموا بطلب مكتوب*."""
    return one.laid.lexicon.lang == "ar" and any(
        word.startswith(("فلي", "فلت", "ولي", "ولت", "لنت")) and len(word) > 5 for word in one.words[:8]
    )


def _as_it_was(one: _Content) -> bool:
    return list(one.words[:2]) in (["هو", "ما"], ["وهو", "ما"], ["هي", "ما"])


def _told(one: _Content) -> bool:
    """*لقد ناقشنا*: what the speakers did is made known in their own words."""
    words = one.words
    return one.direct and len(words) > 1 and words[0] in ("لقد", "قد") and words[1].endswith("نا")


_RULES: Final[tuple[tuple[Callable[[_Content], bool], Act | None], ...]] = (
    (_denied, "denied"),
    (lambda one: one.has("thanks", 5), "thanked"),
    (lambda one: one.direct and one.has("regrets", 6), "concern"),
    (_disagreed, "disagreed"),
    (lambda one: one.act == "announced" and not one.negated and one.has("agreements", 2), "agreed"),
    (_refused, "refused"),
    (lambda one: one.future and one.itself and one.act == "announced", "announced"),
    (lambda one: one.future and one.itself and not (one.hit is not None and one.hit.cue.act == "agreed"), "pledged"),
    (_told, "announced"),
    (_plans_itself, "pledged"),
    (_calls_on, "urged"),
    (lambda one: one.hit is not None, None),
    (_denies, "denied"),
    (lambda one: one.has("necessity", 14), "urged"),
    (_foretold, "announced"),
    (lambda one: one.future and not one.negated and one.has("events", 5), "announced"),
    (lambda one: len(one.words) < 22 and one.has("evaluative", 22), "assessed"),
    (_as_it_was, "assessed"),
)
"""What is asked of a content in this order, and the act where it is so; without one, that of its own verb."""


def _first_person(laid: Layout, piece: Range) -> bool:
    words = laid.tokens.words
    reach = 9 if laid.lexicon.lang == "ar" and words[piece[0]] in ("اذا", "واذا") else 4
    for i in range(piece[0], min(piece[1], piece[0] + reach)):
        if words[i] in ("we", "i", "our", "мы", "я", "наша", "наши", "наше", "наш", "نحن"):
            return True
        bare = words[i][1:] if words[i][:1] in ("و", "ف") else words[i]
        if bare.startswith(("سن", "سا")) and is_future(laid, i):
            return True
        if bare == "سوف" and words[i + 1 : i + 2] and words[i + 1][0] in "نا":
            return True
        if bare == "لن" and words[i + 1 : i + 2] and words[i + 1][:1] in ("ن", "ا"):
            return True
        if laid.lexicon.lang == "ru" and words[i].endswith(("ем", "им", "емся", "имся")) and len(words[i]) > 4:
            return True
    return False


def _own_future(laid: Layout, piece: Range, own: frozenset[str]) -> bool:
    """*said that it will ...*, *the minister of X said that X will ...*: the speaker tells of itself."""
    words = laid.tokens.words
    first = words[piece[0]]
    if first in ("it", "he", "she", "they", "он", "она", "они"):
        return True
    if laid.lexicon.lang == "ar":
        following = piece[0] + 1
        subject = following < piece[1] and (words[following].startswith("ال") or is_any(laid, following, "groups"))
        # *أنهما سيوقعان النص*: the pronoun is the subject, and a verb of several has none behind it.
        told = words[piece[0] - 1].startswith(("ان", "بان")) and len(words[piece[0] - 1]) > 3
        subject = subject and not (told or first.endswith(("ان", "ون")))
        future = first == "لن" or (first.startswith("س") and len(first) > 4)
        if (future and (not subject or first.startswith("سن"))) or first.startswith(("بلاد", "حكومت")):
            return True
        if _ones_own(laid, piece):
            return True
        return any(
            form[:5] in own
            for i in range(piece[0], min(piece[1], piece[0] + 2))
            for _, form in without_proclitics(words[i])
        )
    return any(words[i][:5] in own for i in range(piece[0], min(piece[1], piece[0] + 3)))


_BODIES: Final = ("bodies", "ministries", "realms")


def _ones_own(laid: Layout, piece: Range) -> bool:
    """*قبيلته*, *وزارتها*, *سلطات بلاده*: the subject is of the speaker."""
    words = laid.tokens.words
    first, second = words[piece[0]], words[min(piece[0] + 1, piece[1] - 1)]
    owned = first.endswith(("ته", "تها", "تهم", "تهما", "ده", "دها")) and len(first) > 5
    stem = first.removesuffix("هما").removesuffix("ها").removesuffix("هم").removesuffix("ه").removesuffix("ت")
    if any(
        is_future(laid, i) and "\u064f" in laid.tokens.raw(i)[2:5] for i in range(piece[0], min(piece[1], piece[0] + 3))
    ):
        # *الرفات سيُسلَّم*: an official tells in the passive what his own side will do.
        return True
    state = is_any(laid, piece[0], "own_state") and is_future(laid, min(piece[0] + 1, piece[1] - 1))
    return (
        state
        or second.startswith("بلاد")
        or (
            owned
            and any(f"{stem}ة" in laid.lexicon.words[group] or stem in laid.lexicon.words[group] for group in _BODIES)
        )
    )


def in_future(laid: Layout, piece: Range) -> bool:
    """Whether the content tells of what is to come."""
    words = laid.tokens.words
    for i in range(piece[0], min(piece[1], piece[0] + 16)):
        word = words[i]
        if is_any(laid, i, "future", "will_verbs"):
            return True
        if laid.lexicon.lang == "ru" and is_perfective_future(word):
            return True
        if laid.lexicon.lang == "ar" and (word in ("لن", "ولن", "فلن") or is_future(laid, i)):
            return True
    return False


_PERFECTIVE: Final = re.compile(
    r"(?:вы|на|об|ото?|пере|по|при|про|ра[зс]|с|со|у|за|до|и[зс]|во[зс]|вне|в|о|под|пред)[а-я]+"
    r"(?:[^аяу](?:ет|ут|ют)|[^о]ит|ят|ат|аст|адут|ем|им|йдет|йдут)(?:ся)?"
)
_NOT_FUTURE: Final = re.compile(
    r".*(?:ход|нос|вод|воз|сто|долж|леж|вид|знач|завис|след|дн|мож)(?:ит|ят|ат|ет|ут)(?:ся)?"
    r"|.*(?:итет|врат|хват|запрет)|(?:объ|подъ|при|совс|вс|прич|зач|поч)ем|.*(?:своим|одним|другим|самим|таким)|.*(?:ают|яют|уют|ает|яет|ует|аем|яем|уем)(?:ся)?"
)


def is_perfective_future(word: str) -> bool:
    """Whether a Russian verb tells the future by its form: *откроет*, *передаст*, *встретятся*.

    >>> [is_perfective_future(word) for word in ("откроет", "передаст", "подтверждает", "проходит")]
    [True, True, False, False]
    """
    return len(word) > 5 and bool(_PERFECTIVE.fullmatch(word)) and not _NOT_FUTURE.fullmatch(word)


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
    if form == "past":
        return any(is_any(laid, n, "groups") or words[n] in _TOGETHER for n in before)
    plural = words[i - 1] in laid.lexicon.words["groups"] | {"they", "also"}
    named = hit.cue.act == "agreed" and laid.tokens.raw(i - 1)[0].isupper()
    return form == "base" and (plural or named)


def _we(laid: Layout, hit: Hit, i: int, first: int) -> bool:
    """Whether the verb is in the first person."""
    words = laid.tokens.words
    if laid.lexicon.lang == "ar":
        return hit.cue.form in ("we", "I")
    if laid.lexicon.lang == "ru":
        return words[i].endswith(("ем", "емся", "им")) or any(
            words[n] in ("мы", "я") for n in range(max(first, i - 3), i)
        )
    return any(words[n] in ("we", "i") for n in range(max(first, i - 3), i)) and hit.cue.form in ("base", "past")


def is_negated(laid: Layout, piece: Range) -> bool:
    """Whether the content says that something is not so: a negator stands in its main clause."""
    words = laid.tokens.words
    depth = 0
    for i in range(piece[0], piece[1]):
        word = words[i]
        if word in ("الا", "بالا", "لئلا") and laid.tokens.raw(i).removeprefix("ب")[:1] == "أ":
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
            "سيما",
            "يتجاوز",
            "تتجاوز",
            "يجاوز",
            "يتعدي",
            "تتعدي",
            "يزيد",
            "تزيد",
            "يقل",
            "تقل",
        )
    ) or (word in ("ما", "دون", "غير") and (word == "ما" or before == ["من"]))
