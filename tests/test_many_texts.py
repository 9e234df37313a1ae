"""Folders and archives of texts: read one after the other, on all cores, kept, stopped and carried on."""

from __future__ import annotations

import io
import json
import os
import pickle
import signal
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from distributed import LocalCluster

from conftest import write
from tashawur.cli.reading_progress import ReadingProgress
from tashawur.node import executors, many_texts
from tashawur.node.executors import Helpers
from tashawur.node.many_texts import Order, Outcome, Reading
from tashawur.papers.words import Words
from tashawur.readouts.values import schema
from tashawur.store import text_files
from tashawur.store.texts import LARGEST
from tashawur.terms.errors import ClusterError, LostWorkerError, UnreadableTextError, UnwritableError
from tashawur.terms.vocabulary import LANGUAGES
from test_commands import answered, refused, tashawur
from test_readout_command import ARABIC, ENGLISH, RUSSIAN

PERSIAN = "وزارت امور خارجه اعلام کرد که دو طرف در این باره توافق کردند."
FILES: Mapping[str, str | bytes] = {
    "b/two.txt": RUSSIAN,
    "b/one.txt": ARABIC,
    "a.txt": ENGLISH,
    "c.txt": PERSIAN,
    "z.txt": b"",
}
ORDER = ["a.txt", "c.txt", "z.txt", "b/one.txt", "b/two.txt"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "press", FILES)


def read(path: Path, **how: Any) -> list[Outcome]:
    with closing(Reading(Order([path], **how)).outcomes()) as outcomes:
        return list(outcomes)


def codes(found: list[Outcome]) -> dict[str, str]:
    return {one.name: one.error.code for one in found if one.error is not None}


def whys(found: list[Outcome]) -> dict[str, str]:
    return {one.name.rpartition("/")[2]: one.error.words["why"] for one in found if one.error is not None}


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as archive:
        for name, data in files.items():
            held = data if isinstance(data, bytes) else data.encode()
            info = tarfile.TarInfo(name)
            info.size = len(held)
            archive.addfile(info, io.BytesIO(held))
    return path


def test_a_folder_as_json_is_one_document_in_the_order_of_names(folder: Path) -> None:
    done = tashawur("readout", folder, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 2
    assert [Path(one["name"]) for one in document["readouts"]] == [
        folder / name for name in ("a.txt", "b/one.txt", "b/two.txt")
    ]
    for one in document["readouts"]:
        jsonschema.validate(one["readout"], schema())
        assert one["readout"]["statements"]
    assert document["refused"] == [
        {"name": str(folder / "c.txt"), "code": "text.language"},
        {"name": str(folder / "z.txt"), "code": "text.unreadable"},
    ]
    assert "is in Persian" in done.stderr
    assert "3 texts were read; the others were not" in done.stderr


def test_a_folder_of_one_text_is_a_document_of_several(tmp_path: Path) -> None:
    folder = write(tmp_path / "press", {"a.txt": ENGLISH})
    assert [Path(one["name"]) for one in json.loads(answered("readout", folder, "--json"))["readouts"]] == [
        folder / "a.txt"
    ]


def test_each_text_is_a_line_where_lines_are_asked_for(folder: Path) -> None:
    lines = [json.loads(line) for line in tashawur("readout", folder, "--json-lines").stdout.splitlines()]
    assert [Path(one["name"]) for one in lines] == [folder / name for name in ORDER]
    assert [one.get("code") for one in lines] == [None, "text.language", "text.unreadable", None, None]
    one = json.loads(answered("readout", folder / "a.txt", "--json"))
    assert lines[0]["readout"] == one


def test_hidden_files_and_links_that_lead_out_are_left_out(folder: Path) -> None:
    write(folder, {".hidden/x.txt": ENGLISH, ".x.txt": ENGLISH})
    outside = write(folder.parent / "other", {"x.txt": ENGLISH})
    (folder / "out.txt").symlink_to(outside / "x.txt")
    (folder / "out").symlink_to(outside, target_is_directory=True)
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    names = [Path(one.name).relative_to(folder).as_posix() for one in read(folder)]
    assert names == ["a.txt", "c.txt", "inside.txt", "z.txt", "b/one.txt", "b/two.txt"]


@pytest.mark.parametrize(
    ("name", "make"), [("press.zip", zipped), ("press.tar", tarred), ("press.tgz", tarred), ("press.tar.gz", tarred)]
)
def test_an_archive_is_read_like_its_folder(
    folder: Path, name: str, make: Callable[[Path, Mapping[str, str | bytes]], Path]
) -> None:
    path = make(folder.parent / name, {one: FILES[one] for one in ORDER} | {"__MACOSX/a.txt": "x", ".b/a.txt": "x"})
    found, beside = read(path), read(folder)
    assert [one.name for one in found] == [f"{path}/{one}" for one in ORDER]
    assert [one.encoded for one in found] == [one.encoded for one in beside]
    assert list(codes(found).values()) == list(codes(beside).values())
    assert sum(one.weight for one in found) <= path.stat().st_size


def test_an_archive_in_a_folder_is_read_too(folder: Path) -> None:
    zipped(folder / "more.zip", {"m.txt": ENGLISH})
    assert [one.name for one in read(folder)][2] == f"{folder}/more.zip/m.txt"


@pytest.mark.parametrize("make", [zipped, tarred])
def test_of_an_archive_no_name_leads_out_and_no_archive_in_it_is_opened(
    tmp_path: Path, make: Callable[[Path, Mapping[str, str | bytes]], Path]
) -> None:
    bad = ["../up.txt", "a/../../up.txt", "/etc/root.txt", "C:/win.txt", "..\\win.txt"]
    inner = ["in.zip", "in.tar.gz", "in.7z"]
    path = make(tmp_path / ("x.zip" if make is zipped else "x.tgz"), dict.fromkeys([*bad, *inner, "a.txt"], ENGLISH))
    found = read(path, into=tmp_path / "kept")
    assert [one.error is None for one in found] == [False] * 8 + [True]
    assert all("leads out" in one.error.words["why"] for one in found[:5] if one.error)
    assert all("inside an archive" in one.error.words["why"] for one in found[5:8] if one.error)
    assert [one.relative_to(tmp_path) for one in tmp_path.rglob("*.json")] == [Path("kept") / path.name / "a.txt.json"]


def test_links_and_devices_in_an_archive_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind in (
            ("link.txt", tarfile.SYMTYPE),
            ("pipe.txt", tarfile.FIFOTYPE),
            ("hard.txt", tarfile.LNKTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    linked = zipfile.ZipInfo("link.txt")
    linked.external_attr = 0o120777 << 16
    other = tmp_path / "x.zip"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr(linked, "/etc/passwd")
    assert whys(read(path)) == {"x.tar": "it holds no file"}
    assert whys(read(other)) == {"x.zip": "it holds no file"}


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = b"\0" * (LARGEST + 1)
    for make, name in ((zipped, "x.zip"), (tarred, "x.tgz")):
        found = read(make(tmp_path / name, {"bomb.txt": large, "a.txt": ENGLISH}))
        assert "64 MB" in whys(found)["bomb.txt"]
        assert found[1].error is None
    monkeypatch.setattr(text_files, "MOST_UNPACKED", 10_000)
    for name in ("x.zip", "x.tgz"):
        assert "4 GB" in whys(read(tmp_path / name))[name]
    monkeypatch.setattr(text_files, "MOST_MEMBERS", 1)
    monkeypatch.setattr(text_files, "MOST_UNPACKED", 2**40)
    for name in ("x.zip", "x.tgz"):
        assert "200,000 files" in whys(read(tmp_path / name))[name]


def test_an_archive_that_tells_of_endless_notes_does_not_fill_the_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("notes")
    info.type, info.size = tarfile.XHDTYPE, 2**32
    path = tmp_path / "x.tar"
    path.write_bytes(info.tobuf(tarfile.USTAR_FORMAT) + b"0" * 10_000)
    assert "damaged" in whys(read(path))["x.tar"]


def test_of_a_damaged_archive_what_stands_before_the_damage_is_read(tmp_path: Path) -> None:
    many = {f"{n:03}.txt": ENGLISH + str(int.from_bytes(os.urandom(1_500))) for n in range(40)}
    path = tarred(tmp_path / "x.tgz", many)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found = read(path)
    assert 5 < sum(one.error is None for one in found) < 40
    assert found[-1].error is not None
    assert "damaged" in found[-1].error.words["why"]
    (tmp_path / "y.zip").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "z.tar").write_bytes(b"nothing")
    assert [list(whys(read(tmp_path / name)).values()) for name in ("y.zip", "z.tar")] == [
        [text_files._DAMAGED],
        [text_files._DAMAGED],
    ]


def test_an_encrypted_or_broken_file_of_an_archive_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "x.zip", {"a.txt": ENGLISH, "b.txt": RUSSIAN, "c.txt": ENGLISH}).read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 8] |= 1
    data[data.index(b"c.txt") + 8] ^= 0xFF
    (tmp_path / "x.zip").write_bytes(data)
    found = read(tmp_path / "x.zip")
    assert found[0].error is None
    assert "encrypted" in whys(found)["b.txt"]
    assert whys(found)["c.txt"] == "the file is damaged"


def test_empty_folders_and_archives_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "it holds no file" in refused("readout", tmp_path / "empty")
    assert "it holds no file" in refused("readout", zipped(tmp_path / "x.zip", {}))
    assert "no such file" in refused("readout", tmp_path / "none.zip")


def test_names_that_no_line_can_show_are_shown_by_numbers(tmp_path: Path) -> None:
    write(tmp_path / "press", {"a\nb\u202e.txt": ENGLISH})
    os.mkdir(os.path.join(os.fsencode(tmp_path / "press"), b"\xff"))
    with open(os.path.join(os.fsencode(tmp_path / "press"), b"\xff", b"c.txt"), "wb") as file:
        file.write(ENGLISH.encode())
    lines = answered("readout", tmp_path / "press", "--json-lines").splitlines()
    assert [json.loads(line)["name"].rpartition("press/")[2] for line in lines] == [
        "a\\nb\\u202e.txt",
        "\\udcff/c.txt",
    ]


def kept(into: Path) -> dict[str, dict[str, Any]]:
    return {path.relative_to(into).as_posix(): json.loads(path.read_bytes()) for path in into.rglob("*.json")}


def test_each_readout_is_kept_in_a_file_and_not_read_again(folder: Path, tmp_path: Path) -> None:
    into = tmp_path / "kept"
    first = tashawur("readout", folder, "--keep", into)
    assert first.returncode == 2
    assert first.stdout == f"Kept in {into}: 3 texts read\n"
    files = kept(into)
    assert sorted(files) == ["press/a.txt.json", "press/b/one.txt.json", "press/b/two.txt.json"]
    assert files["press/a.txt.json"]["rules"] == many_texts.rules()
    for one in files.values():
        jsonschema.validate(one["readout"], schema())
    before = {path: path.stat().st_mtime_ns for path in into.rglob("*.json")}
    again = tashawur("readout", folder, "--keep", into, "--json")
    assert f"Kept in {into}: 3 texts read, 3 of them before" in again.stderr
    assert {path: path.stat().st_mtime_ns for path in into.rglob("*.json")} == before
    assert [one["readout"] for one in json.loads(again.stdout)["readouts"]] == [
        files[name]["readout"] for name in files
    ]


def test_what_changed_is_read_anew(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def known(**how: Any) -> list[bool]:
        return [one.known for one in read(folder, into=tmp_path / "kept", **how) if one.error is None]

    assert known() == [False, False, False]
    (folder / "a.txt").write_text(ENGLISH * 2)
    assert known() == [False, True, True]
    (tmp_path / "kept/press/b/one.txt.json").write_text('{"name": "a half')
    assert known() == [True, False, True]
    import datetime as dt

    assert known(published=dt.date(2026, 3, 12)) == [False, False, False]
    monkeypatch.setattr(many_texts, "rules", lambda: "others")
    assert known(published=dt.date(2026, 3, 12)) == [False, False, False]
    assert known(published=dt.date(2026, 3, 12)) == [True, True, True]


def test_a_folder_of_results_inside_the_folder_is_left_out(folder: Path) -> None:
    names = [[one.name for one in read(folder, into=folder / "kept")] for _ in range(2)]
    assert names[0] == names[1]
    assert len(names[0]) == len(FILES)


def test_texts_of_one_name_are_not_kept_in_one_place(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", ENGLISH)
        archive.writestr("A.TXT", ENGLISH)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", ENGLISH)
    found = read(tmp_path / "x.zip", into=tmp_path / "kept")
    assert [one.error is None for one in found] == [True, False, False]
    assert [one.error is None for one in read(tmp_path / "x.zip")] == [True, True, True]
    one, two = write(tmp_path / "1", {"a.txt": ENGLISH}), write(tmp_path / "2", {"a.txt": RUSSIAN})
    assert "named twice" in refused("readout", one / "a.txt", two / "a.txt", "--keep", tmp_path / "kept")
    assert "another folder" in refused("readout", one, "--keep", one)


def test_a_name_of_any_length_is_kept(tmp_path: Path) -> None:
    name = "я" * 120 + ".txt"
    folder = write(tmp_path / "press", {name: RUSSIAN, "я" * 119 + "ю.txt": RUSSIAN})
    assert [one.error for one in read(folder, into=tmp_path / "kept")] == [None, None]
    assert len(kept(tmp_path / "kept")) == 2


def test_a_folder_that_cannot_be_written_ends_the_reading_in_a_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/press").write_text("a file in the way")
    with pytest.raises(UnwritableError):
        read(folder, into=tmp_path / "kept")
    assert "papers.unwritable" in refused("readout", folder, "--keep", tmp_path / "kept", "--json")


@pytest.fixture
def all_help(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has others help with the smallest of folders."""
    monkeypatch.setattr(many_texts, "_SMALL", 0)
    monkeypatch.setattr(many_texts, "_CHUNK_TEXTS", 2)


@pytest.mark.usefixtures("all_help")
def test_all_cores_give_what_one_gives_in_the_same_order(folder: Path) -> None:
    write(folder, {f"many/{n:02}.txt": text * (n % 5) for n, text in enumerate([ARABIC, ENGLISH, RUSSIAN, ""] * 6)})
    alone, together = read(folder, jobs=1), read(folder, jobs=2)
    assert [(one.name, one.encoded) for one in together] == [(one.name, one.encoded) for one in alone]
    assert codes(together) == codes(alone)


@pytest.mark.usefixtures("all_help")
def test_a_cluster_gives_what_one_process_gives(folder: Path, tmp_path: Path) -> None:
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0") as local:
        found = read(folder, cluster=local.scheduler_address, into=tmp_path / "kept")
        assert [(one.name, one.encoded) for one in found] == [(one.name, one.encoded) for one in read(folder)]
        assert len(kept(tmp_path / "kept")) == 3
        here = threading.current_thread
        with (
            pytest.raises(ClusterError, match="version"),
            executors.cluster(local.scheduler_address, lambda: here().name),
        ):
            pytest.fail("workers with other rules were taken")


def test_a_cluster_that_is_not_there_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_PATIENCE", 0.3)
    with pytest.raises(ClusterError, match="nobody answers"):
        read(folder, cluster="tcp://127.0.0.1:9")
    with pytest.raises(ClusterError, match="nobody answers"):
        read(folder, cluster="nonsense")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install tashawur\[cluster\]"):
        read(folder, cluster="tcp://127.0.0.1:9")


class _Recording(Executor):
    """Works here, and keeps what would travel."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.sent.append(pickle.dumps((fn, args, kwargs)))
        call, given, named = pickle.loads(self.sent[-1])  # noqa: S301 - our own bytes
        done: Future[Any] = Future()
        done.set_result(pickle.loads(pickle.dumps(call(*given, **named))))  # noqa: S301
        return done


@pytest.mark.usefixtures("all_help")
def test_only_the_texts_travel(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = _Recording()

    @contextmanager
    def recorded(number: int) -> Iterator[Helpers]:
        yield Helpers(recording, number)

    monkeypatch.setattr(executors, "processes", recorded)
    found = read(folder, jobs=2)
    assert sum(one.error is None for one in found) == 3
    sent = b"".join(recording.sent)
    assert ENGLISH.encode() in sent
    assert b"press" not in sent
    assert b"a.txt" not in sent


def test_a_process_that_is_lost_is_told() -> None:
    with pytest.raises(LostWorkerError), executors.processes(1) as helpers:
        helpers.executor.submit(os._exit, 1).result()


def test_texts_are_opened_one_after_the_other_and_not_all_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "press", {f"{n:04}.txt": ENGLISH for n in range(400)})
    with closing(Reading(Order([folder])).outcomes()) as outcomes:
        assert next(outcomes).error is None
        for path in folder.iterdir():
            path.unlink()
        rest = list(outcomes)
    assert sum(one.error is None for one in rest) < 150
    assert len(rest) == 399


def many(folder: Path, number: int) -> Path:
    return write(
        folder, {f"{n // 100:02}/{n:04}.txt": (ENGLISH + RUSSIAN + ARABIC) * 4 + str(n) for n in range(number)}
    )


@pytest.mark.skipif(os.name == "nt", reason="that system sends no such signal to one process")
@pytest.mark.parametrize(("jobs", "how"), [("1", signal.SIGINT), ("2", signal.SIGINT), ("2", signal.SIGKILL)])
def test_a_reading_that_was_stopped_is_carried_on(tmp_path: Path, jobs: str, how: int) -> None:
    folder, into = many(tmp_path / "press", 600), tmp_path / "kept"
    call = [
        sys.executable,
        "-m",
        "tashawur",
        "readout",
        str(folder),
        "--keep",
        str(into),
        "--jobs",
        jobs,
        "--lang",
        "en",
    ]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        until = time.monotonic() + 60
        while not list(into.rglob("*.json")):
            assert time.monotonic() < until
            time.sleep(0.02)
        running.send_signal(how)
        told = running.communicate(timeout=60)[1]
    files = kept(into)  # each of them whole
    assert 0 < len(files) < 600
    if how == signal.SIGINT:
        assert running.returncode == 2
        assert "The same command carries on from there." in told
        assert "Traceback" not in told
        assert not list(into.rglob(".*"))
    before = {path: path.stat().st_mtime_ns for path in into.rglob("*.json")}
    done = answered("readout", folder, "--keep", into, "--jobs", jobs)
    assert done == f"Kept in {into}: 600 texts read, {len(files)} of them before\n"
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(kept(into)) == 600


@pytest.mark.skipif(os.name == "nt", reason="that system sends no such signal to one process")
def test_json_of_a_reading_that_was_stopped_is_one_document(tmp_path: Path) -> None:
    folder = many(tmp_path / "press", 600)
    call = [sys.executable, "-m", "tashawur", "readout", str(folder), "--json", "--jobs", "1", "--lang", "en"]
    out = tmp_path / "out.json"
    with out.open("wb") as file, subprocess.Popen(call, stdout=file, stderr=subprocess.PIPE, text=True) as running:
        until = time.monotonic() + 60
        while out.stat().st_size < 100_000:
            assert time.monotonic() < until
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        told = running.communicate(timeout=60)[1]
    document = json.loads(out.read_bytes())
    assert document["stopped"] is True
    assert 0 < len(document["readouts"]) < 600
    assert "With --keep FOLDER" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_progress_tells_how_many_how_far_and_how_long(lang: str) -> None:
    progress = ReadingProgress(Words(lang), 1_000, shown=True)
    told = progress.line()
    assert "0 %" in told or "0%" in told
    progress.count(Outcome("a", 250, b"{}"))
    progress.count(Outcome("b", 250, known=True, encoded=b"{}"))
    progress.count(Outcome("c", 0, error=UnreadableTextError(place="c", why="")))
    told = progress.line()
    assert "2" in told
    assert "50" in told
    assert "0:00:00" in told


def test_a_short_reading_tells_no_progress(folder: Path) -> None:
    assert tashawur("readout", folder, "--json").stderr.count("\n") == 3


def test_a_page_of_more_texts_than_a_browser_shows_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "press", {f"{n:03}.txt": ENGLISH for n in range(201)})
    done = tashawur("readout", folder, "--keep", tmp_path / "kept", "--report", tmp_path / "page.html")
    assert done.returncode == 2
    assert "at most 200 texts" in done.stderr
    assert len(kept(tmp_path / "kept")) == 201
    (folder / "200.txt").unlink()
    answered("readout", folder, "--keep", tmp_path / "kept", "--report", tmp_path / "page.html")
    assert (tmp_path / "page.html").exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--json", "--json-lines"], "exclude each other"),
        (["--keep", "x", "--propose"], "exclude each other"),
        (["--jobs", "0"], "from 1 on"),
        (["--jobs", "two"], "from 1 on"),
        (["--cluster", "tcp://127.0.0.1:9", "--jobs", "2"], "exclude each other"),
    ],
)
def test_options_that_make_no_sense_are_refused(folder: Path, options: list[str], told: str) -> None:
    assert told in refused("readout", folder, *options)
