"""What changed since the previous edition, for one sheet: the world first, then the counting."""

from typing import Any

from reports.block import Sheet
from transforms.changes import Reason

MOST = 6

Group = tuple[str, list[str]]


def changed(sheet: Sheet) -> list[Group]:
    """Return the changes of this sheet's own figures by reason, each as a heading with sentences.

    At most `MOST` sentences, the newest periods first; the last group says how many more there are.
    """
    rows = _rows(sheet)
    told, words = rows[:MOST], sheet.words
    groups = [
        (words(f"changed.{reason}"), [line(sheet, row) for row in told if row["reason"] == reason])
        for reason in Reason
    ]
    rest = len(rows) - len(told)
    more = [("", [words("changed.more", count=rest)])] if rest else []
    return [group for group in groups if group[1]] + more


def line(sheet: Sheet, row: dict[str, Any]) -> str:
    """Return one change in a sentence: what it was, and what it is now."""
    words = sheet.words
    return words(
        "changed.real.line" if row["reason"] == Reason.REAL else "changed.line",
        name=sheet.shelf.indicator(row["indicator"]).name,
        period=words.period(row["period"]),
        was=row["was"] or words("changed.nothing"),
        now=row["now"] or words("changed.nothing"),
    )


def _rows(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the changes of figures that this sheet may tell, in the order of the reasons."""
    area, partner = sheet.place
    changes = sheet.shelf.changes(area=area, partner=partner)
    told, order = sheet.indicators, list(Reason)
    mine = [row for row in changes if row["indicator"] in told and not row["breakdown"]]
    mine.sort(key=lambda row: row["indicator"])
    mine.sort(key=lambda row: row["period"], reverse=True)
    return sorted(mine, key=lambda row: order.index(row["reason"]))
