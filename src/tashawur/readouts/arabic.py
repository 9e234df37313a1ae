"""The forms of Arabic verbs and of their nouns.

Those of a verb are made from its past and its present, `قال/يقول`, `حثّ/يحثّ`.

Each is told with what its ending agrees with: `m`, `f` one, `d`, `fd` two, `p` several, `we`, `I`, or
`participle`. What is written alike is told once, by the more frequent reading: *أعلن* is *he announced*, not
*I announce*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tashawur.readouts.tokens import fold

_NO_VERBS: Final = frozenset(
    [
        "سيما",
        "ستار",
        "ستائر",
        "سياق",
        "سياج",
        "سيارات",
        "سيادي",
        "سياسي",
        "ستون",
        "ستين",
        "سنوي",
        "سنين",
        "سيدات",
        "سيول",
        "سيناء",
        "ستينات",
        "سيناريو",
    ]
)
BEHIND_ONLY: Final = frozenset({"d", "fd", "p", "we", "I"})
"""Forms whose subject never follows: a verb before its subject is singular."""
_MASDAR: Final = re.compile(
    r"^(?:است\w{1,3}ا\w[هة]?|ان\w{2}ا\w|ا\w{2,3}ا[^اتنه]|ا\w{1,2}ا[ةه]|ت\w{2}ي\w[هة]?|ت[^ات]\w?ا[^ت]\w|م\w?ا\w{2}[ةه])$"
)
_DOUBLED: Final = "\u0651"
_OF_US: Final = "نا"
"""Glued to a verb of one woman or of one in the present: *أبلغتنا*; *أبلغنا* is rather *we informed*."""
_OBJECTS: Final = ("ني", "ه", "ها", "هم", "هما", "كم")


def forms(verb: str, listed: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """All forms of a verb; `+` behind it adds those with a person as object (*وعدني*, *أبلغها*).

    `listed` holds, under a past, the few forms of it that are to be looked up where the others mean something else.
    """
    with_object = verb.endswith("+")
    past, _, present = verb.removesuffix("+").partition("/")
    if past in listed:
        made = [(one, _ending(one)) for one in listed[past]]
    elif not present and not past.startswith("="):
        made = [(past, "m")]
    else:
        made = [*_past(past)]
    if present:
        made += [*_present(present), *_participles(past, present)]
    if with_object:
        ahead = [(one, form) for one, form in made if form in ("m", "f", "we")]
        made += [(_before_object(one) + ending, form) for one, form in ahead for ending in _OBJECTS]
        made += [(one + _OF_US, form) for one, form in ahead if form == "f" or (form == "m" and one.startswith("ي"))]
    else:
        # *ناقشناه في البرلمان*: what was done to a thing, told by those who did it.
        made += [(one + ending, "we") for one, form in made if form == "we" for ending in ("ه", "ها")]
    return _each_once(made)


def _each_once(made: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for one, form in made:
        found.setdefault(fold(one), (one, form))
    return list(found.values())


def _before_object(form: str) -> str:
    return f"{form[:-1]}ا" if form.endswith("ى") else form


def _past(past: str) -> Iterator[tuple[str, str]]:
    """*قال*, *قالت*, *قالا*, *قالتا*, *قالوا*, *قلنا*, *قلت*; *دعا*, *دعت*, *دعوا*; *حث*, *حثثنا*."""
    stem, own = past, past
    if past.endswith(("ى", "ا")):
        stem, glide = past[:-1], "ي" if past.endswith("ى") else "و"
        own = stem + glide
        yield from ((past, "m"), (f"{stem}ت", "f"), (f"{own}ا", "d"), (f"{stem}تا", "fd"), (f"{stem}وا", "p"))
    elif past.endswith("ي"):
        yield from ((past, "m"), (f"{past}ت", "f"), (f"{past}ا", "d"), (f"{past}تا", "fd"), (f"{past[:-1]}وا", "p"))
    else:
        if past.endswith(_DOUBLED):
            own = past[:-1] + past[-2]
        elif past[-2] == "ا" and len(past) > 2:
            own = past[:-2] + past[-1]
        yield from ((past, "m"), (f"{past}ت", "f"), (f"{past}ا", "d"), (f"{past}تا", "fd"), (f"{past}وا", "p"))
    yield (own[:-1] + "نّا" if own.endswith("ن") else f"{own}نا"), "we"
    if own != past:
        yield f"{own}ت", "I"


def _present(present: str) -> Iterator[tuple[str, str]]:
    """*يدعو*, *تدعو*, *ندعو*, *أدعو*, *يدعوان*, *يدعون*."""
    stem = present[1:]
    yield from ((f"ي{stem}", "m"), (f"ت{stem}", "f"), (f"ن{stem}", "we"), (f"سن{stem}", "we"))
    first = f"آ{stem[1:]}" if stem.startswith("أ") else f"أ{stem}"
    weak = stem.endswith(("ى", "ي", "و"))
    two = f"{stem[:-1]}ي" if stem.endswith("ى") else stem
    several = stem[:-1] if weak else stem
    # Behind *لم*, *لن*, *أن* the endings lose their last letter.
    if weak:
        yield from ((f"ي{several}", "m"), (f"ت{several}", "f"))
    yield from ((f"ي{two}ا", "d"), (f"ت{two}ا", "fd"), (f"ي{several}وا", "p"))
    yield from ((f"ي{two}ان", "d"), (f"ت{two}ان", "fd"), (f"ي{several}ون", "p"), (first, "I"))


def _participles(past: str, present: str) -> Iterator[tuple[str, str]]:
    """The active participle: *مؤكدا* of derived verbs, *رافضا*, *قائلا*, *حاثا* of plain ones."""
    plain = fold(past)
    roots = [f"م{present[1:]}"]
    if len(plain) == 2:
        roots = [f"{plain[0]}ا{plain[1]}"]
    elif len(plain) == 3 and plain[0] != "ا":
        # Without vowels *رفض* and *ندد* look alike, so that both *رافضا* and *منددا* are made of each.
        middle, last = "ئ" if plain[1] == "ا" else plain[1], "ي" if plain[2] in ("ا", "ي") else plain[2]
        roots.append(f"{plain[0]}ا{middle}{last}")
    for root in roots:
        stem = f"{root[:-1]}ي" if root.endswith("ى") else root
        yield from ((stem + ending, "participle") for ending in ("ا", "ة", "ين", "ان"))


def _ending(word: str) -> str:
    """What a listed form of the past agrees with."""
    for ending, form in (("تا", "fd"), ("نا", "we"), ("ت", "f"), ("وا", "p")):
        if word.endswith(ending):
            return form
    return "d" if word.endswith("ا") and len(word) > 3 else "m"


def tells_future(word: str) -> bool:
    """Whether a word, without a conjunction before it, has the form of a verb in the future.

    >>> [tells_future(fold(word)) for word in ("ستعلن", "سأرفع", "سياسة", "سنويا")]
    [True, True, False, False]
    """
    long = len(word) > 4 or (len(word) == 4 and word[1] in "يتن")
    return (
        word[:2] in ("سي", "ست", "سن", "سا") and long and not word.endswith(("ة", "ات", "يا")) and word not in _NO_VERBS
    )


def is_ours(word: str) -> bool:
    """Whether a word has the form of a verb in the present of *we*: *ننتظر*, *نستأنف*."""
    return word.startswith("ن") and 4 <= len(word) <= 7 and not word.endswith(("ة", "ات", "ا", "ي", "ية"))


def is_verbal_noun(word: str) -> bool:
    """Whether the word has the form of a verbal noun, or is *عدم*."""
    plain = word.removeprefix("ال")
    owned = next((plain.removesuffix(one) for one in ("هما", "ها", "هم", "نا") if plain.endswith(one)), plain)
    return has_noun_form(plain) or has_noun_form(owned) or word in ("عدم", "ما", "ان", "الا")


def has_noun_form(word: str) -> bool:
    """Whether the word, without the article, has the form of the noun of a derived verb: *إنشاء*, *تنفيذ*.

    >>> [has_noun_form(fold(word)) for word in ("إنشاء", "تنفيذ", "مناقشة", "نارفا")]
    [True, True, True, False]
    """
    return bool(_MASDAR.match(word))
