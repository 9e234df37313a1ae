"""The files with texts that were named: by themselves, in folders, or in archives, in an order that stays the same.

Nothing of an archive is unpacked to the disk. Hidden files are left out, and so are links that lead out of a folder.
What is refused comes in its place among the others, so that they are read all the same.
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Final

from tashawur.store.texts import LARGEST, TOO_LARGE, file_bytes
from tashawur.terms.errors import UnreadableTextError, reason_of
from tashawur.terms.phrases import N_

MOST_MEMBERS: Final = 200_000
"""Files of the largest archive that is read."""
MOST_UNPACKED: Final = 4 * 2**30
"""Bytes to which an archive may unpack."""

_ZIP: Final = (".zip",)
_TAR: Final = (".tar", ".tar.gz", ".tgz")
_NESTED: Final = (*_ZIP, *_TAR, ".gz", ".7z", ".rar", ".bz2", ".xz", ".zst", ".tbz2", ".txz")
_UNSEEN: Final = "__MACOSX"
"""A folder that archives made on one system hold beside the files."""
_TOO_MUCH: Final = N_(
    "it unpacks to more than 4 GB, or holds more than 200,000 files; cut it into archives of their own"
)
_DAMAGED: Final = N_("the archive is damaged from here on; what stands before was read")
_BREAKS: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
)
"""How the library tells that an archive, or a file in it, cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file or archive that is to be read: `size` in bytes on the disk, `kept_as` its place among results."""

    path: str
    kept_as: str
    size: int
    error: UnreadableTextError | None = None


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file with its bytes, or why it is refused; `weight` are the bytes on the disk that were read to get at it."""

    name: str
    kept_as: str
    weight: int
    data: bytes = field(default=b"", repr=False)
    error: UnreadableTextError | None = None


def listed(paths: Iterable[Path], apart: Path | None = None) -> list[Listed]:
    """What is to be read, folder by folder, in the order of names; the folder `apart`, of results, is left out."""
    found: list[Listed] = []
    for path in paths:
        if path.is_dir():
            inside = list(_in_folder(path, apart))
            empty = UnreadableTextError(place=str(path), why=N_("it holds no file"))
            found += inside or [Listed(str(path), "", 0, empty)]
        else:
            found.append(Listed(str(path), path.name, _size(path)))
    return found


def is_one_text(path: Path) -> bool:
    """Whether the path is that of a file with one text, no folder and no archive."""
    return not path.is_dir() and not path.name.lower().endswith((*_ZIP, *_TAR))


def texts_in(wanted: Iterable[Listed]) -> Iterator[FoundFile]:
    """The files, one after the other; those of an archive each by itself."""
    for one in wanted:
        low = one.path.lower()
        if one.error is not None:
            yield FoundFile(_shown(one.path), one.kept_as, one.size, error=one.error)
        elif low.endswith(_ZIP):
            yield from _Archive(one).zipped()
        elif low.endswith(_TAR):
            yield from _Archive(one).tarred()
        else:
            yield _plain(one)


def _plain(one: Listed) -> FoundFile:
    name = _shown(one.path)
    try:
        return FoundFile(name, one.kept_as, one.size, file_bytes(Path(one.path), name))
    except UnreadableTextError as error:
        return FoundFile(name, one.kept_as, one.size, error=error)


def _in_folder(folder: Path, apart: Path | None) -> Iterator[Listed]:
    root = os.path.realpath(folder)
    left_out = None if apart is None else os.path.realpath(apart)
    top = os.path.basename(root)
    refused: list[OSError] = []
    for base, folders, names in os.walk(folder, onerror=refused.append):
        while refused:
            yield _refused(refused.pop())
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and os.path.realpath(os.path.join(base, one)) != left_out
        )
        for name in sorted(names):
            path = Path(base, name)
            if name.startswith(".") or _leaves(path, root):
                continue
            kept_as = PurePosixPath(top, *path.relative_to(folder).parts)
            yield Listed(str(path), _shown(str(kept_as)), _size(path))
    while refused:
        yield _refused(refused.pop())


def _refused(error: OSError) -> Listed:
    place = _shown(str(error.filename))
    return Listed(place, "", 0, UnreadableTextError(place=place, why=reason_of(error)))


def _leaves(path: Path, root: str) -> bool:
    """Whether the path is a link that leads out of the folder."""
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root)


def _size(path: Path) -> int:
    """The bytes of the file on the disk; 0 of one that cannot be looked at, which its reading will tell."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _shown(name: str) -> str:
    """The name as one line can show it: what is no text, or turns the direction, by its number."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in name)


class _Archive:
    """One archive, its files given one by one."""

    def __init__(self, archive: Listed) -> None:
        self._listed = archive
        self._name = _shown(archive.path)
        self._weighed = 0

    def zipped(self) -> Iterator[FoundFile]:
        """The files of a .zip archive, in its order."""
        try:
            with zipfile.ZipFile(self._listed.path) as archive:
                infos = archive.infolist()
                if len(infos) > MOST_MEMBERS or sum(one.file_size for one in infos) > MOST_UNPACKED:
                    yield self._end(_TOO_MUCH)
                    return
                for info in infos:
                    if not info.is_dir() and not _is_link(info) and not _hidden(info.filename):
                        yield self._zipped(archive, info)
        except _BREAKS as error:
            yield self._end(_why(error))
            return
        yield from self._nothing()

    def _zipped(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> FoundFile:
        why = _wrong(info.filename, info.file_size)
        if info.flag_bits & 1:
            why = N_("it is encrypted; save it without a password")
        if why is not None:
            return self._found(info.filename, info.compress_size, why=why)
        try:
            with archive.open(info) as opened:
                data = opened.read(LARGEST + 1)
        except _BREAKS:
            return self._found(info.filename, info.compress_size, why=N_("the file is damaged"))
        return self._found(info.filename, info.compress_size, data)

    def tarred(self) -> Iterator[FoundFile]:
        """The files of a .tar archive, packed or not, in its order."""
        try:
            with open(self._listed.path, "rb") as raw:
                packed = not self._listed.path.lower().endswith(".tar")
                opened = _Bounded(gzip.GzipFile(fileobj=raw)) if packed else _Bounded(raw)
                with tarfile.open(fileobj=opened, mode="r:") as archive:
                    yield from self._members(archive, raw)
        except _BREAKS as error:
            yield self._end(_why(error))
            return
        yield from self._nothing()

    def _members(self, archive: tarfile.TarFile, raw: IO[bytes]) -> Iterator[FoundFile]:
        for number, member in enumerate(archive):
            if number >= MOST_MEMBERS or member.offset_data + member.size > MOST_UNPACKED:
                yield self._end(_TOO_MUCH)
                return
            if not member.isreg() or _hidden(member.name):
                continue
            why = _wrong(member.name, member.size)
            opened = archive.extractfile(member) if why is None else None
            data = opened.read(LARGEST + 1) if opened is not None else b""
            yield self._found(member.name, raw.tell() - self._weighed, data, why=why)

    def _found(self, member: str, weight: int, data: bytes = b"", *, why: str | None = None) -> FoundFile:
        self._weighed += weight
        name = f"{self._name}/{_shown(member)}"
        error = None if why is None else UnreadableTextError(place=name, why=why)
        kept_as = "/".join((self._listed.kept_as, *_parts(member)))
        return FoundFile(name, _shown(kept_as), weight, data, error)

    def _end(self, why: str) -> FoundFile:
        """What stands for the rest of an archive that cannot be read on."""
        self._weighed = max(self._weighed, 1)
        rest = max(0, self._listed.size - self._weighed)
        return FoundFile(self._name, "", rest, error=UnreadableTextError(place=self._name, why=why))

    def _nothing(self) -> Iterator[FoundFile]:
        """A refusal of an archive without files."""
        if not self._weighed:
            yield self._end(N_("it holds no file"))


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _hidden(member: str) -> bool:
    return any((part.startswith(".") and part not in (".", "..")) or part == _UNSEEN for part in _parts(member))


def _parts(member: str) -> Sequence[str]:
    """The steps of the path of a file in an archive, whichever system wrote it."""
    return member.replace("\\", "/").split("/")


def _wrong(member: str, size: int) -> str | None:
    """Why a file of an archive is not looked at."""
    parts = _parts(member)
    if ".." in parts or not parts[0] or ":" in parts[0]:
        return N_("its name leads out of the archive")
    if member.lower().endswith(_NESTED):
        return N_("it is an archive inside an archive; unpack it")
    return TOO_LARGE if size > LARGEST else None


def _why(error: Exception) -> str:
    """Why an archive cannot be read on: the system refuses it, or it is damaged."""
    if isinstance(error, OSError) and error.errno and not isinstance(error, gzip.BadGzipFile):
        return reason_of(error)
    return _DAMAGED


class _Bounded(io.RawIOBase):
    """Bytes of an archive, of which nobody can ask for so many at once that they would fill the memory.

    An archive tells how long its own notes on a file are; a bad one tells that they are a thousand times its size.
    """

    def __init__(self, opened: gzip.GzipFile | IO[bytes]) -> None:
        super().__init__()
        self._opened = opened

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= 2 * LARGEST:
            raise tarfile.ReadError
        return self._opened.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._opened.seek(offset, whence)

    def tell(self) -> int:
        return self._opened.tell()
