"""The kinds of files that a consultation's folder holds, told apart by their `kind:` line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from tashawur.consult.log import LogFile
from tashawur.consult.mechanism import CaseFile
from tashawur.consult.private import BriefFile, EstimateFile, PlanFile
from tashawur.consult.register import RegisterFile
from tashawur.consult.undertakings import AccountsFile, UndertakingsFile

AnyFile = CaseFile | RegisterFile | UndertakingsFile | AccountsFile | LogFile | BriefFile | EstimateFile | PlanFile

KINDS: Final[Mapping[str, type[AnyFile]]] = MappingProxyType(
    {
        "consultation": CaseFile,
        "register": RegisterFile,
        "undertakings": UndertakingsFile,
        "accounts": AccountsFile,
        "log": LogFile,
        "brief": BriefFile,
        "estimate": EstimateFile,
        "plan": PlanFile,
    }
)
"""Kind to the type of its files. To add a kind: write its type in the module that knows it, and add the line."""

PRIVATE: Final = frozenset({"brief", "estimate", "plan"})
"""Kinds whose values are never repeated in a message."""

LISTS: Final[Mapping[str, str]] = MappingProxyType(
    {"register": "irritants", "undertakings": "undertakings", "accounts": "differences", "log": "entries"}
)
"""The long list of a kind, which a large file is read by."""


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind's files.

    >>> schema("log")["title"]
    'Tashawur: a file of kind log'
    """
    found = msgspec.json.schema(KINDS[kind])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Tashawur: a file of kind {kind}",
    } | found
