"""Counts that no figure tells, and that hang together with those that are told.

The rest area that makes wijken add up, and the year of a municipality that is told per quarter,
above wijken that are told per year.
"""

from collections.abc import Sequence

import polars as pl

from reports.attacker.model.cells import KEY
from reports.attacker.reading.release import Release

KINDS = pl.Enum(["shown", "rest", "above", "left", "overlap"])
"""What a cell is: told or held back (shown); an untold part (rest) or total (above); what is
left of a count without a part of it (left); and what was counted more than once (overlap)."""

_UNKNOWN = {"low": 0.0, "high": float("inf"), "rounded_low": 0.0, "rounded_high": float("inf")}


def with_unpublished(cells: pl.DataFrame, editions: Sequence[Release]) -> pl.DataFrame:
    """Return the cells with those that are hidden behind them: also `cell` (row number), `kind`."""
    tree = parents(editions)
    every = cells.with_columns(kind=pl.lit("shown", KINDS))
    for _ in range(2):  # from buurt to wijk, and from wijk to municipality
        every = _with(every, _above(every, tree), "above")
    return _with(every, _beside(every, tree), "rest").with_row_index("cell")


def parents(editions: Sequence[Release]) -> pl.DataFrame:
    """Return area, parent: what lies in what, by what the editions say; the latest counts."""
    rows = {
        one["code"]: one["parent"]
        for release in editions
        for one in release.about["areas"]
        if one.get("parent")
    }
    schema = {"area": pl.String(), "parent": pl.String()}
    return pl.DataFrame(sorted(rows.items()), schema=schema, orient="row")


def adds_over(dimension: str) -> pl.Expr:
    """Whether a cell is said to add up over a dimension."""
    return pl.col("adds_over").str.split(" ").list.contains(dimension)


def _with(cells: pl.DataFrame, like: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Add cells of which nothing is said, where they are not there yet.

    `like`: the cells that they are made after, with `KEY` already that of the new ones.
    """
    new = like.unique(KEY, keep="first", maintain_order=True).join(cells, on=KEY, how="anti")
    unknown = [pl.lit(value).alias(name) for name, value in _UNKNOWN.items()]
    made = new.with_columns(
        *unknown,
        kind=pl.lit(kind, KINDS),
        protected=pl.lit(False),
        near=pl.lit(False),
        shown=pl.lit(None, pl.Float64),
    )
    return pl.concat([cells, made.select(cells.columns)])


def _above(cells: pl.DataFrame, tree: pl.DataFrame) -> pl.DataFrame:
    lying = cells.filter(adds_over("area")).join(tree, on="area", validate="m:1")
    return lying.with_columns(area="parent").sort(KEY)


def _beside(cells: pl.DataFrame, tree: pl.DataFrame) -> pl.DataFrame:
    """Return the areas that lie in an area of which another part is told."""
    lying = cells.join(tree, on="area", validate="m:1")
    divided = lying.with_columns(area="parent").select(KEY).unique()
    totals = cells.filter(adds_over("area")).join(divided, on=KEY, how="semi", nulls_equal=True)
    children = tree.rename({"area": "child", "parent": "area"})
    return totals.join(children, on="area", validate="m:m").with_columns(area="child").sort(KEY)
