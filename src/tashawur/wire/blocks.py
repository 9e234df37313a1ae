"""A bundle as text: short blocks for a mail, longer ones for codes on printed sheets. They come back in any order.

A block is one word of capital letters, digits and dots. Mail programs may wrap, quote and indent it, scanners may tell
it in small letters: all other signs are passed over. Each block has a checksum, so damage has a number.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from tashawur.wire.packed import packed, unpacked
from tashawur.wire.rules import refused


class Carrier(NamedTuple):
    """What carries blocks: its letter in them, the bytes in each, and how many there may be."""

    letter: str
    size: int
    most: int


MAIL: Final = Carrier("M", 25, 99_999)
"""A line of a mail holds 25 bytes of a bundle: with all else it stays under 76 signs, which no mail program wraps."""
PAPER: Final = Carrier("P", 520, 1_200)
"""A code holds 520 bytes: a printed one as wide as two thumbs that a telephone reads."""
PER_SHEET: Final = 6
"""How many codes stand on one sheet."""

_CARRIERS: Final[Mapping[str, Carrier]] = MappingProxyType({one.letter: one for one in (MAIL, PAPER)})
_FORM: Final = 1
_BEGIN: Final = "-----BEGIN TASHAWUR BUNDLE-----"
_END: Final = "-----END TASHAWUR BUNDLE-----"
_NOISE: Final = re.compile(r"[^A-Z0-9.]+")
_BLOCK: Final = re.compile(r"TSW([MP])(\d{1,3})\.([A-Z2-7]{8})\.(\d{1,6})\.(\d{1,6})\.([A-Z2-7]*)\.([A-Z2-7]{8})")
# Base32 has neither 0, 1, 8 nor 9, so a block begins nowhere inside another, whatever was lost.
_NEWER: Final = re.compile(r"TSW[A-Z](\d{1,3})\.")


def blocks_of(data: bytes, carrier: Carrier) -> list[str]:
    """The blocks that carry the bytes, in order.

    Raises:
        NotTakenError: they are too many for this carrier.
    """
    short = packed(data)
    portions = [short[start : start + carrier.size] for start in range(0, len(short), carrier.size)]
    if len(portions) > carrier.most:
        raise refused("blocks.many", f"{len(portions)} > {carrier.most}")
    name = _name(short)
    heads = (
        f"TSW{carrier.letter}{_FORM}.{name}.{number}.{len(portions)}.{_base32(portion)}"
        for number, portion in enumerate(portions, start=1)
    )
    return [f"{head}.{_check(head)}" for head in heads]


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")


def _name(short: bytes) -> str:
    """What all blocks of one bundle have in common: 40 bits of its digest."""
    return _base32(hashlib.sha256(short).digest()[:5])


def _check(head: str) -> str:
    return _base32(hashlib.sha256(head.encode()).digest()[:5])


def armoured(data: bytes) -> str:
    """The bytes as text for a mail: one block on each line."""
    return "\n".join((_BEGIN, *blocks_of(data, MAIL), _END, ""))


def sheets_of(data: bytes) -> list[list[str]]:
    """The bytes as the texts of the codes on each sheet, in order."""
    blocks = blocks_of(data, PAPER)
    return [blocks[start : start + PER_SHEET] for start in range(0, len(blocks), PER_SHEET)]


def is_blocks(data: bytes) -> bool:
    """Whether the bytes are text with blocks in it, such as a mail that was saved, rather than a bundle."""
    return _NEWER.search(_NOISE.sub("", data.decode("utf-8", "replace").upper())) is not None


def joined(text: str) -> bytes:
    """The bytes whose blocks stand in the text, in any order, however often.

    Raises:
        NotTakenError: blocks are missing, damaged, of several bundles or contradict each other; the numbers are told.
    """
    text = _NOISE.sub("", text.upper())
    found = [one.groups() for one in _BLOCK.finditer(text) if _is_whole(one[0])]
    if not found:
        newer = any(int(one[1]) > _FORM for one in _NEWER.finditer(text))
        raise refused("blocks.newer" if newer else "blocks.none")
    heads = {(letter, form, name, total) for letter, form, name, _, total, _, _ in found}
    if len(heads) > 1:
        raise refused("blocks.mixed", ", ".join(sorted({name for _, _, name, _ in heads})))
    letter, form, name, total = heads.pop()
    if int(form) > _FORM:
        raise refused("blocks.newer")
    portions: dict[int, str] = {}
    for _, _, _, number, _, portion, _ in found:
        if portions.setdefault(int(number), portion) != portion:
            raise refused("blocks.contradict", number)
    short = _whole(portions, int(total), _CARRIERS[letter])
    if _name(short) != name:
        raise refused("blocks.damaged")
    return unpacked(short, "blocks.damaged")


def _is_whole(block: str) -> bool:
    head, _, check = block.rpartition(".")
    return _check(head) == check


def _whole(portions: Mapping[int, str], total: int, carrier: Carrier) -> bytes:
    """The portions in order; refused while some are not there."""
    if not 0 < total <= carrier.most:
        raise refused("blocks.damaged")
    missing = [number for number in range(1, total + 1) if number not in portions]
    if missing and carrier is PAPER:
        sheets = sorted({(number - 1) // PER_SHEET + 1 for number in missing})
        raise refused("sheets.missing", f"{_ranges(sheets)} / {(total - 1) // PER_SHEET + 1}")
    if missing:
        raise refused("blocks.missing", f"{_ranges(missing)} / {total}")
    try:
        return b"".join(map(_from_base32, (portions[number] for number in range(1, total + 1))))
    except binascii.Error:
        raise refused("blocks.damaged") from None


def _from_base32(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))


def _ranges(numbers: Iterable[int]) -> str:
    """Numbers in order as people write them.

    >>> _ranges([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9-10'
    """
    told: list[list[int]] = []
    for number in numbers:
        if told and told[-1][1] == number - 1:
            told[-1][1] = number
        else:
            told.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in told)
