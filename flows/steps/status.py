"""Where every delivery is, and how it goes: what came, what waits, how long rounds take."""

from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from flows.settings import Town, last_ended_quarter
from flows.steps.files import put_file
from flows.steps.owed import NOT_DELIVERED, deliveries
from flows.steps.progress import progress
from flows.steps.waiting import files, refused_mail
from reports.progress import Progress, page, took
from sources.store import State, Store

_COLUMNS = {
    "delivery": "nr",
    "partner": "partner",
    "contract": "levering",
    "period": "periode",
    "outcome": "uitkomst",
    "state": "staat",
    "received_on": "ontvangen",
    "accepted_rows": "rijen",
}


def status(town: Town, *, at: datetime) -> dict[str, Any]:
    """Return what a program may read along, with the keys below.

    `at`, `quarter`: the moment, and the last quarter that ended. `inbox`: files that wait.
    `on_hold`: id and file name of what waits for an answer. `editions`: their ids. `concept`: the
    one that waits to be established, if any. `refused_mail`: of whom messages were refused, how
    many, and since which day. `deliveries`: those of the last quarter that ended, and of before
    all of which nothing counts yet. Beside it how it goes over the quarters: `waits_for`, `owed`,
    `refusals` and `rounds`.

    Raises:
        NotIntact: the store is damaged, wherever that is: it is read through.
    """
    quarter = last_ended_quarter(at)
    with Store.open(town.settings.store, holder="praatplaat status", read_only=True) as store:
        store.read_through()
        known = deliveries(town, store, quarter, known_at=at)
        on_hold = store.deliveries(at).filter(pl.col("state") == State.ON_HOLD.value)
        editions = store.editions()
        going = progress(town, store, at=at)
    open_ones = known.filter((pl.col("period") == quarter) | ~pl.col("accepted"))
    rows = open_ones.select(*_COLUMNS, "due", "late").with_columns(
        pl.col("received_on", "due").dt.to_string()
    )
    return {
        "at": at.isoformat(),
        "quarter": quarter,
        "inbox": files(town),
        "on_hold": on_hold.select("id", "file_name").to_dicts(),
        "deliveries": rows.to_dicts(),
        "editions": [one.id for one in editions],
        "refused_mail": refused_mail(town),
        "concept": next((one.id for one in editions[-1:] if not one.established), None),
        **going.as_data(),
    }


def write_page(town: Town, path: Path, *, at: datetime) -> Progress:
    """Write how it goes as a page for the data team, in the stead of what stood there."""
    with Store.open(town.settings.store, holder="praatplaat status", read_only=True) as store:
        going = progress(town, store, at=at)
    put_file(path, page(going))
    return going


def as_text(told: dict[str, Any]) -> str:
    """Return the status as lines for a person.

    What never came over an earlier period is counted, and not named row by row.
    """
    rows = told["deliveries"]
    late = sum(row["outcome"] == NOT_DELIVERED for row in rows)
    asked = [f"{row['id']} ({row['file_name']})" for row in told["on_hold"]]
    lines = [
        f"Leveringen tot en met {told['quarter']}: {late} niet geleverd.",
        f"In de inbox: {', '.join(told['inbox']) or 'niets'}.",
        f"Wacht op antwoord (praatplaat confirm): {', '.join(asked) or 'niets'}.",
        f"Edities: {', '.join(told['editions']) or 'nog geen'}.",
        *(f"Wacht op: {one}." for one in told["waits_for"]),
        *(f"De laatste ronde duurde {took(one['seconds'])}." for one in told["rounds"][-1:]),
        "",
        *_table([row for row in rows if _named(row, told["quarter"])]),
    ]
    return "\n".join(lines)


def _named(row: dict[str, Any], quarter: str) -> bool:
    """Return whether a delivery is of the last quarter, or came and does not count."""
    return bool(row["period"] == quarter or row["outcome"] != NOT_DELIVERED)


def _table(rows: list[dict[str, Any]]) -> list[str]:
    cells = [
        tuple(_COLUMNS.values()),
        *(tuple("" if row[name] is None else str(row[name]) for name in _COLUMNS) for row in rows),
    ]
    widths = [max(len(row[column]) for row in cells) for column in range(len(_COLUMNS))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
