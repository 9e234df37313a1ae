"""Makes a consultation from texts, or adds to one: what they propose, what a person accepted of it, and the files."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from tashawur.consult.consultation import Consultation, assemble
from tashawur.consult.files import NamedFile, read
from tashawur.consult.kinds import AnyFile
from tashawur.consult.log import LogFile
from tashawur.consult.mechanism import Origin
from tashawur.consult.register import RegisterFile
from tashawur.consult.translating import untranslated
from tashawur.consult.undertakings import UndertakingsFile
from tashawur.consult.walk import gather
from tashawur.node.cases import SHIPPED
from tashawur.node.readouts import ReadText, lexicon_of, party_names, readout
from tashawur.papers.words import Words
from tashawur.readouts.accepted import Rows, rows
from tashawur.readouts.deciding import Decisions
from tashawur.readouts.proposals import Known, Language, Proposal, Row, proposals
from tashawur.store.folder import consultation_in, is_zone
from tashawur.store.new_folder import add_files, lay_out, must_be_new
from tashawur.store.yaml_text import yaml_text
from tashawur.terms.errors import FewPartiesError, Mistake, NoDayError, UnknownLanguageError, UnwritableError
from tashawur.terms.phrases import N_
from tashawur.terms.vocabulary import LANGUAGES

_TITLE: Final = N_("Consultation of {parties}")
_PURPOSE: Final = N_("To consult with each other")
_TEXT: Final = N_("Text of {day}")
_TEXT_OF: Final = N_("{publisher}: text of {day}")
_HEADER: Final = "# Started from a text by accepted proposals.\n"
_TRANSLATE: Final = """\
# Words stand in the language of the text until they are translated: `tashawur case check` counts those that are not.
# When all are, take out the line being_translated.
"""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the texts beside their words: the day and publisher, and parties that no lexicon knows.

    `parties` take part: by the code of a known state, with no words; or by the id that another party is to have, with
    its names and adjectives in the language of the texts.
    """

    day: dt.date | None = None
    publisher: str | None = None
    parties: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What texts propose: `texts` and the rows of their `documents` by digest; `standing` is what they are added to."""

    proposals: Sequence[Proposal]
    texts: Mapping[str, str] = field(repr=False)
    documents: Mapping[str, Row]
    standing: Consultation | None = None

    @property
    def languages(self) -> Sequence[str]:
        """The languages in which rows are written in the end."""
        return LANGUAGES if self.standing is None else self.standing.case.languages

    def called(self) -> dict[str, Mapping[str, str]]:
        """What parties and tracks are called, those that stand and those that are proposed."""
        case = None if self.standing is None else self.standing.case
        found: dict[str, Mapping[str, str]] = {} if case is None else {one.id: one.name for one in case.parties}
        found |= {} if case is None else {one.id: one.name for one in case.tracks}
        for one in self.proposals:
            sort, _, name = one.id.partition(" ")
            if sort in ("party", "track"):
                found |= {name: one.row["name"], one.row["id"]: one.row["name"]}
        return found


def ask(files: Sequence[Path], about: About, into: Path | None = None) -> Asked:
    """What the texts propose for a new consultation, or beyond what stands in the folder `into`.

    Raises:
        NoDayError: a text tells no day of publication, and none was given.
        FewPartiesError: for a new consultation, fewer than two parties speak.
        UnknownLanguageError: a text is in a language that is not read, or that the case file does not list.
    """
    standing = None if into is None else _standing(into)
    languages = LANGUAGES if standing is None else standing.case.languages
    known = Known() if standing is None else _known(standing)
    named, named_names = _named(about, standing)
    names = {code: _only(held, languages) for code, held in party_names().items()} | named_names
    found: list[Proposal] = []
    texts: dict[str, str] = {}
    documents: dict[str, Row] = {}
    for file in files:
        one = readout(file, about.day, named)
        lang = one.readout.document.lang
        if one.readout.document.publication_date is None:
            raise NoDayError(place=one.source.name)
        if lang not in languages:
            raise UnknownLanguageError(place=one.source.name)
        language = Language(lexicon_of(lang, named), names, _teller(languages), about.parties)
        texts[one.source.sha256] = one.source.text
        documents[one.source.sha256] = _document(one, about, known, languages)
        found += proposals(one.source.text, one.readout, language, known)
    sides = [one for one in found if one.sort == "role" and one.row["role"] == "side"]
    if standing is None and len(sides) < 2:
        raise FewPartiesError(place=", ".join(map(str, files)))
    return Asked(found, texts, documents, standing)


def start(folder: Path, asked: Asked, accepted: Sequence[Proposal]) -> tuple[list[Path], Rows]:
    """Makes the new folder from what was accepted, as a whole or not at all; gives its files and what was left out.

    Raises:
        MistakesError: it would be no consultation, such as one without two sides.
        UnwritableError: the folder holds something already, or cannot be made.
    """
    made = rows(asked.proposals, accepted)
    values = _values(made, asked, re.sub(r"[^A-Za-z0-9_-]", "_", folder.name))
    texts = {f"{kind}.yaml": yaml_text(value) for kind, value in values.items()}
    told = _TRANSLATE if "being_translated" in values["consultation"] else ""
    texts["consultation.yaml"] = _HEADER + told + texts["consultation.yaml"]
    return lay_out(folder, texts), made


def add(folder: Path, asked: Asked, accepted: Sequence[Proposal]) -> tuple[list[Path], Rows]:
    """Adds what was accepted to the consultation in the folder, all of it or nothing. Gives and raises as `start`."""
    standing = asked.standing
    made = rows(asked.proposals, accepted, frozenset(standing.undertakings if standing is not None else ()))

    def further(stands: Consultation) -> tuple[dict[str, Any], dict[str, Any]]:
        case = _case_rows(made, asked, {one.sha256 for one in stands.case.documents})
        case |= _told_of_mechanism(made)
        if not stands.case.being_translated and _lacks_words(case, made, stands.case.languages):
            case["being_translated"] = True
        return case, _others(made)

    return add_files(folder, further), made


def can_start(folder: Path) -> None:
    """Refuses a folder that holds something, before a person is asked anything."""
    must_be_new(folder)


def first_mistake(asked: Asked, decisions: Decisions) -> Mistake | None:
    """What would be wrong in the files if the current proposal, and all that is undecided, were accepted as it is."""
    behind = decisions.proposals[len(decisions.verdicts) :]
    wished = [*decisions.accepted, *(one for one in behind if not one.lacks)]
    standing = asked.standing
    made = rows(decisions.proposals, wished, frozenset(standing.undertakings if standing is not None else ()))
    if standing is None:
        values = _values(made, asked, "consultation")
    else:
        values = {"consultation": _joined_case(standing, made, asked), **_others(made)}
    files = [read(f"{kind}.yaml", yaml_text(value).encode()) for kind, value in values.items()]
    for one in files:
        if isinstance(one, tuple):
            return one[0]
    good = [one for one in files if isinstance(one, NamedFile)]
    if standing is not None:
        good += [NamedFile(f"standing {place}", value, "") for place, value in enumerate(_as_files(standing))]
    result = assemble(good, is_zone)
    return result[0] if isinstance(result, tuple) else None


def to_translate(folder: Path) -> int:
    """How many words of the consultation in the folder still lack a language."""
    return untranslated(consultation_in(folder))


def _standing(into: Path) -> Consultation:
    if str(into) in SHIPPED:
        why = N_("it is shipped; copy it with: tashawur case new FOLDER --like NAME")
        raise UnwritableError(place=str(into), why=why)
    return consultation_in(into)


def _teller(languages: Iterable[str]) -> Callable[..., dict[str, str]]:
    spoken = [Words(lang) for lang in languages if lang in LANGUAGES]

    def tell(phrase: str, **filled: Mapping[str, str]) -> dict[str, str]:
        return {
            words.lang: words.say(phrase, **{key: words.text(held) for key, held in filled.items()}) for words in spoken
        }

    return tell


def _only(held: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    return {lang: told for lang, told in held.items() if lang in languages}


def _named(about: About, standing: Consultation | None) -> tuple[bytes, dict[str, Mapping[str, str]]]:
    """Parties beside those of the lexicon, as TOML and by what they are called: those given, those that stand."""
    given = {code: list(told) for code, told in about.parties.items() if told}
    tables: dict[str, dict[str, list[str]]] = {}
    names: dict[str, Mapping[str, str]] = {}
    for code, told in given.items():
        tables[code] = dict.fromkeys(LANGUAGES, told)
        lang = _script(told[0])
        names[code] = {lang: told[0]}
    for party in standing.case.parties if standing is not None else ():
        own = {lang: [name] for lang, name in party.name.items() if lang in LANGUAGES}
        more = tables.get(party.id, {})
        tables[party.id] = {lang: [*own.get(lang, []), *more.get(lang, [])] for lang in LANGUAGES}
        names[party.id] = party.name
    # A state that stands under the code by which the lexicon knows it, with more names, is left to the lexicon.
    fresh = {code: held for code, held in tables.items() if code in given or code not in party_names()}
    toml = "".join(
        f"[{code}]\n" + "".join(f"{lang} = {json.dumps(told, ensure_ascii=False)}\n" for lang, told in held.items())
        for code, held in fresh.items()
    )
    return toml.encode(), names


def _script(name: str) -> str:
    """The language that a name is written in, by its letters."""
    letter = next((one for one in name if one.isalpha()), "a")
    return "ar" if "\u0600" <= letter <= "\u06ff" else "ru" if "\u0400" <= letter <= "\u04ff" else "en"


def _known(standing: Consultation) -> Known:
    case = standing.case
    # A purpose that is our own phrase stands for one that nobody accepted yet.
    ours = case.mechanism.purpose == _teller(case.languages)(_PURPOSE)
    known = Known(founded=not ours, aimed=case.objective is not None)

    def take(_: str, column: Iterable[str]) -> None:
        known.names.update(column)

    for value in (case, *_as_files(standing)):
        gather(value, "is", take)
    known.sides = standing.sides
    known.parties = {one.id for one in case.parties}
    known.tracks = {one.id for one in case.tracks}
    known.roles = {(one.party, one.role, one.track) for one in case.roles}
    known.tracks_at = {place: one.id for one in case.tracks for place in _places(one.origin)}
    known.teams = {(one.party, track) for one in case.teams for track in one.mandate}
    known.rounds = {one.date or one.on: one.round for one in standing.round_events if one.event == "held"}
    known.assessed = {(one.round, key) for one in standing.round_events if one.event == "assessed" for key in one.by}
    origins = [one.origin for one in standing.undertakings.values()]
    origins += [one.origin for one in standing.irritants.values()]
    origins += [one.origin for one in standing.contacts]
    origins += [one.origin for one in standing.round_events]
    origins += [one.origin for one in standing.reports]
    known.places = {place for held in origins for place in _places(held)}
    return known


def _places(origins: Iterable[Origin]) -> Iterator[tuple[str, int, int]]:
    """Where in texts the origins point."""
    for one in origins:
        if one.document is not None and one.start is not None and one.end is not None:
            yield one.document, one.start, one.end


def _as_files(standing: Consultation) -> list[AnyFile]:
    """What stands beside the case file, as files."""
    return [
        RegisterFile(irritants=tuple(standing.irritants.values()), constraints=standing.constraints),
        UndertakingsFile(undertakings=tuple(standing.undertakings.values())),
        LogFile(entries=standing.log),
    ]


def _document(one: ReadText, about: About, known: Known, languages: Iterable[str]) -> Row:
    """The row by which a text is known: its digest, its day, and who published it. Its words are not kept."""
    told = one.readout.document
    number = next(n for n in range(1, len(known.names) + 2) if f"text{n}" not in known.names)
    known.names.add(f"text{number}")
    day = dt.date.fromisoformat(told.publication_date or "")
    spoken = [Words(lang) for lang in languages if lang in LANGUAGES]
    phrase = _TEXT if about.publisher is None else _TEXT_OF
    title = {words.lang: words.say(phrase, day=words.day(day), publisher=about.publisher) for words in spoken}
    row: dict[str, Any] = {"id": f"text{number}", "title": title, "sha256": told.sha256, "language": told.lang}
    row |= {"characters": told.length_codepoints, "on": day}
    return row if about.publisher is None else row | {"publisher": about.publisher}


def _values(made: Rows, asked: Asked, name: str) -> dict[str, dict[str, Any]]:
    """The files of a new consultation by their kinds."""
    tell = _teller(LANGUAGES)
    sides = [row["party"] for row in made.roles if row["role"] == "side"]
    named = [row["name"] for row in made.parties if row["id"] in sides]
    parties = {lang: Words(lang).listed(Words(lang).text(one) for one in named) for lang in LANGUAGES}
    case: dict[str, Any] = {
        "kind": "consultation",
        "id": name if re.match(r"[A-Za-z]", name) else f"c{name}"[:64],
        "title": tell(_TITLE, parties=parties),
        "languages": list(LANGUAGES),
    }
    held = _case_rows(made, asked, frozenset()) | _told_of_mechanism(made)
    if _lacks_words(held, made, LANGUAGES):
        case["being_translated"] = True
    case["parties"] = held.pop("parties", [])
    case["mechanism"] = held.pop("mechanism", {"purpose": tell(_PURPOSE)})
    return {"consultation": case | held, **_others(made)}


def _case_rows(made: Rows, asked: Asked, standing: Iterable[str]) -> dict[str, Any]:
    """The rows for lists of the case file, with the documents that rows point at."""
    pointed = made.digests() - set(standing)
    documents = [row for digest, row in asked.documents.items() if digest in pointed]
    held = {"parties": made.parties, "roles": made.roles, "tracks": made.tracks, "teams": made.teams}
    return {key: list(value) for key, value in (*held.items(), ("documents", documents)) if value}


def _told_of_mechanism(made: Rows) -> dict[str, Row]:
    """The mechanism and the aim, where they were accepted."""
    held = {"mechanism": made.mechanism, "objective": made.objective}
    return {key: row for key, row in held.items() if row is not None}


def _others(made: Rows) -> dict[str, dict[str, Any]]:
    """The files beside the case file, by their kinds; none for what holds nothing."""
    held = {"register": ("irritants", made.irritants), "undertakings": ("undertakings", made.undertakings)}
    held["log"] = ("entries", made.entries)
    return {kind: {"kind": kind, key: list(value)} for kind, (key, value) in held.items() if value}


def _lacks_words(case: Mapping[str, Any], made: Rows, languages: Sequence[str]) -> bool:
    """Whether words of some row outside the log lack a language."""

    def lacking(value: Any) -> bool:
        if isinstance(value, Mapping):
            if value and value.keys() <= set(languages):
                return len(value) < len(languages)
            return any(map(lacking, value.values()))
        return isinstance(value, list) and any(map(lacking, value))

    return any(map(lacking, (case, made.irritants, made.undertakings)))


def _joined_case(standing: Consultation, made: Rows, asked: Asked) -> dict[str, Any]:
    case = msgspec.to_builtins(standing.case, str_keys=True)
    for key, value in _case_rows(made, asked, {one.sha256 for one in standing.case.documents}).items():
        case[key] = [*case.get(key, ()), *value]
    return {**case, **_told_of_mechanism(made), "being_translated": True}
