"""What acts and the like are called for people: phrases of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tashawur.readouts.values import Act, Reason
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

REASONS: Final[Mapping[Reason, str]] = {
    "not_as_asked": N_("not of the form that was asked for"),
    "too_many": N_("more than the sentences can hold"),
    "no_such_sentence": N_("no such sentence was sent"),
    "no_such_act": N_("no act of that name"),
    "too_short": N_("too short to say anything"),
    "not_in_text": N_("not in the text"),
    "other_sentence": N_("in another sentence than it names"),
    "respelled": N_("written otherwise than in the text"),
    "stitched": N_("put together from pieces of the text"),
    "ambiguous": N_("in its sentence more than once"),
    "inside_word": N_("cuts into a word"),
    "negation_cut": N_("leaves out a negation beside it"),
    "speaker_in_content": N_("the speaker is named only inside what is said"),
    "speaker_later": N_("the speaker is named only later"),
    "unknown_party": N_("a party that the text does not name"),
    "other_party": N_("another party than the words name"),
    "already_found": N_("found already"),
}
"""Why something that a model returned is rejected."""

LANGUAGES: Final[Mapping[str, str]] = {"ar": N_("Arabic"), "en": N_("English"), "ru": N_("Russian")}
