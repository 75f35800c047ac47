"""Jeugdhulp: trajecten out of the deliveries that tell of them, quarter after quarter.

Rules: domain.md, sections 4 (L03) and 6.3 (code lists of BiJ and iJw).
"""

from collections.abc import Sequence

import polars as pl

from transforms.derived import Step
from transforms.derived.chains import chained

CONTRACT = "jeugd_trajecten"

_TRAJECT = ("client_pseudo", "aanbieder_agb", "hulpvorm", "datum_start")
_HELP = ("client_pseudo", "aanbieder_agb", "hulpvorm")
# What iJw (JZ588) says, in the words of Beleidsinformatie Jeugd; 36 to 39 and 20 have none there.
_REASONS = {"31": "01", "34": "02", "32": "03", "33": "04", "35": "05", "02": "05"}


def told(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return what the latest delivery says of each traject that began: a row per answer.

    Every quarter tells again of what runs, so that of one traject the latest period counts.
    Adds `reden`: why it ended in the codes of BiJ; else null.
    """
    began = rows.filter(pl.col("datum_start").is_not_null())
    reason = pl.col("reden_beeindiging").replace_strict(
        _REASONS, default=None, return_dtype=pl.String
    )
    return _latest(began, _TRAJECT).with_columns(pl.coalesce("reden_eind", reason).alias("reden"))


def waiting(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per youngster, hulpvorm and aanbieder that is waited for, as told of last.

    Whoever began on the day of asking or later waits no longer, also where that day was corrected
    or left out since. Who is left out of a later delivery without having begun still waits: a list
    is not made shorter by leaving people out of it.
    """
    began = rows.group_by(_HELP).agg(pl.col("datum_start").max().alias("began"))
    open_ = _one_each(_latest(rows.filter(pl.col("datum_start").is_null()), _HELP), _HELP)
    told_of = open_.join(began, on=_HELP, how="left", validate="1:1")
    later = (pl.col("began") >= pl.col("datum_aanmelding")).fill_null(False)
    return told_of.filter(~later).drop("began")


def started(rows: pl.LazyFrame, *, first: Sequence[str] = ()) -> pl.LazyFrame:
    """Return one row per traject that began, with records of one and the same help as one.

    Of one youngster, hulpvorm and aanbieder: records that overlap or touch. `begin` is the first
    start and `einde` the last end (null: it runs on); the reason is that of the last.
    `datum_aanmelding`, `datum_beschikking` and the columns `first` are those of the first.
    """
    records = _one_each(told(rows), _TRAJECT).with_columns(
        pl.col("datum_start").alias("begin"), pl.col("datum_eind").alias("einde")
    )
    return chained(
        records,
        ["client_pseudo", "hulpvorm", "aanbieder_agb"],
        first=["datum_aanmelding", "datum_beschikking", *first],
    )


def spells(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return one row per youngster and run of days with any help at all: `begin`, `einde`."""
    order = ["begin", "hulpvorm", "aanbieder_agb"]
    return chained(started(rows), ["client_pseudo"], order=order)


def steps(rows: pl.LazyFrame) -> list[Step]:
    """Tell the way to the trajecten that began."""
    return [
        Step(CONTRACT, "youth_latest", told(rows)),
        Step(CONTRACT, "youth_started", started(rows)),
    ]


def _latest(rows: pl.LazyFrame, key: tuple[str, ...]) -> pl.LazyFrame:
    return rows.filter(pl.col("_period") == pl.col("_period").max().over(key))


def _one_each(rows: pl.LazyFrame, key: tuple[str, ...]) -> pl.LazyFrame:
    """Return the first row of each: rows of one traject differ in who answered."""
    ordered = rows.sort("informant", maintain_order=True, nulls_last=True)
    return ordered.unique(key, keep="first", maintain_order=True)
