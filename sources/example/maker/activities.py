"""What partners do, counted per activity and place (L06): totals, never persons.

`activities.csv` is the catalogue: per activity how many people per 1,000 inhabitants take part,
how often they come, and how many volunteers help. Every place has its own level, which stays; a
quarter moves a little around it.
"""

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import polars as pl

from sources.example.maker.areas import neighbourhoods
from sources.example.maker.chance import stream
from sources.example.maker.key_figures import population
from sources.example.maker.quarters import Quarter

Amounts = npt.NDArray[np.float64]

PARTNERS = ("welzijn", "bibliotheek", "vluchtelingenwerk", "sociaal_team")

_SEASON = {1: 1.02, 2: 1.0, 3: 0.84, 4: 1.08}  # halls close and volunteers travel in the summer
_IN_BUURTEN = 0.85  # the share of buurten in which an activity of that level has a place
_HOURS = 11.5  # hours a volunteer gives in a quarter
_NEW = 0.17

# De Huiskamer, a new meeting place in Waterkwartier, opened in the second quarter of 2025.
_MEETING_PLACE = ("WK990102", "2025K2", ("W01", "W02", "W06"))
# Newcomers live near the station; Molenwijk and Oude Tuinen come to activities more than Parkrand.
_TURNOUT = {"WK990103": 1.15, "WK990104": 1.25, "WK990106": 0.8, "WK990108": 1.3}
_NEWCOMERS = {"WK990107": 1.9, "WK990103": 1.4, "WK990106": 0.7, "WK990104": 0.6}
_CLOSED_NOTE = "In augustus was de zaal drie weken dicht."
_FULL_NOTE = "De Huiskamer is op drukke dagen vol."


@cache
def catalogue() -> pl.DataFrame:
    """Return the activities: partner, id, naam, and how much of what (README of `example`)."""
    with files("sources.example").joinpath("activities.csv").open("rb") as source:
        return pl.read_csv(source, separator=";")


def places(activities: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """Return one row per activity and place, with the `level` of that place (around 1).

    Activities of level `buurt` run in most buurten, those of level `wijk` are told per wijk.
    """
    buurten = neighbourhoods().select("wijk", gebied_code="code", niveau=pl.lit("buurt"))
    wijken = buurten.select("wijk", gebied_code="wijk", niveau=pl.lit("wijk")).unique(
        maintain_order=True
    )
    spots = activities.join(
        pl.concat([buurten, wijken]),
        on="niveau",
        how="inner",
        validate="m:m",
        maintain_order="left",
    )
    chance = stream(seed, "places")
    level = np.exp(chance.normal(0, 0.22, spots.height))
    present = (chance.random(spots.height) < _IN_BUURTEN) | (spots["niveau"] == "wijk").to_numpy()
    return spots.with_columns(level=level).filter(pl.Series(present))


def delivery(spots: pl.DataFrame, quarter: Quarter, *, inhabitants: int, seed: int) -> pl.DataFrame:
    """Return the rows of L06 for the given places (see `places`) in a quarter."""
    chance = stream(seed, "activiteiten", quarter)
    here = _with_population(spots, inhabitants, quarter.year)
    pull = _pull(here, quarter) * chance.normal(1, 0.05, here.height)
    expected = here["per_1000"].to_numpy() * here["inwoners"].to_numpy() / 1000 * pull
    people = np.maximum(np.round(expected * here["level"].to_numpy()), 2).astype(np.int64)
    visits = here["bezoeken"].to_numpy() * chance.uniform(0.9, 1.1, here.height)
    contacts = np.maximum(np.round(people * visits).astype(np.int64), people)
    volunteers = np.round(_volunteers(here) * np.sqrt(pull)).astype(np.int64)
    measured = np.round(people * here["gemeten"].to_numpy()).astype(np.int64)
    positive = chance.binomial(measured, here["positief"].to_numpy())
    counted = here.with_columns(
        periode=pl.lit(str(quarter)),
        bijeenkomsten=_meetings(here, quarter),
        contacten=contacts,
        people=people,
        nieuw=chance.binomial(people, _NEW),
        vrijwilligers=volunteers,
        vrijwilliger_uren=np.round(volunteers * _HOURS * chance.uniform(1.6, 2.4)) / 2,
        wachtlijst=np.where(here["wachtlijst"].to_numpy() > 0, chance.poisson(people / 12), 0),
        measured=measured,
        positive=positive,
    )
    return _as_delivered(counted, quarter)


def _with_population(spots: pl.DataFrame, inhabitants: int, year: int) -> pl.DataFrame:
    """Add the inhabitants of each place."""
    buurten = population(inhabitants, year)
    wijken = buurten.group_by("wijk").agg(pl.col("inwoners").sum()).rename({"wijk": "code"})
    people = pl.concat([buurten.select("code", "inwoners"), wijken.select("code", "inwoners")])
    return spots.join(
        people.rename({"code": "gebied_code"}),
        on="gebied_code",
        how="left",
        validate="m:1",
        maintain_order="left",
    )


def _pull(here: pl.DataFrame, quarter: Quarter) -> Amounts:
    """Return how much more or less people come than the catalogue says, and why."""
    wijk = pl.col("wijk")
    newcomers = pl.col("partner") == "vluchtelingenwerk"
    turnout = (
        pl.when(newcomers)
        .then(wijk.replace_strict(_NEWCOMERS, default=1.0))
        .otherwise(wijk.replace_strict(_TURNOUT, default=1.0))
    )
    factor = turnout * _SEASON[quarter.number] * (1 + 0.01 * quarter.since("2024K4"))
    where, opened, activities = _MEETING_PLACE
    open_for = quarter.since(opened)
    if open_for >= 0:
        grown = min(1.45 + 0.15 * open_for, 2.3)
        drawn = (wijk == where) & pl.col("id").str.slice(0, 3).is_in(activities)
        factor = factor * pl.when(drawn).then(grown).otherwise(1.0)
    return here.select(factor=factor)["factor"].to_numpy()


def _volunteers(here: pl.DataFrame) -> Amounts:
    """Return the usual volunteers of a place, for the number of people who live there."""
    typical = np.where((here["niveau"] == "wijk").to_numpy(), 7_500, 1_875)
    size = here["inwoners"].to_numpy() / typical
    wide = np.where((here["niveau"] == "wijk").to_numpy(), 5.0, 1.4)
    helping: Amounts = here["vrijwilligers"].to_numpy() * here["level"].to_numpy() * wide * size
    return helping


def _meetings(here: pl.DataFrame, quarter: Quarter) -> pl.Series:
    """Return the meetings: weekly things skip weeks in the summer."""
    share = 0.78 if quarter.number == 3 else 1.0
    return (here["keren"] * share).round().cast(pl.Int64).alias("bijeenkomsten")


def _as_delivered(counted: pl.DataFrame, quarter: Quarter) -> pl.DataFrame:
    """Leave empty what the way of counting does not know, and write the columns of L06."""
    knows_people = pl.col("telwijze") != "contacten"
    measures = knows_people & (pl.col("measured") > 0)
    refers = (pl.col("boog") == 1) & (pl.col("partner") != "sociaal_team")
    summer = pl.when(pl.col("id").str.starts_with("W02")).then(
        pl.lit(_CLOSED_NOTE if quarter.number == 3 else None, dtype=pl.String)
    )
    where, opened, activities = _MEETING_PLACE
    full = (pl.col("wijk") == where) & (pl.col("id") == activities[0])
    full = full & pl.lit(quarter.since(opened) >= 2)
    return counted.select(
        pl.col("partner").alias("partner_id"),
        "periode",
        pl.col("id").alias("activiteit_id"),
        pl.col("naam").alias("activiteit_naam"),
        pl.col("resultaatblad").alias("resultaatblad_id"),
        "boog",
        "gebied_code",
        pl.when(full).then(pl.lit("De Huiskamer")).alias("locatie"),
        "doelgroep",
        "bijeenkomsten",
        "contacten",
        pl.when(knows_people).then("people").alias("unieke_deelnemers"),
        "telwijze",
        pl.when(knows_people).then("nieuw").alias("nieuw"),
        "vrijwilligers",
        "vrijwilliger_uren",
        "wachtlijst",
        pl.when(refers).then(pl.lit("sociaal team")).alias("doorverwezen_naar"),
        pl.when(measures).then("positive").alias("uitkomst_positief"),
        pl.when(measures).then("measured").alias("uitkomst_gemeten"),
        pl.when(full).then(pl.lit(_FULL_NOTE)).otherwise(summer).alias("toelichting"),
    )
