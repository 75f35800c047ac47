"""How long people wait, those who still wait included: Kaplan and Meier's curve, many at once.

A mean of finished waits lies: whoever waits longest is not in it yet (statistics and disclosure,
1 and 3). Frames in and out have one row per curve and time: the columns of `by`, `time` (a number),
`ended` (how many waits ended then) and `open` (of how many is only known that they last longer).
Counts need not be whole.
"""

from collections.abc import Sequence

import polars as pl

from transforms.intervals import TEXT_LEVEL, normal_quantile

_NOTHING = 1e-9
"""Products of fractions that should meet a level exactly miss it by less."""


def curves(waits: pl.DataFrame, *, by: Sequence[str]) -> pl.DataFrame:
    """Return each curve at the times at which a wait ended; sorted by `by` and time.

    Columns: `by`, time, `waiting` (the share that waits longer, 0-1) and `error` (its standard
    error by Greenwood's formula; null once nobody waits longer). Kaplan and Meier 1958, JASA
    53:457; Greenwood 1926. A wait that is still open counts as long as it is known to last.
    """
    gone, ended = pl.col("ended") + pl.col("open"), pl.col("ended").cast(pl.Float64)
    at_risk = (gone.sum().over(by) - gone.cum_sum().over(by) + gone).cast(pl.Float64)
    risked = waits.sort(*by, "time").with_columns(at_risk.alias("at_risk"))
    there = risked.filter(pl.col("ended") > 0)
    stay = (1 - ended / pl.col("at_risk")).alias("stay")
    left = pl.col("at_risk") - ended
    spread = pl.when(left > 0).then(ended / (pl.col("at_risk") * left)).alias("spread")
    stepped = there.with_columns(stay, spread)
    waiting, summed = (
        pl.col("stay").cum_prod().over(by),
        pl.col("spread").cum_sum().over(by),
    )
    error = pl.when(pl.col("spread").is_not_null()).then(waiting * summed.sqrt())
    return stepped.select(*by, "time", waiting.alias("waiting"), error.alias("error"))


def quantile(
    curves_: pl.DataFrame, share: float, *, by: Sequence[str], confidence: float = TEXT_LEVEL
) -> pl.DataFrame:
    """Return by when a share of the waits has ended, with limits: `by`, value, lower, upper.

    `value`: the first time at which more than that share has ended; null where that is not known
    yet. Limits: the times at which the curve, on the scale of log(-log), does not differ from the
    share; `upper` is null where nothing bounds it. Where the curve differs before the value and
    after, both limits are the value. One row for each curve. Brookmeyer and Crowley 1982,
    Biometrics 38:29, in the form of SAS and of statsmodels' `SurvfuncRight`.
    """
    passed = pl.col("waiting") < 1 - share - _NOTHING
    near = _distance(1 - share).abs() <= normal_quantile(confidence)
    after = pl.col("time").shift(-1).over(by).alias("after")
    time = pl.col("time")
    first = time.filter(pl.col("passed")).first()
    beyond = pl.col("after").filter(pl.col("near")).last()
    return (
        curves_.with_columns(after, passed.alias("passed"), near.fill_null(False).alias("near"))
        .group_by(*by, maintain_order=True)
        .agg(
            first.alias("value"),
            pl.coalesce(time.filter(pl.col("near")).first(), first).alias("lower"),
            pl.when(pl.col("near").any()).then(beyond).otherwise(first).alias("upper"),
        )
    )


def _distance(level: float) -> pl.Expr:
    """Return how many standard errors a curve lies from a level, on the scale of log(-log)."""
    waiting = pl.col("waiting")
    inside = pl.when(waiting.is_between(0, 1, closed="none") & (pl.col("error") > 0)).then(waiting)
    goal = pl.lit(level, dtype=pl.Float64)
    apart = (-inside.log()).log() - (-goal.log()).log()
    return apart * (inside * inside.log()).abs() / pl.col("error")
