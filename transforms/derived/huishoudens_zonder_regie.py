"""`huishoudens_zonder_regie`: households with much help, and nobody recorded who leads it."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, arcs, wmo_perioden, youth
from transforms.derived.arcs import TEAMS, of_teams
from transforms.derived.households import with_household
from transforms.derived.quarters import running

_MANY = 3


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per household and quarter: on its last day three kinds of help or more.

    Each episode of the Wmo, traject of jeugdhulp and traject of a team is one; none of those of a
    team has a regisseur.
    """
    help_ = pl.concat(
        frame.select("client_pseudo", "begin", "einde", led.alias("geleid"))
        for frame, led in (
            (wmo_perioden.derive(rows, known), pl.lit(False)),
            (youth.started(rows[youth.CONTRACT]), pl.lit(False)),
            (of_teams(rows[TEAMS], known), pl.col("regisseur")),
        )
    )
    people = running(help_, known).filter("op_peildatum")
    households = with_household(people, rows, (wmo_perioden.CONTRACT, TEAMS))
    counted = households.group_by("huishouden_pseudo", "quarter").agg(
        pl.col("dag").max(), pl.len().alias("voorzieningen"), pl.col("geleid").any()
    )
    return counted.filter(pl.col("voorzieningen") >= _MANY, ~pl.col("geleid"))


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to the help of the Wmo, of the Jeugdwet and of the teams."""
    return arcs.steps(rows, known)
