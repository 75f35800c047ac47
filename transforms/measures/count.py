"""A count: how many, or how much in all.

Prepared rows: `numerator` (1, 0 or the amount of one row). No denominator and no limits: a
registration is a full count, not a sample.
"""

import polars as pl

from sources.agreement.model import Indicator


def tally() -> list[pl.Expr]:
    """Return the sums of a group of prepared rows; sums of sums are sums."""
    return [pl.col("numerator").sum()]


def figure(sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add numerator and value (both the count) and, empty, denominator, lower and upper."""
    count = pl.col("numerator").cast(pl.Float64)
    empty = [pl.lit(None, dtype=pl.Float64).alias(n) for n in ("denominator", "lower", "upper")]
    return sums.with_columns(count, count.alias("value"), *empty)
