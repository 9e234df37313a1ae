"""What a person decides of proposals, one after the other: accept, change, drop, go back. Any screen can use it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import msgspec

from tashawur.readouts.proposals import Proposal, Row
from tashawur.terms.vocabulary import Found

Verdict = Literal["accepted", "dropped", "left"]
"""`left`: it lacks something and was passed over when all the rest was accepted."""

SAME_AS: Final = "same_as"
"""The key by which a person says that a row is what bears that name already; with its own name, that it is itself."""

SAID_BY: Final = "asserted_by"
"""The key by which a person says who says so: of all words that the row points at."""

_LISTS: Final = frozenset(
    {"by", "to", "between", "mandate", "tracks", "responding", "met_when_said_by", "moves", "excludes"}
    | {SAID_BY, SAME_AS}
)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Decisions(Found, frozen=True):
    """The proposals in their order, and what was decided of the first of them."""

    proposals: Sequence[Proposal]
    verdicts: Sequence[Verdict] = ()

    @property
    def current(self) -> Proposal | None:
        """The proposal that is to be decided next; None when all are."""
        return self.proposals[len(self.verdicts)] if len(self.verdicts) < len(self.proposals) else None

    @property
    def accepted(self) -> list[Proposal]:
        """What was accepted so far, as it was changed."""
        return [one for one, said in zip(self.proposals, self.verdicts, strict=False) if said == "accepted"]

    @property
    def left(self) -> list[Proposal]:
        """What was passed over because it lacks something."""
        return [one for one, said in zip(self.proposals, self.verdicts, strict=False) if said == "left"]

    def accept(self) -> Decisions:
        """Accepts the current proposal; one that lacks something stays where it is."""
        one = self.current
        return self if one is None or one.lacks else self._with("accepted")

    def drop(self) -> Decisions:
        """Drops the current proposal."""
        return self if self.current is None else self._with("dropped")

    def back(self) -> Decisions:
        """Takes the last decision back."""
        return msgspec.structs.replace(self, verdicts=tuple(self.verdicts[:-1]))

    def accept_kind(self) -> Decisions:
        """Accepts the current proposal and those of its sort behind it; what lacks something is left."""
        sort = self.current.sort if self.current is not None else None
        found = self
        while found.current is not None and found.current.sort == sort:
            found = found._passed()
        return found

    def accept_rest(self) -> Decisions:
        """Accepts all that is undecided; what lacks something is left."""
        found = self
        while found.current is not None:
            found = found._passed()
        return found

    def change(self, key: str, value: str) -> Decisions:
        """Changes a part of the current row: `key` leads to it by dots, an empty value takes it out.

        Whether the row is good then, the rules of the files say.
        """
        one = self.current
        if one is None:
            return self
        row = changed(one.row, key, value)
        lacks = tuple(key for key in one.lacks if row.get(key) is None)
        said = list(dict.fromkeys(origin[SAID_BY] for origin in row.get("origin", ()))) or one.asserted_by
        alone = len(said) == 1 and (one.alone or len(one.asserted_by) > 1)
        proposals = list(self.proposals)
        made = msgspec.structs.replace(one, row=row, lacks=lacks, asserted_by=said, alone=alone)
        proposals[len(self.verdicts)] = made
        return msgspec.structs.replace(self, proposals=tuple(proposals))

    def _passed(self) -> Decisions:
        return self._with("left" if self.current is not None and self.current.lacks else "accepted")

    def _with(self, verdict: Verdict) -> Decisions:
        return msgspec.structs.replace(self, verdicts=(*self.verdicts, verdict))


def changed(row: Row, key: str, value: str) -> dict[str, Any]:
    """The row with another value at `key`: words, a day, or a list with blanks or commas between its items.

    >>> changed({"id": "C1", "what": {"ar": "..."}}, "what.en", "Open the bridge")
    {'id': 'C1', 'what': {'ar': '...', 'en': 'Open the bridge'}}
    >>> changed({"by": ["A"], "track": "main"}, "track", "")
    {'by': ['A']}
    """
    first, _, rest = key.partition(".")
    found = dict(row)
    if key == SAID_BY:
        places = {(one["start"], one["end"]): one for one in found.get("origin", ())}
        told = _value(key, value)
        found["origin"] = [{**one, SAID_BY: party} for one in places.values() for party in told]
        return found
    if not rest:
        if value:
            found[first] = _value(first, value)
        else:
            found.pop(first, None)
        return found
    inner = found.get(first)
    if isinstance(inner, list) and rest.split(".")[0].isdecimal():
        place, _, deeper = rest.partition(".")
        if int(place) < len(inner) and isinstance(inner[int(place)], Mapping) and deeper:
            items = list(inner)
            items[int(place)] = changed(items[int(place)], deeper, value)
            found[first] = items
        return found
    held = changed(inner if isinstance(inner, Mapping) else {}, rest, value)
    if held:
        found[first] = held
    else:
        found.pop(first, None)
    return found


def _value(key: str, value: str) -> Any:
    if key in _LISTS:
        return [one for one in re.split(r"\s*[,،]\s*" if "," in value or "،" in value else r"\s+", value) if one]
    if _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value


def parts(row: Row) -> dict[str, str]:
    """The parts of a row that a person can change, by the keys that lead to them; of its origin, who says so.

    >>> parts({"id": "C1", "by": ["A", "B"], "due": {"said": {"en": "soon"}}})
    {'id': 'C1', 'by': 'A, B', 'due.said.en': 'soon'}
    """
    found: dict[str, str] = {}
    for key, value in row.items():
        if key == "type":
            continue
        if key == "origin":
            found[SAID_BY] = ", ".join(dict.fromkeys(one[SAID_BY] for one in value))
            continue
        if isinstance(value, Mapping):
            found |= {f"{key}.{inner}": told for inner, told in parts(value).items()}
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for place, one in enumerate(value):
                found |= {f"{key}.{place}.{inner}": told for inner, told in parts(one).items()}
        elif isinstance(value, list):
            found[key] = ", ".join(value)
        else:
            found[key] = "" if value is None else str(value)
    return found
