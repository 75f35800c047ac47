"""`jeugd_kwartalen`: which youngsters had jeugdhulp in a quarter."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, youth
from transforms.derived.quarters import running
from transforms.derived.youth import CONTRACT, started


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per youngster, traject and quarter."""
    return running(started(rows[CONTRACT]), known)


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to the trajecten that began."""
    return youth.steps(rows[CONTRACT])
