"""`tashawur record`: shows what the record holds, and verifies it from the start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from tashawur.cli import options
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_

if TYPE_CHECKING:
    from tashawur.node.record import Record


def command(words: Words) -> click.Command:
    """The command with its three ways."""
    return click.Group(
        "record",
        help=words.say(N_("Show what was signed and what is confirmed by all, and verify it.")),
        commands=[_show(words), _log(words), _verify(words)],
        params=[options.lang(words)],
        no_args_is_help=True,
    )


def _show(words: Words) -> click.Command:
    def show(entry: str | None, folder: Path, *, as_json: bool) -> None:
        from tashawur.node import showing  # noqa: PLC0415 - the help needs none of it
        from tashawur.papers.record_telling import RecordTelling  # noqa: PLC0415

        with _record(folder) as record:
            if entry is not None:
                click.echo(_json(showing.entry(record, entry)))
                return
            state = record.state()
            if as_json:
                click.echo(_json({"format": "tashawur.record/1", "founding": record.founding.id, **_plain(state)}))
                return
            telling = RecordTelling(words)
            click.echo(telling.consultation(record.founding))
            click.echo(telling.counts(len(record), sum(act.confirmed for act in state.acts)))
            for line in (*telling.forks(state), *telling.acts(state)):
                click.echo(line)

    return click.Command(
        "show",
        callback=show,
        help=words.say(N_("How every act stands; or one entry, by its id or the beginning of it.")),
        params=[
            click.Argument(["entry"], required=False, metavar=words.say(N_("[ID]"))),
            options.node(words),
            options.as_json(words),
            options.lang(words),
        ],
    )


def _log(words: Words) -> click.Command:
    def log(since: int, folder: Path, *, as_json: bool) -> None:
        from tashawur.node import showing  # noqa: PLC0415
        from tashawur.papers.record_telling import RecordTelling  # noqa: PLC0415

        telling = RecordTelling(words)
        with _record(folder) as record:
            for listed in showing.listed(record, since):
                if as_json:
                    click.echo(msgspec.json.encode(listed).decode())
                else:
                    click.echo(telling.entry(listed.number, listed.id, listed.party, listed.entry))

    return click.Command(
        "log",
        callback=log,
        help=words.say(N_("Every entry in the order in which it came, one a line.")),
        params=[
            click.Option(
                ["--since"], type=options.Count(words), default=1, help=words.say(N_("Begin with this number."))
            ),
            options.node(words),
            click.Option(["--json", "as_json"], is_flag=True, help=words.say(N_("Print one JSON document a line."))),
            options.lang(words),
        ],
    )


def _verify(words: Words) -> click.Command:
    def verify(file: Path | None, folder: Path, jobs: int, *, as_json: bool) -> int:
        from tashawur.node.verifying import verified_together  # noqa: PLC0415
        from tashawur.papers.record_telling import RecordTelling  # noqa: PLC0415

        found = verified_together(str(file) if file else options.config_of(folder).journal, jobs)
        if as_json:
            told = {
                "format": "tashawur.verified/1",
                "founding": found.founding.id,
                "entries": found.entries,
                "good": found.good,
                "damaged": found.damaged,
                "refused": {str(number): rule for number, rule in found.refused.items()},
                "waiting": found.waiting,
                "state": found.state.digest,
            }
            click.echo(_json(told))
        else:
            telling = RecordTelling(words)
            click.echo(telling.consultation(found.founding))
            click.echo(telling.verdict(found.entries, found.good))
            for line in (*telling.faults(found.damaged, found.refused, found.waiting), *telling.forks(found.state)):
                click.echo(line)
        return 0 if found.whole else 2

    return click.Command(
        "verify",
        callback=verify,
        help=words.say(N_("Verify every digest, signature and rule from the start: of the node, or of a backup.")),
        params=[
            click.Argument(["file"], required=False, type=click.Path(path_type=Path), metavar=words.say(N_("[FILE]"))),
            options.node(words),
            click.Option(
                ["--jobs"], type=options.Count(words), default=1, help=words.say(N_("Processes that verify."))
            ),
            options.as_json(words),
            options.lang(words),
        ],
    )


@contextmanager
def _record(folder: Path) -> Iterator[Record]:
    from tashawur.node.opening import record_of  # noqa: PLC0415

    record = record_of(options.config_of(folder))
    try:
        yield record
    finally:
        record.journal.close()


def _plain(value: Any) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(value)
    return told


def _json(told: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
