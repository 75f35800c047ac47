"""What reads differently since the previous edition, for one sheet, in sentences."""

from typing import Any

import polars as pl

from reports.block import Sheet

MOST = 6


def lines(sheet: Sheet) -> list[str]:
    """Return a sentence for each changed figure of this sheet, the newest periods first."""
    changes = sheet.shelf.edition.changes
    if changes.is_empty() or sheet.kind == "index":
        return []
    area, partner = sheet.place
    here = pl.col("indicator").is_in(list(sheet.indicators))
    mine = changes.filter(here, area=area, partner=partner, breakdown="")
    rows = mine.sort("period", "indicator", descending=[True, False]).to_dicts()
    told = [_line(sheet, row) for row in rows[:MOST]]
    rest = len(rows) - len(told)
    return [*told, sheet.words("changed.more", count=rest)] if rest else told


def _line(sheet: Sheet, row: dict[str, Any]) -> str:
    return sheet.words(
        "changed.line",
        name=sheet.shelf.indicator(row["indicator"]).name,
        period=sheet.words.period(row["period"]),
        was=row["was"] or "–",
        now=row["now"] or "–",
        reason=sheet.words(f"changed.{row['reason']}"),
    )
