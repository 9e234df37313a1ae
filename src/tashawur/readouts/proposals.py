"""What a readout proposes for a consultation: rows as they would stand in its files, each with the words it rests on.

Nothing here enters a consultation: a person accepts each row first (see `deciding.py`). A row is told as its file
would tell it, so that a person can change any part of it; whether it is good, the rules of the files say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from tashawur.readouts.judging import settlement_of
from tashawur.readouts.lexicon import Lexicon, without_proclitics
from tashawur.readouts.names import latin
from tashawur.readouts.tokens import fold, tokens
from tashawur.readouts.values import Commitment, Party, Readout, Span, Statement
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import IDENT_PATTERN, Found

Sort = Literal[
    "party",
    "role",
    "mechanism",
    "aim",
    "track",
    "round",
    "contact",
    "undertaking",
    "team",
    "assessment",
    "irritant",
    "position",
]
Row = Mapping[str, Any]
"""A row as it would stand in its file. Parties bear the names that they have in the readout."""

Tell = Callable[..., dict[str, str]]
"""Tells a phrase of the catalogue, its places filled, in every language: our own words, where a row needs some."""


Place = tuple[str, int, int]
"""The digest of a text, and where in it some words begin and end."""


class Proposal(Found, frozen=True):
    """One row that a text proposes.

    `words` are those it rests on, in the text with the digest `document`; `asserted_by` are the parties that say so,
    and `alone` tells that it is one of several sides. What the text does not give and the row cannot do without is
    named in `lacks`: such a proposal cannot be accepted before a person has filled it in.
    """

    id: str
    sort: Sort
    row: Row
    words: Span
    document: str
    asserted_by: Sequence[str] = ()
    alone: bool = False
    lacks: Sequence[str] = ()


@dataclass(slots=True)
class Known:
    """What stands already, in the consultation or by an earlier text: it is not proposed again."""

    names: set[str] = field(default_factory=set)
    """Every name that is taken."""
    sides: Sequence[str] = ()
    """The sides of the consultation, of whom the text may name one alone."""
    parties: set[str] = field(default_factory=set)
    tracks: set[str] = field(default_factory=set)
    roles: set[tuple[str, str, str | None]] = field(default_factory=set)
    places: set[Place] = field(default_factory=set)
    """What undertakings, entries and irritants point at."""
    tracks_at: dict[Place, str] = field(default_factory=dict)
    """Tracks by what they point at."""
    teams: set[tuple[str, str]] = field(default_factory=set)
    """Parties that have, or are to appoint, a team, with its track."""
    rounds: dict[dt.date, str] = field(default_factory=dict)
    """The rounds that were held, by their days."""
    assessed: set[tuple[str, str]] = field(default_factory=set)
    """Rounds with the parties that said how they see them."""
    founded: bool = False
    """The purpose of the mechanism is known."""
    aimed: bool = False
    """There is an aim."""


@dataclass(frozen=True, slots=True)
class Language:
    """What the rules know beside the readout: its lexicon, names of parties by code, and our own phrases."""

    lexicon: Lexicon
    names: Mapping[str, Mapping[str, str]]
    tell: Tell
    named: Collection[str] = ()
    """Parties that a person named as those who take part."""


def proposals(text: str, readout: Readout, language: Language, known: Known) -> list[Proposal]:
    """What the text proposes beyond what is `known`, in the order in which a person is asked. Enters it in `known`.

    The readout must know its day of publication.
    """
    asked = _Asked(text, readout, language, known)
    known.sides = asked.sides
    return [
        *asked.parties(),
        *asked.roles(),
        *asked.mechanism(),
        *asked.tracks(),
        *asked.contacts(),
        *asked.undertakings(),
        *asked.teams(),
        *asked.assessments(),
        *asked.irritants(),
    ]


_TRACKS: Final[Mapping[str, tuple[str, str]]] = {
    "diplomatic_missions": ("missions", N_("Work of the missions")),
    "future_cooperation": ("later_cooperation", N_("Later cooperation")),
}
"""Topics that are a line of work of their own: the name of the track, and what it is called."""

_SETTLEMENT: Final = N_("Ending the conflict: {party}")
_RAISED: Final = frozenset({"demanded", "condemned", "concern", "disagreed"})
_ANSWERED: Final = frozenset({"refused", "denied"})
_CLAIMED: Final = frozenset({"claimed", "assessed", "announced", "reaffirmed"})
_TALKS: Final = frozenset({"talks", "process"})
_IDENT: Final = re.compile(IDENT_PATTERN)


class _Asked:
    """Goes through one readout for rows."""

    def __init__(self, text: str, readout: Readout, language: Language, known: Known) -> None:
        assert readout.document.publication_date is not None  # noqa: S101 - the node asks for it first
        self.text = text
        self.readout = readout
        self.lang = readout.document.lang
        self.day = dt.date.fromisoformat(readout.document.publication_date)
        self.lexicon = language.lexicon
        self.names = language.names
        self.tell = language.tell
        self.known = known
        self.own = [one for one in readout.statements if one.duplicate_of is None and one.region != "related_link"]
        self.speaking = [one.code for one in readout.parties if one.role == "side"]
        self.others = self._other_sides(language.named) if len(self.speaking) < 2 else []
        self.talking = [*self.speaking, *(one.code for one in self.others)]
        self.sides = list(dict.fromkeys((*known.sides, *self.talking)))
        self.together = {
            one.speaker.canonical: tuple(self.talking)
            for one in readout.statements
            if one.speaker.resolution == "collective" and one.speaker.canonical and one.speaker.party is None
        }
        self.track_of = self._track_names()
        self.round: str | None = None
        self.deeds: list[tuple[str, Commitment]] = []

    def parties(self) -> Iterator[Proposal]:
        """Who takes part or is concerned; and who else says or owes something, of whom it is to be said who it is."""
        taking_part = [one for one in self.readout.parties if one.role is not None or one in self.others]
        named = {one.code: self._by_name(one) for one in taking_part}
        for key in (*named, *self._others()):
            if key not in self.known.parties:
                self.known.parties.add(key)
                name = dict(self.names.get(key, {})) or {self.lang: key}
                row = {"id": self._free(key, "P"), "name": name}
                # Whose words somebody's are whom no lexicon knows, only a person can say.
                lacks = () if key in self.names else ("same_as",)
                words = named.get(key) or self._mention(key)
                yield self._proposal(f"party {key}", "party", row, words, lacks=lacks)

    def _other_sides(self, named: Collection[str]) -> list[Party]:
        """Where fewer than two sides speak, as in one's account of a call: those that a person named beforehand."""
        return [one for one in self.readout.parties if one.role is None and one.code in named]

    def _by_name(self, party: Party) -> Span:
        """The first mention by the name of the party, before those by a capital or an adjective."""
        name = self.names.get(party.code, {}).get(self.lang, party.code)
        return next((one for one in party.mentions if name in one.text), party.mentions[0])

    def roles(self) -> Iterator[Proposal]:
        """What each party is to the talks; that one alone can do something is its own claim."""
        for party in self.readout.parties:
            shown = next(self._shows(party.code, party.role), None)
            if party in self.others:
                yield from self._role({"party": party.code, "role": "side"}, self._by_name(party), self.speaking)
            elif shown is not None and party.role is not None:
                role = "concerned" if party.role == "absent_affected" else party.role
                yield from self._role({"party": party.code, "role": role}, shown.content, self._speakers(shown))
        for one in self.own:
            claims = one.act in _CLAIMED and one.speaker.party in self.sides
            if claims and one.topic in self.track_of and self._has("sole_party", one.content):
                track = self.track_of[one.topic]
                row = {"party": one.speaker.party, "role": "mediator", "track": track, "claimed_by": one.speaker.party}
                yield from self._role(row, one.content, self._speakers(one))

    def _shows(self, code: str, role: str | None) -> Iterator[Statement]:
        """The statements by which a party is known to be what it is."""
        for one in self.own:
            if role == "side":
                shows = code in self._speakers(one)
            elif role == "host":
                shows = one.act == "thanked" and one.addressee is not None and one.addressee.party == code
            else:
                shows = one.topic == settlement_of(code)
            if shows:
                yield one

    def _role(self, row: dict[str, Any], shown: Span, said: Sequence[str]) -> Iterator[Proposal]:
        key = (row["party"], row["role"], row.get("track"))
        if key not in self.known.roles:
            self.known.roles.add(key)
            said = self._parties_among(said)
            row["origin"] = [self._origin(party, shown) for party in said]
            yield self._proposal(" ".join(filter(None, ("role", *key))), "role", row, shown, said)

    def mechanism(self) -> Iterator[Proposal]:
        """That the sides consult, and to what aim: the deed that the mechanism's own statement names behind it."""
        founding = next((one for one in self.readout.commitments if one.topic == "consultation_mechanism"), None)
        if founding is None:
            return
        said = self._saying_so(founding.asserted_by)
        if not self.known.founded:
            self.known.founded = True
            origin = [self._origin(party, founding.action) for party in said]
            row = {"purpose": {self.lang: founding.action.text}, "founded": self.day, "origin": origin}
            yield self._proposal("mechanism", "mechanism", row, founding.action, said)
        aim = self._aim_behind(founding)
        if aim is not None and not self.known.aimed:
            self.known.aimed = True
            origin = [self._origin(party, aim.action) for party in said]
            row = {"aim": {self.lang: aim.action.text}, "origin": origin}
            yield self._proposal("aim", "aim", row, aim.action, said)

    def _aim_behind(self, founding: Commitment) -> Commitment | None:
        same = set(founding.statements)
        behind = (one for one in self.readout.commitments if one.action.start > founding.action.start)
        return next((one for one in behind if same & set(one.statements)), None)

    def tracks(self) -> Iterator[Proposal]:
        """Lines of work, each by the first deed on it of every party that tells of one; with the condition it has."""
        for topic, track in self.track_of.items():
            if track in self.known.tracks:
                continue
            self.known.tracks.add(track)
            self.known.names.add(track)
            deeds = [one for one in self.readout.commitments if one.topic == topic]
            first = {key: one for one in reversed(deeds) for key in self._saying_so(one.asserted_by)}
            ordered = sorted(first.items(), key=lambda pair: pair[1].action.start)
            row: dict[str, Any] = {"id": track, "name": self._track_name(topic)}
            row["origin"] = [self._origin(key, one.purpose or one.action) for key, one in ordered]
            condition = next((one for one in deeds if one.condition is not None), None)
            if condition is not None and condition.condition is not None and topic == "future_cooperation":
                row["condition"] = {
                    "text": {self.lang: condition.condition.text},
                    "met_when_said_by": self._parties(condition.debtors),
                }
                said = self._saying_so(condition.asserted_by)
                row["origin"] += [self._origin(key, condition.condition) for key in said]
            words = ordered[0][1].purpose or ordered[0][1].action
            yield self._proposal(f"track {track}", "track", row, words, [key for key, _ in ordered])

    def contacts(self) -> Iterator[Proposal]:
        """The talks that the text tells of: a round that was held, or a call; and other calls that it names."""
        calls = list(self._calls())
        shown = self._talks()
        told = bool(calls) and calls[0].start < min((one.content.start for one in self.own), default=0)
        if told:
            yield from self._contact(calls[0], self.speaking[:1], self.day)
        elif shown is not None and len(self.talking) > 1 and not self._stands(shown):
            yield from self._held(shown)
        for one in self.own:
            if any(one.content.start <= call.start < one.content.end for call in calls[told:]):
                yield from self._contact(one.content, self._parties_among(self._speakers(one)), None)

    def _held(self, shown: Span) -> Iterator[Proposal]:
        """The round that was held, with the day of the text for want of another; one of that day may stand already."""
        self.round = self.known.rounds.get(self.day)
        if self.round is not None:
            return
        self.round = self.known.rounds[self.day] = self._numbered("R")
        row: dict[str, Any] = {"type": "round", "id": f"{self.round}_held", "on": self.day, "round": self.round}
        row |= {"event": "held", "date": self.day}
        host = next((one.code for one in self.readout.parties if one.role == "host"), None)
        if host is not None:
            row["host"] = host
        if self.readout.places:
            row["place"] = {self.lang: self.readout.places[0].text}
        if self.track_of:
            row["tracks"] = list(self.track_of.values())
        row["origin"] = [self._origin(key, shown) for key in self._saying(shown)]
        yield self._proposal(f"round {self.round}", "round", row, shown, self._saying(shown))

    def _contact(self, words: Span, said: Sequence[str], day: dt.date | None) -> Iterator[Proposal]:
        if len(self.sides) < 2 or self._stands(words):
            return
        name = self._free("call", "call")
        row: dict[str, Any] = {"type": "contact", "id": name, "on": day, "form": "call"}
        row["between"] = self.talking if len(self.talking) > 1 else self.sides
        row["origin"] = [self._origin(key, words) for key in said]
        yield self._proposal(f"contact {name}", "contact", row, words, said, () if day else ("on",))

    def undertakings(self) -> Iterator[Proposal]:
        """What the parties say they will do, in the order of the text."""
        for one in self.readout.commitments:
            if self._stands(one.action):
                continue
            name, said = self._numbered("C"), self._saying_so(one.asserted_by)
            self.deeds.append((name, one))
            bound, served = self._parties(one.debtors), self._parties(one.creditors)
            if one.mutual and len(bound) < 2:
                # Of what was agreed on together, the text names one side alone; the consultation knows the others.
                bound = served = self.sides or bound
            served = served or [key for key in self.sides if key not in bound] or bound
            row: dict[str, Any] = {"id": name, "by": bound, "to": served, "what": {self.lang: one.action.text}}
            row["made"] = self.day
            if self.round is not None:
                row["round"] = self.round
            row["strength"] = "intended" if one.strength == "hoped" else one.strength
            if one.topic in self.track_of:
                row["track"] = self.track_of[one.topic]
            row |= self._terms(one)
            row["origin"] = [self._origin(key, span) for span in (one.action, *one.alternates) for key in said]
            yield self._proposal(f"undertaking {name}", "undertaking", row, one.action, said)

    def _terms(self, one: Commitment) -> dict[str, Any]:
        """By when, on what condition, by what measure. A day is set only where the text fixes one that is to come."""
        terms: dict[str, Any] = {}
        if one.deadline is not None:
            day = _day(one.deadline.iso)
            fixed = day is not None and day >= self.day
            terms["due"] = {"on": day} if fixed else {"said": {self.lang: one.deadline.span.text}}
        if one.condition is not None:
            terms["condition"] = {self.lang: one.condition.text}
        if one.criteria:
            comma = "، " if self.lang == "ar" else ", "
            terms["criteria"] = {self.lang: comma.join(span.text for span in one.criteria)}
        return terms

    def teams(self) -> Iterator[Proposal]:
        """Teams that are to be appointed for a track: one for each party that says so."""
        for name, one in self.deeds:
            track = self.track_of.get(one.topic or "")
            if track is None or not self._has("teams", one.action):
                continue
            for key in self._saying_so(one.asserted_by):
                if (key, track) in self.known.teams:
                    continue
                self.known.teams.add((key, track))
                team = self._free(f"{key.lower()}_{track}", "team")
                promise = {"said": {self.lang: one.action.text}, "on": self.day, "undertaking": name}
                row = {"id": team, "party": key, "mandate": [track], "to_be_appointed": promise}
                yield self._proposal(f"team {team}", "team", row, one.action, [key])

    def assessments(self) -> Iterator[Proposal]:
        """How each side itself sees the round: its first judgement of the talks."""
        for one in self.own:
            key = one.speaker.party
            judges = one.act == "assessed" and one.topic in _TALKS and one.region == "body"
            if self.round is None or not judges or key is None or key not in self.sides:
                continue
            if (self.round, key) in self.known.assessed:
                continue
            self.known.assessed.add((self.round, key))
            row = {"type": "round", "id": f"{self.round}_assessed_{key.lower()}", "on": self.day, "round": self.round}
            row |= {"event": "assessed", "by": [key], "assessment": {self.lang: one.content.text}}
            row["origin"] = [self._origin(key, one.content)]
            yield self._proposal(f"assessment {key}", "assessment", row, one.content, [key])

    def irritants(self) -> Iterator[Proposal]:
        """What one raises as a problem, and what others answer to it."""
        raised: dict[str, str] = {}
        for one in self.own:
            said = self._speakers(one)
            if one.region != "body" or not said or self._stands(one.content):
                continue
            origin = [self._origin(key, one.content) for key in said]
            if one.act in _RAISED:
                name = self._numbered("I")
                raised.setdefault(one.topic or "", name)
                row: dict[str, Any] = {"id": name, "name": {self.lang: one.content.text}}
                row["raised"] = [{"by": key, "on": self.day} for key in said]
                row["responding"] = [key for key in self.sides if key not in said]
                if one.topic in self.track_of:
                    row["track"] = self.track_of[one.topic]
                row["positions"] = {key: {self.lang: one.content.text} for key in said}
                row["origin"] = origin
                yield self._proposal(f"irritant {name}", "irritant", row, one.content, said)
            elif one.act in _ANSWERED:
                about = raised.get(one.topic) if one.topic else None
                row = {"irritant": about, "positions": {key: {self.lang: one.content.text} for key in said}}
                row["origin"] = origin
                name = f"position {one.id}"
                yield self._proposal(name, "position", row, one.content, said, () if about else ("irritant",))

    # What the rows are made from.

    def _proposal(
        self, name: str, sort: Sort, row: Row, words: Span, said: Sequence[str] = (), lacks: Sequence[str] = ()
    ) -> Proposal:
        alone = len(said) == 1 and len(self.sides) > 1
        return Proposal(name, sort, row, words, self.readout.document.sha256, tuple(said), alone, lacks)

    def _origin(self, party: str, span: Span) -> dict[str, Any]:
        digest = self.readout.document.sha256
        return {"asserted_by": party, "document": digest, "start": span.start, "end": span.end}

    def _stands(self, span: Span) -> bool:
        return (self.readout.document.sha256, span.start, span.end) in self.known.places

    def _parties(self, keys: Sequence[str]) -> list[str]:
        """The parties, each once; words that stand for all sides are all of them."""
        return list(dict.fromkeys(party for key in keys for party in self.together.get(key, (key,))))

    def _saying_so(self, keys: Sequence[str]) -> list[str]:
        """Who says so. What a text in which one side alone speaks tells of all sides is that side's account."""
        if len(self.speaking) == 1 and any(key in self.together for key in keys):
            return list(self.speaking)
        return self._parties(keys)

    def _parties_among(self, said: Sequence[str]) -> list[str]:
        """Those who are parties; else, for want of one, the side that speaks first."""
        return [key for key in said if key in self.known.parties] or self.speaking[:1]

    def _speakers(self, one: Statement) -> list[str]:
        key = one.speaker.party or one.speaker.canonical
        return [] if key is None else self._saying_so([key])

    def _others(self) -> list[str]:
        """Who owes, is owed or says something, and is none of the states and bodies that are known."""
        keys: list[str] = []
        for one in self.readout.commitments:
            keys += self._parties([*one.debtors, *one.creditors, *one.asserted_by])
        for said in self.own:
            if said.region == "body" and said.act in _RAISED | _ANSWERED:
                keys += self._speakers(said)
        return [key for key in dict.fromkeys(keys) if key not in self.names]

    def _mention(self, key: str) -> Span:
        """Where one is named who is known by nothing else: as the speaker, or by what is said."""
        spoken = [one for one in self.readout.statements if key in (one.speaker.party, one.speaker.canonical)]
        named = next((one.speaker.mention for one in spoken if one.speaker.mention is not None), None)
        return named or (spoken[0].content if spoken else self.readout.commitments[0].action)

    def _saying(self, span: Span) -> list[str]:
        """Who tells of the talks: whose statement the words stand in or beside; else the one that speaks first."""
        for one in self.own:
            if span in (one.occasion, one.content):
                return self._parties_among(self._speakers(one))
        return self.speaking[:1]

    def _talks(self) -> Span | None:
        """The words by which the text tells that there were talks."""
        for one in self.own:
            if one.occasion is not None:
                return one.occasion
        return next((one.content for one in self.own if one.topic in ("talks", "hosting")), None)

    def _calls(self) -> Iterator[Span]:
        """Where a call is named, outside links to other texts."""
        beside = [one.span for one in self.readout.regions if one.type == "related_link"]
        for found in self._phrases("calls", 0, len(self.text)):
            if not any(one.start <= found.start < one.end for one in beside):
                yield found

    def _has(self, group: str, span: Span) -> bool:
        return next(self._phrases(group, span.start, span.end), None) is not None

    def _phrases(self, group: str, start: int, end: int) -> Iterator[Span]:
        """Where words of the group stand between two places of the text."""
        laid, phrases = tokens(self.text, start, end), self.lexicon.phrases[group]
        for i, word in enumerate(laid.words):
            bare = [form for _, form in without_proclitics(word)] if self.lexicon.lang == "ar" else [word]
            hit = next((found for form in bare if (found := phrases.at(laid.words, i, form))), None)
            if hit is not None:
                begin, stop = laid.starts[i], laid.ends[i + hit[0] - 1]
                yield Span(begin, stop, self.text[begin:stop])

    def _track_names(self) -> dict[str, str]:
        """The tracks by their topics, in the order in which deeds name them."""
        settled = {settlement_of(one.code): settlement_of(one.code) for one in self.readout.parties}
        named = settled | {topic: name for topic, (name, _) in _TRACKS.items()}
        found = {one.topic: named[one.topic] for one in self.readout.commitments if one.topic in named}
        for one in self.readout.commitments:
            span = one.purpose or one.action
            standing = self.known.tracks_at.get((self.readout.document.sha256, span.start, span.end))
            if one.topic in found and standing is not None:
                found[one.topic] = standing
        return found

    def _track_name(self, topic: str) -> dict[str, str]:
        if topic in _TRACKS:
            return self.tell(_TRACKS[topic][1])
        code = next(one.code for one in self.readout.parties if settlement_of(one.code) == topic)
        return self.tell(_SETTLEMENT, party=self.names.get(code, {self.lang: code}))

    def _free(self, wish: str, other: str) -> str:
        """A name like `wish` that nothing bears yet; of words that are no name, their last in Latin letters."""
        last = fold(wish.rsplit(maxsplit=1)[-1]) if wish.split() else ""
        name = wish if _IDENT.match(wish) else latin(last)
        name = name if _IDENT.match(name) else other
        if name in self.known.names:
            return self._numbered(f"{name}_")
        self.known.names.add(name)
        return name

    def _numbered(self, letter: str) -> str:
        number = next(n for n in range(1, len(self.known.names) + 2) if f"{letter}{n}" not in self.known.names)
        self.known.names.add(f"{letter}{number}")
        return f"{letter}{number}"


def _day(iso: str | None) -> dt.date | None:
    """The day that a deadline fixes; None for a stretch of time, or where none is fixed.

    >>> _day("2026-04-30"), _day("P2M")
    (datetime.date(2026, 4, 30), None)
    """
    if iso is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso):
        return None
    return dt.date.fromisoformat(iso)
