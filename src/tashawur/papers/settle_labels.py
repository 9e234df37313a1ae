"""The words for what settling knows."""

from __future__ import annotations

from typing import Final

from tashawur.settle.formats.reading import FORMATS
from tashawur.terms.phrases import N_

RULES: Final = {
    "nash": N_(
        "Fairness rule 1: with any other package, what one side would win in proportion, the others would lose in "
        "at least the same proportion."
    ),
    "egalitarian": N_(
        "Fairness rule 2: the side that gains least gains as much as it can; then the side that gains next to least."
    ),
    "kalai_smorodinsky": N_(
        "Fairness rule 3: the side that stays farthest from its own best comes as near to it as it can; then the next."
    ),
    "utilitarian": N_("Largest sum of gains: fair only where a point means the same to every side."),
}
"""Each rule in a sentence."""

NAMES: Final = {
    "nash": N_("Nash"),
    "egalitarian": N_("Egalitarian (leximin)"),
    "kalai_smorodinsky": N_("Kalai–Smorodinsky (leximin)"),
    "utilitarian": N_("Utilitarian"),
}
"""Each rule by its name in research."""

SHORT: Final = {
    "nash": N_("Rule 1"),
    "egalitarian": N_("Rule 2"),
    "kalai_smorodinsky": N_("Rule 3"),
    "utilitarian": N_("Sum"),
}
"""Each rule in a word, beside its mark."""

IN_WORDS: Final = ("nash", "egalitarian", "kalai_smorodinsky")
"""The rules that are shown where nobody asks for details: they do not add one side's points to another's."""

SOURCES: Final = {"consultation": N_("a consultation")} | {name: one.title for name, one in FORMATS.items()}
"""What a scenario was read from."""

OF: Final = {
    False: N_("The exact frontier of the packages that every side at the table can accept"),
    True: N_("The exact frontier of all packages that keep the public rules, red lines and reservations left aside"),
}
"""What a frontier is of, by whether it is of everything."""
