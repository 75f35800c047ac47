"""`jeugd_na_hulp`: youngsters whose help had all ended, and whether they needed help again."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, youth
from transforms.derived.quarters import rolling_id, spread
from transforms.derived.youth import CONTRACT, spells
from transforms.periods import YEAR, quarter_of

_GROWN_UP = 18


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per youngster and four quarters, of whom help ended 12 to 24 months before.

    All help had ended then, and no other began the day after. Of several such ends the last one
    counts. `opnieuw`: help began within twelve months after it. Who turns 18 in the year in which
    the four quarters end is no longer in it.
    """
    every = spells(rows[CONTRACT])
    next_ = pl.col("begin").shift(-1).over("client_pseudo", order_by="begin")
    ended = every.with_columns(
        next_.alias("volgende"), pl.col("einde").dt.offset_by("12mo").alias("jaar_erna")
    ).filter(pl.col("jaar_erna") <= known.reference)
    end = quarter_of(pl.col("einde"))
    each = spread(ended, known, first=end + YEAR, last=end + 2 * YEAR - 1)
    young = each.filter(pl.col("quarter") // YEAR - pl.col("geboortejaar") < _GROWN_UP)
    last = young.sort("einde").unique(
        ["client_pseudo", "quarter"], keep="last", maintain_order=True
    )
    return last.with_columns(
        rolling_id(pl.col("quarter")).alias("periode"),
        opnieuw=(pl.col("volgende") <= pl.col("jaar_erna")).fill_null(False),
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to the runs of days with any help at all."""
    every = rows[CONTRACT]
    return [*youth.steps(every), Step(CONTRACT, "youth_spells", spells(every))]
