"""From acts to the values that a folder's files hold, so that one set of rules judges both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

import msgspec

from tashawur.consult import rules
from tashawur.consult.acts import (
    Appoint,
    Contacted,
    OnRound,
    Options,
    Position,
    Raise,
    Reported,
    Rule,
    SetMechanism,
    Told,
    Undertake,
)
from tashawur.consult.binding import Read, of_sort
from tashawur.consult.consultation import Consultation, put_together
from tashawur.consult.files import NamedFile
from tashawur.consult.kinds import AnyFile
from tashawur.consult.log import Contact, Entry, LogFile, Report, RoundEvent
from tashawur.consult.mechanism import CaseFile, Origin, Source
from tashawur.consult.register import Irritant, Raising, RegisterFile
from tashawur.consult.undertakings import Undertaking, UndertakingsFile
from tashawur.consult.walk import Path, visitor
from tashawur.terms.errors import Mistake
from tashawur.terms.phrases import N_

WordOf = TypeVar("WordOf", Position, Options)

_SHORT: Final = 40
"""Digits of an entry's id that name what it says in the consultation."""


@dataclass(frozen=True, slots=True)
class Built:
    """The consultation and the acts that do not fit; with a mistake in the case itself there is no consultation."""

    consultation: Consultation | None
    aside: tuple[tuple[Read[Any], Mistake], ...] = ()
    wrong_case: Mistake | None = None


def source_of(told: Told) -> str:
    """The name under which an entry of the record is a source of the consultation."""
    return f"entry_{told.id[:_SHORT]}"


def build(mechanism: SetMechanism, acts: Sequence[Read[Any]], is_zone: Callable[[str], bool]) -> Built:
    """Puts the acts together; those that do not fit are left out, with all that lean on what they gave.

    `acts` come in the order of each feed, so that a side's last word on a thing is the one that counts.
    """
    left, out = list(acts), list[tuple[Read[Any], Mistake]]()
    while True:
        pieces = _Pieces(mechanism.case, left)
        files = pieces.files()
        wrong = [mistake for _, mistakes in rules.broken(files, is_zone) for mistake in mistakes]
        blamed = pieces.homeless | {
            one.told.id: (one, mistake)
            for mistake in reversed(wrong)
            for one in pieces.behind(mistake.file, mistake.path)
        }
        if not blamed and wrong:
            return Built(None, tuple(out), wrong[0])
        if not blamed:
            return Built(put_together(files), tuple(out))
        gone = pieces.leaning_on(blamed)
        out += gone.values()
        left = [one for one in left if one.told.id not in gone]


_CASE, _REGISTER, _UNDERTAKINGS, _LOG = "consultation", "register", "undertakings", "log"


class _Pieces:
    """What acts give to each file, with the acts behind each piece."""

    def __init__(self, case: CaseFile, acts: Iterable[Read[Any]]) -> None:
        self.homeless: dict[str, tuple[Read[Any], Mistake]] = {}
        self._acts = tuple(acts)
        self._raised = of_sort(self._acts, Raise)
        self._positions = self._last_words(Position)
        self._options = self._last_words(Options)
        self._rules = of_sort(self._acts, Rule)
        self._undertaken = of_sort(self._acts, Undertake)
        self._teams = list({one.act.team.id: one for one in of_sort(self._acts, Appoint)}.values())
        self._founded_teams = len(case.teams)
        self._logged = [one for one in self._acts if isinstance(one.act, Contacted | OnRound | Reported)]
        self._case = self._case_of(case)

    def _last_words(self, sort: type[WordOf]) -> defaultdict[str, dict[str, Read[WordOf]]]:
        """By irritant, the last word of each side on it; one on an irritant that nobody raised has no home."""
        raised = {one.act.id for one in self._raised}
        found: defaultdict[str, dict[str, Read[WordOf]]] = defaultdict(dict)
        for one in of_sort(self._acts, sort):
            if one.act.irritant in raised:
                found[one.act.irritant][one.told.side] = one
            else:
                words = {"name": one.act.irritant, "sort": "irritant"}
                wrong, mend = N_("{name} names no {sort} of this consultation"), N_("None is given yet.")
                self.homeless[one.told.id] = one, Mistake("case.leads-nowhere", _REGISTER, wrong, mend, words)
        return found

    def _case_of(self, case: CaseFile) -> CaseFile:
        sources = {source_of(one.told): Source(by=one.told.side, on=one.told.on) for one in self._acts}
        teams = tuple(one.act.team for one in self._teams)
        # Sides write in the language that they have; what is missing is told where it is shown.
        return msgspec.structs.replace(
            case, teams=(*case.teams, *teams), sources={**case.sources, **sources}, being_translated=True
        )

    def files(self) -> list[NamedFile]:
        """The files that the acts make."""
        register = RegisterFile(
            irritants=tuple(map(self._irritant, self._raised)),
            constraints=tuple(one.act.constraint for one in self._rules),
        )
        undertakings = UndertakingsFile(undertakings=tuple(map(_undertaking, self._undertaken)))
        log = LogFile(entries=tuple(map(_entry, self._logged)))
        values: dict[str, AnyFile] = {_CASE: self._case, _REGISTER: register, _UNDERTAKINGS: undertakings, _LOG: log}
        return [NamedFile(name, value, "") for name, value in values.items()]

    def _irritant(self, one: Read[Raise]) -> Irritant:
        act = one.act
        first = {} if act.position is None else {one.told.side: act.position}
        later = {side: read.act.text for side, read in self._positions[act.id].items()}
        options = next(iter(self._options[act.id].values()), None)
        return Irritant(
            id=act.id,
            name=act.name,
            raised=(Raising(by=one.told.side, on=act.on, sources=(source_of(one.told),)),),
            responding=act.responding,
            track=act.track,
            positions={**first, **later},
            facts=act.facts,
            options=() if options is None else options.act.options,
            basis=act.basis,
            needs=act.needs,
        )

    def behind(self, file: str, path: Path) -> list[Read[Any]]:
        """The acts behind the piece of a file to which the path leads; none for the case itself."""
        match (file, *path):
            case (str(name), "irritants", int(place), "options", *_) if name == _REGISTER:
                return list(self._options[self._raised[place].act.id].values()) or [self._raised[place]]
            case (str(name), "irritants", int(place), "positions", *rest) if name == _REGISTER:
                said = self._positions[self._raised[place].act.id]
                return [said[rest[0]]] if rest and rest[0] in said else [self._raised[place]]
            case (_, "irritants", int(place), *_):
                return [self._raised[place]]
            case (_, "constraints", int(place), *_):
                return [self._rules[place]]
            case (_, "undertakings", int(place), *_):
                return [self._undertaken[place]]
            case (_, "entries", int(place), *_):
                return [self._logged[place]]
            case (_, "teams", int(place), *_):
                place -= self._founded_teams
                return [] if place < 0 else [self._teams[place]]
            case _:
                return []

    def leaning_on(self, blamed: Mapping[str, tuple[Read[Any], Mistake]]) -> dict[str, tuple[Read[Any], Mistake]]:
        """The acts that are blamed, and those that name what then nobody gives, each with the mistake behind it."""
        given, named = self._names("is"), self._names("names")
        for sort in (self._positions, self._options):
            for irritant, words in sort.items():
                named[irritant].update((one.told.id, one) for one in words.values())
        gone, fresh = dict(blamed), list(blamed)
        gives: defaultdict[str, set[str]] = defaultdict(set)
        for name, givers in given.items():
            for giver in givers:
                gives[giver].add(name)
        while fresh:
            giver = fresh.pop()
            for name in gives[giver]:
                if given[name].keys() <= gone.keys():
                    new = {key: (one, gone[giver][1]) for key, one in named[name].items() if key not in gone}
                    gone |= new
                    fresh += new
        return gone

    def _names(self, wanted: Literal["is", "names"]) -> defaultdict[str, dict[str, Read[Any]]]:
        """For each name, the acts that give it, or that refer to it."""
        found: defaultdict[str, dict[str, Read[Any]]] = defaultdict(dict)
        for file in self.files():
            visit = visitor(type(file.value), wanted)
            if visit is not None:

                def show(_: str, name: Any, path: Path, file: NamedFile = file) -> None:
                    if isinstance(name, str):
                        found[name].update((one.told.id, one) for one in self.behind(file.name, path))

                visit(file.value, (), show)
        return found


def _undertaking(one: Read[Undertake]) -> Undertaking:
    act = one.act
    says = one.told.need or (one.told.side,)
    own = act.by == (one.told.side,)
    return Undertaking(
        id=act.id,
        by=act.by,
        to=act.to,
        what=act.what,
        made=act.made,
        origin=tuple(Origin(asserted_by=party, sources=(source_of(one.told),)) for party in says),
        strength="pledged" if own and not one.told.need else "agreed",
        track=act.track,
        round=act.round,
        due=act.due,
        condition=act.condition,
        criteria=act.criteria,
        moves=act.moves,
    )


def _entry(one: Read[Contacted] | Read[OnRound] | Read[Reported]) -> Entry:
    told, act = one.told, one.act
    name = source_of(told).replace("entry", "e", 1)
    known: dict[str, Any] = {"id": name, "on": act.on, "sources": (source_of(told),)}
    if isinstance(act, Contacted):
        return Contact(
            **known,
            form=act.form,
            between=act.between,
            at=act.at,
            level=act.level,
            about=act.about,
            planned=act.planned,
        )
    if isinstance(act, Reported):
        return Report(
            **known,
            by=told.side,
            about=act.about,
            says=act.says,
            said=act.said,
            until=act.until,
            value=None if act.value is None else float(act.value),
            evidence=act.evidence,
        )
    called_off = act.event in ("postponed", "cancelled")
    return RoundEvent(
        **known,
        round=act.round,
        event=act.event,
        by=(told.side,),
        date=act.date,
        begins=act.begins,
        ends=act.ends,
        host=act.host,
        place=act.place,
        venue=act.venue,
        level=act.level,
        tracks=act.tracks,
        outcome=act.outcome,
        assessment=act.assessment,
        reasons={} if act.reason is None else {told.side: act.reason},
        no_reason_from=(told.side,) if called_off and act.reason is None else (),
    )
