"""`bijstand_uitstroom`: who went from bijstand to work within four quarters."""

from collections.abc import Mapping

import polars as pl

from transforms.derived import Derivation, Step
from transforms.derived.benefit import CONTRACT, spells, to_work
from transforms.derived.quarters import last_day, rolling_id, spread
from transforms.periods import YEAR, quarter_of


def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
    """Return one row per person and four quarters, of those with bijstand on their first day.

    `naar_werk`: the spell ended within them for work, and a month later there was no bijstand. An
    end of less than a month ago does not count yet.
    """
    every = spells(rows[CONTRACT])
    left = to_work(every).filter(pl.col("maand_erna") <= known.reference, ~pl.col("weer"))
    told = every.join(
        left.select("client_pseudo", "begin", werk="einde"),
        on=["client_pseudo", "begin"],
        how="left",
        validate="1:1",
    )
    # The first day of a quarter, and that quarter is the first of four.
    first = quarter_of(pl.col("begin").dt.offset_by("-1d")) + 1
    later = YEAR - 1
    each = spread(told, known, first=first + later, last=quarter_of(pl.col("einde")) + later)
    return each.with_columns(
        rolling_id(pl.col("quarter")).alias("periode"),
        naar_werk=(pl.col("werk") <= last_day(pl.col("quarter"))).fill_null(False),
    )


def steps(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> list[Step]:
    """Tell the way to spells, and to those that ended for work."""
    every = spells(rows[CONTRACT])
    return [
        Step(CONTRACT, "benefit_spells", every),
        Step(CONTRACT, "benefit_to_work", to_work(every)),
    ]
