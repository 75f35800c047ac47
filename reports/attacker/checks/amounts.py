"""Figures that are not one count: waits, means, medians and distributions, by what they promise.

Statistics and disclosure, 4.2: a wait in whole weeks and from rounded counts; a mean so coarse that
it tells no contribution within a tenth; a share of a distribution from its rounded counts. What is
finer than that was worked out from the exact amounts.
"""

from collections.abc import Iterator

import polars as pl

from reports.attacker.checks.rules import found
from reports.attacker.findings import Finding, Kind
from reports.attacker.reading.decoding import Decoded
from reports.attacker.reading.formulas import same
from transforms.intervals import TEXT_LEVEL, student_quantile, wilson

_WEEK = 7
_PLACE = ("indicator", "version", "period", "area_code", "partner")
_NUMBERS = ("value", "lower", "upper")
_WITHIN = 0.1
_STEPS = pl.Series("step", [one * 10.0**power for power in range(-4, 7) for one in (1, 2, 5)])
_ROUNDED = "deze waarde is te precies. Zij komt niet uit afgeronde aantallen."


def too_precise(decoded: Decoded) -> Iterator[Finding]:
    """Yield waits, means, medians and distributions that tell more than they may."""
    shown = decoded.figures.filter(pl.col("status") == "published", pl.col("source") == "own")
    waits = _with_whole(shown.filter(way="wait"))
    yield from found(decoded, Kind.VALUE, waits.filter(_in_days()), _ROUNDED)
    yield from _still_waiting(decoded, waits)
    yield from _within_norm(decoded, waits.filter(of_class="norm"))
    yield from found(decoded, Kind.VALUE, _fine(shown, decoded.release.base - 1), _ROUNDED)
    yield from _classes(decoded, shown.filter(pl.col("way") == "distribution", unit="%"))


def _with_whole(waits: pl.DataFrame) -> pl.DataFrame:
    """Add `asked` and `ended`: the rounded counts of the whole that each wait is part of."""
    whole = waits.filter(of_class="").select(*_PLACE, asked="denominator", ended="numerator")
    return waits.join(whole, on=_PLACE, how="left", validate="m:1")


def _in_days() -> pl.Expr:
    """Whether a wait is told in days where it should be in weeks."""
    days = pl.any_horizontal(pl.col(name) % _WEEK != 0 for name in _NUMBERS)
    return pl.col("of_class").is_in(["", "p90"]) & days.fill_null(False)


def _still_waiting(decoded: Decoded, waits: pl.DataFrame) -> Iterator[Finding]:
    """Yield who still wait, where that is not a count like any other; and waits of too few."""
    base, threshold, rules = decoded.release.base, decoded.release.threshold, decoded.release.rules
    waiting = waits.filter(of_class="open")
    how = f"een aantal is geen veelvoud van {base}. Het is dus niet afgerond."
    yield from found(decoded, Kind.NOT_ROUNDED, waiting.filter(pl.col("value") % base != 0), how)
    few = pl.min_horizontal("value", pl.col("asked") - pl.col("value")) < threshold
    least = pl.when(of_class="p90").then(2).otherwise(1) * int(rules.get("share_denominator", 0))
    short = pl.col("of_class").is_in(["", "p90"]) & (pl.col("asked") < least)
    how = "een aantal, of wat ervan overblijft, is te klein om te tonen."
    both = pl.concat([waiting.filter(few), waits.filter(short)])
    yield from found(decoded, Kind.TOO_SMALL, both, how)


def _within_norm(decoded: Decoded, figures: pl.DataFrame) -> Iterator[Finding]:
    """Yield shares within the norm that no rounded counts lead to.

    Neither of the two is shown: who was helped in time, and who was late. Who was late is a
    difference of two counts, and so off by twice as much.
    """
    base, slack = decoded.release.base, decoded.release.base - 1
    x, late, share = pl.col("x"), pl.col("late"), pl.col("value")
    counts = pl.int_ranges(0, pl.col("asked").cast(pl.Int64) + 1, base).cast(pl.List(pl.Float64))
    tried = figures.filter(pl.col("asked").is_not_null()).with_columns(x=counts).explode("x")
    every = tried.with_columns(late=_late(x, share, base=base)).explode("late")
    fitting = every.filter(x + late <= pl.col("asked"), x + late > 0)
    less, more = (x - slack).clip(0), x + slack
    low = wilson(less, less + late + 2 * slack).lower
    high = wilson(more, more + (late - 2 * slack).clip(0)).upper
    follows = (
        same((x / (x + late)).round(2), share)
        & same(((low * 100).floor() / 100).round(4), pl.col("lower"))
        & same(((high * 100).ceil() / 100).round(4), pl.col("upper"))
    )
    known = fitting.filter(follows)["name"]
    wrong = figures.filter(~pl.col("name").is_in(known.implode()))
    yield from found(decoded, Kind.VALUE, wrong, _ROUNDED)


def _late(x: pl.Expr, share: pl.Expr, *, base: int) -> pl.Expr:
    """Return the multiples of the base that make x about this share of both together."""
    low, high = (x / (share + step) - x for step in (0.005, -0.005))
    first = (low / base).floor().clip(0).cast(pl.Int64)
    last = (high / base).ceil().fill_nan(0).clip(0, 1e6).cast(pl.Int64)
    return (pl.int_ranges(first, last + 1) * base).cast(pl.List(pl.Float64))


def _fine(shown: pl.DataFrame, slack: int) -> pl.DataFrame:
    """Return means and medians of which the numbers lie on no step that is coarse enough.

    A mean times its number is a sum: the step must leave a tenth of the largest contribution on
    either side. None lies further from the mean than s (n - 1)/√n (Samuelson 1968). A median is
    somebody's own amount.
    """
    amounts = shown.filter(pl.col("way").is_in(["mean", "median"]))
    tried = amounts.join(_STEPS.to_frame(), how="cross")
    step, value, n = pl.col("step"), pl.col("value").abs(), pl.col("denominator")
    on_step = pl.all_horizontal(
        ((pl.col(name) / step) - (pl.col(name) / step).round()).abs() < 1e-6 for name in _NUMBERS
    )
    half = ((pl.col("upper") - pl.col("lower")) / 2 - 1.5 * step).clip(0)
    spread = half * (n + slack - 1) / student_quantile(n + slack - 1, TEXT_LEVEL)
    of_mean = ((value - step / 2).clip(0) + spread) / (n - slack)
    of_median = pl.max_horizontal(value - step / 2, pl.col("upper") - step).clip(0)
    largest = pl.when(way="mean").then(of_mean).otherwise(of_median)
    coarse = tried.filter(on_step.fill_null(True) & (step >= 2 * _WITHIN * largest - 1e-9))
    return amounts.filter(~pl.col("name").is_in(coarse["name"].implode()))


def _classes(decoded: Decoded, figures: pl.DataFrame) -> Iterator[Finding]:
    """Yield classes of a distribution that do not follow from the counts beside them."""
    x, n, rules = pl.col("numerator"), pl.col("denominator"), decoded.release.rules
    wrong = figures.filter(~same((x / n).round(2), pl.col("value")))
    yield from found(decoded, Kind.VALUE, wrong, _ROUNDED)
    few = pl.min_horizontal(x, n - x) < decoded.release.threshold
    small = few | (n < int(rules.get("share_denominator", 0)))
    how = "een klasse, of wat ervan overblijft, is te klein om te tonen."
    yield from found(decoded, Kind.TOO_SMALL, figures.filter(small), how)
