"""Phrases of the command-line library that our commands can show: it looks them up in our catalogue.

They stand here so that the catalogue gathers them; a test holds them to what the library says.
"""

from __future__ import annotations

from typing import Final

import click

from tashawur.papers.words import Words
from tashawur.terms.phrases import N_, NN_, Plural

PHRASES: Final = (
    N_("(dynamic)"),
    N_("Argument {name!r} takes {nargs} values."),
    N_("Choose from:\n\t{choices}"),
    N_("Commands"),
    N_("Could not open file {filename!r}: {message}"),
    N_("Error: invalid input"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Invalid value: {message}"),
    N_("Missing argument"),
    N_("Missing command."),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Options"),
    N_("Positional arguments"),
    N_("Show this message and exit."),
    N_("Usage:"),
    N_("default: {default}"),
    N_("directory"),
    N_("file"),
    N_("path"),
    N_("required"),
    N_("unknown error"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("{value!r} is not a valid {number_type}."),
)

COUNTED: Final[tuple[Plural, ...]] = (
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    NN_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)

_VALUES: Final = {
    "text": N_("TEXT"),
    "file": N_("FILE"),
    "date": N_("DAY"),
    "float": N_("NUMBER"),
}
"""What the help puts for a value, by the sort of value."""

_ARGUMENTS: Final = {
    "folder": N_("FOLDER"),
    "round": N_("ROUND"),
    "about": N_("ABOUT"),
    "files": N_("FILE"),
    "event": N_("EVENT"),
    "says": N_("SAYS"),
    "kind": N_("KIND"),
}
"""What the help puts for an argument, by its name."""


def _name(argument: click.Argument, words: Words) -> None:
    """Gives the argument its own name; the words that it takes stand in its help and not in the name."""
    phrase = _ARGUMENTS.get(argument.name or "")
    if argument.metavar is None and phrase:
        told = words.say(phrase)
        argument.metavar = told if argument.required else f"[{told}]"
    if isinstance(argument.type, click.Choice):
        argument.help = words.say(N_("one of: {words}"), words=", ".join(argument.type.choices))


def in_language(command: click.Command, words: Words) -> click.Command:
    """The command with what the help puts for options, commands and values in the language of `words`."""
    command.options_metavar = words.say(N_("[OPTIONS]"))
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            _name(parameter, words)
        elif parameter.metavar is None and parameter.type.name in _VALUES and not getattr(parameter, "is_flag", False):
            parameter.metavar = words.say(_VALUES[parameter.type.name])
    if isinstance(command, click.Group):
        command.subcommand_metavar = words.say(N_("COMMAND …"))
        for held in command.commands.values():
            in_language(held, words)
    return command
