"""How a node is set up: one TOML file, whose settings variables of the environment override."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from tashawur.terms.errors import ConfigError, NodeError, reason_of
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import Found

FILE: Final = "tashawur.toml"
VARIABLE: Final = "TASHAWUR_"
SETTINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "side": N_("The party whose node this is, as the founding act names it."),
        "journal": N_("Where the record is kept: a file, or the address of a PostgreSQL database."),
        "briefs": N_("The file of the private briefs."),
        "keys": N_("The file of the keys."),
        "log": N_("The file to which the log is written, one JSON document a line."),
        "listen": N_("Where other nodes reach this one: https://ADDRESS:PORT in numbers, or http:// on this machine."),
        "peers": N_("Where this node reaches the others: B=https://HOST:PORT, with commas between them."),
    }
)
"""Every setting with what it means. Paths are relative to the folder of the file."""
USUAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "journal": "journal.sqlite",
        "briefs": "briefs.sqlite",
        "keys": "keys.json",
        "log": "log.jsonl",
        "listen": "https://127.0.0.1:8470",
        "peers": "",
    }
)


class Setting(Found, frozen=True):
    """A value, and what set it: the file, a variable, or nobody."""

    value: str
    by: str


class Config(Found, frozen=True):
    """The settings of the node in `folder`."""

    folder: Path
    settings: dict[str, Setting]

    @property
    def side(self) -> str:
        """The party whose node this is."""
        return self.settings["side"].value

    @property
    def journal(self) -> str:
        """The address of a PostgreSQL database, or the path of a file."""
        told = self.settings["journal"].value
        return told if is_address(told) else str(self.folder / told)

    @property
    def peers(self) -> dict[str, str]:
        """The addresses of the nodes of other parties, by their names."""
        told = [one.strip() for one in self.settings["peers"].value.split(",") if one.strip()]
        found = [(name.strip(), address.strip()) for name, _, address in (one.partition("=") for one in told)]
        if len(dict(found)) < len(found) or not all(name and address for name, address in found):
            raise ConfigError(
                FILE, N_("write it as B=https://HOST:PORT, each party once, with commas between"), "peers"
            )
        return dict(found)

    def path(self, name: str) -> Path:
        """The path that a setting other than the journal names."""
        return self.folder / self.settings[name].value


def is_address(told: str) -> bool:
    """Whether a journal is in a PostgreSQL database."""
    return told.startswith(("postgresql://", "postgres://")) or ("=" in told and "dbname" in told)


def config(folder: Path, environment: Mapping[str, str]) -> Config:
    """The settings of the node in `folder`.

    Raises:
        NodeError: there is no node in the folder.
        ConfigError: a setting is unknown, missing or of the wrong kind.
    """
    path = folder / FILE
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NodeError(place=str(folder), why=N_("there is no node; make one: tashawur node init FOLDER")) from None
    except OSError as error:
        raise NodeError(place=str(path), why=reason_of(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), N_("it is no TOML in UTF-8; look at how it is written")) from error
    _check(told, str(path))
    settings = {name: Setting(value, "") for name, value in USUAL.items()}
    settings |= {name: Setting(value, FILE) for name, value in told.items()}
    for name in SETTINGS:
        variable = VARIABLE + name.upper()
        if environment.get(variable):
            settings[name] = Setting(environment[variable], variable)
    if "side" not in settings:
        raise ConfigError(str(path), N_("it is missing; add it"), "side")
    return Config(folder, {name: settings[name] for name in SETTINGS})


def _check(told: Mapping[str, Any], place: str) -> None:
    for name, value in told.items():
        if name not in SETTINGS:
            raise ConfigError(place, N_("there is no such setting; look at how it is written"), name)
        if not isinstance(value, str) or not (value or USUAL.get(name) == ""):
            raise ConfigError(place, N_('it must be words in quotation marks, such as "A"'), name)
