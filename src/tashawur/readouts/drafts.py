"""What the grammar of a language hands on: a statement by its tokens, before it is judged and given spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tashawur.readouts.arabic import has_noun_form
from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import Cue
from tashawur.readouts.values import Act, Kind

Range = tuple[int, int]
"""Tokens from the first to the second, the second exclusive."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue where it stands: token `at`, `fallen` letters of proclitics before it, its last word behind `end`."""

    at: int
    end: int
    cue: Cue
    fallen: int = 0
    noun: int | None = None
    """The token of the noun that belongs to the cue, as in *expressed concern*."""


@dataclass(slots=True)
class Draft:
    """One statement by its tokens. `trim` letters of the first content token are a preposition and fall away."""

    content: Range
    cue: Range | None
    act: Act
    kind: Kind
    speaker: Range | None = None
    inherits: bool = False
    quote: int | None = None
    trim: int = 0
    cue_trim: int = 0
    head_trim: int = 0
    addressee: Range | None = None
    occasion: Range | None = None
    said_on: Range | None = None
    via: Range | None = None
    question: Range | None = None
    inner_cue: Range | None = None
    flags: list[str] = field(default_factory=list)
    form: str = ""
    colon: bool = False
    previous: bool = False
    """What the sentence before tells is what was said."""
    mute: bool = False
    """It names who speaks and tells nothing: *the embassy shot back within hours*."""
    spoken: bool = False
    """The words of a transcript, without quotation marks."""
    condition: Range | None = None
    """A condition beside the content; one inside it is found by itself."""
    judged: bool = False
    """The act was judged by somebody else and stays as it is."""


def cues_in(laid: Layout, start: int, end: int, *, quoted: bool = False) -> list[Hit]:
    """The cues between two tokens, outside quotations unless `quoted`."""
    found: list[Hit] = []
    words, cues, plain = laid.tokens.words, laid.lexicon.cues, laid.lexicon.lang != "ar"
    i = start
    while i < end:
        if plain and words[i] not in cues and words[i] != "не":
            i += 1
            continue
        hit = cue_at(laid, i, end) if quoted or laid.quote_of[i] < 0 else None
        if hit is None or (i > start and laid.tokens.raw(i)[0].isupper()):
            i += 1
            continue
        found.append(hit)
        i = max(i + 1, hit.end)
    return found


_OF_ME: Final = frozenset({"اني", "واني", "انني", "وانني", "اننا", "واننا"})
"""Behind these a verb may carry an emphatic *ل*: *إننا لنرحب*."""


def cue_at(laid: Layout, i: int, limit: int) -> Hit | None:
    """The cue that begins at token `i`; None where none does."""
    words, lexicon = laid.tokens.words, laid.lexicon
    word = words[i]
    if word not in lexicon.cues and word != "не" and lexicon.lang != "ar":
        return None
    if word == "не" and i + 1 < limit:
        found = _matching(laid, i + 1, limit, f"не {words[i + 1]}")
        return Hit(i, found[0], found[1], 0, found[2]) if found else None
    forms = lexicon.cue_forms(word)
    if word[0] == "ل" and i and words[i - 1] in _OF_ME:
        forms = (*forms, (1, word[1:]))
    for fallen, word in forms:
        found = _matching(laid, i, limit, word)
        if found is not None:
            return Hit(i, found[0], found[1], fallen, found[2])
    return None


def _matching(laid: Layout, i: int, limit: int, word: str) -> tuple[int, Cue, int | None] | None:
    words = laid.tokens.words
    held = laid.lexicon.cues.get(word, ())
    arabic = laid.lexicon.lang == "ar"
    if len(held) > _FEW and not arabic:
        held = _possible(laid, held, word, words[i + 1 : min(i + _FARTHEST, limit)])
    behind: frozenset[str] | None = None
    for cue in held:
        if not cue.rest:
            return i + 1, cue, None
        if cue.gap and arabic:
            behind = _forms(words[i + 1 : min(i + _FARTHEST, limit)]) if behind is None else behind
            if behind.isdisjoint(_any_form(cue.rest[0])):
                continue
        reach = _FARTHEST if cue.gap else _reach(laid, cue)
        inserted, named = _asides(laid, i, limit) if cue.gap else (range(0), range(0))
        clause = not cue.rest[0].isdisjoint(_THAT) and i + 2 < limit and words[i + 1] == ","
        first = i + 2 if cue.gap and laid.lexicon.lang == "en" else i + 1 + clause
        for step in range(first, min(i + reach, limit)):
            if step in inserted or step in named:
                continue
            fits = _is(words[step], cue.rest[0]) or (words[step][0] == "ب" and _by(laid, words[step], cue.rest[0]))
            stop = _follows(laid, step, limit, cue.rest) if fits else None
            if stop is not None and cue.gap and step > i + 2 and _why(laid, i + 1, step):
                stop = None
            if stop is not None:
                return (i + 1 if cue.gap else stop), cue, step if cue.gap else stop - 1
            if not _passes(words, i, step, cue) and _ends_phrase(laid, cue, i, step, reach):
                break
    return None


def _passes(words: Sequence[str], i: int, step: int, cue: Cue) -> bool:
    """Whether a mark at `step` may stand between the words of a cue."""
    if words[step] in (",", "،"):
        # *أسرّ رئيس المجلس، عدنان كوستا، بأنه ...*: the name of who speaks may stand between commas.
        return cue.gap and "ان" in cue.rest[0]
    if words[step] == ".":
        return len(words[step - 1]) == 1
    return words[step] in _QUOTED and words[i] in _BEING and step <= i + 2


def _ends_phrase(laid: Layout, cue: Cue, i: int, step: int, reach: int) -> bool:
    """Whether the words that belong to a cue cannot stand behind `step`: a mark, a preposition, another verb."""
    word = laid.tokens.words[step]
    if word in _MARKS or (not cue.gap and step > i + 2 and reach == _NEAR):
        return True
    if cue.gap:
        return word in laid.lexicon.words["complementizers"]
    return reach == _NOUN_PHRASE and (word in _JOINING or (step > i + 3 and word in laid.lexicon.cues))


_NEAR: Final = 4
"""Words behind a verb among which its preposition or noun stands."""
_NOUN_PHRASE: Final = 8
"""The same for a noun that has its adjectives before it: *voiced its deep and growing concern*."""
_THAT: Final = frozenset({"что", "чтобы"})
_MARKS: Final = frozenset({",", "،", ":", ".", '"', "«", "“"})
_QUOTED: Final = frozenset({'"', "“", "‘"})
_BEING: Final = frozenset({"is", "are", "was", "were", "am", "being"})
_ADJECTIVES: Final = 3
"""Words between a preposition and its noun: *выступил с новой единой инициативой*."""
_JOINING: Final = frozenset(
    {"of", "for", "to", "at", "in", "on", "with", "by", "from", "over", "that", "about", "as", "against", "who"}
) | frozenset({"о", "об", "в", "во", "на", "к", "с", "со", "за", "по", "от", "для", "из", "у", "при", "что", "чтобы"})


_FEW: Final = 2
"""With more cues of one word, those whose next words are nowhere near are left out at once."""
_FARTHEST: Final = 14


def _possible(laid: Layout, held: Sequence[Cue], word: str, near: Sequence[str]) -> Sequence[Cue]:
    """The cues of a word for which one of the words near it may be the next one, and those that need none."""
    found = laid.lexicon.followed
    if len(found) > _REMEMBERED:
        found.clear()
    able = set[int]()
    for other in near:
        key = word, other
        places = found.get(key)
        if places is None:
            places = found[key] = tuple(n for n, cue in enumerate(held) if cue.rest and _is(other, cue.rest[0]))
        if places:
            able.update(places)
    # Cues are sorted by how much must follow: those that need nothing stand last.
    bare = next((n for n in range(len(held) - 1, -1, -1) if held[n].rest), -1) + 1
    return [*(held[n] for n in sorted(able)), *held[bare:]]


_REMEMBERED: Final = 200_000
"""Pairs of words for which it is remembered whether the second may follow the first."""


def _reach(laid: Layout, cue: Cue) -> int:
    """How far behind its verb the first word that must follow may stand."""
    return _NEAR if laid.lexicon.lang == "ar" or not cue.rest[0].isdisjoint(_JOINING) else _NOUN_PHRASE


def _forms(words: Sequence[str]) -> frozenset[str]:
    """The words as they may be looked up, with the prepositions that are letters of them."""
    return frozenset({*words, *map(_bare, words), *(word[0] for word in words if word[0] in "بل")})


@lru_cache(maxsize=2_000)
def _any_form(options: frozenset[str]) -> frozenset[str]:
    return options | _bare_forms(options)


def _asides(laid: Layout, i: int, limit: int) -> tuple[range, range]:
    """The tokens between a verb and what must follow it that are no part of either: names set off by marks."""
    near = laid.tokens.words[i : min(i + _FARTHEST, limit)]
    if _SETTING_OFF.isdisjoint(near):
        return range(0), range(0)
    return _insertion(laid.tokens.words, i, limit), _quoted_name(laid, i, min(i + _FARTHEST, limit))


_SETTING_OFF: Final = frozenset(',،"«“')


def _quoted_name(laid: Layout, i: int, stop: int) -> range:
    """The tokens of a name in quotation marks: *اكتفى متحدث باسم حزب «العقد» بالقول ...*."""
    near = range(i + 2, stop - 1)
    first = next((step for step in near if laid.tokens.words[step] in ('"', "«", "“")), None)
    number = -1 if first is None else laid.quote_of[first + 1]
    if first is None or number < 0 or laid.quotes[number].end - first > 4:
        return range(0)
    return range(first, laid.quotes[number].end + 1)


def _fits(laid: Layout, word: str, options: frozenset[str]) -> bool:
    """Whether the word is one of the options, or carries the preposition that is one."""
    return _is(word, options) or (word[0] == "ب" and _by(laid, word, options))


def _by(laid: Layout, word: str, options: frozenset[str]) -> bool:
    """Whether a word carries the preposition ب, where that is one of the options: *بفرض*, *بمطلب*."""
    if "ب" not in options or len(word) < 3:
        return False
    groups = laid.lexicon.words
    return word[1:] in groups["verbal_nouns"] or (
        len(word) > 3 and word not in groups["begin_with_b"] and word not in groups["adverbs"]
    )


def _why(laid: Layout, first: int, step: int) -> bool:
    """*أعلن انسحابه احتجاجا على ...*: the noun tells why, for behind the verb stands another that tells what."""
    word = laid.tokens.words[step]
    if word[-1] != "ا" or word.startswith("ال") or len(word) < 4:
        return False
    owned = (laid.tokens.words[i] for i in range(first, step) if laid.tokens.words[i].endswith(("ه", "ها", "هم")))
    return any(has_noun_form(_bare(one)) or _bare(one) in laid.lexicon.words["verbal_nouns"] for one in owned)


def _insertion(words: Sequence[str], i: int, limit: int) -> range:
    """The tokens of a name set off by commas: *دافعت المفوضة، أورنيلا ساتي، عن ...*."""
    commas = [step for step in range(i + 1, min(i + 14, limit)) if words[step] in (",", "،")][:2]
    apart = len(commas) == 2 and 1 < commas[1] - commas[0] <= 6
    if not apart or any(not word[0].isalnum() for word in words[commas[0] + 1 : commas[1]]):
        return range(0)
    return range(commas[0], commas[1] + 1)


def _follows(laid: Layout, step: int, limit: int, rest: tuple[frozenset[str], ...]) -> int | None:
    """The token behind the words that must follow, from `step` on; *deep*, *serious* may stand before a noun."""
    words = laid.tokens.words
    intensifiers = laid.lexicon.words.get("intensifiers", frozenset())
    for n, one in enumerate(rest):
        far = step + (_ADJECTIVES if n and laid.lexicon.lang == "ru" and not rest[n - 1].isdisjoint(_JOINING) else 0)
        while n and step < limit and words[step] not in one:
            between = step < far and words[step][0].isalpha() and words[step] not in _JOINING
            if not (words[step] in intensifiers or (between and not _is(words[step], one))):
                break
            step += 1
        if step >= limit or not _fits(laid, words[step], one):
            return None
        step += 1
    return step


@lru_cache(maxsize=50_000)
def _is(word: str, options: frozenset[str]) -> bool:
    """Whether the word is one of the options, or one of them with another ending."""
    if word in options:
        return True
    if word[0] in options and len(word) > 3 and word[0] in "بل":
        # *لوّح بإغلاق المعبر*: the preposition is a letter of the word.
        return word[1:] in ("ان", "ما", "عدم", "الا") or word[1:3] in ("ال", "ل") or has_noun_form(word[1:])
    if word[:1] >= "\u0600":
        bare = _bare(word)
        return bare in _bare_forms(options) or word in _bare_forms(options)
    return any(len(one) > 5 and word.startswith(one[:-1]) for one in options)


@lru_cache(maxsize=2_000)
def _bare_forms(options: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for one in options for stem in (_bare(one), one) if len(stem) > 2)


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    """An Arabic noun without its possessive and without the ending of the feminine."""
    for ending in ("هما", "ها", "هم", "نا", "ه", "ي"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word.removesuffix(ending)
            break
    return word.removesuffix("ة") if word.endswith("ة") else word.removesuffix("ت") if len(word) > 4 else word
