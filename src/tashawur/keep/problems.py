"""Problems by state: what each party says of an irritant, and what all say together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from tashawur.consult.consultation import Consultation
from tashawur.consult.log import Report
from tashawur.consult.register import Irritant
from tashawur.terms.vocabulary import Found

ProblemState = Literal["raised", "in_talks", "agreed", "signed", "in_force", "done", "resolved", "lapsed"]

STATES: Final[tuple[ProblemState, ...]] = (
    "raised",
    "in_talks",
    "agreed",
    "signed",
    "in_force",
    "done",
    "resolved",
    "lapsed",
)
"""The states in the order in which they are shown."""

_BINDING: Final[tuple[ProblemState, ...]] = ("agreed", "signed", "in_force")
_SAID: Final = frozenset({"in_talks", "agreed", "signed", "in_force", "resolved", "not_resolved", "lapsed"})


class Problem(Found, frozen=True):
    """An irritant as it stands.

    `done` means that some of those concerned say it is resolved, `resolved` that all do: nobody alone can close it.
    """

    irritant: Irritant
    state: ProblemState
    says: Mapping[str, str]
    """The last word of each party on its state."""
    raised_by: tuple[str, ...]
    responding: tuple[str, ...]
    times_raised: int
    first_raised: dt.date | None
    last_raised: dt.date | None
    unanswered: tuple[tuple[str, dt.date], ...]
    """Responding parties that owe an answer, each with the day since when."""
    reasons: Mapping[str, Mapping[str, str]]


def problems(consultation: Consultation, reports: Mapping[str, Sequence[Report]]) -> list[Problem]:
    """Every irritant as it stands, in the order of the files; `reports` are by what they are about."""
    return [_problem(irritant, reports.get(irritant.id, ())) for irritant in consultation.irritants.values()]


def _problem(irritant: Irritant, reports: Sequence[Report]) -> Problem:
    raised = [(one.by, one.on) for one in irritant.raised]
    raised += [(report.by, report.on) for report in reports if report.says == "raised"]
    raised_by = tuple(dict.fromkeys(by for by, _ in raised))
    days = [on for _, on in raised if on is not None]
    says: dict[str, str] = {}
    for report in reports:
        # Who raises again what it had called resolved takes that word back.
        if report.says in _SAID or (report.says == "raised" and says.get(report.by) in ("resolved", "lapsed")):
            says[report.by] = str(report.says)
    concerned = set(raised_by) | set(irritant.responding)
    return Problem(
        irritant=irritant,
        state=_state(says, concerned),
        says=says,
        raised_by=raised_by,
        responding=irritant.responding,
        times_raised=len(raised),
        first_raised=min(days, default=None),
        last_raised=max(days, default=None),
        unanswered=_unanswered(irritant, reports, raised_by),
        reasons={report.by: report.said for report in reports if report.says == "waiting" and report.said},
    )


def _state(says: Mapping[str, str], concerned: set[str]) -> ProblemState:
    """What all concerned say together; what only some say never closes or binds."""
    words = {party: word for party, word in says.items() if party in concerned}
    together = concerned <= words.keys() and set(words.values())
    if together == {"resolved"}:
        return "resolved"
    if "resolved" in words.values():
        return "done"
    if together == {"lapsed"}:
        return "lapsed"
    if together and together <= set(_BINDING):
        return min((word for word in _BINDING if word in together), key=_BINDING.index)
    return "in_talks" if set(words.values()) - {"not_resolved", "lapsed", "raised"} else "raised"


def _unanswered(
    irritant: Irritant, reports: Sequence[Report], raised_by: tuple[str, ...]
) -> tuple[tuple[str, dt.date], ...]:
    """Since when a responding party owes an answer: the first time that it was asked since it last spoke.

    A party that also raised the matter has spoken on it; so has one whose position stands in the register.
    """
    silent = []
    for party in irritant.responding:
        spoke = [report.on for report in reports if report.by == party and report.says not in ("raised", "waiting")]
        asked = [report.on for report in reports if report.by != party and report.says == "raised"]
        if party not in raised_by and party not in irritant.positions:
            asked += [one.on for one in irritant.raised if one.on is not None]
        open_since = [day for day in asked if not spoke or day > max(spoke)]
        if open_since and (party not in raised_by or spoke):
            silent.append((party, min(open_since)))
    return tuple(silent)
