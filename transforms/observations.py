"""The one tidy table that every measure ends in, and the published figures that follow from it."""

import polars as pl

KEY = ("indicator", "version", "period", "area", "partner", "breakdown")

OBSERVATIONS: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "version": pl.Int32(),
    "period": pl.String(),  # 2026K3, 2025K4/2026K3 (rolling four quarters) or 2026
    "area": pl.String(),  # GM, WK or BU code, or the id of a grouping
    "partner": pl.String(),  # '' for all partners together
    "breakdown": pl.String(),  # '' for the indicator itself; else the variant or class
    "numerator": pl.Float64(),  # exact count or sum; null where the way has none
    "denominator": pl.Float64(),
    "value": pl.Float64(),  # in the indicator's unit (share 0-1, rate per multiplier)
    "lower": pl.Float64(),  # 95 % limits; null where the way gives none
    "upper": pl.Float64(),
    "period_status": pl.String(),  # voorlopig, nader voorlopig, definitief
    "coverage": pl.Float64(),  # share of the owed deliveries that were received, 0-1
    "availability": pl.String(),  # observed, not_delivered, in_development
    "converted": pl.Float64(),  # share that came from parts of areas of an earlier year, 0-1
}

FIGURES: dict[str, pl.DataType] = {
    "edition": pl.String(),
    "indicator": pl.String(),
    "version": pl.Int32(),
    "period": pl.String(),
    "period_status": pl.String(),
    "area_code": pl.String(),
    "partner": pl.String(),
    "breakdown": pl.String(),
    "numerator_counts": pl.String(),
    "denominator_counts": pl.String(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "value": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
    "unit": pl.String(),
    "additive": pl.String(),  # the dimensions over which it adds up, joined by a space
    "source": pl.String(),  # own, protected_at_source, estimate
    "shown": pl.String(),  # the text on the sheet
    "status": pl.String(),  # published, protected, not_delivered, in_development
}
"""The columns of `figures.csv`; its readers count on these, in this order."""

PUBLISHED: dict[str, pl.DataType] = {
    **FIGURES,
    "coverage": pl.Float64(),  # as observed: it is about deliveries and tells nothing of people
    "converted": pl.Float64(),  # rounded up, as it is about people; null where there is no number
}
"""What an edition keeps of a figure, and a sheet tells of it."""


def conform(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with exactly the columns, types and order of `OBSERVATIONS`.

    Columns that are missing are added as null. Rows are sorted by `KEY`, so that equal input
    gives equal bytes.
    """
    missing = [pl.lit(None, dtype=t).alias(n) for n, t in OBSERVATIONS.items() if n not in frame]
    typed = frame.with_columns(missing).select(
        [pl.col(name).cast(dtype) for name, dtype in OBSERVATIONS.items()]
    )
    return typed.sort(KEY)
