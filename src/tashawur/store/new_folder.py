"""Writes many files of a consultation at once: a new folder as a whole, or more files and rows for one that stands."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from tashawur.consult.consultation import Consultation
from tashawur.consult.files import NamedFile, read
from tashawur.consult.mechanism import CaseFile
from tashawur.store.folder import consultation_in, consultation_of, files_in, locked
from tashawur.store.yaml_text import yaml_text
from tashawur.terms.errors import UnreadableError, UnwritableError, reason_of
from tashawur.terms.phrases import N_

Files = Mapping[str, str]
"""The texts of files by their names in the folder."""

_MOST: Final = 2_000
"""Files of one kind that a folder may hold before no further name is looked for."""


def must_be_new(folder: Path) -> None:
    """Refuses a folder that holds something already, or cannot be looked at."""
    if not folder.name:
        raise UnwritableError(place="''", why=N_("no folder was named"))
    try:
        if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
            raise UnwritableError(place=str(folder), why=N_("it holds something already; name a new folder"))
    except OSError as error:
        raise UnwritableError(place=str(folder), why=reason_of(error)) from error


def lay_out(folder: Path, files: Files) -> list[Path]:
    """Makes the folder with the files in it, as a whole or not at all; gives their paths.

    It is written beside its place, read back as a consultation, and only then moved there.

    Raises:
        MistakesError: the files would not make a consultation.
        UnwritableError: the folder holds something, or cannot be made.
    """
    must_be_new(folder)
    target = Path(os.path.realpath(folder))
    waiting = target.with_name(f".{os.getpid()}.new")
    try:
        waiting.mkdir(parents=True)
        for name, text in files.items():
            _flushed(waiting / name, text.encode())
        consultation_in(waiting)
        if target.is_dir():
            target.rmdir()
        waiting.rename(target)
    except OSError as error:
        raise UnwritableError(place=str(folder), why=reason_of(error)) from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    return [folder / name for name in files]


def add_files(folder: Path, make: Callable[[Consultation], tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[Path]:
    """Adds what `make` makes of the consultation as it stands: further rows of the case file, and files by their kinds.

    What stands in the folder stays as it is, comments too: rows go to the ends of the lists of the case file, a mapping
    takes the place of the one that was there, and everything else goes into new files. All is written or nothing.
    Gives the paths that were written.

    Raises:
        MistakesError: with the additions, the folder would hold a mistake.
        UnwritableError: the folder cannot be written to, or its case file cannot be added to.
    """
    with locked(folder):
        before = files_in(folder)
        rows, others = make(consultation_of(folder, before))
        case = next(file for file in before if isinstance(file.value, CaseFile))
        written = {_free_name(folder, kind): yaml_text(value) for kind, value in others.items()}
        if rows:
            written[case.name] = _with_rows(folder, case, rows)
        new = [_read(name, text) for name, text in written.items()]
        consultation_of(folder, [*(file for file in before if file.name not in written), *new])
        return _replaced(folder, written)


def _read(name: str, text: str) -> NamedFile:
    found = read(name, text.encode())
    if isinstance(found, NamedFile):
        return found
    raise UnreadableError(place=name, why=N_("its words cannot be written as YAML"))


def _free_name(folder: Path, kind: str) -> str:
    for number in range(1, _MOST):
        name = f"{kind}.yaml" if number == 1 else f"{kind}-{number}.yaml"
        if not os.path.lexists(folder / name):
            return name
    raise UnwritableError(place=str(folder), why=N_("it holds too many files of one kind"))


def _with_rows(folder: Path, case: NamedFile, rows: Mapping[str, Any]) -> str:
    """The text of the case file: rows at the ends of its lists, a mapping in its place, other keys at its end."""
    text = case.text if case.text.endswith("\n") else f"{case.text}\n"
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)  # noqa: S101 - it was read as one
    held = {key.value: node for key, node in root.value}
    starts = {key.value: key.start_mark.line for key, _ in root.value}
    lines = text.splitlines(keepends=True)
    added: list[tuple[int, int, str]] = []
    for key, value in rows.items():
        node = held.get(key)
        if node is None:
            added.append((len(lines), len(lines), yaml_text({key: value})))
        elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
            end = _behind(lines, node)
            added.append((end, end, _as_items(value, lines[node.start_mark.line])))
        elif isinstance(node, yaml.MappingNode):
            added.append((starts[key], _behind(lines, node), yaml_text({key: value})))
    for begin, end, told in sorted(added, reverse=True):
        lines[begin:end] = [told]
    after = "".join(lines)
    if not _holds(case, after, rows):
        raise UnwritableError(
            place=str(folder / case.name),
            why=N_("rows cannot be added to it; put a dash before each row of its lists"),
        )
    return after


def _behind(lines: Sequence[str], node: yaml.CollectionNode) -> int:
    """The line behind the last one of a list or mapping; comments and blank lines there belong to what follows."""
    place: int = node.end_mark.line
    while place > 0 and lines[place - 1].strip()[:1] in ("", "#"):
        place -= 1
    return place


def _as_items(value: Sequence[Any], like: str) -> str:
    """The rows as items of a list that is indented as the line `like` is."""
    indent = like[: len(like) - len(like.lstrip())]
    told = yaml_text({"rows": list(value)}).partition("\n")[2]
    return "".join(f"{indent}{line}\n" for line in told.splitlines())


def _holds(case: NamedFile, after: str, rows: Mapping[str, Any]) -> bool:
    """Whether the text reads as the case with the rows behind its own."""
    found = read(case.name, after.encode())
    if not isinstance(found, NamedFile):
        return False
    for key in (field for field in type(case.value).__struct_fields__):
        mine, theirs = getattr(case.value, key), getattr(found.value, key)
        if key not in rows:
            if mine != theirs:
                return False
        elif isinstance(mine, tuple) and (theirs[: len(mine)] != mine or len(theirs) != len(mine) + len(rows[key])):
            return False
    return True


def _replaced(folder: Path, written: Files) -> list[Path]:
    """Puts all files into their places, or, on a failure, leaves the folder as it was."""
    waiting = {name: folder / f".{os.getpid()}.{place}.new" for place, name in enumerate(written)}
    before = {name: (folder / name).read_bytes() for name in written if (folder / name).exists()}
    try:
        for name, text in written.items():
            _flushed(waiting[name], text.encode())
        for name in written:
            waiting[name].replace(folder / name)
    except BaseException as error:  # a person may break off here too
        for name in written:
            waiting[name].unlink(missing_ok=True)
            if name in before:
                (folder / name).write_bytes(before[name])
            else:
                (folder / name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UnwritableError(place=str(folder), why=reason_of(error)) from error
        raise
    return [folder / name for name in written]


def _flushed(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
