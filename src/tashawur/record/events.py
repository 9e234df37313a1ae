"""What happens when an entry is offered: values, in the order in which it happened."""

from __future__ import annotations

from tashawur.record.entries import Received
from tashawur.terms.vocabulary import Found


class Admitted(Found, frozen=True):
    """The entry counts from now on. Its line is to be kept for good."""

    received: Received


class Known(Found, frozen=True):
    """The entry was there already. Nothing happened."""

    id: str


class Parked(Found, frozen=True):
    """The entry is good as far as it can be judged, and waits for what it names and nobody brought yet.

    `waits_for` is the id of an entry, or `rules` for an entry of rules that are not in force or not known here.
    """

    id: str
    waits_for: str


class Refused(Found, frozen=True):
    """The entry does not count. `rule` is the code of the rule that it breaks; `id` is empty where it has none."""

    rule: str
    id: str = ""


class Confirmed(Found, frozen=True):
    """The act is confirmed by all: every side that it needs has signed it, and its conditions hold."""

    act: str


class Forked(Found, frozen=True):
    """A feed has more than one entry behind the same entry: its side said different things to different others.

    `ids` are the entries with the number `seq`, in order. Any two of them, with their signatures, are the proof.
    """

    feed: str
    seq: int
    ids: tuple[str, ...]


Event = Admitted | Known | Parked | Refused | Confirmed | Forked
