"""Deliveries in one sentence: how many of what was owed came."""

from typing import Any

from reports.block import Sheet
from reports.shelf import NOT_DELIVERED


def told(sheet: Sheet, rows: list[dict[str, Any]]) -> str:
    """Say how many of the owed deliveries came."""
    came = sum(row["outcome"] != NOT_DELIVERED for row in rows)
    if came == len(rows):
        return sheet.words.one_or_more("deliveries.title.all", came)
    return sheet.words(
        "deliveries.title.some",
        came=sheet.words.number(came),
        owed=sheet.words.number(len(rows)),
    )
