"""The order of files and entries does not matter, and what was logged stays."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import GOOD, LOG, Lay, made, write
from tashawur.consult.consultation import assemble, in_order
from tashawur.consult.files import NamedFile, read
from tashawur.consult.log import Contact, LogFile
from tashawur.consult.portions import portions
from tashawur.keep.standing import standing
from tashawur.node.logging import log
from tashawur.papers.answer import answer as answer_of
from tashawur.store.folder import consultation_in, files_in, is_zone
from tashawur.terms.errors import MistakesError, RefusedEntryError, UnreadableError, UnwritableError

ROWS = [
    "{type: contact, id: c2, on: 2025-03-01, form: letter, between: [A, B]}",
    "{type: round, id: q1, round: R2, on: 2025-03-02, event: proposed, by: [A], date: 2025-04-01}",
    "{type: round, id: q2, round: R2, on: 2025-03-02, event: confirmed, by: [B]}",
    "{type: round, id: q3, round: R2, on: 2025-03-09, event: postponed, by: [B], date: 2025-04-20}",
    "{type: report, id: x1, on: 2025-03-05, by: A, about: u1, says: done}",
    "{type: report, id: x2, on: 2025-03-05, by: B, about: u1, says: not_done}",
    "{type: report, id: x3, on: 2025-03-05, by: B, about: banking, says: in_talks}",
    "{type: report, id: x4, on: 2025-03-05, by: A, about: posts, says: measured, value: 4}",
]
DAY = dt.date(2025, 5, 1)
TODAY = dt.date(2026, 1, 1)


def answer(files: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(answer_of(standing(made(files), DAY))))
    return told


@given(rows=st.permutations(LOG.splitlines()[2:] + [f"- {row}" for row in ROWS]), cut=st.integers(0, 11))
def test_entries_may_stand_in_any_order_and_in_any_log_file(rows: list[str], cut: int) -> None:
    plain = {**GOOD, "log.yaml": LOG + "".join(f"- {row}\n" for row in ROWS)}
    head = "kind: log\nentries:\n"
    shuffled = {name: text for name, text in GOOD.items() if name != "log.yaml"}
    shuffled |= {"a.yaml": head + "\n".join(rows[:cut]) + "\n" if cut else "kind: log\n"}
    shuffled |= {"z/b.yaml": head + "\n".join(rows[cut:]) + "\n" if rows[cut:] else "kind: log\n"}
    assert answer(shuffled) == answer(plain)


@given(order=st.permutations(list(GOOD)))
def test_files_may_come_in_any_order(order: list[str]) -> None:
    files = [read(name, GOOD[name].encode()) for name in order]
    consultation = assemble([file for file in files if isinstance(file, NamedFile)], is_zone)
    assert consultation == made(dict(GOOD))


entries = st.one_of(
    st.fixed_dictionaries(
        {
            "type": st.just("contact"),
            "on": st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
            "form": st.sampled_from(["call", "letter", "note", "meeting", "message"]),
            "between": st.just(["A", "B"]),
            "about": st.fixed_dictionaries({"en": st.text(min_size=1, max_size=40)}),
        }
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("report"),
            "on": st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
            "by": st.sampled_from("AB"),
            "about": st.sampled_from(["u1", "u2"]),
            "says": st.sampled_from(["done", "not_done", "affirmed", "measured"]),
        }
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
@given(said=st.lists(entries, min_size=1, max_size=5))
def test_a_log_entry_never_disappears_and_no_byte_before_it_changes(
    tmp_path_factory: pytest.TempPathFactory, said: list[dict[str, Any]]
) -> None:
    folder = write(tmp_path_factory.mktemp("log"), GOOD)
    for one in said:
        before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
        held = consultation_in(folder).log
        try:
            entry, path = log(str(folder), one, TODAY)
        except RefusedEntryError:
            assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
            continue
        assert consultation_in(folder).log == in_order([*held, entry])
        for file, data in before.items():
            assert file.read_bytes().startswith(data) if file == path else file.read_bytes() == data


def test_an_entry_with_a_wrong_party_is_refused_and_nothing_is_written(lay: Lay) -> None:
    folder = lay()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said = {"type": "contact", "on": dt.date(2025, 3, 1), "form": "call", "between": ["A", "X"]}
    with pytest.raises(RefusedEntryError, match="X names no party"):
        log(str(folder), said, TODAY)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "text",
    [
        LOG,
        LOG.rstrip("\n"),
        LOG.replace("- {", "  - {"),
        LOG + "# the end\n",
        json.dumps({"kind": "log", "entries": []}),
        "kind: log\n",
        "entries: []\nkind: log\n",
    ],
)
def test_an_entry_is_added_to_logs_however_they_are_written(lay: Lay, text: str) -> None:
    files = {"log.yaml": text}
    if "R1" not in text:
        files |= {"accounts.yaml": "kind: accounts\n", "undertakings.yaml": "kind: undertakings\n"}
    folder = lay(files)
    number = len(consultation_in(folder).log)
    log(str(folder), {"type": "contact", "on": dt.date(2025, 3, 1), "form": "call", "between": ["A", "B"]}, TODAY)
    assert len(consultation_in(folder).log) == number + 1
    assert (folder / "log.yaml").read_text(encoding="utf-8").startswith(text.rstrip("\n"))


def test_two_commands_do_not_write_at_once(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tashawur.store.folder._PATIENCE", 0.1)
    folder = lay()
    (folder / ".log-lock").touch()
    with pytest.raises(UnwritableError, match="another command"):
        log(str(folder), {"type": "contact", "on": dt.date(2025, 3, 1), "form": "call", "between": ["A", "B"]}, TODAY)


def test_commands_that_come_at_once_are_all_kept(lay: Lay) -> None:
    folder = lay()
    call = [sys.executable, "-m", "tashawur", "log", "contact", str(folder), "--form", "call"]
    call += ["--between", "A", "--between", "B", "--on", "2025-03-01"]
    running = [subprocess.Popen(call, stderr=subprocess.DEVNULL) for _ in range(5)]
    assert [one.wait() for one in running] == [0] * 5
    assert len([one for one in consultation_in(folder).log if one.on == dt.date(2025, 3, 1)]) == 5


def test_a_shipped_consultation_is_not_written_to() -> None:
    with pytest.raises(UnwritableError, match="--like"):
        log("riyadh", {"type": "contact", "on": dt.date(2025, 3, 1), "form": "call", "between": ["US", "RU"]}, TODAY)


def large(rows: int) -> str:
    lines = [f"- {{type: contact, id: k{place}, on: 2025-03-01, form: call, between: [A, B]}}" for place in range(rows)]
    return "kind: log\nentries:\n" + "\n".join(lines) + "\n"


def test_a_large_file_reads_the_same_in_portions_as_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = large(20_000).splitlines(keepends=True)
    for number, place in enumerate(range(len(rows), 10, -97)):
        # What looks like an item, or a key of the file, may stand in a text: deeper than the list, whatever it says.
        words = "- type: contact\n      entries:\n      - b"
        block = f"  about:\n    en: |-\n      a\n      {words}\n  form: call\n  between: [A, B]\n"
        rows.insert(place, f"- type: contact\n  id: block{number}\n  on: 2025-03-01\n{block}")
    text = "".join(rows)
    assert len(list(portions(text, "log", ["kind", "entries"], "entries"))) > 3
    found = read("log.yaml", text.encode())
    monkeypatch.setattr("tashawur.consult.files._SMALL", len(text))
    assert found == read("log.yaml", text.encode())
    assert isinstance(found, NamedFile)
    assert isinstance(found.value, LogFile)
    told = [one.about for one in found.value.entries if isinstance(one, Contact) and one.about]
    assert told == [{"en": "a\n- type: contact\nentries:\n- b"}] * (number + 1)
    assert len(found.value.entries) == 20_000 + len(told)


@pytest.mark.parametrize("place", [0, 9_999, 19_999])
def test_a_mistake_in_a_large_file_has_its_line(lay: Lay, place: int) -> None:
    text = large(20_000).replace(f"id: k{place},", f"id: k{place}, fomr: call,")
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"large.yaml": text}))
    assert [(one.code, one.line) for one in caught.value.mistakes] == [("case.unknown-key", place + 3)]
    text = large(20_000).replace(
        f"id: k{place}, on: 2025-03-01, form: call, between: [A,",
        f"id: k{place}, on: 2025-03-01, form: call, between: [X,",
    )
    with pytest.raises(MistakesError) as caught:
        consultation_in(lay({"large.yaml": text}))
    assert [(one.code, one.line) for one in caught.value.mistakes] == [("case.leads-nowhere", place + 3)]


def test_private_values_show_nothing(lay: Lay) -> None:
    files = files_in(lay())
    shown = [repr(file.value) for file in files if file.name.startswith("private/")]
    assert sorted(shown) == ["BriefFile()", "EstimateFile()", "PlanFile()"]
    consultation = consultation_in(lay())
    assert "14" not in repr(consultation.briefs["A"]) + repr(consultation).replace(repr(consultation.case), "")


def test_no_private_number_is_in_the_answer(lay: Lay) -> None:
    brief = GOOD["private/brief.yaml"].replace("14", "7319")
    told = msgspec.json.encode(answer_of(standing(consultation_in(lay({"private/brief.yaml": brief})), DAY)))
    assert b"7319" not in told


def test_a_line_that_could_not_be_written_whole_leaves_the_file_as_it_was(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay()

    def refuse(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("tashawur.store.folder.os.fsync", refuse)
    with pytest.raises(UnwritableError):
        log(str(folder), {"type": "contact", "on": dt.date(2025, 3, 1), "form": "call", "between": ["A", "B"]}, TODAY)
    assert (folder / "log.yaml").read_text(encoding="utf-8") == LOG
    assert not (folder / ".log-lock").exists()


def test_an_entry_is_flushed_to_the_disk_and_read_back_before_it_is_acknowledged(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay()
    flushed: list[int] = []
    monkeypatch.setattr("tashawur.store.folder.os.fsync", flushed.append)
    said = {"type": "contact", "on": dt.date(2025, 3, 1), "form": "call", "between": ["A", "B"]}
    log(str(folder), said, TODAY)
    assert len(flushed) == 1

    real = Path.open

    def spoiling(path: Path, mode: str) -> Any:
        opened: Any = real(path, mode)
        if mode == "ab":
            opened.write(b"#")  # the disk holds something else than what was written
        return opened

    before = (folder / "log.yaml").read_bytes()
    monkeypatch.setattr("tashawur.store.folder.Path.open", spoiling)
    with pytest.raises(UnwritableError):
        log(str(folder), said, TODAY)
    monkeypatch.undo()
    assert (folder / "log.yaml").read_bytes() == before


def test_a_folder_of_too_many_files_is_no_consultation(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lay()
    monkeypatch.setattr("tashawur.store.folder.MOST_FILES", 7)
    with pytest.raises(UnreadableError):
        consultation_in(folder)
    monkeypatch.setattr("tashawur.store.folder.MOST_FILES", 8)
    consultation_in(folder)
