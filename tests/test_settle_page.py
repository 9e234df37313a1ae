"""What was settled as a page, looked at by a browser: three languages, a phone's width, access, print, the picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from conftest import write
from tashawur.papers.frontier_picture import SHAPES
from tashawur.terms.vocabulary import LANGUAGES
from test_commands import answered
from test_report import browser, opened, printed  # noqa: F401 - the browser of all pages

WORDS = Path(__file__).parent / "briefs_in_words"


@pytest.fixture(scope="module", params=["points", "details", "words", "program"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settled")
    made = folder / f"{request.param}.html"
    if request.param == "words":
        answered("case", "new", folder / "case", "--like", "exercise")
        for name in ("a", "b"):
            text = (WORDS / f"{name}.yaml").read_text(encoding="utf-8")
            write(folder / "case", {f"briefs/{name.upper()}.yaml": text})
        answered("settle", folder / "case", "--report", made)
    elif request.param == "program":
        rows = "x,<b>p</b>,{}\nx,q,{}\ny,r,{}\ny,s,{}\n"
        files = {f"{n}.csv": "reservation,,0\n" + rows.format(*points) for n, points in
                 (("a", (9, 2, 0, 5)), ("b", (1, 7, 8, 0)), ("c", (3, 3, 0, 1)))}  # fmt: skip
        answered("settle", write(folder / "in", files), "--report", made)
    else:
        answered("settle", "exercise", "--report", made, *(["--details"] if request.param == "details" else []))
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1100])
def test_the_page_fits_and_has_no_fault_of_access(
    browser: Browser,  # noqa: F811
    page: Path,
    lang: str,
    width: int,
) -> None:
    shown = opened(browser, page, lang, width)
    shown.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    assert shown.locator(f'main[lang="{lang}"] b').count() == 0
    shown.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_prints_on_a4_with_every_package_open(
    browser: Browser,  # noqa: F811
    page: Path,
    lang: str,
    tmp_path: Path,
) -> None:
    shown = opened(browser, page, lang, 1100)
    leaves = printed(shown, tmp_path)
    shown.close()
    stamp = {"en": "INVENTED", "ru": "ВЫМЫШЛЕНО"}.get(lang)
    assert leaves
    if stamp is not None and page.stem != "program":
        assert all(stamp in leaf for leaf in leaves)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_points_of_the_picture_lead_to_their_row_and_rules_are_marked(
    browser: Browser,  # noqa: F811
    page: Path,
    lang: str,
) -> None:
    shown = opened(browser, page, lang, 1100)
    links = shown.locator(f'main[lang="{lang}"] figure a')
    if page.stem in {"words", "program"}:
        assert links.count() == 0
    else:
        rules = 4 if page.stem == "details" else 3
        assert links.count() == 29 + rules
        assert shown.locator(f'main[lang="{lang}"] .legend .mark').count() == rules
        assert rules <= len(SHAPES)
        for place in range(links.count()):
            target = links.nth(place).get_attribute("href") or links.nth(place).get_attribute("xlink:href")
            assert target is not None
            row = shown.locator(target)
            assert row.count() == 1
            assert row.locator("td").first.text_content() in (links.nth(place).evaluate("one => one.innerHTML"))
    assert shown.locator(f'main[lang="{lang}"] section.frontier').count() == (page.stem != "words")
    shown.close()
