"""The pages as a browser shows and prints them."""

import re
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser
from sample_edition import STORY, sample
from shown_pages import CHROMIUM, LEAST, THEMED, Shown

from reports.render import page
from reports.sheets import auditorium
from reports.shelf import Shelf

A3 = (1190.6, 841.9)  # points, landscape
SIDES = {"index": 1, THEMED: 1, "district": 2, "partner": 2, LEAST: 2, "council": 2, "account": 5}
"""Of the auditorium every goal is a screen, and a side."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium"),
]


@pytest.mark.parametrize("width", [320, 390, 768, 1366, 1587])
def test_no_page_scrolls_sideways_or_cuts_off_a_text(shown: Shown, width: int) -> None:
    """320: a screen of 1280 pixels, at four times the size."""
    wide, cut = shown.at(width).evaluate(
        """() => [document.documentElement.scrollWidth,
        [...document.querySelectorAll('body *')].filter(e => !e.closest('.unseen, svg')
            && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX)
            && e.scrollWidth > e.clientWidth + 1).map(e => e.className)]"""
    )
    assert wide == width
    assert cut == []


def test_a_page_asks_no_host_and_breaks_none_of_its_own_rules(shown: Shown) -> None:
    family = shown.at(1366).evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next\"')")
    assert [url for url in shown.asked if not url.startswith(("file:", "data:"))] == []
    assert shown.complaints == []
    assert family


def test_a_page_is_printed_on_its_number_of_sides_of_a3(shown: Shown) -> None:
    pdf = shown.on_paper().pdf(prefer_css_page_size=True, print_background=True)
    if shown.name in SIDES:
        assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == SIDES[shown.name]
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf))
    assert len(boxes) == 1
    assert tuple(float(side) for side in boxes.pop()) == pytest.approx(A3, abs=1)


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_no_letter_is_smaller_than_twelve_pixels(shown: Shown, medium: str) -> None:
    """What is shown in the end: drawings are scaled, and their letters with them."""
    tab = shown.at(390) if medium == "screen" else shown.on_paper()
    small = tab.evaluate(
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
    assert small == []


def test_nothing_on_the_front_overlaps_or_is_cut_off(shown: Shown) -> None:
    wrong = shown.on_paper().evaluate(
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
    assert wrong == [[], []]


@pytest.mark.parametrize("letters", [0, 360, 850, 1500])
def test_a_goal_fits_what_a_beamer_shows_under_the_bars_of_a_browser(
    browser: Browser, tmp_path: Path, letters: int
) -> None:
    story = str(STORY["text"])
    text = (story * 10)[:letters] or story  # 1500: the most that a story may hold
    every = [STORY | {"text": text, "theme": goal} for goal in ("meedoen", "snelle_hulp", "geld")]
    (sheet,) = auditorium.sheets(Shelf(sample(stories=pl.DataFrame(every))))
    file = tmp_path / "index.html"
    file.write_bytes(page(sheet))
    tab = browser.new_page(viewport={"width": 1920, "height": 950})
    tab.goto(file.as_uri())
    heights = tab.evaluate(
        "() => [...document.querySelectorAll('.screen')].map(e => e.offsetHeight)"
    )
    tab.close()
    assert len(heights) == 6
    assert max(heights) <= 950
