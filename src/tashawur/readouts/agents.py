"""Who does what a passive or a relative clause tells: *rejected by X*, *X-ом отмечено*, *X, who thanked ...*."""

from __future__ import annotations

from typing import Final

from tashawur.readouts.around import Around
from tashawur.readouts.drafts import Hit, Range
from tashawur.readouts.names import is_any, speakerish
from tashawur.readouts.scenes import AND, Scene

_STOPPING: Final = frozenset(["о", "об", "в", "на", "по", "что", "с", "со", "к", "за", "от", "для"])
_AFTER_NAMES: Final = frozenset(["in", "on", "at", "to", "that", "as", "and", "who", "during", "after", "over", "with"])

_NO_AGENT: Final = frozenset(
    {"осенью", "весной", "зимой", "летом", "утром", "вечером", "ночью", "днем", "мнениями", "взглядами"}
    | {"оценками", "нотами", "вопросами", "темами", "словами", "усилиями", "мерами", "планами", "средствами"}
    | {"аплодисментами"}
)
"""Instrumentals that tell when, how or of what, and not by whom."""
_WHO: Final = frozenset({"who", "который", "которая", "которые", "которое"})
_NEAR: Final = 6
"""Tokens behind an English passive among which *by* stands."""


class Agents:
    """Finds agents in one sentence."""

    def __init__(self, scene: Scene, around: Around) -> None:
        self._scene, self._around = scene, around

    def antecedent(self, relative: int, hit: Hit) -> Range | None:
        """*She was received by President X, who thanked ...*: who speaks in a clause that ends the sentence."""
        words, comma = self._scene.words, relative - 1
        if words[relative] not in _WHO or self._scene.before(relative) != ",":
            return None
        if "," in words[hit.end : self._scene.end] and not self._scene.russian:
            return None
        first = comma
        while first > self._scene.start and self._scene.laid.tokens.is_word(first - 1):
            if self._around.preposition_at(first - 1) and words[first - 1] != "of":
                break
            first -= 1
        named = first < comma and not any(self._around.verbish(i) for i in range(first, comma))
        return (first, comma) if named and speakerish(self._scene.laid, self._scene.parties, first, comma) else None

    def described(self, at: int) -> Range | None:
        """*принял обращение, призывающее к ...*, *источник, утверждающий ...*: the noun before a participle speaks."""
        comma = at - 1
        if self._scene.before(at) != "," or not self._scene.laid.tokens.is_word(comma - 1):
            return None
        marks, first = self._scene.laid.tokens, comma - 1
        while first > self._scene.start and comma - first < 5 and marks.is_word(first - 1):
            first -= 1
        near = range(first, comma)
        noun = next(
            (i for i in near if is_any(self._scene.laid, i, "documents", "roles", "ministries", "groups")), None
        )
        if noun is not None:
            return noun, comma
        capital = next((i for i in near if self._scene.laid.tokens.raw(i)[0].isupper()), None)
        return None if capital is None else (capital, comma)

    def by(self, first: int) -> Range | None:
        """*... by the ministry*: who did what an English passive tells, from token `first` on."""
        words = self._scene.words
        near = range(first, min(self._scene.end, first + _NEAR))
        at = next((i for i in near if words[i] == "by" or not self._scene.laid.tokens.is_word(i)), None)
        if at is not None and words[at] != "by":
            return None
        if at is None:
            return None
        stop = at + 1
        while stop < self._scene.end and self._scene.laid.tokens.is_word(stop) and words[stop] not in _AFTER_NAMES:
            stop += 1
        first = at + 1
        if (
            stop == first
            or is_any(self._scene.laid, first, "weekdays")
            or words[first] in self._scene.laid.lexicon.months
        ):
            return None
        known = words[first] in ("the", "a", "an", "both", "his", "her", "its", "their") and not is_any(
            self._scene.laid, stop - 1, "events", "documents"
        )
        known = known or (words[stop - 1].endswith("s") and not is_any(self._scene.laid, stop - 1, "things", "events"))
        named = known or speakerish(self._scene.laid, self._scene.parties, first, stop)
        return (first, stop) if named and words[first + 1] not in ("end", "close", "way", "time", "fact") else None

    def agent(self, hit: Hit) -> Range | None:
        """Who does what a Russian passive tells: *ею подчеркнуто*, *обеими сторонами отмечено*, *отмечено X-ом*."""
        left = self._around.past_adverbs(hit.at)
        return (
            self._document_ahead(hit.at)
            or self._document_before(left)
            or self._agent_before(left)
            or self._agent_behind(hit)
        )

    def _document_before(self, left: int) -> Range | None:
        """*нота, в которой выражен протест*: the note speaks."""
        words = self._scene.words
        if self._scene.before(left) not in ("котором", "которой", "которых"):
            return None
        near = range(left - 2, max(self._scene.start, left - 7) - 1, -1)
        comma = next((i for i in near if words[i] == ","), None)
        told = comma is not None and is_any(self._scene.laid, comma - 1, "documents")
        return (comma - 1, comma) if comma is not None and told else None

    def _document_ahead(self, at: int) -> Range | None:
        """*В заявлении содержится призыв*: the paper at the head of the sentence speaks."""
        first = self._scene.start + 1
        if self._scene.words[self._scene.start] not in ("в", "во") or not is_any(self._scene.laid, first, "documents"):
            return None
        return (first, at) if first < at <= first + 6 and "," not in self._scene.words[first:at] else None

    def _agent_before(self, left: int) -> Range | None:
        words = self._scene.words
        for i in range(left - 1, max(self._scene.start, left - 9) - 1, -1):
            if words[i] in (",", ";", ":", ".") or words[i] in AND:
                return None
            if words[i] in ("им", "ими", "ею", "нами", "мною", "мной"):
                return i, i + 1
            if words[i] == "от" or (words[i] == "стороны" and self._scene.before(i) == "со"):
                return (i + 1, left) if i + 1 < left else None
            if words[i] == "сторон" and i - 2 >= self._scene.start and words[i - 2] in ("с", "со"):
                return i - 1, i + 1
            if self._instrumental(i):
                begin = i
                while begin > self._scene.start and words[begin - 1].endswith(("ым", "им", "ыми", "ими", "ой", "ей")):
                    begin -= 1
                return begin, left
        return None

    def _agent_behind(self, hit: Hit) -> Range | None:
        """*отмечено министром*; *в центре внимания министров были ...*."""
        words = self._scene.words
        if hit.cue.act == "discussed" and hit.cue.rest:
            near = range(hit.end + 1, min(self._scene.end, hit.end + 8))
            verb = next((i for i in near if is_any(self._scene.laid, i, "helping")), None)
            if verb is not None:
                return hit.end, verb
        if hit.end >= self._scene.end or not (self._instrumental(hit.end) or self._done_by(hit.end)):
            return None
        stop = hit.end + 1
        while stop < self._scene.end and self._scene.laid.tokens.is_word(stop) and words[stop] not in _STOPPING:
            stop += 1
        return hit.end, stop

    def _done_by(self, i: int) -> bool:
        """Whether a name or several in the instrumental stand behind a passive: *Лигой портов*, *профсоюзами*."""
        word = self._scene.words[i]
        if word in _NO_AGENT or self._scene.words[i - 1].startswith("обмен"):
            return False
        name = self._scene.laid.tokens.raw(i)[0].isupper() and word.endswith(
            ("ой", "ей", "ом", "ем", "ым", "ией", "ью")
        )
        last = i + 1 >= self._scene.end or not self._scene.laid.tokens.is_word(i + 1)
        name = name or (last and len(word) > 4 and word.endswith(("ой", "ом", "ем")))
        return name or (len(word) > 5 and word.endswith(("ами", "ями", "ыми", "ими")))

    def _instrumental(self, i: int) -> bool:
        return is_any(self._scene.laid, i, "roles", "ministries", "groups") and self._scene.words[i].endswith(
            ("ом", "ем", "ами", "ями", "ою", "ею", "цией", "жбой", "сией", "ной")
        )
