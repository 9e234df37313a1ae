"""What is said in an English or Russian sentence: where the content of a verb of saying begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tashawur.readouts.drafts import Hit, Range, cue_at
from tashawur.readouts.names import is_any
from tashawur.readouts.russian import is_past
from tashawur.readouts.scenes import AND, DASHES, MARKS, Scene

_TRAILING: Final = frozenset(".,;:!?—–-…") | frozenset("(")
_SAYING: Final = frozenset(
    {
        "claimed",
        "announced",
        "denied",
        "assessed",
        "agreed",
        "reaffirmed",
        "pledged",
        "concern",
        "refused",
        "urged",
        "demanded",
        "proposed",
        "asked",
    }
)
_ADDRESSING: Final = frozenset(
    {
        "told",
        "tell",
        "info",
        "noti",
        "assu",
        "warn",
        "remi",
        "brie",
        "advi",
        "напо",
        "appr",
        "изве",
        "инфо",
        "увед",
        "опов",
        "озна",
        "прои",
        "conv",
        "reas",
    }
)
"""Beginnings of verbs behind which stands to whom it is said: *told the minister that ...*."""
_SAID: Final = frozenset({"say", "says", "said", "think", "thinks", "thought", "hope", "hopes", "hoped"})
_CLAUSE_BEGINS: Final = frozenset(
    {"it", "he", "she", "they", "we", "i", "the", "a", "an", "no", "there", "its", "his", "her", "their"}
    | {"this", "these", "none", "nobody", "both", "all", "some"}
)
"""Behind *said* these open a clause without *that*."""
_ADDRESSED: Final = 6
"""Tokens behind such a verb among which *on*, *about* follow those to whom it is said."""
_DETERMINERS: Final = frozenset(
    ["the", "a", "an", "its", "his", "her", "their", "our", "these", "this", "ongoing", "continued"]
)
_OF_NOUNS: Final = frozenset(
    {"thanked", "concern", "assessed", "supported", "pledged", "reaffirmed", "claimed", "condemned", "welcomed"}
)
_EXPRESSING: Final = (
    *(
        "expres",
        "voic",
        "conve",
        "exten",
        "offer",
        "regist",
        "send",
        "sent",
        "hand",
        "lodg",
        "deliv",
        "record",
        "reitera",
        "attach",
        "place",
    ),
    *("выра", "выск", "адрес", "прин", "испыт", "переда", "напр", "засви", "прида", "скры"),
)
"""Beginnings of verbs that express what the noun behind them names."""
_GOVERNING: Final = (
    *("обруш", "нападк"),
    *("указ", "соглас", "настаив", "настоял", "вниман", "жал", "пожал", "ссыл", "сослал", "рассчит", "намек", "надежд"),
    *("останов", "акцент", "упор", "посет", "притязан", "внес"),
    *("отказ", "отмах", "отмеж", "открест", "открещ", "отрек", "воздерж", "уклон", "предост", "обрат", "обращ"),
)
_ENDLESS: Final = frozenset(["договориться", "достичь", "прийти", "найти", "согласовать", "достигнуть", "сблизить"])
_BEHIND_PHRASES: Final = frozenset(
    ["behind", "over", "at", "against", "from", "with", "into", "by", "in", "на", "за", "под", "к", "ко"]
)
"""Prepositions that join what is said to a phrase: *threw its weight behind*, *lodged a protest with*."""
_KEPT: Final = frozenset(
    {"idea", "possibility", "prospect", "proposal", "plan", "plans", "notion", "suggestion", "offer"}
    | {"decision", "move", "policy", "ruling", "draft", "issue", "issues", "question", "questions", "problem"}
    | {"problems", "situation", "challenges", "topic", "matter", "prospects", "progress", "options"}
    | {"declaration", "statement", "resolution", "treaty", "contract", "protocol", "memorandum", "chances"}
    | {"chance", "odds", "losses", "damage", "blame", "toll", "number", "figure", "contribution"}
    | {"contributions", "efforts", "role", "achievements", "report", "figures", "details", "demand"}
    | {"demands", "package", "call", "calls"}
)
"""Nouns that are a part of what is said or done, and no part of the verb: *floated the idea of*, *signed a treaty*."""
_PAPERS: Final = (
    "план",
    "проект",
    "программ",
    "документ",
    "деклар",
    "резолюц",
    "дорожн",
    "заявлен",
    "коммюн",
    "меморанд",
)
"""Beginnings of Russian nouns that are what is agreed on: *одобрил план покупки порта*."""
_OF_THINGS: Final = frozenset(
    {"thanked", "welcomed", "condemned", "concern", "assessed", "supported", "discussed", "refused"}
)
"""Acts whose content is mostly a thing or a person, so that a verb behind *and* is no part of it."""
_LAID: Final = frozenset({"laid", "gave", "took", "made", "left", "held", "sent", "went", "put", "met"})
_OBJECTS: Final = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "him", "them", "it", "to", "for", "gifts", "on", "with", "that"}
)
_BEFORE_DAYS: Final = frozenset({"late", "early", "earlier", "on", "в", "во"})
_DAYS: Final = frozenset({"today", "yesterday", "сегодня", "вчера"})
_PARTS_OF_DAY: Final = frozenset({"morning", "evening", "night", "afternoon"})
_ABOUT: Final = frozenset(["on", "over", "about", "at", "for", "to", "that", "of", "against"])
_BETWEEN: Final = frozenset(
    ["on", "in", "at", "to", "during", "after", "late", "earlier", "today", "yesterday", "before", "by", "through", ","]
)
_OBJECT_BEGINS: Final = frozenset(
    [
        "этот",
        "эту",
        "эти",
        "это",
        "этим",
        "его",
        "ее",
        "их",
        "такую",
        "такой",
        "такие",
        "с",
        "со",
        "о",
        "об",
        "на",
        "от",
        "все",
    ]
)
_SHORTEST_OPENING: Final = 3
"""Tokens of a quotation that opens a sentence and is followed by who said it."""
_LONGEST_FRONT: Final = 60
"""Tokens before a verb that may be what it tells: *по ситуации вокруг ... стороны разошлись*."""
_FRONT: Final = 9
"""Tokens before a Russian verb among which the infinitive stands that it governs."""
_QUOTABLE: Final = 4


class Clauses:
    """Finds contents in one sentence."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def opens(self, hit: Hit) -> bool:
        """Whether a reported clause (*that ...*, *что ...*) follows the cue."""
        stop = min(self._scene.end, hit.end + 12)
        words = self._scene.words
        told = hit.end + (words[hit.at] in ("told", "tells", "tell") and is_any(self._scene.laid, hit.end, "hearers"))
        if (words[hit.at] in _SAID or told > hit.end) and words[told : told + 1] and words[told] in _CLAUSE_BEGINS:
            return True
        for i in range(hit.end, stop):
            if self._scene.words[i] in ("that", "что") and self._scene.laid.quote_of[i] < 0:
                return True
            if (
                self._scene.words[i] in (".", ";", ":")
                or self._scene.laid.quote_of[i] >= 0
                or (i > hit.end and cue_at(self._scene.laid, i, stop) is not None and self._scene.words[i - 1] in AND)
            ):
                return False
        return False

    def direct(self, quotes: list[int], hit: Hit, subject: Range | None, after: int, limit: int) -> Iterator[int]:
        """The quotations that are the words of this report: beside the cue, the speaker or a comma, and long enough."""
        words = self._scene.words
        for number in quotes:
            quote = self._scene.laid.quotes[number]
            opens = quote.end <= hit.at and self._opens_sentence(quote.start)
            led = self._scene.words[quote.start - 2] == ":"
            shortest = 2 if quote.part else _SHORTEST_OPENING if opens or led else _QUOTABLE
            if quote.end - quote.start < shortest:
                continue
            if quote.start >= after:
                behind = quote.end + 1
                if quote.start - after <= 1 and behind < self._scene.end and words[behind][0].isalpha():
                    # *noted “a broad agreement” of the two capitals*: only a part of what is said is quoted.
                    continue
                between = words[after : quote.start - 1]
                opened = ":" in between or (
                    len(between) <= 3
                    and not any(
                        word in self._scene.laid.lexicon.words["complementizers"]
                        or word in self._scene.laid.lexicon.words["complement_prepositions"]
                        for word in between
                    )
                    and (not between or between[-1] in (",", ":", "—") or len(between) <= 1)
                )
                later = (
                    number > 0
                    and any(
                        used in self._scene.used and self._scene.laid.quotes[used].end <= quote.start for used in quotes
                    )
                    and between[-1:] in ([","], ["—"], ["."])
                )
                if ((opened or later) and quote.start <= limit + 2) or later:
                    yield number
            else:
                begin = subject[0] if subject is not None and subject[0] < hit.at else hit.at
                between = words[quote.end + 1 : begin]
                if (
                    quote.end < begin
                    and all(
                        word in (",", "—", "–", "-") or is_any(self._scene.laid, begin - 1, "adverbs")
                        for word in between
                    )
                    and len(between) <= 4
                    and self._opens_sentence(quote.start)
                ):
                    yield number

    def _opens_sentence(self, start: int) -> bool:
        return all(word in MARKS or word in DASHES for word in self._scene.words[self._scene.start : start])

    def content(self, hit: Hit, after: int, limit: int) -> Range | None:
        """What is said, between token `after` and `limit`, without the words that join it on; None for nothing."""
        words, lexicon = self._scene.words, self._scene.laid.lexicon
        manner = self._scene.laid.lexicon.manners.at(words, after) if after == hit.end else None
        after += manner[0] if manner is not None else 0
        aside = None if self._scene.russian else lexicon.phrases["asides"].at(words, after)
        after += aside[0] if aside is not None else 0
        first = after
        if hit.cue.act == "disagreed" and hit.cue.rest and words[hit.at].startswith(("конст", "отмет", "призна")):
            first = hit.at + 1
        elif (hit.noun is not None and not self._scene.russian and words[hit.noun] in _KEPT) or (
            hit.noun is not None and hit.cue.act == "agreed" and words[hit.noun].startswith(_PAPERS)
        ):
            first = self._phrase_of(hit)
        elif hit.noun is not None and words[hit.noun].startswith(("приглашен", "ноту")):
            first = hit.at + 1
        elif self._is_kept(hit, after):
            first = self._phrase_of(hit)
        elif hit.cue.act in _SAYING:
            opened = None if self._takes_noun(hit, after) else self._complementizer(hit, after, limit)
            if opened is not None:
                first = opened
            elif not self._scene.russian or words[first : first + 1] != [","]:
                first = self._past_preposition(hit, first, limit)
            else:
                first += 1
        else:
            first = (
                self._past_preposition(hit, first, limit)
                if hit.cue.act not in ("thanked", "condemned", "welcomed") or self._governs(first)
                else first
            )
            first += int(words[first : first + 1] == ["that"]) + 2 * int(words[first : first + 2] == [",", "что"])
        first = self._past_hearers(hit, first)
        passive = hit.cue.form in ("passive", "done")
        while first < limit and (
            words[first] in (",", ":", "—", "–")
            or words[first] in lexicon.words["weekdays"]
            or (
                passive
                and (
                    (is_any(self._scene.laid, first, "helping") and words[first] != "не")
                    or words[first] in ("и", "также")
                )
            )
        ):
            first += 1
        stop = self.trimmed(first, self._before_other_verb(hit, first, limit))
        if stop <= first and hit.noun is not None and not hit.cue.gap and hit.end - hit.at > 2:
            # *rejects wage demand*: nothing follows the noun that belongs to the verb.
            return hit.at + 1, hit.end
        return (first, stop) if stop > first else None

    def _before_other_verb(self, hit: Hit, first: int, limit: int) -> int:
        """Before *and presented her with a clock*, *и возложил венок*: a second verb that tells nothing."""
        words = self._scene.words
        if hit.cue.act not in _OF_THINGS or words[first - 1] in ("that", "что", "to"):
            return limit
        for i in range(first + 1, limit - 2):
            if self._scene.laid.quote_of[i] >= 0 or words[i] not in ("and", "и"):
                continue
            if self._scene.russian:
                other = is_past(words[i + 1]) and words[i + 1] not in self._scene.laid.lexicon.cues
            else:
                other = (words[i + 1].endswith("ed") or words[i + 1] in _LAID) and words[i + 2] in _OBJECTS
            if other:
                return i
        return limit

    def _past_hearers(self, hit: Hit, first: int) -> int:
        """Past *вас:* in *заверяю вас: ...*, and past *reporters* in *told reporters the deal was close*."""
        words, heard = self._scene.words, is_any(self._scene.laid, min(first, self._scene.end - 1), "hearers")
        if words[first + 1 : first + 2] == [":"] and (heard or words[first] in ("вас", "вам", "you")):
            return first + 2
        return first + int(heard and words[hit.at] in ("told", "tells") and first == hit.end)

    def _is_kept(self, hit: Hit, after: int) -> bool:
        """Whether the noun that belongs to the verb is a part of what is said; in *voiced hope that ...* it is not."""
        if hit.noun is None or hit.cue.gap or after != hit.end or not hit.cue.rest:
            return False
        behind = self._scene.words[hit.end : hit.end + 2]
        clause = behind[:1] == ["that"] or behind == [",", "что"]
        return self._keeps_noun(hit) and not (clause and hit.cue.act == "claimed")

    def _phrase_of(self, hit: Hit) -> int:
        """Where the phrase of the noun begins that belongs to the verb: *its deep concern*."""
        first = noun = hit.noun if hit.noun is not None else hit.end
        while first - 1 > hit.at:
            word = self._scene.words[first - 1]
            if self._scene.laid.tokens.is_word(first - 1) and not is_any(
                self._scene.laid, first - 1, "adverbs", "weekdays"
            ):
                first -= 1
            else:
                break
            if word in _ABOUT or word in ("with", "in", "by", "from", "о", "об", "с", "со", "в", "на"):
                return noun
        return first

    def told_in_passive(self, hit: Hit, after: int, limit: int) -> Range | None:
        """What an English passive tells: the clause behind it, else what stands before it.

        *Regret was voiced at the delay*: of a noun that names an attitude, what it is about.
        """
        words = self._scene.words
        if words[after : after + 1] in (["that"], ["to"], ["not"]) or words[hit.end : hit.end + 1] in (
            ["that"],
            ["to"],
        ):
            return self.content(hit, after, limit)
        if hit.noun is None or hit.noun > hit.at:
            return self.before(hit)
        if words[hit.noun - 1] == "no":
            return hit.noun - 1, self.trimmed(hit.noun, limit)
        about = next((i for i in range(hit.end, limit - 1) if words[i] in _ABOUT), None)
        if about is not None and "," not in words[hit.end : about]:
            return (about + 1, self.trimmed(about + 1, limit))
        be = next(i for i in range(hit.at - 1, hit.noun, -1) if words[i] in ("is", "are", "was", "were", "be", "been"))
        while is_any(self._scene.laid, be - 1, "helping", "adverbs"):
            be -= 1
        if any(words[i] in (",", "which", "that") for i in range(hit.noun, be)):
            return None
        first = hit.noun + 2 if hit.noun + 2 < be and words[hit.noun + 1] in _ABOUT else hit.noun
        return (first, be) if be > first else None

    def object_before(self, subject: Range) -> tuple[Range, Range | None]:
        """*Компания эти слова опровергла*: what stands between subject and verb, where nothing follows the verb."""
        for i in range(subject[0] + 1, subject[1]):
            if self._scene.words[i] in _OBJECT_BEGINS:
                first = i + 1 if self._scene.words[i] in ("с", "со", "о", "об", "на", "от") else i
                return ((subject[0], i), (first, subject[1])) if subject[1] > first else (subject, None)
        return subject, None

    def _takes_noun(self, hit: Hit, after: int) -> bool:
        """*noted the statement that ...*, *committed to a dialogue that ...*: what follows is no reported clause."""
        if self._scene.russian or after >= self._scene.end:
            return False
        told = self._scene.words[hit.at][:4] in _ADDRESSING
        return (bool(hit.cue.rest) and hit.cue.rest[-1] == {"to"}) or (
            not told and self._scene.words[after] in _DETERMINERS
        )

    def _keeps_noun(self, hit: Hit) -> bool:
        """*expressed concern over ...*: the noun is what is said; in *gave an assurance that* it does not."""
        if hit.cue.act == "urged" and hit.noun is not None:
            return is_any(self._scene.laid, hit.noun, "need_nouns")
        if self._scene.russian and self._scene.words[hit.noun or hit.at].startswith("сведени"):
            return False
        verb = self._scene.words[hit.at + int(self._scene.words[hit.at] == "не")]
        return hit.cue.act in _OF_NOUNS and verb.startswith(_EXPRESSING)

    def _complementizer(self, hit: Hit, after: int, limit: int) -> int | None:
        words = self._scene.words
        for i in range(after, min(limit, after + 16)):
            if words[i] in ("that", "что", "чтобы"):
                if words[i - 2] in ("условии", "тем", "того", "потому", "кроме") and words[i - 3] != "из":
                    return None
                return i + 1 if self._scene.russian or self._told_to(hit, after, i) else None
            if self._scene.laid.quote_of[i] >= 0 or words[i] in (".", ";", ":") or (i - after > 8 and words[i] == ","):
                return None
            if words[i] in ("to", "о", "об") and i - after <= 1:
                following = words[i + 1 : i + 3]
                if self._scene.russian and following == ["том", ","]:
                    continue
                if (not self._scene.russian and self._scene.laid.tokens.raw(i + 1)[:1].isupper()) or following[:1] in (
                    ["reporters"],
                    ["the"],
                    ["journalists"],
                ):
                    continue
                return None
        return None

    def _told_to(self, hit: Hit, after: int, that: int) -> bool:
        """Whether only time, place or hearers stand between the cue and *that*, so that it begins what is said."""
        words = self._scene.words
        if that == after or words[hit.at][:4] in _ADDRESSING:
            return True
        first = words[after]
        return first in _BETWEEN or first.endswith("ly") or is_any(self._scene.laid, after, "adverbs", "weekdays")

    def _past_preposition(self, hit: Hit, first: int, limit: int) -> int:
        words = self._scene.words
        first = self._past_time(first, limit)
        if words[hit.at][:4] in _ADDRESSING:
            near = range(first + 1, min(limit - 1, first + _ADDRESSED))
            about = next((i for i in near if words[i] in ("on", "about", "of", "о", "об") or words[i] == ","), None)
            of = about is not None and words[about] == "of" and self._scene.laid.tokens.raw(about + 1)[0].isupper()
            if about is not None and words[about] != "," and (not of or about == first + 1):
                return about + 1
        if (
            hit.cue.act == "concern"
            and first < limit
            and words[first] in ("by", "at", "over", "about", "перед", "из-за", "за")
        ):
            return first + 1
        if hit.cue.rest and first < limit and words[first] in _BEHIND_PHRASES:
            return first + 1
        led = self._scene.laid.lexicon.phrases["content_leads"].at(words, first) if first < limit else None
        if led is not None:
            return first + led[0]
        if (
            first < limit
            and words[first] in self._scene.laid.lexicon.words["complement_prepositions"]
            and not (
                self._scene.russian and words[first] in ("в", "к", "на", "от", "с", "со") and not self._governs(first)
            )
        ):
            return first + 1
        return first

    def _past_time(self, first: int, limit: int) -> int:
        """Past *on Tuesday*, *late on Monday night*, *, in principle,* between the verb and what is said."""
        words, laid = self._scene.words, self._scene.laid
        aside = None if self._scene.russian else laid.lexicon.phrases["asides"].at(words, first + 1)
        if (
            aside is not None
            and words[first : first + 1] == [","]
            and words[first + 1 + aside[0] : first + 2 + aside[0]] == [","]
        ):
            return first + 2 + aside[0]
        while first < limit:
            led = next((n for n in range(first, min(limit, first + 3)) if words[n] not in _BEFORE_DAYS), first)
            if led < limit and (is_any(laid, led, "weekdays") or words[led] in _DAYS):
                first = led + 1
            elif first > 0 and words[first] in _PARTS_OF_DAY and is_any(laid, first - 1, "weekdays"):
                first += 1
            else:
                break
        return first

    def _governs(self, preposition: int) -> bool:
        """*указал на*, *согласился на*: the preposition belongs to the Russian verb and not to what is said."""
        return self._scene.before(preposition).startswith(_GOVERNING)

    def front(self, hit: Hit) -> int | None:
        """The conjunction behind which an infinitive tells what a Russian verb after it refuses or promises."""
        words, found = self._scene.words, False
        if hit.cue.form != "past" or hit.cue.act not in ("refused", "pledged", "agreed", "claimed"):
            return None
        for i in range(hit.at - 1, max(self._scene.start, hit.at - _FRONT), -1):
            if words[i] in AND or words[i] == "однако":
                governed = words[i + 1] == "от" and hit.cue.act == "refused" and hit.at - i > 2
                return i if governed or (found and words[i + 1].endswith(("ть", "ться", "ти"))) else None
            if words[i] in (",", ";", ":", ".") or self._scene.laid.quote_of[i] >= 0:
                return None
            found = found or words[i].endswith(("ть", "ться", "ти"))
        return None

    def before(self, hit: Hit, subject: Range | None = None) -> Range | None:
        """What stands before *заявил X* or *стороны разошлись* in its own sentence, without the words around it."""
        words, laid = self._scene.words, self._scene.laid
        first, stop = max(self._scene.start, hit.at - _LONGEST_FRONT), hit.at
        if subject is not None and subject[0] < hit.at:
            stop = subject[0]
        while stop > first and (
            words[stop - 1] in (",", "—", "–", "-", "этом", "об", "это")
            or is_any(laid, stop - 1, "adverbs", "helping")
            or (not self._scene.russian and hit.cue.form == "passive" and words[stop - 1].endswith("ly"))
        ):
            stop -= 1
        while stop > first and hit.cue.form in ("passive", "done") and words[stop - 1] in _ENDLESS:
            stop -= 1
        if hit.cue.form == "passive" and not self._scene.russian:
            marks = (i for i in range(first + 1, stop) if words[i] == "," and words[i + 1] in ("which", "who", "whose"))
            stop = next(marks, stop)
        opening = laid.lexicon.phrases["lead_ins"].at(words, first)
        if opening is not None:
            first += opening[0]
        while first < stop and (is_any(laid, first, "adverbs") or words[first] == ","):
            first += 1
        led = laid.lexicon.phrases["content_leads"].at(words, first)
        if led is not None:
            first += led[0]
        elif self._scene.russian and words[first] in ("о", "об", "по"):
            first += 1
        if any(laid.quote_of[i] >= 0 for i in range(first, stop)):
            return (first, stop) if stop - first >= 3 and laid.quote_of[first] < 0 else None
        fewest = 1 if hit.cue.form in ("passive", "done") and subject is not None else 2
        return (first, stop) if stop - first >= fewest else None

    def trimmed(self, first: int, stop: int) -> int:
        """Where tokens end without marks, conjunctions and the like at their end."""
        words = self._scene.words
        while stop > first and (
            words[stop - 1] in _TRAILING
            or words[stop - 1] in AND
            or words[stop - 1]
            in ("also", "также", "further", "while", "which", "котором", "которой", "которых", "однако")
            or (words[stop - 1] in MARKS and self._unbalanced(first, stop))
        ):
            stop -= 1
        return stop

    def _unbalanced(self, first: int, stop: int) -> bool:
        marks = [word for word in self._scene.words[first:stop] if word in MARKS]
        return len(marks) % 2 == 1
