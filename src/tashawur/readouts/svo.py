"""The grammar of English and Russian reports: who, then the verb, then what; or the words first and who said them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tashawur.readouts.clauses import Clauses
from tashawur.readouts.drafts import Draft, Hit, Range, cues_in
from tashawur.readouts.framing import Frames
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.names import Parties, is_any
from tashawur.readouts.scenes import AND, Scene
from tashawur.readouts.subjects import Subjects
from tashawur.readouts.values import Kind

_OF_BOTH: Final = frozenset({"agreed", "discussed", "refused", "pledged"})
"""Acts that the subject of a reported clause may do as well as the speaker: *said that they had met and agreed ...*."""
_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_CONTRAST: Final = frozenset({"while", "whereas", "but", "а", "но", "однако", ";", "."})
_QUOTABLE: Final = 4


def statements(laid: Layout, parties: Parties, sentence: Sentence, lead: Range | None) -> Iterator[Draft]:
    """What is said in one sentence; `lead` names the subject of a list whose points begin with a verb."""
    scene = Scene(laid, parties, sentence.start, sentence.end, laid.lines[sentence.line].type, lead)
    yield from _Reader(scene).read()


class _Reader:
    """Reads one sentence from left to right."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._subjects, self._clauses = Subjects(scene), Clauses(scene)
        self._frames = Frames(scene, self._subjects, self._clauses, self._is_noun)

    def read(self) -> Iterator[Draft]:
        accorded = self._frames.according()
        hits = cues_in(self._scene.laid, self._scene.start, self._scene.end)
        if accorded is not None:
            yield accorded
            inside = accorded.content
            hits = [
                hit
                for hit in hits
                if not inside[0] <= hit.at < inside[1]
                and not (accorded.cue and accorded.cue[0] <= hit.at < accorded.cue[1])
            ]
        previous = self._frames.of_previous(hits)
        if previous is not None:
            yield previous
            return
        trailing = self._frames.trailing(hits)
        if trailing is not None:
            yield trailing
            return
        main = list(self._mains(hits))
        for number, (hit, subject) in enumerate(main):
            limit = self._scene.end
            if number + 1 < len(main):
                following, whose = main[number + 1]
                limit = whose[0] if whose is not None and whose[0] > hit.at else following.at
            yield from self._drafts(hit, subject, limit, first=number == 0)
        yield from self._loose_quotes(spoken=bool(main) or accorded is not None)

    def _mains(self, hits: list[Hit]) -> Iterator[tuple[Hit, Range | None]]:
        """The cues that have a speaker of their own, or share that of the one before; the others lie in a content."""
        any_main = False
        clause = False
        plural = False
        for hit in hits:
            joined = (
                plural
                and hit.cue.form == "base"
                and hit.at > self._scene.start
                and self._scene.words[hit.at - 1] == "and"
            )
            if self._is_noun(hit) and not joined:
                continue
            kind, subject = self._role(hit, any_main=any_main, clause=clause)
            if kind is None:
                continue
            any_main = True
            clause = self._clauses.opens(hit)
            plural = hit.cue.form == "base"
            yield hit, subject

    def _role(self, hit: Hit, *, any_main: bool, clause: bool) -> tuple[str | None, Range | None]:
        """How the cue comes by its speaker, and who it is; (None, None) where it is no report of its own."""
        words = self._scene.words
        before = words[hit.at - 1] if hit.at > self._scene.start else ""
        if self._scene.russian and before == "не" and hit.cue.act != "refused":
            return None, None
        if hit.cue.form == "participle":
            joined = before == "," or before in AND or (not self._scene.russian and before == "while")
            return ("shared", None) if any_main and joined else (None, None)
        if hit.cue.form == "passive":
            return "dropped", None
        left = self._subjects.past_adverbs(hit.at)
        if left == self._scene.start and self._scene.lead is not None:
            return "lead", self._scene.lead
        if any_main and left > self._scene.start and words[left - 1] in AND and hit.cue.form != "base":
            inner = clause and hit.cue.act in _OF_BOTH and not self._parallel(hit)
            return (None, None) if inner else ("shared", None)
        return self._own_subject(hit, left, any_main=any_main, clause=clause)

    def _own_subject(self, hit: Hit, left: int, *, any_main: bool, clause: bool) -> tuple[str | None, Range | None]:
        subject = self._subjects.left(hit, left)
        if subject is not None and (not clause or self._begins_anew(subject)):
            return "left", subject
        right = self._subjects.right(hit)
        if right is not None and (subject is None or not any_main) and not clause:
            return "right", right
        if subject is None and not any_main and left == self._scene.start and self._scene.russian:
            return "dropped", None
        return None, None

    def _begins_anew(self, subject: Range) -> bool:
        """Whether a subject behind a reported clause begins a clause of its own: *..., while Y denied it*."""
        return subject[0] > self._scene.start and self._scene.words[subject[0] - 1] in _CONTRAST

    def _parallel(self, hit: Hit) -> bool:
        """Whether a second verb behind *said that ...* goes on with the report: *said that ..., and added that*."""
        return (hit.cue.act in ("claimed", "announced") and self._clauses.opens(hit)) or self._scene.words[
            self._subjects.past_adverbs(hit.at) - 2 : self._subjects.past_adverbs(hit.at) - 1
        ] == [","]

    def _is_noun(self, hit: Hit) -> bool:
        """Whether the word is a noun here: *the call*, *in support of*, *a report*."""
        before = self._scene.words[hit.at - 1] if hit.at > self._scene.start else ""
        if self._scene.russian:
            return False
        if hit.cue.form == "past" and before in _BE and not hit.cue.rest:
            # *are expected*, *was told*: what is done to somebody.
            return True
        if self._scene.words[hit.at] == "read" and not is_any(self._scene.laid, hit.at - 1, "documents"):
            return True
        if hit.cue.form not in ("base", "present"):
            return False
        if self._scene.lead is not None and self._subjects.past_adverbs(hit.at) == self._scene.start:
            return False
        if hit.cue.form == "base":
            left = self._subjects.past_adverbs(hit.at)
            word = self._scene.words[left - 1] if left > self._scene.start else ""
            plural = (
                self._subjects.two_named(left)
                or word in ("we", "they", "i", "who")
                or (word in self._scene.laid.lexicon.words["groups"] and word not in ("two", "both", "three"))
                or (before == "and" and self._scene.words[hit.at - 2 : hit.at - 1] == ["we"])
            )
            return not plural
        return before in (
            "the",
            "a",
            "an",
            "of",
            "in",
            "its",
            "their",
            "his",
            "her",
            "our",
            "for",
            "to",
            "from",
            "with",
            "these",
            "those",
            "this",
            "that",
            "such",
            "any",
            "no",
            "all",
            "on",
            "new",
            "two",
            "and",
        ) or (
            hit.end < self._scene.end
            and self._scene.words[hit.end] in ("of", "from", "by", "in", "between")
            and not hit.cue.rest
        )

    def _drafts(self, hit: Hit, subject: Range | None, limit: int, *, first: bool) -> Iterator[Draft]:
        cue = (hit.at, hit.end if hit.noun is None or hit.cue.gap else hit.noun)
        if not cue[1] > cue[0]:
            cue = (hit.at, hit.at + 1)
        right = subject is not None and subject[0] >= hit.end
        after = subject[1] if right and subject is not None else hit.end
        quotes = [
            number
            for number, quote in self._scene.quotes()
            if quote.outer
            and number not in self._scene.used
            and self._scene.start <= quote.start
            and quote.end <= self._scene.end
        ]
        speaker = subject
        inherits = subject is None and not first
        if subject is None and self._scene.speaker is not None:
            speaker, inherits = self._scene.speaker, False
        elif subject is None:
            inherits = True
        if subject is not None:
            self._scene.speaker = subject
        act = hit.cue.act
        if (
            act == "refused"
            and self._scene.russian
            and hit.at > self._scene.start
            and self._scene.words[hit.at - 1] == "не"
        ):
            # *не исключил*: what is not ruled out is only said to be possible.
            act = "claimed"
        kind: Kind = "headline" if self._scene.line in ("headline", "related_link") else "indirect"
        direct = list(self._clauses.direct(quotes, hit, subject, after, limit))
        if direct:
            for number in direct:
                self._scene.used.add(number)
                quote = self._scene.laid.quotes[number]
                yield Draft(
                    (quote.start, quote.end),
                    cue,
                    act,
                    "direct",
                    speaker,
                    inherits,
                    quote=number,
                    form=hit.cue.form,
                )
            return
        content = self._clauses.content(hit, after, limit)
        if right and (content is None or content[1] - content[0] < 2):
            content = self._clauses.before(hit)
        if content is None:
            return
        draft = Draft(content, cue, act, kind, speaker, inherits, form=hit.cue.form)
        yield draft

    def _loose_quotes(self, *, spoken: bool) -> Iterator[Draft]:
        """A sentence that is a quotation and nothing else goes on with who spoke last."""
        for number, quote in self._scene.quotes():
            if (
                not quote.outer
                or number in self._scene.used
                or not (self._scene.start <= quote.start and quote.end <= self._scene.end)
            ):
                continue
            outside = [
                *self._scene.words[self._scene.start : quote.start],
                *self._scene.words[quote.end : self._scene.end],
            ]
            if quote.end - quote.start >= _QUOTABLE and all(not word[0].isalnum() for word in outside) and not spoken:
                yield Draft((quote.start, quote.end), None, "claimed", "direct", None, inherits=True, quote=number)
