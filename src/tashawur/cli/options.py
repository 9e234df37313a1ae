"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tashawur.consult.consultation import Consultation
from tashawur.papers.words import Words
from tashawur.store.writing import write_whole
from tashawur.terms.errors import NodeError, UnknownNameError, UnwritableError, reason_of
from tashawur.terms.phrases import N_
from tashawur.terms.showing import shown
from tashawur.terms.vocabulary import IDENT_PATTERN, LANGUAGES

if TYPE_CHECKING:
    from tashawur.node.config import Config


class Day(click.ParamType[dt.date]):
    """A day, written year-month-day in the digits 0 to 9."""

    name = "date"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or a refusal that says how to write one."""
        if isinstance(value, dt.date):
            return value
        try:
            # The library also takes 20250218 and week dates, which people mistake for something else.
            day = dt.date.fromisoformat(value)
            return day if str(day) == value else self._refuse(value, param, ctx)
        except ValueError:
            return self._refuse(value, param, ctx)

    def _refuse(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        return self.fail(
            self._words.say(N_("{value} is no day: write it as 2025-02-18."), value=repr(value)), param, ctx
        )


class Number(click.ParamType[float]):
    """A number, written in the digits 0 to 9. Whether one that is infinite will do, the consultation says."""

    name = "float"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number, or a refusal that says how to write one."""
        try:
            if str(value).isascii():
                return float(value)
        except ValueError:
            pass
        told = self._words.say(N_("{value} is no number: write it in the digits 0 to 9."), value=repr(value))
        return self.fail(told, param, ctx)


class Count(click.ParamType[int]):
    """How many there are to be: a whole number from 1 on, written in the digits 0 to 9."""

    name = "integer"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a refusal that says how to write one."""
        told = str(value)
        if told.isascii() and told.isdecimal() and len(told) < 10 and int(told) > 0:
            return int(told)
        wrong = N_("{value} is no such number: write a whole one from 1 on, in the digits 0 to 9.")
        return self.fail(self._words.say(wrong, value=repr(value)), param, ctx)


class Name(click.ParamType[str]):
    """A name for machines."""

    name = "text"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, or a refusal that says how to write one."""
        if re.match(IDENT_PATTERN.removesuffix("$") + r"\Z", str(value)):
            return str(value)
        wrong = N_("{value} is no name here: a plain Latin letter, then Latin letters, digits, - and _.")
        return self.fail(self._words.say(wrong, value=repr(value)), param, ctx)


def lang(words: Words) -> click.Option:
    """`--lang`: it was read before the command was made, and stands here so that the help shows it."""
    return click.Option(
        ["--lang"],
        type=click.Choice(sorted(LANGUAGES)),
        expose_value=False,
        help=words.say(N_("Language: Arabic, English or Russian.")),
    )


def on(words: Words) -> click.Option:
    """`--on DATE`."""
    told = words.say(N_("Where it stood on this day; by default today or the account's end."))
    return click.Option(["--on"], type=Day(words), help=told)


def side(words: Words) -> click.Option:
    """`--side SIDE`."""
    return click.Option(["--side"], help=words.say(N_("Add the private view of this side: what it owes and awaits.")))


def as_json(words: Words) -> click.Option:
    """`--json`."""
    return click.Option(["--json", "as_json"], is_flag=True, help=words.say(N_("Print one JSON document.")))


def plain(words: Words) -> click.Option:
    """`--plain`."""
    return click.Option(["--plain"], is_flag=True, help=words.say(N_("No colours and no frames.")))


def scenario(words: Words) -> click.Argument:
    """PATH of what can be settled, or `exercise` for the shipped one."""
    path = words.say(N_("PATH"))
    return click.Argument(["path"], metavar=f"{path}|exercise")


def without(words: Words) -> click.Option:
    """`--without STEP`, as often as needed."""
    told = words.say(N_("Leave this step of the plan out; may be given several times."))
    return click.Option(["--without"], multiple=True, metavar=words.say(N_("STEP")), help=told)


def seconds(words: Words) -> click.Option:
    """`--seconds NUMBER`."""
    told = words.say(N_("How long a solver may look where a plan is too long for all to be gone through."))
    return click.Option(["--seconds"], type=Count(words), default=20, show_default=True, help=told)


def tell_passed_over(keys: Sequence[str], words: Words) -> None:
    """One line on standard error for what a file holds and the format does not know."""
    if keys:
        told = words.listed(map(shown, keys))
        click.echo(words.say(N_("Passed over, since the format has no such keys: {keys}"), keys=told), err=True)


def folder(words: Words) -> click.Argument:
    """FOLDER, or the name of a shipped consultation."""
    return click.Argument(["folder"], metavar=f"{words.say(N_('FOLDER'))}|riyadh|exercise")


def node(words: Words) -> click.Option:
    """`--node FOLDER`, by default what TASHAWUR_NODE says or the folder that one is in."""
    told = words.say(N_("The folder of the node; by default TASHAWUR_NODE, or this folder."))
    usual = os.environ.get("TASHAWUR_NODE") or "."
    return click.Option(["--node", "folder"], type=click.Path(path_type=Path), default=usual, help=told)


def config_of(folder: Path) -> Config:
    """The settings of the node in the folder, with what the environment says."""
    from tashawur.node.config import config  # noqa: PLC0415 - only nodes need it

    return config(folder, os.environ)


def log(settings: Config, event: str, **facts: str | int) -> None:
    """Tells the node's log what was done: names, numbers and ids alone."""
    from tashawur.node.logbook import told  # noqa: PLC0415

    told(settings.path("log"), now(), event, **facts)


def passphrase_file(words: Words) -> click.Option:
    """`--passphrase-file FILE`."""
    told = words.say(N_("Read the passphrase from this file, in place of asking for it."))
    return click.Option(["--passphrase-file"], type=click.Path(path_type=Path), help=told)


def passphrase(words: Words, file: Path | None, *, new: bool = False) -> str:
    """The passphrase in the first line of the file, or as it is typed; a new one is typed twice."""
    if file is None:
        asked: str = click.prompt(words.say(N_("Passphrase")), hide_input=True, confirmation_prompt=new, err=True)
        return asked
    try:
        told = file.read_text(encoding="utf-8").partition("\n")[0]
    except (OSError, UnicodeDecodeError) as error:
        why = reason_of(error) if isinstance(error, OSError) else N_("it is no text in UTF-8")
        raise NodeError(place=str(file), why=why) from error
    if not told:
        raise NodeError(place=str(file), why=N_("its first line is empty; write the passphrase there"))
    return told


def known_side(consultation: Consultation, side: str | None) -> str | None:
    """The side that was asked for, or a refusal that names those that there are."""
    if side is not None and side not in consultation.parties:
        raise UnknownNameError(name=side or "''", known=", ".join(consultation.parties))
    return side


def written(path: Path, data: bytes) -> None:
    """Writes a file as a whole, or not at all; what a link leads to is written, and the link stays."""
    if not path.name:
        raise UnwritableError(place="''", why=N_("no file was named"))
    target = Path(os.path.realpath(path))
    if {path.suffix.lower(), target.suffix.lower()} & {".yaml", ".yml"}:
        raise UnwritableError(place=str(path), why=N_("it may be a file of a case; name another one"))
    try:
        if os.path.lexists(target) and not target.is_file():
            raise UnwritableError(place=str(path), why=N_("it is no plain file"))
        write_whole(target, data)
    except OSError as error:
        raise UnwritableError(place=str(path), why=reason_of(error)) from error


def now() -> dt.datetime:
    """The moment by the clock of this machine: the only place that reads it."""
    return dt.datetime.now().astimezone()


def today() -> dt.date:
    """The day by the clock of this machine."""
    return now().date()
