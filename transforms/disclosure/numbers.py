"""The numbers of a published figure: a value and limits that follow from rounded counts alone.

Statistics and disclosure, 4.2, column "openbaar". A rounded count lies at most one less than the
base from the exact one, on either side; one that is known to all is exact. Limits are the widest of
all counts that round to what is shown.
"""

import polars as pl

from sources.agreement.model import Counts, Edition
from transforms.disclosure.means import mean_shown, median_shown
from transforms.disclosure.rounding import outward, rate_limits, rounded, share_limits
from transforms.disclosure.rules import Kind
from transforms.intervals import Limits
from transforms.readings import Reading

NUMBERS = ("numerator", "denominator", "value", "lower", "upper")

SMALL_AREA = 10_000
"""Below this many inhabitants a rate with a decimal would give the count back."""

_NONE = pl.lit(None, dtype=pl.Float64)
_LIMITS = Limits(pl.col("lower"), pl.col("upper"))


def as_shown(kind: Kind, reading: Reading, rules: Edition) -> list[pl.Expr]:
    """Return the five numbers as they may be shown.

    Of a count they follow from the rounded `numerator` and `denominator`; a mean has its own
    `value`, `lower` and `upper`, and so has what passes.
    """
    x, n = pl.col("numerator"), pl.col("denominator")
    slack = rules.base - 1
    if kind is Kind.COUNT:
        numbers = [x, _NONE, x, _NONE, _NONE]
    elif kind is Kind.SHARE:
        numbers = [x, n, (x / n).round(2), *share_limits(x, n, slack=slack, steps=100)]
    elif kind is Kind.SURVEY:
        numbers = [_NONE, n, *_survey(x, n, rules)]
    elif kind is Kind.RATE:
        numbers = [x, n, *_rate(x, n, reading, slack=slack)]
    elif kind is Kind.MEAN:
        numbers = [_NONE, n, *mean_shown(pl.col("value"), _LIMITS, n=n, slack=slack)]
    elif kind is Kind.MEDIAN:
        numbers = [_NONE, n, *median_shown(pl.col("value"), _LIMITS)]
    else:
        numbers = [pl.col(name) for name in NUMBERS]
    return [number.alias(name) for number, name in zip(numbers, NUMBERS, strict=True)]


def converted() -> pl.Expr:
    """Return the converted share as it may be shown: rounded up to whole steps of 5 points.

    The exact share is that of two counts, and would tell of the one what the other hides. Rounded
    up it is above a multiple of 5 points exactly where the exact share is.
    """
    steps = (pl.col("converted") * 20).round(9).ceil()
    return (steps / 20).round(2).alias("converted")


def _survey(x: pl.Expr, n: pl.Expr, rules: Edition) -> list[pl.Expr]:
    """Steps of 5 points, and no count: the answers of 30 people are soon guessed."""
    value = (rounded(x / n * 100, rules.survey_step) / 100).round(2)
    return [value, *share_limits(x, n, slack=rules.base - 1, steps=100 / rules.survey_step)]


def _rate(x: pl.Expr, n: pl.Expr, reading: Reading, *, slack: int) -> list[pl.Expr]:
    """A rounded count over the inhabitants: whole in a small area, one decimal above."""
    below, multiplier = reading.denominator, reading.indicator.multiplier
    constant = below is not None and below.counts is Counts.PUBLIC
    n_slack = 0 if constant else slack
    steps = pl.when(n < SMALL_AREA).then(1).otherwise(10)
    limits = rate_limits(x, n, x_slack=slack, n_slack=n_slack, multiplier=multiplier)
    value = (rounded(x / n * multiplier * steps, 1) / steps).round(1)
    return [value, *outward(*limits, steps=steps)]
