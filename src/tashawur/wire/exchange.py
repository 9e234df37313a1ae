"""The side of an exchange that asks: it fetches what it lacks, offers what the other lacks, tells what is kept back.

It does no input or output. Whoever drives it sends what `ask` gives, hands the bytes that come back to `take`, and lets
`admit` judge a page; the next request can be on its way meanwhile. Cut off anywhere, a new exchange goes on from what
was admitted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tashawur.record.founding import Party
from tashawur.terms.errors import NotTakenError
from tashawur.wire.answering import FETCH, HEADS, OFFER, path_of
from tashawur.wire.holdings import MOST_NAMED, Holdings, Outcome, page_from
from tashawur.wire.messages import (
    FORM,
    Answering,
    Asking,
    Fetch,
    Marks,
    Page,
    Standing,
    Taken,
    heard,
    page_in,
    page_of,
    told,
)
from tashawur.wire.rules import BROKEN, Fresh, refused
from tashawur.wire.signed import METHOD, OwnNode, answer_in, digest_of, request_of

MOST_REFUSED: Final = 1_000
"""How many entries of one peer may be refused before the exchange ends."""
MOST_IDLE: Final = 64
"""How many pages in a row may hold nothing new."""
MOST_AHEAD: Final = 2
"""How many pages may wait to be admitted before the next is asked for."""
MOST_STALE: Final = 3
"""How often in a row a peer may ask for another challenge."""
EMPTY: Final = Standing(heads={}, marks={})


class Ask(NamedTuple):
    """A request to send: where, and the bytes."""

    method: str
    path: str
    data: bytes


class Withheld(NamedTuple):
    """The last entry of a branch of a feed, which a peer says it holds and did not bring."""

    feed: str
    seq: int
    id: str


@dataclass(slots=True)
class Report:
    """What an exchange with `peer` did. `got` is what the peer brought, `gave` what became of what it was offered.

    `heads` are the last entries that the peer says it holds; those of them that it did not bring are `withheld`.
    """

    peer: str
    got: Outcome = field(default_factory=Outcome)
    gave: Outcome = field(default_factory=Outcome)
    heads: Marks = field(default_factory=dict)
    withheld: tuple[Withheld, ...] = ()


class Exchange:
    """One exchange with one peer. It is over when `ask` and `admit` both have nothing left: see `is_over`."""

    def __init__(self, own: OwnNode, peer: Party, holdings: Holdings, fresh: Fresh) -> None:
        self.report = Report(peer.name)
        self._own = own
        self._peer = peer
        self._holdings = holdings
        self._fresh = fresh
        self._challenge = ""
        self._stale = 0
        self._have = EMPTY
        self._theirs = EMPTY
        self._stage = HEADS
        self._start = 0
        self._idle = 0
        self._pages: deque[list[bytes]] = deque()
        self._offered: Page | None = None
        self._asked: Ask | None = None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to ask and nothing left to admit."""
        return self._stage == "" and not self._pages

    def ask(self) -> Ask | None:
        """The next request, or None while a page must be admitted first, or when nothing is left to ask."""
        if self._asked is not None:
            return self._asked
        body = self._body()
        if body is None:
            return None
        path = path_of(self._own.founding.id, self._stage)
        asking = Asking(
            v=FORM,
            con=self._own.founding.id,
            by=self._own.party.node,
            to=self._peer.node,
            method=METHOD,
            path=path,
            body=digest_of(body),
            nonce=self._fresh(),
            challenge=self._challenge,
        )
        self._asked = Ask(METHOD, path, request_of(asking, body, self._own))
        return self._asked

    def _body(self) -> bytes | None:
        match self._stage:
            case "heads":
                self._have = self._holdings.standing()
                return told(self._have)
            case "fetch":
                ahead = len(self._pages) >= MOST_AHEAD
                return None if ahead else told(Fetch(have=self._have, start=self._start))
            case "offer":
                return None if self._pages else self._page_to_offer()
            case _:
                return None

    def _page_to_offer(self) -> bytes | None:
        page, lines = page_from(self._holdings, self._theirs, self._start)
        if not lines:
            self._stage = ""
            return None
        self._offered = page
        return page_of(page, lines)

    def take(self, data: bytes) -> None:
        """Takes the bytes that came back for the last request.

        Raises:
            NotTakenError: they are no good answer of the peer, or it refused; what was admitted before stays.
        """
        if self._asked is None:
            raise refused("answer.other")
        answering, body = answer_in(data, self._asked.data, self._own, self._peer)
        self._asked = None
        self._challenge = answering.challenge or self._challenge
        if answering.rule:
            self._refused(answering)
            return
        self._stale = 0
        match self._stage:
            case "heads":
                self._take_heads(heard(body, Standing))
            case "fetch":
                self._take_page(*page_in(body))
            case _:
                self._take_taken(heard(body, Taken))

    def _refused(self, answering: Answering) -> None:
        if answering.rule == "request.stale" and self._stale < MOST_STALE:
            self._stale += 1  # the same is asked again, with the challenge that came
            return
        why = BROKEN.get(answering.rule, BROKEN["answer.refused"])
        raise NotTakenError(answering.rule, why)

    def _take_heads(self, theirs: Standing) -> None:
        self._theirs = theirs
        self.report.heads = theirs.heads
        self._stage = FETCH if withheld(theirs.heads, self._holdings) else OFFER

    def _take_page(self, page: Page, lines: list[bytes]) -> None:
        if page.more and (not lines or page.next <= self._start):
            raise refused("page.order")
        self._pages.append(lines)
        self._start = page.next
        if not page.more:
            self._stage, self._start = OFFER, 0

    def _take_taken(self, taken: Taken) -> None:
        gave = self.report.gave
        gave.admitted += taken.admitted
        gave.known += taken.known
        gave.waiting += taken.waiting
        gave.refused += taken.refused
        gave.refusals += taken.refusals[: MOST_NAMED - len(gave.refusals)]
        self._hear(taken.standing.heads)
        assert self._offered is not None  # noqa: S101 - a page was offered before this answer
        self._start = self._offered.next
        if not self._offered.more:
            self._stage = ""

    def _hear(self, heads: Marks) -> None:
        """Takes in how far the peer came by what it was given; what else it may have got meanwhile is for next time."""
        held = {feed: tuple(one for one in named if self._holdings.holds(one[1])) for feed, named in heads.items()}
        self.report.heads = {**self.report.heads, **{feed: named for feed, named in held.items() if named}}

    def admit(self) -> bool:
        """Lets the oldest page that came be judged and kept; whether there was one.

        Raises:
            NotTakenError: too much of what the peer brings is refused, or nothing new comes; what was admitted stays.
        """
        if not self._pages:
            return False
        before = self.report.got.admitted
        self.report.got.take(self._holdings.admit(self._pages.popleft(), self._peer.name))
        self._idle = 0 if self.report.got.admitted > before else self._idle + 1
        if self.report.got.refused >= MOST_REFUSED:
            raise refused("peer.refusals", str(self.report.got.refused))
        if self._idle >= MOST_IDLE:
            raise refused("peer.nothing-new", str(self._idle))
        self.report.withheld = withheld(self.report.heads, self._holdings)
        return True


def withheld(heads: Marks, holdings: Holdings) -> tuple[Withheld, ...]:
    """The entries that somebody says it holds, as `heads`, and that are not here."""
    return tuple(
        Withheld(feed, seq, name)
        for feed, named in sorted(heads.items())
        for seq, name in named
        if not holdings.holds(name)
    )


class Seen(NamedTuple):
    """How far a peer was with a feed when it last told: its number, and what that is beside ours: a difference."""

    peer: str
    feed: str
    seq: int
    beside: int


def seen_by(standings: Mapping[str, Standing], own: Standing) -> Sequence[Seen]:
    """For each peer and feed, the number of the last entry that the peer told of, and how far ours is beyond it."""
    found = []
    for peer, standing in sorted(standings.items()):
        for feed in sorted({*own.heads, *standing.heads}):
            theirs, ours = (max((seq for seq, _ in one.heads.get(feed, ())), default=0) for one in (standing, own))
            found.append(Seen(peer, feed, theirs, ours - theirs))
    return found
