"""`tashawur readout`: files of many kinds, one document of JSON, and refusals in one line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pypdf
import pytest
from playwright.sync_api import Browser

from tashawur.node.readouts import readout
from tashawur.papers.readout_page import ShownText, readout_page
from tashawur.readouts.values import schema
from tashawur.store.texts import text_of
from tashawur.terms.errors import UnreadableTextError
from tashawur.terms.vocabulary import LANGUAGES
from test_commands import answered, refused, tashawur
from test_report import browser, opened  # noqa: F401 - the browser of all pages

ENGLISH = "The ministry of Narev said that the sides had agreed to reopen the bridge by 30 April.\n"
RUSSIAN = (
    "МИД Наревы заявил, что стороны договорились открыть мост до 30 апреля. Министр поблагодарил Кельму за помощь.\n"
)
ARABIC = (
    "قالت وزارة خارجية نارفا إن الطرفين اتفقا على فتح الجسر قبل نهاية أبريل. وشكر الوزير مملكة كلما على استضافتها.\n"
)
PAGE = f"""<html><head><title>Talks</title><meta property="article:published_time" content="2026-03-12"></head><body>
<nav>Menu of the page</nav><article><h1>Narev: the bridge will open</h1><p>{ENGLISH}</p>
<p>The other side denied the report about the river and thanked Kelma for hosting the talks.</p></article>
<script>document.write("The ministry said that nothing was agreed.")</script><footer>All rights reserved</footer></body></html>"""


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_text_as_json_is_one_document_of_the_published_schema(tmp_path: Path) -> None:
    path = file(tmp_path, "one.txt", ENGLISH.encode())
    document = json.loads(answered("readout", path, "--json"))
    jsonschema.validate(document, schema())
    assert [(one["act"], one["content"]["text"]) for one in document["statements"]] == [
        ("agreed", "the sides had agreed to reopen the bridge by 30 April")
    ]
    assert [one["action"]["text"] for one in document["commitments"]] == ["reopen the bridge by 30 April"]


def test_the_day_of_publication_fixes_days_without_a_year(tmp_path: Path) -> None:
    path = file(tmp_path, "one.txt", ENGLISH.encode())
    document = json.loads(answered("readout", path, "--json", "--date", "2026-03-12"))
    assert document["statements"][0]["deadline"]["iso"] == "2026-04-30"
    assert json.loads(answered("readout", path, "--json"))["statements"][0]["deadline"]["iso"] is None


@pytest.mark.parametrize(
    ("text", "encoding", "act"),
    [
        (ARABIC, "utf-8", "agreed"),
        (ARABIC, "utf-8-sig", "agreed"),
        (ARABIC, "utf-16", "agreed"),
        (ARABIC, "cp1256", "agreed"),
        (ARABIC, "iso8859-6", "agreed"),
        (RUSSIAN, "cp1251", "agreed"),
        (RUSSIAN, "koi8-r", "agreed"),
        (ENGLISH.replace("said", "said – “") + "”", "cp1252", "agreed"),
    ],
)
def test_texts_in_the_encodings_of_their_languages_are_read(tmp_path: Path, text: str, encoding: str, act: str) -> None:
    plain = text.replace("،", ",") if encoding == "iso8859-6" else text
    found = readout(file(tmp_path, "one.txt", plain.encode(encoding, "ignore")))
    assert found.source.text == plain
    assert act in [one.act for one in found.readout.statements]


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    found = readout(file(tmp_path, "one.txt", (ENGLISH * 2).replace("\n", "\r\n").encode()))
    assert found.source.text.count("\r\n") == 2
    assert len(found.readout.statements) == 2


def test_pages_documents_and_pdf_are_read(tmp_path: Path) -> None:
    page = readout(file(tmp_path, "page.html", PAGE.encode()))
    assert page.readout.document.publication_date == "2026-03-12"
    assert "nothing was agreed" not in page.source.text
    assert {"agreed", "denied", "thanked"} <= {one.act for one in page.readout.statements}
    assert [one.act for one in readout(file(tmp_path, "one.docx", word(ENGLISH.strip()))).readout.statements] == [
        "agreed"
    ]


def test_an_empty_pdf_and_an_encrypted_one_are_refused(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    held = io.BytesIO()
    writer.write(held)
    assert "pictures" in refused("readout", file(tmp_path, "scan.pdf", held.getvalue()))
    writer.encrypt("secret")
    held = io.BytesIO()
    writer.write(held)
    assert "encrypted" in refused("readout", file(tmp_path, "locked.pdf", held.getvalue()))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "no text"),
        ("blank.txt", b" \n\t\n", "no text"),
        ("binary.bin", b"\x00\x01\x02\x03" * 50, "it is no text"),
        ("half.txt", b"\xff\xfe\x00\xd8", "broken"),
        ("archive.zip", b"PK\x03\x04nothing", "damaged"),
        ("broken.pdf", b"%PDF-1.7 nothing", "damaged"),
        ("uk.txt", "Міністерство повідомило про це, і її позицію підтримали всі.".encode(), "language"),
        ("page.html", b"<html><body></body></html>", "no article"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    assert told in refused("readout", file(tmp_path, name, data))


def test_a_huge_file_is_refused_and_a_missing_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as opened_file:
        opened_file.truncate(200 * 2**20)
    assert "64 MB" in refused("readout", path)
    assert "no such file" in refused("readout", tmp_path / "nothing.txt")
    with pytest.raises(UnreadableTextError):
        text_of("bomb", word("x" * 10)[:40])


def test_one_bad_text_keeps_nobody_from_the_others(tmp_path: Path) -> None:
    good, bad = file(tmp_path, "one.txt", ENGLISH.encode()), file(tmp_path, "two.txt", b"")
    done = tashawur("readout", good, bad, "--json")
    document: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 2
    assert [len(one["readout"]["statements"]) for one in document["readouts"]] == [1]
    assert document["refused"] == [{"name": str(bad), "code": "text.unreadable"}]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_view_tells_who_says_what(tmp_path: Path, lang: str) -> None:
    told = answered("readout", file(tmp_path, "one.txt", ENGLISH.encode()), "--plain", "--lang", lang)
    assert "the sides had agreed to reopen the bridge by 30 April" in " ".join(told.split())
    assert "The ministry of Narev" in told


@pytest.mark.parametrize("width", [360, 1100])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_marks_the_text_and_fits_a_phone(
    browser: Browser,  # noqa: F811
    tmp_path: Path,
    lang: str,
    width: int,
) -> None:
    found = [readout(file(tmp_path, f"{n}.txt", text.encode())) for n, text in enumerate((ENGLISH, ARABIC, RUSSIAN))]
    shown = [ShownText(one.source.name, one.source.text, one.readout) for one in found]
    path = tmp_path / "page.html"
    path.write_text(readout_page(shown, "en"), encoding="utf-8")
    page = opened(browser, path, lang, width)
    main = page.locator(f'main[lang="{lang}"]')
    assert main.locator("mark").count() == sum(len(one.readout.statements) for one in found)
    for place, one in enumerate(found):
        words = (
            main.locator("article")
            .nth(place)
            .evaluate(
                "node => { const copy = node.cloneNode(true); copy.querySelectorAll('sup').forEach(x => x.remove()); return copy.textContent }"
            )
        )
        assert words == one.source.text
    assert page.evaluate("document.documentElement.scrollWidth") <= width
