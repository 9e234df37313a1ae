"""The page of what lasts: words, a picture without any script, and a table that holds the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from test_commands import answered
from test_report import browser, opened  # noqa: F401 - the browser of all pages

CASES = Path(__file__).parent / "durability"
LANGUAGES = ("ar", "en", "ru")


@pytest.fixture(scope="module", params=["exercise", CASES / "elmira.yaml"], ids=["package", "model"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("durability") / "page.html"
    told = answered("durability", request.param, "--report", path)
    assert str(path) in told.replace("\n", "")
    return path


def test_the_page_has_no_script_and_never_the_bare_word(page: Path) -> None:
    told = page.read_text(encoding="utf-8")
    assert "<script" not in told
    assert "quilibri" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1200])
def test_every_state_of_the_picture_stands_in_the_table(
    browser: Browser,  # noqa: F811
    page: Path,
    lang: str,
    width: int,
) -> None:
    shown = opened(browser, page, lang, width)
    main = shown.locator(f'main[lang="{lang}"]')
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    links = main.locator("a.state").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    rows = main.locator("table.states tbody tr")
    assert len(links) == rows.count() == 9
    drawn = main.locator("a.state text").evaluate_all("all => all.map(one => one.textContent)")
    assert drawn == rows.locator("td:first-child").evaluate_all("all => all.map(one => one.textContent)")
    assert all(shown.locator(link).count() == 1 for link in links)
    shown.close()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_moves_of_one_party_and_of_one_state_can_be_picked_out(
    browser: Browser,  # noqa: F811
    page: Path,
    lang: str,
) -> None:
    shown = opened(browser, page, lang, 1200)
    main = shown.locator(f'main[lang="{lang}"]')
    seen = "all => all.filter(one => getComputedStyle(one).display !== 'none').map(one => one.getAttribute('class'))"
    every = main.locator(".move").evaluate_all(seen)
    assert every
    assert all("better" in one for one in every)
    main.locator(".pick1").check()
    second = main.locator(".move").evaluate_all(seen)
    assert second == [one for one in every if " p1 " in one]
    main.locator(".also").check()
    assert len(main.locator(".move").evaluate_all(seen)) > len(second)
    main.locator("a.state").first.focus()
    faint = "all => all.filter(one => getComputedStyle(one).opacity === '0.06').map(one => one.getAttribute('class'))"
    assert all(not one.endswith(" f0") for one in main.locator(".move").evaluate_all(faint))
    assert main.locator(".move").evaluate_all(faint)
    shown.close()


def test_the_picture_reads_from_the_right_in_arabic(browser: Browser, page: Path) -> None:  # noqa: F811
    places = {}
    for lang in ("en", "ar"):
        shown = opened(browser, page, lang, 1200)
        second = shown.locator(f'main[lang="{lang}"] a.state circle').nth(2)
        places[lang] = float(second.get_attribute("cx") or 0)
        shown.close()
    assert places["en"] == 640 - places["ar"]
    assert places["en"] > 320


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_no_fault_of_access(browser: Browser, page: Path, lang: str) -> None:  # noqa: F811
    shown = opened(browser, page, lang, 1200)
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    shown.close()
