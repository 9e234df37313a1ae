"""The keyboard session in which a person accepts, changes or drops what a text proposes, one row after the other.

At a terminal one key is enough. Without one, every line of standard input is a key, so that a session can be scripted.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from tashawur.node.starting import About, Asked, add, ask, can_start, first_mistake, start, to_translate
from tashawur.papers.proposal_telling import ProposalTelling, apart, surroundings
from tashawur.papers.words import Words
from tashawur.readouts.deciding import Decisions
from tashawur.readouts.proposals import Proposal
from tashawur.terms.errors import RefusedChangeError
from tashawur.terms.phrases import N_, NN_

_KEYS: Final[Mapping[str, str]] = {
    "a": N_("accept"),
    "e": N_("edit"),
    "d": N_("drop"),
    "b": N_("back"),
    "s": N_("accept all of this sort"),
    "A": N_("accept all the rest"),
    "q": N_("stop and keep what was accepted"),
    "?": N_("help"),
}
_LAYOUTS: Final = str.maketrans(
    {
        **dict(zip("фувиыйФ", "aedbsqA", strict=True)),
        **dict(zip("شثيلﻻسض\u0650؟", "aedbbsqA?", strict=True)),
    }
)
"""The same keys where the keyboard is set to Russian or Arabic letters."""
_CHANGE: Final = re.compile(r"([A-Za-z_][\w.]*)=(.*)")


def begin(files: Sequence[Path], about: About, folder: Path, words: Words, *, new: bool) -> None:
    """Asks for what the texts propose, and makes the new folder from it, or adds it to the one that stands.

    Raises:
        click.Abort: the person broke off.
        TashawurError: a text or the folder is refused, or too little was accepted for a consultation.
    """
    if new:
        can_start(folder)
    asked = ask(files, about, None if new else folder)
    if not asked.proposals:
        click.echo(words.say(N_("The text proposes nothing that does not stand already.")))
        return
    decisions = Sitting(asked, words).hold()
    accepted = decisions.accepted
    if not accepted:
        click.echo(words.say(N_("Nothing was accepted, and nothing written.")))
        return
    paths, made = start(folder, asked, accepted) if new else add(folder, asked, accepted)
    for path in paths:
        click.echo(path)
    telling = ProposalTelling(words, asked.called())
    for one in (*decisions.left, *made.left_out):
        told = N_("Left out: {sort}, “{words}”")
        click.echo(words.say(told, sort=telling.sort(one), words=one.words.text), err=True)
    waiting = to_translate(folder)
    if waiting:
        told_of = NN_("{number} text waits for a translation", "{number} texts wait for a translation")
        click.echo(words.count(told_of, waiting), err=True)
    see = N_("See it with: tashawur status {folder} {texts}")
    click.echo(words.say(see, folder=folder, texts=" ".join(f"--text {file}" for file in files)), err=True)


class Sitting:
    """One session over what texts propose."""

    def __init__(self, asked: Asked, words: Words) -> None:
        self._asked = asked
        self._words = words
        self._say = words.say
        self._telling = ProposalTelling(words, asked.called())
        self._keyboard = sys.stdin.isatty() and sys.stdout.isatty()

    def hold(self) -> Decisions:
        """Asks until all is decided, or the person stops. Gives what was decided.

        Raises:
            click.Abort: the person broke off, or the input ended: nothing is to be written.
        """
        decisions = Decisions(tuple(self._asked.proposals))
        click.echo(self._help())
        try:
            while True:
                if decisions.current is None:
                    ended = self._at_the_end(decisions)
                    if ended is None:
                        return decisions
                    decisions = ended
                    continue
                self._show(decisions, decisions.current)
                key = self._key()
                if key == "q":
                    return decisions
                decisions = self._answered(decisions, decisions.current, key)
                if key == "A":
                    return decisions
        except (KeyboardInterrupt, EOFError) as error:
            number = len(decisions.accepted)
            click.echo("", err=True)
            told = NN_(
                "Nothing was written; {number} accepted row is not kept. The key q keeps what was accepted.",
                "Nothing was written; {number} accepted rows are not kept. The key q keeps what was accepted.",
            )
            click.echo(self._words.count(told, number), err=True)
            raise click.Abort() from error

    def _answered(self, decisions: Decisions, one: Proposal, key: str) -> Decisions:
        if key == "a" and one.lacks:
            lacks = self._words.row(self._telling.lacking(one))
            click.echo(self._say(N_("It lacks: {parts}. Fill it in with e, or drop it with d."), parts=lacks))
            return decisions
        if key == "e":
            return self._edited(decisions)
        moves: Mapping[str, Callable[[], Decisions]] = {
            "a": decisions.accept,
            "d": decisions.drop,
            "b": decisions.back,
            "s": decisions.accept_kind,
            "A": decisions.accept_rest,
        }
        if key in moves:
            return moves[key]()
        click.echo(self._help())
        return decisions

    def _at_the_end(self, decisions: Decisions) -> Decisions | None:
        """Asks whether to write, when all is decided; None to write."""
        click.echo(self._words.count(NN_("{number} row accepted.", "{number} rows accepted."), len(decisions.accepted)))
        click.echo(self._say(N_("a: write · b: back · q: write")))
        while True:
            key = self._key()
            if key in ("a", "A", "q"):
                return None
            if key == "b":
                return decisions.back()

    def _help(self) -> str:
        return " · ".join(f"{key}: {self._say(told)}" for key, told in _KEYS.items())

    def _show(self, decisions: Decisions, one: Proposal) -> None:
        """One proposal: where one stands, what it is, its words within their sentence, who says so, its parts."""
        click.echo("")
        place = f"{len(decisions.verdicts) + 1}/{len(decisions.proposals)}"
        alone = self._telling.who_says(one)
        heading = click.style(f"{place}  {self._telling.sort(one)}", bold=True)
        click.echo(f"{heading}  {click.style(alone, fg='yellow' if one.alone else None)}".rstrip())
        before, behind = surroundings(self._asked.texts[one.document], one.words)
        shown = click.style(f"[{one.words.text}]", reverse=self._keyboard)
        click.echo("  " + apart(f"{before}{shown}{behind}".strip(), self._lang(one)))
        for label, told in self._telling.lines(one):
            if told and told != apart(one.words.text, self._lang(one)):
                click.echo(f"  {label}: {told}")
        if one.lacks:
            lacks = self._words.row(self._telling.lacking(one))
            click.echo("  " + click.style(self._say(N_("the text does not give: {parts}"), parts=lacks), fg="yellow"))

    def _lang(self, one: Proposal) -> str:
        return str(self._asked.documents[one.document]["language"])

    def _edited(self, decisions: Decisions) -> Decisions:
        """Changes parts of the current row, line by line, until an empty line; what would be a mistake is refused."""
        while True:
            one = decisions.current
            assert one is not None  # noqa: S101 - a row is edited while it is the current one
            held = self._telling.parts(one)
            for number, (key, label, told) in enumerate(held, 1):
                click.echo(f"  {number}  {label} – {key}: {told}")
            more = self._telling.further(one, tuple(self._asked.languages))
            if more:
                click.echo(self._say(N_("  can be added: {keys}"), keys=" ".join(more)))
            line = self._line(self._say(N_("Number or key of a part, or key=words; an empty line ends: ")))
            if not line:
                return decisions
            key, value = self._change(line, {str(n): key for n, (key, _, _) in enumerate(held, 1)}, one)
            wished = decisions.change(key, value)
            wrong = first_mistake(self._asked, wished)
            if wrong is None:
                decisions = wished
            else:
                click.echo(self._words.error(RefusedChangeError(wrong)))

    def _change(self, line: str, numbers: Mapping[str, str], one: Proposal) -> tuple[str, str]:
        found = _CHANGE.fullmatch(line)
        if found is not None:
            return found[1], found[2].strip()
        key = numbers.get(line, line)
        before = {name: told for name, _, told in self._telling.parts(one)}.get(key, "")
        return key, self._line(f"{key} = ", before.strip("\u2066\u2067\u2069"))

    def _key(self) -> str:
        if self._keyboard:
            pressed = click.getchar()
            click.echo(pressed if pressed.isprintable() else "")
        else:
            pressed = self._input()
        return pressed[:1].translate(_LAYOUTS)

    def _line(self, prompt: str, before: str = "") -> str:
        """A line that a person types, with the words before it to go on from where the terminal can."""
        if not self._keyboard:
            return self._input()
        try:
            import readline  # noqa: PLC0415 - not on every system
        except ImportError:
            return input(prompt).strip()
        readline.set_startup_hook(lambda: readline.insert_text(before))
        try:
            return input(prompt).strip()
        finally:
            readline.set_startup_hook()

    @staticmethod
    def _input() -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip()
