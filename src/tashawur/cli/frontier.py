"""`tashawur frontier`: the packages than which none is better for one side and as good for all others."""

from __future__ import annotations

import click
import msgspec

from tashawur.cli import options
from tashawur.cli.screen import printed
from tashawur.cli.settling import head
from tashawur.node.settling import listed_frontier, problem
from tashawur.papers.settle_labels import OF
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_, NN_


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def frontier(path: str, *, everything: bool, as_json: bool, plain: bool) -> None:
        from tashawur.papers import settlement  # noqa: PLC0415

        asked = problem(path)
        scenario = asked.scenario
        found = listed_frontier(scenario, everything=everything)
        if as_json:
            told = settlement.frontier_answer(
                scenario, found, asked.source, invented=asked.invented, everything=everything
            )
            click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2))
            return
        from tashawur.papers.settle_terminal import show_frontier  # noqa: PLC0415

        lines = [*head(asked, words), (say(OF[everything]), ""), (words.count(_POINTS, len(found)), "bold")]
        names = [words.text(asked.sides[side.name]) for side in scenario.sides]
        rows = [settlement.on_own_scales(scenario, values) for values in found.values.tolist()]
        printed(lambda console: show_frontier(names, rows, words, console, lines), plain=plain)

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


_POINTS = NN_("{number} point", "{number} points")
