"""Who is the subject of an Arabic verb: where the words that name it begin and end, before the verb or behind it."""

from __future__ import annotations

from typing import Final

from tashawur.readouts.arabic import BEHIND_ONLY, has_noun_form
from tashawur.readouts.drafts import Hit, Range
from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import Cue
from tashawur.readouts.names import Parties, is_any, speakerish

PUNCTUATION: Final = frozenset(',،:؛;.!?؟"«»“”()[]-–—…')
COMMAS: Final = frozenset(",،")
_IN_TITLES: Final = frozenset(["باسم", "لشؤون", "للشؤون", "لدي", "بوزارة", "لحقوق", "لمنطقة"])
_NO_OBJECT: Final = frozenset({"disagreed"})
_ACTORS: Final = ("roles", "ministries", "bodies", "groups", "pronouns")
_PRESS: Final = ("وكال", "صحيف", "قنا", "مراسل", "شبك", "اذاع", "موقع", "لصحف", "لصحاف")
_TO_PERSONS: Final = frozenset(["announced", "urged", "asked", "thanked", "demanded", "welcomed"])
_LONG: Final = 12


def behind_verb(laid: Layout, parties: Parties, hit: Hit, end: int) -> Range | None:
    """Who is named behind the verb; nobody behind one that agrees in number, for its subject came before."""
    if hit.cue.form in BEHIND_ONLY or hit.cue.form == "participle" or _pronoun_before(laid, hit):
        return None
    named = _named_behind(laid, parties, hit, end)
    if named is None or not has_object(laid, hit) or speakerish(laid, parties, *named):
        return named
    # *إذ اعتبرها مجحفة*: behind a verb with its object only somebody who can speak is its subject.
    return named if any(laid.tokens.words[i] in parties.names for i in range(*named)) else None


def has_object(laid: Layout, hit: Hit) -> bool:
    """Whether a pronoun is glued to the verb: *ناشدته*, *اعتبرها*."""
    word = laid.tokens.words[hit.at]
    return hit.cue.form in ("m", "f") and len(word) > 4 and word.endswith(_GLUED)


_GLUED: Final = ("ها", "هم", "هما", "كم", "ته", "نه", "ره", "مه", "له", "ده", "به", "فه", "ني", "ئه", "عه", "قه", "سه")


def _named_behind(laid: Layout, parties: Parties, hit: Hit, end: int) -> Range | None:
    first = hit.at + 1 if hit.cue.gap or not hit.cue.rest else hit.end
    while first < end and (is_any(laid, first, "adverbs") or _to_whom(laid, first)):
        first += 1
    named = _quoted_name(laid, first, end)
    if named is not None:
        return named
    i = first
    while i < end and i - first < 16 and not (_ends(laid, parties, hit, first, i)):
        i += 1
    while i > first and is_any(laid, i - 1, "adverbs"):
        i -= 1
    return (first, i) if i > first else None


def _to_whom(laid: Layout, i: int) -> bool:
    """*أسرّ إليّ رئيس المجلس*: a pronoun between the verb and its subject."""
    word = laid.tokens.words[i]
    return word in laid.lexicon.words["to_whom"] or (word == "الي" and laid.tokens.raw(i).endswith("\u0651"))


def _quoted_name(laid: Layout, first: int, end: int) -> Range | None:
    """*توقعت «مرآة الصباح» أن ...*: a paper by its name alone."""
    if first + 1 >= end or laid.tokens.words[first] not in '"«“' or laid.quote_of[first + 1] < 0:
        return None
    quote = laid.quotes[laid.quote_of[first + 1]]
    clause = any(is_any_exact(laid, i, "complementizers") for i in range(quote.end, min(end, quote.end + 8)))
    return (first, quote.end + 1) if clause and quote.end - quote.start <= 3 else None


def _pronoun_before(laid: Layout, hit: Hit) -> bool:
    """*لكنه حمّل كلما المسؤولية*, *إلا أنها رفضت الطلب*: the subject is the pronoun before the verb."""
    before = laid.tokens.words[hit.at - 1] if hit.at and not hit.fallen else ""
    return before.lstrip("و") in laid.lexicon.words["subject_pronouns"]


def _ends(laid: Layout, parties: Parties, hit: Hit, first: int, i: int) -> bool:
    """Whether the subject that began at `first` has ended before token `i`."""
    word = laid.tokens.words[i]
    if (word in PUNCTUATION and not of_name(laid, i)) or is_any_exact(laid, i, "complementizers"):
        return True
    if (hit.noun is not None and i >= hit.noun) or (i > first and _is_object(laid, first, i)):
        return True
    if word in laid.lexicon.words["name_stops"] and not (i > first and (word in _IN_TITLES or _of_body(laid, i))):
        return True
    # *قال مدير لصحيفة «المنارة»*: to whom it is said.
    paper = word[0] == "ل" and is_any(laid, i, "media", "journalists")
    if paper or i == first:
        return paper or _is_counterpart(laid, hit, i) or _no_subject(laid, parties, i)
    if is_any(laid, i, "adverbs", "weekdays") or _group_ends(laid, i) or _glued_preposition(laid, parties, i):
        return True
    return _bi(laid, parties, i) or (hit.cue.act not in _NO_OBJECT and _has_object(laid, parties, hit, first, i))


def _is_counterpart(laid: Layout, hit: Hit, i: int) -> bool:
    """*أبلغ نظيره*: whom the verb is about; not behind *while* (*فيما طالب نظيره*)."""
    word = laid.tokens.words[i]
    turned = hit.at > 0 and laid.tokens.words[hit.at - 1] in ("فيما", "بينما", "حين")
    other = word in laid.lexicon.words["counterparts"] and hit.cue.act != "claimed" and not turned
    return other and not (i + 1 < len(laid.tokens) and _adjective(laid.tokens.words[i + 1]))


def _has_object(laid: Layout, parties: Parties, hit: Hit, first: int, i: int) -> bool:
    """Whether token `i` begins the object of the verb, so that the subject from `first` on is complete."""
    return (
        _is_other_party(laid, parties, i)
        or _complete(laid, parties, hit, first, i)
        or _object_follows(laid, parties, first, i)
    )


def _of_body(laid: Layout, i: int) -> bool:
    """*مصدر في وزارة النفط*, *عضو في اللجنة*: somebody without article, with the body that they belong to."""
    named = not laid.tokens.words[i - 1].startswith("ال") and is_any(laid, i - 1, "roles")
    behind = i + 1 < len(laid.tokens) and is_any(laid, i + 1, "ministries", "bodies")
    return laid.tokens.words[i] in ("في", "من", "لدي") and named and behind and not is_any(laid, i + 1, "documents")


def _is_object(laid: Layout, first: int, i: int) -> bool:
    """Whether the ending of the word, or what it means, tells that it is the object."""
    word, raw = laid.tokens.words[i], laid.tokens.raw(i)
    if (word in laid.lexicon.words["counterparts"] and i > first) or _to_whom(laid, i) or raw.endswith(("ًا", "اً")):
        return True
    if word.endswith("ا") and len(word) > 3 and _whole_body(laid, i - 1) and not word.startswith(("ال", "و")):
        # *تفتح القوات ممرا*: a noun without article behind a body with it.
        return True
    each = laid.tokens.words[first] == "كل" and i == first + 2
    return (each and word.endswith("ا")) or (word.endswith("ين") and _is_accusative(laid, i))


def _whole_body(laid: Layout, i: int) -> bool:
    """Whether a body or a side with article stands at `i`, behind which no name follows."""
    return laid.tokens.words[i].lstrip("و").startswith("ال") and is_any(laid, i, "bodies", "ministries", "groups")


def _is_accusative(laid: Layout, i: int) -> bool:
    """*حضّت الرابطة الحكومتين*: persons or bodies in the case of the object, behind a noun that is none."""
    word, before = laid.tokens.words[i], laid.tokens.words[i - 1]
    joins = before.endswith(("ي", "ا", "ة")) or is_any(laid, i - 1, "roles", "ministries", "bodies", "realms")
    if not before.startswith("ال") and is_any(laid, i, "groups"):
        return not joins and before not in ("كل", "كلا", "احد", "بين", "قادة", "ممثلو")
    return word.startswith("ال") and before.startswith("ال") and not before.endswith("ين") and not _adjective(before)


def of_name(laid: Layout, i: int) -> bool:
    """A quotation of a word or two behind a body is its name: *صحيفة «مرآة الصباح»*."""
    inside = laid.quote_of[i + 1] if i + 1 < len(laid.tokens) else -1
    number = inside if laid.tokens.words[i] in '"«“' else laid.quote_of[i - 1]
    if number < 0:
        return False
    quote = laid.quotes[number]
    before = quote.start - 2
    return (
        quote.end - quote.start <= 3
        and i in (quote.start - 1, quote.end)
        and is_any(laid, before, "media", "bodies", "ministries")
    )


def _no_subject(laid: Layout, parties: Parties, i: int) -> bool:
    word = laid.tokens.words[i]
    if word[0] == "ل" and word[1:].startswith(_PRESS):
        return True
    if word.startswith("ال") and word.endswith("ين") and len(word) > 6:
        # *طمأن المستوردين*, *حث الطرفين*: persons in the case of the object.
        return is_any(laid, i, "groups") or not is_any(laid, i, *_ACTORS)
    if word in ("اي", "كل") and i + 1 < len(laid.tokens):
        return laid.tokens.words[i + 1] != "من" and not is_any(laid, i + 1, *_ACTORS)
    named = is_any(laid, i, *_ACTORS)
    return (
        opens_object(laid, parties, i) or (_glued_preposition(laid, parties, i) and not named) or _bi(laid, parties, i)
    )


def _bi(laid: Layout, parties: Parties, i: int) -> bool:
    """*طالب بجلسة علنية*, *تشيد الوزارة بسرعة التحرك*: by its ending, or behind a body, a word with ب is no name."""
    word = laid.tokens.words[i]
    if word[0] != "ب" or len(word) < 4 or i in parties.code_at or word in parties.names or word in _IN_TITLES:
        return False
    if _b_of_its_own(laid, i):
        return False
    if _titled(laid, i - 1) and i + 1 < len(laid.tokens) and _noun_with_article(laid, i + 1):
        # *وعد الوزير بدرس المطالب*: behind a title a word with ب and its noun tell what is done.
        return True
    body = is_any(laid, i - 1, "groups", "ministries", "bodies") and laid.tokens.words[i - 1].startswith("ال")
    body = body or is_any(laid, i - 1, "pronouns")
    return word.endswith(("ة", "ات")) or word.startswith("بال") or body


def _b_of_its_own(laid: Layout, i: int) -> bool:
    """*بلدية*, *بعثة*: the letter is none that joins."""
    return laid.tokens.words[i] in laid.lexicon.words["begin_with_b"]


def _titled(laid: Layout, i: int) -> bool:
    return i >= 0 and laid.tokens.words[i].lstrip("و").startswith("ال") and is_any(laid, i, "roles")


def _noun_with_article(laid: Layout, i: int) -> bool:
    word = laid.tokens.words[i]
    return word.startswith("ال") and not word.endswith(("ي", "ية")) and not is_any(laid, i, "weekdays")


def _object_follows(laid: Layout, parties: Parties, first: int, i: int) -> bool:
    titled = is_any(laid, i - 1, "roles", "ministries", "bodies") and not laid.tokens.words[i - 1].lstrip(
        "و"
    ).startswith("ال")
    joined = laid.tokens.words[i - 1].endswith("ة") and laid.tokens.words[i].startswith("ال") and i == first + 1
    # *غرفة التجارة*: behind a noun without article, one with it belongs to it.
    common = joined and not laid.tokens.words[i - 1].startswith("ال") and laid.tokens.words[i - 1] not in parties.names
    return opens_object(laid, parties, i) and not titled and not common


def _complete(laid: Layout, parties: Parties, hit: Hit, first: int, i: int) -> bool:
    """Whether the words from `first` on name somebody in full, so that token `i` can only be the object.

    Behind a name no word with the article follows: *اتهم سالم الجانب الآخر*. Behind *the minister* only an adjective
    of a state, or a name.
    """
    words = laid.tokens.words
    word, before = words[i], words[i - 1]
    if before in '"»”':
        return not _adjective(word)
    if _other_body(laid, parties, first, i):
        return True
    if _surname(laid, parties, i):
        return False
    if before in parties.names and word not in parties.names and not word.startswith("و"):
        return not _adjective(word) or not before.startswith("ال")
    if hit.cue.act in _TO_PERSONS and i > first + 1 and word.startswith("ال") and is_any(laid, i, "roles"):
        # *أبلغ رئيس الوزراء الرئيسة ليراش*: a further official is whom it is said to.
        whole = before.startswith("ال") or (i == first + 2 and _is_construct(laid, first))
        return whole and not is_any(laid, i - 1, "roles", "honorifics")
    single = i == first + 1 and before.startswith("ال") and is_any(laid, first, "roles")
    if i == first + 1 and before.startswith("ال") and is_any(laid, first, "ministries", "bodies"):
        # *أعلنت الحكومة حالة الطوارئ*: behind a body with the article stands no name, nor another noun with it.
        return not word.startswith(("و", "في")) and not (word.startswith("ال") and _tells_of(laid, parties, before, i))
    return single and word.startswith("ال") and not _adjective(word) and not is_any(laid, i, *_IN_ROLES)


_ORDINALS: Final = frozenset(["الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن"])


def _surname(laid: Layout, parties: Parties, i: int) -> bool:
    """*وزير الطاقة عادل القصبي أن*, *البطريرك يوحنا الثالث*: behind a first name a word that goes on with it."""
    word, before, earlier = laid.tokens.words[i], laid.tokens.words[i - 1], laid.tokens.words[i - 2]
    if not word.startswith("ال") or before not in parties.names or is_any(laid, i, *_ACTORS):
        return False
    if word in _ORDINALS:
        return True
    first_name = earlier not in parties.names and i - 1 not in parties.code_at
    closed = i + 1 < len(laid.tokens) and (
        not laid.tokens.is_word(i + 1)
        or is_any_exact(laid, i + 1, "complementizers")
        or laid.tokens.words[i + 1] in laid.lexicon.words["name_stops"]
    )
    titled = is_any(laid, i - 2, "roles", "honorifics", "ministries") or earlier.startswith("ال")
    return first_name and titled and (word.endswith("ي") or closed) and not opens_object(laid, parties, i)


def _is_construct(laid: Layout, i: int) -> bool:
    """*وزير*, *هيئة*, which need a noun behind them."""
    return not laid.tokens.words[i].startswith("ال") and is_any(laid, i, "roles", "ministries", "bodies")


def _other_body(laid: Layout, parties: Parties, first: int, i: int) -> bool:
    """*حمّل وزير الصحة الشركة ...*: a body or a side with article behind words that name one in full."""
    before = laid.tokens.words[i - 1]
    whole = before.startswith("ال") and not is_any(laid, i - 1, "honorifics")
    if whole and i == first + 2 and _is_construct(laid, first) and laid.tokens.words[i].startswith("ال"):
        # *افتتح وزير الشغل الجلسة*: behind *the minister of X* stands no noun that is not an adjective of it.
        return not _tells_of(laid, parties, before, i) and not _surname(laid, parties, i)
    whole = whole and (i > first + 1 or is_any(laid, first, "ministries", "bodies", "groups", "roles"))
    named = laid.tokens.words[i].startswith("ال") and not _adjective(laid.tokens.words[i])
    return whole and named and is_any(laid, i, "bodies", "groups", "ministries") and not is_any(laid, i, *_IN_ROLES)


def _tells_of(laid: Layout, parties: Parties, body: str, i: int) -> bool:
    """*اللجنة العليا*, *الحكومة المنتخبة*: an adjective of the body, no noun that the verb is about."""
    word = laid.tokens.words[i]
    if _adjective(word) or is_any(laid, i, *_IN_ROLES):
        return True
    like = word.endswith("ة") == body.endswith(("ة", "ات"))
    return (
        like
        and word.startswith(("المت", "المن", "المخ", "المش", "المؤ", "المس", "المع", "المح"))
        and not opens_object(laid, parties, i)
    )


_IN_ROLES: Final = ("honorifics", "roles", "title_words")


def _adjective(word: str) -> bool:
    return word.startswith("ال") and word.endswith(("ي", "ية", "يان", "يين", "يون", "ان", "ون", "ين"))


def before_verb(laid: Layout, parties: Parties, hit: Hit, start: int) -> Range | None:
    """Who is named before the verb, as in headlines and behind *غير أن*; past an insertion between two commas."""
    words = laid.tokens.words
    stop = hit.at
    if stop > start and words[stop - 1] in COMMAS:
        return _around_insertion(laid, parties, start, stop - 1)
    first = _clause_begin(laid, start, stop)
    had = words[first].lstrip("و") in ("كان", "كانت") and words[stop - 1] == "قد" and first + 1 < stop - 1
    if had:
        # *كان تاجر حبوب قد أسرّ*: whoever stands between, without what is told of him.
        told = (i for i in range(first + 2, stop - 1) if words[i] in laid.lexicon.words["told_of_source"])
        return first + 1, next(told, stop - 1)
    return _named(laid, parties, first, stop, hit)


def named_before(laid: Layout, parties: Parties, start: int, verb: int) -> Range | None:
    """Who is named between the start of a sentence and its verb, if nothing else stands there."""
    return _named(laid, parties, start, verb, None) if _clause_begin(laid, start, verb) == start else None


def _clause_begin(laid: Layout, start: int, stop: int) -> int:
    first = stop - 1
    words = laid.tokens.words
    while first >= start and (words[first] not in PUNCTUATION or of_name(laid, first)):
        first -= 1
    return first + 1


def _around_insertion(laid: Layout, parties: Parties, start: int, comma: int) -> Range | None:
    opened = next((i for i in range(comma - 1, max(start, comma - 14), -1) if laid.tokens.words[i] in COMMAS), None)
    if opened is None or _clause_begin(laid, start, opened) != start:
        return None
    return _named(laid, parties, start, opened, None)


def _named(laid: Layout, parties: Parties, first: int, stop: int, hit: Hit | None) -> Range | None:
    words = laid.tokens.words
    noun_follows = False
    while first < stop and (is_any(laid, first, "adverbs") or words[first] in laid.lexicon.words["before_subjects"]):
        # Behind *غير أن*, *لكن* a noun must follow: with the verb behind it, it is its subject.
        noun_follows = words[first] in ("ان", "وان", "لكن", "ولكن")
        first += 1
    while stop > first and is_any(laid, stop - 1, "adverbs"):
        stop -= 1
    if first + 1 < stop and _told_of(laid, parties, first):
        return None
    pronoun = first < stop and words[first].lstrip("و") in laid.lexicon.words["subject_pronouns"]
    if pronoun or not (first < stop and stop - first <= _LONG) or _opens_adverbial(laid, first):
        return None
    if speakerish(laid, parties, first, stop) or any(words[i] in parties.names for i in range(first, stop)):
        return first, stop
    if noun_follows and hit is not None and stop - first <= 6:
        return first, stop
    clause = hit is not None and hit.end < len(laid.tokens) and is_any_exact(laid, hit.end, "complementizers")
    return (first, stop) if clause and hit is not None and hit.cue.act in ("claimed", "announced") else None


def _told_of(laid: Layout, parties: Parties, i: int) -> bool:
    """*يستعين الطرفان بخبير ...*, *استقبل وزير ...*: a verb of its own stands at `i`, with its subject behind it."""
    word = laid.tokens.words[i + 1]
    known = i in parties.code_at or laid.tokens.words[i] in parties.names
    named = known or is_any(laid, i, "documents", "media", *_ACTORS)
    behind = ("roles", "groups", "ministries", "bodies") if is_present(laid, i) else ("roles", "ministries")
    bare = not word.startswith("ال") or is_present(laid, i)
    kinds = laid.lexicon.words
    joined = word[0] == "و" and word not in kinds["roles"] and word not in kinds["ministries"]
    return not named and bare and not joined and is_any(laid, i + 1, *behind)


def _opens_adverbial(laid: Layout, i: int) -> bool:
    word = laid.tokens.words[i]
    bare = word[1:] if word[0] in "وف" and len(word) > 2 else word
    return (
        word in laid.lexicon.words["name_stops"]
        or bare in laid.lexicon.words["name_stops"]
        or is_any(laid, i, "openers")
        or bare in laid.lexicon.cues
    )


def as_for(laid: Layout, parties: Parties, hit: Hit, start: int) -> Range | None:
    """*أما X، فرأت أن ...*: who is named behind *as for*."""
    words = laid.tokens.words
    if words[start] not in ("اما", "واما") or words[hit.at][0] != "ف":
        return None
    stop = hit.at
    relative = (i for i in range(start + 2, stop) if words[i] in COMMAS and words[i + 1] in _RELATIVES)
    stop = next(relative, stop)
    while stop > start and words[stop - 1] in COMMAS:
        stop -= 1
    if stop - start > _LONG + 2 or _opens_adverbial(laid, start + 1) or not speakerish(laid, parties, start + 1, stop):
        return None
    return start + 1, stop


_RELATIVES: Final = frozenset({"التي", "الذي", "الذين", "اللذان", "اللتان", "وهو", "وهي", "وهم"})


def opening_subject(laid: Layout, parties: Parties, hit: Hit, start: int) -> Range | None:
    """*استقبل الوزير السفير، وأكد أن ...*: whom the clause before tells of, where a verb that names nobody follows.

    Its form must go with that of the verb.
    """
    words = laid.tokens.words
    turned = (
        i + 1
        for i in range(hit.at - 1, start, -1)
        if words[i] in ("فيما", "بينما") or words[i - 1 : i + 1] == ["في", "حين"]
    )
    first = next(turned, start)
    while first < hit.at and (is_any(laid, first, "adverbs") or not laid.tokens.is_word(first)):
        first += 1
    if hit.cue.form not in ("m", "f", "participle") or first + 1 >= hit.at or not _is_verb(laid, parties, first):
        return None
    named = subject_behind(laid, parties, first, hit.at)
    if named is None or not speakerish(laid, parties, *named):
        return None
    if is_any(laid, named[0], "documents", "groups", "journalists", "media"):
        return None
    woman = words[named[0]].endswith(("ة", "ات")) or (words[first].endswith("ت") and named[0] == first + 1)
    return named if hit.cue.form == "participle" or woman == (hit.cue.form == "f") else None


def _is_verb(laid: Layout, parties: Parties, i: int) -> bool:
    """Whether the word that opens a clause can only be its verb: somebody who acts is named behind it."""
    word = laid.tokens.words[i]
    if i in parties.code_at or word in parties.names or is_any(laid, i, "documents", "media", *_ACTORS):
        return False
    stands = not word.startswith(("ال", "لل", "بال")) and word not in laid.lexicon.words["name_stops"]
    listed = word[0] != "و" and is_any(laid, i, "object_nouns", "verbal_nouns")
    noun = has_noun_form(word) or word.endswith(("ة", "ات")) or listed or is_any(laid, i, "openers")
    return stands and not noun and word.lstrip("و") not in laid.lexicon.words["name_stops"]


def part_of_name(laid: Layout, i: int) -> bool:
    """Whether the token can be part of a person's name: no preposition, article, verb, or noun of what is done."""
    word = laid.tokens.words[i]
    if word in ("بن", "ال", "ابن", "بنت", "ابو"):
        return True
    if (
        word in laid.lexicon.words["name_stops"]
        or word.startswith(("ال", "بال", "وال", "لل"))
        or word in laid.lexicon.cues
    ):
        return False
    return not (
        has_noun_form(word)
        or word.startswith(("و", "ف"))
        or len(word) < 2
        or is_any(laid, i, "adverbs", "complementizers", "roles")
    )


def is_present(laid: Layout, i: int) -> bool:
    """Whether the token can be a verb in the present: the tense of treaties, *تعيد نارفا فتح المعبر*."""
    word = laid.tokens.words[i]
    bare = word[1:] if word[0] in "وف" else word
    shape = bare[:1] in ("ي", "ت") and 3 <= len(bare) <= 7 and not bare.endswith(("ة", "ات"))
    return shape and (bare[0] == "ي" or not has_noun_form(bare)) and bare not in laid.lexicon.words["name_stops"]


def subject_behind(laid: Layout, parties: Parties, i: int, end: int) -> Range | None:
    """Who does what the verb at `i` tells: the nouns behind it, to where its object begins."""
    return behind_verb(laid, parties, Hit(i, i + 1, Cue("condemned", "m", (), gap=False)), end)


def _is_other_party(laid: Layout, parties: Parties, i: int) -> bool:
    """Whether a state behind the name of another is the one to whom it is done: *شكرت نارفا تركيا*."""
    word = laid.tokens.words[i]
    joined = word[0] == "و" or is_any(laid, i - 1, "roles", "ministries", "bodies") or word.endswith(("ي", "ية"))
    return i in parties.code_at and not joined and parties.code_at.get(i - 1) != parties.code_at[i]


def _group_ends(laid: Layout, i: int) -> bool:
    """Whether a subject like *the two sides* is complete before token `i`: only an adjective may follow it."""
    word = laid.tokens.words[i]
    if not is_any(laid, i - 1, "groups"):
        return False
    if laid.tokens.words[i - 1] in ("دول", "الدول", "الطرف", "الاطراف", "طرف", "المشاركون", "الوزراء", "وزراء"):
        return not word.startswith(("ال", "في", "و"))
    return not (word.startswith("ال") and word.endswith(("ان", "ين", "ون", "تان")))


def is_any_exact(laid: Layout, i: int, group: str) -> bool:
    """Whether token `i`, without a conjunction at most, is one of the words of the group."""
    word = laid.tokens.words[i]
    words = laid.lexicon.words[group]
    return word in words or (word[:1] in "وف" and word[1:] in words)


def opens_object(laid: Layout, parties: Parties, i: int) -> bool:
    """Whether the token begins what the verb is about: a verbal noun, a noun with a possessive, a noun of the list."""
    word = laid.tokens.words[i]
    if i in parties.code_at or is_any(laid, i, *_ACTORS):
        return False
    if is_any(laid, i, "documents"):
        bare = not word.startswith("ال") and word in laid.lexicon.words["documents"]
        return i > 0 and bare and laid.tokens.words[i - 1].lstrip("و").startswith("ال")
    nouns = laid.lexicon.words["object_nouns"]
    if word in nouns or word.lstrip("و") in nouns or word in laid.lexicon.words["verbal_nouns"]:
        return True
    if word in laid.lexicon.words["need_nouns"] or is_any(laid, i, "held_before") or _number(laid, word):
        return True
    if word.startswith("ال"):
        titled = i > 0 and laid.tokens.words[i - 1].startswith("ال") and is_any(laid, i - 1, "roles")
        noun = has_noun_form(word[2:]) or word[2:] in laid.lexicon.words["verbal_nouns"]
        return noun or (titled and not word.endswith(("ي", "ية", "ان")) and not is_any(laid, i, *_IN_ROLES))
    plain = has_noun_form(word) or (len(word) > 4 and word.endswith("ات"))
    owned = len(word) > 5 and word.endswith(("هما", "هم", "ها")) and not word.startswith("و")
    return plain or owned or _in_object_case(laid, word)


def _number(laid: Layout, word: str) -> bool:
    """*أربعين مرشدا*, *أسبوعين*: with these no name of a subject goes on."""
    numeral = word in laid.lexicon.numbers or word in laid.lexicon.units
    return word[0].isdecimal() or (numeral and not word.startswith("ال"))


def _in_object_case(laid: Layout, word: str) -> bool:
    """*عرض الوسيط وقفا لإطلاق النار*, *أعلن الممثل انسحابه*, *استقالته*: what is done, with an ending."""
    if len(word) < 4 or word[-1] not in "اه" or word.startswith("و"):
        return False
    stem, nouns, deeds = word[:-1], laid.lexicon.words["object_nouns"], _deeds(laid)
    forms = (stem, f"{stem[:-1]}ة") if stem.endswith("ت") and word[-1] == "ه" else (stem,)
    return any(has_noun_form(one) or one in nouns or one in deeds for one in forms)


def _without_owner(word: str) -> str:
    """*فتحها* without the pronoun that tells whose."""
    owner = next((one for one in ("هما", "ها", "هم", "نا", "ه") if word.endswith(one)), "")
    return word.removesuffix(owner) if len(word) - len(owner) > 1 else word


def _deeds(laid: Layout) -> frozenset[str]:
    return laid.lexicon.words["verbal_nouns"]


def _glued_preposition(laid: Layout, parties: Parties, i: int) -> bool:
    word = laid.tokens.words[i]
    if i in parties.code_at and (word[0] not in "بل" or i not in parties.prefixed):
        return False
    if word in _IN_TITLES or word in parties.names or _b_of_its_own(laid, i):
        return False
    if len(word) < 4:
        return len(word) == 3 and word[0] == "ب" and word[1:] in _deeds(laid)
    if word.startswith(("بال", "بان", "بما", "بالا", "لل")) and word != "بالوكالة":
        return not (word.startswith("لل") and is_any(laid, i - 1, "roles", "ministries", "bodies", "title_words"))
    return word[0] in "بل" and (
        has_noun_form(word[1:])
        or word[1:] in ("عدم", "ما", "ان", "الا")
        or word[1:] in laid.lexicon.words["object_nouns"]
        or word[1:] in _deeds(laid)
        or _without_owner(word[1:]) in _deeds(laid)
        or (i in parties.code_at and not is_any(laid, i - 1, "roles", "ministries", "bodies"))
    )
