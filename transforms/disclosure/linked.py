"""Counted cells, and all that ties them together: the one model of what an edition tells of counts.

Whoever protects a count, and whoever attacks it, starts from here. A cell is one count in one
period, area, partner and class. Statistics and disclosure, 4.1.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from sources.agreement.model import Agreement, Counts
from transforms.disclosure.counts import COMPLEMENT, Catalogue, Counted, catalogue, rows_of
from transforms.disclosure.ties import GROUPING, PAIRS, TIME, of_counts, pairs, years

KEY = ("count", "period", "area", "partner", "breakdown")

CELLS: dict[str, pl.DataType] = {
    "cell": pl.UInt32(),
    **dict.fromkeys(KEY, pl.String()),
    "counts": pl.String(),  # persons, households, events, answers, public
    "exact": pl.Int64(),
    "shown": pl.Boolean(),  # some figure may show it
    "public": pl.Boolean(),  # a constant that is known to all
}
SUMS = {"sum": pl.UInt32(), "cell": pl.UInt32(), "sign": pl.Int8()}
WITHIN = {"small": pl.UInt32(), "large": pl.UInt32()}
BROKEN = {"count": pl.String(), "period": pl.String(), "dimension": pl.String()}


@dataclass(frozen=True, slots=True)
class Linked:
    """Cells and their links.

    `cells`: columns of `CELLS`, one row per cell, sorted by `KEY`; `cell` is the row number.
    `sums`: sum, cell, sign; of each sum the signs times the values add up to 0 (total -1, parts 1).
    `within`: small, large; the value of the one is at most that of the other.
    `broken`: count, period, dimension; declared to add up, but not so in what was delivered.
    """

    cells: pl.DataFrame
    sums: pl.DataFrame
    within: pl.DataFrame
    broken: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BROKEN))


def linked(
    observations: pl.DataFrame, agreement: Agreement, *, parents: Mapping[str, str]
) -> Linked:
    """Return every counted cell of the observations (columns `OBSERVATIONS`) with its links.

    `parents`: area code -> the code of the area above it, rest areas included. A dimension is
    linked by sums where it is declared additive and the counts do add up, in all of a period. Else
    only what is part of something is at most that. Counts that were divided by weight are rounded
    to whole ones first.

    Raises:
        ValueError: one count has two values in one cell.
    """
    known = catalogue(agreement)
    cells = _with_years(_cells(observations, known))
    groups = {key: one.areas for key, one in agreement.areas.groupings.items()}
    tied = pl.concat([pairs(cells, parents=parents, groups=groups), _of_shares(cells, known)])
    judged = _judged(tied, cells, known)
    inside = pl.concat([_parts_of(judged, cells), _by_name(cells, known)])
    return Linked(
        cells=cells,
        sums=_sums(judged.filter("adds_up")),
        within=inside.unique().sort("large", "small"),
        broken=_broken(judged, cells),
    )


def _cells(observations: pl.DataFrame, known: Catalogue) -> pl.DataFrame:
    """Return the cells of all readings, without numbers yet: columns of `CELLS` but the first."""
    columns = {name: dtype for name, dtype in CELLS.items() if name != "cell"}
    told = [frame for one in known.readings for frame in _of_reading(observations, one, known)]
    every = pl.concat([pl.DataFrame(schema=columns), *told])
    value = pl.col("exact")
    # Of a constant that several readings were given, the least bounds them all.
    cells = every.group_by(*KEY, "counts").agg(
        value.min(),
        pl.col("shown", "public").any(),
        torn=(value.min() != value.max()) & ~pl.col("public").any(),
    )
    if cells["torn"].any():
        raise ValueError(f"one count with two values: {cells.filter('torn').select(KEY).row(0)}")
    return cells.select(list(columns))


def _of_reading(
    observations: pl.DataFrame, one: Counted, known: Catalogue
) -> Iterator[pl.DataFrame]:
    """Yield the cells of the numerator, the denominator and the complement of a reading."""
    reading = one.reading
    rows = rows_of(observations, reading).filter(pl.col("availability") == "observed")
    rows = rows.with_columns(pl.col("numerator", "denominator").round(), pl.lit(True).alias("told"))
    if reading.variant:
        rows = rows.with_columns(breakdown=pl.lit(""))
    x, n = pl.col("numerator"), pl.col("denominator")
    if one.numerator is not None:
        # Without inhabitants, as in the rest area, a rate is no figure; its count still adds up.
        told = n.is_not_null() if reading.elsewhere is not None else pl.lit(True)
        yield _frame(rows, one.numerator, x, known, shown=told)
    if one.denominator is not None and reading.elsewhere is not None:
        yield _frame(_per_area(rows), one.denominator, n, known, shown=pl.lit(True))
    elif one.denominator is not None:
        yield _frame(rows, one.denominator, n, known, shown=pl.lit(True))
    if one.complement is not None:
        yield _frame(rows, one.complement, n - x, known, shown=pl.lit(False))


def _frame(
    rows: pl.DataFrame, name: str, value: pl.Expr, known: Catalogue, *, shown: pl.Expr
) -> pl.DataFrame:
    unit = known.counts[name]
    return rows.select(
        pl.lit(name).alias("count"),
        *KEY[1:],
        pl.lit(unit.value).alias("counts"),
        value.cast(pl.Int64).alias("exact"),
        shown.alias("shown"),
        pl.lit(unit is Counts.PUBLIC).alias("public"),
    ).drop_nulls("exact")


def _per_area(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per period and area: a constant is the same for every partner and class."""
    one_each = rows.drop_nulls("denominator").unique(["period", "area"], keep="first")
    return one_each.with_columns(partner=pl.lit(""), breakdown=pl.lit(""))


def _with_years(cells: pl.DataFrame) -> pl.DataFrame:
    """Add the years that follow from quarters, number the cells and sort them."""
    every = pl.concat([cells, years(cells)]).sort(KEY).with_row_index("cell")
    return every.select(pl.col(name).cast(dtype) for name, dtype in CELLS.items())


def _of_shares(cells: pl.DataFrame, known: Catalogue) -> pl.DataFrame:
    """Tie the numerator and the complement of each share to its denominator.

    Two shares of one denominator are two sums: each its own dimension.
    """
    shares = {
        (str(one.numerator), str(one.complement), str(one.denominator))
        for one in known.readings
        if one.complement is not None
    }
    tied = [
        of_counts(cells, [(numerator, whole), (complement, whole)]).select(
            pl.lit(f"{COMPLEMENT}:{numerator}").alias("dimension"),
            pl.col("large").alias("total"),
            pl.col("small").alias("part"),
        )
        for numerator, complement, whole in sorted(shares)
    ]
    return pl.concat([pl.DataFrame(schema=PAIRS), *tied])


def _by_name(cells: pl.DataFrame, known: Catalogue) -> pl.DataFrame:
    """Return small, large: the cells of counts that are part of another count.

    Inhabitants are those of the area, whatever partner or class is counted.
    """
    among = [pair for pair in known.within if pair not in known.parts]
    wanted = pl.DataFrame(among, schema=["count", "large_count"], orient="row").cast(pl.String)
    constant = cells.filter("public").select("period", "area", large="cell", large_count="count")
    living = (
        cells.select("count", "period", "area", small="cell")
        .join(wanted, on="count", validate="m:m")
        .join(constant, on=["large_count", "period", "area"], validate="m:1")
    )
    both = pl.concat([of_counts(cells, known.parts), living.select(list(WITHIN))])
    return _never_above(both, cells, by=["count", "period"])


def _judged(tied: pl.DataFrame, cells: pl.DataFrame, known: Catalogue) -> pl.DataFrame:
    """Add to pairs whether their dimension adds up in that count and period, and is declared."""
    exact = cells.select("cell", "exact")
    totals = cells.select("cell", "exact", "count", "period", "shown")
    told = tied.join(exact, left_on="part", right_on="cell", validate="m:1").join(
        totals, left_on="total", right_on="cell", suffix="_total", validate="m:1"
    )
    one_sum, one_table = ["dimension", "total"], ["count", "period", "dimension"]
    fits = pl.col("exact").sum().over(one_sum) == pl.col("exact_total")
    dimensions = [
        (name, dimension)
        for name, declared in known.additive.items()
        for dimension in (*declared, *({GROUPING} if "area" in declared else ()), COMPLEMENT, TIME)
    ]
    schema = {"count": pl.String(), "dimension": pl.String()}
    declared = pl.DataFrame(dimensions, schema=schema, orient="row").with_columns(declared=True)
    named = told.with_columns(declared_as=pl.col("dimension").str.split(":").list.first())
    marked = named.join(
        declared,
        left_on=["count", "declared_as"],
        right_on=["count", "dimension"],
        how="left",
        validate="m:1",
    )
    return marked.with_columns(
        pl.col("declared").fill_null(False), fits.all().over(one_table).alias("fits")
    ).with_columns((pl.col("declared") & pl.col("fits")).alias("adds_up"))


def _sums(adding: pl.DataFrame) -> pl.DataFrame:
    """Return the sums of pairs that add up, numbered by dimension and total."""
    one = ["dimension", "total"]
    totals = adding.select(*one).unique().sort(one).with_row_index("sum")
    parts = adding.select(*one, "part").join(totals, on=one, validate="m:1")
    rows = [
        parts.select("sum", cell="part", sign=pl.lit(1, pl.Int8)),
        totals.select("sum", cell="total", sign=pl.lit(-1, pl.Int8)),
    ]
    typed = pl.concat(rows).select(pl.col(name).cast(dtype) for name, dtype in SUMS.items())
    return typed.sort("sum", "sign", "cell")


def _parts_of(judged: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Return small, large: the parts of what does not add up."""
    loose = judged.filter(~pl.col("adds_up") & (pl.col("dimension") != TIME))
    both = loose.select("dimension", small="part", large="total")
    return _never_above(both, cells, by=["count", "period", "dimension"])


def _never_above(both: pl.DataFrame, cells: pl.DataFrame, *, by: list[str]) -> pl.DataFrame:
    """Keep the pairs of a table where no small one is above its large one."""
    value = cells.select("cell", "exact")
    own = cells.select("cell", "count", "period", "exact")
    told = both.join(own, left_on="small", right_on="cell", validate="m:1").join(
        value, left_on="large", right_on="cell", suffix="_large", validate="m:1"
    )
    held = (pl.col("exact") <= pl.col("exact_large")).all().over(by)
    return told.filter(held).select(pl.col(name).cast(dtype) for name, dtype in WITHIN.items())


def _broken(judged: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Return which tables were declared additive and are not, where a total is shown."""
    torn = judged.filter(pl.col("declared") & ~pl.col("fits") & pl.col("shown"))
    return torn.select(list(BROKEN)).unique().sort(list(BROKEN))
