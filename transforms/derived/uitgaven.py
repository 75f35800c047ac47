"""`uitgaven`: what agreements cost in each quarter, from amounts that count from 1 January.

Amounts that start again every year cannot be added up over quarters. What came on top since the
quarter before can, over a year or over four quarters of two years.
"""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step

CONTRACT = "financien"
_PART = ("overeenkomst_id", "resultaatblad_id", "boog")


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per quarter and part of an agreement: its arc, and `besteed_erbij`.

    Where a quarter is missing, the next one holds what was spent in both. Null where an agreement
    did not say what it spent. The row of an agreement as a whole is no part of it.
    """
    parts = _parts(rows)
    year = pl.col("periode").str.head(4)
    before = pl.col("besteed").forward_fill().shift(1).over(*_PART, year, order_by="periode")
    return parts.select(
        *_PART, "periode", (pl.col("besteed") - before.fill_null(0)).alias("besteed_erbij")
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell which rows are about an agreement as a whole."""
    return [Step(CONTRACT, "money_parts", _parts(rows))]


def _parts(rows: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    return rows[CONTRACT].filter(
        pl.col("boog").is_not_null() & pl.col("resultaatblad_id").is_not_null()
    )
