"""A bundle: the entries that another node lacks, as one text of lines that can be carried by hand.

The first line, signed by the node that made it, has the digest of all that follows: the founding act, then the entries
in an order in which nothing comes before its past. One byte that is not as it was made, and nothing of it is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Final

import msgspec

from tashawur.record.bodies import Hex
from tashawur.record.canonical import decode, shaped
from tashawur.record.entries import check_signatures, read
from tashawur.record.envelope import BUNDLE, MOST_BYTES, Envelope, unseal
from tashawur.record.founding import Founding, Party, found
from tashawur.record.keys import check_signature, public_key
from tashawur.terms.errors import NotAdmittedError
from tashawur.terms.vocabulary import Found, Value
from tashawur.wire.exchange import EMPTY
from tashawur.wire.holdings import Holdings
from tashawur.wire.messages import FORM, Form, HexOrNone, Marks, Standing
from tashawur.wire.rules import as_message, refused
from tashawur.wire.signed import OwnNode, digest_of, message

MOST_BUNDLE: Final = 128 * 2**20
"""The longest bundle, in bytes. What is beyond it goes into another."""
MOST_ENTRIES: Final = 100_000
"""How many entries one bundle has at most."""


class Manifest(Value, frozen=True):
    """The first line of a bundle: who made it and for whom, what is in it, and the last entries that its maker held.

    `to` is the key of a node, or empty: for everybody. `lines` counts the entries, `digest` is the SHA-256 of all that
    follows. `more`: there was more than fits.
    """

    v: Form
    con: Hex
    by: Hex
    to: HexOrNone
    lines: Annotated[int, msgspec.Meta(ge=0, le=MOST_ENTRIES)]
    digest: Hex
    more: bool
    heads: Marks


class Bundle(Found, frozen=True):
    """A bundle that is whole: the manifest, the party that made it, and the lines of the entries, not yet judged."""

    manifest: Manifest
    maker: Party
    lines: tuple[bytes, ...]


class Reply(Value, frozen=True):
    """What a node holds, for the other to leave out of its next bundle. Nobody need trust it: it only shortens."""

    v: Form
    con: Hex
    standing: Standing


def bundle_of(own: OwnNode, holdings: Holdings, to: Party | None = None, since: Standing = EMPTY) -> bytes:
    """The bundle of what whoever holds `since` lacks, as far as it fits; `to` is for whom, or everybody."""
    lines, more = _as_many_as_fit(line for _, line in holdings.lacking(since))
    rest = b"".join(part for line in (own.founding.line, *lines) for part in (line, b"\n"))
    manifest = Manifest(
        v=FORM,
        con=own.founding.id,
        by=own.party.node,
        to=to.node if to else "",
        lines=len(lines),
        digest=digest_of(rest),
        more=more,
        heads=holdings.standing().heads,
    )
    return message(BUNDLE, manifest, rest, own.signer)


def _as_many_as_fit(found: Iterable[bytes]) -> tuple[list[bytes], bool]:
    lines: list[bytes] = []
    left = MOST_BUNDLE - 4 * MOST_BYTES  # for the manifest and the founding act
    for line in found:
        left -= len(line) + 1
        if left < 0 or len(lines) == MOST_ENTRIES:
            return lines, True
        lines.append(line)
    return lines, False


def founding_in(data: bytes) -> Founding:
    """The founding act in a bundle, for a node that has none yet; people compare its short form before trusting it."""
    with as_message():
        _first(data)
        return found(data.split(b"\n", 2)[1])


def bundle_in(data: bytes, founding: Founding) -> Bundle:
    """The bundle that the bytes are.

    Raises:
        NotTakenError: it is no bundle of this consultation as a node of it made it; where it can be told, the place.
    """
    manifest, envelope = _first(data)
    if manifest.con != founding.id:
        raise refused("bundle.consultation")
    maker = next((one for one in founding.act.parties if one.node == manifest.by), None)
    if maker is None:
        raise refused("bundle.stranger")
    with as_message():
        check_signature(envelope.message, envelope.signatures[0], public_key(manifest.by))
    rest = data[data.index(b"\n") + 1 :]
    lines = rest.split(b"\n")
    if digest_of(rest) != manifest.digest:
        raise refused(*_wrong(lines, manifest, founding))
    return Bundle(manifest, maker, tuple(lines[1:-1]))


def _first(data: bytes) -> tuple[Manifest, Envelope]:
    """The manifest, whose form is good, and its envelope, whose signature is not verified."""
    if len(data) > MOST_BUNDLE:
        raise refused("bundle.size")
    end = data.find(b"\n", 0, MOST_BYTES + 1)
    if end < 0:
        raise refused("bundle.form")
    try:
        envelope = unseal(data[:end], BUNDLE)
    except NotAdmittedError:
        raise refused("bundle.form") from None
    with as_message():
        value = decode(envelope.payload)
        if isinstance(value, dict) and type(value.get("v")) is int and value["v"] > FORM:
            raise refused("bundle.newer")
        if len(envelope.signatures) != 1:
            raise refused("bundle.form")
        return shaped(value, Manifest), envelope


def _wrong(lines: Sequence[bytes], manifest: Manifest, founding: Founding) -> tuple[str, str]:
    """The rule that what follows the manifest breaks, and where: the first line that is no good entry, from line 1."""
    if lines[0] != founding.line:
        return "bundle.damaged", "2"
    for number, line in enumerate(lines[1:-1], start=3):
        try:
            check_signatures(read(line))
        except NotAdmittedError:
            return "bundle.damaged", str(number)
    whole = len(lines) - 2
    if whole < manifest.lines:
        return "bundle.cut", f"{whole}/{manifest.lines}"
    return "bundle.damaged", str(min(whole, manifest.lines) + 2)
