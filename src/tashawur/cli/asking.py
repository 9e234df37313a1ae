"""Asks a language model beside the rules: who may be asked, what may be sent, and what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import click

from tashawur.cli import options
from tashawur.papers.words import Words
from tashawur.terms.errors import NotPublicError
from tashawur.terms.phrases import N_, NN_

if TYPE_CHECKING:
    from tashawur.node.proposing import Asked, Endpoint, Proposal
    from tashawur.node.readouts import ReadText

_LONGEST: Final = 300
"""Characters of a rejected string that are shown."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the options say about asking a model."""

    propose: bool
    endpoint: str | None
    model: str | None
    patience: float | None
    public: bool
    details: bool


def parameters(words: Words) -> list[click.Parameter]:
    """The options; the key comes from the environment alone, where no list of processes shows it."""
    say = words.say
    return [
        click.Option(
            ["--propose"],
            is_flag=True,
            help=say(N_("Also ask a language model; what it proposes is checked word for word and marked.")),
        ),
        click.Option(
            ["--endpoint"],
            envvar="TASHAWUR_PROPOSER_URL",
            help=say(N_("The model's address, as of OpenAI's interface: https://HOST/v1 (TASHAWUR_PROPOSER_URL).")),
        ),
        click.Option(
            ["--model"],
            envvar="TASHAWUR_PROPOSER_MODEL",
            help=say(N_("The model's name there (TASHAWUR_PROPOSER_MODEL). The key: TASHAWUR_PROPOSER_KEY.")),
        ),
        click.Option(
            ["--patience"],
            type=options.Number(words),
            help=say(N_("Seconds to wait for an answer; 120 where nothing is said.")),
        ),
        click.Option(
            ["--public"],
            is_flag=True,
            help=say(N_("The texts named are public, and their sentences may be sent to the model.")),
        ),
        click.Option(
            ["--details"], is_flag=True, help=say(N_("Show each thing that the model returned and that was rejected."))
        ),
    ]


def with_proposals(found: Sequence[ReadText], wish: Wish, words: Words) -> list[ReadText]:
    """The texts with what the model proposes for those that may be sent; the others as they are.

    Raises:
        ProposerMissingError, EndpointError: it cannot be asked.
        NotPublicError: nobody said that the texts are public, and there is nobody to ask.
    """
    from tashawur.node.proposing import asked, needs_library, proposals  # noqa: PLC0415 - only who asks pays for it

    needs_library()
    endpoint = _endpoint(wish)
    texts = [asked(one, public=wish.public) for one in found]
    allowed = [one for one in (_allowed(one, endpoint, words) for one in texts) if one is not None]
    told = {one.read.source: one for one in _shown(proposals(allowed, endpoint), wish, words)}
    return [told[one.source].read if one.source in told else one for one in found]


def _endpoint(wish: Wish) -> Endpoint:
    from tashawur.node.proposing import PATIENCE, Endpoint  # noqa: PLC0415

    key = os.environ.get("TASHAWUR_PROPOSER_KEY") or None
    patience = PATIENCE if wish.patience is None else wish.patience
    return Endpoint(wish.endpoint or "", wish.model or "", key, patience)


def _allowed(one: Asked, endpoint: Endpoint, words: Words) -> Asked | None:
    """The text as one that may be sent, where somebody says so; what would be sent, and to whom, is told before."""
    number = len(one.questions)
    if not number:
        click.echo(words.say(N_("{name}: nothing is sent"), name=one.read.source.name), err=True)
        return None
    somebody = sys.stdin.isatty() and sys.stderr.isatty()
    if not one.public and not somebody:
        raise NotPublicError(place=one.read.source.name)
    told = words.say(
        N_("{name}: to be sent to the model {model} at {host}: {sentences}, {characters}, nothing else"),
        name=one.read.source.name,
        model=endpoint.model,
        host=endpoint.host,
        sentences=words.count(NN_("{number} sentence", "{number} sentences"), number),
        characters=words.count(NN_("{number} character", "{number} characters"), one.questions.characters),
    )
    click.echo(told, err=True)
    if one.public:
        return one
    question = words.say(N_("Is this text public, and may these sentences be sent?"))
    if click.confirm(question, default=False, err=True):
        return replace(one, public=True)
    click.echo(words.say(N_("{name}: nothing is sent"), name=one.read.source.name), err=True)
    return None


def _shown(made: Iterator[Proposal], wish: Wish, words: Words) -> Iterator[Proposal]:
    """Tells, text by text, what the model did not answer and, if asked for, each thing that was rejected."""
    from tashawur.papers.readout_labels import REASONS  # noqa: PLC0415

    for one in made:
        name = one.read.source.name
        for number, error in one.unanswered:
            lost = words.count(
                NN_("{number} sentence read by rules alone", "{number} sentences read by rules alone"), number
            )
            click.echo(f"{name}: {lost}. {words.error(error)}", err=True)
        for reject in one.rejects if wish.details else ():
            told: dict[str, Any] = {"name": name, "number": reject.sentence, "why": words.say(REASONS[reject.reason])}
            phrase = N_("{name}, sentence {number}: {why}: {words}")
            if reject.sentence is None:
                phrase = N_("{name}: {why}: {words}")
            click.echo(words.say(phrase, **told, words=_harmless(reject.words)), err=True)
        yield one


def _harmless(returned: str) -> str:
    """What a model returned, as one short line that turns no direction and drives no terminal."""
    shown = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in returned[:_LONGEST])
    return shown if len(returned) <= _LONGEST else f"{shown}…"
