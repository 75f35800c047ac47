"""Where a published figure stands: against its target, its baseline, a year ago, the municipality.

Only published numbers are compared, so that a word never tells more than the figure beside it; and
only what is certain at 99.8 % gets a definite word (statistics and disclosure, 3).
"""

from functools import cache

import polars as pl

from sources.agreement.model import Agreement, Counts, Indicator, Way
from transforms import benchmarks
from transforms.benchmarks import PLACE
from transforms.comparison import (
    rate_against_baseline,
    rate_against_municipality,
    share_against_baseline,
    share_against_municipality,
    verdict,
)
from transforms.intervals import COLOUR_LEVEL, normal_quantile, rate, wilson

_COMPARED = {
    "target": benchmarks.target,
    "baseline": benchmarks.baseline,
    "year_ago": benchmarks.year_ago,
    "municipality": benchmarks.municipality,
}

AGAINST = tuple(_COMPARED)
"""What a figure is compared with. Each gives a word (a `Comparison`, null where there is nothing to
compare with) and, in `<name>_value`, the number that it is compared with."""

_WIDER = normal_quantile(COLOUR_LEVEL) / normal_quantile(0.95)


def standing(figures: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return the published figures with a word and a number for each of `AGAINST`.

    A figure that is not published, and a variant or class, has nulls. `target`: the next one
    agreed, of the area itself before that of the municipality. `baseline`: the same figure in the
    baseline's period; for the municipality also the value that was agreed on. `year_ago`: the same
    figure four quarters earlier, unless the series breaks in between; never for a provisional
    figure. `municipality`: for areas within it, in the same period.
    """
    has_number = (pl.col("status") == "published") & pl.col("value").is_not_null()
    told = figures.filter(has_number & (pl.col("breakdown") == "")).select(*_FIGURE, *_NUMBERS)
    words = _words(_pairs(told, agreement))
    stands = figures
    for name in AGAINST:
        named = [pl.col("word").alias(name), pl.col("other_value").alias(f"{name}_value")]
        found = words.filter(pl.col("against") == name).select(*_ONE, *named)
        stands = stands.join(found, on=_ONE, how="left", validate="1:1", maintain_order="left")
    return stands


_ONE = [*PLACE, "period"]
_FIGURE = [*_ONE, "period_status"]
_NUMBERS = ("numerator", "denominator", "value", "lower", "upper", "converted")


def _pairs(told: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Pair each figure with each number that it is compared with, one row per pair.

    Columns: those of a figure, against, other_value; and the counts x, n, other_x and other_n. A
    survey shows no count, and gets the one that fits its share.
    """
    others = {"numerator": "other_x", "denominator": "other_n", "value": "other_value"}
    found = [
        benchmark(told, agreement)
        .select(*_ONE, *others)
        .rename(others)
        .with_columns(pl.lit(name).alias("against"))
        for name, benchmark in _COMPARED.items()
    ]
    kinds = [(i, _kind(one), one.multiplier) for i, one in sorted(agreement.indicators.items())]
    schema = {"indicator": pl.String(), "kind": pl.String(), "multiplier": pl.Float64()}
    indicators = pl.DataFrame(kinds, schema=schema, orient="row")
    return (
        pl.concat(found)
        .join(told, on=_ONE, how="inner", validate="m:1")
        .join(indicators, on="indicator", how="inner", validate="m:1")
        .with_columns(x=_count("numerator", "value", "denominator"), n=pl.col("denominator"))
        .with_columns(other_x=_count("other_x", "other_value", "other_n"))
        .sort("against", *_ONE)
    )


def _kind(indicator: Indicator) -> str:
    counted = indicator.way in (Way.SHARE, Way.RATE) and not indicator.protected_at_source
    # Of money no chance tells how far it could have been from what it is.
    money = indicator.numerator.counts is Counts.MONEY
    return indicator.way.value if counted and not money else "given"


def _count(count: str, value: str, denominator: str) -> pl.Expr:
    fitting = pl.col(value) * pl.col(denominator) / pl.col("multiplier")
    return pl.coalesce(count, fitting)


def _words(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add `word` (a `Comparison`) to pairs: by the counts of both, or else by the limits of one."""
    words = (pairs.filter(fits).with_columns(test.alias("word")) for fits, test in _tests())
    return pl.concat(words)


@cache
def _tests() -> tuple[tuple[pl.Expr, pl.Expr], ...]:
    """Return which pairs each test fits, and the test: each is worked out over all of them at once.

    Building a test costs far more than a thousand rows of it, so it is done once.
    """
    counted = pl.col("other_x").is_not_null() & pl.col("other_n").is_not_null()
    whole = pl.col("against") == "municipality"
    share, rate_ = (pl.col("kind") == kind for kind in (Way.SHARE.value, Way.RATE.value))
    x, n, other_x, other_n = (pl.col(name) for name in ("x", "n", "other_x", "other_n"))
    against_value = pl.col("other_value")
    per_one = against_value / pl.col("multiplier")
    value = pl.col("value")
    lower, upper = (value + (pl.col(b) - value) * _WIDER for b in ("lower", "upper"))
    return (
        (share & counted & whole, share_against_municipality(x, n, other_x, other_n)),
        (share & counted & ~whole, share_against_baseline(x, n, other_x, other_n)),
        (share & ~counted, verdict(*wilson(x, n, confidence=COLOUR_LEVEL), against_value)),
        (rate_ & counted & whole, rate_against_municipality(x, n, other_x, other_n)),
        (rate_ & counted & ~whole, rate_against_baseline(x, n, other_x, other_n)),
        (
            rate_ & ~counted,
            verdict(*rate(x, n, multiplier=1.0, confidence=COLOUR_LEVEL), per_one),
        ),
        (~share & ~rate_, verdict(lower, upper, against_value)),
    )
