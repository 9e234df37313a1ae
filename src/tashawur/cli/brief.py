"""`tashawur brief`: what a side's own brief says of a package."""

from __future__ import annotations

import click
import msgspec

from tashawur.cli import options
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def brief(folder: str, side: str, package: tuple[str, ...], *, as_json: bool) -> None:
        from tashawur.node.briefs import opinion  # noqa: PLC0415 - the help needs no engine
        from tashawur.node.cases import consultation  # noqa: PLC0415
        from tashawur.papers.opinion import OpinionTelling, document  # noqa: PLC0415

        asked = consultation(folder)
        found = opinion(asked, side, package)
        if as_json:
            head = {
                "format": "tashawur.brief/1",
                "side": found.side,
                "package": found.scenario.named(found.package),
                "feasible": found.feasible,
            }
            told = head | document(found.scenario, found.judged, found.question)
            click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2))
            return
        telling = OpinionTelling(asked, found.scenario, words)
        for line in telling.lines(found.side, found.judged, found.question, feasible=found.feasible):
            click.echo(line)

    return click.Command(
        "brief",
        callback=brief,
        help=say(
            N_(
                "What a side's own brief says of a package: surely, possibly or not acceptable, and what to ask "
                "oneself where it is open. Elsewhere than named, the package is the status quo."
            )
        ),
        params=[
            options.folder(words),
            click.Argument(["side"], metavar=say(N_("SIDE"))),
            click.Argument(["package"], metavar=say(N_("[ISSUE=OPTION]…")), nargs=-1),
            options.lang(words),
            options.as_json(words),
        ],
    )
