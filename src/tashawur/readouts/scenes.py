"""One sentence as the grammar of English and Russian sees it: its words, its borders, and who spoke last in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tashawur.readouts.drafts import Range
from tashawur.readouts.layout import Layout, LineType, Quoted
from tashawur.readouts.names import Parties

MARKS: Final = frozenset('"«»“”„‘')
DASHES: Final = frozenset("—–-")
AND: Final = frozenset({"and", "и", "а", "but", "но", "while", "или", "or"})


@dataclass(slots=True)
class Scene:
    """A sentence between two tokens; `lead` names the subject of a list whose points begin with a verb."""

    laid: Layout
    parties: Parties
    start: int
    end: int
    line: LineType
    lead: Range | None
    speaker: Range | None = None
    """Who spoke last in the sentence."""
    used: set[int] = field(default_factory=set)
    """The quotations that have become statements."""
    words: Sequence[str] = field(init=False)
    """The words of the whole text."""
    russian: bool = field(init=False)
    """Whether the sentence is Russian; if not, it is English."""

    def __post_init__(self) -> None:
        self.words = self.laid.tokens.words
        self.russian = self.laid.lexicon.lang == "ru"

    def before(self, i: int) -> str:
        """The word before token `i` in the sentence; nothing before the first."""
        return self.words[i - 1] if i > self.start else ""

    def quotes(self) -> Iterator[tuple[int, Quoted]]:
        """The quotations of the sentence, with their numbers."""
        for number in self.laid.quotes_in(self.start, self.end):
            yield number, self.laid.quotes[number]
