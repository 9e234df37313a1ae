"""`tashawur harvest`: what can be settled now, and what that costs the rest."""

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

    def harvest(  # noqa: PLR0913 - one for each option
        path: str,
        issues: tuple[str, ...],
        without: tuple[str, ...],
        together: int,
        seconds: float,
        *,
        as_json: bool,
        plain: bool,
        details: bool,
    ) -> None:
        from tashawur.node.sequencing import harvested, planned  # noqa: PLC0415 - the help needs no engine
        from tashawur.papers.sequence_answer import harvest_answer  # noqa: PLC0415
        from tashawur.papers.sequence_telling import HarvestTelling  # noqa: PLC0415

        asked = planned(path, without)
        options.tell_passed_over(asked.passed_over, words)
        found = harvested(asked, issues, together, seconds)
        if as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(harvest_answer(found, asked.about)), indent=2))
            return
        from tashawur.papers.sequence_terminal import show_harvest  # noqa: PLC0415

        telling = HarvestTelling(found, asked.about, words, details=details)
        printed(lambda console: show_harvest(telling, console), plain=plain)

    return click.Command(
        "harvest",
        callback=harvest,
        help=say(
            N_(
                "Which issues of a plan can be settled now, alone or in small groups, to the gain of every side, and "
                "what that costs the rest. With ISSUE, only these, taken together."
            )
        ),
        params=[
            options.scenario(words),
            click.Argument(["issues"], metavar=say(N_("[ISSUE]…")), nargs=-1),
            options.without(words),
            click.Option(
                ["--together"],
                type=options.Count(words),
                default=2,
                show_default=True,
                help=say(N_("How many issues are taken together at most.")),
            ),
            options.seconds(words),
            click.Option(["--details"], is_flag=True, help=say(N_("Also points."))),
            options.lang(words),
            options.as_json(words),
            options.plain(words),
        ],
    )
