"""The numbers of a published figure: rounded counts, and a value and limits that follow from them.

Statistics and disclosure, 4.2, column "openbaar".
"""

import polars as pl

from sources.agreement.model import Counts, Edition
from transforms.disclosure.rounding import outward, rate_limits, rounded, share_limits, slack
from transforms.disclosure.rules import Kind
from transforms.readings import Reading

NUMBERS = ("numerator", "denominator", "value", "lower", "upper")

SMALL_AREA = 10_000
"""Below this many inhabitants a rate with a decimal would give the count back."""

_NONE = pl.lit(None, dtype=pl.Float64)

_KNOWN_TO_ALL = {Counts.PUBLIC, Counts.MONEY}


def as_shown(kind: Kind, reading: Reading, rules: Edition) -> list[pl.Expr]:
    """Return the five numbers as they may be shown, from the exact ones of the same names."""
    if kind is Kind.COUNT:
        numbers = _count(rules)
    elif kind is Kind.SHARE:
        numbers = _share(reading, rules)
    elif kind is Kind.SURVEY:
        numbers = _survey(rules)
    elif kind is Kind.RATE:
        numbers = _rate(reading, rules)
    elif kind is Kind.MEAN:
        numbers = _mean(rules)
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


def _count(rules: Edition) -> list[pl.Expr]:
    count = rounded(pl.col("numerator"), rules.base)
    return [count, _NONE, count, _NONE, _NONE]


def _share(reading: Reading, rules: Edition) -> list[pl.Expr]:
    """Whole percents of two rounded counts."""
    x, (n, n_slack) = rounded(pl.col("numerator"), rules.base), _denominator(reading, rules)
    limits = share_limits(x, n, x_slack=slack(rules.base), n_slack=n_slack)
    return [x, n, (x / n).round(2), *limits]


def _survey(rules: Edition) -> list[pl.Expr]:
    """Steps of 5 points, and no count: the answers of 30 people are soon guessed."""
    share = pl.col("numerator") / pl.col("denominator")
    value = (rounded(share * 100, rules.survey_step) / 100).round(2)
    limits = outward(pl.col("lower"), pl.col("upper"), steps=100 / rules.survey_step)
    return [_NONE, rounded(pl.col("denominator"), rules.base), value, *limits]


def _rate(reading: Reading, rules: Edition) -> list[pl.Expr]:
    """A rounded count over the inhabitants: whole in a small area, one decimal above."""
    x, (n, n_slack) = rounded(pl.col("numerator"), rules.base), _denominator(reading, rules)
    multiplier = reading.indicator.multiplier
    steps = pl.when(n < SMALL_AREA).then(1).otherwise(10)
    limits = rate_limits(x, n, x_slack=slack(rules.base), n_slack=n_slack, multiplier=multiplier)
    value = (rounded(x / n * multiplier * steps, 1) / steps).round(1)
    return [x, n, value, *outward(*limits, steps=steps)]


def _mean(rules: Edition) -> list[pl.Expr]:
    """One decimal, without the sum: that and the exact number would tell one person's answer."""
    value = (rounded(pl.col("value") * 10, 1) / 10).round(1)
    limits = outward(pl.col("lower"), pl.col("upper"), steps=10)
    return [_NONE, rounded(pl.col("denominator"), rules.base), value, *limits]


def _denominator(reading: Reading, rules: Edition) -> tuple[pl.Expr, int]:
    """Return the denominator as shown, and how far the exact one can lie from it."""
    n, below = pl.col("denominator"), reading.denominator
    if below is not None and below.counts in _KNOWN_TO_ALL:
        return n, 0
    return rounded(n, rules.base), slack(rules.base)
