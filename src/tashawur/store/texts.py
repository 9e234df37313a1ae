"""A text to read, from a file: plain text, HTML, Word or PDF.

What was decoded is kept as it is: line ends stay, and a byte-order mark is no character of the text. The digest is that
of the file's bytes.
"""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tashawur.terms.errors import UnreadableTextError, reason_of
from tashawur.terms.phrases import N_

LARGEST: Final = 64 * 2**20
"""Bytes of the largest file that is read: a thousand books of press texts."""

_NOT_THERE: Final = N_("what reads such files is not installed; install it with: pip install tashawur[documents]")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EIGHT_BITS: Final = ("cp1251", "cp1256", "koi8-r", "iso8859-6")
_COMMON: Final = frozenset("оеаинтсрвлкмдпуя" + "اليمنوتربعدهسفكحقةأ")
"""The letters that make up most of any Russian or Arabic text."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text with where it is from; `published` is its day where the file tells it."""

    name: str
    text: str = field(repr=False)
    sha256: str
    published: dt.date | None = None


def source_text(path: Path) -> SourceText:
    """The text that the file holds.

    Raises:
        UnreadableTextError: it holds none, is too large, is encrypted or scanned, or what reads it is not installed.
    """
    try:
        if path.exists() and not path.is_file():
            raise UnreadableTextError(place=str(path), why=N_("it is no plain file"))
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableTextError(place=str(path), why=reason_of(error)) from error
    return text_of(str(path), data)


def text_of(name: str, data: bytes) -> SourceText:
    """The text that the bytes of a file hold. Raises as `source_text` does."""
    if len(data) > LARGEST:
        raise UnreadableTextError(place=name, why=N_("it is larger than 64 MB; cut it into texts of their own"))
    read = _reader(data)
    text, published = read(name, data)
    if not text.strip():
        raise UnreadableTextError(place=name, why=N_("it holds no text"))
    return SourceText(name, text, hashlib.sha256(data).hexdigest(), published)


_Read = Callable[[str, bytes], tuple[str, dt.date | None]]


def _reader(data: bytes) -> _Read:
    """What reads such bytes: the first of them tell."""
    if data.startswith(b"%PDF"):
        return _pdf
    if data.startswith(b"PK\x03\x04"):
        return _word
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or re.search(rb"<html[\s>]", head):
        return _html
    return _plain


def _plain(name: str, data: bytes) -> tuple[str, None]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _decoded(name, data[len(mark) :], encoding), None
    if b"\0" in data[:4096]:
        raise UnreadableTextError(place=name, why=N_("it is no text"))
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decoded(name, data, _guessed(name, data)), None


def _decoded(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTextError(place=name, why=N_("its characters are broken; save it as UTF-8")) from error


def _guessed(name: str, data: bytes) -> str:
    """The encoding of eight bits in which the text has most of the letters that are common, and fewest capitals."""
    sample = data[:100_000]
    foreign = sum(byte > 127 for byte in sample)
    if foreign < 0.1 * sum(65 <= byte <= 122 for byte in sample):
        return "cp1252"
    scores = {encoding: _score(sample, encoding) for encoding in _EIGHT_BITS}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < 0.4 * foreign:
        raise UnreadableTextError(place=name, why=N_("its encoding is not known; save it as UTF-8"))
    return best


def _score(sample: bytes, encoding: str) -> int:
    text = sample.decode(encoding, "replace")
    strange = sum(letter.isupper() and not letter.isascii() for letter in text) + 4 * text.count("\ufffd")
    return sum(letter in _COMMON for letter in text) - strange


def _html(name: str, data: bytes) -> tuple[str, dt.date | None]:
    try:
        import htmldate  # noqa: PLC0415 - an extra, and slow to load
        import trafilatura  # noqa: PLC0415
    except ImportError as error:
        raise UnreadableTextError(place=name, why=_NOT_THERE) from error
    text = trafilatura.extract(data, include_comments=False, include_tables=True)
    if not text:
        raise UnreadableTextError(place=name, why=N_("no article stands in this page"))
    found = htmldate.find_date(data.decode("utf-8", "replace"), original_date=True, extensive_search=False)
    return text, dt.date.fromisoformat(found) if found else None


def _word(name: str, data: bytes) -> tuple[str, None]:
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UnreadableTextError(place=name, why=_NOT_THERE) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
            if "word/document.xml" not in archive.namelist():
                raise UnreadableTextError(place=name, why=N_("it is an archive and no Word document; unpack it"))
        if unpacked > 4 * LARGEST:
            raise UnreadableTextError(place=name, why=N_("it is larger than 64 MB; cut it into texts of their own"))
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnreadableTextError(place=name, why=N_("the file is damaged")) from error
    lines = [line for part in document.iter_inner_content() for line in _lines(part)]
    return "\n".join(lines), None


def _lines(part: object) -> list[str]:
    """The lines of a paragraph, or of a table cell by cell."""
    rows = getattr(part, "rows", None)
    if rows is None:
        return [str(getattr(part, "text", ""))]
    return [cell.text for row in rows for cell in row.cells]


def _pdf(name: str, data: bytes) -> tuple[str, None]:
    try:
        import pypdf  # noqa: PLC0415 - an extra
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError as error:
        raise UnreadableTextError(place=name, why=_NOT_THERE) from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableTextError(place=name, why=N_("it is encrypted; save it without a password"))
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, RecursionError) as error:
        raise UnreadableTextError(place=name, why=N_("the file is damaged")) from error
    if not text.strip():
        raise UnreadableTextError(place=name, why=N_("its pages are pictures without text; run text recognition first"))
    return text, None
