"""What acts and the like are called for people: phrases of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tashawur.readouts.values import Act
from tashawur.terms.phrases import N_

ACTS: Final[Mapping[Act, str]] = {
    "agreed": N_("agreed"),
    "pledged": N_("pledges"),
    "proposed": N_("proposes"),
    "announced": N_("announces"),
    "claimed": N_("states"),
    "assessed": N_("judges"),
    "urged": N_("urges"),
    "demanded": N_("demands"),
    "denied": N_("denies"),
    "refused": N_("refuses"),
    "disagreed": N_("does not agree"),
    "thanked": N_("thanks"),
    "welcomed": N_("welcomes"),
    "condemned": N_("condemns"),
    "concern": N_("is concerned"),
    "reaffirmed": N_("reaffirms"),
    "supported": N_("supports"),
    "discussed": N_("talked about"),
    "asked": N_("asks"),
}

FAMILIES: Final[Mapping[Act, str]] = {
    **dict.fromkeys(("agreed", "pledged", "proposed", "announced"), "binding"),
    **dict.fromkeys(("denied", "refused", "disagreed", "condemned", "demanded", "concern"), "against"),
    **dict.fromkeys(("thanked", "welcomed", "supported", "reaffirmed"), "for"),
    **dict.fromkeys(("claimed", "assessed", "urged", "discussed", "asked"), "said"),
}
"""Acts of one colour: what binds, what is held against something, what is for it, what is only said."""

LANGUAGES: Final[Mapping[str, str]] = {"ar": N_("Arabic"), "en": N_("English"), "ru": N_("Russian")}
