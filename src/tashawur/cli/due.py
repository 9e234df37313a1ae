"""`tashawur due`: what has a day, and the calendar file of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import msgspec

from tashawur.cli import options
from tashawur.keep.agenda import Appointment, agenda
from tashawur.keep.standing import standing
from tashawur.node import cases
from tashawur.papers.telling import Telling
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def due(folder: str, side: str | None, on: dt.date | None, ics: Path | None, *, as_json: bool) -> None:
        consultation = cases.consultation(folder)
        options.known_side(consultation, side)
        now = standing(consultation, cases.day_of(consultation, on, options.today()))
        telling = Telling(now, words)
        appointments = agenda(now, side)
        if ics is not None:
            from tashawur.papers.calendar_file import calendar_file  # noqa: PLC0415 - only who asks for it pays

            options.written(ics, calendar_file(telling, appointments))
            click.echo(say(N_("Calendar: {path}"), path=ics.resolve()), err=True)
        if as_json:
            document = {
                "id": consultation.case.id,
                "exercise": consultation.case.exercise,
                "on": now.on,
                "due": appointments,
            }
            click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))
            return
        if telling.stamp():
            click.echo(telling.stamp())
        for one in appointments:
            click.echo(_line(telling, one))
        if not appointments:
            click.echo(say(N_("Nothing has a day.")))

    return click.Command(
        "due",
        callback=due,
        help=say(N_("What is due when, the earliest first.")),
        params=[
            options.folder(words),
            options.side(words),
            options.on(words),
            click.Option(
                ["--ics"],
                type=click.Path(path_type=Path, dir_okay=False),
                help=say(N_("Also write it to this calendar file.")),
            ),
            options.as_json(words),
            options.lang(words),
        ],
    )


def _line(telling: Telling, one: Appointment) -> str:
    parts = [telling.words.day(one.day), telling.parties(one.parties), telling.appointment(one)]
    if one.postponed:
        parts.append(telling.words.say(N_("postponed")))
    parts.append(telling.late(one.late_days))
    return ": ".join(parts[:2]) + ": " + telling.words.row(parts[2:])
