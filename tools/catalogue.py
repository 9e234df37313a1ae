"""Brings the translation catalogue up to date: gathers phrases from the code, keeps translations, compiles.

python tools/catalogue.py           gather, update the .po files, compile the .mo files
python tools/catalogue.py missing   list what is not translated

A phrase that changed starts untranslated: nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE: Final = Path(__file__).parent.parent / "src" / "tashawur"
LANGUAGES: Final = ("ar", "ru")
_METHODS: Final = [("**.py", "python"), ("**.j2", "jinja2")]
_OPTIONS: Final = {"**.j2": {"trim_blocks": "true", "lstrip_blocks": "true"}}
_KEYWORDS: Final = {"N_": None, "NN_": (1, 2), "_": None}
PLURALS: Final = {
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5)"),
    "ru": (3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)"),
}


def gathered() -> Catalog:
    """Every phrase for people in the code and the templates, with the places where it stands."""
    catalogue = Catalog(project="Tashawur", charset="utf-8")
    found = extract_from_dir(str(SOURCE), _METHODS, _OPTIONS, keywords=_KEYWORDS)
    for file, _, message, _, _ in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(message, locations=[(f"src/tashawur/{Path(file).as_posix()}", 0)])
    return catalogue


def kept(lang: str) -> Catalog:
    """The catalogue of a language as it stands; an empty one where there is none."""
    path = po(lang)
    if not path.exists():
        return Catalog(locale=lang, project="Tashawur", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def po(lang: str) -> Path:
    """Where the translations into `lang` are written by people."""
    return SOURCE / "locale" / lang / "LC_MESSAGES" / "tashawur.po"


def updated(lang: str) -> Catalog:
    """The catalogue with today's phrases: translations that still have their phrase are kept, the others fall away."""
    catalogue = Catalog(locale=lang, project="Tashawur", charset="utf-8", fuzzy=False)
    before = kept(lang)
    for message in gathered():
        if message.id:
            old = before.get(message.id if isinstance(message.id, str) else message.id[0])
            catalogue.add(message.id, old.string if old else None, locations=message.locations)
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """The bytes of a .po file, the same for the same catalogue."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, omit_header=True, include_lineno=False, sort_output=True)
    number, rule = PLURALS[str(catalogue.locale)]
    header = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Tashawur\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {catalogue.locale}\\n"\n"Plural-Forms: nplurals={number}; plural={rule};\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def as_mo(lang: str) -> bytes:
    """The compiled catalogue, from the .po file as it stands."""
    buffer = io.BytesIO()
    catalogue = kept(lang)
    # The same phrases give the same bytes on every day.
    catalogue.creation_date = catalogue.revision_date = dt.datetime(2025, 2, 18, tzinfo=dt.UTC)
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def missing(lang: str) -> list[str]:
    """Phrases that are not translated, or only in part."""
    found = []
    for message in kept(lang):
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (not all(strings) or message.fuzzy):
            found.append(str(message.id))
    return found


def main() -> int:
    """Updates and compiles both languages; 2 while something is missing."""
    for lang in LANGUAGES:
        po(lang).parent.mkdir(parents=True, exist_ok=True)
        po(lang).write_bytes(as_po(updated(lang)))
        po(lang).with_suffix(".mo").write_bytes(as_mo(lang))
        left = missing(lang)
        print(f"{lang}: {len(left)} not translated")
        if "missing" in sys.argv[1:]:
            print("\n".join(left))
    return 2 if any(missing(lang) for lang in LANGUAGES) else 0


if __name__ == "__main__":
    sys.exit(main())
