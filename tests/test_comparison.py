import math
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.comparison import (
    COMPARISON,
    FUNNEL_LABEL,
    Comparison,
    FunnelLabel,
    apart,
    quantile_group,
    rate_against_baseline,
    rate_against_municipality,
    ratio_funnel,
    ratio_funnel_label,
    share_against_baseline,
    share_against_municipality,
    share_funnel,
    share_funnel_label,
    verdict,
)
from transforms.intervals import COLOUR_LEVEL, TEXT_LEVEL, Limits, exact_poisson, wilson

SHARED = Path(os.environ.get("PRAATPLAAT_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PHE = SHARED / "data" / "phe"
reference = pytest.mark.skipif(not PHE.is_dir(), reason=f"no reference values in {PHE}")
steadily = settings(derandomize=True, deadline=None, max_examples=60)

MORE, EQUAL, LESS, NOT_YET = Comparison
X, N, OTHER_X, OTHER_N = (pl.col(name) for name in ("x", "n", "other_x", "other_n"))
FOUR = (X, N, OTHER_X, OTHER_N)


def told(word: pl.Expr, *row: float | None) -> Comparison:
    frame = pl.DataFrame([row], schema=["x", "n", "other_x", "other_n"][: len(row)], orient="row")
    return Comparison(frame.select(word).item())


# --- an interval against a benchmark ------------------------------------------------------------


@pytest.mark.parametrize(
    ("lower", "upper", "benchmark", "word"),
    [
        (0.31, 0.42, 0.30, MORE),
        (0.30, 0.42, 0.30, EQUAL),
        (0.25, 0.42, 0.30, EQUAL),
        (0.25, 0.30, 0.30, EQUAL),
        (0.25, 0.29, 0.30, LESS),
        (None, 0.29, 0.30, NOT_YET),
        (0.25, None, 0.30, NOT_YET),
        (0.25, 0.29, None, NOT_YET),
        (math.nan, 0.29, 0.30, NOT_YET),
        (0.25, 0.29, math.nan, NOT_YET),
        (0.31, math.inf, 0.30, MORE),
    ],
)
def test_an_interval_lies_above_around_or_below_its_benchmark(
    lower: float | None, upper: float | None, benchmark: float | None, word: Comparison
) -> None:
    assert told(verdict(X, N, OTHER_X), lower, upper, benchmark) is word


def test_a_benchmark_may_be_a_constant() -> None:
    assert told(verdict(X, N, 30), 31, 42) is MORE


def test_the_word_is_a_column_of_the_four_words() -> None:
    frame = pl.DataFrame({"x": [1.0], "n": [2.0]}).select(verdict(X, N, 3.0))
    assert frame.schema == {"comparison": COMPARISON}
    assert COMPARISON.categories.to_list() == ["more", "about equal", "less", "not yet to be said"]


def test_everyone_of_twenty_is_about_equal_to_a_benchmark_of_all() -> None:
    assert told(verdict(*wilson(X, N, confidence=COLOUR_LEVEL), 1.0), 20, 20) is EQUAL


# --- an area against its municipality -----------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "n", "total_x", "total_n", "word"),
    [
        (60, 200, 400, 4000, MORE),
        (24, 200, 400, 4000, EQUAL),
        (2, 200, 400, 4000, LESS),
        # 26 of 80 is more than 20 % at 95 %, not at 99.8 %.
        (26, 80, 800, 4000, EQUAL),
        # Under twenty persons nothing is compared, however far apart.
        (19, 19, 400, 4000, NOT_YET),
        (20, 20, 400, 4000, MORE),
        # Above a tenth of the municipality: with the rest, 40 of 2,000.
        (360, 2000, 400, 4000, MORE),
        (40, 2000, 400, 4000, LESS),
        # The municipality itself has no rest.
        (400, 4000, 400, 4000, NOT_YET),
        (5, 200, None, 4000, NOT_YET),
        (5, 200, 400, None, NOT_YET),
        (None, 200, 400, 4000, NOT_YET),
        (5, None, 400, 4000, NOT_YET),
    ],
)
def test_an_areas_share_is_told_against_its_municipality(
    x: int | None, n: int | None, total_x: int | None, total_n: int | None, word: Comparison
) -> None:
    assert told(share_against_municipality(*FOUR), x, n, total_x, total_n) is word


@pytest.mark.parametrize(
    ("x", "n", "total_x", "total_n", "word"),
    [
        (40, 1000, 300, 25000, MORE),
        (15, 1000, 300, 25000, EQUAL),
        (1, 1000, 300, 25000, LESS),
        (200, 10000, 300, 25000, MORE),
        (60, 10000, 300, 25000, LESS),
        (125, 10000, 300, 25000, EQUAL),
        (0, 1000, 0, 25000, EQUAL),
        (0, 10000, 0, 25000, NOT_YET),
        (None, 1000, 300, 25000, NOT_YET),
    ],
)
def test_an_areas_rate_is_told_against_its_municipality(
    x: int | None, n: int, total_x: int, total_n: int, word: Comparison
) -> None:
    assert told(rate_against_municipality(*FOUR), x, n, total_x, total_n) is word


def test_a_large_area_is_not_compared_with_itself() -> None:
    # 660 of 3,000: 22 % is about the whole's 20 %, and more than the 14 % of the rest.
    whole = verdict(*wilson(X, N, confidence=COLOUR_LEVEL), OTHER_X / OTHER_N)
    assert told(whole, 660, 3000, 800, 4000) is EQUAL
    assert told(share_against_municipality(*FOUR), 660, 3000, 800, 4000) is MORE


def test_a_tenth_is_compared_with_the_whole_and_more_than_a_tenth_with_the_rest() -> None:
    # 126 of 400 against 1,000 of 4,000 is about equal to the whole, and more than the rest.
    counts = {"x": [126, 126], "n": [400, 400], "other_x": [1000, 1000], "other_n": [4000, 3999]}
    frame = pl.DataFrame(counts, schema=dict.fromkeys(counts, pl.UInt32))
    words = frame.select(share_against_municipality(*FOUR)).to_series().to_list()
    assert words == [EQUAL, MORE]


@pytest.mark.parametrize("size", [200, 400, 800, 2000, 3600])
def test_an_area_that_differs_in_nothing_is_called_different_in_two_of_a_thousand(
    size: int,
) -> None:
    chance, draws = np.random.default_rng(20265), 100_000
    here, there = chance.binomial(size, 0.2, draws), chance.binomial(4000 - size, 0.2, draws)
    frame = pl.DataFrame({"x": here, "other_x": here + there}).with_columns(
        n=pl.lit(size), other_n=pl.lit(4000)
    )
    definite = share_against_municipality(*FOUR).is_in([MORE, LESS])
    assert frame.select(definite.mean()).item() <= 0.0025


# --- now against the baseline -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "n", "other_x", "other_n", "word"),
    [
        (80, 100, 50, 100, MORE),
        (60, 100, 50, 100, EQUAL),
        (20, 100, 50, 100, LESS),
        # 65 % lies outside the interval of the baseline, whose own certainty is no better.
        (65, 100, 48, 100, EQUAL),
        (15, 15, 50, 100, NOT_YET),
        (80, 100, 5, 19, NOT_YET),
        (None, 100, 50, 100, NOT_YET),
        (80, 100, None, None, NOT_YET),
    ],
)
def test_a_share_is_told_against_its_baseline(
    x: int | None, n: int, other_x: int | None, other_n: int | None, word: Comparison
) -> None:
    assert told(share_against_baseline(*FOUR), x, n, other_x, other_n) is word


@pytest.mark.parametrize(
    ("x", "n", "other_x", "other_n", "word"),
    [
        (90, 5000, 40, 5000, MORE),
        (50, 5000, 40, 5000, EQUAL),
        (10, 5000, 40, 5000, LESS),
        (80, 10000, 40, 5000, EQUAL),
        (20, 5000, 0, 5000, MORE),
        (0, 5000, 20, 5000, LESS),
        (0, 5000, 0, 5000, NOT_YET),
        (None, 5000, 40, 5000, NOT_YET),
    ],
)
def test_a_rate_is_told_against_its_baseline(
    x: int | None, n: int, other_x: int, other_n: int, word: Comparison
) -> None:
    assert told(rate_against_baseline(*FOUR), x, n, other_x, other_n) is word


@steadily
@given(*[st.integers(0, 300)] * 2, *[st.integers(300, 3000)] * 2)
def test_what_is_more_than_the_other_makes_the_other_less(
    x: int, other_x: int, n: int, other_n: int
) -> None:
    opposite = {MORE: LESS, LESS: MORE}
    for compare in (share_against_baseline, rate_against_baseline):
        word = told(compare(*FOUR), x, n, other_x, other_n)
        swapped = told(compare(*FOUR), other_x, other_n, x, n)
        assert swapped is opposite.get(word, word)


# --- funnels ------------------------------------------------------------------------------------


@pytest.mark.shared
@reference
@pytest.mark.parametrize(("level", "sigma"), [(TEXT_LEVEL, "2s"), (COLOUR_LEVEL, "3s")])
def test_funnel_limits_of_a_ratio_are_the_reference_ones(level: float, sigma: str) -> None:
    rows = pl.read_csv(PHE / "testdata_funnel_ratio_outputs.csv")
    assert len(rows) == 100
    observed = pl.col(rows.columns[0])
    expected = rows.select(*exact_poisson(observed, confidence=level))
    ratio = rows.select(bound * 100 for bound in ratio_funnel(observed, confidence=level))
    for ours, theirs in (
        # Many expected is where the observed count becomes too few: the lower limit.
        (expected["upper"], rows[f"lower_{sigma}_exp_events"]),
        (expected["lower"], rows[f"upper_{sigma}_exp_events"]),
        (ratio["lower"], rows[f"lower_{sigma}_isr"]),
        (ratio["upper"], rows[f"upper_{sigma}_isr"]),
    ):
        np.testing.assert_allclose(ours, theirs, rtol=5e-5)


@pytest.mark.shared
@reference
def test_funnel_labels_of_a_ratio_are_the_reference_ones() -> None:
    rows = pl.read_csv(PHE / "testdata_funnel_ratio_inputs.csv")
    assert len(rows) == 300
    ours = rows.select(ratio_funnel_label(pl.col("obs"), pl.col("expected"))).to_series()
    assert ours.dtype == FUNNEL_LABEL
    assert ours.cast(pl.String).to_list() == rows["significance"].to_list()


@pytest.mark.parametrize(
    ("n", "benchmark", "lower", "upper"),
    [(50, 0.05, 0.0, 0.110410), (100, 0.5, 0.402002, 0.597998), (10, 0.9, 0.714061, 1.0)],
)
def test_the_funnel_of_a_share_narrows_with_its_persons_and_stays_between_0_and_1(
    n: int, benchmark: float, lower: float, upper: float
) -> None:
    row = pl.DataFrame({"n": [n], "x": [benchmark]}).select(*share_funnel(N, X)).row(0)
    assert row == pytest.approx((lower, upper), abs=1e-6)


@pytest.mark.parametrize(
    ("x", "label"),
    [
        (80, FunnelLabel.HIGH_3),
        (61, FunnelLabel.HIGH_2),
        (59, FunnelLabel.WITHIN),
        (41, FunnelLabel.WITHIN),
        (39, FunnelLabel.LOW_2),
        (20, FunnelLabel.LOW_3),
        (None, None),
    ],
)
def test_a_share_of_a_hundred_is_labelled_in_the_funnel_around_a_half(
    x: int | None, label: FunnelLabel | None
) -> None:
    frame = pl.DataFrame({"x": [x], "n": [100]}, schema={"x": pl.Int64, "n": pl.Int64})
    assert frame.select(share_funnel_label(X, N, 0.5)).item() == label


@steadily
@given(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.floats(0.01, 0.99),
)
def test_a_share_lies_in_its_funnel_where_its_interval_holds_the_benchmark(
    counts: tuple[int, int], benchmark: float
) -> None:
    x, n = counts
    frame = pl.DataFrame({"x": [x], "n": [n], "p": [benchmark]}).with_columns(
        *share_funnel(N, pl.col("p"))
    )
    share, (lower, upper) = x / n, frame.select("lower", "upper").row(0)
    if min(abs(share - lower), abs(share - upper)) > 1e-9:
        word = told(verdict(*wilson(X, N), benchmark), x, n)
        assert (word is EQUAL) == (lower <= share <= upper)


# --- two areas beside each other, and areas in groups -------------------------------------------


@pytest.mark.parametrize(
    ("lower", "upper", "other_lower", "other_upper", "word"),
    [
        (5, 6, 1, 4, MORE),
        (5, 6, 1, 5, EQUAL),
        (1, 9, 4, 5, EQUAL),
        (4, 5, 1, 9, EQUAL),
        (1, 4, 5, 6, LESS),
        (None, 4, 5, 6, NOT_YET),
        (1, 4, 5, math.nan, NOT_YET),
    ],
)
def test_two_intervals_lie_apart_or_overlap(
    lower: float | None, upper: float, other_lower: float, other_upper: float, word: Comparison
) -> None:
    word_of_both = apart(Limits(X, N), Limits(OTHER_X, OTHER_N))
    assert told(word_of_both, lower, upper, other_lower, other_upper) is word


@pytest.mark.parametrize(
    ("values", "groups", "highest_first", "expected"),
    [
        # ⌊6 - ⌈(11 - rank)/2⌉⌋ of ten values
        (range(1, 11), 5, False, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
        (range(1, 11), 5, True, [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]),
        # Equal values share the least rank, and so the group.
        ([1, 2, 2, 2, 2, 6], 3, False, [1, 1, 1, 1, 1, 3]),
        # ⌊5 - ⌈(8 - rank)/1.75⌉⌋: seven values do not divide by four.
        (range(1, 8), 4, False, [1, 1, 2, 2, 3, 3, 4]),
        ([3, None, 1, math.nan, 2], 3, False, [3, None, 1, None, 2]),
        ([3, None, 1], 3, False, [None, None, None]),
    ],
)
def test_values_fall_in_groups_of_equal_size(
    values: Sequence[float | None],
    groups: int,
    highest_first: bool,
    expected: list[int | None],
) -> None:
    frame = pl.DataFrame({"x": list(values)}, strict=False)
    found = frame.select(quantile_group(X, groups, highest_first=highest_first))
    assert found["quantile_group"].to_list() == expected


def test_areas_fall_in_groups_within_their_region() -> None:
    frame = pl.DataFrame({"x": [1, 2, 30, 10, 20], "region": ["a", "a", "b", "b", "b"]})
    found = frame.select(quantile_group(X, 2).over("region").alias("group"))
    assert found["group"].to_list() == [2, 1, 1, 2, 1]
