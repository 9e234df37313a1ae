"""One file of a consultation: from bytes to a value, or to the mistakes in it with their lines.

A large file is read in portions of its long list, so that memory stays bounded. A good file is decoded in one go;
only a file with a mistake is read again, slowly, to say where and what.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from threading import Lock
from typing import Any, Final

import msgspec
import yaml_rs

from tashawur.consult import places
from tashawur.consult.kinds import KINDS, LISTS, PRIVATE, AnyFile
from tashawur.consult.portions import PORTION, Portion, portions
from tashawur.consult.walk import TEXT, gather
from tashawur.terms.errors import Mistake
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import IDENT_PATTERN, WORDS_PATTERN

LARGEST: Final = 64 * 2**20
"""Bytes of the largest file that is read: far more than a hundred thousand entries take."""

_SMALL: Final = 200_000
_IDENT: Final = re.compile(IDENT_PATTERN)
_WORDS: Final = re.compile(WORDS_PATTERN)
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r")) + b"\x7f\\"
_TURNING: Final = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
"""Bytes that are, or escape, what WORDS_PATTERN refuses."""
_LINE_OF_ERROR: Final = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file of the folder with its value; `text` is what it was read from, so that lines can be named."""

    name: str
    value: AnyFile
    text: str


Over = Callable[[Callable[[Portion], Any], Iterable[Portion]], Iterable[Any]]
"""Applies a function to each item and gives the results in their order: `map`, or one that works ahead."""


def read(name: str, data: bytes, over: Over = map) -> NamedFile | tuple[Mistake, ...]:
    """The value of the file `name`, or the mistakes in it; of very many, the first and that there are more.

    The same bytes give the same answer, whatever else stands in the folder, and however `over` goes about it.
    """
    text = _decoded(name, data)
    if isinstance(text, Mistake):
        return (text,)
    marked = len(data.translate(None, _CONTROLS)) < len(data) or bool(_TURNING.search(data))
    found = _in_portions(name, text, over, marked=marked) if len(text) > _SMALL else None
    return _whole(name, text, marked=marked) if found is None else found


_TOLD_OF_PRIVATE: Final = frozenset({"kind", "kinds", "expected", "sort", "first", "least", "most"})
_NAMES_PRIVATE_KIND: Final = re.compile("|".join(sorted(PRIVATE)))


def _hidden(mistakes: Iterable[Mistake], *, private: bool) -> list[Mistake]:
    """The mistakes; those of a private file with nothing in them that it says: file, line and sort of mistake stay."""
    if not private:
        return list(mistakes)
    return [
        replace(one, path=(), words={key: told if key in _TOLD_OF_PRIVATE else "…" for key, told in one.words.items()})
        for one in mistakes
    ]


def locate(file: NamedFile, mistakes: list[Mistake]) -> list[Mistake]:
    """The mistakes that a good file shows beside others, such as a name that nothing bears, with their lines."""
    kind = _kind(file.value)
    # To find lines is slow, so of a large file only the items that hold a mistake are gone through.
    items = list(_portions(file.text, kind, 1)) if kind in LISTS and len(file.text) > _SMALL else []
    if not items:
        return _hidden(places.with_lines(mistakes, file.text), private=kind in PRIVATE)
    return _with_lines(mistakes, file.text, items, LISTS[kind])


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


def _whole(name: str, text: str, *, marked: bool) -> NamedFile | tuple[Mistake, ...]:
    loaded = _loaded(name, text)
    if isinstance(loaded, Mistake):
        # What cannot be loaded has no kind yet: it may be private as soon as it names a private kind anywhere.
        return tuple(_hidden([loaded], private=bool(_NAMES_PRIVATE_KIND.search(text))))
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
    value = _converted(name, kind, loaded, marked=marked)
    if isinstance(value, list):
        lined = _hidden(places.with_lines(value, text), private=kind in PRIVATE)
        return _capped(name, lined, [len(value)])
    return NamedFile(name, value, text)


def _loaded(name: str, text: str) -> Any:
    """What the YAML text holds, or the mistake that stops it from being read."""
    try:
        loaded = yaml_rs.loads(text, parse_datetime=False)
    except yaml_rs.YAMLDecodeError as error:
        return _broken(name, text, str(error))
    except TypeError:
        return _wordless_key(name, text)
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
    """The mistake of a text that is no YAML: `said` is the parser's own message, its reason in the last line."""
    reason = said.rstrip().rpartition("\n")[2]
    if reason.startswith("duplicate"):
        key, line = places.doubled_key(text)
        return Mistake(
            "case.key-twice",
            name,
            N_("the key {key} stands twice"),
            N_("Keep one of the two."),
            {"key": key},
            line=line,
        )
    if reason.startswith("alias"):
        return Mistake(
            "case.alias-bomb",
            name,
            N_("its aliases unfold without end"),
            N_("Write the values out in place of & and *."),
            line=_first_alias(text),
        )
    found = _LINE_OF_ERROR.search(said)
    if "unknown anchor" in reason:
        return Mistake(
            "case.no-anchor",
            name,
            N_("an alias names no anchor"),
            N_("Write the value out in place of *, or put a text that begins with * into quotes."),
            line=int(found[1]) if found else 1,
        )
    return Mistake(
        "case.broken-yaml",
        name,
        N_("the YAML is broken here"),
        N_("Look at the indentation, quotes, brackets and colons of this line and the one above."),
        line=int(found[1]) if found else 1,
    )


def _wordless_key(name: str, text: str) -> Mistake:
    """YAML lets a list or a mapping be a key, and so does the parser until it has to look one up."""
    return Mistake(
        "case.wordless-key",
        name,
        N_("a list or a mapping stands where a key should be"),
        N_("Write a word before the colon; put a text that begins with a bracket or a brace into quotes."),
        line=places.wordless_key(text),
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


def _in_portions(name: str, text: str, over: Over, *, marked: bool) -> NamedFile | tuple[Mistake, ...] | None:
    """A large file by its portions; None where it must be read as a whole, to be understood or refused."""
    found = re.search(r"(?m)^kind:[ \t]*[\"']?(\w+)", text)
    kind = found[1] if found else ""
    if kind not in LISTS:
        return None
    values: list[AnyFile] = []
    wrong: list[Mistake] = []
    found_in: list[int] = []
    cut = list(_portions(text, kind))
    for portion, loaded in zip(cut, over(_loaded_portion, cut), strict=True):
        if not isinstance(loaded, dict) or loaded.get("kind") != kind:
            return None
        value = _converted(name, kind, loaded, marked=marked)
        if isinstance(value, list):
            above = text.count("\n", 0, portion.begins)
            lined = places.with_lines(value, portion.text)
            wrong += [replace(mistake, line=portion.line_in_file(mistake.line, above)) for mistake in lined]
            found_in.append(len(value))
        else:
            values.append(value)
    if wrong:
        return _capped(name, wrong, found_in)
    if not values:
        return None
    items = tuple(chain.from_iterable(getattr(value, LISTS[kind]) for value in values))
    return NamedFile(name, msgspec.structs.replace(values[0], **{LISTS[kind]: items}), text)


def _loaded_portion(portion: Portion) -> Any:
    """What the portion holds; None where it is no YAML by itself."""
    try:
        return yaml_rs.loads(portion.text, parse_datetime=False)
    except (yaml_rs.YAMLDecodeError, TypeError):
        return None


_CONVERTING: Final = Lock()
"""msgspec looks a type up when it first meets it, and fails badly where two threads do so at once."""


def _converted(name: str, kind: str, loaded: Any, *, marked: bool) -> AnyFile | list[Mistake]:
    """The value, or its mistakes; only a wrong file pays for the search of them."""
    said = None
    try:
        with _CONVERTING:
            value = msgspec.convert(loaded, KINDS[kind])
        if _well_formed(value, marked=marked):
            return value
    except msgspec.ValidationError as error:
        said = str(error)
    from tashawur.consult import mistakes  # noqa: PLC0415 - it loads what only a wrong file needs

    return mistakes.in_value(name, kind, loaded, said)


def _capped(name: str, wrong: list[Mistake], found: Iterable[int]) -> tuple[Mistake, ...]:
    """The mistakes of a file, as many as are told; `found` of them were found each time that one was looked at."""
    from tashawur.consult import mistakes  # noqa: PLC0415 - as above

    return mistakes.capped(name, wrong, more=max(found) > mistakes.MOST)


def _well_formed(value: AnyFile, *, marked: bool) -> bool:
    """Whether names and texts have the form that the schema asks for, which the decoder left to be looked at here.

    Texts are looked at one by one only where the file is `marked`: it holds a hidden mark, or an escape that can
    stand for one.
    """
    good = True

    def take_names(_: str, column: Iterable[str]) -> None:
        nonlocal good
        good = good and all(map(_IDENT.match, column))

    def take_texts(what: str, column: Iterable[Any]) -> None:
        nonlocal good
        if what == TEXT:
            good = good and all(_WORDS.match(words) for one in column for words in one.values())

    gather(value, "is", take_names)
    if marked:
        gather(value, "names", take_texts)
    return good


def _portions(text: str, kind: str, least: int = PORTION) -> Iterator[Portion]:
    keys = [field.encode_name for field in msgspec.structs.fields(KINDS[kind])]
    return portions(text, kind, ["kind", *keys], LISTS[kind], least)


def _with_lines(mistakes: Iterable[Mistake], file: str, items: Sequence[Portion], key: str) -> list[Mistake]:
    """The mistakes of a file that was cut into its items, with their lines, in the order of lines."""
    by_item: defaultdict[int, list[Mistake]] = defaultdict(list)
    for mistake in mistakes:
        inside = len(mistake.path) > 1 and mistake.path[0] == key
        number = int(mistake.path[1]) if inside else 0
        path = (key, 0, *mistake.path[2:]) if inside else mistake.path
        by_item[number].append(replace(mistake, path=path))
    found: list[Mistake] = []
    above, counted = 0, 0
    for number, held in sorted(by_item.items()):
        item = items[number]
        above, counted = above + file.count("\n", counted, item.begins), item.begins
        lined = places.with_lines(held, item.text)
        found += [replace(mistake, line=item.line_in_file(mistake.line, above)) for mistake in lined]
    return found
