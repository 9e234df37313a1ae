"""Small sides that speak in words, and slow obvious answers to hold their reading against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from hypothesis import strategies as st

from settling import boxes
from tashawur.settle.values import Package
from tashawur.settle.words import Comparison, Score, Worded


@st.composite
def tables(draw: st.DrawFn, shape: Sequence[int]) -> Score:
    """What a side has in its mind: points by issue and option."""
    return tuple(tuple(draw(st.integers(0, 6)) for _ in range(size)) for size in shape)


@st.composite
def shapes(draw: st.DrawFn) -> tuple[int, ...]:
    return tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)))


@st.composite
def spoken(draw: st.DrawFn, score: Score, name: str = "A", *, most: int = 3, lines: bool = True) -> Worded:
    """A side with the score in its mind, that says it in words; and truthful answers to some questions."""
    words = []
    for row in score:
        heights = sorted(set(row))
        known = st.integers(0, 4) if lines else st.integers(1, 3)
        said = sorted(draw(st.sets(known, min_size=len(heights), max_size=len(heights))))
        words.append(tuple(said[heights.index(points)] for points in row))
    shape = tuple(map(len, score))
    red = tuple(draw(st.lists(boxes(shape), max_size=1))) if lines else ()
    least = draw(parts(shape, whole=True))
    answers = tuple(draw(st.lists(answered(score), max_size=most)))
    return Worded(name, tuple(words), draw(ranked(score)), tuple(least.values()), red, answers)


@st.composite
def ranked(draw: st.DrawFn, score: Score) -> tuple[tuple[int, ...], ...]:
    """The issues by what they span, equal ones together, and now and then two ranks thrown together."""
    spans = [max(row) - min(row) for row in score]
    ranks: list[tuple[int, ...]] = []
    for span in sorted(set(spans), reverse=True):
        rank = tuple(issue for issue, own in enumerate(spans) if own == span)
        if ranks and draw(st.integers(0, 3)) == 0:
            ranks[-1] = (*ranks[-1], *rank)
        else:
            ranks.append(rank)
    return tuple(ranks)


@st.composite
def parts(draw: st.DrawFn, shape: Sequence[int], *, whole: bool = False) -> dict[int, int]:
    issues = range(len(shape)) if whole else sorted(draw(st.sets(st.sampled_from(range(len(shape))), max_size=3)))
    return {issue: draw(st.integers(0, shape[issue] - 1)) for issue in issues}


@st.composite
def answered(draw: st.DrawFn, score: Score) -> Comparison:
    """A truthful answer to a question about the same issues on both sides."""
    shape = tuple(map(len, score))
    one = draw(parts(shape))
    other = {issue: draw(st.integers(0, shape[issue] - 1)) for issue in one}
    return truth(score, one, other)


def truth(score: Score, one: Mapping[int, int], other: Mapping[int, int]) -> Comparison:
    """Is the first at least as good as the second?"""
    if worth(score, one) >= worth(score, other):
        return Comparison(one, other, or_equal=True)
    return Comparison(other, one)


def worth(score: Score, part: Mapping[int, int]) -> int:
    return sum(score[issue][option] for issue, option in part.items())


def fits(side: Worded, score: Score) -> bool:
    """Whether the score fits what the side said, by the letter."""
    for said, row in zip(side.words, score, strict=True):
        for word, points in zip(said, row, strict=True):
            for other, more in zip(said, row, strict=True):
                if (word < other and points >= more) or (word == other and points != more):
                    return False
    spans = [max(row) - min(row) for row in score]
    for place, rank in enumerate(side.ranks):
        for later in side.ranks[place + 1 :]:
            if any(spans[one] <= spans[other] for one in rank for other in later if spans[one] and spans[other]):
                return False
    gaps = [(worth(score, one.better) - worth(score, one.than), one.or_equal) for one in side.comparisons]
    return all(gap > 0 or (equal and gap == 0) for gap, equal in gaps)


def accepts(side: Worded, score: Score, package: Package) -> bool:
    enough = worth(score, dict(enumerate(package))) >= worth(score, dict(enumerate(side.least)))
    return enough and not side.crossed(package)


def scores(side: Worded, most: int) -> Iterator[Score]:
    """The scores that fit with at most so many points a step."""
    for points in product(range(1, most + 1), repeat=side.size):
        score = tuple(
            tuple(sum(points[step] for step in steps[:level]) for level in levels)
            for steps, levels in zip(side.steps, side.levels, strict=True)
        )
        if fits(side, score):
            yield score


def packages(side: Worded) -> Iterator[Package]:
    return product(*(range(len(said)) for said in side.words))
