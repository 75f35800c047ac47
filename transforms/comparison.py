"""Compared with what: an area against its municipality, a figure against its baseline.

Every comparison ends in one of four words. The last of them, "not yet to be said", is a full
answer: it is given wherever a limit is missing or too few persons were counted. Only what is
certain at 99.8 % gets a definite word; at 95 % a quarter of 27,000 comparisons would hold about
1,350 false ones.

Expressions in, one expression out. Limits that were published (and are as wide as rounding makes
them) go straight into `verdict`, or into `difference` when both sides are uncertain.
"""

from enum import StrEnum

import polars as pl

from transforms.intervals import (
    COLOUR_LEVEL,
    TEXT_LEVEL,
    Limits,
    exact_poisson,
    normal_quantile,
    rate,
    rate_ratio,
    share_difference,
    wilson,
)

LEAST_PERSONS = 20
"""Below this many "8 of the 10" is told, and nothing is compared."""

LARGE_SHARE = 0.10
"""An area above this share of its municipality is compared with the rest of it."""


class Comparison(StrEnum):
    """What a comparison says of a figure."""

    MORE = "more"
    ABOUT_EQUAL = "about equal"
    LESS = "less"
    NOT_YET = "not yet to be said"


class FunnelLabel(StrEnum):
    """On which side of a funnel a figure lies, and outside which of its limits."""

    HIGH_3 = "High (0.001)"
    HIGH_2 = "High (0.025)"
    WITHIN = "Not significant"
    LOW_2 = "Low (0.025)"
    LOW_3 = "Low (0.001)"


COMPARISON = pl.Enum(Comparison)
FUNNEL_LABEL = pl.Enum(FunnelLabel)


def verdict(lower: pl.Expr, upper: pl.Expr, benchmark: pl.Expr | float) -> pl.Expr:
    """Say whether an interval lies above, around or below a benchmark, all in one unit.

    The benchmark is a constant or a policy target; use `difference` for an estimate. A limit equal
    to the benchmark is "about equal". Gives a column `comparison` of type `COMPARISON`.
    """
    aim = pl.lit(benchmark) if isinstance(benchmark, float | int) else benchmark
    low, high, aim = _numbers(lower, upper, aim)
    return _side((low - aim).sign(), (high - aim).sign())


def apart(limits: Limits, other: Limits) -> pl.Expr:
    """Say whether two intervals lie apart: one area beside another, or beside an earlier period.

    Fingertips' double overlap. It rarely errs, but misses much: two intervals at 95 % lie apart by
    chance far less often than in 5 %. Where counts are known, test their difference. A column
    `comparison`, as `verdict`; "about equal" where they overlap or touch.
    """
    low, high, other_low, other_high = _numbers(*limits, *other)
    return _side((low - other_high).sign(), (high - other_low).sign())


def share_against_municipality(
    x: pl.Expr, n: pl.Expr, total_x: pl.Expr, total_n: pl.Expr, *, confidence: float = COLOUR_LEVEL
) -> pl.Expr:
    """Compare an area's share with its municipality's, which includes it; counts of persons.

    Wilson's interval against the municipality's share; for an area above `LARGE_SHARE` the
    two-sample test against the rest, because that rest is then an estimate no surer than the area.
    """
    x, n, total_x, total_n = _numbers(x, n, total_x, total_n)
    whole = verdict(*wilson(x, n, confidence=confidence), total_x / total_n)
    rest = share_against_baseline(x, n, total_x - x, total_n - n, confidence=confidence)
    return _whole_or_rest(n, total_n, whole, rest)


def rate_against_municipality(
    x: pl.Expr, n: pl.Expr, total_x: pl.Expr, total_n: pl.Expr, *, confidence: float = COLOUR_LEVEL
) -> pl.Expr:
    """Compare an area's rate with its municipality's, which includes it; events on inhabitants.

    As `share_against_municipality`, with the Poisson limits and the conditional test.
    """
    x, n, total_x, total_n = _numbers(x, n, total_x, total_n)
    whole = verdict(*rate(x, n, multiplier=1.0, confidence=confidence), total_x / total_n)
    rest = rate_against_baseline(x, n, total_x - x, total_n - n, confidence=confidence)
    return _whole_or_rest(n, total_n, whole, rest)


def share_against_baseline(
    x: pl.Expr, n: pl.Expr, other_x: pl.Expr, other_n: pl.Expr, *, confidence: float = COLOUR_LEVEL
) -> pl.Expr:
    """Compare a share with another, independent one: the baseline, or a year ago."""
    limits = share_difference(x, n, other_x, other_n, confidence=confidence)
    return _among_enough(pl.min_horizontal(n, other_n), verdict(*limits, 0.0))


def rate_against_baseline(
    x: pl.Expr, n: pl.Expr, other_x: pl.Expr, other_n: pl.Expr, *, confidence: float = COLOUR_LEVEL
) -> pl.Expr:
    """Compare a rate with another, independent one: the baseline, or a year ago."""
    limits = rate_ratio(x, n, other_x, other_n, confidence=confidence)
    return _among_enough(pl.min_horizontal(n, other_n), verdict(*limits, 1.0))


def share_funnel(n: pl.Expr, benchmark: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the funnel's limits around a benchmark share, for n persons; between 0 and 1.

    p -/+ z √(p(1 - p)/n): what PHEindicatormethods' `sigma_adjustment` comes to. A share lies
    outside it exactly where its Wilson interval does not hold the benchmark.
    """
    half = normal_quantile(confidence) * (benchmark * (1 - benchmark) / n).sqrt()
    lower, upper = (benchmark - half).clip(0.0, 1.0), (benchmark + half).clip(0.0, 1.0)
    return Limits.between(lower, upper, where=n > 0)


def ratio_funnel(observed: pl.Expr, *, confidence: float = TEXT_LEVEL) -> Limits:
    """Give the funnel's limits of observed/expected, at the counts where the funnel has them.

    For each observed count the two expected counts at which it becomes too few or too many (the
    exact Poisson limits) are divided into it. PHEindicatormethods, `poisson_funnel`, without its
    bisection. The upper limit is null for no events. Times a benchmark rate they are the limits of
    a rate, on the population in which so many events are expected.
    """
    expected = exact_poisson(observed, confidence=confidence)
    lower, upper = observed / expected.upper, observed / expected.lower
    return Limits(lower.alias("lower"), pl.when(observed > 0).then(upper).alias("upper"))


def share_funnel_label(x: pl.Expr, n: pl.Expr, benchmark: pl.Expr | float) -> pl.Expr:
    """Label x of n in the funnel around a benchmark share; a column of type `FUNNEL_LABEL`."""
    at_95, at_998 = (wilson(x, n, confidence=level) for level in (TEXT_LEVEL, COLOUR_LEVEL))
    return _funnel_label(at_95, at_998, benchmark)


def ratio_funnel_label(observed: pl.Expr, expected: pl.Expr) -> pl.Expr:
    """Label observed against expected events in the funnel; a column of type `FUNNEL_LABEL`.

    By the limits of observed/expected against 1 (PHEindicatormethods,
    `assign_funnel_significance`). Of a rate, what is expected is n times the benchmark rate; of a
    directly standardised one the events observed times benchmark/value.
    """
    at_95, at_998 = (
        rate(observed, expected, multiplier=1.0, confidence=level)
        for level in (TEXT_LEVEL, COLOUR_LEVEL)
    )
    return _funnel_label(at_95, at_998, 1.0)


def quantile_group(values: pl.Expr, groups: int = 10, *, highest_first: bool = True) -> pl.Expr:
    """Return the group of each value among equally many groups, 1 to `groups`; Int64.

    Group 1 holds the highest values, or the lowest. With n values, of which equal ones share the
    least rank, ⌊(k + 1) - ⌈(n + 1 - rank)/(n/k)⌉⌋, and 1 where that is 0: PHEindicatormethods,
    `phe_quantile`. Null for a missing value, and for all where there are fewer values than groups.
    Among the areas of each region: `quantile_group(...).over("region")`.
    """
    known = values.cast(pl.Float64).fill_nan(None)
    n, rank = known.count().cast(pl.Float64), known.rank("min", descending=highest_first)
    group = ((groups + 1) - ((n + 1 - rank) / (n / groups)).ceil()).floor().clip(lower_bound=1)
    return pl.when(n >= groups).then(group).cast(pl.Int64).alias("quantile_group")


def _funnel_label(at_95: Limits, at_998: Limits, benchmark: pl.Expr | float) -> pl.Expr:
    label = (
        pl.when(at_998.lower > benchmark)
        .then(_label(FunnelLabel.HIGH_3))
        .when(at_998.upper < benchmark)
        .then(_label(FunnelLabel.LOW_3))
        .when(at_95.lower > benchmark)
        .then(_label(FunnelLabel.HIGH_2))
        .when(at_95.upper < benchmark)
        .then(_label(FunnelLabel.LOW_2))
        .when(at_95.lower.is_not_null())
        .then(_label(FunnelLabel.WITHIN))
    )
    return label.alias("funnel")


def _side(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Return the word for two signs that agree, or do not; without one of them not yet known."""
    # Added: one occurrence of each, and not a number stays not a number.
    words = dict.fromkeys((-1.0, 0.0, 1.0), Comparison.ABOUT_EQUAL)
    words |= {2.0: Comparison.MORE, -2.0: Comparison.LESS}
    word = (one + other).replace_strict(words, default=Comparison.NOT_YET, return_dtype=COMPARISON)
    return word.alias("comparison")


def _whole_or_rest(n: pl.Expr, total_n: pl.Expr, whole: pl.Expr, rest: pl.Expr) -> pl.Expr:
    large = n / total_n > LARGE_SHARE
    return _among_enough(n, pl.when(large).then(rest).otherwise(whole))


def _among_enough(n: pl.Expr, word: pl.Expr) -> pl.Expr:
    enough = pl.when(n >= LEAST_PERSONS).then(word).otherwise(_word(Comparison.NOT_YET))
    return enough.alias("comparison")


def _word(comparison: Comparison) -> pl.Expr:
    return pl.lit(comparison.value, dtype=COMPARISON)


def _label(label: FunnelLabel) -> pl.Expr:
    return pl.lit(label.value, dtype=FUNNEL_LABEL)


def _numbers(*expressions: pl.Expr) -> tuple[pl.Expr, ...]:
    return tuple(expression.cast(pl.Float64) for expression in expressions)
