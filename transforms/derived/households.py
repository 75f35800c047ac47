"""Households: whoever shares a number of a household; else a person is a household."""

from collections.abc import Iterable, Mapping

import polars as pl


def with_household(
    people: pl.LazyFrame, rows: Mapping[str, pl.LazyFrame], contracts: Iterable[str]
) -> pl.LazyFrame:
    """Give each person `huishouden_pseudo`: what any delivery says of them, else the person.

    A delivery of one law may know the household of somebody who is in another one without it. Of
    several the greatest by name counts.
    """
    known = [rows[name].select("client_pseudo", "huishouden_pseudo") for name in contracts]
    numbers = (
        pl.concat(known)
        .drop_nulls()
        .group_by("client_pseudo")
        .agg(pl.col("huishouden_pseudo").max())
    )
    joined = people.join(numbers, on="client_pseudo", how="left", validate="m:1")
    return joined.with_columns(pl.coalesce("huishouden_pseudo", "client_pseudo"))
