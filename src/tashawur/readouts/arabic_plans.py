"""What a party will do, told in Arabic by a text that speaks for its authors: treaties, joint statements, releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from tashawur.readouts.arabic_subjects import COMMAS, is_present, named_before, subject_behind
from tashawur.readouts.drafts import Draft, Range
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.names import Parties, is_any, is_future, speakerish
from tashawur.readouts.shapes import end_of
from tashawur.readouts.values import Act

_IF: Final = frozenset({"فاذا", "واذا", "فان"})


_DAMMA: Final = "\u064f"
"""Written on the first letter it tells a verb in the present from a noun: *وتُعلم*."""


def beside(laid: Layout, parties: Parties, sentence: Sentence, found: Sequence[Draft]) -> list[Draft]:
    """What was found in a sentence, with the plans before its first verb and behind its last.

    *يتعاون الأطراف ...، ويمتنعون عن ...*: the plan stands before the first verb that was found.
    """
    cues = [one.cue[0] for one in found if one.cue is not None]
    before = _planned(laid, parties, sentence, min([end_of(laid, sentence), *cues]))
    behind = _behind(laid, parties, sentence, found[-1].content[1]) if found and not found[-1].quote else ()
    return sorted([*before, *behind, *found], key=lambda draft: draft.content)


def _behind(laid: Layout, parties: Parties, sentence: Sentence, stop: int) -> Iterator[Draft]:
    """*تتكفل نيرفا بالشتلات، وتتحمل سوران نفقات نقلها*: the plan behind what was found."""
    end = end_of(laid, sentence)
    if stop + 3 < end and laid.tokens.words[stop] in COMMAS and laid.tokens.words[stop + 1][0] == "و":
        yield from _planned(laid, parties, replace(sentence, start=stop + 1), end)


def _planned(laid: Layout, parties: Parties, sentence: Sentence, end: int) -> Iterator[Draft]:
    """*تعيد نارفا فتح المعبر*, *سيلتقي الوزيران*, *لن تغادر البعثة*: the whole clause is what is made known."""
    found = _verb(laid, sentence, end)
    if found is None:
        return
    verb, negated = found
    subject, form = _who(laid, parties, sentence, verb)
    if subject is None and not form:
        return
    begin = verb - 1 if negated else verb
    begin = min(begin, subject[0]) if subject is not None else begin
    cuts = [i for i in range(verb + 2, end - 3) if _further(laid, i) or _of_another(laid, i)]
    first, words = (verb, verb + 1), laid.tokens.words
    for number, (start, stop) in enumerate(zip([begin, *cuts], [*cuts, end], strict=True)):
        cue = first if not number else (start, start + 1)
        end_at = stop - 1 if words[stop - 1] in COMMAS else stop
        trim = _conjunction(laid, start)
        if number and _of_another(laid, start):
            subject = subject_behind(laid, parties, start, stop) or subject
        act: Act = "refused" if words[start] in ("لن", "ولن") or (negated and not number) else "announced"
        act = "claimed" if form and words[begin] in ("لا", "ولا") else act
        if act == "announced" and sentence.item and subject is not None and _all(laid, subject):
            # What all take upon themselves in a point of an agreement is agreed.
            act = "agreed"
        yield Draft(
            (start, end_at), cue, act, "narrative", subject, trim=trim, cue_trim=_conjunction(laid, cue[0]), form=form
        )


def _all(laid: Layout, subject: Range) -> bool:
    """*الطرفان*, *كل طرف*: all who agree."""
    each = laid.tokens.words[subject[0]] in ("كل", "كلا") and subject[1] - subject[0] > 1
    return is_any(laid, subject[0] + each, "groups")


def _conjunction(laid: Layout, i: int) -> int:
    """1 where *and* or *so* is glued to the word."""
    word = laid.tokens.words[i]
    return int(word in ("ولن", "فلن", "ولا") or (word[0] in "وف" and _joined_verb(laid, i)))


def _joined_verb(laid: Layout, i: int) -> bool:
    word = laid.tokens.words[i]
    return is_future(laid, i) or (word[1:2] in ("ي", "ت", "ا", "ل", "ن") and len(word) > 3)


def _verb(laid: Layout, sentence: Sentence, end: int) -> tuple[int, bool] | None:
    """The verb that tells the plan, and whether it is negated."""
    words = laid.tokens.words
    for i in range(sentence.start, min(end - 1, sentence.start + 18)):
        if laid.quote_of[i] >= 0:
            return None
        bare = words[i][1:] if words[i][0] in "وف" else words[i]
        if bare == "لن" or (bare == "لا" and i == sentence.start):
            deed = i + 2 < sentence.end and words[i + 1][0] in "يتنا" and not is_any(laid, i + 1, "no_deeds")
            return (i + 1, True) if deed else None
        if bare == "سوف":
            return i + 1, False
        if is_future(laid, i):
            return i, False
        if i == sentence.start and _treaty_verb(laid, i):
            return i, False
    return None


def _treaty_verb(laid: Layout, i: int) -> bool:
    """A verb in the present that opens its sentence and tells a deed: no passive, nor one that defines."""
    word = laid.tokens.words[i]
    bare = word[1:] if word[0] in "وف" else word
    bound = any(is_any(laid, n, "bound") for n in range(i + 1, min(i + 6, len(laid.tokens))))
    return is_present(laid, i) and (bound or not is_any(laid, i, "no_deeds")) and bare not in ("تم", "يتم")


def _who(laid: Layout, parties: Parties, sentence: Sentence, verb: int) -> tuple[Range | None, str]:
    """Who will do it; of a verb in the first person nobody is named, and its form tells it."""
    word = laid.tokens.words[verb]
    bare = word[1:] if word[0] in "وف" else word
    if bare.startswith(("سا", "ا")):
        return None, "I"
    before = named_before(laid, parties, sentence.start, verb)
    if before is not None:
        return before, ""
    subject = subject_behind(laid, parties, verb, sentence.end)
    if subject is None and verb + 1 < sentence.end and laid.tokens.words[verb + 1].endswith("اتنا"):
        # *لن تتهاون قواتنا*: those of the authors.
        return None, "we"
    if subject is None:
        return None, "we" if bare.startswith(("سن", "ن")) else ""
    words = laid.tokens.words
    if words[subject[0]] in ("اي", "كل") and _part_of_group(laid, subject[1]):
        # *لا يكشف أي من الطرفين ...*
        return (subject[0], subject[1] + 2), ""
    known = speakerish(laid, parties, *subject) or any(laid.tokens.words[i] in parties.names for i in range(*subject))
    told = is_future(laid, verb) or sentence.item or (known and not _past_of_one(laid, bare, subject))
    return (subject if told else None), ""


def _part_of_group(laid: Layout, i: int) -> bool:
    return laid.tokens.words[i : i + 1] == ["من"] and i + 1 < len(laid.tokens) and is_any(laid, i + 1, "groups")


def _past_of_one(laid: Layout, verb: str, subject: Range) -> bool:
    """*ترأس وفد السلطنة*: a man or a body of masculine name does not take the feminine of the present."""
    head = laid.tokens.words[subject[0]]
    known = is_any(laid, subject[0], "roles", "bodies", "ministries", "groups")
    return verb[0] == "ت" and known and not head.endswith(("ة", "اء", "ات", "راف", "ول"))


def _of_another(laid: Layout, i: int) -> bool:
    """*، وتتحمل سلطة النقل التكاليف*: a further clause, with a party of its own behind its verb."""
    words = laid.tokens.words
    if words[i][0] != "و" or words[i - 1] not in COMMAS or not is_present(laid, i) or laid.quote_of[i] >= 0:
        return False
    return is_any(laid, i + 1, "roles", "ministries", "bodies", "groups") or words[i + 1] in laid.names


def _further(laid: Layout, i: int) -> bool:
    """Whether a further clause with a deed begins: *، فإذا تعذر ذلك أحالوه*, *وسيرفعان*, *ويرفعان*."""
    words = laid.tokens.words
    word = words[i]
    if laid.quote_of[i] >= 0:
        return False
    if (word in _IF or word == "ولن") and words[i - 1] in COMMAS:
        return True
    if laid.tokens.raw(i)[:1] == "و" and laid.tokens.raw(i)[2:3] == _DAMMA and word[1:2] in ("ي", "ت"):
        return True
    several = word[1:2] in ("ي", "ت") and word.endswith(("ان", "ون")) and len(word) > 6
    return word[0] == "و" and (is_future(laid, i) or several)
