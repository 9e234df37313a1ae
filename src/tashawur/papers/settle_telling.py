"""A settlement in words: what is agreed, and what each side gets and gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tashawur.papers import labels
from tashawur.papers.scenario_words import told
from tashawur.papers.settle_labels import IN_WORDS, NAMES, OF, RULES, SOURCES
from tashawur.papers.settlement import About, Guarded, number, on_own_scales
from tashawur.papers.words import Words
from tashawur.settle.answers import Settlement
from tashawur.settle.frontier import Frontier
from tashawur.settle.solutions import SOLUTIONS
from tashawur.settle.sought import Sought
from tashawur.settle.values import Package, Scenario, Side
from tashawur.terms.phrases import N_, NN_

GETS_AND_GIVES: Final = (N_("gets"), N_("gives"))


@dataclass(frozen=True, slots=True)
class Told:
    """One package in words.

    `rules` are sentences: the rules that pick it, or what it is. `agreed` holds issue and option, `status_quo` the
    issues on which nothing changes; `other` what is not as in the first package that is told.
    """

    rules: tuple[str, ...]
    agreed: tuple[tuple[str, str], ...]
    status_quo: tuple[str, ...]
    other: tuple[tuple[str, str], ...]
    sides: tuple[SideTold, ...]
    package: Package


@dataclass(frozen=True, slots=True)
class SideTold:
    """What one side gets and gives in a package, by issues, under two `labels`.

    `share` is how much of what it could gain at best with the others' agreement it gains, in whole per cent; `standing`
    is how the package stands with a side that speaks in words; `points` its value and the gain over its reservation.
    """

    name: str
    gets: tuple[str, ...]
    gives: tuple[str, ...]
    labels: tuple[str, str] = GETS_AND_GIVES
    share: int | None = None
    standing: str = ""
    points: str = ""


@dataclass(frozen=True, slots=True)
class QuestionTold:
    """A question to one side: is the first part at least as good as the second? With what to write as the answer."""

    asked: str
    parts: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GuardTold:
    """What follows of an assumption about parties not at the table: its words, counts, and the package of rule 1."""

    assumed: tuple[str, ...]
    counts: tuple[tuple[str, str], ...]
    package: Told | None


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
            yield self._estimated(absent.name)

    def _estimated(self, party: str) -> str:
        name, found = self.side(party), self.about.estimated.get(party)
        if found is None:
            return self.words.say(N_("{party} is concerned and not at the table: it was not asked."), party=name)
        told = N_("{party} is concerned and not at the table: it was not asked. It is estimated by: {author}")
        return self.words.say(told, party=name, author=self.words.text(found.by))

    def issue(self, place: int) -> str:
        """An issue in words."""
        return self.words.text(self.about.issues[self.scenario.issues[place].name])

    def option(self, place: int, option: int) -> str:
        """An option in words."""
        issue = self.scenario.issues[place]
        return self.words.text(self.about.options[issue.name, issue.options[option]])

    def told(self, package: Package, rules: Iterable[str], first: Package, sides: Iterable[SideTold]) -> Told:
        """A package in words; what is not as in the `first` stands apart."""
        quo = [place for place, option in enumerate(package) if self.about.first_is_status_quo and option == 0]
        agreed = [(self.issue(place), self.option(place, o)) for place, o in enumerate(package) if place not in quo]
        return Told(
            tuple(rules),
            tuple(agreed),
            tuple(map(self.issue, quo)),
            tuple((self.issue(place), self.option(place, o)) for place, o in enumerate(package) if o != first[place]),
            tuple(sides),
            package,
        )

    def by_points(self, side: Side, package: Package) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The issues on which a side that speaks in points gets something, and those on which it gives."""
        gets, gives = [], []
        for place, (points, option) in enumerate(zip(side.points, package, strict=True)):
            quo = self.about.first_is_status_quo
            up, down = (points[option] > 0, points[option] < 0) if quo else _ends(points, option)
            gets += [self.issue(place)] if up else []
            gives += [self.issue(place)] if down else []
        return tuple(gets), tuple(gives)

    def counted(self, counts: Iterable[tuple[str, int | None]]) -> tuple[tuple[str, str], ...]:
        """Counts of packages under their labels."""
        uncounted = self.words.say(N_("not counted: there are too many different ones"))
        return tuple((self.words.say(label), uncounted if n is None else grouped(n)) for label, n in counts)

    def absent(self, package: Package) -> Iterator[str]:
        """What a package is worth to parties concerned, by estimate."""
        told = N_("{party}, not at the table, by estimate: from {least} to {most}")
        for party in self.scenario.absent:
            least, most = map(self.words.signed, party.value(package))
            yield self.words.say(told, party=self.side(party.name), least=least, most=most)

    def side(self, name: str) -> str:
        """A side in words."""
        return self.words.text(self.about.sides[name])

    def sides(self) -> tuple[str, ...]:
        """The sides at the table in words."""
        return tuple(self.side(side.name) for side in self.scenario.sides)


class AnswerTelling(Telling):
    """An answer in one language: what it says, how many packages there are, and those that are told."""

    def __init__(self, scenario: Scenario, about: About, words: Words, *, details: bool) -> None:
        super().__init__(scenario, about, words)
        self.details = details

    def notes(self) -> Iterator[str]:
        """As above; with `details` also on what evidence a party was estimated."""
        yield from super().notes()
        for party, found in self.about.estimated.items() if self.details else ():
            basis = self.words.series(map(self.words.text, found.basis))
            if basis:
                yield self.words.say(
                    N_("Evidence of the estimate of {party}: {basis}"), party=self.side(party), basis=basis
                )

    def verdict(self) -> str:
        """Whether there is a package that every side can accept."""
        raise NotImplementedError

    def counts(self) -> tuple[tuple[str, str], ...]:
        """How many packages there are, keep the rules, and are acceptable to every side."""
        raise NotImplementedError

    def packages(self) -> tuple[Told, ...]:
        """The packages that are told, each once."""
        raise NotImplementedError

    def questions(self) -> tuple[QuestionTold, ...]:
        """What to ask whom, where that decides the answer."""
        return ()

    def guarded(self) -> GuardTold | None:
        """What follows of an assumption about parties not at the table, where there is one."""
        return None

    def best(self) -> Mapping[str, Package]:
        """By side its best within the lines of the others, where points are told."""
        return {}

    def solutions(self) -> Mapping[str, Package]:
        """The package of each rule that is told."""
        return {}

    def values(self, package: Package) -> tuple[str, ...]:
        """What a package is worth to each side, on its own scale."""
        return on_own_scales(self.scenario, self.scenario.values(package))


NO_AGREEMENT: Final = N_("No agreement exists: it is proven that no package is acceptable to every side.")


class SettleTelling(AnswerTelling):
    """A settlement in one language. With `details` all rules are told, by their names, else those told in words."""

    def __init__(
        self, settled: Settlement, about: About, words: Words, guarded: Guarded | None = None, *, details: bool
    ) -> None:
        super().__init__(settled.scenario, about, words, details=details)
        self.settled = settled
        self._guarded = guarded

    def verdict(self) -> str:
        """Whether there is a package that every side can accept."""
        there_are = N_("There are packages that every side at the table can accept.")
        return self.words.say(there_are if self.settled.exists else NO_AGREEMENT)

    def counts(self) -> tuple[tuple[str, str], ...]:
        """How many packages there are, keep the rules, and are acceptable to every side."""
        return self.counted(
            (
                (N_("Possible packages"), self.settled.scenario.packages),
                (N_("Keep the public rules"), self.settled.feasible),
                (N_("Acceptable to all sides at the table"), self.settled.acceptable),
            )
        )

    def solutions(self) -> dict[str, Package]:
        """The package of each rule that is told."""
        return {name: one for name, one in self.settled.solutions.items() if self.details or name in IN_WORDS}

    def best(self) -> Mapping[str, Package]:
        """By side its best within the lines of the others, where points are told."""
        return self.settled.best if self.details else {}

    def packages(self) -> tuple[Told, ...]:
        """The packages that the rules pick, each once, with the rules that pick it."""
        picked: dict[Package, list[str]] = {}
        for name, package in self.solutions().items():
            picked.setdefault(package, []).append(name)
        first = next(iter(picked), ())
        return tuple(
            self.told(package, map(self._rule, rules), first, self._sides(package)) for package, rules in picked.items()
        )

    def guarded(self) -> GuardTold | None:
        """What follows of an assumption about parties not at the table, where there is one."""
        if self._guarded is None or not self.settled.exists:
            return None
        settled = self._guarded.settled
        counts = (
            (N_("Acceptable, and within the assumption even at the worst"), settled.acceptable),
            (N_("Acceptable, and within the assumption at the best"), self._guarded.possible),
        )
        picked = settled.solutions.get("nash")
        first = self.settled.solutions["nash"]
        package = None if picked is None else self.told(picked, (self._rule("nash"),), first, self._sides(picked))
        return GuardTold(tuple(self._assumed(self._guarded.at_least)), self.counted(counts), package)

    def _assumed(self, at_least: Mapping[str, int]) -> Iterator[str]:
        exact = N_("Assumed: by estimate, no package is worth less than {points} to {party}. It is not its consent.")
        told = N_("Assumed: by estimate, no package is worse for {party} than the guard allows. It is not its consent.")
        for party, least in at_least.items():
            filled = {"points": self.words.signed(least)} if self.details else {}
            yield self.words.say(exact if self.details else told, party=self.side(party), **filled)

    def _rule(self, rule: str) -> str:
        sentence = self.words.say(RULES[rule])
        if not self.details:
            return sentence
        return f"{self.words.say(NAMES[rule])} ({SOLUTIONS[rule].source}). {sentence}"

    def _sides(self, package: Package) -> Iterator[SideTold]:
        for side in self.scenario.sides:
            gets, gives = self.by_points(side, package)
            best = side.value(self.settled.best[side.name]) - side.reservation
            gain = side.value(package) - side.reservation
            points = self.words.say(
                N_("{value}, {gain} over what it could walk away with"),
                value=number(side.on_own_scale(side.value(package))),
                gain=number(side.on_own_scale(gain)),
            )
            yield SideTold(
                self.side(side.name),
                gets,
                gives,
                share=int(Fraction(100 * gain, best)) if best else None,
                points=points if self.details else "",
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
