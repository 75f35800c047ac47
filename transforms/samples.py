"""How certain a mean or a median is that is taken from the values themselves.

Aggregating expressions: `frame.group_by("area").agg(*median_of(pl.col("days")))` gives one row of
limits per group, and `frame.select(...)` one for all. Values that are null do not count. Where only
sums are left of the values, use `intervals.mean`.
"""

import polars as pl

from transforms.intervals import TEXT_LEVEL, Limits, Sample, mean, median_ranks

LARGE_PART = 0.10
"""Answers of more than this part of all people make the interval of a survey narrower."""


def sample(values: pl.Expr) -> Sample:
    """Return of values how many there are, their average and standard deviation (ddof 1)."""
    values = values.cast(pl.Float64)
    return values.count(), values.mean(), values.std(ddof=1)


def mean_of(values: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the limits of the mean of values, in their unit; null below two values.

    Student's, see `intervals.mean`.
    """
    return mean(*sample(values), confidence=confidence)


def median_of(values: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the limits of the median of values: two of the values, free of any distribution.

    The values at the ranks of `intervals.median_ranks`; null below six values at 95 %, and below
    ten at 99.8 %.
    """
    known = values.cast(pl.Float64).drop_nulls()
    ranks = median_ranks(known.len(), confidence=confidence)
    # Outside a sample get() gives null; a rank that does not exist is null, and stays so.
    lower, upper = (known.sort().get(rank.cast(pl.Int64) - 1, null_on_oob=True) for rank in ranks)
    return Limits.between(lower, upper, where=ranks.lower.is_not_null())


def of_population(value: pl.Expr, limits: Limits, n: pl.Expr, population: pl.Expr) -> Limits:
    """Narrow the limits of a survey's figure by what is no longer unknown, in the unit of `value`.

    Of n answers out of `population` people. Above a tenth of them both halves of the interval are
    multiplied by √((N - n)/(N - 1)), the finite population factor: whoever asked everybody knows.
    Cochran 1977, Sampling techniques, 2.6. Null where more answered than there are.
    """
    n, population = n.cast(pl.Float64), population.cast(pl.Float64)
    known = pl.when(n > LARGE_PART * population).then(
        ((population - n) / (population - 1).clip(lower_bound=1)).sqrt()
    )
    factor = known.otherwise(1.0)
    lower, upper = (value + (limit - value) * factor for limit in limits)
    return Limits.between(lower, upper, where=n.is_between(0, population))
