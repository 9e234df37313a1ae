"""Packages that every side can accept: exact search, solutions, rules; other programs' scenarios in `formats`.

What is named here is for programs and notebooks; see docs/reference/settle-api.md. A module is loaded when something of
it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tashawur.settle.answers import Settlement, efficient, settle
    from tashawur.settle.consent import Agreement, Consent, agreement, public
    from tashawur.settle.formats.places import SourceFile
    from tashawur.settle.formats.profiles import Imported
    from tashawur.settle.formats.reading import read
    from tashawur.settle.formats.tasks import Written
    from tashawur.settle.formats.writing import write
    from tashawur.settle.frontier import Frontier
    from tashawur.settle.rules import at_most, excludes, forbids, requires
    from tashawur.settle.solutions import SOLUTIONS, Gains, Solution
    from tashawur.settle.sought import Sought
    from tashawur.settle.values import (
        Absent,
        Bonus,
        Box,
        Budget,
        Issue,
        Package,
        Scenario,
        ScenarioError,
        Side,
    )
    from tashawur.settle.words import (
        WORDS,
        Comparison,
        ContradictionError,
        Judged,
        Worded,
        judge,
        question,
    )

__all__ = [
    "SOLUTIONS",
    "WORDS",
    "Absent",
    "Agreement",
    "Bonus",
    "Box",
    "Budget",
    "Comparison",
    "Consent",
    "ContradictionError",
    "Frontier",
    "Gains",
    "Imported",
    "Issue",
    "Judged",
    "Package",
    "Scenario",
    "ScenarioError",
    "Settlement",
    "Side",
    "Solution",
    "Sought",
    "SourceFile",
    "Worded",
    "Written",
    "agreement",
    "at_most",
    "efficient",
    "excludes",
    "forbids",
    "judge",
    "public",
    "question",
    "read",
    "requires",
    "settle",
    "write",
]

PUBLIC: Final = {
    "answers": ("Settlement", "efficient", "settle"),
    "consent": ("Agreement", "Consent", "agreement", "public"),
    "formats.places": ("SourceFile",),
    "formats.profiles": ("Imported",),
    "formats.reading": ("read",),
    "formats.tasks": ("Written",),
    "formats.writing": ("write",),
    "frontier": ("Frontier",),
    "rules": ("at_most", "excludes", "forbids", "requires"),
    "solutions": ("SOLUTIONS", "Gains", "Solution"),
    "sought": ("Sought",),
    "values": ("Absent", "Bonus", "Box", "Budget", "Issue", "Package", "Scenario", "ScenarioError", "Side"),
    "words": ("WORDS", "Comparison", "ContradictionError", "Judged", "Worded", "judge", "question"),
}
"""By module: the names that stand here."""

_MODULE_OF: Final = {name: module for module, names in PUBLIC.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
