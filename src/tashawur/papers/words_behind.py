"""The words behind rows that are no undertakings, whose words stand beside them: what each says, who says so, where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter

from tashawur.consult.mechanism import Origin
from tashawur.papers import labels
from tashawur.papers.quoted import words_of
from tashawur.papers.telling import Telling
from tashawur.terms.phrases import N_

_EVENTS: Mapping[str, str] = {**labels.ROUND_STATES, "assessed": N_("assessed")}


@dataclass(frozen=True, slots=True)
class Behind:
    """A row in a few words, and some words of a text that it rests on."""

    row: str
    origin: Origin
    words: str


def words_behind(telling: Telling, texts: Mapping[str, str]) -> list[Behind]:
    """The words of the texts that were given, in the order in which the rows are shown."""
    if not texts:
        return []
    return [
        Behind(row, origin, words)
        for row, origins in _rows(telling)
        for origin in origins
        if (words := words_of(origin, texts)) is not None
    ]


_points = attrgetter("origin")
"""Whether a row points at words at all: of a hundred thousand, most do not."""


def _rows(telling: Telling) -> Iterator[tuple[str, Iterable[Origin]]]:
    held, say = telling.standing.consultation, telling.words.say
    yield say(N_("Purpose")), held.case.mechanism.origin
    for role in filter(_points, held.case.roles):
        told = [telling.party(role.party), say(labels.ROLES[role.role])]
        yield telling.words.row([*told, telling.track_names([role.track]) if role.track else ""]), role.origin
    if held.case.objective is not None:
        yield say(N_("The aim")), held.case.objective.origin
    for track in filter(_points, held.case.tracks):
        yield telling.words.text(track.name), track.origin
    for contact in filter(_points, held.contacts):
        yield telling.words.row([say(labels.FORM[contact.form]), telling.words.day(contact.on)]), contact.origin
    for event in filter(_points, held.round_events):
        by = [telling.party(party) for party in event.by]
        yield telling.words.row([telling.round_name(event.round), say(_EVENTS[event.event]), *by]), event.origin
    for irritant in filter(_points, held.irritants.values()):
        yield telling.words.text(irritant.name), irritant.origin
    for report in filter(_points, held.reports):
        yield telling.words.row([report.about, telling.party(report.by)]), report.origin
