"""The charts: small, hidden, the same every time, and as long as their numbers."""

import re
from dataclasses import replace

import pytest
from sample_edition import sample

from reports.block import environment
from reports.blocks.tree import FILLED, STEPS
from reports.charts import bars, dotline, shift, trend
from reports.shelf import Shelf
from reports.words.catalogue import words
from sources.agreement.model import Finance

NL = words("nl")
SHELF = Shelf(sample())
SERIES = SHELF.series("I28", "WK990106")
MOST_BYTES = 15_000


def dot(**marks: float) -> str:
    return dotline.svg(marks, (0.8, 0.88), "d", end=1.0, language="nl")


def middles(svg: str) -> list[float]:
    """Return where each mark stands across the chart, in the order of drawing."""
    return [
        float(x) for x in re.findall(r'<path transform="translate\(([\d.]+),[\d.]+\)" d="M', svg)
    ]


@pytest.mark.parametrize(
    "svg",
    [
        trend.svg(SERIES, "t"),
        dot(baseline=0.78, now=0.84, target=0.9),
        bars.svg(
            [Finance(year=2025, granted=10, spent=5, purpose="x")], "b", high=10, language="nl"
        ),
    ],
    ids=["trend", "dotline", "bars"],
)
def test_a_chart_is_one_small_hidden_svg(svg: str) -> None:
    assert svg.startswith('<svg aria-hidden="true" focusable="false" class="chart"')
    assert svg.count("<svg") == svg.count("</svg>") == 1
    assert len(svg.encode()) <= MOST_BYTES
    assert re.findall(r"https?:|\bid=|role=|style=", svg) == []


def test_the_same_numbers_give_the_same_bytes_whatever_was_drawn_before() -> None:
    first = trend.svg(SERIES, "t")
    trend.svg(SHELF.series("I07", "WK990101"), "other")
    dot(now=0.5)
    assert trend.svg(SERIES, "t") == first


def test_a_provisional_point_is_hollow() -> None:
    fills = re.findall(r'd="M[^"]*A[^"]*" fill="(#\w+)"', trend.svg(SERIES, "t"))
    assert fills == ["#5B2A6B"] * 7 + ["#FFFFFF"]


def test_a_line_does_not_run_through_a_period_without_a_figure() -> None:
    held = replace(SERIES[3], status="protected", value=None, lower=None, upper=None)
    whole, broken = (
        trend.svg(series, "t") for series in (SERIES, [*SERIES[:3], held, *SERIES[4:]])
    )
    assert lines(whole) == 1
    assert lines(broken) == 2


def test_a_line_does_not_run_from_one_series_into_another() -> None:
    former = [replace(figure, converted=0.2) for figure in SERIES[:4]]
    whole, broken = (trend.svg(s, "t") for s in (SERIES, [*former, *SERIES[4:]]))
    assert lines(broken) == 2
    # The points stay where they were: only the stretch between them is gone.
    places = r'translate\([\d.]+,[\d.]+\)" d="M[^"]*A[^"]*"'
    assert re.findall(places, broken) == re.findall(places, whole)


def lines(svg: str) -> int:
    """Return in how many parts the line is drawn."""
    found: list[str] = re.findall(r'<path d="([^"]+)" stroke="#5B2A6B" stroke-width="2.5"', svg)
    return "".join(found).count("M")


@pytest.mark.parametrize(("published", "drawable"), [(0, False), (2, False), (3, True)])
def test_a_course_takes_three_published_periods(published: int, drawable: bool) -> None:
    held = [replace(figure, status="protected", value=None) for figure in SERIES[published:]]
    assert trend.drawable([*SERIES[:published], *held]) is drawable


def test_first_and_last_value_are_written_as_on_the_sheet() -> None:
    bold = re.findall(r'font-weight="700"[^>]*>([^<]+)</text>', trend.svg(SERIES, "t"))
    assert bold == [SERIES[0].headline, SERIES[-1].headline]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({"baseline": 0.25, "now": 0.5, "target": 1.0}, [0.25, 0.5, 1.0]),
        ({"now": 0.5, "target": 0.75}, [0.5, 0.75]),
        ({"now": 0.0}, [0.0]),
    ],
)
def test_a_mark_stands_where_its_number_is(marks: dict[str, float], expected: list[float]) -> None:
    assert middles(dot(**marks)) == pytest.approx([dotline.WIDTH * x for x in expected], abs=0.02)


def test_marks_that_would_touch_stand_above_each_other_and_now_on_the_axis() -> None:
    svg = dot(baseline=0.50, now=0.51, target=0.52, horizon=0.9)
    places = re.findall(r'<path transform="translate\([\d.]+,([\d.]+)\)" d="M', svg)
    baseline, now, target, horizon = map(float, places)
    assert now == horizon > baseline > target


def drawn(svg: str) -> set[str]:
    """Return the outlines of the marks in a chart, each in the same size."""
    return {
        f"{outline} {fill}"
        for outline, fill in re.findall(
            r'translate\([\d.,]+\)" d="([^"]+)"((?: fill="[^"]+")?) stroke="#', svg
        )
    }


def test_each_mark_on_a_line_has_a_shape_of_its_own() -> None:
    aims = drawn(dot(baseline=0.2, now=0.4, target=0.6, horizon=0.8))
    moves = drawn(shift.svg(0.2, 0.4, 1.0, "s", language="nl"))
    assert (len(aims), len(moves), len(aims | moves)) == (4, 2, 6)
    # Now is a dot in both; what it was a year before is nothing of an aim.
    kinds = [{re.sub(r"[\d.,-]+", "", one.split()[0]) for one in found} for found in (aims, moves)]
    assert kinds[0] & kinds[1] == {"MAA"}


LEVELS = [FILLED[known] for known in ("none", "thin", "solid")]


def test_one_mark_has_one_meaning_on_every_sheet() -> None:
    m = environment().get_template("macros.html.j2").module
    tones = ("good", "bad", "plain", "equal", "unknown")
    kinds = ("now", "baseline", "target", "horizon", "then")
    stands = ("gedaan", "loopt", "anders afgesproken", "nog niet")
    marks = [m.shape(one) for one in tones]  # type: ignore[attr-defined]
    marks += [m.mark(one) for one in kinds]  # type: ignore[attr-defined]
    marks += [m.status(one, NL).split("</svg>")[0] for one in stands]  # type: ignore[attr-defined]
    outlines = [tuple(re.findall(r"(?:<circle|\bd=)[^/>]*", str(one))) for one in marks]
    levels = [tuple(STEPS[:filled]) for filled in LEVELS]
    assert all(outlines) and len({*outlines, *levels}) == len(outlines) + len(levels)


@pytest.mark.parametrize("high", [200, 800])
def test_a_bar_is_as_long_as_its_money_on_a_scale_that_others_share(high: int) -> None:
    money = [
        Finance(year=2025, granted=200, spent=150, purpose="x"),
        Finance(year=2026, granted=100, purpose="x"),
    ]
    svg = bars.svg(money, "b", high=high, language="nl")
    drawn = [
        (colour, float(length))
        for length, colour in re.findall(r'd="M0,[\d.]+h([\d.]+)v[^"]*" fill="(#\w+)"', svg)
    ]
    assert [(c, round(length / bars.WIDTH * high)) for c, length in drawn] == [
        ("#D9CCE0", 200),
        ("#D9CCE0", 100),
        ("#5B2A6B", 150),
    ]


def test_an_axis_of_shares_never_makes_a_small_difference_look_large() -> None:
    flat = [replace(f, value=0.81 + i / 1000, lower=0.80, upper=0.82) for i, f in enumerate(SERIES)]
    ticks = re.findall(r">(\d+)\u00a0%</text>", trend.svg(flat, "t"))
    assert int(ticks[-1 - 2]) - int(ticks[0]) >= 10


def test_names_keep_charts_on_one_page_apart() -> None:
    assert "clip" not in trend.svg(SERIES, "a").replace("a-clip", "")
