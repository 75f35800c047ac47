"""`meldingen_tot_hulp`: each melding with the day on which help began after it."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step
from transforms.derived.wmo_perioden import CONTRACT, given

REPORTS = "wmo_meldingen"


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per melding; `datum_start` is empty where no help of that person began yet.

    Help that an assignment pays as one task never says when it began.
    """
    starts = _begun(rows).sort("datum_start")
    return (
        rows[REPORTS]
        .sort("datum_melding")
        .join_asof(
            starts,
            left_on="datum_melding",
            right_on="datum_start",
            by="client_pseudo",
            strategy="forward",
            coalesce=False,
            check_sortedness=False,
        )
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell which assignments were taken back, and of which nobody knows when help began."""
    return [
        Step(CONTRACT, "wmo_given", given(rows[CONTRACT])),
        Step(CONTRACT, "wmo_started", _begun(rows)),
    ]


def _begun(rows: Mapping[str, pl.LazyFrame]) -> pl.LazyFrame:
    help_ = given(rows[CONTRACT])
    return help_.select("client_pseudo", datum_start="startdatum_werkelijk").drop_nulls()
