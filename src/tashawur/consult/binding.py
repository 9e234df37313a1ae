"""What an act asks of the entry that it stands in: who may do it, whom it binds, on which topics, in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from tashawur.consult.acts import (
    IN_LAW,
    MODULES,
    SAID,
    SIGNED,
    AdReferendum,
    Agree,
    Answer,
    AnyAct,
    Appoint,
    Close,
    Contacted,
    Decline,
    Note,
    Offer,
    OnRound,
    Options,
    Original,
    Plan,
    Position,
    PublishReadout,
    Raise,
    Reported,
    Resume,
    Rule,
    Run,
    SetMechanism,
    Stands,
    Suspend,
    Told,
    Undertake,
)
from tashawur.terms.phrases import N_

ActOf = TypeVar("ActOf", bound=AnyAct)

GENERAL: Final = "general"
"""The topic of what belongs to no track."""
MECHANISM: Final = "mechanism"
"""The topic of what concerns the consultation as a whole."""

ASIDE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "act.unreadable": N_("its content is no act of this version; look at the page on acts"),
        "act.needs-all": N_("one side alone cannot do this; propose it to those whom it binds"),
        "act.needs-none": N_("a side does this by itself; say it, without asking for signatures"),
        "act.not-own": N_("it speaks for another party; let that party say it"),
        "act.name": N_("a name that a side gives begins with the side, one that all give with no party; name it anew"),
        "act.need": N_("it does not ask all whom it binds for their signature; propose it anew to all of them"),
        "act.topic": N_("its entry does not name the track that it is about; write it under that track"),
        "act.law": N_("its entry says something else of its legal status than its content; make them one"),
        "act.module": N_("its module is not switched on; all switch it on by an act on the mechanism"),
        "act.mediator": N_("the mediator is not named, is a side, or relays as the host; name another party"),
        "act.unknown": N_(
            "it is about an entry, round or track that is not there or is of another sort; look at what it names"
        ),
        "act.not-asked": N_("the side was not asked for it; whom an offer or proposal names answers"),
        "act.answers": N_("the side has answered as often as the mechanism allows in a round; wait for the next"),
        "act.in-force": N_("a day of entry into force stands only with the clause that gives it; add the clause"),
        "act.mistake": N_("it does not fit what else stands in the consultation: {wrong}"),
    }
)
"""Why an act is set aside, by code. It stays in the record; the state of the consultation goes on without it."""


@dataclass(frozen=True, slots=True)
class Read(Generic[ActOf]):
    """An act with the entry that it stands in."""

    told: Told
    act: ActOf


def of_sort(acts: Iterable[Read[Any]], sort: type[ActOf]) -> list[Read[ActOf]]:
    """Those of the acts that are of one sort, in their order."""
    return [one for one in acts if type(one.act) is sort]


@dataclass(frozen=True)
class Known:
    """What the rules may know beside the act: the mechanism in force, who holds a node, and what was named.

    `nodes` gives for each party of the record whether it is a `side` or the `host`. `tracks` gives the tracks of each
    thing that acts name: irritants, undertakings, rounds, teams. `acts` are all that could be read, by entry.
    """

    mechanism: SetMechanism
    nodes: Mapping[str, str]
    tracks: Mapping[str, tuple[str, ...]]
    acts: Mapping[str, Read[Any]]

    @cached_property
    def parties(self) -> frozenset[str]:
        """Everybody who is named in the mechanism."""
        return frozenset(party.id for party in self.mechanism.case.parties)

    def sides_on(self, tracks: Iterable[str]) -> frozenset[str]:
        """The parties with a node that are a side on one of the tracks; without a track, all that are a side."""
        asked = set(tracks)
        return frozenset(
            role.party
            for role in self.mechanism.case.roles
            if role.role == "side"
            and role.claimed_by is None
            and role.party in self.nodes
            and (not asked or role.track is None or role.track in asked)
        )


def owner(name: str, parties: Iterable[str]) -> str | None:
    """The party whose name stands before a name: the longest that fits."""
    return max((one for one in parties if name.startswith(f"{one}_")), key=len, default=None)


def aside(read: Read[Any], known: Known) -> str | None:
    """The code of the first rule that the act breaks; None where it breaks none."""
    return next((code for code, broken in _RULES if broken(read, known)), None)


def _needs_all(read: Read[Any], _: Known) -> bool:
    return not read.told.need and type(read.act) not in SAID


def _needs_none(read: Read[Any], _: Known) -> bool:
    return bool(read.told.need) and type(read.act) not in SIGNED


def _not_own(read: Read[Any], _: Known) -> bool:
    match read.act:
        case Appoint(team=team):
            return team.party != read.told.side
        case Contacted(between=between):
            return read.told.side not in between
        case _:
            return False


def _name(read: Read[Any], known: Known) -> bool:
    match read.act:
        case Raise(id=name) | Undertake(id=name):
            pass
        case Appoint(team=team):
            name = team.id
        case Rule(constraint=constraint):
            name = constraint.id
        case OnRound(event="proposed", round=name):
            return owner(name, known.parties) is None
        case _:
            return False
    return owner(name, known.parties) != (None if read.told.need else read.told.side)


def _topic(read: Read[Any], known: Known) -> bool:
    return not set(topics(read.act, known)) <= set(read.told.topics)


def topics(act: AnyAct, known: Known) -> tuple[str, ...]:
    """The topics that the entry of an act must name."""
    if isinstance(act, SetMechanism | Stands | Close | Run):
        return (MECHANISM,)
    if isinstance(act, Original):
        return ()
    return tuple(sorted(set(_tracks(act, known)))) or (GENERAL,)


def _tracks(act: AnyAct, known: Known) -> Iterable[str]:
    """The tracks that an act touches."""
    match act:
        case Raise(track=track) | Undertake(track=track) | Suspend(track=track) | Resume(track=track):
            return () if track is None else (track,)
        case Appoint(team=team):
            return team.mandate
        case Position(irritant=name) | Options(irritant=name) | Reported(about=name) | OnRound(round=name):
            return known.tracks.get(name, ())
        case Offer(package=package) | Agree(package=package):
            return [track for name in package for track in known.tracks.get(name, ())]
        case Rule(constraint=constraint):
            budget = constraint.budget.costs if constraint.budget else {}
            most = constraint.at_most.of if constraint.at_most else {}
            named = [*constraint.when, *constraint.then, *constraint.excludes, *most, *budget]
            return [track for name in named for track in known.tracks.get(name, ())]
        case Answer(offer=entry) | Decline(proposal=entry) | AdReferendum(proposal=entry) | Plan(of_package=entry):
            return _tracks(known.acts[entry].act, known) if entry in known.acts else ()
        case _:
            return ()


def bound(read: Read[Any], known: Known) -> frozenset[str]:
    """The parties that must sign a proposed act."""
    nodes = frozenset(known.nodes)
    match read.act:
        case SetMechanism() | Stands() | Close():
            return nodes
        case Undertake(by=by, to=to):
            return nodes & {*by, *to}
        case Original(of=entry):
            return frozenset(known.acts[entry].told.need) if entry in known.acts else nodes
        case Run(tracks=tracks):
            return known.sides_on(tracks)
        case _:
            return known.sides_on(_tracks(read.act, known))


def _need(read: Read[Any], known: Known) -> bool:
    return bool(read.told.need) and not bound(read, known) <= set(read.told.need)


def _law(read: Read[Any], _: Known) -> bool:
    status = read.act.status if isinstance(read.act, Agree | Plan) else "record_only"
    return bool(read.told.need) and read.told.legal != IN_LAW[status]


def _module(read: Read[Any], known: Known) -> bool:
    needed = MODULES.get(type(read.act))
    return needed is not None and needed not in known.mechanism.modules


def _mediator(read: Read[Any], known: Known) -> bool:
    if not isinstance(read.act, Run):
        return False
    named = read.act.mediator
    if read.act.mode == "own":
        return named is not None
    return named not in known.parties or named in known.sides_on(()) or known.nodes.get(named or "") == "host"


_SORTS: Final[Mapping[type, tuple[str, tuple[type, ...]]]] = MappingProxyType(
    {
        Answer: ("offer", (Offer,)),
        Decline: ("proposal", tuple(SIGNED)),
        AdReferendum: ("proposal", (Agree, Plan, Undertake)),
        Plan: ("of_package", (Agree,)),
        Original: ("of", (Agree, Plan, Undertake)),
    }
)
"""The sort of act that one that names an entry must name."""


def _unknown(read: Read[Any], known: Known) -> bool:
    act: Any = read.act
    if type(act) in _SORTS:
        key, sorts = _SORTS[type(act)]
        other = known.acts.get(getattr(act, key))
        return other is None or type(other.act) not in sorts
    match act:
        case Undertake(of_package=str(entry)):
            return entry not in known.acts or not isinstance(known.acts[entry].act, Agree)
        case Note(in_answer_to=str(entry)):
            return entry not in known.acts
        case Stands(among=among, stands=one):
            return one not in among or any(name not in known.acts for name in among)
        case Suspend(track=track) | Resume(track=track):
            return all(track != one.id for one in known.mechanism.case.tracks)
        case OnRound(round=name) | PublishReadout(round=str(name)):
            return name not in known.tracks
        case _:
            return False


def _not_asked(read: Read[Any], known: Known) -> bool:
    """Whether the side answers what was put to others. That the entry is there, `_unknown` has seen to."""
    match read.act:
        case Answer(offer=entry):
            return read.told.side not in known.acts[entry].act.to
        case Decline(proposal=entry) | AdReferendum(proposal=entry):
            return read.told.side not in known.acts[entry].told.need
        case _:
            return False


def _in_force(read: Read[Any], _: Known) -> bool:
    return isinstance(read.act, Original) and (read.act.in_force is None) != (read.act.clause is None)


_RULES: Final[tuple[tuple[str, Callable[[Read[Any], Known], bool]], ...]] = (
    ("act.needs-all", _needs_all),
    ("act.needs-none", _needs_none),
    ("act.module", _module),
    ("act.not-own", _not_own),
    ("act.name", _name),
    ("act.unknown", _unknown),
    ("act.not-asked", _not_asked),
    ("act.topic", _topic),
    ("act.need", _need),
    ("act.law", _law),
    ("act.mediator", _mediator),
    ("act.in-force", _in_force),
)
