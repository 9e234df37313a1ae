"""The grammar of English and Russian reports: who, then the verb, then what; or the words first and who said them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tashawur.readouts import unlisted
from tashawur.readouts.agents import Agents
from tashawur.readouts.around import Around
from tashawur.readouts.clauses import Clauses
from tashawur.readouts.drafts import Draft, Hit, Range, cues_in
from tashawur.readouts.framing import Frames
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.names import Parties, is_any
from tashawur.readouts.scenes import AND, Scene
from tashawur.readouts.svo_subjects import Subjects
from tashawur.readouts.values import Act, Kind

_OF_BOTH: Final = frozenset({"agreed", "discussed", "refused", "pledged"})
"""Acts that the subject of a reported clause may do as well as the speaker: *said that they had met and agreed ...*."""
_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_CONTRAST: Final = frozenset({"while", "whereas", "but", "а", "но", "однако", ";", "."})
_QUOTABLE: Final = 4


_DONE: Final = frozenset({"discussed", "condemned", "welcomed", "concern", "supported", "reaffirmed", "thanked"})
"""Acts that a Russian passive tells in any gender: *обсуждены вопросы*; *согласован* is told of much else."""
_PLAIN: Final = frozenset({"claimed", "announced", "assessed"})
_NOT: Final = frozenset({"not", "never", "не"})
_TURNED: Final = frozenset({"agreed", "pledged", "supported", "refused", "proposed"})
_PLANS: Final = ("intend", "plan", "aim", "want", "wish")
"""Acts whose cue says something of its own where it is negated; *did not say* says nothing."""
_FRONTING: Final = frozenset({"passive", "done", "past"})
_ANNOUNCING_A_LIST: Final = frozenset({"нижеследующее", "следующее", "нижеследующем", "следующем", "following"})
_AFTER: Final = frozenset({"after", "before", "while", "by"})
_NO_FRONT: Final = frozenset({"на", "в", "по", "с", "при", "о", "об", "к", "и", "а", "но"})
"""With these begins no object that stands before an impersonal verb."""
_DETERMINING: Final = frozenset({"the", "a", "an", "of", "any", "some", "such", "this", "these", "no", "newly"})
_WHICH: Final = frozenset({"which", "whom", "that"})
_INVERTED: Final = frozenset({"had", "were", "should"})
"""With these a condition begins: *Had the crew reported the fault, ...*."""
_FINITE: Final = frozenset({"would", "could", "will", "can", "may", "might", "was", "were", "is", "are", "must"})
_BEFORE_NOUNS: Final = frozenset(
    [
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
    ]
)
_NOBODY: Final = frozenset({"neither", "no", "nobody", "none", "никто", "ни", "пусть"})
_CITING: Final = ("ссыла", "сослав", "citing")
_ONLY_WITH_WORDS: Final = ("maintain", "shot", "shoot", "hit", "fired", "chimed", "went", "go", "retorted", "countered")
"""Verbs that report only where a clause or a quotation follows: *has maintained a consulate*, *shot back at once*."""
_DASHED: Final = frozenset({"—", "–", "-", ";", "•", ")", "*"})


@dataclass(slots=True)
class _Found:
    """What the cues before the one at hand were."""

    any: bool = False
    clause: bool = False
    """Whether the last one opens a reported clause, which cues behind it may be a part of."""
    plural: bool = False
    last: Hit | None = None


def _pronoun_before(scene: Scene, stop: int) -> bool:
    """Whether a pronoun stands before a passive: *they were discussed*."""
    return scene.words[stop - 1] in ("he", "she", "they", "it", "who", "which", "that")


def statements(laid: Layout, parties: Parties, sentence: Sentence, lead: Range | None) -> Iterator[Draft]:
    """What is said in one sentence; `lead` names the subject of a list whose points begin with a verb."""
    scene = Scene(laid, parties, sentence.start, sentence.end, laid.lines[sentence.line].type, lead)
    yield from _Reader(scene).read()


class _Reader:
    """Reads one sentence from left to right."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._around = Around(scene)
        self._subjects, self._clauses = Subjects(scene, self._around), Clauses(scene)
        self._agents = Agents(scene, self._around)
        self._frames = Frames(scene, self._around, self._subjects, self._clauses, self._is_noun)
        self._fronts: dict[int, int] = {}
        """Where what a Russian verb tells begins before it: *..., но назвать подрядчика отказался*."""

    def read(self) -> Iterator[Draft]:
        accorded = self._frames.according()
        listed = cues_in(self._scene.laid, self._scene.start, self._scene.end)
        hits = unlisted.hits(self._scene, self._around, listed)
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
            if self._frames.goes_on is not None:
                yield self._frames.goes_on
            return
        if self._scene.russian:
            self._fronts = {hit.at: at for hit in hits if (at := self._clauses.front(hit)) is not None}
        main = list(self._mains(hits))
        for number, (hit, subject) in enumerate(main):
            limit = self._scene.end
            if number + 1 < len(main):
                following, whose = main[number + 1]
                limit = whose[0] if whose is not None and whose[0] > hit.at else following.at
                limit = self._fronts.get(following.at, limit)
            ahead = None
            if hit.cue.form == "participle" and number == 0:
                ahead = next((whose for _, whose in main[1:] if whose is not None), None) or self._ahead(hit)
                limit = self._end_of_lead(hit, limit)
            yield from self._drafts(hit, subject or ahead, limit, first=number == 0)
        yield from self._loose_quotes(spoken=bool(main) or accorded is not None)

    def _mains(self, hits: list[Hit]) -> Iterator[tuple[Hit, Range | None]]:
        """The cues that have a speaker of their own, or share that of the one before; the others lie in a content."""
        found = _Found()
        for hit in hits:
            passive = self._english_passive(hit, found)
            if passive is not None:
                found.any, found.clause, found.last = True, self._clauses.opens(hit), hit
                yield replace(hit, cue=replace(hit.cue, form="passive")), passive[0]
                continue
            alike = found.last is not None and hit.cue.form == found.last.cue.form and not found.clause
            listed = found.plural if hit.cue.form == "base" else hit.cue.form == "present"
            joined = alike and listed and self._scene.before(hit.at) in ("and", ",")
            if self._is_noun(hit) and not joined:
                continue
            kind, subject = self._role(hit, found)
            if kind is None:
                continue
            found.any = True
            found.clause = self._clauses.opens(hit)
            found.plural = hit.cue.form == "base"
            found.last = hit
            yield hit, subject

    def _role(self, hit: Hit, found: _Found) -> tuple[str | None, Range | None]:
        """How the cue comes by its speaker, and who it is; (None, None) where it is no report of its own."""
        if self._scene.russian and hit.cue.form == "base" and self._around.wishing(hit.at) is None:
            return None, None
        left = self._around.past_adverbs(hit.at)
        turned = hit.cue.act in _TURNED or self._scene.words[hit.at].startswith(_PLANS)
        chained = self._scene.russian and hit.cue.form == "base"
        if (self._in_condition(hit.at) and not chained) or (self._negated(left, hit) and not turned):
            return None, None
        if hit.cue.form == "participle":
            return self._of_participle(hit, found)
        if hit.cue.form in ("passive", "done"):
            return self._of_passive(hit, found)
        if hit.cue.form == "adjectival":
            whose = self._agents.described(hit.at)
            return (None, None) if whose is None or found.clause else ("left", whose)
        if left > self._scene.start and is_any(self._scene.laid, left - 1, "relatives"):
            whose = None if found.any else self._agents.antecedent(left - 1, hit)
            return (None, None) if whose is None else ("left", whose)
        if left == self._scene.start and self._scene.lead is not None:
            return "lead", self._scene.lead
        return self._of_finite(hit, left, found)

    def _of_finite(self, hit: Hit, left: int, found: _Found) -> tuple[str | None, Range | None]:
        """The same of a verb in a main clause, whose subject ends before token `left`."""
        words = self._scene.words
        if words[left] in ("let", "allow") and words[left + 1] in ("me", "us"):
            return "first", (left + 1, left + 2)
        if hit.cue.form == "first" and not found.clause:
            return "first", self._first_person(left)
        if found.any and left > self._scene.start and self._shares(hit, left, found):
            inner = found.clause and hit.cue.act in _OF_BOTH and not self._parallel(hit)
            inner = inner and not self._of_other_tense(hit, found.last) and "однако" not in words[left : hit.at]
            inner = inner and hit.at not in self._fronts
            return (None, None) if inner else ("shared", None)
        return self._own_subject(hit, left, any_main=found.any, clause=found.clause)

    def _of_other_tense(self, hit: Hit, last: Hit | None) -> bool:
        """*warned that prices could fall and volunteered to*: the verb in the past cannot go on with *could*."""
        if self._scene.russian or last is None or hit.cue.form != "past":
            return False
        between = self._scene.words[last.end : hit.at]
        return "had" not in between and any(word in _FINITE for word in between)

    def _end_of_lead(self, hit: Hit, limit: int) -> int:
        """Where *Noting that ..., the ministers* ends: at the last comma before the main clause."""
        commas = [i for i in range(hit.end, limit) if self._scene.words[i] == ","]
        return commas[-1] if commas else limit

    def _ahead(self, hit: Hit) -> Range | None:
        """The subject of a main clause that has no verb of saying: *Recalling ..., the minister left*."""
        words = self._scene.words
        comma = next((i for i in range(self._scene.end - 1, hit.end, -1) if words[i] == ","), None)
        if comma is None:
            return None
        stop = next((i for i in range(comma + 2, self._scene.end) if self._around.verbish(i)), None)
        return None if stop is None or stop - comma > 10 else (comma + 1, stop)

    def _english_passive(self, hit: Hit, found: _Found) -> tuple[Range | None] | None:
        """*It was agreed that ...*, *the report was rejected by X*: who did it, if told; None for anything else."""
        words = self._scene.words
        if self._scene.russian or hit.cue.form not in ("past", "passive") or found.clause:
            return None
        if hit.cue.form == "passive":
            return (self._agents.by(hit.end),)
        be = hit.at - 1
        while be > self._scene.start and (is_any(self._scene.laid, be, "adverbs") or words[be].endswith("ly")):
            be -= 1
        if words[be] not in _BE or be <= self._scene.start:
            return None
        subject = self._agents.by(hit.end)
        if subject is not None:
            return (subject,)
        impersonal = "it" in words[max(self._scene.start, be - 3) : be] and words[hit.end : hit.end + 1] in (
            ["that"],
            ["to"],
        )
        return (None,) if impersonal or self._done_by_all(hit, be) else None

    def _done_by_all(self, hit: Hit, be: int) -> bool:
        """*Ways of reopening the line were discussed*: what the text tells of those who issue it or who met."""
        if hit.cue.rest or _pronoun_before(self._scene, be):
            return False
        laid = self._scene.laid
        if laid.for_authors and laid.lexicon.manners.at(self._scene.words, hit.end) is not None:
            return True
        return hit.cue.act == "discussed" or (
            self._scene.laid.for_authors and hit.cue.act in _DONE | {"agreed", "urged"}
        )

    def _in_condition(self, at: int) -> bool:
        """Whether the verb stands in a clause that sets a condition or a time: *если не будет согласовано иное*."""
        if self._scene.words[self._scene.start] in _INVERTED and "," in self._scene.words[at : self._scene.end]:
            return "," not in self._scene.words[self._scene.start : at]
        for i in range(at - 1, max(self._scene.start - 1, at - 12), -1):
            if self._scene.words[i] in (",", ";", ".", ":") or self._scene.laid.quote_of[i] >= 0:
                return False
            if is_any(self._scene.laid, i, "conjunctions"):
                return self._around.past_lead_in(i) == i
        return False

    def _first_person(self, left: int) -> Range | None:
        """*я, мы* before a Russian verb in the first person; it may be left out."""
        told = left > self._scene.start and self._scene.words[left - 1] in ("я", "мы")
        return (left - 1, left) if told else None

    def _shares(self, hit: Hit, left: int, found: _Found) -> bool:
        """Whether the verb goes on with the subject of the one before: *..., agreed to ... and reaffirmed ...*."""
        words = self._scene.words
        if words[left - 1] in AND or "однако" in words[left : hit.at]:
            return hit.cue.form != "base" or found.plural
        if hit.at in self._fronts:
            return True
        same = found.last is not None and found.last.cue.form == hit.cue.form
        listed = words[left - 1] == "," and same and not found.clause
        return listed and self._subjects.right(hit) is None and (hit.cue.form != "base" or found.plural)

    def _of_participle(self, hit: Hit, found: _Found) -> tuple[str | None, Range | None]:
        """*..., adding that*, *добавив, что*; at the head of a sentence its subject comes after: *Noting ..., they*."""
        near = range(hit.end, min(self._scene.end, hit.end + 3))
        if self._scene.words[hit.at].startswith(_CITING):
            return None, None
        if any(is_any(self._scene.laid, i, "question_marks") for i in near):
            return None, None
        before = self._scene.before(self._around.past_adverbs(hit.at))
        joined = before == "," or before in AND or (not self._scene.russian and before in ("while", "by"))
        if found.any:
            return ("shared", None) if joined else (None, None)
        if before == "," or (not self._scene.russian and before in _AFTER):
            # *walked out after describing the offer as ...*: no verb of saying stands in the main clause.
            whose = self._subjects.told_of(self._scene.start, hit.at)
            return (None, None) if whose is None or whose[1] >= hit.at - 1 else ("left", whose)
        return ("ahead", None) if before == "" or before in _DASHED else (None, None)

    def _of_passive(self, hit: Hit, found: _Found) -> tuple[str | None, Range | None]:
        """*Отмечено, что*: who says it is told by the instrumental, or is who spoke last."""
        if found.clause:
            return None, None
        agent = self._agents.agent(hit)
        if agent is not None:
            return "agent", agent
        left = self._around.past_adverbs(hit.at)
        leads = left == self._scene.start or self._scene.words[self._scene.start] in ("по", "о", "об", "в", "на")
        if hit.cue.form == "done" and not (hit.cue.rest or hit.cue.act in _DONE or leads):
            return None, None
        return "dropped", None

    def _own_subject(self, hit: Hit, left: int, *, any_main: bool, clause: bool) -> tuple[str | None, Range | None]:
        if is_any(self._scene.laid, left - 1, "pronouns") and self._scene.before(left - 1) in ("what", "as", "whom"):
            return None, None
        subject = self._subjects.left(hit, left)
        if subject is not None and not _NOBODY.isdisjoint(self._scene.words[subject[0] : subject[0] + 2]):
            return None, None
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
            self._around.past_adverbs(hit.at) - 2 : self._around.past_adverbs(hit.at) - 1
        ] == [","]

    def _is_noun(self, hit: Hit) -> bool:
        """Whether the word is a noun here: *the call*, *in support of*, *a report*."""
        before = self._scene.words[hit.at - 1] if hit.at > self._scene.start else ""
        if self._scene.russian:
            return False
        if hit.cue.form == "past" and before in _DETERMINING:
            # *the proposed sale*: an adjective.
            return True
        if (
            hit.cue.form == "past"
            and before in _BE
            and (not hit.cue.rest or self._scene.words[hit.at] in ("handed", "given", "sent"))
        ):
            # *are expected*, *was told*: what is done to somebody.
            return True
        if self._scene.words[hit.at] == "read":
            return not is_any(self._scene.laid, hit.at - 1, "documents")
        leading = self._scene.lead is not None and self._around.past_adverbs(hit.at) == self._scene.start
        if hit.cue.form not in ("base", "present") or leading:
            return False
        return self._is_plain_noun(hit) if hit.cue.form == "base" else self._is_noun_in_s(hit)

    def _is_plain_noun(self, hit: Hit) -> bool:
        """Whether a form without an ending is a noun: no plural subject, *we*, *did* or *would like to* before it."""
        words, groups = self._scene.words, self._scene.laid.lexicon.words["groups"]
        left = self._around.past_adverbs(hit.at)
        word = self._scene.before(left)
        if "would" in words[left : hit.at] and word not in ("we", "i"):
            # *said that he would transmit the protest*: what is to be done, not said.
            return True
        return not (
            any(helping in ("did", "do", "does") for helping in words[left : hit.at])
            or self._around.wishing(hit.at) is not None
            or self._subjects.two_named(left)
            or word in ("we", "they", "i", "both")
            or self._subjects.is_plural(left)
            or (word in groups and word not in ("two", "both", "three"))
            or (self._scene.before(hit.at) == "and" and words[hit.at - 2 : hit.at - 1] == ["we"])
        )

    def _is_noun_in_s(self, hit: Hit) -> bool:
        """Whether a form in *-s* is a noun: behind an article, a preposition, a number; before *of* or *by*."""
        before, follows = self._scene.before(hit.at), self._scene.words[hit.end : hit.end + 1]
        if before in ("and", "but") and (hit.cue.rest or follows in (["to"], ["that"]) or self._clauses.opens(hit)):
            return False
        phrase = hit.cue.rest and (hit.cue.rest[-1].isdisjoint(_BEFORE_NOUNS) or "that" in hit.cue.rest[-1])
        if (follows == ["that"] or phrase) and before not in _BEFORE_NOUNS:
            return False
        if not self._subjects.is_singular(self._around.past_adverbs(hit.at)) or before in _BEFORE_NOUNS:
            return True
        return bool(follows) and follows[0] in ("of", "from", "by", "in", "between") and not hit.cue.rest

    def _drafts(self, hit: Hit, subject: Range | None, limit: int, *, first: bool) -> Iterator[Draft]:
        cue = (hit.at, hit.end if hit.noun is None or hit.cue.gap else hit.noun)
        if not cue[1] > cue[0]:
            cue = (hit.at, hit.at + 1)
        right = subject is not None and subject[0] >= hit.end and hit.cue.form != "participle"
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
        act = self._act(hit)
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
        if self._scene.words[hit.at].startswith(_ONLY_WITH_WORDS) and not self._clauses.opens(hit) and not right:
            yield Draft(cue, cue, act, kind, speaker, inherits, mute=True)
            return
        english = hit.cue.form == "passive" and not self._scene.russian
        content = (
            self._clauses.told_in_passive(hit, after, limit) if english else self._clauses.content(hit, after, limit)
        )
        if content is None and subject is not None and subject[1] <= hit.at:
            speaker, content = self._clauses.object_before(subject)
        content = self._ahead_of_verb(hit, subject, content, right=right)
        if content is None or self._leads_list(content) or self._torn(content[0]):
            if subject is not None:
                yield Draft(cue, cue, act, kind, speaker, inherits, mute=True)
            return
        draft = Draft(content, cue, act, kind, speaker, inherits, form=hit.cue.form)
        yield draft

    def _ahead_of_verb(self, hit: Hit, subject: Range | None, content: Range | None, *, right: bool) -> Range | None:
        """The content behind the verb, or what stands before it, where that is what is said."""
        if content is not None and self._decides_ahead(hit, content):
            return self._scene.start, content[1]
        if hit.at in self._fronts:
            first = self._fronts[hit.at] + 1
            return first + int(self._scene.words[first] == "от"), self._around.past_adverbs(hit.at)
        fronting = right or hit.cue.form in _FRONTING or hit.cue.act in ("refused", "disagreed")
        if not fronting or (content is not None and not self._scene.russian and hit.cue.form != "passive"):
            return content
        if content is None and subject is not None and self._scene.before(subject[0]) in _WHICH:
            # *offered her resignation, which the King declined*: what is declined was told already.
            return None
        if content is not None and hit.cue.form == "passive" and not self._scene.russian:
            return content
        impersonal = hit.cue.form in ("passive", "done") or hit.cue.act == "disagreed"
        short = content is None or (content[1] - content[0] < 2 and (right or impersonal))
        return self._clauses.before(hit, subject) or content if short else content

    def _decides_ahead(self, hit: Hit, content: Range) -> bool:
        """*Переговоры решено возобновить осенью*: what is decided stands on both sides of an impersonal verb."""
        words, first = self._scene.words, self._scene.start
        if hit.cue.form != "passive" or not words[hit.at].endswith("но") or hit.at - first < 2:
            return False
        ahead = words[first] not in _NO_FRONT and words[hit.at - 1] not in ("было", ",")
        plain = all(self._scene.laid.tokens.is_word(i) for i in range(first, hit.at))
        agent = self._agents.agent(hit) is not None
        return (
            ahead and plain and not agent and words[content[0]].endswith(("ть", "ться", "ти")) and content[0] == hit.end
        )

    def _leads_list(self, content: Range) -> bool:
        """*make known the following*, *заявили следующее*: what is said stands in the list below."""
        words = self._scene.words[content[0] : content[1]]
        return words[0] in _ANNOUNCING_A_LIST or (words[0] == "the" and words[1:2] == ["following"] and len(words) < 5)

    def _torn(self, i: int) -> bool:
        """Whether token `i` goes on without a blank from the word before it."""
        marks = self._scene.laid.tokens
        return marks.glued(i) and marks.is_word(i) and marks.is_word(i - 1)

    def _act(self, hit: Hit) -> Act:
        """The act of the cue; a phrase of manner beside it may say more, and a negation turns it round."""
        words, manners = self._scene.words, self._scene.laid.lexicon.manners
        left = self._around.past_adverbs(hit.at)
        if hit.cue.act in _PLAIN:
            near = [*range(left, hit.at), hit.end]
            told = next((found for found in (manners.at(words, i) for i in near) if found is not None), None)
            if told is not None:
                act: Act = told[1]
                return act
        if self._negated(left, hit):
            # *не исключил*: what is not ruled out is only said to be possible; *did not agree* is a refusal.
            together = bool(hit.cue.rest) or words[hit.end : hit.end + 1] == ["on"]
            if hit.cue.act == "agreed" and together:
                return "disagreed"
            return "claimed" if hit.cue.act == "refused" else "refused"
        return hit.cue.act

    def _negated(self, left: int, hit: Hit) -> bool:
        """Whether the verb is negated: *did not agree*, *не поддержал*; *тем не менее* negates nothing."""
        words = self._scene.words
        return any(
            words[i] in _NOT and words[i - 1] not in ("тем", "if", "whether", "как") for i in range(left, hit.at)
        )

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
            shortest = 2 if quote.part else _QUOTABLE
            if quote.end - quote.start >= shortest and all(not word[0].isalnum() for word in outside) and not spoken:
                yield Draft((quote.start, quote.end), None, "claimed", "direct", None, inherits=True, quote=number)
            elif not spoken and self._scene.words[quote.start - 2] == ":" and quote.end - quote.start >= _QUOTABLE:
                # *Her colleague was less upbeat: “...”*: a colon leads to the words of who is told of.
                colon = quote.start - 2
                speaker = self._subjects.told_of(self._scene.start, colon)
                content = quote.start, quote.end
                yield Draft(content, (colon, colon + 1), "claimed", "direct", speaker, speaker is None, quote=number)
