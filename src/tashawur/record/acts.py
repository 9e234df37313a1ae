"""Acts and who has signed them. An act is confirmed by all when every side that it needs has signed.

A signature counts unless the side that proposed the act had withdrawn it and the signer had seen that when it signed.
That depends on nothing but what stands before the signature, so it is the same on every node for ever, and what is
confirmed by all stays so whatever else arrives.
"""

from __future__ import annotations

from collections.abc import Mapping

from tashawur.record.bodies import Evidence, ForkResolve, Propose, RootNext, RootReset, RulesRaise, Settled
from tashawur.record.branches import Held

ActBody = Propose | RootNext | RootReset | ForkResolve | RulesRaise


class Act:
    """A proposed act and what was said of it so far.

    `need` gives for each side that must sign the number of its members who must.
    """

    __slots__ = ("attested", "body", "confirmed", "held", "lapses", "need", "receipted", "side", "signed", "topics")

    def __init__(self, held: Held, side: str, body: ActBody, topics: tuple[str, ...], need: Mapping[str, int]) -> None:
        self.held = held
        self.side = side
        self.body = body
        self.topics = topics
        self.need = need
        self.signed: dict[str, list[tuple[str, Held]]] = {}
        self.lapses: list[Held] = []
        self.attested: set[tuple[str, str]] = set()
        self.receipted = False
        self.confirmed = False

    @property
    def id(self) -> str:
        """The id of the entry that proposes it."""
        return self.held.id

    @property
    def conditions(self) -> tuple[Evidence | Settled, ...]:
        """What must hold beside the signatures."""
        return self.body.conditions if isinstance(self.body, Propose) else ()

    @property
    def notary(self) -> str | None:
        """The host whose receipt it needs, if any."""
        return self.body.notary if isinstance(self.body, Propose) else None

    def withdrawn_before(self, held: Held) -> bool:
        """Whether the entry had seen that the act was withdrawn."""
        return any(held.has_seen(lapse) for lapse in self.lapses)

    def sign(self, side: str, key: str, held: Held) -> None:
        """Counts the signature, if it counts."""
        if side in self.need and not self.withdrawn_before(held):
            self.signed.setdefault(side, []).append((key, held))

    def receive(self, receipt: Held) -> None:
        """Counts the notary's receipt, if it had seen all signatures and no withdrawal."""
        if self.signed_by_all(receipt) and not self.withdrawn_before(receipt):
            self.receipted = True

    def has_signed(self, side: str, before: Held | None = None) -> bool:
        """Whether enough members of the side have signed; with `before`, as far as that entry had seen."""
        keys = {key for key, held in self.signed.get(side, ()) if before is None or before.has_seen(held)}
        return len(keys) >= self.need[side]

    def signed_by_all(self, before: Held | None = None) -> bool:
        """Whether all sides that it needs have signed; with `before`, as far as that entry had seen."""
        return all(self.has_signed(side, before) for side in self.need)

    def is_complete(self, acts: Mapping[str, Act]) -> bool:
        """Whether it is signed by all, receipted where it needs that, and its conditions hold."""
        return (
            self.signed_by_all()
            and (self.notary is None or self.receipted)
            and all(self._holds(one, acts) for one in self.conditions)
        )

    def _holds(self, condition: Evidence | Settled, acts: Mapping[str, Act]) -> bool:
        if isinstance(condition, Settled):
            return acts[condition.act].confirmed
        return all((condition.evidence, side) in self.attested for side in condition.by)
