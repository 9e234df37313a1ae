"""Measures the verification of the record, and tries it in simulated worlds.

python -m benchmarks.record verify [--entries N]       ratios to raw libsodium, in one run; 100,000 entries unless told
python -m benchmarks.record simulate --seeds N         N worlds with a dishonest node, on all cores; a million is N too
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import Connection
from statistics import median
from typing import Any, Final

from nacl.bindings import crypto_sign_open

from benchmarks.processes import machine
from benchmarks.record_simulation import World
from benchmarks.recorded import founding, line, ready
from tashawur.record.entries import Received, check_signatures, opened, read
from tashawur.record.envelope import ENTRY, Envelope, envelope, unseal
from tashawur.record.ledger import Ledger

FLOOR_ONE: Final = 0.85
FLOOR_TWO: Final = 1.6
PORTION: Final = 500
SHARE: Final = 0.6
"""How much of the signatures the second process checks: the first has all else to do as well."""
TEXT: Final = "نحن نرى أن الحصص القنصلية يجب أن تعاد إلى مستوى سابق على مراحل " * 2


def made(number: int) -> list[bytes]:
    """Lines of statements that three sides take turns to make, each naming the last ones of the others."""
    node = ready()
    lines = node.lines
    for place in range(number - len(lines)):
        body = {"topics": ["visas"], "content": {"text": TEXT, "value": place}}
        lines.append(line(node.draft(f"{'ABH'[place % 3]} minister", "say", body)))
        node.ledger.admit(read(lines[-1]))
    return lines


def seconds(work: Callable[[Any], object], portion: Sequence[Any]) -> float:
    """How long `work` takes on each of a portion."""
    begun = time.perf_counter()
    for one in portion:
        work(one)
    return time.perf_counter() - begun


def one_process(lines: list[bytes]) -> dict[str, Any]:
    """Raw verification, and ours from lines and from what a store keeps, in turns of a few hundred entries."""
    kept = [(found.payload, found.signatures) for found in (unseal(one, ENTRY) for one in lines)]
    raw = [_raw(one) for one in lines]
    from_lines, from_store = Ledger(founding()), Ledger(founding())

    took: list[tuple[float, float, float, float]] = []
    for start in range(0, len(lines), PORTION):
        end = start + PORTION
        received: list[Received] = []
        took.append(
            (
                seconds(_open, raw[start:end]),
                seconds(from_lines.offer, lines[start:end]),
                seconds(lambda parts: received.append(_opened(parts)), kept[start:end]),  # noqa: B023 - used at once
                seconds(from_store.admit, received),
            )
        )
    if not len(from_lines) == len(from_store) == len(lines):
        raise SystemExit("not every entry was admitted")
    return {
        "raw per second": round(len(lines) / sum(one[0] for one in took)),
        "ratio from lines": round(median(one / ours for one, ours, _, _ in took), 3),
        "ratio from store": round(median(one / (form + rest) for one, _, form, rest in took), 3),
        "of it form, digest and signature alone": round(median(one / form for one, _, form, _ in took), 3),
    }


def _opened(parts: tuple[bytes, tuple[bytes, ...]]) -> Received:
    received = opened(envelope(ENTRY, *parts))
    check_signatures(received)
    return received


def _raw(data: bytes) -> tuple[bytes, bytes, bytes]:
    received = read(data)
    found: Envelope = received.envelope
    return found.signatures[0], found.message, bytes.fromhex(received.entry.key)


def two_processes(lines: list[bytes]) -> dict[str, float]:
    """The whole, once by one process and once by two: the second checks signatures, the first all else.

    The gain of raw verification tells what the machine gave at that time: near 2 when both cores were free.
    """
    raw = [_raw(one) for one in lines]
    half = len(raw) // 2
    gain_of_raw = _gain(
        lambda: seconds(_open, raw), lambda: _with_helper(_open, raw[:half], lambda: map(_open, raw[half:]))
    )

    def alone() -> Ledger:
        ledger = Ledger(founding())
        for one in lines:
            ledger.offer(one)
        return ledger

    def together() -> Ledger:
        ledger = Ledger(founding())
        cut = round(len(lines) * (1 - SHARE))

        def work() -> Iterable[object]:
            yield from map(ledger.offer, lines[:cut])
            yield from (ledger.admit(read(one)) for one in lines[cut:])

        _with_helper(_check, lines[cut:], work)
        if len(ledger) != len(lines):
            raise SystemExit("not every entry was admitted")
        return ledger

    return {"gain": _gain(alone, together), "gain of raw": gain_of_raw}


def _gain(alone: Callable[[], object], together: Callable[[], object]) -> float:
    """How many times as fast the second is; each starts with a clean heap."""
    took = []
    for work in (alone, together):
        gc.collect()
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return round(took[0] / took[1], 2)


def _with_helper(check: Callable[[Any], object], theirs: Sequence[Any], ours: Callable[[], Iterable[object]]) -> None:
    """Another process checks `theirs` while this one goes through `ours`; neither may fail."""
    near, far = multiprocessing.Pipe()
    gc.freeze()  # so that neither process touches, and thereby copies, what was there before
    helper = multiprocessing.get_context("fork").Process(target=_check_all, args=(check, theirs, far))
    helper.start()
    for _ in ours():
        pass
    checked = near.recv()
    helper.join()
    gc.unfreeze()
    if checked != len(theirs):
        raise SystemExit("not every signature was verified")


def _check_all(check: Callable[[Any], object], portion: Sequence[Any], answer: Connection) -> None:
    for one in portion:
        check(one)
    answer.send(len(portion))


def _check(one: bytes) -> None:
    check_signatures(read(one))


def _open(one: tuple[bytes, bytes, bytes]) -> None:
    crypto_sign_open(one[0] + one[1], one[2])


def verify(number: int) -> int:
    """Measures, prints JSON, and gives 2 where a floor is not kept."""
    lines = made(number)
    one, two = one_process(lines), two_processes(lines)
    kept = {
        f"ratio from store >= {FLOOR_ONE}": one["ratio from store"] >= FLOOR_ONE,
        f"gain of two processes >= {FLOOR_TWO}": two["gain"] >= FLOOR_TWO,
    }
    told = {"entries": number, "bytes of a line": len(lines[-1]), "one process": one, "two processes": two}
    print(json.dumps({**machine("pynacl", "msgspec"), **told, "floors kept": kept}, indent=1))
    return 0 if all(kept.values()) else 2


def _world(seed: int) -> Counter[str]:
    return World(seed).run().counts


def simulate(seeds: int, first: int) -> int:
    """Runs the worlds on all cores, prints what happened in them, and stops at the first in which something broke."""
    begun = time.perf_counter()
    counts: Counter[str] = Counter()
    with multiprocessing.Pool() as pool:
        for done, found in enumerate(pool.imap_unordered(_world, range(first, first + seeds), chunksize=20), start=1):
            counts += found
            if done % 10_000 == 0:
                print(f"{done:,} worlds, {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    told = {"seeds": [first, first + seeds - 1], "seconds": round(time.perf_counter() - begun, 1), "broken": 0}
    print(json.dumps({**machine("pynacl", "msgspec"), **told, "counts": dict(counts.most_common())}, indent=1))
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Parses the words and does what the first asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.record", description=__doc__)
    parser.add_argument("what", choices=["verify", "simulate"])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--seeds", type=int, default=1_000)
    parser.add_argument("--from", type=int, default=0, dest="first")
    asked = parser.parse_args(arguments)
    return verify(asked.entries) if asked.what == "verify" else simulate(asked.seeds, asked.first)


if __name__ == "__main__":
    sys.exit(main())
