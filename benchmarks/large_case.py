"""A large consultation, made anew from a seed: 10,000 irritants, 100,000 log entries, 20,000 undertakings."""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import yaml

Style = Literal["block", "flow"]
DAY = dt.date(2010, 1, 1)
CASE = """\
kind: consultation
id: large
title: {en: "A large consultation", ar: "مشاورات كبيرة", ru: "Большие консультации"}
languages: [en, ar, ru]
exercise: true
parties:
- {id: A, name: {en: Side A, ar: الطرف أ, ru: Сторона А}, weekend: [sat, sun]}
- {id: B, name: {en: Side B, ar: الطرف ب, ru: Сторона Б}, weekend: [fri, sat]}
roles: [{party: A, role: side}, {party: B, role: side}]
mechanism: {purpose: {en: Many matters, ar: مسائل كثيرة, ru: Много вопросов}, rhythm: {days: 30}}
sources: {S: {by: "Made for the measurement"}}
tracks: [{id: main, name: {en: Main, ar: الرئيسي, ru: Основной}}]
"""


def write(
    folder: Path, style: Style, *, irritants: int = 10_000, entries: int = 100_000, promises: int = 20_000
) -> Path:
    """Writes the case in `folder`: `block` as a YAML library dumps it, `flow` one line an entry, as `log` writes."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(7)
    (folder / "consultation.yaml").write_text(CASE, encoding="utf-8")
    _write(folder / "register.yaml", "register", "irritants", list(_irritants(irritants)), style)
    _write(folder / "undertakings.yaml", "undertakings", "undertakings", list(_undertakings(promises, chance)), style)
    _write(folder / "log.yaml", "log", "entries", list(_entries(entries, irritants, promises, chance)), style)
    return folder


def _write(path: Path, kind: str, key: str, rows: list[dict[str, Any]], style: Style) -> None:
    if style == "block":
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        text = yaml.dump({"kind": kind, key: rows}, Dumper=dumper, allow_unicode=True, sort_keys=False)
    else:
        lines = (f"- {json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        text = f"kind: {kind}\n{key}:\n" + "".join(lines)
    path.write_text(text, encoding="utf-8")


def _said(english: str) -> dict[str, str]:
    return {"en": english, "ar": "مسألة بين الطرفين", "ru": "вопрос между сторонами"}


def _irritants(number: int) -> Iterator[dict[str, Any]]:
    for place in range(number):
        yield {
            "id": f"i{place}",
            "name": _said(f"Matter {place}"),
            "track": "main",
            "raised": [{"by": "A" if place % 2 else "B", "on": str(DAY + dt.timedelta(days=place % 3000))}],
            "responding": ["B" if place % 2 else "A"],
            "options": [{"id": "no", "name": _said("No change")}, {"id": "yes", "name": _said("A change")}],
        }


def _undertakings(number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for place in range(number):
        made = DAY + dt.timedelta(days=place % 4000)
        yield {
            "id": f"u{place}",
            "by": [chance.choice("AB")],
            "to": ["A", "B"],
            "what": _said(f"Undertaking {place}"),
            "made": str(made),
            "origin": [{"asserted_by": "A", "sources": ["S"]}],
            "due": {"on": str(made + dt.timedelta(days=chance.randrange(1, 400)))},
        }


def _entries(number: int, irritants: int, promises: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for place in range(number):
        row: dict[str, Any] = {"id": f"e{place}", "on": str(DAY + dt.timedelta(days=place % 5000))}
        match place % 4:
            case 0:
                yield {"type": "contact", **row, "form": "call", "between": ["A", "B"], "about": _said(f"Call {place}")}
            case 1:
                about = f"u{chance.randrange(promises)}"
                says = chance.choice(["done", "not_done", "affirmed"])
                yield {"type": "report", **row, "by": chance.choice("AB"), "about": about, "says": says}
            case 2:
                about = f"i{chance.randrange(irritants)}"
                says = chance.choice(["in_talks", "agreed", "resolved", "raised"])
                yield {"type": "report", **row, "by": chance.choice("AB"), "about": about, "says": says}
            case _:
                yield {"type": "contact", **row, "form": "letter", "between": ["A", "B"]}


if __name__ == "__main__":
    scale = int(sys.argv[3])
    style: Style = "flow" if sys.argv[2] == "flow" else "block"
    write(Path(sys.argv[1]), style, irritants=10_000 // scale, entries=100_000 // scale, promises=20_000 // scale)
