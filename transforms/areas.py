"""Which areas existed in a year, and how a fact rolls up: buurt → wijk → gemeente.

What cannot be placed is not lost: it is counted in a rest area, so that wijken and rest add up to
the municipality, and the buurten of a wijk with their rest to that wijk.
"""

from dataclasses import dataclass

import polars as pl

from sources.agreement.model import Areas

REST = "onbekend"
"""The rest area of the municipality: the wijk is not known."""

PLACES = {"place": pl.String(), "district": pl.String(), "neighbourhood": pl.String()}
NAMES = {"code": pl.String(), "name": pl.String(), "parent": pl.String(), "level": pl.String()}

_LEVELS = {"GM": Areas.MUNICIPALITY, "WK": Areas.DISTRICT, "BU": Areas.NEIGHBOURHOOD}


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The areas of one municipality in one year.

    `names`: code, name, parent, level (an `Areas` value), sorted by code.
    `places`: place (a GM, WK or BU code, or a postcode), district, neighbourhood; what a place
    does not tell is a rest area. One row per place.
    """

    municipality: str
    year: int
    names: pl.DataFrame
    places: pl.DataFrame

    def codes(self, level: Areas) -> list[str]:
        """Return the codes of the areas of a level, without rest areas."""
        return self.names.filter(pl.col("level") == level.value)["code"].to_list()

    def with_rest(self, level: Areas) -> list[str]:
        """Return the codes of a level and the rest areas that make them add up."""
        if level is Areas.DISTRICT:
            return [*self.codes(level), REST]
        if level is Areas.NEIGHBOURHOOD:
            rests = [rest_of(district) for district in self.codes(Areas.DISTRICT)]
            return [*self.codes(level), *rests, REST]
        return [self.municipality]


def rest_of(district: str) -> str:
    """Return the rest area of a wijk: its wijk is known, its buurt is not."""
    return f"{REST}_{district}"


def is_rest(area: pl.Expr) -> pl.Expr:
    """Whether an area code is that of a rest area."""
    return area.str.starts_with(REST)


def hierarchy(
    division: pl.DataFrame,
    postcodes: pl.DataFrame | None = None,
    *,
    municipality: str,
    year: int,
    name: str = "",
) -> Hierarchy:
    """Build the hierarchy of a municipality from the accepted deliveries about areas.

    `division` (gebied_indeling): jaar, code, naam, ouder. `postcodes` (pc6_buurt): jaar, pc6,
    buurt_code, aandeel. Of each the year asked for counts, else the latest year before it, else the
    first after it. A file of wijken need not hold the municipality itself: it is called `name`.
    """
    own = pl.col("code").str.slice(2, 4) == municipality[2:]
    known = _of_year(division, year).filter(own)
    level = pl.col("code").str.slice(0, 2).replace_strict(_LEVELS, return_dtype=pl.String)
    names = known.select(
        "code",
        pl.col("naam").alias("name"),
        pl.col("ouder").fill_null("").alias("parent"),
        level.alias("level"),
    )
    if municipality not in names["code"]:
        whole = (municipality, name or municipality, "", Areas.MUNICIPALITY.value)
        names = names.vstack(pl.DataFrame([whole], schema=NAMES, orient="row"))
    names = names.sort("code")
    places = _placed_areas(names)
    if postcodes is not None and not postcodes.is_empty():
        places = pl.concat([places, _placed_postcodes(_of_year(postcodes, year), places)])
    return Hierarchy(municipality, year, names, places)


def _of_year(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    """Keep the rows of one year: the one asked for, else the one nearest before, else after."""
    years = frame["jaar"].drop_nulls().unique().to_list()
    if not years:
        return frame.clear()
    before = [one for one in years if one <= year]
    return frame.filter(pl.col("jaar") == (max(before) if before else min(years)))


def _placed_areas(names: pl.DataFrame) -> pl.DataFrame:
    """Place every area of the division in its wijk and buurt."""
    is_district, is_neighbourhood = (
        pl.col("level") == level.value for level in (Areas.DISTRICT, Areas.NEIGHBOURHOOD)
    )
    district = pl.when(is_district).then("code").when(is_neighbourhood).then("parent")
    neighbourhood = pl.when(is_neighbourhood).then("code").when(is_district).then(_rest_of("code"))
    return names.select(
        pl.col("code").alias("place"),
        district.otherwise(pl.lit(REST)).alias("district"),
        neighbourhood.otherwise(pl.lit(REST)).alias("neighbourhood"),
    )


def _placed_postcodes(postcodes: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Place every postcode in the buurt with the largest part of it; equal parts: lowest code."""
    largest = postcodes.sort("aandeel", "buurt_code", descending=[True, False]).unique(
        "pc6", keep="first", maintain_order=True
    )
    placed = largest.join(
        places, left_on="buurt_code", right_on="place", how="inner", validate="m:1"
    )
    neighbourhood = pl.col("buurt_code").alias("neighbourhood")
    return placed.select(pl.col("pc6").alias("place"), "district", neighbourhood).sort("place")


def _rest_of(column: str) -> pl.Expr:
    return pl.lit(f"{REST}_") + pl.col(column)
