"""A text as tokens. The text itself is never changed: a token knows where it stands and has a folded form to look up.

Folding makes alike what writers use alike: forms of hamza, vowel marks, letter cases, ё and е. It happens token by
token, so it can never move a span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_MARKS: Final = "\u064b-\u0652\u0640\u0670\u0610-\u061a\u200c\u200d\u00ad"
_TOKEN: Final = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}|\d+(?:[.,]\d+)+|\d+|[^\W\d_](?:[^\W\d_]|[{_MARKS}]|[’'](?=[^\W\d_])|-(?=[^\W\d_]))*"
    r"|\.{3}|…|[^\w\s]",
)
_UNSEEN: Final = re.compile(f"[{_MARKS}]")
_FOLDED: Final = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ё": "е", "’": "'"})
_DIGITS: Final = {ord(digit): str(number) for number, digit in enumerate("٠١٢٣٤٥٦٧٨٩")} | {
    ord(digit): str(number) for number, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")
}


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The form of a word that is looked up.

    >>> fold("فرقًا"), fold("Её"), fold("أكدت")
    ('فرقا', 'ее', 'اكدت')
    """
    if word.isascii():
        return word.lower()
    return _UNSEEN.sub("", word).lower().translate(_FOLDED).translate(_DIGITS) or word


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of a text in their order: token `i` stands from `starts[i]` to `ends[i]`, as code points."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.words)

    def raw(self, i: int) -> str:
        """Token `i` as it stands in the text."""
        return self.text[self.starts[i] : self.ends[i]]

    def is_word(self, i: int) -> bool:
        """Whether token `i` is a word or a number, not a mark."""
        return self.words[i][0].isalnum()

    def same_line(self, i: int, j: int) -> bool:
        """Whether no line ends between tokens `i` and `j`."""
        return "\n" not in self.text[self.starts[i] : self.starts[j]]

    def glued(self, i: int) -> bool:
        """Whether token `i` follows the one before without a blank."""
        return i > 0 and self.starts[i] == self.ends[i - 1]


def tokens(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of the text between two offsets."""
    found = list(_TOKEN.finditer(text, start, len(text) if end is None else end))
    return Tokens(
        text,
        [fold(one.group()) for one in found],
        [one.start() for one in found],
        [one.end() for one in found],
    )
