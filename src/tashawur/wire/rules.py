"""The rules of exchange by their codes, each with the words for what breaks it. The codes are the same for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tashawur.terms.errors import NotAdmittedError, NotTakenError
from tashawur.terms.phrases import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "message.size": N_("it is longer than a message may be; send less at a time"),
        "message.form": N_("it is no signed line with a body behind it; look at what program sent it"),
        "message.newer": N_("it is of a form that this program does not know; install a newer version"),
        "message.body": N_("its body is not the one that was signed; ask again"),
        "message.consultation": N_("it belongs to another consultation; look at which founding act the other node has"),
        "request.stranger": N_("its key is that of no other node in the founding act; look at the key of that node"),
        "request.addressee": N_("it is meant for another node; look at the address"),
        "request.place": N_("it was signed for another method or path; sign it for the one it is sent to"),
        "request.stale": N_("it names no challenge that stands; sign the one in this answer and ask again"),
        "request.replayed": N_("it came before; sign it anew"),
        "answer.none": N_("what answered is no node; look at the address"),
        "answer.stranger": N_("what answered is not the node that was asked; look at the address and the founding act"),
        "answer.other": N_("it answers another question; ask again"),
        "answer.refused": N_("the other node refuses what was asked"),
        "page.lines": N_("the lines are not as many as it says; ask again"),
        "page.order": N_("it does not go on from the page before; ask again"),
        "peer.refusals": N_("too much of what comes from there is refused; ask that side what program it runs"),
        "peer.nothing-new": N_("page after page has nothing new, and more is said to follow; ask that side"),
        "bundle.size": N_("it is longer than a bundle may be; have it made in parts"),
        "bundle.form": N_("it is no bundle; look at what file it is"),
        "bundle.locked": N_("it is encrypted, and not to this node, or it is damaged; ask for it anew"),
        "bundle.newer": N_("it is a bundle of a form that this program does not know; install a newer version"),
        "bundle.consultation": N_("it belongs to another consultation; look at whose bundle it is"),
        "bundle.stranger": N_("it was made by no node in the founding act; ask for one that a side or the host made"),
        "bundle.cut": N_("it is not whole; of its lines there are"),
        "bundle.damaged": N_("it is damaged; ask for it anew. The first line that is not as it was made"),
        "blocks.none": N_("no block of a bundle stands in this text; look at what was pasted or scanned"),
        "blocks.newer": N_("its blocks are of a form that this program does not know; install a newer version"),
        "blocks.mixed": N_("blocks of several bundles stand in it; take one bundle at a time"),
        "blocks.contradict": N_("a block stands in it twice, with different words; keep the right one. The block"),
        "blocks.missing": N_("blocks are missing or damaged; add these, in any order"),
        "sheets.missing": N_("sheets are missing or damaged; scan these, in any order"),
        "blocks.damaged": N_("the blocks do not make up what was sent; ask for it anew"),
        "blocks.many": N_("it is too much for this; send it as a file"),
    }
)


def refused(rule: str, at: str = "") -> NotTakenError:
    """The error for what breaks the rule with this code; `at` says where in it, in numbers."""
    return NotTakenError(rule, BROKEN[rule], at)


@contextmanager
def as_message() -> Iterator[None]:
    """Says of a message what the record says of an entry: its envelopes, JSON and signatures have the same rules."""
    try:
        yield
    except NotAdmittedError as error:
        raise NotTakenError(error.rule, error.words["why"]) from None


Fresh = Callable[[], str]
"""Gives 32 small hexadecimal digits that nobody can guess, and never the same again."""
