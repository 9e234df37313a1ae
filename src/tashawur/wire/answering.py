"""The side of an exchange that is asked: a request comes in, an answer goes out. Nothing that comes in raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from tashawur.record.founding import Party
from tashawur.terms.errors import NotTakenError
from tashawur.wire.holdings import Holdings, Outcome, page_from
from tashawur.wire.messages import Fetch, Standing, Taken, heard, page_in, page_of, told
from tashawur.wire.rules import Fresh, refused
from tashawur.wire.signed import Challenges, OwnNode, answer_of, request_in

HEADS: Final = "heads"
FETCH: Final = "fetch"
OFFER: Final = "offer"


def path_of(con: str, what: str) -> str:
    """The path below which a node is asked this about a consultation."""
    return f"/r/{con}/{what}"


class Answer(NamedTuple):
    """The bytes of an answer, and the code of the rule by which the request was refused, or nothing."""

    data: bytes
    rule: str = ""


class AskedNode:
    """A node that answers the nodes of the founding act. It keeps nothing but challenges, and what each peer told last.

    Every request stands alone: what was cut off is asked again, and what is offered again is known already.
    """

    def __init__(self, own: OwnNode, holdings: Holdings, fresh: Fresh) -> None:
        self.own = own
        self.holdings = holdings
        self.told: dict[str, Standing] = {}
        self._challenges = Challenges(fresh)

    def answer(self, method: str, path: str, data: bytes) -> Answer:
        """The answer to the bytes that came for this method and path."""
        challenge = ""
        try:
            asking, peer, body = request_in(data, method, path, self.own)
            challenge = self._challenges.of(peer.name)
            self._challenges.spend(peer.name, asking.challenge, asking.nonce)
            challenge = self._challenges.of(peer.name)
            answered = self._work(path)(self, peer, body)
        except NotTakenError as error:
            return self._refusal(error.rule, data, challenge)
        return Answer(answer_of(self.own, data, challenge, answered))

    def too_long(self) -> Answer:
        """The answer to a request that is longer than a message may be, and was not read to its end."""
        return self._refusal("message.size", b"", "")

    def _refusal(self, rule: str, data: bytes, challenge: str) -> Answer:
        return Answer(answer_of(self.own, data, challenge, b"", rule), rule)

    def _work(self, path: str) -> Callable[[AskedNode, Party, bytes], bytes]:
        for what, work in _WORK.items():
            if path == path_of(self.own.founding.id, what):
                return work
        raise refused("request.place")

    def heads(self, peer: Party, body: bytes) -> bytes:
        """What is held here, for what the peer tells that it holds."""
        self.told[peer.name] = heard(body, Standing)
        return told(self.holdings.standing())

    def fetch(self, peer: Party, body: bytes) -> bytes:
        """A page of what the peer lacks."""
        asked = heard(body, Fetch)
        self.told[peer.name] = asked.have
        return page_of(*page_from(self.holdings, asked.have, asked.start))

    def offer(self, peer: Party, body: bytes) -> bytes:
        """What became of the lines that the peer brings."""
        _, lines = page_in(body)
        outcome = Outcome()
        outcome.take(self.holdings.admit(lines, peer.name))
        taken = Taken(
            admitted=outcome.admitted,
            known=outcome.known,
            waiting=outcome.waiting,
            refused=outcome.refused,
            refusals=tuple(outcome.refusals),
            standing=self.holdings.standing(),
        )
        return told(taken)


_WORK: Final[Mapping[str, Callable[[AskedNode, Party, bytes], bytes]]] = MappingProxyType(
    {HEADS: AskedNode.heads, FETCH: AskedNode.fetch, OFFER: AskedNode.offer}
)
