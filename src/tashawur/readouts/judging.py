"""What a statement is by its content: its act, modality, negation, deadline, condition, topic, and the like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tashawur.readouts.arabic import is_ours
from tashawur.readouts.drafts import Draft, Range, cue_at
from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import Phrases
from tashawur.readouts.names import Parties, any_of, is_any, is_future
from tashawur.readouts.russian import is_past, is_perfective_future, is_present
from tashawur.readouts.values import Modality
from tashawur.readouts.weighed import in_future, is_negated

_COMMAS: Final = frozenset(",،;؛")
_STOPS: Final = frozenset(".!?؟")
_PLAIN: Final = frozenset({"claimed", "announced"})
_SHORT: Final = 3
_JOINING: Final = frozenset({"and", "but", "и", "но", "а", "однако", "so", "also"})


def pieces(laid: Layout, content: Range) -> list[Range]:
    """A quotation cut into what is said one after the other: its sentences, and clauses that are acts of their own."""
    first, end = _without_insertion(laid, content)
    found: list[Range] = []
    begin = first
    for i in range(first, end):
        cut = _cut(laid, begin, i, end)
        if cut is not None:
            found.append((begin, cut[0]))
            begin = cut[1]
    found.append((begin, end))
    trimmed = (_trimmed(laid, one) for one in found)
    return [one for one in trimmed if one[1] > one[0]]


def _without_insertion(laid: Layout, content: Range) -> Range:
    for i in range(content[0] + 1, content[1]):
        if laid.insertion_ends.get(i) == content[1]:
            return content[0], i
    return content


def _cut(laid: Layout, begin: int, i: int, end: int) -> tuple[int, int] | None:
    """Where a piece ends and the next begins, when it does at token `i`."""
    words = laid.tokens.words
    if words[i] == ";" and laid.lexicon.lang != "ar" and i - begin >= _SHORT and end - i > _SHORT:
        return i, i + 1
    if words[i] in _STOPS and i + 1 < end:
        shortened = words[i] == "." and i > 0 and words[i - 1] in laid.lexicon.words["abbreviations"]
        return None if shortened else (i, i + 1)
    if i - begin < _SHORT or end - i < _SHORT:
        return None
    if laid.lexicon.lang == "ar":
        return _arabic_cut(laid, begin, i, end) if words[i - 1] in _COMMAS else None
    if _another_clause(laid, begin, i, end):
        behind = words[i - 1] in _LINKING and words[i - 2] in _COMMAS
        return (i - 2 if behind else i - 1), i
    broken = words[i] in laid.lexicon.words["proposition_breaks"] and words[i - 1] in _COMMAS
    return (i - 1, i + 1) if broken else None


_LINKING: Final = frozenset({"and", "but", "so", "yet", "while", "и", "но", "а"})


def _another_clause(laid: Layout, begin: int, i: int, end: int) -> bool:
    """Whether a clause that is an act of its own begins at token `i`: of the speaker, or behind *, and* of others."""
    words = laid.tokens.words
    if words[i - 1] in _LINKING:
        if words[i] in _SELF or words[i].startswith(("we'", "i'")):
            return True
        if words[i] in _THEY and _wills(laid, i + 1):
            return True
        if words[i - 1] in ("and", "и") and words[begin] in _SELF and _own_act(laid, i, end):
            return True
        if words[i - 2] == "," and _new_clause(laid, i, end):
            return True
    return laid.lexicon.lang == "ru" and _goes_on_of_us(laid, begin, i, end)


_SELF: Final = frozenset({"we", "i", "мы", "я"})


def _new_clause(laid: Layout, i: int, end: int) -> bool:
    """*..., and nobody should pretend otherwise*: behind a comma and a conjunction a clause with its own subject."""
    words = laid.tokens.words
    if words[i] not in _SUBJECTS:
        return False
    near = range(i + 1, min(end, i + 6))
    stop = next((n for n in near if words[n] == ","), near.stop)
    if laid.lexicon.lang == "ru":
        return any(
            is_past(words[n]) or is_present(words[n]) or is_perfective_future(words[n]) for n in range(i + 1, stop)
        )
    return any(is_any(laid, n, "auxiliaries", "will_verbs") or words[n].endswith("ed") for n in range(i + 1, stop))


def _goes_on_of_us(laid: Layout, begin: int, i: int, end: int) -> bool:
    """*Мы признательны и будем добиваться ...*; *..., препятствий я не вижу*: a second clause of the first person."""
    words = laid.tokens.words
    if words[i - 1] == "и" and "мы" in words[begin : min(i, begin + 4)]:
        return words[i] in ("будем", "станем") or (words[i].endswith("ем") and is_perfective_future(words[i]))
    if words[i - 1] != ",":
        return False
    if words[i] == "мы":
        led = any(
            is_any(laid, n, "conjunctions", "relatives", "conditional_words", "complementizers")
            for n in range(begin, i)
        )
        return not led and any(is_past(word) or is_present(word) for word in words[begin:i])
    return "я" in words[i : min(end, i + 2)] and words[i + 2 : i + 3] != [","]


_SUBJECTS: Final = frozenset(
    {"nobody", "everybody", "everyone", "anyone", "none", "neither", "both", "this", "that", "these"}
    | {"there", "the", "no", "he", "she", "they", "it", "our", "their", "his", "her", "its", "my", "your"}
    | {"all", "some", "most", "никто", "каждый", "все", "это", "они", "он", "она", "наш", "наша", "наши"}
    | {"его", "ее", "их", "те"}
)
_THEY: Final = frozenset({"he", "she", "they", "it", "он", "она", "они"})


def _own_act(laid: Layout, i: int, end: int) -> bool:
    """*We regret ... and insist on ...*: a second verb of the first person that does something by being said."""
    hit = cue_at(laid, i, end)
    return hit is not None and hit.cue.form in ("base", "first") and hit.cue.act not in ("claimed", "announced")


def _wills(laid: Layout, i: int) -> bool:
    return is_any(laid, i, "will_verbs") or (laid.lexicon.lang == "ru" and is_perfective_future(laid.tokens.words[i]))


def reported_parts(laid: Layout, content: Range) -> list[Range]:
    """A reported clause cut where it goes on: *that ..., and that ...*, and before *but*, *но*.

    Whether a part behind *but* stands by itself is for the acts to tell.
    """
    words = laid.tokens.words
    found, begin = [], content[0]
    for i in range(content[0] + _SHORT, content[1] - _SHORT):
        if laid.quote_of[i] >= 0 or i - begin < _SHORT or words[i] not in _GOING_ON:
            continue
        again = words[i + 1] in ("that", "что") or words[i : i + 3] == ["а", "также", "что"]
        if again or (words[i] in ("but", "но") and words[i - 1] in _COMMAS):
            found.append((begin, i - 1 if words[i - 1] in _COMMAS else i))
            begin = i + (3 if words[i + 1] == "также" else 2 if again else 1)
    found.append((begin, content[1]))
    return found


_GOING_ON: Final = frozenset({"and", "but", "и", "но", "а", "или", "or"})


def _arabic_cut(laid: Layout, begin: int, i: int, end: int) -> tuple[int, int] | None:
    words = laid.tokens.words
    if words[i].startswith(("لكن", "ولكن")) and any(_arabic_act(laid, n) for n in range(i + 1, min(i + 3, end))):
        return i - 1, i + 1
    if words[i] in ("ولم", "ولن", "فلن", "فلم", "ولا") and (
        words[i + 1][0] in "نيت" or laid.tokens.raw(i + 1)[0] == "أ"
    ):
        return i - 1, i
    # *، وننتظر منهم*, *، وسجلاتنا رهن*: the speakers again, by a verb or by what is theirs.
    ours = words[i][0] == "و" and len(words[i]) > 4 and (words[i].endswith("نا") or is_ours(words[i][1:]))
    future = words[i][0] == "و" and (is_future(laid, i) or words[i] == "وسوف")
    if future or ours or words[i] in laid.lexicon.words["new_clauses"]:
        return i - 1, i
    if _arabic_act(laid, i) or words[i] in ("واليوم", "وهو", "وهي") or is_any(laid, i, "proposition_breaks"):
        return _past_connective(laid, begin, i)
    return None


def _past_connective(laid: Layout, begin: int, i: int) -> tuple[int, int]:
    """*، ولكن في الوقت نفسه، سنعمل*: the words between the commas belong to neither piece."""
    words = laid.tokens.words
    stop = i - 1
    for step in range(i - 2, max(begin, i - 7), -1):
        if words[step] in _COMMAS:
            if words[step + 1] in ("ولكن", "لكن", "وفي", "كما", "بل", "ومع"):
                stop = step
            break
    start = i + 1 if words[i] in ("لان",) else i
    return stop, start


def _arabic_act(laid: Layout, i: int) -> bool:
    word = laid.tokens.words[i]
    bare = word[1:] if word[0] in "وف" else word
    if bare.startswith("سن") and len(bare) > 4:
        return True
    hit = cue_at(laid, i, len(laid.tokens))
    return hit is not None and hit.cue.form in ("we", "I") and (hit.fallen > 0 or hit.cue.form == "we")


def _trimmed(laid: Layout, piece: Range) -> Range:
    first, end = piece
    words = laid.tokens.words
    while first < end and (
        not laid.tokens.is_word(first)
        or words[first] in _JOINING
        or (
            words[first] in laid.lexicon.words["interjections"]
            and words[first + 1 : first + 2]
            and words[first + 1] in (",", "،", ".")
        )
    ):
        first += 1
    while end > first and not laid.tokens.is_word(end - 1) and words[end - 1] not in ('"', "»", "”", ")"):
        end -= 1
    return _without_insertion(laid, (first, end))


def reported(laid: Layout, draft: Draft, piece: Range) -> Range:
    """The piece past words that only say that something was said: *we told the other side that ...*."""
    first = piece[0]
    hit = cue_at(laid, first if laid.lexicon.lang == "ar" else _past_pronoun(laid, first), piece[1])
    modal = laid.lexicon.lang == "en" and laid.tokens.words[first + 1 : first + 2] in (["should"], ["must"], ["can"])
    forms = ("we", "past", "m", "f", "base") if modal else ("we", "past", "m", "f")
    if hit is None or hit.cue.act not in _PLAIN or hit.cue.form not in forms or hit.at - first > 2:
        return piece
    if laid.lexicon.lang == "ar" and (hit.cue.form != "we" or is_any(laid, hit.at, "wishes", "sees", "opinions")):
        return piece
    for i in range(hit.end, min(piece[1], hit.end + 12)):
        if laid.tokens.words[i] in laid.lexicon.words["complementizers"]:
            draft.inner_cue = hit.at, hit.end
            if i > hit.end + 1:
                draft.addressee = hit.end, i
            return i + 1, piece[1]
    return piece


def _past_pronoun(laid: Layout, first: int) -> int:
    if laid.tokens.words[first] not in laid.lexicon.words["first_person"]:
        return first
    return first + 2 if laid.tokens.words[first + 1 : first + 2] in (["should"], ["must"], ["can"]) else first + 1


def modality_of(laid: Layout, piece: Range, act: str, *, conditional: bool) -> Modality:
    """How firmly it is said."""
    if conditional and act in ("agreed", "pledged", "announced"):
        return "conditional"
    if act in ("agreed", "pledged"):
        return "committed"
    words = laid.tokens.words
    if act == "urged" or any_of(laid, piece[0], piece[1], "necessity"):
        return "necessary"
    if laid.lexicon.lang == "ar" and any(word.startswith(("يمكن", "لايمكن")) for word in words[piece[0] : piece[1]]):
        return "necessary" if is_negated(laid, piece) else "possible"
    if not _POSSIBLE.isdisjoint(words[piece[0] : piece[1]]):
        return "possible"
    return "intended" if act in ("announced", "claimed") and in_future(laid, piece) else "asserted"


_POSSIBLE: Final = frozenset({"may", "might", "could", "может", "могут", "قد"})


_NONE: Final = Phrases(())


def condition_in(laid: Layout, piece: Range) -> Range | None:
    """The condition inside the content, to the end of its clause."""
    words, phrases = laid.tokens.words, laid.lexicon.phrases
    relatives, conditional = phrases.get("conditional_relatives", _NONE), phrases["conditional"]
    for i in sorted({*relatives.places(words, *piece), *conditional.places(words, *piece)}):
        matched = relatives.at(words, i)
        if matched is not None and i + matched[0] < piece[1]:
            return i + matched[0], piece[1]
        matched = conditional.at(words, i)
        if matched is None:
            continue
        if words[i] in ("once", "until", "conditional", "subject", "contingent", "provided") and not _english_condition(
            words, i
        ):
            continue
        if words[i] == "علي" and words[i - 1] not in _COMMAS:
            continue
        if words[i] in ("عند", "حال", "فور", "ان") and i + 2 < len(words) and words[i] == "عند":
            continue
        return i, _clause_end(laid, i, piece[1])
    return None


def _english_condition(words: Sequence[str], i: int) -> bool:
    after = words[i + 1 : i + 2]
    word = words[i]
    if word == "subject":
        return after == ["to"]
    if word in ("conditional", "contingent"):
        return after in (["on"], ["upon"])
    return word != "provided" or after in (["that"], ["the"], ["both"], ["it"])


def _clause_end(laid: Layout, i: int, end: int) -> int:
    while end > i + 1 and not laid.tokens.is_word(end - 1):
        end -= 1
    for step in range(i + 2, end):
        if laid.tokens.words[step] in _COMMAS and step - i > 3:
            return step
    return end


def purpose_in(laid: Layout, piece: Range) -> Range | None:
    """The purpose inside the content: *with the aim of ...*, *بهدف ...*, *لحل ...*; the phrase itself is included."""
    words, purposes = laid.tokens.words, laid.lexicon.phrases["purpose"]
    proclitic = laid.lexicon.words.get("purpose_proclitic", frozenset())
    phrased = [i for i in purposes.places(words, piece[0] + 1, piece[1]) if purposes.at(words, i) is not None]
    glued = [i for i in range(piece[0] + 1, piece[1]) if words[i] in proclitic] if proclitic else []
    first = min([*phrased[:1], *glued[:1]], default=None)
    return None if first is None else (first, next((i for i in phrased if i > first), piece[1]))


def topic_of(laid: Layout, parties: Parties, piece: Range) -> str | None:
    """What it is about: the topic whose words stand first in the content; a conflict in a state is its settlement."""
    lexicon, words = laid.lexicon, laid.tokens.words
    best: tuple[bool, int, int, str] | None = None
    topics_of = lexicon.topics_of
    for i in range(*piece):
        for rank, topic, rest in topics_of(words[i]):
            following = words[i + 1 : min(piece[1], i + 1 + len(rest))]
            if len(following) == len(rest) and all(map(lexicon.has_stem, following, rest)):
                found = topic in _OF_EVERY_TEXT, i, rank, topic
                best = found if best is None else min(best, found)
    stop = piece[1] if best is None or best[0] else best[1] + 1
    for i in range(piece[0], stop):
        if is_any(laid, i, "absent_cues"):
            codes = parties.codes(i, min(piece[1], i + 8))
            if codes:
                return settlement_of(codes[-1])
    return best[3] if best else None


def settlement_of(code: str) -> str:
    """The topic of ending a conflict in a state.

    >>> settlement_of("UA"), settlement_of("XX")
    ('ukraine_settlement', 'xx_settlement')
    """
    return f"{_PLAIN_NAMES.get(code, code.lower())}_settlement"


_OF_EVERY_TEXT: Final = frozenset({"talks", "process"})
"""Topics that count only where nothing more special is named."""
_PLAIN_NAMES: Final = {"UA": "ukraine", "SY": "syria", "YE": "yemen", "SD": "sudan", "LY": "libya"}


def criteria_in(laid: Layout, piece: Range) -> Iterator[Range]:
    """Measures that the content sets: *early*, and those of *in a way that is durable, sustainable and ...*."""
    words = laid.tokens.words
    if laid.lexicon.lang != "ar":
        return
    for i in range(*piece):
        if words[i] in ("مبكر", "عاجل", "شامل"):
            yield i, i + 1
        if words[i] in ("بطريقه", "بطريقة", "بصورة", "بشكل") and i + 1 < piece[1]:
            begin = i + 1
            for step in range(i + 2, piece[1] + 1):
                if step == piece[1] or (words[step].startswith("و") and words[step].endswith("ة")):
                    yield begin, step
                    begin = step
