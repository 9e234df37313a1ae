"""The catalogue: every phrase in the code, translated as a whole, with its places kept."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import catalogue
import click
import pytest

from tashawur.cli.library_words import COUNTED, PHRASES
from tashawur.papers.words import Words

PLACE = re.compile(r"\{(\w+)")


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_no_phrase_is_untranslated(lang: str) -> None:
    assert catalogue.missing(lang) == []


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_the_catalogue_holds_today_s_phrases_and_is_compiled(lang: str) -> None:
    assert catalogue.po(lang).read_bytes() == catalogue.as_po(catalogue.updated(lang))
    compiled = catalogue.po(lang).with_suffix(".mo").read_bytes() == catalogue.as_mo(lang)
    assert compiled, "run tools/catalogue.py"


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_places_of_a_phrase_are_kept_in_its_translation(lang: str) -> None:
    for message in catalogue.kept(lang):
        if isinstance(message.id, str):
            assert sorted(PLACE.findall(message.id)) == sorted(PLACE.findall(str(message.string))), message.id
        elif message.id:
            # A form for none, one or two may leave the number out; the names of places are those of one form or the other.
            allowed = [set(PLACE.findall(form)) - {"number", "nargs"} for form in message.id]
            for form in message.string or ():
                assert set(PLACE.findall(form)) - {"number", "nargs"} in allowed, message.id


@pytest.mark.parametrize("lang", catalogue.LANGUAGES)
def test_every_language_has_its_plural_forms(lang: str) -> None:
    number, _ = catalogue.PLURALS[lang]
    for message in catalogue.kept(lang):
        if not isinstance(message.id, str):
            assert len(message.string or ()) == number, message.id


def test_numbers_take_the_form_of_their_language() -> None:
    days = ("{number} day", "{number} days")
    assert [Words("ru").count(days, number) for number in (1, 3, 5, 21)] == ["1 день", "3 дня", "5 дней", "21 день"]
    assert Words("ar").count(days, 3) == "3 أيام"
    assert Words("en").count(days, 1) == "1 day"


def test_the_phrases_of_the_command_line_library_are_its_own() -> None:
    folder = Path(click.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    for phrase in (*PHRASES, *(form for pair in COUNTED for form in pair)):
        assert phrase.encode("unicode_escape").decode() in text or phrase in text, phrase


def test_no_text_for_people_stands_outside_the_catalogue() -> None:
    shells = Path(__file__).parent.parent / "src" / "tashawur"
    loose = re.compile(r'(?:echo|help=|fail)\(?\s*f?"[A-Z][a-z]+ [a-z]')
    for path in shells.rglob("*.py"):
        assert not loose.search(path.read_text(encoding="utf-8")), path
    for template in shells.rglob("*.j2"):
        words = re.sub(
            r"\{\{.*?\}\}|\{%.*?%\}|<style>.*?</style>|<[^>]*>",
            " ",
            template.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        )
        left = set(re.findall(r"[A-Za-z]{3,}", words)) - {"Tashawur", "SHA", "doctype", "html"}
        assert not left, (template, left)


def marked(path: Path) -> set[str]:
    """Every phrase that the code marks, wherever it stands, those inside other strings included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("N_", "NN_"):
            found.add(ast.literal_eval(node.args[0]))
    return found


def test_every_marked_phrase_is_gathered() -> None:
    gathered = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue.gathered()}
    for path in catalogue.SOURCE.rglob("*.py"):
        assert marked(path) <= gathered, path
