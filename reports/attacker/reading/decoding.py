"""Figures in their readings: of which counts each row is made, and whether it follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from reports.attacker.reading.inversion import JUDGED, judged
from reports.attacker.reading.release import Release
from transforms import periods

ROLES = ("numerator", "denominator", "complement")

FIGURE = ("indicator", "version", "period", "area_code", "partner", "breakdown")
"""What tells one published row from all others; joined by `|` in `data-figure` and in findings."""

_STILL_WAITING = "open"

_READING = {
    "indicator": pl.String(),
    "variant": pl.String(),
    "way": pl.String(),
    "multiplier": pl.Float64(),
    **dict.fromkeys((f"{role}_id" for role in ROLES), pl.String()),
    "constant": pl.Boolean(),
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """What was read of an edition, and what its rows are made of.

    `figures`: the rows of `figures.csv` that have a reading, with `figure` (row number), `name`
    (the key as text), first and last quarter (index), class (`of_class`), and the reading: way,
    multiplier, the ids of its counts, and whether its denominator is `constant`, known to all.
    `verdict`: columns of `inverted.JUDGED`; of an internal edition empty, as its counts are exact.
    """

    release: Release
    figures: pl.DataFrame
    verdict: pl.DataFrame


def decode(release: Release) -> Decoded:
    """Place the figures of an edition in their readings; those of which it tells none are left out.

    A breakdown that is no variant is a class of the indicator itself.
    """
    figures = _with_ended(_in_readings(named(release.figures), release)).with_row_index("figure")
    verdict = judged(figures, release) if release.public else pl.DataFrame(schema=JUDGED)
    return Decoded(release, figures, verdict)


def named(figures: pl.DataFrame) -> pl.DataFrame:
    """Add `name` to figures: their key as text."""
    return figures.with_columns(name=pl.concat_str(FIGURE, separator="|"))


def _in_readings(figures: pl.DataFrame, release: Release) -> pl.DataFrame:
    readings = _readings(release)
    variants = readings.filter(pl.col("variant") != "").select(
        "indicator", breakdown="variant", own="variant"
    )
    own = pl.col("own")
    return (
        figures.join(variants, on=["indicator", "breakdown"], how="left", validate="m:1")
        .with_columns(
            variant=own.fill_null(""),
            of_class=pl.when(own.is_null()).then("breakdown").fill_null(""),
        )
        .join(readings, on=["indicator", "variant"], validate="m:1")
        .join(spans(figures["period"]), on="period", validate="m:1")
        .drop("own")
    )


def _with_ended(figures: pl.DataFrame) -> pl.DataFrame:
    """Give waits their numerator: who were helped are all who asked, less who still wait."""
    place = ["indicator", "variant", "period", "area_code", "partner"]
    still = figures.filter(way="wait", of_class=_STILL_WAITING).select(
        *place, way="way", of_class=pl.lit(""), still="value"
    )
    both = figures.join(
        still, on=[*place, "way", "of_class"], how="left", validate="m:1", maintain_order="left"
    )
    ended = pl.col("denominator") - pl.col("still")
    return both.with_columns(pl.coalesce("numerator", ended).alias("numerator")).drop("still")


def _readings(release: Release) -> pl.DataFrame:
    public = {one["id"] for one in release.about["counts"] if one["counts"] == "public"}
    rows = [_reading(one, public) for one in release.about["readings"]]
    return pl.DataFrame(rows, schema=_READING, orient="row")


def _reading(one: dict[str, Any], public: set[str]) -> tuple[Any, ...]:
    ids = [one.get(role) for role in ROLES]
    described = (one["indicator"], one["variant"], one["way"], float(one.get("multiplier") or 1))
    return (*described, *ids, one.get("denominator") in public)


def spans(told: pl.Series) -> pl.DataFrame:
    """Return period, first, last: of each period that is told its first and last quarter."""
    parsed: Sequence[tuple[str, periods.Period]] = [
        (one, periods.parse(one)) for one in told.unique().sort()
    ]
    rows = [(text, period.first, period.last) for text, period in parsed]
    schema = {"period": pl.String(), "first": pl.Int32(), "last": pl.Int32()}
    return pl.DataFrame(rows, schema=schema, orient="row")
