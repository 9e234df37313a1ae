"""Acts: what a side does by an entry of the record, each one thing, in the words of the consultation's files.

The record knows who wrote an entry and who has signed it, and reads nothing of its content. Here is what the content
means. A thing that a side names by itself bears the side's name before its own (`US_visas` for the side `US`), so that
nobody can take a name that another has given.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

import msgspec

from tashawur.consult.log import Form, ReportWord, RoundWord
from tashawur.consult.mechanism import CaseFile, Count, Days, DocumentDigest, Team
from tashawur.consult.names import IndicatorRef, IrritantRef, PartyRef, TrackRef
from tashawur.consult.register import Constraint, Fact, Need, Option
from tashawur.consult.undertakings import Due
from tashawur.consult.walk import visitor
from tashawur.terms.errors import UnreadableActError
from tashawur.terms.vocabulary import IDENT_PATTERN, WORDS_PATTERN, Ident, Lang, Moment, Text, Value, Words

EntryHash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z", description="The id of an entry of the record.")]
Package = Annotated[dict[IrritantRef, Ident], msgspec.Meta(min_length=1)]
Module = Literal["register", "contacts", "commitments", "packages", "steps", "stability", "scores"]
ALWAYS_ON: Final[frozenset[Module]] = frozenset({"register", "contacts", "commitments"})
"""Modules that a consultation has unless its mechanism says otherwise."""

LegalStatus = Literal["record_only", "political_understanding", "agreed_minutes", "exchange_of_notes", "treaty_text"]
"""What an act says that it is. To sign in the node creates no obligation by itself, whatever stands here."""

IN_LAW: Final[Mapping[LegalStatus, str]] = MappingProxyType(
    {
        "record_only": "no_obligation",
        "political_understanding": "political",
        "agreed_minutes": "political",
        "exchange_of_notes": "legal",
        "treaty_text": "legal",
    }
)
"""The word that the record's entry must bear for each status."""


_WORDS: Final = re.compile(WORDS_PATTERN)
_IDENT: Final = re.compile(IDENT_PATTERN)
_PERHAPS_STRANGE: Final = re.compile(rb"\\\\[bfu]|\x7f|\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
"""Bytes that the JSON of all that WORDS_PATTERN refuses holds: nearly every act is without, and is not gone through."""


class SetMechanism(Value, frozen=True, tag_field="act", tag="mechanism"):
    """The mechanism as a whole, in the founding act and whenever it is changed: parties, roles, tracks, aim, rhythm.

    `modules` are those that all have switched on. `answers_a_round` is how often a side answers offers in one round.
    """

    case: CaseFile
    modules: tuple[Module, ...] = tuple(sorted(ALWAYS_ON))
    answers_a_round: Annotated[int, msgspec.Meta(ge=0, le=100)] = 3


class Appoint(Value, frozen=True, tag_field="act", tag="team"):
    """The side says whom it sends, by title and rank, or that they are to be appointed."""

    team: Team


class Raise(Value, frozen=True, tag_field="act", tag="irritant"):
    """The side puts a problem on the register, in neutral words."""

    id: Ident
    on: dt.date
    name: Text
    responding: tuple[PartyRef, ...] = ()
    track: TrackRef | None = None
    position: Text | None = None
    facts: tuple[Fact, ...] = ()
    basis: tuple[Text, ...] = ()
    needs: tuple[Need, ...] = ()


class Position(Value, frozen=True, tag_field="act", tag="position"):
    """What the side says of a problem, in its own sense. Its last word counts."""

    irritant: IrritantRef
    text: Text


class Options(Value, frozen=True, tag_field="act", tag="options"):
    """The possible outcomes of a problem, the status quo first."""

    irritant: IrritantRef
    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=2)]


class Rule(Value, frozen=True, tag_field="act", tag="rule"):
    """A public rule on packages."""

    constraint: Constraint


class Contacted(Value, frozen=True, tag_field="act", tag="contact"):
    """The side says that there was a call, letter, note, message or meeting, or that one is planned."""

    on: dt.date
    form: Form
    between: Annotated[tuple[PartyRef, ...], msgspec.Meta(min_length=2)]
    at: Moment | None = None
    level: Text | None = None
    about: Text | None = None
    planned: bool = False


class OnRound(Value, frozen=True, tag_field="act", tag="round"):
    """The side proposes, confirms, postpones or cancels a round, says that it was held, or assesses it."""

    on: dt.date
    round: Ident
    event: RoundWord
    date: dt.date | None = None
    begins: Moment | None = None
    ends: Moment | None = None
    host: PartyRef | None = None
    place: Text | None = None
    venue: Text | None = None
    level: Text | None = None
    tracks: tuple[TrackRef, ...] = ()
    outcome: Text | None = None
    assessment: Text | None = None
    reason: Text | None = None


class Reported(Value, frozen=True, tag_field="act", tag="report"):
    """What the side reports of an undertaking, irritant, indicator, team or track. A number is written as words."""

    on: dt.date
    about: Ident
    says: ReportWord
    said: Text | None = None
    until: dt.date | None = None
    value: Annotated[str, msgspec.Meta(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,9})?\Z")] | None = None
    evidence: tuple[Words, ...] = ()


class Undertake(Value, frozen=True, tag_field="act", tag="undertaking"):
    """Who will do what, for whom, by when. Said, it is one side's word; signed, it is that of all whom it binds."""

    id: Ident
    by: Annotated[tuple[PartyRef, ...], msgspec.Meta(min_length=1)]
    to: Annotated[tuple[PartyRef, ...], msgspec.Meta(min_length=1)]
    what: Text
    made: dt.date
    track: TrackRef | None = None
    round: Ident | None = None
    due: Due | None = None
    condition: Text | None = None
    criteria: Text | None = None
    moves: tuple[IndicatorRef, ...] = ()
    of_package: EntryHash | None = None
    """The package that it carries out, by the entry that proposed that. It starts when that stands unchallenged."""


class Offer(Value, frozen=True, tag_field="act", tag="offer"):
    """Options that the side would take together. It binds nobody; the other sides' heads of delegation answer."""

    to: Annotated[tuple[PartyRef, ...], msgspec.Meta(min_length=1)]
    package: Package
    round: Ident | None = None
    said: Text | None = None


class Answer(Value, frozen=True, tag_field="act", tag="answer"):
    """The side's answer to an offer."""

    offer: EntryHash
    says: Literal["could_accept", "could_not_accept", "asks_time"]
    said: Text | None = None


class Note(Value, frozen=True, tag_field="act", tag="note"):
    """A note verbale or letter with its number, that was handed over on paper."""

    number: Words
    on: dt.date
    to: Annotated[tuple[PartyRef, ...], msgspec.Meta(min_length=1)]
    subject: Text
    in_answer_to: EntryHash | None = None


class Agree(Value, frozen=True, tag_field="act", tag="package"):
    """A package that stands when all whom it binds have signed it. Each problem that it names gets the option named."""

    package: Package
    status: LegalStatus = "record_only"
    words: Text | None = None


class Decline(Value, frozen=True, tag_field="act", tag="decline"):
    """The side will not sign what was proposed, and says why."""

    proposal: EntryHash
    reason: Text


class AdReferendum(Value, frozen=True, tag_field="act", tag="ad_referendum"):
    """The delegation accepts, and its capital has until the end of a day to confirm. Silence is not consent."""

    proposal: EntryHash
    until: dt.date


class PublicStep(Value, frozen=True):
    """A step of a plan, without what it is worth to anybody."""

    id: Ident
    by: PartyRef
    title: Text
    irritant: IrritantRef | None = None
    joint_with: PartyRef | None = None
    requires: tuple[Ident, ...] = ()
    earliest: dt.date | None = None
    days: Days | None = None


class StepsTogether(Value, frozen=True):
    """Steps that are done together: `atomic`, held by the host and released at once, or `simultaneous`."""

    steps: Annotated[tuple[Ident, ...], msgspec.Meta(min_length=2)]
    mode: Literal["atomic", "simultaneous"]


class Plan(Value, frozen=True, tag_field="act", tag="plan"):
    """The steps of a package in the order in which they are done."""

    of_package: EntryHash
    steps: Annotated[tuple[PublicStep, ...], msgspec.Meta(min_length=1)]
    groups: tuple[StepsTogether, ...] = ()
    status: LegalStatus = "record_only"


class Suspend(Value, frozen=True, tag_field="act", tag="suspend"):
    """After an incident the side suspends its part in one track; the others go on."""

    track: TrackRef
    why: Text


class Resume(Value, frozen=True, tag_field="act", tag="resume"):
    """The side takes up again what it suspended."""

    track: TrackRef


class Run(Value, frozen=True, tag_field="act", tag="run"):
    """How packages are searched for. In the mode `mediator` the party named sees every side's points."""

    mode: Literal["own", "mediator"]
    mediator: PartyRef | None = None
    tracks: tuple[TrackRef, ...] = ()


class Stands(Value, frozen=True, tag_field="act", tag="stands"):
    """Of acts that contradict each other, the one that stands."""

    among: Annotated[tuple[EntryHash, ...], msgspec.Meta(min_length=2, max_length=16)]
    stands: EntryHash


class Signatory(Value, frozen=True):
    """Who signed a paper for a party, by office, and by what full powers."""

    party: PartyRef
    office: Text
    full_powers: Text | None = None


class PaperCopy(Value, frozen=True):
    """One original of a paper: its language, the order in which it names the parties, and who keeps it."""

    language: Lang
    order: tuple[PartyRef, ...]
    kept_by: PartyRef


class Original(Value, frozen=True, tag_field="act", tag="original"):
    """The paper that was signed beside an act. It is in force only from the day that its own clause gives."""

    of: EntryHash
    signed_on: dt.date
    place: Text
    signatories: Annotated[tuple[Signatory, ...], msgspec.Meta(min_length=1)]
    copies: Annotated[tuple[PaperCopy, ...], msgspec.Meta(min_length=1)]
    authentic: tuple[Lang, ...] = ()
    scan: DocumentDigest | None = None
    in_force: dt.date | None = None
    clause: Text | None = None
    """The words of the text that give the day from which it is in force."""


class PublishReadout(Value, frozen=True, tag_field="act", tag="readout"):
    """The side's own account of a contact or round, as it gave it to the public."""

    title: Text
    language: Lang
    text: Words
    on: dt.date
    sha256: DocumentDigest
    characters: Count
    round: Ident | None = None


class Close(Value, frozen=True, tag_field="act", tag="close"):
    """The consultation ends. What is returned or destroyed is said in words."""

    on: dt.date
    words: Text


AnyAct = (
    SetMechanism
    | Appoint
    | Raise
    | Position
    | Options
    | Rule
    | Contacted
    | OnRound
    | Reported
    | Undertake
    | Offer
    | Answer
    | Note
    | Agree
    | Decline
    | AdReferendum
    | Plan
    | Suspend
    | Resume
    | Run
    | Stands
    | Original
    | PublishReadout
    | Close
)

SAID: Final = frozenset(
    {
        Appoint,
        Raise,
        Position,
        Contacted,
        OnRound,
        Reported,
        Undertake,
        Offer,
        Answer,
        Note,
        Decline,
        AdReferendum,
        Suspend,
        Resume,
        PublishReadout,
    }
)
"""Acts that one side does alone."""

SIGNED: Final = frozenset({SetMechanism, Options, Rule, Undertake, Agree, Plan, Run, Stands, Original, Close})
"""Acts that stand when all whom they bind have signed."""

MODULES: Final[Mapping[type, Module]] = MappingProxyType(
    {
        Raise: "register",
        Position: "register",
        Options: "register",
        Rule: "packages",
        Contacted: "contacts",
        OnRound: "contacts",
        Note: "contacts",
        Reported: "commitments",
        Undertake: "commitments",
        Offer: "packages",
        Answer: "packages",
        Agree: "packages",
        Plan: "steps",
        Run: "scores",
    }
)
"""The module that must be on for an act; the others need none."""


class Told(msgspec.Struct, frozen=True, gc=False):
    """An entry of the record that holds an act, as far as the consultation must know it.

    `id` is that of the entry, `seq` its number in the feed of `side`, `topics` those of the entry. `need` are the
    parties that it asks to sign, empty where the side does it alone; `signed` those that have; `confirmed` says that
    all have and that the conditions hold; `withdrawn` that the side took the proposal back. `amends` is an older act.
    """

    id: str
    side: str
    seq: int
    topics: tuple[str, ...]
    content: Mapping[str, Any]
    on: dt.date
    need: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    confirmed: bool = False
    withdrawn: bool = False
    amends: str | None = None
    legal: str = "no_obligation"


class _Holder(msgspec.Struct, frozen=True):
    """What a union is read by at once: its types are looked at when this is made, not at each act."""

    act: AnyAct


def act_of(content: Mapping[str, Any]) -> AnyAct:
    """The act that an entry's content is.

    Raises:
        UnreadableActError: it is none.
    """
    try:
        act = msgspec.convert({"act": content}, _Holder, str_keys=True).act
    except (msgspec.ValidationError, RecursionError) as error:
        raise UnreadableActError(wrong=str(error)) from None
    looked_at = _strings(content) if _PERHAPS_STRANGE.search(msgspec.json.encode(content)) else ()
    strange = next((words for words in looked_at if words and not _WORDS.match(words)), None)
    if strange is None:
        given = visitor(type(act), "is")
        names: list[str] = []
        if given is not None:
            given(act, (), lambda _, name, __: names.append(name))
        strange = next((name for name in names if not _IDENT.match(name)), None)
    if strange is not None:
        raise UnreadableActError(wrong=ascii(strange[:40]))
    return act


def _strings(value: object) -> Iterator[str]:
    """Every string in it, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield key
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an act."""
    found = msgspec.json.schema(AnyAct)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Tashawur: an act"} | found


def content_of(act: AnyAct) -> dict[str, Any]:
    """The act as content of an entry: words, whole numbers, lists and objects only."""
    return {key: _plain(value) for key, value in msgspec.to_builtins(act, str_keys=True).items()}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
