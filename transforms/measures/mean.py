"""A mean: the average of an amount over those of whom it is known, with Student's limits at 95 %.

Prepared rows: `numerator` (the amount of one row as an exact decimal, null where not known).
"""

import polars as pl

from sources.agreement.model import Indicator
from transforms.intervals import mean

EXACT = pl.Decimal(38, 9)
"""Amounts add up as decimals: sums of floats differ between runs."""


def tally() -> list[pl.Expr]:
    """Return the sums of a group of prepared rows; sums of sums are sums."""
    amount = pl.col("numerator")
    square = (amount.cast(pl.Float64) ** 2).cast(EXACT).sum().alias("squares")
    return [amount.sum(), amount.count().alias("denominator"), square]


def figure(sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add value (the mean), lower and upper; numerator is the sum, denominator how many."""
    names = ("numerator", "denominator", "squares")
    x, n, squares = (pl.col(name).cast(pl.Float64) for name in names)
    average = pl.when(n > 0).then(x / n)
    spread = (pl.when(n > 1).then((squares - x * x / n) / (n - 1))).clip(lower_bound=0.0).sqrt()
    limits = mean(n, average, spread)
    return sums.with_columns(x, n, average.alias("value"), *limits).drop("squares")
