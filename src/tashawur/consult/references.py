"""Names that the files of a consultation give, references that lead nowhere, and texts in the wrong languages."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Final

from tashawur.consult.files import NamedFile
from tashawur.consult.kinds import AnyFile
from tashawur.consult.log import LogFile
from tashawur.consult.mechanism import CaseFile
from tashawur.consult.names import EVENT, NEXT_ROUND, SUBJECT
from tashawur.consult.walk import TEXT, Path, gather, visitor
from tashawur.terms.errors import Mistake
from tashawur.terms.phrases import N_

_MANY: Final = 500
"""Names among which a near one is no longer looked for."""


@dataclass(slots=True)
class Names:
    """Every name that the files give, by its sort."""

    by_sort: dict[str, set[str]] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    """Characters of each document, by its digest."""
    sources: set[str] = field(default_factory=set)
    options: dict[str, frozenset[str]] = field(default_factory=dict)
    reporters: dict[str, str] = field(default_factory=dict)
    """Who reports each indicator."""

    def known(self, sorts: str) -> set[str]:
        """What a reference to one of the sorts, which stand apart by blanks, may name."""
        if sorts == "source":
            return self.sources
        if sorts == "digest":
            return set(self.documents)
        known = set[str]().union(*(self.by_sort.get(sort, ()) for sort in sorts.split()))
        return known | {NEXT_ROUND} if sorts == EVENT else known

    def sort_of(self, name: str, sorts: Iterable[str]) -> str:
        """Which of the sorts the name is of, or nothing."""
        return next((sort for sort in sorts if name in self.by_sort.get(sort, ())), "")


def given(files: Sequence[NamedFile], names: Names) -> Iterator[Mistake]:
    """Enters every name that the files give into `names`; those given twice, or reserved, are mistakes."""
    for file in files:
        if isinstance(file.value, CaseFile):
            names.sources |= file.value.sources.keys()
    if not _entered(files, names):
        taker = _Taker()
        for file in files:
            visit = visitor(type(file.value), "is")
            if visit is not None:
                taker.file = file.name
                visit(file.value, (), taker.show)
        yield from taker.found


def _entered(files: Iterable[NamedFile], names: Names) -> bool:
    """Enters the names by whole columns; False when one of them stands twice or is reserved."""
    number = 0

    def take(what: str, column: Iterable[str]) -> None:
        nonlocal number
        sort = what.removeprefix("is ")
        held = tuple(column)
        names.by_sort.setdefault(sort, set()).update(held)
        number += 0 if sort == "round" else len(held)

    for file in files:
        gather(file.value, "is", take)
    every = set[str]().union(*names.by_sort.values())
    return len(every) == number + len(names.by_sort.get("round", ())) and NEXT_ROUND not in every


class _Taker:
    """Goes through the names of all files, in their order, and keeps those that are given again."""

    def __init__(self) -> None:
        self.found: list[Mistake] = []
        self.file = ""
        self._first: dict[str, tuple[str, str]] = {}

    def show(self, what: str, name: str, path: Path) -> None:
        """Notes the name at `path` when it was given before, or is reserved; a round is named by each of its events."""
        sort = what.removeprefix("is ")
        before, file = self._first.setdefault(name, ("", self.file))
        self._first[name] = (before or sort, file)
        if name == NEXT_ROUND:
            self.found.append(_reserved(self.file, path))
        elif before and not (sort == before == "round"):
            self.found.append(twice(self.file, path, name, file))


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

    def __init__(self, file: NamedFile, names: Names, case: CaseFile) -> None:
        self.file = file.name
        self.found: list[Mistake] = []
        self._names = names
        self._known: dict[str, set[str]] = {}
        self._languages = frozenset(case.languages)
        # The log keeps what was said as it was said: a translation may come later, and nothing is rewritten.
        self._every = not isinstance(file.value, LogFile) and not case.being_translated

    def all_good(self, value: AnyFile) -> bool:
        """Whether nothing in the file is a mistake."""
        good = True
        written: set[tuple[str, ...]] = set()

        def take(what: str, column: Iterable[Any]) -> None:
            nonlocal good
            if what == TEXT:
                written.update(map(tuple, column))
            else:
                good = good and self._known_for(what).issuperset(column)

        gather(value, "names", take)
        return good and all(map(self._good_languages, map(frozenset, written)))

    def show(self, what: str, value: Any, path: Path) -> None:
        """Notes the value at `path` when it is a mistake."""
        if what == TEXT:
            if not self._good_languages(value.keys()):
                self._wrong_languages(value, path)
        elif value not in self._known_for(what):
            self._nowhere(what.removeprefix("names "), value, path, self._known_for(what))

    def _good_languages(self, written: Set[str]) -> bool:
        return written == self._languages or (not self._every and written <= self._languages)

    def _known_for(self, what: str) -> set[str]:
        if what not in self._known:
            self._known[what] = self._names.known(what.removeprefix("names "))
        return self._known[what]

    def _nowhere(self, sorts: str, value: str, path: Path, known: set[str]) -> None:
        listed = sorted(known)
        near = difflib.get_close_matches(value, listed, n=1, cutoff=0.7) if len(listed) < _MANY else []
        strange = next((letter for letter in value if not letter.isascii()), "")
        words = {
            "name": value if len(value) <= 40 else value[:12] + "…",
            "sort": _SORTS[sorts],
            "near": near[0] if near else "",
            "known": ", ".join(listed[:12]) + (" …" if len(listed) > 12 else ""),
            "mark": unicodedata.name(strange, "?") if strange else "",
        }
        mend = N_("Known here: {known}.") if listed else N_("None is given yet.")
        if strange:
            words["name"] = value.encode("ascii", "backslashreplace").decode()
            mend = N_("It holds a character that is no plain Latin letter or digit ({mark}): write it anew.")
        elif near:
            mend = N_("Did you mean {near}?")
        wrong = N_("{name} names no {sort} of this consultation")
        self.found.append(Mistake("case.leads-nowhere", self.file, wrong, mend, words, path))

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
    EVENT: N_("round, undertaking or track"),
    SUBJECT: N_("undertaking, irritant, indicator, team or track"),
}
"""What the sorts are called for people."""


def wrong(files: Iterable[NamedFile], names: Names, case: CaseFile) -> Iterator[Mistake]:
    """References that lead nowhere, and texts that are not in the languages of the case."""
    for file in files:
        visit = visitor(type(file.value), "names")
        if visit is not None:
            references = _References(file, names, case)
            if not references.all_good(file.value):
                visit(file.value, (), references.show)
            yield from references.found
