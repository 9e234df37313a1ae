"""What must hold in the log: of each entry beside the other files, and of entries beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from tashawur.consult.checks import About, ends_first, finite, origins
from tashawur.consult.files import NamedFile
from tashawur.consult.log import Contact, LogFile, Report, RoundEvent
from tashawur.consult.mechanism import Reading
from tashawur.consult.walk import Path
from tashawur.terms.errors import Mistake
from tashawur.terms.phrases import N_

SUBJECTS: Final[Mapping[str, frozenset[str]]] = {
    "undertaking": frozenset(
        {"affirmed", "denied", "confirmed", "condition_met", "done", "not_done", "postponed", "waiting"}
    ),
    "irritant": frozenset(
        {
            "raised",
            "answered",
            "waiting",
            "in_talks",
            "agreed",
            "signed",
            "in_force",
            "resolved",
            "not_resolved",
            "lapsed",
        }
    ),
    "indicator": frozenset({"measured"}),
    "team": frozenset({"appointed", "waiting"}),
    "track": frozenset({"condition_met"}),
}
"""What can be reported of what."""

_SET_AHEAD: Final = ("proposed", "postponed")


def check(about: About, file: LogFile) -> Iterator[Mistake]:
    """The mistakes of the entries of one file, each looked at beside what the other files name."""
    words = {word for known in SUBJECTS.values() for word in known}
    right = {
        word: about.names.known(" ".join(sort for sort, known in SUBJECTS.items() if word in known)) for word in words
    }
    for place, entry in enumerate(file.entries):
        if isinstance(entry, Report):
            # Nearly every report is one that needs no closer look.
            if (
                entry.about not in right[entry.says]
                or entry.value is not None
                or entry.until is not None
                or entry.says == "measured"
            ):
                yield from _report(about, entry, ("entries", place))
        elif isinstance(entry, Contact):
            if len(set(entry.between)) < 2:
                yield _with_itself(about, ("entries", place, "between"))
            if entry.at is not None and entry.at.date() != entry.on:
                yield _other_day(about, ("entries", place, "at"), "at", str(entry.on))
        else:
            yield from _round_event(about, entry, ("entries", place))
        if entry.origin:
            yield from origins(about, entry.origin, ("entries", place, "origin"))


def _with_itself(about: About, path: Path) -> Mistake:
    return about.mistake(
        "case.with-itself",
        N_("a contact is between two parties at least"),
        N_("Name each party to it once."),
        path,
    )


def _other_day(about: About, path: Path, key: str, day: str) -> Mistake:
    """An hour belongs to the day beside it, by the clock that it is written in."""
    return about.mistake(
        "case.other-day",
        N_("{key} is on another day than {day}"),
        N_("Correct the day or the hour; the day is that of the offset in which the hour is written."),
        path,
        key=key,
        day=day,
    )


def _round_event(about: About, event: RoundEvent, path: Path) -> Iterator[Mistake]:
    if event.begins is not None and event.ends is not None and event.ends < event.begins:
        yield ends_first(about, (*path, "ends"))
    day = event.date or (event.on if event.event == "held" else None)
    for key, moment in (("begins", event.begins), ("ends", event.ends)):
        if moment is not None and day is not None and moment.date() != day:
            yield _other_day(about, (*path, key), key, str(day))
    for party in sorted(event.reasons.keys() & set(event.no_reason_from)):
        yield about.mistake(
            "case.reason-and-none",
            N_("{party} both gives a reason and gave none"),
            N_("Keep it under reasons or under no_reason_from."),
            (*path, "no_reason_from"),
            party=party,
        )
    if event.event == "assessed" and (event.assessment is None or len(event.by) != 1):
        yield about.mistake(
            "case.assessment-of-nobody",
            N_("an assessment names one party and what it says"),
            N_("Give by with one party, and assessment."),
            path,
        )
    if event.event == "held" and (event.date or event.on) > event.on:
        yield about.mistake(
            "case.held-in-future",
            N_("the round is said to be held on a day after the entry"),
            N_("Correct on or date."),
            (*path, "date"),
        )
    if event.event in _SET_AHEAD and event.date is not None and event.date < event.on:
        yield about.mistake(
            "case.set-in-past",
            N_("the round is set for a day before the entry"),
            N_("Correct on or date."),
            (*path, "date"),
        )


def _report(about: About, report: Report, path: Path) -> Iterator[Mistake]:
    sort = about.names.sort_of(report.about, SUBJECTS)
    words = SUBJECTS.get(sort)
    if words is not None and report.says not in words:
        yield about.mistake(
            "case.wrong-report",
            N_("{word} cannot be reported of {name}"),
            N_("Of it can be said: {known}."),
            (*path, "says"),
            word=report.says,
            name=report.about,
            known=", ".join(sorted(words)),
        )
    if (report.says == "measured") != (report.value is not None):
        yield about.mistake(
            "case.no-value",
            N_("measured goes with a value, and a value with measured"),
            N_("Give both or neither."),
            path,
        )
    elif report.value is not None:
        reporter = about.names.reporters.get(report.about, report.by)
        if report.by != reporter:
            yield about.mistake(
                "case.not-its-reporter",
                N_("{name} is reported by {reporter} and by no other"),
                N_("Let {reporter} report it, or name another reporter in the case file."),
                (*path, "by"),
                name=report.about,
                reporter=reporter,
            )
        yield from finite(about, Reading(value=report.value), (*path, "value"))
    if report.until is not None and report.says != "postponed":
        yield about.mistake(
            "case.until-what",
            N_("until goes with postponed alone"),
            N_("Take it out, or write postponed."),
            (*path, "until"),
        )
    elif report.until is not None and report.until < report.on:
        yield ends_first(about, (*path, "until"))


def across(files: Iterable[NamedFile]) -> Iterator[Mistake]:
    """The mistakes of what the files together say of each round."""
    events = [
        (event, file.name, place)
        for file in files
        if isinstance(file.value, LogFile)
        for place, event in enumerate(file.value.entries)
        if isinstance(event, RoundEvent)
    ]
    yield from _assessed_alone(events)
    yield from _after_held(events)


def _assessed_alone(events: Sequence[tuple[RoundEvent, str, int]]) -> Iterator[Mistake]:
    """An assessment is of a round that something else is said of as well: else its name may be mistyped."""
    told = {event.round for event, _, _ in events if event.event != "assessed"}
    for event, file, place in events:
        if event.round not in told:
            yield Mistake(
                "case.unknown-round",
                file,
                N_("nothing but assessments is said of the round {round}"),
                N_("Correct its name, or enter that it was proposed or held."),
                {"round": event.round},
                ("entries", place, "round"),
            )


def _after_held(events: Sequence[tuple[RoundEvent, str, int]]) -> Iterator[Mistake]:
    """A round that was held stays held: what is said to have moved it later, or held it again, contradicts that."""
    held: dict[str, RoundEvent] = {}
    for event, _, _ in sorted(events, key=lambda one: (one[0].on, one[0].id)):
        if event.event == "held":
            held.setdefault(event.round, event)
    for event, file, place in events:
        first = held.get(event.round)
        if first is None or event is first or event.event == "assessed" or event.on < first.on:
            continue
        if event.event in ("held", "cancelled") or event.on > first.on:
            yield Mistake(
                "case.after-held",
                file,
                N_("the round {round} was held on {day} already"),
                N_("Correct the day or the event, or name another round."),
                {"round": event.round, "day": str(first.date or first.on)},
                ("entries", place, "event"),
            )
