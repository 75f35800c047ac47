"""Public denominators: the inhabitants of an area, from another delivery than the indicator's."""

from collections.abc import Sequence

import polars as pl

from sources.agreement.model import Quantity
from transforms.areas import Hierarchy
from transforms.conditions import holds
from transforms.conversion import WEIGHT
from transforms.periods import Period

PER_AREA = ("jaar", "code")
"""The columns by which a delivery says of which year and area a row is."""

CONSTANTS = {"period": pl.String(), "area": pl.String(), "denominator": pl.Float64()}


def constants(
    rows: pl.LazyFrame | None,
    quantity: Quantity,
    periods: Sequence[Period],
    *,
    hierarchy: Hierarchy,
) -> pl.DataFrame:
    """Return per period and area the denominator: period, area, denominator.

    `rows`: with `jaar` and `code`; one row per year and area, or several that add up. Codes of an
    earlier year go over into those of the hierarchy's. Per area the latest year that is not after
    the period counts, or else the first one known. A grouping has the sum of its areas. An area of
    which a part is not known has no row. None: the delivery never came.
    """
    if rows is None:
        return pl.DataFrame(schema=CONSTANTS)
    amount = pl.col(quantity.sum_of).sum() if quantity.sum_of else pl.len()
    told = pl.col(quantity.sum_of).is_not_null() if quantity.sum_of else pl.lit(True)
    delivered = (
        rows.filter(holds(quantity.where) & told)
        .group_by(pl.col("code").alias("area"), pl.col("jaar").cast(pl.Int32))
        .agg(amount.cast(pl.Float64).alias("denominator"))
        .collect()
    )
    known = _gone_over(delivered, hierarchy.moves)
    schema = {"period": pl.String(), "year": pl.Int32()}
    years = pl.DataFrame([(str(p), p.end.year) for p in periods], schema=schema, orient="row")
    late = pl.col("jaar") > pl.col("year")
    order = [~late, pl.when(late).then(-pl.col("jaar")).otherwise("jaar")]
    per_area = (
        years.join(known, how="cross")
        .group_by("period", "area")
        .agg(pl.col("denominator").sort_by(order).last())
    )
    return pl.concat([per_area, _of_groups(per_area, hierarchy.groups)])


def _gone_over(known: pl.DataFrame, moves: pl.DataFrame) -> pl.DataFrame:
    """Return area, jaar and denominator with changed codes of earlier years in those of now."""
    if moves.is_empty():
        return known
    code, area = ["year", "code"], ["jaar", "area"]
    went = moves.join(known, left_on=code, right_on=area, how="left", validate="m:1")
    weighed = pl.col("denominator").cast(WEIGHT) * pl.col("weight")
    gone = went.group_by(pl.col("successor").alias("area"), pl.col("year").alias("jaar")).agg(
        pl.when(pl.col("denominator").is_not_null().all())
        .then(weighed.sum().cast(pl.Float64))
        .alias("denominator")
    )
    same = known.join(moves, left_on=area, right_on=code, how="anti")
    return pl.concat([same, gone.drop_nulls()], how="diagonal")


def _of_groups(per_area: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Return the denominators of groupings, where those of all their areas are known."""
    periods = per_area.select("period").unique()
    every = periods.join(groups, how="cross").join(
        per_area, left_on=["period", "member"], right_on=["period", "area"], how="left"
    )
    return (
        every.group_by("period", pl.col("group").alias("area"))
        .agg(pl.col("denominator").sum(), known=pl.col("denominator").is_not_null().all())
        .filter("known")
        .select(list(CONSTANTS))
    )
