"""What of the toewijzingen the registration knew on the last day of a quarter: the rows of L02."""

import numpy as np
import polars as pl

from sources.example.maker import residents
from sources.example.maker.care.histories import CHANGES
from sources.example.maker.people import NEVER
from sources.example.maker.quarters import Quarter
from sources.example.maker.terms import dates

# A pause in the help (WMO588), a toewijzing taken back or made to last longer (WMO002).
_PAUSE, _REMOVED, _PROLONGED = "20", "13", "04"
_FAR_OFF = dates(np.array([NEVER]))[0]


def delivery(histories: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """Return the rows of L02 as known on the last day of a quarter.

    That is every toewijzing that runs, and every one that ended or was taken back in the quarter.
    """
    there = (pl.col("given") <= quarter.last) & (
        pl.min_horizontal("stopped", "taken_back") >= quarter.first
    )
    known = histories.filter(there).with_columns(**_known(quarter))
    return known.select(
        "toewijzing_nr",
        "bsn",
        "huishouden_nr",
        pl.when(pl.col("moved") <= quarter.last).then("pc6_later").otherwise("pc6").alias("pc6"),
        pl.col("agb").alias("aanbieder_agb"),
        pl.lit(None, pl.String).alias("partner_id"),
        pl.col("category").alias("productcategorie"),
        pl.col("product").alias("productcode"),
        pl.when("pgb").then(pl.lit("PGB")).otherwise(pl.lit("ZIN")).alias("leveringsvorm"),
        _latest_day(quarter).alias("toewijzing_datum"),
        pl.lit(None, pl.String).alias("toewijzing_tijd"),
        "ingangsdatum",
        _end().alias("einddatum"),
        "volume",
        pl.when(~pl.col("pgb")).then("unit").alias("eenheid"),
        pl.when(~pl.col("pgb")).then("per").alias("frequentie"),
        "budget",
        _change().alias("reden_wijziging"),
        residents.known("begun", quarter).alias("startdatum_werkelijk"),
        pl.when("is_stopped")
        .then("stopped")
        .when("is_paused")
        .then("paused")
        .alias("stopdatum_werkelijk"),
        pl.when("is_stopped")
        .then("reason")
        .when("is_paused")
        .then(pl.lit(_PAUSE))
        .alias("reden_beeindiging"),
        _status(quarter).alias("status_aanlevering"),
    )


def _known(quarter: Quarter) -> dict[str, pl.Expr]:
    """Return what had happened to each toewijzing by the last day of a quarter."""
    stopped = pl.col("stopped") <= quarter.last
    by_change = pl.col("reason").replace_strict(CHANGES, default=None, return_dtype=pl.String)
    here = pl.col("paused").is_between(quarter.first, quarter.last)
    return {
        "is_stopped": stopped,
        "is_paused": here & ~stopped & (pl.col("paused") < pl.col("first_end")),
        "stop_change": pl.when(stopped).then(by_change),
        "is_extended": pl.col("extended") <= quarter.last,
        "is_back": pl.col("taken_back") <= quarter.last,
    }


def _latest_day(quarter: Quarter) -> pl.Expr:
    """Return the day of the newest version."""
    changed = pl.when(pl.col("stop_change").is_not_null()).then("stopped")
    days = [residents.known(name, quarter) for name in ("given", "extended", "taken_back")]
    return pl.max_horizontal(*days, changed)


def _end() -> pl.Expr:
    """Return the last day as agreed; empty where none is."""
    agreed = pl.when("is_extended").then("later_end").otherwise("first_end")
    known = pl.when(agreed < _FAR_OFF).then(agreed)
    return (
        pl.when("is_back")
        .then("ingangsdatum")
        .when(pl.col("stop_change").is_not_null())
        .then("stopped")
        .otherwise(known)
    )


def _change() -> pl.Expr:
    """Return why the toewijzing changed, for the last time."""
    return (
        pl.when("is_back")
        .then(pl.lit(_REMOVED))
        .when(pl.col("stop_change").is_not_null())
        .then("stop_change")
        .when("is_extended")
        .then(pl.lit(_PROLONGED))
    )


def _status(quarter: Quarter) -> pl.Expr:
    """Return whether a row is new, changed or as it was (COD467)."""
    return (
        pl.when(pl.col("given") >= quarter.first)
        .then(pl.lit("1"))
        .when(_latest_day(quarter) >= quarter.first)
        .then(pl.lit("2"))
        .otherwise(pl.lit("9"))
    )
