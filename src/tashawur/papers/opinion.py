"""What a side's own brief says of a package: as a document, and in words for that side alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tashawur.consult.consultation import Consultation
from tashawur.papers import labels
from tashawur.papers.words import Words
from tashawur.settle.values import Scenario
from tashawur.settle.words import Judged, Part
from tashawur.terms.phrases import N_

VERDICTS: Final[Mapping[str, str]] = {
    "surely": N_("Surely acceptable, whatever exactly the brief means."),
    "possibly": N_("Possibly acceptable: the brief leaves it open."),
    "not": N_("Not acceptable, whatever exactly the brief means."),
}


YES: Final = N_("yes")
NO: Final = N_("no")


def as_answers(scenario: Scenario, one: Part, other: Part) -> tuple[str, str]:
    """What to write into the brief: that the one is at least as good as the other, or that it is not."""
    first, second = (_yaml(scenario.part(part)) for part in (one, other))
    return f"{{better: {first}, than: {second}, or_equal: true}}", f"{{better: {second}, than: {first}}}"


def _yaml(part: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{issue}: {option}" for issue, option in part.items()) + "}"


def document(scenario: Scenario, judged: Judged, question: tuple[Part, Part] | None) -> dict[str, Any]:
    """The opinion as a document, the same in every language. Private: it is for the side alone."""

    def names(issues: tuple[int, ...]) -> list[str]:
        return [scenario.issues[issue].name for issue in issues]

    return {
        "verdict": judged.verdict,
        "better": names(judged.better),
        "worse": names(judged.worse),
        "made_good": {scenario.issues[of].name: scenario.issues[by].name for of, by in judged.made_good},
        "comparisons": [place + 1 for place in judged.answers],
        "red_lines": [names(tuple(line.options)) for line in judged.crossed],
        "question": None if question is None else [scenario.part(part) for part in question],
    }


class OpinionTelling:
    """The opinion in one language, line by line."""

    def __init__(self, consultation: Consultation, scenario: Scenario, words: Words) -> None:
        self.consultation = consultation
        self.scenario = scenario
        self.words = words

    def lines(self, side: str, judged: Judged, question: tuple[Part, Part] | None, *, feasible: bool) -> Iterator[str]:
        """Every line."""
        say = self.words.say
        name = self.words.text(self.consultation.parties[side].name)
        if self.consultation.case.exercise:
            yield say(labels.INVENTED)
        yield say(N_("Private: for {side} alone."), side=name)
        yield say(VERDICTS[judged.verdict])
        if not feasible:
            yield say(N_("It breaks a public rule, whatever the sides say."))
        yield from self._reasons(judged)
        if question is not None:
            yield from self._question(name, *question)

    def _reasons(self, judged: Judged) -> Iterator[str]:
        say, listed = self.words.say, self.words.listed
        for line in judged.crossed:
            yield say(N_("It crosses a red line: {issues}"), issues=listed(map(self._issue, line.options)))
        if judged.better:
            yield say(N_("Better than the least: {issues}"), issues=listed(map(self._issue, judged.better)))
        if judged.worse:
            yield say(N_("Worse than the least: {issues}"), issues=listed(map(self._issue, judged.worse)))
        made_good = N_("{one} is made good by {other}, which matters more.")
        outweighed = N_("{one} is outweighed by {other}, which matters more.")
        for of, by in judged.made_good:
            template = made_good if judged.verdict == "surely" else outweighed
            yield say(template, one=self._issue(of), other=self._issue(by))
        if judged.answers:
            places = self.words.row(str(place + 1) for place in judged.answers)
            yield say(N_("It rests on these comparisons of the brief: {places}"), places=places)

    def _question(self, side: str, one: Part, other: Part) -> Iterator[str]:
        say = self.words.say
        yield ""
        yield say(N_("What decides it: is the first at least as good for {side} as the second?"), side=side)
        for label, part in ((N_("first"), one), (N_("second"), other)):
            told = self.words.series(f"{self._issue(issue)}: {self._option(issue, o)}" for issue, o in part.items())
            yield f"  {say(label)}: {told}"
        yield say(N_("The answer stands in the brief under comparisons:"))
        yes, no = as_answers(self.scenario, one, other)
        yield f"  {say(YES)}: {yes}"
        yield f"  {say(NO)}: {no}"

    def _issue(self, place: int) -> str:
        return self.words.text(self.consultation.irritants[self.scenario.issues[place].name].name)

    def _option(self, place: int, option: int) -> str:
        return self.words.text(self.consultation.irritants[self.scenario.issues[place].name].options[option].name)
