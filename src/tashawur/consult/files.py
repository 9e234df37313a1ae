"""One file of a consultation: from bytes to a value, or to every mistake in it with its line.

A large file is read in portions of its long list, so that memory stays bounded. A good file is decoded in one go;
only a file with a mistake is read again, slowly, to say where and what.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

import msgspec
import yaml_rs

from tashawur.consult import places
from tashawur.consult.kinds import KINDS, LISTS, AnyFile
from tashawur.terms.errors import Mistake
from tashawur.terms.phrases import N_

LARGEST: Final = 64 * 2**20
"""Bytes of the largest file that is read: far more than a hundred thousand entries take."""

PORTION: Final = 4_000
"""Items of a long list that are decoded at once."""

_SMALL: Final = 200_000
_LINE_OF_ERROR: Final = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file of the folder with its value; `text` is what it was read from, so that lines can be named."""

    name: str
    value: AnyFile
    text: str


@dataclass(frozen=True, slots=True)
class _Portion:
    """Part of a file that is a whole YAML document: some items of its long list, from `first` on."""

    text: str
    first: int
    before: int
    """Lines of the file that stand before it."""
    cut: int
    """Lines of its text after which lines of the file were left out ..."""
    left_out: int
    """... and how many."""

    def in_file(self, mistake: Mistake) -> Mistake:
        """The mistake with its line in the file, where it had its line in the portion."""
        line = mistake.line + self.before
        return replace(mistake, line=line + self.left_out if line > self.cut and self.left_out else line)


def read(name: str, data: bytes) -> NamedFile | tuple[Mistake, ...]:
    """The value of the file `name`, or every mistake in it.

    The same bytes give the same answer, whatever else stands in the folder.
    """
    text = _decoded(name, data)
    if isinstance(text, Mistake):
        return (text,)
    found = _in_portions(name, text) if len(text) > _SMALL else None
    return _whole(name, text) if found is None else found


def locate(file: NamedFile, mistakes: list[Mistake]) -> list[Mistake]:
    """The mistakes that a good file shows beside others, such as a name that nothing bears, with their lines."""
    if len(file.text) <= _SMALL:
        return places.with_lines(mistakes, file.text)
    key = LISTS.get(_kind(file.value), "")
    portions = list(_portions(file.text, key)) or [_Portion(file.text, 0, 0, 0, 0)]
    return sorted((_in_portion(mistake, portions, key) for mistake in mistakes), key=lambda mistake: mistake.line)


def _decoded(name: str, data: bytes) -> str | Mistake:
    """The text of the file: UTF-8, a byte-order mark left out, lines ended by a line feed."""
    if len(data) > LARGEST:
        return Mistake(
            "case.too-large",
            name,
            N_("the file is larger than {most} MB"),
            N_("Split it into several files of the same kind."),
            {"most": str(LARGEST // 2**20)},
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:4096]:
        return Mistake("case.not-text", name, N_("the file is no UTF-8 text"), N_("Save it as UTF-8 text."))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Mistake("case.not-text", name, N_("the file is no UTF-8 text"), N_("Save it as UTF-8 text."), line=line)


def _whole(name: str, text: str) -> NamedFile | tuple[Mistake, ...]:
    loaded = _loaded(name, text)
    if isinstance(loaded, Mistake):
        return (loaded,)
    kind = loaded.get("kind") if isinstance(loaded, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        line = places.line_of(text, ("kind",)) if isinstance(kind, str) else 1
        return (
            Mistake(
                "case.unknown-kind",
                name,
                N_("the file does not say its kind"),
                N_("Begin it with one of: {kinds}."),
                {"kinds": ", ".join(f"kind: {known}" for known in KINDS)},
                line=line,
            ),
        )
    value = _converted(name, kind, loaded)
    return tuple(places.with_lines(value, text)) if isinstance(value, list) else NamedFile(name, value, text)


def _loaded(name: str, text: str) -> Any:
    """What the YAML text holds, or the mistake that stops it from being read."""
    try:
        loaded = yaml_rs.loads(text, parse_datetime=False)
    except yaml_rs.YAMLDecodeError as error:
        return _broken(name, text, str(error))
    if isinstance(loaded, list) and re.search(r"(?m)^---", text):
        return Mistake(
            "case.several-documents",
            name,
            N_("the file holds several documents"),
            N_("Put each document into a file of its own."),
            line=_line_of_second_document(text),
        )
    return loaded


def _broken(name: str, text: str, said: str) -> Mistake:
    """The mistake of a text that is no YAML: `said` is the parser's own message."""
    if "duplicate" in said:
        key, line = places.doubled_key(text)
        return Mistake(
            "case.key-twice",
            name,
            N_("the key {key} stands twice"),
            N_("Keep one of the two."),
            {"key": key},
            line=line,
        )
    if "alias" in said:
        return Mistake(
            "case.alias-bomb",
            name,
            N_("its aliases unfold without end, or name nothing"),
            N_("Write the values out in place of & and *."),
            line=_first_alias(text),
        )
    found = _LINE_OF_ERROR.search(said)
    return Mistake(
        "case.broken-yaml",
        name,
        N_("the YAML is broken here"),
        N_("Look at the indentation, quotes, brackets and colons of this line and the one above."),
        line=int(found[1]) if found else 1,
    )


def _first_alias(text: str) -> int:
    found = re.search(r"(?m)(?:^|[\s\[{,])\*\w", text)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _line_of_second_document(text: str) -> int:
    marks = [found.start() for found in re.finditer(r"(?m)^---", text)]
    second = marks[1] if len(marks) > 1 and not text[: marks[0]].strip() else marks[0]
    return text.count("\n", 0, second) + 1


def _kind(value: AnyFile) -> str:
    return next(kind for kind, made in KINDS.items() if made is type(value))


def _in_portions(name: str, text: str) -> NamedFile | tuple[Mistake, ...] | None:
    """A large file by its portions; None where it must be read as a whole, to be understood or refused."""
    found = re.search(r"(?m)^kind:[ \t]*[\"']?(\w+)", text)
    kind = found[1] if found else ""
    if kind not in LISTS:
        return None
    values: list[AnyFile] = []
    wrong: list[Mistake] = []
    for portion in _portions(text, LISTS[kind]):
        try:
            loaded = yaml_rs.loads(portion.text, parse_datetime=False)
        except yaml_rs.YAMLDecodeError:
            return None
        value = _converted(name, kind, loaded)
        if isinstance(value, list):
            wrong += [portion.in_file(mistake) for mistake in places.with_lines(value, portion.text)]
        else:
            values.append(value)
    if wrong:
        return tuple(wrong)
    if not values:
        return None
    items = tuple(chain.from_iterable(getattr(value, LISTS[kind]) for value in values))
    return NamedFile(name, msgspec.structs.replace(values[0], **{LISTS[kind]: items}), text)


def _converted(name: str, kind: str, loaded: Any) -> AnyFile | list[Mistake]:
    try:
        return msgspec.convert(loaded, KINDS[kind])
    except msgspec.ValidationError as error:
        # Only a wrong file pays for the search of its mistakes.
        from tashawur.consult import mistakes  # noqa: PLC0415

        return mistakes.in_value(name, kind, loaded, str(error))


def _portions(text: str, key: str) -> Iterator[_Portion]:
    """The file cut between items of the list under `key`; the first portion holds all else that the file says.

    It is sound because in YAML a line that begins an item at the list's own depth cannot lie inside an item: what
    an item holds, block and quoted texts included, stands deeper. Where there is no such list, nothing is given.
    """
    head = re.search(rf"(?m)^{key}:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*([ ]*)- ", text)
    if head is None:
        return
    begin = head.start(1)
    rest = (
        re.compile(r"(?m)^[^\s#-]").search(text, begin)
        if not head[1]
        else re.compile(r"(?m)^[^\s#]").search(text, begin)
    )
    end = rest.start() if rest else len(text)
    item = re.compile(rf"(?m)^{head[1]}- ")
    starts = [found.start() for found in item.finditer(text, begin, end)]
    kind_line = re.search(r"(?m)^kind:.*$", text)
    own = kind_line[0] if kind_line else ""
    for first in range(0, len(starts), PORTION):
        begins = starts[first]
        ends = starts[first + PORTION] if first + PORTION < len(starts) else end
        if first == 0:
            yield _Portion(text[:ends] + text[end:], 0, 0, text.count("\n", 0, ends), text.count("\n", ends, end))
        else:
            yield _Portion(f"{own}\n{key}:\n{text[begins:ends]}", first, text.count("\n", 0, begins) - 2, 0, 0)


def _in_portion(mistake: Mistake, portions: list[_Portion], key: str) -> Mistake:
    path = mistake.path
    portion = portions[0]
    if len(path) > 1 and path[0] == key:
        place = int(path[1])
        portion = max((one for one in portions if one.first <= place), key=lambda one: one.first)
        path = (key, place - portion.first, *path[2:])
    return portion.in_file(replace(mistake, line=places.line_of(portion.text, path)))
