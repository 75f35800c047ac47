"""Small editions for the attacker, drawn as tables: what stands on them, and nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from reports.attacker import PUBLIC, Release
from transforms.observations import FIGURES

AREAS = {"GM1": "", "WK1": "GM1", "WK2": "GM1", "WK3": "GM1", "onbekend": "GM1"}

LEVELS = {"GM": "municipality", "BU": "neighbourhood"}

RULES = {
    "base": 5,
    "threshold": 10,
    "share_denominator": 50,
    "survey_answers": 30,
    "survey_step": 5,
}

COUNT = {"indicator": "A", "version": 1, "variant": "", "way": "count", "source": "own"} | {
    "numerator": "A.numerator",
    "denominator": None,
    "complement": None,
    "multiplier": 1.0,
    "min_denominator": 0,
    "unit": "mensen",
    "levels": {"municipality": "quarter", "district": "quarter"},
}
SHARE = COUNT | {"way": "share", "denominator": "A.denominator", "complement": "A.complement"}
RATE = COUNT | {"way": "rate", "denominator": "P.inhabitants", "multiplier": 1000.0}

COUNTS = {
    "A.numerator": "events",
    "A.denominator": "events",
    "A.complement": "events",
    "P.inhabitants": "public",
}


def edition(
    rows: pl.DataFrame,
    *,
    readings: Sequence[Mapping[str, Any]] = (COUNT,),
    counts: Mapping[str, str] = COUNTS,
    areas: Mapping[str, str] = AREAS,
    within: Sequence[tuple[str, str]] = (),
    rules: Mapping[str, int] = RULES,
    name: str = "2026K3",
    reader: str = PUBLIC,
    deliveries: Sequence[Mapping[str, Any]] = (),
    **told: Any,
) -> Release:
    """Return an edition as read; `rows` need only the columns that differ from the ordinary."""
    about = {
        "edition": name,
        "quarter": name[:6],
        "municipality": "GM1",
        "rules": dict(rules),
        "groupings": [],
        "areas": [
            {"code": a, "parent": p, "name": a, "level": LEVELS.get(a[:2], "district")}
            for a, p in areas.items()
        ],
        "counts": [{"id": i, "counts": c} for i, c in counts.items()],
        "readings": [dict(one) for one in readings],
        "within": [list(pair) for pair in within],
        "deliveries": [dict(one) for one in deliveries],
    }
    return Release(name, reader, about, figures(rows, name), **told)


def figures(rows: pl.DataFrame, name: str = "2026K3") -> pl.DataFrame:
    """Return rows as those of `figures.csv`; a row without a number is held back."""
    ordinary = {
        "edition": name,
        "indicator": "A",
        "version": 1,
        "period": "2026K3",
        "period_status": "definitief",
        "partner": "",
        "breakdown": "",
        "numerator_counts": "events",
        "denominator_counts": "",
        "unit": "mensen",
        "additive": "area",
        "source": "own",
    }
    missing = {n: v for n, v in ordinary.items() if n not in rows.columns}
    every = rows.with_columns(*(pl.lit(v).alias(n) for n, v in missing.items()))
    blank = [n for n in ("numerator", "denominator", "value", "lower", "upper") if n not in every]
    every = every.with_columns(*(pl.lit(None, pl.Float64).alias(n) for n in blank))
    if "value" in blank:
        every = every.with_columns(value="numerator")
    held = pl.col("value").is_null()
    if "status" not in every.columns:
        status = pl.when(held).then(pl.lit("protected")).otherwise(pl.lit("published"))
        every = every.with_columns(status=status)
    if "shown" not in every.columns:
        number = pl.col("value").cast(pl.Int64, strict=False).cast(pl.String)
        every = every.with_columns(
            shown=pl.when(held).then(pl.lit("minder dan 10")).otherwise(number)
        )
    return every.select(pl.col(n).cast(t) for n, t in FIGURES.items())


def table(columns: str, drawn: str) -> pl.DataFrame:
    """Read a table as it is drawn: a line per row, `-` where there is nothing."""
    names = columns.split()
    rows = [[_cell(word) for word in line.split()] for line in drawn.strip().splitlines()]
    return pl.DataFrame(rows, schema=names, orient="row")


def _cell(word: str) -> str | float | None:
    if word == "-":
        return None
    try:
        return float(word)
    except ValueError:
        return "" if word == "''" else word
