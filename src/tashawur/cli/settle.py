"""`tashawur settle`: packages that every side can accept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from tashawur.cli import options
from tashawur.cli.screen import printed
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


class Guard(click.ParamType[tuple[str, int]]):
    """A party and whole points, written PARTY=POINTS in the digits 0 to 9."""

    name = "guard"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """The party with its points, or a refusal that says how to write them."""
        party, _, points = str(value).rpartition("=")
        number = points.removeprefix("-")
        if party and number.isascii() and number.isdecimal() and len(number) < 17:
            return party, int(points)
        wrong = N_("{value} is no guard: write it as C=-5, a party and whole points in the digits 0 to 9.")
        return self.fail(self._words.say(wrong, value=repr(value)), param, ctx)


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def settle(
        path: str, report: Path | None, guard: tuple[tuple[str, int], ...], *, as_json: bool, plain: bool, details: bool
    ) -> None:
        from tashawur.cli.progress import Progress  # noqa: PLC0415 - the help needs no engine
        from tashawur.node import settling  # noqa: PLC0415
        from tashawur.papers.agreement_telling import telling_of  # noqa: PLC0415
        from tashawur.papers.settlement import answer_document  # noqa: PLC0415

        with Progress(words) as progress:
            asked = settling.problem(path, progress)
            guards = settling.guards_of(asked, guard)
            settled = settling.answer_to(asked, progress)
            guarded = settling.guarded(asked, guards)
            found = settling.frontier_to_show(asked, progress, details=details) if report is not None else None
        if report is not None:
            from tashawur.papers.settle_page import settle_page  # noqa: PLC0415

            page = settle_page(settled, asked.about, found, words.lang, guarded, details=details)
            options.written(report, page.encode())
        if as_json:
            told = answer_document(settled, asked.about, guarded)
            click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2))
        else:
            from tashawur.papers.settle_terminal import show  # noqa: PLC0415

            telling = telling_of(settled, asked.about, words, guarded, details=details)
            printed(lambda console: show(telling, console), plain=plain)
        if report is not None:
            click.echo(say(N_("Report: {path}"), path=report.resolve()), err=as_json)

    return click.Command(
        "settle",
        callback=settle,
        help=say(N_("Packages that every side can accept, and which of them the rules of fairness pick.")),
        params=[
            options.scenario(words),
            click.Option(["--details"], is_flag=True, help=say(N_("Also points, and the rules by their names."))),
            click.Option(
                ["--guard"],
                type=Guard(words),
                multiple=True,
                metavar=say(N_("PARTY=POINTS")),
                help=say(
                    N_(
                        "What a package must be worth, at the worst by estimate, to a party that is not at the table; "
                        "by default as its estimate says."
                    )
                ),
            ),
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
