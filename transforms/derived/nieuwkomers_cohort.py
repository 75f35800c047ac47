"""`nieuwkomers_cohort`: how newcomers live, a year and a half after they came to live here.

The agreement that 80 % of the settled refugees live independently after a year and a half is about
a cohort: everyone of whom that day fell in a period, also who was never asked. Counting who is
guided now would leave out who dropped out. Domain, 0.8, 2.10 and indicator I11.
"""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step

CONTRACT = "inburgering_trajecten"

_AFTER, _EARLIEST, _LATEST = "18mo", "17mo", "19mo"
_ENOUGH = 4
"""From this score, of 1 to 5, someone manages a part of life without help."""

_PARTS = {
    "wonen": "wonen_zelfstandig",
    "geld": "geld_zelfstandig",
    "regelen": "regelen_zelfstandig",
    "kennissen": "contacten",
}


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per newcomer of whom the day after 18 months is over.

    `datum_18m` is the same day of the month 18 months after settling, or the last day of a shorter
    month. `gemeten`: asked between 17 and 19 months. `wonen`, `geld`, `regelen`, `kennissen`: a 4
    or 5 at that moment; `zelf_ja`: their own answer then; `zelfstandig`: all five.
    """
    settled = pl.col("datum_huisvesting")
    measured = (
        pl.col("meting_18m_datum")
        .is_between(settled.dt.offset_by(_EARLIEST), settled.dt.offset_by(_LATEST))
        .fill_null(False)
    )
    parts = {name: _and(measured, pl.col(score) >= _ENOUGH) for name, score in _PARTS.items()}
    parts["zelf_ja"] = _and(measured, pl.col("eigen_oordeel") == "ja")
    cohort = rows[CONTRACT].select(
        "client_pseudo",
        "groep",
        "uit_beeld",
        settled.dt.offset_by(_AFTER).alias("datum_18m"),
        measured.alias("gemeten"),
        *(part.alias(name) for name, part in parts.items()),
        pl.all_horizontal(parts.values()).alias("zelfstandig"),
    )
    return cohort.filter(pl.col("datum_18m") <= known.reference)


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell who does not live here for 18 months yet."""
    return [Step(CONTRACT, "newcomers_due", derive(rows, known))]


def _and(measured: pl.Expr, found: pl.Expr) -> pl.Expr:
    return measured & found.fill_null(False)
