"""Wmo-meldingen with a history (L01): melding, onderzoek, perhaps aanvraag and besluit.

Every melding is worked out once, to its end. A delivery is what the registration knew on the last
day of a quarter, so the same melding is seen to wait first and to be finished later.
"""

from typing import Final

import numpy as np
import polars as pl

from sources.example.maker import postcodes
from sources.example.maker.chance import stream
from sources.example.maker.key_figures import population
from sources.example.maker.people import (
    Integers,
    People,
    person_numbers,
    settle,
    together,
)
from sources.example.maker.quarters import Quarter, through
from sources.example.maker.terms import dates, decisions, investigation, workday

Chance = np.random.Generator

# Histories begin half a year before the first delivery, so that it already holds who still waits.
ORIGIN: Final = Quarter(2024, 2)
FIRST: Final = Quarter(2024, 4)

_PER_1000 = 9.9
# Meldingen compared with the city: Oude Tuinen is old, Zonneveld young, Molenwijk has low incomes.
_DEMAND = np.array([1.0, 1.05, 1.3, 1.5, 0.5, 0.7, 1.1, 0.85])
_SEASON = np.array([1.06, 1.0, 0.9, 1.04])  # fewer people ask for help in the summer
_RETURNS = 0.12

_CHANNELS = ["telefoon", "digitaal", "sociaal_team", "balie", "huisarts", "ziekenhuis", "overig"]
_CHANNEL_SHARES = [0.34, 0.22, 0.16, 0.09, 0.10, 0.06, 0.03]
_QUESTIONS = [
    "huishouden",
    "huishouden,gezondheid",
    "vervoer",
    "vervoer,sociaal_netwerk",
    "wonen",
    "werk_en_dag",
    "sociaal_netwerk",
    "geld,werk_en_dag",
    "mantelzorg",
    "zelfzorg,gezondheid",
]
_QUESTION_SHARES = [0.22, 0.14, 0.11, 0.08, 0.12, 0.09, 0.06, 0.06, 0.07, 0.05]
_OUTCOMES = [
    "aanvraag",
    "algemene_voorziening",
    "eigen_kracht",
    "netwerk",
    "ingetrokken",
    "overleden",
    "verhuisd",
]
_OUTCOME_SHARES = [0.52, 0.17, 0.11, 0.09, 0.07, 0.02, 0.02]
_TEAMS = ["Centrum", "Centrum", "West", "West", "Oost", "Oost", "Centrum", "Oost"]


def histories(
    *, inhabitants: int, last: Quarter, seed: int, origin: Quarter = ORIGIN
) -> pl.DataFrame:
    """Return every melding since `origin` to its very end, one row each, in order of melding.

    Columns as in contract L01, but dates may lie after any quarter; and `pc6_later`, `moved`,
    `suspended_on`, `extended_on` and `closed` (nothing changes after that day).
    """
    parts: list[pl.DataFrame] = []
    groups: list[People] = []
    known = 0
    numbered = {"year": origin.year, "count": 0}
    for quarter in through(origin, last):
        chance = stream(seed, "meldingen", quarter)
        arrivals = _arrivals(inhabitants, quarter, chance)
        earlier = sum(len(group) for group in groups[:-1])
        back = round(_RETURNS * len(arrivals)) if earlier else 0
        returning = chance.choice(earlier, min(back, earlier), replace=False)
        fresh = arrivals[len(returning) :]
        old = population(inhabitants, quarter.year)["oud"]
        groups.append(settle(fresh, old=old, today=_day(quarter), chance=chance))
        person = np.concatenate([returning, known + np.arange(len(fresh))]).astype(np.int64)
        known += len(fresh)
        parts.append(_meldingen(person, together(groups), quarter, chance))
        parts[-1] = _numbered(parts[-1], quarter, numbered)
    return _with_numbers(pl.concat(parts), known, seed)


def _day(quarter: Quarter) -> int:
    return int(np.datetime64(quarter.first, "D").astype(np.int64))


def _arrivals(inhabitants: int, quarter: Quarter, chance: Chance) -> Integers:
    """Return the buurt of everyone who reports in a quarter, in mixed order."""
    people = population(inhabitants, quarter.year)["inwoners"].to_numpy()
    factor = np.repeat(_DEMAND, 4) * _SEASON[quarter.number - 1]
    counts = chance.poisson(people / 1000 * _PER_1000 * factor)
    return chance.permutation(np.repeat(np.arange(len(people)), counts))


def _meldingen(person: Integers, people: People, quarter: Quarter, chance: Chance) -> pl.DataFrame:
    """Work out the meldingen of one quarter to their end."""
    count = len(person)
    day = workday(_day(quarter) + np.sort(chance.integers(0, quarter.days, count)))
    person = chance.permutation(person)
    district = people.neighbourhood[person] // 4
    outcome = chance.choice(_OUTCOMES, count, p=_OUTCOME_SHARES)
    suspended, ready = investigation(day, district, outcome, quarter, chance)
    letters = np.array(postcodes.own())
    return pl.DataFrame(
        {
            "person": person,
            "geboortejaar": people.born[person],
            "pc6": letters[people.home[person]],
            "pc6_later": letters[people.next_home[person]],
            "moved": dates(people.moved[person]),
            "datum_melding": dates(day),
            "kanaal": chance.choice(_CHANNELS, count, p=_CHANNEL_SHARES),
            "hulpvraag_leefgebied": chance.choice(_QUESTIONS, count, p=_QUESTION_SHARES),
            "datum_onderzoek_klaar": dates(ready),
            "opschorting_dagen": suspended,
            "suspended_on": dates(day + chance.integers(5, 12, count)),
            "uitkomst": outcome,
            "team": np.array(_TEAMS)[district],
            **decisions(outcome == "aanvraag", ready, chance),
        }
    )


def _numbered(meldingen: pl.DataFrame, quarter: Quarter, numbered: dict[str, int]) -> pl.DataFrame:
    """Give each melding its number, counting through the year."""
    if numbered["year"] != quarter.year:
        numbered.update(year=quarter.year, count=0)
    begin = numbered["count"] + 1
    numbered["count"] += meldingen.height
    counter = pl.int_range(begin, begin + meldingen.height, dtype=pl.Int64).cast(pl.String)
    return meldingen.select(
        pl.format(f"M{quarter.year}-{{}}", counter.str.zfill(6)).alias("melding_id"), pl.all()
    )


def _with_numbers(meldingen: pl.DataFrame, people: int, seed: int) -> pl.DataFrame:
    numbers = pl.Series(person_numbers(people, seed=seed)).cast(pl.String)
    person = meldingen["person"].to_numpy()
    return meldingen.with_columns(bsn=numbers.gather(person)).drop("person")


def delivery(histories: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """Return the rows of L01 as known on the last day of a quarter.

    That is every melding made or changed in the quarter and every one that is still open. The
    first delivery ever also holds what was made and closed in the quarter before: else the terms
    that expire in it would miss whoever was helped in time.
    """
    begun = Quarter.at(FIRST.index - 1).first if quarter == FIRST else quarter.first
    here = histories.filter(
        (pl.col("datum_melding") <= quarter.last)
        & ((pl.col("closed") >= quarter.first) | (pl.col("datum_melding") >= begun))
    )
    suspended = (pl.col("opschorting_dagen") > 0) & (pl.col("suspended_on") <= quarter.last)
    finished = pl.col("datum_onderzoek_klaar") <= quarter.last
    decided = pl.col("datum_besluit") <= quarter.last
    extended = pl.col("extended_on") <= quarter.last
    return here.select(
        "melding_id",
        "bsn",
        "geboortejaar",
        pl.when(pl.col("moved") <= quarter.last).then("pc6_later").otherwise("pc6").alias("pc6"),
        "datum_melding",
        "kanaal",
        "hulpvraag_leefgebied",
        pl.when(finished).then("datum_onderzoek_klaar").alias("datum_onderzoek_klaar"),
        pl.when(suspended).then("opschorting_dagen").otherwise(0).alias("opschorting_dagen"),
        pl.when(suspended).then(True).alias("opschorting_akkoord"),
        pl.when(finished).then("uitkomst").otherwise(pl.lit("open")).alias("uitkomst"),
        pl.when(pl.col("datum_aanvraag") <= quarter.last)
        .then("datum_aanvraag")
        .alias("datum_aanvraag"),
        pl.when(decided).then("datum_besluit").alias("datum_besluit"),
        pl.when(decided).then("besluit").alias("besluit"),
        pl.when(extended).then("verlengd_tot").alias("verlengd_tot"),
        pl.when(decided).then("bezwaar").alias("bezwaar"),
        "team",
    )
