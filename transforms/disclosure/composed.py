"""Figures that are made of several counts, and not of one alone: waits and distributions."""

import polars as pl

from sources.agreement.model import Edition
from transforms.disclosure import distributions, waits
from transforms.disclosure.numbers import NUMBERS
from transforms.disclosure.rules import Kind
from transforms.measures.wait import NORM, OPEN
from transforms.readings import Reading

COMPOSED = frozenset({Kind.WAIT, Kind.DISTRIBUTION})

_FIGURE = ["indicator", "version", "period", "area", "partner"]


def composed(rows: pl.DataFrame, reading: Reading, rules: Edition) -> pl.DataFrame:
    """Return the figures of a reading with `status`, and numbers that follow from rounded counts.

    `rows`: observations with rounded counts and `few`, as for any other figure. Rows that only
    serve to make a figure are left out; classes that are put together become one row.
    """
    known = pl.col("availability") == "observed"
    if reading.indicator.way.value == Kind.WAIT:
        told = _waits(rows, reading, rules)
    else:
        told = _classes(rows.filter(known), reading, rules)
        told = pl.concat([told, rows.filter(~known)], how="diagonal")
    status = pl.when(pl.col("held").fill_null(True)).then(pl.lit("protected"))
    said = pl.when(~known).then("availability").otherwise(status.otherwise(pl.lit("published")))
    return told.with_columns(said.alias("status")).drop("held")


def unit(kind: Kind, reading: Reading) -> pl.Expr:
    """Return the unit of each row: shares and counts beside a figure have one of their own."""
    own = pl.lit(reading.indicator.unit)
    breakdown = pl.col("breakdown")
    if kind is Kind.WAIT:
        named = pl.when(breakdown == NORM).then(pl.lit("%"))
        return named.when(breakdown == OPEN).then(pl.lit("wachten nog")).otherwise(own)
    if kind is Kind.DISTRIBUTION:
        is_class = ~breakdown.is_in(["", *reading.indicator.variants])
        return pl.when(is_class).then(pl.lit("%")).otherwise(own)
    return own


def _waits(rows: pl.DataFrame, reading: Reading, rules: Edition) -> pl.DataFrame:
    term = reading.term
    found = waits.public(
        rows,
        rules,
        norm=term.days if term else 0,
        least=max(rules.share_denominator, reading.indicator.min_denominator),
    )
    figures = rows.filter(pl.col("breakdown").is_in(waits.SHOWN)).drop(NUMBERS)
    return figures.join(found, on=[*_FIGURE, "breakdown"], how="left", validate="1:1")


def _classes(rows: pl.DataFrame, reading: Reading, rules: Edition) -> pl.DataFrame:
    """Return the whole, a count, and its classes, shares of it."""
    none = pl.lit(None, dtype=pl.Float64)
    whole = rows.filter(pl.col("breakdown").is_in(["", reading.variant]))
    counts = whole.with_columns(
        none.alias("denominator"), value="numerator", lower=none, upper=none, held="few"
    ).with_columns(pl.when(~pl.col("held")).then(pl.col("numerator", "value")))
    if reading.variant:
        return counts
    shares = distributions.shares(rows, rules, scale=reading.indicator.scale)
    beside = whole.drop("breakdown", *NUMBERS)
    classes = beside.join(shares, on=_FIGURE, how="inner", validate="1:m")
    return pl.concat([counts, classes.with_columns(lower=none, upper=none)], how="diagonal")
