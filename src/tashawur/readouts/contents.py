"""What is said in an Arabic report: where its words begin and end, behind the verb and its subject or before them."""

from __future__ import annotations

from typing import Final

from tashawur.readouts.arabic import has_noun_form
from tashawur.readouts.arabic_subjects import COMMAS, PUNCTUATION, is_any_exact, is_present, of_name, opens_object
from tashawur.readouts.drafts import Draft, Hit, Range
from tashawur.readouts.layout import Layout
from tashawur.readouts.names import Parties, is_any, speakerish
from tashawur.readouts.reporting import NOT, is_reached, rules_out
from tashawur.readouts.values import Act

_OF_OBJECT: Final = frozenset({"بانه", "بانها", "بانهما", "بانهم"})
_GOVERN_BI: Final = frozenset(
    ["pledged", "welcomed", "demanded", "claimed", "thanked", "announced", "condemned", "agreed", "urged", "assessed"]
)
_TO_PERSONS: Final = frozenset({"urged", "asked", "demanded"})
_UPON: Final = frozenset({"agreed", "pledged", "demanded", "reaffirmed"})
_OF_THINGS: Final = frozenset({"welcomed", "thanked", "condemned", "supported", "discussed"})
_WITH_CLAUSE: Final = frozenset({"claimed", "announced", "denied", "assessed", "agreed", "reaffirmed"})
_BEFORE_INNER: Final = frozenset(["الا", "شريطة", "بعد", "قبل", "منذ", "دون", "رغم", "غير", "بشرط"])
"""Behind these *أن* opens a clause inside what is said."""
_TO_THEM: Final = frozenset(
    {"به", "بها", "بهما", "بهم", "بكم", "اليه", "اليها", "اليهم", "منه", "منها", "منهم", "منهما"}
)
_SO: Final = frozenset({"فانه", "فانها", "فانهم", "فانهما", "فاننا"})
_BETWEEN: Final = frozenset('،,–-—»”"!؟…')
"""Marks between a quotation and the verb behind it."""
_QUOTING: Final = frozenset('"«“')
_SPOKEN: Final = 3
"""Words in quotation marks before a verb of saying that are no name."""
_ADVERBIAL: Final = frozenset(["خلال", "اثناء", "عقب", "في", "مع", "امس", "اليوم", "مساء", "صباح", "بعد"])


def draft_of(laid: Layout, parties: Parties, hit: Hit, speaker: Range | None, after: int, limit: int) -> Draft | None:
    """The statement of a verb: its content between the token `after` its subject and `limit`."""
    words = laid.tokens.words
    cue = (hit.at, hit.at + 1)
    if hit.at > 0 and words[hit.at - 1] in NOT and hit.cue.act == "agreed":
        return _no_agreement(laid, hit, speaker, limit)
    if (
        speaker is not None
        and hit.cue.act == "assessed"
        and after < limit
        and words[after] in _OF_OBJECT
        and not speakerish(laid, parties, *speaker)
    ):
        # *وصف الحادث بأنه ...*: what stands behind the verb is what is described, and who describes it spoke before.
        after, speaker = speaker[0], None
    direct = _quoted(laid, hit, after, limit)
    clause = None if direct is None else _clause_start(laid, after, limit, hit)[0]
    if direct is not None and (clause is None or not after <= clause <= laid.quotes[direct].start):
        quote = laid.quotes[direct]
        draft = Draft((quote.start, quote.end), cue, hit.cue.act, "direct", speaker, quote=direct)
        draft.via = _via(laid, after, quote.start)
        draft.cue_trim, draft.form = hit.fallen, hit.cue.form
        return draft
    return _indirect(laid, parties, hit, speaker, after, limit)


def _quoted(laid: Layout, hit: Hit, after: int, limit: int) -> int | None:
    """The quotation that is what the verb tells, behind it or before it."""
    direct = _quotation(laid, after, limit)
    if direct is not None and hit.noun is not None and laid.tokens.words[hit.noun] in laid.lexicon.words["blames"]:
        return None
    if direct is None:
        direct = quotation_before(laid, hit)
    described = direct is not None and any(
        laid.tokens.words[i] in _OF_OBJECT for i in range(after, laid.quotes[direct].start)
    )
    return None if described else direct


def _indirect(laid: Layout, parties: Parties, hit: Hit, speaker: Range | None, after: int, limit: int) -> Draft | None:
    words = laid.tokens.words
    act: Act = "claimed" if hit.at and words[hit.at - 1] in NOT and rules_out(laid, hit) else hit.cue.act
    start, chunks = _clause_start(laid, after, limit, hit)
    trim = 0
    if start is None:
        start, trim = _plain_start(laid, parties, hit, after, limit)
        limit = next((i for i in range(start + 2, limit) if _turns(laid, i)), limit)
    limit = next((i for i in range(start + 3, limit - 2) if _circumstance(laid, i)), limit)
    cue, size = (hit.at, hit.at + 1), _stop(laid, start, limit) - start
    if size < 1 and words[limit - 1] == ":":
        # *اتفقت الوزارتان على:*: what is said stands in the list below.
        return Draft((limit - 1, limit), cue, act, "indirect", speaker, cue_trim=hit.fallen, form=hit.cue.form)
    if size < 1 or (size == 1 and trim == 0 and act in ("claimed", "announced")):
        return None
    draft = Draft((start, start + size), cue, act, "indirect", speaker, trim=trim)
    draft.cue_trim, draft.form = hit.fallen, hit.cue.form
    if (
        _keeps_still(laid, draft)
        or _is_no_offer(laid, draft)
        or (act == "discussed" and _nobody_discusses(laid, parties, draft))
    ):
        return None
    draft.via = _via(laid, after, start)
    for chunk in chunks:
        _place_chunk(laid, draft, chunk)
    return draft


def _keeps_still(laid: Layout, draft: Draft) -> bool:
    """*التزمت الوزارة الصمت*: no pledge."""
    first = laid.tokens.words[draft.content[0]]
    return draft.act == "pledged" and first in ("الصمت", "صمت", "الحياد", "حياد", "جانب", "الحذر")


def _is_no_offer(laid: Layout, draft: Draft) -> bool:
    """*عرض المتحف لوحات*: what is offered to be considered is a deed, or a plan for one."""
    words, (first, _) = laid.tokens.words, draft.content
    verb = words[draft.cue[0]][draft.cue_trim :] if draft.cue is not None else ""
    if draft.act != "proposed" or draft.form not in ("m", "f", "d", "p") or not verb.endswith(_OFFERS):
        return False
    word, before = words[first], words[first - 1]
    if before in ("ان", "بان", "علي") or is_any(laid, first, "verbal_nouns", "offers"):
        return False
    bare = word.removeprefix("ال").removesuffix("ا")
    fifth = bare.startswith("ت") and len(bare) == 4  # *توسط*, *تدخل*, *تنازل*
    return not (has_noun_form(word) or has_noun_form(bare) or fifth or laid.quote_of[first] >= 0)


_OFFERS: Final = ("عرض", "عرضت", "طرح", "طرحت", "عرضوا", "طرحوا", "عرضا", "طرحا")


def _nobody_discusses(laid: Layout, parties: Parties, draft: Draft) -> bool:
    """*ناقش الطلاب أطروحاتهم*, *بحث رجال الإنقاذ عن ناجين*: no sides that talk."""
    words = laid.tokens.words
    if draft.speaker is None:
        return False
    named = speakerish(laid, parties, *draft.speaker) or any(words[i] in laid.names for i in range(*draft.speaker))
    searched = words[draft.content[0] - 1] == "عن" and draft.cue is not None and "بحث" in words[draft.cue[0]]
    return searched or not named


def _stop(laid: Layout, start: int, limit: int) -> int:
    """The end of the content without marks and words that only lead on."""
    words, stop = laid.tokens.words, limit
    while stop > start and (
        (words[stop - 1] in PUNCTUATION and words[stop - 1] not in '"»”)') or words[stop - 1] in ("و", "كما")
    ):
        stop -= 1
    return without_bracket(laid, start, stop)


def _no_agreement(laid: Layout, hit: Hit, speaker: Range | None, limit: int) -> Draft:
    """*لم يتفق الوزيران على ...*: told of them by the text itself, the negation included."""
    start = hit.at - 1 if speaker is None or speaker[0] > hit.at else speaker[0]
    trim = 1 if laid.tokens.words[start][0] in "وف" and start == hit.at - 1 else 0
    stop = limit
    while stop > hit.at + 1 and (not laid.tokens.is_word(stop - 1) or laid.tokens.words[stop - 1] in ("الا", "غير")):
        stop -= 1
    return Draft((start, stop), (hit.at, hit.at + 1), "disagreed", "narrative", speaker, trim=trim, form=hit.cue.form)


def quotation_before(laid: Layout, hit: Hit) -> int | None:
    """*«...»، يقول الوزير*: the quotation that ends before the verb."""
    words = laid.tokens.words
    if hit.fallen or hit.at < _SPOKEN + 1 or hit.cue.form == "participle" or words[hit.at - 1] not in _BETWEEN:
        return None
    for last in (hit.at - 2, hit.at - 3):
        number = laid.quote_of[last]
        if (
            number >= 0
            and laid.quotes[number].end == last + 1
            and laid.quotes[number].end - laid.quotes[number].start >= _SPOKEN
        ):
            return number
    return None


def _turns(laid: Layout, i: int) -> bool:
    """*، بينما ...*, *، في حين ...*: what comes behind is told of somebody else."""
    words = laid.tokens.words
    if words[i] not in COMMAS or i + 2 >= len(words):
        return False
    # *، وتتحمل سوران النفقات*: a verb with its own subject.
    verb = words[i + 1][0] == "و" and is_present(laid, i + 1)
    if verb and (words[i + 2] in laid.names or is_any(laid, i + 2, "roles", "ministries", "bodies", "groups")):
        return True
    if words[i + 1].startswith("فقبل"):
        return True
    told = (words[i + 1] == "وقد" and words[i + 2] not in laid.lexicon.cues) or words[i + 1] in ("لكن", "ولكن", "بيد")
    return told or words[i + 1] in ("بينما", "فيما") or words[i + 1 : i + 3] == ["في", "حين"]


def _circumstance(laid: Layout, i: int) -> bool:
    """*، وذلك غداة ...*: when it was said, and no part of it."""
    words = laid.tokens.words
    after = words[i + 2 : i + 3]
    return (
        words[i] in COMMAS
        and words[i + 1] == "وذلك"
        and after in (["غداة"], ["عقب"], ["بعد"], ["اثر"], ["ردا"], ["علي"])
    )


def without_bracket(laid: Layout, start: int, stop: int) -> int:
    """The end of the content without a bracket that closes it."""
    if stop > start and laid.tokens.words[stop - 1] in (")", "]"):
        for i in range(stop - 2, start, -1):
            if laid.tokens.words[i] in ("(", "["):
                return i
    return stop


def _quotation(laid: Layout, start: int, limit: int) -> int | None:
    """The number of the quotation that follows the subject at once, after a colon, comma or a short phrase."""
    for number in laid.quotes_in(start, limit):
        quote = laid.quotes[number]
        if quote.outer:
            between = laid.tokens.words[start : quote.start]
            colon = ":" in between
            if quote.end - quote.start < (_SPOKEN - 1 if colon else _SPOKEN):
                return None
            if between[-2:-1] and between[-2] in ("ب", "ل", "ك", "عن", "من", "الي", "بما"):
                return None
            return number if colon or len(between) <= 4 else None
    return None


def _via(laid: Layout, start: int, limit: int) -> Range | None:
    words = laid.tokens.words
    for i in range(start, min(start + 6, limit - 1)):
        if words[i] == "في" and words[i + 1] in ("بيان", "تصريح", "تصريحات", "مؤتمر", "حديث", "تغريدة", "مقابلة"):
            stop = i + 2
            while stop < limit and words[stop] not in PUNCTUATION and not is_any_exact(laid, stop, "complementizers"):
                stop += 1
            return i, stop
    return None


def _clause_start(laid: Layout, after: int, limit: int, hit: Hit) -> tuple[int | None, list[Range]]:
    """Behind the word that opens the reported clause, past adverbials set off by commas; and these adverbials."""
    words, act = laid.tokens.words, hit.cue.act
    chunks: list[Range] = []
    noun = after + 1 < len(words) and not is_any_exact(laid, after + 1, "complementizers")
    of_title = words[after : after + 1] == ["الي"] and not hit.cue.rest and act in ("claimed", "announced")
    if noun and words[after] in ("علي", "عن", "الي") and not of_title:
        # *أكد على ضرورة أن ...*: a noun is what is said, and the clause behind it only a part.
        return None, chunks
    begin = after
    for i in range(after, min(limit, after + 45)):
        if words[i] in _QUOTING and of_name(laid, i):
            continue
        if words[i] in _QUOTING or words[i] == ":" or _agreed_noun(laid, act, i, limit):
            return None, chunks
        if i > after and words[i] in _SO and words[i - 1] in COMMAS:
            # *وإذ تؤكد ...، فإنها تطالب ...*: what follows is told beside it.
            return None, chunks
        if is_any_exact(laid, i, "complementizers") and not _opens_inner(laid, act, after, i):
            # *said on Thursday, after a break that followed ...*: behind a comma, *that* belongs to the noun before it.
            relative = laid.lexicon.lang == "en" and after < begin < i - 1
            if relative or _belongs_before(laid, act, after, begin, i):
                return None, chunks
            if after < begin < i:
                chunks.append((begin, i))
            return i + 1, chunks
        if words[i] in COMMAS:
            if begin < i:
                chunks.append((begin, i))
            begin = i + 1
        if i + 1 - begin > 16 or (act not in _WITH_CLAUSE and i + 1 - after > 6):
            break
    return None, chunks


def _opens_inner(laid: Layout, act: Act, after: int, i: int) -> bool:
    """Whether it opens no reported clause: *بعد أن*, and *إن* that tells a condition behind other verbs than *say*."""
    words = laid.tokens.words
    condition = laid.tokens.raw(i) == "إن" and act not in _WITH_CLAUSE
    if act in _UPON and i > after + 2 and words[i - 1] == "علي" and words[i - 2] in COMMAS:
        # *قرر الوزراء إنشاء مصرف، على أن يباشر عمله ...*: on what terms.
        return is_any(laid, after, "object_nouns", "verbal_nouns") or has_noun_form(words[after])
    return i > after and (condition or laid.tokens.words[i - 1] in _BEFORE_INNER)


def _agreed_noun(laid: Layout, act: Act, i: int, limit: int) -> bool:
    """*اتفقا في نهاية اللقاء على إبقاء ...*: a noun is what is agreed on."""
    clause = is_any_exact(laid, min(i + 1, limit - 1), "complementizers")
    return laid.tokens.words[i] == "علي" and act in _UPON and not clause


def _belongs_before(laid: Layout, act: Act, after: int, begin: int, i: int) -> bool:
    """Whether what stands before the clause is part of the content.

    *أناشد الإعلاميين أن يتحروا الدقة*: whom it is said to. *وصف المحادثات بأنها ...*: what is described.
    """
    words = laid.tokens.words
    if act in _OF_THINGS and i > after and begin == after:
        # *رحب بالاتفاق ووصفه بأنه خطوة*: a further verb has its own clause.
        return True
    if act in _TO_PERSONS and i > after and begin == after and not _is_addressed(laid, after):
        # *أهيب بهما أن يعودا*: a pronoun alone is no part of what is said.
        return i > after + 1 or words[after] not in _TO_THEM
    return act == "assessed" and i > after and words[i] in _OF_OBJECT and words[i - 1] not in COMMAS


def _is_addressed(laid: Layout, i: int) -> bool:
    """Whether an adverbial, not a person, stands between the verb and its clause."""
    return laid.tokens.words[i] in ("في", "خلال", "عقب", "بعد", "علي", "الي", "مجددا", "مرارا")


def _plain_start(laid: Layout, parties: Parties, hit: Hit, after: int, limit: int) -> tuple[int, int]:
    """Where the content begins without a clause: behind its preposition, which may be a letter of the first word."""
    words = laid.tokens.words
    if hit.noun is not None and hit.cue.gap:
        return _by_noun(laid, hit, hit.noun, after, limit)
    if words[after : after + 1] == ["في"] and words[hit.at][hit.fallen :] in laid.lexicon.words["sees"]:
        # *أرى في استئناف الحوار بداية*: what is seen so stands behind *في*.
        return after + 1, 0
    i = _past_cognate(laid, hit, _past_source(laid, after, limit), limit)
    upon = _agreed_upon(laid, hit, i, limit)
    if upon is not None:
        return upon, 0
    by = hit.cue.act in _GOVERN_BI
    i = _past_adverbials(laid, parties, i, limit, by=by)
    first = words[i] if i + 1 < limit else ""
    # *طلب من البرلمان ...*, *حذر من مغبة ...*
    of_whom = first == "من" and words[hit.at][hit.fallen :].lstrip("يتانم")[:2] in _FROM_WHOM
    if of_whom or first in ("علي", "عن", "الي"):
        return i + 1, 0
    return i, int(_joined_by_bi(laid, i, limit) and by)


def _by_noun(laid: Layout, hit: Hit, noun: int, after: int, limit: int) -> tuple[int, int]:
    """Where the content of a verb begins that has its meaning from a noun: *أعرب عن قلقه*, *تم الاتفاق على ...*."""
    words = laid.tokens.words
    if is_reached(laid, hit):
        upon = next((i + 1 for i in range(noun + 1, min(noun + 12, limit - 1)) if words[i] == "علي"), None)
        return (noun, 0) if upon is None else (upon + (words[upon] == "ان"), 0)
    if words[noun] in ("وجهات", "الاراء"):
        near = range(noun, min(noun + 4, limit))
        about = next((i + 1 for i in near if words[i] in ("بشان", "حول", "ازاء")), None)
        return (noun, 0) if about is None else (about, 0)
    if words[noun] in laid.lexicon.words["blames"] and after < noun and words[after] not in COMMAS:
        # *حمّل الوزير الشركة مسؤولية ...*: who is blamed is told with what.
        return after, 0
    by = words[noun][0] == "ب" and any(one[0] == "ب" for step in hit.cue.rest for one in step)
    return _past_noun(laid, noun, limit, by=by)


_FROM_WHOM: Final = frozenset({"طل", "لت", "حذ", "رج"})
"""Beginnings of verbs whose object stands behind *من*: of whom something is asked, against what is warned."""


def _joined_by_bi(laid: Layout, i: int, limit: int) -> bool:
    """Whether the word carries the preposition ب: *بسحب*, *برد*; no *بلدية*, *بين*."""
    word = laid.tokens.words[i] if i < limit else ""
    short = len(word) == 3 and word[1:] in laid.lexicon.words["verbal_nouns"]
    return word[:1] == "ب" and (len(word) > 3 or short) and word not in laid.lexicon.words["begin_with_b"]


def _agreed_upon(laid: Layout, hit: Hit, i: int, limit: int) -> int | None:
    """*اتفقا في نهاية اللقاء على ...*: the token behind *على*."""
    words = laid.tokens.words
    if i >= limit or hit.cue.act not in _UPON or words[i] not in _ADVERBIAL:
        return None
    return next((step + 1 for step in range(i + 1, min(i + 9, limit - 1)) if words[step] == "علي"), None)


def _past_adverbials(laid: Layout, parties: Parties, i: int, limit: int, *, by: bool) -> int:
    """Past the words that tell when, where and as what it was said."""
    words = laid.tokens.words
    if i + 1 < limit and words[i] == "حتي" and is_any(laid, i + 1, "until_now"):
        i += 2
    if i < limit and words[i] in COMMAS:
        # *شكر الوزير، في ختام الجلسة، كلما*: past the adverbial, where a preposition or a verbal noun follows it.
        i = next((step + 1 for step in range(i + 1, min(i + 14, limit)) if words[step] in COMMAS), i)
    while i < limit and is_any(laid, i, "adverbs", "weekdays"):
        i += 1
    if i < limit and words[i] in ("بوصفهما", "بوصفه", "بوصفها", "بصفته", "بصفتها", "بصفتهما"):
        # *أكدت نارفا وكلما بوصفهما دولتين ساحليتين التزامهما*: past the words that tell what they are.
        i = next((step for step in range(i + 1, min(i + 12, limit)) if is_any(laid, step, "held_before")), i)
    if i >= limit or words[i] not in _ADVERBIAL:
        return i
    # *بحث الجانبان خلال الاتصال تطورات ...*: past the adverbial, where what is spoken of begins.
    near = [step for step in range(i + 2, min(i + 9, limit)) if words[step - 1] not in ("من", "في", "علي")]
    opened = next((step for step in near if by and words[step][0] == "ب" and len(words[step]) > 4), None)
    return next((step for step in near if opens_object(laid, parties, step)), i) if opened is None else opened


def _past_source(laid: Layout, i: int, limit: int) -> int:
    """*نفى مصدر، فضّل عدم ذكر اسمه، ما أشيع*: past what is told of the source."""
    words = laid.tokens.words
    for step in range(i, min(i + 8, limit - 3)):
        if words[step] in COMMAS and words[step + 2] == "عدم":
            return next((n + 1 for n in range(step + 3, min(step + 9, limit)) if words[n] in COMMAS), i)
    return i


def _past_cognate(laid: Layout, hit: Hit, i: int, limit: int) -> int:
    """*أرفض رفضا قاطعا ما ...*: past the noun of the verb itself and its adjective."""
    words = laid.tokens.words
    root = set(words[hit.at][hit.fallen :].lstrip("ايتن"))
    if i + 1 >= limit or not words[i].endswith("ا") or not root <= set(words[i]) or i > hit.at + 4:
        return i
    return i + 2 if words[i + 1].endswith("ا") and i + 2 < limit else i + 1


def _past_noun(laid: Layout, noun: int, limit: int, *, by: bool) -> tuple[int, int]:
    """Where the content begins behind or at the word that belongs to the verb: *عن قلقها*, *بالغ القلق*, *:*."""
    words, lexicon = laid.tokens.words, laid.lexicon
    word = words[noun]
    if word.removeprefix("ال").startswith(("تاكيد", "تشديد")) and noun + 1 < limit:
        after = noun + 1 + (words[noun + 1] == "علي")
        return after + is_any_exact(laid, min(after, limit - 1), "complementizers"), 0
    if word.startswith(("موافق", "قبول")) and words[noun + 1 : noun + 2] == ["علي"]:
        return noun + 2, 0
    joins = word in lexicon.words["complement_prepositions"] or word in lexicon.words["past_with_verb"]
    if joins or not laid.tokens.is_word(noun) or is_any_exact(laid, noun, "complementizers"):
        told = noun + 1 < limit and is_any_exact(laid, noun + 1, "complementizers")
        own = noun + 1 < limit and words[noun + 1] in lexicon.words["past_with_verb"]
        return noun + 1 + (told or own), 0
    if by and _joined_by_bi(laid, noun, limit):
        return noun, 1
    while noun > 0 and words[noun - 1] in lexicon.words["intensifiers"]:
        noun -= 1
    return noun, 0


def _place_chunk(laid: Layout, draft: Draft, chunk: Range) -> None:
    first = laid.tokens.words[chunk[0]]
    if first in laid.lexicon.relative or first in laid.lexicon.words["weekdays"] or first == "يوم":
        draft.said_on = chunk
    elif first in ("عقب", "خلال", "بعد", "اثر", "علي", "اثناء", "في", "ردا"):
        draft.occasion = chunk
