"""`jeugd_antwoorden`: what youngsters and parents say of the help when it ends."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, youth
from transforms.derived.youth import CONTRACT, told


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per traject that ended and person who answered."""
    answered = pl.col("informant").is_not_null() & pl.col("datum_eind").is_not_null()
    return told(rows[CONTRACT]).filter(answered)


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell what the latest delivery of each traject leaves, and whom of them nobody answered."""
    return [
        *youth.steps(rows[CONTRACT])[:1],
        Step(CONTRACT, "youth_answered", derive(rows, known)),
    ]
