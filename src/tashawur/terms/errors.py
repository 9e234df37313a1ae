"""What can go wrong, as one tree with stable codes.

TashawurError
├── MistakesError        case.mistakes      a consultation's files hold mistakes
├── UnreadableError      case.unreadable    a file or folder cannot be read, or is no consultation
├── UnknownNameError     case.unknown-name  a side, kind or consultation that does not exist was asked for
├── RefusedEntryError    log.refused        what was to be logged would break the consultation
│   └── RefusedChangeError  text.refused    what a proposal was changed to would break it
├── UnreadableTextError  text.unreadable    a file holds no text that can be read
├── UnknownLanguageError text.language      a text is in a language that is not read
├── LostWorkerError      text.worker        a process that was reading texts has ended
├── ClusterError         text.cluster       a cluster cannot be used
├── TooFewAccountsError  text.accounts      there are not two accounts to lay side by side
├── NoDayError           text.day           the day on which a text was published is not known
├── FewPartiesError      text.parties       in a text fewer than two parties speak that could consult
├── NotPublicError       text.not-public    nobody said that a text is public, so it is not sent
├── ProposerMissingError proposer.missing   what asks a language model is not installed
├── EndpointError        proposer.endpoint  how a language model is to be asked was not told rightly
├── UnansweredError      proposer.unanswered a language model gave no answer that can be used
├── WrongTextError       text.mismatch      a text is not the document that the rows point at
├── NoBriefError         settle.no-brief    a consultation holds nothing that could be settled
├── ContradictoryBriefError brief.contradiction a side's answers to questions contradict each other
├── InWordsError         settle.in-words    rules that reckon with points were asked of sides that speak in words
├── TooFineError         settle.too-fine    numbers are too fine for a search that is exact
├── TooManyError         settle.too-many    a frontier of too many packages was asked for
├── MissingPartError     setup.part         an optional part is not installed
├── ScenarioFileError    settle.file        a file of another program's scenario holds a mistake, or cannot hold one
├── NotAdmittedError     record.refused     an entry or founding act breaks a rule of the record
└── UnwritableError      papers.unwritable  a paper cannot be written where it was asked for

An error carries a template and what fills it, never a finished sentence: the shells translate. Templates are marked
by `N_`, so that the catalogue finds them.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

from tashawur.terms.phrases import N_
from tashawur.terms.showing import shown


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file of a consultation.

    `file` is relative to the folder; `path` leads to the value from the top of the file (keys and places in lists);
    `line` counts from 1 and is 0 until the text was looked at. What is wrong and how to mend it are templates of the
    catalogue, filled from `words`, which never hold a private number.
    """

    code: str
    file: str
    wrong: str
    mend: str
    words: dict[str, str] = field(default_factory=dict)
    path: tuple[str | int, ...] = ()
    line: int = 0

    @property
    def place(self) -> str:
        """The file with the line, or with the path where the file has no lines to speak of."""
        if self.line:
            return f"{self.file}:{self.line}"
        return ", ".join((self.file, "/".join(shown(step) for step in self.path))) if self.path else self.file


class TashawurError(Exception):
    """The root: whatever Tashawur refuses, with the words for it."""

    code: ClassVar[str] = "tashawur"
    template: str = N_("Something was refused.")

    def __init__(self, **words: str) -> None:
        self.words = words
        super().__init__(self.template.format(**words))


class MistakesError(TashawurError):
    """A consultation's files hold mistakes, in the order of files and lines; `more` says that some were left out."""

    code = "case.mistakes"
    template = N_("Mistakes in the files of {folder}: {count}. Mend them as the lines above say.")

    def __init__(self, folder: str, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        told = [one for one in mistakes if one.code != _AND_MORE]
        self.more = len(told) < len(mistakes)
        if self.more:
            self.template = N_(
                "Mistakes in the files of {folder}: more than {count}. Mend them as the lines above say."
            )
        super().__init__(folder=folder, count=str(len(told)))


_AND_MORE: Final = "case.and-more"
"""The code of the mistake that stands for those of a file that are left out."""


def reason_of(error: OSError) -> str:
    """Why the system refuses to read or write, with the remedy: a phrase of the catalogue."""
    for kind, phrase in _REASONS.items():
        if isinstance(error, kind):
            return phrase
    return _REASONS_BY_NUMBER.get(error.errno or 0, N_("the system refuses it; try another place"))


_REASONS = {
    FileNotFoundError: N_("there is no such file or folder; look at how the path is written"),
    PermissionError: N_("the system does not permit it; change who may read and write there"),
    IsADirectoryError: N_("it is a folder; name a file"),
    NotADirectoryError: N_("a part of the path is a file and no folder; look at how the path is written"),
}
_REASONS_BY_NUMBER = {
    errno.ENOSPC: N_("the disk is full; make room on it"),
    errno.EROFS: N_("the disk can only be read; name a place on another one"),
    errno.ENAMETOOLONG: N_("its name is too long; choose a shorter one"),
}


class UnreadableError(TashawurError):
    """A file or folder cannot be read, or is no consultation."""

    code = "case.unreadable"
    template = N_("{place} cannot be read: {why}")


class UnknownNameError(TashawurError):
    """A side, kind or consultation that does not exist was asked for."""

    code = "case.unknown-name"
    template = N_("{name} is not known here. Known: {known}.")


class RefusedEntryError(TashawurError):
    """What was to be logged would break the consultation; nothing was written."""

    code = "log.refused"
    template = N_("Not logged: {wrong}. {mend}")

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake
        super().__init__(wrong=mistake.wrong.format(**mistake.words), mend=mistake.mend.format(**mistake.words))


class RefusedChangeError(RefusedEntryError):
    """What a proposal was changed to would break the consultation; it stays as it was."""

    code = "text.refused"
    template = N_("Not changed: {wrong}. {mend}")


class UnreadableTextError(TashawurError):
    """A file holds no text that can be read."""

    code = "text.unreadable"
    template = N_("{place} cannot be read as a text: {why}")


class UnknownLanguageError(TashawurError):
    """A text is in a language that is not read: `language` by its code, `und` where it is not known."""

    code = "text.language"
    template = N_("{place} is in {language}, which is not read; Arabic, English and Russian are")

    def __init__(self, place: str, language: str = "und") -> None:
        if language == "und":
            self.template = N_("{place} is in a language that is not read; Arabic, English and Russian are")
        super().__init__(place=place, language=language)


class LostWorkerError(TashawurError):
    """A process that was reading texts has ended before it was done."""

    code = "text.worker"
    template = N_(
        "A process that was reading texts was ended, perhaps for want of memory. Try fewer at a time: --jobs 1."
    )


class ClusterError(TashawurError):
    """A cluster cannot be used."""

    code = "text.cluster"
    template = N_("The cluster {place} cannot be used: {why}")


class TooFewAccountsError(TashawurError):
    """There are not two accounts to lay side by side."""

    code = "text.accounts"
    template = N_("To compare, give two texts, or one in which two parties speak")


class NoDayError(TashawurError):
    """The day on which a text was published is not known, and what it proposes is dated by it."""

    code = "text.day"
    template = N_("{place} does not tell the day on which it was published. Give it with --date.")


class FewPartiesError(TashawurError):
    """In a text fewer than two parties speak that could consult."""

    code = "text.parties"
    template = N_(
        "In {place} fewer than two parties speak that are known here. Name who takes part: --party CODE of a state, "
        "or --party A=Name,Adjective"
    )


class NotPublicError(TashawurError):
    """Nobody said that a text is public, so it is not sent to a language model."""

    code = "text.not-public"
    template = N_("Nothing was sent: nobody said that {place} is public. If the texts named are public, add --public")


class ProposerMissingError(TashawurError):
    """What asks a language model is not installed."""

    code = "proposer.missing"
    template = N_("What asks a model is not installed; install it with: pip install tashawur[proposer]")


class EndpointError(TashawurError):
    """How a language model is to be asked was not told rightly. It never shows the key."""

    code = "proposer.endpoint"
    template = N_("No model can be asked: {why}")


class UnansweredError(TashawurError):
    """A language model gave no answer that can be used. It shows nothing of what came back."""

    code = "proposer.unanswered"
    template = N_("{place} proposes nothing here: {why}")


class WrongTextError(TashawurError):
    """A text is not the document that the rows point at."""

    code = "text.mismatch"
    template = N_("{place} is not the document that the rows point at. Give the file with the digest {digest}.")

    def __init__(self, place: str, known: Iterable[str]) -> None:
        digests = ", ".join(sorted(known))
        if not digests:
            self.template = N_("{place} is no document of this consultation: its case file names none.")
        super().__init__(place=place, digest=digests)


class NoBriefError(TashawurError):
    """A consultation holds nothing that could be settled."""

    code = "settle.no-brief"
    template = N_("{case} holds no brief, or no irritant with options. Give each side at the table a brief.")


class ContradictoryBriefError(TashawurError):
    """A side's answers to questions contradict each other, its words or their order: nothing it can mean fits them."""

    code = "brief.contradiction"
    template = N_(
        "The comparisons {places} in the brief of {party} contradict each other, its words or its order. "
        "Correct one of them."
    )


class InWordsError(TashawurError):
    """Rules that reckon with points were asked for, and a side speaks in words."""

    code = "settle.in-words"
    template = N_(
        "This needs points of every side, and the briefs of {parties} speak in words. What all can accept is told by: "
        "tashawur settle FOLDER"
    )


class TooFineError(TashawurError):
    """Numbers have more digits than a search that is exact can hold."""

    code = "settle.too-fine"
    template = N_(
        "The numbers of the sides have too many digits for so many packages to be searched exactly. "
        "Round them to six digits or fewer."
    )


class TooManyError(TashawurError):
    """A frontier of too many packages was asked for."""

    code = "settle.too-many"
    template = N_(
        "The frontier of {sides} sides is listed up to {most} packages; here are {count}. Ask settle for its solutions."
    )


class MissingPartError(TashawurError):
    """An optional part is not installed."""

    code = "setup.part"
    template = N_("This needs a part that is not installed: pip install tashawur[{extra}]")


class ScenarioFileError(TashawurError):
    """A scenario's file, in the format of another program, cannot be read, or cannot hold what is to be written.

    Each way to be wrong has a code of its own, that of the mistake, which names file, line or path, and remedy.
    """

    code = "settle.file"
    template = N_("{place}: {wrong}. {mend}")

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake
        wrong, mend = (part.format(**mistake.words) for part in (mistake.wrong, mistake.mend))
        super().__init__(place=mistake.place, wrong=wrong, mend=mend)


class NotAdmittedError(TashawurError):
    """An entry or founding act breaks a rule of the record. `rule` is the stable code of the rule."""

    code = "record.refused"
    template = N_("It is not admitted to the record: {why} ({rule})")

    def __init__(self, rule: str, why: str) -> None:
        self.rule = rule
        super().__init__(rule=rule, why=why)


class UnreadableActError(TashawurError):
    """What stands in an entry is no act of this version, or one whose words or names are not plain."""

    code = "act.unreadable"
    template = N_("This is no act: {wrong}")


class FoundingContentError(TashawurError):
    """The founding act does not hold a mechanism that can be run."""

    code = "act.founding"
    template = N_("The founding act holds no mechanism that can be run: {wrong}. It must be founded anew.")


class ConfidentialAnswerError(TashawurError):
    """An answer in confidence does not keep to the protocol. It tells nothing of what either side accepts."""

    code = "both.refused"
    template = N_("The answer in confidence is refused: {why}. Ask anew with a fresh question.")


class UnwritableError(TashawurError):
    """A paper cannot be written where it was asked for."""

    code = "papers.unwritable"
    template = N_("{place} cannot be written: {why}")
