"""Verifies the signatures of many lines by two processes: they are most of what it costs to take entries in.

A page that another node sends is shared out, and this process has its part done when the other has; what the other says
of each line is a rule or nothing, so no verdict travels but one on bytes that both have.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Final

from tashawur.record.entries import Received, check_signatures, read
from tashawur.record.events import Refused
from tashawur.terms.errors import NotAdmittedError

Check = Callable[[Sequence[bytes]], Iterator[Received | Refused]]
"""For each line the entry, whose form and signatures are good, or why it is refused; in their order."""

FEW: Final = 500
"""Lines for which another process is not worth starting."""
SHARE: Final = 0.42
"""The share of the signatures for this process, which has all else to do as well."""


def check_here(lines: Sequence[bytes]) -> Iterator[Received | Refused]:
    """The check by this process alone."""
    return map(_checked, lines)


def _checked(line: bytes) -> Received | Refused:
    try:
        received = read(line)
        check_signatures(received)
    except NotAdmittedError as error:
        return Refused(error.rule)
    return received


def rules_of(lines: Sequence[bytes]) -> list[str]:
    """For each line the rule by which it is refused, or nothing."""
    return [found.rule if isinstance(found, Refused) else "" for found in map(_checked, lines)]


class CheckTogether:
    """The check by two processes, where there are two processors and lines enough; the other one starts when needed."""

    def __init__(self, few: int = FEW) -> None:
        self._few = few
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> CheckTogether:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def __call__(self, lines: Sequence[bytes]) -> Iterator[Received | Refused]:
        """See `Check`."""
        if len(lines) < self._few or (os.cpu_count() or 1) < 2:
            yield from check_here(lines)
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"))
        own = round(len(lines) * SHARE)
        theirs = self._pool.submit(rules_of, lines[own:])
        yield from check_here(lines[:own])
        for line, rule in zip(lines[own:], theirs.result(), strict=True):
            yield Refused(rule) if rule else read(line)
