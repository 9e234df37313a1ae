"""`tashawur case`: begins a consultation's folder, checks one, and shows the schema of its files."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from tashawur.cli import options
from tashawur.consult.kinds import KINDS, schema
from tashawur.consult.translating import untranslated
from tashawur.node import cases
from tashawur.papers import labels
from tashawur.papers.words import Words
from tashawur.terms.errors import MistakesError
from tashawur.terms.phrases import N_, NN_


def command(words: Words) -> click.Command:
    """The command with its three ways."""
    return click.Group(
        "case",
        help=words.say(N_("Begin a consultation's folder, check one, or see what its files may hold.")),
        commands=[_new(words), _check(words), _schema(words)],
        params=[options.lang(words)],
        no_args_is_help=True,
    )


def _new(words: Words) -> click.Command:
    def new(folder: str, like: str | None) -> None:
        for path in cases.begin(folder, like):
            click.echo(path)
        click.echo(words.say(N_("Fill them in, then: tashawur case check {folder}"), folder=folder), err=True)

    return click.Command(
        "new",
        callback=new,
        help=words.say(N_("Make a folder with a small consultation to fill in.")),
        params=[
            click.Argument(["folder"]),
            click.Option(["--like"], help=words.say(N_("Begin with a copy of riyadh or exercise."))),
            options.lang(words),
        ],
    )


def _check(words: Words) -> click.Command:
    def check(folder: str, *, as_json: bool) -> int:
        try:
            found = cases.consultation(folder)
        except MistakesError as error:
            if not as_json:
                raise
            told = [asdict(mistake) | {"says": words.mistake(mistake)} for mistake in error.mistakes]
            click.echo(json.dumps({"mistakes": told}, ensure_ascii=False, indent=2))
            return 2
        if as_json:
            click.echo(json.dumps({"exercise": found.case.exercise, "mistakes": []}))
            return 0
        if found.case.exercise:
            click.echo(words.say(labels.INVENTED))
        counts = (
            words.count(NN_("{number} problem", "{number} problems"), len(found.irritants)),
            words.count(NN_("{number} undertaking", "{number} undertakings"), len(found.undertakings)),
            words.count(NN_("{number} log entry", "{number} log entries"), len(found.log)),
        )
        click.echo(words.say(N_("No mistakes: {counts}."), counts=words.listed(counts)))
        if waiting := untranslated(found):
            waits = NN_("{number} text waits for a translation", "{number} texts wait for a translation")
            click.echo(words.count(waits, waiting))
        return 0

    return click.Command(
        "check",
        callback=check,
        help=words.say(N_("The mistakes in a folder's files: file, line, what is wrong, how to mend it.")),
        params=[options.folder(words), options.as_json(words), options.lang(words)],
    )


def _schema(words: Words) -> click.Command:
    def show(kind: str | None) -> None:
        shown = schema(kind) if kind else {name: schema(name) for name in KINDS}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))

    return click.Command(
        "schema",
        callback=show,
        help=words.say(N_("The JSON Schema of a kind of file, or of all.")),
        params=[click.Argument(["kind"], type=click.Choice(list(KINDS)), required=False), options.lang(words)],
    )
