"""`tashawur convert`: a scenario of another program in the format of a third, or as a consultation's folder."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from tashawur.cli import options
from tashawur.papers.words import Words
from tashawur.settle.formats import TARGETS
from tashawur.terms.phrases import N_


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def run(source: str, target: Path, to: str, *, as_json: bool, plain: bool) -> None:  # noqa: ARG001 - no colours anyway
        from tashawur.cli.progress import Progress  # noqa: PLC0415 - the help needs none of these
        from tashawur.node.scenarios import convert  # noqa: PLC0415
        from tashawur.papers.scenario_words import document, sizes, told  # noqa: PLC0415

        with Progress(words) as progress:
            done = convert(source, target, to, progress)
        if as_json:
            head = {"schema": "tashawur.conversion/0.1", "to": to, "written": [str(done.target), *done.written]}
            told_of = head | document(done.imported, done.notes, words)
            click.echo(msgspec.json.format(msgspec.json.encode(told_of), indent=2))
            return
        click.echo(sizes(done.imported, words))
        for note in done.notes:
            click.echo(f"- {told(note, words)}")
        click.echo(say(N_("Written: {path}"), path=done.target))

    return click.Command(
        "convert",
        callback=run,
        help=say(
            N_("Write a scenario of another program in the format of a third, or as the folder of a consultation.")
        ),
        params=[
            click.Argument(["source"], metavar=say(N_("IN"))),
            click.Argument(["target"], metavar=say(N_("OUT")), type=click.Path(path_type=Path)),
            click.Option(["--to"], required=True, type=click.Choice(TARGETS), help=say(N_("What to write."))),
            options.lang(words),
            options.as_json(words),
            options.plain(words),
        ],
    )
