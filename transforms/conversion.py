"""What changed between the areas of two years, and how figures of the one are told in the other.

An area code tells nothing of its border: a code can stay while the border moves, and change while
it stays. Only `gebied_omrekening` (L12d) says which, by weights: which part of the people of an
earlier area lives in a later one. What no weights tell of is not known, and not claimed.
"""

from enum import StrEnum

import polars as pl

WEIGHT = pl.Decimal(38, 9)
"""Weights and what they weigh are decimals: parts add up to the whole, in whatever order."""

BREAKS_ABOVE = 0.15
"""Above this converted share a figure is of another area, and the series breaks (domain 6.1)."""

CHANGES: dict[str, pl.DataType] = {
    "code": pl.String(),  # of the earlier year; null where the area is new
    "successor": pl.String(),  # of the later year; null where the area is gone
    "weight": pl.Float64(),  # which part went there; null where that is not known
    "change": pl.String(),
}

MOVES: dict[str, pl.DataType] = {
    "year": pl.Int32(),  # the earlier year
    "code": pl.String(),
    "successor": pl.String(),
    "weight": WEIGHT,
    "change": pl.String(),
    "place": pl.String(),  # the code with its year, where a code alone would mean another area
}


class Change(StrEnum):
    """What became of an area."""

    SAME = "same"  # same code, same border
    BORDER = "border"  # the code stayed, the border moved
    RENUMBERED = "renumbered"  # another code, the same border
    MERGED = "merged"  # went into another code as a whole, with others
    ENLARGED = "enlarged"  # the code stayed and took another area in: a silent enlargement
    SPLIT = "split"  # went over into several areas
    SAME_CODE = "same_code"  # the code is in both years; of its border nothing is known
    GONE = "gone"
    NEW = "new"


def changes(
    division: pl.DataFrame, conversions: pl.DataFrame, *, before: int, after: int
) -> pl.DataFrame:
    """Return what became of every area between two years: `CHANGES`, sorted.

    `division` (gebied_indeling): jaar, code. `conversions` (gebied_omrekening): van_code, van_jaar,
    naar_code, naar_jaar, gewicht. One row per earlier area and successor. Areas of which no weights
    are known are only compared by code.
    """
    told = classified(conversions, year=after).filter(pl.col("year") == before)
    was, now = (
        set(division.filter(pl.col("jaar") == year)["code"].to_list()) for year in (before, after)
    )
    untold = was - set(told["code"])
    unreached = now - set(told["successor"]) - untold
    by_code = [
        *((code, code, None, Change.SAME_CODE.value) for code in untold & now),
        *((code, None, None, Change.GONE.value) for code in untold - now),
        *((None, code, None, Change.NEW.value) for code in unreached),
    ]
    known = told.select(pl.col(name).cast(dtype) for name, dtype in CHANGES.items())
    compared = pl.DataFrame(by_code, schema=CHANGES, orient="row")
    return pl.concat([known, compared]).sort("code", "successor", nulls_last=True)


def moves(conversions: pl.DataFrame | None, *, year: int) -> pl.DataFrame:
    """Return how codes of earlier years went over into those of a year: `MOVES`.

    Areas of which nothing changed are left out: their code means what it meant.
    """
    if conversions is None or conversions.is_empty():
        return pl.DataFrame(schema=MOVES)
    changed = classified(conversions, year=year).filter(pl.col("change") != Change.SAME.value)
    return changed.with_columns(place=pl.format("{}@{}", "code", "year"))


def dated(moved: pl.DataFrame) -> pl.DataFrame:
    """Return what became of each changed code as a whole: year, code, place, area, former.

    `area` is the code under which a figure stands that cannot be divided: the new number of the
    same area, or the code that stayed. Null where the code is gone and the border with it. `former`
    says that the area had another border.
    """
    successor = pl.col("successor")
    renumbered = (pl.col("change") == Change.RENUMBERED.value).first()
    stayed = successor.filter(pl.col("code") == successor).first()
    return moved.group_by("year", "code", "place", maintain_order=True).agg(
        pl.coalesce(pl.when(renumbered).then(successor.first()), stayed).alias("area"),
        former=~renumbered,
    )


def comparable() -> pl.Expr:
    """Whether so little of a figure was converted that it can stand beside one that was not."""
    return pl.col("converted").fill_null(0.0) <= BREAKS_ABOVE


def in_its_year(cells: pl.DataFrame, dated_: pl.DataFrame) -> pl.DataFrame:
    """Read the place of every cell in the year of its quarter: a changed code becomes its `dated`.

    Postcodes keep their place: they are laid in the areas of now (terugleggen).
    """
    if dated_.is_empty():
        return cells
    year = (pl.col("quarter") // 4).cast(pl.Int32).alias("year")
    then = dated_.select("year", pl.col("code").alias("place"), pl.col("place").alias("then"))
    told = cells.with_columns(year).join(
        then, on=["year", "place"], how="left", validate="m:1", maintain_order="left"
    )
    place = pl.coalesce("then", "place").alias("place")
    return told.with_columns(place).drop("year", "then")


def classified(conversions: pl.DataFrame, *, year: int) -> pl.DataFrame:
    """Return how areas of earlier years went over into those of a year, and what that means.

    Columns: year (the earlier one), code, successor, weight (of one area together exactly 1), and
    change (a `Change`). Of each earlier area the largest part comes first; equal ones by code.
    """
    there = conversions.filter((pl.col("naar_jaar") == year) & (pl.col("gewicht") > 0)).select(
        pl.col("van_jaar").cast(pl.Int32).alias("year"),
        pl.col("van_code").alias("code"),
        pl.col("naar_code").alias("successor"),
        pl.col("gewicht").alias("weight"),
    )
    once = there.unique(["year", "code", "successor"], keep="last", maintain_order=True)
    return _meant(exact_weights(once, of=["year", "code"], to="successor"))


def _meant(known: pl.DataFrame) -> pl.DataFrame:
    """Add to weights what they mean; the first meaning that holds counts."""
    of_area, of_successor = ["year", "code"], ["year", "successor"]
    existed = known.select("year", pl.col("code").alias("successor"), existed=True).unique()
    whole, stays = pl.col("weight") == 1, pl.col("code") == pl.col("successor")
    told = known.join(
        existed, on=of_successor, how="left", validate="m:1", maintain_order="left"
    ).with_columns(
        alone=pl.len().over(of_successor) == 1,
        keeps=stays.any().over(of_area),
        founds=pl.col("existed").is_null().any().over(of_area),
        takes_whole=(whole & ~stays).any().over(of_successor),
    )
    meanings = (
        (~whole & pl.col("keeps") & ~pl.col("founds"), Change.BORDER),
        (~whole, Change.SPLIT),
        (pl.col("alone") & stays, Change.SAME),
        (pl.col("alone"), Change.RENUMBERED),
        (~stays, Change.MERGED),
        (pl.col("takes_whole"), Change.ENLARGED),
        (pl.lit(True), Change.BORDER),
    )
    meant = [pl.when(holds).then(pl.lit(change.value)) for holds, change in meanings]
    return told.with_columns(change=pl.coalesce(meant)).select(*known.columns, "change")


def exact_weights(parts: pl.DataFrame, *, of: list[str], to: str) -> pl.DataFrame:
    """Return `weight` divided by the sum of its group, as `WEIGHT`; of a group exactly 1 together.

    A contract allows a sum a little beside 1. The largest part takes what rounding leaves, and
    comes first; equal ones by `to`.
    """
    downward = [*(False for _ in of), True, False]
    ordered = parts.with_columns(pl.col("weight").cast(pl.Float64)).sort(
        *of, "weight", to, descending=downward
    )
    rounded = (pl.col("weight") / pl.col("weight").sum().over(of)).cast(WEIGHT)
    is_first = pl.int_range(pl.len()).over(of) == 0
    left = 1 - pl.col("weight").sum().over(of)
    whole = pl.col("weight") + pl.when(is_first).then(left).otherwise(0)
    return ordered.with_columns(rounded).with_columns(whole.cast(WEIGHT))
