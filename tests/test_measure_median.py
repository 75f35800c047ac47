"""A median: amounts beside the middle one, by hand and by a slow reference."""

import statistics
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tiny_agreement import agreement, areas, deliveries, indicator, table

from sources.agreement.model import Counts, Quantity, Way
from transforms.indicators import observe

ONE = indicator(way=Way.MEDIAN, numerator=Quantity(counts=Counts.PERSONS, sum_of="bedrag"))


def observed(rows: pl.DataFrame) -> dict[str, float | None]:
    found = observe(
        agreement(indicators={"I01": ONE}),
        {"meldingen": rows.with_columns(pl.lit("gemeente").alias("_partner"))},
        areas(),
        quarters=("2026K3",),
        known_at=date(2026, 10, 28),
        deliveries=deliveries(("gemeente", "meldingen", "2026K3", True)),
    )
    (row,) = found.to_dicts()
    return {name: row[name] for name in ("numerator", "denominator", "value", "lower", "upper")}


def test_the_middle_of_what_is_known_with_the_ranks_that_bound_it() -> None:
    rows = table("""
        dag        | plaats | bedrag
        2026-07-01 | 9901AA | 10.5
        2026-07-02 | 9901AA | 400.0
        2026-07-03 | 9902AA | 20.0
        2026-07-04 | 9902AA | -
        2026-07-05 | 1234ZZ | 30.0
        2026-07-06 | 1234ZZ | 30.0
        2026-07-07 | 9901AA | 50.0
        """)
    # 10.5 20 30 30 50 400; with six the limits are the first and the last (0.5^6 = 1.6 %).
    expected = {"numerator": None, "denominator": 6.0, "value": 30.0, "lower": 10.5, "upper": 400.0}
    assert observed(rows) == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=60))
def test_it_is_the_median_of_python_with_the_limits_of_scipy(amounts: list[int]) -> None:
    rows = pl.DataFrame({"dag": [date(2026, 8, 1)] * len(amounts), "bedrag": amounts})
    found = observed(rows.with_columns(pl.lit("9901AA").alias("plaats")))
    assert found["value"] == statistics.median(amounts)
    limits = stats.quantile_test(amounts, q=0, p=0.5).confidence_interval(0.95)
    if len(amounts) >= 6:
        assert (found["lower"], found["upper"]) == (limits.low, limits.high)
    else:
        assert (found["lower"], found["upper"]) == (None, None)
