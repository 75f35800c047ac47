"""`bijstand_kwartalen`: who had bijstand in a quarter."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step
from transforms.derived.benefit import CONTRACT, spells
from transforms.derived.quarters import running


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per person, spell and quarter."""
    return running(spells(rows[CONTRACT]), known)


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to spells."""
    return [Step(CONTRACT, "benefit_spells", spells(rows[CONTRACT]))]
