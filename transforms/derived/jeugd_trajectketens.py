"""`jeugd_trajectketens`: trajecten of jeugdhulp, with records of one and the same help as one."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, youth
from transforms.derived.youth import CONTRACT, started, waiting


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per traject that began, and one per traject that is waited for.

    Whether there was a crisis is asked of the first record: for that help somebody waited.
    """
    began = started(rows[CONTRACT], first=["crisis"])
    dates = began.with_columns(
        pl.col("begin").alias("datum_start"), pl.col("einde").alias("datum_eind")
    )
    return pl.concat([dates, waiting(rows[CONTRACT])], how="diagonal")


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to the trajecten that began."""
    return youth.steps(rows[CONTRACT])
