"""Brings scenarios of other programs in, and takes them to others."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tashawur.consult.consultation import Consultation
from tashawur.node.cases import consultation, folder_of
from tashawur.papers.scenario_words import case_words
from tashawur.settle.case import drawn
from tashawur.settle.formats import CASE
from tashawur.settle.formats.case_files import case_files, language_of
from tashawur.settle.formats.profiles import Exact, Imported, Note
from tashawur.settle.formats.reading import read
from tashawur.settle.formats.tasks import Written
from tashawur.settle.formats.writing import write
from tashawur.store.scenarios import holds_consultation, scenario_files, write_scenario
from tashawur.terms.errors import InWordsError, UnwritableError
from tashawur.terms.phrases import N_
from tashawur.terms.progress import Tell, nobody


@dataclass(frozen=True, slots=True)
class Conversion:
    """What was read, and what was written of it where."""

    imported: Imported
    target: Path
    written: tuple[str, ...]
    notes: tuple[Note, ...]


def opened(source: str, tell: Tell = nobody) -> Consultation | Imported:
    """What stands at `source`: a consultation, by its folder or its shipped name, or a scenario of another program.

    Raises:
        ScenarioFileError: it cannot be read, or holds a mistake or no scenario.
        UnreadableError, MistakesError: as the store does for consultations.
    """
    path = folder_of(source)
    if holds_consultation(path):
        return consultation(source)
    files = scenario_files(path)
    total, gone = sum(len(file.data) for file in files), 0

    def done(number: int) -> None:
        nonlocal gone
        gone += number
        tell(gone, total)

    return read(files, source, done)


def _drawn(found: Consultation) -> Imported:
    """The scenario of a consultation, by the identifiers of its files."""
    what = drawn(found)
    if what.worded:
        raise InWordsError(parties=", ".join(side.name for side in what.worded))
    scenario = what.scenario
    return Imported(
        CASE,
        scenario,
        tuple(side.name for side in scenario.sides),
        (Fraction(),) * len(scenario.sides),
        exact=tuple(map(Exact.of, scenario.sides)),
    )


def convert(source: str, target: Path, to: str, tell: Tell = nobody) -> Conversion:
    """Writes the scenario in `source` to `target` in the format `to`, one of `TARGETS`; all of it, or nothing.

    Raises:
        ScenarioFileError: the source cannot be read, or the format cannot hold it. Others as `opened` does.
        NoBriefError, InWordsError: the source is a consultation without a brief, or with one in words.
        UnwritableError: the target holds something already, or cannot be written.
    """
    if not target.name:
        raise UnwritableError(place=str(target), why=N_("it holds something already; name a new folder"))
    there = opened(source, tell)
    found = _drawn(there) if isinstance(there, Consultation) else there
    written = _written(found, to, target.stem if target.suffix.lower() == ".zip" else target.name)
    write_scenario(target, written.files)
    return Conversion(found, target, tuple(file.name for file in written.files), (*found.notes, *written.notes))


def _written(found: Imported, to: str, name: str) -> Written:
    if to == CASE:
        return case_files(found.scenario, name, case_words(language_of(found.scenario), name), found.exact)
    return write(found.scenario, to, name, found.exact)
