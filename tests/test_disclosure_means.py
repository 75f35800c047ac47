"""A mean and a median are shown so coarsely that nobody's own contribution follows from them."""

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.disclosure.means import mean_shown, mean_step, median_shown, steps
from transforms.intervals import Limits, mean

SLACK = 4


@pytest.mark.parametrize(
    ("least", "step"),
    [(0.001, 0.001), (0.0011, 0.002), (0.3, 0.5), (1, 1), (1.01, 2), (2.5, 5), (51, 100), (0, 1)],
)
def test_a_step_is_one_two_or_five_times_a_power_of_ten(least: float, step: float) -> None:
    found = pl.select(steps(pl.lit(least, dtype=pl.Float64))).item()
    assert found == pytest.approx(step)


def stated(amounts: list[float], rounded: int) -> dict[str, float]:
    """Return the mean of some amounts with its limits, and what is shown of it, in which steps."""
    n = len(amounts)
    average = math.fsum(amounts) / n
    spread = math.sqrt(math.fsum((a - average) ** 2 for a in amounts) / (n - 1))
    exact = mean(pl.lit(float(n)), pl.lit(average), pl.lit(spread))
    row = pl.select(
        pl.lit(average).alias("mean"), exact.lower.alias("low"), exact.upper.alias("high")
    )
    value, limits = pl.col("mean"), Limits(pl.col("low"), pl.col("high"))
    n_shown = pl.lit(float(rounded))
    half = (limits.upper - limits.lower) / 2
    step = mean_step(value, half, n=n_shown, slack=SLACK).alias("step")
    return row.select(pl.all(), step, *mean_shown(value, limits, n=n_shown, slack=SLACK)).row(
        0, named=True
    )


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [
        # s = 1.008, limits 7 -/+ 0.26; nobody is above 7 + 8.2 (n at most 64): the step is at least
        # 0.2 x 15.2 / 56 = 0.054, so 0.1; and 0.26 + 0.05 is within 0.4.
        pytest.param([6.0, 8.0] * 30, (7.0, 6.6, 7.4), id="marks keep a decimal"),
        # Mean 198.33, s = 761.7, limits -/+ 196.8; a step of at least 0.2 x 6,000 / 60, so 50.
        pytest.param([100.0] * 59 + [6000.0], (200.0, -50.0, 450.0), id="one amount is most of it"),
    ],
)
def test_the_larger_the_largest_contribution_the_coarser(
    amounts: list[float], shown: tuple[float, float, float]
) -> None:
    told = stated(amounts, 60)
    assert (told["value"], told["lower"], told["upper"]) == pytest.approx(shown)


CENTS = st.integers(0, 10_000_000).map(lambda cents: cents / 100)


@settings(max_examples=60, deadline=None)
@given(st.lists(CENTS, min_size=50, max_size=90), st.integers(-SLACK, SLACK))
def test_whoever_knows_all_others_knows_nobody_within_ten_percent(
    amounts: list[float], off: int
) -> None:
    told = stated(amounts, len(amounts) + off)
    step = told["step"]
    # All means within half a step are shown the same: so far the last contribution can lie away.
    assert len(amounts) * step / 2 >= 0.1 * max(amounts) * (1 - 1e-6)
    assert abs(told["value"] - told["mean"]) <= step / 2 * (1 + 1e-6)
    assert told["lower"] <= told["low"] + 1e-6 * step
    assert told["upper"] >= told["high"] - 1e-6 * step
    assert told["upper"] - told["value"] == pytest.approx(told["value"] - told["lower"])


def test_a_median_and_its_limits_are_each_somebodys_own_and_leave_ten_percent() -> None:
    row = pl.select(value=340.0, lower=310.0, upper=420.0)
    limits = Limits(pl.col("lower"), pl.col("upper"))
    # A fifth of 420 is 84: steps of 100.
    assert row.select(median_shown(pl.col("value"), limits)).row(0) == (300.0, 300.0, 500.0)
