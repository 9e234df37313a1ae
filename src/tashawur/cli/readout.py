"""`tashawur readout`: what a communiqué says, who says it, and where it stands in the text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from tashawur.cli import options, reading
from tashawur.cli.asking import Wish, parameters, with_proposals
from tashawur.cli.screen import printed
from tashawur.node.executors import cores
from tashawur.node.many_texts import Order
from tashawur.papers.words import Words
from tashawur.store.text_files import is_one_text
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import IDENT_PATTERN

_ALONE: Final = N_("--start and --into ask by keyboard, without --json, --compare, --over-time, --report, --propose.")


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def run(  # noqa: PLR0913 - one argument for each option
        files: tuple[Path, ...],
        date: dt.date | None,
        report: Path | None,
        keep: Path | None,
        jobs: int | None,
        cluster: str | None,
        *,
        as_json: bool,
        json_lines: bool,
        plain: bool,
        compare: bool,
        over_time: bool,
        start: Path | None,
        into: Path | None,
        publisher: str | None,
        parties: Sequence[tuple[str, tuple[str, ...]]],
        **asking: Any,
    ) -> int:
        wish = Wish(**asking)
        if start or into:
            if as_json or json_lines or compare or over_time or report or keep or wish.propose:
                raise click.UsageError(say(_ALONE))
            return _start(files, date, words, start=start, into=into, publisher=publisher, parties=parties)
        if wish.propose and (compare or over_time):
            raise click.UsageError(say(N_("--propose reads texts; it compares none. Leave one of both out.")))
        for one, other, both in (
            ("--json", "--json-lines", as_json and json_lines),
            ("--jobs", "--cluster", jobs and cluster),
            ("--keep", "--propose", keep and wish.propose),
        ):
            if both:
                raise click.UsageError(say(N_("{option} and {other} exclude each other."), option=one, other=other))
        if compare or over_time:
            _compare(files, words, report, as_json=as_json, plain=plain, in_time=over_time)
            return 0
        if keep is not None:
            _look_at_names(files, keep, words)
        order = Order(files, date, keep, jobs or cores(), cluster, with_texts=report is not None or wish.propose)
        view: reading.View = reading.Nothing() if keep is not None else reading.OnTerminal(words, plain)
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
                help=say(N_("Also write the text with its statements marked, or the comparison, to this HTML file.")),
            ),
            click.Option(
                ["--start"],
                type=click.Path(path_type=Path),
                help=say(N_("Make a consultation in this new folder from what you accept, by keyboard.")),
            ),
            click.Option(
                ["--into"],
                type=click.Path(path_type=Path),
                help=say(N_("Add what you accept, by keyboard, to the consultation in this folder.")),
            ),
            click.Option(["--publisher"], help=say(N_("Who published the text, with --start and --into."))),
            click.Option(
                ["--party", "parties"],
                multiple=True,
                type=_Named(words),
                metavar=say(N_("ID[=NAME,…]")),
                help=say(
                    N_("Who takes part: code of a state, or an id with a name and adjectives. Repeat it for each.")
                ),
            ),
            click.Option(
                ["--keep"],
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


def _look_at_names(files: Sequence[Path], keep: Path, words: Words) -> None:
    """Refuses two of one name, and to keep what is read among what is to be read."""
    names = [file.resolve().name.casefold() for file in files]
    for file, name in zip(files, names, strict=True):
        if names.count(name) > 1:
            told = N_("{name} is named twice: with --keep, what is read from both would be kept in one place.")
            raise click.UsageError(words.say(told, name=file))
        if file.resolve() == keep.resolve():
            raise click.UsageError(words.say(N_("--keep needs another folder than the one that is read.")))


class _Named(click.ParamType[tuple[str, tuple[str, ...]]]):
    """A party by its id and by the words that name it in a text."""

    name = "party"

    def __init__(self, words: Words) -> None:
        self._words = words

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, tuple[str, ...]]:
        """The id and the words, or a refusal that says how to write them."""
        code, _, named = str(value).partition("=")
        from tashawur.node.readouts import party_names  # noqa: PLC0415

        told = tuple(one.strip() for one in re.split("[,،]", named) if one.strip())
        if not re.match(IDENT_PATTERN, code) or not (told or code in party_names()):
            wrong = N_("{value} names no party: write the code of a state, or A=Name,Adjective.")
            self.fail(self._words.say(wrong, value=repr(value)), param, ctx)
        return code, told


def _start(  # noqa: PLR0913 - one argument for each option
    files: Sequence[Path],
    date: dt.date | None,
    words: Words,
    *,
    start: Path | None,
    into: Path | None,
    publisher: str | None,
    parties: Sequence[tuple[str, tuple[str, ...]]],
) -> int:
    """The keyboard session, for a new folder or one that stands."""
    from tashawur.cli.accepting import begin  # noqa: PLC0415
    from tashawur.node.starting import About  # noqa: PLC0415

    if start is not None and into is not None:
        raise click.UsageError(words.say(N_("Give --start or --into, not both.")))
    about = About(date, publisher, dict(parties))
    begin(files, about, start or into or Path(), words, new=start is not None)
    return 0


def _compare(
    files: Sequence[Path], words: Words, report: Path | None, *, as_json: bool, plain: bool, in_time: bool
) -> None:
    from tashawur.node.comparisons import accounts, nearness  # noqa: PLC0415
    from tashawur.papers import comparison  # noqa: PLC0415
    from tashawur.readouts import comparing  # noqa: PLC0415

    two = accounts(files)
    first, second = two.first, two.second
    near = nearness()
    rows: Sequence[comparing.Row | comparing.Step]
    rows = comparing.over_time(first, second, near) if in_time else comparing.compare(first, second, near)
    if as_json:
        told = comparison.document(first, second, rows, measured=near is not None)
        click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2))
    else:
        printed(lambda console: comparison.show(first, second, rows, words, console), plain=plain)
    if report is not None:
        from tashawur.papers.comparison_page import comparison_page  # noqa: PLC0415

        texts = two.texts[0].text, two.texts[1].text
        options.written(report, comparison_page((first, second), texts, rows, words.lang).encode())
        click.echo(words.say(N_("Report: {path}"), path=report.resolve()), err=as_json)
    if near is None and not as_json:
        note = N_("Pairs across languages need: pip install tashawur[compare]; without it only the plainest are found.")
        click.echo(words.say(note), err=True)
