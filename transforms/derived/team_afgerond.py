"""`team_afgerond`: every traject of a sociaal team that has ended, and what became of it."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, zrm
from transforms.derived.wijk import with_wijk

CONTRACT = "sociaal_team_trajecten"

_AS_DELIVERED = (
    *("traject_id", "gebied_code", "datum_eind", "uitkomst", "plan", "netwerk_betrokken"),
    *("doelen_aantal", "doelen_behaald", "beoordeeld_door"),
)


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per traject that ended on or before the reference date.

    `partner` is who delivered it, `zrm_verandering` is `zrm.change`.
    """
    return with_wijk(_ended(rows, known), known.hierarchy).select(
        *_AS_DELIVERED,
        pl.col("_partner").alias("partner"),
        zrm.change().alias("zrm_verandering"),
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell which trajecten still run."""
    return [Step(CONTRACT, "team_ended", _ended(rows, known))]


def _ended(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    return rows[CONTRACT].filter(pl.col("datum_eind") <= known.reference)
