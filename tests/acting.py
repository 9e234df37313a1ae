"""Acts for tests: a small consultation of the sides A and B with the host H, and entries that hold acts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from tashawur.consult.acts import IN_LAW, AnyAct, LegalStatus, SetMechanism, Told, act_of, content_of
from tashawur.consult.folding import Standing, fold
from tashawur.consult.mechanism import CaseFile
from tashawur.store.folder import is_zone

DAY: Final = dt.date(2026, 3, 2)
NODES: Final = {"A": "side", "B": "side", "H": "host"}
CASE: Final = msgspec.convert(
    {
        "kind": "consultation",
        "id": "small",
        "title": {"en": "Small case"},
        "languages": ["en"],
        "parties": [
            {"id": "A", "name": {"en": "Arvonia"}},
            {"id": "B", "name": {"en": "Belmara"}},
            {"id": "H", "name": {"en": "Halvenia"}},
            {"id": "M", "name": {"en": "Mediators"}},
        ],
        "roles": [
            {"party": "A", "role": "side"},
            {"party": "B", "role": "side"},
            {"party": "H", "role": "host"},
            {"party": "M", "role": "mediator"},
        ],
        "mechanism": {"purpose": {"en": "To settle what troubles A and B"}},
        "tracks": [{"id": "main", "name": {"en": "Main"}}, {"id": "posts", "name": {"en": "Posts"}}],
    },
    CaseFile,
)
ALL: Final = ("register", "contacts", "commitments", "packages", "steps", "stability", "scores")
MECHANISM: Final = SetMechanism(case=CASE, modules=ALL)


def entry(number: int | str) -> str:
    """The id of an entry."""
    return hashlib.sha256(str(number).encode()).hexdigest()


class Feeds:
    """Entries of all feeds, with rising numbers as they come."""

    def __init__(self, mechanism: SetMechanism = MECHANISM) -> None:
        self.founding = Told(id=entry("founding"), side="", seq=0, topics=(), content=content_of(mechanism), on=DAY)
        self.told: list[Told] = []

    def say(self, side: str, act: Mapping[str, Any], *topics: str, **more: Any) -> str:
        """The side does something; its entry names these topics, by default the track `main`."""
        status: LegalStatus = act.get("status", "record_only")
        one = Told(
            id=entry(f"{side}{len(self.told)}"),
            side=side,
            seq=more.pop("seq", len(self.told) + 1),
            topics=topics or ("main",),
            content=act,
            on=DAY,
            legal=more.pop("legal", IN_LAW[status]),
            **more,
        )
        self.told.append(one)
        return one.id

    def agree(self, act: Mapping[str, Any], *topics: str, by: Iterable[str] = ("A", "B"), **more: Any) -> str:
        """An act that all of `by` have signed."""
        need = tuple(by)
        return self.say(need[0], act, *topics, need=need, signed=need, confirmed=True, **more)

    def fold(self) -> Standing:
        """The state of it."""
        return fold(self.founding, self.told, NODES, is_zone)


def why(standing: Standing) -> dict[str, str]:
    """The codes of what was set aside, by entry."""
    return {one.id: one.code for one in standing.aside}


def plain(act: AnyAct) -> dict[str, Any]:
    """The act as an entry holds it, read back as it was."""
    assert act_of(content_of(act)) == act
    return content_of(act)
