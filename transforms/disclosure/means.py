"""What may be shown of a mean or a median: rounded so far that nobody's own amount follows from it.

Statistics and disclosure, 4.2, row "means". Whoever knows how many there are and what all the
others contributed, knows the last contribution as precisely as the sum. The step to which a mean is
rounded leaves at least 10 % on either side of the largest contribution.
"""

import polars as pl

from transforms.intervals import TEXT_LEVEL, Limits, student_quantile

MARGIN = 0.1
"""No contribution may be known within this share of itself."""

_LADDER = (1, 2, 5, 10)
"""Steps are 1, 2 or 5 times a power of ten: a step then tells little of what asked for it."""

_EXACT = 1e-9


def mean_shown(value: pl.Expr, limits: Limits, *, n: pl.Expr, slack: int) -> list[pl.Expr]:
    """Return a mean and its limits as they may be shown: value, lower, upper.

    `n` is the rounded number, at most `slack` from the exact one. The limits lie as far from the
    shown mean on either side, so that they tell no more of the exact one; they hold its limits.
    """
    half = (limits.upper - limits.lower) / 2
    step = mean_step(value, half, n=n, slack=slack)
    shown = _nearest(value, step)
    wide = (half / step + 0.5 - _EXACT).ceil() * step
    return _named(shown, shown - wide, shown + wide)


def mean_step(value: pl.Expr, half: pl.Expr, *, n: pl.Expr, slack: int) -> pl.Expr:
    """Return the step to which a mean is rounded; `half` is half the width of its limits."""
    return steps(2 * MARGIN * largest(value, half, n=n + slack) / (n - slack))


def median_shown(value: pl.Expr, limits: Limits) -> list[pl.Expr]:
    """Return a median and its limits as they may be shown: each is somebody's own amount."""
    step = steps(
        2 * MARGIN * pl.max_horizontal(value.abs(), limits.lower.abs(), limits.upper.abs())
    )
    lower, upper = (limits.lower / step).floor() * step, (limits.upper / step).ceil() * step
    return _named(_nearest(value, step), lower, upper)


def largest(value: pl.Expr, half: pl.Expr, *, n: pl.Expr) -> pl.Expr:
    """Return the most that one contribution can be, from the mean and its 95 % limits.

    None lies further from the mean than s (n - 1)/√n. Samuelson 1968, JASA 63:1522. `half` is half
    the width of the limits, t s/√n.
    """
    return value.abs() + half * (n - 1) / student_quantile(n - 1, TEXT_LEVEL)


def steps(least: pl.Expr) -> pl.Expr:
    """Return the smallest step of 1, 2 or 5 times a power of ten that is not below `least`."""
    power = pl.lit(10.0).pow(least.log10().floor())
    part = least / power
    step = pl.coalesce(pl.when(part <= rung + _EXACT).then(rung * power) for rung in _LADDER)
    return pl.when(least > 0).then(step).otherwise(1.0)


def _nearest(value: pl.Expr, step: pl.Expr) -> pl.Expr:
    return (value / step + 0.5).floor() * step


def _named(value: pl.Expr, lower: pl.Expr, upper: pl.Expr) -> list[pl.Expr]:
    """Name the three; what division by a step below one left behind is rounded off."""
    named = {"value": value, "lower": lower, "upper": upper}
    return [number.round(9).alias(name) for name, number in named.items()]
