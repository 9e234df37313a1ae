"""What nodes say to each other, as canonical bytes: each value has one form, and whatever else comes is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, TypeVar

import msgspec

from tashawur.record.bodies import Hex
from tashawur.record.canonical import WHOLE, decode, encode, shaped
from tashawur.record.entries import Seq
from tashawur.terms.vocabulary import Value
from tashawur.wire.rules import as_message, refused

FORM: Final = 1
"""The version of the messages and bundles that this program knows."""
MOST_MARKS: Final = 64
"""How many entries of one feed a message names; of a feed with more branches, only some are named."""
MOST_PAGE: Final = 2 * 2**20
"""The lines of one page are together no longer than this, unless it is one line."""
MOST_LINES: Final = 4_096
"""How many lines one page has at most."""
MOST_MESSAGE: Final = MOST_PAGE + 512 * 1024
"""The longest message, with its lines, its signed line and what it names."""
MOST_FEEDS: Final = 16

Marks = Annotated[
    dict[Hex, Annotated[tuple[tuple[Seq, Hex], ...], msgspec.Meta(min_length=1, max_length=MOST_MARKS)]],
    msgspec.Meta(max_length=MOST_FEEDS),
]
"""Entries by feed, each by its number and id, in order. Whoever names one holds it and all that is before it there."""
Count = Annotated[int, msgspec.Meta(ge=0, le=WHOLE)]
Form = Annotated[int, msgspec.Meta(ge=1, le=WHOLE)]
Nonce = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
Challenge = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{32})?\Z")]
Rule = Annotated[str, msgspec.Meta(pattern=r"^([a-z]+\.[a-z-]+)?\Z", max_length=64)]
HexOrNone = Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")]


class Standing(Value, frozen=True):
    """What a node holds: `heads` is the last entry of each branch, `marks` some before them, nearer ones more densely.

    A node that does not know the heads of another finds by the marks how far both have the same.
    """

    heads: Marks
    marks: Marks


class Fetch(Value, frozen=True):
    """Asks for entries that the asker, who holds `have`, lacks, from `start` in the order of the one that is asked."""

    have: Standing
    start: Count


class Page(Value, frozen=True):
    """What stands before the lines of a page: how many there are, and where the next page starts if there are `more`.

    A page follows the order in which the one who sends it admitted the lines, so nothing comes before its past.
    """

    lines: Annotated[int, msgspec.Meta(ge=0, le=MOST_LINES)]
    next: Count
    more: bool


class Refusal(Value, frozen=True):
    """An entry that was refused by a rule of the record; the id is empty where the line was none."""

    id: HexOrNone
    rule: Rule


class Taken(Value, frozen=True):
    """What became of the lines of a page that was offered; of those refused, the first 64 are named."""

    admitted: Count
    known: Count
    waiting: Count
    refused: Count
    refusals: Annotated[tuple[Refusal, ...], msgspec.Meta(max_length=64)]
    standing: Standing


class Asking(Value, frozen=True):
    """What is signed of a request: by which node and for which, the method, the path, the body's SHA-256, the nonce.

    `challenge` is the one that the node that is asked gave last, or empty at the first request.
    """

    v: Form
    con: Hex
    by: Hex
    to: Hex
    method: Annotated[str, msgspec.Meta(max_length=8)]
    path: Annotated[str, msgspec.Meta(max_length=200)]
    body: Hex
    nonce: Nonce
    challenge: Challenge


class Answering(Value, frozen=True):
    """What is signed of an answer: the SHA-256 of the request and of the body, and the challenge for the next request.

    `rule` is the code of the rule by which the request was refused, or empty. `answers` is empty where a request was
    refused before it was read to its end.
    """

    v: Form
    con: Hex
    by: Hex
    answers: HexOrNone
    body: Hex
    challenge: Challenge
    rule: Rule


ValueOf = TypeVar("ValueOf", bound=Value)


def told(value: Value) -> bytes:
    """The bytes of a value."""
    return encode(value)


def heard(data: bytes, form: type[ValueOf]) -> ValueOf:
    """The value that the bytes are the one form of.

    Raises:
        NotTakenError: they are the form of none, such as a key given twice, a fraction, or lists too deep.
    """
    with as_message():
        return shaped(decode(data), form)


def page_of(page: Page, lines: Sequence[bytes]) -> bytes:
    """The bytes of a page: what stands before the lines, then each line, all of them ended by a line feed."""
    return b"".join((told(page), b"\n", *(part for line in lines for part in (line, b"\n"))))


def page_in(data: bytes) -> tuple[Page, list[bytes]]:
    """A page and its lines, which are not looked at.

    Raises:
        NotTakenError: the lines are not as many as the page says.
    """
    first, _, rest = data.partition(b"\n")
    page = heard(first, Page)
    lines = rest.split(b"\n")
    if lines.pop() or len(lines) != page.lines:
        raise refused("page.lines")
    return page, lines
