"""How many people live where: the inhabitants of a year, and the key figures (L12c) made of them.

Each year's numbers are whole people that add up: buurten to wijken to the municipality.
"""

import numpy as np
import polars as pl

from sources.example.maker.areas import MUNICIPALITY, all_areas, neighbourhoods

REFERENCE_YEAR = 2026  # the year in which the municipality has exactly the inhabitants asked for
_PARTS = ("inwoners_0_17", "inwoners_65plus")
_HOUSEHOLDS = ("eenpersoons_huishoudens", "eenouder_huishoudens", "huishoudens_laag_inkomen")


def population(inhabitants: int, year: int) -> pl.DataFrame:
    """Return the buurten (see `areas.neighbourhoods`) with their `inwoners` in that year.

    In the reference year they sum to `inhabitants` exactly (largest remainders); other years
    follow from each buurt's own growth.
    """
    table = neighbourhoods()
    exact = table["inwoners"].to_numpy() * (inhabitants / int(table["inwoners"].sum()))
    whole = np.floor(exact).astype(np.int64)
    most = np.argsort(whole - exact, kind="stable")[: inhabitants - int(whole.sum())]
    whole[most] += 1
    grown = np.round(whole * (1 + table["groei"].to_numpy()) ** (year - REFERENCE_YEAR))
    return table.with_columns(inwoners=pl.Series(grown.astype(np.int64)))


def key_figures(inhabitants: int, year: int) -> pl.DataFrame:
    """Return the rows of `gebied_kerncijfers` (L12c) of a year, for every area.

    The reference year is provisional, earlier years are final.
    """
    buurten = _neighbourhood_figures(population(inhabitants, year))
    counts = [name for name in buurten.columns if name not in ("code", "wijk")]
    wijken = buurten.group_by("wijk", maintain_order=True).agg(pl.col(counts).sum())
    whole = buurten.select(pl.lit(MUNICIPALITY).alias("code"), pl.col(counts).sum())
    figures = pl.concat(
        [whole, wijken.rename({"wijk": "code"}), buurten.drop("wijk")], how="vertical"
    )
    order = pl.DataFrame({"code": [area[0] for area in all_areas()]})
    rows = order.join(figures, on="code", how="left", validate="1:1", maintain_order="left")
    status = "voorlopig" if year >= REFERENCE_YEAR else "definitief"
    return rows.select(pl.lit(year).alias("jaar"), pl.all(), pl.lit(status).alias("status"))


def _neighbourhood_figures(buurten: pl.DataFrame) -> pl.DataFrame:
    """Work out ages and households; a household that is not alone holds 2.9 people on average."""
    people = pl.col("inwoners")
    households = people / (pl.col("alleen") + (1 - pl.col("alleen")) * 2.9)
    return buurten.select(
        "code",
        "wijk",
        "inwoners",
        whole(people * pl.col("jong")).alias("inwoners_0_17"),
        whole(people * (1 - pl.col("jong") - pl.col("oud"))).alias("inwoners_18_64"),
        whole(people * pl.col("oud")).alias("inwoners_65plus"),
        whole(households).alias("huishoudens"),
        whole(households * pl.col("alleen")).alias("eenpersoons_huishoudens"),
        whole(households * pl.col("eenouder")).alias("eenouder_huishoudens"),
        whole(households * pl.col("laag_inkomen")).alias("huishoudens_laag_inkomen"),
    ).with_columns(inwoners_18_64=people - pl.sum_horizontal(_PARTS))


def whole(amount: pl.Expr) -> pl.Expr:
    """Round to whole things."""
    return amount.round().cast(pl.Int64)
