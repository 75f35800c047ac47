"""What a talk in the auditorium came to (L13): one so far, over the edition of the summer."""

from functools import cache
from importlib.resources import files

import polars as pl

from sources.example.maker.quarters import Quarter


@cache
def bank() -> pl.DataFrame:
    """Return everything that was harvested, as it is delivered."""
    with files("sources.example").joinpath("harvest.csv").open("rb") as source:
        return pl.read_csv(source, separator=";", quote_char=None, try_parse_dates=True)


def delivery(quarter: Quarter) -> pl.DataFrame:
    """Return the rows of L13 of a quarter; without rows where nobody met."""
    days = pl.col("datum").is_between(quarter.first, quarter.last)
    return bank().filter(days)
