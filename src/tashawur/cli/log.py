"""`tashawur log`: adds a contact, what happened to a round, or a report. Nothing is ever rewritten."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, get_args

import click

from tashawur.cli import options
from tashawur.consult.log import Form, ReportWord, RoundWord
from tashawur.node.logging import Typed, log
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


def command(words: Words) -> click.Command:
    """The command with its three ways."""
    return click.Group(
        "log",
        help=words.say(N_("Add to the log: a contact, what happened to a round, or what a party reports.")),
        commands=[_contact(words), _round(words), _report(words)],
        params=[options.lang(words)],
        no_args_is_help=True,
    )


def _contact(words: Words) -> click.Command:
    say = words.say
    return click.Command(
        "contact",
        callback=lambda folder, **said: _add(words, folder, {"type": "contact", **said}),
        help=say(N_("A call, letter, note, message or meeting outside the rounds.")),
        params=[
            click.Argument(["folder"]),
            click.Option(["--form"], type=click.Choice(get_args(Form)), required=True, help=say(N_("What it was."))),
            click.Option(["--between"], multiple=True, required=True, help=say(N_("A party to it; give it twice."))),
            _on(words),
            click.Option(["--planned"], is_flag=True, help=say(N_("It is set for that day and has not taken place."))),
            _texts(words, "about", say(N_('What it was about, such as en="Banking".'))),
            _texts(words, "level", say(N_("At what level."))),
            _sources(words),
            options.lang(words),
        ],
    )


def _round(words: Words) -> click.Command:
    say = words.say
    return click.Command(
        "round",
        callback=lambda folder, **said: _add(words, folder, {"type": "round", **said}),
        help=say(N_("What happened to a round: proposed, confirmed, postponed, held, cancelled or assessed.")),
        params=[
            click.Argument(["folder"]),
            click.Argument(["round"]),
            click.Argument(["event"], type=click.Choice(get_args(RoundWord))),
            _on(words),
            click.Option(["--by"], multiple=True, help=say(N_("A party that did it."))),
            click.Option(["--date"], type=options.Day(words), help=say(N_("The day for which the round is set."))),
            click.Option(["--host"], help=say(N_("The party that hosts it."))),
            _texts(words, "place", say(N_("Where."))),
            _texts(words, "venue", say(N_("In what building."))),
            _texts(words, "level", say(N_("At what level."))),
            _texts(words, "outcome", say(N_("What came of it."))),
            _texts(words, "assessment", say(N_("How the party itself sees it."))),
            click.Option(
                ["--reason", "reasons"],
                multiple=True,
                metavar=say(N_("PARTY=TEXT")),
                help=say(N_("A party's own reason.")),
            ),
            click.Option(["--no-reason-from"], multiple=True, help=say(N_("A party that gave none."))),
            _sources(words),
            options.lang(words),
        ],
    )


def _report(words: Words) -> click.Command:
    say = words.say
    return click.Command(
        "report",
        callback=lambda folder, **said: _add(words, folder, {"type": "report", **said}),
        help=say(N_("What a party reports of an undertaking, irritant, indicator, team or track.")),
        params=[
            click.Argument(["folder"]),
            click.Argument(["about"]),
            click.Argument(["says"], type=click.Choice(get_args(ReportWord))),
            click.Option(["--by"], required=True, help=say(N_("The party that reports."))),
            _on(words),
            _texts(words, "said", say(N_("Its own words, such as its reason."))),
            click.Option(["--until"], type=options.Day(words), help=say(N_("The new day, with postponed."))),
            click.Option(["--value"], type=options.Number(words), help=say(N_("The number, with measured."))),
            click.Option(["--evidence"], multiple=True, help=say(N_("What shows it."))),
            _sources(words),
            options.lang(words),
        ],
    )


def _on(words: Words) -> click.Option:
    told = words.say(N_("The day on which it happened; by default today."))
    return click.Option(["--on"], type=options.Day(words), help=told)


def _texts(words: Words, name: str, told: str) -> click.Option:
    return click.Option([f"--{name}"], multiple=True, metavar=words.say(N_("[LANG=]TEXT")), help=told)


def _sources(words: Words) -> click.Option:
    return click.Option(["--source", "sources"], multiple=True, help=words.say(N_("A source of the case file.")))


def _add(words: Words, folder: str, said: dict[str, Any]) -> None:
    today = options.today()
    said["on"] = said["on"] or today
    for name in ("about", "level", "place", "venue", "outcome", "assessment", "said"):
        # What a report is about is a name, and no text.
        if isinstance(said.get(name), tuple):
            said[name] = Typed(said[name], words.lang)
    if "reasons" in said:
        said["reasons"] = {party: Typed(told, words.lang) for party, told in _by_party(words, said["reasons"]).items()}
    entry, path = log(folder, said, today)
    click.echo(words.say(N_("{name} was added to {path}."), name=entry.id, path=path), err=True)


def _by_party(words: Words, given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The reasons that were typed as PARTY=TEXT, by party."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for one in given:
        party, sign, text = one.partition("=")
        if not sign:
            raise click.BadParameter(words.say(N_("write it as PARTY=TEXT")), param_hint="--reason")
        found[party] += (text,)
    return found
