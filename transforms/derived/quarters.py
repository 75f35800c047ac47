"""Rows spread over quarters: what ran in several quarters is told of in each."""

import polars as pl

from transforms.derived import Derivation
from transforms.periods import YEAR, parse, quarter_of


def asked(known: Derivation, *, before: int = 0) -> range:
    """Return the quarters (index) that are asked for, and so many before the first."""
    return range(parse(known.quarters[0]).last - before, parse(known.quarters[-1]).last + 1)


def spread(
    rows: pl.LazyFrame, known: Derivation, *, first: pl.Expr, last: pl.Expr, before: int = 0
) -> pl.LazyFrame:
    """Return a row for every quarter from `first` to `last` (index; null: on and on), as `quarter`.

    Only those that are `asked`.
    """
    quarters = asked(known, before=before)
    begin = first.clip(lower_bound=quarters.start)
    end = last.fill_null(quarters.stop).clip(upper_bound=quarters.stop - 1)
    each = pl.int_ranges(begin, end + 1, dtype=pl.Int32).alias("quarter")
    there = rows.filter(first < quarters.stop, (last >= quarters.start).fill_null(True))
    return there.with_columns(each).explode("quarter", empty_as_null=False)


def running(rows: pl.LazyFrame, known: Derivation, *, before: int = YEAR - 1) -> pl.LazyFrame:
    """Return rows with `begin` and `einde` once for every quarter in which they run.

    Adds `quarter`, `dag` (the last day in it on which they run) and `op_peildatum` (whether that
    still was so on its last day).
    """
    each = spread(
        rows,
        known,
        first=quarter_of(pl.col("begin")),
        last=quarter_of(pl.col("einde")),
        before=before,
    )
    end = last_day(pl.col("quarter"))
    return each.with_columns(
        pl.min_horizontal("einde", end).alias("dag"),
        (pl.col("einde") >= end).fill_null(True).alias("op_peildatum"),
    )


def last_day(quarter: pl.Expr) -> pl.Expr:
    """Return the last day of a quarter (index)."""
    return pl.date(quarter // YEAR, quarter % YEAR * 3 + 3, 1).dt.month_end()


def period_id(quarter: pl.Expr) -> pl.Expr:
    """Return the id of a quarter (index), such as 2026K3."""
    return pl.format("{}K{}", quarter // YEAR, quarter % YEAR + 1)


def rolling_id(last: pl.Expr) -> pl.Expr:
    """Return the id of the four quarters that end with one (index), such as 2025K4/2026K3."""
    return pl.concat_str(period_id(last - (YEAR - 1)), period_id(last), separator="/")
