"""The words for what durability knows."""

from __future__ import annotations

from typing import Final

from tashawur.durability.stability import Concept
from tashawur.terms.phrases import N_

CONCEPTS: Final[dict[Concept, str]] = {
    "Nash": N_("No party has a better move of its own."),
    "SEQ": N_("Whoever moves away to gain meets answers that are better for those who give them, and gains nothing."),
    "SMR": N_(
        "Whoever moves away to gain can be stopped by others, and cannot get out of it; the answer may cost them."
    ),
    "GMR": N_("Whoever moves away to gain can be stopped by others; the answer may cost them."),
}
"""What holds a state, for every party, in a sentence."""

HOLDS: Final[dict[Concept, str]] = {
    "Nash": N_("No move of its own is better: {party}."),
    "SEQ": N_(
        "{party} would rather have {state}. Then {way}. Each answer is better for who gives it, and "
        "{party} is no better off."
    ),
    "SMR": N_(
        "{party} would rather have {state}. Then {way}. The answer may cost who gives it, but "
        "{party} is no better off, and no move of its own mends that."
    ),
    "GMR": N_(
        "{party} would rather have {state}. Then {way}. The answer may cost who gives it, but "
        "{party} is no better off unless it moves once more."
    ),
}  # fmt: skip
"""What holds one party."""

NAMES: Final[dict[Concept, str]] = {
    "Nash": N_("Nash stability"),
    "GMR": N_("general metarationality (GMR)"),
    "SMR": N_("symmetric metarationality (SMR)"),
    "SEQ": N_("sequential stability (SEQ)"),
}
"""Each concept by its name in research."""
