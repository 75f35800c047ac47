"""What no cell holds and an attacker still reckons with: the quarters of which years are made.

Rolling years of which three quarters are the same bind each other, and so does a total that is
never more than its parts together. Where the rounded counts leave no room for such quarters, or for
such a total, somebody can tell more than the rounding meant to.
"""

from collections import defaultdict
from graphlib import TopologicalSorter
from itertools import chain

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
    a person may be there in two quarters. What is the sum of others in each of its years needs no
    quarters of its own (see `_leaves`): with theirs it has them.
    """
    four = _four(known.cells)
    sums = _sums_of_series(known, four)
    leaves = _leaves(sums, four)
    own = leaves.filter(pl.col("leaf") == pl.col("series")).select("series")
    quarters = _quarter_cells(four.join(own, on="series", how="semi"), offset=known.cells.height)
    each = four.join(quarters, on=["series", "quarter"], validate="m:1")
    made = [
        each.select(row=pl.format("year {}", "cell"), cell="quarter_cell", sign=1),
        each.select(row=pl.format("year {}", "cell"), cell="cell", sign=-1).unique(),
        _like_years(sums, four, leaves, quarters),
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


def _four(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the years of counts that have several: cell, period, series, quarter and told.

    One row for each of the four quarters of a year; `told` is the cell that shows it, or null.
    """
    happens = cells.filter(pl.col("counts").is_in(ADDS_UP_IN_TIME))
    four = quarters_of(happens["period"].unique().to_list())
    years = happens.filter(pl.col("period").is_in(four["period"].unique().implode()))
    several = years.filter(pl.col("period").n_unique().over(_SERIES) > 1)
    named = several.select(_SERIES).unique().sort(_SERIES).with_row_index("series")
    told = happens.select(*_SERIES, quarter="period", told="cell")
    each = several.select("cell", "period", *_SERIES).join(four, on="period", validate="m:m")
    marked = each.join(told, on=[*_SERIES, "quarter"], how="left", validate="m:1")
    placed = marked.join(named, on=_SERIES, validate="m:1")
    return placed.select("cell", "period", "series", "quarter", "told").sort("cell", "quarter")


def _quarter_cells(four: pl.DataFrame, *, offset: int) -> pl.DataFrame:
    """Return series, quarter and quarter_cell: of those that no cell shows a new number."""
    every = four.select("series", "quarter", "told").unique().sort("series", "quarter")
    new = pl.col("told").is_null().cum_sum() + offset - 1
    return every.select("series", "quarter", quarter_cell=pl.coalesce("told", new))


def _sums_of_series(known: Linked, four: pl.DataFrame) -> pl.DataFrame:
    """Return sum, period, total and parts (series) of the sums between years of one period."""
    years = four.select("cell", "period", "series").unique()
    members = known.sums.group_by("sum").agg(members=pl.len())
    told = known.sums.join(years, on="cell", validate="m:1").join(members, on="sum", validate="m:1")
    part = pl.col("sign") > 0
    return (
        told.group_by("sum")
        .agg(
            pl.col("period").first(),
            total=pl.col("series").filter(~part).first(),
            parts=pl.col("series").filter(part).sort(),
            whole=(pl.len() == pl.col("members").first()) & (pl.col("period").n_unique() == 1),
        )
        .filter("whole")
        .drop("whole")
        .sort("sum")
    )


def _leaves(sums: pl.DataFrame, four: pl.DataFrame) -> pl.DataFrame:
    """Return series and leaf: of what each is the sum in every quarter, or itself.

    Where a series is the sum of the same others in all its years, quarters of those that fit make
    quarters of it that fit; where several sums make it, and come down to the same, one is enough.
    """
    years = four.group_by("series").agg(
        pl.col("period").unique().sort(), unseen=pl.col("told").is_null().all()
    )
    when = {series: tuple(periods) for series, periods, unseen in years.iter_rows() if unseen}
    always = sums.group_by("total", "parts").agg(pl.col("period").sort())
    made: dict[int, list[list[int]]] = defaultdict(list)
    for total, parts, periods in always.sort("total", "parts").iter_rows():
        if all(when.get(one) == tuple(periods) for one in (total, *parts)):
            made[total].append(parts)
    below = {total: {one for parts in ways for one in parts} for total, ways in made.items()}
    found: dict[int, tuple[int, ...]] = {}
    for one in TopologicalSorter(below).static_order():
        each = (chain.from_iterable(found[part] for part in parts) for parts in made.get(one, ()))
        ways = {tuple(sorted(leaves)) for leaves in each}
        found[one] = ways.pop() if len(ways) == 1 else (one,)
    rows = [(one, found.get(one, (one,))) for one in years["series"].sort()]
    schema = {"series": pl.UInt32(), "leaf": pl.List(pl.UInt32())}
    return pl.DataFrame(rows, schema=schema, orient="row").explode("leaf")


def _like_years(
    sums: pl.DataFrame, four: pl.DataFrame, leaves: pl.DataFrame, quarters: pl.DataFrame
) -> pl.DataFrame:
    """Return for every sum of years the same sum of each quarter, told in leaves; each once."""
    members = [
        sums.select("sum", "period", series="total", sign=-1),
        sums.select("sum", "period", series="parts", sign=1).explode("series"),
    ]
    told = (
        pl.concat(members)
        .join(leaves, on="series", validate="m:m")
        .group_by("sum", "period", "leaf")
        .agg(pl.col("sign").sum())
        .filter(pl.col("sign") != 0)
        .sort("sum", "leaf")
    )
    text = pl.format("{}:{}", "leaf", "sign").str.join(" ")
    rows = told.group_by("sum", "period", maintain_order=True).agg("leaf", "sign", same=text)
    within = four.select("period", "quarter").unique()
    once = (
        rows.join(within, on="period", validate="m:m")
        .sort("sum", "quarter")
        .unique(["same", "quarter"], keep="first", maintain_order=True)
        .explode("leaf", "sign")
    )
    return once.join(
        quarters, left_on=["leaf", "quarter"], right_on=["series", "quarter"], validate="m:1"
    ).select(row=pl.format("quarter {} {}", "sum", "quarter"), cell="quarter_cell", sign="sign")


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
