"""Each way to count beside a table worked out by hand: prepared rows → sums → figure."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tiny_agreement import indicator, table

from sources.agreement.model import Way
from transforms.measures import ORDERED, measure

CASES = {
    Way.COUNT: (
        """
        numerator
        1
        0
        1
        12
        """,
        """
        numerator | denominator | value | lower | upper
        14.0      | -           | 14.0  | -     | -
        """,
    ),
    # 3 of 5; Wilson: (6 + 3.841 -/+ 1.960 x sqrt(3.841 + 12 x 0.4)) / (2 x (5 + 3.841)).
    Way.SHARE: (
        """
        numerator | denominator
        1         | 1
        1         | 1
        0         | 1
        1         | 2
        """,
        """
        numerator | denominator | value | lower  | upper
        3.0       | 5.0         | 0.6   | 0.2307 | 0.8824
        """,
    ),
    # 3 on 1,200 inhabitants; exact: chi2(0.025; 6)/2 = 0.6187, chi2(0.975; 8)/2 = 8.7673.
    Way.RATE: (
        """
        numerator | denominator
        1         | 500
        2         | 700
        """,
        """
        numerator | denominator | value | lower  | upper
        3.0       | 1200.0      | 2.5   | 0.5156 | 7.3061
        """,
    ),
    # 6, 8, 10: mean 8, s = 2, t(0.975; 2) = 4.3027, 2/sqrt(3) = 1.1547.
    Way.MEAN: (
        """
        numerator
        6
        8
        -
        10
        """,
        """
        numerator | denominator | value | lower  | upper
        24.0      | 3.0         | 8.0   | 3.0317 | 12.9683
        """,
    ),
    # 3 of 5, and 2 of 5; Wilson's limits of each.
    Way.DISTRIBUTION: (
        """
        numerator | breakdown | period | area   | partner
        5         |           | 2026K3 | GM9901 | welzijn
        3         | vaak      | 2026K3 | GM9901 | welzijn
        2         | soms      | 2026K3 | GM9901 | welzijn
        """,
        """
        numerator | denominator | value | lower  | upper
        5.0       | -           | 5.0   | -      | -
        3.0       | -           | 0.6   | 0.2307 | 0.8824
        2.0       | -           | 0.4   | 0.1176 | 0.7693
        """,
    ),
    Way.GIVEN: (
        """
        numerator
        0.0834
        """,
        """
        numerator | denominator | value | lower | upper
        -         | -           | 83.4  | -     | -
        """,
    ),
}

EMPTY = """
    numerator | denominator | squares
    0         | 0           | 0
    """


def figure(way: Way, rows: pl.DataFrame) -> pl.DataFrame:
    factor = 1000 if way in (Way.RATE, Way.GIVEN) else 1
    how = measure(way)
    place = [name for name in ("period", "area", "partner", "breakdown") if name in rows]
    sums = rows.group_by(place, maintain_order=True).agg(how.tally()) if place else None
    sums = rows.select(how.tally()) if sums is None else sums
    return how.figure(sums, indicator(way=way, multiplier=factor))


def test_every_way_has_a_table_worked_out_by_hand() -> None:
    """Those of `ORDERED` have theirs in test_measure_wait and test_measure_median."""
    assert set(CASES) | ORDERED == set(Way)


@pytest.mark.parametrize("way", CASES)
def test_a_way_to_count_gives_the_figure_worked_out_by_hand(way: Way) -> None:
    rows, drawn = CASES[way]
    expected = table(drawn)
    found = figure(way, table(rows)).select(expected.columns)
    assert_frame_equal(found, expected.cast(pl.Float64), abs_tol=1e-4)


@pytest.mark.parametrize("way", [Way.COUNT, Way.SHARE, Way.RATE, Way.MEAN])
def test_sums_of_sums_give_the_same_figure_as_all_rows_at_once(way: Way) -> None:
    rows = table(CASES[way][0])
    how, one = measure(way), indicator(way=way)
    parts = [part.select(how.tally()) for part in (rows.head(1), rows.slice(1))]
    whole, summed = rows.select(how.tally()), pl.concat(parts).sum()
    assert_frame_equal(how.figure(whole, one), how.figure(summed, one))


@pytest.mark.parametrize("way", [Way.SHARE, Way.RATE, Way.MEAN])
def test_where_nothing_was_counted_there_is_no_value(way: Way) -> None:
    found = measure(way).figure(table(EMPTY), indicator(way=way))
    assert found.select("value", "lower", "upper").row(0) == (None, None, None)
