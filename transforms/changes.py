"""What changed in a figure that an earlier edition told too, and why."""

from enum import StrEnum

import polars as pl

from transforms.areas import is_rest

CHANGES: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "period": pl.String(),
    "area": pl.String(),
    "partner": pl.String(),
    "breakdown": pl.String(),
    "was": pl.String(),
    "now": pl.String(),
    "reason": pl.String(),
}


class Reason(StrEnum):
    """Why a figure of the same period reads differently now."""

    DEFINITION = "definition"  # another version of the indicator
    BOUNDARY = "boundary"  # the area is not in both editions
    NEWLY_PROTECTED = "newly_protected"
    NEWLY_PUBLISHED = "newly_published"
    REVISION = "revision"  # the source was corrected or completed


def changes(previous: pl.DataFrame | None, figures: pl.DataFrame) -> pl.DataFrame:
    """Return the figures that read differently from the previous edition: `CHANGES`, sorted.

    Both frames have the columns of `FIGURES`. A figure is the same one when indicator, period,
    area, partner and breakdown are; `was` and `now` are its texts in either edition, '' where it
    is not in it. Periods, indicators and partners that only one edition has are no change.
    """
    if previous is None:
        return pl.DataFrame(schema=CHANGES)
    was, now = _told(previous, "was"), _told(figures, "now")
    both = was.join(now, on=_KEY, how="full", coalesce=True, validate="1:1")
    new = pl.col("was").is_null() & ~pl.col("area").is_in(was["area"].unique().to_list())
    gone = pl.col("now").is_null() & ~pl.col("area").is_in(now["area"].unique().to_list())
    alone = new | gone
    common = both.join(_common(was, now), on=_KEY_WITHOUT_AREA, how="semi")
    differs = alone | (pl.col("was") != pl.col("now")) | _other("status")
    told = common.filter(differs & ~is_rest(pl.col("area"))).with_columns(_reason(alone))
    texts = pl.col("was", "now").fill_null("")
    return (
        told.with_columns(texts)
        .select(pl.col(name).cast(dtype) for name, dtype in CHANGES.items())
        .sort(_KEY)
    )


_KEY = ["indicator", "period", "area", "partner", "breakdown"]
_KEY_WITHOUT_AREA = ["indicator", "period", "partner", "breakdown"]


def _told(figures: pl.DataFrame, edition: str) -> pl.DataFrame:
    return figures.select(
        pl.col("area_code").alias("area"),
        *(name for name in _KEY if name != "area"),
        pl.col("shown").alias(edition),
        *(pl.col(name).alias(f"{name}_{edition}") for name in ("version", "status")),
    )


def _common(was: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Return what both editions tell of, whatever the areas."""
    return (
        was.select(_KEY_WITHOUT_AREA)
        .unique()
        .join(now.select(_KEY_WITHOUT_AREA).unique(), on=_KEY_WITHOUT_AREA, how="semi")
    )


def _reason(alone: pl.Expr) -> pl.Expr:
    reason = (
        pl.when(alone)
        .then(pl.lit(Reason.BOUNDARY.value))
        .when(_other("version"))
        .then(pl.lit(Reason.DEFINITION.value))
        .when(_other("status") & (pl.col("status_now") == "protected"))
        .then(pl.lit(Reason.NEWLY_PROTECTED.value))
        .when(_other("status") & (pl.col("status_now") == "published"))
        .then(pl.lit(Reason.NEWLY_PUBLISHED.value))
        .otherwise(pl.lit(Reason.REVISION.value))
    )
    return reason.alias("reason")


def _other(name: str) -> pl.Expr:
    return pl.col(f"{name}_was") != pl.col(f"{name}_now")
