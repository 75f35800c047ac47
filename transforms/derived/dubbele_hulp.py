"""`dubbele_hulp`: one kind of help from two providers at the same time; a list to talk about."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step, wmo_perioden
from transforms.derived.chains import chained
from transforms.derived.quarters import running
from transforms.derived.wmo_perioden import CONTRACT, assignments

_DAYS = 14
_PERSON = ["client_pseudo", "productcategorie"]


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per person, productcategorie and quarter with two providers side by side.

    It is told of from the day on which they overlap for the fourteenth day, until the last day on
    which they do: a figure of a quarter does not change by what happens after it.
    """
    per_provider = chained(
        assignments(rows[CONTRACT], reference=known.reference),
        [*_PERSON, "aanbieder_agb"],
        order=["ingangsdatum", "toewijzing_nr"],
    )
    one = per_provider.select(*_PERSON, "aanbieder_agb", "begin", "einde", "pc6")
    pairs = one.join(one, on=_PERSON, how="inner", suffix="_other", validate="m:m").filter(
        pl.col("aanbieder_agb") < pl.col("aanbieder_agb_other")
    )
    told = pairs.select(
        *_PERSON,
        "pc6",
        pl.max_horizontal("begin", "begin_other").dt.offset_by(f"{_DAYS - 1}d").alias("begin"),
        pl.min_horizontal("einde", "einde_other").alias("einde"),
    ).filter(
        pl.col("begin") <= known.reference, (pl.col("einde") >= pl.col("begin")).fill_null(True)
    )
    each = running(told, known).group_by(*_PERSON, "quarter")
    return each.agg(pl.col("dag").max(), pl.col("pc6").max())


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to the assignments that count."""
    return wmo_perioden.steps(rows, known)[:2]
