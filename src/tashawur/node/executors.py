"""Where texts are read: on the cores of this machine, or on the machines of a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tashawur.terms.errors import ClusterError, LostWorkerError
from tashawur.terms.phrases import N_

if TYPE_CHECKING:
    from distributed import Client

_MOST: Final = 60
"""Processes that every system can wait for at a time."""
_PATIENCE: Final = 10
"""Seconds in which a cluster has to answer."""


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who works, and how many of them."""

    executor: Executor
    number: int


def cores() -> int:
    """The cores that this process may use."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(allowed, _MOST)


@contextmanager
def processes(number: int) -> Iterator[Helpers]:
    """So many processes of this machine, which begin to run when there is work.

    They are started from nothing on every system, and not as copies of this one, so that they start alike on all.

    Raises:
        LostWorkerError: one of them has ended before it was done.
    """
    number = min(number, _MOST)
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(number, multiprocessing.get_context("spawn"), _follow_the_parent)
    done = False
    try:
        yield Helpers(pool, number)
        done = True
    except BrokenExecutor as error:
        raise LostWorkerError() from error
    finally:
        if not done:
            # What they were at is not wanted any more, and may take a minute.
            for child in set(multiprocessing.active_children()) - others:
                child.terminate()
        pool.shutdown(cancel_futures=True)


def _follow_the_parent() -> None:
    """In a process that helps: it stops when the one that started it does, and not when the keyboard says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """Ends this process when its parent was ended from outside: nobody would tell it, and it would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def cluster(address: str, rules: Callable[[], str]) -> Iterator[Helpers]:
    """The workers of the Dask cluster whose scheduler has this address; all of them have the same `rules` as we have.

    Raises:
        ClusterError: the extra that holds the client is not installed, nobody answers at the address, or the workers
            do not answer any more or would read otherwise.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to load
        from distributed.comm.core import CommClosedError  # noqa: PLC0415
        from distributed.scheduler import KilledWorker  # noqa: PLC0415
    except ImportError as error:
        why = N_("what speaks to it is not installed; install it with: pip install tashawur[cluster]")
        raise ClusterError(place=address, why=why) from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        why = N_("nobody answers there; look at the address, as in tcp://10.0.0.5:8786, and whether it runs")
        raise ClusterError(place=address, why=why) from error
    try:
        with client, client.get_executor() as executor:
            if not client.ncores():
                raise ClusterError(place=address, why=N_("it has no workers; start some"))
            if _others(client, executor, rules):
                why = N_("its workers have not this version of Tashawur; install it there, with the same extras")
                raise ClusterError(place=address, why=why)
            yield Helpers(executor, sum(client.ncores().values()))
    except (CommClosedError, KilledWorker) as error:
        raise ClusterError(place=address, why=N_("its workers have stopped; look at what they say")) from error


def _others(client: Client, executor: Executor, rules: Callable[[], str]) -> bool:
    """Whether a worker, or the scheduler that hands on the work, has no Tashawur or one with other rules."""
    told = client.run(rules, on_error="return").values()  # a worker without Tashawur gives an error in place of them
    if any(one != rules() for one in told):
        return True
    try:
        return bool(executor.submit(rules).result() != rules())
    except RuntimeError:  # as the scheduler tells that it could not load what it was to hand on
        return True
