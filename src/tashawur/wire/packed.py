"""Bundles made short, for what is encrypted or travels as text."""

from __future__ import annotations

import zlib

from tashawur.wire.bundle import MOST_BUNDLE
from tashawur.wire.rules import refused


def packed(data: bytes) -> bytes:
    """The bytes by deflate, in the form of RFC 1950."""
    return zlib.compress(data, 9)


def unpacked(data: bytes, broken: str) -> bytes:
    """The bytes as they were; refused by the rule `broken` where that cannot be, and where they would be too many."""
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data, MOST_BUNDLE + 1)
    except zlib.error:
        raise refused(broken) from None
    if len(found) > MOST_BUNDLE:
        raise refused("bundle.size")
    if not unpacking.eof or unpacking.unused_data:
        raise refused(broken)
    return found
