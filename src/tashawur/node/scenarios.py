"""Brings scenarios of other programs in, and takes them to others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tashawur.node.cases import folder_of
from tashawur.papers.scenario_words import case_words
from tashawur.settle.formats.case_files import case_files, language_of
from tashawur.settle.formats.places import At, SourceFile
from tashawur.settle.formats.profiles import Imported, Note
from tashawur.settle.formats.reading import read
from tashawur.settle.formats.tasks import Written
from tashawur.settle.formats.writing import WRITERS, write
from tashawur.store.scenarios import scenario_files, write_scenario
from tashawur.terms.errors import UnwritableError
from tashawur.terms.phrases import N_

CASE: Final = "case"
TARGETS: Final = (*WRITERS, CASE)
"""What a scenario can be converted to."""

_KIND: Final = re.compile(rb"(?m)^[\"']?kind[\"']?[ \t]*:")

Tell = Callable[[int, int], None]
"""Is told how many bytes of how many were gone through."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What was read, and what was written of it where."""

    imported: Imported
    target: Path
    written: tuple[str, ...]
    notes: tuple[Note, ...]


def imported(source: str, tell: Tell = lambda *_: None) -> Imported:
    """The scenario of another program in the folder, archive or file `source`.

    Raises:
        ScenarioFileError: it cannot be read, or holds a mistake or no scenario.
    """
    path = folder_of(source)
    files = scenario_files(path)
    _refuse_consultation(source, files)
    total, gone = sum(len(file.data) for file in files), 0

    def done(number: int) -> None:
        nonlocal gone
        gone += number
        tell(gone, total)

    return read(files, source, done)


def _refuse_consultation(source: str, files: Sequence[SourceFile]) -> None:
    if any(file.ending in (".yaml", ".yml") and _KIND.search(file.data) for file in files):
        raise At(source).error(
            "settle.file-consultation",
            N_("this is the folder of a consultation, not a scenario of another program"),
            N_("Name a folder or archive with the files of another program."),
        )


def convert(source: str, target: Path, to: str, tell: Tell = lambda *_: None) -> Conversion:
    """Writes the scenario in `source` to `target` in the format `to`, one of `TARGETS`; all of it, or nothing.

    Raises:
        ScenarioFileError: the source cannot be read, or the format cannot hold it.
        UnwritableError: the target holds something already, or cannot be written.
    """
    if not target.name:
        raise UnwritableError(place=str(target), why=N_("it holds something already; name a new folder"))
    found = imported(source, tell)
    written = _written(found, to, target.stem if target.suffix.lower() == ".zip" else target.name)
    write_scenario(target, written.files)
    return Conversion(found, target, tuple(file.name for file in written.files), (*found.notes, *written.notes))


def _written(found: Imported, to: str, name: str) -> Written:
    if to == CASE:
        return case_files(found.scenario, name, case_words(language_of(found.scenario), name), found.exact)
    return write(found.scenario, to, name, found.exact)
