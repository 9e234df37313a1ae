"""What sides can accept of whom some speak in words, told in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tashawur.papers.opinion import NO, VERDICTS, YES, as_answers
from tashawur.papers.settle_telling import (
    NO_AGREEMENT,
    AnswerTelling,
    QuestionTold,
    SettleTelling,
    SideTold,
    Told,
)
from tashawur.papers.settlement import About, Guarded, number
from tashawur.papers.words import Words
from tashawur.settle.answers import Settlement
from tashawur.settle.consent import Agreement
from tashawur.settle.values import Package
from tashawur.settle.words import Judged, Part
from tashawur.terms.phrases import N_

STANDINGS: Final = {
    "surely": N_("There are packages that every side surely accepts, whatever exactly its words mean."),
    "possibly": N_(
        "There are packages that every side may accept: whether all of them do depends on what their words leave open."
    ),
    "none": NO_AGREEMENT,
}


def telling_of(
    found: Settlement | Agreement, about: About, words: Words, guarded: Guarded | None = None, *, details: bool
) -> AnswerTelling:
    """The answer in one language."""
    if isinstance(found, Agreement):
        return AgreementTelling(found, about, words, details=details)
    return SettleTelling(found, about, words, guarded, details=details)


class AgreementTelling(AnswerTelling):
    """What sides can accept of whom some speak in words: one package, how it stands with each, and what to ask."""

    def __init__(self, agreed: Agreement, about: About, words: Words, *, details: bool) -> None:
        super().__init__(agreed.scenario, about, words, details=details)
        self._agreed = agreed

    def sides(self) -> tuple[str, ...]:
        """The sides at the table in words."""
        points = {side.name for side in self.scenario.sides}
        at_table = points | {side.name for side in self._agreed.worded}
        return tuple(self.side(name) for name in self.about.sides if name in at_table)

    def notes(self) -> Iterator[str]:
        """As above, with those who speak in words."""
        yield from super().notes()
        worded = self.words.listed(self.side(side.name) for side in self._agreed.worded)
        told = N_("In words: {sides}. What is sure holds for all scores that fit these words; no rule adds up points.")
        yield self.words.say(told, sides=worded)

    def verdict(self) -> str:
        """Whether there is a package that every side can accept."""
        return self.words.say(STANDINGS[self._agreed.consent.standing])

    def counts(self) -> tuple[tuple[str, str], ...]:
        """How many packages there are, keep the rules, and are surely and possibly acceptable to every side."""
        return self.counted(
            (
                (N_("Possible packages"), self.scenario.packages),
                (N_("Keep the public rules"), self._agreed.feasible),
                (N_("Surely acceptable to all sides at the table"), self._agreed.consent.surely),
                (N_("Possibly acceptable to all sides at the table"), self._agreed.consent.possibly),
            )
        )

    def packages(self) -> tuple[Told, ...]:
        """The one package that is told, if there is any."""
        package = self._agreed.consent.package
        if package is None:
            return ()
        what = N_("One of them: no other of them is surely better for one side and surely as good for all others.")
        return (self.told(package, (self.words.say(what),), package, self._sides(package)),)

    def questions(self) -> tuple[QuestionTold, ...]:
        """What to ask whom, where that decides the answer."""
        return tuple(self._question(side, *pair) for side, pair in self._agreed.questions.items())

    def _sides(self, package: Package) -> Iterator[SideTold]:
        points = {side.name: side for side in self.scenario.sides}
        for name in self.about.sides:
            if name in points:
                side = points[name]
                value, gain = side.value(package), side.value(package) - side.reservation
                told = self.words.say(
                    N_("{value}, {gain} over what it could walk away with"),
                    value=number(side.on_own_scale(value)),
                    gain=number(side.on_own_scale(gain)),
                )
                gets, gives = self.by_points(side, package)
                standing = self.words.say(N_("Acceptable by its points."))
                yield SideTold(self.side(name), gets, gives, standing=standing, points=told if self.details else "")
            elif name in self._agreed.judged:
                yield self._worded(name, self._agreed.judged[name])

    def _worded(self, name: str, judged: Judged) -> SideTold:
        return SideTold(
            self.side(name),
            tuple(map(self.issue, judged.better)),
            tuple(map(self.issue, judged.worse)),
            labels=(N_("better than its least"), N_("worse than its least")),
            standing=self.words.say(VERDICTS[judged.verdict]),
        )

    def _question(self, side: str, one: Part, other: Part) -> QuestionTold:
        say = self.words.say
        name = self.side(side)
        parts = tuple(
            (
                say(label),
                self.words.series(f"{self.issue(issue)}: {self.option(issue, o)}" for issue, o in part.items()),
            )
            for label, part in ((N_("first"), one), (N_("second"), other))
        )
        yes, no = as_answers(self.scenario, one, other)
        return QuestionTold(
            say(N_("What decides it: is the first at least as good for {side} as the second?"), side=name),
            parts,
            ((say(YES), yes), (say(NO), no)),
        )
