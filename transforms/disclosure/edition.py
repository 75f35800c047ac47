"""Observations → published figures: the only thing that a report may see."""

import polars as pl

from sources.agreement.model import Agreement, Edition
from transforms.disclosure.numbers import NUMBERS, as_shown, converted
from transforms.disclosure.rules import Kind, kind_of, too_small
from transforms.disclosure.shown import (
    IN_DEVELOPMENT,
    NOT_DELIVERED,
    held_back,
    texts,
)
from transforms.observations import PUBLISHED
from transforms.readings import MAIN, Reading, readings_of


def publish(observations: pl.DataFrame, agreement: Agreement, edition: str) -> pl.DataFrame:
    """Protect the observations of a public edition; returns the columns of `PUBLISHED`, sorted.

    By statistics and disclosure, 4.2 ("openbaar"), with ordinary rounding. A row that is protected,
    not delivered or in development holds no number. Published counts are multiples of the base,
    values follow from them, and limits are the widest that fit. What was protected at its source,
    and money, passes as it is.
    """
    rules = agreement.general.public
    frames = [
        _published(_rows_of(observations, reading), reading, rules)
        for name, indicator in sorted(agreement.indicators.items())
        for reading in readings_of(name, indicator)
    ]
    figures = pl.concat([pl.DataFrame(schema=PUBLISHED), *frames])
    keys = ["indicator", "version", "period", "area_code", "partner", "breakdown"]
    return figures.with_columns(pl.lit(edition).alias("edition")).sort(keys)


def _rows_of(observations: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Return the observations of a reading; classes of a breakdown are the indicator's own.

    A rate of which the inhabitants are not known, as in the rest area, is no figure and stays out,
    whatever its count. The rest area has its count in what was observed, so that areas add up.
    """
    breakdown = pl.col("breakdown")
    variants = list(reading.indicator.variants)
    own = ~breakdown.is_in(variants) if reading.variant == MAIN else breakdown == reading.variant
    rows = observations.filter((pl.col("indicator") == reading.id) & own)
    if kind_of(reading) is not Kind.RATE:
        return rows
    return rows.filter((pl.col("availability") != "observed") | pl.col("denominator").is_not_null())


def _published(rows: pl.DataFrame, reading: Reading, rules: Edition) -> pl.DataFrame:
    """Return the figures of one reading."""
    kind = kind_of(reading)
    judged = rows.with_columns(_status(kind, reading, rules))
    numbers = judged.with_columns(*as_shown(kind, reading, rules), converted())
    bare = pl.when(pl.col("status") == "published").then(pl.col(*NUMBERS, "converted"))
    figures = numbers.with_columns(bare)
    without_number = {
        "protected": held_back(kind, rules),
        "not_delivered": NOT_DELIVERED,
        "in_development": IN_DEVELOPMENT,
    }
    described = figures.with_columns(
        texts(figures, reading, without_number),
        pl.col("area").alias("area_code"),
        pl.lit("").alias("edition"),
        *(pl.lit(text).alias(name) for name, text in _described(reading).items()),
    )
    return described.select(pl.col(name).cast(dtype) for name, dtype in PUBLISHED.items())


def _status(kind: Kind, reading: Reading, rules: Edition) -> pl.Expr:
    observed = pl.col("availability") == "observed"
    return (
        pl.when(~observed)
        .then("availability")
        .when(too_small(kind, reading, rules))
        .then(pl.lit("protected"))
        .otherwise(pl.lit("published"))
        .alias("status")
    )


def _described(reading: Reading) -> dict[str, str]:
    indicator = reading.indicator
    own = "protected_at_source" if indicator.protected_at_source else "own"
    below = reading.denominator
    return {
        "numerator_counts": reading.numerator.counts.value,
        "denominator_counts": below.counts.value if below else "",
        "unit": indicator.unit,
        "additive": " ".join(dimension.value for dimension in indicator.additive_over),
        "source": "estimate" if indicator.estimate else own,
    }
