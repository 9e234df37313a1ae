"""What a node did, for those who run it: one JSON document a line, of events, numbers and ids; never what was said."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import msgspec

from tashawur.terms.errors import NodeError, reason_of


def told(path: Path, at: dt.datetime, event: str, **facts: str | int) -> None:
    """Adds one line. `facts` are names, numbers and ids alone."""
    line = msgspec.json.encode({"at": at.astimezone(dt.UTC).isoformat(timespec="seconds"), "event": event, **facts})
    try:
        with open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(line + b"\n")
    except OSError as error:
        raise NodeError(place=str(path), why=reason_of(error)) from error
