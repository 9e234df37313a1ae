"""What stands around a subject and its verb: adverbs, lead-ins, insertions, prepositions."""

from __future__ import annotations

from tashawur.readouts.names import is_any
from tashawur.readouts.russian import is_past, is_perfective_future, is_present
from tashawur.readouts.scenes import Scene


class Around:
    """Looks around in one sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._known: dict[int, int] = {}

    def past_adverbs(self, i: int) -> int:
        """The token behind the subject, left of adverbs and auxiliaries before the verb at `i`."""
        found = self._known.get(i)
        if found is None:
            found = self._known[i] = self._past_adverbs(i)
        return found

    def _past_adverbs(self, i: int) -> int:
        left = i
        while left > self.scene.start:
            before = self._lead_in_before(left)
            if before == left and self.scene.words[left - 1] == ",":
                before = self._past_insertion(left)
            elif before == left and (is_any(self.scene.laid, left - 1, "adverbs", "helping") or self._manner(left - 1)):
                before = left - 1
            elif before == left and left == i:
                wished = self.wishing(left)
                before = left if wished is None else wished
            if before == left:
                break
            left = before
        return left

    def _past_insertion(self, stop: int) -> int:
        """Before *, however,* or *, в свою очередь,* between subject and verb; `stop` stands behind its last comma."""
        words, comma = self.scene.words, stop - 1
        first = self._lead_in_before(comma)
        if first == comma and is_any(self.scene.laid, comma - 1, "adverbs"):
            first = comma - 1
        inserted = self.scene.start < first < comma and words[first - 1] == ","
        return first - 1 if inserted else stop

    def _lead_in_before(self, stop: int) -> int:
        """Where a phrase like *for its part*, *тем не менее* begins that ends before `stop`; `stop` where none does."""
        phrases, words = self.scene.laid.lexicon.phrases["lead_ins"], self.scene.words
        if self.scene.before(stop) not in phrases.ends:
            return stop
        for first in range(max(self.scene.start, stop - 5), stop):
            matched = phrases.at(words, first)
            if matched is not None and first + matched[0] == stop:
                return first
        return stop

    def past_lead_in(self, first: int) -> int:
        """The token behind a phrase like *at the same time*, *вместе с тем*, where one begins at `first`."""
        matched = self.scene.laid.lexicon.phrases["lead_ins"].at(self.scene.words, first)
        if matched is None:
            return first
        stop = first + matched[0]
        return stop + 1 if stop < self.scene.end and self.scene.words[stop] == "," else stop

    def _manner(self, i: int) -> bool:
        """*firmly*, *подробно*: an adverb of manner between the subject and the verb."""
        word = self.scene.words[i]
        if self.scene.russian:
            return (
                len(word) > 3
                and word.endswith(("о", "ски"))
                and not is_any(self.scene.laid, i, "ministries", "groups", "roles")
                and not self.scene.laid.tokens.raw(i)[0].isupper()
            )
        return len(word) > 4 and word.endswith("ly") and not self.scene.laid.tokens.raw(i)[0].isupper()

    def preposition_at(self, begin: int) -> bool:
        """Whether the token is a preposition; the initial of a name (*К.Толль*) is none."""
        initial = self.scene.words[begin + 1 : begin + 2] == ["."] and self.scene.laid.tokens.raw(begin).isupper()
        return not initial and self.scene.words[begin] in (
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

    def verbish(self, i: int) -> bool:
        """Whether the word may be a finite verb."""
        word = self.scene.words[i]
        if i in self.scene.parties.code_at or (word == "may" and self.scene.laid.tokens.raw(i)[0].isupper()):
            return False
        if self.scene.russian:
            return (is_perfective_future(word) or is_present(word) or is_past(word)) and not is_any(
                self.scene.laid, i, "roles", "ministries", "media"
            )
        return (len(word) > 4 and word.endswith("ed")) or is_any(self.scene.laid, i, "auxiliaries")

    def wishing(self, i: int) -> int | None:
        """Where *would like to, must, is pleased to* begins before a verb in its base form; None without that."""
        first = i
        if self.scene.russian or self.scene.before(i) == "to":
            chains = self.scene.laid.lexicon.phrases["chains"]
            for begin in range(max(self.scene.start, i - 6), i):
                matched = chains.at(self.scene.words, begin)
                if matched is not None and begin + matched[0] == i:
                    return begin
        while first > self.scene.start and is_any(self.scene.laid, first - 1, "wishing_chain"):
            first -= 1
        wished = any(is_any(self.scene.laid, n, "wishing_words") for n in range(first, i))
        return first if wished and self.scene.before(first) not in ("to", "the") else None
