"""Which areas existed in a year, and how a fact rolls up: buurt → wijk → gemeente.

What cannot be placed is not lost: it is counted in a rest area, so that wijken and rest add up to
the municipality, and the buurten of a wijk with their rest to that wijk.

A code of an earlier year whose area changed is a place of its own, `BU99010601@2023`. It lies, like
a postcode, in one area or in several.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sources.agreement.model import AreaGrouping, Areas
from transforms.conversion import WEIGHT, dated, exact_weights, moves

REST = "onbekend"
"""The rest area of the municipality: the wijk is not known."""

NAMES = {"code": pl.String(), "name": pl.String(), "parent": pl.String(), "level": pl.String()}
PARTS = {
    "place": pl.String(),
    "year": pl.Int32(),
    "district": pl.String(),
    "neighbourhood": pl.String(),
    "weight": WEIGHT,
}
GROUPS = {"group": pl.String(), "member": pl.String()}

_LEVELS = {"GM": Areas.MUNICIPALITY, "WK": Areas.DISTRICT, "BU": Areas.NEIGHBOURHOOD}
_POSTCODE = r"^\d{4}[A-Z]{2}$"


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The areas of one municipality in one year.

    `names`: code, name, parent, level (an `Areas` value), sorted by code.
    `places`: place (a GM, WK or BU code, a code of an earlier year, or a postcode), district,
    neighbourhood; what a place does not tell is a rest area. One row per place: where it lies, or
    its largest part does.
    `parts`: of each place that lies in several areas all of its parts, with their weights; `year`
    is that of an earlier code and null for a postcode.
    `moves`: how codes of earlier years went over into those of this one, where anything changed.
    `dated`: per year and code of those the place it became, and the area under whose code a figure
    stands that cannot be divided (null: none); `former` where that area had another border.
    `groups`: the municipality's own groupings: group (its id) and member (an area code).
    """

    municipality: str
    year: int
    names: pl.DataFrame
    places: pl.DataFrame
    parts: pl.DataFrame
    moves: pl.DataFrame
    dated: pl.DataFrame
    groups: pl.DataFrame

    def codes(self, level: Areas) -> list[str]:
        """Return the codes of the areas of a level, or ids of groupings; without rest areas."""
        if level is Areas.GROUPING:
            return self.groups["group"].unique(maintain_order=True).to_list()
        return self.names.filter(pl.col("level") == level.value)["code"].to_list()

    def with_rest(self, level: Areas) -> list[str]:
        """Return the codes of a level and the rest areas that make them add up.

        Groupings need not hold every area, so they have no rest.
        """
        if level is Areas.GROUPING:
            return self.codes(level)
        if level is Areas.DISTRICT:
            return [*self.codes(level), REST]
        if level is Areas.NEIGHBOURHOOD:
            rests = [rest_of(district) for district in self.codes(Areas.DISTRICT)]
            return [*self.codes(level), *rests, REST]
        return [self.municipality]

    def parents(self) -> dict[str, str]:
        """Return of each area, rest areas too, the one above it; '' above the municipality."""
        known = dict(self.names.select("code", "parent").iter_rows())
        rests = {rest_of(district): district for district in self.codes(Areas.DISTRICT)}
        return known | rests | {REST: self.municipality}

    def at(self, level: Areas, placed: pl.DataFrame) -> pl.DataFrame:
        """Add `area` to rows of `places` or `parts`: the wijk, the buurt, or each grouping."""
        if level is not Areas.GROUPING:
            return placed.with_columns(pl.col(level.value).alias("area"))
        named = self.groups.rename({"group": "area"})
        # No area is twice in one grouping, so a place is in it by its wijk or by its buurt.
        within = [
            placed.join(named, left_on=column, right_on="member", how="inner", validate="m:m")
            for column in (Areas.DISTRICT.value, Areas.NEIGHBOURHOOD.value)
        ]
        return pl.concat(within)

    def split(self, level: Areas) -> pl.DataFrame:
        """Return which share of the addresses is placed wrongly at most: area, share; sorted.

        Facts with a postcode go to the area with its largest part. Wrong are the smaller parts: in
        the area that got them, and in the area that missed them. Every postcode counts equally,
        because how many addresses it has is not delivered.
        """
        given = self.at(level, self.places.filter(pl.col("place").str.contains(_POSTCODE)))
        lying = self.at(level, self.parts.filter(pl.col("year").is_null()))
        parts = lying.group_by("place", "area").agg(pl.col("weight").sum().cast(pl.Float64))
        placed = given.select("place", "area", placed=True)
        whole = placed.join(parts, on="place", how="anti").with_columns(weight=pl.lit(1.0))
        apart = placed.join(parts, on=["place", "area"], how="full", coalesce=True)
        divided = apart.filter(pl.col("weight").is_not_null())
        both = pl.concat([divided, whole.select(divided.columns)])
        wrong = pl.when("placed").then(1 - pl.col("weight")).otherwise("weight")
        touched = pl.when("placed").then(1.0).otherwise("weight")
        shares = both.sort("place").group_by("area").agg(share=wrong.sum() / touched.sum())
        every = pl.DataFrame({"area": self.codes(level)}, schema={"area": pl.String()})
        told = every.join(shares, on="area", how="left", maintain_order="left")
        return told.with_columns(pl.col("share").fill_null(0.0))


def rest_of(district: str) -> str:
    """Return the rest area of a wijk: its wijk is known, its buurt is not."""
    return f"{REST}_{district}"


def is_rest(area: pl.Expr) -> pl.Expr:
    """Whether an area code is that of a rest area."""
    return area.str.starts_with(REST)


def hierarchy(
    division: pl.DataFrame,
    postcodes: pl.DataFrame | None = None,
    conversions: pl.DataFrame | None = None,
    *,
    municipality: str,
    year: int,
    name: str = "",
    groupings: Mapping[str, AreaGrouping] | None = None,
) -> Hierarchy:
    """Build the hierarchy of a municipality from the accepted deliveries about areas.

    `division` (gebied_indeling): jaar, code, naam, ouder. `postcodes` (pc6_buurt): jaar, pc6,
    buurt_code, aandeel. Of each the year asked for counts, else the latest year before it, else the
    first after it. `conversions` (gebied_omrekening): van_code, van_jaar, naar_code, naar_jaar,
    gewicht; those to the year asked for count. A file of wijken need not hold the municipality
    itself: it is called `name`.
    """
    names = _named(_of_year(division, year), municipality, name)
    placed = _placed_areas(names)
    postal = _lying(postcodes, placed, year=year)
    moved = moves(conversions, year=year)
    former = _moved(moved, placed)
    known = _largest(postal).filter(pl.col("district").is_not_null()).sort("place")
    parts = pl.concat([postal, former]).with_columns(_RESTS)
    members = [(key, code) for key, one in (groupings or {}).items() for code in one.areas]
    return Hierarchy(
        municipality=municipality,
        year=year,
        names=names,
        places=pl.concat([placed, known, _largest(former)]),
        parts=parts.filter(pl.col("weight").is_between(0, 1, closed="none")),
        moves=moved,
        dated=dated(moved),
        groups=pl.DataFrame(members, schema=GROUPS, orient="row"),
    )


def _named(known: pl.DataFrame, municipality: str, name: str) -> pl.DataFrame:
    """Return the municipality's own areas of a division: `NAMES`, sorted by code."""
    own = pl.col("code").str.slice(2, 4) == municipality[2:]
    level = pl.col("code").str.slice(0, 2).replace_strict(_LEVELS, return_dtype=pl.String)
    names = known.filter(own).select(
        "code",
        pl.col("naam").alias("name"),
        pl.col("ouder").fill_null("").alias("parent"),
        level.alias("level"),
    )
    if municipality not in names["code"]:
        whole = (municipality, name or municipality, "", Areas.MUNICIPALITY.value)
        names = names.vstack(pl.DataFrame([whole], schema=NAMES, orient="row"))
    return names.sort("code")


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


def _lying(postcodes: pl.DataFrame | None, placed: pl.DataFrame, *, year: int) -> pl.DataFrame:
    """Return in which buurten every postcode lies: `PARTS`, the largest of a postcode first.

    Where the buurt is not in the division, its wijk and buurt are null.
    """
    if postcodes is None or postcodes.is_empty():
        return pl.DataFrame(schema=PARTS)
    shares = (
        _of_year(postcodes, year)
        .filter(pl.col("aandeel") > 0)
        .select(
            pl.col("pc6").alias("place"),
            pl.col("buurt_code").alias("code"),
            pl.col("aandeel").alias("weight"),
            pl.lit(None, dtype=pl.Int32).alias("year"),
        )
    )
    known = placed.rename({"place": "code"})
    weighed = exact_weights(shares, of=["place"], to="code")
    return weighed.join(known, on="code", how="left", validate="m:1", maintain_order="left").select(
        list(PARTS)
    )


def _moved(moved: pl.DataFrame, placed: pl.DataFrame) -> pl.DataFrame:
    """Return where changed codes of earlier years lie now: `PARTS`, the largest of a code first."""
    known = placed.rename({"place": "successor"})
    lying = moved.join(known, on="successor", how="left", validate="m:1", maintain_order="left")
    return lying.with_columns(_RESTS).select(list(PARTS))


def _largest(parts: pl.DataFrame) -> pl.DataFrame:
    """Return place, district and neighbourhood of the first part of each place."""
    first = parts.unique("place", keep="first", maintain_order=True)
    return first.select("place", "district", "neighbourhood")


_RESTS = pl.col("district", "neighbourhood").fill_null(REST)


def _rest_of(column: str) -> pl.Expr:
    return pl.lit(f"{REST}_") + pl.col(column)
