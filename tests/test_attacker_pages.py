"""What the attacker reads on a page beside its figures, and what of that tells of somebody."""

import polars as pl
import pytest
from attacked import edition, table

from reports.attacker import Kind, Knowledge, attack_frames
from reports.attacker.reading.drawings import Drawing, Shape
from reports.attacker.reading.numbers import numbers
from reports.attacker.reading.pages import page
from reports.attacker.reading.release import PAGES

FIGURES = "WK1 20\nWK2 15\nWK3 -\nonbekend -\nGM1 40"
KEY = "A|1|2026K3|WK1||"
PRINTED = f'<p class="number" data-figure="{KEY}">20</p>'
KNOWN = Knowledge(agreed=frozenset({0.78, 16.2}), texts=frozenset({"In 17 straten wonen wij."}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.240 mensen", {(1240.0, "")}),
        ("37,9 per week", {(37.9, "")}),
        ("tussen 80 en 88 %", {(80.0, "%"), (88.0, "%")}),
        ("tussen 5 weken en 7 weken", {(5.0, "week"), (7.0, "week")}),
        ("1 dag, dan 38 dagen", {(1.0, "dag"), (38.0, "dag")}),
        ("64\u00a0%", {(64.0, "%")}),
        ("geen", set()),
    ],
)
def test_numbers_are_read_with_their_unit(text: str, told: set[tuple[float, str]]) -> None:
    assert numbers(text) == told


@pytest.mark.parametrize(
    ("said", "caught"),
    [
        ("<h2>20 mensen</h2>", False),
        ("<h2>23 mensen</h2>", True),
        ("<h2>20 %</h2>", True),
        ("<!-- 23 -->", True),
        ('<img alt="23 mensen">', True),
        ('<p aria-label="23"></p>', True),
        ("<script>var n = 23</script>", True),
        ("<template>23</template>", True),
        ("<p>Op 2 november 2026, editie 2026K3-2, versie 1.</p>", False),
        ("<p>Van 2 van de 5 bogen weten wij iets.</p>", False),
        ("<p>nulmeting 2024: 78 % · streef 2028: 16</p>", False),
        ("<p>nulmeting 2024: 23 %</p>", True),
        ("<p>nulmeting okt. 2024 t/m sept. 2025, gemeente: 78 %</p>", False),
        ("<p>nulmeting 4e kwartaal 2024: 23 %</p>", True),
        ("<p>nulmeting van 23 mensen: 78 %</p>", True),
        ("<p>In 17 straten wonen wij.</p>", False),
        ("<p>In 17 straten</p>", True),
        ("<p>, 43 regels</p>", True),
        ("<blockquote>Met 23 mensen aan tafel.</blockquote>", False),
        ("<blockquote><!-- 23 --></blockquote>", True),
        ('<div class="axis"><span>0</span><span>100 %</span></div>', False),
        ('<div class="axis"><span>23 %</span></div>', True),
        ('<section class="changed"><p>was 20</p></section>', False),
        ('<section class="changed"><p>was 23</p></section>', True),
    ],
)
def test_a_number_on_a_page_needs_a_figure_beside_it(said: str, caught: bool) -> None:
    html = f'<html><body><section class="block block-goals">{PRINTED}{said}</section></body></html>'
    read = page("wijk/WK1/index.html", html)
    assert read.figures == [(KEY, "number", "20")]
    pages = pl.DataFrame(
        [("wijk/WK1/index.html", *one) for one in read.figures], schema=PAGES, orient="row"
    )
    told = edition(
        table("area_code numerator", FIGURES), pages=pages, passages=tuple(read.passages)
    )
    kinds = {one.kind for one in attack_frames([told], KNOWN).findings}
    assert kinds == ({Kind.UNTOLD} if caught else set())


def test_a_figure_in_another_block_accounts_for_nothing() -> None:
    html = (
        f'<html><body><section class="block block-goals">{PRINTED}</section>'
        '<section class="block block-trend"><h2>20 mensen</h2></section></body></html>'
    )
    assert [one.inside for one in page("index.html", html).passages] == [()]


def _trend(*heights: float) -> Drawing:
    """Return a line with an axis from 0 (88 pixels down) to 200, and points at heights."""
    labels = [
        Shape("text", {"text-anchor": "end", "transform": f"translate(-6,{at + 4})"}, text)
        for at, text in ((88, "0"), (48, "100"), (8, "200"))
    ]
    points = [
        Shape("path", {"transform": f"translate(14.5,{y})", "d": "M3.7,0A3.7"}) for y in heights
    ]
    return Drawing("index.html", (KEY,), (Shape("svg", {"class": "chart"}), *labels, *points))


def _line(*places: float) -> Drawing:
    """Return marks along a line without numbers."""
    marks = [Shape("path", {"transform": f"translate({x},9)", "d": "M0,0A3"}) for x in places]
    return Drawing("index.html", (KEY,), (Shape("svg", {"class": "chart"}), *marks))


def _filled(width: float) -> Drawing:
    """Return a row of pictograms that is filled so far."""
    return Drawing("index.html", (KEY,), (Shape("svg", {"class": "full", "width": str(width)}),))


@pytest.mark.parametrize(
    ("drawing", "values", "fits"),
    [
        (_trend(68.0, 28.0), {50, 150}, True),
        (_trend(68.0, 28.4), {50, 150}, False),  # 149
        (_line(170.0, 255.0), {0.5, 0.75}, True),
        (_line(170.0, 258.0), {0.5, 0.75}, False),
        (_filled(180.0), {0.75}, True),
        (_filled(181.0), {0.75}, False),
        (_filled(90.0), {25}, True),  # five, each of five
        (_filled(82.8), {25}, False),  # 23
    ],
)
def test_a_drawing_is_read_back_to_the_number_it_was_drawn_with(
    drawing: Drawing, values: set[float], fits: bool
) -> None:
    assert drawing.shows_only(values) is fits


def test_the_labels_of_a_drawing_are_read_but_not_its_axis() -> None:
    point = Shape("text", {"text-anchor": "middle"}, "149")
    drawn = _trend(68.0)
    assert drawn.labels() == []
    assert Drawing("", (), (*drawn.shapes, point)).labels() == ["149"]
    odd = Shape("text", {"text-anchor": "end", "transform": "translate(-6,3)"}, "213")
    assert "213" in Drawing("", (), (*drawn.shapes, odd)).labels()
