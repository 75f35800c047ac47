"""What was found in each delivery."""

from collections.abc import Iterable

import polars as pl

from sources.store.connection import Connection, insert
from sources.verdict import Finding, Level

_FINDINGS = {
    "delivery": pl.Int32,
    "position": pl.Int32,
    "code": pl.String,
    "level": pl.String,
    "message": pl.String,
    "how_to_mend": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "sheet": pl.String,
}


def save(con: Connection, delivery: int, findings: Iterable[Finding]) -> None:
    """Keep what was found in a delivery, in its order."""
    rows = [
        (delivery, n, f.code, f.level.value, f.message, f.how_to_mend, f.row, f.column, f.sheet)
        for n, f in enumerate(findings)
    ]
    insert(con, "received.findings", pl.DataFrame(rows, schema=_FINDINGS, orient="row").to_arrow())


def of(con: Connection, delivery: int) -> tuple[Finding, ...]:
    """Return what was found in a delivery, in its order."""
    rows = con.execute(
        'SELECT code, level, message, how_to_mend, "row", "column", sheet '
        "FROM received.findings WHERE delivery = $delivery ORDER BY position",
        {"delivery": delivery},
    ).fetchall()
    return tuple(Finding(code, Level(level), *rest) for code, level, *rest in rows)
