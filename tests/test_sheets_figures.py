"""A figure on a sheet: the same text as in the download, with its count, range and period."""

from typing import Any

import polars as pl
import pytest
from sample_edition import sample

from reports.figures import Figure, Remark
from reports.shelf import Shelf
from sources.agreement.model import Direction
from transforms.comparison import Comparison
from transforms.disclosure import publish
from transforms.observations import conform

EDITION = sample()
# The denominator of I17 is the numerator of I16: one count cannot have two values.
TOLD = {name: one for name, one in EDITION.agreement.indicators.items() if name != "I17"}
COUNTS = [(415.0, 495.0), (4.0, 300.0), (1240.0, 59400.0), (37.0, 41.0), (0.0, 7480.0)]


def observed(**changes: Any) -> pl.DataFrame:
    """Observations of every indicator in two areas, with counts of every size."""
    rows = [
        {
            "indicator": name,
            "version": told.version,
            "period": "2026K2",
            "area": area,
            "partner": "",
            "breakdown": "",
            "numerator": x,
            "denominator": n,
            "value": x / n * told.multiplier,
            "lower": x / n * told.multiplier * 0.9,
            "upper": x / n * told.multiplier * 1.1,
            "period_status": "definitief",
            "coverage": 1.0,
            "availability": "observed",
        }
        | changes
        for number, (name, told) in enumerate(TOLD.items())
        for shift, area in enumerate(("GM9901", "WK990106"))
        for x, n in [COUNTS[(number + shift) % len(COUNTS)]]
    ]
    return conform(pl.DataFrame(rows))


def figures(frame: pl.DataFrame) -> list[Figure]:
    shelf = Shelf(sample(figures=frame))
    names = EDITION.agreement.indicators
    found = [shelf.latest(name, area) for name in names for area in ("GM9901", "WK990106")]
    return [figure for figure in found if figure is not None]


@pytest.mark.parametrize("availability", ["observed", "not_delivered", "in_development"], ids=str)
def test_a_sheet_says_of_a_figure_what_the_download_says(availability: str) -> None:
    numbers = (
        {}
        if availability == "observed"
        else dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"))
    )
    rows = observed(availability=availability, **numbers)
    parents = {"GM9901": "", "WK990106": "GM9901"}
    published = figures(publish(rows, EDITION.agreement, "2026K2", parents=parents).figures)
    told = [(f.indicator, f.area_code, f.headline.replace("\u00a0", " ")) for f in published]
    assert told == [(f.indicator, f.area_code, f.shown) for f in published]
    assert len(told) > len(TOLD)


def one(**changes: Any) -> Figure:
    rows = EDITION.figures.filter(
        (pl.col("indicator") == "I28") & (pl.col("area_code") == "WK990106")
    ).tail(1)
    changed = rows.with_columns(pl.lit(value).alias(name) for name, value in changes.items())
    found = Shelf(sample(figures=changed.cast(EDITION.figures.schema))).latest("I28", "WK990106")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"numerator": 415.0, "denominator": 495.0}, "415 van de 495"),
        (
            {"numerator": None, "denominator": 120.0, "denominator_counts": "answers"},
            "120 antwoorden",
        ),
        ({"numerator": None, "denominator": 120.0, "denominator_counts": "events"}, "van 120"),
        ({"denominator": None}, ""),
        ({"status": "protected", "value": None}, ""),
    ],
)
def test_count_and_share_stand_together(changes: dict[str, Any], counted: str) -> None:
    assert one(**changes).counted == counted


@pytest.mark.parametrize(
    ("lower", "upper", "between"),
    [
        (0.80, 0.88, "tussen 80 en 88\u00a0%"),
        (0.801, 0.804, ""),
        (None, 0.88, ""),
    ],
)
def test_a_range_is_told_in_numbers(lower: float | None, upper: float | None, between: str) -> None:
    assert one(lower=lower, upper=upper).between == between


@pytest.mark.parametrize(
    ("status", "when"),
    [("definitief", "2026K3"), ("nader voorlopig", "2026K3"), ("voorlopig", "2026K3, voorlopig")],
)
def test_a_provisional_figure_says_so(status: str, when: str) -> None:
    told = one(period="2026K3", period_status=status).when
    assert told == when.replace("2026K3", "3e kwartaal 2026")


@pytest.mark.parametrize(
    ("status", "shown", "headline"),
    [
        ("protected", "minder dan 10", "minder dan 10"),
        ("protected", "", "afgeschermd"),
        ("not_delivered", "", "niet geleverd"),
        ("in_development", "", "in ontwikkeling"),
        ("published", "", "niet te berekenen"),
    ],
)
def test_a_figure_without_a_number_says_why(status: str, shown: str, headline: str) -> None:
    assert one(status=status, shown=shown, value=None).headline == headline


@pytest.mark.parametrize(
    ("word", "direction", "tone"),
    [
        (Comparison.MORE, Direction.HIGHER, "good"),
        (Comparison.MORE, Direction.LOWER, "bad"),
        (Comparison.MORE, Direction.NONE, "plain"),
        (Comparison.LESS, Direction.HIGHER, "bad"),
        (Comparison.LESS, Direction.LOWER, "good"),
        (Comparison.ABOUT_EQUAL, Direction.HIGHER, "equal"),
        (Comparison.NOT_YET, Direction.LOWER, "unknown"),
    ],
)
def test_colour_and_shape_follow_the_better_side(
    word: Comparison, direction: Direction, tone: str
) -> None:
    assert Remark.of(word, direction) == Remark(word, tone)
