"""Counts that a statistics office published: what it says stands, and we round around it."""

import polars as pl

from transforms.disclosure.counts import Catalogue
from transforms.disclosure.linked import KEY
from transforms.readings import MAIN


def settled(observations: pl.DataFrame, named: Catalogue) -> pl.DataFrame:
    """Return what others published of counts of ours: the columns of `KEY`, and rounded.

    An indicator says in `published_as` which other indicator holds the figure of the office. What
    the office held back is not in it.
    """
    schema = {**dict.fromkeys(KEY, pl.String()), "rounded": pl.Int64()}
    frames = [
        observations.filter(pl.col("indicator") == other)
        .drop_nulls("value")
        .select(
            pl.lit(one.numerator).alias("count"),
            *KEY[1:],
            pl.col("value").round().alias("rounded"),
        )
        for one in named.readings
        if one.reading.variant == MAIN and one.numerator is not None
        if (other := one.reading.indicator.published_as) is not None
    ]
    every = pl.concat([pl.DataFrame(schema=schema), *frames], how="vertical_relaxed")
    typed = every.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
    return typed.unique(KEY, keep="first", maintain_order=True)
