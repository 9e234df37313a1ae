"""Two accounts side by side as a page, looked at by a browser: three languages, a phone's width, print, and access."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tashawur.terms.vocabulary import LANGUAGES
from test_commands import answered
from test_readout_command import file
from test_report import browser, opened, printed  # noqa: F401 - the browser of all pages

FIRST = """The ministry of Narev said: “We agreed to reopen the bridge over the Orla by 30 April 2026.”
The ministry of Narev said that the talks about grain were useful. It thanked Kelma for hosting the talks.
"""
SECOND = """Olmia said: “We agreed to reopen the bridge over the Orla by 30 June 2026.”
Olmia said that the talks about grain were useful. The minister demanded the release of the <b>crew</b> of a ferry.
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accounts")
    first, second = file(folder, "first.txt", FIRST.encode()), file(folder, "second.txt", SECOND.encode())
    told = answered("readout", "--compare", first, second, "--report", folder / "page.html")
    assert str(folder / "page.html") in told.replace("\n", "")
    return folder / "page.html"


def test_the_page_is_private_and_never_says_contradicts(page: Path) -> None:
    told = page.read_text(encoding="utf-8")
    assert told.count("Private to the side that made it") == 1
    assert "contradict" not in told.lower()
    assert "противореч" not in told.lower()
    assert "تناقض" not in told
    assert "<b>crew" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1100])
def test_both_texts_stand_whole_and_rows_lead_to_their_words_and_back(
    browser: Browser,  # noqa: F811
    page: Path,
    lang: str,
    width: int,
) -> None:
    shown = opened(browser, page, lang, width)
    main = shown.locator(f'main[lang="{lang}"]')
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    without_numbers = "node => { const copy = node.cloneNode(true); copy.querySelectorAll('sup').forEach(x => x.remove()); return copy.textContent }"
    texts = [main.locator("article").nth(place).evaluate(without_numbers) for place in (0, 1)]
    assert texts == [FIRST, SECOND]
    chips = main.locator("tbody .chip").evaluate_all("all => all.map(one => one.className)")
    assert {"chip same", "chip other", "chip alone"} == set(chips)
    links = main.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(links) > 8
    for link in links:
        assert shown.locator(link).count() == 1
        assert link.startswith(f"#{lang}-")
    tops = [main.locator("article").nth(place).bounding_box() for place in (0, 1)]
    assert tops[0] is not None
    assert tops[1] is not None
    assert (tops[0]["y"] == tops[1]["y"]) == (width == 1100)
    shown.close()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1100])
def test_the_page_has_no_fault_of_access(
    browser: Browser,  # noqa: F811
    page: Path,
    lang: str,
    width: int,
) -> None:
    shown = opened(browser, page, lang, width)
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    shown.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_printed_sheet_says_that_it_is_private(
    browser: Browser,  # noqa: F811
    page: Path,
    lang: str,
    tmp_path: Path,
) -> None:
    shown = opened(browser, page, lang, 1100)
    leaves = printed(shown, tmp_path)
    shown.close()
    stamp = {"en": "PRIVATE to the side", "ru": "ТОЛЬКО для стороны"}.get(lang, "")
    assert leaves
    assert all(stamp in leaf for leaf in leaves)


def test_accounts_over_time_make_a_page_too(tmp_path: Path) -> None:
    first, second = file(tmp_path, "march.txt", FIRST.encode()), file(tmp_path, "june.txt", SECOND.encode())
    answered("readout", "--over-time", first, second, "--report", tmp_path / "page.html", "--json")
    told = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "dropped" in told
    assert "исчезло" in told or "снято" in told or "опущено" in told
