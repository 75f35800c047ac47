"""`contacten_per_boog`: contacts at activities, of people who are not known by name."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation
from transforms.derived.arcs import arc
from transforms.derived.quarters import last_day
from transforms.periods import quarter_of_id

CONTRACT = "partner_activiteiten"


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per row of activities; the agreement's arc goes before the partner's own."""
    mapped = arc(known.rainbow, CONTRACT, "activiteit_id", day=pl.col("dag"))
    return (
        rows[CONTRACT]
        .with_columns(last_day(quarter_of_id(pl.col("periode"))).alias("dag"))
        .select(
            *("dag", "contacten"),
            pl.coalesce(mapped, "boog").alias("boog"),
            pl.col("gebied_code").alias("plaats"),
        )
    )
