"""What a side that speaks in words can accept, over all scores that fit its words.

A score fits when, on every issue, better words have more points and equal words as many; when, from best to worst, an
issue that matters more spans more points than one that matters less; and when it agrees with the side's answers to
questions. A package is acceptable under a score when it is worth at least as much as the least that the side named.
What holds under all scores that fit is sure (imprecise value functions: Fishburn, Management Science 11, 1965; the
questions: Boutilier, Bacchus, Patrascu, Poupart, UAI 2003).

All scores that fit are ways to give points, more than none, to the *steps* between neighbouring words of an issue. They
make a cone, and what is asked of it is answered in whole numbers, with a proof (`linear`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, combinations, pairwise
from math import gcd
from typing import Final, Literal

from tashawur.settle.linear import Proof, Row, fulfilled
from tashawur.settle.values import Box, Package, ScenarioError

WORDS: Final = ("never", "would_rather_not", "can_live_with", "want", "must")
"""What is said of an option, from the worst to the best."""
SMALL: Final = 4
"""Issues in a question at most, if a question of that size decides anything."""

Verdict = Literal["surely", "possibly", "not"]
Form = tuple[int, ...]
"""What a comparison of two packages is worth, as so many times each step."""
Part = Mapping[int, int]
"""Options by issue, by their places; on the other issues both sides of a comparison are alike."""


class ContradictionError(ScenarioError):
    """No score fits what the side said: its answers at the places `answers`, all needed, contradict each other.

    Without any of them the others of these would fit. They may contradict the words and the order instead.
    """

    def __init__(self, answers: tuple[int, ...]) -> None:
        self.answers = answers
        super().__init__("the answers of a side contradict each other")


@dataclass(frozen=True, slots=True)
class Comparison:
    """An answer: `better` is worth more to the side than `than`, or, with `or_equal`, at least as much."""

    better: Part = field(repr=False)
    than: Part = field(repr=False)
    or_equal: bool = field(default=False, repr=False)


@dataclass(frozen=True)
class Worded:
    """One side that speaks in words. Private: only the name is shown by `repr`.

    `words[issue][option]` are places in WORDS. `ranks` are issues, the most important first, those of one rank or of
    unknown rank together; each issue stands in one of them. `least` is a package that the side can just accept.
    """

    name: str
    words: tuple[tuple[int, ...], ...] = field(repr=False)
    ranks: tuple[tuple[int, ...], ...] = field(repr=False)
    least: Package = field(repr=False)
    red_lines: tuple[Box, ...] = field(default=(), repr=False)
    comparisons: tuple[Comparison, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if sorted(issue for rank in self.ranks for issue in rank) != list(range(len(self.words))):
            message = "not every issue stands once in the order"
            raise ScenarioError(message)
        if len(self.least) != len(self.words):
            message = "the least that is accepted is no package"
            raise ScenarioError(message)

    @cached_property
    def levels(self) -> tuple[tuple[int, ...], ...]:
        """`levels[issue][option]`: how many steps above the worst word of the issue the option stands."""
        return tuple(tuple(sorted(set(said)).index(word) for word in said) for said in self.words)

    @cached_property
    def steps(self) -> tuple[range, ...]:
        """By issue: the places of its steps in a form, the lowest first. All one word: no step, nothing to settle."""
        ends = list(accumulate((max(levels) for levels in self.levels), initial=0))
        return tuple(range(begin, end) for begin, end in pairwise(ends))

    @cached_property
    def order(self) -> tuple[tuple[int, ...], ...]:
        """The ranks, with only the issues that have a step."""
        ranks = (tuple(issue for issue in rank if self.steps[issue]) for rank in self.ranks)
        return tuple(rank for rank in ranks if rank)

    @cached_property
    def lines(self) -> tuple[Box, ...]:
        """The red lines, with those that the words draw: what is `never`, and what is not `must` beside a `must`."""
        return (*self.red_lines, *self._lines_by_words())

    def _lines_by_words(self) -> Iterator[Box]:
        never, must = WORDS.index("never"), WORDS.index("must")
        for issue, said in enumerate(self.words):
            crossed = {option for option, word in enumerate(said) if word == never or (must in said and word != must)}
            if crossed:
                yield Box({issue: frozenset(crossed)})

    @property
    def size(self) -> int:
        """How many steps there are."""
        return self.steps[-1].stop if self.steps else 0

    def form(self, one: Part, other: Part) -> Form:
        """What `one` is worth more than `other`."""
        found = [0] * self.size
        for part, sign in ((one, 1), (other, -1)):
            for issue, option in part.items():
                for step in self.steps[issue][: self.levels[issue][option]]:
                    found[step] += sign
        return tuple(found)

    def over_least(self, package: Sequence[int]) -> Form:
        """What the package is worth more than the least that the side can accept."""
        return self.form(dict(enumerate(package)), dict(enumerate(self.least)))

    @cached_property
    def answers(self) -> tuple[Form, ...]:
        """The comparisons as forms: what the better is worth more."""
        return tuple(self.form(one.better, one.than) for one in self.comparisons)

    @cached_property
    def middle(self) -> Form:
        """A score that fits words and order, the answers left aside: whole points for each step, strictly more for an
        issue that matters more."""
        found = [0] * self.size
        for height, rank in enumerate(reversed(self.order), start=1):
            for issue in rank:
                # 12 can be parted evenly into 1, 2, 3 or 4 steps, which is as many as five words make.
                for step in self.steps[issue]:
                    found[step] = 12 * height // len(self.steps[issue])
        return tuple(found)

    def crossed(self, package: Sequence[int]) -> tuple[Box, ...]:
        """The red lines that the package crosses."""
        return tuple(line for line in self.lines if line.holds(package))


Score = tuple[tuple[int, ...], ...]
"""`score[issue][option]`: whole points that fit what a side said."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How a package stands with a side, and why. Private: only the verdict is shown by `repr`.

    Surely: it crosses no red line, and every score that fits accepts it. Then `made_good` pairs each issue on which it
    is worse than the least with one on which it is better and that matters more, as far as the order alone says so,
    and `answers` are the places of the comparisons that say the rest. Not: it crosses the red lines `crossed`, or no
    score that fits accepts it; then each issue on which it is better is paired with one on which it is worse. Possibly:
    it depends; `accepting` and `refusing` are a score for each.
    """

    verdict: Verdict
    better: tuple[int, ...] = field(repr=False)
    worse: tuple[int, ...] = field(repr=False)
    made_good: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    answers: tuple[int, ...] = field(default=(), repr=False)
    crossed: tuple[Box, ...] = field(default=(), repr=False)
    accepting: Score | None = field(default=None, repr=False)
    refusing: Score | None = field(default=None, repr=False)


def judge(side: Worded, package: Sequence[int]) -> Judged:
    """How the package stands with the side. Raises ContradictionError when its answers contradict each other."""
    _consistent(side)
    levels = [
        (levels[option], levels[least]) for levels, option, least in zip(side.levels, package, side.least, strict=True)
    ]
    better = tuple(issue for issue, (level, least) in enumerate(levels) if level > least)
    worse = tuple(issue for issue, (level, least) in enumerate(levels) if level < least)
    crossed = side.crossed(package)
    if crossed:
        return Judged("not", better, worse, crossed=crossed)
    form = side.over_least(package)
    refusing = below(side, form)
    if isinstance(refusing, Proof):
        pairs = _paired(side, form, worse)
        return Judged("surely", better, worse, pairs, _told(side, refusing) if len(pairs) < len(worse) else ())
    accepting = at_least(side, form)
    if isinstance(accepting, Proof):
        pairs = _paired(side, tuple(-value for value in form), better)
        return Judged("not", better, worse, pairs, _told(side, accepting) if len(pairs) < len(better) else ())
    return Judged(
        "possibly", better, worse, accepting=_score(side, accepting), refusing=_score(side, _inside(side, refusing))
    )


def below(side: Worded, form: Form) -> Form | Proof:
    """A score at the edge of those that fit under which the form is worth less than nothing, or that none is.

    With it, scores that fit and lie near it. It is a corner of the cone: there are finitely many.
    """
    rows = [*_order_rows(side), *_answer_rows(side), _row(side, [-value for value in form])]
    found = fulfilled(rows, [0] * (len(rows) - 1) + [1], _unknowns(side))
    if isinstance(found, Proof):
        return found
    edge = found.values[: side.size]
    shared = gcd(*edge)
    return tuple(value // shared for value in edge)


def at_least(side: Worded, form: Form | None = None) -> Form | Proof:
    """A score that fits under which the form, if any, is worth nothing or more, or that there is none.

    The numbers of a proof are those of the order, then of the answers, then of the form.
    """
    rows = [*_order_rows(side), *_answer_rows(side)]
    least = [0] * (len(rows) - len(side.answers))
    least += [
        (not told.or_equal) - _worth(answer, side.middle)
        for told, answer in zip(side.comparisons, side.answers, strict=True)
    ]
    if form is not None:
        rows.append(_row(side, form))
        least.append(-_worth(form, side.middle))
    found = fulfilled(rows, least, _unknowns(side))
    if isinstance(found, Proof):
        return found
    # The unknowns are what a score has beyond the middle, so that every step has points.
    return tuple(value + found.scale * begun for value, begun in zip(found.values, side.middle, strict=False))


def contradiction(side: Worded) -> tuple[int, ...]:
    """The places of answers that contradict each other, the words or the order, none of them to spare; or nothing."""
    held = list(range(len(side.comparisons)))
    if not isinstance(at_least(side), Proof):
        return ()
    for place in tuple(held):
        without = [other for other in held if other != place]
        if isinstance(at_least(_answering(side, without)), Proof):
            held = without
    return tuple(held)


def _answering(side: Worded, places: Sequence[int]) -> Worded:
    comparisons = tuple(side.comparisons[place] for place in places)
    return Worded(side.name, side.words, side.ranks, side.least, side.red_lines, comparisons)


def _consistent(side: Worded) -> None:
    if side.comparisons and (found := contradiction(side)):
        raise ContradictionError(found)


def _inside(side: Worded, edge: Form) -> Form:
    """A score that fits, so near to one at the edge that a form below nothing there is so here."""
    inner = at_least(side)
    if isinstance(inner, Proof):
        raise ContradictionError(contradiction(side))
    weight = sum(inner) + 1
    return tuple(weight * far + near for far, near in zip(edge, inner, strict=True))


def _unknowns(side: Worded) -> int:
    """The steps, and between two ranks a bound that parts them."""
    return side.size + max(len(side.order) - 1, 0)


def _row(side: Worded, form: Sequence[int]) -> Row:
    return [*form, *[0] * (_unknowns(side) - side.size)]


def _answer_rows(side: Worded) -> Iterator[Row]:
    return (_row(side, answer) for answer in side.answers)


def _order_rows(side: Worded) -> Iterator[Row]:
    """An issue spans at least what the bound below its rank says, and at most what the one above says."""
    for place, rank in enumerate(side.order):
        for issue in rank:
            for bound, sign in ((place, 1), (place - 1, -1)):
                if 0 <= bound < len(side.order) - 1:
                    row = [0] * _unknowns(side)
                    row[side.size + bound] = -sign
                    for step in side.steps[issue]:
                        row[step] = sign
                    yield row


def _worth(form: Sequence[int], score: Sequence[int]) -> int:
    return sum(value * points for value, points in zip(form, score, strict=True))


def _told(side: Worded, proof: Proof) -> tuple[int, ...]:
    """The places of the answers that a proof rests on."""
    begins = len(proof.numbers) - 1 - len(side.answers)
    return tuple(place for place in range(len(side.answers)) if proof.numbers[begins + place])


def _score(side: Worded, points: Form) -> Score:
    return tuple(
        tuple(sum(points[step] for step in steps[:level]) for level in levels)
        for steps, levels in zip(side.steps, side.levels, strict=True)
    )


def _paired(side: Worded, form: Form, worse: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Issues on which something is lost, each with one that matters more and is gained from end to end."""
    free: list[int] = []
    pairs: list[tuple[int, int]] = []
    for rank in side.order:
        paid = [issue for issue in rank if issue in worse][: len(free)]
        pairs += [(issue, free.pop()) for issue in paid]
        free += [issue for issue in rank if all(form[step] > 0 for step in side.steps[issue])]
    return tuple(sorted(pairs))


def question(side: Worded, package: Sequence[int]) -> tuple[Part, Part] | None:
    """A question to the side: is the first at least as good for it as the second?

    None where its words decide already. It concerns as few issues as can decide the matter, by one of the two answers
    at least; where no question of at most SMALL issues does, one of them that leads nearer; at the last, all that is
    left. Given back among the comparisons, the answer is never asked again.
    """
    judged = judge(side, package)
    if judged.verdict != "possibly":
        return None
    chosen = _deciding(side, package, judged) or _leading(side, package, judged) or (*judged.better, *judged.worse)
    return {issue: package[issue] for issue in chosen}, {issue: side.least[issue] for issue in chosen}


def _small(side: Worded, judged: Judged) -> Iterator[tuple[int, ...]]:
    """Issues that can stand in one question, the fewest and most important first: something gained, something lost."""
    differing = [issue for rank in side.order for issue in rank if issue in judged.better or issue in judged.worse]
    for size in range(2, SMALL + 1):
        for part in combinations(differing, size):
            if not set(part) <= set(judged.better) and not set(part) <= set(judged.worse):
                yield part


def _over(side: Worded, package: Sequence[int], issues: Sequence[int]) -> Form:
    """What the package is worth more than the least on some issues."""
    return side.form({issue: package[issue] for issue in issues}, {issue: side.least[issue] for issue in issues})


def _deciding(side: Worded, package: Sequence[int], judged: Judged) -> tuple[int, ...] | None:
    """Issues on which everything hangs: on all others nothing can be lost, or nothing can be gained."""
    whole = side.over_least(package)
    edges: list[Form] = []

    def never_below(form: Form) -> bool:
        """Whether no score that fits makes it less than nothing; scores that did so once are tried first."""
        if any(_worth(form, edge) < 0 for edge in edges):
            return False
        found = below(side, form)
        if not isinstance(found, Proof):
            edges.append(found)
        return isinstance(found, Proof)

    for part in _small(side, judged):
        here = _over(side, package, part)
        rest = tuple(value - taken for value, taken in zip(whole, here, strict=True))
        if (never_below(rest) or never_below(tuple(-value for value in rest))) and _open(side, here):
            return part
    return None


def _leading(side: Worded, package: Sequence[int], judged: Judged) -> tuple[int, ...] | None:
    """Issues that are open between them, and leave as little as can be that nothing makes good."""

    def left(part: tuple[int, ...]) -> int:
        others = [issue for issue in (*judged.better, *judged.worse) if issue not in part]
        worse = [issue for issue in others if issue in judged.worse]
        return len(worse) - len(_paired(side, _over(side, package, others), worse))

    parts = sorted(_small(side, judged), key=lambda part: (left(part), len(part)))
    return next((part for part in parts if _open(side, _over(side, package, part))), None)


def _open(side: Worded, form: Form) -> bool:
    """Whether it is worth less than nothing under some scores that fit, and not under others."""
    return not isinstance(below(side, form), Proof) and not isinstance(at_least(side, form), Proof)
