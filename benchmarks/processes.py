"""New processes with their time and memory, and where and with what it was measured."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of each round, in order, and the largest resident memory in MB."""

    seconds: Sequence[float]
    memory: float

    @property
    def median(self) -> float:
        """The middle one of the rounds."""
        return statistics.median(self.seconds)


def measure(call: Sequence[str], rounds: int = ROUNDS, environment: Mapping[str, str] | None = None) -> Measured:
    """Runs the call in new processes; memory is read from the child where the system tells it."""
    seconds, memory = [], 0.0
    for _ in range(rounds):
        begun = time.perf_counter()
        child = subprocess.Popen(call, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})})
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            memory = max(memory, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
        else:
            child.wait()
        seconds.append(time.perf_counter() - begun)
        if child.returncode:
            raise SystemExit(f"failed: {' '.join(call)}")
    return Measured(seconds, memory)


def machine(*libraries: str) -> dict[str, Any]:
    """Where it is measured, under which load, and with which versions; a library that is not there has none."""
    load = os.getloadavg() if hasattr(os, "getloadavg") else ()
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": [round(one, 2) for one in load],
        "versions": {name: _version(name) for name in libraries},
    }


def _processor() -> str:
    """Its name, where the system tells it."""
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
