"""The arcs of the rainbow: in which one help is, by the agreement's dated mapping.

A product may move to another arc from a day on; what was before that day stays where it was.
"""

from collections.abc import Mapping

import polars as pl

from sources.agreement.model import Rainbow
from transforms.derived import Derivation, Step, wmo_perioden, youth
from transforms.derived.quarters import running
from transforms.derived.wijk import with_wijk
from transforms.derived.youth import started

TEAMS = "sociaal_team_trajecten"


def arc(rainbow: Rainbow, contract: str, column: str, *, day: pl.Expr) -> pl.Expr:
    """Return the arc of a code on a day (Int64); null where nothing is mapped."""
    found = pl.lit(None, dtype=pl.Int64)
    mapped = (m for m in rainbow.mapping if (m.contract, m.column) == (contract, column))
    for one in sorted(mapped, key=lambda m: m.since):
        holds = (pl.col(column) == one.value) & (day >= one.since)
        found = pl.when(holds).then(pl.lit(one.arc, dtype=pl.Int64)).otherwise(found)
    return found


def help_by_arc(
    rows: Mapping[str, pl.LazyFrame], known: Derivation, *, before: int
) -> pl.LazyFrame:
    """Return one row per person, help and quarter: of the Wmo, of the Jeugdwet and of the teams.

    Columns: client_pseudo, quarter, dag, boog, plaats. Help that is mapped to no arc is in none,
    and help of a team without a person is of nobody.
    """
    help_ = (
        (wmo_perioden.CONTRACT, "productcategorie", wmo_perioden.derive(rows, known), "pc6"),
        ("jeugd_trajecten", "hulpvorm", started(rows["jeugd_trajecten"]), "pc6"),
        (TEAMS, "vorm", of_teams(rows[TEAMS], known), "plaats"),
    )
    each = [
        running(frame, known, before=before)
        .with_columns(arc(known.rainbow, name, code, day=pl.col("dag")).alias("boog"))
        .filter(pl.col("boog").is_not_null())
        .select("client_pseudo", "quarter", "dag", "boog", pl.col(place).alias("plaats"))
        for name, code, frame, place in help_
    ]
    return pl.concat(each)


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to episodes of the Wmo, and to trajecten of the Jeugdwet and of teams."""
    return [
        *wmo_perioden.steps(rows, known),
        *youth.steps(rows[youth.CONTRACT]),
        Step(TEAMS, "team_begun", _begun(rows[TEAMS])),
    ]


def of_teams(rows: pl.LazyFrame, known: Derivation) -> pl.LazyFrame:
    """Return the trajecten of teams that began and are of a known person: `begin`, `einde`."""
    return with_wijk(_begun(rows), known.hierarchy).select(
        *("client_pseudo", "vorm", "regisseur"),
        pl.col("datum_start").alias("begin"),
        pl.col("datum_eind").alias("einde"),
        pl.col("gebied_code").alias("plaats"),
    )


def _begun(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.filter(pl.col("client_pseudo").is_not_null(), pl.col("datum_start").is_not_null())
