"""The wijk of who gave only the four digits of a postcode, as sociale teams may."""

import polars as pl

from transforms.areas import Hierarchy

_POSTCODE = r"^\d{4}[A-Z]{2}$"


def with_wijk(rows: pl.LazyFrame, hierarchy: Hierarchy) -> pl.LazyFrame:
    """Fill an empty `gebied_code` with the wijk of `pc4`, where all its postcodes lie in one."""
    postcodes = hierarchy.places.lazy().filter(pl.col("place").str.contains(_POSTCODE))
    wijk = pl.col("district")
    by_digits = postcodes.group_by(pc4=pl.col("place").str.head(4))
    sure = by_digits.agg(wijk.first(), wijken=wijk.n_unique()).filter(pl.col("wijken") == 1)
    filled = pl.coalesce("gebied_code", "district").alias("gebied_code")
    known = rows.join(sure, on="pc4", how="left", validate="m:1").with_columns(filled)
    return known.drop("district", "wijken")
