"""Carries a record by hand: out into a bundle, as a file, a mail or sheets of paper, and in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from tashawur.papers.sheets import Carried, sheets_page
from tashawur.record.founding import Founding, Party
from tashawur.store.writing import write_whole
from tashawur.terms.errors import UnknownNameError, UnreadableError, UnwritableError, reason_of
from tashawur.wire import verify
from tashawur.wire.blocks import armoured, is_blocks, joined, sheets_of
from tashawur.wire.bundle import MOST_BUNDLE, Bundle, Reply, bundle_in, bundle_of
from tashawur.wire.exchange import EMPTY, Withheld, withheld
from tashawur.wire.holdings import Holdings, Outcome
from tashawur.wire.locked import Opener, is_locked, locked
from tashawur.wire.messages import FORM, MOST_LINES, Standing, heard, told
from tashawur.wire.rules import refused
from tashawur.wire.signed import OwnNode

VERIFIER: Final = "verify.py"
"""The name of the file that is laid beside each bundle, by which anybody can verify it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a bundle brought: who made it, what became of its entries, and what its maker said it holds and left out.

    `more`: it did not hold all that its maker had for this node; send it what `reply` gives, for the rest.
    """

    maker: str
    outcome: Outcome
    withheld: tuple[Withheld, ...]
    more: bool


def peer_named(own: OwnNode, name: str) -> Party:
    """The other party with this name.

    Raises:
        UnknownNameError: there is none.
    """
    others = {one.name: one for one in own.peers().values()}
    if name not in others:
        raise UnknownNameError(name=name or "''", known=", ".join(sorted(others)))
    return others[name]


def export(own: OwnNode, holdings: Holdings, to: Party | None = None, since: Standing = EMPTY) -> bytes:
    """The bundle of what whoever holds `since` lacks; only the node of `to` can open it, or anybody where it is None.

    Raises:
        MissingPartError: what encrypts is not installed.
    """
    data = bundle_of(own, holdings, to, since)
    return data if to is None else locked(data, to)


def write_file(data: bytes, path: Path) -> Sequence[Path]:
    """Writes a bundle as a file with the verifier beside it, and gives both paths."""
    beside = path.parent / VERIFIER
    _write(path, data)
    _write(beside, Path(verify.__file__).read_bytes())
    return path, beside


def write_mail(data: bytes, path: Path) -> None:
    """Writes a bundle as text that can be pasted into a mail."""
    _write(path, armoured(data).encode())


def write_sheets(data: bytes, path: Path, own: OwnNode, to: Party | None) -> int:
    """Writes a bundle as a page whose sheets, once printed, carry it as codes; gives the number of the sheets."""
    sheets = sheets_of(data)
    carried = Carried(own.founding.fingerprint, own.name, to.name if to else "")
    _write(path, sheets_page(sheets, carried).encode())
    return len(sheets)


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise UnwritableError(place=str(path), why=reason_of(error)) from error


def read_files(paths: Sequence[Path]) -> bytes:
    """What stands in one bundle, or in several files of text with blocks, such as one for each scanned sheet.

    Raises:
        UnreadableError: a file cannot be read.
        NotTakenError: they are longer together than a bundle may be.
    """
    parts = []
    left = MOST_BUNDLE
    for path in paths:
        try:
            with path.open("rb") as file:
                parts.append(file.read(left + 1))
        except OSError as error:
            raise UnreadableError(place=str(path), why=reason_of(error)) from error
        left -= len(parts[-1])
        if left < 0:
            raise refused("bundle.size")
    return b"\n".join(parts)


def bundle_from(data: bytes, founding: Founding, opener: Opener | None = None) -> Bundle:
    """The bundle that was carried here in whatever form; `opener` opens one that was encrypted to this node.

    Raises:
        NotTakenError: it is none, damaged, not whole, of another consultation, or encrypted to another node.
    """
    if not is_locked(data) and is_blocks(data):
        data = joined(data.decode("utf-8", "replace"))
    if is_locked(data):
        if opener is None:
            raise refused("bundle.locked")
        data = opener(data)
    return bundle_in(data, founding)


def take(bundle: Bundle, holdings: Holdings) -> Imported:
    """Has the entries of a bundle judged and kept; doing it again changes nothing."""
    outcome = Outcome()
    for start in range(0, len(bundle.lines), MOST_LINES):
        outcome.take(holdings.admit(bundle.lines[start : start + MOST_LINES], bundle.maker.name))
    kept_back = () if bundle.manifest.more else withheld(bundle.manifest.heads, holdings)
    return Imported(bundle.maker.name, outcome, kept_back, bundle.manifest.more)


def reply(own: OwnNode, holdings: Holdings) -> bytes:
    """What this node holds, as a small file for the other, whose next bundle then leaves it out."""
    return told(Reply(v=FORM, con=own.founding.id, standing=holdings.standing())) + b"\n"


def since_in(data: bytes, founding: Founding) -> Standing:
    """What another node holds, from the file that it sent as its reply.

    Raises:
        NotTakenError: it is no such file, or one of another consultation or of a newer form.
    """
    try:
        form = msgspec.json.decode(data, type=_Form)
    except msgspec.DecodeError:
        raise refused("message.form") from None
    if form.v > FORM:
        raise refused("message.newer")
    found = heard(data.rstrip(b"\r\n"), Reply)
    if found.con != founding.id:
        raise refused("message.consultation")
    return found.standing


class _Form(msgspec.Struct):
    v: int
