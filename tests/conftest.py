"""What all tests share: a small good case, and skips that fail where they must not happen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tashawur.consult.consultation import Consultation, assemble
from tashawur.consult.files import NamedFile, read
from tashawur.store.folder import is_zone

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", max_examples=3_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")

CASE = """\
kind: consultation
id: small
title: {en: Small case}
languages: [en]
parties:
- {id: A, name: {en: Arvonia}, zone: Europe/London, weekend: [sat, sun]}
- {id: B, name: {en: Belmara}, weekend: [fri, sat]}
- {id: H, name: {en: Halvenia}}
roles:
- {party: A, role: side}
- {party: B, role: side}
- {party: H, role: host}
mechanism:
  purpose: {en: To settle what troubles A and B}
objective:
  aim: {en: Work that goes on}
  indicators:
  - {id: posts, name: {en: Posts open}, unit: {en: posts}, reporter: A}
tracks:
- {id: main, name: {en: Main}}
- {id: later, name: {en: Later}, condition: {text: {en: Peace}, met_when_said_by: [A, B]}}
teams:
- {id: team_a, party: A, mandate: [main], head: {en: Director}}
- {id: team_b, party: B, mandate: [main], to_be_appointed: {said: {en: In due time}, on: 2025-02-18}}
documents:
- {id: text, title: {en: A readout}, sha256: %s, language: ar, characters: 100, on: 2025-02-18}
sources:
  S1: {by: A paper, on: 2025-02-18, url: "https://example.org/one"}
""" % ("ab" * 32)

REGISTER = """\
kind: register
irritants:
- id: banking
  name: {en: Banking}
  track: main
  raised: [{by: A, on: 2025-02-18, sources: [S1]}]
  responding: [B]
  options:
  - {id: status_quo, name: {en: No change}}
  - {id: notes, name: {en: Notes}, moves: [posts]}
- id: visas
  name: {en: Visas}
  raised: [{by: B}]
  options:
  - {id: status_quo, name: {en: No change}}
  - {id: deadline, name: {en: A deadline}}
constraints:
- {id: rule, if: {banking: [notes]}, then: {visas: [deadline]}, why: {en: They go together}}
"""

UNDERTAKINGS = """\
kind: undertakings
undertakings:
- id: u1
  by: [A]
  to: [B]
  what: {en: Send the note}
  made: 2025-02-18
  round: R1
  track: main
  due: {on: 2025-03-03}
  origin:
  - {asserted_by: A, document: %s, start: 10, end: 20}
- id: u2
  by: [A, B]
  to: [A, B]
  what: {en: Meet again}
  made: 2025-02-18
  due: {event: next_round}
  origin: [{asserted_by: A, sources: [S1]}, {asserted_by: B, sources: [S1]}]
""" % ("ab" * 32)

ACCOUNTS = """\
kind: accounts
differences:
- {id: d1, round: R1, topic: {en: The note}, says: {A: {en: A note was agreed}}, silent: [B], undertakings: [u1]}
"""

LOG = """\
kind: log
entries:
- {type: contact, id: c1, on: 2025-02-12, form: call, between: [A, B], about: {en: First talk}}
- {type: round, id: r1, round: R1, on: 2025-02-18, event: held, host: H, place: {en: Haven}}
- {type: report, id: p1, on: 2025-02-20, by: A, about: banking, says: in_talks}
"""

BRIEF = """\
kind: brief
party: A
reservation: 5
points:
  banking: {status_quo: 0, notes: 14}
  visas: {status_quo: 0, deadline: -3}
red_lines:
- {forbid: {visas: [deadline]}}
"""

BRIEF_IN_WORDS = """\
kind: brief
party: A
words:
  banking: {status_quo: can_live_with, notes: want}
  visas: {status_quo: want, deadline: never}
order: [banking, [visas]]
least: {banking: notes}
comparisons:
- {better: {banking: notes}, than: {visas: deadline}}
red_lines:
- {if: {banking: [notes]}, then: {visas: [status_quo]}}
"""

ESTIMATE = """\
kind: estimate
party: H
by: {en: The desk}
points:
  banking: {status_quo: [0, 0], notes: [-1, 2]}
"""

PLAN = """\
kind: plan
package: {banking: notes, visas: deadline}
steps:
- {id: s1, by: A, issue: banking, value: {A: -2, B: 5}, title: {en: A note}}
- {id: s2, by: B, issue: banking, value: {A: 4, B: -1}, title: {en: B note}, requires: [s1]}
groups:
- {id: g1, steps: [s1, s2], mode: atomic}
"""

GOOD: Mapping[str, str] = {
    "consultation.yaml": CASE,
    "register.yaml": REGISTER,
    "undertakings.yaml": UNDERTAKINGS,
    "accounts.yaml": ACCOUNTS,
    "log.yaml": LOG,
    "private/brief.yaml": BRIEF,
    "private/estimate.yaml": ESTIMATE,
    "private/plan.yaml": PLAN,
}
"""A small case without mistakes, one file of every kind."""

Lay = Callable[..., Path]


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes the files into the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def made(files: Mapping[str, str]) -> Consultation:
    """The consultation that the texts make; they must be good."""
    named = [read(name, text.encode()) for name, text in files.items()]
    good = [file for file in named if isinstance(file, NamedFile)]
    assert len(good) == len(named), [file for file in named if not isinstance(file, NamedFile)]
    consultation = assemble(good, is_zone)
    assert isinstance(consultation, Consultation), consultation
    return consultation


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Lays the small good case in a new folder, with other files in place of, or beside, its own."""

    def lay_out(changed: Mapping[str, str | bytes] | None = None) -> Path:
        return write(tmp_path / "case", {**GOOD, **(changed or {})})

    return lay_out


def missing(what: str) -> None:
    """Skips a test for want of `what`, and says so; in CI, where it must be there, the test fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and in CI it must be there")
    pytest.skip(f"{what} is missing")


def least_seconds(call: Callable[[], object], rounds: int = 3) -> float:
    """The processor's seconds of the quickest of some rounds: what else a busy machine does is in the others."""
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        call()
        seconds.append(time.process_time() - begun)
    return min(seconds)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The folder of a running PostgreSQL server; the test is skipped where none is installed."""
    from benchmarks.postgres_server import postgres_programs, postgres_server

    if postgres_programs() is None:
        missing("the PostgreSQL server")
    with postgres_server() as folder:
        yield folder
