"""What the rules know of a language: cue words and the rest, made ready to look up from the data files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, cast

from tashawur.readouts import arabic
from tashawur.readouts.tokens import fold
from tashawur.readouts.values import Act

_COMMON: Final = ("roles", "ministries", "bodies", "realms", "object_nouns")
"""Groups of Arabic words that are no names of states."""
_REMEMBERED: Final = 50_000
"""Words whose groups are remembered: more than a language's texts hold in a day, and a bound on memory."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a verb that tells that something is said.

    `rest` are the words that must follow, each one of several; with `gap` the subject may stand before them.
    `form` is `past`, `present`, `base`, `participle` or, of Arabic verbs, the ending that agrees with the subject; of
    Russian ones also `first` (I, we), `passive` (*отмечено*) and `done` (*выражена*, agrees with what was done).
    """

    act: Act
    form: str
    rest: tuple[frozenset[str], ...]
    gap: bool


class Phrases:
    """Phrases of several words, each with what it stands for; the longest one that matches counts."""

    def __init__(self, rows: Iterable[tuple[str, Any]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[frozenset[str], ...], Any]]] = {}
        self.ends: set[str] = set()
        """The words with which a phrase may end."""
        for phrase, value in rows:
            steps = tuple(frozenset(fold(one) for one in step.split("|")) for step in phrase.split())
            self.ends |= steps[-1]
            for first in steps[0]:
                self._by_first.setdefault(first, []).append((steps[1:], value))
        for held in self._by_first.values():
            held.sort(key=lambda one: -len(one[0]))

    def at(self, words: Sequence[str], i: int, first: str | None = None) -> tuple[int, Any] | None:
        """How many words from `i` on match, and the value; `first` stands in for word `i`."""
        if i >= len(words):
            return None
        held = self._by_first.get(first or words[i])
        if held is None:
            return None
        for rest, value in held:
            if _follow(words, i + 1, rest):
                return 1 + len(rest), value
        return None

    def places(self, words: Sequence[str], start: int, end: int) -> Sequence[int]:
        """The words from `start` to before `end` with which a phrase may begin: mostly none, which is told at once."""
        near = words[start:end]
        if self._by_first.keys().isdisjoint(near):
            return ()
        return [i for i, word in enumerate(near, start) if word in self._by_first]

    def within(self, words: Sequence[str], start: int, end: int) -> bool:
        """Whether a phrase begins between two words."""
        return any(self.at(words, i) is not None for i in self.places(words, start, end))

    def __contains__(self, word: str) -> bool:
        return word in self._by_first


def _follow(words: Sequence[str], i: int, rest: Sequence[frozenset[str]]) -> bool:
    """Whether the words from `i` on are one of each step."""
    if i + len(rest) > len(words):
        return False
    for step in rest:
        if words[i] not in step:
            return False
        i += 1
    return True


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language, ready to look up. All words are folded."""

    lang: str
    cues: Mapping[str, Sequence[Cue]]
    words: Mapping[str, frozenset[str]]
    by_word: Mapping[str, Sequence[str]]
    """The groups of each word."""
    prefixes: Mapping[str, tuple[str, ...]]
    """Beginnings of words by group: those that the data file writes with a star."""
    phrases: Mapping[str, Phrases]
    lines: Mapping[str, re.Pattern[str]]
    months: Mapping[str, int]
    hijri_months: Phrases
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    relative: Mapping[str, int]
    topics: Sequence[tuple[str, Sequence[tuple[str, ...]]]]
    parties: Phrases
    """Names, capitals and adjectives of states and bodies, by their codes."""
    capitals: frozenset[str]
    deadline_words: frozenset[str]
    """Words that a phrase of a deadline begins with."""
    day_words: frozenset[str]
    """Words that a day may begin with, besides digits."""
    manners: Phrases
    """Phrases that say more than the verb beside them (*noted with regret*), by their acts."""
    attitudes: Mapping[str, Act]
    """The act of each noun that tells an attitude or a deed of words: *regret was voiced*, *a deal was struck*."""
    done: frozenset[str]
    """The English participles with which such a noun stands in the passive: *voiced*, *struck*."""
    followed: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict, repr=False)
    """For a cue and a word near it, which of the cue's readings the word may go with: found once for each pair."""
    _groups: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _cue_forms: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict, repr=False)
    _party_forms: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict, repr=False)
    _topics: dict[str, tuple[tuple[int, str, tuple[str, ...]], ...]] = field(default_factory=dict, repr=False)

    def groups_of(self, word: str) -> frozenset[str]:
        """The groups of words that a word belongs to; of an Arabic one, also without its proclitics.

        Found once for each word: texts ask for the same words again and again.
        """
        found = self._groups.get(word)
        if found is None:
            if len(self._groups) > _REMEMBERED:
                self._groups.clear()
            found = self._groups[word] = self._find_groups(word)
        return found

    def cue_forms(self, word: str) -> tuple[tuple[int, str], ...]:
        """The forms of a word that are cues, of an Arabic one also without a conjunction, and the letters that fell."""
        found = self._cue_forms.get(word)
        if found is None:
            if len(self._cue_forms) > _REMEMBERED:
                self._cue_forms.clear()
            joined = self.lang == "ar" and word[0] in "وف" and len(word) > 2
            forms = [(0, word), (1, word[1:])] if joined else [(0, word)]
            found = self._cue_forms[word] = tuple(one for one in forms if one[1] in self.cues)
        return found

    def party_forms(self, word: str) -> tuple[tuple[int, str], ...]:
        """The forms of a word with which the name of a party may begin: *Germany's*, *وللسعودية*; letters that fell."""
        found = self._party_forms.get(word)
        if found is None:
            if len(self._party_forms) > _REMEMBERED:
                self._party_forms.clear()
            forms = without_proclitics(word) if self.lang == "ar" else ((0, word.removesuffix("'s")),)
            found = self._party_forms[word] = tuple(one for one in forms if one[1] in self.parties)
        return found

    def topics_of(self, word: str) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
        """The topics that a word may begin: the rank of each, its name, and what must follow."""
        found = self._topics.get(word)
        if found is None:
            if len(self._topics) > _REMEMBERED:
                self._topics.clear()
            found = self._topics[word] = tuple(
                (rank, topic, stem[1:])
                for rank, (topic, stems) in enumerate(self.topics)
                for stem in stems
                if self.has_stem(word, stem[0])
            )
        return found

    def has_stem(self, word: str, stem: str) -> bool:
        """Whether the word, without its proclitics, begins so."""
        if self.lang == "ar":
            return any(form.startswith(stem) for _, form in without_proclitics(word))
        return word.startswith(stem)

    def _find_groups(self, word: str) -> frozenset[str]:
        arabic = self.lang == "ar"
        forms = [form for _, form in without_proclitics(word)] if arabic else [word.removesuffix("'s")]
        found = {group for form in forms for group in self.by_word.get(form, ())}
        return frozenset(found | {group for group, held in self.prefixes.items() if forms[0].startswith(held)})


def lexicon(data: bytes, parties: bytes) -> Lexicon:
    """The lexicon of a language from its data file and that of the parties, both TOML."""
    held, named = tomllib.loads(data.decode("utf-8")), tomllib.loads(parties.decode("utf-8"))
    lang: str = held.get("lang") or _lang_of(held)
    deadlines = held["deadlines"]
    words = {
        key: frozenset(fold(one) for one in value) for key, value in held["words"].items() if isinstance(value, list)
    }
    if lang == "ar":
        words |= {key: words[key] | frozenset(_with_article(words[key])) for key in ("roles", "ministries", "bodies")}
        words["common_nouns"] = frozenset().union(*(words[key] for key in _COMMON))
    phrased = {**held["words"], **{key: deadlines[key] for key in ("before", "within", "vague", "event", "end_of")}}
    return Lexicon(
        lang=lang,
        cues=_cues(held, lang),
        words=words,
        by_word=_by_word(words),
        prefixes={
            key: tuple(fold(one[:-1]) for one in value if one.endswith("*"))
            for key, value in held["words"].items()
            if isinstance(value, list) and any(one.endswith("*") for one in value)
        },
        phrases={
            key: Phrases((one, key) for one in value) for key, value in phrased.items() if isinstance(value, list)
        },
        lines={
            key: re.compile(_in_any_spelling("|".join(f"(?:{one})" for one in value)), re.IGNORECASE)
            for key, value in held["lines"].items()
        },
        months={fold(name): number for number, names in enumerate(deadlines["months"], 1) for name in names.split("|")},
        hijri_months=Phrases(
            (name, number)
            for number, names in enumerate(deadlines.get("hijri_months", ()), 1)
            for name in names.split("|")
        ),
        numbers={fold(key): value for key, value in deadlines["numbers"].items()},
        units={fold(key): value for key, value in deadlines["units"].items()},
        relative={fold(key): value for key, value in deadlines["relative"].items()},
        topics=[
            (topic, [tuple(fold(part) for part in stem.split()) for stem in stems])
            for topic, stems in held["topics"].items()
        ],
        parties=Phrases(_parties(named, lang)),
        deadline_words=frozenset(
            fold(first)
            for key in ("before", "within", "vague")
            for one in deadlines[key]
            for first in one.split()[0].split("|")
        ),
        day_words=_day_words(held),
        capitals=frozenset(fold(one) for names in named.values() for one in names.get("capitals", ())),
        manners=Phrases(held.get("manners", {}).items()),
        attitudes={
            fold(noun): cast("Act", act)
            for act, nouns in (*held.get("attitudes", {}).items(), *held.get("deeds", {}).items())
            if act not in _OF_ATTITUDES
            for noun in nouns
        },
        done=frozenset(held.get("attitudes", {}).get("done", ())),
    )


def _day_words(held: Mapping[str, Any]) -> frozenset[str]:
    deadlines = held["deadlines"]
    months = [name for names in deadlines["months"] for name in names.split("|")]
    listed = [*months, *deadlines["numbers"], *deadlines["relative"], *held["words"]["weekdays"], "يوم"]
    return frozenset(fold(name.split()[0]) for name in listed)


def _with_article(nouns: Iterable[str]) -> Iterator[str]:
    """Arabic nouns as they also stand: *المكتب*, *مصدرا*, *رئيسه*."""
    for noun in nouns:
        if not noun.startswith("ال"):
            yield f"ال{noun}"
            if not noun.endswith(("ة", "ا", "ات")):
                yield from (f"{noun}ا", f"{noun}ه", f"{noun}ها", f"{noun}هم", f"{noun}هما")


def _by_word(words: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group, held in words.items():
        for word in held:
            found.setdefault(word, []).append(group)
    return found


def _in_any_spelling(pattern: str) -> str:
    """The pattern for the letters that writers use alike: forms of hamza, ى and ي, ё and е."""
    for letters in ("أإآا", "ىي", "её"):
        pattern = re.sub(f"[{letters}]", f"[{letters}]", pattern)
    return pattern


def _lang_of(held: Mapping[str, Any]) -> str:
    sample = held["words"]["negators"][0]
    return "ar" if "\u0600" <= sample[0] <= "\u06ff" else "ru" if "а" <= sample[0] <= "я" else "en"


def _parties(held: Mapping[str, Mapping[str, Sequence[str]]], lang: str) -> Iterable[tuple[str, str]]:
    for code, names in held.items():
        for name in names.get(lang, ()):
            yield name, code


def _cues(held: Mapping[str, Any], lang: str) -> dict[str, list[Cue]]:
    forms_of = _FORMS[lang]
    found: dict[str, list[Cue]] = {}
    listed = ((act, verb) for act, verbs in held["cues"].items() for verb in verbs)
    for act, verb in (*listed, *_attitudes(held.get("attitudes", {}), lang)):
        first, *rest = verb.split()
        for one in first.split(","):
            _enter(found, act, one, rest, lambda word: forms_of(word, held["forms"]))
    for word in held["words"].get("homographs", ()):
        found.pop(fold(word), None)
    for held_cues in found.values():
        held_cues.sort(key=lambda cue: -len(cue.rest))
    return found


def _attitudes(held: Mapping[str, Sequence[str]], lang: str) -> Iterator[tuple[Act, str]]:
    """*expressed* with each of the nouns that tell what: the act is that of the noun."""
    for name, nouns in held.items():
        if name not in _OF_ATTITUDES:
            act = cast("Act", name)
            options = "|".join(form for noun in nouns for form in (_noun_forms(noun) if lang == "ar" else (noun,)))
            again = held["again"] if act in _SAID_AGAIN else ()
            yield from ((act, f"{verb} {options}") for verb in (*held["through"], *again))


_OF_ATTITUDES: Final = frozenset({"through", "again", "done"})
"""Parts of the attitudes that list verbs and no nouns."""
_SAID_AGAIN: Final = frozenset(
    {"condemned", "thanked", "concern", "urged", "demanded", "welcomed", "denied", "proposed"}
)
"""Acts that stay what they are when they are renewed; support and promises that are renewed are reaffirmed."""


def _noun_forms(noun: str) -> Iterator[str]:
    """*قلق*, *القلق*, *قلقا*; *خشية* also as it stands before a possessive."""
    yield from (noun, f"ال{noun}")
    yield f"{noun[:-1]}ته" if noun.endswith("ة") else f"{noun}ا"
    if noun.endswith("اء"):
        # Before a possessive: *استيائها*, *استياؤها*.
        yield from (f"{noun[:-1]}ئ", f"{noun[:-1]}ؤ")


def _enter(
    found: dict[str, list[Cue]], act: Act, first: str, rest: list[str], forms_of: Callable[[str], list[tuple[str, str]]]
) -> None:
    """Enters all forms of one verb with the words that must follow it."""
    gap = rest[:1] == ["~"]
    follow = tuple(frozenset(fold(one) for one in step.split("|")) for step in rest if step != "~")
    negated = first == "не"
    if negated:
        first, follow = rest[0], tuple(frozenset(fold(one) for one in step.split("|")) for step in rest[1:])
    elif first in ("высоко", "вновь"):
        first, follow = rest[-1], ()
    for form, kind in forms_of(first):
        word = f"не {fold(form)}" if negated else fold(form)
        found.setdefault(word, []).append(Cue(act, kind, follow, gap))


def _english(verb: str, forms: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    stem = verb[:-1] if verb.endswith("e") else verb
    past, third, participle = f"{stem}ed", f"{verb}s", f"{stem}ing"
    if verb.endswith(("s", "sh", "ch", "x")):
        third = f"{verb}es"
    extra = [f"{verb}led"] if verb.endswith(("el", "al", "il")) and not verb.endswith(("eal", "ail", "eel")) else []
    if verb in ("my", "our"):
        return [(verb, "first")]
    if verb in forms:
        past, third, participle, *extra = forms[verb]
    return [
        *([] if past == verb else [(verb, "base")]),
        (past, "past"),
        (third, "present"),
        (participle, "participle"),
        *((one, "past") for one in extra),
    ]


def _russian(pair: str, forms: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """All forms of a verb: from its past, and from the infinitive of its imperfective where that stands behind."""
    verb, _, lasting = pair.partition("/")
    found = [(one.lstrip("=+"), _listed_form(one)) for one in (*forms.get(verb, ()), *forms.get(lasting, ()))]
    if {f"={verb}", f"+{verb}"}.intersection(forms.get(verb, ())):
        return found
    infinitives = [(verb[:-3] + "ться", "base")] if verb.endswith("лся") else [(f"{verb[:-1]}ть", "base")]
    bare = infinitives if verb.endswith(("л", "лся")) and not verb.endswith(("шел", "чел")) else []
    lasts = [(lasting, "base")] if lasting else []
    return [*found, *_russian_past(verb), *_russian_present(lasting), *bare, *lasts]


def _is_gerund(word: str) -> bool:
    """Whether a Russian form is one like *добавив* or *подчеркивая*, and not *говорится*."""
    return word.endswith(("в", "вшись")) or (word.endswith("я") and not word.endswith("ся"))


def _listed_form(word: str) -> str:
    if word[0] in "=+":
        return "passive" if word[0] == "=" else "first"
    if word.endswith(("ю", "у", "юсь", "усь", "ем", "им", "емся", "имся")):
        return "first"
    return "participle" if _is_gerund(word) else "present"


def _russian_present(verb: str) -> list[tuple[str, str]]:
    """*призывать*: призывает, призывают, призываю, призываем, призывая, призывал, призывается ..."""
    if not verb:
        return []
    back = verb.endswith("ся")
    bare = verb.removesuffix("ся")
    past = bare[:-2]
    if bare.endswith("ить"):
        stem, endings = bare[:-3], ("ит", "ят", "ю", "им", "я")
    elif bare.endswith("овать"):
        stem, endings = f"{bare[:-5]}у", ("ет", "ют", "ю", "ем", "я")
    elif bare.endswith(("давать", "знавать", "ставать")):
        stem, endings = bare[:-4], ("ет", "ют", "ю", "ем", "вая")
    elif bare.endswith("деть"):
        stem, endings = bare[:-3], ("ит", "ят", "ю", "им", "я")
    else:
        stem, endings = past, ("ет", "ют", "ю", "ем", "я")
    plain = [(stem + ending, form) for ending, form in zip(endings, _PRESENT, strict=True)]
    plain += [(past + ending, "past") for ending in ("л", "ла", "ло", "ли")]
    plain += [(f"{plain[1][0][:-1]}{ending}", "adjectival") for ending in _ACTIVE]
    if back:
        return [(_reflexive(word), form) for word, form in plain]
    done = [(_reflexive(word), "passive" if word.endswith(("ет", "ит", "ло")) else "done") for word, form in plain]
    return plain + [one for one, (_, form) in zip(done, plain, strict=True) if form in ("present", "past")]


_ACTIVE: Final = ("щий", "щая", "щее", "щие", "щего", "щей", "щих", "щую", "щем", "щим")
"""Endings of the active participle, behind the plural without its *т*: *призываю-щий*."""
_PRESENT: Final = ("present", "present", "first", "first", "participle")
"""The forms of *призывает, призывают, призываю, призываем, призывая*."""


def _reflexive(word: str) -> str:
    return word + ("сь" if word[-1] in "аеиоуюя" else "ся")


def _russian_past(verb: str) -> list[tuple[str, str]]:
    """*выразил*: выразила, выразили, выразив, выражено ...; *готов*: готова, готовы."""
    if verb.endswith("лся"):
        stem = verb[:-3]
        if stem.endswith("ше"):
            return [(verb, "past"), *((f"{stem[:-1]}{ending}", "past") for ending in ("лась", "лось", "лись"))]
        found = [(stem + ending, "past") for ending in ("лся", "лась", "лось", "лись")]
        return [*found, (f"{stem}вшись", "participle")]
    if verb.endswith(("шел", "чел")):
        return [(verb, "past"), *((f"{verb[:-2]}{ending}", "past") for ending in ("ла", "ло", "ли"))]
    if verb.endswith("л"):
        stem = verb[:-1]
        found = [(stem + ending, "past") for ending in ("л", "ла", "ло", "ли")]
        return [*found, (f"{stem}в", "participle"), *_passive(verb)]
    if verb.endswith(("г", "ес")):
        return [(verb + ending, "past") for ending in ("", "ла", "ло", "ли")] + _agreeing(f"{verb}{_NUT[verb[-1]]}")
    if verb.endswith(("ен", "ов", "рад", "ан", "он")):
        stems = {verb, verb[:-2] + verb[-1]} if verb.endswith(("ен", "он")) else {verb}
        return [(verb, "past"), *((stem + ending, "past") for stem in sorted(stems) for ending in ("а", "о", "ы"))]
    return [(verb, "past")]


_NUT: Final = {"г": "нут", "с": "ен"}
_SOFTENED: Final = {"т": "ч", "д": "жд", "з": "ж", "с": "ш", "в": "вл", "б": "бл", "п": "пл", "м": "мл"}
"""How the last consonant of a stem changes in *отмечен, подтвержден, выражен, заявлен*."""


def _passive(verb: str) -> list[tuple[str, str]]:
    """*отмечено, выражена*: the short passive participle of a verb in *-ил*, *-ел*, *-ал*, *-нул*."""
    if verb.endswith("нул"):
        return _agreeing(f"{verb[:-1]}т")
    if verb.endswith(("ал", "ял")):
        return _agreeing(f"{verb[:-1]}н")
    stem = verb[:-2]
    if verb.endswith("ил") and stem:
        stem = stem[:-1] + _SOFTENED.get(stem[-1], stem[-1])
    return _agreeing(f"{stem}ен")


def _agreeing(participle: str) -> list[tuple[str, str]]:
    """In the neuter nothing need be named (*отмечено, что ...*); in the rest it agrees with what was done."""
    return [(f"{participle}о", "passive"), *((participle + ending, "done") for ending in ("", "а", "ы"))]


_FORMS: Final[Mapping[str, Callable[[str, Mapping[str, Sequence[str]]], list[tuple[str, str]]]]] = {
    "en": _english,
    "ru": _russian,
    "ar": arabic.forms,
}


@lru_cache(maxsize=20_000)
def without_proclitics(word: str) -> tuple[tuple[int, str], ...]:
    """An Arabic word and what is left without the proclitics that it may carry, each with how many letters fell.

    >>> without_proclitics("وللسعودية")
    ((0, 'وللسعودية'), (1, 'للسعودية'), (2, 'السعودية'))
    """
    found = [(0, word)]
    fallen, left = 0, word
    if left[:1] in ("و", "ف") and len(left) > 3:
        fallen, left = fallen + 1, left[1:]
        found.append((fallen, left))
    if left.startswith("لل") and len(left) > 4:
        found.append((fallen + 1, f"ا{left[1:]}"))
    elif left[:1] in ("ب", "ل", "ك") and len(left) > 3:
        found.append((fallen + 1, left[1:]))
    return tuple(found)
