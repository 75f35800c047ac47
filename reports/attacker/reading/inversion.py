"""Numbers that do not follow from the shown counts, and which counts do lead to them."""

import polars as pl

from reports.attacker.reading.formulas import KINDS, following, kind, same
from reports.attacker.reading.release import Release
from transforms.intervals import rate, wilson

JUDGED = {
    "figure": pl.UInt32(),
    "value_follows": pl.Boolean(),
    "limits_follow": pl.Boolean(),
    "rounded_low": pl.Float64(),
    "rounded_high": pl.Float64(),
    "x_low": pl.Float64(),
    "x_high": pl.Float64(),
    "n_low": pl.Float64(),
    "n_high": pl.Float64(),
}
"""`rounded_*`: between what the hidden numerator of a survey was rounded. `x_*`, `n_*`: between
what the counts lie that lead to a number that does not follow; null where nothing was found."""


def judged(figures: pl.DataFrame, release: Release) -> pl.DataFrame:
    """Judge the published figures of an edition with a `figure` number: columns of `JUDGED`."""
    seen = figures.with_columns(kind=kind()).filter(
        (pl.col("status") == "published") & pl.col("kind").is_not_null()
    )
    frames = [_judged(seen.filter(kind=one), one, release) for one in KINDS]
    every = pl.concat([pl.DataFrame(schema=JUDGED), *frames])
    return every.sort("figure")


def _judged(figures: pl.DataFrame, kind_: str, release: Release) -> pl.DataFrame:
    """Judge the figures of one kind: by every rounded numerator that they may have."""
    tried = _with_numerators(figures, release.base)
    x, n = pl.col("x"), pl.col("denominator")
    made = following(kind_, x, n, base=release.base, step=int(release.rules.get("survey_step", 1)))
    hits = tried.with_columns(
        value_follows=same(made.value, pl.col("value")),
        limits_follow=same(made.lower, pl.col("lower")) & same(made.upper, pl.col("upper")),
    )
    both = pl.col("value_follows") & pl.col("limits_follow")
    fitting = pl.when(both.any().over("figure")).then(both).otherwise("value_follows")
    rounded = x.filter(fitting)
    verdict = hits.group_by("figure").agg(
        pl.col("value_follows").any(),
        both.any().alias("limits_follow"),
        rounded_low=rounded.min(),
        rounded_high=rounded.max(),
    )
    wrong = verdict.filter(~(pl.col("value_follows") & pl.col("limits_follow")))
    inverse = _inverse(figures.join(wrong.select("figure", "value_follows"), on="figure"), release)
    found = verdict.join(inverse, on="figure", how="left", validate="1:1")
    return found.select(pl.col(name).cast(dtype) for name, dtype in JUDGED.items())


def _with_numerators(figures: pl.DataFrame, base: int) -> pl.DataFrame:
    """Return a row per numerator `x` that a figure may have: the one that is shown, or each."""
    top = pl.col("denominator").fill_null(0).cast(pl.Int64)
    every = pl.int_ranges(0, top + 1, base).cast(pl.List(pl.Float64))
    one = pl.concat_list(pl.col("numerator"))
    shown = pl.col("numerator").is_not_null()
    return figures.with_columns(x=pl.when(shown).then(one).otherwise(every)).explode("x")


def _inverse(figures: pl.DataFrame, release: Release) -> pl.DataFrame:
    """Find the exact counts near the shown ones that lead to the numbers that do not follow."""
    slack = release.base - 1
    spread = pl.when("constant").then(0).otherwise(slack)
    tried = _with_numerators(figures, release.base)
    near = tried.with_columns(
        x=_around(pl.col("x"), pl.lit(slack)), n=_around(pl.col("denominator"), spread)
    )
    pairs = near.explode("x").explode("n").filter((pl.col("x") >= 0) & (pl.col("n") > 0))
    leads = pl.when("value_follows").then(_limits_fit()).otherwise(_value_fits())
    hits = pairs.filter(leads.fill_null(False))
    x, n = pl.col("x"), pl.col("n")
    return hits.group_by("figure").agg(x_low=x.min(), x_high=x.max(), n_low=n.min(), n_high=n.max())


def _around(number: pl.Expr, spread: pl.Expr) -> pl.Expr:
    whole = number.cast(pl.Int64)
    return pl.int_ranges(whole - spread, whole + spread + 1).cast(pl.List(pl.Float64))


def _value_fits() -> pl.Expr:
    """Whether the counts give the value to as many decimals as it has."""
    told, raw = pl.col("value"), pl.col("x") / pl.col("n") * pl.col("multiplier")
    return (raw - told).abs() <= 0.5 * _unit(told)


def _limits_fit() -> pl.Expr:
    """Whether the counts give the limits, rounded in any direction to the decimals they have."""
    x, n, per = pl.col("x"), pl.col("n"), pl.col("multiplier")
    one, other = wilson(x, n), rate(x, n, multiplier=1.0)
    fits = []
    for name, share, rated in zip(("lower", "upper"), one, other, strict=True):
        raw = pl.when(pl.col("way") == "share").then(share).otherwise(rated * per)
        fits.append((raw - pl.col(name)).abs() < _unit(pl.col(name)))
    return fits[0] & fits[1]


def _unit(number: pl.Expr) -> pl.Expr:
    """Return the worth of the last decimal of a number, as it is written; at least 1e-12."""
    digits = number.cast(pl.String).str.extract(r"\.(\d+)$").str.len_chars().fill_null(0)
    plain = number == number.round(0)
    return pl.when(plain).then(1.0).otherwise(pl.lit(10.0).pow(-digits.cast(pl.Float64)))
