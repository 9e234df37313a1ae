"""What a party would rather have, said in statements about options: `blockade and not strike`, `withdraw if blockade`.

Each statement weighs more than all that come after it together (option prioritising: Peng, Hipel and Fang 1997).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tashawur.durability.moves import Flags

_WORDS = re.compile(r"[()]|[^\s()]+")
_KEPT = frozenset({"and", "or", "not", "if", "iff", "(", ")"})


class StatementError(ValueError):
    """A statement that cannot be read: `word` is where, empty at its end; `unknown` where it names no option."""

    def __init__(self, word: str, *, unknown: bool) -> None:
        self.word = word
        self.unknown = unknown
        super().__init__(word)


def holds(statement: str, options: Mapping[str, Flags]) -> Flags:
    """In which states the statement holds; `options` says in which states each option is done.

    `not` binds closest, then `and`, `or`, and `if` and `iff` last; brackets as usual. Raises StatementError.
    """
    reader = _Reader(_WORDS.findall(statement), options)
    found = reader.conditional()
    if reader.word:
        raise StatementError(reader.word, unknown=False)
    return found


@dataclass(slots=True)
class _Reader:
    words: Sequence[str]
    options: Mapping[str, Flags]
    at: int = 0

    @property
    def word(self) -> str:
        return self.words[self.at] if self.at < len(self.words) else ""

    def conditional(self) -> Flags:
        found = self._either()
        while self.word in ("if", "iff"):
            both_ways = self._next() == "iff"
            other = self._either()
            found = found == other if both_ways else found | ~other
        return found

    def _either(self) -> Flags:
        return self._chain("or", np.logical_or, lambda: self._chain("and", np.logical_and, self._one))

    def _chain(self, sign: str, join: np.ufunc, part: Callable[[], Flags]) -> Flags:
        found = part()
        while self.word == sign:
            self._next()
            found = join(found, part())
        return found

    def _one(self) -> Flags:
        word = self._next()
        if word == "not":
            return ~self._one()
        if word == "(":
            found = self.conditional()
            if self.word != ")":
                raise StatementError(self.word, unknown=False)
            self._next()
            return found
        if word in _KEPT or not word:
            raise StatementError(word, unknown=False)
        if word not in self.options:
            raise StatementError(word, unknown=True)
        return self.options[word]

    def _next(self) -> str:
        word = self.word
        self.at += 1
        return word
