"""The text as a whole: who takes part, who is named, what repeats, and the commitments of all statements."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from tashawur.readouts import judging, subjects
from tashawur.readouts.commitments import Deed, deeds, merged, strength_of
from tashawur.readouts.drafts import Range
from tashawur.readouts.layout import Layout
from tashawur.readouts.names import Parties, is_any, latin
from tashawur.readouts.spans import Spans
from tashawur.readouts.times import Times
from tashawur.readouts.values import Commitment, Kind, Party, Person, Span, Statement

_HONORIFICS: Final = frozenset({"الامير", "السيد", "السيدة", "الدكتور", "الاميرة"})
_LOCATIVE: Final = ("in", "at", "в", "في")
_ALIKE: Final = 0.4
"""The part of a headline's words that a statement of the body must share to be the same."""


@dataclass(slots=True)
class Told:
    """A statement with the tokens that it was made from."""

    statement: Statement
    content: Range
    trim: int
    sentence: int


def mark_duplicates(laid: Layout, told: Sequence[Told]) -> None:
    """Names, for what a headline or related link says, the statement of the body that says it too."""
    bodies: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(told):
        if one.statement.region == "body":
            for stem in _stems(laid, one.content):
                bodies[stem].append(place)
    for one in told:
        if one.statement.region == "body":
            continue
        mine = _stems(laid, one.content)
        shared: defaultdict[int, int] = defaultdict(int)
        for stem in mine:
            for place in bodies[stem]:
                shared[place] += 1
        best = max(shared, key=lambda place: (shared[place], -place), default=None)
        if best is not None and shared[best] >= _ALIKE * len(mine):
            same = told[best].statement.id
            one.statement = msgspec.structs.replace(one.statement, duplicate_of=same)


def _stems(laid: Layout, content: Range) -> set[str]:
    words = [word for word in laid.tokens.words[slice(*content)] if len(word) > 2]
    if laid.lexicon.lang != "ar":
        return {word[:5] for word in words}
    bare = (word.removeprefix("و").removeprefix("ب").removeprefix("ل").removeprefix("ال") for word in words)
    return {word[:4] for word in bare}


def sides_of(laid: Layout, parties: Parties, statements: Sequence[Statement]) -> list[str]:
    """The parties that speak in the text, alone or together, in the order in which they do."""
    starts = [laid.tokens.starts[one.start] for one in parties.all]
    found: dict[str, None] = {}
    for one in statements:
        if one.speaker.party is not None:
            found[one.speaker.party] = None
        if one.speaker.resolution == "collective" and one.speaker.mention is not None:
            first, last = bisect_left(starts, one.speaker.mention.start), bisect_left(starts, one.speaker.mention.end)
            found |= dict.fromkeys(named.code for named in parties.all[first:last])
    return list(found)


def parties_of(laid: Layout, parties: Parties, spans: Spans, statements: Sequence[Statement]) -> list[Party]:
    """The parties that the text names, with their mentions and what they are to the talks."""
    marks, held = laid.tokens, dict[str, list[Span]]()
    for one in parties.all:
        first = one.start
        if laid.lexicon.lang == "ar" and first > 0 and is_any(laid, first - 1, "delegations"):
            first -= 1
        glued = bool(one.fallen) and first == one.start and marks.words[first][0] in "وف"
        held.setdefault(one.code, []).append(spans.of(first, one.end, int(glued)))
    sides = sides_of(laid, parties, statements)
    thanked = (one.addressee for one in statements if one.act == "thanked" and one.topic == "hosting")
    hosts = {one.party for one in thanked if one is not None}
    topics = {one.topic for one in statements}

    def role(code: str) -> Literal["side", "host", "absent_affected"] | None:
        if code in sides:
            return "side"
        if code in hosts:
            return "host"
        return "absent_affected" if judging.settlement_of(code) in topics else None

    return [Party(code, role(code), mentions) for code, mentions in held.items()]


def places_of(laid: Layout, parties: Parties, spans: Spans) -> list[Span]:
    """Capitals that are named as the place of something."""
    words, capitals = laid.tokens.words, laid.lexicon.capitals
    named = (one for one in parties.all if words[one.start] in capitals and one.start > 0)
    return [spans.of(one.start, one.end) for one in named if words[one.start - 1] in _LOCATIVE]


def people_of(laid: Layout, parties: Parties, spans: Spans, speaking: dict[str, Person]) -> list[Person]:
    """Those who speak, and others whom the text names with a role."""
    found = dict(speaking)
    known = {word for person in found.values() for word in person.name.text.split()}
    i = 0
    while i < len(laid.tokens):
        named = _role_and_name(laid, parties, i)
        if named is None:
            i += 1
            continue
        role, name = named
        i = name[1]
        span = spans.of(*name)
        if not known.isdisjoint(span.text.split()):
            continue
        known.update(span.text.split())
        inside, before = parties.codes(*role), parties.codes(max(0, role[0] - 14), name[1])
        party = inside[0] if inside else before[-1] if before else None
        code = latin(laid.tokens.words[name[1] - 1]) or f"PERSON{len(found) + 1}"
        found.setdefault(code, Person(code, span, spans.of(*role), party, speaks=False))
    return list(found.values())


def _role_and_name(laid: Layout, parties: Parties, i: int) -> tuple[Range, Range] | None:
    """*the President of X, Y Z*: a role and the name behind it, where the role begins at token `i`."""
    if not is_any(laid, i, "roles"):
        return None
    marks = laid.tokens
    behind = i + 1
    while behind < len(marks) and behind - i < 6 and _part_of_role(laid, parties, behind):
        behind += 1
    name = behind
    while name < len(marks) and marks.words[name] in _HONORIFICS:
        name += 1
    stop = name
    while stop < len(marks) and stop - name < 6 and _part_of_name(laid, parties, stop):
        stop += 1
    return ((i, behind), (name, stop)) if stop - name >= 2 else None


def _part_of_role(laid: Layout, parties: Parties, i: int) -> bool:
    word = laid.tokens.words[i]
    if word in _HONORIFICS:
        return False
    article = laid.lexicon.lang == "ar" and word.startswith("ال")
    return article or i in parties.code_at or is_any(laid, i, "roles", "ministries")


def _part_of_name(laid: Layout, parties: Parties, i: int) -> bool:
    marks = laid.tokens
    if not marks.is_word(i) or marks.words[i][0].isdecimal() or i in parties.code_at:
        return False
    if laid.lexicon.lang == "ar":
        return subjects.part_of_name(laid, i)
    return marks.raw(i)[0].isupper() and not is_any(laid, i, "roles", "ministries")


def commitments_of(
    laid: Layout, parties: Parties, spans: Spans, times: Times, told: Sequence[Told], sides: Sequence[str]
) -> list[Commitment]:
    """The commitments of the statements, the same deed of the same side once, in the order of the text."""
    found: list[tuple[Kind, Commitment]] = []
    for one in told:
        if one.statement.negated and one.statement.act not in ("pledged", "agreed"):
            continue
        for deed in deeds(laid, one.statement, one.content, one.trim):
            topic = judging.topic_of(laid, parties, deed.action) or one.statement.topic
            deadline = next((deadline for _, _, deadline in times.deadlines(*deed.action)), None)
            made = _commitment(spans, one.statement, deed, sides)
            found.append((one.statement.kind, msgspec.structs.replace(made, topic=topic, deadline=deadline)))
    beside = {one.statement.id: one.statement.region != "body" for one in told}
    # What only a headline or a link tells is too short to bind anybody.
    told_in_body = (one for one in merged(found) if not all(beside[name] for name in one.statements))
    ordered = sorted(told_in_body, key=lambda one: one.action.start)
    return [
        msgspec.structs.replace(
            one, id=f"C{number}", statements=sorted(one.statements, key=lambda name: (beside[name], name))
        )
        for number, one in enumerate(ordered, 1)
    ]


def _commitment(spans: Spans, statement: Statement, deed: Deed, sides: Sequence[str]) -> Commitment:
    own = statement.act != "agreed" and statement.committer is None
    speaking = statement.speaker.party or statement.speaker.canonical or "unknown"
    both = list(sides) or [speaking]
    debtors = [speaking] if own else both
    ambiguous = own and statement.kind == "direct" and len(both) > 1
    return Commitment(
        id="",
        statements=(statement.id,),
        debtors=debtors,
        creditors=[code for code in both if code not in debtors] if own else both,
        action=spans.of(*deed.action, deed.trim),
        mutual=not own,
        strength=strength_of(statement),
        asserted_by=(speaking,),
        condition=statement.condition,
        criteria=statement.criteria,
        purpose=spans.maybe(deed.purpose),
        flags=["first_person_plural_ambiguous"] if ambiguous else [],
    )
