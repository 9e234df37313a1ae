"""`tashawur durability`: whether a deal lasts."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from tashawur.cli import options
from tashawur.cli.screen import printed
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def durability(path: str, report: Path | None, *, as_json: bool, plain: bool, details: bool) -> None:
        from tashawur.durability.examined import ExaminedModel  # noqa: PLC0415 - the help needs no engine
        from tashawur.node.durability import examined  # noqa: PLC0415
        from tashawur.papers.durability_answer import answer  # noqa: PLC0415
        from tashawur.papers.durability_telling import OUT_OF_SIGHT, telling  # noqa: PLC0415

        found = examined(path)
        if isinstance(found, ExaminedModel) and found.file.passed_over:
            click.echo(say(OUT_OF_SIGHT, file=path, keys=", ".join(found.file.passed_over)), err=True)
        if as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(answer(found)), indent=2))
        else:
            from tashawur.papers.durability_terminal import show  # noqa: PLC0415

            printed(lambda console: show(telling(found, words, details=details), console), plain=plain)
        if report is not None:
            from tashawur.papers.durability_page import durability_page  # noqa: PLC0415

            options.written(report, durability_page(found, words.lang, details=details).encode())
            click.echo(say(N_("Report: {path}"), path=report.resolve()), err=as_json)

    return click.Command(
        "durability",
        callback=durability,
        help=say(N_("Whether a deal lasts: who gains by leaving it, and what holds the others.")),
        params=[
            options.scenario(words),
            click.Option(["--details"], is_flag=True, help=say(N_("Also points, and each concept by its name."))),
            options.lang(words),
            options.as_json(words),
            options.plain(words),
            click.Option(
                ["--report"],
                type=click.Path(path_type=Path, dir_okay=False),
                help=say(N_("Also write what lasts to this HTML file, with a picture of the states.")),
            ),
        ],
    )
