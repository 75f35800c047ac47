"""How certain a figure is: the limits of a share, a count, a rate and a mean.

Expressions in, `Limits` out: `frame.with_columns(*wilson(x, n))` adds the columns `lower` and
`upper`, null wherever limits do not exist (an input is null, a denominator zero, a count negative
or above its denominator). Counts need not be whole. The formulas are those of the English public
health indicators (OHID Fingertips, technical guidance); each docstring names its own source.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]

TEXT_LEVEL = 0.95  # what a sentence may mention
COLOUR_LEVEL = 0.998  # what may have a colour, or a definite word

Sample = tuple[pl.Expr, pl.Expr, pl.Expr]  # n, average and standard deviation (ddof 1)
FEW_EVENTS = 10  # below this the exact Poisson limits, from it on Byar's


class Limits(NamedTuple):
    """Two Float64 expressions, named `lower` and `upper`."""

    lower: pl.Expr
    upper: pl.Expr

    @classmethod
    def between(cls, lower: pl.Expr, upper: pl.Expr, *, where: pl.Expr) -> "Limits":
        """Return both bounds named, null outside `where`, which leaves no NaN."""
        # Not with fill_nan: that writes its input twice, and so doubles the work at every step.
        low, high = pl.when(where).then(lower), pl.when(where).then(upper)
        return cls(low.alias("lower"), high.alias("upper"))

    def suffixed(self, suffix: str) -> "Limits":
        """Return the same limits under other names: `_998` gives `lower_998` and `upper_998`."""
        return Limits(self.lower.alias(f"lower{suffix}"), self.upper.alias(f"upper{suffix}"))


def wilson(x: pl.Expr, n: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the limits of a share: x of n, both counts; limits between 0 and 1.

    (2x + z² -/+ z √(z² + 4x(1 - x/n))) / (2(n + z²)). Wilson 1927, JASA 22:209,
    doi:10.1080/01621459.1927.10502953. The lower limit is written as its conjugate, which is
    exactly 0 for none; the upper is set to exactly 1 for all: 100 % is never below 100 %.
    """
    z = normal_quantile(confidence)
    x, n = _number(x), _number(n)
    both = 2 * x + z**2 + z * (z**2 + 4 * x * (1 - x / n)).sqrt()
    lower = 2 * x**2 / (n * both)
    upper = pl.when(x < n).then(both / (2 * (n + z**2))).otherwise(1.0)
    return Limits.between(lower, upper, where=_countable(n) & x.is_between(0, n) & (n > 0))


def byar(x: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the limits of a count of events, for 10 events or more.

    x(1 - 1/9x - z/3√x)³ and (x+1)(1 - 1/9(x+1) + z/3√(x+1))³. Breslow and Day 1987, Statistical
    methods in cancer research II, p. 69. The lower limit is null where it would be negative.
    """
    z = normal_quantile(confidence)
    x = _number(x)
    shrunk = 1 - 1 / (9 * x) - z / (3 * x.sqrt())
    grown = 1 - 1 / (9 * (x + 1)) + z / (3 * (x + 1).sqrt())
    lower = pl.when(shrunk >= 0).then(x * shrunk**3)
    return Limits.between(lower, (x + 1) * grown**3, where=_countable(x))


def exact_poisson(x: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the exact Poisson limits of a count of events, for any count; 0 events begin at 0.

    χ²⁻¹(α/2; 2x)/2 and χ²⁻¹(1 - α/2; 2x + 2)/2. Garwood 1936, Biometrika 28:437. The quantiles are
    taken as those of the gamma distribution, with shape x and x + 1.
    """
    tail = _tail(confidence)
    x = _number(x)
    lower = _quantiles(lambda shape: special.gammaincinv(shape, tail), x)
    upper = _quantiles(lambda shape: special.gammainccinv(shape, tail), x + 1)
    return Limits.between(pl.when(x > 0).then(lower).otherwise(0.0), upper, where=_countable(x))


def poisson(x: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the limits of a count of events: exact below 10, Byar's from 10 on, as Fingertips."""
    x = _number(x)
    # Clipped, because the exact quantiles cost most where they are not used.
    few = exact_poisson(x.clip(upper_bound=FEW_EVENTS), confidence=confidence)
    pairs = zip(few, byar(x, confidence=confidence), strict=True)
    lower, upper = (pl.when(x < FEW_EVENTS).then(a).otherwise(b) for a, b in pairs)
    return Limits.between(lower, upper, where=_countable(x))


def rate(
    x: pl.Expr, n: pl.Expr, *, multiplier: float = 1000.0, confidence: float = TEXT_LEVEL
) -> Limits:
    """Give the limits of a rate: x events on n inhabitants, per `multiplier` inhabitants.

    With the expected number of events as n and the reference rate as multiplier these are the
    limits of an indirectly standardised rate.
    """
    x, n = _number(x), _number(n)
    lower, upper = (limit / n * multiplier for limit in poisson(x, confidence=confidence))
    return Limits.between(lower, upper, where=_countable(n) & (n > 0))


def standardised(
    value: pl.Expr, variance: pl.Expr, x: pl.Expr, *, confidence: float = TEXT_LEVEL
) -> Limits:
    """Give the limits of a directly standardised rate, in the unit of `value`.

    value + √(variance/x) (limit of x - x), with Byar's limits of x, the events counted, and the
    variance of `value`. Dobson 1991, doi:10.1002/sim.4780100317. Null below 10 events.
    """
    value, x = _number(value), _number(x)
    scale = (_number(variance) / x).sqrt()
    lower, upper = (value + scale * (limit - x) for limit in byar(x, confidence=confidence))
    return Limits.between(lower, upper, where=_countable(x) & (x >= FEW_EVENTS))


def mean(n: pl.Expr, average: pl.Expr, sd: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the limits of a mean, in the unit of `average`, from n values.

    average -/+ t(1 - α/2; n - 1) sd/√n, with `sd` the sample's (ddof 1). Student 1908, Biometrika
    6:1. Null below two values.
    """
    n, average, sd = _number(n), _number(average), _number(sd)
    half = student_quantile(n - 1, confidence) * sd / n.sqrt()
    return Limits.between(average - half, average + half, where=(n > 1) & _countable(sd))


def median_ranks(n: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the ranks, counted from 1, of the ordered values that bound the median of n values.

    j and n + 1 - j, with j the largest rank for which P(Bin(n, ½) < j) ≤ α/2. Conover 1999,
    Practical nonparametric statistics, 3.2. Null where no such rank exists (n below 6 at 95 %).
    """
    tail = _tail(confidence)
    n = _number(n)
    reached = _quantiles(lambda size: special.bdtrik(tail, size, 0.5), n).floor()
    return Limits.between(reached + 1, n - reached, where=n >= -math.log2(tail))


def difference(value: pl.Expr, limits: Limits, other: pl.Expr, other_limits: Limits) -> Limits:
    """Give the limits of value - other, from the limits of each; all in one unit.

    For two independent figures of which only value and limits are known. Zou and Donner 2008,
    Statistics in Medicine 27:1693 (MOVER).
    """
    below = (value - limits.lower) ** 2 + (other_limits.upper - other) ** 2
    above = (limits.upper - value) ** 2 + (other - other_limits.lower) ** 2
    apart = value - other
    return Limits((apart - below.sqrt()).alias("lower"), (apart + above.sqrt()).alias("upper"))


def share_difference(
    x: pl.Expr, n: pl.Expr, other_x: pl.Expr, other_n: pl.Expr, *, confidence: float = TEXT_LEVEL
) -> Limits:
    """Give the limits of x/n - other_x/other_n, two independent shares; between -1 and 1.

    The hybrid score interval: Newcombe 1998, Statistics in Medicine 17:873, method 10.
    """
    one, other = (wilson(*count, confidence=confidence) for count in ((x, n), (other_x, other_n)))
    return difference(_number(x) / n, one, _number(other_x) / other_n, other)


def mean_difference(now: Sample, other: Sample, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the limits of the mean now less the other, both independent; in their unit.

    Welch 1947, Biometrika 34:28, with his degrees of freedom. Null below two values each.
    """
    (n, average, sd), (other_n, other_average, other_sd) = now, other
    one, two = sd**2 / n, other_sd**2 / other_n
    freedom = (one + two) ** 2 / (one**2 / (n - 1) + two**2 / (other_n - 1))
    half = student_quantile(freedom, confidence) * (one + two).sqrt()
    apart = average - other_average
    return Limits.between(apart - half, apart + half, where=(n > 1) & (other_n > 1))


def rate_ratio(
    x: pl.Expr, n: pl.Expr, other_x: pl.Expr, other_n: pl.Expr, *, confidence: float = TEXT_LEVEL
) -> Limits:
    """Give the limits of (x/n) / (other_x/other_n), two independent Poisson rates.

    Exact, given the sum of the events: x is then binomial in it, and the limits p of Clopper and
    Pearson become p/(1 - p) other_n/n. Przyborowski and Wilenski 1940, Biometrika 31:313. The
    upper limit is infinite when the other has no events; null when neither has.
    """
    tail = _tail(confidence)
    x, n, other_x, other_n = (_number(column) for column in (x, n, other_x, other_n))
    low = pl.when(x > 0).then(_beta_quantile(x, other_x + 1, tail)).otherwise(0.0)
    high = pl.when(other_x > 0).then(_beta_quantile(x + 1, other_x, 1 - tail)).otherwise(1.0)
    lower, upper = (other_n / n / (1 / share - 1) for share in (low, high))
    counted = _countable(x) & _countable(other_x) & (x + other_x > 0)
    return Limits.between(lower, upper, where=counted & (n > 0) & (other_n > 0))


def normal_quantile(confidence: float) -> float:
    """Return z(1 - α/2): 1.959964 at 95 %, 3.090232 at 99.8 %."""
    return float(-special.ndtri(_tail(confidence)))


def student_quantile(freedom: pl.Expr, confidence: float) -> pl.Expr:
    """Return t(1 - α/2) for the degrees of freedom, which need not be whole."""
    upper = 1 - _tail(confidence)
    return _quantiles(lambda degrees: special.stdtrit(degrees, upper), freedom)


def _quantiles(function: Callable[[Floats], Floats], column: pl.Expr) -> pl.Expr:
    """Return a numpy function of a column, computed once per distinct value.

    Counts repeat and quantiles are dear: of a million counts this saves nine tenths of the time.
    """

    def apply(series: pl.Series) -> pl.Series:
        values, place = np.unique(series.to_numpy(), return_inverse=True)
        return pl.Series(function(values)[place], dtype=pl.Float64, nan_to_null=True)

    return column.map_batches(apply, return_dtype=pl.Float64(), is_elementwise=True)


def _beta_quantile(successes: pl.Expr, failures: pl.Expr, chance: float) -> pl.Expr:
    """Return quantiles of the beta distribution, whole columns at once."""

    def apply(columns: Sequence[pl.Series]) -> pl.Series:
        a, b = (column.to_numpy() for column in columns)
        return pl.Series(special.betaincinv(a, b, chance), dtype=pl.Float64, nan_to_null=True)

    shapes = (successes, failures)
    return pl.map_batches(shapes, apply, return_dtype=pl.Float64(), is_elementwise=True)


def _number(expression: pl.Expr) -> pl.Expr:
    return expression.cast(pl.Float64)


def _countable(column: pl.Expr) -> pl.Expr:
    return (column >= 0) & column.is_finite()


def _tail(confidence: float) -> float:
    """Return α/2, the chance on either side outside the limits."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, such as 0.95; not {confidence}")
    return (1 - confidence) / 2
