"""What is found in a text: statements, commitments, parties, quotations, each with the exact place of its words.

Everything here is a proposal. It enters a consultation only when a person accepts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import msgspec

from tashawur.terms.vocabulary import Found

SCHEMA: Final = "tashawur.readout/0.1"

Act = Literal[
    "agreed",
    "pledged",
    "proposed",
    "announced",
    "claimed",
    "assessed",
    "urged",
    "demanded",
    "denied",
    "refused",
    "disagreed",
    "thanked",
    "welcomed",
    "condemned",
    "concern",
    "reaffirmed",
    "supported",
    "discussed",
    "asked",
]
Kind = Literal["direct", "indirect", "mixed", "headline", "narrative"]
Modality = Literal["committed", "intended", "conditional", "possible", "necessary", "asserted"]
Place = Literal["headline", "body", "related_link"]
RegionType = Literal["headline", "boilerplate", "related_link", "dateline", "editorial_insertion", "preamble"]
DeadlineType = Literal["date", "before", "within", "window", "recurring", "event", "vague"]
Strength = Literal["agreed", "pledged", "intended", "hoped"]
Reason = Literal[
    "not_as_asked",
    "too_many",
    "no_such_sentence",
    "no_such_act",
    "too_short",
    "not_in_text",
    "other_sentence",
    "respelled",
    "stitched",
    "ambiguous",
    "inside_word",
    "negation_cut",
    "speaker_in_content",
    "speaker_later",
    "unknown_party",
    "other_party",
    "already_found",
]
"""Why something that a model returned is rejected."""


class Span(Found, frozen=True, order=True):
    """Some characters of the text: Unicode code points from `start` to `end`, the end exclusive; `text` is they."""

    start: int
    end: int
    text: str


class Region(Found, frozen=True):
    """A part of the text that is not running text; whatever lies in no region is the body."""

    type: RegionType
    span: Span


class Quote(Found, frozen=True):
    """What stands between quotation marks, without them."""

    id: str
    span: Span


class Day(Found, frozen=True):
    """A day as it is written: `iso` where it can be known; `relative` when it hangs on the day of publication.

    `hijri` keeps the day in the Islamic calendar where the text gives it so, year-month-day.
    """

    span: Span
    relative: bool
    iso: str | None = None
    hijri: str | None = None


class Deadline(Found, frozen=True):
    """By when: `iso` is a day, a duration (P2M) or an interval of ISO 8601, or None where the words fix none."""

    span: Span
    type: DeadlineType
    iso: str | None = None
    anchor: str | None = None


class Speaker(Found, frozen=True):
    """Who says it. `resolution` tells how that is known; `canonical` is the fullest name that the text gives."""

    party: str | None
    entity: str | None
    canonical: str | None
    mention: Span | None
    resolution: str
    role: Span | None = None


class Addressee(Found, frozen=True):
    """To whom it is said."""

    span: Span
    party: str | None


class Statement(Found, frozen=True):
    """One thing that somebody says, or does by saying.

    `extractor` is `rules`, or `model:` and the name of the model that proposed it. Of a model's statement nothing is
    known but that its words stand in the text, so its `confidence` is 0.
    """

    id: str
    kind: Kind
    act: Act
    speaker: Speaker
    cue: Span | None
    content: Span
    modality: Modality
    negated: bool
    region: Place
    addressee: Addressee | None = None
    topic: str | None = None
    condition: Span | None = None
    deadline: Deadline | None = None
    quote_id: str | None = None
    duplicate_of: str | None = None
    flags: Sequence[str] = ()
    via: Span | None = None
    committer: Span | None = None
    purpose: Span | None = None
    occasion: Span | None = None
    question: Span | None = None
    inner_cue: Span | None = None
    criteria: Sequence[Span] = ()
    said_on: Day | None = None
    confidence: float = 1.0
    extractor: str = "rules"


class Commitment(Found, frozen=True):
    """Who will do what for whom, and which side says so. `alternates` are other words for the same deed."""

    id: str
    statements: Sequence[str]
    debtors: Sequence[str]
    creditors: Sequence[str]
    action: Span
    mutual: bool
    strength: Strength
    asserted_by: Sequence[str]
    deadline: Deadline | None = None
    condition: Span | None = None
    criteria: Sequence[Span] = ()
    alternates: Sequence[Span] = ()
    purpose: Span | None = None
    beneficiary: Sequence[str] = ()
    topic: str | None = None
    flags: Sequence[str] = ()


class Party(Found, frozen=True):
    """A state or body that the text names, by a code, with its mentions; `role` is what it is to these talks."""

    code: str
    role: Literal["side", "host", "absent_affected"] | None
    mentions: Sequence[Span]


class Person(Found, frozen=True):
    """A person whom the text names, with the role that it gives."""

    id: str
    name: Span
    role: Span | None
    party: str | None
    speaks: bool


class Organisation(Found, frozen=True):
    """A ministry or other body of a party, with the ways in which the text names it."""

    id: str
    names: Sequence[Span]
    party: str | None


class Document(Found, frozen=True):
    """What was read: the digest of the file, the language of the text and its length in code points."""

    sha256: str
    lang: str
    length_codepoints: int
    publication_date: str | None = None


class Proposer(Found, frozen=True):
    """What became of asking a model: numbers only, for what was rejected is kept nowhere.

    `sentences` were to be sent, and to `unanswered` of them there is no answer that can be used. `statements` of the
    model passed; the others are counted in `rejected` by reason.
    """

    model: str
    sentences: int
    unanswered: int
    statements: int
    rejected: Mapping[Reason, int]


class Readout(Found, frozen=True):
    """All that was found in one text; `proposer` is None where no model was asked."""

    document: Document
    regions: Sequence[Region]
    parties: Sequence[Party]
    people: Sequence[Person]
    organisations: Sequence[Organisation]
    places: Sequence[Span]
    dates: Sequence[Day]
    quotes: Sequence[Quote]
    statements: Sequence[Statement]
    commitments: Sequence[Commitment]
    schema: str = SCHEMA
    proposer: Proposer | None = None


def schema() -> dict[str, Any]:
    """The JSON Schema of a readout as `readout --json` gives it."""
    made = msgspec.json.schema(Readout)
    made["$schema"], made["$id"] = "https://json-schema.org/draft/2020-12/schema", SCHEMA
    return made
