"""A text read as a whole: from its words to statements and commitments, every span exact."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import msgspec

from tashawur.readouts import acts, arabic_plans, judging, shapes, svo, svo_plans, vso, weighed, whole
from tashawur.readouts.drafts import Draft, Range
from tashawur.readouts.languages import language_of
from tashawur.readouts.layout import Layout, Sentence, layout, regions
from tashawur.readouts.lexicon import Lexicon
from tashawur.readouts.names import Parties, is_any
from tashawur.readouts.spans import Spans
from tashawur.readouts.speakers import Speakers
from tashawur.readouts.times import Times
from tashawur.readouts.values import (
    Act,
    Addressee,
    Commitment,
    Day,
    Deadline,
    Document,
    Place,
    Quote,
    Readout,
    Region,
    Span,
    Speaker,
    Statement,
)

_GRAMMARS: Final[Mapping[str, Callable[[Layout, Parties, Sentence, Range | None], Iterator[Draft]]]] = {
    "ar": vso.statements,
    "en": svo.statements,
    "ru": svo.statements,
}
_PLANS: Final[Mapping[str, Callable[[Layout, Parties, Sentence, Sequence[Draft]], list[Draft]]]] = {
    "ar": arabic_plans.beside,
    "en": svo_plans.beside,
    "ru": svo_plans.beside,
}
"""What texts that speak for their authors will do, beside what the grammar found."""
_TOLD: Final = frozenset({"claimed", "announced", "pledged", "agreed", "denied", "urged", "demanded"})
"""Acts whose reported clause may go on: *promised that ..., and that ...*."""
_NAMES_OR_DISTANCE: Final = 3
"""Fewer tokens in quotation marks are a name, or a word that is kept at a distance: no quotation."""


def language(text: str) -> str | None:
    """`ar`, `en` or `ru`; None for a text of another language or of none."""
    found = language_of(text)
    return found if found in _GRAMMARS else None


def read(text: str, lexicon: Lexicon, *, sha256: str | None = None, published: dt.date | None = None) -> Readout:
    """Everything that the text says, as proposals. Pure and linear: the same text gives the same answer."""
    return Reading(text, lexicon, sha256 or hashlib.sha256(text.encode()).hexdigest(), published).readout()


class Reading:
    """Reads one text from its first sentence to its last, once; then it takes what somebody else found in it."""

    def __init__(self, text: str, lexicon: Lexicon, sha256: str, published: dt.date | None) -> None:
        self._text, self._lexicon = text, lexicon
        self._document = Document(sha256, lexicon.lang, len(text), str(published) if published else None)
        self._laid = layout(text, lexicon)
        self._parties = Parties(self._laid)
        self._times = Times(self._laid, published)
        self._spans = Spans(self._laid)
        self._speakers = Speakers(self._laid, self._parties, self._spans)
        self._told: list[whole.Told] = []
        self._head: Draft | None = None
        long = (n for n, one in enumerate(self._laid.quotes) if one.outer and one.end - one.start >= _NAMES_OR_DISTANCE)
        self._quote_ids = {number: f"Q{place}" for place, number in enumerate(long, 1)}

    def readout(self) -> Readout:
        """Everything that was found."""
        lead: Range | None = None
        for place, sentence in enumerate(self._laid.sentences):
            follows = shapes.goes_on(self._laid, sentence)
            if not follows:
                lead, self._head = shapes.lead_of(self._laid, sentence), None
            self._read_sentence(place, lead if follows else None)
        whole.mark_duplicates(self._laid, self._told)
        statements = [self._with_full_name(told.statement) for told in self._told]
        marked = sorted(regions(self._laid), key=lambda one: one[1])
        return Readout(
            document=self._document,
            regions=[Region(kind, self._spans.cut(start, end)) for kind, start, end in marked],
            parties=whole.parties_of(self._laid, self._parties, self._spans, statements),
            people=whole.people_of(self._laid, self._parties, self._spans, self._speakers.people),
            organisations=self._speakers.organisations(),
            places=whole.places_of(self._laid, self._parties, self._spans),
            dates=self._times.days(),
            quotes=[
                Quote(name, self._spans.of(self._laid.quotes[number].start, self._laid.quotes[number].end))
                for number, name in self._quote_ids.items()
            ],
            statements=statements,
            commitments=self.commitments(self._told),
        )

    @property
    def laid(self) -> Layout:
        """The text laid out."""
        return self._laid

    def add(self, draft: Draft, trim: int, sentence: Sentence) -> whole.Told:
        """The statement that a draft by somebody else becomes: all but its place and its act is worked out here.

        `trim` letters of its first word are no part of it. What was read before stays as it is.
        """
        speaker = self._speaker_of(draft, self._laid.lines[sentence.line].type)
        made = self._statement(draft, speaker, draft.content, trim, sentence)
        topic = judging.topic_of(self._laid, self._parties, draft.content)
        return whole.Told(msgspec.structs.replace(made, topic=topic), draft.content, trim, sentence.start)

    def _speaker_of(self, draft: Draft, line: str) -> Speaker:
        """Who is named; for whom a pronoun or *the statement* stands is open behind the end of the text."""
        if draft.speaker is None:
            return Speaker(None, None, None, None, "unknown")
        named = any(True for _ in self._parties.within(*draft.speaker))
        if not named and any(
            is_any(self._laid, i, "pronouns", "first_person", "documents") for i in range(*draft.speaker)
        ):
            return Speaker(None, None, None, self._spans.of(*draft.speaker), "unknown")
        return self._speakers.of(draft, line)

    def commitments(self, told: Sequence[whole.Told]) -> list[Commitment]:
        """The commitments that follow from statements, between the sides of this text."""
        sides = whole.sides_of(self._laid, self._parties, [one.statement for one in self._told])
        return whole.commitments_of(self._laid, self._parties, self._spans, self._times, told, sides)

    def _with_full_name(self, statement: Statement) -> Statement:
        name = self._speakers.full_name(statement.speaker.entity)
        if name is None:
            return statement
        return msgspec.structs.replace(statement, speaker=msgspec.structs.replace(statement.speaker, canonical=name))

    def _read_sentence(self, place: int, lead: Range | None) -> None:
        sentence = self._laid.sentences[place]
        question = shapes.question_of(self._laid, sentence)
        for draft in self._drafts(sentence, lead):
            draft.question = question
            if shapes.only_leads(self._laid, draft, sentence):
                self._head = draft
                continue
            if draft.previous:
                self._said_before(draft, place)
            else:
                self._take(draft, sentence)

    def _drafts(self, sentence: Sentence, lead: Range | None) -> list[Draft]:
        line = self._laid.lines[sentence.line]
        if line.label is not None:
            found = list(shapes.spoken(self._laid, sentence, line.label))
            told = vso.passed_on(self._laid, self._parties, sentence) if found and self._lexicon.lang == "ar" else ()
            return [*found, *told]
        if line.type in ("headline", "related_link"):
            titled = list(shapes.colon_headline(self._laid, self._parties, sentence))
            if not titled and self._lexicon.lang != "ar":
                titled = list(shapes.dashed_headline(self._laid, self._parties, sentence))
            if titled:
                return titled
        found = list(_GRAMMARS[self._lexicon.lang](self._laid, self._parties, sentence, lead))
        point = self._lexicon.lang == "ar" and sentence.item and self._head is not None
        if (self._laid.for_authors or point) and line.type == "body":
            found = _PLANS[self._lexicon.lang](self._laid, self._parties, sentence, found)
        if not found and self._head is not None and sentence.item:
            return list(shapes.listed(self._laid, sentence, self._head))
        return found

    def _said_before(self, draft: Draft, place: int) -> None:
        """*Об этом сообщил X*: gives the sentence before to X, in place of what was found in it."""
        if place == 0:
            return
        before = self._laid.sentences[place - 1]
        while self._told and self._told[-1].sentence == before.start:
            self._told.pop()
        content = before.start, shapes.end_of(self._laid, before)
        self._take(Draft(content, draft.cue, draft.act, "indirect", draft.speaker), before)

    def _take(self, draft: Draft, sentence: Sentence) -> None:
        speaker = self._speakers.of(draft, self._laid.lines[sentence.line].type)
        if draft.mute:
            self._speakers.named(speaker)
            return
        quoted = draft.quote is not None and draft.kind in ("direct", "headline")
        parts = judging.pieces(self._laid, draft.content) if draft.spoken or quoted else self._reported(draft, speaker)
        for number, part in enumerate(parts):
            if not any(self._laid.tokens.is_word(i) for i in range(*part)):
                continue
            piece = judging.reported(self._laid, draft, part) if draft.kind == "direct" else part
            if self._spans.cuts_word(*piece):
                continue
            trim = self._trim(draft, piece, first=number == 0)
            statement = self._statement(draft, speaker, piece, trim, sentence)
            self._told.append(whole.Told(statement, piece, trim, sentence.start))
            self._speakers.spoke(statement)
            draft.inner_cue = draft.addressee = None

    def _reported(self, draft: Draft, speaker: Speaker) -> list[Range]:
        """The parts of a reported clause; those joined by *but* only where they are different acts."""
        if draft.kind != "indirect" or self._lexicon.lang == "ar" or draft.act not in _TOLD:
            return [draft.content]
        parts = judging.reported_parts(self._laid, draft.content)
        if len(parts) == 1:
            return parts
        own, found = partial(self._speakers.own_words, speaker), list[Range]()
        for part in parts:
            joined = found and self._laid.tokens.words[part[0] - 1] in ("but", "но")
            if joined and acts.act_of(self._laid, draft, part, own) == acts.act_of(self._laid, draft, found[-1], own):
                found[-1] = (found[-1][0], part[1])
            else:
                found.append(part)
        return found

    def _trim(self, draft: Draft, piece: Range, *, first: bool) -> int:
        """Letters of the first word that are a preposition or conjunction and no part of the content."""
        if draft.kind == "direct" and self._lexicon.lang == "ar":
            return 0 if first and not draft.spoken else self._spans.conjunction(piece[0])
        return draft.trim if first and piece[0] == draft.content[0] else 0

    def _statement(self, draft: Draft, speaker: Speaker, piece: Range, trim: int, sentence: Sentence) -> Statement:
        laid, spans = self._laid, self._spans
        act = draft.act if draft.judged else acts.act_of(laid, draft, piece, partial(self._speakers.own_words, speaker))
        condition = judging.condition_in(laid, piece) or draft.condition
        line = laid.lines[sentence.line].type
        place: Place = line if line in ("headline", "related_link") else "body"
        quoting = draft.kind == "indirect" and any(laid.quote_of[i] >= 0 for i in range(*piece))
        return Statement(
            id=f"S{len(self._told) + 1:02}",
            kind="mixed" if quoting else draft.kind,
            act=act,
            speaker=speaker,
            cue=spans.maybe(draft.cue, draft.cue_trim),
            content=spans.of(*piece, trim),
            modality=judging.modality_of(laid, piece, act, conditional=condition is not None),
            negated=weighed.is_negated(laid, piece),
            region=place,
            addressee=self._addressee(draft, act, piece),
            topic=self._topic(piece, draft.question),
            condition=spans.maybe(condition),
            deadline=self._deadline(piece, act),
            quote_id=None if draft.quote is None else self._quote_ids.get(draft.quote),
            flags=self._flags(draft, piece),
            via=spans.maybe(draft.via),
            committer=self._committer(draft, act, piece),
            purpose=spans.maybe(judging.purpose_in(laid, piece)),
            occasion=spans.maybe(draft.occasion),
            question=spans.maybe(draft.question),
            inner_cue=spans.maybe(draft.inner_cue),
            criteria=[
                spans.of(start, end, spans.conjunction(start)) for start, end in judging.criteria_in(laid, piece)
            ],
            said_on=self._said_on(draft.said_on),
        )

    def _topic(self, piece: Range, question: Range | None) -> str | None:
        """The topic of the content; of an answer that of its question, of *this matter* that of the words before."""
        found = judging.topic_of(self._laid, self._parties, piece)
        if question is not None:
            return judging.topic_of(self._laid, self._parties, question) or found
        anaphora = self._lexicon.phrases["anaphora"]
        if found is None and self._told and anaphora.within(self._laid.tokens.words, *piece):
            return self._told[-1].statement.topic
        return found

    def _deadline(self, piece: Range, act: Act) -> Deadline | None:
        """The first deadline of the content; a bare day is one only where something will be done."""
        for _, _, deadline in self._times.deadlines(*piece):
            if deadline.type != "date" or act in ("agreed", "pledged", "announced"):
                return deadline
        return None

    def _said_on(self, at: Range | None) -> Day | None:
        found = None if at is None else self._times.relative(at[0])
        return None if found is None else found[1]

    def _addressee(self, draft: Draft, act: Act, piece: Range) -> Addressee | None:
        where = draft.addressee or (piece if act in ("thanked", "urged", "asked") else None)
        named = None if where is None else next(self._parties.within(*where), None)
        if named is None:
            return None
        first = named.start
        if self._lexicon.lang == "ar" and first > 0 and is_any(self._laid, first - 1, "ministries"):
            first -= 1
        return Addressee(self._spans.of(first, named.end), named.code)

    def _committer(self, draft: Draft, act: Act, piece: Range) -> Span | None:
        """Who binds himself in words that another reports: *تعهد المشاركون ...*."""
        words = self._laid.tokens.words
        if draft.kind != "direct" or act != "pledged" or not words[piece[0]].startswith(("تعهد", "التزم")):
            return None
        stop = next((i for i in range(piece[0] + 1, piece[1]) if words[i][0] == "ب"), piece[1])
        return self._spans.of(piece[0] + 1, stop) if stop > piece[0] + 1 else None

    def _flags(self, draft: Draft, piece: Range) -> list[str]:
        """What is unusual about a quotation, so that a person looks twice."""
        flags = list(draft.flags)
        if draft.quote is not None:
            flags += self._laid.quotes[draft.quote].flags
            if any(word in ("...", "…") for word in self._laid.tokens.words[slice(*piece)]):
                flags.append("elided_quote")
            if piece[1] in self._laid.insertion_ends:
                flags.append("followed_by_editorial_insertion")
        inside = (self._laid.quotes[number] for number in self._laid.quotes_in(*piece))
        if any(quote.end - quote.start < _NAMES_OR_DISTANCE for quote in inside):
            flags.append("scare_quote")
        return flags
