"""Finds out what files hold, by what stands in them and not by their names, and reads them as one scenario."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from tashawur.settle.formats import genius, geniusweb, negmas, negolog, tables
from tashawur.settle.formats.markup import broken_markup, is_markup, root_of
from tashawur.settle.formats.places import LARGEST, At, SourceFile
from tashawur.settle.formats.plain import json_of, yaml_of
from tashawur.settle.formats.profiles import Imported, Note, Profile, joined, same_issues
from tashawur.settle.values import Issue
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one format are read: what a file is in it, and what a domain or a profile holds."""

    title: str
    role: Callable[[Any], str | None]
    issues: Callable[[SourceFile, Any], tuple[Issue, ...]]
    profile: Callable[[SourceFile, Any, Sequence[Issue]], Profile]


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "genius": Format("GENIUS XML", genius.role_of, lambda _, root: genius.issues_in(root), genius.profile_of),
        "geniusweb": Format("GeniusWeb JSON", geniusweb.role_of, geniusweb.issues_in, geniusweb.profile_of),
        "negmas": Format("NegMAS", negmas.role_of, negmas.issues_in, negmas.profile_of),
        "negolog": Format("NegoLog JSON", negolog.role_of, negolog.issues_in, negolog.profile_of),
        "csv": Format(
            "CSV",
            lambda rows: "profile" if tables.is_profile(rows) else None,
            lambda _, rows: tables.issues_in(rows),
            tables.profile_of,
        ),
    }
)
"""To add a format: write a module that knows the role of a file and reads a domain and a profile; add the line."""

_PLAIN: Final = ("geniusweb", "negmas", "negolog")
_NUMBERS: Final = re.compile(rb"[0-9eE+.,;\s-]*")


@dataclass(frozen=True, slots=True)
class _Part:
    file: SourceFile
    format: str
    role: str
    loaded: Any


def read(files: Sequence[SourceFile], place: str, done: Callable[[int], None] = lambda _: None) -> Imported:
    """The scenario that the files make; `place` names the folder or archive where no file is to blame.

    `done` is told the bytes of each file when it was gone through. Sides come in the order of their files' names.

    Raises:
        ScenarioFileError: a file holds a mistake, or the files make no scenario together.
    """
    parts: list[_Part] = []
    aside: list[str] = []
    for file in sorted(files, key=lambda one: one.name):
        part = _recognised(file)
        if part is None:
            aside.append(file.name)
        else:
            parts.append(part)
        done(_half(file) if part else len(file.data))
    return _together(parts, aside, At(place), done)


def _half(file: SourceFile) -> int:
    """To take a file apart is about half of what it costs, to read numbers from it the other."""
    return len(file.data) // 2


def _recognised(file: SourceFile) -> _Part | None:
    """What the file is a part of; None where it is no part of a scenario."""
    if len(file.data) > LARGEST:
        raise too_large(At(file.name))
    if file.ending == ".csv":
        rows = tables.rows_of(file)
        return _Part(file, "csv", "profile", rows) if tables.is_profile(rows) else None
    if is_markup(file):
        if file.ending != ".xml" and b"utility_space" not in file.data:
            return None
        root = root_of(file)
        role = genius.role_of(root)
        return None if role is None else _Part(file, "genius", role, root)
    if file.ending == ".xml" and not _NUMBERS.fullmatch(file.data):
        raise broken_markup(At(file.name, 1))
    return _plain(file)


def _plain(file: SourceFile) -> _Part | None:
    if file.ending in (".yaml", ".yml"):
        loaded = yaml_of(file)
    elif file.ending == ".json" or file.data.lstrip()[:1] == b"{":
        loaded = json_of(file)
    else:
        return None
    if isinstance(loaded, Mapping):
        for name in _PLAIN:
            role = FORMATS[name].role(loaded)
            if role is not None:
                return _Part(file, name, role, loaded)
    return None


def too_large(at: At) -> ScenarioFileError:
    """A file, or what an archive unfolds to, with more bytes than are read."""
    return at.error(
        "settle.file-too-large",
        N_("the file is larger than {most} MB"),
        N_("Export the scenario anew with what belongs to it alone."),
        most=str(LARGEST // 2**20),
    )


def _together(parts: Sequence[_Part], aside: Sequence[str], at: At, done: Callable[[int], None]) -> Imported:
    domains = [part for part in parts if part.role == "domain"]
    profiles = [part for part in parts if part.role == "profile"]
    _refuse_mixture(parts, domains)
    if not profiles:
        raise at.error(
            "settle.file-no-scenario",
            N_("no scenario was found: no file is the profile of a side"),
            N_("Name a folder or archive with files of GENIUS, GeniusWeb, NegMAS or NegoLog, or with one CSV a side."),
        )
    source = domains[0] if domains else profiles[0]
    found = FORMATS[source.format]
    if source.format == "negmas" and not domains:
        raise At(profiles[0].file.name).error(
            "settle.file-no-domain",
            N_("no file names the issues that this profile goes with"),
            N_("Put the domain of the scenario into the same folder or archive."),
        )
    issues = found.issues(source.file, source.loaded)
    notes = [Note(N_("{file} was left aside: it holds no part of a scenario."), {"file": name}) for name in aside]
    if not domains and source.format == "genius":
        notes.append(Note(N_("No file names the issues: those of {file} were taken."), {"file": source.file.name}))
    read_profiles = []
    for part in profiles:
        if not domains and part is not source:
            same_issues(At(part.file.name), issues, found.issues(part.file, part.loaded))
        read_profiles.append(found.profile(part.file, part.loaded, issues))
        done(len(part.file.data) - _half(part.file))
    return joined(source.format, issues, read_profiles, notes)


def _refuse_mixture(parts: Sequence[_Part], domains: Sequence[_Part]) -> None:
    """Refuses parts of several scenarios, which nothing says how to tell apart."""
    for part in parts:
        if part.format != parts[0].format:
            raise At(part.file.name).error(
                "settle.file-two-formats",
                N_("this file is of {second}, and {file} is of {first}"),
                N_("Keep the files of one format in the folder or archive."),
                first=FORMATS[parts[0].format].title,
                second=FORMATS[part.format].title,
                file=parts[0].file.name,
            )
    for part in domains[1:]:
        raise At(part.file.name).error(
            "settle.file-two-domains",
            N_("the issues of a scenario stand in {file} already"),
            N_("Keep one scenario in a folder or archive."),
            file=domains[0].file.name,
        )
