"""The counted cells of the internal edition, with all that decides which of them are held back.

The reader has the public edition beside this one and knows every count to the rounding of that; and
may have read the internal editions before it. What is hidden here can only be hidden within those.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from transforms.disclosure.linked import KEY, Linked
from transforms.disclosure.ties import of_counts
from transforms.disclosure.unseen import covers

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Cells = NDArray[np.int64]

MEMORY: dict[str, pl.DataType] = {
    **dict.fromkeys(KEY, pl.String()),
    "exact": pl.Int64(),
    "hidden": pl.Boolean(),
}
"""What a later edition must know of this one: which counts it told and which it hid."""

ROUNDED: dict[str, pl.DataType] = {**dict.fromkeys(KEY, pl.String()), "rounded": pl.Int64()}
"""The counts of the public edition."""

_TOLD_BEFORE = 1_000.0
"""A count that an earlier edition told is no secret: hiding it now is the last thing to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counted cells, one element per cell, and their links by position.

    `small`: under the threshold. `asked`: hidden before, and so again. `lower` and `upper`: what
    the public edition tells. `cost`: of hiding it. `sums`: sum, cell, sign. `pairs`: small, large,
    of which the first is at most the second; `apart` of which the difference is a group of people
    by itself. `covers`: row, cell, sign; a total less its parts is at most 0. `rows` and `shown`:
    figure and cell, a pair for each cell that a figure shows.
    """

    exact: Floats
    small: Bools
    asked: Bools
    lower: Floats
    upper: Floats
    cost: Floats
    sums: tuple[Cells, Cells, Cells]
    pairs: tuple[Cells, Cells]
    apart: Bools
    covers: tuple[Cells, Cells, Cells]
    rows: Cells
    shown: Cells


def table(
    links: Linked,
    shows: pl.DataFrame,
    *,
    parts: Sequence[tuple[str, str]],
    threshold: int,
    rounded: pl.DataFrame,
    base: int,
    earlier: pl.DataFrame,
) -> Table:
    """Put together the cells of an edition.

    `shows`: row (of a figure), cell. `parts`: counts of which the first is part of the second, row
    by row. `rounded`: the counts of the public edition, `KEY` and
    rounded, to multiples of `base`. `earlier`: columns of `MEMORY`, of all editions before.
    """
    exact = links.cells["exact"].to_numpy().astype(np.float64)
    public = links.cells["public"].to_numpy()
    rows, shown = _pair(shows, "row", "cell")
    lower, upper = _bounds(links, exact, rounded=rounded, base=base)
    before = links.cells.join(
        earlier, on=KEY, how="left", suffix="_before", validate="1:1", maintain_order="left"
    )
    told = (~pl.col("hidden") & (pl.col("exact") == pl.col("exact_before"))).fill_null(False)
    known = before.select(told=told, asked=pl.col("hidden").fill_null(False))
    pairs = _pairs(links)
    apart = _pair(of_counts(links.cells, parts), "small", "large")
    return Table(
        exact=exact,
        small=(exact < threshold) & ~public,
        asked=known["asked"].to_numpy(),
        lower=lower,
        upper=upper,
        cost=_cost(exact, rows, shown) * np.where(known["told"].to_numpy(), _TOLD_BEFORE, 1.0),
        sums=_sums(links),
        pairs=pairs,
        apart=np.isin(_joined(pairs), _joined(apart)),
        covers=_covers(links),
        rows=rows,
        shown=shown,
    )


def _bounds(
    links: Linked, exact: Floats, *, rounded: pl.DataFrame, base: int
) -> tuple[Floats, Floats]:
    """Return between which counts each cell lies for who read the public edition.

    Rounded counts add up, so that what is held back there can be worked out to its rounding. What
    no figure shows only follows from the others. A part of the inhabitants is at most all of them.
    """
    told = links.cells.join(rounded, on=KEY, how="left", validate="1:1", maintain_order="left")
    value = told.select(pl.when("shown").then(pl.col("rounded").cast(pl.Float64))).to_series()
    lower = (value - (base - 1)).clip(lower_bound=0).fill_null(0).to_numpy().copy()
    far = 2 * exact.max(initial=0.0) + base
    upper = (value + (base - 1)).fill_null(far).to_numpy().copy()
    public = links.cells["public"].to_numpy()
    small, large = _pair(links.within, "small", "large")
    among = public[large]
    np.minimum.at(upper, small[among], exact[large[among]])
    return np.minimum(lower, exact), np.maximum(upper, exact)


def _cost(exact: Floats, rows: Cells, shown: Cells) -> Floats:
    """Return what hiding each cell costs: the people in the largest figure that goes with it.

    Numerator and denominator of one figure then cost the same, and the same figure is chosen.
    """
    size = np.zeros(int(rows.max(initial=-1)) + 1)
    np.maximum.at(size, rows, exact[shown])
    cost = np.zeros(len(exact))
    np.maximum.at(cost, shown, size[rows])
    return cost + 1


def _sums(links: Linked) -> tuple[Cells, Cells, Cells]:
    ordered = links.sums.sort("sum", "cell")
    return (*_pair(ordered, "sum", "cell"), ordered["sign"].to_numpy().astype(np.int64))


def _covers(links: Linked) -> tuple[Cells, Cells, Cells]:
    """Return the rows of totals that are at most their parts together, numbered."""
    ordered = covers(links).with_columns(pl.col("row").rank("dense") - 1).sort("row", "cell")
    return (*_pair(ordered, "row", "cell"), ordered["sign"].to_numpy().astype(np.int64))


def _pairs(links: Linked) -> tuple[Cells, Cells]:
    """Return the pairs that no sum implies already, and that are not about known constants."""
    total = links.sums.filter(pl.col("sign") < 0).select("sum", large="cell")
    part = links.sums.filter(pl.col("sign") > 0).select("sum", small="cell")
    implied = total.join(part, on="sum", validate="1:m").select("small", "large").unique()
    public = links.cells.filter("public").select(large="cell")
    left = links.within.join(implied, on=["small", "large"], how="anti")
    return _pair(left.join(public, on="large", how="anti").sort("large", "small"), "small", "large")


def _joined(pairs: tuple[Cells, Cells]) -> Cells:
    """Return one number for each pair."""
    small, large = pairs
    return large << 32 | small


def _pair(frame: pl.DataFrame, one: str, other: str) -> tuple[Cells, Cells]:
    return frame[one].to_numpy().astype(np.int64), frame[other].to_numpy().astype(np.int64)
