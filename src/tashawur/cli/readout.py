"""`tashawur readout`: what a communiqué says, who says it, and where it stands in the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from tashawur.cli import options, reading
from tashawur.cli.asking import Wish, parameters, with_proposals
from tashawur.node.executors import cores
from tashawur.node.many_texts import Order
from tashawur.papers.words import Words
from tashawur.store.text_files import is_one_text
from tashawur.terms.phrases import N_


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def run(  # noqa: PLR0913 - one argument for each option
        files: tuple[Path, ...],
        date: dt.date | None,
        report: Path | None,
        into: Path | None,
        jobs: int | None,
        cluster: str | None,
        *,
        as_json: bool,
        json_lines: bool,
        plain: bool,
        compare: bool,
        over_time: bool,
        **asking: Any,
    ) -> int:
        wish = Wish(**asking)
        if wish.propose and (compare or over_time):
            raise click.UsageError(say(N_("--propose reads texts; it compares none. Leave one of both out.")))
        for one, other, both in (
            ("--json", "--json-lines", as_json and json_lines),
            ("--jobs", "--cluster", jobs and cluster),
            ("--into", "--propose", into and wish.propose),
        ):
            if both:
                raise click.UsageError(say(N_("{option} and {other} exclude each other."), option=one, other=other))
        if compare or over_time:
            _compare(files, words, as_json=as_json, plain=plain, in_time=over_time)
            return 0
        if into is not None:
            _look_at_names(files, into, words)
        order = Order(files, date, into, jobs or cores(), cluster, with_texts=report is not None or wish.propose)
        view: reading.View = reading.Nothing() if into is not None else reading.OnTerminal(words, plain)
        if json_lines:
            view = reading.JsonLines()
        elif as_json:
            view = reading.OneReadout() if len(files) == 1 and is_one_text(files[0]) else reading.OneDocument()
        propose = partial(with_proposals, wish=wish, words=words) if wish.propose else None
        return reading.read(order, view, words, report, propose)

    return click.Command(
        "readout",
        callback=run,
        help=say(N_("What a press text says: who says what, word for word, and who will do what; as proposals.")),
        params=[
            click.Argument(["files"], nargs=-1, required=True, type=click.Path(path_type=Path)),
            click.Option(["--date"], type=options.Day(words), help=say(N_("The day on which the text was published."))),
            click.Option(
                ["--compare"],
                is_flag=True,
                help=say(N_("Lay two accounts of one meeting side by side: both say, only one says, differs in what.")),
            ),
            click.Option(
                ["--over-time"],
                is_flag=True,
                help=say(N_("Lay one side's earlier and later account side by side: dropped, hardened, softened.")),
            ),
            options.lang(words),
            options.as_json(words),
            click.Option(
                ["--json-lines"],
                is_flag=True,
                help=say(N_("Print one JSON document in a line for each text, as soon as it is read.")),
            ),
            click.Option(["--plain"], is_flag=True, help=say(N_("No colours and no frames."))),
            click.Option(
                ["--report"],
                type=click.Path(path_type=Path, dir_okay=False),
                help=say(N_("Also write the text with its statements marked to this HTML file.")),
            ),
            click.Option(
                ["--into"],
                type=click.Path(path_type=Path, file_okay=False),
                metavar=say(N_("FOLDER")),
                help=say(N_("Keep the readout of each text in this folder; what is there already is not read again.")),
            ),
            click.Option(
                ["--jobs"],
                type=options.Count(words),
                metavar=say(N_("NUMBER")),
                help=say(N_("Processes that read at a time; by default one for each core.")),
            ),
            click.Option(
                ["--cluster"],
                metavar=say(N_("ADDRESS")),
                help=say(N_("Read on the Dask cluster of this address, as in tcp://10.0.0.5:8786.")),
            ),
            *parameters(words),
        ],
    )


def _look_at_names(files: Sequence[Path], into: Path, words: Words) -> None:
    """Refuses two of one name, and to keep what is read among what is to be read."""
    names = [file.resolve().name.casefold() for file in files]
    for file, name in zip(files, names, strict=True):
        if names.count(name) > 1:
            told = N_("{name} is named twice: with --into, what is read from both would be kept in one place.")
            raise click.UsageError(words.say(told, name=file))
        if file.resolve() == into.resolve():
            raise click.UsageError(words.say(N_("--into needs another folder than the one that is read.")))


def _compare(files: Sequence[Path], words: Words, *, as_json: bool, plain: bool, in_time: bool) -> None:
    from tashawur.node.comparisons import accounts, nearness  # noqa: PLC0415
    from tashawur.papers import comparison  # noqa: PLC0415
    from tashawur.readouts import comparing  # noqa: PLC0415

    first, second = accounts(files)
    near = nearness()
    rows: Sequence[comparing.Row | comparing.Step]
    rows = comparing.over_time(first, second, near) if in_time else comparing.compare(first, second, near)
    if as_json:
        told = comparison.document(first, second, rows, measured=near is not None)
        click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2))
        return
    reading.printed(lambda console: comparison.show(first, second, rows, words, console), plain=plain)
    if near is None:
        note = N_("Pairs across languages need: pip install tashawur[compare]; without it only the plainest are found.")
        click.echo(words.say(note), err=True)
