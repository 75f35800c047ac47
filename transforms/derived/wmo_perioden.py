"""`wmo_perioden`: the help of the Wmo in episodes, of assignments that follow each other.

Rules: domain.md section 0, findings 7 and 8, and section 6.3 (code lists of iWmo 3.2).
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from transforms.derived import Derivation, Step
from transforms.derived.chains import chained

CONTRACT = "wmo_toewijzingen"

_TAKEN_BACK = "13"
_REMOVED = "3"
_PAUSE = "20"
# Ends on paper (WMO002, WMO588): another contract, an extension, another form or provider, another
# funding, boundaries, a correction; a request to change, another provider.
_PAPER = ("03", "04", "08", "09", "10", "11", "14")
_PAPER_END = ("20", "37", "38")
_AFTER_PAPER = 30  # days in which help goes on under another number


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per inhabitant, productcategorie and episode.

    Help that begins at most a day after the latest end goes on, and within 30 days where that end
    was only on paper. Reason, provider and postcode are those of the assignment with the latest
    end. What begins after the reference date does not count yet.
    """
    help_ = assignments(rows[CONTRACT], reference=known.reference)
    return chained(
        help_,
        ["client_pseudo", "productcategorie"],
        slack=pl.when(_ended_on_paper()).then(_AFTER_PAPER).otherwise(1),
        order=["ingangsdatum", "toewijzing_nr", "aanbieder_agb"],
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell which assignments were taken back, did not begin or ended first, or go on in others."""
    own = rows[CONTRACT]
    return [
        Step(CONTRACT, "wmo_given", given(own)),
        Step(CONTRACT, "wmo_begun", assignments(own, reference=known.reference)),
        Step(CONTRACT, "wmo_episodes", derive(rows, known)),
    ]


def assignments(rows: pl.LazyFrame, *, reference: date) -> pl.LazyFrame:
    """Return the assignments that count, with `begin` and `einde` (null: runs on).

    Help begins when it really began; a pause is no end.
    """
    stopped = pl.col("reden_beeindiging").ne_missing(_PAUSE)
    return (
        given(rows)
        .with_columns(
            pl.coalesce("startdatum_werkelijk", "ingangsdatum").alias("begin"),
            einde=pl.coalesce(pl.when(stopped).then("stopdatum_werkelijk"), "einddatum"),
        )
        .filter(pl.col("begin") <= reference, (pl.col("einde") >= pl.col("begin")).fill_null(True))
    )


def given(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return the assignments that were not taken back."""
    taken_back = pl.col("reden_wijziging").eq_missing(_TAKEN_BACK) | (
        pl.col("einddatum") == pl.col("ingangsdatum")
    ).fill_null(False)
    return rows.filter(pl.col("status_aanlevering").ne_missing(_REMOVED), ~taken_back)


def _ended_on_paper() -> pl.Expr:
    changed, ended = pl.col("reden_wijziging"), pl.col("reden_beeindiging")
    return (changed.is_in(_PAPER) | ended.is_in(_PAPER_END)).fill_null(False)
