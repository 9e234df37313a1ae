"""Who speaks: the words that name a speaker made into a party, a body or a person, and remembered through the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from tashawur.readouts.drafts import Draft, Range
from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import without_proclitics
from tashawur.readouts.names import Parties, any_of, is_adjective_of, is_any, latin
from tashawur.readouts.spans import Spans
from tashawur.readouts.tokens import fold
from tashawur.readouts.values import Organisation, Person, Span, Speaker, Statement

_PLACES: Final = frozenset({"at", "on", "in", "в", "на", "في"})
_OF_EVERY_STATE: Final = frozenset({"forei", "minis", "иност", "خارجي"})
"""Beginnings of words that name a ministry of any state and so tell nothing of whose it is."""


_BEHIND_NAMES: Final = frozenset({"of", "from", "in", "who", "for", ","})
_SEVERAL: Final = frozenset({"they", "они", "ими"})
_SHORT_NAME: Final = 5
"""Letters of a Russian name in an oblique case that is known by all but its ending: *Велла*."""
_MINE: Final = frozenset({"my", "моя", "мой", "мое", "мои"})
_FOREIGN: Final = frozenset({"الخارجية", "للخارجية", "خارجية"})
_HEAD: Final = 120
"""Tokens at the head of a text that may name who issues it."""


class Speakers:
    """The speakers of one text, in the order in which they come up."""

    def __init__(self, laid: Layout, parties: Parties, spans: Spans) -> None:
        self._laid, self._parties, self._spans = laid, parties, spans
        self._lexicon = laid.lexicon
        self._last: tuple[Speaker, str] | None = None
        self._together: tuple[Speaker, str] | None = None
        """Who spoke last together: *the sides*."""
        self._issuer: Speaker | None = None
        self.people: dict[str, Person] = {}
        self._by_word: dict[str, Person] = {}
        self._by_role: dict[str, Person] = {}
        self._by_party: dict[str, Person] = {}
        self._names: dict[str, list[Span]] = {}
        self._states: dict[str, list[str]] = {}
        """For each person the other names in the words that named them: mostly a state."""
        self._party_of: dict[str, str | None] = {}
        self._state_names = self._names_of_states()
        self._author = self._author_in_arabic() if self._lexicon.lang == "ar" else self._author_of()
        self._of_role, self._of_issuer = self._states_of_roles()

    def _states_of_roles(self) -> tuple[dict[str, set[str]], frozenset[str]]:
        """The states that English roles go with (*Prime Minister X of Y*), and those in the lines above the text."""
        marks, roles, issuer = self._laid.tokens, dict[str, set[str]](), set[str]()
        if self._lexicon.lang == "ru":
            return self._states_of_names(), frozenset()
        if self._lexicon.lang == "ar":
            return self._states_of_titles(), frozenset()
        heads = {i for line in self._laid.lines[:4] if line.type != "body" for i in range(line.start, line.end)}
        offices = set[str]()
        for i in range(1, len(marks) - 1):
            if "roles" in self._laid.groups[i]:
                self._state_before(i, roles)
            if marks.words[i] != "of" or not marks.raw(i + 1)[0].isupper():
                continue
            stem = marks.words[i + 1][:5]
            if i in heads:
                (offices if is_any(self._laid, i - 1, "ministries") else issuer).add(stem)
            first = i - 1
            while first > 0 and i - first < 6 and marks.raw(first)[0].isupper():
                if is_any(self._laid, first, "roles"):
                    roles.setdefault(marks.words[first], set()).add(stem)
                first -= 1
        return roles, frozenset(offices if len(offices) == 1 else offices | issuer)

    def _state_before(self, role: int, found: dict[str, set[str]]) -> None:
        """*Belmora's finance minister, Lucan Orr*; *the Adrian foreign minister Paul Ostrow*: the state of a name."""
        marks = self._laid.tokens
        first = role
        while first > max(0, role - 4) and marks.is_word(first - 1) and not self._tells_state(first):
            first -= 1
        if not self._tells_state(first):
            return
        stop = role + 1
        while stop < len(marks) and (is_any(self._laid, stop, "roles") or marks.words[stop] in (",", "for", "of")):
            stop += 1
        while stop < len(marks) and stop - role < 8 and marks.is_word(stop) and marks.raw(stop)[0].isupper():
            found.setdefault(marks.words[stop], set()).add(marks.words[first][:5])
            stop += 1

    def _tells_state(self, i: int) -> bool:
        """Whether a word is a state's name with *'s*, or the adjective of one."""
        word = self._laid.tokens.words[i]
        capital = self._laid.tokens.raw(i)[0].isupper() and not is_any(self._laid, i, "roles", "ministries")
        return capital and len(word) > 4 and word.endswith(("'s", "ian", "ean", "ese", "ish"))

    def _states_of_titles(self) -> dict[str, set[str]]:
        """The states that Arabic titles go with: *رئيسة أولانيا إلينا دراغور*."""
        found: dict[str, set[str]] = {}
        for i, groups in enumerate(self._laid.groups[:-1]):
            title, state = self._laid.tokens.words[i], self._laid.tokens.words[i + 1]
            if (
                "roles" in groups
                and not title.startswith("ال")
                and (state in self._laid.names or i + 1 in self._parties.code_at)
            ):
                found.setdefault(title, set()).add(state[:5])
        return found

    def _states_of_names(self) -> dict[str, set[str]]:
        """The Russian states that surnames go with: *министр иностранных дел Горвана Сергей Лантов*."""
        marks, found = self._laid.tokens, dict[str, set[str]]()
        for i, groups in enumerate(self._laid.groups):
            if "roles" not in groups:
                continue
            near = range(i + 1, min(len(marks), i + 9))
            ends = (n for n in near if not marks.same_line(i, n) or not (marks.is_word(n) or marks.words[n] == "."))
            stop = next(ends, near.stop)
            first = next((n for n in range(i + 1, stop) if marks.raw(n)[0].isupper()), stop)
            stop = next((n for n in range(first, stop) if marks.is_word(n) and not marks.raw(n)[0].isupper()), stop)
            capitals = [n for n in range(first, stop) if marks.is_word(n) and len(marks.words[n]) > 1]
            if len(capitals) >= 2 and not is_any(self._laid, capitals[0], "roles", "ministries"):
                found.setdefault(marks.words[capitals[-1]][:5], set()).add(marks.words[capitals[0]][:5])
        return found

    def _author_in_arabic(self) -> Speaker | None:
        """Whom the lines above an Arabic text name first with a role."""
        marks = self._laid.tokens
        for line in self._laid.lines[:4]:
            at = (i for i in range(line.start, line.end) if line.type != "body" and is_any(self._laid, i, "roles"))
            first = next(at, None)
            if first is None:
                continue
            stop = first
            while stop < line.end and marks.is_word(stop):
                stop += 1
            if not any(self._is_verb(i) for i in range(first, stop)):
                return self._titled(first, stop, line.end)
        return None

    def _is_verb(self, i: int) -> bool:
        """*رئيس الوزراء يتلقى اتصالا*: a headline that tells of somebody names no author."""
        word, known = self._laid.tokens.words[i], self._laid.names
        cued = any(cue.form in ("m", "f") and not cue.rest for cue in self._lexicon.cues.get(word, ()))
        return word not in known and i not in self._parties.code_at and (cued or (word[0] == "ي" and len(word) > 3))

    def _author_of(self) -> Speaker | None:
        """Whom the lines above the text name with a role, best with a name: where the text says *I*, it is they."""
        found: list[Speaker] = []
        for line in self._laid.lines[:4]:
            if line.type == "body":
                continue
            first = next((i for i in range(line.start, line.end) if is_any(self._laid, i, "roles")), None)
            if first is not None and not self._any(line.start, first, "ministries"):
                found.append(self._author_in(line.start, first, line.end))
        named = (one for one in found if one.entity is not None)
        return next(named, found[0] if found else None)

    def _author_in(self, start: int, role: int, end: int) -> Speaker:
        """*Remarks by the Coordinator for ..., Judge X Y*; *X Y, coordinator of ...*."""
        marks = self._laid.tokens
        capitals = [i for i in range(start, role) if marks.is_word(i) and marks.raw(i)[0].isupper()]
        if len(capitals) >= 2 and role - start <= 5 and marks.words[start + len(capitals)] == ",":
            return self._named_person(start, start + len(capitals), (role, end))
        stop = role
        while stop < end and marks.is_word(stop) and marks.words[stop] not in ("at", "on", "in", "в", "на"):
            stop += 1
        behind = stop + 1
        named = behind < end and marks.words[stop] == "," and all(marks.raw(i)[0].isupper() for i in range(behind, end))
        return self._named(behind if named and end - behind > 1 else role, end if named else stop, "body")

    def _named_person(self, start: int, end: int, role: Range) -> Speaker:
        """A person whose name stands before the role."""
        name, told = self._spans.of(start, end), self._spans.of(*role)
        code = latin(self._laid.tokens.words[end - 1]) or "PERSON"
        person = self.people.setdefault(code, Person(code, name, told, None, speaks=True))
        self._remember(person)
        return Speaker(None, code, name.text, name, "explicit", told)

    def _titled(self, start: int, stop: int, end: int) -> Speaker:
        """Somebody by the role in a title line, and the name behind its comma: *رئيس البعثة، القاضي سمير والدان*."""
        marks = self._laid.tokens
        if stop + 1 < end and marks.words[stop] in ("،", ","):
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

    def named(self, speaker: Speaker) -> None:
        """Remembers somebody who is named as speaking without words of theirs."""
        self._last = speaker, self._last[1] if self._last is not None else ""

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
            return self._unsaid(draft)
        start, end = draft.speaker
        words = self._laid.tokens.words
        mine = words[start] in _MINE and not self._any(start, end, "roles")
        alone = end - start == 1 and words[start] in self._lexicon.words["first_person"]
        if (alone or mine) and self._author is not None:
            return msgspec.structs.replace(self._author, mention=self._spans.of(start, end), resolution="pronoun")
        alone = end - start == 1 and words[start] in self._lexicon.words["pronouns"]
        if (alone or words[end - 1] in ("them", "них")) and self._last is not None:
            several = words[start] in _SEVERAL and self._together is not None
            last = self._together[0] if several and self._together is not None else self._last[0]
            return Speaker(last.party, last.entity, last.canonical, self._spans.of(start, end), "pronoun", None)
        return self._named(start, end, line)

    def _unsaid(self, draft: Draft) -> Speaker:
        """Who speaks where no word names them: by the form of the verb its author, the sides, or who spoke last."""
        if draft.form == "I" and self._author is not None:
            return self._author
        if draft.form == "first" and self._author is not None:
            return msgspec.structs.replace(self._author, resolution="pronoun")
        if draft.form in ("passive", "done"):
            return self._unnamed(draft.act)
        return self._inherited(several=draft.form in ("d", "fd", "p"))

    def own_words(self, speaker: Speaker) -> frozenset[str]:
        """The beginnings of the words that name the speaker, with its role and state."""
        told = [span.text for span in (speaker.mention, speaker.role) if span is not None] + [speaker.canonical or ""]
        person = self.people.get(speaker.entity or "")
        if person is not None and person.role is not None:
            told.append(person.role.text)
        told += self._states.get(speaker.entity or "", [])
        roles, ministries = self._lexicon.words["roles"], self._lexicon.words["ministries"]
        words = [fold(word) for words in told for word in words.split()]
        if self._lexicon.lang == "en":
            words += [word.removesuffix("ish") for word in words if word.endswith("ish")]
        if self._lexicon.lang == "ru":
            words += [word[:-1] for word in words if len(word) == _SHORT_NAME]
        if self._lexicon.lang == "ar":
            words = [form for word in words for _, form in without_proclitics(word)]
        own = frozenset(
            word.removeprefix("ال")[:5]
            for word in words
            if len(word) > 3 and word not in roles and word not in ministries
        )
        if not self._of_role and not self._of_issuer:
            return own - _OF_EVERY_STATE
        keys = (key.removeprefix("ال") for word in words for key in re.split(r"[.\s]", word) if key)
        of_role = [
            self._of_role[key]
            for key in (one[:5] if self._lexicon.lang == "ru" else one for one in keys)
            if key in self._of_role
        ]
        if of_role and all(len(one) == 1 for one in of_role):
            own |= frozenset(stem for one in of_role for stem in one)
        issuing = self._of_issuer if len(self._of_issuer) == 1 and not of_role else frozenset[str]()
        return (own | issuing) - _OF_EVERY_STATE

    def _unnamed(self, act: str) -> Speaker:
        """Who did what a Russian passive tells: what is agreed, the sides together; the rest, who spoke last.

        A note or a letter that spoke last is not it: then it is who issues the text.
        """
        last = self._last[0] if self._last is not None else None
        one = last is not None and (last.resolution in ("explicit", "role_only", "pronoun") or last.mention is None)
        if self._together is not None and (act in ("agreed", "disagreed") or (one and act != "demanded")):
            told, before = self._together
            return Speaker(told.party, told.entity, told.canonical, None, f"inherited:{before}")
        alone = last is None or last.resolution in ("explicit", "metonym")
        if self._together is None and alone and act in ("agreed", "disagreed", "discussed"):
            head = range(min(len(self._laid.tokens), _HEAD))
            first = next((i for i in head if is_any(self._laid, i, "ministries", "groups")), None)
            if first is not None and is_any(self._laid, first, "groups"):
                return self._issuing()
        if (
            last is not None
            and last.mention is not None
            and fold(last.mention.text) in self._lexicon.words["documents"]
        ):
            return self._issuing()
        return self._inherited()

    def _issuing(self) -> Speaker:
        """Who issues a text in which nobody has spoken yet: its author, or the first ministry or group it names."""
        if self._lexicon.lang == "ar":
            return Speaker(None, None, None, None, "unknown")
        if self._author is not None:
            return self._author
        marks = self._laid.tokens
        for i in range(min(len(marks), _HEAD)):
            if is_any(self._laid, i, "ministries", "groups") and marks.is_word(min(i + 1, len(marks) - 1)):
                stop = i + 1
                near = min(len(marks), i + 8)
                while stop < near and marks.is_word(stop) and marks.same_line(i, stop) and not self._ends_name(stop):
                    stop += 1
                return self._named(i, stop, "body")
        return Speaker(None, None, None, None, "unknown")

    def _ends_name(self, i: int) -> bool:
        marks = self._laid.tokens
        return marks.words[i] in _PLACES | {"was", "has", "have", "will"} or marks.words[i].endswith(("л", "ла", "ли"))

    def _inherited(self, *, several: bool = False) -> Speaker:
        """Who spoke last; for a verb of several, the sides that did."""
        remembered = self._together if several and self._together is not None else self._last
        if remembered is None:
            return self._issuing()
        last, before = remembered
        again = last.mention is None and last.resolution.startswith("inherited:")
        told = last.resolution if again else f"inherited:{before}"
        return Speaker(last.party, last.entity, last.canonical, None, told)

    def _named(self, start: int, end: int, line: str) -> Speaker:
        codes = self._parties.codes(start, end)
        mention = self._spans.of(start, end, self._spans.before_name(start))
        of_ministry = self._lexicon.lang == "ar" and self._any(start, end, "ministries")
        if self._any(start, end, "documents") and self._last is not None and not codes and not of_ministry:
            last = self._issuer or self._last[0]
            return Speaker(last.party, last.entity, last.canonical, mention, "document")
        if (self._lexicon.lang == "ru" and self._any(start, start + 1, "groups")) or (
            self._lexicon.lang == "ar" and is_any(self._laid, start, "groups")
        ):
            return Speaker(None, None, mention.text, mention, "collective")
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
        return any_of(self._laid, start, end, group)

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
        if self._lexicon.lang == "ar" and party is None and not self._of_foreign_affairs(mention):
            # Of a state that is not known, only the foreign ministry is told apart from other bodies.
            return Speaker(None, None, mention.text, mention, "explicit_short")
        code = f"{party}_STATE_DEPT" if party == "US" else f"{party or 'UNKNOWN'}_MFA"
        names = self._names.setdefault(code, [])
        self._party_of[code] = party
        if all(name.text != mention.text for name in names):
            names.append(mention)
        return Speaker(party, code, self.full_name(code), mention, "explicit" if codes else "explicit_short")

    def _of_foreign_affairs(self, mention: Span) -> bool:
        """*وزارة الخارجية*, and *الوزارة*, which stands for the one that spoke."""
        words = [fold(word) for word in mention.text.split()]
        return words == ["الوزارة"] or any(word in _FOREIGN for word in words)

    def _person(self, start: int, end: int, codes: Sequence[str], mention: Span) -> Speaker:
        """Somebody by role, and by name where one follows the role."""
        groups = ("roles", "ministries", "bodies") if self._lexicon.lang == "ar" else ("roles", "ministries")
        titles = (i for i in range(start, end) if is_any(self._laid, i, *groups) or i in self._parties.code_at)
        behind = max(titles) + 1
        if self._lexicon.lang != "ar":
            while behind < end and not self._is_personal(behind):
                # *директор «Синих линий»*: the name of a house is none of a person.
                number = self._laid.quote_of[behind + 1] if behind + 1 < end else -1
                behind = self._past_place(behind, end)
                if self._ends_role(behind, end):
                    behind = end
                    break
                behind = min(end, self._laid.quotes[number].end + 1) if number >= 0 else behind + 1
            end = next((i for i in range(behind + 1, end) if self._laid.tokens.words[i] in _BEHIND_NAMES), end)
        elif behind < end and is_adjective_of(self._laid, behind - 1, self._laid.tokens.words[behind]):
            # *مصدر حكومي رفيع*: somebody who is not named.
            behind = end
        else:
            behind = self._past_body(behind, end)
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
        if self._lexicon.lang != "ar":
            marks = self._laid.tokens
            beside = (marks.raw(i).removesuffix("'s") for i in range(start, behind) if marks.raw(i)[0].isupper())
            self._states.setdefault(code, []).extend(beside)
        return Speaker(person.party or party, code, name.text, name, "explicit", role)

    def _ends_role(self, i: int, end: int) -> bool:
        """*The envoy, who arrived on Sunday*: behind the role stands no name."""
        words = self._laid.tokens.words
        return i < end - 1 and (words[i] == "who" or (words[i] == "," and not self._is_personal(i + 1)))

    def _past_place(self, i: int, end: int) -> int:
        """*the mayor of Hale, Ines Pott*: behind the place that the role is of, where a name follows its comma."""
        words, comma = self._laid.tokens.words, i + 1
        if words[i] != "of":
            return i
        while comma < end and words[comma] != ",":
            comma += 1
        return comma if comma < end - 1 else i

    def _past_body(self, behind: int, end: int) -> int:
        """*مدير في المصرف*, *المتحدث باسم الجيش*: past the body that an Arabic role belongs to."""
        words = self._laid.tokens.words
        if behind >= end or not (words[behind] in self._lexicon.words["name_stops"] or words[behind] == "باسم"):
            return behind
        behind += 1
        while behind < end and not (words[behind - 1].startswith("ال") and self._is_personal(behind)):
            behind += 1
        return behind

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
        if laid.lexicon.lang == "ar" and not marks.same_line(start, stop):
            break
        stop += 1
    return start, stop
