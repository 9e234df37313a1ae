"""A large file cut into portions that are YAML documents of their own, so that memory stays bounded.

It is sound because in YAML a line that begins an item, or a key of the whole file, at the depth of its list cannot
lie inside an item: what an item holds, block and quoted texts included, stands deeper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

PORTION: Final = 200_000
"""Characters after which a portion ends at its next item."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some items of the list of a file, from character `begins` to `ends`, as a document of their own.

    The first portion has all else that the file says before and behind them, so that nothing is left unread.
    """

    file: str
    head: str
    item: str
    begins: int
    ends: int
    tail: str = ""

    @property
    def text(self) -> str:
        """The portion as YAML."""
        return f"{self.head}{self.file[self.begins : self.ends]}{self.tail}"

    def line_in_file(self, line: int, above: int) -> int:
        """The line of the file that is the line `line`, from 1, of the portion's own text; `above` stand before it."""
        before = self.head.count("\n")
        held = self.file.count("\n", self.begins, self.ends)
        if line <= before and not self.tail:
            return 1
        inside = above + line - before
        if line > before + held and self.tail:
            return inside + self.file.count("\n", self.ends, len(self.file) - len(self.tail))
        return inside


def portions(text: str, kind: str, keys: Iterable[str], long: str, least: int = PORTION) -> Iterator[Portion]:
    """The file cut between items of the list under the key `long`; `keys` are all that a file of `kind` may hold.

    A portion ends at the first item behind `least` characters: with 1, each holds one item. Where there is no
    such list in block style, nothing is given.
    """
    head = re.search(rf"(?m)^{long}:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*([ ]*)- ", text)
    if head is None:
        return
    begins = head.start(1)
    found = (text.find(f"\n{key}:", begins) + 1 for key in keys)
    end = min((place for place in found if place > 0), default=len(text))
    item = f"\n{head[1]}- "
    own = f"kind: {kind}\n{long}:\n"
    first = True
    while begins < end:
        boundary = text.find(item, min(begins + least, end), end)
        ends = end if boundary < 0 else boundary + 1
        if first:
            yield Portion(text, text[:begins], item, begins, ends, text[end:])
        else:
            yield Portion(text, own, item, begins, ends)
        first, begins = False, ends
