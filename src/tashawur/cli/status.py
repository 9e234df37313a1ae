"""`tashawur status`: where a consultation stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import msgspec

from tashawur.cli import options
from tashawur.cli.screen import printed
from tashawur.keep.standing import Standing, standing
from tashawur.node import cases
from tashawur.papers.answer import answer
from tashawur.papers.quoted import texts_by_digest
from tashawur.papers.telling import Telling
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


def command(words: Words) -> click.Command:
    """The command, its help in the language of `words`."""
    say = words.say

    def status(  # noqa: PLR0913 - one argument for each option
        folder: str,
        side: str | None,
        on: dt.date | None,
        text: tuple[Path, ...],
        report: Path | None,
        *,
        as_json: bool,
        plain: bool,
        half: bool,
    ) -> None:
        consultation = cases.consultation(folder)
        options.known_side(consultation, side)
        now = standing(consultation, cases.day_of(consultation, on, options.today()))
        texts = texts_by_digest(consultation, cases.texts(text), cases.text_in)
        telling = Telling(now, words)
        if as_json:
            click.echo(_document(now, side, texts))
        elif half:
            _half_page(telling, side)
        else:
            _terminal(telling, side, texts, plain=plain)
        if report is not None:
            _report(now, words, side, texts, report)
            # Beside JSON and the half page, the path is no part of the answer.
            click.echo(say(N_("Report: {path}"), path=report.resolve()), err=as_json or half)

    return click.Command(
        "status",
        callback=status,
        help=say(N_("Where a consultation stands: who, how often, what is open, who said what, what is awaited.")),
        params=[
            options.folder(words),
            options.side(words),
            options.on(words),
            options.lang(words),
            options.as_json(words),
            options.plain(words),
            click.Option(["--print", "half"], is_flag=True, help=say(N_("Half a page of plain text, ready to print."))),
            click.Option(
                ["--report"],
                type=click.Path(path_type=Path, dir_okay=False),
                help=say(N_("Also write the report to this HTML file.")),
            ),
            click.Option(
                ["--text"],
                multiple=True,
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help=say(N_("A text that rows point at: its words are shown beside them.")),
            ),
        ],
    )


def _document(now: Standing, side: str | None, texts: dict[str, str]) -> bytes:
    document = answer(now, side)
    if texts:
        document["words"] = {
            one.undertaking.id: [
                texts[origin.document][origin.start : origin.end]
                for origin in one.undertaking.origin
                if origin.document in texts
            ]
            for one in now.undertakings
        }
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def _half_page(telling: Telling, side: str | None) -> None:
    from tashawur.papers.half_page import half_page  # noqa: PLC0415 - each way of showing loads what it needs

    for line in half_page(telling, side):
        click.echo(line)


def _terminal(telling: Telling, side: str | None, texts: dict[str, str], *, plain: bool) -> None:
    from tashawur.papers.terminal import Wish, show  # noqa: PLC0415

    printed(lambda console: show(telling, console, Wish(side, texts)), plain=plain)


def _report(now: Standing, words: Words, side: str | None, texts: dict[str, str], path: Path) -> None:
    from tashawur.papers.report import report  # noqa: PLC0415

    options.written(path, report(now, words.lang, side, texts).encode())
