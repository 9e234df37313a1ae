"""Who speaks in an English or Russian sentence: the words that name the subject of a verb of saying."""

from __future__ import annotations

from typing import Final

from tashawur.readouts.acts import is_perfective_future
from tashawur.readouts.drafts import Hit, Range
from tashawur.readouts.names import is_any, speakerish
from tashawur.readouts.scenes import AND, MARKS, Scene

_BOUNDS: Final = frozenset(";:—–") | MARKS | frozenset("()")
_ADJECTIVES: Final = ("ый", "ий", "ая", "ой", "ого", "ое", "ые", "ие")
_LONGEST_SUBJECT: Final = 26


class Subjects:
    """Finds subjects in one sentence."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def two_named(self, stop: int) -> bool:
        """*The United States and Turkey look forward*: two that are named stand before a verb in the plural."""
        before = range(max(self._scene.start, stop - 6), stop)
        capital = stop > self._scene.start and self._scene.laid.tokens.raw(stop - 1)[0].isupper()
        return capital and any(self._scene.words[i] == "and" for i in before)

    def past_adverbs(self, i: int) -> int:
        """The token behind the subject, left of adverbs and auxiliaries before the verb at `i`."""
        left = i
        while left > self._scene.start and (
            is_any(self._scene.laid, left - 1, "adverbs")
            or self._manner(left - 1)
            or (
                self._scene.words[left - 1]
                in ("не", "had", "has", "have", "was", "were", "was", "did", "бы", "уже", "он", "она", "они")
                and self._scene.words[left - 1] not in ("он", "она", "они")
            )
        ):
            left -= 1
        return left

    def _manner(self, i: int) -> bool:
        """*firmly*, *подробно*: an adverb of manner between the subject and the verb."""
        word = self._scene.words[i]
        if self._scene.russian:
            return (
                len(word) > 4
                and word.endswith("о")
                and word not in ("министерство", "правительство", "агентство", "ведомство", "посольство")
                and not self._scene.laid.tokens.raw(i)[0].isupper()
            )
        return len(word) > 4 and word.endswith("ly")

    def left(self, hit: Hit, stop: int) -> Range | None:
        words = self._scene.words
        end = stop
        appositive = end > self._scene.start and words[end - 1] == ","
        first = end - 1 if appositive else end
        commas: list[int] = []
        while first > self._scene.start:
            word = words[first - 1]
            if word in _BOUNDS or self._scene.laid.quote_of[first - 1] >= 0:
                break
            if word == ",":
                commas.append(first - 1)
            if (
                word in ("while", "whereas", "but", "но", "однако", "что", "that", "который", "которые", "которая")
                and first - 1 < end - 1
            ):
                if word in ("that", "что", "который", "которые", "которая") and not commas:
                    return None
                break
            if end - first > _LONGEST_SUBJECT:
                break
            first -= 1
        if appositive:
            return self._appositive(first, end - 1, commas)
        begin = self._cut_lead_in(first, end, commas)
        begin = self._after_conjunction(begin, end)
        if (
            self._scene.russian
            and end - begin > 1
            and words[begin] in ("в", "во")
            and is_any(self._scene.laid, begin + 1, "ministries")
            and hit.cue.form in ("past", "present")
        ):
            # *В министерстве обороны назвали ...*: the ministry speaks.
            return begin + 1, end
        if begin >= end or not speakerish(self._scene.laid, self._scene.parties, begin, end):
            return None
        if self._preposition_before(begin) or end - begin > 16:
            return None
        return begin, end

    def _preposition_before(self, begin: int) -> bool:
        return self._scene.words[begin] in (
            "in",
            "at",
            "on",
            "with",
            "of",
            "for",
            "by",
            "during",
            "after",
            "before",
            "в",
            "на",
            "по",
            "с",
            "из",
            "от",
            "для",
            "при",
            "после",
            "о",
            "об",
            "к",
            "у",
            "за",
            "from",
            "to",
            "as",
            "under",
            "over",
        )

    def _appositive(self, first: int, end: int, commas: list[int]) -> Range | None:
        """*X, the minister of Y, said*: the subject stands before the inserted title."""
        inner = [comma for comma in commas if comma < end]
        if not inner:
            return None
        stop = inner[0]
        begin = max([first, *(comma + 1 for comma in inner if comma < stop)])
        begin = self._after_conjunction(begin, stop)
        if begin < stop and speakerish(self._scene.laid, self._scene.parties, begin, stop):
            return begin, end
        return None

    def _cut_lead_in(self, first: int, end: int, commas: list[int]) -> int:
        """Behind *In a statement on Monday,* and the like; names in a row (*A, B and C*) stay together."""
        for comma in commas:
            tail = self._scene.words[comma + 1 : end]
            if not tail:
                continue
            lead = self._scene.words[first:comma]
            listed = any(word in AND for word in tail) and not self._preposition_before(first) and len(lead) <= 3
            if not listed:
                return comma + 1
        return first

    def _after_conjunction(self, begin: int, end: int) -> int:
        while begin < end and (
            self._scene.words[begin] in AND
            or (
                self._scene.words[begin] in ("-", "•", "*", ",", "also", "в", "также")
                and self._scene.words[begin] != "в"
            )
            or (
                is_any(self._scene.laid, begin, "adverbs")
                and self._scene.words[begin] not in ("in", "both", "all", "each", "в", "по")
            )
        ):
            begin += 1
        if begin < end and self._scene.speaker is None and any(self.verbish(i) for i in range(begin, end)):
            # *... reopened the bridge and the ministry said*: the nearest noun phrase behind the conjunction.
            for i in range(end - 1, begin, -1):
                if self._scene.words[i] in AND and any(self.verbish(step) for step in range(begin, i)):
                    return i + 1
        return begin

    def verbish(self, i: int) -> bool:
        word = self._scene.words[i]
        if i in self._scene.parties.code_at:
            return False
        if self._scene.russian:
            return is_perfective_future(word) or (
                len(word) > 4
                and word.endswith(("ил", "ила", "или", "ал", "ала", "али", "лся", "лась", "лись", "ел", "ели"))
            )
        return (len(word) > 4 and word.endswith("ed")) or word in (
            "is",
            "was",
            "were",
            "are",
            "has",
            "have",
            "will",
            "met",
            "held",
            "took",
        )

    def right(self, hit: Hit) -> Range | None:
        """*«...», said X*; *заявил X*: the subject behind the verb, where it begins at once."""
        words, first = self._scene.words, hit.end
        while (
            first < self._scene.end
            and is_any(self._scene.laid, first, "adverbs")
            and not self._scene.laid.tokens.raw(first)[0].isupper()
        ):
            first += 1
        while first < self._scene.end and is_any(self._scene.laid, first, "hearers"):
            first += 1
        if first >= self._scene.end:
            return None
        stop = first
        lexicon = self._scene.laid.lexicon
        while (
            stop < self._scene.end
            and words[stop] not in _BOUNDS
            and words[stop]
            not in (
                ".",
                ",",
                "что",
                "that",
                "о",
                "об",
                "в",
                "на",
                "по",
                "in",
                "on",
                "at",
                "during",
                "after",
                "when",
                "to",
                "с",
                "с",
                "после",
                "перед",
                "журналистам",
                "reporters",
                "and",
                "while",
            )
            and self._scene.laid.quote_of[stop] < 0
        ):
            if stop > first and words[stop] in lexicon.words["complementizers"]:
                break
            stop += 1
            if stop - first > 14:
                break
        while stop > first and (
            is_any(self._scene.laid, stop - 1, "adverbs", "weekdays") or words[stop - 1] in ("на", "во", "в", "on")
        ):
            stop -= 1
        if stop <= first:
            return self._in_document(hit)
        first = self._noun_phrase(first, stop)
        quoted = any(self._scene.laid.quotes[n].outer for n in self._scene.laid.quotes_in(self._scene.start, hit.at))
        before = self._scene.words[hit.at - 1] if hit.at > self._scene.start else ""
        capital = any(self._scene.laid.tokens.raw(i)[0].isupper() for i in range(first, stop))
        titled = (
            is_any(self._scene.laid, first, "roles", "ministries", "groups", "pronouns")
            or first in self._scene.parties.code_at
            or (
                self._scene.russian
                and any(is_any(self._scene.laid, i, "roles", "ministries", "groups") for i in range(first, stop))
            )
        )
        if self._scene.russian:
            return (
                (first, stop)
                if (titled or (capital and before in (",", "—", "–", "этом", "»", '"')))
                and (
                    quoted
                    or before in (",", "—", "–", "этом", "")
                    or hit.at == self._scene.start
                    or not self._left_is_subject(hit)
                )
                else None
            )
        if (quoted or before in (",", "”", '"')) and (titled or capital):
            return first, stop
        return None

    def _in_document(self, hit: Hit) -> Range | None:
        """*..., говорится в сообщении ведомства*: the document speaks."""
        words = self._scene.words
        if (
            not self._scene.russian
            or hit.end + 1 >= self._scene.end
            or words[hit.end] not in ("в", "во")
            or not is_any(self._scene.laid, hit.end + 1, "documents")
        ):
            return None
        stop = hit.end + 2
        while (
            stop < self._scene.end
            and self._scene.laid.tokens.is_word(stop)
            and words[stop] not in ("что", "по", "на", "в")
        ):
            stop += 1
        return hit.end + 1, stop

    def _noun_phrase(self, first: int, stop: int) -> int:
        """Where the phrase that names the speaker begins, behind *вечером того же дня* and the like."""
        for i in range(first, stop):
            if (
                is_any(self._scene.laid, i, "roles", "ministries", "groups")
                or i in self._scene.parties.code_at
                or self._scene.laid.tokens.raw(i)[0].isupper()
            ):
                begin = i
                while begin > first and self._scene.words[begin - 1].endswith(_ADJECTIVES):
                    begin -= 1
                return begin
        return first

    def _left_is_subject(self, hit: Hit) -> bool:
        return self.left(hit, self.past_adverbs(hit.at)) is not None
