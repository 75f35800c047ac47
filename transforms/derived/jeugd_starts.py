"""`jeugd_starts`: help that began, and whether the youngster had help before.

That is how StatLine counts repeated use: it looks back five years from each start (domain.md
section 0, finding 8).
"""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, youth
from transforms.derived.quarters import period_id
from transforms.derived.youth import CONTRACT, started
from transforms.periods import quarter_of

_BACK = "-5y"


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per traject, with the last end before it of any help to that youngster."""
    every = started(rows[CONTRACT])
    ends = every.select("client_pseudo", vorige="einde").drop_nulls().sort("vorige")
    looked_back = every.sort("begin").join_asof(
        ends,
        left_on="begin",
        right_on="vorige",
        by="client_pseudo",
        strategy="backward",
        allow_exact_matches=False,
        coalesce=False,
        check_sortedness=False,
    )
    recent = pl.col("vorige") >= pl.col("begin").dt.offset_by(_BACK)
    return looked_back.with_columns(
        pl.col("begin").alias("datum_start"),
        period_id(quarter_of(pl.col("begin"))).alias("periode"),
        recent.fill_null(False).alias("eerder_hulp"),
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to the trajecten that began."""
    return youth.steps(rows[CONTRACT])
