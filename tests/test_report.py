"""The report looked at by a browser: three languages, a phone's width, print, contrast, and no network."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader

from conftest import GOOD, made, missing
from tashawur.keep.standing import standing
from tashawur.node.cases import consultation, day_of
from tashawur.papers.report import report
from tashawur.papers.timeline import timeline
from tashawur.terms.vocabulary import LANGUAGES

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="module", params=["riyadh", "exercise"])
def html(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = consultation(request.param)
    now = standing(found, day_of(found, None, dt.date(2030, 1, 1)))
    path = tmp_path_factory.mktemp("report") / f"{request.param}.html"
    path.write_text(report(now, "en", "A" if found.case.exercise else None, {}), encoding="utf-8")
    return path


def printed(page: Page, folder: Path) -> list[str]:
    """The words of each sheet when the page is printed; every sheet is A4."""
    if shutil.which("pdftotext") is None:
        missing("pdftotext")
    pdf = folder / "page.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in PdfReader(pdf).pages} == {(595, 842)}
    told = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return told.split("\f")[:-1]


def opened(browser: Browser, html: Path, lang: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(html.as_uri())
    page.locator(f'label[for="show-{lang}"]').click()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [360, 390, 1200])
def test_the_page_fits_its_width_and_only_its_language_shows(
    browser: Browser, html: Path, lang: str, width: int
) -> None:
    page = opened(browser, html, lang, width)
    for other in LANGUAGES:
        expect(page.locator(f'main[lang="{other}"]')).to_be_visible(visible=other == lang)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    right_to_left = page.locator(f'main[lang="{lang}"]').evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert right_to_left == (lang == "ar")
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_no_fault_of_access(browser: Browser, html: Path, lang: str) -> None:
    page = opened(browser, html, lang, 1200)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_prints_on_a4_with_everything_open(browser: Browser, html: Path, lang: str, tmp_path: Path) -> None:
    page = opened(browser, html, lang, 1200)
    leaves = printed(page, tmp_path)
    if lang != "ar":
        text = "\f".join(leaves)
        told = page.locator(f'main[lang="{lang}"] details .inner li').first.text_content() or ""
        assert told.split("–")[-1].split("(")[0].split()[-1] in text
        stamp = {"en": "INVENTED", "ru": "ВЫМЫШЛЕНО"}[lang]
        assert all((stamp in leaf) == (html.stem == "exercise") for leaf in leaves)
        assert all(f"{place} / {len(leaves)}" in leaf for place, leaf in enumerate(leaves, 1))
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_language_can_be_chosen_by_the_keyboard(browser: Browser, html: Path, lang: str) -> None:
    page = browser.new_page()
    page.goto(html.as_uri())
    page.locator(f"#show-{lang}").focus()
    page.keyboard.press("Space")
    expect(page.locator(f'main[lang="{lang}"]')).to_be_visible()
    page.close()


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_of_words_has_contrast_on_its_ground() -> None:
    """Checked on the palette itself: the browser's check passes over Arabic letters."""
    css = (Path(__file__).parent.parent / "src/tashawur/papers/templates/report.css").read_text(encoding="utf-8")
    palette = dict(
        part.strip().split(": ") for part in css.split("{", 1)[1].split("}", 1)[0].split(";") if part.strip()
    )
    grounds = {"--ink": "--ground", "--quiet": "--ground"} | {
        name: f"{name}-soft" for name in ("--teal", "--amber", "--red", "--green", "--violet")
    }
    for words, ground in grounds.items():
        light, dark = sorted((luminance(palette[words]), luminance(palette[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (words, ground)


def test_words_of_a_case_are_never_markup() -> None:
    evil = GOOD["register.yaml"].replace("Banking", "<script>alert(1)</script><b>")
    now = standing(made({**GOOD, "register.yaml": evil}), dt.date(2025, 6, 1))
    page = report(now, "en", None, {})
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_timeline_has_contacts_rounds_gaps_and_cancellations() -> None:
    found = consultation("riyadh")
    line = timeline(standing(found, day_of(found, None, dt.date(2030, 1, 1))))
    assert line is not None
    sorts = [item.sort for item in line.items]
    assert {"call", "round", "gap", "cancelled"} <= set(sorts)
    assert [item.day for item in line.items] == sorted(item.day for item in line.items)
    assert all(0 <= item.place <= 100 for item in line.items)
