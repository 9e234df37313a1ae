"""A readout told in the words of one language: who says what, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tashawur.papers import readout_labels
from tashawur.papers.words import Words
from tashawur.readouts.proposing import by_model
from tashawur.readouts.values import Commitment, Deadline, Readout, Statement
from tashawur.terms.phrases import N_, NN_


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text: its words, what it is (`content`, `speaker`, `cue`, `left-out`, or nothing), and whose."""

    text: str
    what: str = ""
    statement: Statement | None = None


class ReadoutTelling:
    """Tells of one readout in one language."""

    def __init__(self, readout: Readout, words: Words) -> None:
        self.readout = readout
        self.words = words
        self._say = words.say

    def about(self) -> list[str]:
        """The text in a few words: its language, length, day, and how much was found."""
        document = self.readout.document
        number = len(self.readout.statements)
        deeds = len(self.readout.commitments)
        parts = [
            self._say(readout_labels.LANGUAGES[document.lang]),
            self.words.count(NN_("{number} character", "{number} characters"), document.length_codepoints),
            self.words.count(NN_("{number} statement", "{number} statements"), number),
            self.words.count(NN_("{number} commitment", "{number} commitments"), deeds),
        ]
        if document.publication_date is not None:
            day = self.words.day(dt.date.fromisoformat(document.publication_date))
            parts.insert(1, self._say(N_("of {day}"), day=day))
        return parts

    def proposal(self) -> str:
        """That a machine read it, and what that means."""
        return self._say(N_("Read by rules: proposals. Nothing enters a consultation until a person accepts it."))

    def proposer(self) -> str:
        """What came of asking a model; nothing where none was asked."""
        asked = self.readout.proposer
        if asked is None:
            return ""
        count = self.words.count
        told = [
            count(
                NN_("{number} statement is proposed by it", "{number} statements are proposed by it"), asked.statements
            ),
        ]
        if asked.rejected:
            rejected = count(NN_("{number} rejected", "{number} rejected"), sum(asked.rejected.values()))
            why = self.words.row(
                f"{self._say(readout_labels.REASONS[reason])}: {number}" for reason, number in asked.rejected.items()
            )
            told.append(f"{rejected} ({why})")
        if asked.unanswered:
            lost = NN_("{number} sentence without an answer", "{number} sentences without an answer")
            told.append(count(lost, asked.unanswered))
        return self._say(
            N_("The model {name} was asked as well: {told}"), name=asked.model, told=self.words.series(told)
        )

    def by_model(self, one: Statement | Commitment) -> bool:
        """Whether a model proposed it."""
        return by_model(one)

    def speaker(self, one: Statement) -> str:
        """Who says it, in the words of the text; with the name where a pronoun or nothing stands there."""
        return speaker_of(one, self.words)

    def act(self, one: Statement) -> str:
        """What the speaker does by saying it."""
        return self._say(readout_labels.ACTS[one.act])

    def notes(self, one: Statement) -> list[str]:
        """What else is known of a statement: negation, deadline, condition, of which other it is a duplicate."""
        told = [self._by_model()] if by_model(one) else []
        if one.negated:
            told.append(self._say(N_("negated")))
        if one.deadline is not None:
            told.append(self.deadline(one.deadline))
        if one.condition is not None:
            told.append(self._say(N_("on the condition: {condition}"), condition=one.condition.text))
        if one.duplicate_of is not None:
            told.append(self._say(N_("the same as {name}"), name=one.duplicate_of))
        if one.question is not None:
            told.append(self._say(N_("asked: {question}"), question=one.question.text))
        return told

    def _by_model(self) -> str:
        name = "" if self.readout.proposer is None else self.readout.proposer.model
        return self._say(N_("proposed by the model {name}"), name=name)

    def deadline(self, deadline: Deadline) -> str:
        """By when, in the words of the text, with the day or stretch of time where they fix one."""
        iso = f" = {deadline.iso}" if deadline.iso else ""
        return self._say(N_("by when: {words}"), words=f"{deadline.span.text}{iso}")

    def deed(self, one: Commitment) -> list[str]:
        """Who is bound, who says so, and the rest."""
        told = [self._by_model()] if by_model(one) else []
        told += [
            self._say(N_("bound: {parties}"), parties=", ".join(one.debtors)),
            self._say(N_("says so: {parties}"), parties=", ".join(one.asserted_by)),
        ]
        if one.deadline is not None:
            told.append(self.deadline(one.deadline))
        if one.condition is not None:
            told.append(self._say(N_("on the condition: {condition}"), condition=one.condition.text))
        return told

    def pieces(self, text: str) -> Sequence[Piece]:
        """The whole text cut where something begins or ends, each piece with what it is."""
        marks: list[tuple[int, int, str, Statement | None]] = []
        for one in self.readout.statements:
            marks.append((one.content.start, one.content.end, "content", one))
            for span, what in ((one.speaker.mention, "speaker"), (one.cue, "cue")):
                if span is not None:
                    marks.append((span.start, span.end, what, one))
        marks += [
            (region.span.start, region.span.end, "left-out", None)
            for region in self.readout.regions
            if region.type in ("boilerplate", "preamble", "editorial_insertion", "dateline")
        ]
        return cut(text, marks)


def speaker_of(one: Statement, words: Words) -> str:
    """Who says it, in the words of the text; with the name where a pronoun or nothing stands there."""
    speaker = one.speaker
    mention = speaker.mention.text if speaker.mention is not None else ""
    name = speaker.canonical or ""
    if not mention:
        return name or words.say(N_("nobody is named"))
    silent = speaker.resolution in ("pronoun", "document", "role_only") and name and name != mention
    return f"{mention} ({name})" if silent else mention


def cut(text: str, marks: Iterable[tuple[int, int, str, Statement | None]]) -> list[Piece]:
    """The text in pieces; where two marks overlap, the one that begins first holds, or the longer one."""
    found: list[Piece] = []
    place = 0
    for start, end, what, statement in sorted(marks, key=lambda one: (one[0], -one[1])):
        if start < place:
            continue
        if start > place:
            found.append(Piece(text[place:start]))
        found.append(Piece(text[start:end], what, statement))
        place = end
    if place < len(text):
        found.append(Piece(text[place:]))
    return found
