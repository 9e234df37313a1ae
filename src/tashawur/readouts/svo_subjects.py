"""Who speaks in an English or Russian sentence: the words that name the subject of a verb of saying."""

from __future__ import annotations

from typing import Final

from tashawur.readouts.around import Around
from tashawur.readouts.drafts import Hit, Range
from tashawur.readouts.names import is_any, speakerish
from tashawur.readouts.russian import is_nominative
from tashawur.readouts.scenes import AND, MARKS, Scene

_BOUNDS: Final = frozenset(";:—–") | MARKS | frozenset("()")
_ADJECTIVES: Final = ("ый", "ий", "ая", "ой", "ого", "ое", "ые", "ие")
_AGREEING: Final = (*_ADJECTIVES, "ых", "их", "ом", "ем", "ей", "ым", "им", "ую", "юю")
"""Endings of adjectives in all cases."""
_NO_SUBJECT_END: Final = frozenset(
    [
        "his",
        "her",
        "its",
        "their",
        "our",
        "this",
        "these",
        "those",
        "us",
        "to",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "shall",
        "the",
        "a",
        "of",
        "in",
        "and",
        ",",
    ]
)
_OF_PEOPLE: Final = frozenset(
    {"claimed", "announced", "urged", "demanded", "denied", "refused", "thanked", "welcomed", "condemned", "concern"}
    | {"pledged", "proposed", "asked", "disagreed", "supported"}
)
"""Acts that nobody but people do; a thing may be found to *call for*, *raise* or *confirm* something."""
_SPEECH: Final = frozenset({"claimed", "announced", "assessed"})
_LONGEST_PEOPLE: Final = 8
_WHOSE: Final = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "our", "my", "some", "several", "many", "most"}
)
_NO_NOUN: Final = frozenset(
    {"как", "так", "там", "тут", "это", "его", "ее", "их", "же", "бы", "уже", "еще", "лишь", "только"}
)
_LONGEST_PLURAL: Final = 7
_LONGEST_NAME: Final = 12
_NAME: Final = 4
"""Tokens in quotation marks up to which they are a name: *газета «Полис»*."""
_RELATIVE: Final = frozenset({"that", "что", "который", "которые", "которая"})
_CONTRASTING: Final = frozenset({"while", "whereas", "although", "though", "but", "но", "однако"})
_LONGEST_NAMED: Final = 16
_LONGEST_RIGHT: Final = 14
_BEHIND_SUBJECT: Final = frozenset(
    [
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
        "после",
        "перед",
        "журналистам",
        "reporters",
        "and",
        "while",
    ]
)
"""Behind a subject that follows its verb stand these."""
_NO_HOUSE: Final = frozenset(
    {"ходе", "ответ", "рамках", "связи", "частности", "целом", "том", "этом", "тот", "начале", "конце"}
    | {"итоге", "время", "результате", "этой", "тексте", "заявлении", "документе", "коммюнике", "преддверии"}
    | {"нем", "ней", "них", "свою", "свете", "очередной", "особенности", "принципе", "последние", "ближайшие"}
    | {"ближайшее", "разговоре", "беседе"}
)
"""Behind *в* these tell no house whose people speak."""
_LONGEST_SUBJECT: Final = 26


class Subjects:
    """Finds subjects in one sentence."""

    def __init__(self, scene: Scene, around: Around) -> None:
        self._scene, self._around = scene, around

    def two_named(self, stop: int) -> bool:
        """*The United States and Turkey look forward*: two that are named stand before a verb in the plural."""
        before = range(max(self._scene.start, stop - 6), stop)
        capital = stop > self._scene.start and self._scene.laid.tokens.raw(stop - 1)[0].isupper()
        return capital and any(self._scene.words[i] == "and" for i in before)

    def left(self, hit: Hit, stop: int) -> Range | None:
        """The subject before a verb of saying, which ends before token `stop`."""
        words = self._scene.words
        appositive = stop > self._scene.start and words[stop - 1] == ","
        reach = self._reach(stop - 1 if appositive else stop, stop)
        if reach is None:
            return None
        first, commas = reach
        if appositive:
            return self._appositive(first, stop - 1, commas)
        lead = self._cut_lead_in(first, stop, commas)
        begin = self._after_conjunction(lead, stop)
        if begin > lead + 2 and (begin >= stop or self._around.preposition_at(begin)):
            return self._of_first_verb(lead, stop)
        if begin >= stop:
            return None
        # *В министерстве обороны назвали ...*: the ministry speaks.
        return (begin + 1, stop) if self._in_a_house(hit, begin, stop) else self._named_in(hit, begin, stop)

    def _reach(self, first: int, stop: int) -> tuple[int, list[int]] | None:
        """How far to the left a subject may reach, with the commas on the way; None inside a relative clause."""
        words, commas = self._scene.words, list[int]()
        while first > self._scene.start and not self._bounds(first - 1) and stop - first <= _LONGEST_SUBJECT:
            word = words[first - 1]
            if word == ",":
                commas.append(first - 1)
            if first - 1 < stop - 1 and word in _RELATIVE:
                return (first, commas) if commas else None
            if first - 1 < stop - 1 and word in _CONTRASTING:
                break
            first -= 1
        return first, commas

    def _in_a_house(self, hit: Hit, begin: int, stop: int) -> bool:
        """Whether a ministry or a capital speaks by *в*: *в Рендоре назвали*."""
        words, laid = self._scene.words, self._scene.laid
        if not self._scene.russian or stop - begin < 2 or words[begin] not in ("в", "во"):
            return False
        capital = laid.tokens.raw(begin + 1)[0].isupper() and stop - begin <= 4
        house = capital or is_any(laid, begin + 1, "ministries", "roles")
        opens = begin == self._scene.start and stop - begin <= 5 and not is_any(laid, begin + 1, "events", "weekdays")
        house = house or (opens and words[begin + 1] not in _NO_HOUSE and words[begin + 1] not in laid.lexicon.months)
        return house and words[hit.at].endswith(("ли", "лись", "ют", "ят", "ут"))

    def _some_people(self, hit: Hit, begin: int, stop: int) -> bool:
        """*The rebels' political wing announced*, *рыбаки заявили*: whoever does what only people do is a speaker."""
        scene, words = self._scene, self._scene.words
        if hit.cue.act not in _OF_PEOPLE or stop - begin > _LONGEST_PEOPLE or hit.cue.form == "base":
            return False
        if not all(scene.laid.tokens.is_word(i) or words[i] in ("'", "-") for i in range(begin, stop)):
            return False
        if any(
            is_any(scene.laid, i, "things", "events", "adverbs", "negators", "conjunctions") for i in range(begin, stop)
        ):
            return False
        if scene.russian and any(words[i].endswith(("ть", "ться", "ти")) for i in range(begin, stop)):
            return False
        if any(self._around.verbish(i) or words[i] in scene.laid.lexicon.months for i in range(begin, stop)):
            return False
        if scene.russian:
            return (
                is_nominative(words[begin]) and words[begin] not in _NO_NOUN and not words[begin].endswith(("но", "ть"))
            )
        plural = words[stop - 1].endswith("s") and not words[stop - 1].endswith(("ss", "us", "'s"))
        return words[begin] in _WHOSE or words[begin].endswith("'s") or plural

    def _named_in(self, hit: Hit, begin: int, stop: int) -> Range | None:
        """The tokens where they can name a speaker; where they begin with something else, the name nearest the verb."""
        words, laid = self._scene.words, self._scene.laid
        if words[begin] == "which" and begin + 1 < stop:
            begin += 1
        if self._scene.russian and stop - begin == 1 and words[begin].endswith("ее") and begin == self._scene.start:
            return None
        if self._around.preposition_at(begin) or stop - begin > _LONGEST_NAMED:
            return self._nearest(begin, stop)
        if not speakerish(laid, self._scene.parties, begin, stop) and not self._some_people(hit, begin, stop):
            return None
        dative = words[begin].endswith(("у", "ю")) and is_any(laid, begin, "roles")
        if self._scene.russian and dative and stop - begin == 1:
            return None
        oblique = self._scene.russian and not self._can_speak(begin)
        return (self._nearest(begin, stop) if oblique else None) or (begin, stop)

    def _bounds(self, i: int) -> bool:
        """Whether token `i` cannot stand inside a subject: a mark, or words in quotation marks that are no name."""
        number = self._scene.laid.quote_of[i]
        if number < 0 and self._scene.words[i] in MARKS:
            beside = (n for n in (i - 1, i + 1) if 0 <= n < len(self._scene.words))
            number = max(self._scene.laid.quote_of[n] for n in beside)
        if number >= 0:
            quote = self._scene.laid.quotes[number]
            return quote.end - quote.start > _NAME or quote.start - 1 <= self._scene.start
        return self._scene.words[i] in _BOUNDS

    def _of_first_verb(self, first: int, end: int) -> Range | None:
        """*The minister met the press and promised ...*: the subject of the verb before is that of this one too."""
        verb = next((i for i in range(first + 1, end) if self._around.verbish(i)), None)
        if verb is None or self._around.preposition_at(first) or self._scene.words[first] in ("it", "there"):
            return self._nearest(first, end)
        stop = self._around.past_adverbs(verb)
        named = stop > first and speakerish(self._scene.laid, self._scene.parties, first, stop)
        return (first, stop) if named and stop - first <= _LONGEST_NAME else None

    def told_of(self, first: int, end: int) -> Range | None:
        """Whom a sentence tells of that ends with a colon: its subject, before the first verb."""
        first = self._around.past_lead_in(first)
        verb = next((i for i in range(first + 1, end) if self._tells_of(i)), end)
        stop = self._around.past_adverbs(verb)
        named = stop > first and not self._around.preposition_at(first) and stop - first <= _LONGEST_NAME
        return (first, stop) if named and speakerish(self._scene.laid, self._scene.parties, first, stop) else None

    def _tells_of(self, i: int) -> bool:
        return self._around.verbish(i) or (self._scene.russian and self._scene.words[i].endswith(("ен", "ена", "ены")))

    def _can_speak(self, i: int) -> bool:
        """Whether a Russian subject may begin with the word: in the genitive or dative it tells of something else."""
        return not self._scene.words[i].endswith(
            ("ть", "ться", "ти", "ого", "ему", "ому", "ыми", "ими", "ам", "ами", "ах", "ях")
        )

    def _nearest(self, first: int, end: int) -> Range | None:
        """The subject next to the verb, behind words that stand before it without a comma.

        *В ходе беседы министр обороны Лив заявил*, *In a call on Monday the two ministers agreed*.
        """
        return self._nearest_russian(first, end) if self._scene.russian else self._nearest_english(first, end)

    def _nearest_russian(self, first: int, end: int) -> Range | None:
        marks = self._scene.laid.tokens
        begin, i = end, end - 1
        while i > first:
            word, capital = self._scene.words[i], marks.raw(i)[0].isupper()
            titled = is_any(self._scene.laid, i, "roles", "ministries", "groups", "pronouns")
            if not marks.is_word(i) and word not in ("-", "."):
                break
            if word == "с" and self._scene.words[i - 1] in ("мы", "мы-то"):
                return i - 1, end
            if self._around.preposition_at(i):
                return (begin, end) if begin < end and begin > i + 1 else None
            if titled and is_nominative(word):
                begin = i
                while begin - 1 > first and self._scene.words[begin - 1].endswith(_AGREEING):
                    begin -= 1
                return begin, end
            if capital and (begin == i + 1 or begin == end):
                begin = i
            elif begin < end and not titled and not capital and not word.endswith(_AGREEING):
                return begin, end
            i -= 1
        return (begin, end) if first < begin < end else None

    def planning(self, first: int, stop: int) -> Range | None:
        """Who will do something, in a Russian text that speaks for its authors: a side, a ministry, a name."""
        found = self._nearest_russian(first - 1, stop)
        if found is not None:
            return found
        marks = self._scene.laid.tokens
        named = first in self._scene.parties.code_at or marks.raw(first)[0].isupper()
        own = is_any(self._scene.laid, first, "first_person") or self._scene.words[first] in ("моя", "мой", "мое")
        speaks = speakerish(self._scene.laid, self._scene.parties, first, stop)
        return (first, stop) if (own or (named and speaks)) and not self._around.preposition_at(first) else None

    def _nearest_english(self, first: int, end: int) -> Range | None:
        marks = self._scene.laid.tokens
        for i in range(end - 1, first, -1):
            word = self._scene.words[i]
            if word in ("the", "a", "an", "both", "its", "their", "she", "he", "they", "we", "i"):
                if self._around.preposition_at(i - 1) and i - 1 > first:
                    continue
                return (i, end) if speakerish(self._scene.laid, self._scene.parties, i, end) else None
            if not marks.is_word(i):
                break
        return None

    def _appositive(self, first: int, end: int, commas: list[int]) -> Range | None:
        """*X, the minister of Y, said*: the subject stands before the inserted title."""
        inner = [comma for comma in commas if comma < end]
        if not inner:
            return None
        stop = inner[0]
        begin = max([first, *(comma + 1 for comma in inner if comma < stop)])
        begin = self._after_conjunction(begin, stop)
        if begin < stop and speakerish(self._scene.laid, self._scene.parties, begin, stop):
            return begin, end
        return None

    def _cut_lead_in(self, first: int, end: int, commas: list[int]) -> int:
        """Behind *In a statement on Monday,* and the like; names in a row (*A, B and C*) stay together."""
        for comma in commas:
            tail = self._scene.words[comma + 1 : end]
            if not tail:
                continue
            lead = self._scene.words[first:comma]
            listed = any(word in AND for word in tail) and not self._around.preposition_at(first) and len(lead) <= 3
            if not listed:
                return comma + 1
        return first

    def _after_conjunction(self, begin: int, end: int) -> int:
        led = self._around.past_lead_in(begin) if begin < end else begin
        if begin < led < end:
            return self._after_conjunction(led, end)
        while begin < end and (
            self._scene.words[begin] in AND
            or (
                self._scene.words[begin] in ("-", "•", "*", ",", "also", "в", "также")
                and self._scene.words[begin] != "в"
            )
            or (
                is_any(self._scene.laid, begin, "adverbs")
                and self._scene.words[begin] not in ("in", "both", "all", "each", "в", "по")
            )
        ):
            begin += 1
        if begin < end and self._scene.speaker is None and any(self._around.verbish(i) for i in range(begin, end)):
            # *... reopened the bridge and the ministry said*: the nearest noun phrase behind the conjunction.
            for i in range(end - 1, begin, -1):
                if self._scene.words[i] in AND and any(self._around.verbish(step) for step in range(begin, i)):
                    return i + 1
        return begin

    def is_plural(self, stop: int) -> bool:
        """Whether the English words before a verb are a noun in the plural, with or without a place behind it."""
        words, first = self._scene.words, stop
        if self._scene.before(stop) in _NO_SUBJECT_END:
            return False
        while first > self._scene.start and words[first - 1] not in _BOUNDS | {","}:
            if (
                stop - first > _LONGEST_PLURAL
                or self._around.verbish(first - 1)
                or not self._scene.laid.tokens.is_word(first - 1)
            ):
                return False
            first -= 1
        head = next((i for i in range(first + 1, stop) if words[i] in ("in", "of", "from", "on", "at")), stop) - 1
        return head >= first and words[head].endswith("s") and not words[head].endswith(("'s", "ss"))

    def is_singular(self, stop: int) -> bool:
        """Whether the English word before a verb in *-s* can be its subject: a name, a role, *it*; not *three*."""
        if stop <= self._scene.start:
            return True
        word = self._scene.words[stop - 1]
        if word in ("two", "three", "four", "five", "both", "all", "other", "such"):
            return False
        if word in ("he", "she", "it", "who", "which", "also", ",", "and", '"', "”", "’", "that", ")", "but"):
            return True
        if self._scene.laid.tokens.raw(stop - 1)[0].isupper() or not self._scene.laid.tokens.is_word(stop - 1):
            return True
        return is_any(self._scene.laid, stop - 1, "roles", "ministries", "groups", "documents", "media")

    def right(self, hit: Hit) -> Range | None:
        """*«...», said X*; *заявил X*: the subject behind the verb, where it begins at once."""
        words, first = self._scene.words, hit.end
        while (
            first < self._scene.end
            and is_any(self._scene.laid, first, "adverbs")
            and not self._scene.laid.tokens.raw(first)[0].isupper()
        ):
            first += 1
        while first < self._scene.end and is_any(self._scene.laid, first, "hearers"):
            first += 1
        if first >= self._scene.end:
            return None
        stop = self._stop_of_right(first)
        if stop <= first:
            return self.in_document(hit) or self._past_circumstance(hit)
        begins = first
        first = self._noun_phrase(first, stop)
        oblique = is_any(self._scene.laid, first, "roles", "ministries") and not is_nominative(words[first])
        if self._scene.russian and oblique and not words[first].endswith(("ей", "ый", "ий")):
            return None
        quoted = any(self._scene.laid.quotes[n].outer for n in self._scene.laid.quotes_in(self._scene.start, hit.at))
        before = self._scene.words[hit.at - 1] if hit.at > self._scene.start else ""
        capital = any(self._scene.laid.tokens.raw(i)[0].isupper() for i in range(first, stop))
        titled = (
            is_any(self._scene.laid, first, "roles", "ministries", "groups", "pronouns")
            or first in self._scene.parties.code_at
            or (
                self._scene.russian
                and any(is_any(self._scene.laid, i, "roles", "ministries", "groups") for i in range(first, stop))
            )
        )
        if self._scene.russian and not quoted and hit.cue.act not in _SPEECH and not self._begins_named(begins):
            # *..., осудили обстрел Порт-Эша*: what stands behind is an object.
            return None
        if self._scene.russian and not titled and not capital and before in (",", "—", "–", "»"):
            return self._past_gesture(hit, first, stop)
        if self._scene.russian:
            return (
                (first, stop)
                if (titled or (capital and before in (",", "—", "–", "этом", "»", '"')))
                and (
                    quoted
                    or before in (",", "—", "–", "этом", "")
                    or hit.at == self._scene.start
                    or not self._left_is_subject(hit)
                )
                else None
            )
        told = before in (",", "”", '"') and hit.cue.act in ("claimed", "announced")
        if (quoted or told) and (titled or capital):
            return first, stop
        return None

    def _begins_named(self, i: int) -> bool:
        """Whether a name or a title in the nominative stands at token `i`."""
        i += self._scene.words[i] in ("обе", "оба", "все", "две", "два", "три", "ее", "его", "их")
        if self._scene.laid.tokens.raw(i)[0].isupper():
            return True
        named = is_any(self._scene.laid, i, "roles", "ministries", "groups", "pronouns")
        return named and is_nominative(self._scene.words[i])

    def _past_gesture(self, hit: Hit, first: int, stop: int) -> Range | None:
        """*«...», — пожал плечами министр*; *..., заявил их адвокат*: somebody that no list names."""
        words, laid = self._scene.words, self._scene.laid
        named = self._past_circumstance(hit)
        if named is not None:
            return named
        beside = first == hit.end and self._scene.before(hit.at) in ("—", "–")
        people = hit.cue.act in ("claimed", "announced") and not any(
            is_any(laid, i, "things", "events") for i in range(first, stop)
        )
        nominative = is_nominative(words[first]) or (beside and words[first].endswith(("а", "я")))
        return (first, stop) if people and nominative and stop - first <= _LONGEST_PEOPLE else None

    def _stop_of_right(self, first: int) -> int:
        """The token behind a subject that begins at `first`, behind its verb; a quoted name belongs to it."""
        words, laid, stop = self._scene.words, self._scene.laid, first
        while stop < self._scene.end and stop - first <= _LONGEST_RIGHT and laid.quote_of[stop] < 0:
            if words[stop] in _BOUNDS or words[stop] in _BEHIND_SUBJECT:
                break
            stop += 1
        if first < stop < self._scene.end - 2 and words[stop] in MARKS and not self._bounds(stop):
            number = laid.quote_of[stop + 1]
            stop = laid.quotes[number].end + 1 if number >= 0 else stop
        while stop > first and (
            is_any(laid, stop - 1, "adverbs", "weekdays") or words[stop - 1] in ("на", "во", "в", "on")
        ):
            stop -= 1
        return stop

    def _past_circumstance(self, hit: Hit) -> Range | None:
        """*возразил позднее в интервью каналу «Восток» посол*: the subject behind where it was said."""
        if not self._scene.russian:
            return None
        words = self._scene.words
        for i in range(hit.end + 1, min(self._scene.end, hit.end + 12)):
            if words[i] in (",", ":", "что", ";"):
                return None
            if is_any(self._scene.laid, i, "roles", "ministries", "groups") and is_nominative(words[i]):
                stop = i + 1
                while stop < self._scene.end and words[stop] not in (",", ".", ":", "что", ";", "—"):
                    stop += 1
                return i, stop
        return None

    def in_document(self, hit: Hit) -> Range | None:
        """*..., говорится в сообщении ведомства*, *сообщили в министерстве*: the document or the ministry speaks."""
        words, first = self._scene.words, hit.end + 1
        if not self._scene.russian or first >= self._scene.end or words[hit.end] not in ("в", "во"):
            return None
        noun = first
        while noun < self._scene.end - 1 and noun - first < 3 and words[noun].endswith(_AGREEING):
            noun += 1
        document = is_any(self._scene.laid, noun, "documents")
        many = words[hit.at].endswith(("ли", "лись", "ют", "ят", "ут"))
        house = many and (
            is_any(self._scene.laid, noun, "ministries") or self._scene.laid.tokens.raw(first)[0].isupper()
        )
        if not document and not house:
            return None
        stop = noun + 1
        while (
            stop < self._scene.end
            and self._scene.laid.tokens.is_word(stop)
            and words[stop] not in ("что", "по", "на", "в", "о", "об", "со")
        ):
            stop += 1
        return first, stop

    def _noun_phrase(self, first: int, stop: int) -> int:
        """Where the phrase that names the speaker begins, behind *вечером того же дня* and the like."""
        for i in range(first, stop):
            if (
                is_any(self._scene.laid, i, "roles", "ministries", "groups")
                or i in self._scene.parties.code_at
                or self._scene.laid.tokens.raw(i)[0].isupper()
            ):
                begin = i
                while begin > first and self._scene.words[begin - 1].endswith(_ADJECTIVES):
                    begin -= 1
                return begin
        return first

    def _left_is_subject(self, hit: Hit) -> bool:
        return self.left(hit, self._around.past_adverbs(hit.at)) is not None
