"""The page of an order looked at by a browser: a phone's width, three languages, and no fault of access."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tashawur.node.sequencing import planned, sequenced
from tashawur.papers.sequence_page import sequence_page
from tashawur.terms.vocabulary import LANGUAGES
from test_report import browser, opened  # noqa: F401 - a fixture
from test_sequence import CASES


@pytest.fixture(
    scope="module", params=["exercise", str(CASES / "06_prerequisite_breaks_safety.yaml")], ids=["exercise", "06"]
)
def page_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("order") / "order.html"
    told = sequenced(planned(request.param), 20, remedied=False)
    path.write_text(sequence_page(told, "en", details=request.param != "exercise"), encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_of_an_order_fits_and_has_no_fault_of_access(
    browser: Browser,  # noqa: F811 - the fixture
    page_file: Path,
    lang: str,
    width: int,
) -> None:
    page = opened(browser, page_file, lang, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    bars = page.locator(f'main[lang="{lang}"] .bar')
    places = [box["x"] for box in (bar.bounding_box() for bar in bars.all()) if box]
    assert places == sorted(places, reverse=lang == "ar"), "time runs in the direction of reading"
    page.close()
