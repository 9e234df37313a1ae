"""Who speaks: the words that name a speaker made into a party, a body or a person, and remembered through the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from tashawur.readouts.drafts import Draft, Range
from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import without_proclitics
from tashawur.readouts.names import Parties, is_any, latin
from tashawur.readouts.spans import Spans
from tashawur.readouts.tokens import fold
from tashawur.readouts.values import Organisation, Person, Span, Speaker, Statement

_PLACES: Final = frozenset({"at", "on", "in", "в", "на", "في"})
_OF_EVERY_STATE: Final = frozenset({"forei", "minis", "иност", "خارجي"})
"""Beginnings of words that name a ministry of any state and so tell nothing of whose it is."""


class Speakers:
    """The speakers of one text, in the order in which they come up."""

    def __init__(self, laid: Layout, parties: Parties, spans: Spans) -> None:
        self._laid, self._parties, self._spans = laid, parties, spans
        self._lexicon = laid.lexicon
        self._last: tuple[Speaker, str] | None = None
        self._together: tuple[Speaker, str] | None = None
        self._issuer: Speaker | None = None
        self.people: dict[str, Person] = {}
        self._by_word: dict[str, Person] = {}
        self._by_role: dict[str, Person] = {}
        self._by_party: dict[str, Person] = {}
        self._names: dict[str, list[Span]] = {}
        self._party_of: dict[str, str | None] = {}
        self._state_names = self._names_of_states()
        self._author = self._author_of()

    def _author_of(self) -> Speaker | None:
        """Whom the headline or the lines above the text name with a role: where the text says *I*, it is they."""
        marks = self._laid.tokens
        above = [line for line in self._laid.lines[:4] if line.type != "body"]
        for line in above:
            for i in range(line.start, line.end):
                if is_any(self._laid, i, "roles"):
                    stop = i
                    while (
                        stop < line.end
                        and marks.is_word(stop)
                        and marks.words[stop] not in ("at", "on", "in", "в", "на")
                    ):
                        stop += 1
                    return self._titled(i, stop, line.end)
        return None

    def _titled(self, start: int, stop: int, end: int) -> Speaker:
        """Somebody by the role in a title line, and the name behind its comma: *رئيس البعثة، القاضي سمير والدان*."""
        marks = self._laid.tokens
        if self._lexicon.lang == "ar" and stop + 1 < end and marks.words[stop] in ("،", ","):
            name = stop + 1
            stop = next((i for i in range(name, end) if not marks.is_word(i) or marks.words[i] == "في"), end)
            role, mention = self._spans.of(start, name - 1), self._spans.of(name, stop)
            return Speaker(None, None, mention.text, mention, "explicit", role)
        return self._named(start, stop, "body")

    @property
    def anybody(self) -> bool:
        """Whether somebody has spoken."""
        return self._last is not None

    def spoke(self, statement: Statement) -> None:
        """Remembers who spoke last; *the statement added* goes back to who issued it."""
        if statement.via is not None or (statement.speaker.entity or "").endswith(("_STATE_DEPT", "_MFA")):
            self._issuer = statement.speaker
        self._last = statement.speaker, statement.id
        if statement.speaker.resolution == "collective":
            self._together = self._last

    def organisations(self) -> list[Organisation]:
        """The ministries that spoke, with the ways in which the text names them."""
        return [Organisation(code, names, self._party_of[code]) for code, names in self._names.items()]

    def full_name(self, entity: str | None) -> str | None:
        """The fullest name that the text gives a ministry anywhere."""
        names = self._names.get(entity or "")
        return None if names is None else max(names, key=lambda one: len(one.text)).text

    def of(self, draft: Draft, line: str) -> Speaker:
        """Who speaks in a draft; `line` is the type of the line that it stands in."""
        if draft.speaker is None:
            if draft.form == "I" and self._author is not None:
                return self._author
            return self._inherited(several=draft.form in ("d", "fd", "p"))
        start, end = draft.speaker
        words = self._laid.tokens.words
        if end - start == 1 and words[start] in self._lexicon.words["first_person"] and self._author is not None:
            return msgspec.structs.replace(self._author, mention=self._spans.of(start, end), resolution="pronoun")
        if end - start == 1 and words[start] in self._lexicon.words["pronouns"] and self._last is not None:
            last = self._last[0]
            return Speaker(last.party, last.entity, last.canonical, self._spans.of(start, end), "pronoun", None)
        return self._named(start, end, line)

    def own_words(self, speaker: Speaker) -> frozenset[str]:
        """The beginnings of the words that name the speaker, with its role and state."""
        told = [span.text for span in (speaker.mention, speaker.role) if span is not None] + [speaker.canonical or ""]
        person = self.people.get(speaker.entity or "")
        if person is not None and person.role is not None:
            told.append(person.role.text)
        roles, ministries = self._lexicon.words["roles"], self._lexicon.words["ministries"]
        words = [fold(word) for words in told for word in words.split()]
        if self._lexicon.lang == "ar":
            words = [form for word in words for _, form in without_proclitics(word)]
        own = frozenset(
            word.removeprefix("ال")[:5]
            for word in words
            if len(word) > 4 and word not in roles and word not in ministries
        )
        return own - _OF_EVERY_STATE

    def _inherited(self, *, several: bool = False) -> Speaker:
        """Who spoke last; for a verb of several, the sides that did."""
        remembered = self._together if several and self._together is not None else self._last
        if remembered is None:
            return Speaker(None, None, None, None, "unknown")
        last, before = remembered
        again = last.mention is None and last.resolution.startswith("inherited:")
        return Speaker(
            last.party, last.entity, last.canonical, None, last.resolution if again else f"inherited:{before}"
        )

    def _named(self, start: int, end: int, line: str) -> Speaker:
        codes = self._parties.codes(start, end)
        mention = self._spans.of(start, end, self._spans.before_name(start))
        if self._any(start, end, "documents") and self._last is not None and not codes:
            last = self._issuer or self._last[0]
            return Speaker(last.party, last.entity, last.canonical, mention, "document")
        if self._any(start, end, "roles"):
            return self._person(start, end, codes, mention)
        if self._any(start, end, "ministries"):
            return self._ministry(codes, mention)
        if self._any(start, end, "groups"):
            return Speaker(None, None, mention.text, mention, "collective")
        if self._any(start, end, "bodies"):
            return Speaker(codes[0] if codes else None, None, mention.text, mention, "explicit")
        known = next((self._by_word[word] for word in mention.text.split() if word in self._by_word), None)
        if known is not None:
            return Speaker(known.party, known.id, known.name.text, mention, "explicit")
        return self._state(start, end, codes, mention, line)

    def _state(self, start: int, end: int, codes: Sequence[str], mention: Span, line: str) -> Speaker:
        """A state by its name; its capital, or its bare name in a headline, stands for some official of it."""
        if len(codes) != 1:
            together = "collective" if len(codes) > 1 else "explicit"
            return Speaker(codes[0] if codes else None, None, mention.text, mention, together)
        capital = self._laid.tokens.words[start] in self._lexicon.capitals
        resolution = "metonym" if end - start == 1 and (capital or line != "body") else "explicit"
        name = self._state_names.get(codes[0], mention.text)
        return Speaker(codes[0], f"{codes[0]}_GOV", name, mention, resolution)

    def _any(self, start: int, end: int, group: str) -> bool:
        return any(is_any(self._laid, i, group) for i in range(start, end))

    def _names_of_states(self) -> dict[str, str]:
        """The longest name of each state in the text, adjectives and capitals apart."""
        marks, found = self._laid.tokens, dict[str, str]()
        for one in self._parties.all:
            name = marks.text[marks.starts[one.start] + one.fallen : marks.ends[one.end - 1]]
            plain = not name.endswith(("ي", "ية")) and fold(name) not in self._lexicon.capitals
            if plain and len(name) > len(found.get(one.code, "")):
                found[one.code] = name
        return found

    def _ministry(self, codes: Sequence[str], mention: Span) -> Speaker:
        party = codes[0] if codes else next(reversed(self._party_of.values()), None)
        code = f"{party}_STATE_DEPT" if party == "US" else f"{party or 'UNKNOWN'}_MFA"
        names = self._names.setdefault(code, [])
        self._party_of[code] = party
        if all(name.text != mention.text for name in names):
            names.append(mention)
        return Speaker(party, code, self.full_name(code), mention, "explicit" if codes else "explicit_short")

    def _person(self, start: int, end: int, codes: Sequence[str], mention: Span) -> Speaker:
        """Somebody by role, and by name where one follows the role."""
        titles = (
            i for i in range(start, end) if is_any(self._laid, i, "roles", "ministries") or i in self._parties.code_at
        )
        behind = max(titles) + 1
        party = codes[0] if codes else None
        role = self._spans.of(start, behind, self._spans.conjunction(start))
        only_state = end - behind == 1 and is_any(self._laid, behind - 1, "ministries")
        if behind >= end or only_state or not self._is_personal(behind):
            known = self._by_role.get(role.text) or self._by_party.get(party or "") or self._by_role.get(role.text[:5])
            if known is not None:
                return Speaker(known.party, known.id, known.name.text, mention, "role_only", role)
            return Speaker(party, None, mention.text, mention, "role_only", role)
        behind = self._past_state(behind, end)
        name = self._spans.of(behind, end)
        code = latin(self._laid.tokens.words[end - 1]) or "PERSON"
        person = self.people.get(code)
        if person is None:
            person = self.people[code] = Person(code, name, role, party, speaks=True)
            self._remember(person)
        return Speaker(person.party or party, code, name.text, name, "explicit", role)

    def _past_state(self, first: int, end: int) -> int:
        """Where the name begins, behind a state that the lexicon does not know: *министр Наревы Анна Линд*."""
        words = self._laid.tokens.words
        joined = any(words[i] in ("بن", "ال", "ابن", ".", "de", "van", "von") for i in range(first, end))
        return first if joined or end - first <= 2 else end - 2

    def _remember(self, person: Person) -> None:
        self._by_word |= {word: person for word in person.name.text.split() if word not in self._by_word}
        if person.role is not None:
            self._by_role |= {person.role.text: person, person.role.text[:5]: person}
        if person.party is not None:
            self._by_party[person.party] = person

    def _is_personal(self, i: int) -> bool:
        if self._lexicon.lang == "ar":
            return not self._laid.tokens.words[i].startswith("ال")
        return self._laid.tokens.raw(i)[0].isupper()


def answering(laid: Layout, label: Range) -> Range:
    """Who speaks under *Answer:* in a transcript: the person with a role whom the text named before it."""
    answer, marks = laid.lexicon.lines["answer"], laid.tokens
    if not answer.match(marks.text, marks.starts[label[0]]):
        return label
    start = next((i for i in range(label[0]) if is_any(laid, i, "roles")), None)
    if start is None:
        return label
    stop = start
    while stop < label[0] and marks.is_word(stop) and marks.words[stop] not in ("в", "at", "in", "on", "علي", "في"):
        stop += 1
    return start, stop
