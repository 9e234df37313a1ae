"""What must hold across the files of a consultation: names, references, languages, dates, and plain sense."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tashawur.consult import references
from tashawur.consult.files import NamedFile
from tashawur.consult.log import LogFile, Report, RoundEvent
from tashawur.consult.mechanism import CaseFile, Origin, Reading
from tashawur.consult.private import BriefFile, EstimateFile, PlanFile
from tashawur.consult.references import Names
from tashawur.consult.register import Constraint, Irritant, RegisterFile
from tashawur.consult.undertakings import AccountsFile, Difference, Due, Undertaking, UndertakingsFile
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


def broken(files: Sequence[NamedFile], is_zone: Callable[[str], bool]) -> Iterator[tuple[NamedFile, list[Mistake]]]:
    """The files with mistakes that show only beside the others, each with its mistakes (still without lines)."""
    wrong: dict[str, list[Mistake]] = {file.name: [] for file in files}
    for mistake in _all(files, is_zone):
        wrong[mistake.file].append(mistake)
    for file in files:
        if wrong[file.name]:
            yield file, wrong[file.name]


def _all(files: Sequence[NamedFile], is_zone: Callable[[str], bool]) -> Iterator[Mistake]:
    cases = [(file, file.value) for file in files if isinstance(file.value, CaseFile)]
    if len(cases) != 1:
        yield from _not_one_case(files, [file for file, _ in cases])
        return
    _, case = cases[0]
    names = Names()
    yield from references.given(files, names)
    names.documents = {document.sha256: document.characters for document in case.documents}
    names.options = {
        irritant.id: frozenset(option.id for option in irritant.options)
        for file in files
        if isinstance(file.value, RegisterFile)
        for irritant in file.value.irritants
    }
    yield from references.wrong(files, names, case)
    for file in files:
        for check in _CHECKS[type(file.value)]:
            yield from check(_About(file.name, names, is_zone, case.exercise), file.value)
    yield from _doubled_private(files)
    yield from _after_held(files)


def _not_one_case(files: Sequence[NamedFile], cases: Sequence[NamedFile]) -> Iterator[Mistake]:
    if cases:
        for file in cases[1:]:
            yield Mistake(
                "case.two-cases",
                file.name,
                N_("a second file of kind consultation: the first is {first}"),
                N_("Keep one folder for each consultation."),
                {"first": cases[0].name},
                ("kind",),
            )
    elif files:
        yield Mistake(
            "case.no-case",
            files[0].name,
            N_("no file here is of kind consultation"),
            N_("Add one with: tashawur case new"),
        )


@dataclass(frozen=True, slots=True)
class _About:
    """What a check may know beside the file it looks at."""

    file: str
    names: Names
    is_zone: Callable[[str], bool]
    exercise: bool

    def mistake(self, code: str, wrong: str, mend: str, path: Path, **words: str) -> Mistake:
        return Mistake(code, self.file, wrong, mend, words, path)


def _case(about: _About, case: CaseFile) -> Iterator[Mistake]:
    sides = {role.party for role in case.roles if role.role == "side" and role.claimed_by is None}
    if len(sides) < 2:
        yield about.mistake(
            "case.too-few-sides",
            N_("fewer than two parties are a side"),
            N_("Give at least two parties the role side."),
            ("roles",),
        )
    for place, party in enumerate(case.parties):
        if party.zone is not None and not about.is_zone(party.zone):
            yield about.mistake(
                "case.unknown-zone",
                N_("{zone} is no time zone"),
                N_("Write it as in the IANA list, such as Asia/Riyadh."),
                ("parties", place, "zone"),
                zone=party.zone,
            )
        for day, holiday in enumerate(party.holidays):
            if holiday.ends < holiday.begins:
                yield _ends_first(about, ("parties", place, "holidays", day, "to"))
    for place, team in enumerate(case.teams):
        if team.to_be_appointed is not None and (team.head is not None or team.since is not None):
            yield about.mistake(
                "case.appointed-twice",
                N_("the team {team} is both appointed and to be appointed"),
                N_("Keep head and since, or to_be_appointed."),
                ("teams", place, "to_be_appointed"),
                team=team.id,
            )
    yield from _parts_of_tracks(about, case)


def _parts_of_tracks(about: _About, case: CaseFile) -> Iterator[Mistake]:
    above = {track.id: track.part_of for track in case.tracks}
    for place, track in enumerate(case.tracks):
        seen = {track.id}
        step = track.part_of
        while step is not None and step not in seen:
            seen.add(step)
            step = above.get(step)
        if step == track.id:
            yield about.mistake(
                "case.part-of-itself",
                N_("the track {track} is a part of itself"),
                N_("Let part_of lead to a wider track."),
                ("tracks", place, "part_of"),
                track=track.id,
            )


def _origins_of_case(about: _About, case: CaseFile) -> Iterator[Mistake]:
    yield from _origins(about, case.mechanism.origin, ("mechanism", "origin"))
    if case.objective is not None:
        yield from _origins(about, case.objective.origin, ("objective", "origin"))
        for place, indicator in enumerate(case.objective.indicators):
            for key, reading in (("baseline", indicator.baseline), ("target", indicator.target)):
                yield from _finite(about, reading, ("objective", "indicators", place, key, "value"))
    for place, role in enumerate(case.roles):
        yield from _origins(about, role.origin, ("roles", place, "origin"))
    for place, track in enumerate(case.tracks):
        yield from _origins(about, track.origin, ("tracks", place, "origin"))


def _finite(about: _About, reading: Reading | None, path: Path) -> Iterator[Mistake]:
    if reading is not None and not abs(reading.value) < float("inf"):
        yield about.mistake("case.not-a-number", N_("the value is no number"), N_("Write a plain number."), path)


def _origins(about: _About, origins: Iterable[Origin], path: Path) -> Iterator[Mistake]:
    for place, origin in enumerate(origins):
        here = (*path, place)
        spanned = origin.start is not None and origin.end is not None
        if (origin.document is not None) != spanned or (origin.start is None) != (origin.end is None):
            yield about.mistake(
                "case.half-a-span",
                N_("the origin has a document without start and end, or the other way round"),
                N_("Give document, start and end together."),
                here,
            )
        elif origin.start is not None and origin.end is not None and origin.document is not None:
            if origin.end <= origin.start:
                yield _ends_first(about, (*here, "end"))
            elif origin.end > about.names.documents.get(origin.document, origin.end):
                yield about.mistake(
                    "case.beyond-the-text",
                    N_("the span ends beyond the last character of its document"),
                    N_("Count code points from the start of the text; the end is exclusive."),
                    (*here, "end"),
                )
        elif not origin.sources:
            yield about.mistake(
                "case.no-origin",
                N_("nothing shows where this was said"),
                N_("Name a document with start and end, or sources."),
                here,
            )


def _ends_first(about: _About, path: Path) -> Mistake:
    return about.mistake("case.ends-first", N_("the end comes before the start"), N_("Swap or correct them."), path)


def _register(about: _About, register: RegisterFile) -> Iterator[Mistake]:
    for place, irritant in enumerate(register.irritants):
        yield from _irritant(about, irritant, ("irritants", place))
    for place, constraint in enumerate(register.constraints):
        yield from _constraint(about, constraint, ("constraints", place))


def _irritant(about: _About, irritant: Irritant, path: Path) -> Iterator[Mistake]:
    if len(about.names.options[irritant.id]) < len(irritant.options):
        yield about.mistake(
            "case.option-twice",
            N_("an option of {irritant} is given twice"),
            N_("Give each option of an irritant a name of its own."),
            (*path, "options"),
            irritant=irritant.id,
        )
    for place, fact in enumerate(irritant.facts):
        if not fact.sources and not about.exercise:
            yield about.mistake(
                "case.no-source",
                N_("a fact of {irritant} has no source"),
                N_("Name its sources, or take it out; only an exercise may do without."),
                (*path, "facts", place),
                irritant=irritant.id,
            )


def _constraint(about: _About, constraint: Constraint, path: Path) -> Iterator[Mistake]:
    yield from _selection(about, constraint.when, (*path, "if"))
    yield from _selection(about, constraint.then, (*path, "then"))


def _selection(about: _About, chosen: Mapping[str, Iterable[str]], path: Path) -> Iterator[Mistake]:
    for irritant, options in chosen.items():
        known = about.names.options.get(irritant)
        for option in options:
            if known is not None and option not in known:
                yield about.mistake(
                    "case.unknown-option",
                    N_("{option} is no option of {irritant}"),
                    N_("Its options: {known}."),
                    (*path, irritant),
                    option=option,
                    irritant=irritant,
                    known=", ".join(sorted(known)) or "–",
                )


def _undertakings(about: _About, file: UndertakingsFile) -> Iterator[Mistake]:
    for place, undertaking in enumerate(file.undertakings):
        yield from _undertaking(about, undertaking, ("undertakings", place))


def _undertaking(about: _About, undertaking: Undertaking, path: Path) -> Iterator[Mistake]:
    yield from _origins(about, undertaking.origin, (*path, "origin"))
    if undertaking.due is not None:
        yield from _due(about, undertaking, undertaking.due, (*path, "due"))


def _due(about: _About, undertaking: Undertaking, due: Due, path: Path) -> Iterator[Mistake]:
    ways = [due.on is not None, due.event is not None, due.after is not None, due.said is not None]
    if sum(ways) != 1 or (due.days is not None) != (due.after is not None):
        yield about.mistake(
            "case.due-unclear",
            N_("due names no way, or several ways, of fixing the day"),
            N_("Give one of: on; event; after with days; said."),
            path,
        )
    elif due.on is not None and due.on < undertaking.made:
        yield about.mistake(
            "case.due-before-made",
            N_("it is due before it was made"),
            N_("Correct due or made."),
            path,
        )
    elif undertaking.id in (due.event, due.after):
        yield about.mistake(
            "case.due-after-itself",
            N_("it is due after itself"),
            N_("Name another event."),
            path,
        )


def _accounts(about: _About, file: AccountsFile) -> Iterator[Mistake]:
    for place, difference in enumerate(file.differences):
        yield from _difference(about, difference, ("differences", place))


def _difference(about: _About, difference: Difference, path: Path) -> Iterator[Mistake]:
    both = difference.says.keys() & set(difference.silent)
    if both or not difference.says:
        yield about.mistake(
            "case.says-and-silent",
            N_("{party} both says something and is silent, or nobody says anything"),
            N_("Let each party stand under says or under silent."),
            path,
            party=min(both, default="–"),
        )


def _log(about: _About, file: LogFile) -> Iterator[Mistake]:
    words = {word for known in SUBJECTS.values() for word in known}
    right = {
        word: about.names.known(" ".join(sort for sort, known in SUBJECTS.items() if word in known)) for word in words
    }
    for place, entry in enumerate(file.entries):
        if isinstance(entry, RoundEvent):
            yield from _round_event(about, entry, ("entries", place))
        elif isinstance(entry, Report):
            plain = entry.value is None and entry.until is None and entry.says != "measured"
            # Nearly every report is one that needs no closer look.
            if not plain or entry.about not in right[entry.says]:
                yield from _report(about, entry, ("entries", place))


def _round_event(about: _About, event: RoundEvent, path: Path) -> Iterator[Mistake]:
    if event.begins is not None and event.ends is not None and event.ends < event.begins:
        yield _ends_first(about, (*path, "ends"))
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


def _report(about: _About, report: Report, path: Path) -> Iterator[Mistake]:
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
        yield from _finite(about, Reading(value=report.value), (*path, "value"))
    if report.until is not None and report.says != "postponed":
        yield about.mistake(
            "case.until-what",
            N_("until goes with postponed alone"),
            N_("Take it out, or write postponed."),
            (*path, "until"),
        )
    elif report.until is not None and report.until < report.on:
        yield _ends_first(about, (*path, "until"))


def _brief(about: _About, brief: BriefFile) -> Iterator[Mistake]:
    yield from _points(about, brief.points, ("points",))
    for place, line in enumerate(brief.red_lines):
        for key, chosen in (("forbid", line.forbid), ("if", line.when), ("then", line.then)):
            yield from _selection(about, chosen, ("red_lines", place, key))
        if bool(line.when) != bool(line.then) or bool(line.forbid) == bool(line.when):
            yield about.mistake(
                "case.red-line-unclear",
                N_("a red line forbids options, or requires then whenever if holds"),
                N_("Give forbid alone, or if and then together."),
                ("red_lines", place),
            )


def _estimate(about: _About, estimate: EstimateFile) -> Iterator[Mistake]:
    yield from _points(about, estimate.points, ("points",))
    for irritant, options in estimate.points.items():
        for option, (least, most) in options.items():
            if most < least:
                yield _ends_first(about, ("points", irritant, option))


def _points(about: _About, points: Mapping[str, Mapping[str, object]], path: Path) -> Iterator[Mistake]:
    for irritant, options in points.items():
        yield from _selection(about, {irritant: tuple(options)}, path)
        missing = about.names.options.get(irritant, frozenset()) - options.keys()
        if missing:
            yield about.mistake(
                "case.option-without-points",
                N_("{irritant} has options without points: {options}"),
                N_("Give points to every option; the status quo has zero."),
                (*path, irritant),
                irritant=irritant,
                options=", ".join(sorted(missing)),
            )


def _plan(about: _About, plan: PlanFile) -> Iterator[Mistake]:
    yield from _selection(about, {irritant: (option,) for irritant, option in plan.package.items()}, ("package",))
    steps = [step.id for step in plan.steps]
    for place, step in enumerate(plan.steps):
        if steps.index(step.id) != place:
            yield references.twice(about.file, ("steps", place, "id"), step.id, about.file)
        for needed in step.requires:
            if needed not in steps:
                yield _no_step(about, needed, ("steps", place, "requires"))
    for place, group in enumerate(plan.groups):
        for needed in group.steps:
            if needed not in steps:
                yield _no_step(about, needed, ("groups", place, "steps"))


def _no_step(about: _About, name: str, path: Path) -> Mistake:
    return about.mistake(
        "case.unknown-step",
        N_("{name} is no step of this plan"),
        N_("Name a step of the same file."),
        path,
        name=name,
    )


def _after_held(files: Iterable[NamedFile]) -> Iterator[Mistake]:
    """A round that was held stays held: what is said to have moved it later, or held it again, contradicts that."""
    events = [
        (event, file.name, place)
        for file in files
        if isinstance(file.value, LogFile)
        for place, event in enumerate(file.value.entries)
        if isinstance(event, RoundEvent)
    ]
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
                {"round": event.round, "day": str(first.on)},
                ("entries", place, "event"),
            )


def _doubled_private(files: Iterable[NamedFile]) -> Iterator[Mistake]:
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        value = file.value
        key = ("plan", "") if isinstance(value, PlanFile) else None
        if isinstance(value, BriefFile | EstimateFile):
            key = (type(value).__name__, value.party)
        if key is not None and key in seen:
            yield Mistake(
                "case.second-of-a-kind",
                file.name,
                N_("a second file of this kind; the first is {first}"),
                N_("Keep one plan, and one brief and one estimate for each party."),
                {"first": seen[key]},
                ("kind",),
            )
        elif key is not None:
            seen[key] = file.name


_CHECKS: Final[Mapping[type, tuple[Callable[[_About, Any], Iterator[Mistake]], ...]]] = {
    CaseFile: (_case, _origins_of_case),
    RegisterFile: (_register,),
    UndertakingsFile: (_undertakings,),
    AccountsFile: (_accounts,),
    LogFile: (_log,),
    BriefFile: (_brief,),
    EstimateFile: (_estimate,),
    PlanFile: (_plan,),
}
"""The checks of each kind of file."""
