"""Reads the texts that were named and shows what they say, one after the other as they are read."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Final, Protocol, Self

import click
import msgspec

from tashawur.cli import options
from tashawur.cli.reading_progress import ReadingProgress
from tashawur.cli.screen import printed
from tashawur.node.many_texts import Order, Outcome, Reading
from tashawur.node.readouts import ReadText
from tashawur.papers.words import Words
from tashawur.store.texts import SourceText
from tashawur.terms.errors import TashawurError, UnwritableError
from tashawur.terms.phrases import N_, NN_

if TYPE_CHECKING:
    from tashawur.papers.readout_page import ShownText

_SHOWN: Final = 50
"""Refusals that are shown line by line; the JSON has all of them."""
_ON_A_PAGE: Final = 200
"""Texts of the largest page: what a browser shows at once."""


class View(Protocol):
    """A way to show on standard output what became of texts."""

    def show(self, one: Outcome) -> None:
        """Shows the next one."""
        ...

    def end(self, *, stopped: bool) -> None:
        """Shows what comes after the last one; `stopped` when others were to follow."""
        ...


@dataclass(slots=True)
class OneDocument:
    """The readouts of several texts in one JSON document, which is written while they are read."""

    _begun: bool = False
    _refused: list[dict[str, str]] = field(default_factory=list)

    def show(self, one: Outcome) -> None:
        """Prints the next readout of the list; refusals come after it."""
        if one.error is not None:
            self._refused.append(_refusal(one))
            return
        self._begin()
        # No value holds a line end: JSON writes them otherwise.
        entry = msgspec.json.format(_entry(one), indent=2).decode().replace("\n", "\n    ")
        click.echo(f"\n    {entry}", nl=False)

    def end(self, *, stopped: bool) -> None:
        """Prints which texts were refused, and that the reading was stopped, if it was before it was done."""
        begun = self._begun
        if stopped and not begun:
            return
        if not begun:
            self._begin()
        rest = {"refused": self._refused, **({"stopped": True} if stopped else {})}
        told = msgspec.json.format(msgspec.json.encode(rest), indent=2).decode()
        click.echo(("\n  ],\n" if begun else "],\n") + told.removeprefix("{\n"))

    def _begin(self) -> None:
        told = "," if self._begun else '{\n  "schema": "tashawur.readouts/0.1",\n  "readouts": ['
        click.echo(told, nl=False)
        self._begun = True


@dataclass(slots=True)
class OneReadout:
    """The readout of a single text as a JSON document of the published schema; of a refused one, as of several."""

    _instead: OneDocument | None = None

    def show(self, one: Outcome) -> None:
        """Prints it."""
        if one.error is None:
            click.echo(msgspec.json.format(one.encoded, indent=2))
        else:
            self._instead = OneDocument()
            self._instead.show(one)

    def end(self, *, stopped: bool) -> None:
        """Prints that the text was refused, if it was."""
        if self._instead is not None:
            self._instead.end(stopped=stopped)


class JsonLines:
    """One JSON document in each line, as soon as a text is read or refused."""

    def show(self, one: Outcome) -> None:
        """Prints its line."""
        click.echo(_entry(one) if one.error is None else msgspec.json.encode(_refusal(one)))

    def end(self, *, stopped: bool) -> None:
        """Prints nothing: every line stands by itself."""


@dataclass(slots=True)
class OnTerminal:
    """Each text as people read it."""

    words: Words
    plain: bool
    _begun: bool = False

    def show(self, one: Outcome) -> None:
        """Prints what the text says."""
        from tashawur.papers.readout_telling import ReadoutTelling  # noqa: PLC0415
        from tashawur.papers.readout_terminal import show  # noqa: PLC0415

        if one.error is not None:
            return
        if self._begun:
            click.echo()
        self._begun = True
        telling = ReadoutTelling(one.readout(), self.words)
        printed(lambda console: show(telling, one.name, console), plain=self.plain)

    def end(self, *, stopped: bool) -> None:
        """Prints nothing: refusals stand on standard error."""


class Nothing:
    """Shows no readout: they are kept in a folder."""

    def show(self, one: Outcome) -> None:
        """Prints nothing."""

    def end(self, *, stopped: bool) -> None:
        """Prints nothing."""


@dataclass(slots=True)
class _Done:
    """What was done so far."""

    refused: list[TashawurError] = field(default_factory=list)
    texts: int = 0
    known: int = 0
    for_page: list[Outcome] = field(default_factory=list)


class _Keyboard:
    """Lets a person stop the reading at any moment, but not in the middle of what is being shown."""

    def __init__(self) -> None:
        self._busy = self._stop = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._stopped)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def waits(self) -> Iterator[None]:
        """While this is entered, stopping waits until it is left."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
        if self._stop:
            raise KeyboardInterrupt

    def _stopped(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as the system calls it
        if not self._busy:
            raise KeyboardInterrupt
        self._stop = True


Change = Callable[[Sequence[ReadText]], Sequence[ReadText]]
"""What is done to texts that were read, all of them together."""


def read(order: Order, view: View, words: Words, report: Path | None, change: Change | None = None) -> int:
    """Reads what was ordered into the view, and gives the exit status: 2 when something was refused or stopped.

    With `change`, all is read before, and what it makes of it is shown.
    """
    reading = Reading(order)
    done = _Done()
    if order.cluster is not None:
        told = N_("The texts go to the cluster {address}: who runs it can read them.")
        click.echo(words.say(told, address=order.cluster), err=True)
    # Texts that people see coming need no bar between them, nor do questions that they are asked.
    shown = change is None and not (isinstance(view, OnTerminal) and sys.stdout.isatty())
    stopped = True
    try:
        with (
            _Keyboard() as keyboard,
            ReadingProgress(words, reading.weight, shown=shown) as progress,
            closing(reading.outcomes()) as outcomes,
        ):
            for one in outcomes if change is None else _changed(list(outcomes), change):
                with keyboard.waits():
                    progress.count(one)
                    _take(one, view, done, on_page=report is not None)
        stopped = False
    except KeyboardInterrupt:
        click.echo(words.say(_stopped(order), told=_told(done, words)), err=True)
    finally:
        view.end(stopped=stopped)
        _refusals(done, words)
    if order.into is not None and not stopped:
        kept = words.say(N_("Kept in {folder}: {told}"), folder=order.into, told=_told(done, words))
        click.echo(kept, err=not isinstance(view, Nothing))
    if report is not None and done.for_page:
        _page(done.for_page, words, report)
        click.echo(words.say(N_("Report: {path}"), path=report.resolve()), err=not isinstance(view, OnTerminal))
    return 2 if done.refused or stopped else 0


def _changed(outcomes: Sequence[Outcome], change: Change) -> Iterator[Outcome]:
    """The outcomes in their order, those that were read as `change` makes them."""
    made = iter(change([_read_text(one) for one in outcomes if one.error is None]))
    for one in outcomes:
        yield one if one.error is not None else replace(one, encoded=msgspec.json.encode(next(made).readout))


def _read_text(one: Outcome) -> ReadText:
    readout = one.readout()
    return ReadText(SourceText(one.name, one.text, readout.document.sha256), readout)


def _take(one: Outcome, view: View, done: _Done, *, on_page: bool) -> None:
    view.show(one)
    if one.error is not None:
        done.refused.append(one.error)
        return
    done.texts += 1
    done.known += one.known
    if on_page and len(done.for_page) <= _ON_A_PAGE:
        done.for_page.append(one)


def _stopped(order: Order) -> str:
    if order.into is not None:
        return N_("Stopped: {told}. The same command carries on from there.")
    return N_("Stopped: {told}. With --keep FOLDER what is read is kept, and the next time not read again.")


def _told(done: _Done, words: Words) -> str:
    parts = [words.count(NN_("{number} text read", "{number} texts read"), done.texts)]
    if done.known:
        parts.append(words.count(NN_("{number} of them before", "{number} of them before"), done.known))
    return words.row(parts)


def _refusals(done: _Done, words: Words) -> None:
    for error in done.refused[:_SHOWN]:
        click.echo(words.error(error), err=True)
    if len(done.refused) > _SHOWN:
        more = NN_("and {number} more, which --json-lines names", "and {number} more, which --json-lines names")
        click.echo(words.count(more, len(done.refused) - _SHOWN), err=True)
    if done.refused and done.texts:
        told = NN_("{number} text was read; the others were not", "{number} texts were read; the others were not")
        click.echo(words.count(told, done.texts), err=True)


def _entry(one: Outcome) -> bytes:
    return msgspec.json.encode({"name": one.name, "readout": msgspec.Raw(one.encoded)})


def _refusal(one: Outcome) -> dict[str, str]:
    return {"name": one.name, "code": one.error.code if one.error else ""}


def _page(found: list[Outcome], words: Words, path: Path) -> None:
    from tashawur.papers.readout_page import ShownText, readout_page  # noqa: PLC0415

    if len(found) > _ON_A_PAGE:
        raise UnwritableError(place=str(path), why=N_("a page holds at most 200 texts; give fewer at a time"))
    shown: list[ShownText] = [ShownText(one.name, one.text, one.readout()) for one in found]
    options.written(path, readout_page(shown, words.lang).encode())
