"""`bijstand_na_werk`: who left bijstand for work, and was without it for a year after."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step
from transforms.derived.benefit import CONTRACT, spells, to_work
from transforms.derived.quarters import rolling_id, spread
from transforms.periods import YEAR, quarter_of


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per person and four quarters, of who left 12 to 24 months before their end.

    Of several times the last one counts. `weer_bijstand`: again within twelve months after it.
    """
    every = spells(rows[CONTRACT])
    next_ = pl.col("begin").shift(-1).over("client_pseudo", order_by="begin")
    left = to_work(every.with_columns(next_.alias("volgende"))).with_columns(
        pl.col("einde").dt.offset_by("12mo").alias("jaar_erna")
    )
    settled = left.filter(~pl.col("weer"), pl.col("jaar_erna") <= known.reference)
    end = quarter_of(pl.col("einde"))
    each = spread(settled, known, first=end + YEAR, last=end + 2 * YEAR - 1)
    last = each.sort("einde").unique(["client_pseudo", "quarter"], keep="last", maintain_order=True)
    return last.with_columns(
        rolling_id(pl.col("quarter")).alias("periode"),
        weer_bijstand=(pl.col("volgende") <= pl.col("jaar_erna")).fill_null(False),
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to spells, and to those that ended for work."""
    every = spells(rows[CONTRACT])
    return [
        Step(CONTRACT, "benefit_spells", every),
        Step(CONTRACT, "benefit_to_work", to_work(every)),
    ]
