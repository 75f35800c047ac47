"""`hulp_per_boog`: who had help in a quarter, and in which arc of the rainbow."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, arcs
from transforms.derived.arcs import help_by_arc
from transforms.periods import YEAR


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per person, help and quarter.

    A person is in one place in a quarter, where they had help last: in every arc, as in all arcs
    together. Else a wijk could have more people in an arc than in all.
    """
    help_ = help_by_arc(rows, known, before=YEAR - 1).sort("dag", "plaats")
    return help_.with_columns(pl.col("plaats").last().over("client_pseudo", "quarter"))


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to the help that is in an arc."""
    return arcs.steps(rows, known)
