"""What no cell holds and an attacker still reckons with: the quarters of which years are made.

Rolling years of which three quarters are the same bind each other, and so does a total that is
never more than its parts together. Where the rounded counts leave no room for such quarters, or for
such a total, somebody can tell more than the rounding meant to.
"""

import polars as pl

from transforms.disclosure.linked import KEY, Linked
from transforms.disclosure.ties import ADDS_UP_IN_TIME, BREAKDOWN, PARTNER, quarters_of

ROWS = {"row": pl.String(), "cell": pl.UInt32(), "sign": pl.Int8()}
"""One entry of a row of numbers: the signs times the values add up to 0, or to 0 at most. A `cell`
beyond those of `Linked` is a quarter that is not seen."""

_SERIES = [name for name in KEY if name != "period"]


def seasons(known: Linked) -> pl.DataFrame:
    """Return the rows (`ROWS`) by which overlapping years are made of quarters.

    Each year is the sum of its four, and quarters add up as their years do. Only of what happens:
    a person may be there in two quarters.
    """
    each = _each_quarter(known.cells)
    made = [
        each.select(row=pl.format("year {}", "cell"), cell="quarter_cell", sign=1),
        each.select(row=pl.format("year {}", "cell"), cell="cell", sign=-1).unique(),
        _like_years(known, each),
    ]
    return pl.concat(one.select(pl.col(n).cast(t) for n, t in ROWS.items()) for one in made)


def covers(known: Linked) -> pl.DataFrame:
    """Return the rows (`ROWS`, at most 0) of totals that are at most their parts together.

    Of partners and classes that do not add up, where that holds in all of a count and period.
    """
    cells = known.cells.select("cell", *KEY, "exact")
    both = known.within.join(cells, left_on="small", right_on="cell", validate="m:1").join(
        cells, left_on="large", right_on="cell", suffix="_large", validate="m:1"
    )
    found = [_covered(both, dimension) for dimension in (PARTNER, BREAKDOWN)]
    return pl.concat(found).select(pl.col(n).cast(t) for n, t in ROWS.items())


def _each_quarter(cells: pl.DataFrame) -> pl.DataFrame:
    """Return cell, quarter, quarter_cell and series of the years of counts that have several."""
    happens = cells.filter(pl.col("counts").is_in(ADDS_UP_IN_TIME))
    four = quarters_of(happens["period"].unique().to_list())
    years = happens.filter(pl.col("period").is_in(four["period"].unique().implode()))
    several = years.filter(pl.col("period").n_unique().over(_SERIES) > 1)
    each = several.select("cell", "period", *_SERIES).join(four, on="period", validate="m:m")
    told = happens.select(*_SERIES, quarter="period", told="cell")
    marked = each.join(told, on=[*_SERIES, "quarter"], how="left", validate="m:1")
    unseen = marked.filter(pl.col("told").is_null()).select(*_SERIES, "quarter").unique()
    named = unseen.sort(*_SERIES, "quarter").with_row_index("new", offset=cells.height)
    both = marked.join(named, on=[*_SERIES, "quarter"], how="left", validate="m:1")
    return both.with_columns(quarter_cell=pl.coalesce("told", "new")).sort("cell", "quarter")


def _like_years(known: Linked, each: pl.DataFrame) -> pl.DataFrame:
    """Return for every sum of years the same sum of each quarter; once where years overlap."""
    told = known.sums.join(each, on="cell", validate="m:m")
    members = known.sums.group_by("sum").len("members")
    whole = (
        told.join(members, on="sum", validate="m:1")
        .filter(pl.len().over("sum", "quarter") == pl.col("members"))
        .filter(pl.col("period").n_unique().over("sum") == 1)
    )
    order = pl.col("quarter_cell", "sign").sort_by("sign", "quarter_cell")
    text = pl.col("quarter_cell").sort_by("sign", "quarter_cell").cast(pl.String).str.join(" ")
    rows = whole.group_by("sum", "quarter").agg(order, text.alias("same"))
    once = rows.sort("sum", "quarter").unique("same", keep="first", maintain_order=True)
    return once.explode("quarter_cell", "sign").select(
        row=pl.format("quarter {} {}", "sum", "quarter"), cell="quarter_cell", sign="sign"
    )


def _covered(both: pl.DataFrame, dimension: str) -> pl.DataFrame:
    apart = pl.all_horizontal(
        pl.col(name) == pl.col(f"{name}_large") for name in KEY if name != dimension
    )
    parts = both.filter(apart & (pl.col(f"{dimension}_large") == "") & (pl.col(dimension) != ""))
    enough = pl.col("exact").sum().over("large") >= pl.col("exact_large")
    held = parts.filter(enough.all().over("count", "period"))
    row = pl.format(f"{dimension} {{}}", "large")
    return pl.concat(
        [
            held.select(row=row, cell="large", sign=pl.lit(1, pl.Int8)).unique(),
            held.select(row=row, cell="small", sign=pl.lit(-1, pl.Int8)),
        ]
    )
