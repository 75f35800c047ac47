"""Trajecten of inburgering (L08): who came to live here, and how they do after a year and a half.

Every newcomer is worked out once. A delivery is what was known on the last day of a quarter of
those who came in the three years before.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from sources.example.maker import residents
from sources.example.maker.chance import stream
from sources.example.maker.people import NEVER
from sources.example.maker.quarters import Quarter, through
from sources.example.maker.terms import dates, workday

Chance = np.random.Generator

_PER_1000 = 0.375  # newcomers in a quarter
_QUARTERS_OPEN = 12
ORIGIN: Final = Quarter(2023, 4)

_ASYLUM = 0.66
_ROUTES = ["B1", "onderwijs", "Z"]
_ROUTE_SHARES = [0.52, 0.14, 0.34]
_YEAR_AND_A_HALF = 548
_MEASURED, _GONE = 0.9, 0.08
SCORES: Final = ("wonen_zelfstandig", "geld_zelfstandig", "regelen_zelfstandig", "contacten")
# Most can do all of it on their own after a year and a half; of the others it differs per subject.
_ON_THEIR_OWN = 0.74
_SCORE_SHARES = [0.02, 0.06, 0.12, 0.45, 0.35]
_OPINIONS = ["ja", "een_beetje", "nee"]
_OPINION_SHARES = [0.66, 0.25, 0.09]


def histories(
    *, inhabitants: int, last: Quarter, seed: int, origin: Quarter = ORIGIN
) -> pl.DataFrame:
    """Return every newcomer since `origin`, in order of coming.

    Columns as in contract L08, but dates may lie after any quarter; and `left`, the day after
    which someone is out of sight.
    """
    parts: list[pl.DataFrame] = []
    for quarter in through(origin, last):
        chance = stream(seed, "nieuwkomers", quarter)
        known = sum(part.height for part in parts)
        parts.append(_newcomers(quarter, inhabitants, known, chance))
    everyone = pl.concat(parts)
    numbers = residents.bsn(everyone["person"].to_numpy(), seed=seed + 3)
    return everyone.with_columns(numbers.alias("bsn"))


def _newcomers(quarter: Quarter, inhabitants: int, known: int, chance: Chance) -> pl.DataFrame:
    came = residents.arrivals(quarter, _PER_1000, inhabitants=inhabitants, chance=chance)
    count = len(came)
    intake = workday(came + residents.lasting(26.0, 0.5, chance, count=count))
    plan = workday(intake + residents.lasting(38.0, 0.4, chance, count=count))
    guided = workday(came + chance.integers(0, 21, count))
    ready = workday(guided + chance.integers(500, 760, count))
    measured = came + _YEAR_AND_A_HALF + chance.integers(-25, 26, count)
    spoken = chance.random(count) < _MEASURED
    gone = chance.random(count) < _GONE
    left = np.where(gone, came + chance.integers(60, 1000, count), NEVER)
    return pl.DataFrame(
        {
            "person": known + np.arange(count),
            "groep": np.where(chance.random(count) < _ASYLUM, "asiel", "gezin_overig"),
            "datum_huisvesting": dates(came),
            "datum_brede_intake": dates(intake),
            "datum_pip": dates(plan),
            "leerroute": chance.choice(_ROUTES, count, p=_ROUTE_SHARES),
            "start_mb": dates(guided),
            "eind_mb": dates(ready),
            "meting_18m_datum": dates(np.where(spoken & (measured < left), measured, NEVER)),
            **_judged(count, chance),
            "gone": chance.choice(["verhuisd", "overleden"], count, p=[0.97, 0.03]),
            "left": dates(left),
        }
    )


def _judged(count: int, chance: Chance) -> dict[str, npt.NDArray[Any]]:
    """Return the scores of the talk after a year and a half, and what the newcomers say."""
    able = chance.random(count) < _ON_THEIR_OWN
    scores = {
        score: np.where(
            able,
            chance.choice([4, 5], count),
            chance.choice([1, 2, 3, 4, 5], count, p=_SCORE_SHARES),
        )
        for score in SCORES
    }
    said = chance.choice(_OPINIONS, count, p=_OPINION_SHARES)
    return {**scores, "eigen_oordeel": np.where(able, "ja", said)}


def delivery(histories: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """Return the rows of L08 as known on the last day of a quarter.

    Nothing is told of someone after the day on which he or she left.
    """
    since = Quarter.at(quarter.index - _QUARTERS_OPEN).first
    there = pl.col("datum_huisvesting").is_between(since, quarter.last)
    here = histories.filter(there & (pl.col("left") >= quarter.first))
    gone = pl.col("left") <= quarter.last
    spoken = pl.col("meting_18m_datum") <= quarter.last
    return here.select(
        "bsn",
        "groep",
        pl.col("datum_huisvesting").dt.year().alias("cohort_jaar"),
        "datum_huisvesting",
        _told("datum_brede_intake", quarter),
        _told("datum_pip", quarter),
        pl.when(_told("datum_pip", quarter).is_not_null()).then("leerroute").alias("leerroute"),
        _told("start_mb", quarter),
        _told("eind_mb", quarter),
        _told("meting_18m_datum", quarter),
        *(pl.when(spoken).then(score).alias(score) for score in SCORES),
        pl.when(spoken).then("eigen_oordeel").alias("eigen_oordeel"),
        pl.when(gone).then("gone").otherwise(pl.lit("geen")).alias("uit_beeld"),
    )


def _told(column: str, quarter: Quarter) -> pl.Expr:
    """Return a day as known on the last day of a quarter; empty after someone left."""
    happened = (pl.col(column) <= quarter.last) & (pl.col(column) <= pl.col("left"))
    return pl.when(happened).then(column).alias(column)
