"""The grammar of Arabic reports: the verb first, then who, then what; or who first, as in headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tashawur.readouts.drafts import Draft, Hit, Range, cues_in
from tashawur.readouts.layout import Layout, Sentence
from tashawur.readouts.lexicon import Cue, without_proclitics
from tashawur.readouts.names import Parties, is_any, speakerish

_PUNCTUATION: Final = frozenset(',،:؛;.!?؟"«»“”()[]-–—…')
_COMMAS: Final = frozenset(",،")
_STOPS: Final = frozenset(
    [
        "علي",
        "عن",
        "الي",
        "في",
        "خلال",
        "عقب",
        "بعد",
        "قبل",
        "منذ",
        "مع",
        "اثناء",
        "ضمن",
        "حول",
        "بشان",
        "بين",
        "امس",
        "اليوم",
        "يوم",
        "الليلة",
        "مساء",
        "صباح",
        "ظهر",
        "رغم",
        "وسط",
        "لدي",
        "حيث",
        "ردا",
        "التي",
        "الذي",
        "الذين",
        "اللذين",
        "كما",
        "حين",
        "عندما",
        "لدي",
        "تجاه",
        "ازاء",
        "بوصفهما",
        "بوصفه",
        "بوصفها",
        "ضد",
        "دون",
        "من",
        "ان",
        "قد",
    ]
)
_IN_TITLES: Final = frozenset(["باسم", "لشؤون", "للشؤون", "لدي", "بوزارة", "لحقوق", "لمنطقة"])
_MASDAR: Final = re.compile(
    r"^(?:است\w{1,3}ا\w[هة]?|ان\w{2}ا\w|ا\w{2,3}ا[^اتنه]|ا\w{1,2}ا[ةه]|ت\w{2}ي\w[هة]?|ت[^ا]\w?ا[^ت]\w|م\w?ا\w{2}[ةه])$"
)
_TAKES_OBJECT: Final = frozenset(
    [
        "condemned",
        "thanked",
        "discussed",
        "denied",
        "refused",
        "assessed",
        "proposed",
        "reaffirmed",
        "asked",
        "demanded",
        "supported",
        "agreed",
        "concern",
        "claimed",
        "announced",
        "urged",
    ]
)
_HIS_SAYING: Final = frozenset({"قوله", "قولها", "قولهم", "قولهما"})
"""*نقلت الوكالة عن X قوله إن ...*: who speaks stands before."""
_PRESS: Final = ("وكال", "صحيف", "قنا", "مراسل", "شبك", "اذاع", "موقع", "لصحف", "لصحاف")
_OF_OBJECT: Final = frozenset({"بانه", "بانها", "بانهما", "بانهم"})
_NUMBER: Final = {"m": "m", "f": "f", "d": "d", "fd": "d", "p": "p", "we": "we"}


def statements(laid: Layout, parties: Parties, sentence: Sentence, lead: Range | None) -> Iterator[Draft]:
    """What is said in one sentence; `lead` names the subject of a list whose points begin with a verb."""
    start, end = _past_question(laid, sentence.start, sentence.end), sentence.end
    accorded = _according(laid, start, end)
    hits = [hit for hit in cues_in(laid, start, end) if _is_cue(laid, hit, start)]
    if accorded is not None:
        hits = [hit for hit in hits if hit.at >= accorded[1] and _main_after(laid, hit)]
        yield from _accorded(laid, accorded, min([end, *(hit.at for hit in hits)]))
        if not hits:
            return
    yield from _by_cues(laid, parties, sentence, hits, lead)


def _past_question(laid: Layout, start: int, end: int) -> int:
    """Behind *answering a question whether ...,*: what is asked is no statement."""
    if any(is_any(laid, i, "question_marks") for i in range(start, min(end, start + 4))):
        return next((i + 1 for i in range(start, end) if laid.tokens.words[i] in _COMMAS), start)
    return start


def _main_after(laid: Layout, hit: Hit) -> bool:
    """Whether a cue behind *according to X, ...* begins a report of its own, after a comma."""
    return hit.cue.form == "participle" and laid.tokens.words[hit.at - 1] in _COMMAS


def _is_cue(laid: Layout, hit: Hit, start: int) -> bool:
    words = laid.tokens.words
    if words[hit.at] in _HIS_SAYING:
        return True
    if hit.cue.form == "participle":
        return hit.at > start and (
            words[hit.at - 1] in _COMMAS
            or words[hit.at - 1] in _PUNCTUATION
            or words[hit.at - 1] in ("وقال", "قال")
            or laid.tokens.words[hit.at + 1] in (*_COMMAS, ":")
            or _clause(words[hit.at + 1])
        )
    before = words[hit.at - 1] if hit.at > start else ""
    if (
        before
        in (
            "ان",
            "بان",
            "في",
            "علي",
            "عن",
            "من",
            "كل",
            "اي",
            "هذا",
            "مع",
            "ل",
            "التي",
            "الذي",
            "ما",
            "لا",
            "لن",
            "لم",
            "حول",
            "بشان",
            "بين",
        )
        and not hit.fallen
    ):
        return before in ("ان",) and False
    return True


def _clause(word: str) -> bool:
    return word in ("ان", "انه", "انها", "بان", "علي", "الي", "بانه", "بانها", "انهم", "انهما", "ضرورة", "اهمية")


def _according(laid: Layout, start: int, end: int) -> tuple[int, int, int, int] | None:
    """*According to X, ...*: where the phrase begins and ends, and where X begins and ends."""
    words = laid.tokens.words
    for at in (start,):
        forms = [word for fallen, word in without_proclitics(words[at]) if fallen == 0 or words[at][0] in "وف"]
        for form in forms:
            matched = laid.lexicon.phrases["attributions"].at(words, at, form)
            if matched is None:
                continue
            begins = at + matched[0]
            stop = begins
            while (
                stop < end
                and words[stop] not in _PUNCTUATION
                and not words[stop].startswith("فان")
                and words[stop] not in ("فان", "ان", "فقد")
            ):
                stop += 1
            if begins < stop <= begins + 12:
                return at, stop, begins, stop
    return None


def _accorded(laid: Layout, accorded: tuple[int, int, int, int], end: int) -> Iterator[Draft]:
    at, after, begins, stop = accorded
    words = laid.tokens.words
    first = after
    while first < end and (
        words[first] in _COMMAS or words[first] in ("فان", "ان", "فقد", ":") or (words[first] in '"«“' and False)
    ):
        first += 1
    quotes = [n for n in laid.quotes_in(first, end) if laid.quotes[n].outer and laid.quotes[n].end <= end]
    long = [number for number in quotes if laid.quotes[number].end - laid.quotes[number].start >= 4]
    head = 1 if words[at][0] in "وف" and not laid.lexicon.phrases["attributions"].at(words, at) else 0
    while end > first and not laid.tokens.is_word(end - 1) and words[end - 1] not in ('"', "»", "”"):
        end -= 1
    if long and laid.quotes[long[0]].start - first <= 3:
        for number in long:
            quote = laid.quotes[number]
            yield Draft(
                (quote.start, quote.end), (at, at + 1), "claimed", "direct", (begins, stop), quote=number, cue_trim=head
            )
    elif end - first >= 2:
        yield Draft((first, end), (at, at + 1), "claimed", "indirect", (begins, stop), cue_trim=head)


def _by_cues(
    laid: Layout, parties: Parties, sentence: Sentence, hits: list[Hit], lead: Range | None
) -> Iterator[Draft]:
    start, end = sentence.start, sentence.end
    inside_until = -1
    main_form = ""
    group = False
    for number, hit in enumerate(hits):
        if hit.at < inside_until and not _returns_to_main(laid, hit, main_form, group=group):
            continue
        speaker, after = _subject(laid, parties, hit, start, end)
        if speaker is not None:
            group = any(is_any(laid, i, "groups") for i in range(*speaker)) or len(parties.codes(*speaker)) > 1
        form = hit.cue.form if hit.cue.form != "participle" else main_form
        limit = next((one.at for one in hits[number + 1 :] if _returns_to_main(laid, one, form, group=group)), end)
        limit -= 2 if laid.tokens.words[limit - 2 : limit - 1] in (["غير"], ["الا"], ["بيد"]) and limit < end else 0
        draft = _draft(laid, parties, hit, speaker, after, limit)
        if draft is None:
            continue
        if speaker is None and lead is not None and number == 0:
            draft.speaker = lead
        draft.inherits = draft.speaker is None
        if number == 0 and laid.lines[sentence.line].type in ("headline", "related_link"):
            draft.kind = "headline"
        main_form = form
        inside_until = draft.content[1] if limit == end else limit
        yield draft


def _returns_to_main(laid: Layout, hit: Hit, form: str, *, group: bool = False) -> bool:
    """Whether a later verb of the sentence has the subject of the report, not one inside what is reported.

    It agrees with that subject: a verb that comes before its subject is singular, those behind it have its number.
    """
    words = laid.tokens.words
    before = words[hit.at - 1]
    if hit.cue.form == "participle":
        return before in _COMMAS or before not in _PUNCTUATION
    if before in ("انه", "انها", "انهما") and words[hit.at - 2] in ("غير", "الا", "بيد"):
        return True
    if before == "كما":
        return True
    if hit.fallen == 0:
        return False
    if group:
        return hit.cue.form in ("d", "p", "fd")
    same = _NUMBER.get(hit.cue.form) == _NUMBER.get(form)
    return same or (before in _COMMAS and _named_after(laid, hit))


def _named_after(laid: Layout, hit: Hit) -> bool:
    return hit.at + 1 < len(laid.tokens) and is_any(laid, hit.at + 1, "roles", "ministries", "groups", "documents")


def _subject(laid: Layout, parties: Parties, hit: Hit, start: int, end: int) -> tuple[Range | None, int]:
    """Who speaks, and the token behind: after the verb, before it, or around it as in *كان X قد وصف*."""
    if laid.tokens.words[hit.at] in _HIS_SAYING:
        quoted = next(
            (i for i in range(hit.at - 1, max(start, hit.at - 14) - 1, -1) if laid.tokens.words[i] == "عن"), None
        )
        return (None if quoted is None else (quoted + 1, hit.at)), hit.end
    after = _after_verb(laid, parties, hit, end)
    if after is not None:
        return after, after[1]
    if hit.fallen or hit.cue.form == "participle":
        return None, hit.end
    first = hit.at - 1
    while first >= start and laid.tokens.words[first] not in _PUNCTUATION:
        first -= 1
    first += 1
    stop = hit.at
    while first < stop and (
        is_any(laid, first, "adverbs")
        or laid.tokens.words[first] in ("وكان", "كان", "وكانت", "وقد", "كانت", "الا", "ان", "غير")
    ):
        first += 1
    while stop > first and is_any(laid, stop - 1, "adverbs"):
        stop -= 1
    if first < stop and stop - first <= 10 and speakerish(laid, parties, first, stop):
        return (first, stop), hit.end
    return None, hit.end


def _after_verb(laid: Layout, parties: Parties, hit: Hit, end: int) -> Range | None:
    marks = laid.tokens
    first = hit.at + 1
    while first < end and is_any(laid, first, "adverbs"):
        first += 1
    i = first
    takes_object = hit.cue.act in _TAKES_OBJECT
    while i < end and i - first < 16:
        word = marks.words[i]
        if word in _PUNCTUATION or is_any_exact(laid, i, "complementizers"):
            break
        if hit.noun is not None and i >= hit.noun:
            break
        if word in _STOPS and not (i > first and word in _IN_TITLES):
            break
        if i == first and word[0] == "ل" and word[1:].startswith(_PRESS):
            break
        if i == first and (
            _opens_object(laid, parties, i)
            or (_glued_preposition(laid, parties, i) and not is_any(laid, i, "roles", "ministries", "groups"))
        ):
            break
        if i > first and (_group_ends(laid, i) or (takes_object and _is_other_party(laid, parties, i))):
            break
        if i > first and (
            _glued_preposition(laid, parties, i)
            or (
                (
                    takes_object
                    and _opens_object(laid, parties, i)
                    and (not is_any(laid, i - 1, "roles", "ministries") or laid.tokens.words[i - 1].startswith("ال"))
                )
                or is_any(laid, i, "adverbs", "weekdays")
            )
        ):
            break
        i += 1
    while i > first and is_any(laid, i - 1, "adverbs"):
        i -= 1
    return (first, i) if i > first else None


def is_verbal_noun(word: str) -> bool:
    """Whether the word has the form of an Arabic verbal noun, or is *عدم*."""
    return bool(_MASDAR.match(word.removeprefix("ال"))) or word in ("عدم", "ما", "ان")


def part_of_name(laid: Layout, i: int) -> bool:
    """Whether the token can be part of a person's name: no preposition, article, verb, or noun of what is done."""
    word = laid.tokens.words[i]
    if word in ("بن", "ال", "ابن", "بنت", "ابو"):
        return True
    if word in _STOPS or word.startswith(("ال", "بال", "وال", "لل")) or word in laid.lexicon.cues:
        return False
    return not (
        _MASDAR.match(word)
        or word.startswith(("و", "ف"))
        or len(word) < 2
        or is_any(laid, i, "adverbs", "complementizers", "roles")
    )


def is_present(laid: Layout, i: int) -> bool:
    """Whether the token can be a verb in the present: the tense of treaties, *تعيد نارفا فتح المعبر*."""
    word = laid.tokens.words[i]
    return word[0] in "يت" and 4 <= len(word) <= 7 and not _MASDAR.match(word) and not word.endswith(("ة", "ات"))


def subject_behind(laid: Layout, parties: Parties, i: int, end: int) -> Range | None:
    """Who does what the verb at `i` tells: the nouns behind it, to where its object begins."""
    return _after_verb(laid, parties, Hit(i, i + 1, Cue("condemned", "m", (), gap=False)), end)


def _is_other_party(laid: Layout, parties: Parties, i: int) -> bool:
    """Whether a state behind the name of another is the one to whom it is done: *شكرت نارفا تركيا*."""
    word = laid.tokens.words[i]
    joined = word[0] == "و" or is_any(laid, i - 1, "roles", "ministries") or word.endswith(("ي", "ية"))
    return i in parties.code_at and not joined and parties.code_at.get(i - 1) != parties.code_at[i]


def _group_ends(laid: Layout, i: int) -> bool:
    """Whether a subject like *the two sides* is complete before token `i`: only an adjective may follow it."""
    word = laid.tokens.words[i]
    if not is_any(laid, i - 1, "groups") or laid.tokens.words[i - 1] in ("دول", "الدول", "الطرف", "الاطراف"):
        return False
    return not (word.startswith("ال") and word.endswith(("ان", "ين", "ون", "تان")))


def is_any_exact(laid: Layout, i: int, group: str) -> bool:
    """Whether token `i`, without a conjunction at most, is one of the words of the group."""
    word = laid.tokens.words[i]
    words = laid.lexicon.words[group]
    return word in words or (word[:1] in "وف" and word[1:] in words)


def _opens_object(laid: Layout, parties: Parties, i: int) -> bool:
    """Whether the token begins what the verb is about: a verbal noun, a noun with a possessive, a noun of the list."""
    word = laid.tokens.words[i]
    if i in parties.code_at or is_any(laid, i, "roles", "ministries", "groups", "documents"):
        return False
    if word in laid.lexicon.words["object_nouns"] or word.lstrip("و") in laid.lexicon.words["object_nouns"]:
        return True
    if word in laid.lexicon.words["need_nouns"] or is_any(laid, i, "held_before"):
        return True
    if word.startswith("ال"):
        titled = i > 0 and laid.tokens.words[i - 1].startswith("ال") and is_any(laid, i - 1, "roles")
        return bool(_MASDAR.match(word[2:])) or (titled and not word.endswith(("ي", "ية", "ان")))
    if _MASDAR.match(word) or (len(word) > 4 and word.endswith("ات")):
        return True
    return len(word) > 5 and word.endswith(("هما", "هم", "ها")) and not word.startswith("و")


def _glued_preposition(laid: Layout, parties: Parties, i: int) -> bool:
    word = laid.tokens.words[i]
    if i in parties.code_at and laid.tokens.words[i][0] not in "بل":
        return False
    if word in _IN_TITLES or len(word) < 4:
        return False
    if word.startswith(("بال", "بان", "بما", "لل")) and word != "بالوكالة":
        return not (word.startswith("لل") and is_any(laid, i - 1, "roles", "ministries"))
    return word[0] in "بل" and (
        bool(_MASDAR.match(word[1:]))
        or word[1:] in ("عدم", "ما", "ان")
        or word[1:] in laid.lexicon.words["object_nouns"]
        or (i in parties.code_at and not is_any(laid, i - 1, "roles", "ministries"))
    )


def _draft(laid: Layout, parties: Parties, hit: Hit, speaker: Range | None, after: int, limit: int) -> Draft | None:
    words = laid.tokens.words
    cue = (hit.at, hit.at + 1)
    if (
        speaker is not None
        and hit.cue.act == "assessed"
        and after < limit
        and words[after] in _OF_OBJECT
        and not speakerish(laid, parties, *speaker)
    ):
        # *وصف الحادث بأنه ...*: what stands behind the verb is what is described, and who describes it spoke before.
        after, speaker = speaker[0], None
    direct = _quotation(laid, after, limit)
    if direct is not None and any(words[i] in _OF_OBJECT for i in range(after, laid.quotes[direct].start)):
        direct = None
    clause, chunks = _clause_start(laid, after, limit, hit)
    if direct is not None and (clause is None or clause > laid.quotes[direct].start):
        quote = laid.quotes[direct]
        draft = Draft((quote.start, quote.end), cue, hit.cue.act, "direct", speaker, quote=direct)
        draft.via = _via(laid, after, quote.start)
        draft.cue_trim, draft.form = hit.fallen, hit.cue.form
        return draft
    trim = 0
    if clause is None:
        clause, trim = _plain_start(laid, parties, hit, after, limit)
    stop = limit
    while stop > clause and (
        (words[stop - 1] in _PUNCTUATION and words[stop - 1] not in '"»”)') or words[stop - 1] in ("و", "كما")
    ):
        stop -= 1
    stop = without_bracket(laid, clause, stop)
    if stop - clause < 1 or (stop - clause == 1 and trim == 0 and hit.cue.act in ("claimed", "announced")):
        return None
    draft = Draft((clause, stop), cue, hit.cue.act, "indirect", speaker, trim=trim)
    draft.cue_trim, draft.form = hit.fallen, hit.cue.form
    draft.via = _via(laid, after, clause)
    for chunk in chunks:
        _place_chunk(laid, draft, chunk)
    return draft


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
            if quote.end - quote.start < 3:
                return None
            between = laid.tokens.words[start : quote.start]
            colon = ":" in between
            return number if colon or len(between) <= 4 else None
    return None


def _via(laid: Layout, start: int, limit: int) -> Range | None:
    words = laid.tokens.words
    for i in range(start, min(start + 6, limit - 1)):
        if words[i] == "في" and words[i + 1] in ("بيان", "تصريح", "تصريحات", "مؤتمر", "حديث", "تغريدة", "مقابلة"):
            stop = i + 2
            while stop < limit and words[stop] not in _PUNCTUATION and not is_any_exact(laid, stop, "complementizers"):
                stop += 1
            return i, stop
    return None


def _clause_start(laid: Layout, after: int, limit: int, hit: Hit) -> tuple[int | None, list[Range]]:
    """Behind the word that opens the reported clause, past adverbials set off by commas; and these adverbials."""
    words = laid.tokens.words
    chunks: list[Range] = []
    noun = after + 1 < len(words) and not is_any_exact(laid, after + 1, "complementizers")
    if noun and words[after] in ("علي", "عن", "الي"):
        # *أكد على ضرورة أن ...*: a noun is what is said, and the clause behind it only a part.
        return None, chunks
    i = after
    begin = after
    while i < min(limit, after + 45):
        word = words[i]
        if word in ('"', "«", "“", ":"):
            return None, chunks
        if is_any_exact(laid, i, "complementizers") and not (
            i > after and words[i - 1] in ("الا", "شريطة", "بعد", "قبل", "منذ", "دون", "رغم", "غير", "بشرط", "شريطة")
        ):
            if begin < i and begin > after:
                chunks.append((begin, i))
            if hit.cue.act == "assessed" and i > after and word in _OF_OBJECT and words[i - 1] not in _COMMAS:
                # *describes the talks as ...*: what is described belongs to the content.
                return None, chunks
            return i + 1, chunks
        if word in _COMMAS:
            if begin < i:
                chunks.append((begin, i))
            begin = i + 1
        i += 1
        if i - begin > 16:
            break
        if hit.cue.act not in ("claimed", "announced", "denied", "assessed", "agreed", "reaffirmed") and i - after > 6:
            break
    return None, chunks


def _plain_start(laid: Layout, parties: Parties, hit: Hit, after: int, limit: int) -> tuple[int, int]:
    """Where the content begins without a clause: behind its preposition, which may be a letter of the first word."""
    words = laid.tokens.words
    if hit.noun is not None and hit.cue.gap:
        if words[hit.noun] in ("وجهات", "الاراء"):
            about = next(
                (i + 1 for i in range(hit.noun, min(hit.noun + 4, limit)) if words[i] in ("بشان", "حول", "ازاء")), None
            )
            return (hit.noun, 0) if about is None else (about, 0)
        if words[hit.noun] in laid.lexicon.words["complement_prepositions"]:
            return hit.noun + 1, 0
        return (hit.noun + 1 if words[hit.noun] == "عن" else hit.noun), 0
    i = after
    if i < limit and words[i] in _COMMAS:
        # *شكر الوزير، في ختام الجلسة، كلما*: past the adverbial, where a preposition or a verbal noun follows it.
        for step in range(i + 1, min(i + 14, limit)):
            if words[step] in _COMMAS:
                i = step + 1
                break
    while i < limit and is_any(laid, i, "adverbs", "weekdays") and words[i] not in ("كل",):
        i += 1
    if i < limit and words[i] in ("بوصفهما", "بوصفه", "بوصفها", "بصفته", "بصفتها", "بصفتهما"):
        # *أكدت نارفا وكلما بوصفهما دولتين ساحليتين التزامهما*: past the words that tell what they are.
        i = next((step for step in range(i + 1, min(i + 12, limit)) if is_any(laid, step, "held_before")), i)
    if i < limit and words[i] in ("خلال", "اثناء", "عقب", "في", "مع", "امس", "اليوم", "مساء", "صباح", "بعد"):
        # *بحث الجانبان خلال الاتصال تطورات ...*: past the adverbial, where what is spoken of begins.
        opened = next(
            (
                step
                for step in range(i + 2, min(i + 9, limit))
                if _opens_object(laid, parties, step) and words[step - 1] not in ("من", "في", "علي")
            ),
            None,
        )
        i = opened if opened is not None else i
    if i < limit and words[i] in ("علي", "عن", "الي"):
        return i + 1, 0
    first = words[i] if i < limit else ""
    if (
        len(first) > 3
        and first[0] == "ب"
        and not first.startswith("بين")
        and hit.cue.act
        in ("pledged", "welcomed", "demanded", "claimed", "thanked", "announced", "condemned", "agreed", "urged")
    ):
        return i, 1
    return i, 0


def _place_chunk(laid: Layout, draft: Draft, chunk: Range) -> None:
    first = laid.tokens.words[chunk[0]]
    if first in laid.lexicon.relative or first in laid.lexicon.words["weekdays"] or first == "يوم":
        draft.said_on = chunk
    elif first in ("عقب", "خلال", "بعد", "اثر", "علي", "اثناء", "في", "ردا"):
        draft.occasion = chunk
