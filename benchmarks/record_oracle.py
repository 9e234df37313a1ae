"""What is confirmed by all, by its definition and nothing clever: sets of ancestors, looked through every time.

It knows nothing of the ledger's branches and counts. It trusts that the lines are good entries: it judges no mandate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from benchmarks.recorded import feed
from tashawur.record.entries import Entry, read

ACTS: Final = ("propose", "root.next", "fork.resolve")


class History:
    """Admitted entries, with all that stands before each."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.entries: dict[str, Entry] = {}
        self.void = 0
        for line in lines:
            received = read(line)
            if isinstance(received.entry, Entry):
                self.entries[received.id] = received.entry
        self.before: dict[str, frozenset[str]] = {}
        for name in sorted(self.entries, key=lambda one: self.entries[one].seq):
            self._before(name)

    def _before(self, name: str) -> frozenset[str]:
        if name not in self.before:
            entry = self.entries[name]
            direct = {head for heads in entry.seen.values() for _, head in heads} | ({entry.prev} - {""})
            self.before[name] = frozenset(direct).union(*(self._before(one) for one in direct))
        return self.before[name]

    def signers(self, act: str) -> set[str]:
        """The feeds whose signature on the act counts: that of nobody who had seen it withdrawn by its proposer."""
        return self._signers(act, self.entries.keys())

    def _signers(self, act: str, among: Iterable[str]) -> set[str]:
        found = set()
        for name in among:
            entry = self.entries[name]
            if name == act or (entry.type == "sign" and entry.body["act"] == act):
                if self._is_withdrawn(act, self.before[name]):
                    self.void += 1
                else:
                    found.add(entry.feed)
        return found

    def _is_withdrawn(self, act: str, among: Iterable[str]) -> bool:
        proposer = self.entries[act].feed
        return any(
            entry.type == "lapse" and entry.body["act"] == act and entry.feed == proposer
            for entry in map(self.entries.__getitem__, among)
        )

    def confirmed(self) -> frozenset[str]:
        """The acts that are confirmed by all. Conditions name older acts only, so one pass after the other ends."""
        acts = {name for name, entry in self.entries.items() if entry.type in ACTS}
        signed = {name for name in acts if self.needed(name) <= self.signers(name) and self._is_receipted(name)}
        while True:
            kept = {name for name in signed if self._conditions(name) <= signed}
            if kept == signed:
                return frozenset(kept)
            signed = kept

    def _conditions(self, act: str) -> set[str]:
        return {one["act"] for one in self.entries[act].body.get("conditions", ())}

    def needed(self, act: str) -> set[str]:
        """The feeds whose signature the act needs: those that it names, or else those of the other sides."""
        entry = self.entries[act]
        if entry.type == "propose":
            return {feed(side) for side in entry.body["need"]}
        return {feed(side) for side in "AB"} - {entry.feed}

    def _is_receipted(self, act: str) -> bool:
        if "notary" not in self.entries[act].body:
            return True
        return any(
            entry.type == "receipt"
            and entry.body["act"] == act
            and not self._is_withdrawn(act, self.before[name])
            and self.needed(act) <= self._signers(act, self.before[name])
            for name, entry in self.entries.items()
        )

    def forked(self) -> set[str]:
        """The feeds with two entries behind the same one."""
        places = Counter((entry.feed, entry.prev) for entry in self.entries.values())
        return {name for (name, _), number in places.items() if number > 1}
