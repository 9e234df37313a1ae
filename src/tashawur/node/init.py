"""Makes a node: a folder with its settings, its keys and an empty journal."""

from __future__ import annotations

import shutil
from pathlib import Path

from tashawur.node.config import FILE, SETTINGS, USUAL, is_address
from tashawur.node.keys import ROOT, Keys, new_keys, with_key, write_keys
from tashawur.node.opening import journal_at
from tashawur.store.briefs import new_briefs
from tashawur.store.writing import write_whole
from tashawur.terms.errors import NodeError, reason_of
from tashawur.terms.phrases import N_


def init(folder: Path, settings: dict[str, str], passphrase: str, told: dict[str, str]) -> Keys:
    """Makes the node in a new or empty folder, as a whole or not at all, and gives its keys.

    The passphrase opens the root key and the private briefs. `told` says over each setting what it means.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NodeError(place=str(folder), why=N_("it is no empty folder; name another one"))
    there = folder.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _made(folder, {**USUAL, **settings}, passphrase, told)
    except OSError as error:
        _take_back(folder, keep=there)
        raise NodeError(place=str(folder), why=reason_of(error)) from error
    except BaseException:
        _take_back(folder, keep=there)
        raise


def _made(folder: Path, settings: dict[str, str], passphrase: str, told: dict[str, str]) -> Keys:
    keys = with_key(new_keys(), ROOT, passphrase)
    write_keys(folder / settings["keys"], keys)
    new_briefs(folder / settings["briefs"], passphrase).close()
    lines = [f"# {told[name]}\n{name} = {_quoted(settings[name])}\n" for name in SETTINGS]
    write_whole(folder / FILE, "\n".join(lines).encode(), mode=0o600)
    journal = settings["journal"]  # last, since tables in a database are not taken back with the folder
    journal_at(journal if is_address(journal) else str(folder / journal), make=True).close()
    return keys


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _take_back(folder: Path, *, keep: bool) -> None:
    """Takes away what was made in a folder that was empty or not there."""
    shutil.rmtree(folder, ignore_errors=True)
    if keep:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
