"""Cells and rows → a system: the bounds that rounding, texts and public knowledge leave."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from reports.attacker.model.cells import PEOPLE
from reports.attacker.model.relations import Related
from reports.attacker.model.system import (
    Flags,
    Floats,
    Places,
    System,
    components,
    system_of,
    tightened,
)
from reports.attacker.reading.release import Knowledge
from transforms.periods import YEAR

_ROUNDED_TOO = ("area", "grouping", "partner", "breakdown", "complement")
"""Rounded counts add up over these. In time, and in what is only a part, they need not."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """`system`: the counts between the bounds that an edition and its method leave them.

    `shown`: the rounded count of each cell that shows one, if it may be the count itself, else not
    a number. `torn`: the rows whose rounded counts cannot add up.
    """

    system: System
    shown: Floats
    torn: tuple[int, ...]


def bounded(related: Related) -> Bounded:
    """Return what is known of every cell.

    Rounded counts add up as well, so that a hidden one may follow from those that are shown. What
    is shown somewhere lies less than a base from the count itself.
    """
    cells = related.cells
    rounded, torn = _rounded(related)
    slack = cells["base"].to_numpy() - 1.0
    near = cells["near"].to_numpy()
    low, high = cells["low"].to_numpy(), cells["high"].to_numpy()
    lower = np.where(near, np.maximum(low, rounded.lower - slack), low)
    upper = np.where(near, np.minimum(high, rounded.upper + slack), high)
    value = cells["shown"].fill_null(float("nan")).to_numpy()
    shown = np.where((value >= lower) & (value <= upper), value, np.nan)
    return Bounded(system_of(lower, upper, _entries(related.rows)), shown, torn)


def with_inhabitants(cells: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """Add `public_low` and `public_high`: what everybody knows of a count without the edition.

    People in an area are at most its inhabitants, of that year or of the latest one before it.
    """
    people = knowledge.inhabitants.sort("year").select(
        "area", pl.col("year").cast(pl.Int32), "inhabitants"
    )
    year = (pl.col("last") // YEAR).cast(pl.Int32).alias("year")
    joined = (
        cells.with_columns(year)
        .with_row_index("place")
        .sort("year")
        .join_asof(people, on="year", by="area", check_sortedness=False)
        .sort("place")
    )
    living = pl.when(pl.col("counts").is_in(PEOPLE)).then(pl.col("inhabitants").cast(pl.Float64))
    return (
        joined.with_columns(public_low=0.0, public_high=living.fill_null(float("inf")))
        .with_columns(high=pl.min_horizontal("high", "public_high"))
        .drop("year", "place", "inhabitants")
    )


def _rounded(related: Related) -> tuple[System, tuple[int, ...]]:
    """Return the bounds of the rounded counts, and the rows that do not fit.

    They are narrowed by their own sums, where those hold.
    """
    cells = related.cells
    rows = related.rows.filter(pl.col("because").is_in(_ROUNDED_TOO))
    given = system_of(
        cells["rounded_low"].to_numpy(), cells["rounded_high"].to_numpy(), _entries(rows)
    )
    lower, upper = given.lower.copy(), given.upper.copy()
    numbers = rows["row"].unique().sort().to_numpy()
    torn: list[int] = []
    for counts, own, part in components(given):
        narrowed = tightened(part)
        if narrowed.possible:
            lower[counts], upper[counts] = narrowed.lower, narrowed.upper
        else:
            torn.extend(numbers[own[_cannot(part)]].tolist() or numbers[own[:1]].tolist())
    return given.between(lower, upper), tuple(sorted(torn))


def _cannot(part: System) -> Flags:
    """Return which rows cannot add up to 0 by the bounds of their own counts."""
    rising, falling = part.matrix.maximum(0), (-part.matrix).maximum(0)
    endless = np.where(np.isinf(part.upper), 1e12, part.upper)
    least = rising @ part.lower - falling @ endless
    most = rising @ endless - falling @ part.lower
    return np.asarray((least > 0) | (most < 0))


def _entries(rows: pl.DataFrame) -> tuple[Places, Places, Floats]:
    row = rows["row"].rank("dense").cast(pl.Int64).to_numpy() - 1
    return row, rows["cell"].cast(pl.Int64).to_numpy(), rows["sign"].to_numpy()
