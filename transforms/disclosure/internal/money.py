"""Sums of money over persons: held back where one or two of them make up nearly all of it.

What a contract costs is public. What people owe or receive is not, and in a sum of it the largest
amount can be worked out by whoever knows the next one: himself, say. Statistics and disclosure,
4.2; Hundepool et al. 2012, Statistical disclosure control, 4.2.
"""

import polars as pl

LARGEST, SECOND = "largest", "second"
"""The columns by which a sum tells what its two largest persons brought in."""

_TWO_MAKE = 0.90
"""NK(2, 90 %): two persons together are at most this part of the sum."""

_WITHIN = 0.10
"""p 10 %: the second largest cannot work out the largest to within this part of it."""


def with_contributions(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the two largest contributions, null where no measure told them."""
    missing = [name for name in (LARGEST, SECOND) if name not in rows.columns]
    return rows.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in missing)


def dominated() -> pl.Expr:
    """Return whether sums (`numerator`) are to be held back: all of a period, or none.

    A sum is, when one or two persons make up nearly all of it, or when that is not known. The
    others of its period go with it: no sum is then found from the rest. `largest` and `second` are
    what the two largest persons brought in, in the unit of the sum; no amount is negative.
    """
    total, largest, second = pl.col("numerator"), pl.col(LARGEST), pl.col(SECOND)
    two = largest + second > _TWO_MAKE * total
    rest = total - largest - second < _WITHIN * largest
    return (two | rest).fill_null(True).any().over("period")
