"""Rates as if every area had the same people: standardised directly and indirectly.

Frames in and out: a row per area and age band (or other stratum) comes in, a row per area goes out,
in order of appearance. Formulas of the English public health indicators (OHID Fingertips, technical
guidance).
"""

from collections.abc import Sequence

import polars as pl

from transforms.intervals import FEW_EVENTS, TEXT_LEVEL, rate, standardised


def direct(
    strata: pl.DataFrame,
    by: Sequence[str],
    *,
    multiplier: float = 1000.0,
    confidence: float = TEXT_LEVEL,
) -> pl.DataFrame:
    """Return directly standardised rates, with Dobson's limits.

    Args:
        strata: the columns of `by`, and per age band `x` events on `n` people, of whom the standard
            population has `weight`. A null `x` is no events.
        by: the columns that together name an area; none for one rate over all.
        multiplier: the rate is per so many people.
        confidence: of the limits.

    Returns:
        The columns of `by`, `x` and `n` (sums), `value`, `variance`, `lower` and `upper`; of value
        and variance the unit is that of the rate. Value = Σ(w x/n)/Σw, variance =
        Σ(w² x/n²)/(Σw)². Null below 10 events, too few for these limits, and where in one of the
        age bands nobody lives.

    Dobson 1991, doi:10.1002/sim.4780100317. Events must be independent: of people with several, use
    `direct_repeated`.
    """
    return _direct(strata, by, _terms(pl.col("x")), multiplier=multiplier, confidence=confidence)


def direct_repeated(
    strata: pl.DataFrame,
    by: Sequence[str],
    *,
    multiplier: float = 1000.0,
    confidence: float = TEXT_LEVEL,
) -> pl.DataFrame:
    """Return directly standardised rates of events of which a person may have several.

    As `direct`, with a row per age band and number of events: `people` who had `events` each. `n`
    and `weight` are those of the age band, the same in each of its rows; the column `band` names
    it. The variance is Σ f² Var_f over the numbers of events f: who comes five times comes five
    times together. PHEindicatormethods 2.1, `calculate_dsr` with dependent events.
    """
    times = pl.col("events").cast(pl.Float64)
    bands = strata.group_by(*by, "band", maintain_order=True).agg(
        (times * pl.col("people")).sum().alias("x"),
        (times**2 * pl.col("people")).sum().alias("squared"),
        pl.col("n", "weight").first(),
    )
    terms = _terms(pl.col("squared"))
    return _direct(bands, by, terms, multiplier=multiplier, confidence=confidence)


def indirect(
    strata: pl.DataFrame,
    by: Sequence[str],
    *,
    multiplier: float = 1000.0,
    confidence: float = TEXT_LEVEL,
) -> pl.DataFrame:
    """Return indirectly standardised rates and ratios: what came beside what one would expect.

    Args:
        strata: the columns of `by`, and per age band `x` events on `n` people, beside `reference_x`
            on `reference_n` people in the reference population. A null count is none.
        by: the columns that together name an area; none for one rate over all.
        multiplier: the rate is per so many people.
        confidence: of the limits.

    Returns:
        The columns of `by`, `x` (observed), `expected`, `ratio` (their quotient),
        `reference_rate`, and `value` (ratio times that rate), `lower` and `upper`. Limits are exact
        below 10 events and Byar's from 10 on; divide by the reference rate for those of the ratio.
        Null where nothing is expected.
    """
    x, n, above, below = (
        pl.col(name).cast(pl.Float64) for name in ("x", "n", "reference_x", "reference_n")
    )
    areas = _per_area(
        strata,
        by,
        [
            x.sum(),
            (above.fill_null(0.0) / below * n).sum().alias("expected"),
            (above.sum() / below.sum() * multiplier).alias("reference_rate"),
        ],
    )
    observed, expected, level = pl.col("x"), pl.col("expected"), pl.col("reference_rate")
    lower, upper = rate(observed, expected, multiplier=1.0, confidence=confidence)
    return areas.with_columns(
        pl.when(expected > 0).then(observed / expected).alias("ratio")
    ).select(
        *by,
        "x",
        "expected",
        "ratio",
        level,
        (pl.col("ratio") * level).alias("value"),
        (lower * level).alias("lower"),
        (upper * level).alias("upper"),
    )


def _terms(squared: pl.Expr) -> pl.Expr:
    """Return what an age band adds to the variance, times the weights squared."""
    return pl.col("weight") ** 2 * squared.fill_null(0) / pl.col("n") ** 2


def _direct(
    strata: pl.DataFrame,
    by: Sequence[str],
    terms: pl.Expr,
    *,
    multiplier: float,
    confidence: float,
) -> pl.DataFrame:
    x, n, weight = (pl.col(name).cast(pl.Float64) for name in ("x", "n", "weight"))
    inhabited = ((n > 0) & (weight >= 0)).fill_null(False).all()
    numbers = strata.with_columns(x, n, weight)
    areas = _per_area(
        numbers,
        by,
        [
            pl.col("x", "n").sum(),
            ((weight * x.fill_null(0.0) / n).sum() / weight.sum() * multiplier).alias("value"),
            (terms.sum() / weight.sum() ** 2 * multiplier**2).alias("variance"),
            inhabited.alias("inhabited"),
        ],
    )
    enough = (pl.col("x") >= FEW_EVENTS) & pl.col("inhabited")
    told = areas.with_columns(pl.when(enough).then(pl.col("value", "variance")))
    limits = standardised(pl.col("value"), pl.col("variance"), pl.col("x"), confidence=confidence)
    return told.with_columns(*limits).drop("inhabited")


def _per_area(strata: pl.DataFrame, by: Sequence[str], sums: list[pl.Expr]) -> pl.DataFrame:
    if not by:
        return strata.select(*sums)
    return strata.group_by(by, maintain_order=True).agg(*sums)
