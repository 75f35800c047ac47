"""`huishoudens_met_wetten`: households with help of two laws or three."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, benefit, wmo_perioden, youth
from transforms.derived.households import with_household
from transforms.derived.quarters import running

_LAWS = ("wmo", "jeugd", "pwet")


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per household and quarter, with the combination of laws."""
    help_ = pl.concat(
        frame.select("client_pseudo", "begin", "einde", "pc6", pl.lit(law).alias("wet"))
        for law, frame in (
            ("wmo", wmo_perioden.derive(rows, known)),
            ("jeugd", youth.started(rows[youth.CONTRACT])),
            ("pwet", benefit.spells(rows[benefit.CONTRACT])),
        )
    )
    people = running(help_, known).filter("op_peildatum")
    laws = {law: (pl.col("wet") == law).any() for law in _LAWS}
    households = (
        with_household(people, rows, (wmo_perioden.CONTRACT, benefit.CONTRACT))
        .group_by("huishouden_pseudo", "quarter")
        .agg(pl.col("dag").max(), pl.col("pc6").max(), **laws)
    )
    return households.filter(pl.sum_horizontal(_LAWS) > 1).with_columns(_combination())


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to the help of each law."""
    paid = benefit.CONTRACT
    return [
        *wmo_perioden.steps(rows, known),
        *youth.steps(rows[youth.CONTRACT]),
        Step(paid, "benefit_spells", benefit.spells(rows[paid])),
    ]


def _combination() -> pl.Expr:
    return (
        pl.when(pl.all_horizontal(_LAWS))
        .then(pl.lit("alle"))
        .when(~pl.col("wmo"))
        .then(pl.lit("jeugd_pwet"))
        .when(~pl.col("jeugd"))
        .then(pl.lit("wmo_pwet"))
        .otherwise(pl.lit("wmo_jeugd"))
        .alias("wetten")
    )
