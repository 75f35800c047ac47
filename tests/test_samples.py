import numpy as np
import polars as pl
import pytest
from scipy import stats

from transforms.intervals import COLOUR_LEVEL, Limits
from transforms.samples import mean_of, median_of, of_population

DAYS = pl.col("days")


def drawn(count: int) -> list[float]:
    return [float(day) for day in np.random.default_rng(20266).lognormal(3, 1, count)]


@pytest.mark.parametrize("level", [0.95, COLOUR_LEVEL])
@pytest.mark.parametrize("count", [6, 10, 11, 57, 400])
def test_the_limits_of_a_median_are_those_of_the_test_of_quantiles(
    count: int, level: float
) -> None:
    values = drawn(count)
    ours = pl.DataFrame({"days": values}).select(*median_of(DAYS, confidence=level)).row(0)
    theirs = stats.quantile_test(values).confidence_interval(level)
    if count == 6 and level == COLOUR_LEVEL:
        assert ours == (None, None)
    else:
        assert ours == (theirs.low, theirs.high)


@pytest.mark.parametrize("level", [0.95, COLOUR_LEVEL])
def test_the_limits_of_a_mean_are_those_of_student(level: float) -> None:
    values = drawn(25)
    ours = pl.DataFrame({"days": values}).select(*mean_of(DAYS, confidence=level)).row(0)
    assert ours == pytest.approx(tuple(stats.ttest_1samp(values, 0).confidence_interval(level)))


def test_each_group_has_its_own_limits_and_what_is_not_known_is_not_counted() -> None:
    rows = [*(("a", day) for day in (5, 3, 1, 2, 6, 4)), ("a", None), *[("b", 7)] * 5]
    frame = pl.DataFrame(rows, schema=["area", "days"], orient="row")
    grouped = frame.group_by("area", maintain_order=True)
    assert grouped.agg(*median_of(DAYS)).rows() == [("a", 1.0, 6.0), ("b", None, None)]
    means = grouped.agg(*mean_of(DAYS)).rows()
    # 3.5 -/+ t(0.975; 5) = 2.570582 times 1.870829/√6
    assert means[0] == ("a", pytest.approx(1.536686, abs=1e-6), pytest.approx(5.463314, abs=1e-6))
    assert means[1] == ("b", 7.0, 7.0)


@pytest.mark.parametrize(
    ("n", "population", "lower", "upper"),
    [
        # √(75/99) = 0.870388
        (25, 100, 0.6 - 0.2 * 0.870388, 0.6 + 0.1 * 0.870388),
        (10, 100, 0.4, 0.7),
        (100, 100, 0.6, 0.6),
        (1, 1, 0.6, 0.6),
        (101, 100, None, None),
    ],
)
def test_whoever_asked_many_knows_more(
    n: int, population: int, lower: float | None, upper: float | None
) -> None:
    limits = Limits(pl.lit(0.4), pl.lit(0.7))
    ours = pl.select(*of_population(pl.lit(0.6), limits, pl.lit(n), pl.lit(population))).row(0)
    assert ours == ((None, None) if lower is None else pytest.approx((lower, upper), abs=1e-6))
