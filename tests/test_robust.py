"""Whatever stands in the files, there is an answer or a line of refusal, and never a crash."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import yaml_rs
from hypothesis import given
from hypothesis import strategies as st

from conftest import GOOD, made
from tashawur.consult.consultation import Consultation, assemble
from tashawur.consult.files import NamedFile, read
from tashawur.keep.agenda import agenda
from tashawur.keep.standing import standing
from tashawur.papers.answer import answer
from tashawur.papers.calendar_file import calendar_file
from tashawur.papers.half_page import LINES, half_page
from tashawur.papers.report import report
from tashawur.papers.telling import Telling
from tashawur.papers.words import Words
from tashawur.store.folder import is_zone
from tashawur.terms.errors import Mistake

BYTES = {name: text.encode() for name, text in GOOD.items()}
LOADED: dict[str, Any] = {name: yaml_rs.loads(text, parse_datetime=False) for name, text in GOOD.items()}
DAYS = st.dates()


WHOLE = made(dict(GOOD))
PARTS = {
    "consultation.yaml": ("case",),
    "register.yaml": ("irritants", "constraints"),
    "undertakings.yaml": ("undertakings",),
    "accounts.yaml": ("differences",),
    "log.yaml": ("contacts", "round_events", "reports"),
    "private/brief.yaml": ("briefs",),
    "private/estimate.yaml": ("estimates",),
    "private/plan.yaml": ("plan",),
}
"""What each file of the good case brings to the whole."""


def shown(found: object, on: dt.date) -> None:
    """Shows the consultation in every way, or the mistakes in every language."""
    if isinstance(found, Consultation):
        now = standing(found, on)
        msgspec.json.encode(answer(now, "A"))
        for lang in ("en", "ar", "ru"):
            for side in (None, "A", "H"):
                assert len(half_page(Telling(now, Words(lang)), side)) <= LINES
        telling = Telling(now, Words("ar"))
        calendar_file(telling, agenda(now))
        report(now, "ar", "A", {})
        return
    assert isinstance(found, tuple)
    assert found
    for mistake in found:
        assert isinstance(mistake, Mistake)
        for lang in ("en", "ar", "ru"):
            assert "\n" not in Words(lang).mistake(mistake)


def together(files: dict[str, bytes]) -> object:
    """What the files make. Those that are as they were say what they said, and are not blamed for the others."""
    changed = {name for name in files if files[name] != BYTES[name]}
    read_files = [read(name, data) for name, data in files.items()]
    wrong = [mistake for one in read_files if isinstance(one, tuple) for mistake in one]
    assert {mistake.file for mistake in wrong} <= changed
    good = [one for one in read_files if isinstance(one, NamedFile)]
    found = tuple(wrong) or assemble(good, is_zone)
    if isinstance(found, Consultation):
        for name in PARTS.keys() - changed:
            assert [getattr(found, part) for part in PARTS[name]] == [getattr(WHOLE, part) for part in PARTS[name]]
    return found


@given(
    name=st.sampled_from(sorted(GOOD)),
    place=st.integers(0, 2_000),
    piece=st.binary(max_size=6),
    cut=st.integers(0, 8),
    on=DAYS,
)
def test_bytes_that_went_wrong(name: str, place: int, piece: bytes, cut: int, on: dt.date) -> None:
    data = BYTES[name]
    place %= len(data)
    shown(together({**BYTES, name: data[:place] + piece + data[place + cut :]}), on)


WORDS = st.sampled_from(
    [
        "A",
        "B",
        "H",
        "X",
        "banking",
        "u1",
        "u2",
        "R1",
        "next_round",
        "posts",
        "team_b",
        "later",
        "main",
        "2025-03-01",
        "9999-12-31",
        "0001-01-01",
        "done",
        "held",
        "",
        "\u202e",
        "٣",
    ]
)


def strings(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in strings(inner, (*path, key))]
    if isinstance(value, list):
        return [found for place, inner in enumerate(value) for found in strings(inner, (*path, place))]
    return [path]


@given(data=st.data(), on=DAYS)
def test_words_that_stand_in_the_wrong_place(data: st.DataObject, on: dt.date) -> None:
    files = dict(BYTES)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(GOOD)))
        changed = json.loads(json.dumps(LOADED[name]))
        path = data.draw(st.sampled_from(strings(changed)))
        held = changed
        for step in path[:-1]:
            held = held[step]
        held[path[-1]] = data.draw(WORDS)
        files[name] = json.dumps(changed, ensure_ascii=False).encode()
    shown(together(files), on)


TOGETHER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from conftest import GOOD
from tashawur.consult.files import NamedFile, read

sys.setswitchinterval(1e-6)
begin = Barrier(8)

def one(name):
    begin.wait()
    return isinstance(read(f"{name}.yaml", GOOD["register.yaml"].encode()), NamedFile)

with ThreadPoolExecutor(8) as readers:
    assert all(readers.map(one, range(8)))
"""


def test_files_may_be_read_at_once_from_the_first_on() -> None:
    """Each in a process of its own: only the first files that are read meet types that nobody has met yet."""
    for _ in range(10):
        done = subprocess.run([sys.executable, "-c", TOGETHER], cwd=Path(__file__).parent, check=False)
        assert done.returncode == 0
