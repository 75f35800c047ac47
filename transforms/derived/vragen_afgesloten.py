"""`vragen_afgesloten`: questions for help closed a year ago, and whether people came back.

Whether help without a provision was enough shows only when nobody comes back. That takes a year, so
a question counts on the day a year after it was closed. Domain, indicators I06 and I35.
"""

from collections.abc import Mapping
from datetime import timedelta

import polars as pl

from transforms.derived import Derivation, Step
from transforms.derived.wijk import with_wijk

REPORTS, TEAM = "wmo_meldingen", "sociaal_team_trajecten"
_CLOSED_ON = {REPORTS: "datum_onderzoek_klaar", TEAM: "datum_eind"}

_A_YEAR = timedelta(days=365)
_NEXT_DAY = timedelta(days=1)
_NOT_CLOSED = ("open", "ingetrokken", "overleden", "verhuisd")
_LIGHT = ("eigen_kracht", "opgelost", "netwerk", "algemene_voorziening")
"""Outcomes without an individual provision: own strength, the network, or what is open to all."""


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per question of a known person that was closed at least 365 days ago.

    Of someone whom nobody knows by name it cannot be told whether they came back. Reports (L01) are
    closed when their research is ready, trajecten of a team (L05) when they end; both are kept
    under one law, so a person has one pseudonym in them. `opnieuw_gemeld`: the same person reported
    again, on one of the 365 days after closing.
    """
    reports, team = rows[REPORTS], with_wijk(rows[TEAM], known.hierarchy)
    closed = pl.concat(
        [
            _closed(reports, "melding", day=_CLOSED_ON[REPORTS], place=pl.col("pc6")),
            _closed(team, "team", day=_CLOSED_ON[TEAM], place=pl.col("gebied_code")),
        ]
    ).with_columns(jaar_later=pl.col("dag") + _A_YEAR, after=pl.col("dag") + _NEXT_DAY)
    over = closed.filter(pl.col("jaar_later") <= known.reference).sort("after")
    again = reports.select("client_pseudo", opnieuw="datum_melding").drop_nulls().sort("opnieuw")
    followed = over.join_asof(
        again,
        left_on="after",
        right_on="opnieuw",
        by="client_pseudo",
        strategy="forward",
        check_sortedness=False,
    )
    came_back = (pl.col("opnieuw") <= pl.col("jaar_later")).fill_null(False)
    return followed.select(
        *("client_pseudo", "bron", "plaats", "jaar_later"),
        pl.col("uitkomst").is_in(_LIGHT).alias("zonder_maatwerk"),
        came_back.alias("opnieuw_gemeld"),
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell which questions are open, of nobody known, or closed less than a year ago."""
    told = []
    for contract, day in _CLOSED_ON.items():
        answered = _answered(rows[contract], day)
        over = _known(answered).filter(pl.col(day) + _A_YEAR <= known.reference)
        told += [
            Step(contract, "question_answered", answered),
            Step(contract, "question_known", _known(answered)),
            Step(contract, "question_year", over),
        ]
    return told


def _closed(rows: pl.LazyFrame, source: str, *, day: str, place: pl.Expr) -> pl.LazyFrame:
    """Return the questions of one source that were answered, with the day and the place."""
    return _known(_answered(rows, day)).select(
        "client_pseudo",
        "uitkomst",
        pl.lit(source).alias("bron"),
        place.alias("plaats"),
        pl.col(day).alias("dag"),
    )


def _answered(rows: pl.LazyFrame, day: str) -> pl.LazyFrame:
    answered = pl.col("uitkomst").is_in(_NOT_CLOSED).not_()
    return rows.filter(answered, pl.col(day).is_not_null())


def _known(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.filter(pl.col("client_pseudo").is_not_null())
