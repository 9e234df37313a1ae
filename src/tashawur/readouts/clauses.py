"""What is said in an English or Russian sentence: where the content of a verb of saying begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tashawur.readouts.drafts import Hit, Range, cue_at
from tashawur.readouts.names import is_any
from tashawur.readouts.scenes import AND, DASHES, MARKS, Scene

_TRAILING: Final = frozenset(".,;:!?—–-…") | frozenset("(")
_SAYING: Final = frozenset(
    {
        "claimed",
        "announced",
        "denied",
        "assessed",
        "agreed",
        "reaffirmed",
        "pledged",
        "concern",
        "refused",
        "urged",
        "demanded",
        "proposed",
        "asked",
    }
)
_ADDRESSING: Final = frozenset({"told", "tell", "info", "noti", "assu", "warn", "remi", "brie", "advi", "conv"})
"""Beginnings of verbs behind which stands to whom it is said: *told the minister that ...*."""
_DETERMINERS: Final = frozenset(
    ["the", "a", "an", "its", "his", "her", "their", "our", "these", "this", "ongoing", "continued"]
)
_QUOTABLE: Final = 4


class Clauses:
    """Finds contents in one sentence."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def opens(self, hit: Hit) -> bool:
        """Whether a reported clause (*that ...*, *что ...*) follows the cue."""
        stop = min(self._scene.end, hit.end + 12)
        for i in range(hit.end, stop):
            if self._scene.words[i] in ("that", "что") and self._scene.laid.quote_of[i] < 0:
                return True
            if (
                self._scene.words[i] in (".", ";", ":")
                or self._scene.laid.quote_of[i] >= 0
                or (i > hit.end and cue_at(self._scene.laid, i, stop) is not None and self._scene.words[i - 1] in AND)
            ):
                return False
        return False

    def direct(self, quotes: list[int], hit: Hit, subject: Range | None, after: int, limit: int) -> Iterator[int]:
        """The quotations that are the words of this report: beside the cue, the speaker or a comma, and long enough."""
        words = self._scene.words
        for number in quotes:
            quote = self._scene.laid.quotes[number]
            if quote.end - quote.start < _QUOTABLE:
                continue
            if quote.start >= after:
                behind = quote.end + 1
                if quote.start - after <= 1 and behind < self._scene.end and words[behind][0].isalpha():
                    # *noted “a broad agreement” of the two capitals*: only a part of what is said is quoted.
                    continue
                between = words[after : quote.start - 1]
                opened = ":" in between or (
                    len(between) <= 3
                    and not any(
                        word in self._scene.laid.lexicon.words["complementizers"]
                        or word in self._scene.laid.lexicon.words["complement_prepositions"]
                        for word in between
                    )
                    and (not between or between[-1] in (",", ":", "—") or len(between) <= 1)
                )
                later = (
                    number > 0
                    and any(
                        used in self._scene.used and self._scene.laid.quotes[used].end <= quote.start for used in quotes
                    )
                    and between[-1:] in ([","], ["—"], ["."])
                )
                if ((opened or later) and quote.start <= limit + 2) or later:
                    yield number
            else:
                begin = subject[0] if subject is not None and subject[0] < hit.at else hit.at
                between = words[quote.end + 1 : begin]
                if (
                    quote.end < begin
                    and all(
                        word in (",", "—", "–", "-") or is_any(self._scene.laid, begin - 1, "adverbs")
                        for word in between
                    )
                    and len(between) <= 4
                    and self._opens_sentence(quote.start)
                ):
                    yield number

    def _opens_sentence(self, start: int) -> bool:
        return all(word in MARKS or word in DASHES for word in self._scene.words[self._scene.start : start])

    def content(self, hit: Hit, after: int, limit: int) -> Range | None:
        words, lexicon = self._scene.words, self._scene.laid.lexicon
        first = after
        if hit.noun is not None and not hit.cue.gap and after == hit.end and hit.cue.rest and self._keeps_noun(hit):
            first = hit.noun
        elif hit.cue.act in _SAYING:
            opened = None if self._takes_noun(hit, after) else self._complementizer(after, limit)
            if opened is not None:
                first = opened
            elif not self._scene.russian or words[first : first + 1] != [","]:
                first = self._past_preposition(first, limit)
            else:
                first += 1
        else:
            first = (
                self._past_preposition(first, limit)
                if hit.cue.act not in ("thanked", "condemned", "welcomed")
                else first
            )
        while first < limit and (words[first] in (",", ":", "—", "–") or words[first] in lexicon.words["weekdays"]):
            first += 1
        stop = self.trimmed(first, limit)
        return (first, stop) if stop > first else None

    def _takes_noun(self, hit: Hit, after: int) -> bool:
        """*noted the statement that ...*, *committed to a dialogue that ...*: what follows is no reported clause."""
        if self._scene.russian or after >= self._scene.end:
            return False
        told = self._scene.words[hit.at][:4] in _ADDRESSING
        return (bool(hit.cue.rest) and hit.cue.rest[-1] == {"to"}) or (
            not told and self._scene.words[after] in _DETERMINERS
        )

    def _keeps_noun(self, hit: Hit) -> bool:
        return hit.cue.act in (
            "thanked",
            "concern",
            "assessed",
            "supported",
            "pledged",
            "reaffirmed",
            "claimed",
        ) and self._scene.words[hit.at] not in (
            "call",
            "called",
            "calls",
            "calling",
            "commit",
            "committed",
            "commits",
            "committing",
            "look",
            "looks",
            "looked",
            "looking",
            "made",
            "make",
            "point",
            "pointed",
            "обратил",
            "обратила",
            "дал",
            "взял",
            "взяла",
            "взяли",
        )

    def _complementizer(self, after: int, limit: int) -> int | None:
        words = self._scene.words
        for i in range(after, min(limit, after + 16)):
            if words[i] in ("that", "что", "чтобы"):
                if words[i - 2] in ("условии", "тем", "того", "потому", "кроме"):
                    return None
                return i + 1
            if self._scene.laid.quote_of[i] >= 0 or words[i] in (".", ";", ":") or (i - after > 8 and words[i] == ","):
                return None
            if words[i] in ("to", "о", "об") and i - after <= 1:
                following = words[i + 1 : i + 3]
                if self._scene.russian and following == ["том", ","]:
                    continue
                if (not self._scene.russian and self._scene.laid.tokens.raw(i + 1)[:1].isupper()) or following[:1] in (
                    ["reporters"],
                    ["the"],
                    ["journalists"],
                ):
                    continue
                return None
        return None

    def _past_preposition(self, first: int, limit: int) -> int:
        words = self._scene.words
        while first < limit and (
            is_any(self._scene.laid, first, "weekdays") or words[first] in ("today", "yesterday", "сегодня", "вчера")
        ):
            first += 1
        if (
            first < limit
            and words[first] in self._scene.laid.lexicon.words["complement_prepositions"]
            and not (self._scene.russian and words[first] in ("в", "к", "на"))
        ):
            return first + 1
        return first

    def before(self, hit: Hit) -> Range | None:
        """What stands before *заявил X* in its own sentence: the words themselves, without quotation marks."""
        first, stop = self._scene.start, hit.at
        while stop > first and self._scene.words[stop - 1] in (
            ",",
            "—",
            "–",
            "-",
            "этом",
            "об",
            "сегодня",
            "это",
            "также",
        ):
            stop -= 1
        return (first, stop) if stop - first >= 3 else None

    def trimmed(self, first: int, stop: int) -> int:
        words = self._scene.words
        while stop > first and (
            words[stop - 1] in _TRAILING
            or words[stop - 1] in AND
            or words[stop - 1] in ("also", "также", "further", "while")
            or (words[stop - 1] in MARKS and self._unbalanced(first, stop))
        ):
            stop -= 1
        return stop

    def _unbalanced(self, first: int, stop: int) -> bool:
        marks = [word for word in self._scene.words[first:stop] if word in MARKS]
        return len(marks) % 2 == 1
