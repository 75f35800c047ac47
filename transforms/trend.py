"""Going where: the recent trend of Fingertips, over the last five points of each series.

Points that cannot count (a null, no denominator, more counted than there are) are left out; the
last five that remain must follow each other without a gap: five years, or the same quarter of five
years. Leave provisional points out before: a trend's word belongs to the latest definite point.
Never give overlapping periods, such as rolling years per quarter: they are not independent.

A trend is significant when its chi-squared exceeds the 99.8 % point *and* the slope keeps its sign
whichever of the five points is left out: one odd year makes no trend. OHID Fingertips, technical
guidance, Recent trends, and fingertips-open, `TrendMarkerCalculator`; other than there, a slope of
zero is no direction, and the test and the five slopes must agree on the sign.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Signs = NDArray[np.int_]

POINTS = 5
TIMES = np.arange(-2.0, 3.0)  # about their mean, which keeps slopes and saves digits

CRITICAL = 9.54953570608324  # the 99.8 % point of chi-squared with one degree of freedom
WIDTH_OF_95 = 3.92  # an interval at 95 % is this many standard errors wide
ROUNDING = 1e-9  # a slope this small beside that of all points is zero


class Trend(StrEnum):
    """Where a series is going."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_SIGNIFICANT_CHANGE = "no_significant_change"
    NOT_YET_KNOWN = "not_yet_known"


TREND = pl.Enum(Trend)


def share_trends(points: pl.DataFrame, series: Sequence[str]) -> pl.DataFrame:
    """Return the trend of each series of shares.

    Args:
        points: the columns of `series`, `t` (a whole number that counts the points: a year) and
            `x` of `n` persons.
        series: the columns that together name a series.

    Returns:
        One row per series, in order of appearance: its columns, `chi_squared` (null if not known)
        and `trend` (a `TREND`). Chi-squared is Cochran and Armitage's,
        N(N Σxt - X Σnt)² / (X(N - X)(N Σnt² - (Σnt)²)). Leaving one out is done on the unweighted
        line through logit(x/n), in which no persons count as half a person. Not known when in one
        of the five points all persons are counted.
    """
    numbers = points.with_columns(pl.col("x", "n").cast(pl.Float64))
    x, n = pl.col("x"), pl.col("n")
    counts = (n > 0) & n.is_finite() & x.is_between(0, n)
    five = _last_five(numbers.filter(counts), series, "x", "n", known=(x < n).all())
    some, all_ = _matrix(five["x"]), _matrix(five["n"])
    shares = _Lines(some / all_, all_)
    logits = _Lines(np.log(np.fmax(some, 0.5) / (all_ - some)), np.ones_like(all_))
    overall = some.sum(axis=1) / all_.sum(axis=1)
    variance = np.where(overall > 0, overall * (1 - overall), 1.0)
    trends = _Trends(shares.slope(), logits.steady(), shares.chi_squared() / variance)
    return _told(points, five.select(series), trends)


def weighted_trends(points: pl.DataFrame, series: Sequence[str]) -> pl.DataFrame:
    """Return the trend of each series of rates or means with their limits.

    Args:
        points: the columns of `series`, `t` (a whole number that counts the points: a year),
            `value`, and its 95 % limits `lower` and `upper`, in one unit.
        series: the columns that together name a series.

    Returns:
        One row per series, in order of appearance: its columns, `chi_squared` (null if not known)
        and `trend` (a `TREND`). The line is weighted by 1/SE², SE = (upper - lower)/3.92, and
        chi-squared is (slope / its standard error)². A value without width cannot count. Give it
        means of 50 values or more: of 10, twice as many false trends are found as should be.
    """
    width = (pl.col("upper") - pl.col("lower")).cast(pl.Float64)
    numbers = points.with_columns(pl.col("value").cast(pl.Float64), width=width)
    counts = pl.col("value").is_finite() & pl.col("width").is_finite() & (pl.col("width") > 0)
    five = _last_five(numbers.filter(counts), series, "value", "width", known=pl.lit(True))
    value, weight = _matrix(five["value"]), (WIDTH_OF_95 / _matrix(five["width"])) ** 2
    lines = _Lines(value - value.mean(axis=1, keepdims=True), weight)
    trends = _Trends(lines.slope(), lines.steady(), lines.chi_squared())
    return _told(points, five.select(series), trends)


class _Lines(NamedTuple):
    """Straight lines through five points, one line per row: the values and their weights."""

    y: Floats
    w: Floats

    def slope(self) -> Floats:
        return self._covariance() / self._spread()

    def chi_squared(self) -> Floats:
        """Return (slope / its standard error)², where the weights are 1/variance."""
        return self._covariance() ** 2 / (self._spread() * _moment(self.w, 0))

    def steady(self) -> Signs:
        """Return the sign that the slope keeps whichever point is left out, or else 0."""
        without = np.array([_Lines(self.y, self.w * (time != TIMES)).slope() for time in TIMES])
        margin = ROUNDING * np.abs(self.slope())
        rises, falls = (without > margin).all(axis=0), (without < -margin).all(axis=0)
        return np.where(rises, 1, np.where(falls, -1, 0))

    def _covariance(self) -> Floats:
        y, w = self
        return _moment(w, 0) * _moment(w * y, 1) - _moment(w, 1) * _moment(w * y, 0)

    def _spread(self) -> Floats:
        return _moment(self.w, 0) * _moment(self.w, 2) - _moment(self.w, 1) ** 2


def _moment(weights: Floats, power: int) -> Floats:
    """Return Σwt^power of each row."""
    moment: Floats = weights @ TIMES**power
    return moment


class _Trends(NamedTuple):
    """What was found of each series."""

    slope: Floats
    steady: Signs
    chi_squared: Floats

    def direction(self) -> Signs:
        """Return 1 or -1 where the trend is significant, or else 0."""
        clear = (self.chi_squared > CRITICAL) & (np.sign(self.slope) == self.steady)
        return np.where(clear, self.steady, 0)


def _last_five(
    points: pl.DataFrame, series: Sequence[str], *columns: str, known: pl.Expr
) -> pl.DataFrame:
    """Return a row per series with lists of its last points, if those are five in a row."""
    placed = points.filter(pl.col("t").is_not_null()).sort("t")
    last = placed.group_by(series, maintain_order=True).tail(POINTS)
    lists = last.group_by(series, maintain_order=True).agg("t", *columns, known=known)
    t = pl.col("t").list
    in_a_row = (t.n_unique() == POINTS) & (t.len() == POINTS) & (t.max() - t.min() == POINTS - 1)
    return lists.filter(in_a_row & pl.col("known"))


def _matrix(lists: pl.Series) -> Floats:
    return lists.explode().to_numpy().reshape(-1, POINTS)


def _told(points: pl.DataFrame, known: pl.DataFrame, trends: _Trends) -> pl.DataFrame:
    """Return a row for every series, the ones that are not known included."""
    found = known.with_columns(
        pl.Series("chi_squared", trends.chi_squared, dtype=pl.Float64),
        pl.Series("direction", trends.direction(), dtype=pl.Int64),
    )
    words = {1: Trend.INCREASING, -1: Trend.DECREASING, 0: Trend.NO_SIGNIFICANT_CHANGE}
    word = pl.col("direction").replace_strict(
        list(words), list(words.values()), default=Trend.NOT_YET_KNOWN, return_dtype=TREND
    )
    every = points.select(known.columns).unique(maintain_order=True)
    joined = every.join(
        found,
        on=known.columns,
        how="left",
        validate="1:1",
        nulls_equal=True,
        maintain_order="left",
    )
    return joined.select(*known.columns, "chi_squared", trend=word)
