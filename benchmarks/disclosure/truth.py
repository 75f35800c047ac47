"""Where the truth lies: inside what the attacker finds, and how far from what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from benchmarks.disclosure.released import Case, Released
from transforms.disclosure.linked import KEY, Linked, linked
from transforms.periods import Period

_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Rounding:
    """How far rounded counts lie from the exact ones, over all cells that a figure may show.

    `ordinary`: the mean of ordinary rounding. `broken`: sums that do not hold between the rounded
    counts.
    """

    cells: int
    largest: float
    mean: float
    ordinary: float
    broken: int


def exact(case: Case, one: Released) -> Linked:
    """Return the counted cells of an edition with their exact values and all that ties them."""
    return linked(one.observed.observations, case.agreement, parents=case.parents)


def outside(intervals: pl.DataFrame, truths: Sequence[tuple[str, pl.DataFrame]]) -> pl.DataFrame:
    """Return the cells with `exact`, and `outside`: whether that is not between lower and upper.

    `intervals`: as the attacker gives them. `truths`: per edition its id and its exact cells.
    """
    spans = intervals.select("first", "last").unique().rows()
    periods = pl.DataFrame(
        [(first, last, str(Period(first, last))) for first, last in spans],
        schema={"first": pl.Int32(), "last": pl.Int32(), "period": pl.String()},
        orient="row",
    )
    value = pl.concat(
        [cells.select(*KEY, "exact", pl.lit(name).alias("edition")) for name, cells in truths]
    )
    found = intervals.join(periods, on=["first", "last"], validate="m:1").join(
        value, on=[*KEY, "edition"], validate="m:1"
    )
    low, high = pl.col("lower") - _NEARLY, pl.col("upper") + _NEARLY
    return found.with_columns(outside=~pl.col("exact").is_between(low, high))


def rounding(known: Linked, one: Released, *, base: int) -> Rounding:
    """Measure the rounding of an edition."""
    rounded = one.protected.rounded
    cells = known.cells.join(rounded, on=list(KEY), how="inner", validate="1:1")
    nearest = ((pl.col("exact") / base + 0.5).floor() * base - pl.col("exact")).abs()
    cells = cells.with_columns(
        apart=(pl.col("rounded") - pl.col("exact")).abs(), least=nearest
    ).filter(~pl.col("public"))
    return Rounding(
        cells=cells.height,
        largest=float(cells.select(pl.col("apart").max()).item()),
        mean=_mean(cells, "apart"),
        ordinary=_mean(cells, "least"),
        broken=_broken(known, cells),
    )


def _mean(cells: pl.DataFrame, column: str) -> float:
    return float(cells.select(pl.col(column).cast(pl.Float64).mean().fill_null(0.0)).item())


def _broken(known: Linked, cells: pl.DataFrame) -> int:
    """Count the sums of which all parts are rounded, and the rounded parts do not add up."""
    told = known.sums.join(cells.select("cell", "rounded"), on="cell", how="left", validate="m:1")
    sums = told.group_by("sum").agg(
        (pl.col("sign") * pl.col("rounded")).sum().alias("left"),
        pl.col("rounded").is_not_null().all().alias("whole"),
    )
    return sums.filter("whole", pl.col("left") != 0).height
