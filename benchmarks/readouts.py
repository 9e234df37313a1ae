"""Scores the reading of texts against marks made by hand; the marks are told in docs/reference/readout-marks.md.

python -m benchmarks.readouts check FOLDER    what in the marks does not stand in its text
python -m benchmarks.readouts score FOLDER    precision, recall and the rest, per language; --show lists what failed
python -m benchmarks.readouts speed           documents a second of one core, per language; 2 below the floor

A statement found matches a marked one when their contents share at least half of the characters that they cover
together, each with one other at most. Speaker and act are counted among those that match.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from tashawur.readouts.lexicon import Lexicon, lexicon
from tashawur.readouts.reading import read
from tashawur.readouts.tokens import fold
from tashawur.readouts.values import Statement

ACTS: Final = [
    "agreed",
    "pledged",
    "proposed",
    "announced",
    "claimed",
    "assessed",
    "urged",
    "demanded",
    "denied",
    "refused",
    "disagreed",
    "thanked",
    "welcomed",
    "condemned",
    "concern",
    "reaffirmed",
    "supported",
    "discussed",
    "asked",
]
Spans = Sequence[tuple[int, int]]
KINDS: Final = ("direct", "indirect", "mixed", "headline", "narrative")


def marked(folder: Path) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Each text below the folder that has marks: its path, the text, and the marks as they were written."""
    for path in sorted(folder.rglob("*.yaml")):
        marks = yaml.safe_load(path.read_bytes())
        if marks.get("kind") == "readout-marks":
            text = path.with_suffix(".txt").read_bytes().decode("utf-8")
            yield path, text, marks


def wrong(text: str, marks: dict[str, Any]) -> Iterator[str]:
    """What in the marks does not stand in the text, or is no word of the marks."""
    for number, one in enumerate(marks.get("statements") or (), 1):
        where = f"statement {number}"
        yield from _absent(where, text, one, ("speaker", "cue", "content"))
        if one["act"] not in ACTS or one.get("kind", "indirect") not in KINDS:
            yield f"{where}: no such act or kind"
        for key in ("deadline", "condition"):
            if one.get(key) and one[key] not in one["content"]:
                yield f"{where}: {key} is not inside the content"
    contents = [one["content"] for one in marks.get("statements") or ()]
    for number, one in enumerate(marks.get("commitments") or (), 1):
        where = f"commitment {number}"
        yield from _absent(where, text, one, ("action",))
        if not any(one["action"] in content for content in contents):
            yield f"{where}: its action is inside no content"
        for key in ("by", "said_by"):
            if not one.get(key) or any(words not in text for words in one[key]):
                yield f"{where}: {key} does not stand in the text"


def _absent(where: str, text: str, one: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        words, number = one.get(key), text.count(one.get(key) or "\0")
        if not words or not number:
            yield f"{where}: {key} does not stand in the text: {words}"
        elif key in ("content", "action") and number > 1 and f"{key}_nth" not in one:
            yield f"{where}: {key} stands {number} times; say which with {key}_nth"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


@dataclass
class Counts:
    """What was counted over some texts."""

    marked: int = 0
    found: int = 0
    matched: int = 0
    exact: int = 0
    speaker: int = 0
    act: int = 0
    negated: int = 0
    commitments_marked: int = 0
    commitments_found: int = 0
    commitments_matched: int = 0
    texts: int = 0

    def add(self, other: Counts) -> None:
        """Adds the counts of other texts."""
        for name in vars(other):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self, name: str) -> str:
        """One row of the table."""
        return (
            f"{name:<14}{self.texts:>4}{self.marked:>6}"
            f"   P {_share(self.matched, self.found)} R {_share(self.matched, self.marked)}"
            f"   exact {_share(self.exact, self.matched)} speaker {_share(self.speaker, self.matched)}"
            f" act {_share(self.act, self.matched)} negation {_share(self.negated, self.matched)}"
            f"   commitments {self.commitments_marked:>3} P {_share(self.commitments_matched, self.commitments_found)}"
            f" R {_share(self.commitments_matched, self.commitments_marked)}"
        )


def place(text: str, one: dict[str, Any], key: str, after: int = 0) -> tuple[int, int]:
    """Where the words of a mark stand: those of the number that is named, else the first."""
    words = one[key]
    number = one.get(f"{key}_nth")
    at = -1
    if number is None:
        at = text.find(words, after)
        at = text.find(words) if at < 0 else at
    else:
        for _ in range(number):
            at = text.find(words, at + 1)
    return at, at + len(words)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """What two spans share of what they cover together."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def pairs(marked_spans: Sequence[tuple[int, int]], found_spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Which marked span matches which found one, the closest pairs first, each once."""
    close = sorted(
        ((overlap(one, other), i, j) for i, one in enumerate(marked_spans) for j, other in enumerate(found_spans)),
        reverse=True,
    )
    taken: list[tuple[int, int]] = []
    left, right = set[int](), set[int]()
    for share, i, j in close:
        if share >= 0.5 and i not in left and j not in right:
            taken.append((i, j))
            left.add(i)
            right.add(j)
    return taken


def same_speaker(mark: str, found: Statement) -> bool:
    """Whether the speaker that was found shares a word with the one that is marked."""
    told = [found.speaker.mention.text if found.speaker.mention else "", found.speaker.canonical or ""]
    told.append(found.speaker.role.text if found.speaker.role else "")
    mine = {fold(word) for word in re.findall(r"[^\W\d_]+", mark)}
    theirs = {fold(word) for words in told for word in re.findall(r"[^\W\d_]+", words)}
    small = {"the", "of", "and", "и", "в"}
    return bool((mine - small) & (theirs - small))


def score(text: str, marks: dict[str, Any], show: str | None) -> Counts:
    """How well one text is read."""
    found = read(text, lexicons()[marks["lang"]], published=marks.get("published"))
    statements = marks.get("statements") or []
    spans = [place(text, one, "content") for one in statements]
    matched = pairs(spans, [(one.content.start, one.content.end) for one in found.statements])
    counts = Counts(len(statements), len(found.statements), len(matched), texts=1)
    for i, j in matched:
        mark, one = statements[i], found.statements[j]
        counts.exact += spans[i] == (one.content.start, one.content.end)
        speaker = same_speaker(mark["speaker"], one)
        counts.speaker += speaker
        counts.act += mark["act"] == one.act
        counts.negated += bool(mark.get("negated")) == one.negated
        if show and (not speaker or mark["act"] != one.act):
            told = one.speaker.mention.text if one.speaker.mention else one.speaker.resolution
            print(f"{show} ~ {mark['act']}|{mark['speaker']} <> {one.act}|{told}: {one.content.text}")
    actions = [place(text, one, "action") for one in marks.get("commitments") or []]
    deeds = pairs(actions, [(one.action.start, one.action.end) for one in found.commitments])
    counts.commitments_marked, counts.commitments_found = len(actions), len(found.commitments)
    counts.commitments_matched = len(deeds)
    if show:
        _show(
            show, text, "statement", spans, [(one.content.start, one.content.end) for one in found.statements], matched
        )
        _show(show, text, "deed", actions, [(one.action.start, one.action.end) for one in found.commitments], deeds)
    return counts


def _show(name: str, text: str, kind: str, spans: Spans, found: Spans, matched: Spans) -> None:
    """Prints what was marked and not found, and what was found and not marked."""
    left, right = {i for i, _ in matched}, {j for _, j in matched}
    for i, span in enumerate(spans):
        if i not in left:
            print(f"{name} - {kind} missed: {text[slice(*span)]}")
    for j, span in enumerate(found):
        if j not in right:
            print(f"{name} + {kind} wrong: {text[slice(*span)]}")


@cache
def lexicons() -> dict[str, Lexicon]:
    """The lexicons of all languages."""
    folder = Path(__file__).parent.parent / "src" / "tashawur" / "readouts" / "lexicon"
    parties = (folder / "parties.toml").read_bytes()
    return {lang: lexicon((folder / f"{lang}.toml").read_bytes(), parties) for lang in ("ar", "en", "ru")}


TEXTS: Final = Path(__file__).parent.parent / "tests" / "readouts"
FLOOR: Final = 300
"""Short documents a second on one core, in each language."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many texts of one language are read in a second, their number and their words."""

    documents: int
    words: int
    rate: float


def rate(lang: str, rounds: int = 5) -> Rate:
    """Reads all marked texts of a language in each round; the quickest round counts."""
    texts = [path.read_text("utf-8") for path in sorted((TEXTS / lang).rglob("*.txt"))]
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        for text in texts:
            read(text, lexicons()[lang])
        seconds.append(time.process_time() - begun)
    return Rate(len(texts), sum(len(text.split()) for text in texts), len(texts) / min(seconds))


def speed() -> int:
    """Prints the rate of each language; 2 where one is below the floor."""
    rates = {lang: rate(lang) for lang in lexicons()}
    for lang, one in rates.items():
        kept = "kept" if one.rate >= FLOOR else "NOT KEPT"
        told = f"{lang}  {one.documents} texts of {one.words // one.documents} words"
        print(f"{told}  {one.rate:.0f} a second  floor {FLOOR}: {kept}")
    return 0 if all(one.rate >= FLOOR for one in rates.values()) else 2


def main() -> int:
    """Checks or scores the marks of a folder, or measures; 2 when something is wrong with them."""
    if sys.argv[1:] == ["speed"]:
        return speed()
    word, folder = sys.argv[1], Path(sys.argv[2])
    if word == "score":
        total: dict[str, Counts] = {}
        for path, text, marks in marked(folder):
            counts = score(text, marks, path.stem if "--show" in sys.argv else None)
            total.setdefault(marks["lang"], Counts()).add(counts)
            if "--each" in sys.argv:
                print(counts.line(path.stem[:13]))
        for lang, counts in total.items():
            print(counts.line(lang))
        return 0
    found = [f"{path.name}: {told}" for path, text, marks in marked(folder) for told in wrong(text, marks)]
    print("\n".join(found) or "all marks stand in their texts")
    return 2 if found else 0


if __name__ == "__main__":
    sys.exit(main())
