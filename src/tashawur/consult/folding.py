"""Acts of the record folded into the state of the consultation: the same for the same entries, in whatever order.

What a side says by itself counts at once, as its word. What binds several counts when all whom it binds have signed.
An act that breaks a rule, or does not fit what else stands, is set aside with its reason; nothing is lost by that,
since it stays in the record.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from tashawur.consult.acts import (
    AdReferendum,
    Agree,
    Answer,
    AnyAct,
    Appoint,
    Close,
    Decline,
    LegalStatus,
    Note,
    Offer,
    OnRound,
    Options,
    Original,
    Plan,
    PublishReadout,
    Raise,
    Resume,
    Rule,
    Run,
    SetMechanism,
    Stands,
    Suspend,
    Told,
    Undertake,
    act_of,
)
from tashawur.consult.binding import ASIDE, Known, Read, aside, of_sort, owner
from tashawur.consult.building import build
from tashawur.consult.consultation import Consultation
from tashawur.consult.contradictions import Holding, Signed, holding
from tashawur.terms.errors import FoundingContentError, Mistake, UnreadableActError

ActOf = TypeVar("ActOf", bound=AnyAct)
Zones = Callable[[str], bool]
_Groups = Iterable[tuple[str, ...]]
_BETWEEN_ROUNDS: Final = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An act that the state goes on without. `code` says why; `mistake` how it does not fit, where it does not."""

    id: str
    side: str
    code: str
    mistake: Mistake | None = None

    @property
    def why(self) -> str:
        """A template of the catalogue."""
        return ASIDE[self.code]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that was put to several parties to sign, and what each said of it.

    `declined` gives reasons by party; `ad_referendum` the day until which a capital has to answer; `holds` is False for
    what all have signed and yet is not carried out: another act that all have signed contradicts or replaces it.
    """

    id: str
    side: str
    act: AnyAct = field(repr=False)
    status: LegalStatus
    need: tuple[str, ...]
    signed: tuple[str, ...]
    confirmed: bool
    withdrawn: bool
    holds: bool
    contradicts: tuple[str, ...]
    declined: Mapping[str, Mapping[str, str]]
    ad_referendum: Mapping[str, dt.date]
    originals: tuple[Original, ...]

    def of(self, party: str, on: dt.date) -> str:
        """Where a party stands with it on a day: signed, declined, ad_referendum, silent or awaited."""
        if party in self.signed:
            return "signed"
        if party in self.declined:
            return "declined"
        if party in self.ad_referendum:
            return "ad_referendum" if on <= self.ad_referendum[party] else "silent"
        return "awaited"

    @property
    def in_force(self) -> dt.date | None:
        """The day from which the paper that was signed with it says that it is in force; None without such a paper."""
        return min((one.in_force for one in self.originals if one.in_force), default=None)


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer, and each side's last answer to it."""

    id: str
    side: str
    offer: Offer = field(repr=False)
    answers: Mapping[str, Answer] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a consultation that lives in a record.

    `suspended` gives for each track the sides that suspended their part and why. `not_started` are undertakings that
    carry out a package that is contradicted. `closed` is the entry of the act that closed the consultation.
    """

    consultation: Consultation
    mechanism: SetMechanism = field(repr=False)
    proposals: tuple[Proposal, ...]
    offers: tuple[Offered, ...]
    notes: tuple[tuple[Told, Note], ...] = field(repr=False)
    readouts: tuple[tuple[Told, PublishReadout], ...] = field(repr=False)
    runs: tuple[Run, ...]
    suspended: Mapping[str, Mapping[str, Mapping[str, str]]]
    contradict: tuple[tuple[str, ...], ...]
    not_started: tuple[str, ...]
    closed: str | None
    aside: tuple[SetAside, ...]


def fold(founding: Told, told: Iterable[Told], nodes: Mapping[str, str], is_zone: Zones) -> Standing:
    """The state that the acts make, whatever the order in which they come.

    `founding` is the founding act as if it were an entry; `nodes` gives for each party of the record whether it is a
    `side` or the `host`; `is_zone` says whether a time zone is known.

    Raises:
        FoundingContentError: the founding act holds no mechanism, or one with mistakes.
    """
    first = _founded(founding, nodes, is_zone)
    read, out = _read(sorted(told, key=lambda one: (one.side, one.seq, one.id)))
    mechanism, contradict = _mechanism_of(first, founding.id, read.values(), nodes, is_zone)
    known = Known(mechanism, nodes, _tracks_of(mechanism, read.values()), read)
    good: list[Read[Any]] = []
    for one in read.values():
        code = aside(one, known)
        if code is None:
            good.append(one)
        else:
            out.append(SetAside(one.told.id, one.told.side, code))
    good, late = _within_answers(good, mechanism)
    out += late
    return _standing(known, good, out, contradict, is_zone)


def _read(told: Iterable[Told]) -> tuple[dict[str, Read[Any]], list[SetAside]]:
    read: dict[str, Read[Any]] = {}
    out = []
    for one in told:
        try:
            read[one.id] = Read(one, act_of(one.content))
        except UnreadableActError:
            out.append(SetAside(one.id, one.side, "act.unreadable"))
    return read, out


def _founded(founding: Told, nodes: Mapping[str, str], is_zone: Zones) -> SetMechanism:
    try:
        mechanism = act_of(founding.content)
    except UnreadableActError as error:
        raise FoundingContentError(wrong=error.words["wrong"]) from None
    if not isinstance(mechanism, SetMechanism):
        raise FoundingContentError(wrong=f"it is an act of the sort {founding.content['act']}")
    wrong = _wrong(mechanism, nodes, is_zone)
    if wrong is not None:
        raise FoundingContentError(wrong=wrong)
    return mechanism


def _wrong(mechanism: SetMechanism, nodes: Mapping[str, str], is_zone: Zones) -> str | None:
    """The first thing that is wrong with a mechanism, in English; None where nothing is."""
    missing = sorted(set(nodes) - {party.id for party in mechanism.case.parties})
    if missing:
        return f"{missing[0]} has a node and is no party of the case"
    built = build(mechanism, (), is_zone)
    return _told(built.wrong_case) if built.wrong_case else None


def _told(mistake: Mistake | None) -> str:
    return mistake.wrong.format(**mistake.words) if mistake else ""


def _mechanism_of(
    first: SetMechanism, founding: str, read: Iterable[Read[Any]], nodes: Mapping[str, str], is_zone: Zones
) -> tuple[SetMechanism, tuple[tuple[str, ...], ...]]:
    """The mechanism in force, and acts that contradict each other on it. What names none amends the founding act."""
    acts = list(read)
    changes = [
        Signed(one.told.id, one.act, {"mechanism": one.act}, one.told.amends or founding)
        for one in of_sort(acts, SetMechanism)
        if one.told.confirmed and set(nodes) <= set(one.told.need) and _wrong(one.act, nodes, is_zone) is None
    ]
    found = [Signed(founding, first, {"mechanism": first}), *changes]
    held = holding(found, _overruled(acts, nodes).overruled)
    return held.holds[0].act if held.holds else first, held.contradict


@dataclass(frozen=True, slots=True)
class _Overruling:
    overruled: frozenset[str]
    contradict: tuple[tuple[str, ...], ...]


def _overruled(read: Iterable[Read[Any]], nodes: Mapping[str, str]) -> _Overruling:
    """Acts of which an act of all says that another stands."""
    said = [
        Signed(one.told.id, one.act, dict.fromkeys(one.act.among, one.act.stands), one.told.amends)
        for one in read
        if isinstance(one.act, Stands) and one.told.confirmed and set(nodes) <= set(one.told.need)
    ]
    held = holding(said)
    overruled = {name for one in held.holds for name in one.act.among if name != one.act.stands}
    return _Overruling(frozenset(overruled), held.contradict)


def _tracks_of(mechanism: SetMechanism, read: Iterable[Read[Any]]) -> dict[str, tuple[str, ...]]:
    """The tracks of everything that the mechanism and acts name. Only who may give a name fixes its tracks: else a side
    could put what another names under a track of its own choice. Of one side, the first in its feed does."""
    case = mechanism.case
    parties = [party.id for party in case.parties]
    found = {team.id: team.mandate for team in case.teams} | {track.id: (track.id,) for track in case.tracks}
    tracks: tuple[str, ...]
    for one in read:
        match one.act:
            case Raise(id=name, track=track) | Undertake(id=name, track=track):
                tracks = () if track is None else (track,)
            case Appoint(team=team):
                name, tracks = team.id, team.mandate
            case OnRound(event="proposed", round=name, tracks=tracks):
                pass
            case _:
                continue
        giver = None if one.told.need else one.told.side
        if owner(name, parties) == giver and (giver or one.told.confirmed):
            found.setdefault(name, tracks)
    return found


def _within_answers(good: list[Read[Any]], mechanism: SetMechanism) -> tuple[list[Read[Any]], list[SetAside]]:
    """The acts without the answers that a side gave beyond what the mechanism allows in one round."""
    offers = {one.told.id: one.act for one in good if isinstance(one.act, Offer)}
    given: defaultdict[tuple[str, str], int] = defaultdict(int)
    kept, late = [], []
    for one in good:
        if isinstance(one.act, Answer) and one.act.offer in offers:
            key = (one.told.side, offers[one.act.offer].round or _BETWEEN_ROUNDS)
            given[key] += 1
            if given[key] > mechanism.answers_a_round:
                late.append(SetAside(one.told.id, one.told.side, "act.answers"))
                continue
        kept.append(one)
    return kept, late


def _standing(known: Known, good: list[Read[Any]], out: list[SetAside], earlier: _Groups, is_zone: Zones) -> Standing:
    """What holds of the acts that break no rule; those that then do not fit are added to `out`."""
    overruling = _overruled(good, known.nodes)
    held = [_holding(good, sort, says, overruling.overruled) for sort, says in _SAYS.items()]
    holds = {one.id for each in held for one in each.holds}
    contradict = tuple(
        sorted({*earlier, *overruling.contradict, *(group for each in held for group in each.contradict)})
    )
    doubtful = {one.told.id for one in of_sort(good, Agree) if one.told.id not in holds}
    stalled = {one.told.id: one.act.id for one in of_sort(good, Undertake) if (one.act.of_package or "") in doubtful}
    counted = [one for one in good if one.told.id not in stalled and _counts(one, holds)]
    built = build(known.mechanism, counted, is_zone)
    if built.consultation is None:
        raise FoundingContentError(wrong=_told(built.wrong_case))
    out += [SetAside(one.told.id, one.told.side, "act.mistake", mistake) for one, mistake in built.aside]
    out += _not_there(good, built.consultation)
    gone = {one.id for one in out}
    left = [one for one in good if one.told.id not in gone]
    return Standing(
        consultation=built.consultation,
        mechanism=known.mechanism,
        proposals=tuple(_proposals(left, holds, contradict)),
        offers=tuple(_offers(left)),
        notes=tuple((one.told, one.act) for one in of_sort(left, Note)),
        readouts=tuple((one.told, one.act) for one in of_sort(left, PublishReadout)),
        runs=tuple(one.act for one in of_sort(left, Run) if one.told.confirmed),
        suspended=_suspended(left),
        contradict=contradict,
        not_started=tuple(sorted(stalled.values())),
        closed=min((one.told.id for one in of_sort(left, Close) if one.told.confirmed), default=None),
        aside=tuple(sorted(out, key=lambda one: one.id)),
    )


def _counts(one: Read[Any], holds: Set[str]) -> bool:
    """Whether an act goes into the consultation: said by one, or signed by all and not held up by another."""
    return not one.told.need or one.told.id in holds


def _not_there(good: Iterable[Read[Any]], consultation: Consultation) -> Iterator[SetAside]:
    """Offers, packages and notes that name a party, irritant or option which the consultation does not have."""
    options = {one.id: {option.id for option in one.options} for one in consultation.irritants.values()}
    for one in good:
        match one.act:
            case Offer(package=package) | Agree(package=package):
                fits = all(option in options.get(irritant, ()) for irritant, option in package.items())
            case _:
                fits = True
        to = one.act.to if isinstance(one.act, Offer | Note) else ()
        if not fits or not consultation.parties.keys() >= set(to):
            yield SetAside(one.told.id, one.told.side, "act.unknown")


_SAYS: Final[Mapping[type, Callable[[Any], dict[str, Any]]]] = {
    Options: lambda act: {act.irritant: act.options},
    Rule: lambda act: {act.constraint.id: act.constraint},
    Agree: lambda act: act.package,
    Plan: lambda act: {act.of_package: act},
    Undertake: lambda act: {act.id: act},
}
"""What a signed act says, of each thing: two that say different things of the same contradict each other."""


def _holding(
    good: Iterable[Read[Any]], sort: type, says: Callable[[Any], dict[str, Any]], overruled: frozenset[str]
) -> Holding[Any]:
    signed = (
        Signed(one.told.id, one.act, says(one.act), one.told.amends)
        for one in good
        if type(one.act) is sort and one.told.confirmed
    )
    return holding(signed, overruled)


def _proposals(left: list[Read[Any]], holds: set[str], fighting: Iterable[tuple[str, ...]]) -> Iterable[Proposal]:
    """Everything that was put to several, in the order of ids, with the last word of each party on it."""
    declined: defaultdict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    referred: defaultdict[str, dict[str, dt.date]] = defaultdict(dict)
    papers: defaultdict[str, list[Original]] = defaultdict(list)
    for one in left:
        match one.act:
            case Decline(proposal=entry, reason=reason):
                declined[entry][one.told.side] = reason
                referred[entry].pop(one.told.side, None)
            case AdReferendum(proposal=entry, until=until):
                referred[entry][one.told.side] = until
                declined[entry].pop(one.told.side, None)
            case Original(of=entry) if one.told.confirmed:
                papers[entry].append(one.act)
            case _:
                pass
    against = {name: group for group in fighting for name in group}
    for one in sorted(left, key=lambda one: one.told.id):
        name = one.told.id
        if one.told.need:
            yield Proposal(
                id=name,
                side=one.told.side,
                act=one.act,
                status=one.act.status if isinstance(one.act, Agree | Plan) else "record_only",
                need=one.told.need,
                signed=one.told.signed,
                confirmed=one.told.confirmed,
                withdrawn=one.told.withdrawn,
                holds=name in holds or (one.told.confirmed and type(one.act) not in _SAYS and name not in against),
                contradicts=tuple(other for other in against.get(name, ()) if other != name),
                declined=declined[name],
                ad_referendum=referred[name],
                originals=tuple(papers[name]),
            )


def _offers(left: list[Read[Any]]) -> Iterable[Offered]:
    answers: defaultdict[str, dict[str, Answer]] = defaultdict(dict)
    for one in left:
        if isinstance(one.act, Answer):
            answers[one.act.offer][one.told.side] = one.act
    for one in sorted(left, key=lambda one: one.told.id):
        if isinstance(one.act, Offer):
            yield Offered(one.told.id, one.told.side, one.act, answers[one.told.id])


def _suspended(left: Iterable[Read[Any]]) -> dict[str, dict[str, Mapping[str, str]]]:
    """By track, the sides that have suspended their part and not resumed it. Acts come in the order of each feed."""
    found: defaultdict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for one in left:
        match one.act:
            case Suspend(track=track, why=why):
                found[track][one.told.side] = why
            case Resume(track=track):
                found[track].pop(one.told.side, None)
            case _:
                pass
    return {track: sides for track, sides in sorted(found.items()) if sides}
