"""Help with debts: early signals of arrears (L07a) and trajecten of schuldhulpverlening (L07b).

Signals are of one quarter. They come from a part of the inhabitants that stays the same, so that
now and then two come about one person in a month. Trajecten are worked out to their end.
"""

from typing import Final

import numpy as np
import polars as pl

from sources.example.maker import residents
from sources.example.maker.chance import stream
from sources.example.maker.people import NEVER
from sources.example.maker.quarters import Quarter, through
from sources.example.maker.terms import dates, workday

ORIGIN: Final = Quarter(2023, 1)

_SIGNALS, _TRAJECTS = 9.9, 0.64  # per 1,000 inhabitants in a quarter (domain.md, section 4)
_BEHIND = 0.06  # of the inhabitants are behind with a payment now and then

_SENDERS = ["zorg", "energie", "woning", "water", "overig"]
_SENDER_SHARES = [0.45, 0.22, 0.18, 0.12, 0.03]
# How contact was sought: how often, and how often it gave contact.
_WAYS = {
    "huisbezoek": (0.25, 0.55),
    "telefoon": (0.33, 0.40),
    "brief": (0.27, 0.10),
    "app": (0.08, 0.20),
    "geen": (0.07, 0.0),
}
_ACCEPTS = 0.37
_CHECKED = 0.94

_CRISIS = 0.08
_NEVER_TALKED = 0.05
_REFERRED = 0.12
_RESULTS = {
    "regeling": 0.54,
    "stabiel": 0.15,
    "wsnp": 0.07,
    "uitval_inwoner": 0.16,
    "uitval_schuldeiser": 0.03,
    "overleden": 0.02,
    "verhuisd": 0.03,
}
_MEDIAN_DAYS = {
    "regeling": 560.0,
    "stabiel": 420.0,
    "wsnp": 200.0,
    "uitval_inwoner": 150.0,
    "uitval_schuldeiser": 180.0,
    "overleden": 300.0,
    "verhuisd": 250.0,
}


def signals(quarter: Quarter, *, inhabitants: int, seed: int) -> pl.DataFrame:
    """Return the rows of L07a of a quarter."""
    chance = stream(seed, "signalen", quarter)
    day = residents.arrivals(quarter, _SIGNALS, inhabitants=inhabitants, chance=chance)
    count = len(day)
    behind = round(_BEHIND * inhabitants)
    lives = stream(seed, "achterstanden")
    home = residents.homes(behind, inhabitants=inhabitants, year=2026, chance=lives)
    person = chance.integers(0, behind, count)
    way = chance.choice(list(_WAYS), count, p=[share for share, _ in _WAYS.values()])
    contact = chance.random(count) < np.array([_WAYS[one][1] for one in way])
    helped = contact & (way != "brief") & (chance.random(count) < _ACCEPTS)
    checked = chance.random(count) < _CHECKED
    return pl.DataFrame(
        {
            "signaal_id": residents.numbered("S", pl.Series([quarter.year] * count), 1).str.replace(
                "-", f"K{quarter.number}-"
            ),
            "bsn": residents.bsn(person, seed=seed + 2),
            "datum": dates(day),
            "vlp": chance.choice(_SENDERS, count, p=_SENDER_SHARES),
            "brp_ok": checked,
            "pc6": residents.pc6(home[person]),
            "opgevolgd": way,
            "contact": contact,
            "hulp_aanvaard": helped,
            "systeem": np.full(count, "RIS"),
        }
    ).with_columns(
        pl.when("brp_ok").then("bsn").alias("bsn"),
        pl.when("contact").then("hulp_aanvaard").alias("hulp_aanvaard"),
    )


def histories(
    *, inhabitants: int, last: Quarter, seed: int, origin: Quarter = ORIGIN
) -> pl.DataFrame:
    """Return every traject since `origin` to its end, in order of application.

    Columns as in contract L07b; dates may lie after any quarter.
    """
    parts = []
    first = 1
    for quarter in through(origin, last):
        chance = stream(seed, "schuldhulp", quarter)
        part = _worked_out(quarter, inhabitants, chance)
        number = residents.numbered("SH", part["datum_aanmelding"].dt.year(), first)
        parts.append(part.with_columns(number.alias("traject_id")))
        first += part.height
    trajects = pl.concat(parts)
    number = residents.bsn(np.arange(trajects.height), seed=seed + 3)
    return trajects.with_columns(bsn=number)


def _worked_out(quarter: Quarter, inhabitants: int, chance: residents.Chance) -> pl.DataFrame:
    """Work out the trajecten of everyone who applies in a quarter."""
    asked = residents.arrivals(quarter, _TRAJECTS, inhabitants=inhabitants, chance=chance)
    count = len(asked)
    crisis = chance.random(count) < _CRISIS
    wait = np.where(
        crisis, chance.integers(0, 4, count), residents.lasting(15, 0.5, chance, count=count)
    )
    talk = workday(asked + wait)
    decided = workday(talk + residents.lasting(24, 0.5, chance, count=count))
    start = workday(decided + chance.integers(0, 15, count))
    result = chance.choice(list(_RESULTS), count, p=list(_RESULTS.values()))
    median = np.array([_MEDIAN_DAYS[one] for one in result])
    end = workday(start + residents.lasting(median, 0.3, chance, count=count))
    gone = chance.random(count) < _NEVER_TALKED
    referred = ~gone & (chance.random(count) < _REFERRED)
    return pl.DataFrame(
        {
            "datum_aanmelding": dates(asked),
            "crisis": crisis,
            "datum_eerste_gesprek": dates(np.where(gone, NEVER, talk)),
            "datum_besluit": dates(np.where(gone, NEVER, decided)),
            "datum_start": dates(np.where(gone | referred, NEVER, start)),
            "datum_eind": dates(np.where(gone, asked + 30, np.where(referred, decided, end))),
            "resultaat": np.where(
                gone, "uitval_inwoner", np.where(referred, "doorverwezen", result)
            ),
        }
    )


def trajects(histories: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """Return the rows of L07b: every traject that ran in the quarter, as known on its last day."""
    here = histories.filter(
        (pl.col("datum_aanmelding") <= quarter.last) & (pl.col("datum_eind") >= quarter.first)
    )
    ended = pl.col("datum_eind") <= quarter.last
    return here.select(
        "traject_id",
        "bsn",
        "datum_aanmelding",
        "crisis",
        *(
            residents.known(name, quarter)
            for name in ("datum_eerste_gesprek", "datum_besluit", "datum_start", "datum_eind")
        ),
        pl.when(ended).then("resultaat").alias("resultaat"),
    )
