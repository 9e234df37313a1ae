"""What must hold across the files of a consultation: names, references, languages, dates, and plain sense."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from tashawur.consult import log_rules, references
from tashawur.consult.checks import About, ends_first, finite, origins
from tashawur.consult.files import NamedFile
from tashawur.consult.log import LogFile
from tashawur.consult.mechanism import CaseFile
from tashawur.consult.private import BriefFile, EstimateFile, PlanFile
from tashawur.consult.references import Names
from tashawur.consult.register import Constraint, Irritant, RegisterFile
from tashawur.consult.undertakings import AccountsFile, Difference, Due, Undertaking, UndertakingsFile
from tashawur.consult.walk import Path
from tashawur.terms.errors import Mistake
from tashawur.terms.phrases import N_


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
    if case.objective is not None:
        names.reporters = {indicator.id: indicator.reporter for indicator in case.objective.indicators}
    names.options = {
        irritant.id: frozenset(option.id for option in irritant.options)
        for file in files
        if isinstance(file.value, RegisterFile)
        for irritant in file.value.irritants
    }
    yield from references.wrong(files, names, case)
    for file in files:
        for check in _CHECKS[type(file.value)]:
            yield from check(About(file.name, names, is_zone, case.exercise), file.value)
    yield from _doubled_private(files)
    yield from log_rules.across(files)


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


def _case(about: About, case: CaseFile) -> Iterator[Mistake]:
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
                yield ends_first(about, ("parties", place, "holidays", day, "to"))
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


def _parts_of_tracks(about: About, case: CaseFile) -> Iterator[Mistake]:
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


def _origins_of_case(about: About, case: CaseFile) -> Iterator[Mistake]:
    yield from origins(about, case.mechanism.origin, ("mechanism", "origin"))
    if case.objective is not None:
        yield from origins(about, case.objective.origin, ("objective", "origin"))
        for place, indicator in enumerate(case.objective.indicators):
            for key, reading in (("baseline", indicator.baseline), ("target", indicator.target)):
                yield from finite(about, reading, ("objective", "indicators", place, key, "value"))
    for place, role in enumerate(case.roles):
        yield from origins(about, role.origin, ("roles", place, "origin"))
    for place, track in enumerate(case.tracks):
        yield from origins(about, track.origin, ("tracks", place, "origin"))


def _register(about: About, register: RegisterFile) -> Iterator[Mistake]:
    for place, irritant in enumerate(register.irritants):
        yield from _irritant(about, irritant, ("irritants", place))
    for place, constraint in enumerate(register.constraints):
        yield from _constraint(about, constraint, ("constraints", place))


def _irritant(about: About, irritant: Irritant, path: Path) -> Iterator[Mistake]:
    if len(about.names.options[irritant.id]) < len(irritant.options):
        yield about.mistake(
            "case.option-twice",
            N_("an option of {irritant} is given twice"),
            N_("Give each option of an irritant a name of its own."),
            (*path, "options"),
            irritant=irritant.id,
        )
    if irritant.origin:
        yield from origins(about, irritant.origin, (*path, "origin"))
    for place, fact in enumerate(irritant.facts):
        if not fact.sources and not about.exercise:
            yield about.mistake(
                "case.no-source",
                N_("a fact of {irritant} has no source"),
                N_("Name its sources, or take it out; only an exercise may do without."),
                (*path, "facts", place),
                irritant=irritant.id,
            )


def _constraint(about: About, constraint: Constraint, path: Path) -> Iterator[Mistake]:
    for key, chosen in (("if", constraint.when), ("then", constraint.then), ("excludes", constraint.excludes)):
        yield from _selection(about, chosen, (*path, key))
    if constraint.at_most is not None:
        yield from _selection(about, constraint.at_most.of, (*path, "at_most", "of"))
    if constraint.budget is not None:
        yield from _selection(about, constraint.budget.costs, (*path, "budget", "costs"))
    conditional = bool(constraint.when or constraint.then)
    forms = [conditional, bool(constraint.excludes), constraint.at_most is not None, constraint.budget is not None]
    if sum(forms) != 1 or bool(constraint.when) != bool(constraint.then):
        yield about.mistake(
            "case.constraint-unclear",
            N_("the constraint {constraint} has no form, several, or half of one"),
            N_("Give one of: if and then together; excludes; at_most; budget."),
            path,
            constraint=constraint.id,
        )


def _selection(about: About, chosen: Mapping[str, Iterable[str]], path: Path) -> Iterator[Mistake]:
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


def _undertakings(about: About, file: UndertakingsFile) -> Iterator[Mistake]:
    for place, undertaking in enumerate(file.undertakings):
        yield from _undertaking(about, undertaking, ("undertakings", place))


def _undertaking(about: About, undertaking: Undertaking, path: Path) -> Iterator[Mistake]:
    yield from origins(about, undertaking.origin, (*path, "origin"))
    if undertaking.due is not None:
        yield from _due(about, undertaking, undertaking.due, (*path, "due"))


def _due(about: About, undertaking: Undertaking, due: Due, path: Path) -> Iterator[Mistake]:
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


def _accounts(about: About, file: AccountsFile) -> Iterator[Mistake]:
    for place, difference in enumerate(file.differences):
        yield from _difference(about, difference, ("differences", place))


def _difference(about: About, difference: Difference, path: Path) -> Iterator[Mistake]:
    both = difference.says.keys() & set(difference.silent)
    if both or not difference.says:
        yield about.mistake(
            "case.says-and-silent",
            N_("{party} both says something and is silent, or nobody says anything"),
            N_("Let each party stand under says or under silent."),
            path,
            party=min(both, default="–"),
        )


def _brief(about: About, brief: BriefFile) -> Iterator[Mistake]:
    in_points = bool(brief.points or brief.bonuses or brief.unit) or brief.reservation is not None
    in_words = bool(brief.words or brief.order or brief.least or brief.comparisons)
    if in_points == in_words:
        yield about.mistake(
            "case.points-or-words",
            N_("the brief speaks neither in points nor in words, or in both"),
            N_("Give points with reservation and bonuses, or words with order, least and comparisons."),
            ("words",) if in_words else ("kind",),
        )
    if in_points:
        yield from _brief_in_points(about, brief)
    if in_words:
        yield from _brief_in_words(about, brief)
    yield from _red_lines(about, brief)


def _brief_in_points(about: About, brief: BriefFile) -> Iterator[Mistake]:
    if not brief.points or brief.reservation is None:
        yield about.mistake(
            "case.half-in-points",
            N_("a brief in points has points and a reservation"),
            N_("Add what is missing. The keys: tashawur case schema {kind}"),
            ("points",) if brief.points else ("kind",),
            kind="brief",
        )
    yield from _points(about, brief.points, ("points",))
    for place, bonus in enumerate(brief.bonuses):
        yield from _selection(about, bonus.when, ("bonuses", place, "when"))


def _brief_in_words(about: About, brief: BriefFile) -> Iterator[Mistake]:
    for irritant, options in brief.words.items():
        yield from _selection(about, {irritant: tuple(options)}, ("words",))
        missing = about.names.options.get(irritant, frozenset()) - options.keys()
        if missing:
            yield about.mistake(
                "case.option-without-word",
                N_("{irritant} has options without a word: {options}"),
                N_("Say of every option: must, want, can_live_with, would_rather_not or never."),
                ("words", irritant),
                irritant=irritant,
                options=", ".join(sorted(missing)),
            )
    yield from _order(about, brief)
    yield from _part(about, brief.least, ("least",))
    for irritant, option in brief.least.items():
        if brief.words.get(irritant, {}).get(option) == "never":
            yield about.mistake(
                "case.least-is-never",
                N_("the least that can be accepted holds an option that is never accepted"),
                N_("Name another option in least, or choose another word for it."),
                ("least", irritant),
            )
    for place, comparison in enumerate(brief.comparisons):
        yield from _part(about, comparison.better, ("comparisons", place, "better"))
        yield from _part(about, comparison.than, ("comparisons", place, "than"))


def _order(about: About, brief: BriefFile) -> Iterator[Mistake]:
    seen: set[str] = set()
    for place, rank in enumerate(brief.order):
        for irritant in (rank,) if isinstance(rank, str) else rank:
            if irritant in seen or irritant not in brief.words:
                yield about.mistake(
                    "case.order-unclear",
                    N_("{irritant} stands twice in the order, or has no words"),
                    N_("Name each irritant once, and say a word of each of its options."),
                    ("order", place),
                    irritant=irritant,
                )
            seen.add(irritant)


def _part(about: About, part: Mapping[str, str], path: Path) -> Iterator[Mistake]:
    yield from _selection(about, {irritant: (option,) for irritant, option in part.items()}, path)


def _red_lines(about: About, brief: BriefFile) -> Iterator[Mistake]:
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


def _estimate(about: About, estimate: EstimateFile) -> Iterator[Mistake]:
    yield from _points(about, estimate.points, ("points",))
    for irritant, options in estimate.points.items():
        for option, (least, most) in options.items():
            if most < least:
                yield ends_first(about, ("points", irritant, option))


def _points(about: About, points: Mapping[str, Mapping[str, object]], path: Path) -> Iterator[Mistake]:
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


def _plan(about: About, plan: PlanFile) -> Iterator[Mistake]:
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


def _no_step(about: About, name: str, path: Path) -> Mistake:
    return about.mistake(
        "case.unknown-step",
        N_("{name} is no step of this plan"),
        N_("Name a step of the same file."),
        path,
        name=name,
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


_CHECKS: Final[Mapping[type, tuple[Callable[[About, Any], Iterator[Mistake]], ...]]] = {
    CaseFile: (_case, _origins_of_case),
    RegisterFile: (_register,),
    UndertakingsFile: (_undertakings,),
    AccountsFile: (_accounts,),
    LogFile: (log_rules.check,),
    BriefFile: (_brief,),
    EstimateFile: (_estimate,),
    PlanFile: (_plan,),
}
"""The checks of each kind of file."""
