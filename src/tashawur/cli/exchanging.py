"""`tashawur node serve` and `sync`: a record that is exchanged over a line."""

from __future__ import annotations

from pathlib import Path

import click

from tashawur.cli import options
from tashawur.cli.carrying import told_of, told_withheld
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


def serving(words: Words) -> click.Command:
    """`serve`."""

    def serve(folder: Path) -> None:
        from tashawur.node.held import held_by  # noqa: PLC0415 - the help needs none of it
        from tashawur.terms.errors import MissingPartError  # noqa: PLC0415

        try:
            from tashawur.node.exchanging import fresh  # noqa: PLC0415
            from tashawur.web.serving import place_of  # noqa: PLC0415
            from tashawur.web.serving import serve as served  # noqa: PLC0415
            from tashawur.wire.answering import AskedNode  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise MissingPartError(extra="node") from error
        settings = options.config_of(folder)
        address = settings.settings["listen"].value
        with held_by(settings) as (own, held, keys):
            place = place_of(address, keys.node)

            def ready() -> None:
                options.log(settings, "node.serving")
                told = N_("Answering other nodes at {address}. Ctrl-C ends it.")
                click.echo(words.say(told, address=address), err=True)

            served(AskedNode(own, held, fresh), place, ready)

    return click.Command(
        "serve",
        callback=serve,
        help=words.say(N_("Answer the nodes of the other parties at the address that is set by listen.")),
        params=[options.node(words), options.lang(words)],
    )


def syncing(words: Words) -> click.Command:
    """`sync`."""

    def sync(peers: tuple[str, ...], folder: Path) -> int:
        from tashawur.node.carrying import peer_named  # noqa: PLC0415 - the help needs none of it
        from tashawur.node.exchanging import sync as synced  # noqa: PLC0415
        from tashawur.node.held import held_by  # noqa: PLC0415
        from tashawur.terms.errors import ConfigError, LineError, NotTakenError, UnknownNameError  # noqa: PLC0415

        settings = options.config_of(folder)
        addresses = settings.peers
        if not addresses:
            raise ConfigError("tashawur.toml", N_("no other node is set; write them as B=https://HOST:PORT"), "peers")
        for name in peers:
            if name not in addresses:
                raise UnknownNameError(name=name, known=", ".join(addresses) or "–")
        failed = False
        with held_by(settings) as (own, held, _):
            for name in peers or tuple(addresses):
                try:
                    report = synced(own, peer_named(own, name), held, addresses[name])
                except (LineError, NotTakenError) as error:  # the others are asked all the same
                    click.echo(words.error(error), err=True)
                    failed = True
                    continue
                options.log(settings, "record.synced", peer=name, got=report.got.admitted, gave=report.gave.admitted)
                for line in (*told_of(words, name, report.got), *told_withheld(words, report.withheld)):
                    click.echo(line)
                told = N_("To {peer}: new {admitted}, refused {refused}")
                gave = report.gave
                click.echo(words.say(told, peer=name, admitted=gave.admitted, refused=gave.refused))
        return 2 if failed else 0

    return click.Command(
        "sync",
        callback=sync,
        help=words.say(N_("Bring this node and others to the same entries; by default all that are set by peers.")),
        params=[
            click.Argument(["peers"], nargs=-1, metavar=words.say(N_("[PARTY]…"))),
            options.node(words),
            options.lang(words),
        ],
    )
