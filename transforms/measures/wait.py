"""A wait: by when half of those who asked were helped, in days, those who still wait included.

Prepared rows: `amount` (the days waited, so far), `numerator` (1 if that wait is over, else 0) and
`denominator` (1). Of each figure there are more rows, told apart by their breakdown: `p90`, by when
nine in ten were helped; `norm`, which share was helped within the norm (`term.days`) of those of
whom that is known; `open`, how many still wait; and `w00`, `w01`, ..., of which the numerator is
how many were helped within so many weeks, and the denominator adds who then waited no longer yet.
Only the figure itself and its weeks hold counts: what may be shown follows from those, rounded.
"""

import polars as pl

from sources.agreement.model import Indicator
from transforms.intervals import wilson
from transforms.survival import curves, quantile

P90, NORM, OPEN = "p90", "norm", "open"

DAYS = 7
"""Days in a week; a wait of 1 to 7 days is within one week."""

LAST_WEEK = 52
"""A longer wait is only told in the total."""

_FIGURE = ("period", "area", "partner")
_LIMITS = ("value", "lower", "upper")


def tally() -> list[pl.Expr]:
    """Return the sums of a group of prepared rows; sums of sums are sums."""
    return [pl.col("numerator").sum(), pl.col("denominator").sum()]


def figure(sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Leave no counts beside p90, norm and open; value and limits are those of `read`."""
    counts = pl.col("numerator", "denominator").cast(pl.Float64)
    return sums.with_columns(pl.when(~pl.col("breakdown").is_in([P90, NORM, OPEN])).then(counts))


def week(number: int) -> str:
    """Return the breakdown of who was helped within so many weeks: `w08`."""
    return f"w{number:02}"


def parts(cells: pl.DataFrame) -> list[str]:
    """Return the breakdowns of a wait beside the figure itself, by the longest wait seen."""
    return [P90, NORM, OPEN, *map(week, _seen(cells))]


def read(amounts: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Return the figures of summed rows: period, area, partner, breakdown, the sums, and limits.

    Comes in: one row per figure and number of days. `lower` and `upper` are those of Kaplan and
    Meier's curve, or of the share within the norm (Wilson).
    """
    waits = amounts.drop_nulls("amount")
    sums = pl.col("numerator", "denominator").sum()
    whole = waits.group_by(_FIGURE).agg(sums)
    lines = curves(
        waits.select(
            *_FIGURE,
            pl.col("amount").alias("time"),
            pl.col("numerator").alias("ended"),
            (pl.col("denominator") - pl.col("numerator")).alias("open"),
        ),
        by=_FIGURE,
    )
    half, most = (quantile(lines, share, by=_FIGURE) for share in (0.5, 0.9))
    told = {
        "": whole.join(half, on=_FIGURE, how="left", validate="1:1"),
        P90: most,
        NORM: _within_norm(waits, whole, days=indicator.term.days if indicator.term else 0),
        OPEN: whole.select(*_FIGURE, value=pl.col("denominator") - pl.col("numerator")),
    }
    rows = [frame.with_columns(pl.lit(name).alias("breakdown")) for name, frame in told.items()]
    every = pl.concat([*rows, _by_week(waits)], how="diagonal_relaxed")
    return every.with_columns(pl.col(_LIMITS).cast(pl.Float64))


def _weeks(days: str) -> pl.Expr:
    """Return within how many weeks a number of days is."""
    return (pl.col(days) + DAYS - 1) // DAYS


def _seen(waits: pl.DataFrame) -> range:
    """Return the weeks up to the longest wait."""
    longest = waits.select(_weeks("amount").max()).item()
    return range(0 if longest is None else min(longest, LAST_WEEK) + 1)


def _within_norm(waits: pl.DataFrame, whole: pl.DataFrame, *, days: int) -> pl.DataFrame:
    """Return the share that was helped within the norm, of those of whom that is known.

    Not known it is of whoever waits, and not yet longer than the norm.
    """
    early = waits.filter(pl.col("amount") <= days)
    counts = early.group_by(_FIGURE).agg(
        pl.col("numerator").sum().alias("x"), pl.col("denominator").sum().alias("within")
    )
    told = whole.join(counts, on=_FIGURE, how="left", validate="1:1").with_columns(
        pl.col("x", "within").fill_null(0)
    )
    x = pl.col("x")
    n = pl.col("denominator") - (pl.col("within") - x)
    return told.select(*_FIGURE, pl.when(n > 0).then(x / n).alias("value"), *wilson(x, n))


def _by_week(waits: pl.DataFrame) -> pl.DataFrame:
    """Return of each figure, for every week that may be told, the sums within it."""
    sums = pl.col("numerator", "denominator").sum()
    in_week = (
        waits.with_columns(_weeks("amount").alias("week")).group_by(*_FIGURE, "week").agg(sums)
    )
    names = [(number, week(number)) for number in range(LAST_WEEK + 1)]
    schema = {"week": waits.schema["amount"], "breakdown": pl.String()}
    weeks = pl.DataFrame(names, schema=schema, orient="row")
    every = in_week.select(_FIGURE).unique().join(weeks, how="cross")
    known = every.join(in_week, on=[*_FIGURE, "week"], how="left", validate="1:1")
    running = pl.col("numerator", "denominator").fill_null(0).cum_sum().over(_FIGURE)
    return known.sort(*_FIGURE, "week").with_columns(running).drop("week")
