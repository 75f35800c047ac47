"""Trajecten of the sociaal team (L05): from a question for help to what became of it.

A third of the people who get a traject also reported for the Wmo in the same quarter (L01): the
same person, the same home. Each traject is worked out to its end; a delivery is what the team's
system knew on the last day of a quarter.
"""

from typing import Final

import numpy as np
import polars as pl

from sources.example.maker import postcodes, residents, zrm
from sources.example.maker.areas import DISTRICTS
from sources.example.maker.chance import stream
from sources.example.maker.people import Integers
from sources.example.maker.quarters import Quarter, through
from sources.example.maker.terms import dates, workday

ORIGIN: Final = Quarter(2024, 2)

_PER_1000 = 7.4
_FORMS = ["individueel_traject", "leun_steun", "informatie_advies", "collectief"]
_FORM_SHARES = [0.45, 0.20, 0.27, 0.08]
# Per form: half of them last so many days, and how much that differs; who is known by name.
_LASTS = {
    "individueel_traject": 150.0,
    "leun_steun": 190.0,
    "informatie_advies": 2.0,
    "collectief": 84.0,
}
_SPREAD = 0.55
_KNOWN = {
    "individueel_traject": 1.0,
    "leun_steun": 0.7,
    "informatie_advies": 0.2,
    "collectief": 0.0,
}
_REPORTED_TOO = 0.33
_FIRST_TALK = np.full(len(DISTRICTS), 9.0)
_FIRST_TALK[list(DISTRICTS).index("WK990103")] = 17.0  # Molenwijk: colleagues are ill since 2025
_POSTCODE_ONLY = 0.12

_FIELDS = [
    "geld",
    "geld,wonen",
    "sociaal_netwerk",
    "gezondheid",
    "opvoeden",
    "huishouden",
    "werk_en_dag,geld",
    "mantelzorg",
]
_FIELD_SHARES = [0.22, 0.13, 0.14, 0.13, 0.12, 0.08, 0.12, 0.06]
_OUTCOMES = {
    "opgelost": 0.38,
    "netwerk": 0.10,
    "algemene_voorziening": 0.17,
    "maatwerk": 0.13,
    "doorverwezen": 0.09,
    "gestopt_inwoner": 0.07,
    "gestopt_team": 0.01,
    "verhuisd": 0.03,
    "overleden": 0.02,
}
_JUDGES, _JUDGE_SHARES = ["inwoner", "samen", "professional"], [0.3, 0.5, 0.2]
_NETWORK, _NETWORK_SHARES = ["ja", "nee", "geen_netwerk"], [0.55, 0.30, 0.15]
_REASONS_TO_WAIT = ["geen_plek", "inwoner", "andere_organisatie", "anders"]
_TEAMS = np.array(["Centrum", "Centrum", "West", "West", "Oost", "Oost", "Centrum", "Oost"])


def histories(
    meldingen: pl.DataFrame, *, inhabitants: int, last: Quarter, seed: int, origin: Quarter = ORIGIN
) -> pl.DataFrame:
    """Return every traject since `origin` to its end, in order of the question for help.

    `meldingen` are the histories of L01 (see `registrations`). Columns as in contract L05, but
    dates may lie after any quarter.
    """
    parts = []
    first = 1
    for quarter in through(origin, last):
        chance = stream(seed, "trajecten", quarter)
        asked = residents.arrivals(quarter, _PER_1000, inhabitants=inhabitants, chance=chance)
        part = _worked_out(asked, inhabitants, quarter, chance)
        part = _people(part, first, meldingen, quarter=quarter, seed=seed, chance=chance)
        number = residents.numbered("T", part["datum_hulpvraag"].dt.year(), first)
        parts.append(part.with_columns(traject_id=number))
        first += part.height
    return pl.concat(parts)


def _worked_out(
    asked: Integers, inhabitants: int, quarter: Quarter, chance: residents.Chance
) -> pl.DataFrame:
    """Work out the trajecten of people who asked on those days, where they live as well."""
    count = len(asked)
    home = residents.homes(count, inhabitants=inhabitants, year=quarter.year, chance=chance)
    form = chance.choice(_FORMS, count, p=_FORM_SHARES)
    short = np.isin(form, ["informatie_advies", "collectief"])
    talk = asked + residents.lasting(
        _FIRST_TALK[residents.district(home)], 0.5, chance, count=count
    )
    talk = workday(np.where(short, asked, talk))
    pause = np.where(short, 0, chance.integers(0, 21, count))
    start = workday(talk + pause)
    medians = np.array([_LASTS[one] for one in form])
    end = workday(start + residents.lasting(medians, _SPREAD, chance, count=count) - 1)
    planned = (form == "individueel_traject") & (chance.random(count) < 0.85)
    told = pl.DataFrame(
        {
            "home": home,
            "vorm": form,
            "team": _TEAMS[residents.district(home)],
            "datum_hulpvraag": dates(asked),
            "datum_eerste_gesprek": dates(talk),
            "datum_start": dates(start),
            "datum_eind": dates(end),
            "leefgebieden": chance.choice(_FIELDS, count, p=_FIELD_SHARES),
            "uitkomst": chance.choice(list(_OUTCOMES), count, p=list(_OUTCOMES.values())),
            "wacht_reden": chance.choice(_REASONS_TO_WAIT, count),
            "waited": pause > 14,
            "postcode_only": chance.random(count) < _POSTCODE_ONLY,
        }
    ).with_columns(pl.when("waited").then("wacht_reden").alias("wacht_reden"))
    scores = zrm.scores(planned, start, end, chance)
    return pl.concat([told, _plans(planned, chance), scores], how="horizontal")


def _plans(planned: residents.Flags, chance: residents.Chance) -> pl.DataFrame:
    """Return what the plans hold: goals, how many were reached and who found so."""
    count = len(planned)
    goals = chance.integers(1, 5, count)
    told = pl.DataFrame(
        {
            "plan": planned,
            "judged": chance.random(count) < 0.8,
            "regisseur": planned & (chance.random(count) < 0.8),
            "doelen_aantal": goals,
            "doelen_behaald": chance.binomial(goals, 0.68),
            "beoordeeld_door": chance.choice(_JUDGES, count, p=_JUDGE_SHARES),
            "netwerk_betrokken": chance.choice(_NETWORK, count, p=_NETWORK_SHARES),
        }
    )
    at_start, at_end = ("doelen_aantal", "netwerk_betrokken"), ("doelen_behaald", "beoordeeld_door")
    return told.select(
        "plan",
        "regisseur",
        *(pl.when("plan").then(name).alias(name) for name in at_start),
        *(pl.when(pl.col("plan") & pl.col("judged")).then(name).alias(name) for name in at_end),
    )


def _people(
    part: pl.DataFrame,
    first: int,
    meldingen: pl.DataFrame,
    *,
    quarter: Quarter,
    seed: int,
    chance: residents.Chance,
) -> pl.DataFrame:
    """Say whose trajecten these are: people of their own, and some who reported for the Wmo too."""
    count = part.height
    form = part["vorm"].to_list()
    known = chance.random(count) < np.array([_KNOWN[one] for one in form])
    begun = pl.col("datum_melding").is_between(quarter.first, quarter.last)
    both = (
        meldingen.filter(begun)
        .unique("bsn", keep="first", maintain_order=True)
        .head(round(_REPORTED_TOO * count))
    )
    where = chance.permutation(count)[: both.height]
    number = residents.bsn(np.arange(first, first + count), seed=seed + 1)
    place = {letters: home for home, letters in enumerate(postcodes.own())}
    home = part["home"].scatter(where, [place[letters] for letters in both["pc6"]])
    household = pl.format("H{}", pl.int_range(first, first + count).cast(pl.String).str.zfill(6))
    named = pl.Series(known)
    return part.with_columns(
        bsn=pl.when(named).then(number.scatter(where, both["bsn"])),
        huishouden_nr=pl.when(named).then(household),
        wijk=residents.district_code(home.to_numpy()),
        pc4=residents.pc6(home.to_numpy()).str.slice(0, 4),
        team=pl.Series(_TEAMS[residents.district(home.to_numpy())]),
    )


def delivery(histories: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """Return the rows of L05: every traject that ran in the quarter, as known on its last day."""
    here = histories.filter(
        (pl.col("datum_hulpvraag") <= quarter.last) & (pl.col("datum_eind") >= quarter.first)
    )
    started = pl.col("datum_start") <= quarter.last
    ended = pl.col("datum_eind") <= quarter.last
    at_start = ["doelen_aantal", "netwerk_betrokken"]
    at_end = ["doelen_behaald", "beoordeeld_door", "uitkomst"]
    return here.with_columns(
        pl.when("postcode_only").then(None).otherwise("wijk").alias("gebied_code"),
        pl.when("postcode_only").then("pc4").alias("pc4"),
        *(residents.known(name, quarter) for name in here.columns if name.startswith("datum_")),
        *(
            pl.when(started).then(name).otherwise(False).alias(name)
            for name in ("plan", "regisseur")
        ),
        *(pl.when(started).then(name).alias(name) for name in at_start),
        *(pl.when(ended).then(name).alias(name) for name in at_end),
        *zrm.known(quarter),
    ).select(COLUMNS)


COLUMNS: Final = [
    *("traject_id", "bsn", "huishouden_nr", "gebied_code", "pc4", "team"),
    *("datum_hulpvraag", "datum_eerste_gesprek", "datum_start", "datum_eind"),
    *("leefgebieden", "vorm", "plan", "regisseur", "doelen_aantal", "doelen_behaald"),
    *("beoordeeld_door", "netwerk_betrokken", *zrm.COLUMNS, "uitkomst", "wacht_reden"),
]
