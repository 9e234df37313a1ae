"""`tashawur frontier`: the packages than which none is better for one side and as good for all others."""

from __future__ import annotations

import click
import msgspec

from tashawur.cli import options
from tashawur.cli.screen import printed
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def frontier(path: str, *, everything: bool, as_json: bool, plain: bool) -> None:
        from tashawur.cli.progress import Progress  # noqa: PLC0415 - the help needs no engine
        from tashawur.node.settling import listed_frontier, problem  # noqa: PLC0415
        from tashawur.papers.settle_telling import FrontierTelling  # noqa: PLC0415
        from tashawur.papers.settle_terminal import show_frontier  # noqa: PLC0415
        from tashawur.papers.settlement import frontier_answer  # noqa: PLC0415

        with Progress(words) as progress:
            asked = problem(path, progress)
            found = listed_frontier(asked, progress, everything=everything)
            answer = (
                frontier_answer(asked.scenario, found, asked.about, progress, everything=everything)
                if as_json
                else None
            )
        if answer is not None:
            click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2))
        else:
            telling = FrontierTelling(asked.scenario, found, asked.about, words, everything=everything)
            printed(lambda console: show_frontier(telling, console), plain=plain)

    return click.Command(
        "frontier",
        callback=frontier,
        help=say(N_("The packages than which none is better for one side and as good for all others, in points.")),
        params=[
            options.scenario(words),
            click.Option(
                ["--all", "everything"],
                is_flag=True,
                help=say(N_("Of all packages that keep the public rules, red lines and reservations left aside.")),
            ),
            options.lang(words),
            options.as_json(words),
            options.plain(words),
        ],
    )
