"""Who is named in a text: states and bodies, ministries, persons with their roles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

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
    words, parties = laid.tokens.words, laid.lexicon.parties
    arabic = laid.lexicon.lang == "ar"
    found: list[Named] = []
    i = 0
    while i < len(words):
        hit = None
        for fallen, word in without_proclitics(words[i]) if arabic else ((0, words[i].removesuffix("'s")),):
            if word in parties:
                matched = parties.at(words, i, word)
                if matched is not None:
                    hit = Named(i, i + matched[0], matched[1], fallen)
                    break
        if hit is not None and _is_name(laid, hit):
            found.append(hit)
            i = hit.end
        else:
            i += 1
    return found


def _is_name(laid: Layout, hit: Named) -> bool:
    """Names in Latin and Cyrillic letters begin with a capital, adjectives in Cyrillic do not."""
    raw = laid.tokens.raw(hit.start)
    if laid.lexicon.lang == "ar":
        return True
    if laid.lexicon.lang == "ru":
        return raw[0].isupper() or hit.end - hit.start > 1 or raw.endswith(("ий", "ая", "ой", "ого", "ое", "ие", "их"))
    return raw[0].isupper()


class Parties:
    """The mentions of a text, to be asked for those between two tokens."""

    def __init__(self, laid: Layout) -> None:
        self.all = mentions(laid)
        self._starts = [one.start for one in self.all]
        self.code_at: dict[int, str] = {i: one.code for one in self.all for i in range(one.start, one.end)}

    def within(self, start: int, end: int) -> Iterator[Named]:
        """The mentions that begin between two tokens."""
        return iter(self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    def codes(self, start: int, end: int) -> list[str]:
        """The parties named between two tokens, each once."""
        return list(dict.fromkeys(one.code for one in self.within(start, end)))


def is_any(laid: Layout, i: int, *groups: str) -> bool:
    """Whether token `i`, with or without its proclitics, is one of the words of these groups."""
    return not laid.lexicon.groups_of(laid.tokens.words[i]).isdisjoint(groups)


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
        if i in parties.code_at or is_any(laid, i, "roles", "groups", "ministries", "documents", "pronouns"):
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
