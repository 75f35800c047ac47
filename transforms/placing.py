"""Sums per place → sums per area: whole, or divided over the parts of a place by weight.

Everything keeps adding up: what is divided is divided exactly, and what lies nowhere is in the rest
area.
"""

from typing import Literal

import polars as pl
from polars import selectors

from sources.agreement.model import Areas
from transforms.areas import REST, Hierarchy
from transforms.conversion import WEIGHT
from transforms.readings import Reading


def placed(
    sums_: pl.DataFrame, reading: Reading, hierarchy: Hierarchy, level: Areas
) -> pl.DataFrame:
    """Add sums up to the areas of a level: `place` becomes `area`, and `converted` is added.

    A place that the hierarchy does not know is in the rest area; of groupings it is in none. At the
    level of partners the area is the municipality. What was protected at its source is not added
    up: each area has its own row. `converted` is the share of a figure that came from areas of an
    earlier year of which only a part lies here; 1 where a figure as it was given is about another
    border.
    """
    keys = [c for c in sums_.columns if c in ("period", "partner", "class", "amount")]
    if reading.indicator.protected_at_source:
        return _as_given(sums_, hierarchy, level, keys=keys)
    if level in (Areas.MUNICIPALITY, Areas.PARTNER):
        whole = sums_.drop("place").group_by(keys).agg(pl.all().sum())
        return whole.with_columns(_NOTHING, pl.lit(hierarchy.municipality).alias("area"))
    parts = _parts(sums_, reading, hierarchy, level)
    divided = pl.DataFrame()
    if not parts.is_empty():
        sums_, divided = _weighed(sums_, parts)
    areas = hierarchy.at(level, hierarchy.places).select("place", "area")
    grouping = level is Areas.GROUPING
    how: Literal["inner", "left"] = "inner" if grouping else "left"
    known = sums_.join(areas, on="place", how=how, validate="m:m" if grouping else "m:1")
    lying = known.with_columns(pl.col("area").fill_null(REST)).drop("place")
    if parts.is_empty():
        return lying.group_by(*keys, "area").agg(pl.all().sum()).with_columns(_NOTHING)
    return _converted(pl.concat([lying, divided.select(lying.columns)]), [*keys, "area"])


def _as_given(
    sums_: pl.DataFrame, hierarchy: Hierarchy, level: Areas, *, keys: list[str]
) -> pl.DataFrame:
    """Take each area's own row; that of an area with another border says so."""
    then = hierarchy.dated.select("place", "area", "former")
    own = sums_.join(then, on="place", how="left", validate="m:1")
    current = pl.when(pl.col("former").is_null()).then("place").otherwise("area")
    given = own.with_columns(current.alias("area"), pl.col("former").fill_null(False)).filter(
        pl.col("area").is_in(hierarchy.codes(level))
    )
    converted = pl.col("former").max().cast(pl.Float64).alias("converted")
    return given.group_by(*keys, "area").agg(pl.col(_numbers(sums_)).sum(), converted)


def _parts(
    sums_: pl.DataFrame, reading: Reading, hierarchy: Hierarchy, level: Areas
) -> pl.DataFrame:
    """Return the parts into which sums of a reading are divided: place, area, weight, moves.

    An amount is divided over all parts of its place. One event or answer has one address, so by its
    postcode it goes whole to the largest part; by a former area it cannot be told in which part it
    was. A person is never divided, and goes to the largest part. `moves` says that it is a part of
    a former area.
    """
    above, below = reading.numerator, None if reading.elsewhere else reading.denominator
    amounts = above.distinct is None and bool(above.sum_of or (below and below.sum_of))
    former = pl.col("year").is_not_null()
    known = hierarchy.parts if amounts else hierarchy.parts.filter(former)
    there = known.filter(pl.col("place").is_in(sums_["place"].unique().implode()))
    if there.is_empty():
        return there
    lying = hierarchy.at(level, there).group_by("place", "area")
    parts = lying.agg(pl.col("weight").sum(), moves=former.first()).with_columns(
        pl.col("moves") & (pl.col("weight") != 1)
    )
    if above.distinct is None:
        return parts
    largest = hierarchy.at(level, hierarchy.places)
    one = pl.lit(1).cast(WEIGHT).alias("weight")
    return parts.join(largest, on=["place", "area"], how="semi").with_columns(one)


def _weighed(sums_: pl.DataFrame, parts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tell apart the sums of undivided places, and those of the others weighed, per area.

    `moved` is how much of what a figure is about is a part of a former area.
    """
    numbers = _numbers(sums_)
    exact = sums_.with_columns(pl.col(numbers).cast(WEIGHT), moved=pl.lit(0).cast(WEIGHT))
    undivided = exact.join(parts, on="place", how="anti")
    weighed = exact.join(parts, on="place", how="inner", validate="m:m").with_columns(
        pl.col(numbers) * pl.col("weight")
    )
    moved = pl.when("moves").then(_about(weighed)).otherwise("moved").alias("moved")
    return undivided, weighed.with_columns(moved)


def _converted(lying: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Add divided and undivided sums up per area, with the share that was converted."""
    summed = lying.group_by(keys).agg(pl.all().sum())
    floats = summed.with_columns(selectors.decimal().cast(pl.Float64))
    about = _about(floats)
    share = pl.when(about > 0).then(pl.col("moved") / about).otherwise(0.0)
    return floats.with_columns(share.clip(0.0, 1.0).alias("converted")).drop("moved")


def _about(sums_: pl.DataFrame) -> pl.Expr:
    """Return how much a sum is about: its denominator where it has one of its own."""
    return pl.col("denominator" if "denominator" in sums_.columns else "numerator")


def _numbers(sums_: pl.DataFrame) -> list[str]:
    return sums_.select(
        selectors.numeric() - selectors.by_name("amount", require_all=False)
    ).columns


_NOTHING = pl.lit(0.0).alias("converted")
"""Nothing was converted."""
