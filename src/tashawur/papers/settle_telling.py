"""A settlement in words: what is agreed, and what each side gets and gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tashawur.papers import labels
from tashawur.papers.scenario_words import told
from tashawur.papers.settle_labels import IN_WORDS, NAMES, OF, RULES, SOURCES
from tashawur.papers.settlement import About, number, on_own_scales
from tashawur.papers.words import Words
from tashawur.settle.answers import Settlement
from tashawur.settle.frontier import Frontier
from tashawur.settle.solutions import SOLUTIONS
from tashawur.settle.sought import Sought
from tashawur.settle.values import Package, Scenario
from tashawur.terms.phrases import N_, NN_


@dataclass(frozen=True, slots=True)
class Told:
    """One package in words.

    `rules` are the sentences of the rules that pick it. `agreed` holds issue and option, `status_quo` the issues on
    which nothing changes; `other` what is not as in the first package that is told.
    """

    rules: tuple[str, ...]
    agreed: tuple[tuple[str, str], ...]
    status_quo: tuple[str, ...]
    other: tuple[tuple[str, str], ...]
    sides: tuple[SideTold, ...]
    package: Package


@dataclass(frozen=True, slots=True)
class SideTold:
    """What one side gets and gives in a package, by issues.

    `share` is how much of what it could gain at best with the others' agreement it gains, in whole per cent; `value`
    and `gain` over its reservation are points on its own scale.
    """

    name: str
    gets: tuple[str, ...]
    gives: tuple[str, ...]
    share: int | None
    value: str
    gain: str


class Telling:
    """What stands above every answer about a scenario, in one language."""

    def __init__(self, scenario: Scenario, about: About, words: Words) -> None:
        self.scenario = scenario
        self.about = about
        self.words = words

    def title(self) -> str:
        """What is settled."""
        return self.words.text(self.about.title)

    def stamp(self) -> str:
        """*Invented*, or nothing."""
        return self.words.say(labels.INVENTED) if self.about.invented else ""

    def notes(self) -> Iterator[str]:
        """Where the scenario comes from, who sees what, who was not asked."""
        say = self.words.say
        yield say(N_("Read as: {source}"), source=say(SOURCES[self.about.source]))
        for note in self.about.notes:
            yield told(note, self.words)
        yield say(N_("Mode: open. One process holds all briefs and sees every side's priorities."))
        if self.about.without_brief:
            missing = self.words.listed(map(self.side, self.about.without_brief))
            yield say(N_("Without a brief, and so not asked: {sides}. The answer is for the others."), sides=missing)
        for party in self.about.overruled:
            yield say(N_("{party} has a brief of its own: the estimate is left aside."), party=self.side(party))
        for absent in self.scenario.absent:
            name = self.side(absent.name)
            yield say(N_("{party} is concerned and not at the table: it was not asked."), party=name)

    def side(self, name: str) -> str:
        """A side in words."""
        return self.words.text(self.about.sides[name])

    def sides(self) -> tuple[str, ...]:
        """The sides at the table in words."""
        return tuple(self.side(side.name) for side in self.scenario.sides)


class SettleTelling(Telling):
    """A settlement in one language. With `details` all rules are told, by their names, else those told in words."""

    def __init__(self, settled: Settlement, about: About, words: Words, *, details: bool) -> None:
        super().__init__(settled.scenario, about, words)
        self.settled = settled
        self.details = details

    def issue(self, place: int) -> str:
        """An issue in words."""
        return self.words.text(self.about.issues[self.scenario.issues[place].name])

    def option(self, place: int, option: int) -> str:
        """An option in words."""
        issue = self.scenario.issues[place]
        return self.words.text(self.about.options[issue.name, issue.options[option]])

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

    def solutions(self) -> dict[str, Package]:
        """The package of each rule that is told."""
        return {name: one for name, one in self.settled.solutions.items() if self.details or name in IN_WORDS}

    def packages(self) -> tuple[Told, ...]:
        """The packages that the rules pick, each once, with the rules that pick it."""
        picked: dict[Package, list[str]] = {}
        for name, package in self.solutions().items():
            picked.setdefault(package, []).append(name)
        first = next(iter(picked), ())
        return tuple(self._told(package, rules, first) for package, rules in picked.items())

    def _told(self, package: Package, rules: Sequence[str], first: Package) -> Told:
        quo = [place for place, option in enumerate(package) if self.about.first_is_status_quo and option == 0]
        agreed = [(self.issue(place), self.option(place, o)) for place, o in enumerate(package) if place not in quo]
        return Told(
            tuple(self._rule(rule) for rule in rules),
            tuple(agreed),
            tuple(map(self.issue, quo)),
            tuple((self.issue(place), self.option(place, o)) for place, o in enumerate(package) if o != first[place]),
            tuple(self._sides(package)),
            package,
        )

    def values(self, package: Package) -> tuple[str, ...]:
        """What a package is worth to each side, on its own scale."""
        return self.values_of(self.scenario.values(package))

    def values_of(self, values: Sequence[int]) -> tuple[str, ...]:
        """Whole points of each side as numbers on its own scale."""
        return on_own_scales(self.scenario, values)

    def absent(self, package: Package) -> Iterator[tuple[str, tuple[int, int]]]:
        """Parties concerned, with the least and the most that a package is worth to them by estimate."""
        for party in self.scenario.absent:
            yield self.side(party.name), party.value(package)

    def _rule(self, rule: str) -> str:
        sentence = self.words.say(RULES[rule])
        if not self.details:
            return sentence
        return f"{self.words.say(NAMES[rule])} ({SOLUTIONS[rule].source}). {sentence}"

    def _sides(self, package: Package) -> Iterator[SideTold]:
        for side in self.scenario.sides:
            gets, gives = [], []
            for place, (points, option) in enumerate(zip(side.points, package, strict=True)):
                up, down = (
                    (points[option] > 0, points[option] < 0)
                    if self.about.first_is_status_quo
                    else _ends(points, option)
                )
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


class FrontierTelling(Telling):
    """A frontier in one language: `points` has a row of values for each point, one for each side."""

    def __init__(
        self, scenario: Scenario, found: Frontier | Sought, about: About, words: Words, *, everything: bool
    ) -> None:
        super().__init__(scenario, about, words)
        self.points = [on_own_scales(scenario, values) for values in found.values.tolist()]
        self._everything = everything

    def what(self) -> str:
        """What the frontier is of."""
        return self.words.say(OF[self._everything])

    def count(self) -> str:
        """How many points there are."""
        return self.words.count(_POINTS, len(self.points))


_POINTS: Final = NN_("{number} point", "{number} points")


def _ends(points: Sequence[int], option: int) -> tuple[bool, bool]:
    """Whether an option is the best or the worst that a side could have on the issue, where these differ."""
    differ = max(points) > min(points)
    return differ and points[option] == max(points), differ and points[option] == min(points)


def grouped(count: int) -> str:
    """A count with its digits in threes, set apart by narrow spaces that keep it in one line."""
    return f"{count:,}".replace(",", "\u202f")
