"""A text to read, from a file: plain text, HTML, Word or PDF.

What was decoded is kept as it is: line ends stay, and a byte-order mark is no character of the text. The digest is that
of the file's bytes.
"""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import io
import logging
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Final

from tashawur.terms.errors import UnreadableTextError, reason_of
from tashawur.terms.phrases import N_

LARGEST: Final = 64 * 2**20
"""Bytes of the largest file that is read: a thousand books of press texts."""

TOO_LARGE: Final = N_("it is larger than 64 MB; cut it into texts of their own")
"""Why a file is refused that is larger than that."""

_NOT_THERE: Final = N_("what reads such files is not installed; install it with: pip install tashawur[documents]")
_BROKEN: Final = N_("its characters are broken; save it as UTF-8")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks and what they tell; the first one that fits counts."""
_NOT_READ: Final = (b"{\\rtf", b"\xd0\xcf\x11\xe0", b"II*\0", b"MM\0*", b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
"""How files of formats begin that people take for texts: RTF, Word up to 2003, pictures of a page."""
_PAGE: Final = re.compile(rb"<(!--|!doctype html|html|head|body|title|meta|article|section|div|p|h1|script|style)\b")
_WHOLE_PAGE: Final = re.compile(rb"<html[\s>]", re.IGNORECASE)
_UNSHOWN: Final = ["//noscript", "//textarea", "//template"]
"""Parts of a page that its readers do not see, or that are theirs to fill."""
_SURROGATES: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_EIGHT_BITS: Final = ("cp1251", "cp1256", "koi8-r", "iso8859-6")
_COMMON: Final = frozenset("оеаинтсрвлкмдпуя" + "اليمنوتربعدهسفكحقةأ")
"""The letters that make up most of any Russian or Arabic text."""


for _library in ("htmldate", "pypdf", "trafilatura"):
    # What they note of a damaged file goes to who asked for notes, and not between our lines.
    logging.getLogger(_library).addHandler(logging.NullHandler())

_Read = Callable[[str, bytes], tuple[str, dt.date | None]]


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
    return text_of(str(path), file_bytes(path, str(path)))


def file_bytes(path: Path, name: str) -> bytes:
    """The bytes of a plain file that is not too large; `name` is what it is called in a refusal.

    Raises:
        UnreadableTextError: it is no plain file, too large, or cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise UnreadableTextError(place=name, why=N_("it is no plain file"))
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise UnreadableTextError(place=name, why=TOO_LARGE)
            return file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableTextError(place=name, why=reason_of(error)) from error


def text_of(name: str, data: bytes) -> SourceText:
    """The text that the bytes of a file hold. Raises as `source_text` does."""
    if len(data) > LARGEST:
        raise UnreadableTextError(place=name, why=TOO_LARGE)
    read = _reader(data)
    text, published = read(name, data)
    if not text.strip():
        raise UnreadableTextError(place=name, why=N_("it holds no text"))
    return SourceText(name, text, hashlib.sha256(data).hexdigest(), published)


def _reader(data: bytes) -> _Read:
    """What reads such bytes: the first of them tell."""
    if data.startswith(b"%PDF"):
        return _pdf
    if data.startswith(b"PK\x03\x04"):
        return _word
    if data.startswith(_NOT_READ):
        return _refuse_format
    head = data[:2048].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").lower()
    if _PAGE.match(head) or _WHOLE_PAGE.search(head):
        return _html
    return _plain


def _refuse_format(name: str, data: bytes) -> tuple[str, None]:  # noqa: ARG001 - one of the readers
    raise UnreadableTextError(
        place=name, why=N_("files of its format are not read; save it as plain text, HTML, .docx or PDF with text")
    )


def _plain(name: str, data: bytes) -> tuple[str, None]:
    marked = _by_mark(name, data)
    if marked is not None:
        return marked, None
    if b"\0" in data:
        return _two_bytes(name, data), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decoded(name, data, _guessed(name, data)), None


def _by_mark(name: str, data: bytes) -> str | None:
    """The text of a file that begins with a byte-order mark, without it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _decoded(name, data[len(mark) :], encoding)
            if "\0" in text:
                raise UnreadableTextError(place=name, why=N_("it is no text"))
            return text
    return None


def _two_bytes(name: str, data: bytes) -> str:
    """The text of UTF-16 without its mark: nearly all of it is Latin, Cyrillic or Arabic in one order of the bytes.

    The blanks of such a text hold a zero; in any other text a zero is none of its characters.
    """
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        usual = sum(letter in "\t\n\r" or " " <= letter <= "~" or "\u0400" <= letter <= "\u06ff" for letter in text)
        if usual > 0.9 * len(text) and "\0" not in text:
            return text
    raise UnreadableTextError(place=name, why=N_("it is no text"))


def _decoded(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTextError(place=name, why=_BROKEN) from error


def _guessed(name: str, data: bytes) -> str:
    """The encoding of eight bits in which the text has most of the letters that are common, and fewest capitals."""
    sample = data[:100_000]
    foreign = sum(byte > 127 for byte in sample)
    if foreign < 0.1 * sum(65 <= byte <= 122 for byte in sample):
        if _SURROGATES.search(data):
            raise UnreadableTextError(place=name, why=_BROKEN)
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


def _foreign(read: _Read) -> _Read:
    """A reader by another library: in whatever way it fails on a damaged file, that file is refused."""

    @wraps(read)
    def guarded(name: str, data: bytes) -> tuple[str, dt.date | None]:
        try:
            return read(name, data)
        except (UnreadableTextError, MemoryError):
            raise
        except ImportError as error:
            raise UnreadableTextError(place=name, why=_NOT_THERE) from error
        except Exception as error:
            # Of broken bytes these libraries raise nearly every kind of error.
            raise UnreadableTextError(place=name, why=N_("the file is damaged")) from error

    return guarded


@_foreign
def _html(name: str, data: bytes) -> tuple[str, dt.date | None]:
    import htmldate  # noqa: PLC0415 - an extra, and slow to load
    import trafilatura  # noqa: PLC0415

    page = _by_mark(name, data) or (_two_bytes(name, data) if b"\0" in data else None)
    if page is None and not _WHOLE_PAGE.search(data):
        data = b"<html><body>" + data + b"</body></html>"  # a part of a page, which the library takes for none
    text = trafilatura.extract(page or data, include_comments=False, include_tables=True, prune_xpath=_UNSHOWN)
    if not text:
        raise UnreadableTextError(place=name, why=N_("no article stands in this page"))
    told = page or data.decode("utf-8", "replace")
    found = htmldate.find_date(told, original_date=True, extensive_search=False)
    return text, dt.date.fromisoformat(found) if found else None


@_foreign
def _word(name: str, data: bytes) -> tuple[str, None]:
    import docx  # noqa: PLC0415 - an extra

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(one.file_size for one in archive.infolist())
        if "word/document.xml" not in archive.namelist():
            raise UnreadableTextError(place=name, why=N_("it is an archive and no Word document; unpack it"))
    if unpacked > 4 * LARGEST:
        raise UnreadableTextError(place=name, why=TOO_LARGE)
    document = docx.Document(io.BytesIO(data))
    lines = [line for part in document.iter_inner_content() for line in _lines(part)]
    return "\n".join(lines), None


def _lines(part: object) -> list[str]:
    """The lines of a paragraph, or of a table cell by cell."""
    rows = getattr(part, "rows", None)
    if rows is None:
        return [str(getattr(part, "text", ""))]
    return [cell.text for row in rows for cell in row.cells]


@_foreign
def _pdf(name: str, data: bytes) -> tuple[str, None]:
    import pypdf  # noqa: PLC0415 - an extra

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableTextError(place=name, why=N_("it is encrypted; save it without a password"))
    text = "\n".join(page.extract_text() for page in reader.pages)
    if not text.strip():
        raise UnreadableTextError(place=name, why=N_("its pages are pictures without text; run text recognition first"))
    return text, None
