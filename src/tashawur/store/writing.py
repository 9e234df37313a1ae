"""Files that are written as a whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Writes the file in one step: at any moment it is there as it was, or as it is to be.

    `mode` is who may read and write it, before the system takes away what its users asked it to.

    Raises:
        OSError: the system refuses it; nothing was changed.
    """
    # A short name, so that any name which the system takes for the file itself will do.
    waiting = path.with_name(f".{os.getpid()}.new")
    try:
        with open(waiting, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
