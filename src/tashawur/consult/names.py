"""Which identifiers name something, and what the others refer to.

An alias says it in its metadata: `is` for a name that is given here, `names` for a reference. The check of a
consultation reads these, so a field cannot be forgotten there.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from tashawur.terms.vocabulary import Name

NEXT_ROUND: Final = "next_round"
"""Stands for whichever round comes next; nothing else may bear this name."""

EVENT: Final = "round undertaking track"
"""What a deadline can hang on."""

SUBJECT: Final = "undertaking irritant indicator team track"
"""What a party can report of."""

PartyId = Annotated[Name, msgspec.Meta(extra={"is": "party"})]
TrackId = Annotated[Name, msgspec.Meta(extra={"is": "track"})]
TeamId = Annotated[Name, msgspec.Meta(extra={"is": "team"})]
IndicatorId = Annotated[Name, msgspec.Meta(extra={"is": "indicator"})]
DocumentId = Annotated[Name, msgspec.Meta(extra={"is": "document"})]
IrritantId = Annotated[Name, msgspec.Meta(extra={"is": "irritant"})]
ConstraintId = Annotated[Name, msgspec.Meta(extra={"is": "constraint"})]
UndertakingId = Annotated[Name, msgspec.Meta(extra={"is": "undertaking"})]
DifferenceId = Annotated[Name, msgspec.Meta(extra={"is": "difference"})]
RoundId = Annotated[Name, msgspec.Meta(extra={"is": "round"})]
EntryId = Annotated[Name, msgspec.Meta(extra={"is": "entry"})]

PartyRef = Annotated[Name, msgspec.Meta(extra={"names": "party"})]
TrackRef = Annotated[Name, msgspec.Meta(extra={"names": "track"})]
IndicatorRef = Annotated[Name, msgspec.Meta(extra={"names": "indicator"})]
IrritantRef = Annotated[Name, msgspec.Meta(extra={"names": "irritant"})]
UndertakingRef = Annotated[Name, msgspec.Meta(extra={"names": "undertaking"})]
RoundRef = Annotated[Name, msgspec.Meta(extra={"names": "round"})]
SourceRef = Annotated[Name, msgspec.Meta(extra={"names": "source"})]
EventRef = Annotated[Name, msgspec.Meta(extra={"names": EVENT})]
SubjectRef = Annotated[Name, msgspec.Meta(extra={"names": SUBJECT})]
Digest = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9a-f]{64}$",
        description="The SHA-256 digest of a document: 64 digits and small letters a to f.",
        extra={"names": "digest"},
    ),
]
