"""The record and the node that keeps it, in one language: line by line, and as documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from tashawur.papers.words import Words
from tashawur.record.entries import Entry
from tashawur.record.founding import Founding
from tashawur.record.rules import BROKEN
from tashawur.record.state import ActState, State
from tashawur.terms.phrases import N_, NN_

SHORT: Final = 12
"""Signs of an id that people are shown: enough to tell entries apart, and to ask for one."""
MANY: Final = 20
"""Numbers of entries that are listed one by one."""

_ENTRIES: Final = NN_("{number} entry", "{number} entries")
_ACTS: Final = NN_("{number} act confirmed by all", "{number} acts confirmed by all")
_GOOD: Final = NN_(
    "The {number} entry is good: its digest and signature were verified, and it keeps every rule.",
    "All {number} entries are good: every digest and signature was verified, and each keeps every rule.",
)
TYPES: Final = {
    "ack": N_("has seen"),
    "say": N_("says"),
    "propose": N_("proposes an act"),
    "sign": N_("signs"),
    "lapse": N_("withdraws"),
    "attest": N_("attests"),
    "receipt": N_("gives a receipt"),
    "member.add": N_("adds a member"),
    "member.end": N_("ends a mandate"),
    "root.next": N_("replaces its root keys"),
    "root.reset": N_("resets root keys"),
    "fork.resolve": N_("resolves a fork"),
    "rules.raise": N_("raises the rules"),
    "dispute": N_("disputes an entry"),
    "epoch": N_("goes on from another node"),
}
"""What an entry of each type does, after the name of its party."""


class RecordTelling:
    """The record in one language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def moment(self, at: dt.datetime) -> str:
        """The hour that somebody claims, in UTC."""
        return self.words.say(N_("{time} UTC"), time=at.strftime("%Y-%m-%d %H:%M"))

    def head(self, party: str, seq: int, name: str, at: dt.datetime) -> str:
        """The last entry of a party."""
        return self.words.say(
            N_("{party}: {number}, {id}, {time}"), party=party, number=seq, id=name[:SHORT], time=self.moment(at)
        )

    def entry(self, number: int, name: str, party: str, entry: Entry) -> str:
        """An entry in the list of all."""
        does = self.words.say(TYPES[entry.type]) if entry.type in TYPES else entry.type
        told = self.words.row((self.moment(entry.at), f"{party} {does}"))
        return f"{number:>6}  {name[:SHORT]}  {told}"

    def acts(self, state: State) -> Iterator[str]:
        """Every act with how it stands, those that are not confirmed first."""
        for act in sorted(state.acts, key=lambda act: act.confirmed):
            yield f"{act.id[:SHORT]}  {act.side}  {self.standing(act)}"

    def standing(self, act: ActState) -> str:
        """How an act stands."""
        say = self.words.say
        if act.confirmed:
            return say(N_("confirmed by all"))
        parts = [say(N_("withdrawn by its proposer"))] if act.withdrawn else []
        missing = [side for side in act.need if side not in act.signed]
        if missing:
            parts.append(say(N_("not yet signed by {sides}"), sides=self.words.listed(missing)))
        else:
            parts.append(say(N_("signed by all; a condition or receipt is awaited")))
        return self.words.series(parts)

    def forks(self, state: State) -> Iterator[str]:
        """Every fork, which all are to see."""
        for fork in state.forks:
            told = N_("{side} said different things in place {number} of its feed; it is resolved.")
            open_one = N_("{side} said different things in place {number} of its feed. Sign nothing that needs it.")
            yield self.words.say(told if fork.resolved else open_one, side=fork.side, number=fork.seq)

    def counts(self, entries: int, confirmed: int) -> str:
        """How many entries and confirmed acts there are."""
        return self.words.row((self.words.count(_ENTRIES, entries), self.words.count(_ACTS, confirmed)))

    def consultation(self, founding: Founding) -> str:
        """Which consultation it is."""
        return self.words.say(N_("Founding act: {fingerprint}"), fingerprint=founding.fingerprint)

    def verdict(self, entries: int, good: int) -> str:
        """The verdict of a verification, in one sentence."""
        if good == entries:
            return self.words.count(_GOOD, entries)
        return self.words.say(
            N_("{good} of {entries} entries are good. Fetch the others from a peer or a backup."),
            good=good,
            entries=entries,
        )

    def faults(self, damaged: tuple[int, ...], refused: dict[int, str], waiting: tuple[int, ...]) -> Iterator[str]:
        """What is wrong with which entries."""
        if damaged:
            yield self.words.say(N_("Damaged or missing: {numbers}"), numbers=self._numbers(damaged))
        for number, rule in list(refused.items())[:MANY]:
            why = self.words.say(BROKEN[rule])
            yield self.words.say(N_("Entry {number} breaks a rule: {why} ({rule})"), number=number, why=why, rule=rule)
        if waiting:
            numbers = self._numbers(waiting)
            yield self.words.say(
                N_("Cannot be judged, since what stands before is missing: {numbers}"), numbers=numbers
            )

    def _numbers(self, numbers: tuple[int, ...]) -> str:
        told = ", ".join(map(str, numbers[:MANY]))
        return f"{told} …" if len(numbers) > MANY else told
