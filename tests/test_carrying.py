"""A side carries its record by hand to another: writes it in the form that can travel, and the other takes it in."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from benchmarks.carried import Held, node_of, small
from benchmarks.recorded import founding, founding_of, party, signing_key

from tashawur.node import carrying
from tashawur.node.carrying import (
    bundle_from,
    export,
    peer_named,
    read_files,
    reply,
    since_in,
    take,
    write_file,
    write_mail,
    write_sheets,
)
from tashawur.node.checking import CheckTogether, check_here
from tashawur.record.events import Refused
from tashawur.terms.errors import (
    MissingPartError,
    NotTakenError,
    UnknownNameError,
    UnreadableError,
    UnwritableError,
)
from tashawur.wire.locked import opener_of

LINES = small(50)
A, B = node_of("A"), node_of("B")
OPENER = opener_of(bytes(signing_key("B node")))


def refusal(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(NotTakenError) as caught:
        call(*arguments)
    return caught.value.rule


def test_a_record_goes_out_for_a_peer_and_comes_in_there(tmp_path: Path) -> None:
    a, b = Held(LINES), Held(LINES[:10])
    (tmp_path / "b.json").write_bytes(reply(B, b))
    since = since_in((tmp_path / "b.json").read_bytes(), founding())
    data = export(A, a, peer_named(A, "B"), since)
    path, beside = write_file(data, tmp_path / "to-b.tsw")
    assert beside.name == "verify.py"
    bundle = bundle_from(read_files([path]), founding(), OPENER)
    assert bundle.lines == tuple(LINES[10:])
    taken = take(bundle, b)
    assert (taken.maker, taken.outcome.admitted, taken.withheld, taken.more) == ("A", 40, (), False)
    assert take(bundle, b).outcome.known == 40
    assert b.ledger.state() == a.ledger.state()


def test_the_same_goes_by_mail_and_a_mail_that_was_cut_is_told(tmp_path: Path) -> None:
    write_mail(export(A, Held(LINES), peer_named(A, "B")), tmp_path / "mail.txt")
    text = (tmp_path / "mail.txt").read_text(encoding="utf-8")
    (tmp_path / "one.eml").write_text("> Dear colleague\r\n> " + text[:9_000].replace("\n", "\r\n> "), encoding="utf-8")
    (tmp_path / "two.eml").write_text(text[8_900:], encoding="utf-8")
    assert refusal(bundle_from, read_files([tmp_path / "one.eml"]), founding(), OPENER) == "blocks.missing"
    whole = read_files([tmp_path / "two.eml", tmp_path / "one.eml"])
    assert bundle_from(whole, founding(), OPENER).lines == tuple(LINES)


def scanned(pages: Sequence[Path]) -> str:
    """What a scanner tells of printed pages, in grey."""
    told = []
    for page in pages:
        _, size, _, dots = page.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        found = zxingcpp.read_barcodes(np.frombuffer(dots, np.uint8).reshape(height, width))
        told += [one.text for one in found]
    return "\n".join(told)


def test_the_same_goes_on_paper_printed_and_scanned(tmp_path: Path) -> None:
    if not (shutil.which("chromium") and shutil.which("pdftoppm")):
        assert not os.environ.get("CI"), "CI must be able to print a page: install chromium and poppler-utils"
        pytest.skip("needs Chromium and pdftoppm (apt-get install chromium poppler-utils)")
    assert write_sheets(export(A, Held(LINES), peer_named(A, "B")), tmp_path / "sheets.html", A, B.party) in (5, 6)
    printing = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=sheets.pdf"]
    subprocess.run(
        [str(shutil.which("chromium")), *printing, "sheets.html"], cwd=tmp_path, check=True, capture_output=True
    )
    subprocess.run(["pdftoppm", "-gray", "-r", "150", "sheets.pdf", "page"], cwd=tmp_path, check=True)
    pages = sorted(tmp_path.glob("page-*.pgm"))
    assert len(pages) in (5, 6)
    text = scanned(pages[::-1]).encode()
    assert bundle_from(text, founding(), OPENER).lines == tuple(LINES)
    assert refusal(bundle_from, scanned(pages[1:]).encode(), founding(), OPENER) == "sheets.missing"


@pytest.mark.parametrize("few", [1, 1_000])
def test_two_processes_come_to_the_verdicts_of_one_on_every_line(few: int) -> None:
    lines = list(LINES)
    for place in (3, 11, 29, 48):
        lines[place] = lines[place][:200] + b"A" + lines[place][201:]
    lines[7], lines[40] = b"", b"\xff"
    with CheckTogether(few) as check:
        together = list(check(lines))
        assert together == list(check_here(lines))
        assert sum(isinstance(one, Refused) for one in together) == 6
        assert list(check([])) == []


def test_the_head_of_a_sheet_tells_in_three_languages_what_it_is(tmp_path: Path) -> None:
    write_sheets(export(A, Held(LINES)), tmp_path / "sheets.html", A, None)
    page = (tmp_path / "sheets.html").read_text(encoding="utf-8")
    assert page.count(founding().fingerprint) == 6
    for lang in ("en", "ar", "ru"):
        assert page.count(f'lang="{lang}" dir=') == 10
    assert "https://" not in page


def test_a_bundle_for_another_node_is_not_opened(tmp_path: Path) -> None:
    data = export(A, Held(LINES), peer_named(A, "H"))
    assert refusal(bundle_from, data, founding(), OPENER) == "bundle.locked"
    assert refusal(bundle_from, data, founding()) == "bundle.locked"
    del tmp_path


def test_what_a_maker_holds_and_left_out_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    a = Held(LINES)
    monkeypatch.setattr(a, "lacking", lambda *_: iter([]))
    taken = take(bundle_from(export(A, a), founding()), Held(LINES[:3]))
    assert len(taken.withheld) == 3
    assert not taken.outcome.lines


def test_a_bundle_in_parts_says_that_more_follows_and_accuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tashawur.wire.bundle.MOST_ENTRIES", 20)
    taken = take(bundle_from(export(A, Held(LINES)), founding()), Held())
    assert (taken.more, taken.withheld) == (True, ())


def test_a_reply_that_is_none_is_told() -> None:
    good = reply(B, Held(LINES))
    assert since_in(good, founding()) == Held(LINES).standing()
    assert refusal(since_in, b"{}", founding()) == "message.form"
    assert refusal(since_in, b"heads", founding()) == "message.form"
    assert refusal(since_in, good.replace(b'"v":1', b'"v":2'), founding()) == "message.newer"
    assert refusal(since_in, good, founding_of(party("A"), party("B"))) == "message.consultation"
    assert refusal(since_in, good.replace(b'"v":1', b'"v":1,"w":1'), founding()) == "json.shape"


def test_files_that_cannot_be_read_or_written_and_peers_that_are_none_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadableError):
        read_files([tmp_path / "none.tsw"])
    with pytest.raises(UnwritableError):
        write_mail(b"x", tmp_path / "no" / "mail.txt")
    for name in ("X", "A", ""):
        with pytest.raises(UnknownNameError, match="B, H"):
            peer_named(A, name)
    (tmp_path / "long.tsw").write_bytes(bytes(100))
    monkeypatch.setattr(carrying, "MOST_BUNDLE", 150)
    assert refusal(read_files, [tmp_path / "long.tsw"] * 2) == "bundle.size"
    monkeypatch.setitem(__import__("sys").modules, "segno", None)
    with pytest.raises(MissingPartError, match="node"):
        write_sheets(b"x", tmp_path / "sheets.html", A, None)
