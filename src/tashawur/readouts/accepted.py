"""From accepted proposals to the rows of a consultation's files, with the names that a person gave.

What names a row that was dropped loses that name; what cannot stand without it is left out and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Final

from tashawur.readouts.deciding import SAME_AS
from tashawur.readouts.proposals import Proposal, Row, Sort


@dataclass(slots=True)
class Rows:
    """The rows by the lists that they go to; `left_out` are the accepted proposals that hang on dropped ones."""

    parties: list[Row] = field(default_factory=list)
    roles: list[Row] = field(default_factory=list)
    tracks: list[Row] = field(default_factory=list)
    teams: list[Row] = field(default_factory=list)
    undertakings: list[Row] = field(default_factory=list)
    entries: list[Row] = field(default_factory=list)
    irritants: list[Row] = field(default_factory=list)
    mechanism: Row | None = None
    objective: Row | None = None
    left_out: list[Proposal] = field(default_factory=list)

    def digests(self) -> set[str]:
        """The digests of the documents that rows point at."""
        held = (*self.roles, *self.tracks, *self.undertakings, *self.entries, *self.irritants)
        alone = [one for one in (self.mechanism, self.objective) if one is not None]
        return {origin["document"] for row in (*held, *alone) for origin in row.get("origin", ())}


_NAMED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("by", "to", "between", "party", "host", "claimed_by", "asserted_by"), "party"),
    **dict.fromkeys(("met_when_said_by", "responding"), "party"),
    **dict.fromkeys(("track", "tracks", "mandate"), "track"),
    "undertaking": "undertaking",
    "irritant": "irritant",
    "round": "round",
}
"""What sort of row a key names."""
_BY_PARTY: Final = "positions"
_LISTS: Final[Mapping[Sort, str]] = {
    "party": "parties",
    "role": "roles",
    "track": "tracks",
    "team": "teams",
    "undertaking": "undertakings",
    "irritant": "irritants",
    "round": "entries",
    "contact": "entries",
    "assessment": "entries",
}
_NEEDED: Final[Mapping[Sort, Sequence[str]]] = {
    "undertaking": ("by", "to", "origin"),
    "team": ("party", "mandate"),
    "contact": ("between",),
    "assessment": ("by", "round"),
    "irritant": ("raised",),
    "position": ("irritant", "positions"),
}
"""Keys without which a row cannot stand; a role needs all that it names."""

Names = Mapping[tuple[str, str], Sequence[str]]
"""What rows are called in the end, by their sort and the name they were proposed under; nothing for dropped ones."""


def rows(asked: Sequence[Proposal], accepted: Sequence[Proposal], standing: Set[str] = frozenset()) -> Rows:
    """The rows that the accepted ones of the proposals `asked` become.

    `standing` are names of undertakings that stand already: what is the same as one of them becomes the report that
    its party says so too.
    """
    names = _names(asked, accepted)
    made = Rows()
    irritants: dict[str, dict[str, Any]] = {}
    for one in accepted:
        row = _resolved(one.row, names)
        same = row.pop(SAME_AS, None)
        if same and same != [row.get("id")]:
            made.left_out += [] if _joined(one, row, same[0], made, standing) else [one]
        elif _stands(one, row):
            _place(one, row, made, irritants)
        else:
            made.left_out.append(one)
    return made


def _place(one: Proposal, row: dict[str, Any], made: Rows, irritants: dict[str, dict[str, Any]]) -> None:
    if one.sort == "mechanism":
        made.mechanism = row
    elif one.sort == "aim":
        made.objective = row
    elif one.sort == "position":
        about = irritants.get(row["irritant"])
        if about is None:
            made.left_out.append(one)
            return
        about["positions"] = {**row["positions"], **about.get("positions", {})}
        about["origin"] = [*about.get("origin", ()), *row.get("origin", ())]
    else:
        if one.sort == "irritant":
            irritants[row["id"]] = row
        getattr(made, _LISTS[one.sort]).append(row)


def _joined(one: Proposal, row: dict[str, Any], same: str, made: Rows, standing: Set[str]) -> bool:
    """Whether a row could be joined to the one that it is the same as. Of parties and tracks the name alone is."""
    if one.sort != "undertaking":
        return one.sort in ("party", "track")
    other = next((held for held in made.undertakings if held["id"] == same), None)
    if other is not None:
        place = made.undertakings.index(other)
        made.undertakings[place] = {**other, "origin": [*other["origin"], *row["origin"]]}
    elif same in standing:
        for party in dict.fromkeys(origin["asserted_by"] for origin in row["origin"]):
            report = {"type": "report", "id": f"{row['id']}_{party}_{same}", "on": row["made"]}
            own = [origin for origin in row["origin"] if origin["asserted_by"] == party]
            made.entries.append({**report, "by": party, "about": same, "says": "affirmed", "origin": own})
    else:
        return False
    return True


def _names(asked: Sequence[Proposal], accepted: Sequence[Proposal]) -> dict[tuple[str, str], Sequence[str]]:
    kept = {one.id: one for one in accepted}
    found: dict[tuple[str, str], Sequence[str]] = {}
    for one in asked:
        sort, _, name = one.id.partition(" ")
        if sort not in set(_NAMED.values()):
            continue
        row = kept[one.id].row if one.id in kept else None
        if row is None:
            found[sort, name] = ()
        else:
            found[sort, name] = row.get(SAME_AS) or (row["round" if sort == "round" else "id"],)
    return found


def _resolved(row: Row, names: Names) -> dict[str, Any]:
    """The row with the names that hold in the end; what is empty then falls away."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        told = _value(key, value, names)
        if told not in (None, [], {}, ""):
            found[key] = told
    return found


def _value(key: str, value: Any, names: Names) -> Any:
    sort = _NAMED.get(key)
    if sort is not None and isinstance(value, str):
        return next(iter(names.get((sort, value), (value,))), None)
    if sort is not None and isinstance(value, list):
        return list(dict.fromkeys(name for one in value for name in names.get((sort, one), (one,))))
    if key == _BY_PARTY:
        return {name: told for party, told in value.items() for name in names.get(("party", party), (party,))}
    if isinstance(value, Mapping):
        inner = _resolved(value, names)
        return None if "met_when_said_by" in value and "met_when_said_by" not in inner else inner
    if isinstance(value, list):
        return list(_said(value, names))
    return value


def _said(held: Sequence[Any], names: Names) -> Iterator[Any]:
    """The items of a list; what a dropped party raised or said falls away."""
    for one in held:
        if not isinstance(one, Mapping):
            yield one
            continue
        inner = _resolved(one, names)
        if all(key in inner for key in ("asserted_by", "by") if key in one):
            yield inner


def _stands(one: Proposal, row: Row) -> bool:
    if one.sort == "role":
        return all(key in row for key in ("party", "track", "claimed_by") if key in one.row)
    if one.sort == "contact" and len(row.get("between", ())) < 2:
        return False
    return all(key in row for key in _NEEDED.get(one.sort, ()))
