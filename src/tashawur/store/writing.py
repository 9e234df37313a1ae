"""Files that are written as a whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Writes the file in one step: at any moment it is there as it was, or as it is to be.

    Raises:
        OSError: the system refuses it; nothing was changed.
    """
    # A short name, so that any name which the system takes for the file itself will do.
    waiting = path.with_name(f".{os.getpid()}.new")
    try:
        waiting.write_bytes(data)
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
