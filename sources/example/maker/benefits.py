"""Benefits under the Participatiewet (L04): who has one, since when, and why it ended.

Those who had a benefit when the histories begin, and those who got one in each quarter since. Each
spell is worked out to its end; a delivery is what the registration knew on the last day of a
quarter. Partners share a spell: one row each, with the same number.
"""

from typing import Final

import numpy as np
import polars as pl

from sources.example.maker import care, residents
from sources.example.maker.chance import stream
from sources.example.maker.people import NEVER, Integers
from sources.example.maker.quarters import Quarter, through
from sources.example.maker.terms import dates, workday

ORIGIN: Final = Quarter(2024, 2)

# Persons per 1,000 inhabitants (domain.md, section 4): with a benefit, and newly so in a quarter.
_STOCK, _INFLOW = 26.5, 2.3
_PARTNERS = 0.19  # of the spells are of two partners
# Of new spells six in ten are short; of those that run at a moment most are long.
_SHORT, _SHORT_DAYS, _LONG_DAYS = 0.6, 270.0, 2200.0
_SHORT_OF_STOCK = _SHORT * _SHORT_DAYS / (_SHORT * _SHORT_DAYS + (1 - _SHORT) * _LONG_DAYS)
_LONGEST_AGO = 30 * 365
_CLIENTS_TOO = 0.05  # of who already had help of the Wmo
_HELPED_TOO = 0.15  # of the households with a benefit, under the Wmo as well

_SCHEMES = ["PW", "IOAW", "IOAZ", "Bbz"]
_SCHEME_SHARES = [0.93, 0.045, 0.005, 0.02]
_ALONE = ["alleenstaand", "alleenstaande_ouder", "instelling"]
_ALONE_SHARES = [0.74, 0.22, 0.04]
_REASONS = {
    "werk_loondienst": 0.30,
    "zelfstandig": 0.03,
    "opleiding": 0.05,
    "samenwonen": 0.09,
    "aow": 0.12,
    "verhuizing": 0.13,
    "detentie": 0.02,
    "overlijden": 0.04,
    "geen_inlichtingen": 0.09,
    "overig": 0.06,
    "onbekend": 0.07,
}
_ENDS_WITH_THE_MONTH = 0.35
_FOR_WORK = ["werk_loondienst", "zelfstandig"]
_BACK = 0.2  # of who left for work is back within a year; more of them where need is
_WORKS, _GUIDED = 0.12, 0.35


def histories(
    *, inhabitants: int, last: Quarter, seed: int, origin: Quarter = ORIGIN
) -> pl.DataFrame:
    """Return every spell since `origin` to its end, one row per person, in order of begin.

    After all of these come the spells of who left for work and came back. Columns as in contract
    L04; dates may lie after any quarter.
    """
    chance = stream(seed, "uitkeringen", "begin")
    parts = [_running(inhabitants, origin, chance)]
    for quarter in through(origin, last):
        chance = stream(seed, "uitkeringen", quarter)
        parts.append(_new(inhabitants, quarter, chance))
    spells = pl.concat(parts)
    number = residents.numbered("D", spells["begindatum"].dt.year(), 1)
    household = pl.format("H{}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6))
    people = spells.with_columns(number.alias("dossier_id"), huishouden_nr=household)
    persons = people.select(pl.all().repeat_by("persons").explode())
    # Numbered on from those who already had help of the Wmo, the last of whom have a benefit too:
    # in an order of its own half of the numbers would be those of clients, by accident.
    first = round((1 - _CLIENTS_TOO) * care.already_helped(inhabitants))
    who = first + np.arange(persons.height)
    once = persons.with_columns(bsn=residents.bsn(who, seed=seed + 1))
    return pl.concat([once, _back(once)])


def _back(once: pl.DataFrame) -> pl.DataFrame:
    """Return the next spell of who left for work and did not stay away: a dossier of its own."""
    left = once.filter(pl.col("reden_beeindiging").is_in(_FOR_WORK), pl.col("back_after") > 0)
    begin = pl.col("einddatum") + pl.duration(days="back_after")
    return left.with_columns(
        pl.format("{}-2", "dossier_id").alias("dossier_id"),
        *(begin.alias(name) for name in ("datum_aanvraag", "datum_besluit", "begindatum")),
        (begin + pl.duration(days="back_for")).alias("einddatum"),
        pl.col("back_reason").alias("reden_beeindiging"),
    )


def with_wmo(
    spells: pl.DataFrame, clients: pl.DataFrame, *, inhabitants: int, seed: int
) -> pl.DataFrame:
    """Return the spells, some of which are in a household where someone has Wmo help.

    `clients` are the histories of L02: home and household become those of a client. Both are
    chosen among the first, so that a longer history moves nobody.
    """
    chance = stream(seed, "uitkering en Wmo")
    among = _in_stock(inhabitants)
    asking = spells["huishouden_nr"].unique(maintain_order=True).head(among)
    helped = clients.unique("huishouden_nr", keep="first", maintain_order=True).head(among)
    count = round(_HELPED_TOO * min(len(asking), helped.height))
    homes = helped[chance.permutation(helped.height)[:count]].select(
        pc6_wmo="pc6", huishouden_wmo="huishouden_nr"
    )
    chosen = asking.gather(chance.permutation(len(asking))[:count]).to_frame()
    together = pl.concat([chosen, homes], how="horizontal")
    return spells.join(
        together, on="huishouden_nr", how="left", validate="m:1", maintain_order="left"
    ).select(
        pl.exclude("pc6", "huishouden_nr", "pc6_wmo", "huishouden_wmo"),
        pl.coalesce("pc6_wmo", "pc6").alias("pc6"),
        pl.coalesce("huishouden_wmo", "huishouden_nr").alias("huishouden_nr"),
    )


def _running(inhabitants: int, origin: Quarter, chance: residents.Chance) -> pl.DataFrame:
    """Return the spells that run when the histories begin: as long ago as they will still last."""
    count = _in_stock(inhabitants)
    mean = np.where(chance.random(count) < _SHORT_OF_STOCK, _SHORT_DAYS, _LONG_DAYS)
    ago = np.clip(chance.exponential(mean), 1, _LONGEST_AGO).astype(np.int64)
    today = residents.day_of(origin)
    asked = np.sort(workday(today - 60 - ago))
    end = today + np.round(chance.exponential(mean)).astype(np.int64)
    return _worked_out(asked, end, inhabitants, origin, chance)


def _in_stock(inhabitants: int) -> int:
    """Return how many spells run when the histories begin."""
    return round(_STOCK * inhabitants / 1000 / (1 + _PARTNERS))


def _new(inhabitants: int, quarter: Quarter, chance: residents.Chance) -> pl.DataFrame:
    per_1000 = _INFLOW / (1 + _PARTNERS)
    asked = residents.arrivals(quarter, per_1000, inhabitants=inhabitants, chance=chance)
    mean = np.where(chance.random(len(asked)) < _SHORT, _SHORT_DAYS, _LONG_DAYS)
    end = asked + 90 + np.round(chance.exponential(mean)).astype(np.int64)
    return _worked_out(asked, end, inhabitants, quarter, chance)


def _worked_out(
    asked: Integers, end: Integers, inhabitants: int, quarter: Quarter, chance: residents.Chance
) -> pl.DataFrame:
    """Return spells of people who asked on those days, and stop on those days."""
    count = len(asked)
    two = chance.random(count) < _PARTNERS
    home = residents.homes(count, inhabitants=inhabitants, year=quarter.year, chance=chance)
    decided = workday(asked + np.clip(residents.lasting(26, 0.5, chance, count=count), 3, 80))
    monthly = chance.random(count) < _ENDS_WITH_THE_MONTH
    last_day = pl.col("einddatum").dt.month_end()
    return pl.DataFrame(
        {
            "pc6": residents.pc6(home),
            "regeling": chance.choice(_SCHEMES, count, p=_SCHEME_SHARES),
            "datum_aanvraag": dates(asked),
            "datum_besluit": dates(decided),
            "begindatum": dates(asked - chance.integers(0, 15, count)),
            "einddatum": dates(np.minimum(end, NEVER)),
            "reden_beeindiging": chance.choice(list(_REASONS), count, p=list(_REASONS.values())),
            "leefvorm": np.where(two, "paar", chance.choice(_ALONE, count, p=_ALONE_SHARES)),
            "parttime_werk": chance.random(count) < _WORKS,
            "reintegratie": chance.random(count) < _GUIDED,
            "persons": 1 + two.astype(np.int64),
            **_coming_back(home, chance),
        }
    ).with_columns(
        pl.when(pl.Series(monthly)).then(last_day).otherwise("einddatum").alias("einddatum")
    )


def _coming_back(home: Integers, chance: residents.Chance) -> dict[str, object]:
    """Return after how many days who left for work is back (0: not), for how long, and why it ends.

    Beyond the month after which the next spell counts as another one, and within the year.
    """
    count = len(home)
    back = chance.random(count) < _BACK * residents.NEED[residents.district(home)]
    return {
        "back_after": np.where(back, chance.integers(45, 330, count), 0),
        "back_for": np.round(chance.exponential(_SHORT_DAYS, count)).astype(np.int64) + 1,
        "back_reason": chance.choice(list(_REASONS), count, p=list(_REASONS.values())),
    }


def delivery(histories: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """Return the rows of L04: every benefit that ran in the quarter, as known on its last day."""
    here = histories.filter(
        (pl.col("datum_besluit") <= quarter.last) & (pl.col("einddatum") >= quarter.first)
    )
    ended = pl.col("einddatum") <= quarter.last
    return here.select(
        "dossier_id",
        "bsn",
        "huishouden_nr",
        "pc6",
        "regeling",
        "datum_aanvraag",
        "datum_besluit",
        "begindatum",
        residents.known("einddatum", quarter),
        pl.when(ended).then("reden_beeindiging").alias("reden_beeindiging"),
        "leefvorm",
        "parttime_werk",
        "reintegratie",
    )
