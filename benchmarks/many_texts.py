"""Measures the reading of long and of many texts: how time grows with the text, and what more processes bring.

python -m benchmarks.many_texts long     one text of 1, 2, 5 and 10 million characters in each language
python -m benchmarks.many_texts many     3,000 short texts in a folder: one process and all cores, turn by turn

Texts are those of tests/readouts, repeated. `long` counts the time of the processor, `many` that of the clock:
it is the ratio of two rounds side by side that counts, and that only on a machine that has nothing else to do. What the
processor had to do, here and in others, can be told on a busy one too.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.readouts import lexicons
from tashawur.node.executors import cores
from tashawur.node.many_texts import Order, Reading
from tashawur.readouts.reading import read

TEXTS: Final = Path(__file__).parent.parent / "tests" / "readouts"
MILLIONS: Final = (1, 2, 5, 10)
NUMBER: Final = 3_000
ROUNDS: Final = 3


def long_texts() -> None:
    """Seconds and statements of long texts."""
    for lang in ("ar", "en", "ru"):
        whole = "\n".join(path.read_bytes().decode() for path in sorted((TEXTS / lang).rglob("*.txt")))
        for millions in MILLIONS:
            length = millions * 1_000_000
            text = (f"{whole}\n" * (length // len(whole) + 1))[:length]
            begun = time.process_time()
            found = read(text, lexicons()[lang])
            seconds = time.process_time() - begun
            each = seconds / millions
            print(
                f"{lang} {millions:>3} million characters {len(found.statements):>7} statements {seconds:6.1f} s",
                end="",
            )
            print(f"   {each:.2f} s a million")


def folder_of(number: int, folder: Path) -> None:
    """So many short texts, a hundred in a folder, no two alike."""
    texts = [path.read_bytes() for path in sorted(TEXTS.rglob("*.txt"))]
    for place in range(number):
        path = folder / f"{place // 100:04}" / f"{place:06}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(texts[place % len(texts)] + f"\n{place}\n".encode())


def seconds_of(folder: Path, jobs: int) -> float:
    """How long the folder takes with so many processes, the start of them included."""
    begun, before = time.perf_counter(), os.times()
    with closing(Reading(Order([folder], jobs=jobs)).outcomes()) as outcomes:
        read_texts = sum(one.error is None for one in outcomes)
    seconds = time.perf_counter() - begun
    after = os.times()
    here = after.user + after.system - before.user - before.system
    helping = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"{jobs} process(es): {read_texts} texts in {seconds:5.1f} s, {read_texts / seconds:.0f} a second", end="")
    print(f"   processor: {here:.1f} s here, {helping:.1f} s in others")
    return seconds


def many_texts() -> None:
    """Ratios of one process to all cores."""
    with tempfile.TemporaryDirectory() as place:
        folder_of(NUMBER, Path(place))
        for _ in range(ROUNDS):
            ratio = seconds_of(Path(place), 1) / seconds_of(Path(place), cores())
            print(f"{cores()} cores: {ratio:.2f} times as fast")


def main() -> int:
    """Measures what the word asks for."""
    measured = {"long": long_texts, "many": many_texts}.get(" ".join(sys.argv[1:]))
    if measured is None:
        print(__doc__)
        return 2
    measured()
    return 0


if __name__ == "__main__":
    sys.exit(main())
