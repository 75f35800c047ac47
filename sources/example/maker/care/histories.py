"""Wmo-toewijzingen with a history (L02): what follows a besluit that grants help, and how it ends.

Each melding that was granted gives one toewijzing or more, of the same client; those who already
had help when the histories begin have toewijzingen too. Every toewijzing is worked out once, to
its end. A delivery is what the registration knew on the last day of a quarter.
"""

from typing import Final

import numpy as np
import polars as pl

from sources.example.maker import residents
from sources.example.maker.chance import stream
from sources.example.maker.people import NEVER
from sources.example.maker.quarters import Quarter, through
from sources.example.maker.registrations import ORIGIN
from sources.example.maker.terms import dates, workday

Chance = np.random.Generator

# What was asked for, and the productcategorieën (WMO020) that are granted for it.
_GRANTED: Final = {
    "huishouden": ["01"],
    "huishouden,gezondheid": ["01", "13"],
    "vervoer": ["12"],
    "vervoer,sociaal_netwerk": ["12", "07"],
    "wonen": ["13", "12"],
    "werk_en_dag": ["07"],
    "sociaal_netwerk": ["02", "07"],
    "geld,werk_en_dag": ["02", "07"],
    "mantelzorg": ["04", "02"],
    "zelfzorg,gezondheid": ["03", "01", "11"],
}
_SUBJECTS = list(_GRANTED)

# Per categorie: product, AGB codes of its providers (invented), how much help in which unit and
# per what, and how many years at a time (0: lent for as long as it is needed).
_PRODUCTS = pl.DataFrame(
    [
        ("01", "01A03", ["99990001", "99990002", "99990016"], 90, 30, 6, "01", "2", 3),
        ("02", "02A15", ["99990016", "99990004", "99990005"], 1, 1, 5, "04", "2", 2),
        ("03", "03A01", ["99990016", "99990005"], 1, 1, 6, "04", "2", 2),
        ("04", "04A01", ["99990006"], 2, 1, 6, "14", "4", 1),
        ("07", "07A01", ["99990004", "99990006", "99990007"], 1, 1, 8, "16", "2", 2),
        ("11", "11X00", ["99990008", "99990009"], 1, 0, 1, "82", "6", 0),
        ("12", "12X00", ["99990008", "99990009"], 1, 0, 1, "82", "6", 0),
        ("13", "13X00", ["99990008", "99990010"], 1, 0, 1, "82", "6", 0),
    ],
    schema=["category", "product", "providers", "least", "step", "steps", "unit", "per", "years"],
    orient="row",
)
_BUDGET_FOR = ["01", "02", "03", "07"]  # where a person may arrange the help with a budget
_WITH_BUDGET = 0.08
_NO_AGB = "00000000"

_EARLIER_PER_1000 = 105  # persons to whom help was granted in the five years before
_LONGEST_AGO = 5 * 365
_STAYS = 4.3 * 365  # days on average that help lasts
_WAITS = 13.0  # median days from the first day of a toewijzing until help begins
_WAITS_AT_MOST = 300
_EXTENDED = 0.8  # of toewijzingen that reach their last day
_EXTENSION = 5 * 365
_TAKEN_BACK = 0.006
_PAUSED = 0.008

# Why help stops before its last day (WMO588), and the change of the toewijzing (WMO002) with it.
_STOPS: Final[dict[str, tuple[float, str | None]]] = {
    "19": (0.42, None),
    "02": (0.22, "02"),
    "21": (0.09, None),
    "22": (0.02, None),
    "23": (0.08, None),
    "31": (0.06, "07"),
    "38": (0.04, "09"),
    "39": (0.07, "06"),
}
CHANGES: Final = {reason: change for reason, (_, change) in _STOPS.items() if change}


def histories(
    meldingen: pl.DataFrame, *, inhabitants: int, last: Quarter, seed: int
) -> pl.DataFrame:
    """Return every toewijzing to its very end, one row each, made of `registrations.histories`.

    Columns: what of L02 never changes; `pc6_later` and `moved`; and the days on which the rest
    does: `given`, `begun`, `extended` (from `first_end` to `later_end`), `paused`, `stopped` (for
    `reason`) and `taken_back`. Days may lie after any quarter.
    """
    running = _running(inhabitants, seed)
    parts = [_worked_out(running, "T24K1", stream(seed, "hulp", "al begonnen"))]
    granted = _granted(meldingen)
    for quarter in through(ORIGIN, last):
        here = granted.filter(pl.col("besluit_op").is_between(quarter.first, quarter.last))
        name = f"T{quarter.year % 100}K{quarter.number}"
        parts.append(_worked_out(here, name, stream(seed, "hulp", quarter)))
    return pl.concat(parts).join(_households(parts), on="bsn", how="left", maintain_order="left")


def _households(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the household of each client, numbered as they came: later ones change none."""
    clients = pl.concat([part.select("bsn") for part in parts]).unique(maintain_order=True)
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6)
    return clients.with_columns(pl.format("HW{}", number).alias("huishouden_nr"))


def _granted(meldingen: pl.DataFrame) -> pl.DataFrame:
    """Return the meldingen that were granted: who, where, what was asked, all of it, and when."""
    given = pl.col("besluit").is_in(["toegekend", "deels"]) & (pl.col("uitkomst") == "aanvraag")
    return meldingen.filter(given).select(
        "bsn",
        "pc6",
        "pc6_later",
        "moved",
        pl.col("hulpvraag_leefgebied").alias("subject"),
        (pl.col("besluit") == "toegekend").alias("whole"),
        pl.col("datum_besluit").alias("besluit_op"),
    )


def already_helped(inhabitants: int) -> int:
    """Return how many people already had help when the histories begin."""
    return round(_EARLIER_PER_1000 * inhabitants / 1000)


def _running(inhabitants: int, seed: int) -> pl.DataFrame:
    """Return, in the same form, who already had help when the histories begin."""
    chance = stream(seed, "wie al hulp had")
    count = already_helped(inhabitants)
    home = residents.homes(count, inhabitants=inhabitants, year=ORIGIN.year, chance=chance)
    ago = chance.integers(1, _LONGEST_AGO, count)
    return pl.DataFrame(
        {
            "bsn": residents.bsn(np.arange(count), seed=seed + 1),
            "pc6": residents.pc6(home),
            "pc6_later": residents.pc6(home),
            "moved": dates(np.full(count, NEVER)),
            "subject": chance.choice(_SUBJECTS, count),
            "whole": np.ones(count, dtype=bool),
            "besluit_op": dates(workday(residents.day_of(ORIGIN) - ago)),
        }
    )


def _worked_out(granted: pl.DataFrame, name: str, chance: Chance) -> pl.DataFrame:
    """Return the toewijzingen of what was granted, each to its end, numbered under a name."""
    wanted = pl.col("subject").replace_strict(_GRANTED, return_dtype=pl.List(pl.String))
    each = granted.with_columns(
        category=pl.when("whole").then(wanted).otherwise(wanted.list.head(1))
    ).explode("category")
    full = each.join(_PRODUCTS, on="category", how="left", validate="m:1", maintain_order="left")
    number = pl.int_range(1, full.height + 1).cast(pl.String).str.zfill(6)
    return full.select(
        pl.format(name + "-{}", number).alias("toewijzing_nr"),
        *("bsn", "pc6", "pc6_later", "moved", "category", "product", "unit", "per"),
        **_amounts(full, chance),
        **_course(full, chance),
    )


def _amounts(full: pl.DataFrame, chance: Chance) -> dict[str, pl.Series]:
    """Return who gives the help and how much of it: an amount of help, or a budget in euros."""
    count = full.height
    budget = full["category"].is_in(_BUDGET_FOR).to_numpy() & (chance.random(count) < _WITH_BUDGET)
    pick = chance.integers(0, 6, count) % full["providers"].list.len().to_numpy()
    agb = full["providers"].list.get(pl.Series(pick)).to_numpy()
    volume = full["least"].to_numpy() + full["step"].to_numpy() * chance.integers(
        0, full["steps"].to_numpy()
    )
    euros = 50.0 * chance.integers(40, 400, count)
    return {
        "pgb": pl.Series(budget),
        "agb": pl.Series(np.where(budget, _NO_AGB, agb), dtype=pl.String),
        "volume": pl.Series(np.where(budget, -1, volume)).replace(-1, None),
        "budget": pl.Series(np.where(budget, euros, np.nan)).fill_nan(None),
    }


def _course(full: pl.DataFrame, chance: Chance) -> dict[str, pl.Series]:
    """Return the days on which a toewijzing is given, begins, changes and ends."""
    count = full.height
    given = workday(full["besluit_op"].cast(pl.Int32).to_numpy() + chance.integers(0, 6, count))
    begins = given + chance.integers(0, 12, count)
    waits = residents.lasting(_WAITS, 0.7, chance, count=count)
    starts = begins + np.minimum(waits, _WAITS_AT_MOST)
    needed = starts + 5 + chance.exponential(_STAYS, count).astype(np.int64)
    length = 365 * full["years"].to_numpy()
    first = np.where(length > 0, begins + length - 1, NEVER)
    extended = (length > 0) & (needed > first) & (chance.random(count) < _EXTENDED)
    later = np.where(extended, first + _EXTENSION, first)
    back = chance.random(count) < _TAKEN_BACK
    pause = starts + chance.integers(30, 1500, count)
    stopped = np.minimum(needed, later)
    early = chance.choice(list(_STOPS), count, p=[share for share, _ in _STOPS.values()])
    return {
        "given": dates(given),
        "ingangsdatum": dates(begins),
        "begun": dates(np.where(back, NEVER, starts)),
        "first_end": dates(first),
        "later_end": dates(later),
        "extended": dates(np.where(extended & ~back, first - 21, NEVER)),
        "paused": dates(np.where(chance.random(count) < _PAUSED, pause, NEVER)),
        "stopped": dates(np.where(back, NEVER, stopped)),
        "reason": pl.Series(np.where(stopped == later, "19", early)),
        "taken_back": dates(np.where(back, given + chance.integers(1, 20, count), NEVER)),
    }
