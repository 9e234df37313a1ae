"""What lasts, in words: which states, what holds each of them, and who gains by leaving an agreed package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tashawur.durability.answers import FIRMEST, Hold, Lasting
from tashawur.durability.examined import ExaminedModel, ExaminedPackage
from tashawur.durability.leaving import Alone
from tashawur.durability.package import Commitment
from tashawur.durability.paths import Answer, Way
from tashawur.durability.stability import Concept
from tashawur.papers import labels
from tashawur.papers.durability_labels import CONCEPTS, HOLDS, NAMES
from tashawur.papers.settle_telling import grouped
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_, NN_


@dataclass(frozen=True, slots=True)
class StateTold:
    """A state that lasts, in words: `heading`, what is `done` in it, what `holds` it, and the rest line by line."""

    place: int
    heading: str
    done: str
    holds: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideTold:
    """One side of a package in words; `stays`: it does not gain by leaving."""

    name: str
    stays: bool
    lines: tuple[str, ...]


class DurabilityTelling:
    """What both kinds of answer begin and end with, in one language."""

    def __init__(self, examined: ExaminedModel | ExaminedPackage, words: Words, *, details: bool) -> None:
        self.found = examined.found
        self.model = examined.found.model
        self.words = words
        self.details = details

    def way(self, way: Way) -> str:
        """Who moves where, one after the other."""
        say = self.words.say
        step = N_("{party} moves to {state}")
        return self.words.row(say(step, party=self.party(one.party), state=self.state(one.state)) for one in way)

    def party(self, party: int) -> str:
        """A party in words."""
        return self.model.parties[party]

    def state(self, place: int) -> str:
        """A state, shortly."""
        return self.model.name(place)

    def holds(self, lasting: Lasting) -> Iterator[str]:
        """What keeps each party in a state; nothing where no party has a better move, which is told of all."""
        content = [held for held in lasting.holds if not held.answers]
        if len(content) == len(lasting.holds):
            return
        for held in lasting.holds:
            yield from self._hold(held)
        if content:
            names = self.words.listed(self.party(held.party) for held in content)
            yield self.words.say(HOLDS["Nash"], party=names)

    def _hold(self, held: Hold) -> Iterator[str]:
        party = self.party(held.party)
        for answer in held.answers if self.details else held.answers[:1]:
            yield self.answered(held.concept, party, answer)
        if held.strong and held.answers:
            yield self.words.say(N_("{party} would lose much by it."), party=party)

    def answered(self, concept: Concept, party: str, answer: Answer) -> str:
        """How a move that tempts a party is answered."""
        say, state = self.words.say, self.state(answer.tempting)
        if answer.way is None:
            phrase = N_(
                "{party} would rather have {state}, and is held by answers of which none was written "
                "out here: there are too many."
            )
            return say(phrase, party=party, state=state)
        return say(HOLDS[concept], party=party, state=state, way=self.way(answer.way))

    def sample_line(self, lasting: Lasting) -> str:
        """In how many samples the state stays stable."""
        concept = next(one for one in FIRMEST if one in lasting.concepts)
        share = round(100 * lasting.shares[concept])
        phrase = N_("So it stays in {share} % of {count} samples of preferences near those that were told.")
        return self.words.say(phrase, share=share, count=self.found.samples)


class ModelTelling(DurabilityTelling):
    """A graph model."""

    def __init__(self, examined: ExaminedModel, words: Words, *, details: bool) -> None:
        super().__init__(examined, words, details=details)
        self.file = examined.file

    def title(self) -> str:
        """What the model is called."""
        return self.file.name or self.words.say(N_("A graph model"))

    def stamp(self) -> str:
        """Nothing: whether a model is invented only its author knows."""
        return ""

    def notes(self) -> Iterator[str]:
        """Where the model comes from, its size, and how samples were drawn."""
        say, count, model = self.words.say, self.words.count, self.model
        sizes = [
            count(NN_("{number} party", "{number} parties"), len(model.parties)),
            count(NN_("{number} option", "{number} options"), len(model.options)),
            say(N_("states: {number}"), number=grouped(len(model.places))),
        ]
        yield say(N_("Read as: {source}"), source=say(N_("a graph model"))) + " · " + self.words.listed(sizes)
        if self.file.source:
            yield say(N_("Source: {source}"), source=self.file.source)
        if not model.certain:
            yield say(N_("Some pairs of states are not known to rank. What is told holds however they are read."))
        if not all(one.transitive for one in model.moves):
            yield say(N_("A party's moves in a row are not always one move: who has moved last was kept in view."))

    def verdict(self) -> str:
        """How many states last."""
        if not self.found.number:
            return self.words.say(
                N_("No state lasts: from each, some party gains by leaving whatever the others answer.")
            )
        return self.words.count(
            NN_(
                "{number} state lasts: nobody gains by leaving it alone, for the reasons below.",
                "{number} states last: nobody gains by leaving them alone, for the reasons below.",
            ),
            self.found.number,
        )

    def states(self) -> tuple[StateTold, ...]:
        """The states that are told of one by one."""
        return tuple(map(self._told, self.found.lasting))

    def more(self) -> str:
        """How many other states last, or nothing."""
        number = self.found.number - len(self.found.lasting)
        return self.words.say(N_("and {number} more; --json has all"), number=grouped(number)) if number else ""

    def done(self, place: int) -> str:
        """What is done in a state, where it says so."""
        if not self.model.vectors:
            return ""
        titles = [one.title for one in self.model.done(place)]
        return self.words.listed(titles) if titles else self.words.say(N_("nothing is done"))

    def _told(self, lasting: Lasting) -> StateTold:
        say = self.words.say
        firmest = next(one for one in FIRMEST if one in lasting.concepts)
        lines = [say(CONCEPTS[firmest])]
        if self.details:
            lines.append(
                say(
                    N_("Stable by: {concepts}"), concepts=self.words.listed(say(NAMES[one]) for one in lasting.concepts)
                )
            )
        lines += self._jumps(lasting)
        lines += self._reached(lasting)
        if lasting.shares:
            lines.append(self.sample_line(lasting))
        return StateTold(
            lasting.state,
            say(N_("State {state}"), state=self.state(lasting.state)),
            self.done(lasting.state),
            tuple(self.holds(lasting)),
            tuple(lines),
        )

    def _jumps(self, lasting: Lasting) -> Iterator[str]:
        say = self.words.say
        for group, there in lasting.jumps:
            names = self.words.listed(map(self.party, group))
            phrase = N_("Together, {parties} gain by going to {state}, which lasts too.")
            yield say(phrase, parties=names, state=self.state(there))
        groups = self.found.no_group_leaves
        if not lasting.groups_gain:
            yield say(N_("No group could gain by leaving it together."))
        elif groups is not None and any(held[lasting.state] for held in groups.values()):
            yield say(N_("What a group could gain by leaving it together, others can undo."))

    def _reached(self, lasting: Lasting) -> Iterator[str]:
        say, reached = self.words.say, lasting.reached
        if reached is None:
            return
        if reached.way == ():
            yield say(N_("It is how things are."))
        elif reached.way is None:
            told = N_("It cannot be reached from how things are.")
            yield say(
                told if reached.sought else N_("Whether it can be reached from how things are was not found out.")
            )
        elif reached.by_gains:
            phrase = N_("From how things are: {way}. Each move is better for who makes it.")
            yield say(phrase, way=self.way(reached.way))
        else:
            phrase = N_("From how things are: {way}. Not every move is better for who makes it.")
            yield say(phrase, way=self.way(reached.way))


class PackageTelling(DurabilityTelling):
    """The package of a consultation."""

    def __init__(self, examined: ExaminedPackage, words: Words, *, details: bool) -> None:
        super().__init__(examined, words, details=details)
        self._case = examined.consultation
        self.examined = examined
        self.deal = examined.deal

    def title(self) -> str:
        """What the consultation is called."""
        return self.words.text(self._case.case.title)

    def stamp(self) -> str:
        """*Invented*, or nothing."""
        return self.words.say(labels.INVENTED) if self._case.case.exercise else ""

    def notes(self) -> Iterator[str]:
        """What the model is made of, who sees what, and what is left aside."""
        say, count = self.words.say, self.words.count
        yield say(
            N_(
                "Tested: the package of the plan. {commitments}, each of which its side keeps or "
                "drops. Who withdraws does not come back."
            ),
            commitments=count(NN_("{number} commitment", "{number} commitments"), len(self.deal.commitments)),
        )
        if self.deal.host is not None:
            yield say(
                N_("{host} holds what is exchanged at once. It is taken to have no interest of its own."),
                host=self.words.text(self._case.parties[self.deal.host].name),
            )
        yield say(N_("What waits for the signature of others is counted as if they had signed."))
        yield say(N_("Mode: open. One process holds all briefs and sees every side's priorities."))

    def party(self, party: int) -> str:
        """A party by its name."""
        return self.words.text(self._case.parties[self.model.parties[party]].name)

    def state(self, place: int) -> str:
        """What each does otherwise than agreed."""
        told = [self._does(party, self.deal.agreed, place) for party in range(len(self.model.parties))]
        return self.words.series(told) or self.words.say(N_("the package as agreed"))

    def _steps(self, before: int, way: Way) -> Iterator[str]:
        for step in way:
            yield self._does(step.party, before, step.state)
            before = step.state

    def _does(self, party: int, before: int, after: int) -> str:
        """What one party does otherwise; nothing where that is nothing."""
        changes = self.words.listed(self._changed(party, before, after))
        return self.words.say(N_("{party}: {changes}"), party=self.party(party), changes=changes) if changes else ""

    def _changed(self, party: int, before: int, after: int) -> Iterator[str]:
        say, width = self.words.say, len(self.model.options)

        def bits(option: int) -> tuple[bool, bool]:
            return bool(before >> (width - 1 - option) & 1), bool(after >> (width - 1 - option) & 1)

        if party in self.deal.withdrawals and bits(self.deal.withdrawals[party]) == (False, True):
            yield say(N_("withdraws from everything"))
            return
        for one in self.deal.commitments:
            was, is_ = bits(one.option)
            if one.party == self.model.parties[party] and was != is_:
                phrase = N_("drops {subject}") if was else N_("takes up {subject} again")
                yield say(phrase, subject=self.subject(one))
        guarantee = self.deal.guarantee
        if guarantee is not None and self.model.options[guarantee].owner == party:
            was, is_ = bits(guarantee)
            if was != is_:
                yield say(N_("ends the guarantee") if was else N_("guarantees again"))

    def subject(self, commitment: Commitment) -> str:
        """What a commitment is about."""
        if commitment.of == "issue":
            return self.words.text(self._case.irritants[commitment.subject].name)
        if commitment.of == "track":
            return self.words.text(self._case.tracks[commitment.subject].name)
        return self.words.say(N_("all the rest"))

    def verdict(self) -> str:
        """Whether anybody gains by leaving."""
        going = [one for one in self.examined.leaving.alone if one.concept is None]
        if going:
            names = self.words.listed(self.party(one.party) for one in going)
            return self.words.say(
                N_(
                    "The package does not last as it is. By leaving it alone these gain, whatever "
                    "the others answer: {sides}."
                ),
                sides=names,
            )
        if all(one.concept == "Nash" for one in self.examined.leaving.alone):
            return self.words.say(N_("The package lasts: no side has a move of its own that is better for it."))
        if all(one.concept in ("Nash", "SEQ") for one in self.examined.leaving.alone):
            return self.words.say(
                N_(
                    "The package lasts while the sides answer each other: who drops a commitment is "
                    "soon no better off, by answers that are better for those who give them."
                )
            )
        return self.words.say(
            N_(
                "The package lasts only by threats: who drops a commitment can be made to regret it, "
                "but the answer would cost those who give it."
            )
        )

    def sides(self) -> tuple[SideTold, ...]:
        """Each side alone."""
        return tuple(
            SideTold(self.party(one.party), one.concept is not None, tuple(self._alone(one)))
            for one in self.examined.leaving.alone
        )

    def _alone(self, one: Alone) -> Iterator[str]:
        say = self.words.say
        if not one.answers:
            yield say(N_("Gains nothing by dropping anything, even if nobody answers."))
        for answer in one.answers if self.details else one.answers[:1]:
            yield from self._move(one, answer)
        if self.details and one.answers:
            yield say(N_("Its best move brings {gain} points at first."), gain=one.gain)
        if one.shift is None:
            yield say(N_("No shift of its priorities makes leaving pay."))
        elif one.shift:
            phrase = N_(
                "Before leaving pays, at least {share} % of the weight of its priorities must shift "
                "from what it gets to what it gives."
            )
            yield say(phrase, share=percent(one.shift))

    def _move(self, one: Alone, answer: Answer) -> Iterator[str]:
        say = self.words.say
        changes = self.words.listed(self._changed(one.party, self.deal.agreed, answer.tempting))
        yield say(N_("Would gain at first by this: {changes}."), changes=changes)
        if one.concept is None or answer.way is None:
            yield say(N_("No answer of the others that is better for them makes it regret that."))
            return
        way = self.words.series(self._steps(answer.tempting, answer.way))
        phrase = {
            "SEQ": N_("Then this is better for the others, and it is no better off: {way}."),
            "SMR": N_("The others could answer, at a cost, and it could not mend that: {way}."),
            "GMR": N_("The others could answer, at a cost: {way}."),
        }[one.concept]
        yield say(phrase, way=way)

    def pairs(self) -> Iterator[str]:
        """Each pair together."""
        for one in self.examined.leaving.pairs:
            names = self.words.listed(map(self.party, one.parties))
            if one.state is None:
                yield self.words.say(
                    N_("Together, {parties} gain by nothing that they could do instead."), parties=names
                )
            else:
                phrase = N_("Together, {parties} would each gain by this: {changes}.")
                yield self.words.say(phrase, parties=names, changes=self.state(one.state))

    def guarantee(self) -> str:
        """What the host's guarantee does, or nothing where there is none."""
        without = self.examined.without
        if without is None:
            return ""
        say = self.words.say
        with_it = {one.party: one for one in self.examined.leaving.alone}
        worse = [one for one in without.alone if _firmness(one) > _firmness(with_it[one.party])]
        if worse:
            names = self.words.listed(self.party(one.party) for one in worse)
            return say(N_("Without the host's guarantee these would be held less firmly: {sides}."), sides=names)
        nearer = [
            one for one in without.alone if one.shift is not None and _farther(with_it[one.party].shift, one.shift)
        ]
        if nearer:
            names = self.words.listed(self.party(one.party) for one in nearer)
            return say(
                N_("Without the host's guarantee a smaller shift of priorities would make leaving pay for: {sides}."),
                sides=names,
            )
        return say(N_("Without the host's guarantee the sides would be held as firmly."))

    def samples(self) -> str:
        """In how many samples of values nobody leaves, or nothing."""
        for lasting in self.found.lasting:
            if lasting.shares:
                concept = next(one for one in FIRMEST if one in lasting.concepts)
                phrase = N_(
                    "In {share} % of {count} samples, each value between half and one and a half "
                    "times that of the plan, it lasts in the same way."
                )
                return self.words.say(phrase, share=round(100 * lasting.shares[concept]), count=self.found.samples)
        return ""


def _firmness(one: Alone) -> int:
    return len(FIRMEST) if one.concept is None else FIRMEST.index(one.concept)


def _farther(one: Fraction | None, other: Fraction) -> bool:
    return one is None or one > other


def percent(share: Fraction) -> str:
    """A share in whole per cent, rounded down, so that it is never said to be more than it is; below one with a digit.

    >>> percent(Fraction(41, 290)), percent(Fraction(1, 300))
    ('14', '0.3')
    """
    whole = int(100 * share)
    return str(whole) if whole else f"{int(1000 * share) / 10:.1f}"


Telling = ModelTelling | PackageTelling


def telling(examined: ExaminedModel | ExaminedPackage, words: Words, *, details: bool) -> Telling:
    """What is told, in the language of `words`."""
    if isinstance(examined, ExaminedPackage):
        return PackageTelling(examined, words, details=details)
    return ModelTelling(examined, words, details=details)


OUT_OF_SIGHT: Final = N_("Passed over in {file}, since these keys are not known: {keys}")
"""One line on standard error."""
