"""The command `tashawur`: finds the language, the command and the one place where refusals become a line."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

import click

from tashawur.cli import language
from tashawur.cli.library_words import in_language
from tashawur.papers.words import Words
from tashawur.terms.errors import MistakesError, TashawurError
from tashawur.terms.phrases import N_, NN_

MANY: Final = 50
"""Mistakes that are shown line by line; `case check --json` has the others that were found."""

_AND_MORE: Final = (
    NN_("and {number} more", "and {number} more"),
    NN_("and {number} more at least", "and {number} more at least"),
)
"""How many are not shown: exactly, or as far as they were found."""

COMMANDS: Final = (
    "status",
    "due",
    "log",
    "case",
    "readout",
    "brief",
    "settle",
    "frontier",
    "sequence",
    "harvest",
    "durability",
    "convert",
    "node",
    "record",
)
"""The commands in the order of the help; each stands in the module of its name and is made by `command(words)`."""


class _Commands(click.Group):
    """Loads a command only when it is asked for."""

    def __init__(self, words: Words) -> None:
        super().__init__(
            "tashawur",
            help=words.say(
                N_("A consultation mechanism that sides who distrust each other can run between them: where it stands.")
            ),
            params=[
                click.Option(["--lang"], type=click.Choice(["ar", "en", "ru"]), help=words.say(N_("Language."))),
                click.Option(
                    ["--version"],
                    is_flag=True,
                    is_eager=True,
                    expose_value=False,
                    callback=_version,
                    help=words.say(N_("Show the version and stop.")),
                ),
            ],
            callback=lambda lang: None,  # noqa: ARG005 - the language was found before
            no_args_is_help=True,
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        )
        self._words = words
        in_language(self, words)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as the library calls it
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        made: click.Command = importlib.import_module(f"tashawur.cli.{cmd_name}").command(self._words)
        return in_language(made, self._words)


def _version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001
    if value:
        from tashawur import __version__  # noqa: PLC0415

        click.echo(__version__)
        ctx.exit()


def run() -> NoReturn:
    """Runs one command and ends with its exit status: 0 for an answer, 2 for bad input or a failed check."""
    # A command builds much that it keeps to its end: looking for garbage in between would double its time ...
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # The name of a file can hold bytes that are no text: they are shown by their numbers.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    status = 0
    try:
        status = answer(sys.argv[1:])
        sys.stdout.flush()
        sys.stderr.flush()
    except (BrokenPipeError, SystemExit):
        # Who reads the output has had enough, which the command-line library tells by ending: that is no failure.
        status = 0
    # ... and so would taking it apart piece by piece at the end: the system takes it back at once.
    os._exit(status)


def answer(given: Sequence[str]) -> int:
    """Runs one command and gives its exit status; every refusal becomes a line on standard error here."""
    words = language.speak(language.chosen(given, os.environ))
    for one in given:
        if not _is_text(one):
            shown = one.encode("utf-8", "backslashreplace").decode()
            return _refused(words.say(N_("{argument} is no UTF-8 text. Write it anew."), argument=shown))
    try:
        status = _Commands(words).main(list(given), "tashawur", standalone_mode=False)
    except MistakesError as error:
        told = [words.mistake(mistake) for mistake in error.mistakes[:MANY]]
        if len(error.mistakes) > MANY:
            told.append(words.count(_AND_MORE[error.more], len(error.mistakes) - MANY))
        return _refused(*told, words.error(error))
    except TashawurError as error:
        return _refused(words.error(error))
    except click.exceptions.NoArgsIsHelpError as error:
        return _refused(error.format_message())
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "tashawur"
        wrong = " ".join(error.format_message().split())
        wrong = wrong if wrong.endswith((".", "?", ")")) else f"{wrong}."
        return _refused(words.say(N_("{wrong} See: {command} --help"), wrong=wrong, command=path))
    except click.exceptions.Abort:
        return _refused(words.say(N_("Stopped.")))
    return status if isinstance(status, int) else 0


def _is_text(argument: str) -> bool:
    """Whether the argument came as UTF-8: of other bytes the system makes what no file and no screen can take."""
    try:
        argument.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _refused(*lines: str) -> int:
    for line in lines:
        click.echo(line, err=True)
    return 2
