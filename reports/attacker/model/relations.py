"""How counted cells hang together: rows of which the signed counts add up to 0.

Where one count is only part of another, what is left of the large one is a cell of its own, so that
it is sought as well: two groups that differ by a few persons tell those few.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from reports.attacker.model.cells import KEY
from reports.attacker.model.hierarchies import pairs
from reports.attacker.model.unpublished import KINDS, with_unpublished
from reports.attacker.reading.release import Release

ROWS = {
    "row": pl.UInt32(),
    "cell": pl.UInt32(),
    "sign": pl.Float64(),
    "because": pl.String(),  # as in `pairs.PAIRS`, or overlap
}


_DIGITS = 9  # of the number of a cell


@dataclass(frozen=True, slots=True)
class Related:
    """`cells`: those of `hidden.with_hidden`, and what is left or overlaps; `rows`: `ROWS`."""

    cells: pl.DataFrame
    rows: pl.DataFrame


def related(cells: pl.DataFrame, editions: Sequence[Release]) -> Related:
    """Return the cells with all that ties them together."""
    every = with_unpublished(cells, editions)
    tied = pairs(every, editions)
    loose = tied.filter(~pl.col("adds_up"))
    left = _left(every, loose.filter("inside"))
    twice = _overlap(every, loose.filter("covers"), first=every.height + left.height)
    rows = pl.concat(
        [
            _rows(tied.filter("adds_up"), ["because", "sum", "total"]),
            _rows(left, ["because", "total", "part"], rest=1.0),
            _rows(twice.with_columns(because=pl.lit("overlap")), ["because", "rest"], rest=-1.0),
        ]
    )
    names = rows.select("name").unique().sort("name").with_row_index("row")
    numbered = rows.join(names, on="name", validate="m:1").sort("row", "cell")
    made = [_made(left, every, "zonder"), _made(twice, every, "dubbel in")]
    return Related(
        pl.concat([every, *made]),
        numbered.select(pl.col(name).cast(dtype) for name, dtype in ROWS.items()),
    )


def _left(cells: pl.DataFrame, loose: pl.DataFrame) -> pl.DataFrame:
    """Give what is left of each total without one part a cell: column `rest`."""
    numbered = loose.sort("because", "total", "part").with_row_index("rest", offset=cells.height)
    return numbered.with_columns(kind=pl.lit("left", KINDS))


def _overlap(cells: pl.DataFrame, loose: pl.DataFrame, *, first: int) -> pl.DataFrame:
    """Give what is counted in more than one part of each total a cell: column `rest`."""
    one = ["because", "sum", "total"]
    totals = loose.select(one).unique().sort(one)
    numbered = totals.with_row_index("rest", offset=first)
    both = loose.join(numbered, on=one, validate="m:1")
    return both.with_columns(kind=pl.lit("overlap", KINDS))


def _rows(tied: pl.DataFrame, one: list[str], *, rest: float | None = None) -> pl.DataFrame:
    """Return name, cell, sign, because: a row for every group of pairs.

    Names sort as their cells do, so that a part has the same rows wherever it stands among others.
    """
    texts = [pl.col(name).cast(pl.String).str.zfill(_DIGITS) for name in one]
    named = tied.with_columns(name=pl.concat_str(texts, separator=" "))
    parts = named.select("name", "because", cell="part", sign=1.0)
    frames = [parts, named.select("name", "because", cell="total", sign=-1.0)]
    if rest is not None:
        frames.append(named.select("name", "because", cell="rest", sign=rest))
    return pl.concat(frames).unique()


def _made(tied: pl.DataFrame, cells: pl.DataFrame, word: str) -> pl.DataFrame:
    """Return the cells of what is left or overlaps; named after their total."""
    part = cells.select(part="cell", of=pl.concat_str(KEY[1:], separator=" "))
    one_each = tied.unique("rest", keep="first", maintain_order=True).sort("rest")
    named = one_each.join(part, on="part", validate="m:1", maintain_order="left")
    return (
        named.select("rest", "kind", "of", cell="total")
        .join(cells.drop("kind"), on="cell", validate="m:1", maintain_order="left")
        .with_columns(
            cell=pl.col("rest").cast(pl.UInt32),
            count=pl.concat_str(["count", pl.lit(f" {word} "), "of"]),
            low=0.0,
            high=float("inf"),
            rounded_low=0.0,
            rounded_high=float("inf"),
            shown=pl.lit(None, pl.Float64),
            protected=pl.lit(False),
            near=pl.lit(False),
        )
        .select(cells.columns)
    )
