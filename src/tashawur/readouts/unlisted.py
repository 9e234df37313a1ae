"""Verbs that report and that no lexicon lists: a quotation, a colon or *that* beside them shows that they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tashawur.readouts.around import Around
from tashawur.readouts.drafts import Hit
from tashawur.readouts.lexicon import Cue
from tashawur.readouts.names import is_any
from tashawur.readouts.scenes import DASHES, MARKS, Scene
from tashawur.readouts.values import Act

_SAYS: Final = Cue("claimed", "past", (), gap=False)
_BE: Final = frozenset({"is", "are", "was", "were", "be", "been"})
_SHORTEST_PART: Final = 2
_SHORTEST: Final = 3
"""Tokens of a quotation that is the words of somebody, and no name."""
_LONGEST_SUBJECT: Final = 12
_FAR: Final = 9
"""Tokens before *was voiced* among which the noun stands that tells what was."""


def hits(scene: Scene, around: Around, listed: list[Hit]) -> list[Hit]:
    """The cues of a sentence with those that the lexicon does not list, in their order."""
    return _Unlisted(scene, around, listed).hits()


class _Unlisted:
    def __init__(self, scene: Scene, around: Around, listed: list[Hit]) -> None:
        self._scene, self._around, self._listed = scene, around, listed
        self._taken = frozenset(i for hit in listed for i in range(hit.at, hit.end))

    def hits(self) -> list[Hit]:
        """All cues in their order."""
        more = [Hit(i, i + 1, _SAYS) for i in (*self._before_clauses(), *self._beside_quotes())]
        more += self._voiced()
        if not more:
            return self._listed
        found = {hit.at: hit for hit in self._listed}
        for hit in more:
            found.setdefault(hit.at, hit)
        return [found[i] for i in sorted(found)]

    def _before_clauses(self) -> Iterator[int]:
        """*The envoy ventured that ...*, *Посол обронил, что ...*."""
        words, russian = self._scene.words, self._scene.russian
        if ("что" if russian else "that") not in words[self._scene.start : self._scene.end]:
            return
        for i in range(self._scene.start + 1, self._scene.end - 3):
            if words[i] == "that" and not russian and self._may_tell(i - 1):
                yield i - 1
            elif words[i] == "что" and words[i - 1] == "," and russian and self._may_tell(i - 2):
                yield i - 2

    def _may_tell(self, i: int) -> bool:
        """Whether a word that no lexicon lists may be a verb by which somebody says something."""
        scene = self._scene
        if i < scene.start or i in self._taken or scene.laid.quote_of[i] >= 0 or not scene.laid.tokens.is_word(i):
            return False
        if is_any(scene.laid, i, "silent", "auxiliaries", "helping") or scene.laid.tokens.raw(i)[0].isupper():
            return False
        if scene.russian:
            return self._around.verbish(i)
        return scene.words[i].endswith("ed") and len(scene.words[i]) > 4 and scene.words[i - 1] not in _BE

    def _beside_quotes(self) -> Iterator[int]:
        """*«...», — вздохнул министр*; *“...”, the mayor shrugged*; *X усмехнулся: «...»*."""
        for _, quote in self._scene.quotes():
            if not quote.outer or quote.end - quote.start < (_SHORTEST_PART if quote.part else _SHORTEST):
                continue
            before = quote.start - 3
            led = before > self._scene.start and self._scene.words[quote.start - 2] in (":", ",")
            if led and self._may_tell(before):
                yield before
            behind = self._behind(quote.end)
            if behind is not None:
                yield behind

    def _behind(self, mark: int) -> int | None:
        """The verb behind the mark that closes a quotation; None where a listed one tells who said it."""
        scene, i = self._scene, mark + 1
        while i < scene.end and (scene.words[i] == "," or scene.words[i] in DASHES):
            i += 1
        first = i
        while i < min(scene.end, first + _LONGEST_SUBJECT):
            if i in self._taken or scene.words[i] in MARKS or (scene.words[i] in (",", ":", ";") and i == first):
                return None
            if self._may_tell(i) and (i == first or self._ends_there(i)):
                return i
            if scene.russian or not scene.laid.tokens.is_word(i):
                return None
            i += 1
        return None

    def _ends_there(self, i: int) -> bool:
        """Whether the clause ends behind the verb, or goes on with where, when and how: no object follows."""
        word = self._scene.words[i + 1] if i + 1 < self._scene.end else "."
        return not word[0].isalnum() or word.endswith("ly") or word in _CIRCUMSTANCE

    def _voiced(self) -> Iterator[Hit]:
        """*Regret was voiced at ...*, *agreement has been reached on ...*: the act is that of the noun."""
        words, lexicon = self._scene.words, self._scene.laid.lexicon
        if self._scene.russian or lexicon.done.isdisjoint(words[self._scene.start : self._scene.end]):
            return
        for i in range(self._scene.start + 2, self._scene.end):
            if words[i] not in lexicon.done or self._scene.laid.quote_of[i] >= 0:
                continue
            be = i - 1
            while be > self._scene.start and (words[be].endswith("ly") or is_any(self._scene.laid, be, "adverbs")):
                be -= 1
            if words[be] not in _BE:
                continue
            near = range(max(self._scene.start, be - _FAR), be)
            noun = next((n for n in near if words[n] in lexicon.attitudes), None)
            no = noun is not None and noun > self._scene.start and words[noun - 1] == "no"
            if noun is not None and (noun == self._scene.start or words[noun - 1] not in ("of", "for", "that")):
                act: Act = (
                    "disagreed" if no and lexicon.attitudes[words[noun]] == "agreed" else lexicon.attitudes[words[noun]]
                )
                yield Hit(i, i + 1, Cue(act, "passive", (), gap=False), noun=noun)


_CIRCUMSTANCE: Final = frozenset(
    {
        "in",
        "on",
        "at",
        "when",
        "as",
        "to",
        "during",
        "after",
        "before",
        "from",
        "through",
        "with",
        "over",
        "by",
        "later",
    }
)
