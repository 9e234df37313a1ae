"""`tashawur node export` and `import`: a record that is carried by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tashawur.cli import options
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_, NN_

if TYPE_CHECKING:
    from tashawur.wire.exchange import Withheld
    from tashawur.wire.holdings import Outcome


def exporting(words: Words) -> click.Command:
    """`export`."""
    say = words.say

    def export(file: Path, to: str | None, since: Path | None, form: str, folder: Path) -> None:
        from tashawur.node import carrying  # noqa: PLC0415 - the help needs none of it
        from tashawur.node.held import held_by  # noqa: PLC0415
        from tashawur.wire.exchange import EMPTY  # noqa: PLC0415

        settings = options.config_of(folder)
        with held_by(settings) as (own, held, _):
            peer = carrying.peer_named(own, to) if to is not None else None
            have = carrying.since_in(carrying.read_files([since]), own.founding) if since else EMPTY
            data = carrying.export(own, held, peer, have)
            if form == "mail":
                carrying.write_mail(data, file)
            elif form == "paper":
                sheets = carrying.write_sheets(data, file, own, peer)
                click.echo(words.count(NN_("{number} sheet to print", "{number} sheets to print"), sheets), err=True)
            else:
                _, beside = carrying.write_file(data, file)
                click.echo(say(N_("Beside it, {file} verifies it without Tashawur."), file=beside), err=True)
        options.log(settings, "record.exported", to=to or "", bytes=len(data))
        if peer is None:
            click.echo(say(N_("Anybody can read it: no party was named by --for.")), err=True)

    return click.Command(
        "export",
        callback=export,
        help=say(N_("Write what another node lacks of the record into a file that is carried there.")),
        params=[
            click.Argument(["file"], type=click.Path(path_type=Path), metavar=say(N_("FILE"))),
            click.Option(["--for", "to"], help=say(N_("The party whose node alone can open it."))),
            click.Option(
                ["--since"],
                type=click.Path(path_type=Path),
                help=say(N_("Leave out what the other holds by this file, which its import wrote.")),
            ),
            click.Option(
                ["--as", "form"],
                type=click.Choice(["file", "mail", "paper"]),
                default="file",
                help=say(N_("A file, text for a mail, or a page of codes to print.")),
            ),
            options.node(words),
            options.lang(words),
        ],
    )


def importing(words: Words) -> click.Command:
    """`import`."""
    say = words.say

    def import_(files: tuple[Path, ...], answer: Path | None, folder: Path) -> None:
        from tashawur.node import carrying  # noqa: PLC0415 - the help needs none of it
        from tashawur.node.held import held_by  # noqa: PLC0415
        from tashawur.node.restore import heard  # noqa: PLC0415
        from tashawur.wire.locked import opener_of  # noqa: PLC0415

        settings = options.config_of(folder)
        with held_by(settings) as (own, held, keys):
            bundle = carrying.bundle_from(carrying.read_files(files), own.founding, opener_of(keys.node))
            taken = carrying.take(bundle, held)
            if not taken.more:
                heads = bundle.manifest.heads.get(own.party.feed, ())
                heard(held.record, own.name, taken.maker, [name for _, name in heads])
            if answer is not None:
                options.written(answer, carrying.reply(own, held))
        options.log(settings, "record.imported", maker=taken.maker, entries=taken.outcome.admitted)
        for line in (*told_of(words, taken.maker, taken.outcome), *told_withheld(words, taken.withheld)):
            click.echo(line)
        if taken.more:
            click.echo(say(N_("There is more: send --reply to {maker}, for the rest."), maker=taken.maker), err=True)

    return click.Command(
        "import",
        callback=import_,
        help=say(N_("Take in what another node wrote: a bundle, a saved mail, or the text of scanned sheets.")),
        params=[
            click.Argument(
                ["files"], nargs=-1, required=True, type=click.Path(path_type=Path), metavar=say(N_("FILE…"))
            ),
            click.Option(
                ["--reply", "answer"],
                type=click.Path(path_type=Path),
                help=say(N_("Write a small file that says what is held now, for the other's --since.")),
            ),
            options.node(words),
            options.lang(words),
        ],
    )


def told_of(words: Words, peer: str, outcome: Outcome) -> list[str]:
    """What became of entries, in lines."""
    told = N_("From {peer}: new {admitted}, known {known}, waiting {waiting}, refused {refused}")
    counts = {"admitted": outcome.admitted, "known": outcome.known, "waiting": outcome.waiting}
    lines = [words.say(told, peer=peer, refused=outcome.refused, **counts)]
    rules = sorted({one.rule for one in outcome.refusals})
    return [*lines, words.say(N_("Refused by: {rules}"), rules=", ".join(rules))] if rules else lines


def told_withheld(words: Words, withheld: tuple[Withheld, ...]) -> list[str]:
    """What is kept back, in lines."""
    told = N_("Kept back: entry {number} of feed {feed}, {id}")
    return [words.say(told, number=one.seq, feed=one.feed[:16], id=one.id[:16]) for one in withheld]
