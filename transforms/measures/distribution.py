"""A distribution: how a count is spread over classes, as shares with Wilson's limits at 95 %.

Prepared rows: `numerator` (1 or 0), with the class of each. The figure itself is the whole count;
of each class the value is its share, between 0 and 1.
"""

import polars as pl

from sources.agreement.model import Indicator
from transforms.intervals import wilson

_WHOLE = ("period", "area", "partner")
_NONE = pl.lit(None, dtype=pl.Float64)


def tally() -> list[pl.Expr]:
    """Return the sums of a group of prepared rows; sums of sums are sums."""
    return [pl.col("numerator").sum()]


def figure(sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add value, lower and upper; no denominator, which is the count of the figure itself."""
    x = pl.col("numerator").cast(pl.Float64)
    is_class = ~pl.col("breakdown").is_in(["", *indicator.variants])
    n = x.filter(pl.col("breakdown") == "").first().over(_WHOLE)
    share = pl.when(n > 0).then(x / n)
    limits = [
        pl.when(is_class).then(limit).alias(limit.meta.output_name()) for limit in wilson(x, n)
    ]
    value = pl.when(is_class).then(share).otherwise(x).alias("value")
    return sums.with_columns(x, _NONE.alias("denominator"), value, *limits)
