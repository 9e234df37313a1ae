"""A settlement in words: what is agreed, and what each side gets and gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tashawur.papers.settle_labels import IN_WORDS, NAMES, RULES
from tashawur.papers.settlement import number, on_own_scales
from tashawur.papers.words import Words
from tashawur.settle.answers import Settlement
from tashawur.settle.solutions import SOLUTIONS
from tashawur.settle.values import Package
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Names:
    """The words for sides, issues and options, in the languages that there are."""

    sides: Mapping[str, Text]
    issues: Mapping[str, Text]
    options: Mapping[tuple[str, str], Text]


@dataclass(frozen=True, slots=True)
class Told:
    """One package in words.

    `rules` are the sentences of the rules that pick it. `agreed` holds issue and option, `status_quo` the issues on
    which nothing changes; `gets` and `gives` the issues by side; `share` by side how much of what it could gain at best
    it gains, in per cent.
    """

    rules: tuple[str, ...]
    agreed: tuple[tuple[str, str], ...]
    status_quo: tuple[str, ...]
    sides: tuple[SideTold, ...]
    package: Package


@dataclass(frozen=True, slots=True)
class SideTold:
    """What one side gets and gives in a package."""

    name: str
    gets: tuple[str, ...]
    gives: tuple[str, ...]
    share: int | None
    value: str
    gain: str


class SettleTelling:
    """A settlement in one language. With `details` all rules are told, by their names, else those told in words."""

    def __init__(
        self, settled: Settlement, names: Names, words: Words, *, first_is_status_quo: bool, details: bool
    ) -> None:
        self.settled = settled
        self.words = words
        self.details = details
        self._names = names
        self._quo = first_is_status_quo

    def side(self, name: str) -> str:
        """A side in words."""
        return self.words.text(self._names.sides[name])

    def issue(self, place: int) -> str:
        """An issue in words."""
        return self.words.text(self._names.issues[self.settled.scenario.issues[place].name])

    def option(self, place: int, option: int) -> str:
        """An option in words."""
        issue = self.settled.scenario.issues[place]
        return self.words.text(self._names.options[issue.name, issue.options[option]])

    def counts(self) -> tuple[tuple[str, str], ...]:
        """How many packages there are, keep the rules, and are acceptable to every side."""
        settled, say = self.settled, self.words.say
        uncounted = say(N_("not counted: there are too many different ones"))
        counted = [
            (N_("Possible packages"), settled.scenario.packages),
            (N_("Keep the public rules"), settled.feasible),
            (N_("Acceptable to all sides at the table"), settled.acceptable),
        ]
        return tuple((say(label), uncounted if count is None else grouped(count)) for label, count in counted)

    def verdict(self) -> str:
        """Whether there is a package that every side can accept."""
        if self.settled.exists:
            return self.words.say(N_("There are packages that every side at the table can accept."))
        return self.words.say(N_("No agreement exists: it is proven that no package is acceptable to every side."))

    def packages(self) -> tuple[Told, ...]:
        """The packages that the rules pick, each once, with the rules that pick it."""
        names = [name for name in SOLUTIONS if self.details or name in IN_WORDS]
        picked: dict[Package, list[str]] = {}
        for name in names:
            if name in self.settled.solutions:
                picked.setdefault(self.settled.solutions[name], []).append(name)
        return tuple(self.told(package, rules) for package, rules in picked.items())

    def told(self, package: Package, rules: Sequence[str]) -> Told:
        """One package in words."""
        quo = [place for place, option in enumerate(package) if self._quo and option == 0]
        agreed = [(self.issue(place), self.option(place, o)) for place, o in enumerate(package) if place not in quo]
        return Told(
            tuple(self._rule(rule) for rule in rules),
            tuple(agreed),
            tuple(map(self.issue, quo)),
            tuple(self._sides(package)),
            package,
        )

    def values(self, package: Package) -> tuple[str, ...]:
        """What a package is worth to each side, on its own scale."""
        return on_own_scales(self.settled.scenario, self.settled.scenario.values(package))

    def absent(self, package: Package) -> Iterator[tuple[str, tuple[int, int]]]:
        """Parties concerned, with the least and the most that a package is worth to them by estimate."""
        for party in self.settled.scenario.absent:
            yield self.side(party.name), party.value(package)

    def _rule(self, rule: str) -> str:
        sentence = self.words.say(RULES[rule])
        if not self.details:
            return sentence
        return f"{self.words.say(NAMES[rule])} ({SOLUTIONS[rule].source}). {sentence}"

    def _sides(self, package: Package) -> Iterator[SideTold]:
        for side in self.settled.scenario.sides:
            gets, gives = [], []
            for place, (points, option) in enumerate(zip(side.points, package, strict=True)):
                up, down = (points[option] > 0, points[option] < 0) if self._quo else _ends(points, option)
                gets += [self.issue(place)] if up else []
                gives += [self.issue(place)] if down else []
            best = side.value(self.settled.best[side.name]) - side.reservation
            gain = side.value(package) - side.reservation
            yield SideTold(
                self.side(side.name),
                tuple(gets),
                tuple(gives),
                int(Fraction(100 * gain, best)) if best else None,
                number(side.on_own_scale(side.value(package))),
                number(side.on_own_scale(gain)),
            )


def _ends(points: Sequence[int], option: int) -> tuple[bool, bool]:
    """Whether an option is the best or the worst that a side could have on the issue, where these differ."""
    differ = max(points) > min(points)
    return differ and points[option] == max(points), differ and points[option] == min(points)


def grouped(count: int) -> str:
    """A count with its digits in threes, set apart by narrow spaces that keep it in one line."""
    return f"{count:,}".replace(",", "\u202f")
