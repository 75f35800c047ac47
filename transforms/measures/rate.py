"""A rate: how many per 1.000 inhabitants, with Byar's or the exact Poisson limits at 95 %.

Prepared rows: `numerator` (1, 0 or the amount of one row) and, where a row brings its own number
of inhabitants, `denominator`. Else the denominator is joined to the sums as a public constant of
the area. The rate is that of the period itself: a quarter's count is not multiplied to a year.
"""

import polars as pl

from sources.agreement.model import Counts, Indicator
from transforms.intervals import rate


def tally() -> list[pl.Expr]:
    """Return the sums of a group of prepared rows; sums of sums are sums."""
    return [pl.col("numerator").sum(), pl.col("^denominator$").sum()]


def figure(sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add value (per `multiplier`), lower and upper; null where the inhabitants are not known.

    Money is spent or not: no chance is in it, so it has no limits.
    """
    x, n = (pl.col(name).cast(pl.Float64) for name in ("numerator", "denominator"))
    value = pl.when(n > 0).then(x / n * indicator.multiplier)
    events = pl.when(pl.lit(indicator.numerator.counts is not Counts.MONEY)).then(x)
    limits = rate(events, n, multiplier=indicator.multiplier)
    return sums.with_columns(x, n, value.alias("value"), *limits)
