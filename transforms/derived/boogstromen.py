"""`boogstromen`: who went to lighter or to heavier help from one four quarters to the next."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, arcs
from transforms.derived.arcs import help_by_arc
from transforms.derived.quarters import asked, rolling_id
from transforms.periods import YEAR

_YEARS = 2 * YEAR


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per person and four quarters: the highest arc then, and in the four before.

    Who had no help in either is not in it.
    """
    before = _YEARS - 1
    every = asked(known, before=before)
    help_ = help_by_arc(rows, known, before=before)
    highest = [
        pl.col("boog").filter(pl.col("quarter") == quarter).max().alias(str(quarter))
        for quarter in every
    ]
    wide = help_.group_by("client_pseudo").agg(highest)
    return pl.concat([_flow(wide, last) for last in every[before:]])


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to the help that is in an arc."""
    return arcs.steps(rows, known)


def _flow(wide: pl.LazyFrame, last: int) -> pl.LazyFrame:
    now, then = (
        pl.max_horizontal(str(quarter) for quarter in range(end - YEAR + 1, end + 1))
        for end in (last, last - YEAR)
    )
    flow = (
        pl.when(pl.col("boog_eerder").is_null())
        .then(pl.lit("in"))
        .when(pl.col("boog").is_null())
        .then(pl.lit("uit"))
        .when(pl.col("boog") < pl.col("boog_eerder"))
        .then(pl.lit("lichter"))
        .when(pl.col("boog") > pl.col("boog_eerder"))
        .then(pl.lit("zwaarder"))
        .otherwise(pl.lit("gelijk"))
    )
    told = wide.select("client_pseudo", now.alias("boog"), then.alias("boog_eerder"))
    there = told.filter(pl.any_horizontal(pl.col("boog", "boog_eerder").is_not_null()))
    return there.with_columns(
        flow.alias("stroom"), rolling_id(pl.lit(last, dtype=pl.Int32)).alias("periode")
    )
