"""`tashawur settle`: packages that every side can accept."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from tashawur.cli import options
from tashawur.cli.screen import printed
from tashawur.cli.settling import head
from tashawur.node.settling import Problem, problem
from tashawur.papers.settle_telling import Names, SettleTelling
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def settle(path: str, report: Path | None, *, as_json: bool, plain: bool, details: bool) -> None:
        asked = problem(path)
        if as_json:
            click.echo(_document(asked))
        else:
            _terminal(asked, words, plain=plain, details=details)
        del report

    return click.Command(
        "settle",
        callback=settle,
        help=say(N_("Packages that every side can accept, and which of them the rules of fairness pick.")),
        params=[
            options.scenario(words),
            click.Option(["--details"], is_flag=True, help=say(N_("Also points, and the rules by their names."))),
            options.lang(words),
            options.as_json(words),
            options.plain(words),
            click.Option(
                ["--report"],
                type=click.Path(path_type=Path, dir_okay=False),
                help=say(N_("Also write the packages to this HTML file.")),
            ),
        ],
    )


def _document(asked: Problem) -> str:
    from tashawur.papers.settlement import settle_answer  # noqa: PLC0415
    from tashawur.settle.answers import settle  # noqa: PLC0415

    told = settle_answer(
        settle(asked.scenario), asked.source, invented=asked.invented, without_brief=asked.without_brief
    )
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()


def _terminal(asked: Problem, words: Words, *, plain: bool, details: bool) -> None:
    from tashawur.papers.settle_terminal import show  # noqa: PLC0415
    from tashawur.settle.answers import settle  # noqa: PLC0415

    names = Names(asked.sides, asked.issues, asked.options)
    settled = settle(asked.scenario)
    telling = SettleTelling(settled, names, words, first_is_status_quo=asked.first_is_status_quo, details=details)
    printed(lambda console: show(telling, console, head(asked, words)), plain=plain)
