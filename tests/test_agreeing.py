"""Text, tables, drawings, CSV, JSON and print say the same of every figure of an edition.

The numbers are read back from what stands on the pages, and held against the files: not by the code
that wrote them.
"""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pypdf import PdfReader
from sample_edition import sample
from sheet_reader import Element, Page

from flows.settings import Settings
from flows.steps.print import print_edition
from reports.render import render
from reports.shelf import Shelf
from sources.agreement.model import Way
from transforms.disclosure.shown import writer
from transforms.readings import readings_of

CHROMIUM = Path("/usr/bin/chromium")
EDITION = sample()
FILES = dict(render(EDITION))
PAGES = {path: Page(html.decode()) for path, html in FILES.items() if path.endswith(".html")}
KEY = ("indicator", "version", "period", "area_code", "partner", "breakdown")
NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
TEN = 240
"""How wide ten pictograms are drawn."""

DOT = re.compile(r'<path[^>]*transform="translate\(([-\d.]+),([-\d.]+)\)"')

ROWS: dict[str, dict[str, Any]] = {
    "|".join(str(row[name]) for name in KEY): row for row in json.loads(FILES["data/figures.json"])
}


def told(page: Page) -> Iterator[tuple[str, Element, str]]:
    """Yield each figure that a page prints as a number: which, where, and its text."""
    for one in page.elements:
        figure, classes = one.attributes.get("data-figure"), one.attributes.get("class", "").split()
        if figure and "number" in classes:
            yield figure, one, next(part.text for part in one.children if part.name == "strong")
        elif figure and (one.name == "b" or (one.name == "td" and "remark" not in one.text)):
            label = [part.text for part in one.children if part.attributes.get("class") == "cell"]
            inner = [part for part in one.children if part.attributes.get("class") != "cell"]
            if not inner:
                yield figure, one, one.text.removeprefix("".join(label))


def written(text: str) -> list[tuple[Decimal, int]]:
    """Return the numbers in a Dutch text, and how many decimals each has."""
    found = re.findall(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?", text)
    plain = [one.replace(".", "").replace(",", ".") for one in found]
    return [(Decimal(one), len(one.partition(".")[2])) for one in plain]


def fits(number: Decimal, decimals: int, row: dict[str, Any]) -> bool:
    """Whether a number on a page is one of its row, as it is or as a percentage, rounded."""
    step = Decimal(1).scaleb(-decimals)
    for name in NUMBERS:
        if row[name] is None:
            continue
        exact = Decimal(repr(row[name]))
        for unit in (exact, exact * 100, exact / 7):
            if unit.quantize(step, ROUND_HALF_UP) == number:
                return True
    return False


def test_both_files_hold_the_same_rows_with_the_same_numbers() -> None:
    table = csv.DictReader(io.StringIO(FILES["data/figures.csv"].decode()), delimiter=";")
    from_csv = {"|".join(row[name] for name in KEY): row for row in table}
    assert from_csv.keys() == ROWS.keys()
    for key, row in from_csv.items():
        for name in NUMBERS:
            number = float(row[name].replace(",", ".")) if row[name] else None
            assert number == ROWS[key][name], key
        for name in ("edition", "status", "shown", "unit", "source"):
            assert row[name] == (ROWS[key][name] or ""), key


@pytest.mark.parametrize("value", [0.04, 9.95, 12.0, 99.9, 100.0, 109.7, 1240.5])
def test_a_given_number_is_written_as_in_the_file(value: float) -> None:
    given = {"way": Way.GIVEN, "unit": "per 1.000 inwoners"}
    told = EDITION.agreement.indicators["I07"].model_copy(update=given)
    known = EDITION.agreement.indicators | {"I07": told}
    rows = EDITION.figures.filter(indicator="I07").with_columns(value=pl.lit(value))
    agreement = EDITION.agreement.model_copy(update={"indicators": known})
    figure = Shelf(sample(figures=rows, agreement=agreement)).latest("I07", "GM9901")
    assert figure
    assert figure.headline == writer(readings_of("I07", told)[0])(value, None)


def test_there_is_much_to_compare() -> None:
    named = {figure for page in PAGES.values() for figure, _, _ in told(page)}
    assert len(named) > 100
    assert named <= ROWS.keys()


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_number_of_a_figure_is_a_number_of_its_row(path: str) -> None:
    for figure, _, text in told(PAGES[path]):
        row = ROWS[figure]
        if row["status"] != "published":
            assert text.strip() in {row["shown"], ""} or not written(text), figure
            continue
        numbers = written(text.replace(row["unit"], ""))  # per 1.000 inwoners
        wrong = [number for number, places in numbers if not fits(number, places, row)]
        assert wrong == [], f"{figure}: {text}"


def rows_of_ten(page: Page) -> Iterator[tuple[str, float]]:
    """Yield each figure with pictograms beside it, and how wide those are filled."""
    for figure, where, _ in told(page):
        for drawn in where.parents[-1].children if where.name == "p" else ():
            if drawn.attributes.get("class") == "pictograms":
                (full,) = (one for one in drawn.children if "full" in one.attributes["class"])
                yield figure, float(full.attributes["width"])


def test_pictograms_are_as_long_as_the_share_beside_them() -> None:
    drawn = [one for page in PAGES.values() for one in rows_of_ten(page)]
    assert len(drawn) > 10
    for figure, wide in drawn:
        assert wide == pytest.approx(ROWS[figure]["value"] * TEN, abs=0.06), figure


def courses(html: str) -> Iterator[tuple[list[float], list[float]]]:
    """Yield of each figure over time how high its points are drawn, and the values in its table."""
    for part in re.findall(r'<figure class="course">(.*?)</figure>', html, re.DOTALL):
        drawing, _, table = part.partition("<details>")
        heights = [float(y) for _, y in DOT.findall(drawing)]
        keys = re.findall(r'<td data-figure="([^"]*)"', table)[::2]
        rows = [ROWS[key] for key in keys]
        yield heights, [row["value"] for row in rows if row["status"] == "published"]


@pytest.mark.parametrize("path", sorted(path for path in PAGES if "/WK" in path))
def test_points_are_drawn_as_far_apart_as_their_values_are(path: str) -> None:
    drawn = list(courses(FILES[path].decode()))
    assert drawn
    for heights, values in drawn:
        points = heights[-len(values) :]
        assert len(points) == len(values) > 2
        low, high = min(values), max(values)
        if low == high:
            assert max(points) - min(points) < 0.1
            continue
        scale = (max(points) - min(points)) / (high - low)
        for (one, other), (y, lower) in zip(pairwise(values), pairwise(points), strict=True):
            assert (y - lower) == pytest.approx((other - one) * scale, abs=0.1)


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium")
def test_on_paper_stand_the_same_numbers(tmp_path: Path) -> None:
    name = "wijk/WK990106"
    for path in (f"{name}/index.html", "data/edition.json"):
        target = tmp_path / "editions/2026K3/openbaar" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(FILES[path])
    home = Settings(agreement=tmp_path, home=tmp_path, key=tmp_path)
    (printed,) = print_edition(
        home, "2026K3", only=[name], environment=os.environ, tell=lambda _: None
    )
    paper = "".join(page.extract_text() for page in PdfReader(printed.path).pages)
    plain = re.sub(r"\s+", "", paper)
    page = PAGES[f"{name}/index.html"]
    folded = {id(one) for one in page.elements if any(p.name == "details" for p in one.parents)}
    on_page = [text for _, where, text in told(page) if id(where) not in folded]
    assert len(on_page) > 20
    assert [text for text in on_page if re.sub(r"\s+", "", text) not in plain] == []
