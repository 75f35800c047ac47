"""Linked cells as columns and rows of numbers, for the solver; counts are in units of the base."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from transforms.disclosure.linked import KEY, Linked
from transforms.disclosure.unseen import covers, seasons

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

TIES = "ties"
"""The margin of what may give way first: inclusions, and sums over time."""


@dataclass(frozen=True, slots=True)
class Links:
    """The links of cells: a row for each sum (to be 0) and each inclusion (at most 0).

    `margins`: what varies within each row, a column of `KEY`, or `ties`.
    """

    rows: sparse.csr_array
    equal: Flags
    margins: NDArray[np.str_]

    def parts(self) -> Iterator[tuple[Ints, "Links"]]:
        """Yield the cells of each part that hangs together, with its links; lone cells never."""
        height = self.rows.shape[0]
        both = sparse.block_array([[None, self.rows], [self.rows.T, None]], format="csr")
        count, label = csgraph.connected_components(both, directed=False)
        own, cells = _by_label(label[:height], count), _by_label(label[height:], count)
        for rows, part in zip(own, cells, strict=True):
            if rows.size > 0:
                links = Links(self.rows[rows][:, part], self.equal[rows], self.margins[rows])
                yield part, links

    def hold(self, values: Floats) -> bool:
        """Whether all links hold between these values."""
        made = self.rows @ values
        return bool(np.all(made <= 0) and np.all(made[self.equal] == 0))


@dataclass(frozen=True, slots=True)
class Columns:
    """What each cell may become. Counts and `was` are as they are, the bounds in units of the base.

    `exact`: the count. `lower`, `upper`: bounds. `was`: the value in the edition before, or NaN.
    `shown`: whether a figure shows it; other cells only follow. `settled`: others published it.
    `unseen`: no cell, but a quarter of which years are made.
    """

    exact: Floats
    lower: Floats
    upper: Floats
    was: Floats
    shown: Flags
    settled: Flags
    unseen: Flags

    def beyond(self, unseen: int) -> "Columns":
        """Return these columns and those of quarters that are not seen: never negative."""
        none, flags = np.full(unseen, np.nan), np.zeros(unseen, dtype=np.bool_)
        return Columns(
            exact=np.append(self.exact, np.zeros(unseen)),
            lower=np.append(self.lower, np.zeros(unseen)),
            upper=np.append(self.upper, np.full(unseen, np.inf)),
            was=np.append(self.was, none),
            shown=np.append(self.shown, flags),
            settled=np.append(self.settled, flags),
            unseen=np.append(self.unseen, ~flags),
        )

    def of(self, cells: Ints) -> "Columns":
        """Return the columns of some cells."""
        return Columns(
            exact=self.exact[cells],
            lower=self.lower[cells],
            upper=self.upper[cells],
            was=self.was[cells],
            shown=self.shown[cells],
            settled=self.settled[cells],
            unseen=self.unseen[cells],
        )


def _by_label(label: NDArray[np.int32], count: int) -> list[Ints]:
    """Return the places of each label, in order."""
    order = np.argsort(label, kind="stable")
    ends = np.cumsum(np.bincount(label, minlength=count))
    return np.split(order, ends[:-1])


def links(known: Linked) -> Links:
    """Return the links of all cells but the public ones, which are bounds and not links.

    Also those of quarters that are not seen (see `unseen`): they are columns beyond the cells.
    """
    blocks = [
        known.sums.select("cell", "sign", row="sum"),
        seasons(known),
        _inclusions(known),
        covers(known),
    ]
    cells = pl.concat([known.cells.select("cell"), *(one.select("cell") for one in blocks)])
    width = cells["cell"].n_unique()
    rows = [_block(one, width) for one in blocks]
    sums, in_time, *at_most = [one.shape[0] for one in rows]
    ties = np.full(in_time + sum(at_most), TIES)
    return Links(
        rows=sparse.vstack(rows, format="csr"),
        equal=np.arange(sums + ties.size) < sums + in_time,
        margins=np.concatenate([_margins(known), ties]),
    )


def _block(entries: pl.DataFrame, width: int) -> sparse.csr_array:
    """Return entries (row, cell, sign) as rows of numbers, in the order of their names."""
    at = entries["row"].rank("dense").to_numpy().astype(np.int64) - 1
    signs = entries["sign"].to_numpy().astype(np.float64)
    shape = (entries["row"].n_unique(), width)
    return sparse.csr_array((signs, (at, entries["cell"].to_numpy())), shape=shape)


def columns(
    known: Linked, *, base: int, earlier: pl.DataFrame | None, fixed: pl.DataFrame | None
) -> Columns:
    """Return what each cell may become: the multiple below or above it, or what others published.

    Nobody is above the inhabitants of an area, who are known to all.
    """
    exact = known.cells["exact"].to_numpy().astype(np.float64)
    shown = known.cells["shown"].to_numpy()
    given = _values(known.cells, fixed) / base
    lower = np.where(shown, np.floor(exact / base), 0.0)
    upper = np.where(shown, np.ceil(exact / base), np.inf)
    upper = np.maximum(lower, np.minimum(upper, np.floor(_inhabitants(known) / base)))
    settled = ~np.isnan(given)
    return Columns(
        exact=exact,
        lower=np.where(settled, given, lower),
        upper=np.where(settled, given, upper),
        was=_values(known.cells, earlier),
        shown=shown,
        settled=settled,
        unseen=np.zeros(exact.size, dtype=np.bool_),
    )


def _inclusions(known: Linked) -> pl.DataFrame:
    """Return row, cell, sign of the inclusions that no sum says already."""
    public = known.cells.filter("public")["cell"].implode()
    parts = known.sums.filter(pl.col("sign") > 0).select("sum", small="cell")
    totals = known.sums.filter(pl.col("sign") < 0).select("sum", large="cell")
    said = parts.join(totals, on="sum", validate="m:1")
    told = known.within.filter(~pl.col("large").is_in(public))
    loose = told.join(said, on=["small", "large"], how="anti", maintain_order="left")
    row = pl.format("{} {}", "small", "large")
    small = loose.select(row=row, cell="small", sign=pl.lit(1, pl.Int8))
    return pl.concat([small, loose.select(row=row, cell="large", sign=pl.lit(-1, pl.Int8))])


def _margins(known: Linked) -> NDArray[np.str_]:
    """Return of each sum what varies in it; where periods do, it is a tie in time."""
    told = known.sums.join(known.cells.select("cell", *KEY), on="cell", validate="m:1")
    varies = told.group_by("sum").agg(pl.col(KEY).n_unique() > 1).sort("sum")
    order = ["period", *(name for name in KEY if name != "period")]
    names = {"period": TIES}
    margin = pl.coalesce(pl.when(name).then(pl.lit(names.get(name, name))) for name in order)
    return varies.select(margin.alias("margin"))["margin"].to_numpy().astype(np.str_)


def _inhabitants(known: Linked) -> Floats:
    """Return of each cell the public constant that it is never above; infinite where none is."""
    constants = known.cells.filter("public").select(large="cell", most="exact")
    least = (
        known.within.join(constants, on="large", validate="m:1")
        .group_by("small")
        .agg(pl.col("most").min())
    )
    every = known.cells.select("cell").join(
        least, left_on="cell", right_on="small", how="left", validate="1:1", maintain_order="left"
    )
    return every["most"].cast(pl.Float64).fill_null(np.inf).to_numpy()


def _values(cells: pl.DataFrame, told: pl.DataFrame | None) -> Floats:
    """Return the value that a frame (`KEY`, rounded) has for each cell; NaN where it has none."""
    if told is None:
        return np.full(cells.height, np.nan)
    value = told.select(*KEY, pl.col("rounded").cast(pl.Float64))
    both = cells.join(value, on=list(KEY), how="left", validate="1:1", maintain_order="left")
    return both["rounded"].fill_null(np.nan).to_numpy()
