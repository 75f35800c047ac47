"""What may be shown of a wait: whole weeks, from the rounded counts of who was helped by when.

Statistics and disclosure, 4.2, row "waits". Frames in hold the rows of wait readings, with the
breakdowns of `transforms.measures.wait`: the figure itself (who was helped of all who asked) and
its weeks (who was helped within so many weeks, and who was helped or only known until then).
"""

import polars as pl

from sources.agreement.model import Agreement, Edition, Internal, Way
from transforms.disclosure.numbers import NUMBERS
from transforms.disclosure.rounding import outward
from transforms.intervals import wilson
from transforms.measures.wait import DAYS, LAST_WEEK, NORM, OPEN, P90, week
from transforms.survival import curves, quantile

LATE = 2
"""By when nine in ten were helped needs so many times as many waits as by when half were."""

SHOWN = ("", P90, NORM, OPEN)
"""The breakdowns that are figures; the weeks only serve to work those out."""

_FIGURE = ["indicator", "version", "period", "area", "partner"]
_WEEKS = {week(number): number for number in range(LAST_WEEK + 1)}
_NONE = pl.lit(None, dtype=pl.Float64)


def public(rounded: pl.DataFrame, rules: Edition, *, norm: int, least: int) -> pl.DataFrame:
    """Return the rows of `SHOWN` as they may be shown: key, `NUMBERS` and `held` (bool).

    `rounded`: key (indicator, version, period, area, partner, breakdown), numerator and
    denominator, each rounded by at most `rules.base` - 1. `norm`: the agreed days, a whole number
    of weeks. `least`: the fewest waits of which half is told. Days are whole weeks: a value of 56
    says "within 8 weeks". Limits are those of the fastest and the slowest waits that round to the
    same. `held`: too few, or not known; such a row has no number.
    """
    slack = rules.base - 1
    whole = rounded.filter(pl.col("breakdown") == "").select(
        *_FIGURE, ended="numerator", asked="denominator"
    )
    known = _by_week(rounded, whole)
    told = [
        _until(known, whole, share=0.5, least=least, slack=slack, name=""),
        _until(known, whole, share=0.9, least=LATE * least, slack=slack, name=P90),
        _within_norm(known, rules, norm=norm),
        _still_open(whole, rules),
    ]
    return pl.concat(told).with_columns(pl.when(~pl.col("held")).then(pl.col(NUMBERS)))


def internal(exact: pl.DataFrame, rules: Internal, *, norm: int) -> pl.DataFrame:
    """Return the rows of `SHOWN` with `held` (bool): whether there are too few to be told.

    `exact`: observations of wait readings. A median needs `rules.observations` waits. Who still
    waits, and who does not, are counts; so are who was helped within the norm and who was not.
    """
    told = exact.filter(pl.col("breakdown").is_in(SHOWN))
    known = told.join(_groups(exact, norm=norm), on=_FIGURE, how="left", validate="m:1")
    asked = pl.col("asked").fill_null(0)
    groups = {
        OPEN: (pl.min_horizontal("value", asked - pl.col("value")) < rules.threshold),
        NORM: (pl.min_horizontal("within", "late") < rules.threshold)
        | (pl.col("within") + pl.col("late") < rules.percentage),
    }
    few = [pl.when(pl.col("breakdown") == name).then(test) for name, test in groups.items()]
    held = pl.coalesce(*few, asked < rules.observations) | pl.col("value").is_null()
    observed = pl.col("availability") == "observed"
    return known.select(*exact.columns, (observed & held).alias("held"))


def _groups(exact: pl.DataFrame, *, norm: int) -> pl.DataFrame:
    """Return per figure: asked, within (the norm) and late (beyond it)."""
    whole = exact.filter(pl.col("breakdown") == "").select(
        *_FIGURE, ended="numerator", asked="denominator"
    )
    at_norm = _by_week(exact, whole).filter(pl.col("week") * DAYS <= norm)
    last = at_norm.group_by(_FIGURE, maintain_order=True).agg(pl.col("within", "reached").last())
    told = whole.join(last, on=_FIGURE, how="left", validate="1:1")
    return told.select(*_FIGURE, "asked", "within", late=pl.col("asked") - pl.col("reached"))


def without_weeks(observations: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Leave out the weeks of waits: in days, a wait needs no counts but its own."""
    waits = [name for name, one in agreement.indicators.items() if one.way is Way.WAIT]
    weeks = pl.col("indicator").is_in(waits) & pl.col("breakdown").is_in(list(_WEEKS))
    return observations.filter(~weeks)


def _by_week(rounded: pl.DataFrame, whole: pl.DataFrame) -> pl.DataFrame:
    """Return per figure and week: `within` (helped by then), `reached` (or only known until then).

    Counts that were rounded one by one need not rise with the weeks; here they do again, and stay
    within the whole.
    """
    weeks = rounded.filter(pl.col("breakdown").is_in(list(_WEEKS))).with_columns(
        pl.col("breakdown").replace_strict(_WEEKS, return_dtype=pl.Int32).alias("week")
    )
    rising = weeks.join(whole, on=_FIGURE, how="inner", validate="m:1").sort(*_FIGURE, "week")
    within, reached = (
        pl.col(name).cum_max().over(_FIGURE) for name in ("numerator", "denominator")
    )
    return rising.select(
        *_FIGURE,
        "week",
        "ended",
        "asked",
        pl.min_horizontal(within, "ended").alias("within"),
        pl.min_horizontal(reached, "asked").alias("reached"),
    )


def _until(
    known: pl.DataFrame, whole: pl.DataFrame, *, share: float, least: int, slack: int, name: str
) -> pl.DataFrame:
    """Return by when a share of all who asked were helped, in days."""
    value, early, late = (_quantile(known, share, shift) for shift in (0, slack, -slack))
    found = (
        whole.join(value.select(*_FIGURE, "value"), on=_FIGURE, how="left", validate="1:1")
        .join(early.select(*_FIGURE, "lower"), on=_FIGURE, how="left", validate="1:1")
        .join(late.select(*_FIGURE, "upper"), on=_FIGURE, how="left", validate="1:1")
    )
    days = pl.col("value", "lower", "upper").cast(pl.Float64) * DAYS
    held = (pl.col("asked") < least) | pl.col("value").is_null()
    n = pl.col("asked") if name == "" else _NONE
    return _row(found.with_columns(days), name, n=n, held=held)


def _quantile(known: pl.DataFrame, share: float, shift: int) -> pl.DataFrame:
    """Return the weeks by which a share was helped, had everything counted `shift` more by then.

    The total is then as much smaller: together the fastest waits that round to the same, and with
    a negative shift the slowest.
    """
    total = pl.col("asked") - shift
    within = (pl.col("within") + shift).clip(0, total)
    waiting = (pl.col("reached") - pl.col("within")).clip(0).cum_max().over(_FIGURE)
    # Two counts make up who waits, so that is off by twice as much.
    until = (waiting + 2 * shift).clip(0, total - within)
    step = known.with_columns(within.alias("within"), until.alias("known")).with_columns(
        pl.col("within", "known").diff().over(_FIGURE).fill_null(pl.col("within", "known"))
    )
    waits = step.select(*_FIGURE, time="week", ended="within", open="known")
    gone = (pl.col("within") + pl.col("known")).sum()
    longer = step.group_by(_FIGURE).agg(
        pl.col("week").max().alias("time") + 1,
        pl.lit(0.0).alias("ended"),
        (pl.col("asked").first() - shift - gone).alias("open"),
    )
    every = pl.concat([waits, longer.select(waits.columns)], how="vertical_relaxed")
    return quantile(curves(every, by=_FIGURE), share, by=_FIGURE)


def _within_norm(known: pl.DataFrame, rules: Edition, *, norm: int) -> pl.DataFrame:
    """Return which share was helped within the norm, of those of whom that is known."""
    at_norm = known.filter(pl.col("week") * DAYS <= norm).group_by(_FIGURE, maintain_order=True)
    counted = at_norm.agg(pl.col("within", "reached", "asked").last())
    x, late, slack = pl.col("within"), pl.col("asked") - pl.col("reached"), rules.base - 1
    n = x + late
    # Two counts make up who was late, so that is off by twice as much as who was not.
    less, more = (x - slack).clip(0), x + slack
    low = wilson(less, less + late + 2 * slack).lower
    high = wilson(more, more + (late - 2 * slack).clip(0)).upper
    limits = outward(low, high, steps=100)
    few = pl.min_horizontal(x, late) < rules.threshold
    held = few | (n < rules.share_denominator)
    return _row(
        counted.with_columns((x / n).round(2).alias("value"), *limits), NORM, n=_NONE, held=held
    )


def _still_open(whole: pl.DataFrame, rules: Edition) -> pl.DataFrame:
    """Return how many still wait: a count like any other."""
    still = pl.col("asked") - pl.col("ended")
    held = pl.min_horizontal(still, "ended") < rules.threshold
    named = whole.with_columns(still.alias("value"), _NONE.alias("lower"), _NONE.alias("upper"))
    return _row(named, OPEN, n=_NONE, held=held)


def _row(figures: pl.DataFrame, name: str, *, n: pl.Expr, held: pl.Expr) -> pl.DataFrame:
    return figures.select(
        *_FIGURE,
        pl.lit(name).alias("breakdown"),
        _NONE.alias("numerator"),
        n.cast(pl.Float64).alias("denominator"),
        pl.col("value", "lower", "upper").cast(pl.Float64),
        held.fill_null(True).alias("held"),
    )
