"""Two accounts of one meeting side by side: what both say, what only one says, and where they differ, and in what.

Nearness of words only proposes pairs: it cannot tell *agreed* from *refused*, nor 30 April from 30 June. The verdict
comes from act, negation, numbers, dates and conditions; a person confirms it. That two accounts *contradict* each
other is never said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from tashawur.readouts.lexicon import Lexicon, without_proclitics
from tashawur.readouts.tokens import tokens
from tashawur.readouts.values import Act, Readout, Statement
from tashawur.terms.vocabulary import Found

Verdict = Literal["both_say", "differs", "only_first", "only_second"]
Change = Literal["kept", "hardened", "softened", "changed", "dropped", "new"]
Difference = Literal["act", "negation", "number", "date", "condition"]
Nearness = Callable[[Sequence[str], Sequence[str]], Sequence[Sequence[float]]]
"""How near each of the first texts is to each of the second, from 0 to 1: rows for the first."""

NEAR: Final = 0.40
"""Below it no pair is proposed: sentences of three languages that have nothing in common are mostly below .37."""

_FAR: Final = 0.25
"""Below it nothing beside the words makes a pair."""

_AGAINST: Final = frozenset({"denied", "refused", "disagreed"})
_FAMILIES: Final[dict[Act, str]] = {
    **dict.fromkeys(("agreed", "pledged"), "bound"),
    **dict.fromkeys(("announced", "proposed"), "planned"),
    **dict.fromkeys(("denied", "refused", "disagreed"), "against"),
    **dict.fromkeys(("condemned", "concern", "demanded"), "critical"),
    **dict.fromkeys(("thanked", "welcomed", "supported"), "for"),
}
_FIRMNESS: Final[dict[Act, int]] = {
    **dict.fromkeys(("agreed", "pledged", "refused", "demanded"), 4),
    **dict.fromkeys(("announced", "reaffirmed", "denied", "condemned"), 3),
    **dict.fromkeys(("proposed", "urged", "disagreed"), 2),
    "discussed": 0,
}


class Account(Found, frozen=True):
    """What one side says in a text, of which `lexicon` is the language."""

    name: str
    statements: Sequence[Statement]
    lexicon: Lexicon


class Row(Found, frozen=True):
    """A statement of the first account beside its counterpart in the second; None where the other has none."""

    verdict: Verdict
    first: Statement | None
    second: Statement | None
    differs_in: Sequence[Difference] = ()
    nearness: float | None = None


class Step(Found, frozen=True):
    """A statement of the earlier account beside that of the later one of the same side, and what became of it."""

    change: Change
    earlier: Statement | None
    later: Statement | None
    differs_in: Sequence[Difference] = ()


def account(name: str, readout: Readout, lexicon: Lexicon, party: str | None = None) -> Account:
    """What the text, or one party in it, says; what a headline or link says again is left out."""
    own = [one for one in readout.statements if one.duplicate_of is None and one.region != "related_link"]
    return Account(name, [one for one in own if party is None or one.speaker.party == party], lexicon)


def compare(first: Account, second: Account, nearness: Nearness | None = None) -> list[Row]:
    """The statements of both accounts, paired one to one: in the order of the first, then what only the second says."""
    pairs = _pairs(first, second, nearness)
    rows: list[Row] = []
    for i, one in enumerate(first.statements):
        if i not in pairs:
            rows.append(Row("only_first", one, None))
            continue
        j, near = pairs[i]
        other = second.statements[j]
        differs = differences(one, other, first.lexicon, second.lexicon)
        rows.append(Row("differs" if differs else "both_say", one, other, differs, round(near, 2)))
    taken = {j for j, _ in pairs.values()}
    rows += [Row("only_second", None, one) for j, one in enumerate(second.statements) if j not in taken]
    return rows


def over_time(earlier: Account, later: Account, nearness: Nearness | None = None) -> list[Step]:
    """What became of one side's words from an earlier account to a later one."""
    return [Step(_change(row), row.first, row.second, row.differs_in) for row in compare(earlier, later, nearness)]


def _change(row: Row) -> Change:
    if row.first is None:
        return "new"
    if row.second is None:
        return "dropped"
    if "negation" in row.differs_in:
        return "changed"
    before, after = _firmness(row.first), _firmness(row.second)
    if before != after:
        return "hardened" if after > before else "softened"
    return "changed" if row.differs_in else "kept"


def _firmness(one: Statement) -> float:
    """How firmly something is said: the act, less where it hangs on a condition, more where a day is set."""
    fixed = one.deadline is not None and one.deadline.type != "vague"
    return _FIRMNESS.get(one.act, 1) - 0.5 * (one.condition is not None) + 0.5 * fixed


def differences(one: Statement, other: Statement, first: Lexicon, second: Lexicon) -> list[Difference]:
    """In what two statements on one matter differ."""
    found: list[Difference] = []
    if _FAMILIES.get(one.act, "said") != _FAMILIES.get(other.act, "said"):
        found.append("act")
    if _denies(one) != _denies(other):
        found.append("negation")
    if numbers(one, first) != numbers(other, second):
        found.append("number")
    if _day(one) != _day(other) or _other_months(months(one, first), months(other, second)):
        found.append("date")
    if (one.condition is None) != (other.condition is None):
        found.append("condition")
    return found


def _denies(one: Statement) -> bool:
    return one.act in _AGAINST or one.negated


def _day(one: Statement) -> tuple[str, str | None] | None:
    """The deadline as it can be compared: its day or stretch, or only that there is a vague one."""
    if one.deadline is None:
        return None
    return (one.deadline.type, None) if one.deadline.iso is None else ("fixed", one.deadline.iso)


def numbers(one: Statement, lexicon: Lexicon) -> frozenset[int]:
    """The numbers that a statement names, in digits or words, those of its deadline left out."""
    outside = one.content.text
    if one.deadline is not None:
        outside = outside.replace(one.deadline.span.text, " ")
    words = tokens(outside).words
    named = {int(word) for word in words if word.isdecimal() and len(word) < 10}
    return frozenset(named | {lexicon.numbers[word] for word in words if lexicon.numbers.get(word, 0) > 1})


def months(one: Statement, lexicon: Lexicon) -> frozenset[int]:
    """The months that a statement names, by number. In scripts with capitals, a name has one (*may* is no month)."""
    found = tokens(one.content.text)
    named: set[int] = set()
    for place, word in enumerate(found.words):
        pair = " ".join(found.words[place : place + 2])
        number = lexicon.months.get(pair, lexicon.months.get(word))
        letter = one.content.text[found.starts[place]]
        if number is not None and not (letter.isascii() and letter.islower()):
            named.add(number)
    return frozenset(named)


def _other_months(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether both name months, and not the same: where one names none, its day says more than a month left out."""
    return bool(one and other) and one != other


def _pairs(first: Account, second: Account, nearness: Nearness | None) -> dict[int, tuple[int, float]]:
    """Which statement goes with which, the nearest first, each with one other at most."""
    ones, others = first.statements, second.statements
    if not ones or not others:
        return {}
    near = nearness or _by_words(first.lexicon, second.lexicon)
    table = near([one.content.text for one in ones], [other.content.text for other in others])
    close = sorted(
        (
            (table[i][j] + _alike(ones[i], others[j]), table[i][j], -i, -j)
            for i in range(len(ones))
            for j in range(len(others))
            if _can_pair(ones[i], others[j], table[i][j], measured=nearness is not None)
        ),
        reverse=True,
    )
    found: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for _, share, i, j in close:
        if -i not in found and -j not in taken:
            found[-i] = -j, share
            taken.add(-j)
    return found


def _can_pair(one: Statement, other: Statement, near: float, *, measured: bool) -> bool:
    """Whether two statements may be on one matter. Thanks go with thanks alone, however near the words are."""
    if (one.act == "thanked") != (other.act == "thanked"):
        return False
    if near >= _FAR and near + _alike(one, other) >= NEAR:
        return True
    return not measured and _same_matter(one, other)


def _alike(one: Statement, other: Statement) -> float:
    """What speaks for a pair, or against it, beside its words."""
    topics = 0.0
    if one.topic is not None and other.topic is not None:
        topics = 0.1 if one.topic == other.topic else -0.1
    day = one.deadline is not None and _day(one) == _day(other)
    return topics + 0.1 * day + 0.05 * (one.act == other.act)


def _same_matter(one: Statement, other: Statement) -> bool:
    """Without a measure across languages: the same topic and act, or the same day."""
    topic = one.topic is not None and one.topic == other.topic
    day = one.deadline is not None and one.deadline.iso is not None and _day(one) == _day(other)
    return (topic and (one.act == other.act or day)) or (day and one.act == other.act)


def _by_words(first: Lexicon, second: Lexicon) -> Nearness:
    """Nearness by the words that two texts share, by their beginnings; texts in two languages share none."""

    def near(ones: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        left, right = [_stems(text, first) for text in ones], [_stems(text, second) for text in others]
        return [[_share(one, other) for other in right] for one in left]

    return near


def _stems(text: str, lexicon: Lexicon) -> frozenset[str]:
    words = [word for word in tokens(text).words if len(word) > 3 and word[0].isalpha()]
    if lexicon.lang == "ar":
        words = [without_proclitics(word)[-1][1].removeprefix("ال") for word in words]
    return frozenset(word[:5] for word in words)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    least = min(len(one), len(other))
    return len(one & other) / (0.5 * least + 0.5 * max(len(one), len(other))) if least else 0.0
