"""`tashawur sequence`: an order of steps in which nobody gains by stopping."""

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

    def sequence(  # noqa: PLR0913 - one for each option
        path: str,
        without: tuple[str, ...],
        seconds: float,
        report: Path | None,
        check: Path | None,
        side: str | None,
        *,
        as_json: bool,
        plain: bool,
        details: bool,
        remedied: bool,
    ) -> None:
        from tashawur.node.sequencing import accepts, planned, sequenced  # noqa: PLC0415 - the help needs no engine
        from tashawur.papers.sequence_answer import sequence_answer  # noqa: PLC0415
        from tashawur.papers.sequence_telling import SequenceTelling  # noqa: PLC0415

        if (check is None) != (side is None):
            raise click.UsageError(say(N_("--check and --side go together: whose values are to be asked?")))
        asked = planned(path, without)
        options.tell_passed_over(asked.passed_over, words)
        if check is not None and side is not None:
            _answered(accepts(asked, check, side), side, words, as_json=as_json)
            return
        told = sequenced(asked, seconds, remedied=remedied)
        if as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(sequence_answer(told)), indent=2))
        else:
            from tashawur.papers.sequence_terminal import show  # noqa: PLC0415

            telling = SequenceTelling(told, words, details=details)
            printed(lambda console: show(telling, console), plain=plain)
        if report is not None:
            from tashawur.papers.sequence_page import sequence_page  # noqa: PLC0415

            options.written(report, sequence_page(told, words.lang, details=details).encode())
            click.echo(say(N_("Report: {path}"), path=report.resolve()), err=as_json)

    return click.Command(
        "sequence",
        callback=sequence,
        help=say(
            N_(
                "An order of the steps of a plan in which nobody gains by stopping, with the balance after each step; "
                "where there is none, what would help."
            )
        ),
        params=[
            options.scenario(words),
            options.without(words),
            click.Option(
                ["--remedies", "remedied"],
                is_flag=True,
                help=say(N_("Work out what would make a long plan safe; up to 18 steps this is done anyway.")),
            ),
            options.seconds(words),
            click.Option(
                ["--check"],
                type=click.Path(path_type=Path),
                help=say(N_("Look whether the order in this file is safe for --side, by its own values alone.")),
            ),
            click.Option(["--side"], help=say(N_("The side whose values are asked."))),
            click.Option(["--details"], is_flag=True, help=say(N_("Also points."))),
            options.lang(words),
            options.as_json(words),
            options.plain(words),
            click.Option(
                ["--report"],
                type=click.Path(path_type=Path, dir_okay=False),
                help=say(N_("Also write the order to this HTML file.")),
            ),
        ],
    )


def _answered(safe: bool, side: str, words: Words, *, as_json: bool) -> None:  # noqa: FBT001
    from tashawur.papers.sequence_answer import CheckAnswer  # noqa: PLC0415

    if as_json:
        click.echo(msgspec.json.encode(CheckAnswer(side=side, safe=safe)))
    else:
        click.echo(words.say(N_("yes") if safe else N_("no")))
