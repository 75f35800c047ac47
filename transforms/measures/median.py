"""A median: the middle amount of those of whom it is known, with distribution-free limits at 95 %.

Prepared rows: `amount` (that of one row, null where not known) and `denominator` (1).
"""

import polars as pl

from sources.agreement.model import Indicator
from transforms.intervals import median_ranks

_FIGURE = ("period", "area", "partner", "breakdown")
_NONE = pl.lit(None, dtype=pl.Float64)


def tally() -> list[pl.Expr]:
    """Return the sums of a group of prepared rows; sums of sums are sums."""
    return [pl.col("denominator").sum()]


def figure(sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add numerator, which is empty; value and limits are those of `read`."""
    return sums.with_columns(_NONE.alias("numerator"), pl.col("denominator").cast(pl.Float64))


def parts(cells: pl.DataFrame) -> list[str]:
    """Return the breakdowns of a median beside the figure itself: none."""
    return []


def read(amounts: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Return the figures of summed rows: period, area, partner, breakdown, denominator, limits.

    Comes in: one row per figure and amount. The median of an even number of amounts lies halfway
    between the middle two; limits are amounts too, and null where there are fewer than six.
    """
    known = amounts.drop_nulls("amount").sort(*_FIGURE, "amount")
    counted = known.with_columns(
        pl.col("denominator").cum_sum().over(_FIGURE).cast(pl.Float64).alias("until"),
        pl.col("denominator").sum().over(_FIGURE).cast(pl.Float64).round().alias("n"),
        pl.col("amount").cast(pl.Float64),
    )
    n = pl.col("n")
    low, high = (half.floor() for half in ((n + 1) / 2, n / 2 + 1))
    limits = median_ranks(n)
    return counted.group_by(_FIGURE).agg(
        pl.col("denominator").sum(),
        ((_ranked(low) + _ranked(high)) / 2).alias("value"),
        _ranked(limits.lower).alias("lower"),
        _ranked(limits.upper).alias("upper"),
    )


def _ranked(rank: pl.Expr) -> pl.Expr:
    """Return the amount of a rank, counted from 1 in the order of the amounts."""
    return pl.col("amount").filter(pl.col("until") >= rank).first()
