"""Measures commands as people start them: new processes, a folder made anew, ratios side by side in one run.

python3 run.py bench            the large case: 10,000 irritants, 100,000 log entries, 20,000 undertakings
python3 run.py bench --small    a hundredth of it, to see that the measurement itself works; no floor is asked of it
python3 run.py bench settle     settling, beside NegMAS and an enumeration with NumPy: see benchmarks.settle
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.processes import ROUNDS, Measured, measure

BASELINE: Final = (
    "import sys, pathlib, yaml\n"
    "for path in pathlib.Path(sys.argv[1]).glob('*.yaml'):\n"
    "    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)\n"
)
"""What the reading alone costs with the usual YAML library: the other side of the ratio."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What a measured call must keep to: seconds in the middle round, MB in the largest."""

    seconds: float
    memory: float = float("inf")

    def __str__(self) -> str:
        memory = "" if self.memory == float("inf") else f", {self.memory} MB"
        return f"floor {self.seconds} s{memory}"

    def kept(self, found: Measured) -> bool:
        """Whether the measured call keeps to it; where the system tells no memory, that counts as kept."""
        return found.median <= self.seconds and found.memory <= self.memory


def line(name: str, found: Measured, floor: Floor | None = None) -> bool:
    """Prints what was measured, and gives whether it keeps to its floor."""
    told = " ".join(f"{one:.2f}" for one in found.seconds)
    kept = floor is None or floor.kept(found)
    bound = "" if floor is None else f"{floor}: {'kept' if kept else 'NOT KEPT'}"
    print(f"{name:<44} {found.median:6.2f} s  {found.memory:5.0f} MB  rounds: {told}  {bound}")
    return kept


def main() -> int:
    """Measures all; the exit status is 2 where a floor is not kept."""
    if sys.argv[1:2] == ["settle"]:
        # Imported only here: what this process holds would be counted to those that it starts.
        from benchmarks import settle  # noqa: PLC0415 - the others need no engine

        return settle.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args().small
    libraries = ", ".join(f"{name} {version(name)}" for name in ("msgspec", "yaml-rs", "pyyaml", "click", "rich"))
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {libraries}")
    command = [sys.executable, "-m", "tashawur"]
    kept = [line("tashawur --help", measure([*command, "--help"]), Floor(0.5))]
    line("tashawur status riyadh", measure([*command, "status", "riyadh"]))
    with tempfile.TemporaryDirectory() as place:
        for style in ("block", "flow"):
            # In a process of its own: what this one holds would be counted to the children that it starts.
            folder = Path(place, style)
            make = [sys.executable, "-m", "benchmarks.large_case", str(folder), style, "100" if small else "1"]
            subprocess.run(make, check=True)
            ours = measure([*command, "status", str(folder)])
            kept.append(line(f"status, large case, {style} style", ours, Floor(2, 300)))
            line(f"status --json, large case, {style} style", measure([*command, "status", str(folder), "--json"]))
            baseline = measure([sys.executable, "-c", BASELINE, str(folder)], rounds=1 if not small else ROUNDS)
            line(f"reading alone with PyYAML, {style} style", baseline)
            print(f"{'':<44} ratio: {baseline.median / ours.median:.1f} times the time of our whole status")
    return 0 if small or all(kept) else 2


if __name__ == "__main__":
    sys.exit(main())
