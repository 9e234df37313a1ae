"""Whatever happens to the files of a node, it says what is wrong in one line, and never calls changed words good."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.recorded import founding
from hypothesis import given, settings
from hypothesis import strategies as st

from journals import spoken
from tashawur.node.backup import backup_briefs
from tashawur.node.config import config
from tashawur.node.keys import public, read_keys
from tashawur.node.record import founded
from tashawur.node.restore import restore_briefs
from tashawur.node.verifying import verified_together
from tashawur.store.briefs import new_briefs, opened_briefs
from tashawur.store.journal import Person
from tashawur.store.sqlite import SqliteJournal
from tashawur.terms.errors import TashawurError

ENTRIES = spoken(20)
IDS = [one.id for one in ENTRIES]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with a few entries, what waits, and a person."""
    path = tmp_path_factory.mktemp("whole") / "journal.sqlite"
    record = founded(SqliteJournal(path, make=True), founding().line)
    record.offer([one.line for one in ENTRIES])
    record.journal.set_person("ab" * 32, Person("Nadezhda", bytes(16)))
    record.close()
    return path


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_journal_with_any_bit_changed_is_good_only_if_every_entry_is_as_it_was(
    whole: Path, place: float, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("flip")
    path = folder / "journal.sqlite"
    data = bytearray(whole.read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    path.write_bytes(data)
    code, ids = "", IDS
    try:
        if verified_together(str(path), 1).whole:
            with closing(SqliteJournal(path, only_read=True)) as journal:
                ids = [one.id for one in journal.entries()]
    except TashawurError as error:
        code = error.code
    finally:
        shutil.rmtree(folder)
    assert code.partition(".")[0] in ("", "journal", "node", "record")
    assert ids == IDS


@given(data=st.binary(max_size=200) | st.text(alphabet='side="AB\n#[]{}.= 0', max_size=60).map(str.encode))
def test_any_bytes_as_settings_or_keys_are_read_or_refused(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "tashawur.toml").write_bytes(data)
    (folder / "keys.json").write_bytes(data)
    (folder / "keys.json").chmod(0o600)
    codes = set()
    for read in (lambda: config(folder, {}), lambda: read_keys(folder / "keys.json")):
        try:
            read()
        except TashawurError as error:
            codes.add(error.code)
    assert codes <= {"node.config", "key.file"}


@settings(max_examples=15)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_backup_of_briefs_with_any_bit_changed_is_refused_or_gives_what_was_kept(
    place: float, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder: Path = tmp_path_factory.mktemp("briefs")
    seed = bytes(range(32))
    briefs = new_briefs(folder / "b.sqlite", "p")
    briefs.keep("A", b"brief")
    backup_briefs(briefs, [public(seed)], folder / "backup")
    briefs.close()
    data = bytearray((folder / "backup").read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    (folder / "backup").write_bytes(data)
    try:
        restore_briefs(folder / "backup", folder / "new.sqlite", seed, "p")
        code = ""
    except TashawurError as error:
        code = error.code
    if code:
        assert code in ("brief.file", "key.passphrase")
        assert not (folder / "new.sqlite").exists()
        return
    with closing(opened_briefs(folder / "new.sqlite", "p")) as again:
        assert again.brief("A") == b"brief"
