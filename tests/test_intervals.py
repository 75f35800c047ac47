import math
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from transforms.intervals import (
    COLOUR_LEVEL,
    TEXT_LEVEL,
    Limits,
    byar,
    difference,
    exact_poisson,
    mean,
    mean_difference,
    median_ranks,
    normal_quantile,
    poisson,
    rate,
    rate_ratio,
    share_difference,
    standardised,
    wilson,
)

SHARED = Path(os.environ.get("PRAATPLAAT_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PHE = SHARED / "data" / "phe"
reference = pytest.mark.skipif(not PHE.is_dir(), reason=f"no reference values in {PHE}")

Floats = NDArray[np.float64]
LEVELS = {"95%": TEXT_LEVEL, "99.8%": COLOUR_LEVEL}
X, N = pl.col("x"), pl.col("n")


def pair(limits: Limits, **values: float | None) -> tuple[float | None, float | None]:
    """Return the two limits for one row of values."""
    row = pl.DataFrame({name: [value] for name, value in values.items()}).select(*limits).row(0)
    return row[0], row[1]


def known(limits: Limits, **values: float) -> tuple[float, float]:
    lower, upper = pair(limits, **values)
    assert lower is not None
    assert upper is not None
    return lower, upper


def agree(ours: pl.Series, theirs: pl.Series, relative: float = 1e-9) -> None:
    assert ours.is_null().to_list() == theirs.is_null().to_list()
    np.testing.assert_allclose(ours.drop_nulls(), theirs.drop_nulls(), rtol=relative)


# --- reference values of the public health indicators -------------------------------------------


@pytest.mark.shared
@reference
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("method", "limits"), [("Wilson", wilson), ("Byars", byar)])
def test_wilson_and_byar_give_the_reference_limits(
    method: str, limits: Callable[..., Limits], level: str
) -> None:
    rows = pl.read_csv(PHE / "Byars_Wilson__testdata_B_W.csv").filter(
        pl.col("method") == method, pl.col("confidence") == level
    )
    assert len(rows) == (4 if (method, level) == ("Byars", "99.8%") else 3)
    columns = (X, N) if method == "Wilson" else (X,)
    ours = rows.select(*limits(*columns, confidence=LEVELS[level]))
    agree(ours["lower"], rows["lowercl"])
    agree(ours["upper"], rows["uppercl"])


@pytest.mark.shared
@reference
@pytest.mark.parametrize(("level", "suffix"), [(TEXT_LEVEL, "95_0cl"), (COLOUR_LEVEL, "99_8cl")])
def test_shares_and_percentages_give_the_reference_limits(level: float, suffix: str) -> None:
    rows = pl.read_csv(PHE / "Proportion__testdata_Prop.csv")
    assert len(rows) == 19
    limits = wilson(pl.col("Numerator"), pl.col("Denominator"), confidence=level)
    ours = rows.select(bound * pl.col("multiplier") for bound in limits)
    agree(ours["lower"], rows[f"lower{suffix}"])
    agree(ours["upper"], rows[f"upper{suffix}"])


@pytest.mark.shared
@reference
@pytest.mark.parametrize(("level", "suffix"), [(TEXT_LEVEL, "95_0cl"), (COLOUR_LEVEL, "99_8cl")])
def test_means_give_the_reference_limits(level: float, suffix: str) -> None:
    values = pl.read_csv(PHE / "Mean__testdata_Mean.csv")
    expected = pl.read_csv(PHE / "Mean__testdata_Mean_results.csv").sort("area")
    together = values.with_columns(area=pl.lit("No grouping"))
    value = pl.col("values")
    sums = (
        pl.concat([values, together])
        .group_by("area")
        .agg(n=value.count(), average=value.mean(), sd=value.std(ddof=1))
    )
    limits = mean(pl.col("n"), pl.col("average"), pl.col("sd"), confidence=level)
    ours = sums.sort("area").with_columns(*limits)
    assert ours["area"].to_list() == expected["area"].to_list()
    agree(ours["lower"], expected[f"lower{suffix}"])
    agree(ours["upper"], expected[f"upper{suffix}"])


# --- tables by hand -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        (8, 10, 0.490162, 0.943318),
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
        (1, 1, 0.206549, 1.0),
        (7.5, 8, 0.597703, 0.993440),
    ],
)
def test_wilson_gives_these_limits_of_x_of_n(
    x: float, n: float, lower: float, upper: float
) -> None:
    assert known(wilson(X, N), x=x, n=n) == pytest.approx((lower, upper), abs=1e-6)


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [
        (0, 0.0, 3.688879),
        (1, 0.025318, 5.571643),
        (5, 1.623486, 11.668332),
        (9, 4.115373, 17.084803),
    ],
)
def test_the_exact_limits_of_a_few_events_are_those_of_the_tables(
    events: int, lower: float, upper: float
) -> None:
    assert known(exact_poisson(X), x=events) == pytest.approx((lower, upper), abs=1e-6)
    assert known(poisson(X), x=events) == known(exact_poisson(X), x=events)


def test_from_ten_events_on_byar_takes_over() -> None:
    # 10(1 - 1/90 - 1.959964/(3 * 3.162278))^3 and 11(1 - 1/99 + 1.959964/(3 * 3.316625))^3
    assert known(poisson(X), x=10) == pytest.approx((4.787450, 18.391459), abs=1e-6)
    assert known(poisson(X), x=10) == known(byar(X), x=10)
    assert known(poisson(X), x=9.999) == known(exact_poisson(X), x=9.999)


def test_a_rate_is_the_count_per_so_many_inhabitants() -> None:
    lower, upper = known(rate(X, N), x=5, n=2000)
    assert (lower, upper) == pytest.approx((1.623486 / 2, 11.668332 / 2), abs=1e-6)
    assert known(rate(X, N, multiplier=100.0), x=5, n=2000) == pytest.approx(
        (lower / 10, upper / 10)
    )


def test_an_indirectly_standardised_rate_is_a_rate_on_the_expected_events() -> None:
    # 65 observed, 50 expected, 12.0 per 1,000 in the reference: 15.6 (12.0 to 19.9).
    lower, upper = known(rate(X, N, multiplier=12.0), x=65, n=50)
    assert (lower, upper) == pytest.approx((50.16318771 * 0.24, 82.84913855 * 0.24))


def test_dobson_moves_byars_limits_to_the_standardised_rate() -> None:
    limits = standardised(pl.col("value"), pl.col("variance"), X)
    # 25 events, limits 16.17427 and 36.90645; √(100/25) = 2, so twice as far from 80.
    lower, upper = known(byar(X), x=25)
    expected = (80 + 2 * (lower - 25), 80 + 2 * (upper - 25))
    assert known(limits, value=80, variance=100, x=25) == pytest.approx(expected)
    assert expected == pytest.approx((62.34853, 103.81290), abs=1e-5)
    assert pair(limits, value=80, variance=100, x=9) == (None, None)


def test_a_mean_of_four_values_uses_three_degrees_of_freedom() -> None:
    # t(0.975; 3) = 3.182446, times 2/√4
    limits = mean(N, pl.col("average"), pl.col("sd"))
    assert known(limits, n=4, average=10, sd=2) == pytest.approx((6.817554, 13.182446), abs=1e-6)


@pytest.mark.parametrize(
    ("n", "first", "last"), [(6, 1, 6), (10, 2, 9), (20, 6, 15), (50, 18, 33), (100, 40, 61)]
)
def test_the_median_lies_between_these_ranks(n: int, first: int, last: int) -> None:
    assert pair(median_ranks(N), n=n) == (first, last)


def test_five_values_bound_no_median() -> None:
    assert pair(median_ranks(N), n=5) == (None, None)


def test_the_ranks_of_the_median_are_those_of_the_binomial_for_every_n() -> None:
    sizes = np.arange(6, 400)
    ours = pl.DataFrame({"n": sizes}).select(*median_ranks(N))
    assert ours["lower"].to_list() == stats.binom.ppf(0.025, sizes, 0.5).tolist()
    assert (ours["lower"] + ours["upper"]).to_list() == (sizes + 1).tolist()


@pytest.mark.parametrize(
    ("x", "n", "other_x", "other_n", "lower", "upper"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (10, 10, 0, 10, 0.6075, 1.0),
    ],
)
def test_the_difference_of_two_shares_is_that_of_newcombes_table(
    x: int, n: int, other_x: int, other_n: int, lower: float, upper: float
) -> None:
    limits = share_difference(X, N, pl.col("y"), pl.col("m"))
    ours = known(limits, x=x, n=n, y=other_x, m=other_n)
    assert ours == pytest.approx((lower, upper), abs=5e-5)
    oracle = confint_proportions_2indep(
        x, n, other_x, other_n, method="newcomb", compare="diff", alpha=0.05
    )
    assert ours == pytest.approx(oracle, abs=1e-9)


def test_published_limits_alone_give_the_difference_of_two_figures() -> None:
    # 30 (26 to 34) against 20 (17 to 23): 10 -/+ √(4² + 3²)
    row = {"a": 30, "al": 26, "au": 34, "b": 20, "bl": 17, "bu": 23}
    now, then = (Limits(pl.col(f"{name}l"), pl.col(f"{name}u")) for name in "ab")
    assert known(difference(pl.col("a"), now, pl.col("b"), then), **row) == (5, 15)


def test_the_ratio_of_two_rates_has_the_limits_of_the_conditional_binomial() -> None:
    limits = rate_ratio(X, N, pl.col("y"), pl.col("m"))
    for x, n, y, m in [(60, 514.775, 30, 543.087), (41, 28010, 15, 19017), (3, 100, 9, 80)]:
        share = stats.binomtest(x, x + y).proportion_ci(0.95, "exact")
        expected = tuple(p / (1 - p) * m / n for p in share)
        assert known(limits, x=x, n=n, y=y, m=m) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("x", "other_x", "lower", "upper"),
    [(5, 0, "finite", math.inf), (0, 5, 0.0, "finite"), (0, 0, None, None)],
)
def test_a_ratio_of_rates_without_events_on_a_side_is_open_there(
    x: int, other_x: int, lower: float | str | None, upper: float | str | None
) -> None:
    limits = rate_ratio(X, N, pl.col("y"), pl.col("m"))
    for ours, expected in zip(
        pair(limits, x=x, n=1000, y=other_x, m=1000), (lower, upper), strict=True
    ):
        if expected == "finite":
            assert ours is not None
            assert 0 < ours < math.inf
        else:
            assert ours == expected


def test_a_definite_ratio_of_rates_is_significant_by_the_conditional_test() -> None:
    limits = rate_ratio(X, pl.lit(1000), pl.col("y"), pl.lit(1500), confidence=COLOUR_LEVEL)
    counts = [(x, y) for x in range(0, 60, 4) for y in range(5, 60, 5)]
    frame = pl.DataFrame(counts, schema=["x", "y"], orient="row").with_columns(*limits)
    definite = frame.filter((pl.col("lower") > 1) | (pl.col("upper") < 1))
    assert len(definite) > 50
    for x, y, _, _ in definite.iter_rows():
        assert poisson_test(x, 1000, y, 1500, method="exact-cond").pvalue <= 0.002


def test_the_difference_of_two_means_is_welchs() -> None:
    one, two = [3.0, 4.5, 5.0, 7.5, 8.0], [1.0, 1.5, 1.25, 3.0]
    limits = mean_difference(
        (pl.lit(5), pl.lit(np.mean(one)), pl.lit(np.std(one, ddof=1))),
        (pl.lit(4), pl.lit(np.mean(two)), pl.lit(np.std(two, ddof=1))),
    )
    oracle = stats.ttest_ind(one, two, equal_var=False).confidence_interval(0.95)
    assert pl.select(*limits).row(0) == pytest.approx(tuple(oracle), rel=1e-9)


# --- where there are no limits ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "n"), [(None, 10), (10, None), (None, None), (0, 0), (11, 10), (-1, 10), (math.nan, 10)]
)
def test_no_limits_of_a_share_where_it_does_not_exist(x: float | None, n: float | None) -> None:
    assert pair(wilson(X.cast(pl.Float64), N.cast(pl.Float64)), x=x, n=n) == (None, None)


@pytest.mark.parametrize(("x", "n"), [(None, 10), (3, None), (3, 0), (-1, 10)])
def test_no_limits_of_a_rate_where_it_does_not_exist(x: float | None, n: float | None) -> None:
    assert pair(rate(X, N), x=x, n=n) == (None, None)


@pytest.mark.parametrize(("n", "sd"), [(1, 2.0), (0, 2.0), (None, 2.0), (5, None), (5, -1.0)])
def test_no_limits_of_a_mean_of_fewer_than_two_values(n: int | None, sd: float | None) -> None:
    assert pair(mean(N, pl.lit(7.0), pl.col("sd")), n=n, sd=sd) == (None, None)


def test_byar_ends_where_its_lower_limit_would_be_negative() -> None:
    lower, upper = pair(byar(X, confidence=COLOUR_LEVEL), x=1)
    assert lower is None
    assert upper == pytest.approx(9.362180217908362)


def test_an_empty_frame_has_empty_limits() -> None:
    empty = pl.DataFrame(schema={"x": pl.Int64, "n": pl.Int64})
    for limits in (wilson(X, N), rate(X, N), median_ranks(N), rate_ratio(X, N, X, N)):
        assert empty.select(*limits).schema == {"lower": pl.Float64, "upper": pl.Float64}


def test_a_confidence_in_per_cent_is_refused() -> None:
    with pytest.raises(ValueError, match=r"such as 0\.95; not 95"):
        wilson(X, N, confidence=95)


def test_two_levels_stand_side_by_side_under_their_own_names() -> None:
    frame = pl.DataFrame({"x": [8], "n": [10]}).with_columns(
        *wilson(X, N), *wilson(X, N, confidence=COLOUR_LEVEL).suffixed("_998")
    )
    assert frame.columns == ["x", "n", "lower", "upper", "lower_998", "upper_998"]
    assert normal_quantile(COLOUR_LEVEL) == pytest.approx(3.090232306167813)


# --- what holds for every count -----------------------------------------------------------------

steadily = settings(derandomize=True, deadline=None, max_examples=60)
shares = st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.sampled_from([TEXT_LEVEL, COLOUR_LEVEL])


@steadily
@given(shares, levels)
def test_wilson_holds_the_share_and_stays_between_0_and_1(
    counts: tuple[int, int], level: float
) -> None:
    x, n = counts
    lower, upper = known(wilson(X, N, confidence=level), x=x, n=n)
    assert 0 <= lower <= x / n <= upper <= 1
    assert (lower == 0) == (x == 0)
    assert (upper == 1) == (x == n)


@steadily
@given(shares, levels)
def test_wilson_of_the_others_is_its_mirror_image(counts: tuple[int, int], level: float) -> None:
    x, n = counts
    lower, upper = known(wilson(X, N, confidence=level), x=x, n=n)
    mirrored = known(wilson(X, N, confidence=level), x=n - x, n=n)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@steadily
@given(shares, levels)
def test_more_counted_raises_both_limits_of_a_share_and_more_persons_lower_them(
    counts: tuple[int, int], level: float
) -> None:
    x, n = counts
    limits = wilson(X, N, confidence=level)
    here, more = known(limits, x=x, n=n + 1), known(limits, x=x + 1, n=n + 1)
    fewer = known(limits, x=x, n=n)
    assert here[0] <= more[0]
    assert here[1] <= more[1]
    assert here[0] <= fewer[0]
    assert here[1] <= fewer[1]


@steadily
@given(st.integers(0, 10**6), levels)
def test_the_limits_of_a_count_hold_it_and_rise_with_it(x: int, level: float) -> None:
    for method in (exact_poisson, poisson):
        here = known(method(X, confidence=level), x=x)
        next_one = known(method(X, confidence=level), x=x + 1)
        assert here[0] <= x < here[1]
        assert here[0] < next_one[0]
        assert here[1] < next_one[1]


@steadily
@given(shares)
def test_a_surer_interval_holds_the_less_sure_one(counts: tuple[int, int]) -> None:
    x, n = counts
    for narrow, wide in (
        (wilson(X, N), wilson(X, N, confidence=COLOUR_LEVEL)),
        (rate(X, N), rate(X, N, confidence=COLOUR_LEVEL)),
    ):
        inner, outer = known(narrow, x=x, n=n), known(wide, x=x, n=n)
        assert outer[0] <= inner[0] <= inner[1] <= outer[1]


@steadily
@given(st.integers(2, 10**5), st.floats(-1e6, 1e6), st.floats(0, 1e6), levels)
def test_the_limits_of_a_mean_lie_equally_far_from_it(
    n: int, average: float, sd: float, level: float
) -> None:
    limits = mean(N, pl.col("average"), pl.col("sd"), confidence=level)
    lower, upper = known(limits, n=n, average=average, sd=sd)
    assert lower <= average <= upper
    assert average - lower == pytest.approx(upper - average, rel=1e-6, abs=1e-6)


# --- coverage by simulation, with a fixed seed --------------------------------------------------

DRAWS = 20_000


def covered(limits: Limits, frame: pl.DataFrame) -> float:
    """Return the mean over the grid of how often the limits hold the truth, in per cent."""
    holds = (limits.lower <= pl.col("truth")) & (pl.col("truth") <= limits.upper)
    value = frame.select(holds.mean() * 100).item()
    assert isinstance(value, float)
    return value


def test_wilson_covers_the_true_share_in_94_to_96_5_per_cent_of_draws() -> None:
    chance = np.random.default_rng(20261)
    grid = [(n, p) for n in (50, 80, 150, 400, 1000) for p in (0.02, 0.05, 0.1, 0.2, 0.35, 0.5)]
    n, truth = (np.repeat(column, DRAWS) for column in zip(*grid, strict=True))
    frame = pl.DataFrame({"x": chance.binomial(n, truth), "n": n, "truth": truth})
    assert 94.0 <= covered(wilson(X, N), frame) <= 96.5
    assert 99.6 <= covered(wilson(X, N, confidence=COLOUR_LEVEL), frame) <= 99.95


def test_the_limits_of_a_count_cover_the_truth_in_94_to_96_5_per_cent_and_exact_in_95() -> None:
    chance = np.random.default_rng(20262)
    truth = np.repeat([10.5, 12.0, 17.0, 25.0, 40.0, 75.0, 150.0, 500.0], DRAWS)
    frame = pl.DataFrame({"x": chance.poisson(truth), "truth": truth})
    assert 94.0 <= covered(poisson(X), frame) <= 96.5
    assert covered(exact_poisson(X), frame) >= 95.0


def test_students_limits_cover_the_true_mean_in_94_to_96_5_per_cent_of_draws() -> None:
    chance = np.random.default_rng(20263)
    samples = [chance.normal(7.0, 1.5, (DRAWS // 4, n)) for n in (50, 100, 400)]
    sums = [
        (s.shape[1], m, d)
        for s in samples
        for m, d in zip(s.mean(1), s.std(1, ddof=1), strict=True)
    ]
    frame = pl.DataFrame(sums, schema=["n", "average", "sd"], orient="row").with_columns(truth=7.0)
    assert 94.0 <= covered(mean(N, pl.col("average"), pl.col("sd")), frame) <= 96.5


def test_the_difference_of_two_shares_covers_the_truth_in_94_to_96_5_per_cent_of_draws() -> None:
    chance = np.random.default_rng(20264)
    grid = [
        (n, m, p, q) for n in (50, 200) for m in (50, 400) for p in (0.1, 0.4) for q in (0.1, 0.5)
    ]
    n, m, p, q = (np.repeat(column, DRAWS) for column in zip(*grid, strict=True))
    frame = pl.DataFrame(
        {"x": chance.binomial(n, p), "n": n, "y": chance.binomial(m, q), "m": m, "truth": p - q}
    )
    assert 94.0 <= covered(share_difference(X, N, pl.col("y"), pl.col("m")), frame) <= 96.5
