"""Exchanges records with the node of another party: the next request is on its way while a page is being judged."""

from __future__ import annotations

import secrets
from concurrent.futures import Future, ThreadPoolExecutor

from tashawur.node.held import HeldRecord
from tashawur.node.line import Line
from tashawur.node.restore import heard
from tashawur.node.told import note_told
from tashawur.record.founding import Party
from tashawur.wire.exchange import Exchange, Report
from tashawur.wire.holdings import Holdings
from tashawur.wire.rules import Fresh
from tashawur.wire.signed import OwnNode

fresh: Fresh = lambda: secrets.token_hex(16)  # noqa: E731 - a value of that type


def exchange_with(own: OwnNode, peer: Party, holdings: Holdings) -> Exchange:
    """An exchange that has not begun. Its report tells what was done, even when the line was cut."""
    return Exchange(own, peer, holdings, fresh)


def run(exchange: Exchange, line: Line) -> None:
    """Drives an exchange to its end.

    Raises:
        LineError: the line was cut or never opened. What was admitted stays, and another exchange goes on from it.
        NotTakenError: the peer refuses, or does not keep to the rules; likewise.
    """
    with ThreadPoolExecutor(1, "line") as way:
        answer: Future[bytes] | None = None
        while not exchange.is_over:
            if answer is None and (ask := exchange.ask()) is not None:
                answer = way.submit(line.send, ask)
            exchange.admit()
            if answer is not None:
                exchange.take(answer.result())
                answer = None


def sync(own: OwnNode, peer: Party, held: HeldRecord, address: str) -> Report:
    """Brings both nodes to the same entries, and takes note of what the peer holds of this side's own feed.

    Raises:
        LineError: the line was cut or never opened.
        NotTakenError: the peer refuses, or does not keep to the rules.
    """
    exchange = exchange_with(own, peer, held)
    with Line(address, peer) as line:
        run(exchange, line)
    own_heads = [name for _, name in exchange.report.heads.get(own.party.feed, ())]
    heard(held.record, own.name, peer.name, own_heads)
    note_told(held.record.journal, peer.name, exchange.report.heads)
    return exchange.report
