"""What an entry had before it: its own feed back to the start, and what that had seen of the others.

A feed is one line as long as its side is honest. Where two entries follow the same one, it has branches; each is kept.
"""

from __future__ import annotations

import msgspec

from tashawur.record.members import Authority


class Branch:
    """A line of entries without a fork. It leaves another branch behind the entry `parent`, or starts the feed."""

    __slots__ = ("parent",)

    def __init__(self, parent: Held | None) -> None:
        self.parent = parent


Others = dict[str, tuple["Held", ...]]


class Held(msgspec.Struct, eq=False):
    """An admitted entry in its place. `others` are the last entries it had seen of each feed, directly or by others.

    Of its own feed, `prev` leads to what is before it on its branch, and `others` holds other branches, if it saw any.
    `next` is the first entry that was admitted behind it; `authority` has the keys of its side once it is said.
    `alone` is what `others` of later entries hold of its feed when it is the only last one there, made once: that two
    have seen the same of a feed is then told at a glance.
    """

    id: str
    feed: str
    seq: int
    prev: Held | None
    others: Others
    branch: Branch
    authority: Authority
    next: Held | None = None
    alone: tuple[Held] | None = None

    def is_or_follows(self, other: Held) -> bool:
        """Whether it is `other`, an entry of the same feed, or comes after it on its branch."""
        at: Held | None = self
        while at is not None and at.seq >= other.seq:
            if at.branch is other.branch:
                return True
            at = at.branch.parent
        return False

    def has_seen(self, other: Held) -> bool:
        """Whether `other` is in its causal past; it is not in its own."""
        if other.feed == self.feed and self.prev is not None and self.prev.is_or_follows(other):
            return True
        return any(head.is_or_follows(other) for head in self.others.get(other.feed, ()))


def joined(prev: Held | None, seen: list[Held]) -> Others:
    """What an entry behind `prev` has seen of the other feeds, when it names the heads `seen` too.

    Whatever those had seen, it has seen.
    """
    base = prev.others if prev else {}
    found = base
    for head in seen:
        if not _is_covered(found, head):
            if found is base:
                found = dict(base)
            _add(found, head)
            for feed, heads in head.others.items():
                if found.get(feed) is heads:
                    continue  # the rule: both had seen the same of that feed
                for one in heads:
                    if one is not prev and not _is_own(prev, one) and not _is_covered(found, one):
                        _add(found, one)
    return found


def _is_own(prev: Held | None, one: Held) -> bool:
    """Whether the entry is before `prev` in its own feed, which needs no naming."""
    if prev is None or one.feed != prev.feed:
        return False
    return one.seq <= prev.seq if one.branch is prev.branch else prev.is_or_follows(one)


def _is_covered(found: Others, one: Held) -> bool:
    """Whether the entry is one of the last ones of its feed that are there, or before one of them."""
    heads = found.get(one.feed)
    if heads is None:
        return False
    branch, seq = one.branch, one.seq
    for head in heads:
        if head.branch is branch:  # the rule, and quick
            if head.seq >= seq:
                return True
        elif head.is_or_follows(one):
            return True
    return False


def _add(found: Others, one: Held) -> None:
    """Adds the entry to the last ones of its feed, in place of those that are before it."""
    heads = found.get(one.feed)
    if heads is None or (len(heads) == 1 and heads[0].branch is one.branch):  # it can only come after that one
        alone = one.alone
        if alone is None:
            alone = one.alone = (one,)
        found[one.feed] = alone
    else:
        found[one.feed] = (*(head for head in heads if not one.is_or_follows(head)), one)
