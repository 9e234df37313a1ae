"""A proposal told in the words of one language: what it is, its words within their sentence, who says so, its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from tashawur.papers import labels
from tashawur.papers.words import Words, direction
from tashawur.readouts.deciding import SAID_BY, SAME_AS, parts
from tashawur.readouts.proposals import Proposal, Sort
from tashawur.readouts.values import Span
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import LANGUAGES

SORTS: Final[Mapping[Sort, str]] = {
    "party": N_("Party"),
    "role": N_("Role"),
    "mechanism": N_("The mechanism"),
    "aim": N_("The aim"),
    "track": N_("Track"),
    "round": N_("Round"),
    "contact": N_("Contact"),
    "undertaking": N_("Undertaking"),
    "team": N_("Team to be appointed"),
    "assessment": N_("How a side sees it"),
    "irritant": N_("Problem"),
    "position": N_("Position"),
}

_LABELS: Final[Mapping[str, str]] = {
    "id": N_("name in the files"),
    "name": N_("what it is called"),
    "party": N_("party"),
    "role": N_("is"),
    "track": N_("track"),
    "claimed_by": N_("its own claim"),
    "met_when_said_by": N_("met when these say so"),
    "undertaking": N_("undertaking"),
    "purpose": N_("purpose"),
    "founded": N_("since"),
    "aim": N_("aim"),
    "condition": N_("on the condition"),
    "by": N_("who"),
    "to": N_("for whom"),
    "what": N_("what"),
    "made": N_("said on"),
    "round": N_("round"),
    "strength": N_("how firmly"),
    "due": N_("by when"),
    "criteria": N_("by what measure"),
    "mandate": N_("on the track"),
    "to_be_appointed": N_("what was promised"),
    "on": N_("day"),
    "date": N_("day of the round"),
    "event": N_("what happened"),
    "host": N_("host"),
    "place": N_("where"),
    "tracks": N_("tracks"),
    "form": N_("form"),
    "between": N_("between"),
    "about": N_("about"),
    "assessment": N_("how it sees it"),
    "raised": N_("raised by"),
    "responding": N_("who answers on it"),
    "positions": N_("what it says"),
    "irritant": N_("on the problem"),
    SAME_AS: N_("the same as"),
    SAID_BY: N_("who says so"),
}
"""What the parts of a row are called, by the first step of their keys."""

_FURTHER: Final[Mapping[Sort, tuple[str, ...]]] = {
    "party": (SAME_AS, "zone"),
    "track": (SAME_AS,),
    "undertaking": (SAME_AS, "track", "due.on"),
    "contact": ("on", "about"),
    "round": ("place", "host"),
    "team": ("head", "rank"),
    "irritant": ("track",),
    "position": ("irritant",),
}
"""Parts that a row can have and the text did not give."""
_FIXED: Final[Mapping[str, Mapping[str, str]]] = {
    "role": labels.ROLES,
    "form": labels.FORM,
    "event": {**labels.ROUND_STATES, "assessed": N_("assessed")},
    "strength": {"agreed": N_("agreed"), "pledged": N_("said as a promise"), "intended": N_("said as an intention")},
}
"""Parts that hold one of the fixed words of the files."""
_NAMES: Final = frozenset(
    {"party", "claimed_by", "by", "to", "between", "host", "responding", "met_when_said_by"}
    | {"track", "tracks", "mandate"}
)
"""Parts that name parties or tracks."""
_TEXTS: Final = frozenset({"about", "place", "head", "rank"})
_END: Final = re.compile(r"(?:(?<!\.)(?<![ .][A-ZА-Я])\.|[!?؟])[\"”»)]*\s|\n")
"""The end of a sentence or line; an ellipsis ends none, nor does an initial."""
_FAR: Final = 240
"""Characters of a sentence that are shown on either side of the words at most."""


def surroundings(text: str, words: Span) -> tuple[str, str]:
    """What stands before and behind the words within their sentence; a long one is cut.

    >>> surroundings("It rained. The bridge will open soon. All left.", Span(15, 21, "bridge"))
    ('The ', ' will open soon.')
    """
    first, last = max(0, words.start - _FAR), min(len(text), words.end + _FAR)
    begin = max((found.end() for found in _END.finditer(text, first, words.start)), default=first)
    found = _END.search(text, words.end, last)
    stop = found.end() if found else last
    cut = begin == first > 0, found is None and last < len(text)
    return "…" * cut[0] + text[begin : words.start], text[words.end : stop].rstrip() + "…" * cut[1]


def apart(told: str, lang: str) -> str:
    """Words of a text kept apart from the direction of what stands around them."""
    return f"{chr(0x2067) if direction(lang) == 'rtl' else chr(0x2066)}{told}{chr(0x2069)}"


class ProposalTelling:
    """Tells of proposals in one language."""

    def __init__(self, words: Words, names: Mapping[str, Mapping[str, str]]) -> None:
        """`names` are what parties and tracks are called, by the names that rows know them by."""
        self.words = words
        self._names = names
        self._say = words.say

    def sort(self, one: Proposal) -> str:
        """What sort of row it would become."""
        return self._say(SORTS[one.sort])

    def who_says(self, one: Proposal) -> str:
        """Who says so, and that it is one side alone; nothing for a party, which is only named."""
        if one.sort == "party" or not one.asserted_by:
            return ""
        if one.sort == "role" and "claimed_by" not in one.row:
            return self._say(N_("by the words of {parties}"), parties=self._called(one.asserted_by))
        if one.alone:
            return self._say(N_("only {party} says so"), party=self._called(one.asserted_by))
        return self._say(N_("says so: {parties}"), parties=self._called(one.asserted_by))

    def lines(self, one: Proposal) -> list[tuple[str, str]]:
        """The row for reading, but for who says so: what each part is called, and what it says, in words for people."""
        found = []
        for key, label, told in self.parts(one):
            if key == SAID_BY:
                continue
            fixed = _FIXED.get(key, {})
            if told in fixed:
                found.append((label, self._say(fixed[told])))
            elif key.rpartition(".")[2] in _NAMES and key != "id":
                found.append((label, self._called(told.split(", "))))
            else:
                found.append((label, told))
        return found

    def _called(self, names: Iterable[str]) -> str:
        return self.words.row(self.words.text(self._names.get(one)) or one for one in names)

    def parts(self, one: Proposal) -> list[tuple[str, str, str]]:
        """The parts of the row: the key by which each is changed, what it is called, and what it says."""
        found = []
        for key, told in parts(one.row).items():
            *steps, last = key.split(".")
            lang = last if steps and last in LANGUAGES else ""
            named = [one for one in (*steps, *(() if lang else (last,))) if one in _LABELS]
            label = " – ".join(self._say(_LABELS[step]) for step in named) or key
            found.append((key, f"{label} ({lang})" if lang else label, apart(told, lang) if lang and told else told))
        return found

    def lacking(self, one: Proposal) -> list[str]:
        """What the text does not give and the row needs."""
        return [self._say(_LABELS[key]) for key in one.lacks]

    def further(self, one: Proposal, languages: tuple[str, ...]) -> list[str]:
        """Keys that could be added: other languages of its words, and what the text did not give."""
        held = parts(one.row)
        texts = {key.rpartition(".")[0] for key in held if key.rpartition(".")[2] in languages}
        keys = [f"{key}.{lang}" for key in sorted(texts) for lang in languages]
        for key in _FURTHER.get(one.sort, ()):
            keys += [f"{key}.{lang}" for lang in languages] if key in _TEXTS else [key]
        return [key for key in dict.fromkeys(keys) if not held.get(key)]
