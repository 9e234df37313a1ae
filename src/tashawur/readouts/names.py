"""Who is named in a text: states and bodies, ministries, persons with their roles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tashawur.readouts.arabic import has_noun_form, tells_future
from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import without_proclitics

_LATIN: Final = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويةءئؤگپچژ",
        [
            "A",
            "B",
            "T",
            "TH",
            "J",
            "H",
            "KH",
            "D",
            "DH",
            "R",
            "Z",
            "S",
            "SH",
            "S",
            "D",
            "T",
            "Z",
            "A",
            "GH",
            "F",
            "Q",
            "K",
            "L",
            "M",
            "N",
            "H",
            "U",
            "I",
            "A",
            "",
            "",
            "",
            "G",
            "P",
            "CH",
            "ZH",
        ],
        strict=True,
    )
) | dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        [
            "A",
            "B",
            "V",
            "G",
            "D",
            "E",
            "ZH",
            "Z",
            "I",
            "Y",
            "K",
            "L",
            "M",
            "N",
            "O",
            "P",
            "R",
            "S",
            "T",
            "U",
            "F",
            "KH",
            "TS",
            "CH",
            "SH",
            "SHCH",
            "",
            "Y",
            "",
            "E",
            "YU",
            "YA",
        ],
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a party: tokens `start` to `end`, its code, and whether the word is an adjective or a capital."""

    start: int
    end: int
    code: str
    fallen: int = 0


def latin(name: str) -> str:
    """A name as an identifier in Latin capitals; Slavic surnames keep their usual ending.

    >>> latin("اوشاكوف"), latin("лавров")
    ('USHAKOV', 'LAVROV')
    """
    for arabic, plain in (("وف", "ов"), ("يف", "ев"), ("سكي", "ский")):
        if name.endswith(arabic) and len(name) > len(arabic) + 2:
            name = name.removesuffix(arabic) + plain
    if name.startswith("او"):
        name = name[1:]
    return "".join(
        _LATIN.get(letter, letter.upper() if letter.isascii() and letter.isalnum() else "") for letter in name
    )


def mentions(laid: Layout) -> list[Named]:
    """Every mention of a party that the lexicon knows, in the order of the text."""
    words, lexicon = laid.tokens.words, laid.lexicon
    found: list[Named] = []
    past = 0
    for i, word in enumerate(words):
        forms = lexicon.party_forms(word)
        if not forms or i < past:
            continue
        matches = ((fallen, lexicon.parties.at(words, i, form)) for fallen, form in forms)
        hit = next((Named(i, i + one[0], one[1], fallen) for fallen, one in matches if one is not None), None)
        if hit is not None and _is_name(laid, hit):
            found.append(hit)
            past = hit.end
    return found


def _is_name(laid: Layout, hit: Named) -> bool:
    """Names in Latin and Cyrillic letters begin with a capital, adjectives in Cyrillic do not."""
    raw = laid.tokens.raw(hit.start)
    if laid.lexicon.lang == "ar":
        return True
    if laid.lexicon.lang == "ru":
        return raw[0].isupper() or hit.end - hit.start > 1 or raw.endswith(("ий", "ая", "ой", "ого", "ое", "ие", "их"))
    return raw[0].isupper()


def _proper_names(laid: Layout) -> Iterator[str]:
    """The words behind roles, bodies and honorifics that are no common nouns by their form."""
    words = laid.tokens.words
    for i in range(len(words) - 1):
        if not is_any(laid, i, "roles", "ministries", "bodies", "honorifics", "realms"):
            continue
        behind = i + 1
        if behind < len(words) and is_adjective_of(laid, i, words[behind]):
            behind += 1
        while behind < len(words) and behind - i < 6 and _between(laid, behind):
            behind += 1
        stop = behind
        while stop < len(words) and stop - i < 9 and _is_proper(laid, stop) and laid.tokens.same_line(i, stop):
            stop += 1
        # *رابطة عمال المحاجر*: one word with another behind it that has the article is no name.
        joined = stop - behind == 1 and stop < len(words) and words[stop].startswith("ال")
        body = words[i].startswith("ال") and not is_any(laid, i, "roles", "honorifics")
        if not body and not (joined and not words[stop].endswith(("ي", "ية"))):
            yield from words[behind:stop]
    known = laid.lexicon.words["common_nouns"]
    yield from (name for name in _of_adjectives(words) if name not in known and not has_noun_form(name))


def is_adjective_of(laid: Layout, role: int, word: str) -> bool:
    """Whether the word right behind the role tells of what kind it is: *مسؤول أمني*, not *سفير سامي*."""
    if not word.endswith(("ي", "ية", "يا", "يون", "يين")) or len(word) <= 3 or word.startswith("ال"):
        return False
    sources = laid.lexicon.words["sources"]
    forms = [form for _, form in without_proclitics(laid.tokens.words[role])]
    return any(form in sources or form.removesuffix("ا") in sources for form in forms)


def _of_adjectives(words: Sequence[str]) -> Iterator[str]:
    """States by their adjectives: where *الكوستاراني* stands in the text, *كوستاران* is a name in it."""
    held = set(words)
    for word in held:
        stem = word.removeprefix("و").removeprefix("ال")
        if word.lstrip("و").startswith("ال") and stem.endswith(("ية", "ي")) and len(stem) > 5:
            bare = stem.removesuffix("ة").removesuffix("ي")
            yield from (name for name in (bare, f"{bare}ا", f"{bare}يا", f"{bare}و") if name in held)


def _between(laid: Layout, i: int) -> bool:
    word = laid.tokens.words[i]
    return (
        word.startswith("ال")
        or word in ("،", ",")
        or is_any(laid, i, "roles", "ministries", "bodies", "honorifics", "realms")
    )


def _is_proper(laid: Layout, i: int) -> bool:
    word = laid.tokens.words[i]
    if not laid.tokens.is_word(i) or len(word) < 3 or word[0].isdecimal() or word.startswith(("ال", "و", "لل")):
        return False
    verb = any(form in laid.lexicon.cues for _, form in without_proclitics(word)[:2])
    deed = word[1:] in laid.lexicon.words["verbal_nouns"]
    glued = word[0] in "بل" and (word[1:3] == "ال" or has_noun_form(word[1:]) or word.startswith("لل") or deed)
    common = (
        glued
        or has_noun_form(word)
        or word in laid.lexicon.words["no_names"]
        or (word.endswith("ا") and has_noun_form(word[:-1]))
        or word.endswith(("ية", "ات", "هما", "وا"))
    )
    owned = len(word) > 4 and word.endswith(("يه", "ته", "ها", "هم"))
    return not (
        verb
        or owned
        or common
        or is_any(laid, i, "adverbs", "complementizers", "object_nouns", "verbal_nouns", "openers", "groups")
    )


class Parties:
    """The mentions of a text, to be asked for those between two tokens."""

    def __init__(self, laid: Layout) -> None:
        self.all = mentions(laid)
        self._starts = [one.start for one in self.all]
        self.prefixed = frozenset(one.start for one in self.all if one.fallen)
        """Where a mention stands behind a preposition or conjunction that is a letter of its word: *لنارفا*."""
        self.code_at: dict[int, str] = {i: one.code for one in self.all for i in range(one.start, one.end)}
        if laid.lexicon.lang == "ar":
            laid.names = frozenset(_proper_names(laid))
        self.names = laid.names

    def within(self, start: int, end: int) -> Iterator[Named]:
        """The mentions that begin between two tokens."""
        return iter(self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    def codes(self, start: int, end: int) -> list[str]:
        """The parties named between two tokens, each once."""
        return list(dict.fromkeys(one.code for one in self.within(start, end)))


def is_any(laid: Layout, i: int, *groups: str) -> bool:
    """Whether token `i`, with or without its proclitics, is one of the words of these groups."""
    held = laid.groups[i]
    return bool(held) and not held.isdisjoint(groups)


def any_of(laid: Layout, start: int, end: int, *groups: str) -> bool:
    """Whether one of the tokens from `start` to before `end` is one of the words of these groups."""
    return any(not held.isdisjoint(groups) for held in filter(None, laid.groups[start:end]))


_SPEAKING: Final = ("roles", "groups", "ministries", "bodies", "documents", "pronouns")


def is_future(laid: Layout, i: int) -> bool:
    """Whether an Arabic token is a verb in the future, and not a name that begins alike."""
    word = laid.tokens.words[i]
    fallen = int(word[0] in "وف")
    bare = word[fallen:]
    if bare.startswith("سا") and laid.tokens.raw(i)[fallen : fallen + 2] != "سأ":
        return False
    return tells_future(bare) and word not in laid.names and bare not in laid.names


_POINTING: Final = frozenset(
    [
        "ее",
        "его",
        "их",
        "это",
        "эти",
        "эту",
        "этот",
        "эта",
        "такую",
        "такой",
        "данное",
        "свое",
        "свою",
        "весь",
        "все",
        "this",
        "that",
        "these",
        "those",
        "there",
        "such",
        "it's",
    ]
)
"""Words that begin what is said, not a name, though a sentence writes them with a capital."""
_SOME: Final = frozenset(
    {"one", "each", "both", "some", "several", "none", "neither", "один", "одна", "каждый", "каждая"}
)


def speakerish(laid: Layout, parties: Parties, start: int, end: int) -> bool:
    """Whether the tokens can name who speaks: a role, a ministry, a group of sides, a document, a party, a name."""
    marks = laid.tokens
    if marks.words[start] in _SOME and marks.words[start + 1 : start + 2] in (["of"], ["из"]):
        return True
    for i in range(start, end):
        if i in parties.code_at or is_any(laid, i, *_SPEAKING):
            return True
        if (
            laid.lexicon.lang != "ar"
            and marks.is_word(i)
            and marks.raw(i)[0].isupper()
            and (i > start or _midsentence(marks.words, i))
        ):
            return True
    if marks.words[start] in _POINTING:
        return False
    first = marks.raw(start)[:1]
    return laid.lexicon.lang != "ar" and first.isupper() and end - start <= 3


def _midsentence(words: Sequence[str], i: int) -> bool:
    return i > 0 and words[i - 1][0].isalnum()
