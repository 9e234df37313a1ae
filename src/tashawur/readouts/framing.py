"""Statements whose speaker stands around them: *according to X, ...*, *..., X said*, *Об этом сообщил X*."""

from __future__ import annotations

from collections.abc import Callable

from tashawur.readouts.clauses import Clauses
from tashawur.readouts.drafts import Draft, Hit, Range
from tashawur.readouts.names import is_any
from tashawur.readouts.scenes import DASHES, MARKS, Scene
from tashawur.readouts.subjects import Subjects


class Frames:
    """Finds such statements in one sentence."""

    def __init__(self, scene: Scene, subjects: Subjects, clauses: Clauses, is_noun: Callable[[Hit], bool]) -> None:
        self._scene, self._subjects, self._clauses = scene, subjects, clauses
        self._is_noun = is_noun

    def of_previous(self, hits: list[Hit]) -> Draft | None:
        """*Об этом сообщил X*: X said what the sentence before tells."""
        if not self._scene.russian or self._scene.words[self._scene.start : self._scene.start + 2] != ["об", "этом"]:
            return None
        for hit in hits:
            subject = self._subjects.right(hit) or self._subjects.left(hit, self._subjects.past_adverbs(hit.at))
            if subject is not None:
                self._scene.speaker = subject
                return Draft(
                    (self._scene.start, self._scene.start + 2),
                    (hit.at, hit.end),
                    hit.cue.act,
                    "indirect",
                    subject,
                    previous=True,
                )
        return None

    def trailing(self, hits: list[Hit]) -> Draft | None:
        """*The sides have agreed to ..., the minister said on Monday*: what stands before is what was said."""
        for hit in reversed(hits):
            if (
                hit.cue.act not in ("claimed", "announced")
                or hit.cue.form == "participle"
                or self._is_noun(hit)
                or self._clauses.opens(hit)
            ):
                continue
            left = self._subjects.past_adverbs(hit.at)
            subject = self._subjects.left(hit, left) if not self._scene.russian else None
            if subject is None and self._scene.words[hit.at - 1] in (",", "—"):
                subject = self._subjects.right(hit)
            begin = min(hit.at, subject[0]) if subject is not None else hit.at
            if (
                subject is None
                or begin - self._scene.start < 6
                or self._scene.words[begin - 1] not in (",", "—")
                or self._scene.end - max(hit.end, subject[1]) > 14
            ):
                continue
            if any(self._scene.laid.quote_of[i] >= 0 for i in range(max(hit.end, subject[1]), self._scene.end)):
                continue
            first = self._past_dateline()
            stop = begin
            while stop > first and self._scene.words[stop - 1] in (",", "—", "–", "об", "этом"):
                stop -= 1
            if any(
                self._scene.laid.quotes[n].outer and self._scene.laid.quotes[n].end >= stop - 1
                for n in self._scene.laid.quotes_in(first, self._scene.end)
            ) or not any(self._subjects.verbish(i) for i in range(first, stop)):
                continue
            self._scene.speaker = subject
            return Draft((first, stop), (hit.at, hit.end), hit.cue.act, "indirect", subject, form=hit.cue.form)
        return None

    def _past_dateline(self) -> int:
        """Behind *CITY, March 11 (Agency) —*."""
        for i in range(self._scene.start, min(self._scene.end, self._scene.start + 14)):
            dash = self._scene.words[i] in DASHES and not self._scene.laid.tokens.glued(i)
            if dash and not any(self._subjects.verbish(n) for n in range(self._scene.start, i)):
                return i + 1
        return self._scene.start

    def according(self) -> Draft | None:
        """*According to X, ...*, at the beginning or the end of a sentence, or set in by commas."""
        words, phrases = self._scene.words, self._scene.laid.lexicon.phrases["attributions"]
        for at in range(self._scene.start, self._scene.end):
            if self._scene.laid.quote_of[at] >= 0:
                continue
            matched = phrases.at(words, at)
            if matched is None or not (
                at == self._scene.start or words[at - 1] in (",", "(", "—") or words[at] == "according"
            ):
                continue
            begins = at + matched[0]
            if self._scene.laid.lexicon.phrases["pronoun_attributions"].at(words, at) is not None:
                if at > self._scene.start + 1:
                    continue
                content = self._accorded_content(at, begins)
                return (
                    None
                    if content is None
                    else Draft(content, (at, begins), "claimed", "indirect", None, inherits=True)
                )
            stop = begins
            while stop < self._scene.end and words[stop] not in (",", ".", ";", ":", "—", "«", '"', "“", ")"):
                stop += 1
            if self._scene.russian and begins < stop and words[begins] in ("в", "во"):
                begins += 1
            if stop <= begins or stop - begins > 14:
                continue
            if (
                words[at] in ("under", "согласно")
                and not is_any(self._scene.laid, begins, "documents")
                and not any(is_any(self._scene.laid, i, "documents") for i in range(begins, stop))
            ):
                continue
            content = self._accorded_content(at, stop)
            if content is None:
                continue
            self._scene.speaker = (begins, stop)
            draft = Draft(content, (at, at + matched[0]), "claimed", "indirect", (begins, stop))
            quote = (
                self._scene.laid.quote_of[content[0] + (1 if words[content[0]] in MARKS else 0)]
                if content[0] < len(words) - 1
                else -1
            )
            if quote >= 0 and self._scene.laid.quotes[quote].end >= content[1] - 1:
                draft.content, draft.quote, draft.kind = (
                    (self._scene.laid.quotes[quote].start, self._scene.laid.quotes[quote].end),
                    quote,
                    "direct",
                )
                self._scene.used.add(quote)
            return draft
        return None

    def _accorded_content(self, at: int, stop: int) -> Range | None:
        words = self._scene.words
        if at == self._scene.start or at == self._scene.start + 1:
            first = stop
            while first < self._scene.end and words[first] in (",", ":", "—", "that", "что"):
                first += 1
            return (first, self._clauses.trimmed(first, self._scene.end)) if self._scene.end - first >= 3 else None
        if stop + 2 >= self._scene.end:
            last = self._clauses.trimmed(self._scene.start, at)
            return (self._scene.start, last) if last - self._scene.start >= 3 else None
        # Set in between commas: the content goes around it and cannot be one span; the longer part is given.
        left, right = at - self._scene.start, self._scene.end - stop
        return (
            (self._scene.start, self._clauses.trimmed(self._scene.start, at))
            if left > right
            else (stop + 1, self._clauses.trimmed(stop + 1, self._scene.end))
        )
