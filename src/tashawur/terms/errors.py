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
├── NoPlanError          sequence.no-plan   a consultation holds no plan of steps
├── CheckFailedError     sequence.check-failed an independent check contradicts a search: a fault of the program
├── UnknownPairsError    durability.unknown-pairs pairs are not known to rank in a model too large for that
├── NoPlanToLeaveError   durability.no-plan a consultation holds no plan that could be tested for how long it lasts
├── UnmodelledPlanError  durability.unmodelled a plan holds values that the model of what lasts does not know
├── TooManySidesError    durability.too-many-sides more sides take steps in a plan than its model can have
├── MissingPartError     setup.part         an optional part is not installed
├── ScenarioFileError    settle.file        a file of a scenario, plan or order holds a mistake
├── NotAdmittedError     record.refused     an entry or founding act breaks a rule of the record
├── UnreachableError     journal.unreachable a journal cannot be opened
├── JournalVersionError  journal.version    a journal was written by an older or newer version
├── DamagedJournalError  journal.damaged    what stands in a journal is not what was written
├── NotKeptError         journal.not-kept   a journal could not take what is new
├── MovedOnError         journal.moved-on   another process wrote to a journal in between
├── NotOpenedError       key.passphrase     a passphrase or key does not open what it was to
├── KeysError            key.file           a file of keys cannot be used
├── BriefsError          brief.file         a file of briefs cannot be used
├── ConfigError          node.config        a setting of a node is wrong
├── NodeError            node.place         a node cannot be made or found there
├── NoRecordError        node.no-record     a node has no record yet
├── FoundedError         node.founded       a node has another record already
├── ReadOnlyError        node.read-only     a restored node may not write yet
├── ForkedSideError      node.forked        a side said two things in one place, and what is to be signed needs it
├── LineError            wire.line          the node of another party cannot be reached, or this one not serve
├── UnreadableActError   act.unreadable     what stands in an entry is no act
├── FoundingContentError act.founding       a founding act holds no mechanism
├── ConfidentialAnswerError both.refused    an answer in confidence breaks its protocol
├── NotTakenError        wire.refused       a message, a bundle or a sheet with codes breaks a rule of exchange
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


class NoPlanError(TashawurError):
    """A consultation holds no plan of steps that could be ordered."""

    code = "sequence.no-plan"
    template = N_("{case} holds no plan. Add a file of kind plan with the steps of the package.")


class CheckFailedError(TashawurError):
    """An independent check contradicts a search: a fault of this program, never of a plan."""

    code = "sequence.check-failed"
    template = N_("The independent check contradicts the search. Do not rely on an order; report this with the plan.")


class UnknownPairsError(TashawurError):
    """Pairs of states are not known to rank, in a model too large for what that takes."""

    code = "durability.unknown-pairs"
    template = N_(
        "The model has {count} states; with pairs that are not known at most {most} are gone through. "
        "Leave out options, or rank the pairs."
    )


class NoPlanToLeaveError(TashawurError):
    """A consultation holds no plan that could be tested for how long it lasts."""

    code = "durability.no-plan"
    template = N_(
        "{case} holds no plan in which each of several sides at the table takes steps. "
        "Add a file of the kind plan: the agreed package as steps, with their values."
    )


class UnmodelledPlanError(TashawurError):
    """A plan holds intervals or bonuses, of which the model of what lasts knows nothing."""

    code = "durability.unmodelled"
    template = N_(
        "The plan of {case} has intervals or bonuses, and what lasts is found from single numbers of single steps. "
        "Give each step one number for each party."
    )


class TooManySidesError(TashawurError):
    """More sides take steps in a plan than the model of it can have."""

    code = "durability.too-many-sides"
    template = N_(
        "In the plan of {case} {count} sides take steps; what lasts is found for at most {most}. "
        "Make a plan of those whose leaving is in question."
    )


class MissingPartError(TashawurError):
    """An optional part is not installed."""

    code = "setup.part"
    template = N_("This needs a part that is not installed: pip install tashawur[{extra}]")


class ScenarioFileError(TashawurError):
    """A file of a scenario, of a plan or of an order cannot be read, or cannot hold what is to be written.

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


class UnreachableError(TashawurError):
    """A journal cannot be opened, or does not answer."""

    code = "journal.unreachable"
    template = N_("{place} cannot be opened as a journal: {why}")


class JournalVersionError(TashawurError):
    """A journal was written by an older or newer version of the program."""

    code = "journal.version"
    template = N_("{place} was written by an older version. Bring it up to date: tashawur node upgrade")

    def __init__(self, place: str, found: int, known: int) -> None:
        if found > known:
            self.template = N_("{place} was written by a newer version. Install that one; nothing was changed.")
        super().__init__(place=place)


class DamagedJournalError(TashawurError):
    """What stands in a journal is not what was written. What else stands there can still be read."""

    code = "journal.damaged"
    template = N_("{place} is damaged: {why}. See what is left with: tashawur record verify")

    def __init__(self, place: str, why: str, number: int = 0) -> None:
        """`number` is that of the first entry that is not as it was; 0 where it is not known."""
        if number:
            self.template = N_(
                "{place} is damaged at entry {number}: {why}. See what is left with: tashawur record verify"
            )
        self.number = number
        super().__init__(place=place, why=why, **({"number": str(number)} if number else {}))


class NotKeptError(TashawurError):
    """A journal could not take what is new. What it had, it has."""

    code = "journal.not-kept"
    template = N_("Nothing new was taken into {place}: {why}")


class MovedOnError(TashawurError):
    """Another process wrote to a journal in between, so what was to be written does not fit any more."""

    code = "journal.moved-on"
    template = N_("Another process wrote to {place} in between, and nothing was taken. Try again.")


class NotOpenedError(TashawurError):
    """A passphrase or key does not open what it was to open, or what was sealed is not as it was."""

    code = "key.passphrase"
    template = N_("{place} was not opened: the passphrase or key is another one, or it is damaged.")


class KeysError(TashawurError):
    """A file of keys, or a key, cannot be used."""

    code = "key.file"
    template = N_("The keys in {place} cannot be used: {why}")


class BriefsError(TashawurError):
    """A file of private briefs cannot be used. It never shows what is in it."""

    code = "brief.file"
    template = N_("The private briefs in {place} cannot be used: {why}")


class ConfigError(TashawurError):
    """A setting of a node is wrong. `place` is the file or the variable of the environment."""

    code = "node.config"
    template = N_("{place}: {why}")

    def __init__(self, place: str, why: str, name: str = "") -> None:
        if name:
            self.template = N_("{place}, {name}: {why}")
        super().__init__(place=place, why=why, **({"name": name} if name else {}))


class NodeError(TashawurError):
    """A node cannot be made or found there, or a file of it not be written."""

    code = "node.place"
    template = N_("{place}: {why}")


class NoRecordError(TashawurError):
    """A node has no record yet."""

    code = "node.no-record"
    template = N_("There is no record in {place} yet. It begins with the founding act.")


class FoundedError(TashawurError):
    """A node has the record of another consultation already."""

    code = "node.founded"
    template = N_("{place} holds the record of another consultation. Make a node of its own for this one.")


class ReadOnlyError(TashawurError):
    """A restored node may not write before the others have shown what they have of its own feed."""

    code = "node.read-only"
    template = N_(
        "Nothing was written: {place} was restored from a backup, and not all others have shown yet what they have of "
        "this side. Exchange with them first."
    )


class ForkedSideError(TashawurError):
    """A side said two different things in one place, and what is to be proposed or signed needs it."""

    code = "node.forked"
    template = N_(
        "Not signed: {sides} said two different things in one place. First its root keys say which one goes on, and "
        "the others sign that."
    )


class LineError(TashawurError):
    """The node of another party cannot be reached, or this one cannot be served, at an address."""

    code = "wire.line"
    template = N_("{place} is no line to a node: {why}")


class NotTakenError(TashawurError):
    """A message, a bundle or the text of a sheet breaks a rule of exchange; nothing of it was taken.

    `rule` is the stable code of the rule; `at` says where, in numbers that need no translation.
    """

    code = "wire.refused"
    template = N_("It is not taken: {why} ({rule})")

    def __init__(self, rule: str, why: str, at: str = "") -> None:
        self.rule = rule
        self.at = at
        words = {"rule": rule, "why": why}
        if at:
            self.template = N_("It is not taken: {why}: {at} ({rule})")
            words["at"] = at
        super().__init__(**words)


class UnwritableError(TashawurError):
    """A paper cannot be written where it was asked for."""

    code = "papers.unwritable"
    template = N_("{place} cannot be written: {why}")
