"""A standing told in the words of one language: what pages, papers and commands say of it, phrase by phrase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tashawur.consult.mechanism import Origin, Reading
from tashawur.consult.names import NEXT_ROUND
from tashawur.consult.register import Need
from tashawur.consult.rounds import Round
from tashawur.keep.agenda import Appointment
from tashawur.keep.awaited import Awaited
from tashawur.keep.contacts import Touch
from tashawur.keep.following import Followed
from tashawur.keep.problems import STATES, Problem
from tashawur.keep.standing import IndicatorNow, Standing, TeamNow, TrackNow
from tashawur.papers import labels
from tashawur.papers.timeline import Item
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_, NN_

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Some items under one heading; `key` is the same in every language."""

    key: str
    title: str
    items: Sequence[Followed]


class Telling:
    """Tells of one standing in one language."""

    def __init__(self, standing: Standing, words: Words) -> None:
        self.standing = standing
        self.words = words
        self._say = words.say
        consultation = standing.consultation
        self._parties = {party.id: words.text(party.name) for party in consultation.case.parties}
        self._tracks = {track.id: words.text(track.name) for track in consultation.case.tracks}
        self._sources = consultation.case.sources

    # The mechanism

    def title(self) -> str:
        """The title of the consultation."""
        return self.words.text(self.standing.consultation.case.title)

    def as_of(self) -> str:
        """The day of the standing, with the Hijri day beside."""
        return self._say(N_("As of {day}"), day=self.day_beside(self.standing.on))

    def account_ends(self) -> str:
        """That the account ends before the day of the standing; else nothing."""
        ends = self.standing.account_ends
        if ends is None or ends >= self.standing.on:
            return ""
        return self._say(N_("The account ends on {day}."), day=self.words.day(ends))

    def stamp(self) -> str:
        """*Invented*, where the states, facts and numbers are; else nothing."""
        if not self.standing.consultation.case.exercise:
            return ""
        return self._say(labels.INVENTED)

    def day_beside(self, day: dt.date) -> str:
        """A day, with the Hijri day beside it where there is one."""
        hijri = self.words.hijri(day)
        return f"{self.words.day(day)} ({hijri})" if hijri else self.words.day(day)

    def party(self, party: str) -> str:
        """The name of a party."""
        return self._parties[party]

    def parties(self, parties: Iterable[str]) -> str:
        """The names of several parties, in one line."""
        return self.words.listed(self._parties[party] for party in parties) or "–"

    def those(self, parties: Sequence[str]) -> str:
        """The names of several parties, or *both sides* where it is they."""
        both = len(parties) == 2 and set(parties) == set(self.standing.consultation.sides)
        return self._say(N_("Both sides")) if both else self.parties(parties)

    def by_party(self, held: Mapping[str, Text] | None) -> list[tuple[str, Text]]:
        """What is held for each party, in the order of the case file."""
        return [(party, held[party]) for party in self._parties if party in held] if held else []

    def mechanism(self) -> list[tuple[str, str]]:
        """The mechanism, line by line: what it is about, and what is so. What was not agreed says so."""
        case = self.standing.consultation.case
        mechanism = case.mechanism
        none = self._say(N_("not agreed"))
        contacts = self.words.listed(
            f"{self.party(one.party)}: {self.words.text(one.title)}" for one in mechanism.points_of_contact
        )
        rows = [
            (self._say(N_("Purpose")), self.words.text(mechanism.purpose)),
            (self._say(N_("Sides")), self.parties(self.standing.consultation.sides)),
            *self._roles(),
            (self._say(N_("Points of contact")), contacts or self._say(N_("not named"))),
            (self._say(N_("Least rhythm of contact")), self._rhythm() or none),
            (self._say(N_("A cancelled round goes to")), self.words.text(mechanism.cancelled_round_goes_to) or none),
            (self._say(N_("To the media")), self.words.text(mechanism.media) or none),
            (self._say(N_("How it ends")), self.words.text(mechanism.ends) or none),
        ]
        if mechanism.founded is not None:
            rows.insert(1, (self._say(N_("Since")), self.day_beside(mechanism.founded)))
        return rows

    def _roles(self) -> list[tuple[str, str]]:
        """Roles other than that of a side: hosts first, then the rest, claims last and named as such."""
        rows: list[tuple[str, str]] = []
        for name, heading in _ROLE_HEADINGS:
            told = [
                self._with_track(self.party(role.party), role.track)
                for role in self.standing.roles
                if role.role == name and role.claimed_by is None
            ]
            if told:
                rows.append((self._say(heading), self.words.listed(told)))
        for role in self.standing.roles:
            if role.claimed_by is not None:
                claim = self._say(
                    N_("{party} says of itself that it is {role}; it is its claim alone"),
                    party=self.party(role.party),
                    role=self._say(labels.ROLES[role.role]),
                )
                rows.append((self._say(N_("Claim")), self._with_track(claim, role.track)))
        return rows

    def _with_track(self, told: str, track: str | None) -> str:
        return f"{told} ({self._tracks[track]})" if track else told

    def _rhythm(self) -> str:
        rhythm = self.standing.consultation.case.mechanism.rhythm
        if rhythm is None:
            return ""
        return self.words.count(
            NN_("no more than {number} day without contact", "no more than {number} days without contact"),
            rhythm.days,
        )

    # Contacts and rounds

    def contacts(self) -> list[tuple[str, str]]:
        """How many contacts, the last, the next, and the days since."""
        contacts = self.standing.contacts
        number = self.words.count(NN_("{number} contact", "{number} contacts"), contacts.count)
        forms = self.words.listed(
            self.words.count(labels.FORMS[form], number) for form, number in contacts.by_form.items()
        )
        last = self.touch(contacts.last) if contacts.last else self._say(N_("none yet"))
        if contacts.days_since is not None:
            last = f"{last} – {self.ago(contacts.days_since)}"
        return [
            (self._say(N_("How many")), f"{number}: {forms}" if forms else number),
            (self._say(N_("Last")), last),
            (self._say(N_("Next")), self.touch(contacts.next) if contacts.next else self._say(N_("none is set"))),
        ]

    def touch_name(self, touch: Touch) -> str:
        """What sort of contact it was, or which round."""
        return self._say(labels.FORM[touch.form]) if touch.round is None else self.round_name(touch.round)

    def touch(self, touch: Touch) -> str:
        """One contact: day, form or round, place."""
        what = self.touch_name(touch)
        place = self.words.text(touch.place)
        return self.words.row((self.words.day(touch.on), what, place))

    def ago(self, days: int) -> str:
        """How many days ago."""
        return self.words.count(NN_("{number} day ago", "{number} days ago"), days)

    def days(self, days: int) -> str:
        """A stretch of days."""
        return self.words.count(NN_("{number} day", "{number} days"), days)

    def round_name(self, round_: str) -> str:
        """A round by its id."""
        return self._say(N_("round {name}"), name=round_)

    def round_line(self, one: Round) -> str:
        """What became of a round, in one line."""
        place = self.words.text(one.place)
        day = one.since if one.state == "cancelled" else one.date
        if day is None:
            state = self.words.row((self._say(labels.ROUND_STATES[one.state]), self._say(N_("no day set"))))
        else:
            state = self._say(labels.ROUND_ON[one.state], day=self.words.day(day))
        if one.state == "cancelled" and one.cancelled_by:
            state = f"{state} ({self.parties(one.cancelled_by)})"
        return self.words.row((state, place, self.clocks(one)))

    def reasons_for(self, one: Round, item: Item) -> list[tuple[str, Text]]:
        """The reasons for a cancellation, or for the postponement of that day, by party."""
        if item.sort == "cancelled":
            return self.by_party(one.reasons)
        return [pair for move in one.moves if move.on == item.day for pair in self.by_party(move.reasons)]

    def clocks(self, one: Round) -> str:
        """When a round began and ended by the clock of each side; nothing where no hour is known."""
        if one.begins is None:
            return ""
        told = []
        for side in self.standing.consultation.sides:
            zone = self.standing.consultation.parties[side].zone
            if zone is not None:
                told.append(f"{self.party(side)} {_clock(one.begins, one.ends, zone)}")
        return self.words.listed(told) or _clock(one.begins, one.ends, None)

    # Problems

    def problems(self) -> list[tuple[str, list[Problem]]]:
        """Problems by state; states without any are left out."""
        found = {state: [one for one in self.standing.problems if one.state == state] for state in STATES}
        return [(self._say(labels.PROBLEM_STATES[state]), held) for state, held in found.items() if held]

    def times(self, times: int) -> str:
        """How often something was raised."""
        return self.words.count(NN_("{number} time", "{number} times"), times)

    def more(self, number: int) -> str:
        """How many are left out."""
        return self.words.count(NN_("and {number} more", "and {number} more"), number)

    def problem_says(self, problem: Problem) -> str:
        """What each party last said of it."""
        return self.words.listed(
            f"{self.party(party)}: {self._say(labels.PROBLEM_WORDS[word])}" for party, word in problem.says.items()
        )

    # Teams and tracks

    def team(self, one: TeamNow) -> str:
        """A team: its head by title, or that it is not yet appointed and what was promised."""
        if one.appointed:
            parts = [self.words.text(one.head) or self._say(N_("appointed")), self.words.text(one.team.rank)]
            if one.since is not None:
                parts.append(self._say(N_("since {day}"), day=self.words.day(one.since)))
            return self.words.row(parts)
        return self.words.series((self._say(N_("not yet appointed")), self.promised(one)))

    def promised(self, one: TeamNow) -> str:
        """What was promised of a team that is not appointed yet."""
        if one.promised is None:
            return ""
        said, day = self.words.text(one.promised.said), self.words.day(one.promised.on)
        return self._say(N_("promised {day}: {said}"), day=day, said=said)

    def track_names(self, tracks: Iterable[str]) -> str:
        """The names of tracks in one line."""
        return self.words.listed(self._tracks[track] for track in tracks)

    def track(self, one: TrackNow) -> str:
        """A track with a condition: open, or on what it waits."""
        told = self.words.text(one.track.condition.text) if one.track.condition else ""
        if one.open:
            return self._say(N_("open: the condition is met, as all say ({condition})"), condition=told)
        met = self._say(N_("met, says {parties}"), parties=self.parties(one.met_says)) if one.met_says else ""
        return self.words.series((self._say(N_("opens when: {condition}"), condition=told), met))

    # Undertakings

    def undertakings(self) -> list[Group]:
        """Undertakings by who says so: confirmed by all, both say, some say, then those of one side alone."""
        groups: dict[str, tuple[str, list[Followed]]] = {}
        for one in self.standing.undertakings:
            key = one.standing if one.standing in _BY_ALL else f"{one.standing} {' '.join(one.asserted_by)}"
            title = self.who_says(one)
            groups.setdefault(key, (title, []))[1].append(one)
        place = {party: place for place, party in enumerate(self._parties)}

        def rank(key: str) -> tuple[int, list[int]]:
            standing, *parties = key.split(" ")
            return _STANDINGS.index(standing), [place[party] for party in parties]

        order = sorted(groups, key=rank)
        return [Group(key, groups[key][0], groups[key][1]) for key in order]

    def who_says(self, one: Followed) -> str:
        """Who says that it was undertaken: all in a signed act, both, or only some."""
        if one.standing == "confirmed":
            return self._say(N_("Confirmed by all"))
        if one.standing == "both_say":
            return self._say(N_("Both say so") if len(one.asserted_by) <= 2 else N_("All say so"))
        if one.standing == "nobody_says":
            return self._say(N_("Nobody says so any more"))
        return self._say(N_("Only {parties} says so"), parties=self.parties(one.asserted_by))

    def due(self, one: Followed) -> str:
        """When it is due, as far as that is known."""
        deadline = one.deadline
        if deadline is None:
            return self._say(N_("no date was named"))
        if deadline.postponed:
            by = self.party(deadline.postponed_by) if deadline.postponed_by else ""
            if deadline.day is None:
                return self._say(N_("postponed without a day (says {party})"), party=by)
            return self._say(N_("postponed to {day} (says {party})"), day=self.words.day(deadline.day), party=by)
        if deadline.day is not None:
            return self._say(N_("due {day}"), day=self.words.day(deadline.day))
        if deadline.said is not None:
            return self._say(N_("“{said}”"), said=self.words.text(deadline.said))
        if deadline.days is not None:
            event = (
                self._say(N_("the next round")) if deadline.event == NEXT_ROUND else self.subject(deadline.event or "")
            )
            told = N_("due after {event}, plus {days}; that has no day yet")
            return self._say(told, event=event, days=self.days(deadline.days))
        if deadline.event == NEXT_ROUND:
            return self._say(N_("due by the next round; none is set"))
        return self._say(N_("due with {event}; it has no day"), event=self.subject(deadline.event or ""))

    def strength(self, one: Followed) -> str:
        """How firmly it was said, where that is less than agreed."""
        return self._say(labels.STRENGTHS[one.undertaking.strength])

    def progress(self, one: Followed) -> str:
        """What was done, as each party says."""
        if not one.done:
            return self._say(labels.PROGRESS[one.progress])
        told = self.words.listed(
            self._say(N_("done, says {party}") if done else N_("not done, says {party}"), party=self.party(party))
            for party, done in one.done.items()
        )
        return self._say(labels.PROGRESS["resolved"]) if one.progress == "resolved" else told

    def late(self, days: int) -> str:
        """By how much the day has passed: a fact."""
        return self.words.count(NN_("{number} day past its day", "{number} days past its day"), days) if days else ""

    # The aim

    def reading(self, reading: Reading | None) -> str:
        """A baseline or target, or that none was agreed."""
        return self._say(N_("none named")) if reading is None else self.words.number(reading.value)

    def now(self, one: IndicatorNow) -> str:
        """The last reading with its day and who reports it, or that nobody measured it."""
        if one.value is None or one.on is None or one.by is None:
            return self._say(N_("not measured"))
        return f"{self.words.number(one.value)} ({self.words.row((self.words.day(one.on), self.party(one.by)))})"

    # What is awaited

    def awaited_together(self, awaited: Iterable[Awaited]) -> list[tuple[tuple[str, ...], Awaited]]:
        """What is awaited, once for all parties of whom it is awaited alike; each with these parties."""
        found: dict[tuple[object, ...], list[Awaited]] = {}
        for one in awaited:
            alike = (one.matter, one.ref, one.since, one.due, str(one.reason), one.no_reason_given)
            found.setdefault(alike, []).append(one)
        place = {party: place for place, party in enumerate(self._parties)}
        return [(tuple(sorted((one.party for one in held), key=place.__getitem__)), held[0]) for held in found.values()]

    def awaited(self, one: Awaited) -> str:
        """What is awaited, in words."""
        return self._say(labels.MATTERS[one.matter], what=self.subject(one.ref))

    def since(self, one: Awaited) -> str:
        """Since when it is awaited, with what is known of its day."""
        told = self._say(N_("since {day}"), day=self.words.day(one.since))
        parts = [f"{told} ({self.days(one.days)})"]
        parts.append(self.postponed(one))
        if one.due is not None and not one.postponed:
            parts.append(self._say(N_("due {day}"), day=self.words.day(one.due)))
        parts.append(self.late(one.late_days))
        return self.words.row(parts)

    def postponed(self, one: Awaited) -> str:
        """That it was put off, and to what day; nothing where it was not."""
        if not one.postponed:
            return ""
        if one.due is None:
            return self._say(N_("postponed"))
        return self._say(N_("postponed to {day}"), day=self.words.day(one.due))

    def reason(self, one: Awaited) -> str:
        """The reason that the awaited party gives, or that it gave none in public."""
        if one.reason is not None:
            return self._say(N_("its reason: {reason}"), reason=self.words.text(one.reason))
        return self._say(N_("it gave no reason in public")) if one.no_reason_given else ""

    def subject(self, ref: str) -> str:
        """Whatever bears the id `ref`, in words."""
        consultation = self.standing.consultation
        if ref in consultation.undertakings:
            return self.words.text(consultation.undertakings[ref].what)
        if ref in consultation.irritants:
            return self.words.text(consultation.irritants[ref].name)
        for one in self.standing.teams:
            if one.team.id == ref:
                rank = self.words.text(one.team.rank) or self._say(N_("team"))
                return f"{rank} ({self.track_names(one.team.mandate)})"
        if ref in self._tracks:
            return self._tracks[ref]
        for contact in self.standing.contacts.unheard:
            if contact.id == ref:
                return self.words.row((self._say(labels.FORM[contact.form]), self.words.day(contact.on)))
        # What is not known yet on the day that is asked for has no words.
        return self.round_name(ref) if any(one.id == ref for one in self.standing.rounds) else ref

    def appointment(self, one: Appointment) -> str:
        """What falls on a day of the agenda."""
        if one.sort == "rhythm":
            return self._say(N_("the next contact, by the least rhythm"))
        if one.sort == "contact":
            return self._say(N_("contact"))
        return self.subject(one.ref)

    def open_tracks(self) -> str:
        """The tracks that are open without a condition."""
        return self.track_names(one.track.id for one in self.standing.tracks if one.track.condition is None)

    def conditional_tracks(self) -> list[TrackNow]:
        """The tracks that have a condition."""
        return [one for one in self.standing.tracks if one.track.condition is not None]

    # Sources

    def document(self, origin: Origin) -> str:
        """The title of the document that an origin points at."""
        documents = self.standing.consultation.case.documents
        return next(self.words.text(one.title) for one in documents if one.sha256 == origin.document)

    def document_language(self, origin: Origin) -> str:
        """The language of the document that an origin points at."""
        documents = self.standing.consultation.case.documents
        return next(one.language for one in documents if one.sha256 == origin.document)

    def source(self, name: str) -> str:
        """One source: publisher and day."""
        source = self._sources[name]
        if source.on is None:
            return source.by
        day = self.words.day(source.on)
        return self.words.row((source.by, self._say(N_("about {day}"), day=day) if source.approximate else day))

    def needs(self, needs: Iterable[Need]) -> str:
        """Who must deliver."""
        return self.words.listed(
            f"{self._say(labels.DELIVERERS[need.of])}{f' ({self.party(need.party)})' if need.party else ''}"
            f"{f': {self.words.text(need.what)}' if need.what else ''}"
            for need in needs
        )


_ROLE_HEADINGS = (
    ("host", N_("Host")),
    ("mediator", N_("Mediator")),
    ("facilitator", N_("Facilitator")),
    ("guarantor", N_("Guarantor")),
    ("concerned", N_("Concerned, not at the table")),
)
_BY_ALL = ("confirmed", "both_say", "nobody_says")
_STANDINGS = ("confirmed", "both_say", "some_say", "one_says", "nobody_says")


def _clock(begins: dt.datetime, ends: dt.datetime | None, zone: str | None) -> str:
    """Hours by the clock of a zone, or by the clock that the moment was written in."""
    where = None if zone is None else ZoneInfo(zone)
    hours = [moment if where is None else moment.astimezone(where) for moment in (begins, ends) if moment is not None]
    return "–".join(f"{moment:%H:%M}" for moment in hours)
