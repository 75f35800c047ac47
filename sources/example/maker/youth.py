"""Trajecten of jeugdhulp (L03): youngsters who wait, get help, and sometimes say what it brought.

Every traject is worked out once, to its end: of a youngster one, of some two in other forms of
help. A delivery holds what ran in the quarter and who waited on its last day.
"""

from typing import Final

import numpy as np
import polars as pl

from sources.example.maker import residents
from sources.example.maker.areas import MUNICIPALITY
from sources.example.maker.chance import stream
from sources.example.maker.people import NEVER, Integers
from sources.example.maker.quarters import Quarter, through
from sources.example.maker.terms import dates, workday

Chance = np.random.Generator

# Histories begin four years before the first delivery: most help that ran then has ended by now.
ORIGIN: Final = Quarter(2022, 3)

_PER_1000 = 3.4  # youngsters for whom help is asked in a quarter
_TWICE = 0.26
_BACK = 0.24  # comes back within the year after all help ended; more of them where need is
_WAITS_AT_MOST = 300  # days

# Per hulpvorm: share, AGB code (invented), productcategorie, median days of waiting and of help.
_FORMS = pl.DataFrame(
    [
        ("01", 0.12, "00000000", None, 12, 190),
        ("02", 0.55, "99990011", "45", 38, 330),
        ("03", 0.05, "99990012", "41", 33, 310),
        ("04", 0.16, "99990013", "45", 24, 250),
        ("11", 0.06, "99990014", "44", 45, 1100),
        ("12", 0.02, "99990014", "44", 50, 800),
        ("13", 0.01, "99990017", "43", 9, 210),
        ("14", 0.03, "99990017", "43", 30, 380),
    ],
    schema=["hulpvorm", "share", "aanbieder_agb", "productcategorie", "waits", "lasts"],
    orient="row",
)
_BY_TEAM, _FOSTER = "01", ["11", "12"]
_REFERRERS = ["01", "02", "03", "04", "05", "08"]
_REFERRER_SHARES = [0.37, 0.37, 0.05, 0.11, 0.06, 0.04]
_NONE = "06"
_AGES = np.array([1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 8, 8, 8, 7, 6], dtype=float)
_CRISIS = 0.05
# Why help ends in the terms of Beleidsinformatie Jeugd, and of iJw (JZ588).
_ENDS = {
    "01": ("31", 0.66),
    "02": ("34", 0.13),
    "03": ("32", 0.09),
    "04": ("33", 0.03),
    "05": ("35", 0.09),
}
_ANSWERS = 0.35
_GRADES = [4, 5, 6, 7, 8, 9, 10]
_GRADE_SHARES = [0.03, 0.05, 0.12, 0.26, 0.32, 0.15, 0.07]
_AFTERWARDS = ["01", "02", "03", "04"]
_AFTERWARDS_SHARES = [0.17, 0.21, 0.30, 0.32]
_OUTCOME = {"informant": pl.String, "nut_cijfer": pl.Int64, "zonder_hulp": pl.String}


def histories(
    *, inhabitants: int, last: Quarter, seed: int, origin: Quarter = ORIGIN
) -> pl.DataFrame:
    """Return every traject since `origin` to its end, in order of the youngsters' first aanmelding.

    Columns as in contract L03; dates may lie after any quarter. `child` and `parent` say who
    answers at the end.
    """
    parts = []
    known = 0
    for quarter in through(origin, last):
        chance = stream(seed, "jeugdhulp", quarter)
        asked = residents.arrivals(quarter, _PER_1000, inhabitants=inhabitants, chance=chance)
        home = residents.homes(
            len(asked), inhabitants=inhabitants, year=quarter.year, chance=chance
        )
        youngsters = _youngsters(asked, home, known + np.arange(len(asked)), chance)
        first = _trajecten(youngsters, chance)
        parts += [first, _back(youngsters, first, chance)]
        known += len(asked)
    everyone = pl.concat(parts)
    numbers = residents.bsn(everyone["person"].to_numpy(), seed=seed + 2)
    return everyone.with_columns(numbers.alias("bsn"))


def _youngsters(asked: Integers, home: Integers, person: Integers, chance: Chance) -> pl.DataFrame:
    count = len(asked)
    year = 1970 + asked // 365.25
    age = chance.choice(len(_AGES), count, p=_AGES / _AGES.sum())
    return pl.DataFrame(
        {
            "person": person,
            "asked": asked,
            "geboortejaar": pl.Series(year - age, dtype=pl.Int64),
            "geslacht": chance.choice(["M", "V", "O"], count, p=[0.55, 0.445, 0.005]),
            "pc6": residents.pc6(home),
            "form": chance.choice(_FORMS.height, count, p=_FORMS["share"].to_numpy()),
            "again": chance.random(count) < _TWICE,
            "need": residents.NEED[residents.district(home)],
        }
    )


def _trajecten(youngsters: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """Return the trajecten of youngsters; a second one is of another form, some months later."""
    later = youngsters.filter("again").with_columns(
        asked=pl.col("asked") + 45, form=(pl.col("form") + 1) % _FORMS.height
    )
    return _made(pl.concat([youngsters, later]), chance)


def _back(youngsters: pl.DataFrame, first: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """Return a traject of the youngsters who ask for help again when all theirs had ended."""
    ended = first.group_by("person").agg(pl.col("datum_eind").max())
    count = youngsters.height
    days = pl.Series(chance.integers(20, 260, count))
    back = pl.Series(chance.random(count)) < _BACK * youngsters["need"]
    too_late = _end_of_year(youngsters["geboortejaar"].to_numpy() + 18) - _WAITS_AT_MOST
    again = youngsters.join(ended, on="person", how="left", validate="1:1", maintain_order="left")
    again = again.with_columns(asked=pl.col("datum_eind").cast(pl.Int64) + days)
    asks = again.filter(back & (again["asked"] < pl.Series(too_late)))
    return _made(asks.drop("datum_eind"), chance)


def _made(asked: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """Return one traject for each form of help that is asked for."""
    forms = _FORMS.with_row_index("form").with_columns(pl.col("form").cast(pl.Int64))
    each = asked.join(forms, on="form", how="left", validate="m:1", maintain_order="left")
    count = each.height
    by_team = (each["hulpvorm"] == _BY_TEAM).to_numpy()
    referrer = chance.choice(_REFERRERS, count, p=_REFERRER_SHARES)
    return each.select(
        *("person", "geboortejaar", "geslacht", "pc6", "aanbieder_agb", "hulpvorm"),
        "productcategorie",
        verwijzer=pl.Series(np.where(by_team, _NONE, referrer)),
        **_course(each, chance),
        **_afterwards(count, chance),
    )


def _course(each: pl.DataFrame, chance: Chance) -> dict[str, pl.Series]:
    """Return the days of a traject, from verwijzing to its end; foster care may last beyond 18."""
    count = each.height
    asked = workday(each["asked"].to_numpy())
    crisis = chance.random(count) < _CRISIS
    waits = residents.lasting(each["waits"].to_numpy().astype(float), 0.7, chance, count=count)
    start = asked + np.where(
        crisis, chance.integers(0, 4, count), np.minimum(waits, _WAITS_AT_MOST)
    )
    lasts = residents.lasting(each["lasts"].to_numpy().astype(float), 0.8, chance, count=count)
    grown_up = _end_of_year(each["geboortejaar"].to_numpy() + 18)
    foster = each["hulpvorm"].is_in(_FOSTER).to_numpy()
    end = np.where(foster, start + lasts, np.minimum(start + lasts, np.maximum(grown_up, start)))
    decided = asked + chance.integers(0, 40, count)
    return {
        "crisis": pl.Series(np.where(crisis, "01", "02")),
        "datum_verwijzing": dates(asked - chance.integers(0, 21, count)),
        "datum_aanmelding": dates(asked),
        "datum_beschikking": dates(np.where(decided <= start, decided, NEVER)),
        "datum_start": dates(start),
        "datum_eind": dates(end),
    }


def _end_of_year(year: Integers) -> Integers:
    return ((year - 1969).astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64) - 1


def _afterwards(count: int, chance: Chance) -> dict[str, pl.Series]:
    """Return why help ends, and what youngster and parent say of it."""
    reason = chance.choice(list(_ENDS), count, p=[share for _, share in _ENDS.values()])
    told = {"reden_eind": pl.Series(reason)}
    for who in ("child", "parent"):
        answers = chance.random(count) < _ANSWERS
        grade = chance.choice(_GRADES, count, p=_GRADE_SHARES)
        told[who] = pl.Series(answers)
        told[f"{who}_grade"] = pl.Series(grade)
        told[f"{who}_after"] = pl.Series(chance.choice(_AFTERWARDS, count, p=_AFTERWARDS_SHARES))
    return told


def delivery(histories: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """Return the rows of L03: help that ran in a quarter, and who waited on its last day."""
    there = (pl.col("datum_aanmelding") <= quarter.last) & (pl.col("datum_eind") >= quarter.first)
    ended = pl.col("datum_eind") <= quarter.last
    known = histories.filter(there).with_columns(ended=ended)
    answered = [_answers(known, *who) for who in (("jeugdige", "child"), ("ouder", "parent"))]
    silent = known.filter(~(pl.col("ended") & (pl.col("child") | pl.col("parent"))))
    none = [pl.lit(None, kind).alias(name) for name, kind in _OUTCOME.items()]
    rows = pl.concat([silent.with_columns(*none), *answered])
    ijw = {bij: code for bij, (code, _) in _ENDS.items()}
    reason = pl.when("ended").then("reden_eind")
    return rows.sort(
        "datum_aanmelding", "bsn", "hulpvorm", "informant", maintain_order=True
    ).select(
        *("bsn", "geboortejaar", "geslacht", "pc6"),
        pl.lit(MUNICIPALITY).alias("gemeentecode"),
        *("aanbieder_agb", "hulpvorm", "verwijzer", "crisis", "datum_verwijzing"),
        "datum_aanmelding",
        residents.known("datum_beschikking", quarter),
        residents.known("datum_start", quarter),
        residents.known("datum_eind", quarter),
        reason.alias("reden_eind"),
        reason.replace_strict(ijw, return_dtype=pl.String).alias("reden_beeindiging"),
        pl.lit(None, pl.String).alias("perspectief"),
        *("productcategorie", *_OUTCOME),
    )


def _answers(known: pl.DataFrame, informant: str, who: str) -> pl.DataFrame:
    """Return the ended trajecten that this informant judged."""
    return known.filter(pl.col("ended") & pl.col(who)).with_columns(
        pl.lit(informant).alias("informant"),
        pl.col(f"{who}_grade").alias("nut_cijfer"),
        pl.col(f"{who}_after").alias("zonder_hulp"),
    )
