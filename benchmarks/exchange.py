"""Measures an exchange over loopback: another process serves a record, this one fetches, verifies and admits it.

python -m benchmarks.exchange [--entries N] [--rounds N] [--tls]     100,000 entries in 3 rounds unless told

Each round verifies all signatures by raw libsodium, then fetches all into a node that holds nothing; the ratio is that
of the two. Signatures are shared with a helper, as `sync` does: on two free cores that is quicker than raw verification
by one. Nothing is kept on a disk: what that costs is the store's to measure. Where raw verification did not have a core
for itself, the machine was busy and the ratio says little.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from nacl.bindings import crypto_sign_open

from benchmarks.carried import Held, node_of
from benchmarks.processes import machine
from benchmarks.record import made
from benchmarks.recorded import founding
from benchmarks.serving import served
from tashawur.node.carrying import peer_named
from tashawur.node.checking import CheckTogether
from tashawur.node.exchanging import exchange_with, run
from tashawur.node.line import Line
from tashawur.record.entries import read
from tashawur.record.envelope import ENTRY, unseal

FLOOR: Final = 0.75


Took = tuple[float, float]
"""Seconds by the clock, and those in which this process had a core."""


def _now() -> Took:
    return time.perf_counter(), time.process_time()


def _since(begun: Took) -> Took:
    clock, core = _now()
    return clock - begun[0], core - begun[1]


def raw_seconds(lines: Sequence[bytes]) -> Took:
    """How long raw libsodium takes for the signatures of the lines, which are taken apart before."""
    apart = [(unseal(one, ENTRY), bytes.fromhex(read(one).entry.key)) for one in lines]
    signed = [(found.signatures[0] + found.message, key) for found, key in apart]
    begun = _now()
    for one, key in signed:
        crypto_sign_open(one, key)
    return _since(begun)


def sync_seconds(address: str, number: int) -> tuple[Took, Took]:
    """How long a node that holds nothing takes until it holds all, and how long a second exchange takes then."""
    own = node_of("B")
    peer = peer_named(own, "A")
    took = []
    with CheckTogether() as check:
        held = Held(check=check)
        for wanted in (number, 0):
            gc.collect()
            begun = _now()
            exchange = exchange_with(own, peer, held)
            with Line(address, peer) as line:
                run(exchange, line)
            took.append(_since(begun))
            if exchange.report.got.admitted != wanted or exchange.report.withheld:
                raise SystemExit("not every entry came")
    return took[0], took[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, prints JSON, and gives 2 where the floor is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exchange", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tls", action="store_true")
    asked = parser.parse_args(arguments)
    founding()
    lines = made(asked.entries)
    rounds: list[dict[str, Any]] = []
    gc.disable()  # as the command does: entries stay for good
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.lines")
        path.write_bytes(b"".join(one + b"\n" for one in lines))
        with served("A", path, *(["--tls"] if asked.tls else [])) as (address, _, _):
            for _ in range(asked.rounds):
                raw = raw_seconds(lines)
                sync, nothing = sync_seconds(address, asked.entries)
                told = {"raw": raw[0], "sync": sync[0], "nothing new": nothing[0], "ratio": raw[0] / sync[0]}
                told["share of a core that raw had"] = raw[1] / raw[0]
                rounds.append({name: round(value, 3) for name, value in told.items()})
    ratio = median(one["ratio"] for one in rounds)
    floors = {f"ratio >= {FLOOR}": ratio >= FLOOR}
    of = {"entries": asked.entries, "tls": asked.tls, "bytes": sum(map(len, lines)), "rounds": rounds, "ratio": ratio}
    print(json.dumps({**machine("pynacl", "msgspec", "django", "granian"), **of, "floors kept": floors}, indent=1))
    return 0 if all(floors.values()) else 2


if __name__ == "__main__":
    sys.exit(main())
