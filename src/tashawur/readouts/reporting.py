"""Which words of an Arabic sentence report that something is said: verbs, not the nouns that are written alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tashawur.readouts.arabic import BEHIND_ONLY
from tashawur.readouts.arabic_subjects import COMMAS, PUNCTUATION, before_verb, behind_verb, is_any_exact
from tashawur.readouts.drafts import Hit
from tashawur.readouts.layout import Layout
from tashawur.readouts.names import Parties, is_any, speakerish

HIS_SAYING: Final = frozenset({"قوله", "قولها", "قولهم", "قولهما", "تاكيده", "تاكيدها"})
"""*نقلت الوكالة عن X قوله إن ...*: who speaks stands before."""
FROM: Final = frozenset({"عن", "الي", "لسان"})
NOT: Final = frozenset({"لم", "لا", "لن", "ولم", "ولا", "ولن", "فلم", "ما"})
_UNNAMED_SOURCE: Final = frozenset(["الكشف", "كشف", "ذكر", "الافصاح", "نشر", "الافشاء", "ايراد", "تسميته", "تسميتها"])
_DAMMA: Final = "\u064f"


def is_report(laid: Layout, parties: Parties, hit: Hit, start: int) -> bool:
    """Whether a cue reports that something is said, and is no noun written alike and no part of what is said."""
    words = laid.tokens.words
    if words[hit.at] in HIS_SAYING:
        return any(words[i] in FROM for i in range(max(start, hit.at - 14), hit.at))
    if hit.cue.form == "participle":
        return hit.at > start and _goes_along(laid, hit) and not _hides_source(words, hit)
    if _means_else(laid, parties, hit) or _no_statement(laid, hit):
        return False
    if _nobody_says(laid, hit, start) or _is_considered(laid, parties, hit, start):
        return False
    negated = hit.at > start and words[hit.at - 1] in NOT
    if negated or is_any(laid, hit.at, "hides"):
        return negated and _negated(laid, parties, hit, start)
    if hit.fallen or hit.at == start or of_antecedent(words, hit):
        return True
    before = words[hit.at - 1]
    bare = before[1:] if before[0] in "وف" and len(before) > 2 else before
    if bare in laid.lexicon.words["before_nouns"]:
        # *أود أن أشكر*: in the first person the verb behind *أن* does what it says.
        return before == "ان" and hit.cue.form == "I"
    return _stands_as_verb(laid, parties, hit, start)


def _means_else(laid: Layout, parties: Parties, hit: Hit) -> bool:
    """Whether the verb, or a noun written alike, tells of no words: *followed*, *accounts differ*, *talks covered*."""
    apart = hit.cue.act == "disagreed" and not hit.cue.rest and not _sides_differ(laid, hit)
    return apart or _only_follows(laid, hit) or _told_of_talks(laid, parties, hit)


def _only_follows(laid: Layout, hit: Hit) -> bool:
    """*تابع الرئيس سير الأعمال*: *followed*, not *went on to say*, where no words of theirs stand behind."""
    words, bare = laid.tokens.words, laid.tokens.words[hit.at][hit.fallen :]
    if hit.cue.rest or not bare.endswith(("تابع", "تابعت", "يتابع", "تتابع", "تابعوا", "تابعا")):
        return False
    near = range(hit.at + 1, min(len(words), hit.at + 16))
    return not any(words[i] in _SPEECH or is_any_exact(laid, i, "complementizers") for i in near)


_SPEECH: Final = frozenset({":", '"', "«", "“"})


def _told_of_talks(laid: Layout, parties: Parties, hit: Hit) -> bool:
    """*مباحثات اتسمت بالصراحة، تناولت مجمل العلاقات*: the talks, and nobody, are the subject."""
    before = laid.tokens.words[hit.at - 1] if hit.at else ""
    if hit.cue.act != "discussed" or hit.fallen or hit.cue.form not in ("m", "f") or before not in COMMAS:
        return False
    named = behind_verb(laid, parties, hit, min(len(laid.tokens), hit.at + 8))
    return named is None or not speakerish(laid, parties, *named)


def _sides_differ(laid: Layout, hit: Hit) -> bool:
    """*اختلف الوزيران*, *تباينت المواقف*; no noun (*تضارب في الروايات*), nor accounts that differ."""
    words = laid.tokens.words
    if hit.cue.form in BEHIND_ONLY or (hit.at and words[hit.at - 1] in NOT):
        return True
    after = hit.at + 1
    return after < len(words) and words[after] not in ("في", "بين") and not is_any(laid, after, "accounts")


def _goes_along(laid: Layout, hit: Hit) -> bool:
    """Whether a participle goes along with a report: *قال ..., مضيفا أن ...*."""
    if hit.at + 1 == len(laid.tokens):
        return False
    before, after = laid.tokens.words[hit.at - 1], laid.tokens.words[hit.at + 1]
    return (
        before in PUNCTUATION
        or before in ("وقال", "قال")
        or after in (*COMMAS, ":", "اياه", "اياها", "اياهم", "اياهما")
        or _clause(after)
    )


def _negated(laid: Layout, parties: Parties, hit: Hit, start: int) -> bool:
    """Of negated verbs these report: *لم تُخف قلقها*, *لم يستبعد*, *لم يتفق الوزيران*."""
    if is_any(laid, hit.at, "hides") or rules_out(laid, hit):
        return True
    return hit.cue.act == "agreed" and not hit.fallen and _denies_agreement(laid, parties, hit, start)


def _no_statement(laid: Layout, hit: Hit) -> bool:
    """A question of a journalist, and *نقلت الوكالة عن X* where *قوله* follows and tells it."""
    words = laid.tokens.words
    if hit.cue.act == "asked":
        return any(is_any(laid, i, "journalists") for i in range(hit.at, min(len(words), hit.at + 3)))
    return relays(laid, hit) and any(word in HIS_SAYING for word in words[hit.at : hit.at + 16])


def of_antecedent(words: Sequence[str], hit: Hit) -> bool:
    """*..., التي وعدت بالرد*: a relative clause behind a comma tells what its antecedent says."""
    return hit.at > 1 and words[hit.at - 1] in ("التي", "الذي") and words[hit.at - 2] in COMMAS


def rules_out(laid: Layout, hit: Hit) -> bool:
    """Whether the verb is *rule out*, whose negation leaves open."""
    return "ستبعد" in laid.tokens.words[hit.at]


def _stands_as_verb(laid: Layout, parties: Parties, hit: Hit, start: int) -> bool:
    """Whether a word in the middle of a clause is a verb and not a noun that is written alike.

    A verb opens its clause, or stands behind its subject, or somebody is named behind it.
    """
    words = laid.tokens.words
    before = words[hit.at - 1]
    if hit.cue.form == "d" and len(words[hit.at]) == 4 and words[hit.at][0] not in "يت":
        # *قدم عرضا*: more often a noun than *they two offered*.
        return before in laid.lexicon.words["before_verbs"] or before_verb(laid, parties, hit, start) is not None
    opens = (
        before in PUNCTUATION
        or before in laid.lexicon.words["before_verbs"]
        or before.removeprefix("ف") in laid.lexicon.words["before_verbs"]
        or before in laid.lexicon.words["but_it"]
        or is_any(laid, hit.at - 1, "adverbs")
    )
    if opens or hit.cue.form in BEHIND_ONLY or before_verb(laid, parties, hit, start) is not None:
        return True
    named = behind_verb(laid, parties, hit, min(len(words), hit.at + 8))
    return named is not None and speakerish(laid, parties, *named) and not before.startswith("ال")


def _nobody_says(laid: Layout, hit: Hit, start: int) -> bool:
    """*يُذكر أن*, *طلب عدم الكشف عن هويته*, *أُعلن*: the passive, and what is said of a source."""
    words = laid.tokens.words
    raw = laid.tokens.raw(hit.at)[hit.fallen :]
    if (
        raw[1:2] == _DAMMA
        and (hit.cue.form in ("m", "f"))
        and (raw[0] not in "يت" or words[hit.at][hit.fallen + 1 :] in laid.lexicon.words["plain_passives"])
    ):
        return True
    if _hides_source(words, hit):
        return True
    following = words[hit.at + 1 : hit.at + 3]
    bare = words[hit.at][hit.fallen :]
    opens = hit.at == start or words[hit.at - 1] in PUNCTUATION or words[hit.at - 1] in ("كما", "مما")
    clause = following[:1] in (["ان"], ["انه"], ["انها"]) or following == ["الي", "ان"]
    return bare in laid.lexicon.words["impersonal"] and opens and clause


def _hides_source(words: Sequence[str], hit: Hit) -> bool:
    """*طلب عدم الكشف عن هويته*, *مشترطا عدم ذكر اسمه*."""
    following = words[hit.at + 1 : hit.at + 3]
    return following[:1] == ["عدم"] and following[-1] in _UNNAMED_SOURCE


def _is_considered(laid: Layout, parties: Parties, hit: Hit, start: int) -> bool:
    """*تُعد نارفا أكبر مورد*: the passive, which is written like *considers*."""
    words = laid.tokens.words
    if words[hit.at][hit.fallen :] not in ("يعد", "تعد", "يعتبر", "تعتبر"):
        return False
    clause = any(is_any_exact(laid, i, "complementizers") for i in range(hit.at + 1, min(len(words), hit.at + 8)))
    return not clause and (hit.at == start or bool(hit.fallen) or before_verb(laid, parties, hit, start) is None)


def _denies_agreement(laid: Layout, parties: Parties, hit: Hit, start: int) -> bool:
    """*لم يتفق الوزيران على ...*, *الطرفان لم يحسما ...*: that sides do not agree is told of them."""
    end = min(len(laid.tokens), hit.at + 5)
    if hit.cue.form in ("d", "fd", "p"):
        return True
    named = any(is_any(laid, i, "groups") for i in range(max(start, hit.at - 4), end))
    return named or len(parties.codes(max(start, hit.at - 4), end)) > 1


def _clause(word: str) -> bool:
    return word in ("ان", "انه", "انها", "بان", "علي", "الي", "بانه", "بانها", "انهم", "انهما", "ضرورة", "اهمية")


def relays(laid: Layout, hit: Hit) -> bool:
    """Whether the verb passes on what another says: *نقلت الوكالة عن ...*."""
    words = laid.tokens.words
    return (
        hit.noun is not None and words[hit.noun] == "عن" and words[hit.at][hit.fallen :] in laid.lexicon.words["relays"]
    )


def is_reached(laid: Layout, hit: Hit) -> bool:
    """Whether an agreement is told of without who agreed as subject: *تم الاتفاق على ...*, *جرى التوافق بين ...*."""
    return (
        hit.noun is not None and hit.cue.act == "agreed" and is_any(laid, hit.noun, "agreements") and bool(hit.cue.gap)
    )


def in_first_person(laid: Layout, hit: Hit) -> Hit:
    """*أقترح*, which only its hamza tells from *اقترح*: the past of such verbs has none."""
    word, raw = laid.tokens.words[hit.at][hit.fallen :], laid.tokens.raw(hit.at)[hit.fallen :]
    derived = word.startswith(("است", "ان", "ات")) or word[2:3] == "ت"
    if hit.cue.form == "m" and raw[0] == "أ" and derived and len(word) > 4:
        return replace(hit, cue=replace(hit.cue, form="I"))
    return hit
