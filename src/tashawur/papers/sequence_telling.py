"""An order of steps in words: who has given what after each, and what assures that the others go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tashawur.papers import labels
from tashawur.papers.sequence_answer import AboutPlan, Sequenced, calendar
from tashawur.papers.settle_telling import grouped
from tashawur.papers.settlement import number
from tashawur.papers.words import Words
from tashawur.sequence.harvest import Early, Harvest
from tashawur.sequence.remedies import Tranches, last_step_tempts
from tashawur.terms.phrases import N_, NN_


@dataclass(frozen=True, slots=True)
class Row:
    """One unit of the order in words.

    `steps` are its titles, `by` those who perform, `days` when; `balance` has for each side how many of its steps it
    has done of how many; `assurance` is what keeps the others to it. `begins` and `width` are its place on the picture,
    from 0 to 100; `parties` the places of those who perform. `numbers`: by side its temptation and exposure after it.
    """

    steps: tuple[str, ...]
    by: tuple[str, ...]
    days: str
    balance: tuple[tuple[int, int], ...]
    assurance: str
    begins: float
    width: float
    parties: tuple[int, ...]
    numbers: tuple[tuple[int, int], ...]


class PlanTelling:
    """What stands above every answer about a plan, in one language."""

    def __init__(self, about: AboutPlan, parties: Sequence[str], words: Words) -> None:
        self.about = about
        self.parties = parties
        self.words = words

    def title(self) -> str:
        """What is put in order."""
        return self.words.text(self.about.title)

    def stamp(self) -> str:
        """*Invented*, or nothing."""
        return self.words.say(labels.INVENTED) if self.about.invented else ""

    def mode(self) -> str:
        """Who sees what."""
        return self.words.say(N_("Mode: open. One process holds what each step is worth to every side."))

    def side(self, name: str) -> str:
        """A side in words."""
        return self.words.text(self.about.parties[name])

    def step(self, name: str) -> str:
        """A step in words; of one that was split, its part."""
        if name in self.about.steps:
            return self.words.text(self.about.steps[name])
        return name


class SequenceTelling(PlanTelling):
    """The best order of a plan, in one language; with `details` also in points."""

    def __init__(self, told: Sequenced, words: Words, *, details: bool) -> None:
        super().__init__(told.about, told.found.units.plan.parties, words)
        self.told = told
        self.found = told.found
        self.details = details

    def verdict(self) -> str:
        """Whether there is a safe order."""
        if self.found.safe:
            return self.words.say(N_("There is a safe order: nobody gains by stopping, at any step."))
        if self.found.trust.proven:
            return self.words.say(
                N_("No safe order exists: whatever the order, somebody gains by stopping somewhere. This is proven.")
            )
        return self.words.say(N_("No safe order was found in the time given; whether there is one is open."))

    def notes(self) -> Iterator[str]:
        """What else is to be known of the plan and of the answer."""
        say = self.words.say
        worse = [self.side(party) for party, good in self.found.rational.items() if not good]
        for side in worse:
            yield say(N_("The whole plan leaves {side} worse off than none of it."), side=side)
        if not self.found.safe and last_step_tempts(self.found.units):
            yield say(
                N_(
                    "Whichever step comes last costs the side that does it, and nothing is left for it to wait for: so "
                    "by itself no order can be safe."
                )
            )
        if self.told.uncounted is not None:
            yield self._uncounted()
        if self.found.counts.safe:
            count = grouped(self.found.counts.safe)
            yield say(
                N_("Safe orders: {number}. This is the one that exposes least, then is done first."), number=count
            )
        yield self._proof()

    def _uncounted(self) -> str:
        plan = self.found.units.plan
        steps = self.words.listed(map(self.step, plan.conditional))
        signed = dict.fromkeys(p for s in plan.steps if s.trigger is not None for p in s.trigger.signed_by)
        phrase = (
            N_("Conditional: {steps}. Without counting on it there is a safe order too.")
            if self.told.uncounted == 0
            else N_("Conditional: {steps}. Without counting on it no order is safe.")
        )
        told = self.words.say(phrase, steps=steps)
        if not signed:
            return told
        names = self.words.listed(self.words.text(self.about.parties.get(p, {"en": p})) for p in signed)
        return " ".join((told, self.words.say(N_("It needs the signature of: {parties}."), parties=names)))

    def _proof(self) -> str:
        gone_through = N_(
            "Proof: all that can have been done at any time was gone through, and the order was checked independently."
        )
        phrase = {
            "recomputed over all done-sets": gone_through,
            "proved by a solver": N_("Proof: proved by a solver; the order itself was checked step by step."),
            "not proved: the best that was found in time": N_(
                "Not proved: this is the best order found in the time given."
            ),
        }[self.told.statement]
        return self.words.say(phrase)

    def points(self) -> tuple[tuple[str, str], ...]:
        """What the order reaches in points, each with what no order can be below where that is less."""
        say, found = self.words.say, self.found
        rows = (
            (N_("Least trust (θ)"), found.trust),
            (N_("Least exposure"), found.exposure),
            (N_("Days until all is done"), found.end),
        )
        return tuple(
            (
                say(label),
                str(one.value)
                if one.proven
                else say(N_("{value}; none is below {bound}"), value=one.value, bound=one.bound),
            )
            for label, one in rows
        )

    def rows(self) -> tuple[Row, ...]:
        """The units in their order."""
        units, order = self.found.units, self.found.order
        days = units.days(order)
        dated = any(ends for _, ends in days)
        spans = days if dated else [(place, place + 1) for place in range(len(order))]
        whole = max(spans[-1][1], 1)
        shown = calendar(units, order)
        given = dict.fromkeys(self.parties, 0)
        every = {p: sum(p in step.performers for step in units.plan.steps) for p in self.parties}
        sets = units.after(order)
        found = []
        for place, unit in enumerate(order):
            for step in units.members(unit):
                for party in step.performers:
                    given[party] += 1
            begins, ends = spans[place]
            performers = sorted(units.units[unit].performers, key=self.parties.index)
            found.append(
                Row(
                    tuple(self.step(step.id) for step in units.members(unit)),
                    tuple(map(self.side, performers)),
                    self._days(shown[place]) if dated else "",
                    tuple((given[party], every[party]) for party in self.parties),
                    self._assurance(place, sets[place], sets[place + 1]),
                    round(100 * begins / whole, 2),
                    round(max(100 * (ends - begins) / whole, 0.8), 2),
                    tuple(self.parties.index(party) for party in performers),
                    tuple(
                        (self.told.seen.temptation[party][place + 1], self.told.seen.exposure[party][place + 1])
                        for party in self.parties
                    ),
                )
            )
        return tuple(found)

    def _days(self, span: tuple[dt.date | int, dt.date | int]) -> str:
        first, last = span
        if isinstance(first, dt.date) and isinstance(last, dt.date):
            return self.words.say(N_("{first} to {last}"), first=self.words.day(first), last=self.words.day(last))
        return self.words.say(N_("day {first} to {last}"), first=first, last=last)

    def _assurance(self, place: int, before: int, after: int) -> str:
        """What assures each side, once this unit is done, that the others go on."""
        say, units = self.words.say, self.found.units
        unit = self.found.order[place]
        steps = units.members(unit)
        tempted = [self.side(p) for p, more in zip(self.parties, units.temptations(after), strict=True) if more]
        withheld = [self.side(p) for p, more in zip(self.parties, units.withheld(before, unit), strict=True) if more]
        pledged = [
            self.side(party)
            for party, gained, total in zip(self.parties, units.gained(after), units.totals, strict=True)
            if gained > total
        ]
        values = [row[unit] for row in units.values]
        cases = (
            (tempted, N_("nothing: {sides} would gain by stopping here")),
            (withheld, N_("nothing: {sides} would gain by withholding its part")),
            (pledged, N_("an instrument held by the host: what {sides} left with it")),
            (units.units[unit].withheld, N_("done on one day")),
            (len(steps) > 1, N_("an instrument held by the host, who releases all of it at once")),
            (after == units.full and min(values) >= 0 and max(values) > 0, N_("a mutually useful last step")),
            (len(steps[0].performers) > 1, N_("done by both or not at all")),
            (after == units.full, N_("all is done")),
            (place == 0, N_("an early act")),
        )
        for holds, phrase in cases:
            if holds:
                sides = self.words.listed(holds) if isinstance(holds, list) else ""
                return say(phrase, sides=sides) if sides else say(phrase)
        return say(N_("more is still to come"))

    def remedies(self) -> Iterator[str]:
        """What would make it safe, in words, with `details` in points."""
        found, say = self.told.remedies, self.words.say
        if found is None:
            if not self.found.safe:
                yield say(N_("What would make it safe is worked out with --remedies."))
            return
        yield from self._deposits()
        for names in found.held_by_host:
            yield say(
                N_("Enough too: the host holds these and releases them at once: {steps}"),
                steps=self.words.listed(map(self.step, names)),
            )
        yield from map(self._tranches, self._told_tranches(found.tranches))
        yield say(N_("Enough too: a last step that is worth enough to every side that an assurance is asked of."))
        if found.counted is not None:
            phrase = (
                N_("Counting the conditional steps that were left out, there is a safe order.")
                if found.counted == 0
                else N_("Counting the conditional steps that were left out, still no order is safe.")
            )
            yield say(phrase)

    def _deposits(self) -> Iterator[str]:
        found, say = self.told.remedies, self.words.say
        if found is None or found.deposits is None:
            yield say(N_("Which assurance would be enough was not worked out: pip install tashawur[solver]"))
            return
        chosen = found.deposits if self.details else found.deposits[:1] + found.deposits[1:][-1:]
        for one in chosen:
            pairs = [(self.side(party), points) for party, points in zip(self.parties, one, strict=True) if points]
            if self.details:
                told = self.words.listed(f"{side} {points}" for side, points in pairs)
                yield say(N_("Enough: further deposits with the host of {deposits}"), deposits=told)
                continue
            sides = self.words.listed(side for side, _ in pairs)
            yield say(
                N_(
                    "Enough: an assurance by {sides}: an early act, a reversible step, an instrument held by the host, "
                    "or a host's statement."
                ),
                sides=sides,
            )

    def _told_tranches(self, found: Sequence[Tranches]) -> Sequence[Tranches]:
        """With details all, else the fewest parts that are enough, or the smallest of which none are."""
        if self.details:
            return found
        return [one for one in found if one.trust == 0][:1] or found[-1:]

    def _tranches(self, one: Tranches) -> str:
        say, named = self.words.say, self.words.listed(map(self.step, one.steps))
        split = self.words.count(NN_("in {number} part", "in {number} equal parts"), one.parts)
        if self.details:
            trust = number(one.trust)
            return say(N_("Done {parts}: {steps}: the least trust is {trust}."), parts=split, steps=named, trust=trust)
        phrase = (
            N_("Enough too, done {parts}: {steps}.")
            if one.trust == 0
            else N_("Helps, but is not enough by itself, done {parts}: {steps}.")
            if one.trust < self.found.trust.value
            else N_("Of no use by itself, done {parts}: {steps}.")
        )
        return say(phrase, parts=split, steps=named)


class HarvestTelling(PlanTelling):
    """An early harvest in one language; with `details` also in points."""

    def __init__(self, found: Harvest, about: AboutPlan, words: Words, *, details: bool) -> None:
        super().__init__(about, found.units.plan.parties, words)
        self.found = found
        self.details = details

    def verdict(self) -> str:
        """Whether anything can be settled now."""
        if not self.found.early:
            return self.words.say(N_("Nothing can be settled now to the gain of every side without something else."))
        return self.words.say(N_("To the gain of every side, this can be settled now:"))

    def issues(self, early: Early) -> str:
        """What is settled, in words."""
        texts = self.about.issues
        return self.words.listed(
            self.words.text(texts[one]) if one in texts else self.step(one) for one in early.issues
        )

    def cost(self, early: Early) -> str:
        """What settling it now does to the rest."""
        say = self.words.say
        if early.rest is None or self.found.whole is None:
            phrase = N_("what it costs the rest was not proved in the time given")
        elif early.rest > self.found.whole:
            phrase = N_("the rest then has less to wait for: it needs trust that the whole does not")
        elif early.rest == 0:
            phrase = N_("costs the rest nothing: a safe order of it remains")
        else:
            phrase = N_("costs the rest nothing that the whole does not need")
        return say(phrase)

    def itself(self, early: Early) -> str:
        """Whether it is safe by itself."""
        phrase = N_("safe by itself") if early.alone == 0 else N_("by itself somebody gains by stopping half-way")
        return self.words.say(phrase)

    def numbers(self, early: Early) -> str:
        """The same in points."""
        gains = self.words.listed(
            f"{self.side(party)} {points}" for party, points in zip(self.parties, early.gains, strict=True)
        )
        return self.words.say(
            N_("gains {gains}; least trust by itself {alone}, of the rest {rest} (of the whole {whole})"),
            gains=gains,
            alone=early.alone,
            rest=early.rest,
            whole=self.found.whole,
        )
