"""Period ids, their days, and the quarter in which a date falls."""

from datetime import date

import polars as pl
import pytest

from sources.agreement.model import Grain
from transforms import periods
from transforms.periods import parse, quarter_of, quarter_of_id


@pytest.mark.parametrize(
    ("text", "begin", "end", "grain", "previous", "year_ago"),
    [
        ("2026K1", "2026-01-01", "2026-03-31", Grain.QUARTER, "2025K4", "2025K1"),
        ("2024K4", "2024-10-01", "2024-12-31", Grain.QUARTER, "2024K3", "2023K4"),
        (
            "2025K4/2026K3",
            "2025-10-01",
            "2026-09-30",
            Grain.FOUR_QUARTERS,
            "2024K4/2025K3",
            "2024K4/2025K3",
        ),
        ("2024", "2024-01-01", "2024-12-31", Grain.YEAR, "2023", "2023"),
        ("2026K1/2026K2", "2026-01-01", "2026-06-30", Grain.QUARTER, "2025K3/2025K4", None),
    ],
)
def test_an_id_says_when_a_period_begins_and_ends_and_what_came_before(
    text: str, begin: str, end: str, grain: Grain, previous: str, year_ago: str | None
) -> None:
    period = parse(text)
    assert str(period) == text
    assert (period.begin.isoformat(), period.end.isoformat()) == (begin, end)
    assert period.grain is grain
    assert str(period.previous()) == previous
    assert year_ago is None or str(period.shifted(-4)) == year_ago


@pytest.mark.parametrize("text", ["2026K5", "2026-Q1", "26K1", "2026K3/2026K2", "", "2026K1 "])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        parse(text)


def test_the_last_quarters_and_the_periods_that_end_in_them() -> None:
    quarters = periods.last_quarters("2026K1", 3)
    assert quarters == ["2025K3", "2025K4", "2026K1"]
    of = {grain: [str(p) for p in periods.of_grain(quarters, grain)] for grain in Grain}
    assert of == {
        Grain.QUARTER: ["2025K3", "2025K4", "2026K1"],
        Grain.FOUR_QUARTERS: ["2024K4/2025K3", "2025K1/2025K4", "2025K2/2026K1"],
        Grain.YEAR: ["2025"],
    }


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [("2025", "2025K4/2026K3", True), ("2025", "2026K1", False), ("2026K1", "2026K1", True)],
)
def test_periods_overlap_where_they_share_a_quarter(one: str, other: str, overlap: bool) -> None:
    assert parse(one).overlaps(parse(other)) is overlap
    assert parse(other).overlaps(parse(one)) is overlap


def test_the_quarter_of_a_day_and_of_an_id_is_that_of_the_period() -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 9, 30), None]
    ids = ["2025K4", "2026K1", "2025K4/2026K3", "2025", "nonsense", None]
    found = pl.select(quarter_of(pl.lit(pl.Series(days)))).to_series()
    assert found.to_list() == [parse(text).last for text in ("2025K4", "2026K1", "2026K3")] + [None]
    of_ids = pl.select(quarter_of_id(pl.lit(pl.Series(ids)))).to_series()
    assert of_ids.to_list() == [parse(str(text)).last for text in ids[:4]] + [None, None]
