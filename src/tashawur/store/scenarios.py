"""Scenarios of other programs as a folder, an archive or a single file; written as a whole, or not at all."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final

from tashawur.settle.formats.places import LARGEST, At, SourceFile
from tashawur.settle.formats.reading import too_large
from tashawur.terms.errors import ScenarioFileError, UnwritableError, reason_of
from tashawur.terms.phrases import N_

MOST_FILES: Final = 2_000
MOST_BYTES: Final = 4 * LARGEST
"""What a folder or archive may hold, unfolded."""

_KIND: Final = re.compile(rb"(?m)^[\"']?kind[\"']?[ \t]*:")
_BEGINNING: Final = 2**16
_LOOKED_AT: Final = 10 * MOST_FILES
"""Bytes of each file, and files, that are looked at to see whether a folder is that of a consultation."""

_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The day that files in an archive bear, so that the same scenario makes the same bytes."""


def scenario_files(path: Path) -> list[SourceFile]:
    """The files of the folder or archive, or the file itself; those whose names begin with a dot are left out.

    Sizes are looked at before a byte is read.

    Raises:
        ScenarioFileError: the path cannot be read, or holds too many or too large files.
    """
    try:
        if path.is_dir():
            return _bounded(path, _in_folder(path))
        if path.exists() and not path.is_file():
            raise unreadable(str(path), N_("it is no plain file"))
        if zipfile.is_zipfile(path):
            return _bounded(path, _in_archive(path))
        return [SourceFile(path.name, _bytes(path, path.name))]
    except OSError as error:
        raise unreadable(str(error.filename or path), reason_of(error)) from error


def holds_consultation(path: Path) -> bool:
    """Whether a file of YAML in the folder says its kind, as those of a consultation do. Only beginnings are read.

    Raises ScenarioFileError where the folder cannot be read.
    """
    try:
        found = (Path(base, name) for base, _, names in os.walk(path) for name in names)
        return any(
            _says_kind(one)
            for one in islice(found, _LOOKED_AT)
            if one.suffix.lower() in (".yaml", ".yml") and one.is_file()
        )
    except OSError as error:
        raise unreadable(str(error.filename or path), reason_of(error)) from error


def _says_kind(path: Path) -> bool:
    with path.open("rb") as file:
        return bool(_KIND.search(file.read(_BEGINNING)))


def unreadable(place: str, why: str) -> ScenarioFileError:
    """A path that cannot be read."""
    return At(place).error("settle.file-unreadable", N_("it cannot be read"), N_("The reason: {why}."), why=why)


def _bounded(path: Path, files: Iterator[SourceFile]) -> list[SourceFile]:
    found: list[SourceFile] = []
    held = 0
    for file in files:
        found.append(file)
        held += len(file.data)
        if len(found) > MOST_FILES or held > MOST_BYTES:
            raise At(str(path)).error(
                "settle.file-too-many",
                N_("it holds more files, or more bytes, than a scenario has"),
                N_("Name the folder or archive of one scenario alone."),
            )
    return sorted(found, key=lambda file: file.name)


def _in_folder(folder: Path) -> Iterator[SourceFile]:
    def refuse(error: OSError) -> None:
        raise error

    for base, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(base, name)
            if not name.startswith(".") and path.is_file():
                shown = path.relative_to(folder).as_posix()
                yield SourceFile(shown, _bytes(path, shown))


def _bytes(path: Path, shown: str) -> bytes:
    if path.stat().st_size > LARGEST:
        raise too_large(At(shown))
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _in_archive(path: Path) -> Iterator[SourceFile]:
    """The members of the archive, read in memory: nothing is unpacked anywhere."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                name = PurePosixPath(member.filename.replace("\\", "/"))
                if name.is_absolute() or ".." in name.parts:
                    raise At(str(path)).error(
                        "settle.file-outside",
                        N_("the archive names a file outside of itself: {file}"),
                        N_("Do not use it, or pack the files of the scenario anew."),
                        file=member.filename,
                    )
                if member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in name.parts):
                    continue
                yield SourceFile(name.as_posix(), _member(archive, member, f"{path}/{name}"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
        raise At(str(path)).error(
            "settle.file-broken-archive",
            N_("the archive is broken, is encrypted, or is packed in a way that is not read"),
            N_("Pack the files of the scenario anew as a plain zip."),
        ) from error


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str) -> bytes:
    if member.file_size > LARGEST:
        raise too_large(At(shown))
    with archive.open(member) as file:
        # What the archive says of a size need not be true.
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise too_large(At(shown))
    return data


def write_scenario(target: Path, files: Sequence[SourceFile]) -> None:
    """Writes the files into the new or empty folder `target`, or into the new archive where it ends in .zip.

    All is written beside it first and then put in its place, so that a stop leaves nothing half-written.

    Raises:
        UnwritableError: something is there already, or the system refuses it.
    """
    try:
        if target.suffix.lower() == ".zip":
            if os.path.lexists(target):
                raise UnwritableError(place=str(target), why=N_("it holds something already; name a new archive"))
            with _beside(target) as waiting:
                _pack(waiting, files)
                waiting.replace(target)
            return
        if os.path.lexists(target) and (target.is_symlink() or not target.is_dir() or any(target.iterdir())):
            raise UnwritableError(place=str(target), why=N_("it holds something already; name a new folder"))
        with _beside(target) as waiting:
            for file in files:
                path = waiting / file.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.data)
            if target.is_dir():
                target.rmdir()
            waiting.replace(target)
    except OSError as error:
        raise UnwritableError(place=str(target), why=reason_of(error)) from error


def _pack(path: Path, files: Sequence[SourceFile]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, _DAY), file.data, zipfile.ZIP_DEFLATED)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A place of another name in the same folder, which is gone in the end whatever happens."""
    waiting = target.absolute().with_name(f".{os.getpid()}.new")
    try:
        yield waiting
    finally:
        if waiting.is_dir():
            shutil.rmtree(waiting, ignore_errors=True)
        else:
            waiting.unlink(missing_ok=True)
