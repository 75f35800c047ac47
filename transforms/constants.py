"""Public denominators: the inhabitants of an area, from another delivery than the indicator's."""

from collections.abc import Sequence

import polars as pl

from sources.agreement.model import Quantity
from transforms.conditions import holds
from transforms.periods import Period

PER_AREA = ("jaar", "code")
"""The columns by which a delivery says of which year and area a row is."""

CONSTANTS = {"period": pl.String(), "area": pl.String(), "denominator": pl.Float64()}


def constants(
    rows: pl.LazyFrame | None, quantity: Quantity, periods: Sequence[Period]
) -> pl.DataFrame:
    """Return per period and area the denominator: period, area, denominator.

    `rows`: with `jaar` and `code`; one row per year and area, or several that add up. Per area the
    latest year that is not after the period counts, or else the first one known. An area that is
    never named has no row. None: the delivery never came.
    """
    if rows is None:
        return pl.DataFrame(schema=CONSTANTS)
    amount = pl.col(quantity.sum_of).sum() if quantity.sum_of else pl.len()
    told = pl.col(quantity.sum_of).is_not_null() if quantity.sum_of else pl.lit(True)
    known = (
        rows.filter(holds(quantity.where) & told)
        .group_by(pl.col("code").alias("area"), pl.col("jaar").cast(pl.Int32))
        .agg(amount.cast(pl.Float64).alias("denominator"))
        .collect()
    )
    schema = {"period": pl.String(), "year": pl.Int32()}
    years = pl.DataFrame([(str(p), p.end.year) for p in periods], schema=schema, orient="row")
    late = pl.col("jaar") > pl.col("year")
    order = [~late, pl.when(late).then(-pl.col("jaar")).otherwise("jaar")]
    return (
        years.join(known, how="cross")
        .group_by("period", "area")
        .agg(pl.col("denominator").sort_by(order).last())
    )
