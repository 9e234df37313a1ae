"""The last of the rules that an entry must keep: that its key may sign it, and what its type asks for.

Each looks only at what stands before the entry, so no later entry and no other order of arrival changes a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from tashawur.record.acts import Act
from tashawur.record.bodies import (
    RECORD,
    Ack,
    Attest,
    Body,
    Dispute,
    Evidence,
    ForkResolve,
    Kind,
    MemberAdd,
    MemberEnd,
    OfAct,
    Propose,
    RootNext,
    RootReset,
    Say,
)
from tashawur.record.branches import Held
from tashawur.record.entries import Entry
from tashawur.record.founding import Founding, Party
from tashawur.record.keys import public_key
from tashawur.record.members import (
    Authority,
    check_mandate,
    check_roots,
    with_member,
    with_roots,
    without_member,
)
from tashawur.record.rules import refused
from tashawur.terms.vocabulary import Found


class RootChange(NamedTuple):
    """An act that replaces the root keys of a side, with what it says."""

    act: Act
    body: RootNext | RootReset


@dataclass(frozen=True, slots=True)
class Past:
    """What a ledger holds, for judging an entry that comes after it. `changes` are the acts on root keys, by feed."""

    founding: Founding
    entries: Mapping[str, Held]
    acts: Mapping[str, Act]
    changes: Mapping[str, list[RootChange]]


class Offered(Found, frozen=True, gc=False):
    """An entry that is to be judged: `held` is the place it would have with the keys before it, `party` its side."""

    entry: Entry
    body: Body
    held: Held
    party: Party


def keys_at(held: Held, base: Authority, changes: Iterable[RootChange]) -> Authority:
    """The keys of a side at an entry of its feed: those at the entry before, and the root changes that it had seen."""
    while (change := _change_after(base.change, held, changes)) is not None:
        base = with_roots(base, change.act.id, change.body.roots, change.body.threshold)
    return base


def _change_after(last: str | None, held: Held, changes: Iterable[RootChange]) -> RootChange | None:
    """The root change behind `last` that all had signed as far as `held` had seen; of several, the one of least id."""
    found = [
        change
        for change in changes
        if change.body.prior == last and held.has_seen(change.act.held) and change.act.signed_by_all(held)
    ]
    return min(found, key=lambda change: change.act.id, default=None)


def judge(offered: Offered, kind: Kind, past: Past) -> Authority:
    """The keys of the side after the entry; refused when its key may not sign it, or its type forbids what it says."""
    entry, authority = offered.entry, offered.held.authority
    act = _act_of(offered, past)
    if kind.role is None:
        check_roots(authority, (entry.key, *entry.also))
    else:
        if entry.also:
            raise refused("mandate.also")
        check_mandate(authority, entry.key, kind.role, _topics(offered.body, act), entry.at)
    rule = _OF_TYPE.get(entry.type)
    return rule(offered, offered.body, past) if rule else authority


_OF_TOPICS: Final = (Say, Propose)
_OF_ACTS: Final = (OfAct, Attest)


def _topics(body: Body, act: Act | None) -> tuple[str, ...]:
    if isinstance(body, _OF_TOPICS):
        return body.topics
    if act is not None:
        return act.topics
    return () if isinstance(body, Ack) else (RECORD,)


def _act_of(offered: Offered, past: Past) -> Act | None:
    """The act that the entry is about, which it must have seen; None where it is about none."""
    body = offered.body
    if not isinstance(body, _OF_ACTS):
        return None
    act = _seen_act(body.act, offered, past)
    if act is None:
        raise refused("act.unseen")
    return act


def _propose(offered: Offered, body: Propose, past: Past) -> Authority:
    names = past.founding.names()
    if list(body.need) != sorted(set(body.need)) or not names.issuperset(body.need):
        raise refused("act.need")
    if body.notary is not None and body.notary not in past.founding.names("host"):
        raise refused("act.notary")
    for condition in body.conditions:
        if isinstance(condition, Evidence):
            if not names.issuperset(condition.by):
                raise refused("act.condition")
        elif not _seen_act(condition.act, offered, past):
            raise refused("act.condition")
    if body.amends is not None:
        older = _seen_act(body.amends, offered, past)
        if older is None:
            raise refused("act.amends-unseen")
        if not older.need.keys() <= set(body.need):
            raise refused("act.amends-need")
    return offered.held.authority


def _seen_act(name: str, offered: Offered, past: Past) -> Act | None:
    act = past.acts.get(name)
    return act if act is not None and offered.held.has_seen(act.held) else None


def _sign(offered: Offered, body: OfAct, past: Past) -> Authority:
    if offered.party.name not in past.acts[body.act].need:
        raise refused("sign.not-needed")
    return offered.held.authority


def _lapse(offered: Offered, body: OfAct, past: Past) -> Authority:
    if past.acts[body.act].held.feed != offered.entry.feed:
        raise refused("lapse.not-proposer")
    return offered.held.authority


def _receipt(offered: Offered, body: OfAct, past: Past) -> Authority:
    if past.acts[body.act].notary != offered.party.name:
        raise refused("receipt.not-notary")
    return offered.held.authority


def _attest(offered: Offered, body: Attest, past: Past) -> Authority:
    for condition in past.acts[body.act].conditions:
        if (
            isinstance(condition, Evidence)
            and condition.evidence == body.evidence
            and offered.party.name in condition.by
        ):
            return offered.held.authority
    raise refused("attest.not-asked")


def _member_add(offered: Offered, body: MemberAdd, _: Past) -> Authority:
    public_key(body.key)
    return with_member(offered.held.authority, body)


def _member_end(offered: Offered, body: MemberEnd, _: Past) -> Authority:
    return without_member(offered.held.authority, body.key)


def _root_next(offered: Offered, body: RootNext, _: Past) -> Authority:
    _check_new_roots(body, offered.held.authority.change)
    if not offered.held.authority.used.isdisjoint(body.roots):
        raise refused("root.key-used")
    return offered.held.authority


def _root_reset(offered: Offered, body: RootReset, past: Past) -> Authority:
    party = next((one for one in past.founding.act.parties if one.name == body.side), None)
    if party is None or party is offered.party:
        raise refused("root.side")
    last = None
    while (change := _change_after(last, offered.held, past.changes.get(party.feed, ()))) is not None:
        last = change.act.id
    _check_new_roots(body, last)
    return offered.held.authority


def _check_new_roots(body: RootNext | RootReset, last: str | None) -> None:
    if body.prior != last:
        raise refused("root.prior")
    if len(set(body.roots)) < len(body.roots) or body.threshold > len(body.roots):
        raise refused("root.keys")
    for root in body.roots:
        public_key(root)


def _fork_resolve(offered: Offered, body: ForkResolve, _: Past) -> Authority:
    if body.head != offered.entry.prev:
        raise refused("fork.head")
    return offered.held.authority


def _dispute(offered: Offered, body: Dispute, past: Past) -> Authority:
    disputed = past.entries.get(body.entry)
    if disputed is None or disputed.feed != offered.entry.feed or not offered.held.has_seen(disputed):
        raise refused("dispute.not-own")
    return offered.held.authority


_OF_TYPE: Final[Mapping[str, Callable[[Offered, Any, Past], Authority]]] = MappingProxyType(
    {
        "propose": _propose,
        "sign": _sign,
        "lapse": _lapse,
        "receipt": _receipt,
        "attest": _attest,
        "member.add": _member_add,
        "member.end": _member_end,
        "root.next": _root_next,
        "root.reset": _root_reset,
        "fork.resolve": _fork_resolve,
        "dispute": _dispute,
    }
)
