"""`tashawur readout`: what a communiqué says, who says it, and where it stands in the text."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import msgspec

from tashawur.cli import options
from tashawur.cli.asking import Wish, parameters, with_proposals
from tashawur.node.readouts import ReadText, readout
from tashawur.papers.words import Words
from tashawur.terms.errors import TashawurError
from tashawur.terms.phrases import N_, NN_
from tashawur.terms.vocabulary import IDENT_PATTERN

if TYPE_CHECKING:
    from rich.console import Console


_ALONE: Final = N_("--start and --into ask by keyboard, without --json, --compare, --over-time, --report, --propose.")


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def run(  # noqa: PLR0913 - one argument for each option
        files: tuple[Path, ...],
        date: dt.date | None,
        report: Path | None,
        *,
        as_json: bool,
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
            if as_json or compare or over_time or report or wish.propose:
                alone = N_(
                    "--start and --into ask by keyboard, without --json, --compare, --over-time, --report, --propose."
                )
                raise click.UsageError(say(alone))
            return _start(files, date, words, start=start, into=into, publisher=publisher, parties=parties)
        if wish.propose and (compare or over_time):
            raise click.UsageError(say(N_("--propose reads texts; it compares none. Leave one of both out.")))
        if compare or over_time:
            _compare(files, words, report, as_json=as_json, plain=plain, in_time=over_time)
            return 0
        found, refused = _read(files, date)
        if wish.propose:
            found = with_proposals(found, wish, words)
        if as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(_document(found, refused, len(files))), indent=2))
        else:
            _terminal(found, words, plain=plain)
        for error in refused:
            click.echo(words.error(error), err=True)
        if refused and found:
            told = NN_("{number} text was read; the others were not", "{number} texts were read; the others were not")
            click.echo(words.count(told, len(found)), err=True)
        if report is not None and found:
            _page(found, words, report)
            click.echo(say(N_("Report: {path}"), path=report.resolve()), err=as_json)
        return 2 if refused else 0

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
            *parameters(words),
        ],
    )


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


def _read(files: Sequence[Path], date: dt.date | None) -> tuple[list[ReadText], list[TashawurError]]:
    """What could be read, and the refusals of what could not: one bad text keeps nobody from the others."""
    found: list[ReadText] = []
    refused: list[TashawurError] = []
    for file in files:
        try:
            found.append(readout(file, date))
        except TashawurError as error:
            refused.append(error)
    return found, refused


def _document(found: Sequence[ReadText], refused: Sequence[TashawurError], asked: int) -> object:
    """One readout by itself; of several texts, all with their names, and which were refused with what code."""
    if asked == 1 and found:
        return found[0].readout
    return {
        "schema": "tashawur.readouts/0.1",
        "readouts": [{"name": one.source.name, "readout": one.readout} for one in found],
        "refused": [{"name": error.words.get("place", ""), "code": error.code} for error in refused],
    }


def _terminal(found: Sequence[ReadText], words: Words, *, plain: bool) -> None:
    from tashawur.papers.readout_telling import ReadoutTelling  # noqa: PLC0415
    from tashawur.papers.readout_terminal import show  # noqa: PLC0415

    def print_all(console: Console) -> None:
        for number, one in enumerate(found):
            if number:
                console.print()
            show(ReadoutTelling(one.readout, words), one.source.name, console)

    _printed(print_all, plain=plain)


def _printed(show: Callable[[Console], None], *, plain: bool) -> None:
    """Prints what `show` shows, without blanks at the ends of lines."""
    from rich.console import Console  # noqa: PLC0415

    width = None if sys.stdout.isatty() else 100
    console = Console(no_color=plain, highlight=False, width=width, force_terminal=False if plain else None)
    with console.capture() as captured:
        show(console)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


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
        _printed(lambda console: comparison.show(first, second, rows, words, console), plain=plain)
    if report is not None:
        from tashawur.papers.comparison_page import comparison_page  # noqa: PLC0415

        texts = two.texts[0].text, two.texts[1].text
        options.written(report, comparison_page((first, second), texts, rows, words.lang).encode())
        click.echo(words.say(N_("Report: {path}"), path=report.resolve()), err=as_json)
    if near is None and not as_json:
        note = N_("Pairs across languages need: pip install tashawur[compare]; without it only the plainest are found.")
        click.echo(words.say(note), err=True)


def _page(found: Sequence[ReadText], words: Words, path: Path) -> None:
    from tashawur.papers.readout_page import ShownText, readout_page  # noqa: PLC0415

    shown = [ShownText(one.source.name, one.source.text, one.readout) for one in found]
    options.written(path, readout_page(shown, words.lang).encode())
