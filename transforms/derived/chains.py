"""Chains: records that follow each other closely are one and the same thing.

A record that overlaps an earlier one of the same key, or begins soon after the latest end so far,
continues it (domain.md section 0, findings 7 and 8). How soon depends on the record with that
latest end: the time between may be longer after an end that was only on paper.
"""

from collections.abc import Sequence

import polars as pl

TOUCHING = pl.lit(1)
"""The day after the end is still the same."""

# End, order and slack of a record in one number, of which the largest so far is wanted.
_SLACK = 1 << 6
_RANKS = 1 << 26
_NEVER = 1 << 18  # days since 1970 for what runs on


def chained(
    rows: pl.LazyFrame,
    by: Sequence[str],
    *,
    slack: pl.Expr = TOUCHING,
    order: Sequence[str] = (),
    first: Sequence[str] = (),
) -> pl.LazyFrame:
    """Return one row per chain: the columns of its record with the latest end, and its own begin.

    Comes in: the columns `by`, `begin` and `einde` (Date; null runs on). `slack`: how many days
    after the end of a record another one may begin (1: it touches; less than 64). Of records that
    end on one day the last by `order` counts (without: by `begin`). The columns `first` are those
    of the first record.
    """
    ranked = rows.sort(*(order or ("begin",))).with_row_index("rank").sort(*by, "begin", "rank")
    end = pl.col("einde").cast(pl.Int32).fill_null(_NEVER).cast(pl.Int64)
    packed = (end * _RANKS + pl.col("rank").cast(pl.Int64)) * _SLACK + slack.cast(pl.Int64)
    another = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in by)
    before = pl.col("latest").cum_max().shift(1).over("key")
    until = before // (_RANKS * _SLACK) + before % _SLACK
    begins = (pl.col("begin").cast(pl.Int32) > until).fill_null(True)
    chains = (
        ranked.with_columns(packed.alias("latest"), another.cum_sum().alias("key"))
        .with_columns(begins.cum_sum().alias("chain"))
        .with_columns(pl.col("begin", *first).first().over("chain"))
    )
    last = chains.filter(pl.col("latest") == pl.col("latest").max().over("chain"))
    return last.drop("rank", "latest", "key", "chain")
