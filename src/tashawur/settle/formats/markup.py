"""XML as elements that know their lines, without any definition of entities: so none can unfold, or fetch a file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from tashawur.settle.formats.places import At, SourceFile, missing_part
from tashawur.terms.errors import ScenarioFileError
from tashawur.terms.phrases import N_

_DEEPEST: Final = 64
_MOST: Final = 1_000_000
"""Elements within elements, and elements in all."""


@dataclass(slots=True)
class Element:
    """An element with what it holds."""

    tag: str
    attributes: dict[str, str]
    at: At
    children: list[Element] = field(default_factory=list)

    def named(self, *tags: str) -> Iterator[Element]:
        """The children with one of these tags."""
        return (child for child in self.children if child.tag in tags)

    def first(self, *tags: str) -> Element | None:
        """The first child with one of these tags."""
        return next(self.named(*tags), None)

    def get(self, key: str) -> str | None:
        """The attribute, or None where it is not given."""
        return self.attributes.get(key)

    def needed(self, key: str) -> str:
        """The attribute, which must be given."""
        found = self.attributes.get(key)
        if found is None:
            raise missing_part(self.at, key, self.tag)
        return found


def is_markup(file: SourceFile) -> bool:
    """Whether the file begins as XML does. Blank lines before it are no XML, but programs write them."""
    return _begun(file.data)[1].startswith((b"<", "<".encode("utf-16-le"), "<".encode("utf-16-be")))


def root_of(file: SourceFile) -> Element:
    """The outermost element of the file."""
    above, data = _begun(file.data)
    return _Tree(file.name, above).read(data)


def broken_markup(at: At) -> ScenarioFileError:
    """XML that is not well-formed, or none at all."""
    return at.error(
        "settle.file-broken-xml",
        N_("the XML is broken here"),
        N_("Look at the tags and quotes of this line and the one above, or export the scenario anew."),
    )


def _begun(data: bytes) -> tuple[int, bytes]:
    """The lines before the first sign, and the bytes from it on."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return 0, data
    found = re.match(rb"(?:\xef\xbb\xbf)?\s*", data)
    begun = found.end() if found else 0
    return data.count(b"\n", 0, begun), data[begun:]


class _Tree:
    """Grows the elements of one file."""

    def __init__(self, file: str, above: int) -> None:
        self._file = file
        self._above = above
        self._open: list[Element] = []
        self._root: Element | None = None
        self._number = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, data: bytes) -> Element:
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - as the library has it
        except expat.ExpatError as error:
            raise self._broken(error.lineno) from error
        except (ValueError, LookupError) as error:
            raise self._broken(1) from error
        if self._root is None:
            raise self._broken(1)
        return self._root

    def _broken(self, line: int) -> ScenarioFileError:
        return broken_markup(At(self._file, line + self._above))

    def _here(self) -> At:
        return At(self._file, self._parser.CurrentLineNumber + self._above)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._number += 1
        if len(self._open) >= _DEEPEST or self._number > _MOST:
            raise too_deep(self._here())
        element = Element(tag, attributes, self._here())
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _doctype(self, *_: object) -> None:
        raise self._here().error(
            "settle.file-doctype",
            N_("the file defines a document type, which could unfold without end or fetch other files"),
            N_("Take the lines from <!DOCTYPE to its end out; a scenario needs none."),
        )


def too_deep(at: At) -> ScenarioFileError:
    """More parts within parts, or more parts in all, than a scenario has."""
    return at.error(
        "settle.file-too-deep",
        N_("the file holds too many parts, or too many within each other"),
        N_("Export the scenario anew from its program, or take out what is no part of it."),
    )
