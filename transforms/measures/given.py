"""A figure as it was given: worked out, rounded or estimated by who delivered it.

Prepared rows: `numerator` (the figure of one area and period). Nothing is added up or counted
again, so there is no numerator, denominator or limit of our own.
"""

import polars as pl

from sources.agreement.model import Indicator


def tally() -> list[pl.Expr]:
    """Return the figure of a group, which is one row: null where it was not given."""
    return [pl.col("numerator").sum()]


def figure(sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add value: the figure times `multiplier`, which brings it in the indicator's unit."""
    value = (pl.col("numerator").cast(pl.Float64) * indicator.multiplier).alias("value")
    names = ("numerator", "denominator", "lower", "upper")
    empty = [pl.lit(None, dtype=pl.Float64).alias(name) for name in names]
    return sums.with_columns(value).with_columns(empty)
