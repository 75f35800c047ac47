"""The declared method, worked out again: what value and limits shown counts lead to.

Written from statistics and disclosure, 4.2 (openbaar), and not from the program that protects. What
follows from the shown counts tells nothing more; what does not, is looked into by `inverted`.
"""

from typing import NamedTuple

import polars as pl

from transforms.intervals import rate, wilson

SMALL_AREA = 10_000
"""Below so many inhabitants a rate is a whole number per 1,000, and above it has one decimal."""

KINDS = ("count", "share", "survey", "rate")
"""The kinds of figure of which everything follows from counts. The others are taken as they are."""

_SAME = 1e-9


class Expected(NamedTuple):
    """The value and limits of a figure, as expressions."""

    value: pl.Expr
    lower: pl.Expr
    upper: pl.Expr


def kind() -> pl.Expr:
    """Return the kind of each figure placed in its reading, null where it does not follow."""
    way, unit = pl.col("way"), pl.col("numerator_counts")
    own = (pl.col("source") != "protected_at_source") & ~unit.is_in(["money", "public"])
    survey = (way == "share") & (unit == "answers")
    named = pl.when(survey).then(pl.lit("survey")).otherwise(way)
    return pl.when(own & way.is_in(["count", "share", "rate"])).then(named)


def following(kind_: str, x: pl.Expr, n: pl.Expr, *, base: int, step: int) -> Expected:
    """Return what the rounded counts x and n lead to. `step`: that of a survey, in points.

    Columns used: multiplier; constant, whether the denominator is known to all.
    """
    slack = base - 1
    if kind_ == "count":
        nothing = pl.lit(None, pl.Float64)
        return Expected(x, nothing, nothing)
    if kind_ == "rate":
        return _rate(x, n, slack)
    steps = 100 if kind_ == "share" else 100 // step
    value = (_nearest(x / n * 100, step) / 100) if kind_ == "survey" else x / n
    large, small = n + slack, n - slack
    least = pl.min_horizontal((x - slack).clip(lower_bound=0), large)
    most = pl.min_horizontal(x + slack, small)
    low, high = wilson(least, large).lower, wilson(most, small).upper
    return Expected(value.round(2), *_outward(low, high, pl.lit(steps)))


def _rate(x: pl.Expr, n: pl.Expr, slack: int) -> Expected:
    per = pl.col("multiplier")
    spread = pl.when("constant").then(0).otherwise(slack)
    steps = pl.when(n < SMALL_AREA).then(1).otherwise(10)
    low = rate((x - slack).clip(lower_bound=0), n + spread, multiplier=1.0).lower * per
    high = rate(x + slack, n - spread, multiplier=1.0).upper * per
    value = _nearest(x / n * per * steps, 1) / steps
    return Expected(value.round(1), *_outward(low, high, steps))


def same(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two numbers are the same, or both absent."""
    return ((one - other).abs() < _SAME).fill_null(one.is_null() & other.is_null())


def _nearest(number: pl.Expr, step: int) -> pl.Expr:
    return (number / step + 0.5).floor() * step


def _outward(low: pl.Expr, high: pl.Expr, steps: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    return ((low * steps).floor() / steps).round(4), ((high * steps).ceil() / steps).round(4)
