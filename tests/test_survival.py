"""Kaplan and Meier's curve beside a table worked out by hand, a slow reference, and statsmodels."""

import math
import time
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from statsmodels.duration.survfunc import SurvfuncRight
from tiny_agreement import table

from transforms.survival import curves, quantile

BY = ["area"]

Wait = tuple[int, bool]  # days, and whether it ended


def frame(waits: Sequence[Wait], area: str = "a") -> pl.DataFrame:
    rows = [(area, days, int(over), int(not over)) for days, over in waits]
    every = pl.DataFrame(rows, schema=["area", "time", "ended", "open"], orient="row")
    return every.group_by("area", "time").agg(pl.col("ended", "open").sum())


def test_who_still_waits_is_at_risk_until_then_and_no_longer() -> None:
    waits = table("""
        area | time | ended | open
        a    | 2    | 1     | 0
        a    | 3    | 0     | 2
        a    | 5    | 1     | 1
        a    | 8    | 2     | 0
        b    | 1    | 0     | 3
        """)
    # 7 at risk: 6/7 stay. From 5 on 4 are at risk: 6/7 x 3/4. Then 2, of whom none stay.
    # Greenwood: 1/(7 x 6), and 1/(4 x 3) more.
    expected = table("""
        area | time | waiting  | error
        a    | 2    | 0.857143 | 0.132260
        a    | 5    | 0.642857 | 0.210424
        a    | 8    | 0.0      | -
        """)
    assert_frame_equal(curves(waits, by=BY), expected, abs_tol=1e-6)


def test_half_is_not_reached_while_most_still_wait() -> None:
    waits = pl.concat([frame([(3, True), (9, False), (9, False)]), frame([(1, True)] * 3, "b")])
    found = quantile(curves(waits, by=BY), 0.5, by=BY)
    assert found.select("area", "value").rows() == [("a", None), ("b", 1)]


WAITS = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60)


def slow(waits: Sequence[Wait], share: float) -> tuple[bool, int | None]:
    """Return whether the curve meets the level exactly, and the first day it lies below it."""
    waiting = 1.0
    for day in sorted({days for days, over in waits if over}):
        at_risk = sum(days >= day for days, _ in waits)
        over = sum(days == day for days, over in waits if over)
        waiting *= 1 - over / at_risk
        if math.isclose(waiting, 1 - share, abs_tol=1e-9):
            return True, None
        if waiting < 1 - share:
            return False, day
    return False, None


@given(WAITS, st.sampled_from([0.5, 0.9]))
def test_the_quantile_is_the_first_day_at_which_the_curve_lies_below_it(
    waits: list[Wait], share: float
) -> None:
    exact, day = slow(waits, share)
    assume(not exact)
    found = quantile(curves(frame(waits), by=BY), share, by=BY)
    assert found["value"].to_list() == ([] if not any(over for _, over in waits) else [day])


@given(WAITS, st.sampled_from([0.5, 0.9]))
def test_the_limits_are_those_of_statsmodels(waits: list[Wait], share: float) -> None:
    assume(any(over for _, over in waits))
    exact, _ = slow(waits, share)
    assume(not exact)
    days, over = zip(*waits, strict=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        oracle = SurvfuncRight(np.array(days), np.array(over, dtype=int))
        low, high = oracle.quantile_ci(share)
    found = quantile(curves(frame(waits), by=BY), share, by=BY).row(0, named=True)
    if math.isnan(low):
        low = high = math.inf if found["value"] is None else found["value"]
    assert found["lower"] == (None if math.isinf(low) else low)
    assert found["upper"] == (None if math.isinf(high) else high)


@pytest.mark.parametrize("cells", [1_000])
def test_a_thousand_curves_take_well_under_a_second(cells: int) -> None:
    chance = np.random.default_rng(1)
    days = chance.integers(0, 200, cells * 150)
    waits = (
        pl.DataFrame({"area": np.repeat(np.arange(cells), 150), "time": days})
        .with_columns(ended=pl.col("time") % 5 > 0)
        .group_by("area", "time")
        .agg(pl.col("ended").sum(), open=(~pl.col("ended")).sum())
    )
    begin = time.perf_counter()
    found = quantile(curves(waits, by=BY), 0.5, by=BY)
    assert found.height == cells
    assert time.perf_counter() - begin < 1
