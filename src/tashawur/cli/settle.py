"""`tashawur settle`: packages that every side can accept."""

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

    def settle(path: str, report: Path | None, *, as_json: bool, plain: bool, details: bool) -> None:
        from tashawur.node.settling import frontier_to_show, problem  # noqa: PLC0415 - the help needs no engine
        from tashawur.papers.settle_telling import SettleTelling  # noqa: PLC0415
        from tashawur.papers.settlement import settle_answer  # noqa: PLC0415
        from tashawur.settle.answers import settle as settled_by_all  # noqa: PLC0415

        asked = problem(path)
        settled = settled_by_all(asked.scenario)
        if as_json:
            told = settle_answer(settled, asked.about)
            click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2))
        else:
            from tashawur.papers.settle_terminal import show  # noqa: PLC0415

            telling = SettleTelling(settled, asked.about, words, details=details)
            printed(lambda console: show(telling, console), plain=plain)
        if report is not None:
            from tashawur.papers.settle_page import settle_page  # noqa: PLC0415

            found = frontier_to_show(asked, details=details)
            page = settle_page(settled, asked.about, found, words.lang, details=details)
            options.written(report, page.encode())
            click.echo(say(N_("Report: {path}"), path=report.resolve()), err=as_json)

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
