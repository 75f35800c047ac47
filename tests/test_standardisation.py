"""Standardised rates beside the same sums by hand, and beside loops in plain Python."""

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_agreement import table

from transforms.intervals import COLOUR_LEVEL, byar, exact_poisson, normal_quantile
from transforms.standardisation import direct, direct_repeated, indirect

STRATA = """
    area | band | x  | n    | weight
    a    | jong | 10 | 1000 | 6000
    a    | oud  | 30 | 500  | 4000
    b    | jong | 4  | 1000 | 6000
    b    | oud  | 5  | 500  | 4000
"""
AREA = ["area"]


def strata(drawn: str = STRATA) -> pl.DataFrame:
    return table(drawn).with_columns(pl.col("^(x|n|weight|reference_.)$").cast(pl.Float64))


def byar_of(x: float, confidence: float = 0.95) -> tuple[float, float]:
    z = normal_quantile(confidence)
    low = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
    high = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * math.sqrt(x + 1))) ** 3
    return low, high


def test_a_directly_standardised_rate_weighs_each_band_as_the_standard_population() -> None:
    found = direct(strata(), AREA).row(0, named=True)
    # (0.6 · 10/1000 + 0.4 · 30/500) · 1000 = 30; variance 0.36 · 10/10⁶ + 0.16 · 30/250000 = 22.8
    assert (found["x"], found["n"], found["value"]) == (40, 1500, pytest.approx(30))
    assert found["variance"] == pytest.approx(22.8)
    low, high = byar_of(40)
    scale = math.sqrt(22.8 / 40)
    assert found["lower"] == pytest.approx(30 + scale * (low - 40), rel=1e-12)
    assert found["upper"] == pytest.approx(30 + scale * (high - 40), rel=1e-12)


def test_of_fewer_than_ten_events_no_standardised_rate_is_told() -> None:
    found = direct(strata(), AREA).row(1, named=True)
    assert (found["area"], found["x"]) == ("b", 9)
    assert [found[name] for name in ("value", "variance", "lower", "upper")] == [None] * 4


def test_all_areas_together_are_one_rate() -> None:
    found = direct(strata(), [], multiplier=1.0).row(0, named=True)
    assert found["x"] == 49
    # Both areas weigh the same, so the rate is the mean of 30 and 6.4 per 1,000.
    assert found["value"] == pytest.approx(0.0182)


def test_an_unknown_count_is_no_events_and_a_band_without_people_no_rate() -> None:
    unknown = strata().with_columns(x=pl.when(pl.col("x") == 10).then(None).otherwise(pl.col("x")))
    assert direct(unknown, AREA)["value"][0] == pytest.approx(24)
    empty = strata().with_columns(n=pl.when(pl.col("x") == 10).then(0).otherwise(pl.col("n")))
    assert direct(empty, AREA).row(0)[3:] == (None,) * 4


def test_events_of_the_same_people_make_a_rate_less_certain() -> None:
    drawn = """
        area | band | events | people | n    | weight
        a    | jong | 1      | 4      | 1000 | 6000
        a    | jong | 3      | 2      | 1000 | 6000
        a    | oud  | 1      | 15     | 500  | 4000
        a    | oud  | 3      | 5      | 500  | 4000
    """
    repeated = table(drawn).with_columns(pl.col("n", "weight", "events", "people").cast(pl.Int64))
    found = direct_repeated(repeated, AREA).row(0, named=True)
    # The same 10 and 30 events; 4 · 1 + 2 · 9 = 22 and 15 · 1 + 5 · 9 = 60 for the variance.
    assert (found["x"], found["n"], found["value"]) == (40, 1500, pytest.approx(30))
    assert found["variance"] == pytest.approx((0.36 * 22 / 1e6 + 0.16 * 60 / 250_000) * 1e6)
    assert found["upper"] > direct(strata(), AREA)["upper"][0]


def test_events_that_all_happen_once_are_independent() -> None:
    once = strata().with_columns(events=pl.lit(1)).rename({"x": "people"})
    columns = ["area", "x", "n", "value", "variance", "lower", "upper"]
    assert direct_repeated(once, AREA).select(columns).rows() == direct(strata(), AREA).rows()


REFERENCE = """
    area | band | x  | n    | reference_x | reference_n
    a    | jong | 10 | 1000 | 80          | 10000
    a    | oud  | 30 | 500  | 200         | 5000
    b    | jong | 1  | 100  | 80          | 10000
    b    | oud  | 2  | 50   | 200         | 5000
"""


def test_an_indirectly_standardised_rate_is_observed_over_expected_times_the_reference() -> None:
    first, second = indirect(strata(REFERENCE), AREA).rows(named=True)
    # 1000 · 80/10000 + 500 · 200/5000 = 28 expected; 280 of 15,000 is 18.67 per 1,000.
    assert (first["x"], first["expected"]) == (40, pytest.approx(28))
    assert first["reference_rate"] == pytest.approx(280 / 15)
    assert first["ratio"] == pytest.approx(40 / 28)
    low, high = byar_of(40)
    assert first["value"] == pytest.approx(40 / 28 * 280 / 15)
    assert (first["lower"], first["upper"]) == pytest.approx(
        (low / 28 * 280 / 15, high / 28 * 280 / 15), rel=1e-12
    )
    few = pl.select(*exact_poisson(pl.lit(3))).row(0)
    assert (second["lower"], second["upper"]) == pytest.approx(
        tuple(limit / 2.8 * 280 / 15 for limit in few), rel=1e-12
    )


def test_nothing_expected_is_no_ratio() -> None:
    nobody = strata(REFERENCE).with_columns(n=pl.lit(0.0))
    assert indirect(nobody, AREA).select("ratio", "value", "lower", "upper").row(0) == (None,) * 4


bands = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 5000), st.floats(0.5, 9000)),
    min_size=1,
    max_size=8,
)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(bands, st.sampled_from([0.95, COLOUR_LEVEL]))
def test_a_standardised_rate_is_that_of_a_loop(
    drawn: list[tuple[int, int, float]], level: float
) -> None:
    rows = pl.DataFrame(drawn, schema=["x", "n", "weight"], orient="row")
    found = direct(rows, [], confidence=level).row(0, named=True)
    total, events = sum(w for *_, w in drawn), sum(x for x, *_ in drawn)
    value = sum(w * x / n for x, n, w in drawn) / total
    variance = sum(w * w * x / n**2 for x, n, w in drawn) / total**2
    if events < 10:
        assert found["value"] is None
        return
    low, high = (
        pl.select(*byar(pl.lit(events), confidence=level)).row(0)
        if level == COLOUR_LEVEL
        else byar_of(events)
    )
    scale = math.sqrt(variance / events)
    assert found["value"] == pytest.approx(1000 * value, rel=1e-9)
    assert found["lower"] == pytest.approx(1000 * (value + scale * (low - events)), rel=1e-9)
    assert found["upper"] == pytest.approx(1000 * (value + scale * (high - events)), rel=1e-9)
