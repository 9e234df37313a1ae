"""Whether a content tells of who speaks, and the verb in it that does something by being said."""

from __future__ import annotations

from typing import Final

from tashawur.readouts.drafts import Hit, Range, cue_at
from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import without_proclitics
from tashawur.readouts.names import is_any, is_future
from tashawur.readouts.russian import is_perfective_future

_FEELING: Final = (
    *("готов", "благодар", "признател", "обеспокоен", "озабочен", "встревожен", "разочарован", "огорчен", "опечален"),
    *("потрясен", "удручен", "согласн", "привержен", "возмущен", "солидар"),
)
"""Beginnings of adjectives that do what they say: *заявил, что готов к обмену*."""
_OF_ME: Final = frozenset(
    {"я", "мы", "мне", "нам", "хочу", "хотим", "хотелось", "спешу", "позволю", "рад", "рада", "рады"}
)
_OF_THEM: Final = frozenset({"он", "она", "они", "его", "ее", "их", "страна", "крайне", "весьма", "не"})
_TOGETHER: Final = frozenset({"and", "they", "both", "we"})


def tells_of_itself(laid: Layout, piece: Range, own: frozenset[str], *, direct: bool) -> bool:
    """Whether the speaker tells of itself; `own` are beginnings of words that name it and its state."""
    if laid.lexicon.lang == "ar":
        return _first_person_in_arabic(laid, piece) or _own_future_in_arabic(laid, piece, own)
    return _first_person(laid, piece) or _own_future(laid, piece, own, direct=direct)


_WE: Final = frozenset(["we", "i", "our", "мы", "я", "наша", "наши", "наше", "наш"])


def _first_person(laid: Layout, piece: Range) -> bool:
    """*we*, *мы*, *встретимся*: the speakers are named near the beginning of the content."""
    words, russian = laid.tokens.words, laid.lexicon.lang == "ru"
    for word in words[piece[0] : min(piece[1], piece[0] + 4)]:
        if word in _WE or word.startswith(("we'", "i'")):
            return True
        if russian and word.endswith(("ем", "им", "емся", "имся")) and len(word) > 4:
            return True
    if not russian:
        return False
    near = list(words[piece[0] : min(piece[1], piece[0] + 12)])
    clause = near[: near.index(",")] if "," in near else near
    return "мы" in clause or "я" in clause


def _first_person_in_arabic(laid: Layout, piece: Range) -> bool:
    """*نحن*, *سنلتقي*, *سوف نلتقي*, *لن نلتقي*; behind *إذا* it may stand later."""
    words = laid.tokens.words
    reach = 9 if words[piece[0]] in ("اذا", "واذا") else 4
    for i in range(piece[0], min(piece[1], piece[0] + reach)):
        bare = words[i][1:] if words[i][:1] in ("و", "ف") else words[i]
        if words[i] == "نحن" or (bare.startswith(("سن", "سا")) and is_future(laid, i)):
            return True
        if bare in ("سوف", "لن") and words[i + 1 : i + 2] and words[i + 1][0] in "نا":
            return True
    return False


def _own_future(laid: Layout, piece: Range, own: frozenset[str], *, direct: bool) -> bool:
    """*said that it will ...*, *the minister of X said that X will ...*: the speaker tells of itself."""
    words = laid.tokens.words
    first = words[piece[0]]
    if first in ("it", "he", "she", "they", "он", "она", "они"):
        return not direct
    if not direct and (first in _OWNED or (laid.lexicon.lang == "ru" and _without_subject(laid, piece))):
        return True
    return any(word[:5] in own for word in words[piece[0] : min(piece[1], piece[0] + 3)])


def _own_future_in_arabic(laid: Layout, piece: Range, own: frozenset[str]) -> bool:
    """*قال إنه سيزور*, *ستوقع الحكومة*: the verb has no other subject, or one that names the speaker."""
    words, first, following = laid.tokens.words, laid.tokens.words[piece[0]], piece[0] + 1
    subject = following < piece[1] and (words[following].startswith("ال") or is_any(laid, following, "groups"))
    # *أنهما سيوقعان النص*: the pronoun is the subject, and a verb of several has none behind it.
    told = words[piece[0] - 1].startswith(("ان", "بان")) and len(words[piece[0] - 1]) > 3
    subject = subject and not (told or first.endswith(("ان", "ون")))
    future = first == "لن" or (first.startswith("س") and len(first) > 4)
    if (future and (not subject or first.startswith("سن"))) or first.startswith(("بلاد", "حكومت")):
        return True
    if _ones_own(laid, piece):
        return True
    near = words[piece[0] : min(piece[1], piece[0] + 2)]
    return any(form[:5] in own for word in near for _, form in without_proclitics(word))


_OWNED: Final = frozenset({"its", "his", "her", "their", "его", "ее", "их", "наша", "наш", "наше", "our"})


def _without_subject(laid: Layout, piece: Range) -> bool:
    """*сказал, что не откроет ...*: a reported clause that begins with its verb tells of who speaks."""
    words = laid.tokens.words
    i = piece[0]
    while i < piece[1] - 1 and (words[i] == "не" or is_any(laid, i, "adverbs") or words[i].endswith("но")):
        i += 1
    return is_perfective_future(words[i]) or is_any(laid, i, "future")


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


def verb_inside(laid: Layout, piece: Range) -> Hit | None:
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
    words = laid.tokens.words
    if laid.lexicon.lang == "en" and words[i] in ("was", "were", "is", "are", "remained", "remains"):
        # *said that it was open to a swap*, *said she was “deeply troubled”*
        own = i > first and words[i - 1] in ("he", "she", "it", "they") and bool(hit.cue.rest)
        return own and hit.cue.act not in ("claimed", "announced", "agreed")
    if laid.lexicon.lang == "ru" and hit.cue.form == "base":
        mine = any(word in _OF_ME for word in words[first:i])
        return mine and laid.lexicon.phrases["chains"].within(words, first, i)
    if laid.lexicon.lang == "ru" and words[i].startswith(_FEELING):
        led = all(words[n] in _OF_THEM or not words[n][0].isalpha() or words[n].endswith("о") for n in range(first, i))
        if led and hit.cue.act not in ("claimed", "announced"):
            return True
    if laid.lexicon.lang == "en" and hit.cue.form == "past" and words[i - 1] in ("was", "were", "been", "being"):
        return False
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
        group = (i + 1 < len(words) and is_any(laid, i + 1, "groups")) or (i > first and is_any(laid, i - 1, "groups"))
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
        return hit.cue.form in ("we", "I")
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
