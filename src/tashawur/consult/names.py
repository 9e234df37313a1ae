"""Which identifiers name something, and what the others refer to.

An alias says it in its metadata: `is` for a name that is given here, `names` for a reference. The check of a
consultation reads these, so a field cannot be forgotten there.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from tashawur.terms.vocabulary import Ident

NEXT_ROUND: Final = "next_round"
"""Stands for whichever round comes next; nothing else may bear this name."""

PartyId = Annotated[Ident, msgspec.Meta(extra={"is": "party"})]
TrackId = Annotated[Ident, msgspec.Meta(extra={"is": "track"})]
TeamId = Annotated[Ident, msgspec.Meta(extra={"is": "team"})]
IndicatorId = Annotated[Ident, msgspec.Meta(extra={"is": "indicator"})]
DocumentId = Annotated[Ident, msgspec.Meta(extra={"is": "document"})]
IrritantId = Annotated[Ident, msgspec.Meta(extra={"is": "irritant"})]
ConstraintId = Annotated[Ident, msgspec.Meta(extra={"is": "constraint"})]
UndertakingId = Annotated[Ident, msgspec.Meta(extra={"is": "undertaking"})]
DifferenceId = Annotated[Ident, msgspec.Meta(extra={"is": "difference"})]
RoundId = Annotated[Ident, msgspec.Meta(extra={"is": "round"})]
EntryId = Annotated[Ident, msgspec.Meta(extra={"is": "entry"})]

PartyRef = Annotated[Ident, msgspec.Meta(extra={"names": "party"})]
TrackRef = Annotated[Ident, msgspec.Meta(extra={"names": "track"})]
IndicatorRef = Annotated[Ident, msgspec.Meta(extra={"names": "indicator"})]
IrritantRef = Annotated[Ident, msgspec.Meta(extra={"names": "irritant"})]
UndertakingRef = Annotated[Ident, msgspec.Meta(extra={"names": "undertaking"})]
RoundRef = Annotated[Ident, msgspec.Meta(extra={"names": "round"})]
SourceRef = Annotated[Ident, msgspec.Meta(extra={"names": "source"})]
EventRef = Annotated[Ident, msgspec.Meta(extra={"names": "round undertaking track"})]
SubjectRef = Annotated[Ident, msgspec.Meta(extra={"names": "undertaking irritant indicator team track"})]
Digest = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9a-f]{64}$",
        description="The SHA-256 digest of a document: 64 digits and small letters a to f.",
        extra={"names": "digest"},
    ),
]
