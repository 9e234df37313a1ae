"""Tokens back to places in the text: every span that is told is made here."""

from __future__ import annotations

from tashawur.readouts.arabic import is_ours
from tashawur.readouts.layout import Layout
from tashawur.readouts.values import Span

_OPENING = frozenset(["هو", "هي", "اليوم", "لم", "لن", "نحن", "انا", "هذا", "هذه", "ليس", "ليست", "لقد", "كل"])
"""Words with which an Arabic clause may open behind *and*."""
_NAMING = ("roles", "ministries", "groups", "documents")


class Spans:
    """Makes spans of one text from its tokens."""

    def __init__(self, laid: Layout) -> None:
        self._laid = laid

    def cut(self, start: int, end: int) -> Span:
        """The characters from `start` to `end`."""
        return Span(start, end, self._laid.tokens.text[start:end])

    def of(self, start: int, end: int, trim: int = 0) -> Span:
        """The tokens from `start` to `end`, without the first `trim` letters."""
        marks = self._laid.tokens
        return self.cut(marks.starts[start] + trim, marks.ends[end - 1])

    def cuts_word(self, start: int, end: int) -> bool:
        """Whether a letter or digit stands right before or behind the tokens, as in *open2026*: half a word is none."""
        marks = self._laid.tokens
        text, first, last = marks.text, marks.starts[start], marks.ends[end - 1]
        before = first > 0 and text[first - 1].isalnum() and text[first].isalnum()
        return before or (text[last - 1].isalnum() and text[last : last + 1].isalnum())

    def maybe(self, tokens: tuple[int, int] | None, trim: int = 0) -> Span | None:
        """The tokens as a span, where there are any."""
        return None if tokens is None else self.of(*tokens, trim)

    def conjunction(self, i: int) -> int:
        """1 where an Arabic word carries a conjunction that is no part of what is said, else 0."""
        word, lexicon = self._laid.tokens.words[i], self._laid.lexicon
        if lexicon.lang != "ar" or word[0] not in "وف" or len(word) < 3:
            return 0
        rest, before = word[1:], self._laid.tokens.words[i - 1] if i else ""
        if before in ("،", ",") and word[0] == "و":
            # A clause of a quotation is cut before its conjunction.
            return 1
        verb = rest in lexicon.cues or rest.startswith(("سن", "سي", "ست")) or is_ours(rest)
        noun = rest.startswith(("ال", "مق", "مس", "دا")) or rest in _OPENING
        return int(verb or noun)

    def before_name(self, i: int) -> int:
        """1 where a conjunction is glued to a word that is known to name somebody, else 0."""
        word, lexicon = self._laid.tokens.words[i], self._laid.lexicon
        if lexicon.lang != "ar" or word[0] not in "وف" or word in lexicon.parties:
            return 0
        known = any(word[1:] in lexicon.words[group] for group in _NAMING)
        return int(known or word[1:] in lexicon.parties or word[1:] in self._laid.names)
