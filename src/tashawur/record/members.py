"""Who may act for a side: root keys name members, members act within their mandate. All of it stands in the feed.

An entry is judged by what its own feed said before it, so every node judges it alike.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tashawur.record.bodies import EVERY, MemberAdd, Role
from tashawur.record.canonical import encode
from tashawur.record.founding import Party
from tashawur.record.rules import refused
from tashawur.terms.errors import NotAdmittedError


@dataclass(frozen=True, slots=True)
class Member:
    """What a key may do. `topics` None means every topic; without a moment, there is no bound."""

    roles: frozenset[str]
    topics: frozenset[str] | None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """The keys of a side as they stand at an entry of its feed. `change` is the root change that was last.

    `used` are all keys that ever were a member or root of it: none comes back.
    """

    roots: frozenset[str]
    threshold: int
    members: Mapping[str, Member]
    used: frozenset[str]
    change: str | None = None


def authority_of(party: Party) -> Authority:
    """The keys of a side as the founding act has them."""
    node = Member(frozenset({"draft"}), None)
    return Authority(frozenset(party.roots), party.threshold, {party.node: node}, frozenset((*party.roots, party.node)))


def check_mandate(authority: Authority, key: str, role: Role, topics: tuple[str, ...], at: dt.datetime) -> None:
    """Refuses an act of `key` in `role` on `topics` at the claimed moment `at`, unless its mandate covers it."""
    member = authority.members.get(key)
    if member is None:
        if key in authority.roots:
            raise refused("mandate.root")
        raise refused("mandate.ended" if key in authority.used else "mandate.unknown-key")
    if role not in member.roles:
        raise refused("mandate.role")
    if member.topics is not None and not member.topics.issuperset(topics):
        raise refused("mandate.topic")
    if member.since is not None and at < member.since:
        raise refused("mandate.early")
    if member.until is not None and at > member.until:
        raise refused("mandate.over")


def may_sign(authority: Authority, key: str, topics: tuple[str, ...], at: dt.datetime) -> bool:
    """Whether the key may sign on these topics: what its holder proposes, its side then signs as well."""
    try:
        check_mandate(authority, key, "sign", topics, at)
    except NotAdmittedError:
        return False
    return True


def check_roots(authority: Authority, keys: tuple[str, ...]) -> None:
    """Refuses what `keys` signed together, unless all are root keys and they are as many as the side asks for."""
    if not authority.roots.issuperset(keys):
        raise refused("root.unknown-key")
    if len(keys) < authority.threshold:
        raise refused("root.threshold")


def with_member(authority: Authority, body: MemberAdd) -> Authority:
    """The keys after a member was added."""
    if body.key in authority.used:
        raise refused("member.key-used")
    if body.since and body.until and body.until < body.since:
        raise refused("member.dates")
    topics = None if body.topics == EVERY else frozenset(body.topics)
    member = Member(frozenset(body.roles), topics, body.since, body.until)
    return replace(authority, members={**authority.members, body.key: member}, used=authority.used | {body.key})


def without_member(authority: Authority, key: str) -> Authority:
    """The keys after a member was ended."""
    if key not in authority.members:
        raise refused("member.unknown")
    return replace(authority, members={other: one for other, one in authority.members.items() if other != key})


def with_roots(authority: Authority, change: str, roots: tuple[str, ...], threshold: int) -> Authority:
    """The keys after the roots were replaced by the act `change`."""
    return replace(
        authority, roots=frozenset(roots), threshold=threshold, used=authority.used.union(roots), change=change
    )


def person_digest(name: str, salt: bytes) -> str:
    """What stands in the record in place of a name. Once `salt` (16 bytes or more) is erased, no guess can be tried."""
    return hashlib.sha256(encode({"name": name, "salt": salt.hex()})).hexdigest()
