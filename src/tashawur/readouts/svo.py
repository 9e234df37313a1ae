"""The grammar of English and Russian reports: who, then the verb, then what; or the words first and who said them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tashawur.readouts.acts import is_perfective_future
from tashawur.readouts.drafts import Draft, Hit, Range, cue_at, cues_in
from tashawur.readouts.layout import Layout, Quoted, Sentence
from tashawur.readouts.names import Parties, is_any, speakerish
from tashawur.readouts.values import Kind

_MARKS: Final = frozenset('"«»“”„‘')
_DASHES: Final = frozenset("—–-")
_BOUNDS: Final = frozenset(";:—–") | _MARKS | frozenset("()")
_TRAILING: Final = frozenset(".,;:!?—–-…") | frozenset("(")
_AND: Final = frozenset({"and", "и", "а", "but", "но", "while", "или", "or"})
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
_OF_BOTH: Final = frozenset({"agreed", "discussed", "refused", "pledged"})
"""Acts that the subject of a reported clause may do as well as the speaker: *said that they had met and agreed ...*."""
_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_CONTRAST: Final = frozenset({"while", "whereas", "but", "а", "но", "однако", ";", "."})
_ADDRESSING: Final = frozenset({"told", "tell", "info", "noti", "assu", "warn", "remi", "brie", "advi", "conv"})
"""Beginnings of verbs behind which stands to whom it is said: *told the minister that ...*."""
_DETERMINERS: Final = frozenset(
    ["the", "a", "an", "its", "his", "her", "their", "our", "these", "this", "ongoing", "continued"]
)
_ADJECTIVES: Final = ("ый", "ий", "ая", "ой", "ого", "ое", "ые", "ие")
_QUOTABLE: Final = 4
_LONGEST_SUBJECT: Final = 26


def statements(laid: Layout, parties: Parties, sentence: Sentence, lead: Range | None) -> Iterator[Draft]:
    """What is said in one sentence; `lead` names the subject of a list whose points begin with a verb."""
    reader = _Reader(laid, parties, sentence, lead)
    yield from reader.read()


class _Reader:
    """Reads one sentence from left to right and remembers who spoke last in it."""

    def __init__(self, laid: Layout, parties: Parties, sentence: Sentence, lead: Range | None) -> None:
        self._laid, self._parties = laid, parties
        self._words = laid.tokens.words
        self._start, self._end = sentence.start, sentence.end
        self._line = laid.lines[sentence.line].type
        self._lead = lead
        self._russian = laid.lexicon.lang == "ru"
        self._speaker: Range | None = None
        self._used: set[int] = set()
        self._clause_end = -1
        self._pending: list[Draft] = []

    def read(self) -> Iterator[Draft]:
        accorded = self._according()
        hits = cues_in(self._laid, self._start, self._end)
        if accorded is not None:
            yield accorded
            inside = accorded.content
            hits = [
                hit
                for hit in hits
                if not inside[0] <= hit.at < inside[1]
                and not (accorded.cue and accorded.cue[0] <= hit.at < accorded.cue[1])
            ]
        previous = self._of_previous(hits)
        if previous is not None:
            yield previous
            return
        trailing = self._trailing(hits)
        if trailing is not None:
            yield trailing
            return
        main = list(self._mains(hits))
        for number, (hit, subject) in enumerate(main):
            limit = self._end
            if number + 1 < len(main):
                following, whose = main[number + 1]
                limit = whose[0] if whose is not None and whose[0] > hit.at else following.at
            yield from self._drafts(hit, subject, limit, first=number == 0)
        yield from self._loose_quotes(spoken=bool(main) or accorded is not None)

    def _of_previous(self, hits: list[Hit]) -> Draft | None:
        """*Об этом сообщил X*: X said what the sentence before tells."""
        if not self._russian or self._words[self._start : self._start + 2] != ["об", "этом"]:
            return None
        for hit in hits:
            subject = self._right_subject(hit) or self._left_subject(hit, self._skip_adverbs(hit.at))
            if subject is not None:
                self._speaker = subject
                return Draft(
                    (self._start, self._start + 2), (hit.at, hit.end), hit.cue.act, "indirect", subject, previous=True
                )
        return None

    def _trailing(self, hits: list[Hit]) -> Draft | None:
        """*The sides have agreed to ..., the minister said on Monday*: what stands before is what was said."""
        for hit in reversed(hits):
            if (
                hit.cue.act not in ("claimed", "announced")
                or hit.cue.form == "participle"
                or self._is_noun(hit)
                or self._opens_clause(hit)
            ):
                continue
            left = self._skip_adverbs(hit.at)
            subject = self._left_subject(hit, left) if not self._russian else None
            if subject is None and self._words[hit.at - 1] in (",", "—"):
                subject = self._right_subject(hit)
            begin = min(hit.at, subject[0]) if subject is not None else hit.at
            if (
                subject is None
                or begin - self._start < 6
                or self._words[begin - 1] not in (",", "—")
                or self._end - max(hit.end, subject[1]) > 14
            ):
                continue
            if any(self._laid.quote_of[i] >= 0 for i in range(max(hit.end, subject[1]), self._end)):
                continue
            first = self._past_dateline()
            stop = begin
            while stop > first and self._words[stop - 1] in (",", "—", "–", "об", "этом"):
                stop -= 1
            if any(
                self._laid.quotes[n].outer and self._laid.quotes[n].end >= stop - 1
                for n in self._laid.quotes_in(first, self._end)
            ) or not any(self._verbish(i) for i in range(first, stop)):
                continue
            self._speaker = subject
            return Draft((first, stop), (hit.at, hit.end), hit.cue.act, "indirect", subject, form=hit.cue.form)
        return None

    def _past_dateline(self) -> int:
        """Behind *CITY, March 11 (Agency) —*."""
        for i in range(self._start, min(self._end, self._start + 14)):
            dash = self._words[i] in _DASHES and not self._laid.tokens.glued(i)
            if dash and not any(self._verbish(n) for n in range(self._start, i)):
                return i + 1
        return self._start

    def _quotes(self) -> Iterator[tuple[int, Quoted]]:
        """The quotations of the sentence, with their numbers."""
        for number in self._laid.quotes_in(self._start, self._end):
            yield number, self._laid.quotes[number]

    def _mains(self, hits: list[Hit]) -> Iterator[tuple[Hit, Range | None]]:
        """The cues that have a speaker of their own, or share that of the one before; the others lie in a content."""
        any_main = False
        clause = False
        plural = False
        for hit in hits:
            joined = plural and hit.cue.form == "base" and hit.at > self._start and self._words[hit.at - 1] == "and"
            if self._is_noun(hit) and not joined:
                continue
            kind, subject = self._role(hit, any_main=any_main, clause=clause)
            if kind is None:
                continue
            any_main = True
            clause = self._opens_clause(hit)
            plural = hit.cue.form == "base"
            yield hit, subject

    def _role(self, hit: Hit, *, any_main: bool, clause: bool) -> tuple[str | None, Range | None]:
        """How the cue comes by its speaker, and who it is; (None, None) where it is no report of its own."""
        words = self._words
        before = words[hit.at - 1] if hit.at > self._start else ""
        if self._russian and before == "не" and hit.cue.act != "refused":
            return None, None
        if hit.cue.form == "participle":
            joined = before == "," or before in _AND or (not self._russian and before == "while")
            return ("shared", None) if any_main and joined else (None, None)
        if hit.cue.form == "passive":
            return "dropped", None
        left = self._skip_adverbs(hit.at)
        if left == self._start and self._lead is not None:
            return "lead", self._lead
        if any_main and left > self._start and words[left - 1] in _AND and hit.cue.form != "base":
            inner = clause and hit.cue.act in _OF_BOTH and not self._parallel(hit)
            return (None, None) if inner else ("shared", None)
        return self._own_subject(hit, left, any_main=any_main, clause=clause)

    def _own_subject(self, hit: Hit, left: int, *, any_main: bool, clause: bool) -> tuple[str | None, Range | None]:
        subject = self._left_subject(hit, left)
        if subject is not None and (not clause or self._begins_anew(subject)):
            return "left", subject
        right = self._right_subject(hit)
        if right is not None and (subject is None or not any_main) and not clause:
            return "right", right
        if subject is None and not any_main and left == self._start and self._russian:
            return "dropped", None
        return None, None

    def _begins_anew(self, subject: Range) -> bool:
        """Whether a subject behind a reported clause begins a clause of its own: *..., while Y denied it*."""
        return subject[0] > self._start and self._words[subject[0] - 1] in _CONTRAST

    def _parallel(self, hit: Hit) -> bool:
        """Whether a second verb behind *said that ...* goes on with the report: *said that ..., and added that*."""
        return (hit.cue.act in ("claimed", "announced") and self._opens_clause(hit)) or self._words[
            self._skip_adverbs(hit.at) - 2 : self._skip_adverbs(hit.at) - 1
        ] == [","]

    def _is_noun(self, hit: Hit) -> bool:
        """Whether the word is a noun here: *the call*, *in support of*, *a report*."""
        before = self._words[hit.at - 1] if hit.at > self._start else ""
        if self._russian:
            return False
        if hit.cue.form == "past" and before in _BE and not hit.cue.rest:
            # *are expected*, *was told*: what is done to somebody.
            return True
        if self._words[hit.at] == "read" and not is_any(self._laid, hit.at - 1, "documents"):
            return True
        if hit.cue.form not in ("base", "present"):
            return False
        if self._lead is not None and self._skip_adverbs(hit.at) == self._start:
            return False
        if hit.cue.form == "base":
            left = self._skip_adverbs(hit.at)
            word = self._words[left - 1] if left > self._start else ""
            plural = (
                self._two_named(left)
                or word in ("we", "they", "i", "who")
                or (word in self._laid.lexicon.words["groups"] and word not in ("two", "both", "three"))
                or (before == "and" and self._words[hit.at - 2 : hit.at - 1] == ["we"])
            )
            return not plural
        return before in (
            "the",
            "a",
            "an",
            "of",
            "in",
            "its",
            "their",
            "his",
            "her",
            "our",
            "for",
            "to",
            "from",
            "with",
            "these",
            "those",
            "this",
            "that",
            "such",
            "any",
            "no",
            "all",
            "on",
            "new",
            "two",
            "and",
        ) or (
            hit.end < self._end and self._words[hit.end] in ("of", "from", "by", "in", "between") and not hit.cue.rest
        )

    def _two_named(self, stop: int) -> bool:
        """*The United States and Turkey look forward*: two that are named stand before a verb in the plural."""
        before = range(max(self._start, stop - 6), stop)
        capital = stop > self._start and self._laid.tokens.raw(stop - 1)[0].isupper()
        return capital and any(self._words[i] == "and" for i in before)

    def _skip_adverbs(self, i: int) -> int:
        """The token behind the subject, left of adverbs and auxiliaries before the verb at `i`."""
        left = i
        while left > self._start and (
            is_any(self._laid, left - 1, "adverbs")
            or self._manner(left - 1)
            or (
                self._words[left - 1]
                in ("не", "had", "has", "have", "was", "were", "was", "did", "бы", "уже", "он", "она", "они")
                and self._words[left - 1] not in ("он", "она", "они")
            )
        ):
            left -= 1
        return left

    def _manner(self, i: int) -> bool:
        """*firmly*, *подробно*: an adverb of manner between the subject and the verb."""
        word = self._words[i]
        if self._russian:
            return (
                len(word) > 4
                and word.endswith("о")
                and word not in ("министерство", "правительство", "агентство", "ведомство", "посольство")
                and not self._laid.tokens.raw(i)[0].isupper()
            )
        return len(word) > 4 and word.endswith("ly")

    def _left_subject(self, hit: Hit, stop: int) -> Range | None:
        words = self._words
        end = stop
        appositive = end > self._start and words[end - 1] == ","
        first = end - 1 if appositive else end
        commas: list[int] = []
        while first > self._start:
            word = words[first - 1]
            if word in _BOUNDS or self._laid.quote_of[first - 1] >= 0:
                break
            if word == ",":
                commas.append(first - 1)
            if (
                word in ("while", "whereas", "but", "но", "однако", "что", "that", "который", "которые", "которая")
                and first - 1 < end - 1
            ):
                if word in ("that", "что", "который", "которые", "которая") and not commas:
                    return None
                break
            if end - first > _LONGEST_SUBJECT:
                break
            first -= 1
        if appositive:
            return self._appositive(first, end - 1, commas)
        begin = self._cut_lead_in(first, end, commas)
        begin = self._after_conjunction(begin, end)
        if (
            self._russian
            and end - begin > 1
            and words[begin] in ("в", "во")
            and is_any(self._laid, begin + 1, "ministries")
            and hit.cue.form in ("past", "present")
        ):
            # *В министерстве обороны назвали ...*: the ministry speaks.
            return begin + 1, end
        if begin >= end or not speakerish(self._laid, self._parties, begin, end):
            return None
        if self._preposition_before(begin) or end - begin > 16:
            return None
        return begin, end

    def _preposition_before(self, begin: int) -> bool:
        return self._words[begin] in (
            "in",
            "at",
            "on",
            "with",
            "of",
            "for",
            "by",
            "during",
            "after",
            "before",
            "в",
            "на",
            "по",
            "с",
            "из",
            "от",
            "для",
            "при",
            "после",
            "о",
            "об",
            "к",
            "у",
            "за",
            "from",
            "to",
            "as",
            "under",
            "over",
        )

    def _appositive(self, first: int, end: int, commas: list[int]) -> Range | None:
        """*X, the minister of Y, said*: the subject stands before the inserted title."""
        inner = [comma for comma in commas if comma < end]
        if not inner:
            return None
        stop = inner[0]
        begin = max([first, *(comma + 1 for comma in inner if comma < stop)])
        begin = self._after_conjunction(begin, stop)
        if begin < stop and speakerish(self._laid, self._parties, begin, stop):
            return begin, end
        return None

    def _cut_lead_in(self, first: int, end: int, commas: list[int]) -> int:
        """Behind *In a statement on Monday,* and the like; names in a row (*A, B and C*) stay together."""
        for comma in commas:
            tail = self._words[comma + 1 : end]
            if not tail:
                continue
            lead = self._words[first:comma]
            listed = any(word in _AND for word in tail) and not self._preposition_before(first) and len(lead) <= 3
            if not listed:
                return comma + 1
        return first

    def _after_conjunction(self, begin: int, end: int) -> int:
        while begin < end and (
            self._words[begin] in _AND
            or (self._words[begin] in ("-", "•", "*", ",", "also", "в", "также") and self._words[begin] != "в")
            or (
                is_any(self._laid, begin, "adverbs")
                and self._words[begin] not in ("in", "both", "all", "each", "в", "по")
            )
        ):
            begin += 1
        if begin < end and self._speaker is None and any(self._verbish(i) for i in range(begin, end)):
            # *... reopened the bridge and the ministry said*: the nearest noun phrase behind the conjunction.
            for i in range(end - 1, begin, -1):
                if self._words[i] in _AND and any(self._verbish(step) for step in range(begin, i)):
                    return i + 1
        return begin

    def _verbish(self, i: int) -> bool:
        word = self._words[i]
        if i in self._parties.code_at:
            return False
        if self._russian:
            return is_perfective_future(word) or (
                len(word) > 4
                and word.endswith(("ил", "ила", "или", "ал", "ала", "али", "лся", "лась", "лись", "ел", "ели"))
            )
        return (len(word) > 4 and word.endswith("ed")) or word in (
            "is",
            "was",
            "were",
            "are",
            "has",
            "have",
            "will",
            "met",
            "held",
            "took",
        )

    def _right_subject(self, hit: Hit) -> Range | None:
        """*«...», said X*; *заявил X*: the subject behind the verb, where it begins at once."""
        words, first = self._words, hit.end
        while (
            first < self._end and is_any(self._laid, first, "adverbs") and not self._laid.tokens.raw(first)[0].isupper()
        ):
            first += 1
        while first < self._end and is_any(self._laid, first, "hearers"):
            first += 1
        if first >= self._end:
            return None
        stop = first
        lexicon = self._laid.lexicon
        while (
            stop < self._end
            and words[stop] not in _BOUNDS
            and words[stop]
            not in (
                ".",
                ",",
                "что",
                "that",
                "о",
                "об",
                "в",
                "на",
                "по",
                "in",
                "on",
                "at",
                "during",
                "after",
                "when",
                "to",
                "с",
                "с",
                "после",
                "перед",
                "журналистам",
                "reporters",
                "and",
                "while",
            )
            and self._laid.quote_of[stop] < 0
        ):
            if stop > first and words[stop] in lexicon.words["complementizers"]:
                break
            stop += 1
            if stop - first > 14:
                break
        while stop > first and (
            is_any(self._laid, stop - 1, "adverbs", "weekdays") or words[stop - 1] in ("на", "во", "в", "on")
        ):
            stop -= 1
        if stop <= first:
            return self._in_document(hit)
        first = self._noun_phrase(first, stop)
        quoted = any(self._laid.quotes[n].outer for n in self._laid.quotes_in(self._start, hit.at))
        before = self._words[hit.at - 1] if hit.at > self._start else ""
        capital = any(self._laid.tokens.raw(i)[0].isupper() for i in range(first, stop))
        titled = (
            is_any(self._laid, first, "roles", "ministries", "groups", "pronouns")
            or first in self._parties.code_at
            or (
                self._russian
                and any(is_any(self._laid, i, "roles", "ministries", "groups") for i in range(first, stop))
            )
        )
        if self._russian:
            return (
                (first, stop)
                if (titled or (capital and before in (",", "—", "–", "этом", "»", '"')))
                and (
                    quoted
                    or before in (",", "—", "–", "этом", "")
                    or hit.at == self._start
                    or not self._left_is_subject(hit)
                )
                else None
            )
        if (quoted or before in (",", "”", '"')) and (titled or capital):
            return first, stop
        return None

    def _in_document(self, hit: Hit) -> Range | None:
        """*..., говорится в сообщении ведомства*: the document speaks."""
        words = self._words
        if (
            not self._russian
            or hit.end + 1 >= self._end
            or words[hit.end] not in ("в", "во")
            or not is_any(self._laid, hit.end + 1, "documents")
        ):
            return None
        stop = hit.end + 2
        while stop < self._end and self._laid.tokens.is_word(stop) and words[stop] not in ("что", "по", "на", "в"):
            stop += 1
        return hit.end + 1, stop

    def _noun_phrase(self, first: int, stop: int) -> int:
        """Where the phrase that names the speaker begins, behind *вечером того же дня* and the like."""
        for i in range(first, stop):
            if (
                is_any(self._laid, i, "roles", "ministries", "groups")
                or i in self._parties.code_at
                or self._laid.tokens.raw(i)[0].isupper()
            ):
                begin = i
                while begin > first and self._words[begin - 1].endswith(_ADJECTIVES):
                    begin -= 1
                return begin
        return first

    def _left_is_subject(self, hit: Hit) -> bool:
        return self._left_subject(hit, self._skip_adverbs(hit.at)) is not None

    def _opens_clause(self, hit: Hit) -> bool:
        """Whether a reported clause (*that ...*, *что ...*) follows the cue."""
        stop = min(self._end, hit.end + 12)
        for i in range(hit.end, stop):
            if self._words[i] in ("that", "что") and self._laid.quote_of[i] < 0:
                return True
            if (
                self._words[i] in (".", ";", ":")
                or self._laid.quote_of[i] >= 0
                or (i > hit.end and cue_at(self._laid, i, stop) is not None and self._words[i - 1] in _AND)
            ):
                return False
        return False

    def _according(self) -> Draft | None:
        """*According to X, ...*, at the beginning or the end of a sentence, or set in by commas."""
        words, phrases = self._words, self._laid.lexicon.phrases["attributions"]
        for at in range(self._start, self._end):
            if self._laid.quote_of[at] >= 0:
                continue
            matched = phrases.at(words, at)
            if matched is None or not (
                at == self._start or words[at - 1] in (",", "(", "—") or words[at] == "according"
            ):
                continue
            begins = at + matched[0]
            if self._laid.lexicon.phrases["pronoun_attributions"].at(words, at) is not None:
                if at > self._start + 1:
                    continue
                content = self._accorded_content(at, begins)
                return (
                    None
                    if content is None
                    else Draft(content, (at, begins), "claimed", "indirect", None, inherits=True)
                )
            stop = begins
            while stop < self._end and words[stop] not in (",", ".", ";", ":", "—", "«", '"', "“", ")"):
                stop += 1
            if self._russian and begins < stop and words[begins] in ("в", "во"):
                begins += 1
            if stop <= begins or stop - begins > 14:
                continue
            if (
                words[at] in ("under", "согласно")
                and not is_any(self._laid, begins, "documents")
                and not any(is_any(self._laid, i, "documents") for i in range(begins, stop))
            ):
                continue
            content = self._accorded_content(at, stop)
            if content is None:
                continue
            self._speaker = (begins, stop)
            draft = Draft(content, (at, at + matched[0]), "claimed", "indirect", (begins, stop))
            quote = (
                self._laid.quote_of[content[0] + (1 if words[content[0]] in _MARKS else 0)]
                if content[0] < len(words) - 1
                else -1
            )
            if quote >= 0 and self._laid.quotes[quote].end >= content[1] - 1:
                draft.content, draft.quote, draft.kind = (
                    (self._laid.quotes[quote].start, self._laid.quotes[quote].end),
                    quote,
                    "direct",
                )
                self._used.add(quote)
            return draft
        return None

    def _accorded_content(self, at: int, stop: int) -> Range | None:
        words = self._words
        if at == self._start or at == self._start + 1:
            first = stop
            while first < self._end and words[first] in (",", ":", "—", "that", "что"):
                first += 1
            return (first, self._trimmed(first, self._end)) if self._end - first >= 3 else None
        if stop + 2 >= self._end:
            last = self._trimmed(self._start, at)
            return (self._start, last) if last - self._start >= 3 else None
        # Set in between commas: the content goes around it and cannot be one span; the longer part is given.
        left, right = at - self._start, self._end - stop
        return (
            (self._start, self._trimmed(self._start, at))
            if left > right
            else (stop + 1, self._trimmed(stop + 1, self._end))
        )

    def _drafts(self, hit: Hit, subject: Range | None, limit: int, *, first: bool) -> Iterator[Draft]:
        cue = (hit.at, hit.end if hit.noun is None or hit.cue.gap else hit.noun)
        if not cue[1] > cue[0]:
            cue = (hit.at, hit.at + 1)
        right = subject is not None and subject[0] >= hit.end
        after = subject[1] if right and subject is not None else hit.end
        quotes = [
            number
            for number, quote in self._quotes()
            if quote.outer and number not in self._used and self._start <= quote.start and quote.end <= self._end
        ]
        speaker = subject
        inherits = subject is None and not first
        if subject is None and self._speaker is not None:
            speaker, inherits = self._speaker, False
        elif subject is None:
            inherits = True
        if subject is not None:
            self._speaker = subject
        act = hit.cue.act
        if act == "refused" and self._russian and hit.at > self._start and self._words[hit.at - 1] == "не":
            # *не исключил*: what is not ruled out is only said to be possible.
            act = "claimed"
        kind: Kind = "headline" if self._line in ("headline", "related_link") else "indirect"
        direct = list(self._direct(quotes, hit, subject, after, limit))
        if direct:
            for number in direct:
                self._used.add(number)
                quote = self._laid.quotes[number]
                yield Draft(
                    (quote.start, quote.end),
                    cue,
                    act,
                    "direct",
                    speaker,
                    inherits,
                    quote=number,
                    form=hit.cue.form,
                )
            return
        content = self._clause(hit, after, limit)
        if right and (content is None or content[1] - content[0] < 2):
            content = self._before(hit)
        if content is None:
            return
        draft = Draft(content, cue, act, kind, speaker, inherits, form=hit.cue.form)
        yield draft

    def _direct(self, quotes: list[int], hit: Hit, subject: Range | None, after: int, limit: int) -> Iterator[int]:
        """The quotations that are the words of this report: beside the cue, the speaker or a comma, and long enough."""
        words = self._words
        for number in quotes:
            quote = self._laid.quotes[number]
            if quote.end - quote.start < _QUOTABLE:
                continue
            if quote.start >= after:
                behind = quote.end + 1
                if quote.start - after <= 1 and behind < self._end and words[behind][0].isalpha():
                    # *noted “a broad agreement” of the two capitals*: only a part of what is said is quoted.
                    continue
                between = words[after : quote.start - 1]
                opened = ":" in between or (
                    len(between) <= 3
                    and not any(
                        word in self._laid.lexicon.words["complementizers"]
                        or word in self._laid.lexicon.words["complement_prepositions"]
                        for word in between
                    )
                    and (not between or between[-1] in (",", ":", "—") or len(between) <= 1)
                )
                later = (
                    number > 0
                    and any(used in self._used and self._laid.quotes[used].end <= quote.start for used in quotes)
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
                        word in (",", "—", "–", "-") or is_any(self._laid, begin - 1, "adverbs") for word in between
                    )
                    and len(between) <= 4
                    and self._opens_sentence(quote.start)
                ):
                    yield number

    def _opens_sentence(self, start: int) -> bool:
        return all(word in _MARKS or word in _DASHES for word in self._words[self._start : start])

    def _clause(self, hit: Hit, after: int, limit: int) -> Range | None:
        words, lexicon = self._words, self._laid.lexicon
        first = after
        if hit.noun is not None and not hit.cue.gap and after == hit.end and hit.cue.rest and self._keeps_noun(hit):
            first = hit.noun
        elif hit.cue.act in _SAYING:
            opened = None if self._takes_noun(hit, after) else self._complementizer(after, limit)
            if opened is not None:
                first = opened
            elif not self._russian or words[first : first + 1] != [","]:
                first = self._past_preposition(first, limit)
            else:
                first += 1
        else:
            first = (
                self._past_preposition(first, limit)
                if hit.cue.act not in ("thanked", "condemned", "welcomed")
                else first
            )
        while first < limit and (words[first] in (",", ":", "—", "–") or words[first] in lexicon.words["weekdays"]):
            first += 1
        stop = self._trimmed(first, limit)
        return (first, stop) if stop > first else None

    def _takes_noun(self, hit: Hit, after: int) -> bool:
        """*noted the statement that ...*, *committed to a dialogue that ...*: what follows is no reported clause."""
        if self._russian or after >= self._end:
            return False
        told = self._words[hit.at][:4] in _ADDRESSING
        return (bool(hit.cue.rest) and hit.cue.rest[-1] == {"to"}) or (not told and self._words[after] in _DETERMINERS)

    def _keeps_noun(self, hit: Hit) -> bool:
        return hit.cue.act in (
            "thanked",
            "concern",
            "assessed",
            "supported",
            "pledged",
            "reaffirmed",
            "claimed",
        ) and self._words[hit.at] not in (
            "call",
            "called",
            "calls",
            "calling",
            "commit",
            "committed",
            "commits",
            "committing",
            "look",
            "looks",
            "looked",
            "looking",
            "made",
            "make",
            "point",
            "pointed",
            "обратил",
            "обратила",
            "дал",
            "взял",
            "взяла",
            "взяли",
        )

    def _complementizer(self, after: int, limit: int) -> int | None:
        words = self._words
        for i in range(after, min(limit, after + 16)):
            if words[i] in ("that", "что", "чтобы"):
                if words[i - 2] in ("условии", "тем", "того", "потому", "кроме"):
                    return None
                return i + 1
            if self._laid.quote_of[i] >= 0 or words[i] in (".", ";", ":") or (i - after > 8 and words[i] == ","):
                return None
            if words[i] in ("to", "о", "об") and i - after <= 1:
                following = words[i + 1 : i + 3]
                if self._russian and following == ["том", ","]:
                    continue
                if (not self._russian and self._laid.tokens.raw(i + 1)[:1].isupper()) or following[:1] in (
                    ["reporters"],
                    ["the"],
                    ["journalists"],
                ):
                    continue
                return None
        return None

    def _past_preposition(self, first: int, limit: int) -> int:
        words = self._words
        while first < limit and (
            is_any(self._laid, first, "weekdays") or words[first] in ("today", "yesterday", "сегодня", "вчера")
        ):
            first += 1
        if (
            first < limit
            and words[first] in self._laid.lexicon.words["complement_prepositions"]
            and not (self._russian and words[first] in ("в", "к", "на"))
        ):
            return first + 1
        return first

    def _before(self, hit: Hit) -> Range | None:
        """What stands before *заявил X* in its own sentence: the words themselves, without quotation marks."""
        first, stop = self._start, hit.at
        while stop > first and self._words[stop - 1] in (",", "—", "–", "-", "этом", "об", "сегодня", "это", "также"):
            stop -= 1
        return (first, stop) if stop - first >= 3 else None

    def _trimmed(self, first: int, stop: int) -> int:
        words = self._words
        while stop > first and (
            words[stop - 1] in _TRAILING
            or words[stop - 1] in _AND
            or words[stop - 1] in ("also", "также", "further", "while")
            or (words[stop - 1] in _MARKS and self._unbalanced(first, stop))
        ):
            stop -= 1
        return stop

    def _unbalanced(self, first: int, stop: int) -> bool:
        marks = [word for word in self._words[first:stop] if word in _MARKS]
        return len(marks) % 2 == 1

    def _loose_quotes(self, *, spoken: bool) -> Iterator[Draft]:
        """A sentence that is a quotation and nothing else goes on with who spoke last."""
        for number, quote in self._quotes():
            if not quote.outer or number in self._used or not (self._start <= quote.start and quote.end <= self._end):
                continue
            outside = [*self._words[self._start : quote.start], *self._words[quote.end : self._end]]
            if quote.end - quote.start >= _QUOTABLE and all(not word[0].isalnum() for word in outside) and not spoken:
                yield Draft((quote.start, quote.end), None, "claimed", "direct", None, inherits=True, quote=number)
