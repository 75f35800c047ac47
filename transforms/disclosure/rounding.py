"""Ordinary rounding of what is worked out from counts, and the widest limits that fit it.

Limits of a rounded figure must not narrow down what the rounding hides. They are therefore the
widest that any count gives that rounds to what is shown, and are themselves rounded outward: they
hold the exact value, and say no more than the figure does.
"""

import polars as pl

from transforms.intervals import Limits, rate, wilson

_DIGITS = 4
"""Steps are divided out again: 0.7, and not 0.7000000000000001."""


def rounded(number: pl.Expr, base: int) -> pl.Expr:
    """Return the nearest multiple of the base; halfway goes up. Ordinary, not controlled."""
    return (number / base + 0.5).floor() * base


def share_limits(x: pl.Expr, n: pl.Expr, *, slack: int, steps: float) -> Limits:
    """Return the widest 95 % limits of a share, from a rounded count and denominator.

    Both lie at most `slack` from the exact ones. Wilson's limits rise with the count and fall with
    the denominator, so the extremes lie at the corners.
    """
    least, most = (x - slack).clip(lower_bound=0), x + slack
    large, small = n + slack, n - slack
    lower = wilson(pl.min_horizontal(least, large), large).lower
    upper = wilson(pl.min_horizontal(most, small), small).upper
    return outward(lower, upper, steps=steps)


def rate_limits(x: pl.Expr, n: pl.Expr, *, x_slack: int, n_slack: int, multiplier: float) -> Limits:
    """Return the widest 95 % limits of a rate, from a rounded count; not yet rounded."""
    least, most = (x - x_slack).clip(lower_bound=0), x + x_slack
    lower = rate(least, n + n_slack, multiplier=multiplier).lower
    upper = rate(most, n - n_slack, multiplier=multiplier).upper
    return Limits(lower, upper)


def outward(lower: pl.Expr, upper: pl.Expr, *, steps: pl.Expr | float) -> Limits:
    """Round limits away from each other, to whole steps, so many in a unit: 100 for percents."""
    low = (lower * steps).floor() / steps
    high = (upper * steps).ceil() / steps
    return Limits(low.round(_DIGITS).alias("lower"), high.round(_DIGITS).alias("upper"))
