"""Statements whose speaker stands around them: *according to X, ...*, *..., X said*, *Об этом сообщил X*."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tashawur.readouts.around import Around
from tashawur.readouts.clauses import Clauses
from tashawur.readouts.drafts import Draft, Hit, Range
from tashawur.readouts.names import is_any
from tashawur.readouts.scenes import AND, DASHES, MARKS, Scene
from tashawur.readouts.svo_subjects import Subjects

_TRAILING: Final = frozenset(
    {"claimed", "announced", "assessed", "pledged", "concern", "condemned", "demanded", "proposed", "urged", "denied"}
)
_SHORTEST: Final = 4
_LONGEST_TAIL: Final = 14
_NAME: Final = 3
"""Tokens in quotation marks up to which they are a name."""


class Frames:
    """Finds such statements in one sentence."""

    def __init__(
        self, scene: Scene, around: Around, subjects: Subjects, clauses: Clauses, is_noun: Callable[[Hit], bool]
    ) -> None:
        self._scene, self._around, self._subjects, self._clauses = scene, around, subjects, clauses
        self._is_noun = is_noun
        self.goes_on: Draft | None = None
        """What goes on behind an insertion like *..., it maintained, and ...*."""

    def of_previous(self, hits: list[Hit]) -> Draft | None:
        """*Об этом сообщил X*: X said what the sentence before tells."""
        if not self._scene.russian or not self._scene.laid.lexicon.phrases["of_previous"].at(
            self._scene.words, self._around.past_lead_in(self._scene.start)
        ):
            return None
        for hit in hits:
            subject = self._subjects.right(hit) or self._subjects.left(hit, self._around.past_adverbs(hit.at))
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
        words, start = self._scene.words, self._scene.start
        mark = next((i for i in range(start, self._scene.end) if words[i] in (",", "—", "–")), self._scene.end)
        for hit in reversed(hits):
            if hit.at <= mark:
                break
            if hit.cue.form == "passive" and self._scene.russian:
                draft = self._said_in_document(hit)
                if draft is not None:
                    return draft
            if hit.cue.act not in _TRAILING or hit.cue.form in ("participle", "passive", "done", "first", "adjectival"):
                continue
            if (
                words[hit.at] in ("was", "were", "is", "are")
                or self._is_noun(hit)
                or self._clauses.opens(hit)
                or (self._scene.russian and hit.noun is not None)
            ):
                continue
            subject = self._trailing_subject(hit)
            if subject is None:
                continue
            first = self._past_dateline()
            stop = min(hit.at, subject[0])
            while stop > first and self._scene.words[stop - 1] in (",", "—", "–", "об", "этом"):
                stop -= 1
            if self._is_reported(first, stop):
                self._scene.speaker = subject
                self.goes_on = self._after_insertion(max(hit.end, subject[1]), hit, subject)
                return Draft((first, stop), (hit.at, hit.end), hit.cue.act, "indirect", subject, form=hit.cue.form)
        return None

    def _said_in_document(self, hit: Hit) -> Draft | None:
        """*..., отмечается в заявлении*: the paper at the end of the sentence says what stands before."""
        subject = self._subjects.in_document(hit)
        if subject is None or self._scene.before(hit.at) != "," or self._scene.end - subject[1] > _LONGEST_TAIL:
            return None
        first, stop = self._past_dateline(), hit.at - 1
        if not self._is_reported(first, stop):
            return None
        self._scene.speaker = subject
        return Draft((first, stop), (hit.at, hit.end), hit.cue.act, "indirect", subject, form="past")

    def _after_insertion(self, behind: int, hit: Hit, subject: Range) -> Draft | None:
        """*The fees had been paid, it maintained, and the ban was unjust*: what goes on behind who said it."""
        words, end = self._scene.words, self._scene.end
        if words[behind : behind + 1] != [","] or words[behind + 1] not in AND or end - behind < _SHORTEST + 2:
            return None
        content = behind + 2, self._clauses.trimmed(behind + 2, end)
        return Draft(content, (hit.at, hit.end), hit.cue.act, "indirect", subject, form=hit.cue.form)

    def _trailing_subject(self, hit: Hit) -> Range | None:
        """Who speaks in *..., said X* or *..., X said* at the end of the sentence; None where it is no such end."""
        scene = self._scene
        subject = None if scene.russian else self._subjects.left(hit, self._around.past_adverbs(hit.at))
        if subject is None and scene.words[hit.at - 1] in (",", "—", "–"):
            subject = self._subjects.right(hit)
        if subject is None or scene.words[subject[0]] in ("which", "whose", "who"):
            return None
        begin, stop = min(hit.at, subject[0]), max(hit.end, subject[1])
        if begin - scene.start < _SHORTEST or scene.words[begin - 1] not in (",", "—", "–"):
            return None
        goes_on = (
            scene.words[stop : stop + 1] and scene.words[stop][0].isalnum() and not self._around.preposition_at(stop)
        )
        tells = hit.cue.act in ("claimed", "announced")
        if (
            goes_on
            and not scene.russian
            and (not tells or any(self._around.verbish(i) for i in range(stop, scene.end)))
        ):
            # *Asked about sanctions, he said none were on the table*: what was said stands behind.
            return None
        if scene.end - stop > _LONGEST_TAIL or any(self._spoken(i) for i in range(hit.end, scene.end)):
            return None
        return subject

    def _spoken(self, i: int) -> bool:
        """Whether token `i` stands in a quotation that is long enough to be words and not a name."""
        number = self._scene.laid.quote_of[i]
        if number < 0:
            return False
        quote = self._scene.laid.quotes[number]
        return quote.part or quote.end - quote.start > _NAME

    def _is_reported(self, first: int, stop: int) -> bool:
        """Whether the tokens are a clause in the reporter's words; a quotation that begins them is told apart."""
        if stop - first < 3 or any(self._spoken(i) for i in range(first, min(stop, first + 2))):
            return False
        if self._scene.line != "body" or any(self._around.verbish(i) for i in range(first, stop)):
            return True
        leads = self._around.preposition_at(first) or is_any(self._scene.laid, first, "openers", "adverbs", "weekdays")
        return not leads and not self._scene.words[first].endswith(("ing", "ly", "вшись"))

    def _past_dateline(self) -> int:
        """Behind *CITY, March 11 (Agency) —*."""
        for i in range(self._scene.start, min(self._scene.end, self._scene.start + 14)):
            dash = self._scene.words[i] in DASHES and not self._scene.laid.tokens.glued(i)
            if dash and not any(self._around.verbish(n) for n in range(self._scene.start, i)):
                return i + 1
        return self._scene.start

    def according(self) -> Draft | None:
        """*According to X, ...*, at the beginning or the end of a sentence, or set in by commas."""
        words, phrases = self._scene.words, self._scene.laid.lexicon.phrases["attributions"]
        for at in phrases.places(words, self._scene.start, self._scene.end):
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

    def _inserted(self, i: int) -> bool:
        """*По словам дипломата, знакомого с проектом, ...*: what is told of who speaks begins at `i`."""
        word = self._scene.words[i]
        if not self._scene.russian:
            return word in ("who", "whose", "speaking")
        return word.startswith("котор") or word.endswith(
            ("щего", "вшего", "щей", "вшей", "щих", "вших", "комого", "комой")
        )

    def _accorded_content(self, at: int, stop: int) -> Range | None:
        words = self._scene.words
        if at == self._scene.start or at == self._scene.start + 1:
            first = stop
            if first + 1 < self._scene.end and self._inserted(first + 1):
                first = next((i for i in range(first + 1, self._scene.end) if words[i] == ","), first)
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
