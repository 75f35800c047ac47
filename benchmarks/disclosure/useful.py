"""What is left to talk about: the figures of every wijk that a public edition does show."""

import json
from pathlib import Path

import polars as pl

LEAST, OF = 8, 12
_ONE = ["indicator", "version", "partner", "breakdown", "area_code"]


def useful(edition: Path) -> pl.DataFrame:
    """Return per wijk how many figures its sheet has, and how many are published.

    `edition`: the folder of an edition. A sheet tells every reading and class in its latest period.
    Columns: area_code, figures, published, enough (at least eight of each twelve).
    """
    rows = json.loads((edition / "openbaar/data/figures.json").read_text(encoding="utf-8"))
    figures = pl.DataFrame(rows, infer_schema_length=None).select(*_ONE, "period", "status")
    wijken = figures.filter(pl.col("area_code").str.starts_with("WK"))
    latest = wijken.sort("period").unique(_ONE, keep="last", maintain_order=True)
    shown = pl.col("status") == "published"
    told = latest.group_by("area_code").agg(figures=pl.len(), published=shown.sum())
    enough = pl.col("published") * OF >= pl.col("figures") * LEAST
    return told.with_columns(enough=enough & (pl.col("published") >= LEAST)).sort("area_code")
