"""A side makes its node, sees where it stands, keeps it safe and brings it back; what is private stays private."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.postgres_server import postgres_database
from benchmarks.recorded import AT, Node, act, feed, founding, key, ready, signer
from nacl.signing import SigningKey

from tashawur.cli.main import answer
from tashawur.node.backup import backup, backup_briefs
from tashawur.node.config import config
from tashawur.node.keys import ROOT, public, read_keys
from tashawur.node.opening import journal_at, record_of, shown
from tashawur.node.record import Record, founded
from tashawur.node.restore import Restored, heard, restore, restore_briefs
from tashawur.node.status import status
from tashawur.node.upgrade import upgrade
from tashawur.store.briefs import new_briefs, opened_briefs
from tashawur.store.journal import Person
from tashawur.store.postgres import PostgresJournal
from tashawur.store.schema import VERSION
from tashawur.store.sealing import seal, unseal, unwrap, wrap
from tashawur.store.sqlite import SqliteJournal
from tashawur.terms.errors import (
    BriefsError,
    ConfigError,
    FoundedError,
    JournalVersionError,
    KeysError,
    MissingPartError,
    NodeError,
    NotOpenedError,
    ReadOnlyError,
)

PASSPHRASE = "correct horse battery staple"  # noqa: S105 - it opens what this test makes
CANARY = "canary-7f3a-red-line"
SAID = {"topics": ["visas"], "content": {"text": "نعم"}}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    return path


@pytest.fixture
def folder(tmp_path: Path, secret: Path) -> Path:
    """The folder of a new node of A."""
    folder = tmp_path / "node"
    assert answer(["node", "init", str(folder), "--side", "A", "--passphrase-file", str(secret)]) == 0
    return folder


@pytest.fixture
def begun(folder: Path) -> Path:
    """The same with a record in which B awaits the signature of A."""
    record = founded(journal_at(config(folder, {}).journal), founding().line)
    record.offer(said().lines)
    record.close()
    return folder


def said() -> Node:
    node = ready()
    node.say("B minister", "propose", act())
    return node


def run(*words: object) -> int:
    return answer([str(word) for word in words])


# Making a node


def test_a_side_makes_a_node_that_only_its_user_can_read(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert {"tashawur.toml", "keys.json", "journal.sqlite", "briefs.sqlite", "log.jsonl"} <= names
    for path in (folder, *folder.iterdir()):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    assert status(config(folder, {})).record is None


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path, secret: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    assert run("node", "init", tmp_path / "full", "--side", "A", "--passphrase-file", secret) == 2
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["file"]


def test_a_node_that_cannot_be_made_leaves_nothing_half_made(tmp_path: Path, secret: Path) -> None:
    words = ["node", "init", tmp_path / "node", "--side", "A", "--passphrase-file", secret]
    assert run(*words, "--journal", "no/such/folder.sqlite") == 2
    assert not (tmp_path / "node").exists()


def test_a_node_keeps_its_record_in_postgresql(tmp_path: Path, secret: Path, postgres: Path) -> None:
    address = postgres_database(postgres)
    words = ["node", "init", tmp_path / "node", "--side", "A", "--passphrase-file", secret]
    assert run(*words, "--journal", address) == 0
    settings = config(tmp_path / "node", {})
    record = founded(journal_at(settings.journal), founding().line)
    record.offer(said().lines)
    record.close()
    found = status(settings)
    assert found.record
    assert found.record.entries == 4
    assert run("node", "backup", tmp_path / "copy.sqlite", "--node", tmp_path / "node") == 0
    assert run("record", "verify", tmp_path / "copy.sqlite") == 0


def test_without_the_part_for_postgresql_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "tashawur.store.postgres", raising=False)
    with pytest.raises(MissingPartError, match=r"tashawur\[postgres\]"):
        journal_at("postgresql:///record")


# Settings


def test_a_variable_overrides_a_setting_and_the_node_says_what_set_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TASHAWUR_JOURNAL", "postgresql://me:secret@server/record")
    monkeypatch.setenv("TASHAWUR_NODE", str(folder))
    assert run("node", "config", "show", "--json") == 0
    told = capsys.readouterr().out
    assert "secret" not in told
    assert json.loads(told[told.index("{") :])["journal"] == {
        "value": "postgresql://server/record",
        "by": "TASHAWUR_JOURNAL",
    }
    assert shown("host=s password='a b' dbname=d") == "host=s dbname=d"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('side = "A"\njournl = "x"\n', "journl"),
        ("side = 3\n", "side"),
        ('side = ""\n', "side"),
        ('journal = "x"\n', "side"),
        ("side = A\n", ""),
        ("\xff", ""),
    ],
)
def test_a_wrong_setting_is_named(folder: Path, text: str, name: str) -> None:
    (folder / "tashawur.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError) as wrong:
        config(folder, {})
    assert wrong.value.words.get("name", "") == name


def test_where_there_is_no_node_the_command_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match="tashawur node init"):
        config(tmp_path, {})


# Keys


def test_a_key_is_opened_by_its_passphrase_for_one_signature(folder: Path) -> None:
    keys = read_keys(folder / "keys.json")
    root = keys.of(ROOT)
    signature = keys.sign(ROOT, PASSPHRASE, b"message")
    SigningKey(keys.seed(ROOT, PASSPHRASE)).verify_key.verify(b"message", signature)
    assert public(keys.seed(ROOT, PASSPHRASE)) == root.key
    with pytest.raises(NotOpenedError):
        keys.sign(ROOT, "wrong", b"message")
    assert repr(keys) == "Keys()"


def test_a_file_of_keys_that_others_can_read_is_refused(folder: Path) -> None:
    (folder / "keys.json").chmod(0o644)
    with pytest.raises(KeysError, match="chmod 600"):
        read_keys(folder / "keys.json")


def test_what_is_wrapped_cannot_be_used_for_something_else_nor_changed() -> None:
    wrapped = wrap(b"secret", PASSPHRASE, "this")
    assert unwrap(wrapped, PASSPHRASE, "this") == b"secret"
    with pytest.raises(NotOpenedError):
        unwrap(wrapped, PASSPHRASE, "that")
    key = bytes(32)
    sealed = seal(key, b"value", b"use")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(NotOpenedError):
            unseal(key, bytes(changed), b"use")
    assert seal(key, b"value", b"use") != sealed


# Where it stands


def test_a_node_tells_where_its_record_stands(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("node", "status", "--node", begun) == 0
    told = capsys.readouterr().out
    assert "4 entries, 0 acts confirmed by all" in told
    assert "Awaiting the signature of A: 1" in told
    assert founding().fingerprint in told


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_the_record_is_shown_listed_and_verified(begun: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    for way in ("show", "log", "verify"):
        capsys.readouterr()
        assert run("--lang", lang, "record", way, "--node", begun) == 0
        assert capsys.readouterr().out.count("\n") >= 2
        assert run("--lang", lang, "record", way, "--node", begun, "--json") == 0
    lines = [json.loads(line) for line in _told(capsys, "record", "log", "--node", begun, "--json").splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    one = json.loads(_told(capsys, "record", "show", lines[3]["id"][:12], "--node", begun))
    assert one["party"] == "B"
    assert one["entry"]["type"] == "propose"


def _told(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    capsys.readouterr()
    assert run(*words) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["", "zz", "00", "zz" * 32, "00" * 32])
def test_an_entry_that_is_not_there_is_not_shown(begun: Path, name: str) -> None:
    assert run("record", "show", name, "--node", begun) == 2


def test_a_record_with_a_changed_entry_is_not_verified(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(begun / "journal.sqlite") as file:
        file.execute("UPDATE entry SET signatures = zeroblob(64) WHERE n = 4")
    file.close()
    capsys.readouterr()
    assert run("record", "verify", "--node", begun) == 2
    told = capsys.readouterr().out
    assert "3 of 4 entries are good" in told
    assert "(signature.wrong)" in told


# Backup and restore


def test_a_restored_node_reads_only_until_all_others_have_shown_its_own_head(begun: Path, tmp_path: Path) -> None:
    settings = config(begun, {})
    record = record_of(settings)
    record.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    record.journal.set_person("ab" * 32, Person("Nadezhda", bytes(16)))
    assert backup(record.journal, tmp_path / "old.sqlite") == 5
    lost = record.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    record.close()
    source, journal = SqliteJournal(tmp_path / "old.sqlite"), SqliteJournal(tmp_path / "new.sqlite", make=True)
    assert restore(source, journal, "A") == Restored(5, 0, 0)
    assert journal.person("ab" * 32) == Person("Nadezhda", bytes(16))
    again = Record(journal)
    assert heard(again, "A", "B", [lost.id]) == ("B", "H")  # it lacks what B has of A
    with pytest.raises(ReadOnlyError):
        again.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    again.offer([lost.line], "B")
    assert heard(again, "A", "B", [lost.id]) == ("H",)
    with pytest.raises(ReadOnlyError):
        again.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    assert heard(again, "A", "H", []) == ()
    after = again.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    assert getattr(after.entry, "prev", "") == lost.id
    assert not again.state().forks
    again.close()
    source.close()


def test_without_that_rule_a_restored_node_would_fork_its_feed(begun: Path, tmp_path: Path) -> None:
    record = record_of(config(begun, {}))
    backup(record.journal, tmp_path / "old.sqlite")
    lost = record.say("A", key("A minister"), signer("A minister"), ("say", SAID), AT)
    careless = Record(SqliteJournal(tmp_path / "old.sqlite"))
    careless.say("A", key("A minister"), signer("A minister"), ("say", {**SAID, "content": {}}), AT)
    careless.offer([lost.line], "B")
    assert [fork.side for fork in careless.state().forks] == ["A"]
    careless.close()
    record.close()


def test_a_backup_is_whole_or_not_there(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = record_of(config(begun, {}))

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SqliteJournal, "set_person", broken)
        record.journal.set_note("x", b"")
        patch.setattr(type(record.journal), "persons", broken)
        with pytest.raises(KeyboardInterrupt):
            backup(record.journal, tmp_path / "copy.sqlite")
    assert not list(tmp_path.glob("copy.sqlite*"))
    backup(record.journal, tmp_path / "copy.sqlite")
    assert run("node", "backup", tmp_path / "copy.sqlite", "--node", begun) == 2  # nothing is overwritten
    record.close()


def test_what_can_be_read_of_a_damaged_journal_is_brought_back(begun: Path, tmp_path: Path, secret: Path) -> None:
    with sqlite3.connect(begun / "journal.sqlite") as file:
        file.execute("UPDATE entry SET payload = x'00' WHERE n = 2")
    file.close()
    other = tmp_path / "other"
    assert run("node", "init", other, "--side", "A", "--passphrase-file", secret) == 0
    assert run("node", "restore", begun / "journal.sqlite", "--node", other) == 0
    record = record_of(config(other, {}))
    assert len(record) == 1
    assert len(list(record.journal.waiting())) == 2  # those that follow the damaged one, which the others have
    record.offer(said().lines[1:2], "B")
    assert record.ledger().state() == said().ledger.state()
    assert not list(record.journal.waiting())
    record.close()
    with pytest.raises(FoundedError):
        restore(SqliteJournal(begun / "journal.sqlite"), SqliteJournal(other / "journal.sqlite"), "A")


# Versions of the tables


@pytest.mark.parametrize("version", range(1, VERSION))
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_journal_of_every_earlier_version_is_upgraded_after_a_backup(
    kind: str, version: int, folder: Path, request: pytest.FixtureRequest
) -> None:
    place = str(folder / "old.sqlite") if kind == "sqlite" else postgres_database(request.getfixturevalue("postgres"))
    journal = _of_version(place, version)
    record = founded(journal, founding().line)
    with journal.alone():  # as a program of that version would have written
        journal.keep(record._change(list(record.ledger().offer(said().lines[0])), []), 0)
    journal.close()
    settings = config(folder, {"TASHAWUR_JOURNAL": place})
    with pytest.raises(JournalVersionError, match="tashawur node upgrade"):
        record_of(settings)
    done = upgrade(settings)
    assert (done.before, done.after) == (version, VERSION)
    assert done.backup
    again = record_of(settings)
    assert len(again) == 1
    assert len(again.offer(said().lines)) == 4
    again.close()
    assert upgrade(settings).backup == ""


def _of_version(place: str, version: int) -> SqliteJournal | PostgresJournal:
    class Old(PostgresJournal if "dbname" in place else SqliteJournal):  # type: ignore[misc]
        def upgrade(self, to: int = version) -> int:
            done: int = super().upgrade(to)
            return done

    made: SqliteJournal = Old(place if "dbname" in place else Path(place), make=True)
    return made


def test_a_journal_of_a_newer_version_is_left_alone(folder: Path) -> None:
    with sqlite3.connect(folder / "journal.sqlite") as file:
        file.execute("UPDATE version SET number = 99")
    file.close()
    with pytest.raises(JournalVersionError, match="newer"):
        record_of(config(folder, {}))
    with pytest.raises(JournalVersionError):
        upgrade(config(folder, {}))


# Private briefs


def test_briefs_come_back_by_their_passphrase_and_by_no_other(tmp_path: Path) -> None:
    briefs = new_briefs(tmp_path / "b.sqlite", PASSPHRASE)
    briefs.keep("A", CANARY.encode())
    briefs.keep("A", f"{CANARY} anew".encode())
    briefs.keep("estimate of B", b"x")
    assert repr(briefs) == "Briefs()"
    briefs.close()
    again = opened_briefs(tmp_path / "b.sqlite", PASSPHRASE)
    assert again.names() == ("A", "estimate of B")
    assert again.brief("A") == f"{CANARY} anew".encode()
    again.erase("A")
    assert again.brief("A") is None
    again.rewrap("another")
    again.close()
    with pytest.raises(NotOpenedError):
        opened_briefs(tmp_path / "b.sqlite", PASSPHRASE)
    opened_briefs(tmp_path / "b.sqlite", "another").close()


def test_a_brief_that_was_changed_or_put_in_the_place_of_another_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.sqlite"
    briefs = new_briefs(path, PASSPHRASE)
    briefs.keep("A", b"one")
    briefs.keep("B", b"two")
    with sqlite3.connect(path) as file:
        (first, sealed), (second, _) = file.execute("SELECT name, sealed FROM brief").fetchall()
        file.execute("UPDATE brief SET sealed = ? WHERE name = ?", (sealed, second))
    file.close()
    assert first != second
    with pytest.raises(NotOpenedError):
        briefs.names()
    briefs.close()


@pytest.mark.parametrize("data", [b"", b"no database" * 999])
def test_a_file_that_holds_no_briefs_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b.sqlite").write_bytes(data)
    with pytest.raises(BriefsError):
        opened_briefs(tmp_path / "b.sqlite", PASSPHRASE)


def test_a_backup_of_the_briefs_opens_with_the_root_key_even_when_their_passphrase_is_forgotten(tmp_path: Path) -> None:
    seed, other = bytes(range(32)), bytes(32)
    briefs = new_briefs(tmp_path / "b.sqlite", "forgotten")
    briefs.keep("A", CANARY.encode())
    backup_briefs(briefs, [public(seed)], tmp_path / "backup")
    briefs.close()
    with pytest.raises(NotOpenedError):
        restore_briefs(tmp_path / "backup", tmp_path / "new.sqlite", other, PASSPHRASE)
    assert not (tmp_path / "new.sqlite").exists()
    restore_briefs(tmp_path / "backup", tmp_path / "new.sqlite", seed, PASSPHRASE)
    again = opened_briefs(tmp_path / "new.sqlite", PASSPHRASE)
    assert again.brief("A") == CANARY.encode()
    again.close()


def test_briefs_are_brought_back_into_a_new_node_and_never_over_others(
    folder: Path, tmp_path: Path, secret: Path
) -> None:
    briefs = opened_briefs(folder / "briefs.sqlite", PASSPHRASE)
    briefs.keep("A", CANARY.encode())
    briefs.close()
    words = ["--passphrase-file", secret, "--briefs"]
    assert run("node", "backup", tmp_path / "backup", "--node", folder, *words) == 0
    other = tmp_path / "other"
    assert run("node", "init", other, "--side", "A", "--passphrase-file", secret) == 0
    assert run("node", "restore", tmp_path / "backup", "--node", other, *words) == 2  # another root key
    shutil.copy(folder / "keys.json", other)
    assert run("node", "restore", tmp_path / "backup", "--node", other, *words) == 0
    again = opened_briefs(other / "briefs.sqlite", PASSPHRASE)
    assert again.brief("A") == CANARY.encode()
    again.close()
    assert run("node", "restore", tmp_path / "backup", "--node", other, *words) == 2


def test_a_canary_in_a_brief_is_in_no_other_file_log_error_or_output(
    begun: Path, tmp_path: Path, secret: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    briefs = opened_briefs(begun / "briefs.sqlite", PASSPHRASE)
    briefs.keep(CANARY, CANARY.encode())
    briefs.close()
    for words in (
        ["node", "status", "--node", begun],
        ["node", "status", "--node", begun, "--json"],
        ["node", "config", "show", "--node", begun],
        ["node", "backup", tmp_path / "record.sqlite", "--node", begun],
        ["node", "backup", tmp_path / "briefs.backup", "--briefs", "--node", begun, "--passphrase-file", secret],
        ["node", "upgrade", "--node", begun],
        ["record", "show", "--node", begun, "--json"],
        ["record", "log", "--node", begun],
        ["record", "verify", "--node", begun],
    ):
        assert run(*words) == 0, words
    with pytest.raises(NotOpenedError) as wrong:
        opened_briefs(begun / "briefs.sqlite", "wrong")
    told = capfd.readouterr()
    texts = [told.out, told.err, caplog.text, str(wrong.value), repr(wrong.value.__dict__)]
    assert not any(CANARY in text for text in texts)
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path != secret]
    assert len(files) > 7
    for path in files:
        data = path.read_bytes()
        assert CANARY.encode() not in data, path
        assert CANARY.encode().hex().encode() not in data, path
        assert PASSPHRASE.encode() not in data, path


def test_what_handles_the_record_cannot_reach_the_briefs() -> None:
    script = (
        "import sys; import tashawur.node.record, tashawur.node.verifying, tashawur.node.showing, tashawur.node.status, "
        "tashawur.store.sqlite, tashawur.store.sql; sys.exit('tashawur.store.briefs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_log_holds_events_and_no_words_of_the_record(begun: Path, tmp_path: Path) -> None:
    assert run("node", "backup", tmp_path / "copy.sqlite", "--node", begun) == 0
    lines = [json.loads(line) for line in (begun / "log.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["node.made", "record.backed-up"]
    assert set(lines[1]) == {"at", "event", "entries"}
    assert feed("A") not in (begun / "log.jsonl").read_text()
