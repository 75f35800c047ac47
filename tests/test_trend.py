import math
from collections.abc import Callable, Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table

from transforms.intervals import poisson
from transforms.trend import CRITICAL, TREND, Trend, share_trends, weighted_trends

UP, DOWN, SAME, UNKNOWN = Trend
steadily = settings(derandomize=True, deadline=None, max_examples=100)

Counts = Sequence[float | None]


def of(x: Counts, n: float | Counts = 100, t: Sequence[int | None] | None = None) -> Trend:
    """Return the trend of x of n, in as many years as there are counts."""
    persons = n if isinstance(n, Sequence) else [n] * len(x)
    years = t or range(2020, 2020 + len(x))
    points = pl.DataFrame({"t": years, "x": x, "n": persons}, strict=False)
    return Trend(share_trends(points.with_columns(area=pl.lit("a")), ["area"])["trend"].item())


def through(value: Counts, half: float | Counts) -> Trend:
    """Return the trend of values with limits at 95 % so far on either side."""
    halves = half if isinstance(half, Sequence) else [half] * len(value)
    points = pl.DataFrame({"t": range(len(value)), "value": value, "half": halves}, strict=False)
    limits = {"lower": pl.col("value") - pl.col("half"), "upper": pl.col("value") + pl.col("half")}
    points = points.with_columns(area=pl.lit("a"), **limits)
    return Trend(weighted_trends(points, ["area"])["trend"].item())


@pytest.mark.parametrize(
    ("counts", "trend"),
    [
        ([20, 20, 20, 20, 20], SAME),
        ([0, 0, 0, 0, 0], SAME),
        # N(N Σxt - X Σnt)² / (X(N - X)(N Σnt² - (Σnt)²)) is 15.6, 10.1, 9.52 and 3.3.
        ([10, 15, 20, 25, 30], UP),
        ([10, 13, 17, 21, 25], UP),
        ([10, 14, 17, 21, 25], SAME),
        ([10, 12, 14, 16, 18], SAME),
        ([30, 25, 20, 15, 10], DOWN),
        ([40, 30, 20, 10, 0], DOWN),
        # Chi-squared is 31.7 here, and without the last year there is no trend at all.
        ([20, 20, 20, 20, 60], SAME),
        ([60, 20, 20, 20, 20], SAME),
        ([10, 15, 60, 30, 45], UP),
    ],
)
def test_a_share_of_a_hundred_goes_this_way(counts: Counts, trend: Trend) -> None:
    assert of(counts) is trend


@pytest.mark.parametrize(
    ("counts", "persons"),
    [
        ([10, 15, 20, 25], 100),
        ([60, 70, 80, 90, 100], 100),
        ([10, 15, None, 25, 30], 100),
        ([10, 15, 20, 25, 30], [100, 100, None, 100, 100]),
        ([10, 15, 20, 25, 30], [100, 100, 0, 100, 100]),
        ([10, 15, 120, 25, 30], 100),
        ([10, 15, -1, 25, 30], 100),
        ([10, 15, math.nan, 25, 30], 100),
        ([10, 15, 20, 25, 30], [100, 100, math.nan, 100, 100]),
    ],
)
def test_no_trend_is_known_of_fewer_than_five_points_or_where_all_are_counted(
    counts: Counts, persons: float | Counts
) -> None:
    assert of(counts, persons) is UNKNOWN


@pytest.mark.parametrize(
    ("years", "trend"),
    [
        ([2020, 2021, 2022, 2023, 2024], UP),
        ([2020, 2021, 2022, 2023, 2025], UNKNOWN),
        ([2020, 2022, 2024, 2026, 2028], UNKNOWN),
        ([2020, 2021, 2021, 2022, 2023], UNKNOWN),
        ([2020, 2021, 2022, 2024, 2024], UNKNOWN),
        ([None, 2021, 2022, 2023, 2025], UNKNOWN),
    ],
)
def test_the_five_points_follow_each_other_without_a_gap(
    years: list[int | None], trend: Trend
) -> None:
    assert of([10, 15, 20, 25, 30], t=years) is trend


def test_only_the_last_five_points_count() -> None:
    assert of([90, 80, 70, 10, 15, 20, 25, 30]) is UP
    assert of([None, 90, 10, 15, 20, 25, 30]) is UP


def test_a_point_without_a_count_at_the_end_leaves_the_trend_of_the_five_before() -> None:
    assert of([10, 15, 20, 25, 30, None]) is UP


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert of([25, 10, 30, 20, 15], t=[2023, 2020, 2024, 2022, 2021]) is UP


def test_no_persons_counted_is_a_count_like_another() -> None:
    assert of([0, 0, 1, 8, 15]) is UP
    assert of([15, 8, 1, 0, 0]) is DOWN


def test_counts_larger_than_whole_numbers_can_square_do_not_overflow() -> None:
    million = 1_000_000
    counts = {"t": range(5), "x": [c * million for c in (10, 11, 12, 13, 14)]}
    points = pl.DataFrame(counts, schema={"t": pl.UInt8, "x": pl.Int32}).with_columns(
        area=pl.lit("a"), n=pl.lit(100 * million, dtype=pl.UInt32)
    )
    assert share_trends(points, ["area"])["trend"].to_list() == [UP]


@pytest.mark.parametrize(
    ("values", "half", "trend"),
    [
        # SE 1, slope 1, its standard error 1/√10: chi-squared is 10.
        ([10, 11, 12, 13, 14], 1.96, UP),
        ([14, 13, 12, 11, 10], 1.96, DOWN),
        # SE 2.01/1.96: chi-squared is 9.51.
        ([10, 11, 12, 13, 14], 2.01, SAME),
        ([10, 10, 10, 10, 10], 0.1, SAME),
        ([10, 10, 10, 10, 20], 0.1, SAME),
        # The years that are sure tell the trend, the unsure one hardly counts.
        ([10, 11, 12, 13, 5], [1, 1, 1, 1, 50], UP),
        ([10, 11, 12, 13], 1.0, UNKNOWN),
        ([10, None, 12, 13, 14], 1.0, UNKNOWN),
        ([10, 11, 12, 13, 14], [1, 1, None, 1, 1], UNKNOWN),
        ([10, 11, 12, 13, 14], [1, 1, 0, 1, 1], UNKNOWN),
        ([10, 11, math.nan, 13, 14], 1.0, UNKNOWN),
        ([10, 11, 12, 13, 14], [1, 1, math.inf, 1, 1], UNKNOWN),
        ([-2, -1, 0, 1, 2], 1.0, UP),
    ],
)
def test_values_with_their_limits_go_this_way(
    values: Counts, half: float | Counts, trend: Trend
) -> None:
    assert through(values, half) is trend


def test_every_series_gets_one_row_in_order_of_appearance() -> None:
    series: dict[str, Counts] = {
        "c": [20] * 5,
        "a": [10, 15, 20, 25, 30],
        "d": [None],
        "b": [30, 25, 20, 15, 10],
    }
    rows = [
        (name, partner, t, x)
        for t in range(5)
        for name, counts in series.items()
        for partner in ("one", None)
        for x in counts[t : t + 1]
    ]
    points = pl.DataFrame(rows, schema=["area", "partner", "t", "x"], orient="row")
    found = share_trends(points.with_columns(n=pl.lit(100)), ["area", "partner"])
    assert found.schema["trend"] == TREND
    chi_squared = found["chi_squared"].gather_every(2).round(3).to_list()
    assert chi_squared == [0, 15.625, None, 15.625]
    assert found.select("area", "partner", "trend").rows() == [
        (area, partner, trend)
        for area, trend in {"c": SAME, "a": UP, "d": UNKNOWN, "b": DOWN}.items()
        for partner in ("one", None)
    ]


def test_no_points_at_all_have_no_trends() -> None:
    columns = dict.fromkeys(["area", "t", "x", "n", "value", "lower", "upper"], pl.Int64)
    for trends in (share_trends, weighted_trends):
        found = trends(pl.DataFrame(schema=columns), ["area"])
        assert found.schema == {"area": pl.Int64, "chi_squared": pl.Float64, "trend": TREND}
        assert found.is_empty()


persons = st.lists(st.integers(20, 400), min_size=5, max_size=5)


@steadily
@given(persons, st.lists(st.floats(0.01, 0.95), min_size=5, max_size=5))
def test_the_trend_of_a_share_is_the_ordinal_association_that_survives_leaving_one_out(
    people: list[int], chances: list[float]
) -> None:
    n = np.array(people)
    x = np.clip(np.round(np.sort(chances) * n), 1, n - 1)
    table = Table(np.array([x, n - x]), shift_zeros=False)
    found = table.test_ordinal_association(np.array([1, 0]), np.arange(5))
    chi_squared = found.zscore**2 * n.sum() / (n.sum() - 1)
    logit, t = np.log(x / (n - x)), np.arange(5)
    without = [np.polyfit(np.delete(t, i), np.delete(logit, i), 1)[0] for i in range(5)]
    clear = chi_squared > CRITICAL and min(without) > 1e-9 and found.zscore > 0
    assert of(x.tolist(), n.tolist()) is (UP if clear else SAME)


@steadily
@given(persons, st.lists(st.integers(0, 19), min_size=5, max_size=5))
def test_a_series_read_backwards_goes_the_other_way(people: list[int], counts: list[int]) -> None:
    opposite = {UP: DOWN, DOWN: UP}
    trend = of(counts, people)
    assert of(counts[::-1], people[::-1]) is opposite.get(trend, trend)


# --- false alarms, with a fixed seed --------------------------------------------------------------

SERIES = 200_000
NOMINAL, THREE_SIGMA = 0.002, 3 * math.sqrt(0.002 / SERIES)

Trends = Callable[[pl.DataFrame, list[str]], pl.DataFrame]


def alarms(points: pl.DataFrame, trends: Trends) -> float:
    """Return how many of the series without a change are called a trend, as a share."""
    place = {"series": np.repeat(np.arange(SERIES), 5), "t": np.tile(np.arange(5), SERIES)}
    words = trends(points.with_columns(**{k: pl.Series(v) for k, v in place.items()}), ["series"])
    found = words["trend"].is_in([UP, DOWN]).mean()
    assert isinstance(found, float)
    return found


@pytest.mark.parametrize(
    ("least", "most", "share"), [(50, 51, 0.1), (200, 201, 0.02), (20, 500, 0.2), (5000, 5001, 0.3)]
)
def test_shares_that_do_not_change_are_called_a_trend_in_two_of_a_thousand(
    least: int, most: int, share: float
) -> None:
    chance = np.random.default_rng(20266)
    n = chance.integers(least, most, 5 * SERIES)
    points = pl.DataFrame({"x": chance.binomial(n, share), "n": n})
    assert alarms(points, share_trends) <= NOMINAL + THREE_SIGMA


@pytest.mark.parametrize("events", [20, 100])
def test_rates_that_do_not_change_are_called_a_trend_in_two_of_a_thousand(events: int) -> None:
    chance = np.random.default_rng(20267)
    counts = pl.DataFrame({"value": chance.poisson(events, 5 * SERIES)})
    points = counts.with_columns(*poisson(pl.col("value")))
    assert alarms(points, weighted_trends) <= NOMINAL + THREE_SIGMA
