"""What the grammar of a language hands on: a statement by its tokens, before it is judged and given spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import Cue, without_proclitics
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
    i = start
    while i < end:
        if (quoted or laid.quote_of[i] < 0) and not (i > start and laid.tokens.raw(i)[0].isupper()):
            hit = cue_at(laid, i, end)
            if hit is not None:
                found.append(hit)
                i = max(i + 1, hit.end)
                continue
        i += 1
    return found


def cue_at(laid: Layout, i: int, limit: int) -> Hit | None:
    """The cue that begins at token `i`; None where none does."""
    words, lexicon = laid.tokens.words, laid.lexicon
    if lexicon.lang == "ar":
        forms = [one for one in without_proclitics(words[i]) if one[0] == 0 or words[i][0] in "وف"][:2]
        if len(words[i]) == 3 and words[i][0] in "وف":
            forms = [*forms, (1, words[i][1:])]
    else:
        forms = [(0, words[i])]
        if i + 1 < limit and words[i] == "не":
            found = _matching(laid, i + 1, limit, f"не {words[i + 1]}")
            return Hit(i, found[0], found[1], 0, found[2]) if found else None
    for fallen, word in forms:
        found = _matching(laid, i, limit, word)
        if found is not None:
            return Hit(i, found[0], found[1], fallen, found[2])
    return None


def _matching(laid: Layout, i: int, limit: int, word: str) -> tuple[int, Cue, int | None] | None:
    words = laid.tokens.words
    for cue in laid.lexicon.cues.get(word, ()):
        if not cue.rest:
            return i + 1, cue, None
        reach = 14 if cue.gap else 4
        clause = "что" in cue.rest[0] and i + 2 < limit and words[i + 1] == ","
        for step in range(i + 1 + clause, min(i + reach, limit)):
            stop = _follows(laid, step, limit, cue.rest)
            if stop is not None:
                return (i + 1 if cue.gap else stop), cue, step if cue.gap else stop - 1
            if words[step] in (",", "،", ":", ".", '"', "«", "“") or (not cue.gap and step > i + 2):
                break
    return None


def _follows(laid: Layout, step: int, limit: int, rest: tuple[frozenset[str], ...]) -> int | None:
    """The token behind the words that must follow, from `step` on; *deep*, *serious* may stand before a noun."""
    words = laid.tokens.words
    intensifiers = laid.lexicon.words.get("intensifiers", frozenset())
    for n, one in enumerate(rest):
        while n and step < limit and words[step] in intensifiers and words[step] not in one:
            step += 1
        if step >= limit or not _is(words[step], one):
            return None
        step += 1
    return step


@lru_cache(maxsize=50_000)
def _is(word: str, options: frozenset[str]) -> bool:
    """Whether the word is one of the options, or one of them with another ending."""
    if word in options:
        return True
    if word[:1] >= "\u0600":
        bare = _bare(word)
        return any(len(stem) > 2 and bare == stem for stem in map(_bare, options))
    return any(len(one) > 5 and word.startswith(one[:-1]) for one in options)


def _bare(word: str) -> str:
    """An Arabic noun without its possessive and without the ending of the feminine."""
    for ending in ("هما", "ها", "هم", "نا", "ه"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word.removesuffix(ending)
            break
    return word.removesuffix("ة") if word.endswith("ة") else word.removesuffix("ت") if len(word) > 4 else word
