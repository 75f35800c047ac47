"""The pages as a browser shows and prints them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser
from sample_edition import AUDITED, sample

from reports.render import account, render

CHROMIUM = Path("/usr/bin/chromium")
SHEETS = (
    "index.html",
    "wijk/WK990106/index.html",
    "partner/welzijn/index.html",
    "partner/initiatief/index.html",
    "verantwoording/index.html",
)
A3 = (1190.6, 841.9)  # points, landscape

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("edition")
    edition = sample()
    for path, content in [*render(edition), *account(edition, AUDITED)]:
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_bytes(content)
    return home


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu"]
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("width", [390, 768, 1366, 1587])
def test_no_page_scrolls_sideways(browser: Browser, folder: Path, sheet: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((folder / sheet).as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide == width


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_page_asks_no_host_and_breaks_none_of_its_own_rules(
    browser: Browser, folder: Path, sheet: str
) -> None:
    asked, complaints = [], []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((folder / sheet).as_uri())
    family = page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next\"')")
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert complaints == []
    assert family


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_printed_on_both_sides_of_one_a3_the_index_on_one_and_the_account_on_five(
    browser: Browser, folder: Path, sheet: str
) -> None:
    page = browser.new_page()
    page.goto((folder / sheet).as_uri())
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    sides = {"index.html": 1, "verantwoording/index.html": 5}.get(sheet, 2)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == sides
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    assert len(boxes) == 1
    assert tuple(float(side) for side in boxes.pop()) == pytest.approx(A3, abs=1)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_no_letter_is_smaller_than_twelve_pixels(
    browser: Browser, folder: Path, sheet: str, medium: Literal["screen", "print"]
) -> None:
    """What is shown in the end: drawings are scaled, and their letters with them."""
    width = 390 if medium == "screen" else 1527
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.emulate_media(media=medium)
    page.goto((folder / sheet).as_uri())
    small = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e =>
            [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) &&
            e.getClientRects().length && !e.closest('.unseen')
        ).map(e => {
            const svg = e.closest('svg.chart, .map svg');
            const shown = svg && svg.getBoundingClientRect().width;
            const scale = svg ? shown / svg.viewBox.baseVal.width : 1;
            return [parseFloat(getComputedStyle(e).fontSize) * scale, e.textContent.trim()];
        }).filter(([size]) => size < 11.9)"""
    )
    page.close()
    assert small == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_on_the_front_overlaps_or_is_cut_off(
    browser: Browser, folder: Path, sheet: str
) -> None:
    page = browser.new_page(viewport={"width": 1527, "height": 1058})
    page.emulate_media(media="print")
    page.goto((folder / sheet).as_uri())
    wrong = page.evaluate(
        """() => { const boxes = [...document.querySelectorAll('.front .block')];
        const wide = boxes.filter(b => b.scrollWidth > b.clientWidth + 1).map(b => b.className);
        const over = [];
        for (const a of boxes) for (const b of boxes) { if (a === b) continue;
            const p = a.getBoundingClientRect(), q = b.getBoundingClientRect();
            const x = Math.min(p.right, q.right) - Math.max(p.left, q.left);
            const y = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
            if (x > 1 && y > 1) over.push(a.className + ' / ' + b.className); }
        return [wide, over]; }"""
    )
    page.close()
    assert wrong == [[], []]
