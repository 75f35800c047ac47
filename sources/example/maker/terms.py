"""How long things take: the onderzoek after a melding, the besluit after an aanvraag.

Days are counted since 1970; `NEVER` stands for what does not happen.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from sources.example.maker.areas import DISTRICTS
from sources.example.maker.people import NEVER, Integers
from sources.example.maker.quarters import Quarter

Chance = np.random.Generator

_BROKEN_OFF = ["ingetrokken", "overleden", "verhuisd"]
_DECISIONS = ["toegekend", "deels", "afgewezen", "ingetrokken"]
_DECISION_SHARES = [0.78, 0.12, 0.08, 0.02]

_MOLENWIJK = list(DISTRICTS).index("WK990103")
# From the third quarter of 2025 three of seven colleagues in Molenwijk are ill; slowly it mends.
_MOLENWIJK_MEDIANS = {0: 38.0, 1: 42.0, 2: 43.0, 3: 40.0, 4: 37.0}
_SICK_LEAVE_BEGINS = "2025K3"


def workday(days: Integers) -> Integers:
    """Move weekend days to a working day of the same month: no one registers on a Sunday."""
    moved = np.busday_offset(days.astype("datetime64[D]"), 0, roll="modifiedfollowing")
    return moved.astype(np.int64)


def _next_workday(days: Integers) -> Integers:
    moved = np.busday_offset(days.astype("datetime64[D]"), 0, roll="forward")
    return moved.astype(np.int64)


def dates(days: Integers) -> pl.Series:
    """Return days since 1970 as dates."""
    return pl.Series(np.minimum(days, NEVER).astype(np.int32)).cast(pl.Date)


def investigation(
    day: Integers,
    district: Integers,
    outcome: npt.NDArray[np.str_],
    quarter: Quarter,
    chance: Chance,
) -> tuple[Integers, Integers]:
    """Return for each melding the days suspended (mostly none) and the day it is finished.

    `day` is the day of the melding, `district` the position of its wijk. What is broken off
    (withdrawn, died, moved away) ends sooner.
    """
    count = len(day)
    lasted = np.exp(chance.normal(np.log(_medians(quarter))[district], 0.46))
    stuck = chance.random(count) < 0.015  # a few get out of sight for months
    lasted = np.where(stuck, lasted + chance.integers(90, 240, count), lasted)
    lasted = np.where(np.isin(outcome, _BROKEN_OFF), lasted * 0.6, lasted)
    weeks = chance.choice([1, 2, 3, 4, 6], count)
    asks = (chance.random(count) < 0.08) & (lasted > 14)
    suspended = np.where(asks, 7 * weeks, 0).astype(np.int64)
    ready = day + np.maximum(np.round(lasted).astype(np.int64), 2) + suspended
    return suspended, _next_workday(ready)


def _medians(quarter: Quarter) -> npt.NDArray[np.float64]:
    """Return the median days of an investigation per wijk: the city gets a little faster."""
    passed = quarter.since("2024K4")
    medians = np.full(len(DISTRICTS), 27.0 - 0.55 * passed)
    ill = quarter.since(_SICK_LEAVE_BEGINS)
    if ill >= 0:
        medians[_MOLENWIJK] = _MOLENWIJK_MEDIANS.get(ill, 34.0)
    return medians


def decisions(applied: npt.NDArray[np.bool_], ready: Integers, chance: Chance) -> dict[str, object]:
    """Return the columns of L01 about aanvraag and besluit, with `extended_on` and `closed`.

    Most people sign on the day of the report (`ready`); about nine in ten besluiten follow within
    two weeks, and four in a hundred are extended in time.
    """
    count = len(ready)
    pause = np.where(chance.random(count) < 0.7, 0, chance.integers(1, 8, count))
    application = np.where(applied, _next_workday(ready + pause), NEVER)
    lasted = np.exp(chance.normal(np.log(8.0), 0.40, count))
    extended = applied & (chance.random(count) < 0.04)
    lasted = np.where(extended, chance.integers(18, 36, count), lasted)
    on = _next_workday(application + np.maximum(np.round(lasted).astype(np.int64), 1))
    decision = chance.choice(_DECISIONS, count, p=_DECISION_SHARES)
    objects = np.isin(decision, ["deels", "afgewezen"]) & (chance.random(count) < 0.2)
    decided = np.where(applied, on, NEVER)
    return {
        "datum_aanvraag": dates(application),
        "datum_besluit": dates(decided),
        "besluit": decision,
        "verlengd_tot": dates(np.where(extended, application + 14 + 28, NEVER)),
        "extended_on": dates(np.where(extended, application + 10, NEVER)),
        "bezwaar": objects,
        "closed": dates(np.where(applied, decided, ready)),
    }
