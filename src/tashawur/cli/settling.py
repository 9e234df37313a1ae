"""The lines above an answer of the commands that settle."""

from __future__ import annotations

from collections.abc import Iterator

from tashawur.node.settling import Problem
from tashawur.papers import labels
from tashawur.papers.settle_labels import SOURCES
from tashawur.papers.words import Words
from tashawur.terms.phrases import N_


def head(asked: Problem, words: Words) -> list[tuple[str, str]]:
    """The lines above an answer, each with its style."""
    return list(_head(asked, words))


def _head(asked: Problem, words: Words) -> Iterator[tuple[str, str]]:
    say = words.say
    if asked.invented:
        yield say(labels.INVENTED), "bold yellow"
    yield words.text(asked.title), "bold"
    yield say(N_("Read as: {source}"), source=say(SOURCES[asked.source])), "dim"
    yield say(N_("Mode: open. One process holds all briefs and sees every side's priorities.")), "dim"
    if asked.without_brief:
        missing = words.listed(words.text(asked.sides[side]) for side in asked.without_brief)
        yield (
            say(N_("Without a brief, and so not asked: {sides}. The answer is for the others."), sides=missing),
            "yellow",
        )
    for party in asked.overruled:
        name = words.text(asked.sides[party])
        yield say(N_("{party} has a brief of its own: the estimate is left aside."), party=name), "yellow"
