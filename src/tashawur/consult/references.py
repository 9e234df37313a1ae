"""Names that the files of a consultation give, references that lead nowhere, and texts in the wrong languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tashawur.consult.files import NamedFile
from tashawur.consult.log import LogFile
from tashawur.consult.mechanism import CaseFile
from tashawur.consult.names import NEXT_ROUND
from tashawur.consult.walk import TEXT, Path, visitor
from tashawur.terms.errors import Mistake
from tashawur.terms.phrases import N_

_MANY: Final = 500
"""Names among which a near one is no longer looked for."""


@dataclass(slots=True)
class Names:
    """Every name that the files give, with its sort and its file."""

    sort: dict[str, str] = field(default_factory=dict)
    file: dict[str, str] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    """Characters of each document, by its digest."""
    sources: set[str] = field(default_factory=set)
    options: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, sorts: str) -> set[str]:
        """The names of the sorts, which stand apart by blanks."""
        wanted = sorts.split()
        return {name for name, sort in self.sort.items() if sort in wanted}


def given(files: Iterable[NamedFile], names: Names) -> Iterator[Mistake]:
    """Enters every name that the files give into `names`; those given twice, or reserved, are mistakes."""
    for file in files:
        taker = _Taker(file.name, names)
        visit = visitor(type(file.value), "is")
        if visit is not None:
            visit(file.value, (), taker.show)
        if isinstance(file.value, CaseFile):
            names.sources |= file.value.sources.keys()
        yield from taker.found


class _Taker:
    """Takes the names that one file gives."""

    def __init__(self, file: str, names: Names) -> None:
        self.found: list[Mistake] = []
        self._file = file
        self._names = names

    def show(self, what: str, name: str, path: Path) -> None:
        sort = what.removeprefix("is ")
        before = self._names.sort.setdefault(name, sort)
        first = self._names.file.get(name)
        self._names.file.setdefault(name, self._file)
        if name == NEXT_ROUND:
            self.found.append(_reserved(self._file, path))
        elif first is not None and not (sort == before == "round"):
            self.found.append(twice(self._file, path, name, first))


def _reserved(file: str, path: Path) -> Mistake:
    return Mistake(
        "case.reserved-name",
        file,
        N_("{name} is a word of the files and names nothing"),
        N_("Choose another name."),
        {"name": NEXT_ROUND},
        path,
    )


def twice(file: str, path: Path, name: str, first: str) -> Mistake:
    """The mistake of a name that is given twice."""
    return Mistake(
        "case.name-twice",
        file,
        N_("the name {name} is given twice; it stands in {first} already"),
        N_("Give each thing a name of its own."),
        {"name": name, "first": first},
        path,
    )


class _References:
    """Collects, for one file, references that lead nowhere and texts in the wrong languages."""

    def __init__(self, file: NamedFile, names: Names, languages: frozenset[str]) -> None:
        self.file = file.name
        self.found: list[Mistake] = []
        self._names = names
        self._known: dict[str, set[str]] = {}
        self._languages = languages
        # The log keeps what was said as it was said: a translation may come later, and nothing is rewritten.
        self._every = not isinstance(file.value, LogFile)

    def show(self, what: str, value: Any, path: Path) -> None:
        if what == TEXT:
            if value.keys() != self._languages and (self._every or not value.keys() <= self._languages):
                self._wrong_languages(value, path)
            return
        known = self._known.get(what)
        if known is None:
            known = self._known[what] = self._known_for(what.removeprefix("names "))
        if value not in known:
            self._nowhere(what.removeprefix("names "), value, path, known)

    def _known_for(self, sorts: str) -> set[str]:
        if sorts == "source":
            return self._names.sources
        if sorts == "digest":
            return set(self._names.documents)
        known = self._names.of(sorts)
        return known | {NEXT_ROUND} if "round undertaking" in sorts else known

    def _nowhere(self, sorts: str, value: str, path: Path, known: set[str]) -> None:
        near = difflib.get_close_matches(value, sorted(known), n=1, cutoff=0.7)
        listed = sorted(known)
        mend = (
            N_("Did you mean {near}?") if near else N_("Known here: {known}.") if listed else N_("None is given yet.")
        )
        words = {
            "name": value if len(value) <= 40 else value[:12] + "…",
            "sort": _SORTS[sorts],
            "near": near[0] if near else "",
            "known": ", ".join(listed[:12]) + (" …" if len(listed) > 12 else ""),
        }
        self.found.append(
            Mistake(
                "case.leads-nowhere", self.file, N_("{name} names no {sort} of this consultation"), mend, words, path
            )
        )

    def _wrong_languages(self, value: Mapping[str, str], path: Path) -> None:
        words = {"key": str(next((step for step in reversed(path) if isinstance(step, str)), "?"))}
        missing = sorted(self._languages - value.keys())
        if missing and self._every:
            self.found.append(
                Mistake(
                    "case.missing-translation",
                    self.file,
                    N_("{key} is not written in: {languages}"),
                    N_("Add it, or take the language off the list of languages in the case file."),
                    words | {"languages": ", ".join(missing)},
                    path,
                )
            )
        more = sorted(value.keys() - self._languages)
        if more:
            self.found.append(
                Mistake(
                    "case.other-language",
                    self.file,
                    N_("{key} is written in a language that the case file does not list: {languages}"),
                    N_("List the language in the case file, or take the words out."),
                    words | {"languages": ", ".join(more)},
                    (*path, more[0]),
                )
            )


_SORTS: Final[Mapping[str, str]] = {
    "party": N_("party"),
    "track": N_("track"),
    "indicator": N_("indicator"),
    "irritant": N_("irritant"),
    "undertaking": N_("undertaking"),
    "round": N_("round"),
    "source": N_("source"),
    "digest": N_("document"),
    "round undertaking track": N_("round, undertaking or track"),
    "undertaking irritant indicator team track": N_("undertaking, irritant, indicator, team or track"),
}
"""What the sorts are called for people."""


def wrong(files: Iterable[NamedFile], names: Names, case: CaseFile) -> Iterator[Mistake]:
    """References that lead nowhere, and texts that are not in the languages of the case."""
    languages = frozenset(case.languages)
    for file in files:
        visit = visitor(type(file.value), "names")
        if visit is not None:
            references = _References(file, names, languages)
            visit(file.value, (), references.show)
            yield from references.found
