"""Three nodes, made as people make them, exchange a record: over a line between processes, and by hand."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from benchmarks.recorded import AT
from benchmarks.serving import free_port, reach

from tashawur.cli.main import answer
from tashawur.node.checking import FEW
from tashawur.node.config import config
from tashawur.node.held import HeldRecord, held_by
from tashawur.node.keys import ROOT, Keys, read_keys
from tashawur.node.opening import journal_at, record_of
from tashawur.node.record import Record, founded
from tashawur.node.told import note_told
from tashawur.record.entries import sealed
from tashawur.record.founding import FoundingAct, Party, founding_line
from tashawur.store.briefs import opened_briefs
from tashawur.terms.errors import ReadOnlyError
from tashawur.wire.exchange import EMPTY

PASSPHRASE = "correct horse battery staple"  # noqa: S105 - it opens what this test makes
CANARY = "canary-7f3a-red-line"


def run(*words: object) -> int:
    return answer([str(word) for word in words])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the nodes of A, B and H, whose record was founded and has a member of A."""
    place = tmp_path_factory.mktemp("nodes")
    (place / "passphrase").write_text(f"{PASSPHRASE}\n")
    keys: dict[str, Keys] = {}
    for side in "ABH":
        assert run("node", "init", place / side, "--side", side, "--passphrase-file", place / "passphrase") == 0
        keys[side] = read_keys(place / side / "keys.json")
        briefs = opened_briefs(place / side / "briefs.sqlite", PASSPHRASE)
        briefs.keep("riyadh", CANARY.encode())
        briefs.close()
    roles = {"A": "side", "B": "side", "H": "host"}
    parties = tuple(
        Party(name=side, role=roles[side], roots=(one.of(ROOT).key,), node=one.node_key)  # type: ignore[arg-type]
        for side, one in keys.items()
    )
    act = FoundingAct(at=AT, rules=1, parties=parties, content={"purpose": "a test"})
    line = founding_line(act, *(one.signer(ROOT, PASSPHRASE) for one in keys.values()))
    for side in "ABH":
        founded(journal_at(config(place / side, {}).journal), line).close()
    return place


@pytest.fixture
def nodes(made: Path, tmp_path: Path) -> Path:
    """The same, for one test alone."""
    for path in made.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(made)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
            target.chmod(0o600)
    return tmp_path


@contextmanager
def opened(folder: Path) -> Iterator[Record]:
    record = record_of(config(folder, {}))
    yield record
    record.close()


def speak(folder: Path, number: int = 1) -> None:
    """Has the root key of the side say something, so many times."""
    keys = read_keys(folder / "keys.json")
    with opened(folder) as record:
        side = config(folder, {}).side
        for _ in range(number):
            what = ("epoch", {"reason": "moved"})
            record.say(side, keys.of(ROOT).key, keys.signer(ROOT, PASSPHRASE), what, AT)


def digest(folder: Path) -> str:
    with opened(folder) as record:
        return record.state().digest


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The node, answering in a process of its own, at an address."""
    port = free_port()
    address = f"https://127.0.0.1:{port}"
    call = [sys.executable, "-m", "tashawur", "node", "serve", "--node", str(folder)]
    process = subprocess.Popen(
        call, env={"TASHAWUR_LISTEN": address, "TASHAWUR_LANG": "en"}, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        assert process.stderr.readline() == f"Answering other nodes at {address}. Ctrl-C ends it.\n"
        reach(port)
        yield address
    finally:
        process.terminate()
        assert process.wait(20) == 0
        process.stderr.close()


def test_two_nodes_sync_over_a_line_and_the_host_relays_to_the_third(
    nodes: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(nodes / "A", 3)
    speak(nodes / "B", 2)
    with serving(nodes / "H") as address:
        monkeypatch.setenv("TASHAWUR_PEERS", f"H={address}")
        for side, told in (("A", "new 0"), ("B", "new 3"), ("A", "new 2")):
            assert run("node", "sync", "--node", nodes / side, "--lang", "en") == 0
            assert f"From H: {told}, known 0, waiting 0, refused 0" in capsys.readouterr().out
        assert digest(nodes / "A") == digest(nodes / "B") == digest(nodes / "H")
        assert run("node", "sync", "--node", nodes / "B", "--lang", "en") == 0
        speak(nodes / "B", 2)
        capsys.readouterr()
        assert run("node", "status", "--node", nodes / "B", "--lang", "en") == 0
        assert "H last told of B up to entry 2: 2 fewer than here\n" in capsys.readouterr().out


def test_what_a_peer_tells_of_and_does_not_bring_stays_in_the_status(
    nodes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(nodes / "B") as record:
        note_told(record.journal, "H", {record.party("A").feed: ((7, "0" * 64),)})
    assert run("node", "status", "--node", nodes / "B", "--lang", "en") == 0
    assert "H told of A up to entry 7, and did not bring the last 7\n" in capsys.readouterr().out


def test_a_peer_that_cannot_be_reached_is_told_and_the_others_are_asked(
    nodes: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(nodes / "B")
    with serving(nodes / "B") as address:
        monkeypatch.setenv("TASHAWUR_PEERS", f"H=https://127.0.0.1:1, B={address}")
        assert run("node", "sync", "--node", nodes / "A", "--lang", "en") == 2
        told = capsys.readouterr()
        assert "From B: new 1" in told.out
        assert "[wire.line]" in told.err
        assert run("node", "sync", "B", "--node", nodes / "A") == 0
        monkeypatch.setenv("TASHAWUR_PEERS", f"H={address}")
        assert run("node", "sync", "--node", nodes / "A", "--lang", "en") == 2
        assert "not the key" in capsys.readouterr().err
    assert run("node", "sync", "X", "--node", nodes / "A") == 2
    monkeypatch.delenv("TASHAWUR_PEERS")
    assert run("node", "sync", "--node", nodes / "A", "--lang", "en") == 2
    assert "no other node is set" in capsys.readouterr().err
    monkeypatch.setenv("TASHAWUR_PEERS", "B")
    assert run("node", "sync", "--node", nodes / "A") == 2


@pytest.mark.parametrize("form", ["file", "mail"])
def test_a_record_is_carried_by_hand_and_the_answer_shortens_the_next(
    nodes: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(nodes / "A", 3)
    out, reply = nodes / "out" / "to-b", nodes / "out" / "b.json"
    out.parent.mkdir()
    assert run("node", "export", out, "--for", "B", "--as", form, "--node", nodes / "A") == 0
    assert (out.parent / "verify.py").exists() == (form == "file")
    assert run("node", "import", out, "--reply", reply, "--node", nodes / "B", "--lang", "en") == 0
    assert "From A: new 3, known 0, waiting 0, refused 0" in capsys.readouterr().out
    assert digest(nodes / "A") == digest(nodes / "B")
    speak(nodes / "A")
    assert run("node", "export", out, "--for", "B", "--since", reply, "--as", form, "--node", nodes / "A") == 0
    assert run("node", "import", out, "--node", nodes / "H", "--lang", "en") == 2
    assert "bundle.locked" in capsys.readouterr().err
    assert run("node", "import", out, "--node", nodes / "B", "--lang", "en") == 0
    assert "new 1, known 0" in capsys.readouterr().out


def test_a_bundle_for_everybody_is_verified_without_tashawur(nodes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speak(nodes / "A", 3)
    assert run("node", "export", nodes / "all.tsw", "--node", nodes / "A", "--lang", "en") == 0
    assert "Anybody can read it" in capsys.readouterr().err
    call = [sys.executable, "-I", "verify.py", "all.tsw"]
    done = subprocess.run(call, cwd=nodes, capture_output=True, text=True, check=True)
    assert re.match(r"Good — entries: 3; acts confirmed by all: 0; founding act: [0-9a-f ]{39}\.\n", done.stdout)


def test_a_restored_node_writes_again_once_all_others_have_shown_what_they_have(
    nodes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(nodes / "A", 2)
    assert run("node", "backup", nodes / "a.backup", "--node", nodes / "A") == 0
    speak(nodes / "A", 2)
    with serving(nodes / "B") as b, serving(nodes / "H") as h:
        monkeypatch.setenv("TASHAWUR_PEERS", f"B={b},H={h}")
        assert run("node", "sync", "--node", nodes / "A") == 0
        (nodes / "A" / "journal.sqlite").unlink()
        (nodes / "A" / "journal.sqlite-wal").unlink(missing_ok=True)
        (nodes / "A" / "journal.sqlite-shm").unlink(missing_ok=True)
        journal_at(config(nodes / "A", {}).journal, make=True).close()
        assert run("node", "restore", nodes / "a.backup", "--node", nodes / "A") == 0
        capsys.readouterr()
        assert run("node", "sync", "B", "--node", nodes / "A", "--lang", "en") == 0
        assert "From B: new 2" in capsys.readouterr().out
        with opened(nodes / "A") as record, pytest.raises(ReadOnlyError):
            record.check_writable()
        assert run("node", "sync", "H", "--node", nodes / "A") == 0
    speak(nodes / "A")
    with opened(nodes / "A") as record:
        assert len(record) == 5
        assert not record.state().forks


def test_no_bundle_reply_log_or_answer_holds_what_is_private(
    nodes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(nodes / "A", 2)
    for form in ("file", "mail", "paper"):
        assert run("node", "export", nodes / f"{form}.out", "--as", form, "--node", nodes / "A") == 0
    assert run("node", "import", nodes / "file.out", "--reply", nodes / "b.json", "--node", nodes / "B") == 0
    with serving(nodes / "A") as address:
        monkeypatch.setenv("TASHAWUR_PEERS", f"A={address}")
        assert run("node", "sync", "--node", nodes / "H") == 0
    told = capsys.readouterr()
    assert CANARY not in told.out + told.err
    keys = read_keys(nodes / "A" / "keys.json")
    for path in nodes.rglob("*"):
        if path.is_file() and path.name != "keys.json":
            data = path.read_bytes()
            assert CANARY.encode() not in data, path
            assert keys.node not in data, path


def test_what_a_journal_holds_is_what_others_are_told_of_it_whatever_another_process_writes(nodes: Path) -> None:
    speak(nodes / "A", 5)
    with held_by(config(nodes / "A", {})) as (_, held, _):
        assert len(list(held.lacking(EMPTY))) == 5
        speak(nodes / "A", 3)
        before = held.standing()
        lacking = list(held.lacking(EMPTY))
        assert [place for place, _ in lacking] == list(range(8))
        assert [place for place, _ in held.lacking(EMPTY, 6)] == [6, 7]
        with held_by(config(nodes / "B", {})) as (_, other, _):
            other.admit([line for _, line in lacking], "A")
            assert other.standing() == before
            assert not list(held.lacking(other.standing()))
            assert isinstance(other, HeldRecord)


def test_a_long_record_is_fetched_with_the_help_of_another_process(nodes: Path) -> None:
    keys = read_keys(nodes / "A" / "keys.json")
    with opened(nodes / "A") as record, record.journal.alone():
        lines, ledger = [], record.ledger()
        for _ in range(FEW + 100):
            lines.append(sealed(ledger.draft(record.party("A").feed, keys.node_key, AT, "ack", {}), keys.node_signer()))
            ledger.offer(lines[-1])
    with opened(nodes / "A") as record:
        record.offer(lines)
    with serving(nodes / "A") as address:
        call = [sys.executable, "-m", "tashawur", "node", "sync", "--node", str(nodes / "B"), "--lang", "en"]
        done = subprocess.run(
            call, env={"TASHAWUR_PEERS": f"A={address}"}, capture_output=True, text=True, check=True, timeout=120
        )
    assert done.stdout.startswith(f"From A: new {FEW + 100}, known 0, waiting 0, refused 0\n")
    assert digest(nodes / "A") == digest(nodes / "B")
