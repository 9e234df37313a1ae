"""`tashawur node`: makes a side's node, tells where it stands, and keeps it safe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from tashawur.cli import options
from tashawur.cli.carrying import exporting, importing
from tashawur.cli.exchanging import serving, syncing
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_

if TYPE_CHECKING:
    from tashawur.node.status import NodeStatus


def command(words: Words) -> click.Command:
    """The command with its ways."""
    return click.Group(
        "node",
        help=words.say(N_("Make a side's node, exchange its record with others, back it up and bring it back.")),
        commands=[
            _init(words),
            _status(words),
            serving(words),
            syncing(words),
            exporting(words),
            importing(words),
            _backup(words),
            _restore(words),
            _upgrade(words),
            _config(words),
        ],
        params=[options.lang(words)],
        no_args_is_help=True,
    )


def _init(words: Words) -> click.Command:
    say = words.say

    def init(folder: Path, side: str, journal: str | None, passphrase_file: Path | None) -> None:
        from tashawur.node.config import SETTINGS, config  # noqa: PLC0415 - the help needs none of it
        from tashawur.node.init import init as made  # noqa: PLC0415
        from tashawur.node.keys import ROOT  # noqa: PLC0415

        secret = options.passphrase(words, passphrase_file, new=True)
        settings = {"side": side, **({"journal": journal} if journal else {})}
        keys = made(folder, settings, secret, {name: say(told) for name, told in SETTINGS.items()})
        options.log(config(folder, {}), "node.made", side=side)
        click.echo(say(N_("Root key: {key}"), key=keys.of(ROOT).key))
        click.echo(say(N_("Node key: {key}"), key=keys.node_key))
        click.echo(
            say(N_("The node is in {folder}. Its passphrase opens the root key and the briefs."), folder=folder),
            err=True,
        )

    return click.Command(
        "init",
        callback=init,
        help=say(N_("Make a node in a new folder: settings, keys, an empty journal, and a file for private briefs.")),
        params=[
            click.Argument(["folder"], type=click.Path(path_type=Path), metavar=say(N_("FOLDER"))),
            click.Option(
                ["--side"], required=True, type=options.Name(words), help=say(N_("The party whose node this is."))
            ),
            click.Option(["--journal"], help=say(N_("Where the record is kept: a file, or a PostgreSQL address."))),
            options.passphrase_file(words),
            options.lang(words),
        ],
    )


def _status(words: Words) -> click.Command:
    def status(folder: Path, *, as_json: bool) -> None:
        from tashawur.node.status import status as found  # noqa: PLC0415

        told = found(options.config_of(folder))
        if as_json:
            told_json = {"format": "tashawur.node-status/1", **msgspec.to_builtins(told)}
            click.echo(msgspec.json.format(msgspec.json.encode(told_json), indent=2))
            return
        for line in _lines(words, told):
            click.echo(line)

    return click.Command(
        "status",
        callback=status,
        help=words.say(N_("Where the node stands: what its record holds, and what awaits whose signature.")),
        params=[options.node(words), options.as_json(words), options.lang(words)],
    )


def _lines(words: Words, told: NodeStatus) -> list[str]:
    from tashawur.papers.record_telling import RecordTelling  # noqa: PLC0415

    say, telling = words.say, RecordTelling(words)
    lines = [say(N_("Node of {side}, journal {place}"), side=told.side, place=told.journal)]
    if told.record is None:
        return [*lines, say(N_("There is no record yet: it begins with the founding act."))]
    record = told.record
    lines.append(say(N_("Founding act: {fingerprint}"), fingerprint=record.fingerprint))
    lines.append(telling.counts(record.entries, record.confirmed))
    lines += [telling.head(head.party, head.seq, head.id, head.at) for head in record.heads]
    for side, number in record.awaited.items():
        lines.append(say(N_("Awaiting the signature of {side}: {number}"), side=side, number=number))
    if record.waiting:
        lines.append(say(N_("Waiting for entries that nobody brought yet: {number}"), number=record.waiting))
    for one in record.told:
        facts = {"peer": one.peer, "side": one.party, "seq": one.seq, "number": abs(one.beside)}
        if one.beside > 0:
            lines.append(say(N_("{peer} last told of {side} up to entry {seq}: {number} fewer than here"), **facts))
        elif one.beside < 0:
            lines.append(
                say(N_("{peer} told of {side} up to entry {seq}, and did not bring the last {number}"), **facts)
            )
    for side in record.forked:
        lines.append(say(N_("{side} said different things in one place. Sign nothing that needs it."), side=side))
    if told.unheard:
        names = words.listed(told.unheard)
        lines.append(say(N_("Restored, and only reading until these have shown what they have: {names}"), names=names))
    return lines


def _backup(words: Words) -> click.Command:
    say = words.say

    def backup(file: Path, folder: Path, passphrase_file: Path | None, *, briefs: bool) -> None:
        from tashawur.node import backup as backups  # noqa: PLC0415
        from tashawur.node.keys import ROOT, read_keys  # noqa: PLC0415
        from tashawur.node.opening import journal_at, record_of  # noqa: PLC0415
        from tashawur.store.briefs import opened_briefs  # noqa: PLC0415
        from tashawur.terms.errors import NoRecordError  # noqa: PLC0415

        settings = options.config_of(folder)
        if not briefs:
            journal = journal_at(settings.journal)
            number = backups.backup(journal, file)
            journal.close()
            options.log(settings, "record.backed-up", entries=number)
            click.echo(say(N_("Written to {file}. Entries: {number}."), number=number, file=file), err=True)
            return
        try:
            record = record_of(settings)
        except NoRecordError:
            record = None
        roots = backups.roots_of(record, settings.side, read_keys(settings.path("keys")).of(ROOT).key)
        opened = opened_briefs(settings.path("briefs"), options.passphrase(words, passphrase_file))
        backups.backup_briefs(opened, roots, file)
        options.log(settings, "briefs.backed-up")
        click.echo(say(N_("The briefs were written to {file}, which only a root key opens."), file=file), err=True)

    return click.Command(
        "backup",
        callback=backup,
        help=say(N_("Write the record into one file, or with --briefs the private briefs into another.")),
        params=_of_file(words, N_("The private briefs, for the root key alone.")),
    )


def _of_file(words: Words, told: str) -> list[click.Parameter]:
    """What backing up and bringing back take."""
    return [
        click.Argument(["file"], type=click.Path(path_type=Path), metavar=words.say(N_("FILE"))),
        click.Option(["--briefs"], is_flag=True, help=words.say(told)),
        options.node(words),
        options.passphrase_file(words),
        options.lang(words),
    ]


def _restore(words: Words) -> click.Command:
    say = words.say

    def restore(file: Path, folder: Path, passphrase_file: Path | None, *, briefs: bool) -> None:
        from tashawur.node import restore as restoring  # noqa: PLC0415
        from tashawur.node.keys import ROOT, read_keys  # noqa: PLC0415
        from tashawur.node.opening import journal_at  # noqa: PLC0415

        settings = options.config_of(folder)
        if briefs:
            secret = options.passphrase(words, passphrase_file)
            seed = read_keys(settings.path("keys")).seed(ROOT, secret)
            restoring.restore_briefs(file, settings.path("briefs"), seed, secret)
            options.log(settings, "briefs.restored")
            return
        source, journal = journal_at(str(file), only_read=True), journal_at(settings.journal)
        done = restoring.restore(source, journal, settings.side)
        journal.close()
        source.close()
        options.log(settings, "record.restored", entries=done.entries, waiting=done.waiting, lost=done.lost)
        told = N_("Brought back: {entries}. Waiting for earlier entries: {waiting}. Could not be read: {lost}.")
        click.echo(say(told, entries=done.entries, waiting=done.waiting, lost=done.lost))
        click.echo(say(N_("The node only reads until all others have shown what they have of this side.")), err=True)

    return click.Command(
        "restore",
        callback=restore,
        help=say(N_("Fill an empty node from a backup, or from what can be read of a damaged journal.")),
        params=_of_file(words, N_("The private briefs, with the root key.")),
    )


def _upgrade(words: Words) -> click.Command:
    def upgrade(folder: Path) -> None:
        from tashawur.node.upgrade import upgrade as upgraded  # noqa: PLC0415

        settings = options.config_of(folder)
        done = upgraded(settings)
        if not done.backup:
            click.echo(words.say(N_("It is up to date.")))
            return
        options.log(settings, "journal.upgraded", before=done.before, after=done.after)
        told = N_("Upgraded from version {before} to {after}. As it was, it is in {place}.")
        click.echo(words.say(told, before=done.before, after=done.after, place=done.backup))

    return click.Command(
        "upgrade",
        callback=upgrade,
        help=words.say(N_("Bring a journal of an earlier version up to date, after a backup of it.")),
        params=[options.node(words), options.lang(words)],
    )


def _config(words: Words) -> click.Command:
    def show(folder: Path, *, as_json: bool) -> None:
        from tashawur.node.config import SETTINGS  # noqa: PLC0415
        from tashawur.node.opening import shown  # noqa: PLC0415

        settings = options.config_of(folder).settings
        if as_json:
            told = {name: {"value": shown(one.value), "by": one.by} for name, one in settings.items()}
            click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2))
            return
        for name, one in settings.items():
            by = one.by or words.say(N_("as usual"))
            click.echo(f"{name} = {shown(one.value)}  ({by})")
            click.echo(f"    {words.say(SETTINGS[name])}")

    return click.Group(
        "config",
        help=words.say(N_("The settings of a node.")),
        commands=[
            click.Command(
                "show",
                callback=show,
                help=words.say(N_("Show every setting, and what set it. A password in an address is not shown.")),
                params=[options.node(words), options.as_json(words), options.lang(words)],
            )
        ],
        params=[options.lang(words)],
        no_args_is_help=True,
    )
