"""Serves what a file of lines holds as the node of a party, in a process of its own: for tests and measurements.

python -m benchmarks.serving NAME PORT LINES [--tls] [--patience SECONDS]
"""

from __future__ import annotations

import argparse
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.carried import Held, node_of
from benchmarks.recorded import signing_key
from tashawur.web.serving import Place, serve
from tashawur.wire.answering import AskedNode
from tashawur.wire.certificate import certificate_of

ROOT: Final = Path(__file__).parent.parent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def served(name: str, lines: Path, *more: str) -> Iterator[tuple[str, int, subprocess.Popen[bytes]]]:
    """A node of a party in another process, which answers: its address, its port, and the process."""
    port = free_port()
    call = [sys.executable, "-m", "benchmarks.serving", name, str(port), str(lines), *more]
    process = subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None  # noqa: S101 - it was asked for
    try:
        if process.stdout.readline() != b"ready\n":
            raise SystemExit("the node does not serve")
        reach(port)
        yield f"http{'s' if '--tls' in more else ''}://127.0.0.1:{port}", port, process
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def reach(port: int) -> None:
    """Waits until somebody listens on the port."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit("the node does not listen")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until it is told to end; then the file has what was held by then."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("port", type=int)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--patience", type=float, default=30.0)
    asked = parser.parse_args(arguments)
    held = Held(asked.lines.read_bytes().splitlines())
    node = AskedNode(node_of(asked.name), held, lambda: secrets.token_hex(16))
    certificate = certificate_of(bytes(signing_key(f"{asked.name} node"))) if asked.tls else None
    place = Place("127.0.0.1", asked.port, certificate, asked.patience)
    serve(node, place, lambda: print("ready", flush=True))
    asked.lines.write_bytes(b"".join(one + b"\n" for one in held.lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
