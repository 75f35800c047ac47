"""A share: how many of how many, between 0 and 1, with Wilson's limits at 95 %.

Prepared rows: `numerator` and `denominator` (1, 0, or the counts that one aggregated row holds);
what is in the numerator is in the denominator too.
"""

import polars as pl

from sources.agreement.model import Indicator
from transforms.intervals import wilson


def tally() -> list[pl.Expr]:
    """Return the sums of a group of prepared rows; sums of sums are sums."""
    return [pl.col("numerator").sum(), pl.col("denominator").sum()]


def figure(sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add value (numerator / denominator), lower and upper; null where nothing was counted."""
    x, n = (pl.col(name).cast(pl.Float64) for name in ("numerator", "denominator"))
    value = pl.when(n > 0).then(x / n)
    return sums.with_columns(x, n, value.alias("value"), *wilson(x, n))
