"""How each table of an edition was rounded: for the account of it, and for the attacker's eyes."""

import polars as pl

from transforms.disclosure.rounding import rounded

TABLES: dict[str, pl.DataType] = {
    "count": pl.String(),
    "period": pl.String(),
    "cells": pl.UInt32(),
    "fallback": pl.String(),  # what gave way (see `controlled`); '' where nothing did
    "largest": pl.Float64(),  # largest deviation of a rounded count
    "mean": pl.Float64(),  # mean deviation
    "ordinary": pl.Float64(),  # the mean deviation that ordinary rounding would have
    "kept": pl.UInt32(),  # cells with the value of the edition before
    "changed": pl.UInt32(),  # cells with another value than in the edition before
}


def tables(cells: pl.DataFrame, *, base: int) -> pl.DataFrame:
    """Return per count and period how the cells were rounded: columns of `TABLES`, sorted.

    `cells`: count, period, exact, rounded, was, fallback.
    """
    exact, was = pl.col("exact"), pl.col("was")
    apart = (pl.col("rounded") - exact).abs()
    ordinary = (rounded(exact, base) - exact).abs()
    told = cells.group_by("count", "period").agg(
        pl.len().alias("cells"),
        pl.col("fallback").max(),
        apart.max().alias("largest"),
        apart.mean().alias("mean"),
        ordinary.mean().alias("ordinary"),
        (pl.col("rounded") == was).sum().alias("kept"),
        (pl.col("rounded") != was).sum().alias("changed"),
    )
    typed = told.select(pl.col(name).cast(dtype) for name, dtype in TABLES.items())
    return typed.sort("count", "period")
