"""Bijstand: spells out of dossiers that follow each other (domain.md, section 4, L04)."""

import polars as pl

from transforms.derived.chains import chained

CONTRACT = "pwet_uitkeringen"

WORK = ("werk_loondienst", "zelfstandig")
_SAME_SPELL = pl.lit(29)
"""A benefit that begins less than 30 days after the end is the same spell."""


def spells(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per person and spell: `begin`, `einde` (null: it runs) and the last reason."""
    dated = rows.with_columns(
        pl.col("begindatum").alias("begin"), pl.col("einddatum").alias("einde")
    )
    return chained(dated, ["client_pseudo"], slack=_SAME_SPELL, order=["begindatum", "dossier_id"])


def to_work(spells_: pl.LazyFrame) -> pl.LazyFrame:
    """Return the spells that ended for work, with `maand_erna` and `weer` (had bijstand that day).

    `maand_erna` is the same day of the next month, or its last day.
    """
    left = spells_.filter(pl.col("reden_beeindiging").is_in(WORK), pl.col("einde").is_not_null())
    after = left.with_columns(pl.col("einde").dt.offset_by("1mo").alias("maand_erna"))
    later = spells_.select("client_pseudo", day="begin", until="einde").sort("day")
    found = after.sort("maand_erna").join_asof(
        later,
        left_on="maand_erna",
        right_on="day",
        by="client_pseudo",
        strategy="backward",
        check_sortedness=False,
    )
    again = (pl.col("until") >= pl.col("maand_erna")).fill_null(True)
    return found.with_columns(again.alias("weer")).drop("day", "until")
