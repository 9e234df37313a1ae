"""Days and deadlines as texts write them. What the words do not fix is left open; nothing is guessed.

A day without a year is given one only when the day of publication is known: it is the one nearest to it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from hijridate import Hijri

from tashawur.readouts.layout import Layout
from tashawur.readouts.lexicon import Phrases, without_proclitics
from tashawur.readouts.values import Day, Deadline, Span

_OF = frozenset({"من", "of", "شهر", "the"})
_YEAR_WORDS = frozenset({"года", "год", "году", "г", "عام", "سنة", "للعام", "م", "هـ", "ه"})


@dataclass(frozen=True, slots=True)
class Found:
    """A day, or a month, that stands from token to token `end`."""

    end: int
    year: int | None
    month: int
    day: int | None
    hijri: str | None = None


class Times:
    """The days and deadlines of one text; `published` is the day of its publication, where that is known."""

    def __init__(self, laid: Layout, published: dt.date | None) -> None:
        self._laid = laid
        self._published = published

    def span(self, start: int, end: int) -> Span:
        """The tokens from `start` to `end` as a span of the text; a conjunction glued to the first is left out."""
        marks = self._laid.tokens
        begins, ends = marks.starts[start], marks.ends[end - 1]
        return Span(begins, ends, marks.text[begins:ends])

    def days(self) -> list[Day]:
        """Every day in the text, in order."""
        found, i, words = [], 0, self._laid.tokens.words
        while i < len(words):
            one = self._day(i) if words[i][0].isdecimal() or words[i] in self._laid.lexicon.day_words else None
            if one is not None:
                found.append(one[1])
                i = one[0]
            else:
                i += 1
        return found

    def _day(self, i: int) -> tuple[int, Day] | None:
        written = self._date(i)
        if written is not None and written.day is not None:
            day = self._iso(written.year, written.month, written.day)
            return written.end, Day(self.span(i, written.end), relative=False, iso=day, hijri=written.hijri)
        return self.relative(i)

    def relative(self, i: int) -> tuple[int, Day] | None:
        """*today*, *yesterday Tuesday*, *on Thursday*: the token behind it and the day."""
        lexicon, words = self._laid.lexicon, self._laid.tokens.words
        shift = lexicon.relative.get(words[i])
        weekday = lexicon.words["weekdays"]
        end = i + 1
        if (
            shift is None
            and words[i] not in weekday
            and not (words[i] == "يوم" and words[end : end + 1] and words[end] in weekday)
        ):
            return None
        if end < len(words) and words[end] in weekday:
            end += 1
        elif words[i] == "اليوم" and i > 0 and words[i - 1][0].isalpha() and words[end : end + 1] != ["،"]:
            # *اجتماعات اليوم*: the meetings of the day, which tells no day.
            return None
        iso = None
        if shift is not None and self._published is not None:
            iso = str(self._published + dt.timedelta(days=shift))
        return end, Day(self.span(i, end), relative=True, iso=iso)

    def _date(self, i: int) -> Found | None:
        words = self._laid.tokens.words
        number = self._number(i)
        if number is not None and 1 <= number[1] <= 31:
            after = number[0]
            if after < len(words) and words[after] in _OF:
                after += 1
            month = self._month(after)
            if month is not None:
                year_end, year = self._year(month[0])
                return Found(year_end, year, month[1], number[1])
            hijri = self._hijri_month(after)
            if hijri is not None:
                year_end, year = self._year(hijri[0])
                return self._from_hijri(year_end, year, hijri[1], number[1])
        month = self._month(i)
        if month is None:
            return None
        after = month[0]
        if after < len(words) and words[after].isdecimal() and int(words[after]) <= 31:
            skip = 1 if words[after + 1 : after + 2] == [","] else 0
            year_end, year = self._year(after + 1 + skip)
            return Found(year_end if year else after + 1, year, month[1], int(words[after]))
        year_end, year = self._year(after)
        return Found(year_end, year, month[1], None)

    def _number(self, i: int) -> tuple[int, int] | None:
        words = self._laid.tokens.words
        if i >= len(words):
            return None
        if words[i].isdecimal() and len(words[i]) <= 2:
            return i + 1, int(words[i])
        value = self._laid.lexicon.numbers.get(words[i])
        return None if value is None else (i + 1, value)

    def _month(self, i: int) -> tuple[int, int] | None:
        words, months = self._laid.tokens.words, self._laid.lexicon.months
        if i >= len(words):
            return None
        pair = " ".join(words[i : i + 2]) if i + 1 < len(words) else ""
        found = (i + 2, months[pair]) if pair in months else (i + 1, months[words[i]]) if words[i] in months else None
        if found is not None and words[found[0] : found[0] + 1] == ["/"]:
            other = self._month(found[0] + 1)
            return (other[0], found[1]) if other else found
        return found

    def _hijri_month(self, i: int) -> tuple[int, int] | None:
        matched = self._laid.lexicon.hijri_months.at(self._laid.tokens.words, i) if i < len(self._laid.tokens) else None
        return None if matched is None else (i + matched[0], matched[1])

    def _year(self, i: int) -> tuple[int, int | None]:
        words = self._laid.tokens.words
        at = i
        if at < len(words) and words[at] in (",", "،"):
            at += 1
        if at < len(words) and words[at] in _YEAR_WORDS:
            at += 1
        if at < len(words) and words[at].isdecimal() and len(words[at]) == 4:
            after = at + 1
            if after < len(words) and words[after] in _YEAR_WORDS:
                after += 1
            return after, int(words[at])
        return i, None

    def _from_hijri(self, end: int, year: int | None, month: int, day: int) -> Found:
        if year is None:
            return Found(end, None, 0, day)
        try:
            plain = Hijri(year, month, day).to_gregorian()
        except (ValueError, OverflowError):
            return Found(end, None, 0, day, f"{year}-{month:02}-{day:02}")
        return Found(end, plain.year, plain.month, plain.day, f"{year}-{month:02}-{day:02}")

    def _iso(self, year: int | None, month: int, day: int | None) -> str | None:
        if month == 0:
            return None
        if year is None:
            if self._published is None:
                return None
            around = self._published.year
            days = [day or 1, 1]
            options = [one for one in (around, around + 1) if _valid(one, month, days[0])]
            ahead = [one for one in options if dt.date(one, month, days[0]) >= self._published - dt.timedelta(days=60)]
            year = ahead[0] if ahead else around
        last = calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 0
        if day is None:
            return f"{year:04}-{month:02}-{last:02}"
        return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= last else None

    def deadlines(self, start: int, end: int) -> Iterator[tuple[int, int, Deadline]]:
        """Every deadline between two tokens: where it begins and ends, and what it says."""
        words, lexicon = self._laid.tokens.words, self._laid.lexicon
        i = start
        while i < end:
            begins = words[i] in lexicon.deadline_words or words[i] in lexicon.day_words or words[i][0].isdecimal()
            found = self._deadline(i, end) if begins else None
            if found is not None and found[0] <= end:
                yield i, found[0], found[1]
                i = found[0]
            else:
                i += 1

    def _deadline(self, i: int, limit: int) -> tuple[int, Deadline] | None:
        phrases = self._laid.lexicon.phrases
        vague = self._phrase(phrases["vague"], i)
        if vague is not None:
            return vague, Deadline(self.span(i, vague), "vague")
        for name in ("within", "before"):
            after = self._phrase(phrases[name], i)
            if after is None or after >= limit:
                continue
            found = self._stretch(i, after) if name == "within" else self._point(i, after)
            if found is not None:
                return found
        return self._on_day(i)

    def _phrase(self, phrases: Phrases, i: int) -> int | None:
        """The token behind the phrase that begins at `i`; None where none does."""
        words = self._laid.tokens.words
        matched = phrases.at(words, i)
        return None if matched is None else i + matched[0]

    def _stretch(self, i: int, after: int) -> tuple[int, Deadline] | None:
        words, lexicon = self._laid.tokens.words, self._laid.lexicon
        number = self._number(after)
        if words[after].isdecimal():
            number = after + 1, int(words[after])
        at = number[0] if number else after
        for step in range(at, min(at + 3, len(words))):
            unit = lexicon.units.get(words[step])
            if unit is not None:
                own = unit[:-1]
                count = int(own) if own else number[1] if number else 1
                end = step + 1
                iso = f"PT{count}H" if unit.endswith("H") else f"P{count}{unit[-1]}"
                return end, Deadline(self.span(i, end), "within", iso, "publication" if self._published else None)
            if not words[step][0].isalpha():
                return None
        month = self._date(after)
        if month is not None:
            return month.end, Deadline(self.span(i, month.end), "window", self._month_window(month))
        return None

    def _month_window(self, month: Found) -> str | None:
        last = self._iso(month.year, month.month, month.day)
        return None if last is None else f"{last[:8]}01/{last}" if month.day is None else last

    def _point(self, i: int, after: int) -> tuple[int, Deadline] | None:
        words, lexicon = self._laid.tokens.words, self._laid.lexicon
        at = self._phrase(lexicon.phrases["end_of"], after)
        date = self._date(at if at is not None else after)
        if date is not None:
            return date.end, Deadline(self.span(i, date.end), "before", self._iso(date.year, date.month, date.day))
        at_end = at if at is not None else after
        if at is not None and at < len(words):
            year_end, year = self._year(at)
            if year is not None:
                return year_end, Deadline(self.span(i, year_end), "before", f"{year}-12-31")
            return self._end_of_unit(i, at)
        event = self._phrase(lexicon.phrases["event"], at_end)
        if event is not None:
            return event, Deadline(self.span(i, event), "event")
        skipped = at_end + 1 if at_end < len(words) and words[at_end] in _OF else at_end
        event = self._phrase(lexicon.phrases["event"], skipped) if skipped < len(words) else None
        return None if event is None else (event, Deadline(self.span(i, event), "event"))

    def _end_of_unit(self, i: int, at: int) -> tuple[int, Deadline] | None:
        """*by the end of the year*, *до конца года*, *قبل نهاية العام*."""
        words, lexicon = self._laid.tokens.words, self._laid.lexicon
        step = at + 1 if words[at] in ("the", "this", "next", "этого", "текущего") and at + 1 < len(words) else at
        word = next(
            (
                form
                for _, form in without_proclitics(words[step])
                if form.removeprefix("ال") in lexicon.units or form in lexicon.units
            ),
            None,
        )
        if word is None:
            return None
        end = step + 1
        if end < len(words) and words[end] in ("الحالي", "الجاري", "المقبل", "القادم"):
            end += 1
        return end, Deadline(self.span(i, end), "before")

    def _on_day(self, i: int) -> tuple[int, Deadline] | None:
        date = self._date(i)
        if date is None or date.day is None:
            return None
        return date.end, Deadline(self.span(i, date.end), "date", self._iso(date.year, date.month, date.day))


def _valid(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]
